//! Restore points: earlier states of an assessment, kept by themselves in a
//! ring. Which of them are let go of is decided by their kind and their order,
//! never by a clock, so that a wrong clock cannot empty the ring.

use serde::{Deserialize, Serialize};

use crate::record::Mark;
use crate::value::sets::set_of;

/// One row of the list of restore points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestorePoint {
    /// When it was made, as the person's clock said: "2026-11-23 14:05".
    pub at: String,
    /// Why it was made.
    pub why: Why,
    /// SHA-256 of its canonical content.
    pub hash: String,
    /// How many points are 已完成 or 不适用.
    pub settled: usize,
    /// Characters of all 完成情况说明 together, to tell states apart at a glance.
    pub characters: usize,
    /// The file in which this state was handed out; empty unless it was.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub file: String,
    /// To whom, as far as the program knows; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub to: String,
    /// The place of the state in this copy's order, the revision that the file names; 0
    /// unless it was handed out.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub seq: u64,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
const fn is_zero(seq: &u64) -> bool {
    *seq == 0
}

/// Why a restore point was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// An hour of editing has passed.
    Hourly,
    /// The first change of a day is about to be stored.
    Daily,
    /// A file is about to replace it.
    BeforeImport,
    /// A restore point is about to replace it.
    BeforeRestore,
    /// The person asked for it.
    ByHand,
    /// It is about to go over to a later edition of its catalogue. Known from version 3
    /// of a restore point on.
    BeforeEdition,
    /// It has left in a file: 报送记录. Known from version 5 of a restore point on.
    Handed,
}

impl Why {
    /// What 历史 calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Why::Hourly => "每小时自动",
            Why::Daily => "当日修改前",
            Why::BeforeImport => "导入前",
            Why::BeforeRestore => "恢复前",
            Why::ByHand => "手动保存",
            Why::BeforeEdition => "换用新版文本前",
            Why::Handed => "报送",
        }
    }

    /// Whether a person goes back to it on 历史. Of what has left 报送记录 tells, whatever
    /// else is kept.
    pub const fn is_offered(self) -> bool {
        !matches!(self, Why::Handed)
    }

    /// How many of its kind are kept.
    const fn kept(self) -> usize {
        match self {
            Why::Hourly => 24,
            Why::Daily => 31,
            Why::Handed => 100,
            Why::BeforeImport | Why::BeforeRestore | Why::ByHand | Why::BeforeEdition => 10,
        }
    }
}

/// Which of these restore points are too many, whatever their order here: the
/// oldest of each kind.
pub fn superfluous(points: &[(Mark, Why)]) -> Vec<Mark> {
    let in_order = set_of(points.iter().map(|(mark, why)| (mark, *why)));
    let mut seen: Vec<Why> = Vec::new();
    let mut found = Vec::new();
    for (mark, why) in in_order.into_iter().rev() {
        if seen.iter().filter(|known| **known == why).count() >= why.kept() {
            found.push(mark.clone());
        }
        seen.push(why);
    }
    found
}
