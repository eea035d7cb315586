//! What a cell of somebody's table becomes in 学校数据: the number in the unit of the
//! column, or the text as it was typed with what is to be asked about it. Nothing is
//! read half: 1.2万 is neither 1.2 nor, before somebody has said so, 12000.

use super::unit::Unit;
use crate::school::{Column, Sort};
use crate::value::fold::{fold, tidy};
use crate::value::grid::{About, Grid};
use crate::value::number::Number;

/// A cell as it is taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Its text, in the form in which the column keeps it; empty for nothing.
    pub text: String,
    /// What is to be said of it.
    pub note: Option<Note>,
}

/// What is to be said of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Note {
    /// A formula has no result in the file.
    NoResult,
    /// A formula gives an error.
    Error,
    /// A picture stands in it.
    Picture,
    /// ########: the column was too narrow to show what stands in it.
    Hashes,
    /// A number of so many digits that the last ones are lost, or shown as 9.9E+09.
    Rounded,
    /// A number with a word behind it, which was read by the person's leave.
    Worded,
    /// A number with a word behind it, which is left as it stands.
    Unread,
    /// A number that the unit of the column has too few places for.
    Unfit,
    /// Its format shows another unit than its head says, by which it was read.
    Shown,
}

/// Reads a cell for a column. `unit` is that of its source, `words` the words behind
/// numbers that may be read.
pub fn take(grid: &Grid, at: (usize, usize), column: Column, unit: Option<Unit>, words: &[String]) -> Taken {
    let raw = grid.text(at.0, at.1);
    let about = grid.about(at.0, at.1);
    if raw.is_empty() && about.is_none() {
        return Taken::default();
    }
    let nothing = |note| Taken { text: String::new(), note: Some(note) };
    let keeps = matches!(column.sort(), Sort::Count | Sort::Amount);
    match about {
        Some(About::NoResult) => return nothing(Note::NoResult),
        Some(About::Picture) => return nothing(Note::Picture),
        Some(About::Error) if !keeps => return nothing(Note::Error),
        Some(About::Error) => return Taken { text: tidy(raw), note: Some(Note::Error) },
        _ => {}
    }
    if raw.trim().len() > 1 && raw.trim().bytes().all(|byte| byte == b'#') {
        // In a cell of numbers it stays, as whatever else is no number.
        let text = if keeps { tidy(raw) } else { String::new() };
        return Taken { text, note: Some(Note::Hashes) };
    }
    match column.sort() {
        Sort::Text => of_text(raw, about, column),
        Sort::Word => Taken { text: column.normalised(&tidy(raw)), note: None },
        Sort::Count | Sort::Amount => of_number(raw, about, column, unit, words),
    }
}

fn of_text(raw: &str, about: Option<&About>, column: Column) -> Taken {
    let text = tidy(raw);
    if column == Column::Name && is_error(&text) {
        return Taken { text: String::new(), note: Some(Note::Error) };
    }
    if column != Column::Code {
        return Taken { text, note: None };
    }
    let whole = text.strip_suffix(".0").unwrap_or(&text);
    if about == Some(&About::Rounded) || is_scientific(whole) || is_error(whole) {
        return Taken { text: String::new(), note: Some(Note::Rounded) };
    }
    Taken { text: whole.to_owned(), note: None }
}

fn of_number(
    raw: &str,
    about: Option<&About>,
    column: Column,
    unit: Option<Unit>,
    words: &[String],
) -> Taken {
    let text = tidy(&unspaced(raw));
    let as_typed = |note| Taken { text: column.normalised(&text), note };
    let Some(dimension) = column.dimension() else { return as_typed(None) };
    if let (Ok(number), Some(About::Shown(shown))) = (Number::parse(&text), about)
        && let Some((seen, word)) = worded(shown)
    {
        // The format may show the number in another size: what it shows is what the
        // sender saw, and the unit is that of what it shows.
        let number = resized(number, seen);
        let own = Unit::behind_number(&word, dimension);
        let by = own.or(unit.filter(|_| word.is_empty()));
        return converted(number, by, column, &text, own.map(|_| Note::Shown));
    }
    if Number::parse(&text).is_ok() {
        let number = Number::parse(&text).unwrap_or(Number::ZERO);
        return converted(number, unit, column, &text, None);
    }
    if is_scientific(&text) {
        return as_typed(Some(Note::Rounded));
    }
    let Some((number, word)) = worded(&text) else { return as_typed(None) };
    let Some(own) = Unit::behind_number(&word, dimension) else { return as_typed(None) };
    if !words.contains(&word) {
        return as_typed(Some(Note::Unread));
    }
    let (number, by) = read_as(number, &word, own, unit);
    converted(number, Some(by), column, &text, Some(Note::Worded))
}

