//! A table that is being read: where its next cell stands among spans, what is hidden of
//! it, and what remains of it in the end.

use std::collections::BTreeSet;

use super::number::settled;
use super::words::Words;
use crate::value::grid::refused::{COLUMNS, PASSED, ROWS, Refused};
use crate::value::grid::signs::finished;
use crate::value::grid::{About, Area, Grid, Mark};
use crate::value::sets::set_of;

/// Columns beyond are passed over; what stands in them refuses the table.
const WIDEST: usize = 1024;

/// A table that is being read.
#[derive(Default)]
pub(super) struct Open {
    /// Its position among all tables of the text.
    pub(super) order: usize,
    pub(super) grid: Grid,
    /// What stands in its caption, while and after that is read.
    pub(super) caption: Words,
    pub(super) in_caption: bool,
    /// Whether a table within it counts for itself.
    pub(super) lays_out: bool,
    pub(super) cell: Option<Cell>,
    /// The position of the row that is read; before the first, none.
    pub(super) row: Option<usize>,
    /// The next column of that row.
    pub(super) column: usize,
    /// Up to which row, not included, each column is taken by a cell above.
    pub(super) taken: Vec<usize>,
    /// The first merged area of this part of the table.
    pub(super) part: usize,
    /// Rows without height.
    pub(super) flat: Vec<usize>,
    /// Columns without width.
    pub(super) narrow: BTreeSet<usize>,
    /// The next column that `<col>` speaks of.
    pub(super) described: usize,
    /// Rows with content.
    pub(super) filled: usize,
    pub(super) last_filled: Option<usize>,
}

/// A cell that is being read.
#[derive(Default)]
pub(super) struct Cell {
    pub(super) words: Words,
    /// What its source says of its number.
    pub(super) exact: Option<f64>,
    pub(super) is_error: bool,
    pub(super) picture: bool,
    pub(super) across: usize,
    pub(super) down: usize,
    /// Whether it has no width.
    pub(super) narrow: bool,
    /// Whether its columns are one cell and empty ones.
    pub(super) flows: bool,
    pub(super) row: usize,
    pub(super) column: usize,
}

impl Open {
    /// A `<col>`.
    pub(super) fn describe(&mut self, span: usize, narrow: bool) {
        let end = self.described.saturating_add(span).min(WIDEST);
        if narrow {
            self.narrow.extend(self.described..end);
        }
        self.described = end;
    }

    /// The edge of a part, over which no cell reaches.
    pub(super) fn part(&mut self) {
        let last = self.row.unwrap_or_default();
        for area in self.grid.merged.iter_mut().skip(self.part) {
            area.bottom = area.bottom.min(last);
        }
        self.part = self.grid.merged.len();
        self.taken.clear();
    }

    /// A `<tr>`.
    pub(super) fn begin_row(&mut self, flat: bool) -> Result<(), Refused> {
        let row = self.row.map_or(0, |row| row + 1);
        if row >= PASSED {
            return Err(Refused::TooLong);
        }
        (self.row, self.column) = (Some(row), 0);
        if flat {
            self.flat.push(row);
        }
        Ok(())
    }

    /// A `<td>`, which stands in the next free column.
    pub(super) fn begin_cell(&mut self, mut cell: Cell) -> Result<(), Refused> {
        if self.row.is_none() {
            self.begin_row(false)?;
        }
        let row = self.row.unwrap_or_default();
        while self.taken.get(self.column).is_some_and(|until| *until > row) {
            self.column += 1;
        }
        (cell.row, cell.column) = (row, self.column);
        let end = (self.column + cell.across).min(WIDEST);
        if cell.down > 1 {
            if self.taken.len() < end {
                self.taken.resize(end, 0);
            }
            for until in self.taken.get_mut(self.column..end).unwrap_or_default() {
                *until = row + cell.down;
            }
        }
        if cell.narrow && cell.across == 1 && self.column < WIDEST {
            self.narrow.insert(self.column);
        }
        if (cell.down > 1 || (cell.across > 1 && !cell.flows)) && self.column < WIDEST {
            let right = if cell.flows { self.column } else { end - 1 };
            let bottom = row + cell.down - 1;
            self.grid.merged.push(Area { top: row, left: self.column, bottom, right });
        }
        self.column = self.column.saturating_add(cell.across).min(WIDEST);
        self.cell = Some(cell);
        Ok(())
    }

