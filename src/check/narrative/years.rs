//! Years in a narrative: 2023年, 二〇二三年, 2022—2023学年, 2021年、2022年. Several
//! years, all since one, or less than one (1—11月) are never the assessed one.

use super::numbers::{numeral, starts};
use super::qualifiers::Time;

/// A year, or several in a row, at a position, and how far it goes.
pub(super) fn year(chars: &[char], at: usize) -> Option<(Time, usize)> {
    let Some((first, mut end)) = one_year(chars, at) else {
        return so_far(chars, at, at).map(|end| (Time::Another, end - at));
    };
    let mut time = Time::Year(first);
    // 2021—2023年, 2021年至2023年, 2021年、2022年: several.
    // 2021年 2022年, the columns of a table, are too.
    loop {
        let joined =
            matches!(chars.get(end), Some('~' | '-' | '至' | '到' | '、' | '和' | '与' | '及' | '|'));
        let Some((_, next)) = one_year(chars, end + usize::from(joined)) else { break };
        (time, end) = (Time::Other, next);
    }
    if chars.get(end.wrapping_sub(1)).is_some_and(char::is_ascii_digit) && !bracketed(chars, at, end) {
        return None;
    }
    if let Some(months) = so_far(chars, at, end) {
        return Some((Time::Other, months - at));
    }
    end = date(chars, end);
    let open = ["以来", "起", "前", "之前", "以前", "后", "以后", "至"];
    let behind = if chars.get(end) == Some(&'底') { end + 1 } else { end };
    if open.iter().any(|word| starts(chars, behind, word)) {
        time = Time::Other;
    }
    Some((time, end - at))
}

/// Where months end that are less than a year: 1—11月, and 6月 behind 截至, which may
/// stand before the year. What there is in September is the count of the year.
fn so_far(chars: &[char], from: usize, at: usize) -> Option<usize> {
    let before = |word: &str| from.checked_sub(2).is_some_and(|it| starts(chars, it, word));
    let number = |at: usize| {
        let digits = chars.get(at..).unwrap_or(&[]).iter().take(2).map_while(|c| c.to_digit(10));
        digits.fold((0, at), |(number, end), digit| (number * 10 + digit, end + 1))
    };
    let loose = |it: &char| it.is_ascii_digit() || *it == '.';
    if at.checked_sub(1).and_then(|it| chars.get(it)).is_some_and(loose) {
        return None;
    }
    let (first, end) = number(at);
    let several = end > at && matches!(chars.get(end), Some('~' | '-' | '至' | '到'));
    let (last, end) = if several { number(end + 1) } else { (first, end) };
    let month = (1..=11).contains(&last) && chars.get(end) == Some(&'月');
    let until = (before("截至") || before("截止")) && last != 9;
    (month && (several || until)).then_some(end + 1)
}

/// Where the month and the day behind a year end.
fn date(chars: &[char], at: usize) -> usize {
    let mut at = at;
    for mark in ['月', '日'] {
        let count = chars.get(at..).unwrap_or(&[]).iter().take_while(|c| c.is_ascii_digit()).count();
        if count > 0 && chars.get(at + count) == Some(&mark) {
            at += count + 1;
        }
    }
    at
}

/// A year with or without its 年, and where it ends.
fn one_year(chars: &[char], at: usize) -> Option<(u16, usize)> {
    let digit = |c: &char| c.to_digit(10).map_or_else(|| numeral(*c), |digit| Some(i128::from(digit)));
    let before = at.checked_sub(1).and_then(|before| chars.get(before));
    if before.is_some_and(|c| digit(c).is_some()) {
        return None;
    }
    // The mark of an item may stand before it, 1. 2023年, but of 0.2023 it is a part.
    let dotted = before == Some(&'.');
    let run = chars.get(at..)?.iter().take(5).map_while(digit);
    let (count, number) =
        run.fold((0_usize, 0_i128), |(count, number), digit| (count + 1, number * 10 + digit));
    let end = at + count;
    let named = ["学年", "年"].iter().find(|word| starts(chars, end, word));
    let (named, after) = (named.is_some(), end + named.map_or(0, |word| word.chars().count()));
    match count {
        4 if dotted && !named => None,
        4 if (1900..2100).contains(&number) && (named || range(chars, end) || bracketed(chars, at, end)) => {
            Some((u16::try_from(number).ok()?, after))
        }
        // 22年 opens a clause only as a year.
        2 if named && number >= 10 && opens_clause(chars, at) => {
            Some((u16::try_from(2000 + number).ok()?, after))
        }
        _ => None,
    }
}

/// Whether a second year follows a first one without 年: 2022—2023学年.
fn range(chars: &[char], at: usize) -> bool {
    matches!(chars.get(at), Some('~' | '-' | '至' | '到'))
        && chars.get(at + 1..at + 5).is_some_and(|it| it.iter().all(char::is_ascii_digit))
}

/// Whether a year stands alone in a bracket: 98.2%（2022）.
fn bracketed(chars: &[char], at: usize, end: usize) -> bool {
    at.checked_sub(1).and_then(|before| chars.get(before)) == Some(&'(') && chars.get(end) == Some(&')')
}

fn opens_clause(chars: &[char], at: usize) -> bool {
    at.checked_sub(1).and_then(|before| chars.get(before)).is_none_or(|c| matches!(c, ',' | ';' | ':' | '('))
}
