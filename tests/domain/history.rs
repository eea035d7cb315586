//! Undo and redo against a model that keeps every state whole.

use proptest::prelude::*;
use zhidu::assessment::Assessment;
use zhidu::assessment::edit::Mismatch;
use zhidu::assessment::history::{History, RUN_PAUSE_MS, STEPS_KEPT};
use zhidu::assessment::place::{AnswerField, Place};

use crate::sample::{point, row, scored, untouched};
use crate::steps::{apply, steps};

fn narrative(ordinal: u16) -> Place {
    Place::Answer(point(ordinal), AnswerField::Narrative)
}

/// An assessment with its history, typed into as the page does.
struct Work {
    assessment: Assessment,
    history: History,
}

impl Work {
    fn begin() -> Work {
        Work { assessment: untouched(scored()), history: History::new() }
    }

    fn type_at(&mut self, ordinal: u16, text: &str, now_ms: f64) {
        let place = narrative(ordinal);
        let edits = self.assessment.typing(&place, text);
        apply(&mut self.assessment, &edits);
        self.history.remember(edits, Some((&place, now_ms)));
    }

    fn undo(&mut self) -> &str {
        self.history.undo(&mut self.assessment).unwrap();
        &self.assessment.answer(&point(1)).narrative
    }
}

/// How many steps it makes to type two characters `pause_ms` apart.
#[track_caller]
fn check(pause_ms: f64, between: impl Fn(&mut Work), steps: usize) {
    let mut work = Work::begin();
    work.type_at(1, "教", 5_000.0);
    between(&mut work);
    work.type_at(1, "教育", 5_000.0 + pause_ms);
    assert_eq!(work.history.len(), steps);
}

#[test]
fn a_run_ends_with_a_pause_with_leaving_and_with_another_place() {
    check(0.0, |_| (), 1);
    check(RUN_PAUSE_MS - 1.0, |_| (), 1);
    check(RUN_PAUSE_MS, |_| (), 2);
    check(60_000.0, |_| (), 2);
    check(-1.0, |_| (), 2);
    check(10.0, |work| work.history.end_run(), 2);
    check(10.0, |work| work.type_at(2, "别处", 5_005.0), 3);
    let add_row = |work: &mut Work| {
        let edits = work.assessment.adding_evidence(&point(1), row(1));
        apply(&mut work.assessment, &edits);
        work.history.remember(edits, None);
    };
    check(10.0, add_row, 3);
    check(10.0, |work| work.history.remember(Vec::new(), None), 1);
    assert_eq!(RUN_PAUSE_MS, 2_000.0);
}

#[test]
fn a_run_lasts_as_long_as_nobody_pauses() {
    let mut work = Work::begin();
    let text = "坚持优先发展，统筹城乡。".repeat(5);
    for (count, (end, c)) in text.char_indices().enumerate() {
        work.type_at(1, &text[..end + c.len_utf8()], 1_900.0 * count as f64);
    }
    work.type_at(1, &text.replace("统筹", ""), 1_900.0 * 60.0);
    assert_eq!(work.history.len(), 1);
    assert_eq!(work.undo(), "");
    assert_eq!(work.assessment, untouched(scored()));
    work.history.redo(&mut work.assessment).unwrap();
    assert_eq!(work.assessment.answer(&point(1)).narrative, text.replace("统筹", ""));
}

#[test]
fn undo_ends_a_run_and_typing_forgets_what_was_undone() {
    let mut work = Work::begin();
    work.type_at(1, "一", 0.0);
    work.history.end_run();
    work.type_at(1, "一二", 1.0);
    assert_eq!(work.undo(), "一");
    assert!(work.history.can_redo());
    work.type_at(1, "一三", 2.0);
    assert!(!work.history.can_redo());
    assert_eq!(work.history.len(), 2);
    assert_eq!(work.undo(), "一");
    assert_eq!(work.undo(), "");
    assert!(!work.history.can_undo() && work.history.is_empty());
    assert_eq!(work.history.undo(&mut work.assessment), Ok(Vec::new()));
}

