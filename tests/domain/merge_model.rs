//! The rules of merging once more, written for themselves: a state is a flat list of names
//! and texts, and what becomes of each name is said by the rules alone. Knows nothing of
//! edits, changes and how the program goes about it.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use zhidu::assessment::history::apply_all;
use zhidu::assessment::place::{
    AnswerField, CheckItemField, EvidenceField, FigureField, HeadField, Place, UnitField,
};
use zhidu::assessment::unit::assigned;
use zhidu::assessment::{Assessment, State};
use zhidu::merge::{find, take};
use zhidu::school::Column;

use crate::merges::three;

/// A state as names and texts; the rows that there are; what is listed where.
#[derive(Debug, Default, PartialEq, Eq)]
struct Flat {
    texts: BTreeMap<String, String>,
    rows: BTreeSet<String>,
    listed: BTreeSet<(String, String)>,
    states: BTreeMap<String, State>,
}

fn flat(state: &Assessment) -> Flat {
    let mut flat = Flat::default();
    let mut put = |place: Place| {
        let text = state.text(&place).to_owned();
        if !text.is_empty() {
            flat.texts.insert(place.to_string(), text);
        }
    };
    HeadField::ALL.into_iter().for_each(|field| put(Place::Head(field)));
    for (point, answer) in &state.answers {
        AnswerField::ALL.into_iter().for_each(|field| put(Place::Answer(point.clone(), field)));
        for item in &answer.check_items {
            CheckItemField::ALL
                .into_iter()
                .for_each(|field| put(Place::CheckItem(point.clone(), item.id.clone(), field)));
        }
    }
    for row in state.evidence.keys() {
        EvidenceField::ALL.into_iter().for_each(|field| put(Place::Evidence(row.clone(), field)));
    }
    for id in state.figures.keys() {
        FigureField::ALL.into_iter().for_each(|field| put(Place::Figure(id.clone(), field)));
    }
    for row in state.schools.keys() {
        Column::ALL.into_iter().for_each(|column| put(Place::School(row.clone(), column)));
    }
    for row in state.units.keys() {
        UnitField::ALL.into_iter().for_each(|field| put(Place::Unit(row.clone(), field)));
    }
    flat.rows.extend(state.evidence.keys().map(|row| format!("evidence/{row}/")));
    flat.rows.extend(state.schools.keys().map(|row| format!("school/{row}/")));
    for (point, answer) in &state.answers {
        flat.states.insert(point.to_string(), answer.state);
        flat.rows.extend(answer.check_items.iter().map(|item| format!("item/{point}/{}/", item.id)));
        flat.listed.extend(answer.evidence.iter().map(|row| (point.to_string(), row.to_string())));
    }
    flat
}

/// The row in which a text stands, if it stands in one that comes and goes.
fn row_of(name: &str) -> Option<String> {
    let is_row = ["evidence/", "school/", "item/"].iter().any(|kind| name.starts_with(kind));
    is_row.then(|| name[..=name.rfind('/').unwrap()].to_owned())
}

fn is_prose(name: &str) -> bool {
    let of_answer = name.starts_with("answer/")
        && ["/narrative", "/deduction", "/waiver"].iter().any(|end| name.ends_with(end));
    let of_item = name.starts_with("item/") && name.ends_with("/finding");
    of_answer || of_item || (name.starts_with("figure/") && name.ends_with("/note"))
}

/// Whether one that both have changed otherwise may have become this text: what is here, or
/// a text of sentences of both.
fn may_be(result: &str, theirs: &str, ours: &str) -> bool {
    let of_both = |sentence: &str| theirs.contains(sentence) || ours.contains(sentence);
    let ends = ['。', '！', '？', '；', '\n'];
    result == ours || result.split_inclusive(ends).all(of_both)
}

