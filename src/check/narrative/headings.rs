//! Headings and what they say of what stands below them. A heading that only names
//! a matter, 六、民办规范, says nothing; one that names a year, a single school, a
//! plan or problems does.

use super::marks::marker;
use super::qualifiers::{Among, Context};
use super::reader::Reader;
use super::sentences::Sentence;
use super::words::{Kind, one_of};

/// Below these stand numbers of what is not as it should be, wherever that is, and
/// of single cases.
const PROBLEMS: &str = "问题 不足 短板 差距 困难 隐患 案例 典型 个案";
const SCHOOLS: [&str; 6] = ["小学", "中学", "学校", "幼儿园", "学院", "集团"];

/// Whether a line, or its first sentence, is a heading: short, and no sentence.
pub(super) fn is_heading(sentence: &Sentence, marker: Option<(u8, usize)>) -> bool {
    let length = sentence.chars.len() - marker.map_or(0, |(_, length)| length);
    let longest = if sentence.line { 30 } else { 12 };
    let broken = |c: &char| matches!(c, ',' | ';' | '.' | '%');
    // |---|---| below the head of a table says nothing.
    let said = sentence.chars.iter().any(|c| c.is_alphanumeric());
    said && (2..=longest).contains(&length) && !sentence.chars.iter().any(broken)
}

/// Whether a blank ends a heading here: 一、控辍保学. A single place is none.
pub(super) fn is_title(chars: &[char]) -> bool {
    let Some((1 | 2, length)) = marker(chars) else { return false };
    let title = chars.get(length..).unwrap_or(&[]);
    let words = |c: &char| c.is_alphabetic() && !c.is_ascii();
    let place = title.last().is_some_and(|c| "校园心镇乡村区县市部局所班年度会院".contains(*c));
    (4..=10).contains(&title.len()) && title.iter().all(words) && !place && !is_school(title)
}

/// Whether these words are a heading of problems or single cases: 三、存在问题.
pub(super) fn has_problems(chars: &[char]) -> bool {
    (0..chars.len().min(30)).any(|at| one_of(PROBLEMS, chars, at).is_some())
}

fn is_school(title: &[char]) -> bool {
    let title: String = title.iter().filter(|c| !matches!(c, ':' | ')')).collect();
    SCHOOLS.iter().any(|school| title.ends_with(school))
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
