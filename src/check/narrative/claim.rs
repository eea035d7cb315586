//! What a narrative says of a figure.

use crate::value::number::Number;

/// A number that a text gives for a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Which of the names.
    pub name: usize,
    /// In which sense.
    pub sense: Sense,
    /// The number, in the unit of the figure.
    pub number: Number,
    /// What 1 in its last place stands for.
    pub step: Number,
    /// The words in which it is given, from the name to the unit.
    pub words: String,
    /// Whether the name lacks the word for its count: 会议6次 for 会议次数.
    pub clipped: bool,
}

/// What a claim says of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// That it is the number.
    Is,
    /// That it is not below: 达到99%以上, 超过5000人.
    AtLeast,
    /// That it is not above: 最大为40人.
    AtMost,
}
