//! Edits turn around exactly, and an edit that does not fit changes nothing.

use proptest::prelude::*;
use zhidu::assessment::edit::{Edit, Mismatch, Part};
use zhidu::assessment::history::apply_all;
use zhidu::assessment::place::{AnswerField, Place};
use zhidu::assessment::{Answer, Assessment, CheckItem, Evidence, State};

use crate::sample::{filled, point, row, scored, untouched};
use crate::steps::{apply, steps};

#[track_caller]
fn check_refused(edit: &Edit) {
    let mut assessment = filled();
    assert_eq!(assessment.apply(edit), Err(Mismatch), "{edit:?}");
    assert_eq!(assessment, filled(), "{edit:?}");
}

fn splice(ordinal: u16, offset: usize, removed: &str) -> Edit {
    let place = Place::Answer(point(ordinal), AnswerField::Narrative);
    Edit::Splice { place, offset, removed: removed.to_owned(), inserted: "新".to_owned() }
}

#[test]
fn an_edit_that_does_not_fit_changes_nothing() {
    check_refused(&splice(1, 0, "别"));
    check_refused(&splice(1, 1, ""));
    check_refused(&splice(1, 10_000, ""));
    check_refused(&splice(1, usize::MAX, "已"));
    check_refused(&splice(30, 3, ""));
    check_refused(&splice(30, 0, "已"));
    for (from, ordinal) in [(State::Complete, 2), (State::Drafting, 30), (State::Blank, 1)] {
        check_refused(&Edit::SetState { point: point(ordinal), from, to: State::NotApplicable });
    }
    let other = Some(Evidence { title: "别的".to_owned(), ..Evidence::default() });
    check_refused(&Edit::SetEvidence { row: row(0xA1), from: None, to: other.clone() });
    check_refused(&Edit::SetEvidence { row: row(0xA1), from: other.clone(), to: None });
    check_refused(&Edit::SetEvidence { row: row(7), from: other, to: None });
    for (ordinal, from) in
        [(1, (vec![row(0xA1), row(0xA2)], 3)), (1, (vec![row(0xA2), row(0xA1)], 2)), (30, (vec![], 1))]
    {
        check_refused(&Edit::SetEvidenceList { point: point(ordinal), from, to: (vec![row(7)], 9) });
    }
    let item = CheckItem { id: row(7), text: String::new(), finding: String::new() };
    check_refused(&Edit::InsertCheckItem { point: point(54), index: 3, item: item.clone() });
    check_refused(&Edit::InsertCheckItem { point: point(30), index: 1, item: item.clone() });
    check_refused(&Edit::RemoveCheckItem { point: point(54), index: 0, item: item.clone() });
    check_refused(&Edit::RemoveCheckItem { point: point(54), index: 2, item: item.clone() });
    check_refused(&Edit::RemoveCheckItem { point: point(30), index: 0, item });
}

#[test]
fn a_batch_with_one_misfit_changes_nothing() {
    let mut assessment = filled();
    let mut batch = assessment.typing(&Place::Answer(point(30), AnswerField::Score), "1");
    batch.extend(assessment.adding_evidence(&point(31), row(7)));
    batch.push(splice(1, 0, "别"));
    assert_eq!(apply_all(&mut assessment, &batch), Err(Mismatch));
    assert_eq!(assessment, filled());
    batch.pop();
    assert_eq!(apply_all(&mut assessment, &batch), Ok(()));
    assert_eq!(assessment.answer(&point(30)).score, "1");
}

#[test]
fn an_answer_that_is_blank_again_vanishes() {
    let place = Place::Answer(point(3), AnswerField::Narrative);
    let mut assessment = untouched(scored());
    let edits = assessment.typing(&place, "已开展");
    apply(&mut assessment, &edits);
    let edits = assessment.typing(&place, "");
    apply(&mut assessment, &edits);
    assert_eq!(assessment.answers.len(), 1, "it is still 填报中");
    let edits = assessment.setting_state(&point(3), State::Blank);
    apply(&mut assessment, &edits);
    assert_eq!(assessment, untouched(scored()));
}

#[test]
fn a_part_is_the_record_that_an_edit_touches() {
    let mut assessment = untouched(scored());
    let added = assessment.adding_evidence(&point(2), row(1));
    let parts: Vec<Part> = added.iter().map(Edit::part).collect();
    assert_eq!(parts, [Part::Evidence(row(1)), Part::Answer(point(2)), Part::Answer(point(2))]);
    apply(&mut assessment, &added);
    let item = assessment.adding_check_item(&point(3), row(2));
    assert!(item.iter().all(|edit| edit.part() == Part::Answer(point(3))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_step_turns_around(steps in steps(40)) {
        let mut assessment = untouched(scored());
        for (number, step) in (0..).zip(&steps) {
            let before = assessment.clone();
            let edits = step.edits(&assessment, row(number));
            apply(&mut assessment, &edits);
            let mut back = assessment.clone();
            for edit in edits.iter().rev() {
                prop_assert_eq!(&edit.clone().invert().invert(), edit);
                back.apply(&edit.clone().invert()).unwrap();
            }
            prop_assert_eq!(back, before);
            prop_assert!(assessment.answers.values().all(|answer| answer != Answer::blank()));
        }
    }

    #[test]
    fn edits_made_elsewhere_fit_or_change_nothing(ours in steps(20), theirs in steps(20)) {
        let worked = |steps: &[crate::steps::Step]| {
            let mut assessment = untouched(scored());
            let mut made = Vec::new();
            for (number, step) in (0..).zip(steps) {
                let edits = step.edits(&assessment, row(number));
                apply(&mut assessment, &edits);
                made.extend(edits);
            }
            (assessment, made)
        };
        let (mut assessment, _): (Assessment, _) = worked(&ours);
        for edit in worked(&theirs).1 {
            let before = assessment.clone();
            match assessment.apply(&edit) {
                Err(Mismatch) => prop_assert_eq!(&assessment, &before),
                Ok(()) => {
                    let mut back = assessment.clone();
                    back.apply(&edit.invert()).unwrap();
                    prop_assert_eq!(back, before);
                }
            }
        }
    }
}
