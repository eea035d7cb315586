//! The only place that writes the open assessment. When a person pauses, and
//! soon in any case, all parts that differ go to the store in one transaction;
//! 已保存 is said only when the browser has reported its completion and nothing
//! has changed since.

use std::cell::Cell;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use zhidu::record::summary::{Summary, last_changed_first};
use zhidu::store::{self, StoreError};
use zhidu::work::{Batch, Work};

use super::connection::in_words;
use super::{Desk, Save};
use crate::browser::Kept;
use crate::browser::{clock, journal, shell, traces, windows};

/// A change is on its way to the store once nothing was typed for so many
/// milliseconds: each write costs the page a frame, which typing should not wait
/// for.
const QUIET_MS: f64 = 150.0;
/// It is on its way after so many milliseconds at most, also while typing goes on.
const LONGEST_MS: f64 = 350.0;
/// After a refusal the store is asked again after so many milliseconds.
const RETRY_MS: u32 = 3_000;
/// What the store has not acknowledged after so many milliseconds goes into the
/// emergency journal, and again after as many if more was typed.
const SLOW_MS: u32 = 100;

thread_local! {
    /// What the last write cost the page in milliseconds; writing takes a tenth
    /// of the time at most, so that a very long text can still be typed.
    static COST_MS: Cell<f64> = const { Cell::new(0.0) };
}

impl Desk {
    /// Says that something is unsaved and has it saved soon.
    pub(super) fn saving_begins(self) {
        if !matches!(self.save.get_untracked(), Save::Saving | Save::Unsaved(_)) {
            self.save.set(Save::Saving);
        }
        let started = self.with_work(|work| {
            let idle = !work.writing && work.reading.is_none();
            work.writing |= idle;
            idle
        });
        if started == Some(true) {
            spawn_local(async move {
                self.write_until_clean().await;
            });
        }
    }

    /// Hands over the focused draft and waits until everything is in the store.
    /// `false` if the store refuses.
    pub async fn settle(self) -> bool {
        self.hand_over_draft();
        for _ in 0..600 {
            match self.save.get_untracked() {
                Save::Saved(_) | Save::Nothing => return true,
                Save::Unsaved(_) => return false,
                Save::Saving => TimeoutFuture::new(20).await,
            }
        }
        false
    }

    /// Whether another assessment may take the place of what is open: nothing
    /// would be lost. Waits for what is on its way to the store.
    pub async fn may_let_go(self) -> bool {
        self.settle().await || !self.has_unsaved()
    }

    /// Whether something is not in the store yet.
    pub(super) fn has_unsaved(self) -> bool {
        self.with_work(|work| !work.unsaved().is_empty()).unwrap_or_default()
    }

    /// Keeps what is unsaved in the emergency journal. `None` if nothing is
    /// unsaved, otherwise whether it was kept. Callable from a panic hook.
    pub fn keep_journal(self) -> Option<bool> {
        if super::editing::is_changing() {
            return Some(false);
        }
        // What is being changed cannot be looked at.
        let Some(found) = self.work.try_with_value(|work| {
            let work = work.as_ref()?;
            let journal = work.journal(clock::date_and_time());
            let something = !journal.parts.is_empty();
            let id = work.assessment.head.id.clone();
            // What the store has nothing of cannot be continued from a journal.
            let continues = work.claimed || work.seq > 0;
            something.then(|| (id, journal.write(), work.journals.clone(), continues))
        }) else {
            return Some(false);
        };
        let (id, text, taken_up, continues) = found?;
        let kept = journal::keep(&journal::name(id.as_str(), &windows::name()), &text);
        if kept {
            // What was taken up from them stands in this one now.
            taken_up.iter().for_each(|(name, text)| journal::forget_text(name, text));
        }
        Some(kept && continues)
    }

    async fn write_until_clean(self) {
        let mut refusals = 0;
        let generation = self.generations.get_value();
        let still_open = || self.generations.get_value() == generation;
        self.wait_for_pause().await;
        while !shell::is_down() && still_open() && self.has_dirty() {
            match self.flush().await {
                Ok(()) => {
                    refusals = 0;
                    if self.has_unsaved() {
                        self.wait_for_pause().await;
                    }
                }
                Err(StoreError::Stale) if self.lose().await => return,
                // What helps at once helps the first time.
                Err(error) if refusals == 0 && self.remedied(&error).await => refusals += 1,
                Err(error) => self.wait_after(error).await,
            }
        }
        if !still_open() {
            return;
        }
        self.with_work(|work| work.writing = false);
        if self.doubted.get_value() {
            self.doubted.set_value(false);
            self.look_whether_writer().await;
        }
    }

    fn has_dirty(self) -> bool {
        self.with_work(|work| !work.dirty.is_empty()).unwrap_or_default()
    }

    async fn wait_for_pause(self) {
        let longest = COST_MS.with(|cost| cost.get() * 10.0).clamp(LONGEST_MS, 2_000.0);
        let began = clock::monotonic_ms();
        loop {
            let now = clock::monotonic_ms();
            let changed = self.with_work(|work| work.changed_at).unwrap_or_default();
            let left = (changed + QUIET_MS - now).min(began + longest - now);
            if left <= 0.0 {
                return;
            }
            TimeoutFuture::new(left.ceil() as u32).await;
        }
    }

