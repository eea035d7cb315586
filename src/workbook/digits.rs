//! How numbers are shown. The cell keeps all digits; so many are shown that what
//! is read never contradicts the verdict beside it.

use crate::value::number::Number;

use super::quantity::Quantity;

/// How the number in a cell is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Digits {
    /// As it is, without needless zeros.
    #[default]
    AsIs,
    /// As a text, also what is typed: codes and numbers that begin with 0.
    Text,
    /// A count: whole, thousands apart.
    Whole,
    /// An amount: two digits behind the point, more where there are more.
    Amount,
    /// So many digits behind the point.
    Places(u8),
}

/// Two are the same number if they are no further apart than floats err.
const EQUAL: f64 = 1e-9;

impl Digits {
    /// So many digits, but at least `least`, that a value beside its limit shows on
    /// which side of it it is: 84.996 against 85 is not shown as 85.00.
    pub fn beside(value: f64, limit: Option<f64>, least: u8) -> Digits {
        let Some(limit) = limit else { return Digits::Places(least) };
        let side = |value: f64| if (value - limit).abs() < EQUAL { 0.0 } else { (value - limit).signum() };
        let shown = |places: u8| {
            let unit = 10_f64.powi(i32::from(places));
            (value * unit).round() / unit
        };
        let clear = (least..6).find(|places| side(shown(*places)) == side(value));
        Digits::Places(clear.unwrap_or(6))
    }

    /// All digits of a number that nobody changes.
    pub fn all(number: Number) -> Digits {
        let places = decimals(Quantity::Decimal(number));
        Digits::Places(u8::try_from(places).unwrap_or(6))
    }

    /// The same where it fits into a column of this width; a number that would be shown
    /// as ### is shown as it is, which gives way to the width.
    #[must_use]
    pub fn within(self, number: Quantity, width: u32) -> Digits {
        let places = match self {
            Digits::AsIs | Digits::Text => return self,
            Digits::Whole => 0,
            Digits::Amount => decimals(number).clamp(2, 6),
            Digits::Places(places) => usize::from(places),
        };
        let whole = format!("{:.0}", number.to_f64().abs().trunc()).len();
        let point = usize::from(places > 0) + usize::from(number.to_f64() < 0.0);
        let length = whole + whole.saturating_sub(1) / 3 + point + places;
        if u32::try_from(length).is_ok_and(|length| length <= width) { self } else { Digits::AsIs }
    }

    /// The format in Excel's notation.
    pub fn format(self) -> String {
        match self {
            Digits::AsIs => "General".to_owned(),
            Digits::Text => "@".to_owned(),
            Digits::Whole | Digits::Places(0) => "#,##0".to_owned(),
            Digits::Amount => "#,##0.00####".to_owned(),
            Digits::Places(places) => format!("#,##0.{}", "0".repeat(usize::from(places))),
        }
    }
}

/// How many digits stand behind the point.
fn decimals(number: Quantity) -> usize {
    number.to_string().split_once('.').map_or(0, |(_, digits)| digits.len())
}
