//! A catalogue whose text was corrected: work goes on with the wording that it was begun
//! with, goes over to the later one when a person says so, and loses nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};
use zhidu::assessment::edition::CannotMove;
use zhidu::assessment::{Answer, Assessment, CatalogueRef, State};
use zhidu::catalogue::library::{Compared, Earlier, Library, Wording, carried, carry, carry_all, shipped};
use zhidu::catalogue::rules::{What, changed_since, short_hash};
use zhidu::catalogue::{Catalogue, CatalogueId, PointId, embedded};
use zhidu::html::{edition_differences, rule_changes};
use zhidu::record::backup::{self, Backup};
use zhidu::record::log::How;
use zhidu::record::restore::Why;
use zhidu::store::replace::Reason;
use zhidu::store::{self, Table};

use crate::browser::put;
use crate::memory::{Memory, now};
use crate::sample::{point, replica, scored, untouched};

const ID: &str = "beijing-balance-2018";

fn today() -> Value {
    let (_, json) = embedded().iter().find(|(id, _)| *id == ID).unwrap();
    serde_json::from_str(json).unwrap()
}

/// Today's catalogue with a change, as an edition.
fn with(change: impl FnOnce(&mut Value)) -> Catalogue {
    let mut json = today();
    change(&mut json);
    Catalogue::parse(&json.to_string()).unwrap()
}

/// The first point of all in a catalogue's JSON.
fn first_point(json: &mut Value) -> &mut Value {
    let mut group = &mut json["groups"][0];
    while group.get("points").is_none() {
        group = &mut group["groups"][0];
    }
    &mut group["points"][0]
}

/// The first list of points that has several.
fn several(node: &mut Value) -> Option<&mut Vec<Value>> {
    if node.get("points").and_then(Value::as_array).is_some_and(|it| it.len() > 1) {
        return node["points"].as_array_mut();
    }
    node.get_mut("groups")?.as_array_mut()?.iter_mut().find_map(several)
}

fn correct(json: &mut Value) {
    let text = first_point(json)["text"].as_str().unwrap().replacen('。', "，", 1);
    first_point(json)["text"] = json!(text);
}

fn id() -> CatalogueId {
    CatalogueId::parse(ID).unwrap()
}

/// All points answered: the first two 已完成, the third 填报中.
fn answered(catalogue: &Catalogue) -> Assessment {
    let mut work = untouched(catalogue);
    for (at, state) in [(1, State::Complete), (2, State::Complete), (3, State::Drafting)] {
        let answer = Answer { narrative: format!("第 {at} 点的说明"), state, ..Answer::default() };
        work.answers.insert(point(at), answer);
    }
    work
}

#[test]
fn each_edition_is_found_by_its_text_and_no_other_is_taken_for_it() {
    let mut json = today();
    correct(&mut json);
    let earlier: &'static str = Box::leak(json.to_string().into_boxed_str());
    let catalogue = Catalogue::parse(earlier).unwrap();
    let text_hash: &'static str = Box::leak(catalogue.text_hash().into_boxed_str());
    let earlier = Earlier { id: ID, text_hash, json: earlier };
    let library = Library { earlier: vec![earlier], ..shipped() };
    let found = library.edition(&id(), text_hash).unwrap();
    assert_eq!((found.wording, &*found.catalogue), (Wording::Earlier, &catalogue));
    assert_eq!(found.json, earlier.json);
    let found = library.edition(&id(), &scored().text_hash()).unwrap();
    assert_eq!((found.wording, &*found.catalogue), (Wording::Today, scored()));
    assert!(Arc::ptr_eq(&found.catalogue, &library.today(&id()).unwrap().catalogue), "it is read once");
    let found = library.edition(&id(), "of nobody").unwrap();
    assert_eq!((found.wording, &*found.catalogue), (Wording::Unknown, scored()));
    assert_eq!(shipped().edition(&id(), text_hash).unwrap().wording, Wording::Unknown);
    let other = CatalogueId::parse("beijing-duties-2023").unwrap();
    assert_eq!(library.edition(&other, text_hash).unwrap().wording, Wording::Unknown);
    assert!(library.edition(&CatalogueId::parse("none").unwrap(), text_hash).is_none());
    for earlier in shipped().earlier {
        assert_eq!(Catalogue::parse(earlier.json).unwrap().text_hash(), earlier.text_hash);
        assert!(embedded().iter().any(|(id, _)| *id == earlier.id));
    }
}

