//! What a document prints beside its points and their total: values of groups, 加分项,
//! 扣分项, 一票否决, rules and grades. Shown as printed and never computed with.

use std::fmt;

use serde::Serialize;

use crate::value::json::{names, object, parsed};
use crate::value::text::decimal_places;

/// What sets a point apart from those that make up the total.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PointMark {
    /// 加分项: its value is given on top.
    Bonus,
    /// 扣分项: its value is taken away.
    Deduction,
    /// 一票否决.
    Veto,
}

names! { PointMark {
    Bonus = "bonus",
    Deduction = "deduction",
    Veto = "veto",
} }

impl PointMark {
    /// The mark as the interface names it.
    pub const fn label(self) -> &'static str {
        match self {
            PointMark::Bonus => "加分项",
            PointMark::Deduction => "扣分项",
            PointMark::Veto => "一票否决",
        }
    }
}

/// The mark with its value: "加分项 5 分，不计入总分".
pub fn mark_in_words(mark: PointMark, value: Option<&PrintedValue>) -> String {
    let value = value.map(|it| format!(" {it} 分，不计入总分")).unwrap_or_default();
    format!("{}{value}", mark.label())
}

/// A value that is printed and not added up: a decimal with at most two places, which
/// may be below zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PrintedValue(String);

/// A text is no printed value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("分值须为至多两位小数的数字")]
pub struct NoValue;

impl PrintedValue {
    /// Reads a value.
    ///
    /// # Errors
    /// For anything but digits with at most two places, and a `-` in front if need be.
    pub fn parse(text: &str) -> Result<PrintedValue, NoValue> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        if decimal_places(digits).is_some_and(|places| places <= 2) {
            Ok(PrintedValue(text.to_owned()))
        } else {
            Err(NoValue)
        }
    }
}

impl fmt::Display for PrintedValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

parsed! { PrintedValue }

/// 等次 as printed. No grade is given by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Grade {
    /// 优秀.
    pub name: String,
    /// From where to where: "90分以上"; empty where the document does not say.
    pub limit: String,
}

object! { closed Grade { name; limit } }
