//! A limit that a document sets, and what meeting it is called. Knows no document
//! and no indicator.

use std::cmp::Ordering;

use crate::value::json::names;
use crate::value::number::Number;

/// How a figure is compared with its limit. 以上, 不少于, 不低于 and 不超过
/// include the limit, 高于 and 低于 do not (民法典 art. 1259).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// 以上, 不少于, 不低于.
    AtLeast,
    /// 以下, 不超过.
    AtMost,
    /// 高于.
    Above,
    /// 低于.
    Below,
    /// 达到 100 %, 无.
    Equal,
    /// Nothing to compare: a thing is there or is not.
    Flag,
    /// Nothing to compare: the figure is only reported.
    Report,
}

names! { Op {
    AtLeast = ">=",
    AtMost = "<=",
    Above = ">",
    Below = "<",
    Equal = "==",
    Flag = "flag",
    Report = "report",
} }

/// A number with the sense in which it limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    op: Op,
    value: Number,
}

impl Limit {
    /// The limit `op value`; `None` for [`Op::Flag`] and [`Op::Report`], which
    /// compare nothing.
    pub const fn new(op: Op, value: Number) -> Option<Limit> {
        match op {
            Op::Flag | Op::Report => None,
            _ => Some(Limit { op, value }),
        }
    }

    /// 不低于 a value.
    pub const fn at_least(value: Number) -> Limit {
        Limit { op: Op::AtLeast, value }
    }

    /// 小于或等于 a value.
    pub const fn at_most(value: Number) -> Limit {
        Limit { op: Op::AtMost, value }
    }

    /// 低于 a value.
    pub const fn below(value: Number) -> Limit {
        Limit { op: Op::Below, value }
    }

    /// How a figure is compared.
    pub const fn op(self) -> Op {
        self.op
    }

    /// What it is compared with.
    pub const fn value(self) -> Number {
        self.value
    }

    /// How it limits, as it is printed.
    pub const fn sign(self) -> &'static str {
        match self.op {
            Op::AtLeast => "≥",
            Op::AtMost => "≤",
            Op::Above => ">",
            Op::Below => "<",
            Op::Equal | Op::Flag | Op::Report => "=",
        }
    }

    /// Whether a figure that compares so with [`Limit::value`] meets the limit.
    pub fn admits(self, figure: Ordering) -> bool {
        match self.op {
            Op::AtLeast => figure.is_ge(),
            Op::AtMost => figure.is_le(),
            Op::Above => figure.is_gt(),
            Op::Below => figure.is_lt(),
            // `new` lets no Flag and no Report in.
            Op::Equal | Op::Flag | Op::Report => figure.is_eq(),
        }
    }

    /// [`Verdict::Reached`] or [`Verdict::Missed`], as [`Limit::admits`] says.
    pub fn judge(self, figure: Ordering) -> Verdict {
        if self.admits(figure) { Verdict::Reached } else { Verdict::Missed }
    }
}

/// How a figure stands to its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// 达标.
    Reached,
    /// 未达标.
    Missed,
    /// 缺数据: a figure that it needs is missing, so that nothing can be said.
    Missing,
}

impl Verdict {
    /// The verdict in the field's words.
    pub const fn label(self) -> &'static str {
        match self {
            Verdict::Reached => "达标",
            Verdict::Missed => "未达标",
            Verdict::Missing => "缺数据",
        }
    }

    /// The verdict on several figures that all have to reach: one that misses
    /// decides, whatever is missing elsewhere. `None` if there are none.
    pub fn all(verdicts: impl IntoIterator<Item = Verdict>) -> Option<Verdict> {
        verdicts.into_iter().reduce(|one, other| match (one, other) {
            (Verdict::Missed, _) | (_, Verdict::Missed) => Verdict::Missed,
            (Verdict::Missing, _) | (_, Verdict::Missing) => Verdict::Missing,
            (Verdict::Reached, Verdict::Reached) => Verdict::Reached,
        })
    }
}
