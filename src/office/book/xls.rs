//! Workbooks of Excel 97 to 2003 and of WPS (.xls, .et): records, one behind the
//! other, first of what all sheets share, then of each sheet. Their texts are in
//! UTF-16 or its lower half, whatever code page the file names. Older workbooks are
//! refused.

mod record;
mod sheet;

use crate::value::grid::Origin;

use super::Contents;
use super::gather::{Room, SHEETS, Sheet};
use super::ole::{Container, u16_at, u32_at};
use super::refusal::Refusal;
use super::shared::Shared;

use record::{Pieces, Records};

/// What keeping a text takes beside its bytes.
const EACH: usize = 24;
/// So many bytes come of all shared texts together at most, each counted with what
/// keeping it takes.
const MOST: usize = 48 << 20;

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    hidden: bool,
    sort: u8,
    at: usize,
}

/// What a container holds, if it is a workbook.
///
/// # Errors
/// Names what it is otherwise.
pub(super) fn read(bytes: &[u8]) -> Result<Contents, Refusal> {
    let container = Container::open(bytes).ok_or(Refusal::Damaged)?;
    if container.has("EncryptedPackage") {
        return Err(Refusal::Locked);
    }
    let Some(stream) = container.stream("Workbook") else { return Err(other(&container)) };
    let (listed, shared) = globals(&stream)?;
    let mut contents = Contents { origin: Origin::Foreign, ..Contents::default() };
    let mut room = Room::default();
    for listed in listed {
        match listed.sort {
            0 => {}
            sort => {
                contents.drawn |= sort == 2;
                continue;
            }
        }
        let records = stream.get(listed.at..).ok_or(Refusal::Damaged)?;
        let mut sheet = Sheet::new(listed.name, listed.hidden, &mut room);
        contents.drawn |= sheet::read(records, &shared, &mut sheet)?;
        contents.sheets.push(sheet.finish());
    }
    Ok(contents)
}

/// What a container without a workbook is.
fn other(container: &Container<'_>) -> Refusal {
    match () {
        () if container.has("Book") => Refusal::Ancient,
        () if container.has("WordDocument") => Refusal::Word,
        () if container.has("PowerPoint Document") => Refusal::Slides,
        () if container.has("Catalog") || container.is_numbered() => Refusal::Thumbnails,
        () => Refusal::NoWorkbook,
    }
}

/// The sheets that are listed, and what they share.
fn globals(stream: &[u8]) -> Result<(Vec<Listed>, Shared), Refusal> {
    let mut records = Records::of(stream);
    let begin = records.next().ok_or(Refusal::Damaged)?;
    match (begin.sort, u16_at(begin.data, 0)) {
        (0x0809, Some(0x0600)) => {}
        (0x0809, _) => return Err(Refusal::Ancient),
        _ => return Err(Refusal::Damaged),
    }
    let (mut listed, mut shared) = (Vec::new(), Shared::default());
    while let Some(record) = records.next() {
        match record.sort {
            // The rest is encrypted.
            0x002F => return Err(Refusal::Locked),
            0x000A => return Ok((listed, shared)),
            0x0022 => shared.from_1904 = u16_at(record.data, 0) == Some(1),
            0x041E => {
                let mut pieces = Pieces::of(vec![record.data.get(2..).unwrap_or_default()]);
                if let (Some(number), Some(code)) = (u16_at(record.data, 0), pieces.long_text()) {
                    shared.styles.add_format(u32::from(number), &code);
                }
            }
            0x00E0 => shared.styles.add_look(u16_at(record.data, 2).map_or(0, u32::from)),
            0x0085 if listed.len() < SHEETS => listed.extend(sheet_of(record.data)),
            0x00FC => shared.texts = texts(records.with_next(record))?,
            _ => {}
        }
    }
    // Without an end the list may lack a sheet.
    Err(Refusal::Damaged)
}

fn sheet_of(data: &[u8]) -> Option<Listed> {
    let at = usize::try_from(u32_at(data, 0)?).ok()?;
    let (state, sort) = (*data.get(4)?, *data.get(5)?);
    let name = Pieces::of(vec![data.get(6..)?]).short_text()?;
    Some(Listed { name, hidden: state & 3 != 0, sort, at })
}

/// The texts that cells refer to by number.
fn texts(pieces: Vec<&[u8]>) -> Result<Vec<String>, Refusal> {
    let mut pieces = Pieces::of(pieces);
    pieces.pass(8);
    let (mut texts, mut left) = (Vec::new(), MOST);
    while let Some(text) = pieces.rich_text() {
        left = left.checked_sub(text.len() + EACH).ok_or(Refusal::Wordy)?;
        texts.push(text);
    }
    Ok(texts)
}
