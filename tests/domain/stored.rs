//! A whole assessment in the store: loaded as it was written, and what cannot
//! be read is given back with its bytes.

use std::collections::BTreeMap;

use proptest::prelude::*;
use zhidu::assessment::edit::Part;
use zhidu::assessment::{Answer, Assessment, Evidence};
use zhidu::record::summary::{Summary, summary};
use zhidu::record::{
    self, Changes, Key, RecordError, RecordKind, Replica, SetAside, Stamp, changes, load, parts,
};
use zhidu::score::score;
use zhidu::value::points::Points;

use crate::later::{grown, later};
use crate::random;
use crate::sample::{filled, filled_v1, point, replica, row, scored, untouched};

type Stored = Vec<(String, String)>;

fn stamp(seq: u64) -> Stamp {
    Stamp { seq, author: "张三".to_owned() }
}

fn as_stored(changes: Changes) -> Stored {
    changes.into_iter().filter_map(|(key, text)| Some((key.to_text(), text?))).collect()
}

fn stored(assessment: &Assessment) -> Stored {
    as_stored(changes(assessment, &parts(assessment), &stamp(12)))
}

fn of_filled(kind: RecordKind) -> String {
    Key { assessment: filled().head.id, kind }.to_text()
}

#[track_caller]
fn check_all_given_back(found: Vec<SetAside>, mut stored: Stored) {
    let mut found: Stored = found.into_iter().map(|it| (it.key, it.text)).collect();
    found.sort();
    stored.sort();
    assert_eq!(found, stored);
}

/// The fixture's records as this program writes them.
fn written() -> BTreeMap<String, String> {
    let mut records = BTreeMap::from_iter(stored(&filled()));
    let replica = Replica { id: replica(0x1E), epoch: 3 };
    records.insert(
        of_filled(RecordKind::Replica),
        record::write(&Stamp { seq: 1, author: String::new() }, &replica),
    );
    let row = Summary {
        id: filled().head.id,
        name: filled().head.name,
        catalogue: "优质均衡".to_owned(),
        unit_name: "东城区".to_owned(),
        year: "2026".to_owned(),
        due: "2026-12-15".to_owned(),
        points: 54,
        settled: 2,
        drafting: 3,
        score: Some([350, 650, 10_000].map(Points::from_hundredths)),
        example: false,
        changed: "2026-11-23 14:05".to_owned(),
        seq: 12,
        deleted: String::new(),
    };
    records.insert(of_filled(RecordKind::Summary), record::write(&stamp(12), &row));
    records
}

const FIXTURE: &str = include_str!("../data/record-v2.json");

#[test]
fn records_of_all_versions_are_loaded() {
    check_loaded(include_str!("../data/record-v1.json"), &filled_v1());
    check_loaded(FIXTURE, &filled());
}

#[track_caller]
fn check_loaded(fixture: &str, expected: &Assessment) {
    let records: BTreeMap<String, String> = serde_json::from_str(fixture).unwrap();
    let loaded = load(&Stored::from_iter(records.clone())).unwrap();
    assert_eq!(loaded.assessment, *expected);
    assert_eq!(loaded.seq, 12);
    assert_eq!(loaded.replica, Some(Replica { id: replica(0x1E), epoch: 3 }));
    assert_eq!(loaded.set_aside, []);
    let (_, row): (_, Summary) = record::read(&records[&of_filled(RecordKind::Summary)]).unwrap();
    assert_eq!(row.score, Some([350, 650, 10_000].map(Points::from_hundredths)));
}

#[test]
fn records_are_written_as_the_fixture_holds_them() {
    let text = serde_json::to_string_pretty(&written()).unwrap() + "\n";
    assert_eq!(text, FIXTURE);
}

#[test]
fn a_damaged_record_is_set_aside_and_the_rest_is_loaded() {
    let good = stored(&filled());
    for at in 0..good.len() {
        let length = good[at].1.chars().count();
        for cut in [0, 1, length / 2, length - 1] {
            let mut bad = good.clone();
            let text: String = bad[at].1.chars().take(cut).collect();
            bad[at].1.clone_from(&text);
            if Key::parse(&bad[at].0).unwrap().kind == RecordKind::Head {
                let given_back = load(&bad).unwrap_err();
                assert_eq!((&given_back[0].key, &given_back[0].text), (&bad[at].0, &text));
                check_all_given_back(given_back, bad);
            } else {
                let loaded = load(&bad).unwrap();
                let [aside] = loaded.set_aside.as_slice() else { panic!("one is damaged") };
                assert_eq!((&aside.key, &aside.text), (&bad[at].0, &text));
                assert_eq!(parts(&loaded.assessment).len(), good.len() - 1);
            }
        }
    }
}

#[test]
fn what_a_later_program_has_written_is_read_as_far_as_it_is_understood() {
    let mut records = stored(&filled());
    assert!(!load(&records).unwrap().newer);
    let text = record::write(&stamp(12), &Answer { narrative: "新".to_owned(), ..Answer::default() });
    records.push((of_filled(RecordKind::Answer(point(40))), grown(&text)));
    let loaded = load(&records).unwrap();
    assert!(loaded.newer);
    assert_eq!((loaded.seq, loaded.set_aside), (13, vec![]));
    assert_eq!(loaded.assessment.answer(&point(40)).narrative, "新");
    assert_eq!(loaded.assessment.answer(&point(1)), filled().answer(&point(1)));
}