/// A number with a word behind it, as it is read in a column of this unit: 1.2万 in 千元
/// is 12000 千元. A column of 万元 itself has 1200万 for so many 万元, not for ten
/// thousand times as many.
fn read_as(number: Number, word: &str, own: Unit, unit: Option<Unit>) -> (Number, Unit) {
    let multiple = Unit::multiple(word).zip(unit.filter(|it| !it.is_own()));
    let product = multiple.and_then(|(multiple, unit)| {
        let whole = i128::from(number.millionths()) * i128::from(multiple.millionths()) / 1_000_000;
        Some((Number::from_millionths(i64::try_from(whole).ok()?), unit))
    });
    product.unwrap_or((number, own))
}

/// What a text with a word behind its number would be read as in a column, with the
/// column's unit.
pub fn reading(text: &str, column: Column, unit: Option<Unit>) -> Option<String> {
    let (number, word) = worded(&tidy(&unspaced(text)))?;
    let own = Unit::behind_number(&word, column.dimension()?)?;
    let (number, by) = read_as(number, &word, own, unit);
    Some(format!("{} 读作 {} {}", tidy(text), by.convert(number)?, column.unit()))
}

fn converted(number: Number, unit: Option<Unit>, column: Column, typed: &str, note: Option<Note>) -> Taken {
    let Some(unit) = unit.filter(|unit| !unit.is_own()) else {
        return Taken { text: column.normalised(&number.to_string()), note };
    };
    match unit.convert(number) {
        Some(number) => Taken { text: column.normalised(&number.to_string()), note },
        // With its unit behind it, so that it is refused and never taken for one in
        // the column's.
        None => Taken { text: format!("{}{}", typed.trim(), unit.name), note: Some(Note::Unfit) },
    }
}

/// The power of ten by which a format shows a number smaller, taken off exactly.
fn resized(number: Number, seen: Number) -> Number {
    let mut sized = number;
    for _ in 0..12 {
        if sized.millionths() == 0 || seen.millionths() == 0 {
            return number;
        }
        // As near as a shown number of few places is to what it shows.
        let (a, b) = (sized.to_f64().abs(), seen.to_f64().abs());
        if (a / b) < 3.0 {
            return sized;
        }
        if sized.millionths() % 10 != 0 {
            return number;
        }
        sized = Number::from_millionths(sized.millionths() / 10);
    }
    number
}

/// A number and the word behind it.
pub(super) fn worded(text: &str) -> Option<(Number, String)> {
    let text = fold(text);
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.' | '-' | '+')));
    let (digits, word) = text.split_at(end.unwrap_or(text.len()));
    let number = Number::parse(digits).ok()?;
    Some((number, word.to_owned()))
}

/// Without the blanks that no keyboard makes between digits: 1 234 from a web page.
fn unspaced(raw: &str) -> String {
    raw.chars().filter(|c| !matches!(c, '\u{A0}' | '\u{202F}' | '\u{2007}' | '\u{2009}')).collect()
}

/// 9.9E+09 and the like.
fn is_scientific(text: &str) -> bool {
    let text = fold(text);
    let Some((digits, power)) = text.split_once('e') else { return false };
    let power = power.trim_start_matches(['+', '-']);
    Number::parse(digits).is_ok() && !power.is_empty() && power.bytes().all(|byte| byte.is_ascii_digit())
}

/// #N/A, #REF! and the like.
fn is_error(text: &str) -> bool {
    text.starts_with('#') && text.len() > 1 && text.is_ascii()
}
