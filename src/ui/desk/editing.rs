//! Changes of the open assessment: see [`zhidu::session::editing`].

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use leptos::prelude::*;
use zhidu::assessment::Assessment;
use zhidu::assessment::RowId;
use zhidu::assessment::edit::Edit;
use zhidu::assessment::place::Place;
use zhidu::filter::{Filter, matches};
use zhidu::leaving::Left;
use zhidu::record::log::{How, Origin};
use zhidu::session::editing::{self, Spot, Travel};
use zhidu::session::{look_at_work, wake_fields};

use super::Desk;
use crate::browser::ids;

static CHANGING: AtomicBool = AtomicBool::new(false);

impl Desk {
    /// [`editing::type_text`].
    pub fn type_text(self, place: &Place, shown: &str) {
        editing::type_text(&self, place, shown);
    }

    /// [`editing::leave_text`].
    pub fn leave_text(self, place: &Place, shown: &str) -> Left {
        editing::leave_text(&self, place, shown)
    }

    /// Applies the edits that `make` proposes as one step.
    pub fn act(self, make: impl FnOnce(&Assessment) -> Vec<Edit>) {
        self.act_once(make);
    }

    /// As [`Desk::act`], and says whether something was changed.
    pub fn act_once(self, make: impl FnOnce(&Assessment) -> Vec<Edit>) -> bool {
        self.act_as(How::Filled, make)
    }

    /// Whether this window may write; where it only reads, that is said.
    pub fn may_write(self) -> bool {
        let may = self.reading.get_untracked().is_none();
        if !may {
            self.notices.complain("没有写入：本窗口只读，请先接管编辑。".to_owned());
        }
        may
    }

    /// As [`Desk::act_once`], as a step of this kind.
    pub fn act_as(self, how: How, make: impl FnOnce(&Assessment) -> Vec<Edit>) -> bool {
        editing::act(&self, how, Origin::default(), make)
    }

    /// As [`Desk::act_as`], of what a file has brought.
    pub fn act_from(self, origin: Origin<'_>, make: impl FnOnce(&Assessment) -> Vec<Edit>) -> bool {
        editing::act(&self, How::Merged, origin, make)
    }

    /// A fresh identity for a row.
    pub fn fresh_row(self) -> RowId {
        RowId::from_random(ids::random_bits())
    }

    /// Takes the last step back and says where it was.
    pub fn undo(self) -> Option<Spot> {
        self.travelled(editing::undo(&self))
    }

    /// Does the last step that was taken back again.
    pub fn redo(self) -> Option<Spot> {
        self.travelled(editing::redo(&self))
    }

    fn travelled(self, travel: Travel) -> Option<Spot> {
        self.travelled.set_value(travel.cells);
        travel.spot
    }

    /// Lets only the points that `filter` lets through be shown.
    pub fn set_filter(self, filter: Filter) {
        let matching = (!filter.is_empty()).then(|| {
            let news: Vec<usize> = self.news.with_untracked(|news| news.iter().map(|it| it.point).collect());
            Arc::new(self.look(|assessment, catalogue| matches(catalogue, assessment, &filter, &news)))
        });
        self.filter.set(filter);
        self.matching.set(matching);
    }

    /// Has every field show what its text is now.
    pub fn wake_fields(self) {
        wake_fields(&self);
    }

    /// Says whether there is something to undo and to redo.
    pub(super) fn update_steps(self) {
        let steps = look_at_work(&self, |work| (work.history.can_undo(), work.history.can_redo()));
        let steps = steps.unwrap_or_default();
        if self.steps.get_untracked() != steps {
            self.steps.set(steps);
        }
    }
}

/// Takes note of whether the assessment is just being changed.
pub fn is_changing_now(begins: bool) {
    CHANGING.store(begins, Ordering::Relaxed);
}

/// Whether the assessment is just being changed.
pub fn is_changing() -> bool {
    CHANGING.load(Ordering::Relaxed)
}
