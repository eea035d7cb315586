//! The text of a cell, put together from its runs as a browser shows it: white space of
//! the source collapsed, breaks where paragraphs end. Knows no styles.

/// A text that is being put together.
#[derive(Default)]
pub(super) struct Words {
    text: String,
    /// Whether a blank comes before the next character.
    blank: bool,
    /// How many `<br>` come before the next character.
    breaks: usize,
    /// Whether a paragraph begins with the next character.
    paragraph: bool,
}

impl Words {
    /// Adds a run. In a list's number blanks that do not break are blanks like others.
    pub(super) fn add(&mut self, run: &str, number: bool) {
        for c in run.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r') || (number && c == '\u{A0}') {
                self.blank = true;
            } else {
                self.push(c);
            }
        }
    }

    /// A `<br>`.
    pub(super) fn line(&mut self) {
        self.breaks += 1;
    }

    /// The edge of a paragraph.
    pub(super) fn edge(&mut self) {
        self.paragraph = true;
    }

    /// Its last line.
    pub(super) fn last_line(&self) -> String {
        self.text.rsplit('\n').next().unwrap_or_default().trim().to_owned()
    }

    fn push(&mut self, c: char) {
        let last = self.text.chars().next_back();
        let breaks = self.breaks.max(usize::from(self.paragraph));
        if last.is_none() {
            // What comes before the first character cannot be seen.
        } else if breaks > 0 {
            self.text.extend(std::iter::repeat_n('\n', breaks));
        } else if self.blank && !(last.is_some_and(is_han) && is_han(c)) {
            self.text.push(' ');
        }
        (self.blank, self.breaks, self.paragraph) = (false, 0, false);
        let is_break = matches!(c, '\u{B}' | '\u{C}' | '\u{2028}' | '\u{2029}');
        self.text.push(if is_break { '\n' } else { c });
    }

    /// The text without blanks at the ends of its lines, and without blank lines at its
    /// ends.
    pub(super) fn finished(&self) -> String {
        let text = self.text.replace('\u{A0}', " ");
        let lines: Vec<&str> = text.split('\n').map(str::trim).collect();
        lines.join("\n").trim_matches('\n').to_owned()
    }
}

/// Han, their punctuation and full-width forms: between two of them a blank of the
/// source is none of the text.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{303F}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}'
        | '\u{20000}'..='\u{3FFFF}')
}