fn check(base: &Assessment, theirs: &Assessment, ours: &Assessment, after: &Assessment) {
    let [b, t, o, a] = [base, theirs, ours, after].map(flat);
    // Rows of theirs come, none of ours goes.
    let rows: BTreeSet<String> = o.rows.iter().cloned().chain(t.rows.difference(&b.rows).cloned()).collect();
    assert_eq!(a.rows, rows);
    let names: BTreeSet<&String> = [&b, &t, &o, &a].iter().flat_map(|it| it.texts.keys()).collect();
    for name in names {
        let text = |of: &Flat| of.texts.get(name).cloned().unwrap_or_default();
        let (base, theirs, ours, after) = (text(&b), text(&t), text(&o), text(&a));
        if let Some(row) = row_of(name) {
            let expected = match (t.rows.contains(&row), o.rows.contains(&row)) {
                (_, false) if !rows.contains(&row) => String::new(),
                (true, false) => theirs.clone(),
                (false, true) => ours.clone(),
                _ => {
                    check_text(name, [&base, &theirs, &ours, &after]);
                    continue;
                }
            };
            assert_eq!(after, expected, "{name}");
        } else {
            check_text(name, [&base, &theirs, &ours, &after]);
        }
    }
    let has = |of: &Flat, row: &str| of.rows.contains(&format!("evidence/{row}/"));
    let pairs = o.listed.iter().chain(t.listed.iter()).cloned();
    let listed: BTreeSet<(String, String)> = pairs
        .filter(|pair| {
            let comes = t.listed.contains(pair) && !b.listed.contains(pair);
            (o.listed.contains(pair) || comes) && has(&a, &pair.1)
        })
        .collect();
    assert_eq!(a.listed, listed);
    for point in a.states.keys().chain(o.states.keys()) {
        let state = |of: &Flat| of.states.get(point).copied().unwrap_or_default();
        let expected = match (state(&b), state(&t), state(&o)) {
            (base, theirs, ours) if ours == base => theirs,
            (_, _, ours) => ours,
        };
        // Where something was written and nobody has set a state, the point is begun.
        let begun = expected == State::Blank && state(&a) == State::Drafting;
        assert!(state(&a) == expected || begun, "{point}: {:?}, not {expected:?}", state(&a));
    }
}

/// Whether it is a list of words, which are taken and left one by one.
fn is_counted(name: &str) -> bool {
    name.starts_with("unit/") && (name.ends_with("/data") || name.ends_with("/received"))
}

fn check_text(name: &str, [base, theirs, ours, after]: [&String; 4]) {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<BTreeSet<String>>();
    let expected = match () {
        () if theirs == base || theirs == ours => ours,
        () if is_counted(name) && ours != base => {
            let [b, t, o] = [base, theirs, ours].map(|text| words(text));
            let one_has = t.union(&o).filter(|it| t.contains(*it) == o.contains(*it) || !b.contains(*it));
            assert_eq!(words(after), one_has.cloned().collect(), "{name}");
            return;
        }
        // Only they have changed it; one that they have emptied stays.
        () if ours == base && theirs.is_empty() => ours,
        () if ours == base => theirs,
        // 责任单位: what both have stays, what one has may, and nothing else is there.
        () if name.starts_with("answer/") && name.ends_with("/units") && ours != base => {
            let names = |text: &str| {
                assigned(text).into_iter().map(|it| it.name.to_owned()).collect::<BTreeSet<String>>()
            };
            let [t, o, a] = [theirs, ours, after].map(|text| names(text));
            let all: BTreeSet<String> = t.union(&o).cloned().collect();
            assert!(
                after == ours || (a.is_subset(&all) && t.intersection(&o).all(|it| a.contains(it))),
                "{name}"
            );
            return;
        }
        () if is_prose(name) && !base.is_empty() && !theirs.is_empty() && !ours.is_empty() => {
            assert!(may_be(after, theirs, ours), "{name}: {after:?} of {theirs:?} and {ours:?}");
            return;
        }
        () if is_prose(name) => {
            assert!(may_be(after, theirs, ours), "{name}: {after:?}");
            return;
        }
        () => ours,
    };
    assert_eq!(after, expected, "{name}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn merging_does_what_the_rules_say([base, theirs, ours] in three()) {
        let changes = find(&base, &theirs, &ours);
        let taken = take(&base, &ours, &theirs, &changes, |at| changes[at].proposed());
        let mut after = ours.clone();
        prop_assert!(apply_all(&mut after, &taken.edits).is_ok());
        check(&base, &theirs, &ours, &after);
    }
}
