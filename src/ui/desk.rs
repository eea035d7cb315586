//! The one owner of the open assessment. Holds it as a plain value with the
//! revision in which each point and each group last changed, so that a key
//! press draws its own card alone. Reading is done through closures; changing
//! is done by method calls.

mod checking;
mod editing;
mod host;
mod listing;
mod news;
mod past;
mod recovery;
mod session;

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use web_sys::File;
use zhidu::assessment::place::Place;
use zhidu::assessment::{Assessment, RowId};
use zhidu::catalogue::Catalogue;
use zhidu::check::Report;
use zhidu::filter::Filter;
use zhidu::leaving::leave;
use zhidu::merge::Proposal;
use zhidu::record::backup::Backup;
use zhidu::record::news::News;
use zhidu::record::summary::Summary;
use zhidu::route::Route;
use zhidu::school::Column;
use zhidu::score::{Scorecard, Tally};
use zhidu::session::{Session, look_at_work};
use zhidu::traces::Trace;
use zhidu::work::Work;

use crate::browser::Database;
use crate::ui::notices::Notices;
pub use zhidu::catalogue::library::Wording;
pub use zhidu::session::editing::Spot;
pub use zhidu::session::opening::OpenError;
pub use zhidu::session::whole::Created;
pub use zhidu::session::{Opened, Save};
pub use zhidu::work::Reading;

thread_local! {
    /// Hands over the draft of the focused field.
    static DRAFTS: Cell<Option<fn(Desk)>> = const { Cell::new(None) };
}

/// Long work that is running.
#[derive(Clone)]
pub struct Running {
    /// What is being done.
    pub step: String,
    /// 0 to 100.
    pub percent: u8,
}

/// The state of the page, given to every component as context.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The page that is shown.
    pub route: RwSignal<Route>,
    /// Which assessment is open; changes when another one is, or the same anew.
    pub opened: RwSignal<Option<Opened>>,
    /// Whether what is on the screen is in the store.
    pub save: RwSignal<Save>,
    /// The rows of 工作台.
    pub list: RwSignal<Vec<Summary>>,
    /// The rows of 最近删除.
    pub deleted: RwSignal<Vec<Summary>>,
    /// Index of the point that has the person's attention.
    pub focus: RwSignal<Option<usize>>,
    /// The filter in force.
    pub filter: RwSignal<Filter>,
    /// For each point whether the filter lets it through; `None` without a filter.
    pub matching: RwSignal<Option<Arc<Vec<bool>>>>,
    /// Whether there is something to undo and to redo.
    pub steps: RwSignal<(bool, bool)>,
    /// The long work that is running, if any is: an export, or files that are read.
    pub exporting: RwSignal<Option<Running>>,
    /// What was stored here at some time and is gone.
    pub lost: RwSignal<Vec<Trace>>,
    /// Messages at the edge of the page.
    pub notices: Notices,
    /// Why what is open cannot be changed here, if so.
    pub reading: RwSignal<Option<Reading>>,
    /// Files that wait on 合并 for their decisions, of the assessment that is open.
    pub incoming: RwSignal<Vec<Proposal>>,
    /// Files that are none of this program's and wait on 学校数据 to be read as tables.
    pub tables: RwSignal<Vec<File>, LocalStorage>,
    /// How many copies of changes were set apart and not dealt with.
    pub unmerged: RwSignal<usize>,
    /// What judging and checking the open assessment has given, a moment after
    /// its last change.
    pub report: RwSignal<Arc<Report>>,
    /// The points that files have changed since somebody looked last on this machine.
    pub news: RwSignal<Arc<Vec<News>>>,
    /// The cells of 学校数据 that the last 撤销 or 重做 has changed, until the table
    /// shows them.
    pub travelled: StoredValue<Vec<(RowId, Column)>>,
    /// Grows with each change of the open assessment.
    revision: RwSignal<u64>,
    /// What is open, and how it stands to the store.
    session: StoredValue<Session>,
    store: StoredValue<Option<Rc<Database>>, LocalStorage>,
}

/// What changed after a revision.
#[derive(Default)]
pub struct ChangesSince {
    /// The revision now.
    pub revision: u64,
    /// Indices of points whose card changed.
    pub points: Vec<usize>,
    /// Indices of groups whose tally changed.
    pub groups: Vec<usize>,
}

