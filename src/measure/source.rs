//! Which limits apply to schools and coefficients, and what sets them: a measure of
//! the catalogue, or the national reference where it has none.

use super::Data;
use super::judge::{limit, resolved};
use crate::catalogue::{Calc, Measure, Point};
use crate::school::Stage;
use crate::school::indicator::{Indicator, national_coefficient};
use crate::value::limit::Limit;

/// A limit and what sets it.
#[derive(Clone, Copy, Debug)]
pub struct Applied<'a> {
    /// The limit.
    pub limit: Limit,
    /// The measure with its point; `None` for the national reference of
    /// 教督〔2017〕6号.
    pub by: Option<(&'a Point, &'a Measure)>,
}

/// The limits of the coefficients of a stage.
#[derive(Clone, Copy, Debug)]
pub struct CoefficientLimits<'a> {
    /// Of the mean of the seven, where the catalogue limits that.
    pub mean: Option<Applied<'a>>,
    /// Of each of the seven.
    pub single: Applied<'a>,
}

/// What every school of a stage is held against: the first measure that says so, or
/// the national reference. `None` where there is neither.
pub fn school_limit<'a>(data: &Data<'a>, indicator: Indicator, stage: Stage) -> Option<Applied<'a>> {
    let own = all(data).find_map(|(point, it)| match resolved(data, &it.calc)? {
        Calc::Schools { indicator: of, stages } if *of == indicator && stages.contains(&stage) => {
            Some(Applied { limit: limit(it)?, by: Some((point, it)) })
        }
        _ => None,
    });
    own.or_else(|| Some(Applied { limit: Limit::at_least(indicator.national(stage)?), by: None }))
}

/// The stages that the clause is about which limits an indicator for every school of a
/// stage; `None` where no clause does.
pub fn clause_stages<'a>(data: &Data<'a>, indicator: Indicator, stage: Stage) -> Option<&'a [Stage]> {
    let (_, measure) = school_limit(data, indicator, stage)?.by?;
    match resolved(data, &measure.calc)? {
        Calc::Schools { stages, .. } => Some(stages),
        _ => None,
    }
}

/// The limits of the coefficients of a stage, by the reading that was chosen.
pub fn coefficient_limits<'a>(data: &Data<'a>, stage: Stage) -> CoefficientLimits<'a> {
    let own = coefficient_source(data, stage)
        .and_then(|(point, it, each)| Some((Applied { limit: limit(it)?, by: Some((point, it)) }, each)));
    let national = Applied { limit: national_coefficient(stage), by: None };
    match own {
        Some((applied, true)) => CoefficientLimits { mean: None, single: applied },
        Some((applied, false)) => CoefficientLimits { mean: Some(applied), single: national },
        None => CoefficientLimits { mean: None, single: national },
    }
}

/// The measure that limits the coefficients of a stage, with its point and whether
/// it limits each of the seven rather than their mean.
pub fn coefficient_source<'a>(data: &Data<'a>, stage: Stage) -> Option<(&'a Point, &'a Measure, bool)> {
    all(data).find_map(|(point, it)| match resolved(data, &it.calc)? {
        Calc::Coefficient { stage: of, each } if *of == stage => Some((point, it, *each)),
        _ => None,
    })
}

fn all<'a>(data: &Data<'a>) -> impl Iterator<Item = (&'a Point, &'a Measure)> + use<'a> {
    data.catalogue.points().iter().flat_map(|point| point.measures.iter().map(move |it| (point, it)))
}
