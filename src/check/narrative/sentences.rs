//! A narrative cut into sentences of plain characters: half-width, without
//! blanks, each knowing where it stands in the text. Judges no word; a ； ends
//! no sentence, since what qualifies its first part qualifies the others.

use super::titles::is_title;
use crate::value::points::half_width_char;

/// One sentence.
#[derive(Debug, Default)]
pub(super) struct Sentence {
    /// Its characters; a blank is left only between two digits.
    pub chars: Vec<char>,
    /// Where each of them starts in the text, in bytes.
    starts: Vec<usize>,
    /// Whether the line ends with it.
    pub line: bool,
}

impl Sentence {
    /// The words of the text from one character to before another.
    pub fn words<'a>(&self, text: &'a str, from: usize, to: usize) -> &'a str {
        let (first, last) = (self.starts.get(from), to.checked_sub(1).and_then(|last| self.starts.get(last)));
        let (Some(first), Some(last)) = (first, last) else { return "" };
        let end =
            text.get(*last..).and_then(|rest| rest.chars().next()).map_or(*last, |c| last + c.len_utf8());
        text.get(*first..end).unwrap_or("")
    }

    /// Whether the text has a blank before a character.
    pub fn gap(&self, text: &str, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|it| self.starts.get(it));
        let between = before.zip(self.starts.get(at)).and_then(|(from, to)| text.get(*from..*to));
        between.is_some_and(|it| it.chars().count() > 1)
    }

    /// Whether what comes on the next line belongs to it: it ends in the middle.
    pub fn goes_on(&self) -> bool {
        matches!(self.chars.last(), Some(',' | ':' | ';' | '、'))
    }

    fn push(&mut self, c: char, start: usize) {
        self.chars.push(c);
        self.starts.push(start);
    }
}

/// The sentences of a text in their order; empty ones only at the end of a line.
pub(super) fn sentences(text: &str) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut sentence = Sentence::default();
    let mut blank = None;
    for (start, c) in text.char_indices() {
        match c {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => {
                sentence.line = true;
                found.push(std::mem::take(&mut sentence));
                blank = None;
            }
            '。' | '｡' | '!' | '！' | '?' | '？' => {
                if !sentence.chars.is_empty() {
                    found.push(std::mem::take(&mut sentence));
                }
                blank = None;
            }
            _ if is_blank(c) => blank = Some(start),
            _ => {
                let c = plain(c);
                // （一）学校总数 86所 is no heading.
                let year = text.get(start..).is_some_and(|rest| rest.chars().nth(4) == Some('年'));
                let number = (c.is_ascii_digit() && !year) || "为是达共有:|(".contains(c);
                if blank.is_some() && !number && is_title(&sentence.chars) {
                    found.push(std::mem::take(&mut sentence));
                }
                let digits = c.is_ascii_digit() && sentence.chars.last().is_some_and(char::is_ascii_digit);
                if let Some(at) = blank.take().filter(|_| digits) {
                    sentence.push(' ', at);
                }
                sentence.push(c, start);
            }
        }
    }
    sentence.line = true;
    found.push(sentence);
    found
}

/// The characters of a name as they stand in a sentence.
pub(super) fn plain_chars(name: &str) -> Vec<char> {
    name.chars().filter(|c| !is_blank(*c)).map(plain).collect()
}

fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}')
}

fn plain(c: char) -> char {
    match c {
        '〔' | '【' | '[' | '［' => '(',
        '〕' | ']' | '］' => ')',
        '—' | '–' | '〜' | '～' => '~',
        _ => half_width_char(c),
    }
}
