//! The one owner of the open assessment. Holds it as a plain value with one
//! trigger per point and per group, so that a key press wakes its own card
//! alone. Reading is done through closures; changing is done by method calls.

mod editing;
mod opening;
mod saving;
mod work;

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use zhidu::assessment::place::Place;
use zhidu::assessment::{Answer, Assessment, AssessmentId};
use zhidu::catalogue::Catalogue;
use zhidu::filter::Filter;
use zhidu::record::backup::Backup;
use zhidu::record::summary::Summary;
use zhidu::route::Route;
use zhidu::score::Tally;

use crate::browser::store::Store;
use crate::ui::export::Running;
use crate::ui::notices::Notices;
pub use opening::{Created, OpenError};
pub use saving::Save;
use work::Work;

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
    /// Index of the point that has the person's attention.
    pub focus: RwSignal<Option<usize>>,
    /// The filter in force.
    pub filter: RwSignal<Filter>,
    /// For each point whether the filter lets it through; `None` without a filter.
    pub matching: RwSignal<Option<Arc<Vec<bool>>>>,
    /// Whether there is something to undo and to redo.
    pub steps: RwSignal<(bool, bool)>,
    /// The export that is running, if one is.
    pub exporting: RwSignal<Option<Running>>,
    /// Messages at the edge of the page.
    pub notices: Notices,
    work: StoredValue<Option<Work>>,
    store: StoredValue<Option<Rc<Store>>, LocalStorage>,
    /// Hands over the draft of the field that has the focus.
    draft: StoredValue<Option<Rc<dyn Fn()>>, LocalStorage>,
}

/// Which assessment is open.
#[derive(Clone)]
pub struct Opened {
    /// Its identity.
    pub id: AssessmentId,
    /// Its catalogue.
    pub catalogue: Arc<Catalogue>,
    /// Grows with each opening, so that pages are built anew.
    generation: u32,
}

impl PartialEq for Opened {
    fn eq(&self, other: &Opened) -> bool {
        self.id == other.id && self.generation == other.generation
    }
}

impl Desk {
    /// An empty desk; nothing is open and the store is not yet asked.
    pub fn new() -> Desk {
        Desk {
            route: RwSignal::new(Route::Home),
            opened: RwSignal::new(None),
            save: RwSignal::new(Save::Nothing),
            list: RwSignal::new(Vec::new()),
            focus: RwSignal::new(None),
            filter: RwSignal::new(Filter::default()),
            matching: RwSignal::new(None),
            steps: RwSignal::new((false, false)),
            exporting: RwSignal::new(None),
            notices: Notices::new(),
            work: StoredValue::new(None),
            store: StoredValue::new_local(None),
            draft: StoredValue::new_local(None),
        }
    }

    /// The desk of this page.
    pub fn here() -> Desk {
        expect_context::<Desk>()
    }

    /// Looks at the open assessment; the default where none is open.
    pub fn look<T: Default>(self, at: impl FnOnce(&Assessment, &Catalogue) -> T) -> T {
        self.work.with_value(|work| {
            work.as_ref().map_or_else(T::default, |work| at(&work.assessment, &work.catalogue))
        })
    }

    /// The text at a place.
    pub fn text(self, place: &Place) -> String {
        self.look(|assessment, _| assessment.text(place).to_owned())
    }

    /// Looks at the answer of the `index`-th point and wakes when it changes.
    pub fn answer<T: Default>(self, index: usize, at: impl FnOnce(&Assessment, &Answer) -> T) -> T {
        if let Some(trigger) = self.triggers(|work| work.points.get(index).cloned()) {
            trigger.track();
        }
        self.look(|assessment, catalogue| {
            catalogue
                .points()
                .get(index)
                .map_or_else(T::default, |point| at(assessment, assessment.answer(&point.id)))
        })
    }

    /// The tally of the `index`-th group; wakes when it changes.
    pub fn group_tally(self, index: usize) -> Tally {
        if let Some(trigger) = self.triggers(|work| work.groups.get(index).cloned()) {
            trigger.track();
        }
        self.tally(|work| work.card.groups.get(index).copied())
    }

    /// The tally of the `index`-th point; wakes when the point changes.
    pub fn point_tally(self, index: usize) -> Tally {
        if let Some(trigger) = self.triggers(|work| work.points.get(index).cloned()) {
            trigger.track();
        }
        self.tally(|work| work.card.points.get(index).copied())
    }

    /// The tally of everything; wakes when it changes.
    pub fn total(self) -> Tally {
        if let Some(trigger) = self.triggers(|work| Some(work.total.clone())) {
            trigger.track();
        }
        self.tally(|work| Some(work.card.total))
    }

    /// Wakes when identity or cover change.
    pub fn track_head(self) {
        if let Some(trigger) = self.triggers(|work| Some(work.head.clone())) {
            trigger.track();
        }
    }

    /// Wakes when texts change otherwise than by typing in their own field.
    pub fn track_outside(self) {
        if let Some(trigger) = self.triggers(|work| Some(work.outside.clone())) {
            trigger.track();
        }
    }

    /// The state of the open assessment as a backup.
    pub fn backup(self) -> Option<Backup> {
        self.work.with_value(|work| {
            let work = work.as_ref()?;
            Some(Backup {
                replica: work.replica.id.clone(),
                seq: work.seq,
                assessment: work.assessment.clone(),
            })
        })
    }

    /// Says how the draft of the focused field is handed over, or that no field
    /// has the focus.
    pub fn hold_draft(self, hand_over: Option<Rc<dyn Fn()>>) {
        self.draft.set_value(hand_over);
    }

    /// Hands over the draft of the focused field, also one being composed.
    pub fn hand_over_draft(self) {
        if let Some(Some(hand_over)) = self.draft.try_with_value(Clone::clone) {
            hand_over();
        }
    }

    fn triggers(self, of: impl FnOnce(&Work) -> Option<ArcTrigger>) -> Option<ArcTrigger> {
        self.work.with_value(|work| of(work.as_ref()?))
    }

    fn tally(self, of: impl FnOnce(&Work) -> Option<Tally>) -> Tally {
        self.work.with_value(|work| work.as_ref().and_then(of).unwrap_or_default())
    }
}
