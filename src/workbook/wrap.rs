//! How much room a text takes in a column, and where it is cut when it takes
//! more than one row. Knows no fonts: it estimates, and errs on the side of
//! too much room, because Excel hides what does not fit.
//!
//! Widths are those of Excel's columns: one is a half-width character, a Han
//! character takes two.

/// What a text is cut into. Put together again in order, the parts are the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// A piece of the text, never empty unless the whole text is.
    pub text: &'a str,
    /// How many lines it takes.
    pub lines: u32,
}

/// How many lines a text takes in a column of that width.
pub fn lines(text: &str, width: u32) -> u32 {
    let mut pen = Pen::new(width);
    text.chars().for_each(|c| pen.put(c));
    pen.lines
}

/// Cuts a text into parts of at most `most` lines each, behind sentences where
/// there are any in the lower half of a part, otherwise behind clauses,
/// otherwise between characters.
pub fn parts(text: &str, width: u32, most: u32) -> Vec<Piece<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    loop {
        let (end, lines) = first_part(rest, width, most.max(2));
        let (head, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
        parts.push(Piece { text: head, lines });
        if tail.is_empty() {
            return parts;
        }
        rest = tail;
    }
}

/// Where a cut may be made: the byte behind it, and the lines up to it.
type Cut = (usize, u32);

/// The end of the first part of a text, never 0 unless the text is empty.
fn first_part(text: &str, width: u32, most: u32) -> Cut {
    let mut pen = Pen::new(width);
    let (mut sentence, mut clause, mut any): (Option<Cut>, Option<Cut>, Option<Cut>) = (None, None, None);
    for (start, c) in text.char_indices() {
        if start > 0 && !clings(c) {
            any = Some((start, pen.lines));
        }
        pen.put(c);
        let end = start + c.len_utf8();
        if pen.lines > most && start > 0 {
            let low = |cut: &Cut| cut.1 * 2 >= most;
            let best = sentence.filter(low).or(clause.filter(low)).or(any);
            return best.unwrap_or((start, most));
        }
        let behind_sentence = sentence.is_some_and(|cut| cut.0 == start);
        if matches!(c, '。' | '；' | '！' | '？' | '\n') || (behind_sentence && closes_quote(c)) {
            sentence = Some((end, pen.lines));
        } else if matches!(c, '，' | '、' | '：' | ' ' | '\u{3000}') {
            clause = Some((end, pen.lines));
        }
    }
    (text.len(), pen.lines)
}

/// Characters that are drawn together with the one before them.
fn clings(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036F}' | '\u{200C}'..='\u{200D}' | '\u{20D0}'..='\u{20FF}' | '\u{3099}'..='\u{309A}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0020}'..='\u{E01EF}')
}

fn closes_quote(c: char) -> bool {
    matches!(c, '”' | '’' | '）' | '」' | '』' | '》' | '〕')
}

/// How a character behaves at the end of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// Ends the line.
    Break,
    /// A line may end before and behind it.
    Free,
    /// Stays with its neighbours of the same sort: a word, a number.
    Word,
    /// Never begins a line.
    Closing,
    /// Never ends a line.
    Opening,
}

fn sort(c: char) -> Sort {
    match c {
        '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Sort::Break,
        '，' | '。' | '、' | '；' | '：' | '！' | '？' | '％' | '…' => Sort::Closing,
        _ if closes_quote(c) => Sort::Closing,
        '“' | '‘' | '（' | '「' | '『' | '《' | '〔' => Sort::Opening,
        '!'..='~' => Sort::Word,
        _ if c < '\u{2000}' && c.is_alphanumeric() => Sort::Word,
        _ => Sort::Free,
    }
}

/// Tenths of a half-width character. Fonts that stand in for 宋体 draw Latin
/// letters wider than half a Han character.
fn tenths(c: char) -> u32 {
    match c {
        'A'..='Z' | 'm' | 'w' | '@' | '%' | '&' => 19,
        '\t' => 80,
        ' '..='~' => 12,
        _ => 20,
    }
}

/// Sets one character after the other into lines.
struct Pen {
    width: u32,
    lines: u32,
    column: u32,
    /// Width of what must move to the next line together with the next character.
    cluster: u32,
    last: Sort,
}

impl Pen {
    fn new(width: u32) -> Pen {
        Pen { width: width.max(2) * 10, lines: 1, column: 0, cluster: 0, last: Sort::Break }
    }

    fn put(&mut self, c: char) {
        let sort = sort(c);
        let width = tenths(c);
        if sort == Sort::Break {
            self.lines += 1;
            self.column = 0;
            self.cluster = 0;
        } else {
            let joined = sort == Sort::Closing
                || self.last == Sort::Opening
                || (sort == Sort::Word && self.last == Sort::Word);
            self.cluster = if joined { self.cluster + width } else { width };
            self.column += width;
            if self.column > self.width {
                self.lines += 1;
                if self.cluster > self.width {
                    self.cluster = width;
                }
                self.column = self.cluster;
            }
        }
        self.last = sort;
    }
}
