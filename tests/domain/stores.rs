//! What the store does with damage, with writers that come and go, and with whole
//! assessments that are put, removed and put back.

use zhidu::assessment::ReplicaId;
use zhidu::assessment::edit::Part;
use zhidu::assessment::history::apply_all;
use zhidu::assessment::place::{AnswerField, HeadField, Place};
use zhidu::record::log::How;
use zhidu::record::summary::Summary;
use zhidu::record::unmerged::Adopt;
use zhidu::record::{self, Replica};
use zhidu::store::replace::Reason;
use zhidu::store::{self, StoreError, Table, deleted};
use zhidu::work::Reading;

use crate::browser::{Action, Browser, put};
use crate::later::{grown, later};
use crate::memory::{Memory, now};
use crate::sample::{point, untouched};

#[test]
fn a_damaged_text_is_set_aside_and_everything_else_is_there() {
    let mut browser = Browser::new();
    for action in [Action::Type(1), Action::Type(2), Action::AddMaterial(3), Action::Flush] {
        browser.act(&action);
    }
    browser.close();
    let records = browser.store.texts(Table::Records);
    for (index, (key, text)) in records.iter().enumerate() {
        for at in (0..text.len()).step_by(7) {
            for torn in [true, false] {
                let copy = Memory::default();
                let rows = records.iter().map(|(key, text)| (Table::Records, key.clone(), text.clone()));
                copy.fill(rows);
                copy.damage(
                    Table::Records,
                    index,
                    |bytes| {
                        if torn { bytes.truncate(at) } else { bytes[at] ^= 4 }
                    },
                );
                let damaged = copy.texts(Table::Records)[index].1.clone();
                let taken = now(store::take(&copy, &browser.id, ReplicaId::from_random(2))).unwrap();
                let (found, _) = taken.expect("never greeted as empty");
                match found.loaded {
                    Ok(loaded) => {
                        assert_eq!(loaded.set_aside.len(), 1, "{key}");
                        let aside = copy.texts(Table::Aside);
                        assert_eq!(aside.len(), 1);
                        assert_eq!(aside[0].1, damaged, "kept byte for byte");
                    }
                    Err(all) => {
                        assert!(key.contains("/head/"));
                        assert_eq!(all.len(), records.len());
                        assert_eq!(copy.texts(Table::Records)[index].1, damaged, "untouched");
                    }
                }
            }
        }
    }
}

#[test]
fn the_window_that_lost_the_epoch_never_writes_and_its_words_are_set_apart() {
    let mut browser = Browser::new();
    // The other window takes over and writes the same field while the first one stands still.
    for action in [Action::Type(1), Action::Flush, Action::Type(1), Action::Freeze, Action::SwitchWindow] {
        browser.act(&action);
    }
    browser.act(&Action::Type(1));
    browser.act(&Action::Flush);
    browser.act(&Action::SwitchWindow);
    browser.act(&Action::Flush);
    assert_eq!(browser.work(0, |work| work.reading), Some(Reading::Elsewhere));
    let apart = now(store::past::unmerged(&browser.store, &browser.id)).unwrap();
    let [(_, copy)] = apart.as_slice() else { panic!("one copy") };
    let narrative = Place::Answer(point(1), AnswerField::Narrative);
    let state = now(store::read(&browser.store, &browser.id)).unwrap().unwrap().loaded.unwrap().assessment;
    assert_eq!(state.text(&narrative), "〔1〕〔3〕");
    let adopted = copy.adopting(&state, 0, Adopt::Append);
    let mut merged = state.clone();
    apply_all(&mut merged, &adopted).unwrap();
    assert_eq!(merged.text(&narrative), "〔1〕〔3〕\n〔1〕〔2〕");
}

#[test]
fn a_full_disk_gives_up_old_states_and_no_work() {
    let mut browser = Browser::new();
    for number in 1..7 {
        browser.act(&Action::Type(number));
        browser.act(&Action::Flush);
        browser.act(&Action::KeepPoint);
    }
    let (points, records) =
        (now(store::past::restore_points(&browser.store, &browser.id)).unwrap(), Table::Records);
    let before = browser.store.texts(records);
    assert_eq!(points.len(), 6);
    assert_eq!(now(store::past::thin_restore_points(&browser.store)).unwrap(), 3);
    let left = now(store::past::restore_points(&browser.store, &browser.id)).unwrap();
    assert_eq!(left, points[3..]);
    assert_eq!(browser.store.texts(Table::RestoreStates).len(), 3);
    assert_eq!(browser.store.texts(records), before);
    for (mark, _) in left {
        assert!(now(store::past::restore_state(&browser.store, &browser.id, &mark)).unwrap().is_some());
    }
}

