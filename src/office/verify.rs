//! Whether a written file says what it was to say: every cell of every sheet,
//! the hidden ones too, and the backup inside it.

use crate::record::backup::{self, Backup};
use crate::value::order::sort_by_key;
use crate::workbook::sheet::{self, Content, Quantity, address};
use crate::workbook::{Sheet, Workbook, hidden};

use super::read::{self, Found, Value};

/// Reads the file back and compares it with the description and with the state
/// that it was made from. Gives the number of cells compared.
///
/// # Errors
/// Names the first difference, in the words to show.
pub fn verify(workbook: &Workbook, backup: &Backup, bytes: &[u8]) -> Result<u32, String> {
    let mut pieces: Vec<(u32, String)> = Vec::new();
    let compared = compare(workbook, bytes, |sheet, found| {
        if let (hidden::BASE, Value::Text(text)) = (sheet.name.as_str(), found.value) {
            pieces.push((found.row, text));
        }
    })?;
    sort_by_key(&mut pieces, |(row, _)| *row);
    let json = hidden::joined(pieces.iter().map(|(_, text)| text.as_str()))?;
    if json != backup::write(backup) || backup::read(json.as_bytes()).as_ref() != Ok(backup) {
        return Err("隐藏数据与原数据不同".to_owned());
    }
    Ok(compared)
}

/// Reads the file back and compares it with the description; `see` gets every cell.
/// Gives the number of cells compared.
///
/// # Errors
/// As [`verify`].
pub fn compare(workbook: &Workbook, bytes: &[u8], mut see: impl FnMut(&Sheet, Found)) -> Result<u32, String> {
    let names: Vec<&str> = workbook.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    let mut compared = 0_u32;
    read::cells(bytes, &names, |index, found| {
        let Some(sheet) = workbook.sheets.get(index) else { return Ok(()) };
        let row = sheet.rows.get(found.row as usize);
        let meant = row.and_then(|row| row.cells.get(found.column as usize)).map(|cell| &cell.content);
        if !same(meant, &found) {
            return Err(format!(
                "“{}”{} 读回的内容与写入的不同",
                sheet.name,
                address(found.row, found.column as usize)
            ));
        }
        compared += 1;
        see(sheet, found);
        Ok(())
    })?;

    let cells = workbook.sheets.iter().flat_map(|sheet| &sheet.rows).flat_map(|row| &row.cells);
    let meant = cells.filter(|cell| cell.content != Content::Blank).count();
    if usize::try_from(compared).ok() != Some(meant) {
        return Err(format!("应有 {meant} 个单元格，读回 {compared} 个"));
    }
    Ok(compared)
}

fn same(meant: Option<&Content>, found: &Found) -> bool {
    match meant {
        Some(Content::Text(text)) => is_text(text, &found.value) && found.formula.is_none(),
        Some(Content::Number(number)) => is_number(*number, &found.value) && found.formula.is_none(),
        Some(Content::Formula { formula, value }) => {
            let same = match value {
                sheet::Value::Quantity(number) => is_number(*number, &found.value),
                sheet::Value::Text(text) => is_text(text, &found.value),
            };
            same && found.formula.as_ref() == Some(formula)
        }
        Some(Content::Blank) | None => false,
    }
}

fn is_text(meant: &str, read: &Value) -> bool {
    matches!(read, Value::Text(read) if read == meant)
}

/// Both come from the same digits, so they are equal bit by bit.
fn is_number(meant: Quantity, read: &Value) -> bool {
    matches!(read, Value::Number(read) if read.to_bits() == meant.to_f64().to_bits())
}
