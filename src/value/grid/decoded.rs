//! From a decoded text to its tables, whatever the text is: values between separators,
//! a web page, a workbook in XML.

use super::refused::{Refused, within_limits};
use super::{Book, Origin, html, text, xml2003};

/// The tables of a text file. Where its decoder met bytes that it could not read, the
/// text holds U+FFFD; the rows with them are remarked.
///
/// # Errors
/// A text without a table, with one that is too large, or of which so much is
/// unreadable that its encoding must be another one: more than two characters, and
/// more than one in five of those beyond ASCII.
pub fn book(decoded: &str) -> Result<Book, Refused> {
    let lost = decoded.matches('\u{FFFD}').count();
    if lost > 2 && lost * 5 > decoded.chars().filter(|c| !c.is_ascii()).count() {
        return Err(Refused::Unreadable);
    }
    let sheets = if xml2003::is_workbook(decoded) {
        xml2003::sheets(decoded)?
    } else if html::is_markup(decoded) {
        html::tables(decoded)?
    } else {
        let grid = text::from_text(decoded);
        within_limits(&grid)?;
        if grid.is_empty() {
            return Err(Refused::Blank);
        }
        vec![grid]
    };
    Ok(Book { origin: Origin::Foreign, sheets })
}
