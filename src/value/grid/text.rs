//! A table in a plain text: CSV and other text files, and what spreadsheets put on the
//! clipboard.
//!
//! A quote that is never closed stands for itself and swallows nothing, as people type
//! it and as Excel copies it. What cells hold is left as it is, `="0012"` and a leading
//! `'` included.

mod aligned;
mod separator;

use super::Grid;
use super::signs::{finished, told, with_breaks};

/// The table of a text whose separators are found by looking at it: tabs, `;`, `|`,
/// commas, full-width ones, columns of blanks, or what a first line `sep=` says. Without
/// any of them it has one column.
pub fn from_text(text: &str) -> Grid {
    let (said, text) = separator::said(without_mark(text));
    let rows = match said.or_else(|| separator::found(text)) {
        Some(separator) => split(text, separator),
        None => aligned::columns(text).unwrap_or_else(|| split(text, '\t')),
    };
    finished(Grid { rows, ..Grid::default() })
}

/// What a spreadsheet has copied: tabs between cells, a line for every row. Blank cells
/// at the end of a row and blank rows at the end are kept, because they empty what they
/// are pasted over.
///
/// Without a tab it is one column: whether somebody has copied values between commas is
/// for a caller to tell who knows the heads, see [`from_text`].
pub fn from_clipboard(text: &str) -> Grid {
    told(Grid { rows: split(without_mark(text), '\t'), ..Grid::default() })
}

fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{FEFF}').unwrap_or(text)
}

/// Rows of cells; a cell between quotes may hold separators, line breaks and doubled
/// quotes.
fn split(text: &str, separator: char) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut rest = text;
    // Whether a quote may still be closed further down.
    let mut quotes = true;
    while !rest.is_empty() {
        let quoted = rest.strip_prefix('"').filter(|_| quotes).and_then(|inner| {
            let end = closing_quote(inner, separator);
            quotes = end != Close::Nowhere;
            if let Close::At(end) = end { Some((inner.get(..end)?, inner.get(end + 1..)?)) } else { None }
        });
        let (cell, behind) = match quoted {
            Some((cell, behind)) => (with_breaks(&cell.replace("\"\"", "\"")), behind),
            None => {
                let end = rest.find([separator, '\r', '\n']).unwrap_or(rest.len());
                let (cell, behind) = rest.split_at(end);
                (with_breaks(cell), behind)
            }
        };
        row.push(cell);
        if let Some(behind) = behind.strip_prefix(separator) {
            rest = behind;
            if rest.is_empty() {
                row.push(String::new());
            }
            continue;
        }
        rows.push(std::mem::take(&mut row));
        rest = behind.strip_prefix("\r\n").or_else(|| behind.strip_prefix(['\r', '\n'])).unwrap_or(behind);
    }
    if !row.is_empty() {
        rows.push(row);
    }
    rows
}

#[derive(PartialEq, Eq)]
enum Close {
    /// At this byte.
    At(usize),
    /// A quote comes that is followed by neither a separator nor a line's end.
    Not,
    /// No quote comes any more.
    Nowhere,
}

/// Where a quoted cell ends whose first character is that of `inner`.
fn closing_quote(inner: &str, separator: char) -> Close {
    let mut from = 0;
    while let Some(found) = inner.get(from..).and_then(|rest| rest.find('"')) {
        let at = from + found;
        match inner.get(at + 1..).and_then(|rest| rest.chars().next()) {
            Some('"') => from = at + 2,
            None | Some('\r' | '\n') => return Close::At(at),
            Some(next) if next == separator => return Close::At(at),
            Some(_) => return Close::Not,
        }
    }
    Close::Nowhere
}
