//! Rows of 学校数据 that are set one after the other: those that are there, and new ones
//! behind the last.

use crate::assessment::edit::Edit;
use crate::assessment::{Assessment, RowId};
use crate::school::School;

/// Collects the edits that set rows.
pub struct Rows<'a, F> {
    assessment: &'a Assessment,
    /// Where the next new row stands.
    place: u32,
    fresh: F,
    edits: Vec<Edit>,
}

impl<'a, F: FnMut() -> RowId> Rows<'a, F> {
    /// Nothing yet. `fresh` makes identities of new rows.
    pub fn new(assessment: &'a Assessment, fresh: F) -> Rows<'a, F> {
        Rows { assessment, place: assessment.next_school_place(), fresh, edits: Vec::new() }
    }

    /// Sets the cells of a row, or of a new one where there is none of that identity;
    /// `set` also hears whether the row is there. What changes nothing is no edit.
    pub fn set(&mut self, row: Option<&RowId>, set: impl FnOnce(&mut School, bool)) {
        if let Some((row, from)) = row.and_then(|row| Some((row, self.assessment.schools.get(row)?))) {
            self.edits.extend(changed(row, from, |school| set(school, true)));
            return;
        }
        let mut to = School { place: self.place, ..School::default() };
        set(&mut to, false);
        self.place = self.place.saturating_add(1);
        self.edits.push(Edit::SetSchool { row: (self.fresh)(), from: None, to: Some(to) });
    }

    /// The edits.
    pub fn edits(self) -> Vec<Edit> {
        self.edits
    }
}

/// The edit that sets the cells of a row that is there; `None` if that changes nothing.
pub fn changed(row: &RowId, from: &School, set: impl FnOnce(&mut School)) -> Option<Edit> {
    let mut to = from.clone();
    set(&mut to);
    (*from != to).then(|| Edit::SetSchool { row: row.clone(), from: Some(from.clone()), to: Some(to) })
}
