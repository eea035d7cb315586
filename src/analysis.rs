//! 分析: what an assessment comes to, in the portions that the page of that name
//! draws. Adds up and ranks; judges nothing that is not judged elsewhere.

mod distribution;

pub use distribution::{Distribution, distribution};

use crate::catalogue::Catalogue;
use crate::check::Report;
use crate::measure::Outcome;
use crate::score::{Scorecard, Tally};
use crate::value::order::sort_by_key;
use crate::value::points::Points;

/// A radar chart needs so many axes to enclose anything.
const AXES_AT_LEAST: usize = 3;

/// A part of a whole, both counted in the same unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    part: i64,
    whole: i64,
}

impl Rate {
    /// 得分率 of a scored catalogue: 已评得分 of 已评项满分. `None` while nothing
    /// is scored.
    pub fn of_score(tally: &Tally) -> Option<Rate> {
        Rate::new(tally.got.hundredths(), tally.of_scored.hundredths())
    }

    /// 完成率: what is settled, 已完成 or 不适用, of all points. `None` where there
    /// are none.
    pub fn of_completion(tally: &Tally) -> Option<Rate> {
        let count = |points: usize| i64::try_from(points).unwrap_or(i64::MAX);
        Rate::new(count(tally.settled()), count(tally.points))
    }

    /// `part / whole`; `None` unless 0 ≤ `part` ≤ `whole` and `whole` is above 0.
    fn new(part: i64, whole: i64) -> Option<Rate> {
        (whole > 0 && (0..=whole).contains(&part)).then_some(Rate { part, whole })
    }

    /// From 0 to 1, for what is drawn.
    pub fn fraction(self) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "the nearest float is asked for")]
        let (part, whole) = (self.part as f64, self.whole as f64);
        part / whole
    }

    /// With one decimal, which is cut off and never rounded: "99.9%" is short of
    /// everything.
    pub fn in_words(self) -> String {
        let tenths = i128::from(self.part) * 1000 / i128::from(self.whole);
        format!("{}.{}%", tenths / 10, tenths % 10)
    }
}

/// The groups that a radar chart compares, by index: those of the outermost level
/// that has at least three. Empty if no level has.
pub fn axes(catalogue: &Catalogue) -> Vec<usize> {
    let of = |level| move |index: &usize| catalogue.groups().get(*index).is_some_and(|it| it.level == level);
    let levels = (1..=catalogue.levels.len())
        .map(|level| (0..catalogue.groups().len()).filter(of(level)).collect::<Vec<_>>());
    levels.into_iter().find(|groups| groups.len() >= AXES_AT_LEAST).unwrap_or_default()
}

/// A point that is scored below its maximum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loss {
    /// Index of the point.
    pub point: usize,
    /// 自评得分.
    pub got: Points,
    /// 分值.
    pub of: Points,
}

impl Loss {
    /// What is lost: above zero.
    pub fn points(&self) -> Points {
        self.of - self.got
    }
}

/// Where points are lost: most first, and in the document's order where as many are.
pub fn losses(card: &Scorecard) -> Vec<Loss> {
    let all = card.points.iter().enumerate();
    let mut losses: Vec<Loss> = all
        .filter(|(_, tally)| tally.reduced > 0)
        .map(|(point, tally)| Loss { point, got: tally.got, of: tally.of_scored })
        .collect();
    sort_by_key(&mut losses, |loss| std::cmp::Reverse(loss.points()));
    losses
}

/// The measures of a group by what they come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdicts {
    /// Index of the group.
    pub group: usize,
    /// How many come to each of [`Outcome::ALL`].
    pub counts: [usize; Outcome::ALL.len()],
}

impl Verdicts {
    /// How many measures there are.
    pub fn all(&self) -> usize {
        self.counts.iter().sum()
    }
}

/// The verdicts of the outermost groups that have measures.
pub fn verdicts(catalogue: &Catalogue, report: &Report) -> Vec<Verdicts> {
    let of = |group: usize| {
        let points = catalogue.groups().get(group).map(|it| it.points.clone()).unwrap_or_default();
        let judged: Vec<Outcome> =
            report.judged.get(points).unwrap_or_default().iter().flatten().map(|it| it.outcome).collect();
        let count = |outcome| judged.iter().filter(|it| **it == outcome).count();
        Verdicts { group, counts: Outcome::ALL.map(count) }
    };
    catalogue.roots().map(of).filter(|verdicts| verdicts.all() > 0).collect()
}
