//! What a sheet consists of. Plain data: says nothing about how bytes are made
//! of it, and every width and height is a whole number.

use std::fmt;

use crate::value::grid::letters;
use crate::value::number::Number;
use crate::value::points::Points;

use super::digits::Digits;
use super::holds::Holds;
pub use super::quantity::{Float, Quantity};

/// A sheet of the workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The text of its tab.
    pub name: String,
    /// Whether no menu of Excel offers to show it ("very hidden").
    pub very_hidden: bool,
    /// Its columns from A; the hidden ones come last.
    pub columns: Vec<Column>,
    /// Columns in which digits that are typed stay a text: "0110" keeps its 0.
    pub text_columns: Vec<usize>,
    /// Its rows from 1; a row has a cell for each of the first columns.
    pub rows: Vec<Row>,
    /// Areas that are shown as one cell; none is a single cell and none overlap.
    pub merges: Vec<Area>,
    /// What Excel lets people type where.
    pub validations: Vec<Validation>,
    /// How many rows at the top stay in sight.
    pub frozen: u32,
    /// How many columns at the left stay in sight.
    pub frozen_columns: u16,
    /// How it is printed; `None` for sheets that nobody sees.
    pub page: Option<Page>,
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Width in half-width characters.
    pub width: u32,
    /// Whether it is hidden.
    pub hidden: bool,
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Height in tenths of a point (1/72 inch); `None` leaves it to the reader.
    pub height: Option<u32>,
    /// Its cells from column A.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// What stands in it.
    pub content: Content,
    /// How it looks.
    pub style: Style,
    /// What of the assessment stands in it.
    pub holds: Option<Holds>,
}

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Content {
    /// Nothing.
    #[default]
    Blank,
    /// A text, whatever it looks like. Never empty, at most 32,767 UTF-16 units.
    Text(String),
    /// A number.
    Number(Quantity),
    /// A formula without its equals sign, and what it gives.
    Formula {
        /// In Excel's English notation.
        formula: String,
        /// The result, for readers that do not compute.
        value: Value,
    },
}

/// What a formula gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number.
    Quantity(Quantity),
    /// A text: never empty, and never one that reads as a number.
    Text(String),
}

/// How a cell looks: what it is, where lines are drawn around it, and how its
/// number is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Style {
    /// What it is.
    pub role: Role,
    /// Where lines are drawn.
    pub edges: Edges,
    /// How its number is shown.
    pub digits: Digits,
}

/// What a cell is, as far as its look goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Data that nobody looks at.
    #[default]
    Plain,
    /// The title of the cover.
    Title,
    /// The title of any other sheet.
    Heading,
    /// A line under the title.
    Caption,
    /// 示例，非真实填报.
    Warning,
    /// The head of a column.
    Header,
    /// A group's name beside the first of its points.
    Group,
    /// The same beside the others, so that every page shows it.
    GroupAgain,
    /// Running text.
    Body,
    /// A short text or a number, centred.
    Centre,
    /// A score that does not count.
    Uncounted,
    /// A sum, or the name of one.
    Sum,
    /// The name of a sum in a list of them.
    SumName,
    /// The name of a part of the cover.
    Section,
    /// 指标体系 under the titles of the cover.
    Subtitle,
    /// The name of a field on the cover.
    Label,
    /// The value of a field on the cover.
    Value,
}

/// Where lines are drawn around a cell. A text that continues in the row
/// beneath has a faint line between its parts, which closes the table where a page
/// ends there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edges {
    /// Nowhere.
    #[default]
    None,
    /// On all sides.
    All,
    /// Faint beneath.
    Top,
    /// Faint above and beneath.
    Middle,
    /// Faint above.
    Bottom,
}

/// A rectangle of cells, both corners included, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Area {
    pub first_row: u32,
    pub first_column: usize,
    pub last_row: u32,
    pub last_column: usize,
}

/// What Excel lets people type into cells beneath each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Validation {
    /// The first and the last row from 0.
    pub rows: (u32, u32),
    /// Column from 0.
    pub column: usize,
    /// What is typed there, at most 32 characters.
    pub name: &'static str,
    /// The rule.
    pub rule: Allowed,
}

/// A rule for what is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// One of these words.
    OneOf(Vec<String>),
    /// A decimal number from 0 to this.
    UpTo(Points),
    /// A number from 0.
    FromZero {
        /// Whether it has to be whole.
        whole: bool,
    },
    /// Nothing: what stands there is not answered.
    Nothing,
}

/// How a sheet is printed: on A4.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Whether the long side lies at the bottom.
    pub landscape: bool,
    /// How many pages it is wide.
    pub wide: u16,
    /// The row that is printed on top of each page, from 0.
    pub repeated_row: Option<u32>,
    /// What stands above each page; empty for nothing.
    pub header: String,
    /// What stands beneath each page, left of the page number.
    pub footer: String,
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Quantity(quantity) => quantity.fmt(f),
            Value::Text(text) => f.write_str(text),
        }
    }
}

impl From<Quantity> for Value {
    fn from(quantity: Quantity) -> Value {
        Value::Quantity(quantity)
    }
}

impl From<Points> for Value {
    fn from(points: Points) -> Value {
        Value::Quantity(points.into())
    }
}

impl From<Number> for Value {
    fn from(number: Number) -> Value {
        Value::Quantity(number.into())
    }
}

impl From<f64> for Value {
    fn from(float: f64) -> Value {
        Value::Quantity(float.into())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

/// A whole number as a value of cells.
pub fn whole(count: usize) -> Points {
    Points::from_hundredths(i64::try_from(count).unwrap_or(i64::MAX / 100).saturating_mul(100))
}

/// The address of a cell, row and column counted from 0: (3, 8) is I4.
pub fn address(row: u32, column: usize) -> String {
    format!("{}{}", letters(column), row + 1)
}

/// The address of a cell that stays the same wherever the formula is copied to:
/// (3, 8) is $I$4.
pub fn fixed(row: u32, column: usize) -> String {
    format!("${}${}", letters(column), row + 1)
}

/// As [`span`], and stays the same wherever the formula is copied to.
pub fn fixed_span(rows: (u32, u32), column: usize) -> String {
    format!("{}:{}", fixed(rows.0, column), fixed(rows.1, column))
}

/// The address of cells beneath each other, both ends included.
pub fn span(rows: (u32, u32), column: usize) -> String {
    format!("{}:{}", address(rows.0, column), address(rows.1, column))
}
