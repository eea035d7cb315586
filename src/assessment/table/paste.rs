//! A block of cells that is pasted over the table of schools: what it changes there.
//! Nothing of it is left out and no head is looked for, because each of its rows lies
//! over a row of its own; tables that come as a whole are for [`crate::school::intake`].

use crate::assessment::edit::Edit;
use crate::assessment::table::rows::Rows;
use crate::assessment::{Assessment, RowId};
use crate::school::Column;
use crate::value::fold::tidy;

/// The edits that put cells over `rows`, one after the other, and what is beyond them
/// into new rows; the cells lie over the columns from `first` on. A cell that is empty
/// empties the one that is there, as in a spreadsheet. `fresh` makes identities of new
/// rows.
pub fn over(
    assessment: &Assessment,
    rows: &[RowId],
    mut cells: Vec<Vec<String>>,
    first: Column,
    fresh: impl FnMut() -> RowId,
) -> Vec<Edit> {
    let width = cells.iter().map(Vec::len).max().unwrap_or_default();
    // A line without a single tab at the end of a wider block is no row of it.
    let line = |row: &Vec<String>| width > 1 && row.len() < 2 && row.concat().is_empty();
    cells.truncate(cells.iter().rposition(|row| !line(row)).map_or(0, |last| last + 1));
    let columns = || Column::ALL.into_iter().skip_while(|it| *it != first).take(width);
    let mut into = Rows::new(assessment, fresh);
    for (at, texts) in cells.iter().enumerate() {
        let row = rows.get(at).filter(|row| assessment.schools.contains_key(*row));
        // What is beyond the last row and empty makes no row.
        if row.is_none() && texts.iter().all(|text| tidy(text).is_empty()) {
            continue;
        }
        into.set(row, |school, _| {
            for (at, column) in columns().enumerate() {
                school.set(column, &column.normalised(&tidy(texts.get(at).map_or("", String::as_str))));
            }
        });
    }
    into.edits()
}

/// A CSV file with the heads of the table, for where no workbook can be made.
pub fn template() -> String {
    format!("\u{FEFF}{}\r\n", Column::ALL.map(Column::head).join(","))
}
