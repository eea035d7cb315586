//! Whether the figures of a catalogue and the computations of its measures fit
//! together. Looks at no answer.

use std::collections::BTreeSet;

use super::{Calc, Catalogue, CatalogueError, FigureId, FigureKind, FigureSpec, Measure, MeasureKind, Term};
use crate::school::{Sort, Stage};
use crate::value::limit::Op;
use crate::value::number::Number;
use crate::value::sets::set_of;

/// Checks every figure, and every measure with the figures that it takes.
///
/// # Errors
/// The first rule that is broken.
pub(super) fn check(catalogue: &Catalogue) -> Result<(), CatalogueError> {
    for spec in &catalogue.figures {
        check_spec(catalogue, spec)?;
    }
    for measure in catalogue.points.iter().flat_map(|point| &point.measures) {
        Reader { catalogue, measure }.check(&measure.calc)?;
    }
    Ok(())
}

fn check_spec(catalogue: &Catalogue, spec: &FigureSpec) -> Result<(), CatalogueError> {
    let must = |holds: bool| if holds { Ok(()) } else { Err(CatalogueError::Figure(spec.id.to_string())) };
    must(!spec.name.is_empty() && !spec.definition.is_empty())?;
    must(spec.unit.is_empty() || spec.kind.is_number())?;
    must(spec.most.as_deref().is_none_or(|most| spec.kind.is_number() && Number::parse(most).is_ok()))?;

    let choice = spec.kind == FigureKind::Choice;
    must(if choice { spec.options.len() >= 2 } else { spec.options.is_empty() })?;
    must(spec.options.iter().all(|option| !option.id.is_empty() && !option.label.is_empty()))?;
    let ids: BTreeSet<&str> = set_of(spec.options.iter().map(|option| option.id.as_str()));
    must(ids.len() == spec.options.len())?;
    must(spec.default.as_deref().is_none_or(|default| spec.option(default).is_some()))?;

    if let Some(schools) = &spec.schools {
        check_stages(spec.id.as_str(), &schools.stages)?;
        must(match schools.sum.sort() {
            Sort::Count => spec.kind.is_quantity(),
            Sort::Amount => spec.kind == FigureKind::Amount,
            Sort::Text | Sort::Word => false,
        })?;
        must(schools.sum.unit() == spec.unit)?;
    }
    check_wholes(catalogue, spec)
}

/// A part and its whole are quantities in one unit, and the way up from whole
/// to whole ends.
fn check_wholes(catalogue: &Catalogue, spec: &FigureSpec) -> Result<(), CatalogueError> {
    let mut below = vec![&spec.id];
    let mut part = spec;
    while let Some(id) = &part.part_of {
        let whole = known(catalogue, spec.id.as_str(), id)?;
        let fits = part.kind.is_quantity() && whole.kind.is_quantity() && part.unit == whole.unit;
        if !fits || below.contains(&id) {
            return Err(CatalogueError::PartOf(spec.id.to_string()));
        }
        below.push(id);
        part = whole;
    }
    Ok(())
}

fn check_stages(name: &str, stages: &[Stage]) -> Result<(), CatalogueError> {
    let distinct: BTreeSet<&Stage> = set_of(stages.iter());
    if stages.is_empty() || distinct.len() < stages.len() {
        return Err(CatalogueError::Stages(name.to_owned()));
    }
    Ok(())
}

fn known<'a>(
    catalogue: &'a Catalogue,
    by: &str,
    figure: &FigureId,
) -> Result<&'a FigureSpec, CatalogueError> {
    catalogue
        .figure(figure)
        .ok_or_else(|| CatalogueError::UnknownFigure { by: by.to_owned(), figure: figure.to_string() })
}

/// A measure whose computation is being looked through.
struct Reader<'a> {
    catalogue: &'a Catalogue,
    measure: &'a Measure,
}

