//! Which measure of the catalogue sets a limit for schools or coefficients.

use super::Data;
use super::judge::{limit, resolved};
use crate::catalogue::{Calc, Measure, Point};
use crate::school::Stage;
use crate::school::indicator::Indicator;
use crate::school::limit::Limit;

/// The first measure that holds every school of a stage against a limit, with its
/// point.
pub fn school_source<'a>(
    data: &Data<'a>,
    indicator: Indicator,
    stage: Stage,
) -> Option<(&'a Point, &'a Measure, Limit)> {
    all(data).find_map(|(point, it)| match resolved(data, &it.calc)? {
        Calc::Schools { indicator: of, stages } if *of == indicator && stages.contains(&stage) => {
            Some((point, it, limit(it)?))
        }
        _ => None,
    })
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
