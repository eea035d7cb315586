//! Figures that people type (数据), as exact decimals. Knows nothing about what
//! they count; never touches a float.

use std::cmp::Ordering;
use std::fmt;

use crate::value::points::half_width;

/// Digits behind the decimal point that are kept.
const PLACES: usize = 6;
/// What 1 is in the unit of a [`Number`].
const ONE: i64 = 1_000_000;
/// Digits before the decimal point at most.
const WHOLE_DIGITS: usize = 12;

/// A decimal number in millionths: `84.996` is 84 996 000 of them. At most 12
/// digits before the decimal point and 6 behind it, so that a product of two of
/// them and a small factor stays within an `i128`.
///
/// ```
/// use zhidu::value::number::Number;
/// let typed = Number::parse("１，２３４．５０").unwrap();
/// assert_eq!(typed.to_string(), "1234.5");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(i64);

/// Why a text is not a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// Not a plain decimal number.
    #[error("不是数字")]
    Unreadable,
    /// Commas that do not stand between thousands.
    #[error("千位分隔符位置不对，请核对后只写数字")]
    Commas,
    /// A number with words or signs behind it.
    #[error("请只写一个数字，不带文字、单位或其他符号")]
    Words,
    /// More than 6 digits behind the decimal point.
    #[error("小数最多六位")]
    TooPrecise,
    /// More than 12 digits before the decimal point.
    #[error("数值过大")]
    TooLarge,
    /// Below zero, where that cannot be.
    #[error("不能为负数")]
    Negative,
    /// Not whole, where things are counted.
    #[error("应为整数")]
    NotWhole,
}

impl Number {
    /// 0.
    pub const ZERO: Number = Number(0);

    /// The number of `millionths` / 10⁶.
    pub const fn from_millionths(millionths: i64) -> Number {
        Number(millionths)
    }

    /// This number in millionths.
    pub const fn millionths(self) -> i64 {
        self.0
    }

    /// A whole number.
    pub const fn whole(number: u32) -> Number {
        Number(number as i64 * ONE)
    }

    /// The nearest float, for what is drawn or is no decimal in any case.
    pub fn to_f64(self) -> f64 {
        // Beyond 2⁵³ millionths, nine thousand millions, the last digits are rounded.
        #[allow(clippy::cast_precision_loss, reason = "the nearest float is asked for")]
        let millionths = self.0 as f64;
        millionths / 1e6
    }

    /// Whether nothing stands behind the decimal point.
    pub const fn is_whole(self) -> bool {
        self.0 % ONE == 0
    }

    /// Reads what a person types: ASCII or full-width digits, one decimal point,
    /// a sign, commas between thousands, blanks around it.
    ///
    /// # Errors
    /// Says which rule the text breaks; an empty text is [`NumberError::Unreadable`].
    pub fn parse(text: &str) -> Result<Number, NumberError> {
        // Most cells of a table are such, and a table has tens of thousands.
        if let Some(number) = Number::plain(text) {
            return Ok(number);
        }
        let plain = half_width(text);
        let plain = plain.trim();
        let (negative, digits) = match plain.strip_prefix(['-', '−', '－']) {
            Some(rest) => (true, rest),
            None => (false, plain.strip_prefix('+').unwrap_or(plain)),
        };
        if digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.contains(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.'))
        {
            return Err(NumberError::Words);
        }
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let whole = without_commas(whole)?;
        let is_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !is_digits(&whole) || !is_digits(fraction) {
            return Err(NumberError::Unreadable);
        }
        let whole = whole.trim_start_matches('0');
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > PLACES {
            return Err(NumberError::TooPrecise);
        }
        if whole.len() > WHOLE_DIGITS {
            return Err(NumberError::TooLarge);
        }
        let millionths = format!("{whole}{fraction:0<PLACES$}");
        let value: i64 = millionths.parse().map_err(|_| NumberError::TooLarge)?;
        Ok(Number(if negative { -value } else { value }))
    }

    /// A number of what is counted or measured: from 0, and whole if `whole`.
    ///
    /// # Errors
    /// As [`Number::parse`], and [`NumberError::Negative`] or
    /// [`NumberError::NotWhole`].
    pub fn parse_quantity(text: &str, whole: bool) -> Result<Number, NumberError> {
        match Number::parse(text)? {
            number if number < Number::ZERO => Err(NumberError::Negative),
            number if whole && !number.is_whole() => Err(NumberError::NotWhole),
            number => Ok(number),
        }
    }

    /// A number written with ASCII digits and at most a point between or before
    /// them; `None` for all else, good or bad.
    fn plain(text: &str) -> Option<Number> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let fits = whole.len() <= WHOLE_DIGITS && fraction.len() <= PLACES;
        if !fits || (whole.is_empty() && fraction.is_empty()) {
            return None;
        }
        let mut value = 0_i64;
        let padding = std::iter::repeat_n(b'0', PLACES - fraction.len());
        for digit in whole.bytes().chain(fraction.bytes()).chain(padding) {
            if !digit.is_ascii_digit() {
                return None;
            }
            // At most 18 digits.
            value = value * 10 + i64::from(digit - b'0');
        }
        Some(Number(value))
    }

    /// The sum, at the ends of the range the end itself.
    #[must_use]
    pub const fn plus(self, other: Number) -> Number {
        Number(self.0.saturating_add(other.0))
    }

    /// The difference, at the ends of the range the end itself.
    #[must_use]
    pub const fn minus(self, other: Number) -> Number {
        Number(self.0.saturating_sub(other.0))
    }