#[test]
fn what_replaces_an_assessment_leaves_a_restore_point_and_an_entry() {
    let mut browser = Browser::new();
    browser.act(&Action::Type(1));
    browser.act(&Action::Flush);
    let read = |browser: &Browser| {
        now(store::read(&browser.store, &browser.id)).unwrap().unwrap().loaded.unwrap().assessment
    };
    let before = read(&browser);
    let mut other = before.clone();
    let year = Place::Head(HeadField::Year);
    let edits = other.typing(&year, "2027");
    apply_all(&mut other, &edits).unwrap();
    put(&browser.store, &browser.catalogue, &other, Reason::Imported, 9, None).unwrap();
    assert_eq!(read(&browser), other);
    let points = now(store::past::restore_points(&browser.store, &browser.id)).unwrap();
    let state =
        now(store::past::restore_state(&browser.store, &browser.id, &points.last().unwrap().0)).unwrap();
    assert_eq!(state, Some(before));
    let log = now(store::past::log(&browser.store, &browser.id)).unwrap();
    assert_eq!(log.last().unwrap().entry.how, How::Imported);
    assert_eq!(log.last().unwrap().entry.edits, edits);
    // Whoever had it open is no longer its writer.
    browser.act(&Action::Type(2));
    browser.act(&Action::Flush);
    assert_eq!(browser.work(0, |work| work.reading), Some(Reading::Elsewhere));
}

#[test]
fn what_of_the_past_cannot_be_read_is_named_and_stays() {
    let mut browser = Browser::new();
    browser.act(&Action::Type(1));
    browser.act(&Action::Flush);
    browser.act(&Action::KeepPoint);
    let unreadable = |store: &Memory| now(store::past::unreadable(store, &browser.id)).unwrap();
    assert!(unreadable(&browser.store).is_empty());
    for table in [Table::Log, Table::RestorePoints] {
        browser.store.damage(table, 0, |bytes| bytes[20] ^= 4);
    }
    let texts = [Table::Log, Table::RestorePoints].map(|table| browser.store.texts(table)[0].clone());
    let found = unreadable(&browser.store).into_iter().map(|it| (it.key, it.text));
    assert_eq!(Vec::from_iter(found), texts);
    assert!(now(store::past::log(&browser.store, &browser.id)).unwrap().is_empty());
}

#[test]
fn parts_that_were_not_touched_stay_out_of_the_journal() {
    let mut browser = Browser::new();
    browser.act(&Action::Type(1));
    browser.act(&Action::Flush);
    browser.act(&Action::Type(2));
    let journal = browser.work(0, |work| work.journal("14:05".to_owned()));
    let parts: Vec<Part> = journal.parts.iter().map(|it| it.stages[0].edits[0].part()).collect();
    assert_eq!(parts, [Part::Answer(point(2))]);
}

/// What is stored, and its copy and state as a window sees them that cannot write.
fn seen(browser: &Browser) -> (Replica, u64) {
    let found = now(store::read(&browser.store, &browser.id)).unwrap().unwrap();
    let loaded = found.loaded.unwrap();
    (loaded.replica.unwrap(), loaded.seq)
}

#[test]
fn a_late_claim_gives_way_to_whoever_wrote_in_between() {
    let mut browser = Browser::new();
    let (replica, seq) = seen(&browser);
    browser.act(&Action::Type(1));
    browser.act(&Action::Flush);
    assert_eq!(now(store::claim(&browser.store, &browser.id, &replica, seq)), Err(StoreError::Stale));
    let (replica, seq) = seen(&browser);
    let claimed = now(store::claim(&browser.store, &browser.id, &replica, seq)).unwrap();
    assert!(claimed.epoch > replica.epoch);
    assert_eq!(now(store::writer(&browser.store, &browser.id)).unwrap(), Some(claimed));
}

#[test]
fn a_late_claim_keeps_what_cannot_be_read_and_refuses_what_is_newer() {
    let mut browser = Browser::new();
    for action in [Action::Type(1), Action::Type(2), Action::Flush] {
        browser.act(&action);
    }
    let (replica, seq) = seen(&browser);
    let at = |kind: &str| {
        browser.store.texts(Table::Records).iter().position(|(key, _)| key.contains(kind)).unwrap()
    };
    browser.store.damage(Table::Records, at("/answer/"), |bytes| bytes.truncate(20));
    now(store::claim(&browser.store, &browser.id, &replica, seq)).unwrap();
    assert_eq!(browser.store.texts(Table::Aside).len(), 1);
    browser.store.damage(Table::Records, at("/replica/"), |bytes| *bytes = b"{\"v\":3}\n{}".to_vec());
    let before = browser.store.texts(Table::Records);
    assert_eq!(now(store::claim(&browser.store, &browser.id, &replica, seq)), Err(StoreError::Newer));
    assert_eq!(browser.store.texts(Table::Records), before);
}

