//! The figures that a catalogue's measures take (数据): what each is called, what
//! it counts and what may be typed. Holds no figure of any district.

use std::fmt;

use serde::Serialize;

use super::{IdError, Source};
use crate::school::{Column, Stage};
use crate::value::json::{names, object, parsed};

/// Names a figure of a catalogue: 1 to 60 characters of `a-z`, `0-9` and `-`,
/// the first of them no `-`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct FigureId(String);

parsed! { FigureId }

impl FigureId {
    /// Reads an id.
    ///
    /// # Errors
    /// [`IdError::Figure`] for any other character or length.
    pub fn parse(text: &str) -> Result<FigureId, IdError> {
        let allowed = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-');
        if (1..=60).contains(&text.len()) && text.bytes().all(allowed) && !text.starts_with('-') {
            Ok(FigureId(text.to_owned()))
        } else {
            Err(IdError::Figure)
        }
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FigureId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One figure that a district supplies once, whichever measures take it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FigureSpec {
    /// Names it in every file; never reused.
    pub id: FigureId,
    /// What is asked for; no two figures of a catalogue share a name.
    pub name: String,
    /// Unit; empty where there is none.
    pub unit: String,
    /// Stage of education or kind of school that it is about.
    pub stage: String,
    /// What may be typed.
    pub kind: FigureKind,
    /// 口径: what is counted, over which time. An editor's reading.
    pub definition: String,
    /// Who supplies it.
    pub source: Source,
    /// The figure that it cannot exceed, being a part of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part_of: Option<FigureId>,
    /// The number that it cannot exceed, as a decimal: "100" for a share that cannot be
    /// above the whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<String>,
    /// Other words by which a narrative names it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// What can be chosen; two or more exactly where it is a choice.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<FigureOption>,
    /// The option that stands until another is chosen. Without one nothing is
    /// computed before somebody has chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// How 学校数据 supplies it, where it can.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schools: Option<SchoolSum>,
    /// The kind of school that it is about, where 学校数据 can show that there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
}

object! { closed FigureSpec { id, name, kind, definition; unit, stage, source, part_of, most, aliases, options, default, schools, about } }

/// A kind of school that a district may have none of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum About {
    /// 特殊教育学校.
    Special,
    /// 专门学校.
    Correctional,
    /// Schools of fewer than 400 pupils.
    Under400,
}

names! { About {
    Special = "special",
    Correctional = "correctional",
    Under400 = "under-400",
} }

/// What may be typed for a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FigureKind {
    /// A whole number from 0.
    Count,
    /// A decimal from 0.
    Amount,
    /// A decimal of any sign: growth in per cent.
    Rate,
    /// A step of a scale, Ⅰ to Ⅴ.
    Step,
    /// 有 or 无: whether there is such a thing.
    YesNo,
    /// 是 or 否: whether it is done.
    Done,
    /// One of the figure's options: which of several readings applies.
    Choice,
}

names! { FigureKind {
    Count = "count",
    Amount = "amount",
    Rate = "rate",
    Step = "step",
    YesNo = "yes-no",
    Done = "done",
    Choice = "choice",
} }

/// One way to read what the document leaves open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FigureOption {
    /// Unique in its figure and never reused.
    pub id: String,
    /// A few words for it.
    pub label: String,
    /// What it means, and whence it is taken.
    pub note: String,
}

object! { closed FigureOption { id, label; note } }

/// A column of 学校数据 added up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SchoolSum {
    /// A column of numbers in the figure's unit.
    pub sum: Column,
    /// The rows of these stages; never empty.
    pub stages: Vec<Stage>,
}

object! { closed SchoolSum { sum, stages } }

impl FigureSpec {
    /// The option of that id, if there is one.
    pub fn option(&self, id: &str) -> Option<&FigureOption> {
        self.options.iter().find(|option| option.id == id)
    }
}

impl FigureKind {
    /// Whether figures of this kind can be added and divided.
    pub const fn is_quantity(self) -> bool {
        matches!(self, FigureKind::Count | FigureKind::Amount)
    }

    /// Whether figures of this kind are numbers in a unit.
    pub const fn is_number(self) -> bool {
        matches!(self, FigureKind::Count | FigureKind::Amount | FigureKind::Rate)
    }
}
