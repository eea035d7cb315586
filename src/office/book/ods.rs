//! Workbooks of OpenDocument, as LibreOffice writes them. Cells carry their value and
//! what they show of it side by side; what is repeated is written once, blank rows to
//! the end of the sheet too.

use crate::value::grid::{About, Area, Origin};

use super::Contents;
use super::cell::{number, percent, truth};
use super::gather::{Content, Room, SHEETS, SIZE, Sheet};
use super::number::{iso, parsed};
use super::parcel::Parcel;
use super::refusal::Refusal;
use super::xml::{Node, Tag, Xml};

/// The kind of file that the first part names.
pub(super) const KIND: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
/// So many blanks are written for one element at most.
const BLANKS: usize = 1_000;
/// So many bytes of text are read of one cell, and of one row, at most.
const CELL: usize = 1 << 20;
const ROW: usize = 16 << 20;

/// All sheets of a workbook.
///
/// # Errors
/// When the content cannot be read.
pub(super) fn read(parcel: &mut Parcel<'_>) -> Result<Contents, Refusal> {
    let locked = parcel.read("META-INF/manifest.xml", |xml| {
        loop {
            match xml.next()? {
                Node::Open(tag) if tag.name() == "encryption-data" => return Ok(true),
                Node::Over => return Ok(false),
                _ => {}
            }
        }
    })?;
    if locked == Some(true) {
        return Err(Refusal::Locked);
    }
    parcel.read("content.xml", content)?.ok_or(Refusal::Damaged)
}

fn content(xml: &mut Xml<'_>) -> Result<Contents, Refusal> {
    let mut contents = Contents { origin: Origin::Foreign, ..Contents::default() };
    let mut room = Room::default();
    let mut style = String::new();
    let mut hidden_styles: Vec<String> = Vec::new();
    loop {
        let (name, hidden) = match xml.next()? {
            Node::Open(tag) => match tag.name() {
                "style" => {
                    style = tag.attribute("name").unwrap_or_default();
                    continue;
                }
                "table-properties" => {
                    let hides = tag.attribute("display").is_some_and(|it| it == "false");
                    if hides && hidden_styles.len() < SHEETS {
                        hidden_styles.push(style.clone());
                    }
                    continue;
                }
                "table" if contents.sheets.len() < SHEETS => {
                    let style = tag.attribute("style-name").unwrap_or_default();
                    (tag.attribute("name").unwrap_or_default(), hidden_styles.contains(&style))
                }
                // Earlier states of the sheets that the file still keeps.
                "tracked-changes" => {
                    xml.skip()?;
                    continue;
                }
                _ => continue,
            },
            Node::Over => return Ok(contents),
            _ => continue,
        };
        let mut sheet = Sheet::new(name, hidden, &mut room);
        contents.drawn |= table(xml, &mut sheet)?;
        contents.sheets.push(sheet.finish());
    }
}

/// Reads the table that has just begun. Gives whether something is drawn on it.
fn table(xml: &mut Xml<'_>, sheet: &mut Sheet<'_>) -> Result<bool, Refusal> {
    let outside = xml.depth().saturating_sub(1);
    let (mut drawn, mut row, mut column) = (false, 0, 0);
    while xml.depth() > outside {
        let (times, hidden) = match xml.next()? {
            Node::Open(tag) => match tag.name() {
                "table-column" => {
                    let next = times(&tag, "number-columns-repeated").saturating_add(column).min(SIZE.1);
                    if is_hidden(&tag) && next > column {
                        sheet.hide_columns(column, next - 1);
                    }
                    column = next;
                    continue;
                }
                "table-row" => (times(&tag, "number-rows-repeated"), is_hidden(&tag)),
                "shapes" => {
                    drawn = true;
                    xml.skip()?;
                    continue;
                }
                // Groups of rows and columns hold them as the table does.
                _ => continue,
            },
            _ => continue,
        };
        let cells = cells(xml, row, &mut drawn)?;
        let next = row.saturating_add(times).min(SIZE.0);
        let areas = cells.iter().filter_map(|it| it.area);
        areas.for_each(|area| sheet.merge(area));
        // Blank rows are written once for all that follow.
        let shown = if cells.iter().any(|it| it.content != Content::default()) { next } else { row };
        for row in row..shown {
            if sheet.is_full() {
                sheet.more_rows(shown - row);
                break;
            }
            for cell in &cells {
                let Cell { from, to, content, .. } = cell;
                (*from..*to).for_each(|column| sheet.put(row, column, content.clone()));
            }
        }
        if hidden {
            sheet.hide_rows(row, next);
        }
        row = next;
    }
    Ok(drawn)
}

/// A cell and those that repeat it.
struct Cell {
    from: usize,
    to: usize,
    content: Content,
    area: Option<Area>,
}

