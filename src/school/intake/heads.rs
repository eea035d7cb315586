//! Where the heads of a table stand: in up to three rows, the row of units beneath
//! them too, below whatever titles and notes there are. Heads that are merged over
//! several columns go to each of them.

use std::ops::Range;

use super::meaning::{self, Meaning, Stated, count, meaning};
use super::unit::{Unit, listed};
use crate::value::fold::{fold, is_blank, tidy};
use crate::value::grid::Grid;

/// Heads are looked for in so many rows at the top.
const TOP: usize = 60;
/// Heads take so many rows at most, the row of units not counted.
const ROWS: usize = 3;

/// The heads of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heads {
    /// The rows that they take, the row of units beneath them too.
    pub rows: Range<usize>,
    /// Of each column.
    pub columns: Vec<Head>,
}

/// The head of a column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The heads above its own, the outermost first.
    pub groups: Vec<String>,
    /// Its own.
    pub own: String,
    /// What that means.
    pub meaning: Meaning,
}

impl Head {
    /// Its words with those of its groups: "小学部 · 在校生数".
    pub fn words(&self) -> String {
        let all = self.groups.iter().chain([&self.own]).filter(|it| !it.is_empty());
        all.map(String::as_str).collect::<Vec<_>>().join(" · ")
    }
}

impl Heads {
    /// The heads of a table; `None` if it has none that are known.
    pub fn find(grid: &Grid) -> Option<Heads> {
        let top = grid.rows.get(..TOP.min(grid.rows.len())).unwrap_or_default();
        let counts: Vec<usize> = top.iter().map(|row| count(row)).collect();
        let most = counts.iter().copied().max().unwrap_or_default();
        let best = counts.iter().position(|count| *count == most)?;
        let filled = top.get(best)?.iter().filter(|cell| !is_blank(cell)).count();
        if most == 0 || (most == 1 && filled > 1) {
            return None;
        }
        let mut start = best;
        while start > 0 && best - start < ROWS - 1 && is_head_above(grid, start - 1, &counts) {
            start -= 1;
        }
        let mut end = best + 1;
        while end - start < ROWS && is_head_below(grid, end, &counts) {
            end += 1;
        }
        let units = grid.rows.get(end).filter(|row| is_units(row)).map(|_| end);
        let mut columns: Vec<Head> = (0..grid.width()).map(|at| head(grid, start..end, at)).collect();
        let above: Vec<Unit> =
            grid.rows.get(..start).into_iter().flatten().flatten().flat_map(|it| listed(it)).collect();
        for (at, head) in columns.iter_mut().enumerate() {
            let dimension = head.meaning.column.and_then(|it| it.dimension());
            if let Some(below) = units.and_then(|row| Unit::read(grid.text(row, at)))
                && head.meaning.unit == Stated::Nothing
            {
                head.meaning.unit = Stated::Unit(below);
            }
            let said = above.iter().find(|unit| Some(unit.dimension) == dimension);
            if let (Stated::Nothing, Some(unit)) = (&head.meaning.unit, said) {
                head.meaning.unit = Stated::Unit(*unit);
            }
        }
        let end = units.map_or(end, |units| units + 1);
        Some(Heads { rows: start..end, columns })
    }

    /// Whether a row beneath repeats them, as at the top of every page of a print.
    pub fn repeats(&self, grid: &Grid, row: usize) -> bool {
        let Some(cells) = grid.rows.get(row) else { return false };
        // No heads are numbers, and most rows have some.
        if cells.iter().any(|cell| is_number(cell)) {
            return false;
        }
        let known = self.columns.iter().filter(|it| it.meaning.column.is_some()).count();
        let here = count(cells);
        let same = |at: &usize| {
            grid.rows
                .get(*at)
                .is_some_and(|head| head.iter().map(|it| fold(it)).eq(cells.iter().map(|it| fold(it))))
        };
        (here >= 2 && here * 2 >= known) || self.rows.clone().any(|at| same(&at))
    }
}

