//! A sheet as its cells come in, whatever the kind of its file, within limits: only
//! cells in which something can be seen count, and room is made for nothing else.
//! What goes beyond a limit leaves its sheet out, with a remark, and no other.

use crate::value::grid::{About, Area, Grid, Mark, Remark};
use crate::value::order::sort_by_key;

/// So many sheets are read of a workbook at most.
pub(super) const SHEETS: usize = 1_000;
/// So many rows with content are read of a sheet at most.
pub(super) const ROWS: usize = 20_000;
/// So many columns with content are read of a sheet at most.
pub(super) const COLUMNS: usize = 256;
/// So many rows and columns has a sheet at most.
pub(super) const SIZE: (usize, usize) = (1_048_576, 16_384);

/// What may still be kept of all sheets together.
pub(super) struct Room {
    /// Bytes of text.
    text: usize,
    /// Cells and rows, blank ones between others too, marks and areas.
    places: usize,
}

impl Default for Room {
    fn default() -> Room {
        Room { text: 32 << 20, places: 3_000_000 }
    }
}

/// What a cell is found to hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Content {
    /// Its text.
    pub text: String,
    /// What else is known of it.
    pub about: Option<About>,
}

impl Content {
    /// A text and nothing else.
    pub fn text(text: String) -> Content {
        Content { text, about: None }
    }

    /// A text of which something is known.
    pub fn about(text: String, about: About) -> Content {
        Content { text, about: Some(about) }
    }
}

/// A sheet that is being read.
pub(super) struct Sheet<'r> {
    grid: Grid,
    room: &'r mut Room,
    /// What of the room is used by this sheet.
    used: (usize, usize),
    rows: usize,
    last_row: Option<usize>,
    columns: Vec<bool>,
    filled_columns: usize,
    hidden_columns: Vec<(usize, usize)>,
    hidden_rows: Vec<(usize, usize)>,
    /// Whether rows are hidden that nothing is said of, and the rows of which
    /// something is.
    others_hidden: bool,
    listed: Vec<usize>,
    full: bool,
}

