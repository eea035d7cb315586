//! Workbooks in the XML of Excel 2003 (SpreadsheetML), which web systems save as .xls:
//! every sheet with its name, its numbers exactly as they are kept. Takes its elements by
//! their names and ignores their prefixes.

use std::collections::{BTreeMap, BTreeSet};

use super::html::entity::decoded;
use super::html::number::decimal;
use super::html::token::{Tag, Token, Tokens};
use super::refused::{COLUMNS, PASSED, ROWS, Refused};
use super::signs::{finished, with_breaks};
use super::{About, Area, Grid, Mark};

/// Whether the first element of a text is a workbook.
pub fn is_workbook(text: &str) -> bool {
    let first = Tokens::of(text.trim_start_matches('\u{FEFF}').trim_start()).find(|token| match token {
        Token::Text(text) => !text.trim().is_empty(),
        _ => true,
    });
    matches!(first, Some(Token::Open(tag)) if local(&tag.name) == "workbook")
}

/// The sheets of a workbook, the empty ones too.
///
/// # Errors
/// A workbook without a sheet, and one with a sheet that is too large.
pub fn sheets(text: &str) -> Result<Vec<Grid>, Refused> {
    let mut reader = Reader::default();
    for token in Tokens::of(text) {
        match token {
            Token::Text(text) => reader.text(&decoded(text)),
            Token::Raw(text) => reader.text(text),
            Token::Open(tag) => reader.open(&tag)?,
            Token::Close(name) => reader.close(local(&name))?,
        }
    }
    reader.end_sheet();
    if reader.sheets.is_empty() { Err(Refused::NoTable) } else { Ok(reader.sheets) }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Adds positions behind those that are there already.
fn extend(places: &mut Vec<usize>, from: usize, end: usize) {
    let from = places.last().map_or(from, |last| from.max(last + 1));
    places.extend(from..end);
}

#[derive(Default)]
struct Reader {
    sheets: Vec<Grid>,
    sheet: Option<Grid>,
    /// The style that is described, and those that show per cent.
    style: String,
    percent: BTreeSet<String>,
    /// The next row and column, and the next one that `<Column>` speaks of.
    row: usize,
    column: usize,
    described: usize,
    filled: usize,
    cell: Option<Cell>,
    /// Within a comment of a cell.
    comment: bool,
    /// Within `<Data>` of a cell, or `<Visible>` of a sheet.
    data: bool,
    visible: bool,
}

#[derive(Default)]
struct Cell {
    row: usize,
    column: usize,
    text: String,
    kind: String,
    formula: bool,
    has_data: bool,
    percent: bool,
}

impl Reader {
    fn open(&mut self, tag: &Tag<'_>) -> Result<(), Refused> {
        let attributes: BTreeMap<String, String> = tag
            .attributes()
            .into_iter()
            .map(|(name, value)| (local(&name).to_owned(), value.into_owned()))
            .collect();
        let text = |name: &str| attributes.get(name).map(String::as_str).unwrap_or_default();
        let number = |name: &str| text(name).parse::<usize>().ok();
        let hidden = || matches!(text("hidden"), "1" | "true");
        match local(&tag.name) {
            "style" => text("id").clone_into(&mut self.style),
            "numberformat" if text("format").contains('%') || text("format") == "Percent" => {
                self.percent.insert(self.style.clone());
            }
            "worksheet" => {
                self.end_sheet();
                self.sheet = Some(Grid { name: text("name").to_owned(), ..Grid::default() });
                (self.row, self.column, self.described, self.filled) = (0, 0, 0, 0);
            }
            "column" => {
                let from = number("index").map_or(self.described, |index| index.saturating_sub(1));
                let end = from.saturating_add(1).saturating_add(number("span").unwrap_or_default());
                self.described = end;
                if let Some(sheet) = self.sheet.as_mut().filter(|_| hidden()) {
                    extend(&mut sheet.hidden_columns, from, end.min(COLUMNS));
                }
            }
            "row" => {
                self.row = number("index").map_or(self.row, |index| index.saturating_sub(1));
                self.column = 0;
                let span = number("span").unwrap_or_default();
                if let Some(sheet) = self.sheet.as_mut().filter(|_| hidden() || text("height") == "0") {
                    let end = self.row.saturating_add(1).saturating_add(span).min(PASSED);
                    extend(&mut sheet.hidden_rows, self.row, end);
                }
                self.row = self.row.saturating_add(span);
                if tag.empty {
                    self.row = self.row.saturating_add(1);
                }
            }
            "cell" => {
                self.end_cell()?;
                let (row, percent) = (self.row, self.percent.contains(text("styleid")));
                let column = number("index").map_or(self.column, |index| index.saturating_sub(1));
                let across = number("mergeacross").unwrap_or_default().min(PASSED);
                let down = number("mergedown").unwrap_or_default().min(PASSED);
                self.column = column.saturating_add(1).saturating_add(across);
                if let Some(sheet) = self.sheet.as_mut().filter(|_| across > 0 || down > 0) {
                    let (bottom, right) = (row.saturating_add(down), column.saturating_add(across));
                    sheet.merged.push(Area { top: row, left: column, bottom, right });
                }
                let formula = attributes.contains_key("formula");
                self.cell = Some(Cell { row, column, formula, percent, ..Cell::default() });
                if tag.empty {
                    self.end_cell()?;
                }
            }
            "comment" => self.comment = !tag.empty,
            "visible" => self.visible = !tag.empty,
            "data" if !self.comment => {
                if let Some(cell) = &mut self.cell {
                    text("type").clone_into(&mut cell.kind);
                    cell.has_data = true;
                    self.data = !tag.empty;
                }
            }
            "br" if self.data => self.text("\n"),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.data
            && let Some(cell) = &mut self.cell
        {
            cell.text.push_str(text);
        }
        if self.visible
            && let Some(sheet) = &mut self.sheet
        {
            sheet.hidden |= matches!(text.trim(), "SheetHidden" | "SheetVeryHidden");
        }
    }

    fn close(&mut self, name: &str) -> Result<(), Refused> {
        match name {
            "worksheet" => self.end_sheet(),
            "row" => {
                self.end_cell()?;
                self.row = self.row.saturating_add(1);
            }
            "cell" => self.end_cell()?,
            "comment" => self.comment = false,
            "data" => self.data = false,
            "visible" => self.visible = false,
            _ => {}
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Refused> {
        (self.data, self.comment) = (false, false);
        let (Some(cell), Some(sheet)) = (self.cell.take(), self.sheet.as_mut()) else { return Ok(()) };
        let (row, column) = (cell.row, cell.column);
        let (text, about) = cell.settled();
        if text.is_empty() && about.is_none() {
            return Ok(());
        }
        if column >= COLUMNS {
            return Err(Refused::TooWide);
        }
        // Rows come in their order, but for a file that says otherwise.
        if row >= sheet.rows.len() {
            self.filled += 1;
        }
        if row >= PASSED || self.filled > ROWS {
            return Err(Refused::TooLong);
        }
        sheet.marks.extend(about.map(|about| Mark { row, column, about }));
        sheet.put(row, column, text);
        Ok(())
    }

    fn end_sheet(&mut self) {
        self.data = false;
        self.visible = false;
        self.cell = None;
        let Some(sheet) = self.sheet.take() else { return };
        let mut sheet = finished(sheet);
        let (length, width) = (sheet.rows.len(), sheet.width());
        sheet.hidden_rows.retain(|row| *row < length);
        sheet.hidden_columns.retain(|column| *column < width);
        self.sheets.push(sheet);
    }
}

impl Cell {
    fn settled(self) -> (String, Option<About>) {
        let text = with_breaks(&self.text);
        match self.kind.as_str() {
            "Number" => match text.trim().parse::<f64>() {
                Ok(number) if number.is_finite() && self.percent => {
                    (format!("{}%", decimal(number * 100.0)), Some(About::Percent))
                }
                Ok(number) if number.is_finite() => {
                    (decimal(number), (number.abs() >= 1e15).then_some(About::Rounded))
                }
                _ => (text, Some(About::Damaged)),
            },
            "DateTime" => {
                let text = text.trim();
                let text = text.split('.').next().unwrap_or(text).replace('T', " ");
                let day = text.strip_suffix(" 00:00:00").map(str::to_owned);
                (day.unwrap_or(text), Some(About::Date))
            }
            "Boolean" => (if text.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(), None),
            "Error" => (text, Some(About::Error)),
            _ if self.formula && !self.has_data => (text, Some(About::NoResult)),
            _ => (text, None),
        }
    }
}
