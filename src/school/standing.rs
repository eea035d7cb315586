//! How single schools stand to a limit, and the national rule on the seven
//! indicators of a school. Values are compared exactly, never as they are shown.

use super::Stage;
use super::counted::{Counted, counted_by_clause};
use super::indicator::Indicator;
use super::table::Table;
use super::value::{Lack, Splitting, value};
use crate::value::limit::{Limit, Verdict};
use crate::value::number::Quotient;

/// How many of the seven have to reach their standard (教督〔2017〕6号).
const HAVE_TO_REACH: usize = 6;
/// What the remaining one has to reach, in hundredths of its standard.
const REMAINING: u32 = 85;

/// A school and its value of one indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Position of the row.
    pub row: usize,
    /// The value, in [`Indicator::unit`], or what it lacks.
    pub value: Result<Quotient, Lack>,
    /// How it stands to the limit; `None` if there is no limit, [`Verdict::Missing`]
    /// if there is no value.
    pub verdict: Option<Verdict>,
}

/// All schools that a limit is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standings {
    /// Rows that are counted, and those that are left out.
    pub counted: Counted,
    /// The counted rows.
    pub schools: Vec<Standing>,
}

/// How a row stands to a limit.
pub fn standing(
    table: &Table,
    row: usize,
    indicator: Indicator,
    limit: Option<Limit>,
    splitting: Splitting,
) -> Standing {
    let value = value(table, row, indicator, splitting);
    let verdict = limit.map(|limit| match value {
        Ok(value) => limit.judge(value.compare(limit.value())),
        Err(_) => Verdict::Missing,
    });
    Standing { row, value, verdict }
}

/// How all rows that a clause on the indicator is about stand to a limit, of one
/// stage or of both (`None`): see [`counted_by_clause`].
pub fn standings(
    table: &Table,
    indicator: Indicator,
    stage: Option<Stage>,
    limit: Option<Limit>,
    splitting: Splitting,
) -> Standings {
    let counted = counted_by_clause(table, indicator.who(), stage);
    let schools = counted.rows.iter().map(|row| standing(table, *row, indicator, limit, splitting)).collect();
    Standings { counted, schools }
}

impl Standings {
    /// The verdict on all of them: one school that misses decides; else it is
    /// missing while a school lacks data. `None` without a school or a limit.
    pub fn verdict(&self) -> Option<Verdict> {
        Verdict::all(self.schools.iter().filter_map(|it| it.verdict))
    }

    /// How many schools have this verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.schools.iter().filter(|it| it.verdict == Some(verdict)).count()
    }
}

/// How a school stands to the seven standards of 教督〔2017〕6号 taken together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct National {
    /// Whether at least six reach their standard and the remaining one is not
    /// below 85 % of its own.
    pub verdict: Verdict,
    /// The values, in the order of [`Indicator::SEVEN`].
    pub standings: Vec<(Indicator, Standing)>,
    /// Indicators that are below 85 % of their standard.
    pub far_below: Vec<Indicator>,
}

/// The rule of 教督〔2017〕6号 (second-hand) for a school: 每所学校至少有6项指标达到
/// 要求，余项不能低于要求的85%. A national reference: no rule of Beijing's own.
///
/// A verdict stands as soon as what is missing cannot change it. `None` if the
/// row has no stage, on which the standards depend.
pub fn national(table: &Table, row: usize, splitting: Splitting) -> Option<National> {
    let stage = table.row(row)?.stage?;
    let mut standings = Vec::new();
    let mut far_below = Vec::new();
    for indicator in Indicator::SEVEN {
        let limit = indicator.national(stage).map(Limit::at_least);
        let standing = standing(table, row, indicator, limit, splitting);
        if let (Ok(value), Some(limit)) = (standing.value, limit) {
            // value × 100 / 85 against the standard itself.
            let far = value.scaled(100, REMAINING).is_some_and(|it| it.compare(limit.value()).is_lt());
            if far {
                far_below.push(indicator);
            }
        }
        standings.push((indicator, standing));
    }
    let count = |verdict| standings.iter().filter(|(_, it)| it.verdict == Some(verdict)).count();
    let may_miss = Indicator::SEVEN.len() - HAVE_TO_REACH;
    let verdict = if count(Verdict::Missed) > may_miss || !far_below.is_empty() {
        Verdict::Missed
    } else if count(Verdict::Missing) > 0 {
        Verdict::Missing
    } else {
        Verdict::Reached
    };
    Some(National { verdict, standings, far_below })
}
