//! Texts as sentences: what of a text was changed, and what becomes of a text that two
//! have changed.

use std::ops::Range;

/// So many pairs of sentences are compared at most; beyond it a stretch of them counts as
/// changed as a whole.
const MOST_PAIRS: usize = 4_000_000;

/// Who a sentence of a merged text is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// It was there before, or both have put it there.
    Both,
    /// The one that comes in.
    Theirs,
    /// What is here.
    Ours,
}

/// A stretch of a text that two have changed without touching each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Who it is from.
    pub from: From,
    /// Its text.
    pub text: String,
}

/// Where two lists differ: these of one stand where those of the other do.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Hunk {
    old: Range<usize>,
    new: Range<usize>,
}

/// The sentences of a text, each with what ends it. Put together they are the text.
pub fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut start, mut ended) = (0, false);
    for (at, c) in text.char_indices() {
        let ends = matches!(c, '。' | '！' | '？' | '；' | '!' | '?' | ';' | '\n');
        let closes = matches!(c, '”' | '’' | '」' | '』' | '）' | ')' | '》') || c.is_whitespace();
        if ended && !ends && !closes {
            found.extend(text.get(start..at));
            start = at;
            ended = false;
        }
        ended |= ends;
    }
    found.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    found
}

/// The sentences of `text`, each with whether it is another one than in `before`.
pub fn marked<'a>(before: &str, text: &'a str) -> Vec<(bool, &'a str)> {
    let (old, new) = (sentences(before), sentences(text));
    let hunks = hunks(&old, &new);
    let is_new = |at: usize| hunks.iter().any(|hunk| hunk.new.contains(&at));
    new.iter().enumerate().map(|(at, sentence)| (is_new(at), *sentence)).collect()
}

/// What a text becomes that two have changed; `None` where their changes touch. The
/// stretches put together are the text.
pub fn merged(base: &str, theirs: &str, ours: &str) -> Option<Vec<Stretch>> {
    let [base, theirs, ours] = [base, theirs, ours].map(sentences);
    let (mut left, mut right) = (hunks(&base, &theirs), hunks(&base, &ours));
    left.reverse();
    right.reverse();
    let mut result = Vec::new();
    let mut at = 0;
    let mut put = |from, of: &[&str], range: Range<usize>| {
        let text: String = of.get(range).unwrap_or_default().concat();
        if !text.is_empty() {
            result.push(Stretch { from, text });
        }
    };
    loop {
        let (from, hunk) = match (left.last(), right.last()) {
            (None, None) => break,
            (Some(a), Some(b)) if a.old == b.old && theirs.get(a.new.clone()) == ours.get(b.new.clone()) => {
                right.pop();
                (From::Both, left.pop())
            }
            (Some(a), Some(b)) if touch(&a.old, &b.old) => return None,
            (Some(a), Some(b)) if a.old.start > b.old.start => (From::Ours, right.pop()),
            (Some(_), _) => (From::Theirs, left.pop()),
            (None, Some(_)) => (From::Ours, right.pop()),
        };
        let Some(hunk) = hunk else { break };
        put(From::Both, &base, at..hunk.old.start);
        put(from, if from == From::Ours { &ours } else { &theirs }, hunk.new);
        at = hunk.old.end;
    }
    put(From::Both, &base, at..base.len());
    Some(result)
}

/// Whether two stretches of sentences overlap or stand beside each other.
fn touch(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start <= b.end && b.start <= a.end
}

/// Where two lists differ, in order; what stands between two hunks is alike.
fn hunks(old: &[&str], new: &[&str]) -> Vec<Hunk> {
    let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let rest = |list: &[&str]| list.len().saturating_sub(start);
    let most = rest(old).min(rest(new));
    let end = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    let middle = |list: &[&str]| start..list.len().saturating_sub(end);
    let (old_range, new_range) = (middle(old), middle(new));
    if old_range.is_empty() && new_range.is_empty() {
        return Vec::new();
    }
    let (a, b) =
        (old.get(old_range.clone()).unwrap_or_default(), new.get(new_range.clone()).unwrap_or_default());
    if a.len().saturating_mul(b.len()) > MOST_PAIRS {
        return vec![Hunk { old: old_range, new: new_range }];
    }
    let shift = |range: Range<usize>| range.start + start..range.end + start;
    let between = between(a, b).into_iter();
    between.map(|hunk| Hunk { old: shift(hunk.old), new: shift(hunk.new) }).collect()
}

/// As [`hunks`], by the longest list that both have in common.
fn between(a: &[&str], b: &[&str]) -> Vec<Hunk> {
    let width = b.len() + 1;
    // How many sentences the rests from (i, j) have in common.
    let mut common = vec![0_u32; (a.len() + 1) * width];
    let get = |common: &[u32], i: usize, j: usize| common.get(i * width + j).copied().unwrap_or(0);
    for (i, x) in a.iter().enumerate().rev() {
        for (j, y) in b.iter().enumerate().rev() {
            let best = if x == y {
                get(&common, i + 1, j + 1) + 1
            } else {
                get(&common, i + 1, j).max(get(&common, i, j + 1))
            };
            if let Some(cell) = common.get_mut(i * width + j) {
                *cell = best;
            }
        }
    }
    let mut hunks: Vec<Hunk> = Vec::new();
    let (mut i, mut j) = (0, 0);
    let mut differs = |old: Range<usize>, new: Range<usize>| match hunks.last_mut() {
        Some(last) if last.old.end == old.start && last.new.end == new.start => {
            (last.old.end, last.new.end) = (old.end, new.end);
        }
        _ => hunks.push(Hunk { old, new }),
    };
    while i < a.len() || j < b.len() {
        if i < a.len() && a.get(i) == b.get(j) {
            (i, j) = (i + 1, j + 1);
        } else if j == b.len() || (i < a.len() && get(&common, i + 1, j) >= get(&common, i, j + 1)) {
            differs(i..i + 1, j..j);
            i += 1;
        } else {
            differs(i..i, j..j + 1);
            j += 1;
        }
    }
    hunks
}
