//! The cells of one sheet as they come, with what hides and joins them. Takes no
//! word of what the sheet says of its own size; a cell that makes no sense stays one
//! odd cell.

use crate::value::grid::{About, Area};

use super::super::cell::{is_picture, number, result, truth};
use super::super::gather::{Content, SIZE, Sheet};
use super::super::number::{iso, parsed};
use super::super::refusal::Refusal;
use super::super::shared::Shared;
use super::super::xml::{Node, Tag, Xml};
use super::strings::{rich, unescaped};

/// Reads a sheet's part. Gives whether something is drawn on it.
pub(super) fn read(xml: &mut Xml<'_>, shared: &Shared, sheet: &mut Sheet<'_>) -> Result<bool, Refusal> {
    if !matches!(begin(xml)?, Some(name) if name == "worksheet") {
        return Err(Refusal::Damaged);
    }
    let mut drawn = false;
    let mut row = None;
    let mut column = None;
    loop {
        let cell = match xml.next()? {
            Node::Open(tag) => match tag.name() {
                "row" => {
                    row = Some(place(&tag).unwrap_or(next(row)));
                    column = None;
                    let flat = tag.attribute("ht").is_some_and(|it| it.trim().parse() == Ok(0.0));
                    sheet.row(row.unwrap_or(0), tag.says("hidden") || flat);
                    None
                }
                "c" => Some(Cell::of(&tag)),
                "sheetFormatPr" => {
                    if tag.says("zeroHeight") {
                        sheet.hide_others();
                    }
                    None
                }
                "col" => {
                    hide(&tag, sheet);
                    None
                }
                "mergeCell" => {
                    if let Some(area) = tag.attribute("ref").and_then(|it| area(&it)) {
                        sheet.merge(area);
                    }
                    None
                }
                "drawing" | "legacyDrawing" | "picture" => {
                    drawn = true;
                    None
                }
                // Elements of later versions that repeat what stands elsewhere.
                "extLst" | "AlternateContent" => {
                    xml.skip()?;
                    None
                }
                _ => None,
            },
            Node::Over => return Ok(drawn),
            _ => None,
        };
        let Some(cell) = cell else { continue };
        let (at_row, at_column) = cell.place.unwrap_or((row.unwrap_or(0), next(column)));
        column = Some(at_column);
        let content = cell.read(xml, shared)?;
        sheet.put(at_row, at_column, content);
    }
}

/// The name of the outermost element.
fn begin(xml: &mut Xml<'_>) -> Result<Option<String>, Refusal> {
    loop {
        match xml.next()? {
            Node::Open(tag) => return Ok(Some(tag.name().to_owned())),
            Node::Over => return Ok(None),
            Node::Close(_) | Node::Text(_) => {}
        }
    }
}

/// A cell whose content follows.
struct Cell {
    place: Option<(usize, usize)>,
    sort: String,
    look: usize,
}

impl Cell {
    fn of(tag: &Tag<'_>) -> Cell {
        Cell {
            place: tag.attribute("r").and_then(|it| address(&it)),
            sort: tag.attribute("t").unwrap_or_default(),
            look: tag.attribute("s").and_then(|it| it.trim().parse().ok()).unwrap_or(0),
        }
    }

    fn read(self, xml: &mut Xml<'_>, shared: &Shared) -> Result<Content, Refusal> {
        let outside = xml.depth().saturating_sub(1);
        let (mut value, mut inline, mut formula) = (None, None, None);
        while xml.depth() > outside {
            let part = match xml.next()? {
                Node::Open(tag) => match tag.name() {
                    "v" => 'v',
                    "f" => 'f',
                    "is" => 'i',
                    _ => 'x',
                },
                _ => continue,
            };
            match part {
                'v' => value = Some(xml.text()?),
                'f' => formula = Some(xml.text()?),
                'i' => inline = Some(rich(xml)?),
                _ => xml.skip()?,
            }
        }
        if formula.as_deref().is_some_and(is_picture) {
            return Ok(Content::about(String::new(), About::Picture));
        }
        if let Some(text) = inline {
            return Ok(Content::text(text));
        }
        Ok(self.content(value, formula.is_some(), shared))
    }

