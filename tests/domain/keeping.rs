//! Work is never lost: histories of editing, saving, crashing, full disks, two
//! windows and damage on a store that fails at any operation. After each of
//! them, what was acknowledged is there, what was not is there or in the
//! journal, and nothing is a mixture.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use zhidu::assessment::edit::Part;
use zhidu::assessment::history::apply_all;
use zhidu::assessment::place::{AnswerField, HeadField, Place};
use zhidu::assessment::{Assessment, AssessmentId, ReplicaId, RowId};
use zhidu::catalogue::Catalogue;
use zhidu::record::Replica;
use zhidu::record::journal::Journal;
use zhidu::record::log::{How, Moment};
use zhidu::record::summary::summary;
use zhidu::score::score;
use zhidu::store::replace::{Reason, Whole, put_whole};
use zhidu::store::{self, StoreError, Table};
use zhidu::work::{Reading, Work};

use crate::memory::{Fault, Memory, now};
use crate::sample::{point, scored, untouched};

/// So many histories are played in a usual run; `ZHIDU_HISTORIES` sets another
/// number.
const HISTORIES: u32 = 2_000;

#[derive(Clone, Debug)]
enum Action {
    /// Types a word behind the text of a point.
    Type(u16),
    /// Adds a material to a point.
    AddMaterial(u16),
    /// Writes what is unsaved.
    Flush,
    /// The page is hidden: the journal is kept.
    Hide,
    /// The page is closed or dies without a word; the next one opens.
    Reload { hidden_first: bool },
    /// Another window becomes the writer, and this one reads.
    SwitchWindow,
    /// A restore point is made.
    KeepPoint,
    /// The n-th operation of the store from here fails.
    Plan(u32, Fault),
    /// What ails the browser is mended.
    Mend,
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        8 => (1u16..5).prop_map(Action::Type),
        2 => (1u16..5).prop_map(Action::AddMaterial),
        6 => Just(Action::Flush),
        2 => Just(Action::Hide),
        2 => any::<bool>().prop_map(|hidden_first| Action::Reload { hidden_first }),
        2 => Just(Action::SwitchWindow),
        1 => Just(Action::KeepPoint),
        3 => (0u32..12, prop::sample::select(Fault::ALL.to_vec())).prop_map(|(n, fault)| Action::Plan(n, fault)),
        2 => Just(Action::Mend),
    ]
}

/// Two windows of one browser on one assessment, as the page drives them.
struct Browser {
    catalogue: Arc<Catalogue>,
    id: AssessmentId,
    store: Memory,
    /// What localStorage holds: journals by window.
    journals: BTreeMap<usize, String>,
    windows: [Option<Work>; 2],
    active: usize,
    typed: u32,
    rows: u128,
    clock: f64,
    /// Words that must not be lost: called saved, set apart, or in a journal.
    promised: Vec<String>,
    /// Words typed since, by window.
    pending: [Vec<String>; 2],
}

impl Browser {
    fn new() -> Browser {
        let catalogue = Arc::new(scored().clone());
        let assessment = untouched(&catalogue);
        let store = Memory::default();
        let whole = Whole {
            assessment: &assessment,
            reason: Reason::Created,
            fresh: &ReplicaId::from_random(1),
            over: None,
            at: "2026-11-23 14:05",
            log: &[],
        };
        let total = score(&catalogue, &assessment).total;
        let row = |seq| summary(&catalogue, &assessment, &total, "2026-11-23 14:05", seq);
        now(put_whole(&store, &whole, row)).unwrap();
        let id = assessment.head.id.clone();
        let mut browser = Browser {
            catalogue,
            id,
            store,
            journals: BTreeMap::new(),
            windows: [None, None],
            active: 0,
            typed: 0,
            rows: 0,
            clock: 0.0,
            promised: Vec::new(),
            pending: [Vec::new(), Vec::new()],
        };
        browser.open();
        browser
    }

    /// Opens the assessment in the active window as its writer.
    fn open(&mut self) {
        let Ok(Some((found, replica))) = now(store::take(&self.store, &self.id, ReplicaId::from_random(1)))
        else {
            return;
        };
        let loaded = found.loaded.expect("the head is never damaged here");
        let mut work = Work::new(self.catalogue.clone(), loaded.assessment, loaded.seq, replica);
        for (window, text) in self.journals.clone() {
            let journal = Journal::read(&text).expect("a journal is whole or not there");
            let name = window.to_string();
            let taken = work.take_up(&name, &journal, Moment { ms: self.clock, at: "" });
            if let Some(copy) = taken.unmerged {
                self.rows += 1;
                let row = RowId::from_random(self.rows);
                if now(store::keep_unmerged(&self.store, &self.id, &row, &copy)).is_err() {
                    work.journals.retain(|(it, _)| *it != name);
                    continue;
                }
            }
            if taken.edits.is_empty() {
                self.journals.remove(&window);
            }
        }
        self.windows[self.active] = Some(work);
    }

