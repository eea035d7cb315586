//! The ring of restore points: the newest of each kind stay, whatever the clock
//! says.

use proptest::prelude::*;
use zhidu::record::Mark;
use zhidu::record::restore::{RestorePoint, Why, superfluous};
use zhidu::record::state::{read_state, write_state};
use zhidu::record::{RecordError, Stamp};

use crate::random;
use crate::sample::{filled, replica};

const KINDS: [(Why, usize); 5] = [
    (Why::Hourly, 24),
    (Why::Daily, 31),
    (Why::BeforeImport, 10),
    (Why::BeforeRestore, 10),
    (Why::ByHand, 10),
];

fn mark(epoch: u64, serial: u32) -> Mark {
    Mark { epoch, serial, replica: replica(1) }
}

#[test]
fn the_newest_of_each_kind_stay() {
    for (why, kept) in KINDS {
        let points: Vec<(Mark, Why)> = (1..=kept as u32 + 3).map(|serial| (mark(7, serial), why)).collect();
        let mut dropped = superfluous(&points);
        dropped.sort();
        assert_eq!(dropped, [mark(7, 1), mark(7, 2), mark(7, 3)], "{why:?}");
        assert_eq!(superfluous(&points[3..]), [], "{why:?}");
    }
}

#[test]
fn kinds_do_not_push_each_other_out() {
    let mut points: Vec<(Mark, Why)> = (1..=500).map(|serial| (mark(9, serial), Why::Hourly)).collect();
    points.push((mark(1, 1), Why::BeforeImport));
    assert!(!superfluous(&points).contains(&mark(1, 1)));
}

#[test]
fn a_row_tells_what_the_state_is() {
    let point = RestorePoint::of(&filled(), "2026-11-23 14:05", Why::Daily);
    assert_eq!(point.settled, 2);
    assert_eq!(point.hash.len(), 64);
    let characters: usize = filled().answers.values().map(|it| it.narrative.chars().count()).sum();
    assert_eq!(point.characters, characters);
}

#[test]
fn a_damaged_state_is_named() {
    let text = write_state(&Stamp { seq: 3, author: String::new() }, &filled());
    assert_eq!(read_state(&text), Ok(filled()));
    assert!(matches!(read_state(&text.replacen("东城区", "西城区", 1)), Err(RecordError::Damaged(_))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_state_comes_back_whole(assessment in random::assessment()) {
        let text = write_state(&Stamp { seq: 3, author: "张三".to_owned() }, &assessment);
        prop_assert_eq!(read_state(&text), Ok(assessment));
    }

    #[test]
    fn the_ring_never_grows_beyond_its_bounds_and_is_settled_at_once(
        kinds in prop::collection::vec(0usize..5, 0..200),
    ) {
        let points: Vec<(Mark, Why)> =
            kinds.iter().enumerate().map(|(at, kind)| (mark(at as u64 / 7, at as u32 % 7), KINDS[*kind].0)).collect();
        let dropped = superfluous(&points);
        let left: Vec<(Mark, Why)> = points.iter().filter(|(mark, _)| !dropped.contains(mark)).cloned().collect();
        prop_assert_eq!(superfluous(&left), Vec::new());
        for (why, kept) in KINDS {
            let of = |points: &[(Mark, Why)]| points.iter().filter(|(_, it)| *it == why).count();
            prop_assert_eq!(of(&left), of(&points).min(kept));
        }
    }
}
