//! Undo and redo. A step is one field's editing run (until a pause of
//! [`RUN_PAUSE_MS`] or leaving the field), a row added or removed, or a batch.
//! Keeps changes, never copies of the assessment.

use crate::assessment::Assessment;
use crate::assessment::edit::{Edit, Mismatch};
use crate::assessment::place::Place;

/// A pause of this many milliseconds ends an editing run.
pub const RUN_PAUSE_MS: f64 = 2_000.0;

/// So many steps can be taken back at least; older ones are forgotten.
pub const STEPS_KEPT: usize = 1_000;

/// What can be taken back and what can be done again.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
    run: Option<Run>,
}

#[derive(Clone, Debug)]
struct Step {
    edits: Vec<Edit>,
}

/// The editing run that the last step may still be.
#[derive(Clone, Debug)]
struct Run {
    place: Place,
    last_ms: f64,
}

impl History {
    /// Nothing done yet.
    pub fn new() -> History {
        History::default()
    }

    /// Whether [`History::undo`] would do something.
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether [`History::redo`] would do something.
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// How many steps can be taken back.
    pub fn len(&self) -> usize {
        self.done.len()
    }

    /// Whether no step can be taken back.
    pub fn is_empty(&self) -> bool {
        self.done.is_empty()
    }

    /// Remembers edits that were applied as one step. With `typed_at` they are
    /// keystrokes in that place at that moment (milliseconds, any origin) and
    /// join the run that is going on there.
    pub fn remember(&mut self, edits: Vec<Edit>, typed_at: Option<(&Place, f64)>) {
        if edits.is_empty() {
            return;
        }
        self.undone.clear();
        let goes_on = match (&self.run, typed_at) {
            (Some(run), Some((place, now_ms))) => {
                run.place == *place && now_ms - run.last_ms < RUN_PAUSE_MS && now_ms >= run.last_ms
            }
            _ => false,
        };
        self.run = typed_at.map(|(place, now_ms)| Run { place: place.clone(), last_ms: now_ms });
        match self.done.last_mut() {
            Some(step) if goes_on => edits.into_iter().for_each(|edit| join(&mut step.edits, edit)),
            _ => self.done.push(Step { edits }),
        }
        if self.done.len() > STEPS_KEPT {
            self.done.remove(0);
        }
    }

    /// Ends the editing run: what is typed next is a step of its own.
    pub fn end_run(&mut self) {
        self.run = None;
    }

    /// Takes the last step back and says what was changed, in the order of change.
    ///
    /// # Errors
    /// [`Mismatch`] if the assessment is not the one that the step was made
    /// on; nothing is changed then, and the history is as it was.
    pub fn undo(&mut self, assessment: &mut Assessment) -> Result<Vec<Edit>, Mismatch> {
        self.run = None;
        let Some(step) = self.done.pop() else { return Ok(Vec::new()) };
        let inverse: Vec<Edit> = step.edits.iter().rev().cloned().map(Edit::invert).collect();
        match apply_all(assessment, &inverse) {
            Ok(()) => {
                self.undone.push(step);
                Ok(inverse)
            }
            Err(mismatch) => {
                self.done.push(step);
                Err(mismatch)
            }
        }
    }

    /// Does the step that was last taken back again.
    ///
    /// # Errors
    /// As for [`History::undo`].
    pub fn redo(&mut self, assessment: &mut Assessment) -> Result<Vec<Edit>, Mismatch> {
        self.run = None;
        let Some(step) = self.undone.pop() else { return Ok(Vec::new()) };
        match apply_all(assessment, &step.edits) {
            Ok(()) => {
                let edits = step.edits.clone();
                self.done.push(step);
                Ok(edits)
            }
            Err(mismatch) => {
                self.undone.push(step);
                Err(mismatch)
            }
        }
    }
}

/// Applies edits in order, all or none.
///
/// # Errors
/// [`Mismatch`] if one does not fit; those before it are taken back.
pub fn apply_all(assessment: &mut Assessment, edits: &[Edit]) -> Result<(), Mismatch> {
    for (count, edit) in edits.iter().enumerate() {
        if let Err(mismatch) = assessment.apply(edit) {
            for done in edits.iter().take(count).rev() {
                // What was just applied can be taken back.
                let _ = assessment.apply(&done.clone().invert());
            }
            return Err(mismatch);
        }
    }
    Ok(())
}

/// Adds a keystroke to a run: typed behind the last one it becomes part of it.
fn join(edits: &mut Vec<Edit>, next: Edit) {
    if let (
        Some(Edit::Splice { place, offset, inserted, .. }),
        Edit::Splice {
            place: next_place,
            offset: next_offset,
            removed: next_removed,
            inserted: next_inserted,
        },
    ) = (edits.last_mut(), &next)
        && place == next_place
        && next_removed.is_empty()
        && *next_offset == *offset + inserted.len()
    {
        inserted.push_str(next_inserted);
        return;
    }
    edits.push(next);
}