    fn edit(&mut self, make: impl FnOnce(&Assessment) -> Vec<zhidu::assessment::edit::Edit>) -> bool {
        self.clock += 100.0;
        let ms = self.clock;
        let Some(work) = self.windows[self.active].as_mut().filter(|work| work.reading.is_none()) else {
            return false;
        };
        let edits = make(&work.assessment);
        apply_all(&mut work.assessment, &edits).unwrap();
        work.took(&edits);
        work.log(&edits, How::Filled, None, Moment { ms, at: "2026-11-23 14:05" });
        true
    }

    fn word(&mut self) -> String {
        self.typed += 1;
        format!("〔{}〕", self.typed)
    }

    fn flush(&mut self) {
        let Some(work) = self.windows[self.active].as_mut() else { return };
        let Some(batch) = work.send("2026-11-23 14:05") else { return };
        match now(store::commit(&self.store, &self.id, &batch.writer, &batch.changes)) {
            Ok(()) => {
                work.arrived(&batch);
                work.journals.drain(..).for_each(|(name, text)| forget(&mut self.journals, &name, &text));
                self.journals.remove(&self.active);
                self.promised.append(&mut self.pending[self.active]);
            }
            Err(StoreError::Stale) => self.lose(self.active),
            Err(_) => work.came_back(),
        }
    }

    /// As the page does when the store says that another window writes.
    fn lose(&mut self, window: usize) {
        let Some(work) = self.windows[window].as_mut() else { return };
        let Ok(Some(found)) = now(store::read(&self.store, &self.id)) else {
            work.came_back();
            return self.hide(window);
        };
        let standing = found.loaded.expect("the head is never damaged here").assessment;
        let copy = work.lost(&standing, String::new());
        self.rows += 1;
        let row = RowId::from_random(self.rows);
        if copy.edits.is_empty() || now(store::keep_unmerged(&self.store, &self.id, &row, &copy)).is_ok() {
            work.forget_unsaved();
            self.journals.remove(&window);
            self.promised.append(&mut self.pending[window]);
        } else {
            self.hide(window);
        }
    }

    fn hide(&mut self, window: usize) {
        if let Some(work) = &self.windows[window] {
            let journal = work.journal(String::new());
            if !journal.parts.is_empty() {
                // What was taken up from the others stands in this one now.
                work.journals.iter().for_each(|(name, text)| forget(&mut self.journals, name, text));
                self.journals.insert(window, journal.write());
            }
            self.promised.append(&mut self.pending[window]);
        }
    }

    fn act(&mut self, action: &Action) {
        match action {
            Action::Type(at) => {
                let word = self.word();
                let place = Place::Answer(point(*at), AnswerField::Narrative);
                if self.edit(|it| it.typing(&place, &format!("{}{word}", it.text(&place)))) {
                    self.pending[self.active].push(word);
                }
            }
            Action::AddMaterial(at) => {
                let word = self.word();
                self.rows += 1;
                let row = RowId::from_random(self.rows);
                let title = Place::Evidence(row.clone(), zhidu::assessment::place::EvidenceField::Title);
                if self.edit(|it| it.adding_evidence(&point(*at), row.clone()))
                    && self.edit(|it| it.typing(&title, &word))
                {
                    self.pending[self.active].push(word);
                }
            }
            Action::Flush => self.flush(),
            Action::Hide => self.hide(self.active),
            Action::Reload { hidden_first } => self.reload(*hidden_first),
            Action::SwitchWindow => {
                self.active = 1 - self.active;
                match &self.windows[self.active] {
                    Some(work) if work.unsaved().is_empty() => self.open(),
                    Some(_) => self.flush(),
                    None => self.open(),
                }
            }
            Action::KeepPoint => {
                if let Some(work) = &self.windows[self.active] {
                    let mark = zhidu::record::Mark {
                        epoch: work.replica.epoch,
                        serial: self.typed + 1,
                        replica: work.replica.id.clone(),
                    };
                    let why = zhidu::record::restore::Why::ByHand;
                    let kept = zhidu::record::restore::RestorePoint::of(&work.stored, "", why);
                    let _ = now(store::make_restore_point(&self.store, &work.stored, &mark, &kept));
                }
            }
            Action::Plan(after, fault) => self.store.plan(*after, *fault),
            Action::Mend if !self.store.is_dead() => self.store.restart(),
            Action::Mend => {}
        }
        if self.store.is_dead() {
            self.reload(false);
        }
    }

