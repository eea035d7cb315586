//! Earlier states of the open assessment: restore points, the change log, and
//! what was set apart.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use zhidu::assessment::{Assessment, AssessmentId, RowId};
use zhidu::html::Past;
use zhidu::record::Mark;
use zhidu::record::backup::Backup;
use zhidu::record::restore::{RestorePoint, Why};
use zhidu::record::unmerged::{Adopt, Unmerged};
use zhidu::store::replace::Reason;
use zhidu::store::{self, StoreError};

use super::Desk;
use super::connection::in_words;
use crate::browser::{clock, journal, windows};

/// So long after a restore point the next one is made while editing goes on.
const HOUR_MS: f64 = 3_600_000.0;
/// A restore point costs the page some milliseconds; it is made this long after
/// a write, when a person is likely to read or think.
const LATER_MS: u32 = 1_500;
/// Why nothing can be changed where another window writes.
const READS: &str = "本窗口只读，请先接管编辑";

later! { handling:
    async fn daily_restore_point(desk: Desk, before: Assessment) -> () {
        let Some(store) = desk.store() else { return };
        let today = clock::date();
        let known = store::past::restore_points(&*store, &before.head.id).await.unwrap_or_default();
        if !known.iter().any(|(_, point)| point.at.starts_with(&today)) {
            let _ = desk.make_restore_point(&before, Why::Daily).await;
        }
    }

    async fn hourly_restore_point(desk: Desk, state: Assessment) -> () {
        let _ = desk.make_restore_point(&state, Why::Hourly).await;
    }
}

impl Desk {
    /// Before the first change of a day is taken as stored: the state as it was
    /// becomes a restore point, if there is none of today.
    pub(super) fn restore_point_before_change(self) {
        let before = self.with_work(|work| {
            let today = clock::date();
            let first = work.restore_point_day != today;
            work.restore_point_day = today;
            work.restore_point_at.get_or_insert(clock::monotonic_ms());
            let something = !work.stored.answers.is_empty() || !work.stored.evidence.is_empty();
            (first && something).then(|| work.stored.clone())
        });
        let Some(Some(before)) = before else { return };
        spawn_local(async move {
            TimeoutFuture::new(LATER_MS).await;
            // Without it the state is still what the change log leads back to.
            let _ = daily_restore_point(self, before).await;
        });
    }

    /// After a write: an hour of editing has passed.
    pub(super) fn restore_point_of_the_hour(self) {
        let due = self.with_work(|work| {
            let now = clock::monotonic_ms();
            let due = work.restore_point_at.is_some_and(|at| now - at >= HOUR_MS);
            if due {
                work.restore_point_at = Some(now);
            }
            due
        });
        if due == Some(true) {
            spawn_local(async move {
                TimeoutFuture::new(LATER_MS).await;
                if let Some(state) = self.with_work(|work| work.stored.clone()) {
                    // The next hour tries again.
                    let _ = hourly_restore_point(self, state).await;
                }
            });
        }
    }

    /// Keeps the state on the screen as a restore point.
    ///
    /// # Errors
    /// The refusal of the store in words.
    pub async fn keep_restore_point(self) -> Result<(), String> {
        if self.reading.get_untracked().is_some() {
            return Err(READS.to_owned());
        }
        if !self.settle().await {
            return Err("当前内容还没有存到本机".to_owned());
        }
        let Some(state) = self.with_work(|work| work.stored.clone()) else { return Ok(()) };
        self.make_restore_point(&state, Why::ByHand).await.map_err(|error| in_words(&error))
    }

    /// Keeps the state before a file brings schools. Without the restore
    /// point the change log still leads back, and 撤销 while the page is open.
    pub fn keep_before_import(self) {
        let Some(before) = self.with_work(|work| work.assessment.clone()) else { return };
        spawn_local(async move {
            let _ = self.make_restore_point(&before, Why::BeforeImport).await;
        });
    }

    async fn make_restore_point(self, state: &Assessment, why: Why) -> Result<(), StoreError> {
        let store = self.store().ok_or(StoreError::Blocked)?;
        let mark = self.with_work(|work| {
            let ours = work.assessment.head.id == state.head.id && work.claimed && work.reading.is_none();
            ours.then(|| {
                work.restore_points += 1;
                let serial = work.restore_points;
                Mark { epoch: work.replica.epoch, serial, replica: work.replica.id.clone() }
            })
        });
        let Some(Some(mark)) = mark else { return Err(StoreError::Stale) };
        let point = RestorePoint::of(state, &clock::date_and_time(), why);
        store::past::make_restore_point(&*store, state, &mark, &point).await
    }