impl<'a> Reader<'a> {
    fn check(&self, calc: &Calc) -> Result<(), CatalogueError> {
        if !self.suits(calc) {
            return Err(CatalogueError::Calc(self.measure.id.clone()));
        }
        match calc {
            Calc::Ratio { of, to, .. } => {
                self.check_sum(of)?;
                self.check_sum(to)
            }
            Calc::Figure(figure) => {
                let ordinal = self.measure.kind == MeasureKind::Ordinal;
                let wanted = |kind: FigureKind| {
                    if ordinal { kind == FigureKind::Step } else { kind.is_number() }
                };
                self.take(figure, wanted).map(drop)
            }
            Calc::Compare { of, with } => {
                let of = self.take(of, FigureKind::is_number)?;
                let with = self.take(with, |kind| kind == of.kind)?;
                self.check_units(&[of, with])
            }
            Calc::Yes(figure) => {
                self.take(figure, |kind| matches!(kind, FigureKind::YesNo | FigureKind::Done)).map(drop)
            }
            Calc::Schools { stages, .. } => check_stages(&self.measure.id, stages),
            Calc::Chosen { by, cases } => {
                let choice = self.take(by, |kind| kind == FigureKind::Choice)?;
                let options: BTreeSet<&str> = set_of(choice.options.iter().map(|option| option.id.as_str()));
                if !cases.keys().map(String::as_str).eq(options) {
                    return Err(CatalogueError::Cases(self.measure.id.clone()));
                }
                cases.values().try_for_each(|case| self.check(case))
            }
            Calc::Coefficient { .. } | Calc::People => Ok(()),
        }
    }

    /// Whether the computation yields what the measure's operator and kind hold
    /// against a limit.
    fn suits(&self, calc: &Calc) -> bool {
        let (op, kind) = (self.measure.op, self.measure.kind);
        match calc {
            Calc::People | Calc::Chosen { .. } => true,
            Calc::Yes(_) => op == Op::Flag,
            _ if op == Op::Flag => false,
            Calc::Compare { .. } => kind == MeasureKind::Comparison,
            Calc::Ratio { of, to, times } => {
                let added = |terms: &[Term]| terms.iter().any(|term| !term.minus);
                let per_cent_or_free = match kind {
                    MeasureKind::Coverage | MeasureKind::Universal | MeasureKind::FundingRule => {
                        *times == 100
                    }
                    MeasureKind::Number | MeasureKind::ReportOnly => *times > 0,
                    _ => false,
                };
                per_cent_or_free && added(of) && added(to)
            }
            Calc::Figure(_) => matches!(
                kind,
                MeasureKind::Number
                    | MeasureKind::ReportOnly
                    | MeasureKind::Frequency
                    | MeasureKind::Ordinal
                    | MeasureKind::Prohibition
            ),
            Calc::Schools { .. } | Calc::Coefficient { .. } => {
                matches!(kind, MeasureKind::Number | MeasureKind::ReportOnly)
            }
        }
    }

    fn check_sum(&self, terms: &[Term]) -> Result<(), CatalogueError> {
        let specs = terms.iter().map(|term| self.take(&term.figure, FigureKind::is_quantity));
        self.check_units(&specs.collect::<Result<Vec<_>, _>>()?)
    }

    fn check_units(&self, specs: &[&FigureSpec]) -> Result<(), CatalogueError> {
        let units: BTreeSet<&str> = set_of(specs.iter().map(|spec| spec.unit.as_str()));
        if units.len() > 1 { Err(CatalogueError::Units(self.measure.id.clone())) } else { Ok(()) }
    }

    /// The figure of that name, if it is of a kind that can stand here.
    fn take(
        &self,
        figure: &FigureId,
        wanted: impl Fn(FigureKind) -> bool,
    ) -> Result<&'a FigureSpec, CatalogueError> {
        let spec = known(self.catalogue, &self.measure.id, figure)?;
        if wanted(spec.kind) {
            Ok(spec)
        } else {
            Err(CatalogueError::FigureKind { measure: self.measure.id.clone(), figure: figure.to_string() })
        }
    }
}
