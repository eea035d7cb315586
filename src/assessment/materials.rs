//! 佐证材料 that come several at a time, as rows that were copied elsewhere.

use crate::assessment::edit::Edit;
use crate::assessment::history::apply_all;
use crate::assessment::place::{EvidenceField, Place};
use crate::assessment::{Assessment, RowId};
use crate::catalogue::PointId;
use crate::value::fold::tidy;
use crate::value::text;

impl Assessment {
    /// The changes of pasting rows of cells at the `field` of a material of a point.
    /// The first row goes into that material where its fields are still empty, each
    /// other one becomes a material behind the last; nothing that is there is
    /// overwritten. A first row of the fields' own names says which column is which.
    pub fn pasting_materials(
        &self,
        point: &PointId,
        (row, field): (&RowId, EvidenceField),
        cells: &[Vec<String>],
        mut fresh: impl FnMut() -> RowId,
    ) -> Vec<Edit> {
        let (fields, cells) = match cells.split_first().and_then(|(first, rest)| Some((heads(first)?, rest)))
        {
            Some(found) => found,
            None => (EvidenceField::ALL.into_iter().skip_while(|it| *it != field).map(Some).collect(), cells),
        };
        let mut state = self.clone();
        let mut edits = Vec::new();
        let mut place = Some(row.clone());
        for cells in cells.iter().filter(|row| row.iter().any(|cell| !tidy(cell).is_empty())) {
            let texts: Vec<(EvidenceField, String)> =
                fields.iter().zip(cells).filter_map(|(field, cell)| Some(((*field)?, tidy(cell)))).collect();
            let free = place.take().filter(|row| {
                texts.iter().all(|(field, _)| state.text(&Place::Evidence(row.clone(), *field)).is_empty())
            });
            let row = match free {
                Some(row) => row,
                None => {
                    let row = fresh();
                    let adding = state.adding_evidence(point, row.clone());
                    take(&mut state, &mut edits, adding);
                    row
                }
            };
            for (field, cell) in texts {
                let place = Place::Evidence(row.clone(), field);
                let clean = text::cleaned(&cell).map_or(cell, |(clean, _)| clean);
                let text = field.kept(&clean).unwrap_or(clean);
                let typing = state.typing(&place, &text);
                take(&mut state, &mut edits, typing);
            }
        }
        edits
    }
}

impl EvidenceField {
    /// A text of this field in the form in which it is kept.
    ///
    /// # Errors
    /// Says why it is refused; it stays as it was typed then.
    pub fn kept(self, clean: &str) -> Result<String, String> {
        match self {
            EvidenceField::FormedOn => text::partial_date(clean).map_err(|error| error.to_string()),
            EvidenceField::Pages => text::pages(clean).map_err(str::to_owned),
            _ => Ok(clean.to_owned()),
        }
    }
}

/// The fields that a row of heads names, by column; `None` if it is no such row.
fn heads(cells: &[String]) -> Option<Vec<Option<EvidenceField>>> {
    let named = |cell: &String| EvidenceField::ALL.into_iter().find(|field| field.label() == tidy(cell));
    let fields: Vec<_> = cells.iter().map(named).collect();
    (fields.iter().flatten().count() > 1).then_some(fields)
}

fn take(state: &mut Assessment, edits: &mut Vec<Edit>, next: Vec<Edit>) {
    // What was proposed on this very state can be applied to it.
    if apply_all(state, &next).is_ok() {
        edits.extend(next);
    }
}