impl Desk {
    /// An empty desk; nothing is open and the store is not yet asked.
    pub fn new() -> Desk {
        Desk {
            route: RwSignal::new(Route::Home),
            opened: RwSignal::new(None),
            save: RwSignal::new(Save::Nothing),
            list: RwSignal::new(Vec::new()),
            deleted: RwSignal::new(Vec::new()),
            lost: RwSignal::new(Vec::new()),
            focus: RwSignal::new(None),
            filter: RwSignal::new(Filter::default()),
            matching: RwSignal::new(None),
            steps: RwSignal::new((false, false)),
            exporting: RwSignal::new(None),
            notices: Notices::new(),
            reading: RwSignal::new(None),
            incoming: RwSignal::new(Vec::new()),
            tables: RwSignal::new_local(Vec::new()),
            unmerged: RwSignal::new(0),
            report: RwSignal::new(Arc::default()),
            news: RwSignal::new(Arc::default()),
            travelled: StoredValue::new(Vec::new()),
            revision: RwSignal::new(0),
            session: StoredValue::new(Session::default()),
            store: StoredValue::new_local(None),
        }
    }

    /// The desk of this page.
    pub fn here() -> Desk {
        expect_context::<Desk>()
    }

    /// Looks at the open assessment; the default where none is open.
    pub fn look<T: Default>(self, at: impl FnOnce(&Assessment, &Catalogue) -> T) -> T {
        look_at_work(&self, |work| at(&work.assessment, &work.catalogue)).unwrap_or_default()
    }

    /// Its tallies.
    pub fn card(self) -> Scorecard {
        look_at_work(&self, |work| work.card.clone()).unwrap_or_default()
    }

    /// What the field of a place shows: its text, or what it is preset to.
    pub fn shown_text(self, place: &Place) -> String {
        look_at_work(&self, |work| work.shown_text(place)).unwrap_or_default()
    }

    /// Why a text is refused at a place, if it is.
    pub fn refusal(self, place: &Place, text: &str) -> Option<String> {
        self.look(|_, catalogue| leave(place, text, catalogue).fault)
    }

    /// The tally of the `index`-th point.
    pub fn point_tally(self, index: usize) -> Tally {
        self.tally(|work| work.card.points.get(index).copied())
    }

    /// The tally of the `index`-th group.
    pub fn group_tally(self, index: usize) -> Tally {
        self.tally(|work| work.card.groups.get(index).copied())
    }

    /// Wakes with each change of the open assessment.
    pub fn track(self) {
        self.revision.track();
    }

    /// The tally of everything.
    pub fn total(self) -> Tally {
        self.tally(|work| Some(work.card.total))
    }

    /// What changed after revision `seen`; wakes with each change. A page that
    /// has seen nothing yet says 0 and hears of everything.
    pub fn changes_since(self, seen: u64) -> ChangesSince {
        self.revision.track();
        let changes = look_at_work(&self, |work| {
            let later = |revisions: &[u64]| -> Vec<usize> {
                let found = revisions.iter().enumerate().filter(|(_, revision)| **revision > seen);
                found.map(|(index, _)| index).collect()
            };
            // Rows that come and go are named on the cards of other points too.
            let points =
                if work.texts > seen { (0..work.points.len()).collect() } else { later(&work.points) };
            ChangesSince { revision: work.revision, points, groups: later(&work.groups) }
        });
        changes.unwrap_or_default()
    }

    /// The revision in which texts or rows last changed otherwise than by typing
    /// in a field; wakes with each change.
    pub fn texts_changed(self) -> u64 {
        self.revision.track();
        look_at_work(&self, |work| work.texts).unwrap_or_default()
    }

    /// The state of the open assessment as a backup, without its change log.
    pub fn backup(self) -> Option<Backup> {
        look_at_work(&self, |work| Backup {
            replica: work.replica.id.clone(),
            seq: work.seq,
            assessment: work.assessment.clone(),
            log: Vec::new(),
        })
    }

    /// Hands over the draft of the focused field, also one being composed.
    pub fn hand_over_draft(self) {
        if let Some(hand_over) = DRAFTS.get() {
            hand_over(self);
        }
    }

    /// Has the form asked for the draft of its focused field.
    pub fn drafts_come_from(hand_over: fn(Desk)) {
        DRAFTS.set(Some(hand_over));
    }

    fn tally(self, of: impl FnOnce(&Work) -> Option<Tally>) -> Tally {
        look_at_work(&self, of).flatten().unwrap_or_default()
    }
}
