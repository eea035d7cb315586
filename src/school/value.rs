//! What an indicator is at a school, exactly, or what it lacks. A cell that is
//! empty or refused makes the value missing, never 0.

use super::indicator::{Indicator, Per, Term};
use super::table::{Cell, Row, Table};
use super::{Column, SchoolType, Stage};
use crate::value::number::{Number, Quotient};

/// What the rooms, grounds and equipment of a 一贯制学校 are divided by.
///
/// One primary pupil stands to one of 初中 and one of 高中 as 1 : 1.1 : 1.32
/// (spreadsheets for 教督〔2017〕6号, second-hand).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Splitting {
    /// Every row has the resources that were typed into it.
    #[default]
    AsTyped,
    /// The rows of a school are taken together and their resources given to its
    /// stages by the weights: with p, j and h pupils in 小学, 初中 and 高中, a
    /// primary pupil has R / (p + 1.1 j + 1.32 h), one of 初中 1.1 times that.
    /// Teachers are never split.
    ByStage,
}

/// Weights of a pupil of 小学, 初中 and 高中, in hundredths.
const WEIGHTS: [i128; 3] = [100, 110, 132];

/// What 1 is in millionths.
const ONE: i128 = 1_000_000;

/// Why an indicator has no value at a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Lack {
    /// A cell that it needs is empty.
    #[error("{}未填", .0.label())]
    Empty(Column),
    /// A cell that it needs is not taken.
    #[error("{}填写有误", .0.label())]
    Refused(Column),
    /// It would be divided by 0.
    #[error("{}为 0，无法计算", .0.label())]
    Zero(Column),
    /// More is taken off than is there.
    #[error("室内体育用房面积大于教学及辅助用房面积，请核对")]
    BelowZero,
    /// A row that would be taken together with it has no stage.
    #[error("同一学校另有一行没有写明学段，无法拆分")]
    NoStage,
    /// Beyond what is computed exactly: 10¹² pupils and the like.
    #[error("数值过大")]
    TooLarge,
    /// The table has no such row.
    #[error("没有这一行")]
    NoRow,
}

/// The value of an indicator at a row, in [`Indicator::unit`].
///
/// # Errors
/// Says the first thing that it lacks.
pub fn value(table: &Table, at: usize, indicator: Indicator, splitting: Splitting) -> Result<Quotient, Lack> {
    amount(table, at, indicator, splitting)?.value()
}

/// A value in its parts: `resource × times / under`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Amount {
    /// In the unit of its column, in millionths: at or above zero, and below 10¹⁹
    /// times the number of rows that are taken together.
    pub resource: i128,
    /// At most 110 000.
    pub times: i128,
    /// In millionths, above zero: below 10²⁰ for a school of fewer than 10¹² pupils.
    pub under: i128,
}

impl Amount {
    /// Worked out. With 10⁴ rows of the largest numbers in one school the product
    /// stays below 10²⁹; beyond that, as beyond 10¹⁹ below the line, it is refused.
    pub fn value(self) -> Result<Quotient, Lack> {
        let over = self.resource.checked_mul(self.times).ok_or(Lack::TooLarge)?;
        Quotient::ratio(over, self.under).ok_or(Lack::TooLarge)
    }
}

pub(super) fn amount(
    table: &Table,
    at: usize,
    indicator: Indicator,
    splitting: Splitting,
) -> Result<Amount, Lack> {
    let row = table.row(at).ok_or(Lack::NoRow)?;
    if splitting == Splitting::ByStage && indicator.splits() && row.is_mixed() {
        return split(table, at, row, indicator);
    }
    let under = match indicator.per() {
        Per::One => ONE,
        Per::Column(column) => match number(row, column)? {
            0 => return Err(Lack::Zero(column)),
            number => number,
        },
    };
    let resource = numerator(indicator, |column| number(row, column))?;
    Ok(Amount { resource, times: i128::from(indicator.factor()), under })
}

/// What a row has of a column, in the column's unit: as it was typed, or the share of
/// its stage where the school is split, rounded to the last of six places.
///
/// # Errors
/// Says the first thing that it lacks.
pub fn resource(table: &Table, at: usize, column: Column, splitting: Splitting) -> Result<Number, Lack> {
    let row = table.row(at).ok_or(Lack::NoRow)?;
    let splits = |it: &Indicator| it.splits() && it.terms().iter().any(|term| term.column() == column);
    let is_shared = Indicator::SEVEN.iter().any(splits);
    let millionths = if splitting == Splitting::ByStage && is_shared && row.is_mixed() {
        let weight = weight_of(row.stage.ok_or(Lack::NoStage)?);
        let (pupils, weighted) = (number(row, Column::Pupils)? / ONE, weighted(table, at, row)?);
        let share = weight * pupils;
        let whole = together(table, at, column)?;
        let product = whole.checked_mul(share).ok_or(Lack::TooLarge)?;
        (product + weighted / 2) / weighted
    } else {
        number(row, column)?
    };
    i64::try_from(millionths).map(Number::from_millionths).map_err(|_| Lack::TooLarge)
}

