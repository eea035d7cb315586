//! The first sheet of somebody's XLSX file as rows of texts, as the cells show
//! them. Read cell by cell within limits, whatever size the sheet claims to have; a
//! file that ends the reader all the same ends a worker, which is replaced.

use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx, XlsxError};

use super::unpack;

/// So many rows are read at most.
const ROWS: usize = 20_000;
/// So many columns are read at most.
const COLUMNS: usize = 256;
/// So many bytes of text are read at most.
const BYTES: usize = 32 << 20;
/// So many megabytes of a file are unpacked at most.
const UNPACKED: u64 = 256;
/// Excel's days from here on are no dates: it counts to the end of 9999.
const DAYS: f64 = 2_958_466.0;

/// The rows of the first sheet that holds anything.
///
/// # Errors
/// Says, in the words to show, why the file is not taken.
pub fn first_sheet(bytes: &[u8]) -> Result<Vec<Vec<String>>, String> {
    let unread = || "文件无法读取，可能已损坏或设有密码".to_owned();
    if !unpack::fits(bytes, UNPACKED << 20).ok_or_else(unread)? {
        return Err(format!("文件解压后超过 {UNPACKED} MB"));
    }
    let mut file: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| unread())?;
    let names = file.sheet_names();
    if names.is_empty() {
        return Err("文件里没有工作表".to_owned());
    }
    let mut left = BYTES;
    for name in names {
        let mut reader = match file.worksheet_cells_reader(&name) {
            Ok(reader) => reader,
            // A sheet of charts has no cells.
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(_) => return Err(unread()),
        };
        let mut rows: Vec<Vec<String>> = Vec::new();
        while let Some(cell) = reader.next_cell().map_err(|_| unread())? {
            let text = shown(cell.get_value());
            if text.is_empty() {
                continue;
            }
            let (row, column) = cell.get_position();
            let (row, column) = (row as usize, column as usize);
            if row >= ROWS || column >= COLUMNS {
                return Err(format!("工作表超过 {ROWS} 行或 {COLUMNS} 列"));
            }
            left = left.checked_sub(text.len()).ok_or("工作表的文字过多")?;
            if rows.len() <= row {
                rows.resize_with(row + 1, Vec::new);
            }
            let Some(cells) = rows.get_mut(row) else { continue };
            if cells.len() <= column {
                cells.resize_with(column + 1, String::new);
            }
            if let Some(cell) = cells.get_mut(column) {
                *cell = text;
            }
        }
        if !rows.is_empty() {
            return Ok(rows);
        }
    }
    Err("工作表是空的".to_owned())
}

/// What a cell shows in its simplest format.
fn shown(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Float(number) => decimal(*number),
        DataRef::DateTime(date) => moment(date),
        DataRef::Int(number) => number.to_string(),
        DataRef::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::Error(error) => error.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
    }
}

/// A number with the 15 digits that Excel shows: 0.1 + 0.2 is 0.3.
fn decimal(number: f64) -> String {
    let shown: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    shown.to_string()
}

/// A date or a time as digits: it is never taken for the number that Excel keeps of
/// it. What is no date stays that number.
fn moment(date: &ExcelDateTime) -> String {
    let value = date.as_f64();
    if date.is_duration() || !(0.0..DAYS).contains(&value) {
        return decimal(value);
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let day = format!("{year}-{month:02}-{day:02}");
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    match (value < 1.0, time == "00:00:00") {
        (true, _) => time,
        (false, true) => day,
        (false, false) => format!("{day} {time}"),
    }
}
