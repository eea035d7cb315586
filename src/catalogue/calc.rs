//! How a measure is computed, as data: which figures it takes and what is done
//! with them. Computes nothing and gives no verdict.

use std::fmt;

use serde::Serialize;

use super::{FigureId, IdError};
use crate::school::Stage;
use crate::school::indicator::Indicator;
use crate::value::json::{Fault, Json, OfJson, from_tree, object, parsed, unknown};
use crate::value::map::Map;

/// How the value of a measure comes about, to be held against its limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Calc {
    /// Σ `of` × `times` ÷ Σ `to`. Where the measure is about every student
    /// ([`super::MeasureKind::Universal`]) `times` is 100 and all of 100 % is
    /// asked for, whatever the limit of each student is; under
    /// [`super::MeasureKind::FundingRule`] the share is only reported.
    Ratio {
        /// What is divided; never empty.
        of: Vec<Term>,
        /// By what it is divided; never empty.
        to: Vec<Term>,
        /// 100 for per cent, 1 or another number for what is counted per one or
        /// more.
        times: u32,
    },
    /// The figure as it is.
    Figure(FigureId),
    /// One figure held against another, in the order of the measure's operator.
    Compare {
        /// The figure on the left of the operator.
        of: FigureId,
        /// The figure on its right.
        with: FigureId,
    },
    /// Met if the figure says 有.
    Yes(FigureId),
    /// Every school that counts, one by one.
    Schools {
        /// What is computed for each school.
        indicator: Indicator,
        /// At which stages; never empty.
        stages: Vec<Stage>,
    },
    /// 差异系数 between the schools of a stage.
    Coefficient {
        /// The stage.
        stage: Stage,
        /// True for every one of the seven single coefficients, false for their
        /// mean.
        each: bool,
    },
    /// What a person has chosen for a figure decides among several.
    Chosen {
        /// A figure that is a choice.
        by: FigureId,
        /// One for each of its options.
        cases: Map<String, Calc>,
    },
    /// 人工判断: nothing is computed.
    People,
}

/// A figure that is added, or with a leading minus taken away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(into = "String")]
pub struct Term {
    /// Which figure.
    pub figure: FigureId,
    /// True where it is taken away.
    pub minus: bool,
}

impl Calc {
    /// The figures that it takes, each once, in the order in which it names
    /// them: a choice before its cases, and all of these, also those that the
    /// choice leaves out.
    pub fn figures(&self) -> Vec<&FigureId> {
        let mut all = Vec::new();
        self.gather(&mut all);
        all
    }

    fn gather<'a>(&'a self, all: &mut Vec<&'a FigureId>) {
        let mut take = |figure| {
            if !all.contains(&figure) {
                all.push(figure);
            }
        };
        match self {
            Calc::Ratio { of, to, .. } => of.iter().chain(to).for_each(|term| take(&term.figure)),
            Calc::Figure(figure) | Calc::Yes(figure) => take(figure),
            Calc::Compare { of, with } => [of, with].into_iter().for_each(take),
            Calc::Chosen { by, cases } => {
                take(by);
                cases.values().for_each(|case| case.gather(all));
            }
            Calc::Schools { .. } | Calc::Coefficient { .. } | Calc::People => {}
        }
    }
}

impl OfJson for Calc {
    fn of_json(json: Json<'_>) -> Result<Calc, Fault> {
        let (name, json) = json.choice()?;
        let calc = match &*name {
            "people" => Ok(Calc::People),
            "figure" => FigureId::of_json(json).map(Calc::Figure),
            "yes" => FigureId::of_json(json).map(Calc::Yes),
            "ratio" => Ratio::of_json(json).map(|Ratio { of, to, times }| Calc::Ratio { of, to, times }),
            "compare" => Compare::of_json(json).map(|Compare { of, with }| Calc::Compare { of, with }),
            "schools" => {
                Schools::of_json(json).map(|it| Calc::Schools { indicator: it.indicator, stages: it.stages })
            }
            "coefficient" => {
                Coefficient::of_json(json).map(|it| Calc::Coefficient { stage: it.stage, each: it.each })
            }
            "chosen" => Chosen::of_json(json).map(|Chosen { by, cases }| Calc::Chosen { by, cases }),
            _ => return Err(unknown(&name)),
        };
        calc.map_err(|fault| fault.within(&name))
    }
}

/// What the kinds of computation say, as it is read.
struct Ratio {
    of: Vec<Term>,
    to: Vec<Term>,
    times: u32,
}

struct Compare {
    of: FigureId,
    with: FigureId,
}

struct Schools {
    indicator: Indicator,
    stages: Vec<Stage>,
}

struct Coefficient {
    stage: Stage,
    each: bool,
}

struct Chosen {
    by: FigureId,
    cases: Map<String, Calc>,
}

object! { closed Ratio { of, to, times } }
object! { closed Compare { of, with } }
object! { closed Schools { indicator, stages } }
object! { closed Coefficient { stage; each } }
object! { closed Chosen { by, cases } }
parsed! { Term }
from_tree! { Calc }

impl Term {
    fn parse(text: &str) -> Result<Term, IdError> {
        let (minus, figure) = match text.strip_prefix('-') {
            Some(figure) => (true, figure),
            None => (false, text),
        };
        Ok(Term { figure: FigureId::parse(figure)?, minus })
    }
}

impl From<Term> for String {
    fn from(term: Term) -> String {
        term.to_string()
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.minus { "-" } else { "" }, self.figure)
    }
}
