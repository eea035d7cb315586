//! 最近删除: nothing is lost by one click, nobody writes what is there, and what
//! goes for good goes whole and on its day.

use proptest::prelude::*;
use zhidu::assessment::ReplicaId;
use zhidu::record;
use zhidu::record::summary::{Summary, distinct_name};
use zhidu::store::deleted::{self, days_left};
use zhidu::store::replace::Reason;
use zhidu::store::{self, StoreError, Table};
use zhidu::value::text::day_number;

use crate::browser::{Action, Browser, put};
use crate::memory::{Fault, Memory, now};

const AT: &str = "2026-11-23 14:05";

fn all(store: &Memory) -> [Vec<(String, String)>; Table::ALL.len()] {
    Table::ALL.map(|table| store.texts(table))
}

fn row(store: &Memory) -> Summary {
    record::read::<Summary>(&store.texts(Table::Summaries)[0].1).unwrap().1
}

fn written() -> Browser {
    let mut browser = Browser::new();
    for action in [Action::Type(1), Action::Flush, Action::KeepPoint] {
        browser.act(&action);
    }
    browser
}

#[test]
fn what_was_deleted_comes_back_byte_for_byte() {
    let browser = written();
    let before = all(&browser.store);
    let marked = now(deleted::delete(&browser.store, &row(&browser.store), AT)).unwrap().unwrap();
    assert_eq!(marked.deleted, AT);
    assert_eq!(row(&browser.store), marked, "a reload still knows");
    assert_eq!(browser.store.texts(Table::Records), before[0], "the work is not touched");
    assert!(now(deleted::holds(&browser.store, &browser.id)).unwrap());
    let back = now(deleted::bring_back(&browser.store, &browser.id)).unwrap().unwrap();
    assert_eq!(back.deleted, "");
    assert_eq!(all(&browser.store), before);
}

#[test]
fn nobody_writes_what_is_deleted_and_the_window_that_wrote_goes_on_when_it_is_back() {
    let mut browser = written();
    let standing = now(store::writer(&browser.store, &browser.id)).unwrap().unwrap();
    now(deleted::delete(&browser.store, &row(&browser.store), AT)).unwrap();
    let before = all(&browser.store);
    let fresh = ReplicaId::from_random(5);
    assert_eq!(now(store::take(&browser.store, &browser.id, fresh)).unwrap_err(), StoreError::Deleted);
    let seq = row(&browser.store).seq;
    assert_eq!(now(store::claim(&browser.store, &browser.id, &standing, seq)), Err(StoreError::Deleted));
    browser.act(&Action::Type(2));
    browser.act(&Action::Flush);
    assert_eq!(all(&browser.store), before);
    now(deleted::bring_back(&browser.store, &browser.id)).unwrap();
    // A store that has refused is asked again some seconds later.
    browser.act(&Action::Wait(3_500));
    let state = now(store::read(&browser.store, &browser.id)).unwrap().unwrap().loaded.unwrap().assessment;
    assert!(!state.answer(&crate::sample::point(2)).narrative.is_empty());
}

#[test]
fn only_what_is_there_goes_for_good_and_then_whole() {
    let browser = written();
    assert_eq!(now(deleted::remove(&browser.store, &browser.id)), Err(StoreError::Stale));
    now(deleted::delete(&browser.store, &row(&browser.store), AT)).unwrap();
    now(deleted::remove(&browser.store, &browser.id)).unwrap();
    assert!(all(&browser.store).iter().all(Vec::is_empty));
    assert_eq!(now(deleted::bring_back(&browser.store, &browser.id)).unwrap(), None);
}

#[test]
fn its_days_are_counted_by_the_day_that_is_given() {
    let browser = written();
    now(deleted::delete(&browser.store, &row(&browser.store), AT)).unwrap();
    let before = all(&browser.store);
    for today in ["2026-11-23", "2026-12-22", "2020-01-01", "今天"] {
        assert!(now(deleted::remove_expired(&browser.store, today)).unwrap().is_empty(), "{today}");
        assert_eq!(all(&browser.store), before);
    }
    assert_eq!(
        now(deleted::remove_expired(&browser.store, "2026-12-23")).unwrap(),
        std::slice::from_ref(&browser.id)
    );
    assert!(all(&browser.store).iter().all(Vec::is_empty));
}