const fn weight_of(stage: Stage) -> i128 {
    let [primary, junior, _] = WEIGHTS;
    match stage {
        Stage::Primary => primary,
        Stage::Junior => junior,
    }
}

fn rows_of(table: &Table, at: usize) -> impl Iterator<Item = &Row> {
    table.together(at).iter().filter_map(|at| table.row(*at))
}

/// The pupils of a school in hundredths, each by the weight of its stage.
fn weighted(table: &Table, at: usize, row: &Row) -> Result<i128, Lack> {
    let [_, _, senior_weight] = WEIGHTS;
    // Pupils are whole; each number is below 10¹².
    let mut weighted = senior_weight * senior(rows_of(table, at), row)?;
    for row in rows_of(table, at) {
        weighted += weight_of(row.stage.ok_or(Lack::NoStage)?) * (number(row, Column::Pupils)? / ONE);
    }
    if weighted == 0 { Err(Lack::Zero(Column::Pupils)) } else { Ok(weighted) }
}

/// What the rows of a school have of a column together, in millionths. What one row
/// leaves empty was entered in another one.
fn together(table: &Table, at: usize, column: Column) -> Result<i128, Lack> {
    let mut sum = None;
    for row in rows_of(table, at) {
        match number(row, column) {
            Ok(number) => sum = Some(sum.unwrap_or(0) + number),
            Err(Lack::Empty(_)) => {}
            Err(lack) => return Err(lack),
        }
    }
    sum.ok_or(Lack::Empty(column))
}

/// As [`Splitting::ByStage`] says.
fn split(table: &Table, at: usize, row: &Row, indicator: Indicator) -> Result<Amount, Lack> {
    let stage = row.stage.ok_or(Lack::NoStage)?;
    let weighted = weighted(table, at, row)?;
    let resource = numerator(indicator, |column| together(table, at, column))?;
    // Millionths over hundredths of pupils: 10⁶ / 100 = 10⁴ below the line, and
    // 1.1 = 11 / 10 for a pupil of 初中.
    let factor = i128::from(indicator.factor());
    Ok(match stage {
        Stage::Primary => Amount { resource, times: factor, under: weighted * 10_000 },
        Stage::Junior => Amount { resource, times: factor * 11, under: weighted * 100_000 },
    })
}

/// Pupils of 高中 of a school. Every row may repeat them, so the largest number
/// counts. A 九年一贯制学校 has none; of the other types an empty cell is missing.
fn senior<'a>(rows: impl Iterator<Item = &'a Row>, row: &Row) -> Result<i128, Lack> {
    let mut largest = None;
    for row in rows {
        match number(row, Column::Senior) {
            Ok(number) => largest = largest.max(Some(number / ONE)),
            Err(Lack::Empty(_)) => {}
            Err(lack) => return Err(lack),
        }
    }
    match (largest, row.kind) {
        (Some(number), _) => Ok(number),
        (None, Some(SchoolType::Twelve | SchoolType::Complete)) => Err(Lack::Empty(Column::Senior)),
        (None, _) => Ok(0),
    }
}

/// The numerator in millionths, from what its columns are worth.
fn numerator(indicator: Indicator, of: impl Fn(Column) -> Result<i128, Lack>) -> Result<i128, Lack> {
    let mut sum = 0;
    for term in indicator.terms() {
        match term {
            Term::Plus(column) => sum += of(*column)?,
            Term::Minus(column) => sum -= of(*column)?,
        }
    }
    if sum < 0 { Err(Lack::BelowZero) } else { Ok(sum) }
}

/// What a cell is worth, in millionths: from 0 to below 10¹⁸.
fn number(row: &Row, column: Column) -> Result<i128, Lack> {
    match row.cell(column) {
        Cell::Number(number) => Ok(i128::from(Number::millionths(number))),
        Cell::Empty => Err(Lack::Empty(column)),
        Cell::Refused => Err(Lack::Refused(column)),
    }
}
