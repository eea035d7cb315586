//! Changes of the open assessment: typing, rows, states, undo and redo.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use leptos::prelude::*;
use zhidu::assessment::Assessment;
use zhidu::assessment::RowId;
use zhidu::assessment::edit::{Edit, Part};
use zhidu::assessment::history::apply_all;
use zhidu::assessment::place::Place;
use zhidu::assessment::table::block::changed_cells;
use zhidu::catalogue::PointId;
use zhidu::filter::{Filter, matches};
use zhidu::leaving::{Left, leave};
use zhidu::record::journal::Journal;
use zhidu::record::log::{How, Moment};
use zhidu::work::{TakenUp, Work};

use super::Desk;
use crate::browser::{clock, ids};

static CHANGING: AtomicBool = AtomicBool::new(false);

/// Whether the assessment is being changed: a panic in between leaves it in a
/// state that the journal must not keep.
pub fn is_changing() -> bool {
    CHANGING.load(Ordering::Relaxed)
}

/// Where 撤销 or 重做 has changed something.
#[derive(Clone, Copy)]
pub enum Spot {
    /// At the point of this index.
    Point(usize),
    /// In 学校数据; [`Desk::travelled`] says at which cells.
    Schools,
}

/// What a change was: its edits, and where they were typed if they were.
struct Done<'a> {
    edits: Vec<Edit>,
    how: How,
    typed: Option<&'a Place>,
}

impl Desk {
    /// Takes the text that a field now shows.
    pub fn type_text(self, place: &Place, shown: &str) {
        let now = clock::monotonic_ms();
        self.change(|work| {
            // What the field is preset to is not the person's own and not stored.
            let text = if shown == place.preset(&work.catalogue) { "" } else { shown };
            let edits = work.assessment.typing(place, text);
            apply_all(&mut work.assessment, &edits).ok()?;
            work.history.remember(edits.clone(), Some((place, now)));
            Some(Done { edits, how: How::Filled, typed: Some(place) })
        });
    }

    /// Takes the text of a field that is being left, in the form in which it is
    /// kept, and says what became of it.
    pub fn leave_text(self, place: &Place, shown: &str) -> Left {
        let Some(left) = self.with_work(|work| leave(place, shown, &work.catalogue)) else {
            return Left { text: shown.to_owned(), removed: 0, fault: None };
        };
        if self.shown_text(place) != left.text {
            self.type_text(place, &left.text);
        }
        self.with_work(|work| {
            work.history.end_run();
            work.log.end_run();
        });
        left
    }

    /// Applies the edits that `make` proposes as one step.
    pub fn act(self, make: impl FnOnce(&Assessment) -> Vec<Edit>) {
        self.act_once(make);
    }

    /// As [`Desk::act`], and says whether something was changed.
    pub fn act_once(self, make: impl FnOnce(&Assessment) -> Vec<Edit>) -> bool {
        self.act_as(How::Filled, make)
    }

    /// As [`Desk::act_once`], as a step of this kind.
    pub fn act_as(self, how: How, make: impl FnOnce(&Assessment) -> Vec<Edit>) -> bool {
        let changed = self.change(|work| {
            let edits = make(&work.assessment);
            apply_all(&mut work.assessment, &edits).ok()?;
            work.history.remember(edits.clone(), None);
            Some(Done { edits, how, typed: None })
        });
        self.wake_fields();
        changed
    }

    /// A fresh identity for a row.
    pub fn fresh_row(self) -> RowId {
        RowId::from_random(ids::random_bits())
    }

    /// Takes the last step back and says where it was.
    pub fn undo(self) -> Option<Spot> {
        self.travel(How::Undone, |work| work.history.undo(&mut work.assessment).ok())
    }

    /// Does the last step that was taken back again.
    pub fn redo(self) -> Option<Spot> {
        self.travel(How::Redone, |work| work.history.redo(&mut work.assessment).ok())
    }

    /// Lets only the points that `filter` lets through be shown.
    pub fn set_filter(self, filter: Filter) {
        let matching = (!filter.is_empty())
            .then(|| Arc::new(self.look(|assessment, catalogue| matches(catalogue, assessment, &filter))));
        self.filter.set(filter);
        self.matching.set(matching);
    }

    /// Wakes the fields, so that those whose text was changed elsewhere show it.
    pub fn wake_fields(self) {
        let revision = self.with_work(|work| {
            work.revision += 1;
            work.texts = work.revision;
            work.revision
        });
        self.revision.set(revision.unwrap_or_default());
    }

    fn travel(self, how: How, step: impl FnOnce(&mut Work) -> Option<Vec<Edit>>) -> Option<Spot> {
        self.hand_over_draft();
        let mut spot = None;
        self.change(|work| {
            let edits = step(work)?;
            let point = |id: &PointId| work.catalogue.point(id).map(|(index, _)| Spot::Point(index));
            spot = edits.iter().find_map(|edit| match edit.part() {
                Part::Answer(id) => point(&id),
                Part::Evidence(row) => work.assessment.points_citing(&row).first().and_then(|id| point(id)),
                Part::School(_) => Some(Spot::Schools),
                Part::Head | Part::Figure(_) | Part::Mute(_) => None,
            });
            self.travelled.set_value(changed_cells(&edits));
            Some(Done { edits, how, typed: None })
        });
        self.wake_fields();
        spot
    }

    /// Takes up what a window that had to go has left; `None` if nothing is open.
    pub(super) fn take_up(self, name: &str, journal: &Journal) -> Option<TakenUp> {
        let (ms, at) = (clock::monotonic_ms(), clock::date_and_time());
        let taken = self.with_work(|work| work.take_up(name, journal, Moment { ms, at: &at }))?;
        if !taken.edits.is_empty() {
            self.saving_begins();
            self.wake_fields();
        }
        Some(taken)
    }

    /// Changes the open assessment, wakes what shows it and has it stored.
    /// Where it is open for reading alone, nothing happens.
    fn change<'a>(self, by: impl FnOnce(&mut Work) -> Option<Done<'a>>) -> bool {
        CHANGING.store(true, Ordering::Relaxed);
        let now = self.with_work(|work| {
            let may = work.reading.is_none();
            let changed = match may.then(|| by(work)).flatten() {
                Some(done) if !done.edits.is_empty() => {
                    work.took(&done.edits);
                    let (ms, at) = (clock::monotonic_ms(), clock::date_and_time());
                    work.log(&done.edits, done.how, done.typed, Moment { ms, at: &at });
                    work.changed_at = ms;
                    true
                }
                _ => false,
            };
            (changed, work.revision, (work.history.can_undo(), work.history.can_redo()))
        });
        CHANGING.store(false, Ordering::Relaxed);
        let Some((changed, revision, steps)) = now else { return false };
        if self.steps.get_untracked() != steps {
            self.steps.set(steps);
        }
        if changed {
            self.saving_begins();
            self.revision.set(revision);
        }
        changed
    }
}
