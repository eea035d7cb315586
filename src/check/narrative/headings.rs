//! Headings and what they say of what stands below them. A heading that only names
//! a matter, 六、民办规范, says nothing; one that names a year, a single school, a
//! plan or problems does.

use super::kind::Kind;
use super::qualifiers::{Among, Context};
use super::reader::Reader;
use super::sentences::Sentence;
use super::titles::{has_problems, is_school};

/// Whether a line, or its first sentence, is a heading: short, and no sentence.
pub(super) fn is_heading(sentence: &Sentence, marker: Option<(u8, usize)>) -> bool {
    let length = sentence.chars.len() - marker.map_or(0, |(_, length)| length);
    let longest = if sentence.line { 30 } else { 12 };
    let broken = |c: &char| matches!(c, ',' | ';' | '.' | '%');
    // |---|---| below the head of a table says nothing.
    let said = sentence.chars.iter().any(|c| c.is_alphanumeric());
    said && (2..=longest).contains(&length) && !sentence.chars.iter().any(broken)
}

impl Reader<'_> {
    /// What a heading says of what stands below it: the year, the part, whether it
    /// is a plan.
    pub fn alone(mut self) -> Context {
        self.run(&mut Vec::new());
        let chars = &self.sentence.chars;
        let problems = has_problems(chars);
        // 普通小学 is a stage, of which every word is known; 云河小学 is a school.
        if problems || (!self.lead && is_school(chars)) {
            self.context.take(Kind::Part, false);
        }
        Context { among: Among::No, ..self.context }
    }
}
