//! Typing as splices: the new text exactly, and no more of it than differs.

use proptest::prelude::*;
use zhidu::assessment::State;
use zhidu::assessment::edit::Edit;
use zhidu::assessment::place::{AnswerField, CheckItemField, EvidenceField, HeadField, Place};

use crate::random;
use crate::sample::{point, row, scored, untouched};

#[track_caller]
fn check(old: &str, new: &str, expected: Option<(usize, &str, &str)>) {
    let place = Place::Answer(point(1), AnswerField::Narrative);
    let mut assessment = untouched(scored());
    if let Some(edit) = assessment.splice_to(&place, old) {
        assessment.apply(&edit).unwrap();
    }
    let edit = assessment.splice_to(&place, new);
    let found = edit.as_ref().map(|edit| match edit {
        Edit::Splice { offset, removed, inserted, .. } => (*offset, removed.as_str(), inserted.as_str()),
        _ => panic!("no splice"),
    });
    assert_eq!(found, expected);
    if let Some(edit) = &edit {
        assessment.apply(edit).unwrap();
    }
    assert_eq!(assessment.text(&place), new);
}

#[test]
fn only_what_differs_is_taken_and_put() {
    check("", "", None);
    check("教育", "教育", None);
    check("", "教", Some((0, "", "教")));
    check("教育", "教", Some((3, "育", "")));
    check("教育局", "教委局", Some((3, "育", "委")));
    check("aaa", "aa", Some((2, "a", "")));
    check("aa", "aaa", Some((2, "", "a")));
    check("abab", "ababab", Some((4, "", "ab")));
}

#[test]
fn characters_that_share_bytes_are_never_cut() {
    // 一 and 丁 share two bytes in front, 😀 and 😁 three, 一 and 帀 two at the end.
    check("一", "丁", Some((0, "一", "丁")));
    check("😀", "😁", Some((0, "😀", "😁")));
    check("\u{4e00}", "\u{5e00}", Some((0, "\u{4e00}", "\u{5e00}")));
    check("x𠀀y", "x𠀁y", Some((1, "𠀀", "𠀁")));
    check("e\u{301}", "e\u{300}", Some((1, "\u{301}", "\u{300}")));
    check("é", "e", Some((0, "é", "e")));
}

/// Texts that often share their beginning, their end or single bytes.
fn related() -> impl Strategy<Value = (String, String)> {
    let part = || "[ab一丁帀é\u{301}😀😁𠀀]{0,4}";
    let close = (part(), part(), part(), part())
        .prop_map(|(a, b, c, d)| (format!("{a}{b}{d}"), format!("{a}{c}{d}")));
    prop_oneof![close, (random::text(), random::text())]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn a_splice_gives_the_new_text_and_is_the_smallest((old, new) in related()) {
        let place = Place::Head(HeadField::Name);
        let mut assessment = untouched(scored());
        assessment.head.name = old.clone();
        match assessment.splice_to(&place, &new) {
            None => prop_assert_eq!(old, new),
            Some(edit) => {
                let Edit::Splice { removed, inserted, .. } = &edit else { panic!("no splice") };
                prop_assert_ne!((removed.chars().next(), "first"), (inserted.chars().next(), "first"));
                let ends = (removed.chars().next_back(), inserted.chars().next_back());
                prop_assert_ne!(ends.0, ends.1);
                assessment.apply(&edit).unwrap();
                prop_assert_eq!(assessment.text(&place), new);
                assessment.apply(&edit.invert()).unwrap();
                prop_assert_eq!(assessment.text(&place), old);
            }
        }
    }
}

#[test]
fn every_place_is_read_and_written() {
    let mut assessment = untouched(scored());
    for edits in
        [assessment.adding_evidence(&point(1), row(1)), assessment.adding_check_item(&point(2), row(2))]
    {
        edits.iter().for_each(|edit| assessment.apply(edit).unwrap());
    }
    use HeadField::{Due, Filler, Leader, Name, Phone, Reviewer, UnitCode, UnitName, Year};
    let head = [Name, UnitName, UnitCode, Year, Due, Filler, Reviewer, Leader, Phone].map(Place::Head);
    use AnswerField as A;
    let answer = [A::Score, A::Narrative, A::Deduction, A::Waiver, A::Units, A::Filler];
    let answer = answer.map(|field| Place::Answer(point(1), field));
    let evidence = EvidenceField::ALL.map(|field| Place::Evidence(row(1), field));
    let item =
        [CheckItemField::Text, CheckItemField::Finding].map(|it| Place::CheckItem(point(2), row(2), it));
    let places: Vec<Place> = head.into_iter().chain(answer).chain(evidence).chain(item).collect();
    for (number, place) in places.iter().enumerate() {
        let edit = assessment.splice_to(place, &format!("文{number}")).unwrap();
        assessment.apply(&edit).unwrap();
    }
    for (number, place) in places.iter().enumerate() {
        assert_eq!(assessment.text(place), format!("文{number}"), "{place:?}");
    }
}

#[test]
fn a_place_without_a_row_reads_empty_and_takes_nothing() {
    let mut assessment = untouched(scored());
    let before = assessment.clone();
    for place in [
        Place::Evidence(row(9), EvidenceField::Title),
        Place::CheckItem(point(1), row(9), CheckItemField::Text),
    ] {
        assert_eq!(assessment.text(&place), "");
        let edit = assessment.splice_to(&place, "文").unwrap();
        assert!(assessment.apply(&edit).is_err());
        assert_eq!(assessment, before);
    }
}

#[test]
fn beginning_to_answer_moves_a_blank_point_to_drafting() {
    #[track_caller]
    fn state_after(field: AnswerField, text: &str) -> State {
        let mut assessment = untouched(scored());
        for edit in assessment.typing(&Place::Answer(point(1), field), text) {
            assessment.apply(&edit).unwrap();
        }
        assessment.answer(&point(1)).state
    }
    assert_eq!(state_after(AnswerField::Narrative, "已"), State::Drafting);
    assert_eq!(state_after(AnswerField::Score, "1"), State::Drafting);
    assert_eq!(state_after(AnswerField::Units, "区教委"), State::Blank, "units can be dealt out before");
    assert_eq!(state_after(AnswerField::Filler, "张三"), State::Blank);
    assert_eq!(state_after(AnswerField::Narrative, ""), State::Blank);
}

#[test]
fn typing_never_takes_back_what_a_person_declared() {
    let mut assessment = untouched(scored());
    for state in [State::Drafting, State::Complete, State::NotApplicable] {
        let set = assessment.setting_state(&point(1), state);
        set.iter().for_each(|edit| assessment.apply(edit).unwrap());
        let text = format!("{}：已开展", state.label());
        let typed = assessment.typing(&Place::Answer(point(1), AnswerField::Narrative), &text);
        typed.iter().for_each(|edit| assessment.apply(edit).unwrap());
        assert_eq!(assessment.answer(&point(1)).state, state);
    }
    assert!(assessment.setting_state(&point(1), State::NotApplicable).is_empty());
}
