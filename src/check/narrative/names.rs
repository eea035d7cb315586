//! The names that are looked for in a narrative. The longest one at a place counts,
//! and a name with its stage in front is found without it where the stage was said.

use std::collections::BTreeMap;

use super::kind::Stage;
use super::qualifiers::stage_of;
use super::sentences::plain_chars;
use crate::value::order::sort_by_key;

/// Words for the count at the end of a name, of what happens and of what there is.
pub(super) const OF_EVENTS: [&str; 4] = ["次数", "件数", "起数", "项数"];
const OF_STOCK: [&str; 3] = ["总数", "人数", "数"];
pub(super) const OF_MONEY: [&str; 1] = ["金额"];
/// Fewer characters may be common words.
const SHORTEST: usize = 6;

/// A name by which a narrative may speak of a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name.
    pub text: String,
    /// The unit of the figure; empty where it has none.
    pub unit: String,
    /// The year that the figure is of, where that is known.
    pub year: Option<u16>,
}

/// The names by their first characters.
pub(super) struct Index<'a> {
    pub names: &'a [Name],
    by_first: BTreeMap<char, Vec<Known>>,
    /// Those without the word for their count.
    clipped: Vec<Known>,
}

/// A name as it is looked for.
pub(super) struct Known {
    pub chars: Vec<char>,
    /// Which of the names it is.
    pub name: usize,
    /// The stage that must hold for it: that of a name without its stage in front.
    pub stage: Option<Stage>,
    /// Whether it begins with its stage, so that no other one counts.
    pub staged: bool,
    /// Whether it lacks the word for its count.
    pub clipped: bool,
}

impl<'a> Index<'a> {
    pub fn of(names: &'a [Name]) -> Index<'a> {
        let mut by_first: BTreeMap<char, Vec<Known>> = BTreeMap::new();
        let mut add = |known: Known| {
            if let Some(first) = known.chars.first() {
                by_first.entry(*first).or_default().push(known);
            }
        };
        for (name, it) in names.iter().enumerate() {
            let chars = plain_chars(&it.text);
            let staged = stage_of(&chars);
            if let Some((stage, length)) = staged
                && let Some(rest) = chars.get(length..).filter(|rest| rest.len() >= 4)
            {
                add(Known { chars: rest.to_vec(), name, stage: Some(stage), staged: false, clipped: false });
            }
            for chars in in_year(&it.text) {
                add(Known { chars, name, stage: None, staged: false, clipped: false });
            }
            add(Known { chars, name, stage: None, staged: staged.is_some(), clipped: false });
        }
        for known in by_first.values_mut() {
            sort_by_key(known, |it| std::cmp::Reverse(it.chars.len()));
        }
        Index { names, by_first, clipped: clipped(names) }
    }

    /// The name that stands at a position without the word for its count.
    pub fn clipped(&self, chars: &[char], at: usize) -> Option<&Known> {
        let rest = chars.get(at..)?;
        self.clipped.iter().find(|it| rest.starts_with(&it.chars))
    }

    /// The names without the word for their count.
    pub fn all_clipped(&self) -> &[Known] {
        &self.clipped
    }

    /// Whether any name stands in these characters.
    pub fn occurs_in(&self, chars: &[char]) -> bool {
        (0..chars.len()).any(|at| !self.at(chars, at).is_empty() || self.clipped(chars, at).is_some())
    }

    /// The longest names at a position: several where they differ by stage.
    pub fn at(&self, chars: &[char], at: usize) -> &[Known] {
        let rest = chars.get(at..).unwrap_or(&[]);
        let known = rest.first().and_then(|first| self.by_first.get(first)).map_or(&[][..], Vec::as_slice);
        let Some(from) = known.iter().position(|it| rest.starts_with(&it.chars)) else { return &[] };
        let tail = known.get(from..).unwrap_or(&[]);
        let same = tail.iter().take_while(|it| tail.first().is_some_and(|one| one.chars == it.chars)).count();
        tail.get(..same).unwrap_or(&[])
    }
}

/// A name that says its year, as it is written with other words for the year:
/// 今年的生均公用经费 for 本年生均公用经费.
fn in_year(name: &str) -> Vec<Vec<char>> {
    const OTHERWISE: [(&str, &[&str]); 2] = [
        ("本年", &["本年的", "今年的", "今年", "本年度的", "本年度"]),
        ("上年", &["上年的", "去年的", "去年", "上年度的", "上年度"]),
    ];
    let of = OTHERWISE.iter().find_map(|(year, words)| Some((name.strip_prefix(year)?, *words)));
    let written = |(rest, words): (&str, &[&str])| {
        words.iter().map(|word| plain_chars(&format!("{word}{rest}"))).collect()
    };
    of.filter(|(rest, _)| !rest.starts_with('度')).map(written).unwrap_or_default()
}

/// The names without the word for their count, longest first, that are no other names.
fn clipped(names: &[Name]) -> Vec<Known> {
    let all: Vec<(usize, String)> =
        names.iter().enumerate().filter_map(|(name, it)| Some((name, clip(it)?))).collect();
    let taken = |text: &String| {
        all.iter().filter(|(_, it)| it == text).count() > 1 || names.iter().any(|it| it.text == *text)
    };
    let alone = all.iter().filter(|(_, text)| !taken(text));
    let known = |(name, text): &(usize, String)| {
        let chars = plain_chars(text);
        let staged = stage_of(&chars).is_some();
        Known { chars, name: *name, stage: None, staged, clipped: true }
    };
    let mut found: Vec<Known> = alone.map(known).collect();
    sort_by_key(&mut found, |it| std::cmp::Reverse(it.chars.len()));
    found
}

/// A name without the word for its count.
fn clip(name: &Name) -> Option<String> {
    let cut = |endings: &[&str]| {
        endings.iter().find_map(|ending| name.text.strip_suffix(ending)).map(str::to_owned)
    };
    let money = || cut(&OF_MONEY).filter(|it| it.ends_with("经费") || it.ends_with("资金"));
    let clipped = cut(&OF_EVENTS).or_else(money).or_else(|| cut(&OF_STOCK))?;
    (clipped.chars().count() >= SHORTEST && !clipped.ends_with('的')).then_some(clipped)
}
