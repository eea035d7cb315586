//! How the schools of a stage are spread over the values of an indicator.

use crate::measure::{Data, school_limit};
use crate::school::Stage;
use crate::school::cv::Coefficient;
use crate::school::indicator::Indicator;
use crate::value::limit::{Limit, Verdict};
use crate::value::number::{Number, Quotient};
use crate::value::order::sort_by;

/// At most so many columns.
const COLUMNS: i64 = 12;
/// Widths of a column: these and their tenfolds.
const STEPS: [u32; 3] = [1, 2, 5];

/// The schools of a stage that have a value, in columns of equal width.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    /// Of which indicator.
    pub indicator: Indicator,
    /// Where the first column begins, in [`Indicator::unit`].
    pub from: Number,
    /// How wide a column is. It holds its lower end and not its upper one.
    pub step: Number,
    /// How many schools there are in each column; at least one.
    pub columns: Vec<usize>,
    /// The least, the middle and the greatest value; the lower of two middle ones.
    pub least_middle_most: [Quotient; 3],
    /// X̄, weighted by pupils.
    pub mean: Option<f64>,
    /// What every school is held against.
    pub standard: Option<Limit>,
    /// How many miss it.
    pub short: usize,
    /// How many are counted and lack data.
    pub missing: usize,
}

/// The distribution of what a coefficient was computed from; `None` if no school
/// has a value.
pub fn distribution(data: &Data<'_>, stage: Stage, found: &Coefficient) -> Option<Distribution> {
    let mut values: Vec<Quotient> = found.parts.iter().map(|part| part.value).collect();
    sort_by(&mut values, |a, b| a.to_f64().total_cmp(&b.to_f64()));
    let (least, most) = (*values.first()?, *values.last()?);
    let middle = *values.get((values.len() - 1) / 2)?;
    let (step, first) = columns_over(least, most)?;
    let last = most.steps(step)?;
    let mut columns = vec![0; usize::try_from(last - first + 1).ok()?];
    for value in &values {
        let column = value.steps(step).and_then(|at| columns.get_mut(usize::try_from(at - first).ok()?));
        if let Some(column) = column {
            *column += 1;
        }
    }
    let standard = school_limit(data, found.indicator, stage).map(|it| it.limit);
    let misses =
        |value: &&Quotient| standard.is_some_and(|it| it.judge(value.compare(it.value())) == Verdict::Missed);
    Some(Distribution {
        indicator: found.indicator,
        from: step.times(first),
        step,
        columns,
        least_middle_most: [least, middle, most],
        mean: found.spread.ok().map(|spread| spread.mean),
        standard,
        short: values.iter().filter(misses).count(),
        missing: found.missing.len(),
    })
}

/// The smallest width with which at most [`COLUMNS`] columns hold everything, and
/// which of its multiples the first one begins at.
fn columns_over(least: Quotient, most: Quotient) -> Option<(Number, i64)> {
    let tens = (0..16).map(|power| 10_i64.pow(power));
    let mut widths = tens.flat_map(|ten| STEPS.map(|step| Number::from_millionths(i64::from(step) * ten)));
    widths.find_map(|step| {
        let (first, last) = (least.steps(step)?, most.steps(step)?);
        (last - first < COLUMNS).then_some((step, first))
    })
}

impl Distribution {
    /// Where a column begins; one behind the last ends the last.
    pub fn edge(&self, column: usize) -> Number {
        let column = i64::try_from(column).unwrap_or(i64::MAX);
        self.from.plus(self.step.times(column))
    }

    /// How many schools have a value.
    pub fn schools(&self) -> usize {
        self.columns.iter().sum()
    }
}
