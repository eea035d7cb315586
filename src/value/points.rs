//! Point values (分值) as exact hundredths. Knows nothing about who scores
//! what; never touches a float.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub};

use serde::{Serialize, Serializer};

use crate::value::json::parsed;

/// A value of a point or a score, in hundredths: `4.25 分` is `Points::from_hundredths(425)`.
///
/// Never negative when parsed from text. Written and read as a decimal string
/// ("4", "0.5", "4.25"), so that no reader turns it into a float on the way.
///
/// ```
/// use zhidu::value::points::Points;
/// let sum = Points::parse("0.1").unwrap() + Points::parse("0.2").unwrap();
/// assert_eq!(sum.to_string(), "0.3");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(i64);

/// Why a text is not a value of points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PointsError {
    /// Not a plain decimal number.
    #[error("不是数字")]
    NotANumber,
    /// Below zero.
    #[error("不能为负数")]
    Negative,
    /// More than two digits after the decimal point.
    #[error("小数最多两位")]
    TooPrecise,
    /// Larger than any sensible value (limit: 10⁹).
    #[error("数值过大")]
    TooLarge,
}

impl Points {
    /// Nothing: the value of a point that was scored 0.
    pub const ZERO: Points = Points(0);

    /// The value of `hundredths` / 100 points.
    pub const fn from_hundredths(hundredths: i64) -> Points {
        Points(hundredths)
    }

    /// This value in hundredths.
    pub const fn hundredths(self) -> i64 {
        self.0
    }

    /// Reads what a person types: ASCII or full-width digits, one decimal
    /// point, surrounding blanks ignored.
    ///
    /// # Errors
    /// Says which rule the text breaks; an empty text is [`PointsError::NotANumber`].
    pub fn parse(text: &str) -> Result<Points, PointsError> {
        let plain = half_width(text);
        let plain = plain.trim();
        let (negative, digits) = match plain.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest),
            None => (false, plain.strip_prefix('+').unwrap_or(plain)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let is_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !is_digits(whole) || !is_digits(fraction) {
            return Err(PointsError::NotANumber);
        }
        let whole = whole.trim_start_matches('0');
        let fraction = fraction.trim_end_matches('0');
        if negative && !(whole.is_empty() && fraction.is_empty()) {
            return Err(PointsError::Negative);
        }
        if fraction.len() > 2 {
            return Err(PointsError::TooPrecise);
        }
        if whole.len() > 9 {
            return Err(PointsError::TooLarge);
        }
        let whole: i64 =
            if whole.is_empty() { 0 } else { whole.parse().map_err(|_| PointsError::TooLarge)? };
        let cents: i64 = match fraction.len() {
            0 => 0,
            1 => fraction.parse::<i64>().map_err(|_| PointsError::NotANumber)? * 10,
            _ => fraction.parse().map_err(|_| PointsError::NotANumber)?,
        };
        Ok(Points(whole * 100 + cents))
    }
}

/// Turns full-width ASCII forms (U+FF01 … U+FF5E) and the ideographic space
/// into their half-width twins, as a number field does with "１．５".
pub fn half_width(text: &str) -> String {
    text.chars().map(half_width_char).collect()
}

/// The half-width twin of one character, or the character itself.
pub fn half_width_char(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{3002}' => '.',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

impl fmt::Display for Points {
    /// Without trailing zeros: "4", "0.5", "4.25".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, cents) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        match (cents, cents % 10) {
            (0, _) => write!(f, "{sign}{whole}"),
            (_, 0) => write!(f, "{sign}{whole}.{}", cents / 10),
            _ => write!(f, "{sign}{whole}.{cents:02}"),
        }
    }
}

impl Add for Points {
    type Output = Points;
    fn add(self, other: Points) -> Points {
        Points(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Points {
    fn add_assign(&mut self, other: Points) {
        *self = *self + other;
    }
}

impl Sub for Points {
    type Output = Points;
    fn sub(self, other: Points) -> Points {
        Points(self.0.saturating_sub(other.0))
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Points>>(values: I) -> Points {
        values.fold(Points::ZERO, Add::add)
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

parsed! { Points }
