//! How a window opens an assessment, saves it, loses it to another window and takes it
//! over. What the window is — its store, its clock, its neighbours, its screen — comes in
//! as a [`Host`]: the page is one, and the tests are others, with stores that fail and
//! windows that freeze.
//!
//! Everything asynchronous here may be overtaken: whatever was waited for, another
//! assessment may be open by then, or none. What was counted before says so.

use std::future::Future;
use std::rc::Rc;
use std::sync::Arc;

use crate::assessment::{Assessment, AssessmentId, Head, ReplicaId, RowId};
use crate::catalogue::library::{Library, Wording};
use crate::catalogue::{Catalogue, CatalogueId};
use crate::record::restore::Why;
use crate::record::summary::Summary;
use crate::record::{Replica, SetAside};
use crate::store::{Mode, Store, StoreError};
use crate::windows::Word;
use crate::work::{Reading, Work};

pub mod editing;
pub mod losing;
mod neighbours;
pub mod opening;
pub mod recovery;
pub mod restoring;
pub mod saving;
pub mod standing;
pub mod unsaved;
pub mod whole;

/// What a window says about saving. Always true.
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

/// What a window holds of the assessment that is open in it.
#[derive(Debug, Default)]
pub struct Session {
    /// The open assessment, if there is one.
    pub work: Option<Work>,
    /// Counts what was asked to be opened or closed, so that the last one wins.
    openings: u32,
    /// Counts what was opened; what began with one is not for another.
    generation: u32,
    /// Whether the store is about to be looked at for what another window wrote.
    following: bool,
    /// Whether this window is about to take the place of another one.
    succeeding: bool,
    /// Whether another window may have become the writer during a write.
    doubted: bool,
    /// The last answer of another window.
    heard: Option<(AssessmentId, Word)>,
    /// What the last write cost the page in milliseconds; writing takes a tenth of the
    /// time at most, so that a very long text can still be typed.
    cost_ms: f64,
}

/// Which assessment is open.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Its identity.
    pub id: AssessmentId,
    /// Its catalogue.
    pub catalogue: Arc<Catalogue>,
    /// How that is worded.
    pub wording: Wording,
    /// Grows with each opening, so that pages are built anew.
    generation: u32,
}

impl Opened {
    /// What the form of this opening bears, so that a field that is being
    /// removed is not taken for one of the next opening.
    pub fn mark(&self) -> String {
        format!("{}/{}", self.id, self.generation)
    }
}

impl PartialEq for Opened {
    fn eq(&self, other: &Opened) -> bool {
        self.id == other.id && self.generation == other.generation
    }
}

