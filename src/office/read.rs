//! The cells of an XLSX file that this program has just written, one after the
//! other. Never asks for a whole sheet at once.

use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};

/// What a cell of a file holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Row from 0.
    pub row: u32,
    /// Column from 0.
    pub column: u32,
    /// Its value; of a formula the kept result.
    pub value: Value,
    /// Its formula without the equals sign.
    pub formula: Option<String>,
}

/// The value of a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// A truth value, a date or an error: nothing that this program writes.
    Other(String),
}

/// Hands each cell that is not empty to `take`, sheet by sheet.
///
/// # Errors
/// When the file cannot be read, or what `take` objects to.
pub fn cells(
    bytes: &[u8],
    sheets: &[&str],
    mut take: impl FnMut(usize, Found) -> Result<(), String>,
) -> Result<(), String> {
    let unread = |error: &dyn std::fmt::Display| format!("写出的文件无法读回：{error}");
    let mut file: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| unread(&error))?;
    let names = file.sheet_names();
    if names != sheets {
        return Err(format!("写出的文件中工作表不符：{}", names.join("、")));
    }
    for (index, name) in sheets.iter().enumerate() {
        let mut reader = file.worksheet_cells_reader(name).map_err(|error| unread(&error))?;
        while let Some(cell) = reader.next_cell_with_formula().map_err(|error| unread(&error))? {
            let value = match cell.value {
                DataRef::Empty if cell.formula.is_none() => continue,
                DataRef::String(text) => Value::Text(text),
                DataRef::SharedString(text) => Value::Text(text.to_owned()),
                DataRef::Float(number) => Value::Number(number),
                #[allow(clippy::cast_precision_loss, reason = "whole numbers of a sheet are floats")]
                DataRef::Int(number) => Value::Number(number as f64),
                other => Value::Other(format!("{other:?}")),
            };
            take(index, Found { row: cell.pos.0, column: cell.pos.1, value, formula: cell.formula })?;
        }
    }
    Ok(())
}
