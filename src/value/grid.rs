//! A table from wherever it comes: a sheet of a workbook, a text, the clipboard, a
//! web page. Its cells with what is known of them. Says what stands there, as exactly
//! as its source says it, and interprets nothing: which row is a head and which cell a
//! number is for others to find.
//!
//! Every source becomes a [`Grid`], so that all that is understood of tables is
//! understood once.

pub mod decoded;
pub mod encoding;
pub mod html;
pub mod kind;
pub mod refused;
mod signs;
pub mod text;
pub mod xml2003;

use serde::{Deserialize, Serialize};

/// What a file or the clipboard holds: its tables in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Book {
    /// Who made it, as far as its content says so.
    pub origin: Origin,
    /// Its sheets, the hidden ones and the empty ones too; of a text the only table.
    pub sheets: Vec<Grid>,
}

/// Who made a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// Somebody.
    #[default]
    Foreign,
    /// This program, as a whole submission.
    Submission,
    /// This program, as the template of 学校数据.
    Template,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grid {
    /// The name of its sheet; empty where there is none.
    pub name: String,
    /// Whether its sheet is hidden, or hidden so that no menu shows it.
    pub hidden: bool,
    /// The text of every cell, at its own row and column: blank rows and cells are
    /// kept between others, those behind the last filled one are not.
    ///
    /// A number is written with all the digits that its source has of it, at most 15,
    /// without separators: "0.3". Per cent is "95%", a date "2025-03-02", a truth
    /// value "TRUE". Line breaks within a cell are "\n".
    pub rows: Vec<Vec<String>>,
    /// What is known of single cells beside their text, ascending by place.
    pub marks: Vec<Mark>,
    /// Rows that are hidden or filtered away, by position, ascending.
    pub hidden_rows: Vec<usize>,
    /// Columns that are hidden, by position, ascending.
    pub hidden_columns: Vec<usize>,
    /// Areas that are shown as one cell, whose text stands in the first.
    pub merged: Vec<Area>,
    /// What reading it has left out or repaired.
    pub remarks: Vec<Remark>,
}

/// What is known of a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Position of its row.
    pub row: usize,
    /// Position of its column.
    pub column: usize,
    /// What it is.
    pub about: About,
}

/// What can be known of a cell beside its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum About {
    /// A number that its format shows in another size, and what it shows: 12000000 as
    /// "1200万".
    Shown(String),
    /// A number kept as a part of one and shown as per cent.
    Percent,
    /// An error of a formula: its text is "#N/A" and the like.
    Error,
    /// A formula whose result was not kept; its text is empty.
    NoResult,
    /// A picture in a cell; its text is empty.
    Picture,
    /// A date or a time.
    Date,
    /// A number of more than 15 digits: the last ones are lost.
    Rounded,
    /// A cell that says it is a number and holds something else; or one whose text
    /// stands elsewhere in its file and is missing there, so that it is empty.
    Damaged,
}

/// A rectangle of cells, both corners included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// The first row.
    pub top: usize,
    /// The first column.
    pub left: usize,
    /// The last row.
    pub bottom: usize,
    /// The last column.
    pub right: usize,
}

/// What reading a table has left out or repaired.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Remark {
    /// Characters that could not be read, and the positions of the rows in which they
    /// stand; each is U+FFFD in its text.
    Unreadable(Vec<usize>),
    /// So many rows with content, more than are read: nothing of the sheet is here.
    TooManyRows(usize),
    /// At least so many columns with content, more than are read: nothing of the sheet
    /// is here.
    TooManyColumns(usize),
    /// More cells, or more widely strewn ones, than there is room for: nothing of the
    /// sheet is here.
    TooManyCells,
}

impl Grid {
    /// The text of a cell; empty where there is none.
    pub fn text(&self, row: usize, column: usize) -> &str {
        self.rows.get(row).and_then(|row| row.get(column)).map_or("", String::as_str)
    }

    /// What is known of a cell beside its text.
    pub fn about(&self, row: usize, column: usize) -> Option<&About> {
        let at = self.marks.binary_search_by_key(&(row, column), |mark| (mark.row, mark.column)).ok()?;
        self.marks.get(at).map(|mark| &mark.about)
    }

    /// How many columns its widest row has.
    pub fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or_default()
    }

    /// Whether not one cell has a text.
    pub fn is_empty(&self) -> bool {
        self.rows.iter().flatten().all(|text| text.trim().is_empty())
    }

    /// Puts a text at its place, making room for it. An empty one changes nothing.
    pub fn put(&mut self, row: usize, column: usize, text: String) {
        if text.is_empty() {
            return;
        }
        if self.rows.len() <= row {
            self.rows.resize_with(row + 1, Vec::new);
        }
        let Some(cells) = self.rows.get_mut(row) else { return };
        if cells.len() <= column {
            cells.resize_with(column + 1, String::new);
        }
        if let Some(cell) = cells.get_mut(column) {
            *cell = text;
        }
    }
}

/// The letters of a column, counted from 0: 0 is A, 26 is AA.
pub fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}
