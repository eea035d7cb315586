//! 差异系数: how unequally the schools of a district are provided, weighted by
//! pupils. The formula is the one published for 教督〔2012〕3号
//! (县域义务教育校际均衡指标计算方法), applied to the seven indicators of
//! 教督〔2017〕6号 (second-hand):
//!
//! ```text
//! Xi = xi / Pi                        a school: resource over pupils
//! X̄  = Σ xi / Σ Pi                    the district; not the mean of the Xi
//! S  = √( Σ (Pi / PN) (Xi − X̄)² )     PN = Σ Pi
//! CV = S / X̄
//! ```
//!
//! Which limit applies is for a document to say.

use std::cmp::Ordering;

use super::Column;
use super::Stage;
use super::counted::{Counted, counted};
use super::indicator::{Indicator, Who};
use super::table::{Cell, Table};
use super::value::{Lack, Splitting, value};
use crate::value::limit::{Limit, Verdict};
use crate::value::number::{Number, Quotient};

/// Coefficients that are no further apart are equal.
///
/// A root has no last digit, and the floats it is worked out in are off by some
/// 10⁻¹⁵, so that a coefficient of exactly 0.45 may come out on either side. What
/// is nearer to a limit than this without lying on it is beyond every figure that
/// is reported, and no district could be held to it.
pub const EQUAL_WITHIN: f64 = 1e-12;

/// A school in the formula.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    /// Pi, above zero.
    pub pupils: f64,
    /// Xi, at or above zero.
    pub value: f64,
}

/// What the formula yields.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// X̄, in the unit of the values.
    pub mean: f64,
    /// S, in the unit of the values.
    pub deviation: f64,
    /// CV, without a unit.
    pub coefficient: f64,
}

/// Why there is no coefficient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NoCoefficient {
    /// No school is counted, or none has data.
    #[error("没有可以计算的学校")]
    NoSchools,
    /// One school alone, which differs from no other.
    #[error("有数据的学校仅 1 所，不计算差异系数")]
    OneSchool,
    /// No school has anything, so that it would be divided by 0.
    #[error("本地区均值为 0，无法计算差异系数")]
    MeanZero,
}

/// The formula.
///
/// # Errors
/// [`NoCoefficient`].
///
/// ```
/// use zhidu::school::cv::{Entry, spread};
/// let entry = |pupils, value| Entry { pupils, value };
/// let spread = spread(&[entry(10.0, 1.0), entry(10.0, 3.0)]).unwrap();
/// assert_eq!((spread.mean, spread.deviation, spread.coefficient), (2.0, 1.0, 0.5));
/// ```
pub fn spread(entries: &[Entry]) -> Result<Spread, NoCoefficient> {
    match entries {
        [] => return Err(NoCoefficient::NoSchools),
        [_] => return Err(NoCoefficient::OneSchool),
        _ => {}
    }
    let pupils: f64 = entries.iter().map(|it| it.pupils).sum();
    // Two passes. What the rounding of the first mean has left behind is made good,
    // so that equal values differ from it by 0 itself.
    let rough = entries.iter().map(|it| it.pupils * it.value).sum::<f64>() / pupils;
    let mean = rough + entries.iter().map(|it| it.pupils * (it.value - rough)).sum::<f64>() / pupils;
    if mean <= 0.0 {
        return Err(NoCoefficient::MeanZero);
    }
    let (mut squares, mut rest) = (0.0, 0.0);
    for entry in entries {
        let difference = entry.value - mean;
        squares += entry.pupils * difference * difference;
        rest += entry.pupils * difference;
    }
    // The differences sum to 0 but for the rounding of the mean, which is taken off.
    let variance = (squares - rest * rest / pupils).max(0.0) / pupils;
    let deviation = variance.sqrt();
    Ok(Spread { mean, deviation, coefficient: deviation / mean })
}

/// How a coefficient compares with a limit, [`EQUAL_WITHIN`] being equal.
pub fn compare(coefficient: f64, limit: Number) -> Ordering {
    let difference = coefficient - limit.to_f64();
    if difference.abs() <= EQUAL_WITHIN {
        Ordering::Equal
    } else if difference > 0.0 {
        Ordering::Greater
    } else {
        Ordering::Less
    }
}

/// A school in a coefficient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SchoolShare {
    /// Position of the row.
    pub row: usize,
    /// 在校生数 of the row.
    pub pupils: Number,
    /// Xi, in [`Indicator::unit`].
    pub value: Quotient,
    /// Its share of Σ (Pi / PN)(Xi − X̄)²; all shares sum to 1. 0 if all values are
    /// equal.
    pub share: f64,
}

/// 差异系数 of one indicator at one stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Coefficient {
    /// Of what.
    pub indicator: Indicator,
    /// X̄, S and CV of the schools that have data.
    pub spread: Result<Spread, NoCoefficient>,
    /// Those schools.
    pub parts: Vec<SchoolShare>,
    /// Rows that are counted and lack data.
    pub missing: Vec<(usize, Lack)>,
}

/// The seven at one stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Coefficients {
    /// Of which stage.
    pub stage: Stage,
    /// How 一贯制学校 are treated.
    pub splitting: Splitting,
    /// Rows that are counted, and those that are left out.
    pub counted: Counted,
    /// In the order of [`Indicator::SEVEN`].
    pub singles: Vec<Coefficient>,
}

