//! Rows of a table that has lost its lines: a head of years, and below it a name
//! with as many numbers. Refuses a row with a number more or less, and a head that
//! has any other column.

use super::claim::{Claim, Sense};
use super::names::Name;
use super::numbers::{in_unit, is_counted_in, read, starts};
use super::qualifiers::{Context, THIS_YEAR, Time, YEAR_BEFORE};
use super::reader::Reader;
use super::words::one_of;
use crate::value::number::Number;

/// Columns before the years.
const BEFORE_YEARS: &str = "指标名称 指标 项目名称 项目 名称 内容 类别 年份 年度 单位 |";

/// The years of a line that is the head of a table.
pub(super) fn head(chars: &[char]) -> Option<Vec<u16>> {
    let mut first = 0;
    while let Some(length) = one_of(BEFORE_YEARS, chars, first) {
        first += length;
    }
    let (mut at, mut years) = (first, Vec::new());
    while at < chars.len() {
        let digits: String = chars.get(at..at + 4)?.iter().filter(|c| c.is_ascii_digit()).collect();
        let year = digits.parse::<u16>().ok().filter(|year| (1900..2100).contains(year))?;
        if years.contains(&year) {
            return None;
        }
        years.push(year);
        at += 4;
        at += ["年度", "年"].iter().find(|it| starts(chars, at, it)).map_or(0, |it| it.chars().count());
        at += usize::from(matches!(chars.get(at), Some(' ' | '|')));
    }
    (years.len() > 1).then_some(years)
}

/// Whether a line may be the title of a single place: 云河一小, 石桥镇.
pub(super) fn is_place(chars: &[char]) -> bool {
    let last = chars.iter().rfind(|c| !matches!(c, ':' | ')'));
    last.is_some_and(|c| "校园小中学镇乡村街道区县市团司局".contains(*c))
}

/// Whether a line may be the row of a table.
pub(super) fn is_row(chars: &[char]) -> bool {
    let ruled = chars.iter().all(|c| "-~|:".contains(*c));
    let broken = |c: &char| matches!(c, ';' | ':' | '、');
    ruled || (!chars.iter().any(broken) && chars.iter().any(char::is_ascii_digit))
}

impl Reader<'_> {
    /// The number that a row below a head of years gives for the assessed year.
    pub fn row(&self, years: &[u16]) -> Option<Claim> {
        let chars = &self.sentence.chars;
        let at = usize::from(chars.first() == Some(&'|'));
        let [one] = self.index.at(chars, at) else { return None };
        let name = self.index.names.get(one.name)?;
        let column = years.iter().position(|year| Some(*year) == name.year)?;
        let stage = if one.staged { self.context.stage } else { one.stage };
        let context = Context { time: Time::Now, ..self.context };
        let own = THIS_YEAR.iter().chain(&YEAR_BEFORE).any(|year| name.text.starts_with(year));
        if own || !context.admits(&name.text, name.year, stage) {
            return None;
        }
        let cells = self.cells(at + one.chars.len(), name)?;
        let (number, step) = *cells.get(column).filter(|_| cells.len() == years.len())?;
        let words = self.sentence.words(self.text, at, chars.len()).to_owned();
        Some(Claim { name: one.name, sense: Sense::Is, number, step, words, clipped: false })
    }

    /// The numbers behind the name of a row, if nothing else stands there.
    fn cells(&self, from: usize, name: &Name) -> Option<Vec<(Number, Number)>> {
        let chars = &self.sentence.chars;
        let width = name.unit.chars().count();
        let (mut at, mut said) = (from, false);
        let (open, close) = (chars.get(at), chars.get(at + 1 + width));
        if matches!((open, close), (Some('('), Some(')')) | (Some('|'), Some('|')))
            && width > 0
            && starts(chars, at + 1, &name.unit)
        {
            (at, said) = (at + 2 + width, true);
        } else if width > 0 && starts(chars, at, &name.unit) {
            (at, said) = (at + width, true);
        }
        let mut cells = Vec::new();
        at += usize::from(chars.get(at) == Some(&'|'));
        while at < chars.len() {
            let end = chars.iter().skip(at).position(|c| matches!(c, ' ' | '|'));
            let cell = chars.get(..end.map_or(chars.len(), |length| at + length))?;
            let (amount, end) = read(cell, at)?;
            let bare = said || name.unit == "%" || is_counted_in(&name.unit);
            let spelled = in_unit(amount, &name.unit, cell, end);
            let (number, step, end) = spelled.or_else(|| in_unit(amount, "", cell, end).filter(|_| bare))?;
            cells.push((number, step));
            at = end + usize::from(matches!(chars.get(end), Some(' ' | '|')));
        }
        Some(cells)
    }
}