    /// So many of it, at the ends of the range the end itself.
    #[must_use]
    pub const fn times(self, count: i64) -> Number {
        Number(self.0.saturating_mul(count))
    }
}

fn without_commas(whole: &str) -> Result<String, NumberError> {
    if !whole.contains(',') {
        return Ok(whole.to_owned());
    }
    let mut parts = whole.split(',');
    let first = parts.next().unwrap_or_default();
    let sound = (1..=3).contains(&first.len()) && parts.all(|part| part.len() == 3);
    if sound { Ok(whole.replace(',', "")) } else { Err(NumberError::Commas) }
}

impl fmt::Display for Number {
    /// Without trailing zeros: "4", "0.5", "-1234.25".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, rest) = (self.0.unsigned_abs() / 1_000_000, self.0.unsigned_abs() % 1_000_000);
        if rest == 0 {
            return write!(f, "{sign}{whole}");
        }
        let fraction = format!("{rest:06}");
        write!(f, "{sign}{whole}.{}", fraction.trim_end_matches('0'))
    }
}

/// A quotient that is not worked out: exact, and compared exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotient {
    /// What is divided, in millionths: below 10²⁹.
    over: i128,
    /// By what, in millionths: above zero, below 10¹⁹.
    under: i128,
}

/// A value in words with its number cut off after so many places as are read at a
/// glance, "99.416184…" as "99.4161…"; never rounded, so that what is short of a limit
/// never looks as if it reached it. Other words stay as they are.
pub fn glance(words: &str) -> String {
    const GLANCE: usize = 4;
    let mut shown = String::new();
    // How many places of the number that is being read have been seen; `None` before
    // its point.
    let mut places: Option<usize> = None;
    let mut cut = false;
    for c in words.chars() {
        match places {
            Some(seen) if c.is_ascii_digit() => {
                places = Some(seen + 1);
                if seen < GLANCE {
                    shown.push(c);
                } else {
                    cut = true;
                }
                continue;
            }
            None if c == '.' && shown.ends_with(|before: char| before.is_ascii_digit()) => places = Some(0),
            Some(_) => {
                places = None;
                if std::mem::take(&mut cut) && c != '…' {
                    shown.push('…');
                }
            }
            None => {}
        }
        shown.push(c);
    }
    if cut {
        shown.push('…');
    }
    shown
}

impl Quotient {
    /// `over × times / under`; `None` unless `under` is above zero.
    pub fn new(over: Number, times: u32, under: Number) -> Option<Quotient> {
        let over = i128::from(over.0) * i128::from(times);
        (under.0 > 0).then_some(Quotient { over, under: i128::from(under.0) })
    }

    /// `over / under`, both counted in the same unit; `None` unless `under` is above
    /// zero and both lie within the bounds that [`Quotient::compare`] relies on,
    /// 10²⁹ and 10¹⁹.
    pub const fn ratio(over: i128, under: i128) -> Option<Quotient> {
        let within = over.unsigned_abs() < 10_u128.pow(29) && under > 0 && under < 10_i128.pow(19);
        if within { Some(Quotient { over, under }) } else { None }
    }

    /// This quotient times `times / under`; `None` as [`Quotient::ratio`].
    pub const fn scaled(self, times: u32, under: u32) -> Option<Quotient> {
        // The lower product stays below 10²⁹.
        match self.over.checked_mul(times as i128) {
            Some(over) => Quotient::ratio(over, self.under * under as i128),
            None => None,
        }
    }

    /// A number as a quotient.
    pub fn of(number: Number) -> Quotient {
        Quotient { over: i128::from(number.0), under: i128::from(ONE) }
    }

    /// How it compares with a number. Both products stay below 10³⁸.
    pub fn compare(self, limit: Number) -> Ordering {
        (self.over * i128::from(ONE)).cmp(&(self.under * i128::from(limit.0)))
    }

    /// How many whole steps it is above zero, rounded down; `None` for a step that
    /// is not above zero, or for more steps than can be counted.
    pub fn steps(self, step: Number) -> Option<i64> {
        if step.0 <= 0 {
            return None;
        }
        // Both products stay below 10³⁸, as in `compare`.
        let (over, under) = (self.over * i128::from(ONE), self.under * i128::from(step.0));
        i64::try_from(over.div_euclid(under)).ok()
    }

    /// The nearest float.
    pub fn to_f64(self) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "the nearest float is asked for")]
        let (over, under) = (self.over as f64, self.under as f64);
        over / under
    }

    /// Worked out to at most 6 places and cut off there, never rounded: what is
    /// short of a limit never looks as if it reached it. "84.75" is exact,
    /// "84.996666…" goes on.
    pub fn to_text(self) -> String {
        self.cut_off(PLACES)
    }

    /// [`Quotient::to_text`] with at most so many places.
    pub fn cut_off(self, places: usize) -> String {
        let sign = if self.over < 0 { "-" } else { "" };
        let (over, under) = (self.over.unsigned_abs(), self.under.unsigned_abs());
        let (whole, mut rest) = (over / under, over % under);
        let mut fraction = String::new();
        for _ in 0..places {
            rest *= 10;
            fraction.push(char::from_digit((rest / under) as u32, 10).unwrap_or('0'));
            rest %= under;
        }
        if rest > 0 {
            return format!("{sign}{whole}.{fraction}…");
        }
        let fraction = fraction.trim_end_matches('0');
        if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }
}
