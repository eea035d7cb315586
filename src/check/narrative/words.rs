//! What the words do by which a narrative qualifies its numbers, and their look-up.
//! What a word does in its place is no matter of this file.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::numbers::starts;
use super::vocabulary::WORDS;

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

/// A word of the tables with its kind.
type Entry = (Vec<char>, Kind);

static TABLE: LazyLock<BTreeMap<char, Vec<Entry>>> = LazyLock::new(|| {
    let mut table: BTreeMap<char, Vec<Entry>> = BTreeMap::new();
    for (kind, words) in WORDS.iter().copied() {
        for word in words.split_whitespace() {
            if let Some(first) = word.chars().next() {
                table.entry(first).or_default().push((word.chars().collect(), kind));
            }
        }
    }
    for entries in table.values_mut() {
        entries.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    }
    table
});

/// The longest word of the tables at a position, and its length.
pub(super) fn word(chars: &[char], at: usize) -> Option<(Kind, usize)> {
    let rest = chars.get(at..)?;
    let entries = TABLE.get(rest.first()?)?;
    entries.iter().find(|(word, _)| rest.starts_with(word)).map(|(word, kind)| (*kind, word.len()))
}

/// How long the word of a list is that stands at a position.
pub(super) fn one_of(words: &str, chars: &[char], at: usize) -> Option<usize> {
    words.split_whitespace().find(|word| starts(chars, at, word)).map(|word| word.chars().count())
}
