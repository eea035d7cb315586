//! The first sheet of somebody's XLSX file as rows of texts, as the cells show
//! them. Read cell by cell within limits; a file that ends the reader all the same
//! ends a worker, which is replaced.

use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};

/// So many rows are read at most.
const ROWS: usize = 20_000;
/// So many columns are read at most.
const COLUMNS: usize = 256;
/// So many bytes of text are read at most.
const BYTES: usize = 32 << 20;

/// The rows of the first sheet that holds anything.
///
/// # Errors
/// Says, in the words to show, why the file is not taken.
pub fn first_sheet(bytes: &[u8]) -> Result<Vec<Vec<String>>, String> {
    let unread = |_| "文件无法读取，可能已损坏或设有密码".to_owned();
    let mut file: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unread)?;
    let mut left = BYTES;
    for name in file.sheet_names() {
        // A sheet of charts has no cells.
        let Ok(mut reader) = file.worksheet_cells_reader(&name) else { continue };
        let mut rows: Vec<Vec<String>> = Vec::new();
        while let Some(cell) = reader.next_cell().map_err(unread)? {
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
        DataRef::DateTime(date) => decimal(date.as_f64()),
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
