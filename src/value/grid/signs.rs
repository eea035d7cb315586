//! What the texts of cells tell of themselves, whatever they were read from: errors of
//! formulas, and characters that could not be read.

use super::{About, Grid, Mark, Remark};
use crate::value::order::sort_by_key;

/// The errors of formulas, as every spreadsheet shows them.
const ERRORS: [&str; 9] =
    ["#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"];

/// A table whose cells have been read: blank ends cut off, and marked what its texts
/// tell.
pub(super) fn finished(mut grid: Grid) -> Grid {
    let blank = |text: &String| text.trim().is_empty();
    for row in &mut grid.rows {
        row.truncate(row.iter().rposition(|text| !blank(text)).map_or(0, |last| last + 1));
    }
    grid.rows.truncate(grid.rows.iter().rposition(|row| !row.is_empty()).map_or(0, |last| last + 1));
    told(grid)
}

/// Marks what its texts tell, and leaves blank ends as they are.
pub(super) fn told(mut grid: Grid) -> Grid {
    let mut unreadable = Vec::new();
    for (row, cells) in grid.rows.iter().enumerate() {
        for (column, text) in cells.iter().enumerate() {
            if text.starts_with('#') && ERRORS.contains(&text.as_str()) {
                grid.marks.push(Mark { row, column, about: About::Error });
            }
        }
        if cells.iter().any(|text| text.contains('\u{FFFD}')) {
            unreadable.push(row);
        }
    }
    // What the source says of a cell comes before what its text tells.
    sort_by_key(&mut grid.marks, |mark| (mark.row, mark.column));
    grid.marks.dedup_by_key(|mark| (mark.row, mark.column));
    if !unreadable.is_empty() {
        grid.remarks.push(Remark::Unreadable(unreadable));
    }
    grid
}

/// Line breaks within a cell as "\n", whichever of them the text has: those of Windows
/// and of old Macs, Word's own (U+000B), page breaks and Unicode's.
pub(super) fn with_breaks(text: &str) -> String {
    let others = ['\r', '\u{B}', '\u{C}', '\u{2028}', '\u{2029}'];
    text.replace("\r\n", "\n").replace(others, "\n")
}