    /// What the store keeps of the open assessment's past.
    ///
    /// # Errors
    /// The refusal of the store in words.
    pub async fn past(self) -> Result<Past, String> {
        let refuse = |error: StoreError| in_words(&error);
        let Some(id) = self.open_id() else { return Ok(Past::default()) };
        let store = self.store().ok_or(StoreError::Blocked).map_err(refuse)?;
        Ok(Past {
            unmerged: store::past::unmerged(&*store, &id).await.map_err(refuse)?,
            points: store::past::restore_points(&*store, &id).await.map_err(refuse)?,
            log: store::past::log(&*store, &id).await.map_err(refuse)?,
        })
    }

    /// Names what of the past cannot be read, if anything, and offers it as a
    /// download.
    pub async fn say_what_is_unreadable(self) {
        let (Some(id), Some(store)) = (self.open_id(), self.store()) else { return };
        let found = store::past::unreadable(&*store, &id).await.unwrap_or_default();
        if !found.is_empty() {
            self.notices.set_aside(&id, found);
        }
    }

    /// The state of a restore point.
    ///
    /// # Errors
    /// Why it cannot be had, in words.
    pub async fn restore_state(self, mark: &Mark) -> Result<Assessment, String> {
        let Some(id) = self.open_id() else { return Err("没有打开的自评".to_owned()) };
        let store = self.store().ok_or_else(|| in_words(&StoreError::Blocked))?;
        match store::past::restore_state(&*store, &id, mark).await {
            Ok(Some(state)) => Ok(state),
            Ok(None) => Err("这个还原点已被清理".to_owned()),
            Err(error) => Err(in_words(&error)),
        }
    }

    /// Brings the state of a restore point back; what is here becomes a restore
    /// point first.
    ///
    /// # Errors
    /// Why it cannot be brought back, in words; nothing is changed then.
    pub async fn restore(self, mark: &Mark) -> Result<(), String> {
        if self.reading.get_untracked().is_some() {
            return Err(READS.to_owned());
        }
        if !self.settle().await {
            return Err("当前内容还没有存到本机，请先导出备份".to_owned());
        }
        let state = self.restore_state(mark).await?;
        self.replace(&state, Reason::Restored, &[]).await?;
        if let Err(error) = self.reopen().await {
            self.notices.complain(format!("已恢复，但未能重新打开：{}请刷新本页。", error.in_words()));
        }
        Ok(())
    }

    /// Takes one of the changes that were set apart into the assessment.
    /// Says whether it was taken.
    pub fn adopt(self, copy: &Unmerged, index: usize, how: Adopt) -> bool {
        self.act_once(|assessment| copy.adopting(assessment, index, how))
    }

    /// Drops changes that were set apart.
    ///
    /// # Errors
    /// The refusal of the store in words.
    pub async fn drop_unmerged(self, row: &RowId) -> Result<(), String> {
        let Some(id) = self.open_id() else { return Ok(()) };
        if self.reading.get_untracked().is_some() {
            return Err(READS.to_owned());
        }
        let store = self.store().ok_or_else(|| in_words(&StoreError::Blocked))?;
        store::past::drop_unmerged(&*store, &id, row).await.map_err(|error| in_words(&error))
    }

    /// The state of the open assessment as a backup, with its change log as far
    /// as the store has it.
    pub async fn backup_with_log(self) -> Option<Backup> {
        let backup = self.backup()?;
        let log = match self.store() {
            // Where the store gives nothing, the work itself is what matters.
            Some(store) => store::past::log(&*store, &backup.assessment.head.id).await.unwrap_or_default(),
            None => Vec::new(),
        };
        Some(Backup { log, ..backup })
    }

    pub(super) fn forget_own_journal(self, id: &AssessmentId) {
        journal::forget(&journal::name(id.as_str(), &windows::name()));
    }

    pub(super) fn open_id(self) -> Option<AssessmentId> {
        self.opened.with_untracked(|opened| opened.as_ref().map(|it| it.id.clone()))
    }
}