#[test]
fn what_is_at_work_never_expires() {
    let browser = written();
    let before = all(&browser.store);
    assert!(now(deleted::remove_expired(&browser.store, "2199-12-31")).unwrap().is_empty());
    assert_eq!(all(&browser.store), before);
}

#[test]
fn a_row_that_cannot_be_read_brings_the_work_back_and_can_be_deleted_again() {
    let mut browser = written();
    let known = row(&browser.store);
    now(deleted::delete(&browser.store, &known, AT)).unwrap();
    browser.store.damage(Table::Summaries, 0, |bytes| bytes.truncate(30));
    assert!(!now(deleted::holds(&browser.store, &browser.id)).unwrap());
    assert!(now(deleted::remove_expired(&browser.store, "2199-12-31")).unwrap().is_empty());
    browser.open();
    browser.store.damage(Table::Summaries, 0, |bytes| bytes.truncate(30));
    assert_eq!(now(deleted::delete(&browser.store, &known, AT)).unwrap().unwrap().name, known.name);
}

#[test]
fn taking_a_backup_in_brings_it_back() {
    let browser = written();
    now(deleted::delete(&browser.store, &row(&browser.store), AT)).unwrap();
    let state = now(store::read(&browser.store, &browser.id)).unwrap().unwrap().loaded.unwrap().assessment;
    put(&browser.store, &browser.catalogue, &state, Reason::Imported, 9, None).unwrap();
    assert!(!now(deleted::holds(&browser.store, &browser.id)).unwrap());
}

#[test]
fn what_is_not_stored_leaves_nothing_behind() {
    let browser = written();
    let known = row(&browser.store);
    let empty = Memory::default();
    assert_eq!(now(deleted::delete(&empty, &known, AT)).unwrap(), None);
    assert!(all(&empty).iter().all(Vec::is_empty));
}

#[test]
fn a_store_that_fails_has_deleted_all_or_nothing() {
    for fault in Fault::ALL {
        for after in 0..6 {
            let browser = written();
            let before = all(&browser.store);
            let known = row(&browser.store);
            browser.store.plan(after, fault);
            let done = now(deleted::delete(&browser.store, &known, AT));
            browser.store.restart();
            let (marked, same) = (!row(&browser.store).deleted.is_empty(), all(&browser.store) == before);
            assert!(marked != same, "{fault:?} {after}");
            assert!(done.is_err() || marked, "{fault:?} {after}");
        }
    }
}

#[test]
fn a_name_that_is_taken_gets_a_number() {
    let named = |name: &str| Summary { name: name.to_owned(), ..row(&written().store) };
    let rows = [named("甲"), named("甲（2）"), named("乙")];
    for (wanted, given) in [("丙", "丙"), ("乙", "乙（2）"), ("甲", "甲（3）")] {
        assert_eq!(distinct_name(wanted, &rows), given);
    }
}

proptest! {
    #[test]
    fn days_are_counted_without_a_gap(year in 1901_u32..2199, month in 1_u32..13, day in 1_u32..29) {
        let date = |year, month, day| day_number(&format!("{year}-{month:02}-{day:02}")).unwrap();
        let here = date(year, month, day);
        prop_assert_eq!(date(year, month, 1) + i64::from(day) - 1, here);
        let next = if month == 12 { date(year + 1, 1, 1) } else { date(year, month + 1, 1) };
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let length = match month { 2 if leap => 29, 2 => 28, 4 | 6 | 9 | 11 => 30, _ => 31 };
        prop_assert_eq!(next - date(year, month, 1), length);
        prop_assert_eq!(days_left(&format!("{year}-{month:02}-{day:02} 08:00"), &format!("{year}-{month:02}-{day:02}")), 30);
    }
}
