//! Work is never lost: histories of editing, saving, crashing, full disks, two
//! windows and damage on a store that fails at any operation. After each of
//! them, what was acknowledged is there, what was not is there or in the
//! journal, and nothing is a mixture.

use proptest::prelude::*;
use zhidu::store;

use crate::browser::{Action, Browser};
use crate::memory::{Fault, now};

/// So many histories are played in a usual run; `ZHIDU_HISTORIES` sets another
/// number.
const HISTORIES: u32 = 2_000;

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        8 => (1u16..5).prop_map(Action::Type),
        2 => (1u16..5).prop_map(Action::AddMaterial),
        3 => (1u16..400).prop_map(Action::Wait),
        4 => Just(Action::Flush),
        3 => Just(Action::Hide),
        2 => any::<bool>().prop_map(|hidden_first| Action::Reload { hidden_first }),
        2 => Just(Action::SwitchWindow),
        1 => Just(Action::TakeOver),
        1 => Just(Action::Freeze),
        1 => Just(Action::KeepPoint),
        3 => (0u32..12, prop::sample::select(Fault::ALL.to_vec())).prop_map(|(n, fault)| Action::Plan(n, fault)),
        2 => Just(Action::Mend),
    ]
}

/// How many milliseconds an operation of the store takes: a quick disk, and ever slower ones.
fn pace() -> impl Strategy<Value = Action> {
    prop::sample::select(vec![0, 1, 40, 150]).prop_map(Action::Slow)
}

fn check(actions: &[Action]) -> Result<(), TestCaseError> {
    let mut browser = Browser::new();
    for action in actions {
        browser.act(action);
    }
    browser.settle();
    let all = browser.everything();
    let lost: Vec<&String> = browser.promised.iter().filter(|word| !all.contains(*word)).collect();
    prop_assert!(lost.is_empty(), "called saved and lost: {lost:?}");
    let found = now(store::read(&browser.store, &browser.id)).unwrap().unwrap();
    let loaded = found.loaded.unwrap();
    prop_assert_eq!(loaded.set_aside, Vec::new());
    // Rows and texts belong together: no answer lists a row that is not there.
    for answer in loaded.assessment.answers.values() {
        for row in &answer.evidence {
            prop_assert!(loaded.assessment.evidence.contains_key(row), "half of a step was stored");
        }
    }
    prop_assert_eq!(now(store::summaries(&browser.store)).unwrap().len(), 1);
    Ok(())
}

fn histories() -> u32 {
    std::env::var("ZHIDU_HISTORIES").ok().and_then(|count| count.parse().ok()).unwrap_or(HISTORIES)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: histories(), max_shrink_iters: 4_000, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_was_called_saved_is_ever_lost(
        pace in pace(),
        mut actions in prop::collection::vec(action(), 1..40),
    ) {
        actions.insert(0, pace);
        check(&actions)?;
    }
}

/// At every single operation of one long history, every fault.
#[test]
fn a_fault_at_any_operation_leaves_a_whole_state() {
    let script = [
        Action::Type(1),
        Action::Flush,
        Action::AddMaterial(1),
        Action::Type(2),
        Action::Flush,
        Action::KeepPoint,
        Action::SwitchWindow,
        Action::Type(1),
        Action::Flush,
        Action::SwitchWindow,
        Action::Type(2),
        Action::Flush,
        Action::SwitchWindow,
        Action::TakeOver,
        Action::Flush,
        Action::Type(3),
        Action::Flush,
    ];
    let mut healthy = Browser::new();
    let before = healthy.store.operations();
    script.iter().for_each(|action| healthy.act(action));
    let operations = healthy.store.operations() - before;
    assert!(operations > 40, "{operations}");
    for fault in Fault::ALL {
        for at in 0..operations {
            let mut faulty = vec![Action::Plan(at, fault)];
            faulty.extend(script.iter().cloned());
            check(&faulty).unwrap_or_else(|error| panic!("{fault:?} at {at}: {error}"));
        }
    }
}