#[test]
fn what_of_a_later_program_cannot_be_understood_is_named_and_the_rest_is_there() {
    for text in ["{\"v\":3}\n?".to_owned(), later(3, "[]"), later(4, "{\"state\":\"returned\"}")] {
        let mut records = stored(&filled());
        records.push((of_filled(RecordKind::Answer(point(40))), text.clone()));
        let loaded = load(&records).unwrap();
        assert!(loaded.newer);
        assert_eq!(loaded.assessment, filled());
        let [aside] = loaded.set_aside.as_slice() else { panic!("one is not understood") };
        assert_eq!(aside.text, text);
        assert!(matches!(aside.error, RecordError::Newer { known: 2, .. }));
    }
    // Without a head nothing can be shown.
    let mut records = stored(&filled());
    let head = records.iter().position(|(key, _)| key.contains("/head/")).unwrap();
    records[head].1 = later(6, "[]");
    let given_back = load(&records).unwrap_err();
    assert!(given_back.iter().all(|it| matches!(it.error, RecordError::Newer { .. })));
    check_all_given_back(given_back, records);
}

#[test]
fn a_record_of_a_later_kind_makes_the_whole_newer_and_a_damaged_one_does_not() {
    for kind in ["assignment", "answer"] {
        let mut records = stored(&filled());
        let key = format!("{}/{kind}/of-another-form", filled().head.id);
        records.push((key.clone(), later(1, "{}")));
        let loaded = load(&records).unwrap();
        assert_eq!((loaded.newer, &loaded.assessment, loaded.set_aside), (true, &filled(), vec![]));
        records.last_mut().unwrap().1.push(' ');
        let loaded = load(&records).unwrap();
        assert!(!loaded.newer);
        assert_eq!(loaded.set_aside.iter().map(|it| it.key.as_str()).collect::<Vec<_>>(), [key]);
    }
}

#[test]
fn without_a_head_there_is_no_assessment() {
    assert_eq!(load(&[]), Err(Vec::new()));
    let mut records = stored(&filled());
    records.retain(|(key, _)| *key != of_filled(RecordKind::Head));
    let given_back = load(&records).unwrap_err();
    let missing = RecordError::Damaged("缺少封面记录".to_owned());
    assert!(given_back.iter().all(|it| it.error == missing));
    check_all_given_back(given_back, records);
}

#[test]
fn an_unreadable_summary_does_no_harm() {
    let mut records = stored(&filled());
    records.push((of_filled(RecordKind::Summary), "?".to_owned()));
    let loaded = load(&records).unwrap();
    assert_eq!((loaded.assessment, loaded.set_aside), (filled(), Vec::new()));
}

#[test]
fn a_part_that_is_gone_removes_its_record() {
    let assessment = filled();
    let gone = [Part::Answer(point(30)), Part::Evidence(row(7)), Part::Answer(point(1)), Part::Head];
    let changes = changes(&assessment, &gone, &stamp(13));
    let kept: Vec<bool> = changes.iter().map(|(_, text)| text.is_some()).collect();
    assert_eq!(kept, [false, false, true, true]);
    assert_eq!(changes[0].0.to_text(), of_filled(RecordKind::Answer(point(30))));
    assert_eq!(changes[1].0.to_text(), of_filled(RecordKind::Evidence(row(7))));
}

#[test]
fn the_row_of_the_desk_tells_what_the_total_says() {
    let catalogue = scored();
    let assessment = filled();
    let total = score(catalogue, &assessment).total;
    let row = summary(catalogue, &assessment, &total, "2026-11-23 14:05", 12);
    assert_eq!((row.points, row.settled, row.drafting), (54, 2, 3));
    assert_eq!(row.score.map(|it| it[0]), Some(Points::from_hundredths(350)));
    assert_eq!(row.score.map(|it| it[2]), Some(Points::from_hundredths(10_000)));
    let unscored = crate::sample::tasks();
    let total = score(unscored, &untouched(unscored)).total;
    assert_eq!(summary(unscored, &untouched(unscored), &total, "", 1).score, None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_is_stored_is_loaded_in_any_order(assessment in random::assessment(), seed in any::<u64>()) {
        let records = stored(&assessment);
        let mut shuffled = records.clone();
        shuffled.sort_by_key(|(key, _)| key.bytes().fold(seed, |sum, b| sum.rotate_left(7) ^ u64::from(b)));
        let loaded = load(&shuffled).unwrap();
        prop_assert_eq!(&loaded.assessment, &assessment);
        prop_assert_eq!((loaded.seq, loaded.set_aside), (12, Vec::new()));
        prop_assert_eq!(stored(&loaded.assessment), records);
    }

    #[test]
    fn damage_never_passes_for_content(
        assessment in random::assessment(),
        at in any::<prop::sample::Index>(),
        byte in any::<prop::sample::Index>(),
        bit in 0..8,
    ) {
        let mut records = stored(&assessment);
        let index = at.index(records.len());
        let mut bytes = records[index].1.clone().into_bytes();
        let position = byte.index(bytes.len());
        bytes[position] ^= 1u8 << bit;
        records[index].1 = String::from_utf8_lossy(&bytes).into_owned();
        let aside = match load(&records) {
            Ok(loaded) => loaded.set_aside,
            Err(aside) => aside,
        };
        prop_assert!(aside.iter().any(|it| (&it.key, &it.text) == (&records[index].0, &records[index].1)));
    }
}

#[test]
fn the_highest_seq_is_found() {
    let mut records = stored(&filled());
    records.push((of_filled(RecordKind::Evidence(row(1))), record::write(&stamp(99), &Evidence::default())));
    records.push((of_filled(RecordKind::Answer(point(3))), record::write(&stamp(5), &Answer::default())));
    assert_eq!(load(&records).unwrap().seq, 99);
}