/// The cells of the row that has just begun, blank ones left out.
fn cells(xml: &mut Xml<'_>, row: usize, drawn: &mut bool) -> Result<Vec<Cell>, Refusal> {
    let outside = xml.depth().saturating_sub(1);
    let (mut cells, mut column, mut left) = (Vec::new(), 0_usize, ROW);
    while xml.depth() > outside {
        let (value, times, area) = match xml.next()? {
            Node::Open(tag) if matches!(tag.name(), "table-cell" | "covered-table-cell") => {
                let down = times(&tag, "number-rows-spanned");
                let right = times(&tag, "number-columns-spanned");
                let area = (down > 1 || right > 1).then(|| Area {
                    top: row,
                    left: column,
                    bottom: row.saturating_add(down - 1),
                    right: column.saturating_add(right - 1),
                });
                (Value::of(&tag), times(&tag, "number-columns-repeated"), area)
            }
            _ => continue,
        };
        let shown = paragraphs(xml, drawn)?;
        let content = value.content(shown);
        left = left.checked_sub(content.text.len()).ok_or(Refusal::Wordy)?;
        let next = column.saturating_add(times).min(SIZE.1);
        if (content != Content::default() || area.is_some()) && cells.len() < SIZE.1 {
            cells.push(Cell { from: column, to: next, content, area });
        }
        column = next;
    }
    Ok(cells)
}

/// What a cell's element says of its value.
struct Value {
    sort: String,
    value: Option<String>,
    computed: bool,
}

impl Value {
    fn of(tag: &Tag<'_>) -> Value {
        let sort = tag.attribute("value-type").unwrap_or_default();
        let is_error = tag.prefixed("calcext", "value-type").is_some_and(|it| it == "error");
        let value = match sort.as_str() {
            "date" => tag.attribute("date-value"),
            "time" => tag.attribute("time-value"),
            "boolean" => tag.attribute("boolean-value"),
            "string" => tag.attribute("string-value"),
            _ => tag.attribute("value"),
        };
        let sort = if is_error { "error".to_owned() } else { sort };
        Value { sort, value, computed: tag.attribute("formula").is_some() }
    }

    fn content(self, shown: String) -> Content {
        let Value { sort, value, computed } = self;
        match (sort.as_str(), value) {
            ("error", _) => Content::about(shown, About::Error),
            // Older versions keep a zero beside the error that the cell shows.
            (_, Some(_)) if computed && is_error(&shown) => Content::about(shown, About::Error),
            ("date" | "time", Some(value)) => Content::about(iso(&value), About::Date),
            ("boolean", Some(value)) => truth(value == "true"),
            ("float" | "currency" | "percentage", Some(value)) => match parsed(value.trim()) {
                Some(value) if sort == "percentage" => percent(value),
                Some(value) => with_unit(number(value, None, false), shown),
                None => Content::about(value, About::Damaged),
            },
            ("string", Some(value)) if shown.is_empty() => Content::text(value),
            ("", None) if computed && shown.is_empty() => Content::about(String::new(), About::NoResult),
            _ => Content::text(shown),
        }
    }
}

fn is_error(shown: &str) -> bool {
    shown.starts_with("Err:") || (shown.starts_with('#') && shown.ends_with(['!', '?', 'A']))
}

/// A number together with what its cell shows, if that has a unit. A truth value may
/// be kept as a number too.
fn with_unit(number: Content, shown: String) -> Content {
    if shown == "TRUE" || shown == "FALSE" {
        return Content::text(shown);
    }
    let is_exponent = shown.bytes().all(|b| b.is_ascii_digit() || b".,+-eE ".contains(&b));
    if number.about.is_none() && !is_exponent && shown.chars().any(char::is_alphabetic) {
        return Content::about(number.text, About::Shown(shown));
    }
    number
}

/// The text of the cell that has just begun, a line for each paragraph, without notes
/// and what is drawn in it.
fn paragraphs(xml: &mut Xml<'_>, drawn: &mut bool) -> Result<String, Refusal> {
    let outside = xml.depth().saturating_sub(1);
    let (mut whole, mut begun, mut inside) = (String::new(), false, false);
    while xml.depth() > outside {
        let skipped = match xml.next()? {
            Node::Open(tag) => match tag.name() {
                "p" => {
                    if begun {
                        whole.push('\n');
                    }
                    (begun, inside) = (true, true);
                    false
                }
                "s" => {
                    let count = times(&tag, "c").min(BLANKS);
                    whole.extend(std::iter::repeat_n(' ', count));
                    false
                }
                "tab" => {
                    whole.push('\t');
                    false
                }
                "line-break" => {
                    whole.push('\n');
                    false
                }
                "frame" | "custom-shape" => {
                    *drawn = true;
                    true
                }
                "annotation" | "detective" | "table" | "ruby-text" => true,
                _ => false,
            },
            Node::Close(end) if end.name() == "p" => {
                inside = false;
                false
            }
            // What stands between the paragraphs is the writer's own.
            Node::Text(text) if inside => {
                whole.push_str(&text);
                false
            }
            _ => false,
        };
        if skipped {
            xml.skip()?;
        }
        if whole.len() > CELL {
            return Err(Refusal::Wordy);
        }
    }
    Ok(whole)
}

/// How often something stands there; once if nothing is said.
fn times(tag: &Tag<'_>, name: &str) -> usize {
    tag.attribute(name).and_then(|it| it.trim().parse().ok()).unwrap_or(1).max(1)
}

/// Whether rows or columns are hidden or filtered away.
fn is_hidden(tag: &Tag<'_>) -> bool {
    tag.attribute("visibility").is_some_and(|it| it == "collapse" || it == "filter")
}
