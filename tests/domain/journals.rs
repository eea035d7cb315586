//! The emergency journal: taken up by the copy that kept it, exactly as far as
//! the store does not know it, and kept apart where somebody else has written.

use proptest::prelude::*;
use zhidu::assessment::Assessment;
use zhidu::assessment::edit::{Edit, Part};
use zhidu::assessment::history::apply_all;
use zhidu::assessment::place::{AnswerField, Place};
use zhidu::record::journal::{Journal, News};

use crate::random;
use crate::sample::{filled, point, replica, row};
use crate::steps::apply;

fn narrative(at: u16) -> Place {
    Place::Answer(point(at), AnswerField::Narrative)
}

fn typed(before: &Assessment, at: u16, text: &str) -> (Assessment, Part) {
    let mut after = before.clone();
    let edits = after.typing(&narrative(at), text);
    apply(&mut after, &edits);
    (after, Part::Answer(point(at)))
}

fn journal(parts: &[Part], states: [&Assessment; 3]) -> Journal {
    let journal = Journal::new(replica(1), "2026-11-23 14:05".to_owned(), parts.to_vec(), states);
    Journal::read(&journal.write()).unwrap()
}

#[track_caller]
fn check_recovers(journal: &Journal, stored: &Assessment, after: &Assessment) {
    let news = journal.news(&replica(1), stored);
    assert_eq!(news.unmerged, []);
    let mut found = stored.clone();
    apply_all(&mut found, &news.edits).unwrap();
    assert_eq!(&found, after);
}

#[test]
fn whatever_arrived_of_a_write_under_way_the_rest_is_recovered() {
    let stored = filled();
    let (sent, part) = typed(&stored, 30, "刚刚输入");
    let (now, _) = typed(&sent, 30, "刚刚输入，又写了一些");
    let journal = journal(std::slice::from_ref(&part), [&stored, &sent, &now]);
    check_recovers(&journal, &stored, &now);
    check_recovers(&journal, &sent, &now);
    check_recovers(&journal, &now, &now);
    assert_eq!(journal.news(&replica(1), &now), News::default());
}

#[test]
fn another_copy_takes_nothing_of_it() {
    let stored = filled();
    let (now, part) = typed(&stored, 30, "刚刚输入");
    assert_eq!(journal(&[part], [&stored, &stored, &now]).news(&replica(2), &stored), News::default());
}

#[test]
fn what_somebody_else_changed_since_is_kept_apart_and_the_rest_is_taken() {
    let stored = filled();
    let (now, one) = typed(&stored, 30, "我的");
    let (now, other) = typed(&now, 31, "也是我的");
    let journal = journal(&[one, other], [&stored, &stored, &now]);
    let (theirs, _) = typed(&stored, 30, "别人的");
    let news = journal.news(&replica(1), &theirs);
    assert!(news.unmerged.iter().all(|edit| edit.part() == Part::Answer(point(30))));
    assert!(
        news.unmerged.iter().any(|edit| matches!(edit, Edit::Splice { inserted, .. } if inserted == "我的"))
    );
    let mut found = theirs.clone();
    apply_all(&mut found, &news.edits).unwrap();
    assert_eq!(found.text(&narrative(31)), "也是我的");
    assert_eq!(found.text(&narrative(30)), "别人的");
}

#[test]
fn rows_that_came_and_went_are_in_it() {
    let stored = filled();
    let mut now = stored.clone();
    let edits = now.dropping_evidence(&point(1), &row(0xA2));
    apply(&mut now, &edits);
    let edits = now.adding_evidence(&point(2), row(0xB7));
    apply(&mut now, &edits);
    let parts = [
        Part::Answer(point(1)),
        Part::Answer(point(2)),
        Part::Evidence(row(0xA2)),
        Part::Evidence(row(0xB7)),
    ];
    check_recovers(&journal(&parts, [&stored, &stored, &now]), &stored, &now);
}

#[test]
fn a_long_text_makes_a_short_journal() {
    let (stored, part) = typed(&filled(), 30, &"长".repeat(1_000_000));
    let (now, _) = typed(&stored, 30, &format!("{}尾", "长".repeat(1_000_000)));
    assert!(journal(&[part], [&stored, &stored, &now]).write().len() < 1_000);
}

#[test]
fn what_came_to_nothing_is_not_in_it() {
    let stored = filled();
    assert_eq!(journal(&[Part::Answer(point(30)), Part::Head], [&stored, &stored, &stored]).parts, []);
}

#[test]
fn a_text_that_is_none_is_no_journal() {
    let stored = filled();
    let (now, part) = typed(&stored, 30, "刚刚输入");
    let text = journal(&[part], [&stored, &stored, &now]).write();
    for cut in (0..text.len()).filter(|cut| text.is_char_boundary(*cut)) {
        assert_eq!(Journal::read(&text[..cut]), None);
    }
}

#[test]
fn one_that_says_more_than_is_understood_is_left_for_a_later_program() {
    let now = filled();
    let (row, added) = now.evidence.first().unwrap();
    let mut without = filled();
    without.evidence.remove(row);
    let part = Part::Evidence(row.clone());
    let text = Journal::new(replica(1), String::new(), [part], [&without, &without, &now]).write();
    assert!(Journal::read(&text).is_some() && text.contains(&added.title));
    for (known, more) in [
        ("\"kept\":", "\"v\":3,\"kept\":"),
        ("\"number\":", "\"ledger\":1,\"number\":"),
        ("\"row\":", "\"why\":\"\",\"row\":"),
        ("set-evidence", "set-assignment"),
    ] {
        assert!(text.contains(known), "{text}");
        assert_eq!(Journal::read(&text.replacen(known, more, 1)), None, "{more}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn between_any_two_states_the_edits_lead_there(before in random::assessment(), after in random::assessment()) {
        let mut parts = zhidu::record::parts(&before);
        parts.extend(zhidu::record::parts(&after));
        parts.sort();
        parts.dedup();
        let mut found = before.clone();
        for part in &parts {
            let edits = before.edits_to(&after, part);
            prop_assert!(apply_all(&mut found, &edits).is_ok());
        }
        let usual = |mut it: Assessment| {
            it.answers.retain(|_, answer| answer != zhidu::assessment::Answer::blank());
            (it.answers, it.evidence)
        };
        prop_assert_eq!(usual(found.clone()), usual(after.clone()));
        let back: Vec<Edit> = parts.iter().flat_map(|part| found.edits_to(&after, part)).collect();
        prop_assert_eq!(back, Vec::new());
        let mut copied = before.clone();
        parts.iter().for_each(|part| copied.copy_part(part, &after));
        prop_assert_eq!(copied, after);
    }
}
