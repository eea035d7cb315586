//! Somebody's workbook as tables with all that its cells say: which rows are hidden,
//! what is shown as one, which number is a day, which formula has no result. Reads
//! the workbooks of Excel and WPS, new and old, and those of OpenDocument, by their
//! content and not by their names, within limits and without believing what a file
//! says of its own size. Interprets nothing, and knows no text files.

mod cell;
mod format;
mod gather;
mod number;
mod ods;
mod ole;
mod parcel;
mod refusal;
mod shared;
mod styles;
mod xls;
mod xlsx;
mod xml;

use crate::value::grid::{Book, Grid, Origin, Remark};
use crate::workbook::{hidden, schools, template};

use parcel::Parcel;
pub use refusal::Refusal;

/// So many megabytes of a file are taken at most.
const PACKED: usize = 64;
/// How every ZIP archive begins, an empty one too.
const ARCHIVE: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];
/// How every OLE container begins.
const CONTAINER: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// What was found in a file.
#[derive(Default)]
struct Contents {
    origin: Origin,
    sheets: Vec<Grid>,
    /// Whether there are charts or pictures.
    drawn: bool,
}

/// The tables of a workbook.
///
/// # Errors
/// Says why the file is not taken.
pub fn read(bytes: &[u8]) -> Result<Book, Refusal> {
    match bytes {
        [] => return Err(Refusal::Nothing),
        _ if bytes.len() > PACKED << 20 => return Err(Refusal::Large(PACKED)),
        _ if ARCHIVE.iter().any(|it| bytes.starts_with(it)) => {}
        _ if bytes.starts_with(CONTAINER) => return settle(xls::read(bytes)?),
        _ if bytes.starts_with(b"PK") => return Err(Refusal::Damaged),
        _ => return Err(Refusal::Unknown),
    }
    settle(archive(bytes)?)
}

/// What an archive holds.
fn archive(bytes: &[u8]) -> Result<Contents, Refusal> {
    let mut parcel = Parcel::open(bytes)?;
    if parcel.has("OFD.xml") {
        return Err(Refusal::Ofd);
    }
    match parcel.beginning("mimetype", 128) {
        Some(kind) if kind.starts_with(ods::KIND) => return ods::read(&mut parcel),
        Some(kind) if kind.starts_with(b"application/vnd.oasis.opendocument.text") => {
            return Err(Refusal::Word);
        }
        Some(kind) if kind.starts_with(b"application/vnd.oasis.opendocument.presentation") => {
            return Err(Refusal::Slides);
        }
        _ => {}
    }
    let main = match xlsx::main_part(&mut parcel)? {
        Some(main) => main,
        None if parcel.has("xl/workbook.xml") => "xl/workbook.xml".to_owned(),
        None if parcel.has("xl/workbook.bin") => return Err(Refusal::Binary),
        None if parcel.has("[Content_Types].xml") => return Err(Refusal::Damaged),
        None => return Err(Refusal::Zip),
    };
    match main.split('/').next() {
        _ if main.ends_with(".bin") => Err(Refusal::Binary),
        Some("word") => Err(Refusal::Word),
        Some("ppt") => Err(Refusal::Slides),
        _ => xlsx::read(&mut parcel, &main),
    }
}

/// The book, if anything stands in it.
fn settle(contents: Contents) -> Result<Book, Refusal> {
    let Contents { origin, sheets, drawn } = contents;
    let has_something = sheets.iter().any(|sheet| !sheet.is_empty() || !sheet.marks.is_empty());
    if !has_something {
        let left_out = |sheet: &Grid| sheet.remarks.iter().find_map(|it| too_large(sheet, it));
        return Err(match sheets.iter().find_map(left_out) {
            Some(refusal) => refusal,
            None if drawn => Refusal::Drawn,
            None if sheets.is_empty() => Refusal::NoSheets,
            None => Refusal::Empty,
        });
    }
    let origin = match origin {
        Origin::Foreign => maker(&sheets),
        origin => origin,
    };
    Ok(Book { origin, sheets })
}

fn too_large(sheet: &Grid, remark: &Remark) -> Option<Refusal> {
    let name = sheet.name.clone();
    match remark {
        Remark::TooManyRows(rows) => Some(Refusal::Rows { sheet: name, rows: *rows, most: gather::ROWS }),
        Remark::TooManyColumns(columns) => {
            Some(Refusal::Columns { sheet: name, columns: *columns, most: gather::COLUMNS })
        }
        Remark::TooManyCells => Some(Refusal::Cells(name)),
        Remark::Unreadable(_) => None,
    }
}

/// Who made a workbook by what stands in its sheets, which stay when another program
/// saves the file and drops its properties.
fn maker(sheets: &[Grid]) -> Origin {
    let begins = |name: &str, text: &str| {
        sheets.iter().any(|sheet| sheet.name == name && sheet.text(0, 0).starts_with(text))
    };
    if begins(hidden::BASE, hidden::BASE_MARK) || begins(hidden::HEAD, hidden::HEAD_MARK) {
        return Origin::Submission;
    }
    let has_table = sheets.iter().any(|sheet| sheet.name == schools::NAME);
    if has_table && begins(template::EXPLANATION, template::EXPLAINED) {
        return Origin::Template;
    }
    Origin::Foreign
}
