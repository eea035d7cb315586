//! What the words do by which a narrative qualifies its numbers, and their look-up.
//! What a word does in its place is no matter of this file.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::kind::Kind;
use super::numbers::starts;
use super::vocabulary::WORDS;
use crate::value::order::sort_by_key;

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
        sort_by_key(entries, |(word, _)| std::cmp::Reverse(word.len()));
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
