//! Formulas that come out in a spreadsheet as the exact figures come out here. A
//! spreadsheet counts in binary floats, so that 0.1 + 0.2 is not 0.3 to it: sides
//! of a comparison are rounded to the digits that their inputs can have, and where
//! a float has not that many digits no formula is made.

use crate::value::limit::Op;
use crate::value::limit::Verdict;
use crate::value::number::Number;

/// A formula, and how large and how long its result can be.
#[derive(Clone, Debug)]
pub(super) struct Side {
    /// The formula without an equals sign; can be multiplied as it stands.
    pub text: String,
    /// What it is at most, as an amount.
    size: f64,
    /// How many digits behind the point it has at most.
    places: u32,
}

impl Side {
    /// A cell, or a number written out, of this value.
    pub fn of(text: impl Into<String>, value: Number) -> Side {
        Side { text: text.into(), size: value.to_f64().abs(), places: places(value) }
    }

    /// The same in a cell that holds it.
    pub fn called(self, text: String) -> Side {
        Side { text, ..self }
    }

    /// Terms added, or taken away where the flag says so.
    pub fn sum(terms: Vec<(bool, Side)>) -> Side {
        let (mut text, mut size, mut places) = (String::new(), 0.0, 0);
        let count = terms.len();
        for (minus, term) in terms {
            let sign = match (minus, text.is_empty()) {
                (true, _) => "-",
                (false, true) => "",
                (false, false) => "+",
            };
            text.push_str(sign);
            text.push_str(&term.text);
            size += term.size;
            places = places.max(term.places);
        }
        let single = count == 1 && !text.starts_with('-');
        Side { text: if single { text } else { format!("({text})") }, size, places }
    }

    /// The product.
    pub fn times(&self, other: &Side) -> Side {
        Side {
            text: format!("{}*{}", self.text, other.text),
            size: self.size * other.size,
            places: self.places + other.places,
        }
    }

    /// This side times a whole number.
    pub fn times_whole(&self, times: u32) -> Side {
        if times == 1 { self.clone() } else { self.times(&Side::of(times.to_string(), Number::whole(times))) }
    }
}

/// How many digits a number has behind the point.
fn places(number: Number) -> u32 {
    let text = number.to_string();
    let digits = text.split_once('.').map_or(0, |(_, digits)| digits.len());
    u32::try_from(digits).unwrap_or(6)
}

/// Whether `left op right`, as a condition of a formula; `None` where floats
/// cannot tell, or where nothing is compared.
pub(super) fn condition(left: &Side, op: Op, right: &Side) -> Option<String> {
    let sign = match op {
        Op::AtLeast => ">=",
        Op::AtMost => "<=",
        Op::Above => ">",
        Op::Below => "<",
        Op::Equal => "=",
        Op::Flag | Op::Report => return None,
    };
    let places = left.places.max(right.places).max(6);
    let size = left.size + right.size;
    // Each of the few steps errs by at most 2⁻⁵³ of what it gives; 10⁻¹⁵ of the
    // whole is more than all of them together.
    let unit = 10_f64.powi(-i32::try_from(places).unwrap_or(i32::MAX));
    (size * 1e-15 < unit / 2.0).then(|| format!("ROUND({}-{},{places}){sign}0", left.text, right.text))
}

/// 达标 or 未达标 by a condition.
pub(super) fn verdict(condition: &str) -> String {
    format!("IF({condition},\"{}\",\"{}\")", Verdict::Reached.label(), Verdict::Missed.label())
}

/// An address on another sheet.
pub(super) fn on(sheet: &str, address: &str) -> String {
    format!("'{sheet}'!{address}")
}