    /// The page goes and comes back. Words typed since the journal was last kept
    /// may be gone; all others must come back. When the browser dies, all its
    /// windows do.
    fn reload(&mut self, hidden_first: bool) {
        let died = self.store.is_dead();
        let gone = if died { vec![0, 1] } else { vec![self.active] };
        for window in gone {
            if hidden_first && !died {
                self.hide(window);
            }
            self.pending[window].clear();
            self.windows[window] = None;
        }
        self.store.restart();
        self.open();
    }

    /// Every text of the assessment and of what was set apart.
    fn everything(&self) -> String {
        let mut all = String::new();
        for table in [Table::Records, Table::Unmerged] {
            self.store.texts(table).iter().for_each(|(_, text)| all.push_str(text));
        }
        all
    }
}

/// Forgets a journal unless its window has written another one since.
fn forget(journals: &mut BTreeMap<usize, String>, name: &str, text: &str) {
    let window = name.parse().unwrap();
    if journals.get(&window).map(String::as_str) == Some(text) {
        journals.remove(&window);
    }
}

/// Ends a history in good health: every window stores what it has.
fn settle(browser: &mut Browser) {
    browser.store.restart();
    for window in [browser.active, 1 - browser.active] {
        browser.active = window;
        if browser.windows[window].is_none() {
            browser.open();
        }
        browser.flush();
        browser.flush();
    }
    browser.windows = [None, None];
    browser.open();
    browser.flush();
}

