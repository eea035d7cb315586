//! What the words of a narrative do to its numbers.

/// What a word does to the numbers behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The year that is assessed: 本年度, 目前.
    Now,
    /// Another time: 上年, 近三年.
    Past,
    /// What is aimed at or supposed: 力争, 预计, 目标.
    Goal,
    /// The same, until a heading turns to something else: 下一步.
    Ahead,
    /// What is demanded: 标准, 要求.
    Norm,
    /// Says that something must be, so that 以上 may be a demand: 确保.
    Aim,
    /// The district: 全区.
    Own,
    /// The city, which a district is not: 全市.
    City,
    /// Another place, or all of them: 全国, 平均水平.
    Elsewhere,
    /// A part of the schools or people, if the sentence turns to it: 民办学校.
    Part,
    /// A single school or area, wherever it stands: 中学, 学区.
    Place,
    /// Parts of what was named before: 其中.
    Among,
    /// A stage of education, if the sentence turns to it.
    Stage(Stage),
    /// Says that a demand or a goal is spoken of as met: 完成, 符合.
    Done,
    /// May stand before a name and leaves it as it is: 共有.
    Lead,
    /// A phrase that contains a word of another kind and is not meant so.
    Plain,
}

/// A stage that figures are told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// 学前.
    Nursery,
    /// 小学.
    Primary,
    /// 初中.
    Junior,
    /// 普通高中.
    Senior,
    /// 职业学校.
    Vocational,
    /// More than one.
    Several,
}
