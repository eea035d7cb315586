//! 体检: what is missing in an assessment, and what contradicts itself. Looks and
//! names; changes nothing, deducts nothing, and says no more than it can show.

use std::collections::BTreeMap;

use crate::assessment::contribution::ContributionsByPoint;
use crate::assessment::place::Place;
use crate::assessment::{MuteId, RowId};
use crate::catalogue::{Catalogue, FigureId, FigureSpec, Group};
use crate::measure::{Data, Judged, judge};
use crate::score::Scorecard;
use crate::value::map::Map;
use crate::value::number::Number;
use crate::value::order::{map_of, sort_by_cached_key};

mod answers;
mod narrative;
mod numbers;
mod rule;
mod twice;

pub use narrative::{Claim, Contradiction, LONGEST, Name, Sense, claims, contradiction};
pub use rule::{Level, Rule};

/// One thing that is missing or contradictory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The rule that finds it.
    pub rule: Rule,
    /// What it is about.
    pub target: Target,
    /// What was found, in the words of the page.
    pub text: String,
    /// Why a person has set it aside, if somebody has.
    pub muted: Option<String>,
}

/// What a problem is about, and where a person goes to see to it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A point by its index, and its field or measure where there is one.
    Point(usize, Option<Place>),
    /// A measure of a point, by the point's index and the measure's id.
    Measure(usize, String),
    /// A material.
    Evidence(RowId),
    /// A figure, at the first point that takes it.
    Figure(FigureId, usize),
    /// A cell of 学校数据.
    School(Place),
}

/// What judging and checking an assessment has given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// The measures of each point, in the order of both.
    pub judged: Vec<Vec<Judged>>,
    /// The problems, by level and then by place.
    pub problems: Vec<Problem>,
    /// The figures that 学校数据 supplies, whether or not something else is typed.
    pub supplied: Map<FigureId, Number>,
}

/// How many problems there are that nobody has set aside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// 错误.
    pub errors: usize,
    /// 警告.
    pub warnings: usize,
    /// 提示.
    pub hints: usize,
}

/// Judges every measure and looks for everything.
pub fn check(data: &Data<'_>, card: &Scorecard) -> Report {
    let catalogue = data.catalogue;
    let points = catalogue.points().iter();
    let judged: Vec<Vec<Judged>> =
        points.map(|point| point.measures.iter().map(|measure| judge(data, measure)).collect()).collect();
    let returns = ContributionsByPoint::of(data.assessment);
    let mut found = Found { data, returns, problems: Vec::new() };
    answers::look(&mut found, card, &judged);
    numbers::look(&mut found);
    twice::look(&mut found);
    narrative::look(&mut found, &judged);
    let mut problems = found.problems;
    let rows = map_of(data.rows.iter().enumerate().map(|(at, row)| (*row, at)));
    sort_by_cached_key(&mut problems, |it| (it.rule.level(), Order::of(data, &rows, &it.target)));
    let sum = |spec: &FigureSpec| Some((spec.id.clone(), data.sum_of_schools(spec.schools.as_ref()?)?));
    let supplied = catalogue.figures.iter().filter_map(sum).collect();
    Report { judged, problems, supplied }
}

/// The order in which a person comes by things: points as they are printed, materials
/// by their numbers, schools as the rows and columns of their table.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Order {
    Point(usize, Target),
    Evidence(String, Target),
    School(usize, usize),
}

impl Order {
    fn of(data: &Data<'_>, rows: &BTreeMap<&RowId, usize>, target: &Target) -> Order {
        match target {
            Target::Point(index, _) | Target::Measure(index, _) | Target::Figure(_, index) => {
                Order::Point(*index, target.clone())
            }
            Target::Evidence(row) => {
                let number = data.assessment.evidence.get(row).map(|it| it.number.clone());
                Order::Evidence(number.unwrap_or_default(), target.clone())
            }
            Target::School(place) => {
                let Place::School(row, column) = place else { return Order::School(usize::MAX, 0) };
                let at = rows.get(row).copied().unwrap_or(usize::MAX);
                Order::School(at, *column as usize)
            }
        }
    }
}

/// The list that is being made.
struct Found<'a> {
    data: &'a Data<'a>,
    /// What units have handed in.
    returns: ContributionsByPoint<'a>,
    problems: Vec<Problem>,
}

impl Found<'_> {
    fn add(&mut self, rule: Rule, target: Target, text: impl Into<String>) {
        let mut problem = Problem { rule, target, text: text.into(), muted: None };
        problem.muted =
            problem.id(self.data.catalogue).and_then(|id| self.data.assessment.mutes.get(&id).cloned());
        self.problems.push(problem);
    }
}

impl Problem {
    /// Its name for good: the rule and what it is about.
    pub fn id(&self, catalogue: &Catalogue) -> Option<MuteId> {
        let rule = self.rule.id();
        let point = |index: &usize| catalogue.points().get(*index).map(|point| point.id.to_string());
        let of = match &self.target {
            Target::Point(index, None) => point(index)?,
            Target::Point(index, Some(place)) => format!("{}:{}", point(index)?, dotted(place)),
            Target::Measure(_, measure) => measure.clone(),
            Target::Evidence(row) => row.to_string(),
            Target::Figure(id, _) => id.to_string(),
            Target::School(place) => dotted(place),
        };
        MuteId::parse(&format!("{rule}:{of}")).ok()
    }
}

/// The address of a place in the characters of a [`MuteId`].
fn dotted(place: &Place) -> String {
    place.to_string().replace('/', ":")
}

impl Report {
    /// The problems that nobody has set aside.
    pub fn open(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(|problem| problem.muted.is_none())
    }

    /// How many of them there are.
    pub fn count(&self) -> Count {
        Count::of(self.open())
    }

    /// For each group the errors and warnings at its points, at any depth.
    pub fn grave_by_group(&self, catalogue: &Catalogue) -> Vec<usize> {
        let grave = self.open().filter(|it| it.rule.level() != Level::Hint);
        let points: Vec<usize> = grave.filter_map(Problem::point).collect();
        let within = |group: &Group| points.iter().filter(|point| group.points.contains(point)).count();
        catalogue.groups().iter().map(within).collect()
    }
}

impl Problem {
    /// The index of the point that it is about, where it is about one.
    pub fn point(&self) -> Option<usize> {
        match &self.target {
            Target::Point(index, _) | Target::Measure(index, _) | Target::Figure(_, index) => Some(*index),
            Target::Evidence(_) | Target::School(_) => None,
        }
    }
}

impl Count {
    /// Of these problems.
    pub fn of<'a>(problems: impl Iterator<Item = &'a Problem>) -> Count {
        problems.fold(Count::default(), |mut count, problem| {
            match problem.rule.level() {
                Level::Error => count.errors += 1,
                Level::Warning => count.warnings += 1,
                Level::Hint => count.hints += 1,
            }
            count
        })
    }

    /// In words: "错误 0 项，警告 6 项，提示 72 项".
    pub fn in_words(self) -> String {
        format!("错误 {} 项，警告 {} 项，提示 {} 项", self.errors, self.warnings, self.hints)
    }

    /// Errors and warnings: what should be seen to before the form goes out.
    pub fn grave(self) -> usize {
        self.errors + self.warnings
    }
}
