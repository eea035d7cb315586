//! The numbers of a workbook: exact decimals, and what is none.

use std::fmt;

use crate::value::number::Number;
use crate::value::points::Points;

/// A number in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// A decimal, exact.
    Decimal(Number),
    /// What is no decimal: a root, a quotient.
    Float(Float),
}

/// A finite float. Two are equal if their bits are, so that a description can be
/// compared with another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Float(u64);

impl Float {
    /// This float, or 0 for what no cell can hold: infinity and what is no number.
    pub fn new(value: f64) -> Float {
        // 0 added turns -0 into 0.
        Float(if value.is_finite() { value + 0.0 } else { 0.0 }.to_bits())
    }

    /// This float.
    pub const fn get(self) -> f64 {
        f64::from_bits(self.0)
    }
}

impl Quantity {
    /// The nearest float, as Excel keeps numbers.
    pub fn to_f64(self) -> f64 {
        match self {
            // By way of its digits, because more of them than a float has would be
            // rounded twice otherwise.
            Quantity::Decimal(number) => number.to_string().parse().unwrap_or_else(|_| number.to_f64()),
            Quantity::Float(float) => float.get(),
        }
    }
}

impl fmt::Display for Quantity {
    /// All of its digits; what is read from them is the same float again.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Quantity::Decimal(number) => number.fmt(f),
            Quantity::Float(float) => float.get().fmt(f),
        }
    }
}

impl From<Points> for Quantity {
    fn from(points: Points) -> Quantity {
        Quantity::Decimal(Number::from_millionths(points.hundredths().saturating_mul(10_000)))
    }
}

impl From<Number> for Quantity {
    fn from(number: Number) -> Quantity {
        Quantity::Decimal(number)
    }
}

impl From<f64> for Quantity {
    fn from(float: f64) -> Quantity {
        Quantity::Float(Float::new(float))
    }
}