fn check(actions: &[Action]) -> Result<(), TestCaseError> {
    let mut browser = Browser::new();
    for action in actions {
        browser.act(action);
    }
    settle(&mut browser);
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
    fn nothing_that_was_called_saved_is_ever_lost(actions in prop::collection::vec(action(), 1..40)) {
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

#[test]
fn a_damaged_text_is_set_aside_and_everything_else_is_there() {
    let mut browser = Browser::new();
    for action in [Action::Type(1), Action::Type(2), Action::AddMaterial(3), Action::Flush] {
        browser.act(&action);
    }
    browser.windows = [None, None];
    let records = browser.store.texts(Table::Records);
    for (index, (key, text)) in records.iter().enumerate() {
        for at in (0..text.len()).step_by(7) {
            for torn in [true, false] {
                let copy = Memory::default();
                let rows = records.iter().map(|(key, text)| (Table::Records, key.clone(), text.clone()));
                now(store::put_back(&copy, &Vec::from_iter(rows))).unwrap();
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
    browser.act(&Action::Type(1));
    browser.act(&Action::Flush);
    browser.act(&Action::Type(1));
    // The other window takes over and writes the same field.
    browser.active = 1;
    browser.open();
    browser.act(&Action::Type(1));
    browser.act(&Action::Flush);
    browser.active = 0;
    browser.flush();
    let work = browser.windows[0].as_ref().unwrap();
    assert_eq!(work.reading, Some(Reading::Elsewhere));
    let apart = now(store::unmerged(&browser.store, &browser.id)).unwrap();
    let [(_, copy)] = apart.as_slice() else { panic!("one copy") };
    let narrative = Place::Answer(point(1), AnswerField::Narrative);
    let state = now(store::read(&browser.store, &browser.id)).unwrap().unwrap().loaded.unwrap().assessment;
    assert_eq!(state.text(&narrative), "〔1〕〔3〕");
    let adopted = copy.adopting(&state, 0, zhidu::record::unmerged::Adopt::Append);
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
        (now(store::restore_points(&browser.store, &browser.id)).unwrap(), Table::Records);
    let before = browser.store.texts(records);
    assert_eq!(points.len(), 6);
    assert_eq!(now(store::thin_restore_points(&browser.store)).unwrap(), 3);
    let left = now(store::restore_points(&browser.store, &browser.id)).unwrap();
    assert_eq!(left, points[3..]);
    assert_eq!(browser.store.texts(Table::RestoreStates).len(), 3);
    assert_eq!(browser.store.texts(records), before);
    for (mark, _) in left {
        assert!(now(store::restore_state(&browser.store, &browser.id, &mark)).unwrap().is_some());
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
    let whole = Whole {
        assessment: &other,
        reason: Reason::Imported,
        fresh: &ReplicaId::from_random(9),
        over: None,
        at: "2026-11-24 09:00",
        log: &[],
    };
    let total = score(&browser.catalogue, &other).total;
    now(put_whole(&browser.store, &whole, |seq| summary(&browser.catalogue, &other, &total, "", seq)))
        .unwrap();
    assert_eq!(read(&browser), other);
    let points = now(store::restore_points(&browser.store, &browser.id)).unwrap();
    let state = now(store::restore_state(&browser.store, &browser.id, &points.last().unwrap().0)).unwrap();
    assert_eq!(state, Some(before));
    let log = now(store::log(&browser.store, &browser.id)).unwrap();
    assert_eq!(log.last().unwrap().entry.how, How::Imported);
    assert_eq!(log.last().unwrap().entry.edits, edits);
    // Whoever had it open is no longer its writer.
    browser.act(&Action::Type(2));
    browser.act(&Action::Flush);
    assert_eq!(browser.windows[0].as_ref().unwrap().reading, Some(Reading::Elsewhere));
}

#[test]
fn what_is_removed_comes_back_with_all_that_hangs_on_it() {
    let mut browser = Browser::new();
    for action in [Action::Type(1), Action::Flush, Action::KeepPoint] {
        browser.act(&action);
    }
    let all = |store: &Memory| Table::ALL.map(|table| store.texts(table));
    let before = all(&browser.store);
    let removed = now(store::remove(&browser.store, &browser.id)).unwrap();
    assert!(all(&browser.store).iter().all(Vec::is_empty));
    now(store::put_back(&browser.store, &removed)).unwrap();
    assert_eq!(all(&browser.store), before);
}

#[test]
fn parts_that_were_not_touched_stay_out_of_the_journal() {
    let mut browser = Browser::new();
    browser.act(&Action::Type(1));
    browser.act(&Action::Flush);
    browser.act(&Action::Type(2));
    let journal = browser.windows[0].as_ref().unwrap().journal("14:05".to_owned());
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
    browser.store.damage(Table::Records, at("/replica/"), |bytes| *bytes = b"{\"v\":2}\n{}".to_vec());
    let before = browser.store.texts(Table::Records);
    assert_eq!(now(store::claim(&browser.store, &browser.id, &replica, seq)), Err(StoreError::Newer));
    assert_eq!(browser.store.texts(Table::Records), before);
}

#[test]
fn a_writer_of_an_earlier_copy_is_no_writer_whatever_its_epoch() {
    let mut browser = Browser::new();
    browser.act(&Action::Type(1));
    let removed = now(store::remove(&browser.store, &browser.id)).unwrap();
    let assessment = untouched(&browser.catalogue);
    let total = score(&browser.catalogue, &assessment).total;
    let whole = Whole {
        assessment: &assessment,
        reason: Reason::Created,
        fresh: &ReplicaId::from_random(77),
        over: None,
        at: "",
        log: &[],
    };
    let row = |seq| summary(&browser.catalogue, &assessment, &total, "", seq);
    now(put_whole(&browser.store, &whole, row)).unwrap();
    now(store::take(&browser.store, &browser.id, ReplicaId::from_random(3))).unwrap();
    let (standing, _) = seen(&browser);
    assert_eq!(standing.epoch, browser.windows[0].as_ref().unwrap().replica.epoch);
    browser.act(&Action::Flush);
    assert_eq!(browser.windows[0].as_ref().unwrap().reading, Some(Reading::Elsewhere));
    // And what was removed does not come back over what is here now.
    let before = Table::ALL.map(|table| browser.store.texts(table));
    assert_eq!(now(store::put_back(&browser.store, &removed)), Err(StoreError::Stale));
    assert_eq!(Table::ALL.map(|table| browser.store.texts(table)), before);
}

#[test]
fn a_name_is_not_put_over_what_was_written_since() {
    let mut browser = Browser::new();
    let (_, seq) = seen(&browser);
    browser.act(&Action::Type(1));
    browser.act(&Action::Flush);
    let assessment = untouched(&browser.catalogue);
    let total = score(&browser.catalogue, &assessment).total;
    let fresh = ReplicaId::from_random(1);
    let whole = |over| Whole {
        assessment: &assessment,
        reason: Reason::Renamed,
        fresh: &fresh,
        over: Some(over),
        at: "",
        log: &[],
    };
    let row = |seq| summary(&browser.catalogue, &assessment, &total, "", seq);
    assert_eq!(now(put_whole(&browser.store, &whole(seq), row)).unwrap_err(), StoreError::Stale);
    assert!(now(put_whole(&browser.store, &whole(seq + 1), row)).is_ok());
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
