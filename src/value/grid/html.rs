//! Tables in markup: what Word, Excel, WPS, LibreOffice and web pages put on the
//! clipboard as HTML, and web pages that are saved as .xls. One tolerant reader for all
//! of them: it looks at elements, spans and the few words of a style that change what a
//! table holds, lays nothing out, loads nothing and runs nothing.
//!
//! Where fragments begin and end is ignored, because Excel puts those marks inside its
//! tables. Whatever is never closed is closed at the end.

mod attributes;
mod build;
pub(super) mod entity;
pub(super) mod number;
mod open;
pub(super) mod token;
mod words;

use super::Grid;
use super::refused::Refused;

/// So much of the beginning tells whether a text is markup, in bytes.
const HEAD: usize = 16 << 10;

/// Elements with which markup begins.
const FIRST: [&str; 20] = [
    "html", "head", "body", "meta", "title", "style", "script", "link", "base", "table", "tr", "div", "p",
    "span", "font", "center", "h1", "h2", "h3", "b",
];

/// The tables of a text in markup, in their order, those without any text left out. Of
/// tables within tables those count that have at least two columns and two rows; a table
/// that only lays such out is none.
///
/// A table's name is its caption or, if that is short, the line right above it.
///
/// # Errors
/// A text without a table, and one with a table that is too large.
pub fn tables(text: &str) -> Result<Vec<Grid>, Refused> {
    let grids = build::read(text)?;
    if grids.is_empty() { Err(Refused::NoTable) } else { Ok(grids) }
}

/// Whether a text is markup, and no table of texts in which a "<" occurs.
pub fn is_markup(text: &str) -> bool {
    let end = (0..=HEAD.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    let head = text.get(..end).unwrap_or_default().trim_start_matches('\u{FEFF}').trim_start();
    let head = head.to_ascii_lowercase();
    if let Some(inner) = head.strip_prefix('<') {
        let name = inner.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        if inner.starts_with("!doctype")
            || inner.starts_with("!--")
            || inner.starts_with("?xml")
            || FIRST.contains(&name)
        {
            return true;
        }
        // Of XML: a prefix, or what says where its names come from.
        let tag = inner.split('>').next().unwrap_or_default();
        if !name.is_empty()
            && (inner.strip_prefix(name).is_some_and(|it| it.starts_with(':')) || tag.contains("xmlns"))
        {
            return true;
        }
    }
    (head.starts_with("version:") && head.contains("starthtml:"))
        || (head.contains("<table") && head.contains("<tr") && head.contains("<td"))
}
