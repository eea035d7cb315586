//! The cells of one sheet, with what hides and joins them.

use crate::value::grid::{About, Area};

use super::super::cell::{number, result, truth};
use super::super::gather::{Content, Sheet};
use super::super::ole::{u16_at, u32_at};
use super::super::refusal::Refusal;
use super::super::shared::Shared;
use super::record::{Pieces, Records};

/// Reads the records of a sheet from their beginning. Gives whether something is
/// drawn on it.
pub(super) fn read(stream: &[u8], shared: &Shared, sheet: &mut Sheet<'_>) -> Result<bool, Refusal> {
    let mut records = Records::of(stream);
    if records.next().is_none_or(|it| it.sort != 0x0809) {
        return Err(Refusal::Damaged);
    }
    let (mut drawn, mut inside) = (false, 0_usize);
    // Where a text belongs that a formula's next record holds.
    let mut awaited = None;
    while let Some(record) = records.next() {
        // A chart stands among the records with a beginning and an end of its own.
        match record.sort {
            0x0809 => inside += 1,
            0x000A if inside == 0 => return Ok(drawn),
            0x000A => inside -= 1,
            _ => {}
        }
        if inside > 0 {
            drawn = true;
            continue;
        }
        let data = record.data;
        let pair = |at| u16_at(data, at).map(usize::from);
        let place = || Some((pair(0)?, pair(2)?));
        let format = || shared.styles.format(pair(4)?);
        let numeric = |value| number(value, format(), shared.from_1904);
        let content = match record.sort {
            0x0203 => f64_at(data, 6).map(numeric),
            0x027E => u32_at(data, 6).map(compressed).map(numeric),
            0x00FD => u32_at(data, 6).map(|at| shared_text(at, shared)),
            0x0204 | 0x00D6 => {
                let mut pieces = Pieces::of(vec![data.get(6..).unwrap_or_default()]);
                pieces.long_text().map(Content::text)
            }
            0x0205 => data
                .get(6)
                .zip(data.get(7))
                .map(|(value, is_error)| if *is_error == 0 { truth(*value != 0) } else { error(*value) }),
            0x0006 => match data.get(6..14).map(kept) {
                Some(Kept::Number(value)) => Some(numeric(value)),
                Some(Kept::Truth(value)) => Some(truth(value)),
                Some(Kept::Error(code)) => Some(error(code)),
                Some(Kept::Text) => {
                    awaited = place();
                    None
                }
                Some(Kept::Blank) | None => None,
            },
            0x0207 => {
                let text = Pieces::of(records.with_next(record)).long_text();
                if let (Some(text), Some((row, column))) = (text, awaited.take()) {
                    sheet.put(row, column, result(text));
                }
                continue;
            }
            0x00BD => {
                many(data, shared, sheet);
                continue;
            }
            0x0208 => {
                if let (Some(row), Some(flags)) = (pair(0), pair(12)) {
                    sheet.row(row, flags & 0x20 != 0);
                }
                continue;
            }
            0x0225 => {
                if pair(0).is_some_and(|flags| flags & 2 != 0) {
                    sheet.hide_others();
                }
                continue;
            }
            0x007D => {
                if let (Some(first), Some(last), Some(width), Some(flags)) =
                    (pair(0), pair(2), pair(4), pair(8))
                    && (flags & 1 != 0 || width == 0)
                {
                    sheet.hide_columns(first, last);
                }
                continue;
            }
            0x00E5 => {
                for area in data.get(2..).unwrap_or_default().chunks_exact(8).filter_map(area) {
                    sheet.merge(area);
                }
                continue;
            }
            0x00EC => {
                drawn = true;
                continue;
            }
            _ => continue,
        };
        if let (Some((row, column)), Some(content)) = (place(), content) {
            sheet.put(row, column, content);
        }
    }
    Err(Refusal::Damaged)
}

/// Numbers of neighbouring cells in one record.
fn many(data: &[u8], shared: &Shared, sheet: &mut Sheet<'_>) {
    let (Some(row), Some(first)) = (u16_at(data, 0), u16_at(data, 2)) else { return };
    for (at, cell) in data.get(4..).unwrap_or_default().chunks_exact(6).enumerate() {
        if let (Some(look), Some(value)) = (u16_at(cell, 0), u32_at(cell, 2)) {
            let format = shared.styles.format(usize::from(look));
            let content = number(compressed(value), format, shared.from_1904);
            sheet.put(usize::from(row), usize::from(first) + at, content);
        }
    }
}

fn shared_text(at: u32, shared: &Shared) -> Content {
    match usize::try_from(at).ok().and_then(|at| shared.texts.get(at)) {
        Some(text) => Content::text(text.clone()),
        None => Content::about(String::new(), About::Damaged),
    }
}

/// The result that is kept of a formula.
enum Kept {
    Number(f64),
    Text,
    Blank,
    Truth(bool),
    Error(u8),
}

fn kept(result: &[u8]) -> Kept {
    match result {
        [0, .., 0xFF, 0xFF] => Kept::Text,
        [1, _, value, .., 0xFF, 0xFF] => Kept::Truth(*value != 0),
        [2, _, code, .., 0xFF, 0xFF] => Kept::Error(*code),
        [_, .., 0xFF, 0xFF] => Kept::Blank,
        _ => f64_at(result, 0).map_or(Kept::Blank, Kept::Number),
    }
}

fn error(code: u8) -> Content {
    let name = match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        0x2B => "#GETTING_DATA",
        _ => "#ERROR!",
    };
    Content::about(name.to_owned(), About::Error)
}

/// A number in four bytes: whole, or the upper half of one, and perhaps a hundredth.
fn compressed(value: u32) -> f64 {
    let number = if value & 2 != 0 {
        f64::from(value.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(value & !3) << 32)
    };
    if value & 1 != 0 { number / 100.0 } else { number }
}

fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    let number = bytes.get(at..)?.first_chunk().copied().map(f64::from_le_bytes)?;
    number.is_finite().then_some(number)
}

fn area(bytes: &[u8]) -> Option<Area> {
    let pair = |at| u16_at(bytes, at).map(usize::from);
    let (top, bottom, left, right) = (pair(0)?, pair(2)?, pair(4)?, pair(6)?);
    (top <= bottom && left <= right).then_some(Area { top, left, bottom, right })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::float_cmp, reason = "each is one number exactly")]
    fn numbers_in_four_bytes() {
        assert_eq!(compressed(0x3FF0_0000), 1.0);
        assert_eq!(compressed((1234 << 2) | 2), 1234.0);
        assert_eq!(compressed((1234 << 2) | 3), 12.34);
        assert_eq!(compressed((-7_i32 << 2).cast_unsigned() | 2), -7.0);
    }

    #[test]
    fn results_of_formulas() {
        assert!(matches!(kept(&[0, 0, 0, 0, 0, 0, 0xFF, 0xFF]), Kept::Text));
        assert!(matches!(kept(&[1, 0, 1, 0, 0, 0, 0xFF, 0xFF]), Kept::Truth(true)));
        assert!(matches!(kept(&[2, 0, 7, 0, 0, 0, 0xFF, 0xFF]), Kept::Error(7)));
        assert!(matches!(kept(&[3, 0, 0, 0, 0, 0, 0xFF, 0xFF]), Kept::Blank));
        assert!(matches!(kept(&36.0_f64.to_le_bytes()), Kept::Number(number) if number > 35.0));
    }
}
