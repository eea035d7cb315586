//! What an editor changed in a transcription (原文校订), so that a reader can
//! judge it. Never part of a catalogue's identity.

use serde::Serialize;

use crate::value::json::{names, object};

/// One place where the shipped text differs from the transcription that it was
/// taken from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Repair {
    /// Number of the repair within its catalogue. A repair that touches several
    /// groups or points stands at each of them under the same number.
    pub no: u16,
    /// As transcribed.
    pub raw: String,
    /// As shipped. Words in 〔〕 say what a number or a name is.
    pub fixed: String,
    /// What had gone wrong.
    pub kind: RepairKind,
    /// How sure the repair is.
    pub confidence: Confidence,
    /// Why it was repaired so.
    pub basis: String,
}

object! { closed Repair { no, raw, fixed, kind, confidence, basis } }

/// What had gone wrong in a transcription.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RepairKind {
    /// A character was taken for another.
    Misread,
    /// Text of one cell stands inside another.
    Displaced,
    /// A character or mark is missing.
    Dropped,
    /// Text is missing and cannot be restored.
    Lost,
    /// Where a merged cell begins had to be inferred.
    Boundary,
    /// Cells run into each other.
    Layout,
    /// A half-width mark for a full-width one.
    Punct,
}

names! { RepairKind {
    Misread = "misread",
    Displaced = "displaced",
    Dropped = "dropped",
    Lost = "lost",
    Boundary = "boundary",
    Layout = "layout",
    Punct = "punct",
} }

/// How sure a repair is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Confidence {
    /// No other reading makes sense.
    Certain,
    /// The likeliest reading.
    Probable,
    /// The original could not be restored.
    Unresolved,
}

names! { Confidence {
    Certain = "certain",
    Probable = "probable",
    Unresolved = "unresolved",
} }

impl RepairKind {
    /// The kind as the interface names it.
    pub fn label(self) -> &'static str {
        match self {
            RepairKind::Misread => "误认",
            RepairKind::Displaced => "错位",
            RepairKind::Dropped => "脱漏",
            RepairKind::Lost => "缺失",
            RepairKind::Boundary => "起点推定",
            RepairKind::Layout => "版式",
            RepairKind::Punct => "标点",
        }
    }
}

impl Confidence {
    /// The degree as the interface names it.
    pub fn label(self) -> &'static str {
        match self {
            Confidence::Certain => "确定",
            Confidence::Probable => "推定",
            Confidence::Unresolved => "未能恢复",
        }
    }
}