/// Whether a row above known heads has heads that are merged over several of them.
fn is_head_above(grid: &Grid, row: usize, counts: &[usize]) -> bool {
    let filled: Vec<usize> = filled(grid, row).collect();
    match filled.as_slice() {
        [] => false,
        [_, _, ..] => {
            counts.get(row).is_some_and(|count| *count > 0)
                || filled.iter().any(|at| is_group(grid.text(row, *at)))
                || filled.iter().all(|at| is_merged(grid, row, *at))
        }
        // A title stands alone; a head alone is one that says a stage or a year.
        [at] => *at > 0 && is_group(grid.text(row, *at)),
    }
}

/// Whether a row beneath known heads is one of heads that say more.
fn is_head_below(grid: &Grid, row: usize, counts: &[usize]) -> bool {
    let known = counts.get(row).is_some_and(|count| *count > 0);
    let numbers = filled(grid, row).any(|at| is_number(grid.text(row, at)));
    let units = grid.rows.get(row).is_some_and(|cells| is_units(cells));
    known && !numbers && !units
}

fn filled(grid: &Grid, row: usize) -> impl Iterator<Item = usize> + '_ {
    let cells = grid.rows.get(row).map(Vec::as_slice).unwrap_or_default();
    cells.iter().enumerate().filter(|(_, cell)| !is_blank(cell)).map(|(at, _)| at)
}

/// Whether a text is a head that is put over others: a stage, a year, 教师情况.
fn is_group(text: &str) -> bool {
    let words = fold(text);
    let year = meaning::year_in(text).is_some_and(|year| !year.is_empty());
    year || crate::school::stage_named(&words).is_some()
        || words.starts_with("高中")
        || ["情况", "教师", "学生", "校舍", "经费", "设备"].iter().any(|end| words.ends_with(end))
}

fn is_merged(grid: &Grid, row: usize, column: usize) -> bool {
    grid.merged.iter().any(|it| it.top == row && it.left == column)
}

/// A number or a date: what stands in no head.
pub(super) fn is_number(text: &str) -> bool {
    let text = text.trim();
    let text = if text.is_ascii() { text.to_owned() } else { fold(text) };
    text.bytes().next().is_some_and(|byte| byte.is_ascii_digit() || byte == b'-')
        && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'-' | b'%'))
}

/// Whether a row holds units and nothing else.
fn is_units(row: &[String]) -> bool {
    let mut filled = row.iter().filter(|cell| !is_blank(cell)).peekable();
    filled.peek().is_some()
        && filled
            .all(|cell| Unit::read(cell).is_some() || matches!(fold(cell).as_str(), "-" | "—" | "/" | "单位"))
}

/// The head of a column in these rows.
fn head(grid: &Grid, rows: Range<usize>, column: usize) -> Head {
    let mut texts: Vec<String> = Vec::new();
    for row in rows.clone() {
        let text = tidy(grid.text(row, column));
        let text =
            if text.is_empty() { tidy(grid.text(row, above(grid, row, column, rows.end))) } else { text };
        if !text.is_empty() && texts.last() != Some(&text) {
            texts.push(text);
        }
    }
    // A row of heads that holds a unit alone, in brackets, says no more than that.
    let unit = texts.last().filter(|_| texts.len() > 1).and_then(|last| Unit::read(last));
    if unit.is_some() {
        texts.pop();
    }
    let own = texts.pop().unwrap_or_default();
    let mut meaning = meaning(&texts, &own);
    if let (Some(unit), Stated::Nothing) = (unit, &meaning.unit) {
        meaning.unit = Stated::Unit(unit);
    }
    Head { groups: texts, own, meaning }
}

/// The column whose head in a row goes for this one too: that of the merged cell, or
/// where a text tells nothing of merged cells, the nearest one to the left that has
/// heads beneath it as this one has.
fn above(grid: &Grid, row: usize, column: usize, end: usize) -> usize {
    let within = |it: &&crate::value::grid::Area| {
        (it.top..=it.bottom).contains(&row) && (it.left..=it.right).contains(&column)
    };
    if let Some(area) = grid.merged.iter().find(within) {
        // What is merged downwards is the same head; it stands in its first row.
        return if area.top == row { area.left } else { column };
    }
    let has_below = |at: usize| (row + 1..end).any(|row| !fold(grid.text(row, at)).is_empty());
    if !grid.merged.is_empty() || !has_below(column) {
        return column;
    }
    let left = (0..column).rev().find(|at| !fold(grid.text(row, *at)).is_empty());
    left.filter(|at| has_below(*at)).unwrap_or(column)
}