/// The build puts files of `indicators/` beside the hosted page; the program's own list
/// is what the single file has inside.
#[test]
fn the_files_of_texts_are_those_that_the_program_names() {
    let mut named: Vec<String> = embedded().iter().map(|(id, _)| format!("{id}.json")).collect();
    named.extend(shipped().earlier.iter().map(|it| format!("{}.{:.8}.json", it.id, it.text_hash)));
    named.push("schema.json".to_owned());
    named.sort();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("indicators");
    let files = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap());
    let mut files: Vec<String> = files.filter(|name| name.ends_with(".json")).collect();
    files.sort();
    assert_eq!(files, named);
}

/// Alone in giving texts to the running program, which all tests of this file share.
#[test]
fn a_running_program_has_the_texts_that_it_was_given() {
    assert!(carried().all().is_empty());
    let mut json = today();
    correct(&mut json);
    let earlier = json.to_string();
    let before = Catalogue::parse(&earlier).unwrap();
    let (_, tasks) = embedded().iter().find(|(id, _)| *id == "panjin-duties-2019").unwrap();
    carry("panjin-duties-2019", tasks, &[]);
    assert!(carried().edition(&id(), &before.text_hash()).is_none());
    // The second time it changes nothing; a text that cannot be read names no edition.
    for _ in 0..2 {
        carry(ID, &today().to_string(), &[&earlier, "{"]);
    }
    let found = carried().edition(&id(), &before.text_hash()).unwrap();
    assert_eq!((found.wording, &*found.catalogue), (Wording::Earlier, &before));
    assert_eq!(carried().edition(&id(), &scored().text_hash()).unwrap().wording, Wording::Today);
    let offered: Vec<String> = carried().all().iter().map(|it| it.id.to_string()).collect();
    assert_eq!(offered, [ID, "panjin-duties-2019"]);
    carry_all();
    let all: Vec<String> = carried().all().iter().map(|it| it.id.to_string()).collect();
    assert_eq!(all, embedded().iter().map(|(id, _)| (*id).to_owned()).collect::<Vec<_>>());
}

#[test]
fn what_differs_between_editions_is_named_point_by_point() {
    assert_eq!(Compared::of(scored(), scored()), Compared::default());
    assert!(edition_differences(scored(), scored()).contains("没有变化"));
    let corrected = with(correct);
    let compared = Compared::of(scored(), &corrected);
    assert_eq!(compared, Compared { changed: vec![point(1)], ..Compared::default() });
    let page = edition_differences(scored(), &corrected);
    assert!(page.contains(&scored().points()[0].text) && page.contains(&corrected.points()[0].text));
    // The name of a group is part of what its points say.
    let renamed = with(|json| json["groups"][0]["title"] = json!("改了名"));
    let below = scored().groups()[0].points.clone();
    let compared = Compared::of(scored(), &renamed);
    assert_eq!(compared.changed, scored().points()[below].iter().map(|it| it.id.clone()).collect::<Vec<_>>());
    // A value too.
    let worth = with(|json| first_point(json)["points"] = json!("9"));
    assert_eq!(Compared::of(scored(), &worth).changed, [point(1)]);
}

#[test]
fn points_are_found_by_their_identity_wherever_they_stand() {
    let moved = with(|json| {
        // The first of several gives way to a new one and stands last among them.
        let points = several(json).unwrap();
        let first = points.remove(0);
        points.push(first);
        points.insert(0, json!({"ordinal": 99, "no": "0", "text": "新的要点。", "points": "1"}));
    });
    let first = several(&mut today()).unwrap()[0]["ordinal"].as_u64().unwrap();
    let first = point(u16::try_from(first).unwrap());
    let (before, of_today) = scored().point(&first).unwrap();
    let (index, found) = moved.point(&first).unwrap();
    assert!(index > before + 1);
    assert_eq!(found.text, of_today.text);
    assert_eq!(moved.point(&point(99)).unwrap().0, before);
    assert_eq!(moved.point_at(99).unwrap().1.text, "新的要点。");
    assert!(moved.point(&point(98)).is_none() && moved.point_at(0).is_none());
    assert!(moved.point(&PointId::new(&CatalogueId::parse("other").unwrap(), 1)).is_none());
    let compared = Compared::of(scored(), &moved);
    assert_eq!((compared.changed.len(), compared.added.as_slice()), (0, [point(99)].as_slice()));
    let work = answered(scored()).on_edition(scored(), &moved).unwrap();
    assert_eq!(work.answers, answered(scored()).answers, "every answer stays with its point");
}

