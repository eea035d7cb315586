//! A sheet of fields with their names at their left, as the cover is.

use super::cells::{Seen, reads_as, shown};
use super::place::plain;
use super::{About, Reader};
use crate::value::grid::Grid;
use crate::workbook::holds::Holds;
use crate::workbook::sheet::{Cell, Sheet};

impl Reader<'_> {
    pub(super) fn labels(&mut self, sheet: &Sheet, grid: &Grid) {
        for (at, row) in sheet.rows.iter().enumerate() {
            for (column, cell) in row.cells.iter().enumerate() {
                let Some(Holds::Text { place, piece: 0 }) = &cell.holds else { continue };
                let label = column.checked_sub(1).and_then(|left| row.cells.get(left)).map(shown);
                let label = label.unwrap_or_default();
                let pieces = pieces(sheet, at, column);
                match find(grid, &label, column) {
                    Some(found) => self.take_field(&place.clone(), &pieces, grid, found),
                    None => {
                        self.note(&grid.name, None, About::NoColumn(label), String::new());
                    }
                }
            }
        }
    }

    /// The text of a field whose first piece stands at this row and column.
    fn take_field(
        &mut self,
        place: &crate::assessment::place::Place,
        expected: &[&Cell],
        grid: &Grid,
        (row, column): (usize, usize),
    ) {
        let mut text = String::new();
        let mut same = true;
        let mut nth = 0;
        loop {
            let seen = Seen { grid, row: row + nth, column };
            // It goes on beneath as long as nothing is named beside it.
            let named = nth > 0 && !grid.text(row + nth, column.saturating_sub(1)).is_empty();
            let meant = expected.get(nth).map(|cell| shown(cell));
            if named || (meant.is_none() && seen.text().is_empty()) || row + nth > grid.rows.len() {
                same &= meant.is_none();
                break;
            }
            if let Some(about) = seen.doubt() {
                return self.note(&grid.name, Some(seen.row), about, seen.text().to_owned());
            }
            let meant = meant.unwrap_or_default();
            if reads_as(&meant, seen.text()) {
                text.push_str(&meant);
            } else {
                same = false;
                text.push_str(seen.text());
            }
            nth += 1;
        }
        if !same {
            self.theirs.set_text(place, &text);
        }
    }
}

/// The cells of a field: its first one and those beneath in which it goes on.
fn pieces(sheet: &Sheet, row: usize, column: usize) -> Vec<&Cell> {
    let rows = sheet.rows.iter().skip(row);
    let cells = rows.map_while(|row| row.cells.get(column)).enumerate();
    cells
        .map_while(|(nth, cell)| match &cell.holds {
            Some(Holds::Text { piece, .. }) if *piece == nth => Some(cell),
            _ => None,
        })
        .collect()
}

/// The cell right of a label: where the label stands in its own column, or else anywhere.
fn find(grid: &Grid, label: &str, column: usize) -> Option<(usize, usize)> {
    let wanted = plain(label);
    let rows = || grid.rows.iter().enumerate();
    let own = column.saturating_sub(1);
    let here = rows().find(|(_, row)| row.get(own).is_some_and(|cell| plain(cell) == wanted));
    here.map(|(row, _)| (row, column)).or_else(|| {
        rows().find_map(|(at, row)| {
            row.iter().position(|cell| plain(cell) == wanted).map(|column| (at, column + 1))
        })
    })
}