/// A window and what it can do. Cheap to clone; clones are the same window.
pub trait Host: Clone + 'static {
    /// What it keeps assessments in.
    type Store: Store + 'static;

    /// Looks at its session; `None` where the window is being taken apart.
    fn look<T>(&self, at: impl FnOnce(&Session) -> T) -> Option<T>;
    /// Changes its session.
    fn with<T>(&self, by: impl FnOnce(&mut Session) -> T) -> Option<T>;

    /// The connection to the store, if there is one.
    fn store(&self) -> Option<Rc<Self::Store>>;
    /// Connects to the store anew.
    fn connect(&self) -> impl Future<Output = Result<(), StoreError>>;

    /// Milliseconds of a clock that never goes backwards.
    fn ms(&self) -> f64;
    /// What the person's clock says: "2026-11-23 14:05".
    fn date_and_time(&self) -> String;
    /// What it says to the second: "14:05:09".
    fn time(&self) -> String;
    /// Lets so many milliseconds pass.
    fn wait(&self, ms: u32) -> impl Future<Output = ()>;
    /// Begins something that goes on by itself.
    fn spawn(&self, task: impl Future<Output = ()> + 'static);
    /// 128 random bits.
    fn random(&self) -> u128;

    /// Whether the program has failed: nothing may be written any more.
    fn is_down(&self) -> bool;
    /// 安全模式: nothing may be written.
    fn is_safe(&self) -> bool;
    /// Whether nobody can see the window.
    fn is_hidden(&self) -> bool;
    /// Whether the assessment is just being changed: a panic in between leaves it in a
    /// state that the journal must not keep.
    fn is_changing(&self) -> bool;
    /// Takes note of that.
    fn is_changing_now(&self, begins: bool);

    /// What tells this window from others, another one each time it is opened.
    fn name(&self) -> String;
    /// Says something to the other windows. It may reach nobody.
    fn say(&self, assessment: &AssessmentId, word: Word);
    /// Marks this window as the writer of an assessment.
    fn mark_writer(&self, assessment: &AssessmentId);
    /// Takes its mark away, if it stands.
    fn unmark_writer(&self, assessment: &AssessmentId);
    /// Whether another window has marked itself; it may be gone.
    fn somebody_else_writes(&self, assessment: &AssessmentId) -> bool;

    /// Keeps a text as this window's emergency journal of an assessment; `false` if that
    /// cannot be.
    fn keep_journal_text(&self, assessment: &AssessmentId, text: &str) -> bool;
    /// Forgets this window's journal of an assessment.
    fn forget_journal(&self, assessment: &AssessmentId);
    /// All journals of an assessment, by name.
    fn journals(&self, assessment: &AssessmentId) -> Vec<(String, String)>;
    /// Forgets the journal of that name if it still has this text.
    fn forget_journal_text(&self, name: &str, text: &str);

    /// Whether no text of a catalogue is to be waited for.
    fn has_all_texts(&self) -> bool;
    /// Fetches the texts of a catalogue, if it is one of the program; `false` if they
    /// cannot be had.
    fn fetch_texts(&self, catalogue: &CatalogueId) -> impl Future<Output = bool>;
    /// [`Head::part_of`], from wherever that part of the program is; `None` where it cannot
    /// be had.
    fn part_of(&self, head: &Head, whole: Arc<Catalogue>) -> impl Future<Output = Option<Arc<Catalogue>>>;
    /// The catalogues whose texts are here.
    fn catalogues(&self) -> Library;
    /// Notes which catalogue is in use.
    fn uses_texts(&self, catalogue: &CatalogueId);

    /// Whether journals can be read here; says so where they cannot.
    fn can_recover(&self) -> impl Future<Output = bool>;
    /// [`recovery::recover_journals`], from wherever that part of the program is.
    fn recover_journals(&self) -> impl Future<Output = ()>;
    /// [`recovery::with_journals`] likewise.
    fn with_journals(&self, work: Work) -> impl Future<Output = Result<Work, String>>;
    /// [`restoring::make`] likewise; one that cannot be made is none.
    fn keep_restore_point(&self, state: Assessment, why: Why) -> impl Future<Output = ()>;

    /// Hands over what the focused field has not handed over yet.
    fn hand_over_draft(&self);
    /// What it says about saving.
    fn save(&self) -> Save;
    /// Says another thing about saving.
    fn says_of_saving(&self, save: Save);
    /// Says that something is being opened, until what is given back is dropped.
    fn says_it_is_opening(&self) -> impl Sized + 'static;
    /// Shows what was just opened.
    fn shows_opened(&self, opened: Opened);
    /// Shows nothing any more of what was open.
    fn shows_nothing(&self);
    /// Shows whether the open assessment may be changed here.
    fn shows_reading(&self, reading: Option<Reading>);
    /// Shows what was changed up to a revision.
    fn shows_changes(&self, revision: u64);
    /// Puts a row of 工作台 in its place; `stored` if it is known to be in the store.
    fn lists(&self, row: &Summary, stored: bool);
    /// Names records that could not be read.
    fn names_set_aside(&self, assessment: &AssessmentId, records: Vec<SetAside>);
    /// One more copy of changes was set apart.
    fn counts_set_apart(&self);
    /// Counts anew, when there is time, what was set apart of what is open.
    fn recounts_set_apart(&self);
    /// Tells the person something.
    fn tells(&self, what: String);
    /// Tells the person of something that went wrong.
    fn complains(&self, of: String);
}

/// Changes the open assessment; `None` if none is.
pub fn with_work<H: Host, T>(host: &H, by: impl FnOnce(&mut Work) -> T) -> Option<T> {
    host.with(|session| session.work.as_mut().map(by)).flatten()
}

/// Looks at the open assessment; `None` if none is.
pub fn look_at_work<H: Host, T>(host: &H, at: impl FnOnce(&Work) -> T) -> Option<T> {
    host.look(|session| session.work.as_ref().map(at)).flatten()
}

/// A fresh identity for a copy of an assessment.
fn fresh_replica<H: Host>(host: &H) -> ReplicaId {
    ReplicaId::from_random(host.random())
}

/// A fresh identity for a row.
fn fresh_row<H: Host>(host: &H) -> RowId {
    RowId::from_random(host.random())
}

/// This copy of an assessment that is not stored at all.
fn unclaimed<H: Host>(host: &H) -> Replica {
    Replica { id: fresh_replica(host), epoch: 0 }
}

/// A connection to the store that works, opened again if the browser has closed it.
///
/// # Errors
/// [`StoreError::Blocked`] if there is none.
pub async fn ready<H: Host>(host: &H) -> Result<Rc<H::Store>, StoreError> {
    if host.store().is_none_or(|store| store.begin(Mode::Read).is_err()) {
        // What comes of it is asked next.
        let _ = host.connect().await;
    }
    host.store().ok_or(StoreError::Blocked)
}

/// Which assessment is open, and whether this window is its writer.
fn writing<H: Host>(host: &H) -> Option<(AssessmentId, bool)> {
    look_at_work(host, |work| (work.assessment.head.id.clone(), work.reading.is_none()))
}

/// Has every field show what its text is now.
pub fn wake_fields<H: Host>(host: &H) {
    let revision = with_work(host, |work| {
        work.revision += 1;
        work.texts = work.revision;
        work.revision
    });
    host.shows_changes(revision.unwrap_or_default());
}
