//! The only place that writes the open assessment. When a person pauses, and
//! soon in any case, all parts that differ go to the store in one transaction;
//! 已保存 is said only when the browser has reported its completion and nothing
//! has changed since.

use std::cell::Cell;
use std::sync::atomic::Ordering;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use zhidu::assessment::AssessmentId;
use zhidu::record::journal::Journal;
use zhidu::record::summary::{Summary, summary};
use zhidu::record::{self, Changes, Key, Kind, Replica, Stamp};
use zhidu::store::{self, StoreError};

use super::{Desk, Work};
use crate::browser::indexed_db::IndexedDb;
use crate::browser::{clock, journal, shell};
use crate::ui::desk::editing::CHANGING;

/// A change is on its way to the store once nothing was typed for so many
/// milliseconds: each write costs the page a frame, which typing should not wait
/// for.
const QUIET_MS: f64 = 150.0;
/// It is on its way after so many milliseconds at most, also while typing goes on.
const LONGEST_MS: f64 = 350.0;
/// After a refusal the store is asked again after so many milliseconds.
const RETRY_MS: u32 = 3_000;

thread_local! {
    /// What the last write cost the page in milliseconds; writing takes a tenth
    /// of the time at most, so that a very long text can still be typed.
    static COST_MS: Cell<f64> = const { Cell::new(0.0) };
}

/// What the page says about saving. Always true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Save {
    /// Nothing is open.
    Nothing,
    /// Everything is in the store since this time.
    Saved(String),
    /// Something is on its way.
    Saving,
    /// Something is not in the store, for this reason.
    Unsaved(String),
}

/// One write: which parts, and the changes of the store that they make.
struct Batch {
    assessment: AssessmentId,
    replica: Replica,
    claimed: bool,
    seq: u64,
    changes: Changes,
    summary: Summary,
}

