//! Earlier states of the open assessment: restore points, the change log, and
//! what was set apart.

use leptos::prelude::*;
use leptos::task::spawn_local;
use zhidu::assessment::edit::Edit;
use zhidu::assessment::share::state_name;
use zhidu::assessment::{Assessment, AssessmentId, RowId};
use zhidu::html::Past;
use zhidu::record::Mark;
use zhidu::record::backup::Backup;
use zhidu::record::log::Logged;
use zhidu::record::restore::{RestorePoint, Why};
use zhidu::record::unmerged::{Adopt, Unmerged};
use zhidu::session::opening::open_id;
use zhidu::session::restoring::HandedOut;
use zhidu::session::{Host, look_at_work, restoring, unsaved};
use zhidu::store::replace::Reason;
use zhidu::store::{self, StoreError};

use super::Desk;

/// Why nothing can be changed where another window writes.
const READS: &str = "本窗口只读，请先接管编辑";

impl Desk {
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
        let Some(state) = restoring::stored(&self) else { return Ok(()) };
        restoring::make(&self, &state, Why::ByHand).await.map_err(|error| error.in_words())
    }

    /// Keeps the state before a file changes it. Without the restore
    /// point the change log still leads back, and 撤销 while the page is open.
    pub fn keep_before_import(self) {
        let Some(before) = look_at_work(&self, |work| work.assessment.clone()) else { return };
        spawn_local(async move {
            let _ = restoring::make(&self, &before, Why::BeforeImport).await;
        });
    }

    /// Keeps what has left in a file: 报送记录. A window that only reads keeps none.
    pub fn keep_handed(self, backup: &Backup, file: &str, to: &str) {
        let (state, seq) = (backup.assessment.clone(), backup.seq);
        let out = HandedOut { file: file.to_owned(), to: to.to_owned(), seq };
        spawn_local(async move {
            match restoring::keep_handed(&self, &state, out).await {
                Ok(()) | Err(StoreError::Stale) => {}
                Err(why) => {
                    self.notices.complain(format!("文件已导出，但没有留下报送记录：{}。", why.in_words()))
                }
            }
        });
    }

    /// The state that has left under this name, see [`Share::given`]; `None` if it is not
    /// known here.
    ///
    /// [`Share::given`]: zhidu::assessment::Share::given
    pub async fn handed_state(self, id: &AssessmentId, given: &str) -> Option<Assessment> {
        let store = self.store()?;
        let points = store::past::restore_points(&*store, id).await.ok()?;
        let of_name = |(mark, point): &&(Mark, RestorePoint)| {
            point.why == Why::Handed && state_name(&mark.replica, point.seq) == given
        };
        let (mark, _) = points.iter().rev().find(of_name)?;
        store::past::restore_state(&*store, id, mark).await.ok()?
    }

    /// The change log of an assessment, as far as the store has it.
    pub async fn log_of(self, id: &AssessmentId) -> Vec<Logged> {
        let Some(store) = self.store() else { return Vec::new() };
        store::past::log(&*store, id).await.unwrap_or_default()
    }

    /// What the store keeps of the open assessment's past.
    ///
    /// # Errors
    /// The refusal of the store in words.
    pub async fn past(self) -> Result<Past, String> {
        let refuse = |error: StoreError| error.in_words();
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
        let store = self.store().ok_or_else(|| StoreError::Blocked.in_words())?;
        match store::past::restore_state(&*store, &id, mark).await {
            Ok(Some(state)) => Ok(state),
            Ok(None) => Err("这个还原点已被清理".to_owned()),
            Err(error) => Err(error.in_words()),
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

    /// Sets apart what of a file was not taken, so that it can still be taken later.
    ///
    /// # Errors
    /// The refusal of the store in words.
    pub async fn set_apart_from_file(self, source: String, edits: Vec<Edit>) -> Result<(), String> {
        let Some(id) = self.open_id() else { return Ok(()) };
        if edits.is_empty() {
            return Ok(());
        }
        let copy = Unmerged { at: self.date_and_time(), by: source, whole: true, edits };
        unsaved::keep_apart(&self, &id, &copy).await.map_err(|error| error.in_words())
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
        let store = self.store().ok_or_else(|| StoreError::Blocked.in_words())?;
        store::past::drop_unmerged(&*store, &id, row).await.map_err(|error| error.in_words())
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

    pub(super) fn open_id(self) -> Option<AssessmentId> {
        open_id(&self)
    }
}