#[test]
fn work_goes_over_with_every_text_and_only_what_changed_is_to_be_looked_at_again() {
    let corrected = with(correct);
    let before = answered(scored());
    let moved = before.on_edition(scored(), &corrected).unwrap();
    assert_eq!(moved.head.catalogue, CatalogueRef::of(&corrected));
    assert_eq!(moved.answer(&point(1)).state, State::Drafting);
    let mut back = moved.clone();
    back.answers.get_mut(&point(1)).unwrap().state = State::Complete;
    back.head.catalogue = before.head.catalogue.clone();
    assert_eq!(back, before);
    // What would have no place keeps the whole where it is.
    let fewer = with(|json| drop(several(json).unwrap().remove(0)));
    let gone_point =
        point(u16::try_from(several(&mut today()).unwrap()[0]["ordinal"].as_u64().unwrap()).unwrap());
    let mut before = before;
    before.answers.insert(gone_point.clone(), Answer { score: "1".to_owned(), ..Answer::default() });
    let Err(CannotMove::Gone(gone)) = before.on_edition(scored(), &fewer) else { panic!("it has a place") };
    assert_eq!(gone, [gone_point]);
    let other = Catalogue::parse(embedded()[1].1).unwrap();
    assert_eq!(before.on_edition(scored(), &other), Err(CannotMove::Other));
}

#[test]
fn going_over_leaves_a_restore_point_and_an_entry_that_only_later_programs_know() {
    let (store, corrected) = (Memory::default(), with(correct));
    let before = answered(scored());
    put(&store, scored(), &before, Reason::Created, 9, None).unwrap();
    let moved = before.on_edition(scored(), &corrected).unwrap();
    put(&store, &corrected, &moved, Reason::NewEdition, 9, None).unwrap();
    let id = before.head.id.clone();
    let points = now(store::past::restore_points(&store, &id)).unwrap();
    let (mark, made) = points.last().unwrap();
    assert_eq!(made.why, Why::BeforeEdition);
    assert_eq!(now(store::past::restore_state(&store, &id, mark)).unwrap(), Some(before));
    let log = now(store::past::log(&store, &id)).unwrap();
    assert_eq!(log.last().unwrap().entry.how, How::NewEdition);
    // Only what is new bears the new version.
    let version = |table: Table| -> Vec<String> {
        let texts = store.texts(table);
        texts.iter().map(|(_, text)| text.chars().take(7).collect()).collect()
    };
    assert_eq!(version(Table::Log).last().unwrap(), "{\"v\":3,");
    assert_eq!(version(Table::RestorePoints).last().unwrap(), "{\"v\":3,");
    assert!(version(Table::Records).iter().all(|it| it == "{\"v\":2,"));
    assert!(version(Table::Summaries).iter().all(|it| it == "{\"v\":2,"));
    let backup = Backup { replica: replica(1), seq: 2, assessment: moved, log };
    let text = backup::write(&backup);
    assert!(text.contains("\"version\": 3"));
    assert_eq!(backup::read(text.as_bytes()), Ok(backup.clone()));
    let text = backup::write(&Backup { log: Vec::new(), ..backup });
    assert!(text.contains("\"version\": 2"));
}

#[test]
fn rules_that_changed_are_named_with_their_points() {
    let catalogue = scored();
    let measures: Vec<_> = catalogue.points().iter().flat_map(|it| &it.measures).collect();
    let (first, second) = (measures[0], measures[1]);
    let mut known: BTreeMap<&str, String> =
        measures.iter().map(|it| (it.id.as_str(), short_hash(it))).collect();
    let history = |known: &BTreeMap<&str, String>| {
        let lines: String = known.iter().map(|(id, hash)| format!("  {id} {hash}\n")).collect();
        format!("{ID} other\n  001-1-1 0\n{ID} before\n{lines}other before\n  001-1-1 0\n")
    };
    assert_eq!(changed_since(&history(&known), catalogue, "before"), Some(vec![]));
    known.remove(first.id.as_str());
    known.insert(&second.id, "00000000".to_owned());
    known.insert("001-99-1", "00000000".to_owned());
    let changes = changed_since(&history(&known), catalogue, "before").unwrap();
    let what: Vec<_> = changes.iter().map(|it| (it.measure.as_str(), it.what)).collect();
    assert_eq!(
        what,
        [(first.id.as_str(), What::Added), (&second.id, What::Changed), ("001-99-1", What::Removed)]
    );
    let words = rule_changes(catalogue, &changes);
    assert!(words.contains(&format!("“{}”新增", first.metric)) && words.ends_with("001-99-1取消"), "{words}");
    assert_eq!(changed_since(&history(&known), catalogue, "of nobody"), None);
    assert_eq!(changed_since("", catalogue, "before"), None);
}