    fn content(&self, value: Option<String>, computed: bool, shared: &Shared) -> Content {
        let is_missing = value.as_deref().is_none_or(|it| it.trim().is_empty());
        // A text may be empty; of everything else nothing is no result.
        if is_missing && self.sort != "str" && self.sort != "inlineStr" {
            return if computed {
                Content::about(String::new(), About::NoResult)
            } else {
                Content::default()
            };
        }
        let value = value.unwrap_or_default();
        match self.sort.as_str() {
            "s" => {
                let text = value.trim().parse().ok().and_then(|at: usize| shared.texts.get(at));
                match text {
                    Some(text) => Content::text(text.clone()),
                    None => Content::about(String::new(), About::Damaged),
                }
            }
            "str" | "inlineStr" => result(unescaped(&value)),
            "b" => match value.trim() {
                "1" | "true" => truth(true),
                "0" | "false" => truth(false),
                _ => Content::about(value, About::Damaged),
            },
            "e" => Content::about(value.trim().to_owned(), About::Error),
            "d" => Content::about(iso(&value), About::Date),
            _ => match parsed(value.trim()) {
                Some(value) => number(value, shared.styles.format(self.look), shared.from_1904),
                None => Content::about(unescaped(&value), About::Damaged),
            },
        }
    }
}

fn next(place: Option<usize>) -> usize {
    place.map_or(0, |place: usize| place.saturating_add(1))
}

/// The place that a row names, from 0.
fn place(tag: &Tag<'_>) -> Option<usize> {
    tag.attribute("r")?.trim().parse::<usize>().ok()?.checked_sub(1)
}

/// Hides the columns that an element of theirs says are hidden, or are of no width.
fn hide(tag: &Tag<'_>, sheet: &mut Sheet<'_>) {
    let number = |name| tag.attribute(name).and_then(|it: String| it.trim().parse::<usize>().ok());
    let no_width = tag.attribute("width").is_some_and(|it| it.trim().parse() == Ok(0.0));
    if !tag.says("hidden") && !no_width {
        return;
    }
    let first = number("min").and_then(|it| it.checked_sub(1));
    let last = number("max").and_then(|it| it.checked_sub(1));
    if let (Some(first), Some(last)) = (first, last) {
        sheet.hide_columns(first, last);
    }
}

/// "B3" as row and column from 0, dollar signs ignored.
fn address(text: &str) -> Option<(usize, usize)> {
    let text = text.trim().replace('$', "");
    let digits = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let letters = text.strip_suffix(digits).filter(|it| (1..=4).contains(&it.len()))?;
    let column = letters
        .bytes()
        .fold(0_usize, |column, letter| column * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1);
    let row: usize = digits.parse().ok()?;
    Some((row.checked_sub(1)?, column - 1))
}

/// "A1:C3" as an area.
fn area(text: &str) -> Option<Area> {
    let (first, last) = text.split_once(':')?;
    let ((top, left), (bottom, right)) = (address(first)?, address(last)?);
    let area =
        Area { top: top.min(bottom), left: left.min(right), bottom: bottom.max(top), right: right.max(left) };
    (area.bottom < SIZE.0 && area.right < SIZE.1).then_some(area)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_nonsense_is_none() {
        for (text, place) in [
            ("A1", Some((0, 0))),
            ("xfd1048576", Some((1_048_575, 16_383))),
            ("$B$3", Some((2, 1))),
            ("A0", None),
            ("A", None),
            ("7", None),
            ("ABCDE1", None),
            ("A99999999999999999999", None),
            ("区1", None),
        ] {
            assert_eq!(address(text), place, "{text}");
        }
        assert_eq!(area("C3:A1"), Some(Area { top: 0, left: 0, bottom: 2, right: 2 }));
        assert_eq!(area("A1:A9999999"), None);
    }
}