    /// Writes all unsaved parts in one transaction.
    async fn flush(self) -> Result<(), StoreError> {
        let store = self.store().ok_or(StoreError::Blocked)?;
        let generation = self.generations.get_value();
        self.claim_late(&store).await?;
        if self.generations.get_value() != generation {
            return Ok(());
        }
        let Some(batch) = self.next_batch() else {
            TimeoutFuture::new(SLOW_MS).await;
            return Ok(());
        };
        self.keep_while_slow(batch.seq);
        let done = store::commit(&*store, &batch.assessment, &batch.writer, &batch.changes).await;
        if self.generations.get_value() != generation {
            return Ok(());
        }
        match &done {
            Ok(()) => self.written(&batch),
            Err(_) => drop(self.with_work(Work::came_back)),
        }
        match done {
            // This window itself has raised the epoch meanwhile.
            Err(StoreError::Stale) if self.with_work(|work| work.replica != batch.writer) == Some(true) => {
                Ok(())
            }
            done => done,
        }
    }

    /// Becomes the writer, where the store was full or blocked when the
    /// assessment was opened.
    async fn claim_late(self, store: &Kept) -> Result<(), StoreError> {
        let seen = self.with_work(|work| {
            (!work.claimed).then(|| (work.assessment.head.id.clone(), work.replica.clone(), work.seq))
        });
        let Some(Some((id, seen, seq))) = seen else { return Ok(()) };
        let generation = self.generations.get_value();
        let replica = store::claim(store, &id, &seen, seq).await?;
        if self.generations.get_value() != generation {
            return Ok(());
        }
        self.with_work(|work| (work.replica, work.claimed) = (replica, true));
        windows::mark_writer(&id);
        Ok(())
    }

    /// Takes the unsaved parts as one batch; `None` if there are none.
    fn next_batch(self) -> Option<Batch> {
        let began = clock::monotonic_ms();
        let batch = self.with_work(|work| work.send(&clock::date_and_time()))?;
        COST_MS.with(|cost| cost.set(clock::monotonic_ms() - began));
        batch
    }

    /// Has the emergency journal kept as long as a write does not arrive.
    fn keep_while_slow(self, seq: u64) {
        spawn_local(async move {
            loop {
                TimeoutFuture::new(SLOW_MS).await;
                let waits = self.with_work(|work| !work.under_way.is_empty() && work.seq < seq);
                if waits != Some(true) || shell::is_down() {
                    return;
                }
                self.keep_journal();
            }
        });
    }

    fn written(self, batch: &Batch) {
        // After a panic the journal may know more than was under way.
        if shell::is_down() {
            return;
        }
        self.restore_point_before_change();
        let kept = self.with_work(|work| {
            work.arrived(batch);
            work.dirty.is_empty().then(|| std::mem::take(&mut work.journals))
        });
        traces::note(&batch.summary);
        self.list_row(batch.summary.clone());
        windows::say(&batch.assessment, zhidu::windows::Word::Written);
        if let Some(Some(taken_up)) = kept {
            let now = clock::time();
            shell::saved_at(&now);
            journal::forget(&journal::name(batch.assessment.as_str(), &windows::name()));
            taken_up.iter().for_each(|(name, text)| journal::forget_text(name, text));
            self.save.set(Save::Saved(now));
        } else {
            self.save.set(Save::Saving);
        }
        self.restore_point_of_the_hour();
    }

    /// Does what may help at once: room is made from earlier states alone, never
    /// from work; a connection that the browser has closed is opened again.
    async fn remedied(self, error: &StoreError) -> bool {
        match error {
            StoreError::Full => self.made_room().await,
            StoreError::Closed => self.reconnect().await,
            _ => false,
        }
    }

    /// Says why the store refuses, and waits until it is worth while to ask
    /// again. What is typed meanwhile goes into the emergency journal.
    async fn wait_after(self, error: StoreError) {
        if error != StoreError::Stale {
            self.save.set(Save::Unsaved(in_words(&error)));
        }
        let mut kept = None;
        for _ in 0..RETRY_MS / SLOW_MS {
            let revision = self.with_work(|work| work.revision);
            if kept != Some(revision) && !shell::is_down() {
                self.keep_journal();
                kept = Some(revision);
            }
            TimeoutFuture::new(SLOW_MS).await;
        }
        if !matches!(error, StoreError::Full | StoreError::Stale | StoreError::Deleted) {
            self.reconnect().await;
        }
    }

    /// Whether there is no store at all, so that everything is in this window.
    pub fn nothing_stored(self) -> bool {
        self.store().is_none()
    }

    async fn made_room(self) -> bool {
        match self.store() {
            Some(store) => store::past::thin_restore_points(&*store).await.is_ok_and(|dropped| dropped > 0),
            None => false,
        }
    }

    pub(super) fn with_work<T>(self, f: impl FnOnce(&mut Work) -> T) -> Option<T> {
        self.work.try_update_value(|work| work.as_mut().map(f)).flatten()
    }

    /// Puts a row of 工作台 in its place, the last changed first.
    pub(super) fn list_row(self, row: Summary) {
        self.list.update(|list| {
            match list.iter_mut().find(|it| it.id == row.id) {
                Some(known) => *known = row,
                None => list.insert(0, row),
            }
            last_changed_first(list);
        });
    }
}
