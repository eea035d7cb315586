//! Which character stands between the cells of a text. Looks at many lines, because a
//! title has none and a remark has its own commas.

use super::split;

/// So many bytes at the beginning are looked at.
const SAMPLE: usize = 64 << 10;
/// What may stand between cells beside tabs, the likelier before the others.
const OTHERS: [char; 4] = [';', '|', ',', '，'];

/// The separator that a first line "sep=;" names, as Excel writes it, and the text
/// without that line.
pub(super) fn said(text: &str) -> (Option<char>, &str) {
    let end = text.find(['\r', '\n']).unwrap_or(text.len());
    let (line, behind) = text.split_at(end);
    let plain = line.trim_matches([' ', '"']);
    let Some((word, rest)) = plain.split_at_checked(4) else { return (None, text) };
    // A tab behind the sign is the separator itself.
    let mut signs = rest.chars();
    match (word.eq_ignore_ascii_case("sep="), signs.next(), signs.next()) {
        (true, Some(sign), None) if !sign.is_alphanumeric() => {
            let behind = behind.strip_prefix("\r\n").or_else(|| behind.strip_prefix(['\r', '\n']));
            (Some(sign), behind.unwrap_or_default())
        }
        _ => (None, text),
    }
}

/// The separator of a text, if it has one:
///
/// - tabs if they stand in half of the lines, because nobody types them into a cell;
/// - else the one with which most cells come of those that cut at least half of the lines
///   into the same number of cells, a full-width comma four of five, because sentences
///   have it;
/// - else one that stands in at least half of two or more lines.
///
/// Commas that all stand within numbers (1,234) separate nothing.
pub(super) fn found(text: &str) -> Option<char> {
    let sample = sample(text);
    let tabs = Lines::of(sample, '\t');
    if tabs.all > 0 && tabs.cut * 2 >= tabs.all {
        return Some('\t');
    }
    let commas = !within_numbers(sample);
    let candidates: Vec<(char, Lines)> = OTHERS
        .into_iter()
        .filter(|it| (*it != ',' || commas) && sample.contains(*it))
        .map(|it| (it, Lines::of(sample, it)))
        .filter(|(_, lines)| lines.cut > 0)
        .collect();
    let mut best = None;
    for (separator, lines) in &candidates {
        let alike = if *separator == '，' {
            lines.alike > 1 && lines.alike * 5 >= lines.all * 4
        } else {
            lines.alike * 2 >= lines.all
        };
        let more = best.is_none_or(|(_, most)| lines.separators() > most);
        if alike && more {
            best = Some((*separator, lines.separators()));
        }
    }
    best.map(|(separator, _)| separator).or_else(|| {
        let often = |it: &&(char, Lines)| it.0 != '，' && it.1.all > 1 && it.1.cut * 2 >= it.1.all;
        candidates.iter().find(often).map(|it| it.0)
    })
}

/// Whole lines from the beginning.
fn sample(text: &str) -> &str {
    if text.len() <= SAMPLE {
        return text;
    }
    let head = (SAMPLE - 3..=SAMPLE).rev().find_map(|end| text.get(..end)).unwrap_or_default();
    head.rfind('\n').and_then(|end| head.get(..end)).unwrap_or(head)
}

/// How a separator cuts the lines of a text.
struct Lines {
    /// Lines with any text.
    all: usize,
    /// Those that it cuts.
    cut: usize,
    /// The most of them that it cuts into the same number of cells.
    alike: usize,
    /// That number.
    cells: usize,
}

impl Lines {
    fn of(text: &str, separator: char) -> Lines {
        let rows = split(text, separator);
        let filled = rows.iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty()));
        let lengths: Vec<usize> = filled.map(Vec::len).collect();
        let mut counts = std::collections::BTreeMap::new();
        for length in lengths.iter().filter(|it| **it > 1) {
            *counts.entry(*length).or_insert(0_usize) += 1;
        }
        let (cells, alike) =
            counts.iter().max_by_key(|it| (*it.1, *it.0)).map_or((1, 0), |it| (*it.0, *it.1));
        Lines { all: lengths.len(), cut: counts.values().sum(), alike, cells }
    }

    fn separators(&self) -> usize {
        self.alike * (self.cells - 1)
    }
}

/// Whether every comma stands between a digit and just three digits.
fn within_numbers(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    text.match_indices(',')
        .all(|(at, _)| at > 0 && digit(at - 1) && (at + 1..at + 4).all(digit) && !digit(at + 4))
}