/// 差异系数 of the seven indicators at a stage.
pub fn coefficients(table: &Table, stage: Stage, splitting: Splitting) -> Coefficients {
    let counted = counted(table, Who::Ordinary, Some(stage));
    let single = |indicator| coefficient(table, &counted.rows, indicator, splitting);
    let singles = Indicator::SEVEN.map(single).into();
    Coefficients { stage, splitting, counted, singles }
}

/// Those of each stage that has schools that count.
pub fn of_stages(table: &Table, splitting: Splitting) -> Vec<Coefficients> {
    let all = Stage::ALL.into_iter().map(|stage| coefficients(table, stage, splitting));
    all.filter(|it| !it.counted.rows.is_empty()).collect()
}

/// 差异系数 of an indicator over these rows: over those that have data, while the
/// others are said to be missing.
pub fn coefficient(table: &Table, rows: &[usize], indicator: Indicator, splitting: Splitting) -> Coefficient {
    let (mut parts, mut entries, mut missing) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        match entry(table, *row, indicator, splitting) {
            Ok((part, entry)) => {
                parts.push(part);
                entries.push(entry);
            }
            Err(lack) => missing.push((*row, lack)),
        }
    }
    let spread = spread(&entries);
    if let Ok(spread) = spread {
        let square = |entry: &Entry| entry.pupils * (entry.value - spread.mean).powi(2);
        let all: f64 = entries.iter().map(square).sum();
        if all > 0.0 {
            parts.iter_mut().zip(&entries).for_each(|(part, entry)| part.share = square(entry) / all);
        }
    }
    Coefficient { indicator, spread, parts, missing }
}

fn entry(
    table: &Table,
    row: usize,
    indicator: Indicator,
    splitting: Splitting,
) -> Result<(SchoolShare, Entry), Lack> {
    let pupils = match table.row(row).ok_or(Lack::NoRow)?.cell(Column::Pupils) {
        Cell::Number(Number::ZERO) => return Err(Lack::Zero(Column::Pupils)),
        Cell::Number(number) => number,
        Cell::Empty => return Err(Lack::Empty(Column::Pupils)),
        Cell::Refused => return Err(Lack::Refused(Column::Pupils)),
    };
    let value = value(table, row, indicator, splitting)?;
    let entry = Entry { pupils: pupils.to_f64(), value: value.to_f64() };
    Ok((SchoolShare { row, pupils, value, share: 0.0 }, entry))
}

impl Coefficient {
    /// CV, if there is one. Provisional while [`Coefficient::missing`] names rows.
    pub fn value(&self) -> Option<f64> {
        self.spread.ok().map(|spread| spread.coefficient)
    }
}

impl Coefficients {
    /// Whether a single school is counted, so that there is nothing to compare it
    /// with and no verdict either.
    pub fn is_of_one(&self) -> bool {
        self.counted.rows.len() == 1
    }

    /// Whether every row that is counted has data for all seven.
    pub fn is_settled(&self) -> bool {
        self.singles.iter().all(|single| single.missing.is_empty())
    }

    /// 综合差异系数: the arithmetic mean of the single coefficients, as
    /// 教督〔2012〕3号 forms it of its eight. Of the seven it is a reading of
    /// 京 2018 要点 44; 教督〔2017〕6号 limits each single one instead.
    ///
    /// # Errors
    /// Names the indicators that have no coefficient.
    pub fn composite(&self) -> Result<f64, Vec<Indicator>> {
        let without: Vec<Indicator> =
            self.singles.iter().filter(|it| it.value().is_none()).map(|it| it.indicator).collect();
        if !without.is_empty() || self.singles.is_empty() {
            return Err(without);
        }
        let sum: f64 = self.singles.iter().filter_map(Coefficient::value).sum();
        // Seven of them: exact.
        #[allow(clippy::cast_precision_loss, reason = "there are seven")]
        let count = self.singles.len() as f64;
        Ok(sum / count)
    }

    /// The verdict on 综合差异系数; [`Verdict::Missing`] while any row lacks data.
    pub fn judge_composite(&self, limit: Limit) -> Verdict {
        match self.composite() {
            Ok(composite) if self.is_settled() => limit.judge(compare(composite, limit.value())),
            _ => Verdict::Missing,
        }
    }

    /// The verdict on one of [`Coefficients::singles`]; [`Verdict::Missing`] while
    /// any row lacks data for it.
    pub fn judge(&self, single: &Coefficient, limit: Limit) -> Verdict {
        match single.value() {
            Some(value) if single.missing.is_empty() => limit.judge(compare(value, limit.value())),
            _ => Verdict::Missing,
        }
    }

    /// The verdict of 教督〔2017〕6号, a national reference: every single
    /// coefficient has to meet the limit,
    /// [`national_coefficient`](super::indicator::national_coefficient).
    pub fn judge_each(&self, limit: Limit) -> Verdict {
        let verdicts = self.singles.iter().map(|single| self.judge(single, limit));
        Verdict::all(verdicts).unwrap_or(Verdict::Missing)
    }
}