impl Desk {
    /// Says that something is unsaved and has it saved soon.
    pub(super) fn saving_begins(self) {
        if !matches!(self.save.get_untracked(), Save::Saving | Save::Unsaved(_)) {
            self.save.set(Save::Saving);
        }
        let started = self.with_work(|work| {
            let idle = !work.writing && !work.lost;
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
        if CHANGING.load(Ordering::Relaxed) {
            return Some(false);
        }
        let (id, text) = self.work.try_with_value(|work| {
            let work = work.as_ref().filter(|work| !work.lost)?;
            let unsaved = work.unsaved();
            if unsaved.is_empty() {
                return None;
            }
            // What is under way may arrive yet; what was typed since is news then.
            let mut stamp = stamp(work);
            stamp.seq += u64::from(!work.dirty.is_empty() && !work.under_way.is_empty());
            let changes = record::changes(&work.assessment, &unsaved, &stamp);
            let kept = clock::date_and_time();
            let text = Journal::new(work.replica.id.clone(), stamp.seq, kept, changes).write();
            Some((work.assessment.head.id.clone(), text))
        })??;
        Some(journal::keep(id.as_str(), &text))
    }

    async fn write_until_clean(self) {
        self.wait_for_pause().await;
        while let Some(batch) = self.next_batch() {
            match self.write(&batch).await {
                Ok(()) => self.written(&batch),
                Err(error) => {
                    self.refused(&error);
                    if error == StoreError::Stale {
                        return;
                    }
                    TimeoutFuture::new(RETRY_MS).await;
                    if error == StoreError::Closed || error == StoreError::Blocked {
                        self.reconnect().await;
                    }
                    continue;
                }
            }
            if self.has_unsaved() {
                self.wait_for_pause().await;
            }
        }
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

    /// Takes the unsaved parts as one batch; `None` ends the writing.
    fn next_batch(self) -> Option<Batch> {
        let began = clock::monotonic_ms();
        let batch = self.with_work(|work| {
            if work.dirty.is_empty() {
                work.writing = false;
                return None;
            }
            let stamp = stamp(work);
            let total = work.card.total;
            let row = summary(&work.catalogue, &work.assessment, &total, &clock::date_and_time(), stamp.seq);
            let mut changes = record::changes(&work.assessment, &work.dirty, &stamp);
            let assessment = work.assessment.head.id.clone();
            let key = Key { assessment: assessment.clone(), kind: Kind::Summary };
            changes.push((key, Some(record::write(&stamp, &row))));
            work.under_way = std::mem::take(&mut work.dirty);
            Some(Batch {
                assessment,
                replica: work.replica.clone(),
                claimed: work.claimed,
                seq: stamp.seq,
                changes,
                summary: row,
            })
        })?;
        COST_MS.with(|cost| cost.set(clock::monotonic_ms() - began));
        batch
    }

    async fn write(self, batch: &Batch) -> Result<(), StoreError> {
        let store = self.store().ok_or(StoreError::Blocked)?;
        let mut replica = batch.replica.clone();
        if !batch.claimed {
            replica = store::claim(&*store, &batch.assessment, &replica).await?;
            let claimed = replica.clone();
            self.with_work(|work| (work.replica, work.claimed) = (claimed, true));
        }
        store::commit(&*store, &batch.assessment, replica.epoch, &batch.changes).await
    }

    fn written(self, batch: &Batch) {
        let clean = self.with_work(|work| {
            work.seq = batch.seq;
            work.under_way.clear();
            work.dirty.is_empty()
        });
        self.list_row(batch.summary.clone());
        if clean == Some(true) {
            let now = clock::time();
            shell::saved_at(&now);
            journal::forget(batch.assessment.as_str());
            self.save.set(Save::Saved(now));
        } else {
            self.save.set(Save::Saving);
        }
    }

    fn refused(self, error: &StoreError) {
        self.with_work(|work| {
            let parts = std::mem::take(&mut work.under_way);
            work.dirty.extend(parts);
            if *error == StoreError::Stale {
                work.lost = true;
                work.writing = false;
            }
        });
        self.save.set(Save::Unsaved(in_words(error)));
    }

    async fn reconnect(self) {
        if let Ok(store) = IndexedDb::open().await {
            self.store.set_value(Some(std::rc::Rc::new(store)));
        }
    }

    /// The connection to the store, if there is one.
    pub(super) fn store(self) -> Option<std::rc::Rc<IndexedDb>> {
        self.store.with_value(Clone::clone)
    }

    pub(super) fn with_work<T>(self, f: impl FnOnce(&mut Work) -> T) -> Option<T> {
        self.work.try_update_value(|work| work.as_mut().map(f)).flatten()
    }

    /// Puts a row of 工作台 in its place, the last changed first.
    pub(super) fn list_row(self, row: Summary) {
        self.list.update(|list| {
            match list.iter_mut().find(|it| it.id == row.id) {
                Some(known) => *known = row,
                None => list.push(row),
            }
            list.sort_by(|a, b| b.changed.cmp(&a.changed));
        });
    }
}

fn stamp(work: &Work) -> Stamp {
    Stamp { seq: work.seq + 1, author: work.assessment.head.cover.filler.clone() }
}

/// A refusal of the store in the words of the page: what happened and what to do.
pub fn in_words(error: &StoreError) -> String {
    match error {
        StoreError::Blocked => {
            "浏览器不允许本页在本机保存数据。内容只在此窗口中，请先导出备份，再检查浏览器的隐私设置"
                .to_owned()
        }
        StoreError::Full => "本机存储空间已满。内容仍在此窗口中，请立即导出备份，再清理磁盘空间".to_owned(),
        StoreError::Stale => {
            "此自评已在另一个窗口打开，本窗口不再保存。请到另一窗口继续；本窗口未存的内容可先导出备份"
                .to_owned()
        }
        StoreError::Newer => {
            "本机已存的这份自评来自更新版本的程序，本版本不改动它。请用新版本打开".to_owned()
        }
        StoreError::Closed => "浏览器关闭了数据库连接，正在重新连接".to_owned(),
        StoreError::Other(why) => format!("写入失败（{why}），正在重试。可先导出备份"),
    }
}
