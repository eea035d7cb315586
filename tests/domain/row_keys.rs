//! Rows that are chosen as in a spreadsheet.

use zhidu::keys::rows::{Held, Rows};

const PLAIN: Held = Held { shift: false, ctrl: false };
const SHIFT: Held = Held { shift: true, ctrl: false };
const CTRL: Held = Held { shift: false, ctrl: true };
const BOTH: Held = Held { shift: true, ctrl: true };
/// As they stand when the table is sorted.
const ORDER: [usize; 6] = [4, 2, 0, 5, 1, 3];

#[track_caller]
fn check(rows: &Rows, expected: &[usize]) {
    assert_eq!(rows.chosen().iter().copied().collect::<Vec<_>>(), expected);
}

#[test]
fn clicks_choose_one_a_run_or_one_more() {
    let mut rows = Rows::default();
    rows.click(&ORDER, 2, PLAIN);
    check(&rows, &[2]);
    rows.click(&ORDER, 5, SHIFT);
    check(&rows, &[0, 2, 5]);
    // The run turns around its first row.
    rows.click(&ORDER, 4, SHIFT);
    check(&rows, &[2, 4]);
    rows.click(&ORDER, 3, CTRL);
    check(&rows, &[2, 3, 4]);
    rows.click(&ORDER, 2, CTRL);
    check(&rows, &[3, 4]);
    rows.click(&ORDER, 3, BOTH);
    check(&rows, &[0, 1, 2, 3, 4, 5]);
    rows.click(&ORDER, 9, PLAIN);
    check(&rows, &[0, 1, 2, 3, 4, 5]);
    rows.click(&ORDER, 1, PLAIN);
    check(&rows, &[1]);
}

#[test]
fn keys_go_by_the_order_that_is_shown() {
    let mut rows = Rows::default();
    assert_eq!(rows.go(&ORDER, 1, PLAIN), Some(4));
    assert_eq!(rows.go(&ORDER, 1, PLAIN), Some(2));
    check(&rows, &[2]);
    assert_eq!(rows.go(&ORDER, 2, SHIFT), Some(5));
    check(&rows, &[0, 2, 5]);
    assert_eq!(rows.go(&ORDER, 99, CTRL), Some(3));
    check(&rows, &[0, 2, 5]);
    rows.toggle_at(&ORDER);
    check(&rows, &[0, 2, 3, 5]);
    assert_eq!(rows.go(&ORDER, -99, PLAIN), Some(4));
    check(&rows, &[4]);
    assert_eq!(Rows::default().go(&[], 1, PLAIN), None);
}

#[test]
fn what_is_not_shown_is_not_chosen() {
    let mut rows = Rows::default();
    rows.choose(ORDER);
    rows.keep(&[5, 0]);
    check(&rows, &[0, 5]);
    assert_eq!(rows.at(&[5, 0]), Some(5));
}