    /// The end of a cell.
    pub(super) fn end_cell(&mut self) -> Result<(), Refused> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let shown = cell.words.finished();
        let (text, about) = match cell.exact {
            Some(exact) => settled(shown, exact),
            None if cell.is_error => (shown, Some(About::Error)),
            None if cell.picture && shown.is_empty() => (shown, Some(About::Picture)),
            None => (shown, None),
        };
        let (row, column) = (cell.row, cell.column);
        if !text.is_empty() && column >= COLUMNS {
            return Err(Refused::TooWide);
        }
        if !text.is_empty() && self.last_filled != Some(row) {
            self.last_filled = Some(row);
            self.filled += 1;
            if self.filled > ROWS {
                return Err(Refused::TooLong);
            }
        }
        if column < COLUMNS {
            self.grid.marks.extend(about.map(|about| Mark { row, column, about }));
        }
        self.grid.put(row, column, text);
        Ok(())
    }

    /// Whether it has two rows and two columns with content.
    pub(super) fn is_table(&self) -> bool {
        let filled = |row: &&Vec<String>| row.iter().any(|text| !text.is_empty());
        let columns = |row: &Vec<String>| row.iter().filter(|text| !text.is_empty()).count();
        let rows: Vec<&Vec<String>> = self.grid.rows.iter().filter(filled).collect();
        let first = |row: &&Vec<String>| row.iter().position(|text| !text.is_empty());
        let scattered =
            rows.windows(2).any(|pair| pair.first().and_then(first) != pair.last().and_then(first));
        rows.len() > 1 && (scattered || rows.iter().any(|row| columns(row) > 1))
    }

    /// The table as it is kept: empty rows without height and empty columns without width
    /// are gone, others of them are hidden.
    pub(super) fn finished(mut self) -> Grid {
        self.part();
        let mut grid = self.grid;
        let mut blank = vec![true; grid.width()];
        for row in &grid.rows {
            for (blank, text) in blank.iter_mut().zip(row) {
                *blank &= text.is_empty();
            }
        }
        let is_blank = |column: &usize| blank.get(*column).is_none_or(|it| *it);
        let (gone_columns, hidden_columns): (Vec<usize>, Vec<usize>) =
            self.narrow.into_iter().partition(is_blank);
        let marked: BTreeSet<usize> = set_of(grid.marks.iter().map(|mark| mark.row));
        let is_empty = |row: &usize| {
            let cells = grid.rows.get(*row);
            !marked.contains(row) && cells.is_none_or(|it| it.iter().all(String::is_empty))
        };
        let (gone_rows, hidden_rows): (Vec<usize>, Vec<usize>) = self.flat.into_iter().partition(is_empty);
        let row = |at: usize| at - gone_rows.partition_point(|it| *it < at);
        let column = |at: usize| at - gone_columns.partition_point(|it| *it < at);
        for mark in &mut grid.marks {
            (mark.row, mark.column) = (row(mark.row), column(mark.column));
        }
        let remaining = |area: &Area| {
            let (top, left) = (row(area.top), column(area.left));
            // Counted from behind the area, so that what is gone takes away itself alone.
            let bottom = row(area.bottom + 1).checked_sub(1).filter(|it| *it >= top)?;
            let right = column(area.right + 1).checked_sub(1).filter(|it| *it >= left)?;
            (bottom > top || right > left).then_some(Area { top, left, bottom, right })
        };
        grid.merged = grid.merged.iter().filter_map(remaining).collect();
        grid.hidden_rows = hidden_rows.into_iter().map(row).collect();
        grid.hidden_columns = hidden_columns.into_iter().map(column).collect();
        grid.rows = without(grid.rows, &gone_rows);
        if !gone_columns.is_empty() {
            grid.rows = grid.rows.into_iter().map(|cells| without(cells, &gone_columns)).collect();
        }
        finished(grid)
    }
}

/// What remains of a list without the items at these positions, which ascend.
fn without<T>(items: Vec<T>, gone: &[usize]) -> Vec<T> {
    let kept = items.into_iter().enumerate().filter(|(at, _)| gone.binary_search(at).is_err());
    kept.map(|(_, item)| item).collect()
}