impl<'r> Sheet<'r> {
    /// Nothing of it yet.
    pub fn new(name: String, hidden: bool, room: &'r mut Room) -> Sheet<'r> {
        Sheet {
            grid: Grid { name, hidden, ..Grid::default() },
            room,
            used: (0, 0),
            rows: 0,
            last_row: None,
            columns: Vec::new(),
            filled_columns: 0,
            hidden_columns: Vec::new(),
            hidden_rows: Vec::new(),
            others_hidden: false,
            listed: Vec::new(),
            full: false,
        }
    }

    /// Puts what a cell holds at its place.
    pub fn put(&mut self, row: usize, column: usize, content: Content) {
        let Content { text, about } = content;
        let text = if is_blank(&text) { String::new() } else { lines(text) };
        if text.is_empty() && about.is_none() {
            return;
        }
        if row >= SIZE.0 || column >= SIZE.1 {
            return self.full = true;
        }
        if !text.is_empty() {
            self.count(row, column);
            if self.is_over() {
                return self.let_go();
            }
            let filled = self.grid.rows.get(row).map_or(0, Vec::len);
            let more = (row + 1).saturating_sub(self.grid.rows.len()) + (column + 1).saturating_sub(filled);
            if !self.take(text.len(), more) {
                return;
            }
            self.grid.put(row, column, text);
        }
        if let Some(about) = about
            && self.take(0, 1)
        {
            self.grid.marks.push(Mark { row, column, about });
        }
    }

    /// Says of a row whether it is hidden.
    pub fn row(&mut self, row: usize, hidden: bool) {
        if hidden {
            self.hide_rows(row, row.saturating_add(1));
        }
        if self.others_hidden && self.take(0, 1) {
            self.listed.push(row);
        }
    }

    /// Says that rows are hidden, the last one not included.
    pub fn hide_rows(&mut self, first: usize, last: usize) {
        if let Some((_, end)) = self.hidden_rows.last_mut()
            && *end == first
        {
            *end = last;
        } else if self.take(0, 1) {
            self.hidden_rows.push((first, last));
        }
    }

    /// Says, before any row comes, that rows are hidden of which nothing else is said.
    pub fn hide_others(&mut self) {
        self.others_hidden = true;
    }

    /// Says that columns are hidden, both named ones included.
    pub fn hide_columns(&mut self, first: usize, last: usize) {
        if self.take(0, 1) {
            self.hidden_columns.push((first, last));
        }
    }

    /// Says that cells are shown as one.
    pub fn merge(&mut self, area: Area) {
        let is_one = area.top == area.bottom && area.left == area.right;
        if !is_one && area.bottom < SIZE.0 && area.right < SIZE.1 && self.take(0, 1) {
            self.grid.merged.push(area);
        }
    }

    /// Whether nothing more of it is kept.
    pub fn is_full(&self) -> bool {
        self.full
    }

    /// Counts rows with content of which nothing is kept.
    pub fn more_rows(&mut self, count: usize) {
        self.rows = self.rows.saturating_add(count);
    }

    /// The sheet, with what was left out of it.
    pub fn finish(mut self) -> Grid {
        let columns = self.filled_columns;
        let over = match () {
            () if self.rows > ROWS => Some(Remark::TooManyRows(self.rows)),
            () if columns > COLUMNS => Some(Remark::TooManyColumns(columns)),
            () if self.full => Some(Remark::TooManyCells),
            () => None,
        };
        if let Some(remark) = over {
            self.let_go();
            return Grid {
                name: self.grid.name,
                hidden: self.grid.hidden,
                remarks: vec![remark],
                ..Grid::default()
            };
        }
        let (height, width) = (self.grid.rows.len(), self.grid.width());
        let mut grid = self.grid;
        sort_by_key(&mut grid.marks, |mark| (mark.row, mark.column));
        grid.marks.dedup_by_key(|mark| (mark.row, mark.column));
        let mut hidden = vec![self.others_hidden; height];
        for row in self.listed {
            if let Some(hidden) = hidden.get_mut(row) {
                *hidden = false;
            }
        }
        for (first, last) in self.hidden_rows {
            hidden.iter_mut().take(last).skip(first).for_each(|row| *row = true);
        }
        grid.hidden_rows = (0..height).filter(|row| hidden.get(*row) == Some(&true)).collect();
        let mut hidden = vec![false; width];
        for (first, last) in self.hidden_columns {
            let columns = hidden.iter_mut().take(last.saturating_add(1)).skip(first);
            columns.for_each(|column| *column = true);
        }
        grid.hidden_columns = (0..width).filter(|column| hidden.get(*column) == Some(&true)).collect();
        grid.merged.retain(|area| area.top < height && area.left < width);
        grid
    }

    fn count(&mut self, row: usize, column: usize) {
        if self.last_row != Some(row) {
            self.last_row = Some(row);
            if self.full || self.grid.rows.get(row).is_none_or(Vec::is_empty) {
                self.rows += 1;
            }
        }
        if self.columns.len() <= column {
            self.columns.resize(column + 1, false);
        }
        if let Some(is) = self.columns.get_mut(column)
            && !*is
        {
            *is = true;
            self.filled_columns += 1;
        }
    }

    fn is_over(&self) -> bool {
        self.full || self.rows > ROWS || self.filled_columns > COLUMNS
    }

    /// Uses room if there is enough; otherwise nothing more of the sheet is kept.
    fn take(&mut self, text: usize, places: usize) -> bool {
        if self.full {
            return false;
        }
        let left = (self.room.text.checked_sub(text), self.room.places.checked_sub(places));
        let (Some(left_text), Some(left_places)) = left else {
            self.let_go();
            return false;
        };
        (self.room.text, self.room.places) = (left_text, left_places);
        self.used = (self.used.0 + text, self.used.1 + places);
        true
    }

    /// Gives up what was kept, so that other sheets have its room.
    fn let_go(&mut self) {
        self.full = true;
        self.room.text += self.used.0;
        self.room.places += self.used.1;
        self.used = (0, 0);
        self.grid.rows = Vec::new();
        self.grid.marks = Vec::new();
        self.grid.merged = Vec::new();
        self.hidden_columns = Vec::new();
        self.hidden_rows = Vec::new();
        self.listed = Vec::new();
    }
}

/// Whether nothing of a text can be seen.
fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}'))
}

/// The text with one sort of line break. A carriage return that nothing follows is
/// what is left of the break between two lines of a database, and breaks nothing.
fn lines(text: String) -> String {
    let text = text.strip_suffix('\r').map(str::to_owned).unwrap_or(text);
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}
