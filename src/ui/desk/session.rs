//! What the pages ask of the session of this window: see [`zhidu::session`].

use leptos::prelude::*;
use leptos::task::spawn_local;
use zhidu::assessment::{Assessment, AssessmentId};
use zhidu::record::Replica;
use zhidu::record::backup::Backup;
use zhidu::record::log::Logged;
use zhidu::session::opening::{self, OpenError};
use zhidu::session::whole::{self, Created};
use zhidu::session::{Host, Save, losing, standing, unsaved};
use zhidu::store::replace::Reason;

use super::Desk;
use crate::browser::{ids, windows};

impl Desk {
    /// Connects to the store, and says so where the browser does not let it.
    pub async fn connect(self) {
        if let Err(error) = Host::connect(&self).await {
            self.save.set(Save::Unsaved(error.in_words()));
        }
    }

    /// Whether there is no store at all, so that everything is in this window.
    pub fn nothing_stored(self) -> bool {
        self.store().is_none()
    }

    /// Hears other windows, and looks after the standing of this one.
    pub fn watch_windows(self) {
        windows::listen(move |message| standing::receive(&self, &message));
        // A window that was frozen finds out before it writes.
        let look = move || {
            if !document().hidden() {
                spawn_local(async move { losing::look_whether_writer(&self).await });
            }
        };
        window_event_listener_untyped("focus", move |_| look());
        window_event_listener_untyped("pageshow", move |_| look());
        window_event_listener_untyped("pagehide", move |_| standing::goes(&self));
        spawn_local(async move { standing::watch_writer(&self).await });
    }

    /// [`standing::take_over`].
    pub async fn take_over(self) {
        standing::take_over(&self).await;
    }

    /// [`unsaved::settle`].
    pub async fn settle(self) -> bool {
        unsaved::settle(&self).await
    }

    /// [`unsaved::may_let_go`].
    pub async fn may_let_go(self) -> bool {
        unsaved::may_let_go(&self).await
    }

    /// [`unsaved::keep_journal`].
    pub fn keep_journal(self) -> Option<bool> {
        unsaved::keep_journal(&self)
    }

    /// [`opening::open`].
    ///
    /// # Errors
    /// Says why it cannot be opened; what was open stays open then.
    pub async fn open(self, id: &AssessmentId) -> Result<(), OpenError> {
        opening::open(&self, id).await
    }

    /// [`opening::reopen`].
    ///
    /// # Errors
    /// As [`Desk::open`].
    pub async fn reopen(self) -> Result<(), OpenError> {
        opening::reopen(&self).await
    }

    /// [`opening::close`].
    pub async fn close(self) {
        opening::close(&self).await;
    }

    /// [`opening::leave`], with the rows of 工作台 read anew.
    pub async fn leave(self) -> bool {
        opening::leave(&self, self.read_list()).await
    }

    /// [`whole::create`].
    pub async fn create(self, assessment: Assessment, log: &[Logged]) -> Created {
        whole::create(&self, assessment, log).await
    }

    /// [`whole::replace`].
    ///
    /// # Errors
    /// The refusal of the store in words; nothing is changed then.
    pub async fn replace(
        self,
        assessment: &Assessment,
        reason: Reason,
        log: &[Logged],
    ) -> Result<(), String> {
        whole::replace(&self, assessment, reason, log).await
    }

    /// [`whole::move_to_today`].
    ///
    /// # Errors
    /// Says why it stays as it is.
    pub async fn move_to_today(self) -> Result<(), String> {
        whole::move_to_today(&self).await
    }

    /// [`whole::rename`].
    ///
    /// # Errors
    /// The refusal of the store in words; nothing is changed then.
    pub async fn rename(self, id: &AssessmentId, name: &str) -> Result<(), String> {
        whole::rename(&self, id, name).await
    }

    /// [`whole::peek`].
    ///
    /// # Errors
    /// As [`Desk::open`].
    pub async fn peek(self, id: &AssessmentId) -> Result<(Assessment, u64, Option<Replica>), OpenError> {
        whole::peek(&self, id).await
    }

    /// [`whole::stored_backup`].
    ///
    /// # Errors
    /// As [`Desk::open`].
    pub async fn stored_backup(self, id: &AssessmentId) -> Result<Backup, OpenError> {
        whole::stored_backup(&self, id).await
    }

    /// A fresh identity for an assessment.
    pub fn fresh_id(self) -> AssessmentId {
        AssessmentId::from_random(ids::random_bits())
    }
}