#[test]
fn a_writer_of_an_earlier_copy_is_no_writer_whatever_its_epoch() {
    let mut browser = Browser::new();
    browser.act(&Action::Type(1));
    now(store::clear(&browser.store)).unwrap();
    let assessment = untouched(&browser.catalogue);
    put(&browser.store, &browser.catalogue, &assessment, Reason::Created, 77, None).unwrap();
    now(store::take(&browser.store, &browser.id, ReplicaId::from_random(3))).unwrap();
    let (standing, _) = seen(&browser);
    assert_eq!(standing.epoch, browser.work(0, |work| work.replica.epoch));
    browser.act(&Action::Flush);
    assert_eq!(browser.work(0, |work| work.reading), Some(Reading::Elsewhere));
}

#[test]
fn a_name_is_not_put_over_what_was_written_since() {
    let mut browser = Browser::new();
    let (_, seq) = seen(&browser);
    browser.act(&Action::Type(1));
    browser.act(&Action::Flush);
    let assessment = untouched(&browser.catalogue);
    let rename = |over| put(&browser.store, &browser.catalogue, &assessment, Reason::Renamed, 1, Some(over));
    assert_eq!(rename(seq).unwrap_err(), StoreError::Stale);
    assert!(rename(seq + 1).is_ok());
}

#[test]
fn where_the_writer_is_unreadable_the_next_one_comes_after_all_earlier_ones() {
    let mut browser = Browser::new();
    for _ in 0..5 {
        browser.open();
    }
    for action in [Action::Type(1), Action::Flush, Action::KeepPoint] {
        browser.act(&action);
    }
    let (replica, _) = seen(&browser);
    let at =
        browser.store.texts(Table::Records).iter().position(|(key, _)| key.contains("/replica/")).unwrap();
    browser.store.damage(Table::Records, at, |bytes| bytes.truncate(9));
    let (_, next) =
        now(store::take(&browser.store, &browser.id, ReplicaId::from_random(9))).unwrap().unwrap();
    assert!(next.epoch > replica.epoch);
}

/// Everything that a window might do to work that a later program has written, which
/// this one understands only in part.
#[test]
fn what_a_later_program_has_written_is_read_and_never_written() {
    for (table, kind) in [(Table::Records, "/answer/"), (Table::Records, "/head/"), (Table::Summaries, "")] {
        let mut browser = Browser::new();
        for action in [Action::Type(1), Action::Type(2), Action::Flush, Action::KeepPoint] {
            browser.act(&action);
        }
        let (replica, seq) = seen(&browser);
        let row = now(store::summaries(&browser.store)).unwrap().remove(0).1;
        let row: Summary = record::read(&row).unwrap().1;
        let at = browser.store.texts(table).iter().position(|(key, _)| key.contains(kind)).unwrap();
        browser.store.damage(table, at, |text| {
            *text = grown(std::str::from_utf8(text).unwrap()).into_bytes();
        });
        let before = Table::ALL.map(|table| browser.store.texts(table));
        let fresh = ReplicaId::from_random(5);
        match now(store::take(&browser.store, &browser.id, fresh)) {
            Ok(found) => assert!(found.unwrap().0.loaded.unwrap().newer),
            Err(error) => assert_eq!(error, StoreError::Newer),
        }
        assert_eq!(now(store::claim(&browser.store, &browser.id, &replica, seq)), Err(StoreError::Newer));
        if table == Table::Summaries {
            browser.act(&Action::Type(3));
            browser.act(&Action::Flush);
            assert_eq!(
                now(deleted::delete(&browser.store, &row, "2026-11-23 14:05")),
                Err(StoreError::Newer)
            );
        } else {
            let found = now(store::read(&browser.store, &browser.id)).unwrap().unwrap();
            let whole = found.loaded.unwrap().assessment;
            let put = put(&browser.store, &browser.catalogue, &whole, Reason::Imported, 9, None);
            assert_eq!(put.unwrap_err(), StoreError::Newer);
        }
        assert_eq!(Table::ALL.map(|table| browser.store.texts(table)), before, "{table:?} {kind}");
    }
}

#[test]
fn a_record_of_a_later_kind_makes_an_assessment_one_that_is_only_read() {
    let mut browser = Browser::new();
    for action in [Action::Type(1), Action::Flush] {
        browser.act(&action);
    }
    let key = format!("{}/assignment/beijing-balance-2018.01", browser.id);
    browser.store.fill([(Table::Records, key, later(1, "{}"))]);
    let before = Table::ALL.map(|table| browser.store.texts(table));
    let taken = now(store::take(&browser.store, &browser.id, ReplicaId::from_random(5))).unwrap().unwrap();
    assert!(taken.0.loaded.unwrap().newer);
    assert_eq!(Table::ALL.map(|table| browser.store.texts(table)), before);
}