#[test]
fn two_hundred_steps_and_more_can_be_taken_back() {
    let mut work = Work::begin();
    for count in 0..STEPS_KEPT + 50 {
        work.history.end_run();
        work.type_at(1, &count.to_string(), 0.0);
    }
    const { assert!(STEPS_KEPT >= 200) };
    assert_eq!(work.history.len(), STEPS_KEPT);
    for count in (49..STEPS_KEPT + 49).rev() {
        assert_eq!(work.undo(), count.to_string());
    }
    assert!(!work.history.can_undo());
}

#[test]
fn undo_on_another_assessment_changes_nothing() {
    let mut work = Work::begin();
    work.type_at(1, "教育", 0.0);
    let mut other = untouched(scored());
    assert_eq!(work.history.undo(&mut other), Err(Mismatch));
    assert_eq!(other, untouched(scored()));
    assert_eq!(work.history.len(), 1);
    assert_eq!(work.undo(), "");
    let theirs = work.assessment.typing(&narrative(1), "别的");
    let mut other = work.assessment.clone();
    apply(&mut other, &theirs);
    let before = other.clone();
    assert_eq!(work.history.redo(&mut other), Err(Mismatch));
    assert_eq!(other, before);
    assert!(work.history.can_redo());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Each step is one of the history's; now and then some are undone and redone.
    #[test]
    fn undo_and_redo_walk_the_states_that_were(
        steps in steps(50),
        walks in prop::collection::vec((0usize..4, 0usize..4), 50),
    ) {
        let mut assessment = untouched(scored());
        let mut history = History::new();
        let mut states = vec![assessment.clone()];
        let mut at = 0;
        for ((number, step), (back, forth)) in (0..).zip(&steps).zip(walks) {
            let edits = step.edits(&assessment, row(number));
            apply(&mut assessment, &edits);
            if !edits.is_empty() {
                states.truncate(at + 1);
                states.push(assessment.clone());
                at += 1;
            }
            history.remember(edits, None);
            for _ in 0..back {
                let edits = history.undo(&mut assessment).unwrap();
                prop_assert_eq!(edits.is_empty(), at == 0);
                at = at.saturating_sub(1);
                prop_assert_eq!(&assessment, &states[at]);
            }
            for _ in 0..forth {
                let edits = history.redo(&mut assessment).unwrap();
                prop_assert_eq!(edits.is_empty(), at + 1 == states.len());
                at = (at + 1).min(states.len() - 1);
                prop_assert_eq!(&assessment, &states[at]);
            }
            prop_assert_eq!((history.can_undo(), history.can_redo()), (at > 0, at + 1 < states.len()));
        }
    }

    /// With editing runs steps are fewer; the two ends are the same.
    #[test]
    fn undoing_all_returns_to_the_start_and_redoing_all_to_the_end(
        steps in steps(50),
        texts in prop::collection::vec(crate::random::text(), 1..30),
    ) {
        let mut work = Work::begin();
        let mut now_ms = 0.0;
        for (number, step) in (0..).zip(&steps) {
            let edits = step.edits(&work.assessment, row(number));
            apply(&mut work.assessment, &edits);
            work.history.remember(edits, None);
            now_ms += 700.0;
            work.type_at(1, &texts[number as usize % texts.len()], now_ms);
            work.type_at(1, &texts[(number as usize * 7 + 3) % texts.len()], now_ms + 100.0);
        }
        let end = work.assessment.clone();
        while work.history.can_undo() {
            work.history.undo(&mut work.assessment).unwrap();
        }
        prop_assert_eq!(&work.assessment, &untouched(scored()));
        while work.history.can_redo() {
            work.history.redo(&mut work.assessment).unwrap();
        }
        prop_assert_eq!(work.assessment, end);
    }
}
