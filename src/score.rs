//! 自评得分: reading what was typed, and totals by level. Adds up and never
//! judges: no grade, no pass mark, no deduction that a document does not define.

use crate::assessment::{Answer, Assessment, State};
use crate::catalogue::{Catalogue, Point};
use crate::value::points::{Points, PointsError};

/// Why a typed score is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScoreError {
    /// Not a value of points at all.
    #[error("{0}")]
    Unreadable(PointsError),
    /// Above the maximum of its point.
    #[error("不能超过本要点分值 {0} 分")]
    AboveMaximum(Points),
}

/// Reads a typed score of a point worth `maximum`: `Ok(None)` if nothing was
/// typed, which is not the same as 0.
///
/// # Errors
/// Names the rule that the text breaks. Full-width digits are accepted.
pub fn read(raw: &str, maximum: Points) -> Result<Option<Points>, ScoreError> {
    if raw.trim().is_empty() {
        return Ok(None);
    }
    let value = Points::parse(raw).map_err(ScoreError::Unreadable)?;
    if value > maximum { Err(ScoreError::AboveMaximum(maximum)) } else { Ok(Some(value)) }
}

/// A score as it is kept once its field is left: "１．５" becomes "1.5"; what
/// cannot be read stays as it was typed.
pub fn normalised(raw: &str, maximum: Points) -> String {
    match read(raw, maximum) {
        Ok(Some(value)) => value.to_string(),
        Ok(None) => String::new(),
        Err(_) => raw.to_owned(),
    }
}

/// What some points add up to: one point, a group or the whole catalogue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many points there are.
    pub points: usize,
    /// 未填.
    pub blank: usize,
    /// 填报中.
    pub drafting: usize,
    /// 已完成.
    pub complete: usize,
    /// 不适用.
    pub not_applicable: usize,
    /// Points with an accepted score that counts (not 不适用).
    pub scored: usize,
    /// Points whose typed score is refused.
    pub refused: usize,
    /// Sum of the accepted scores: 已评得分.
    pub got: Points,
    /// Sum of the maxima of the points with an accepted score: 已评项满分.
    pub of_scored: Points,
    /// Sum of the maxima of the points that are 不适用.
    pub of_not_applicable: Points,
    /// Sum of all maxima: 满分. 不适用 leaves it as it is.
    pub maximum: Points,
    /// Points scored below their maximum.
    pub reduced: usize,
    /// Points scored below their maximum for which no 扣分原因 is given.
    pub unexplained: usize,
    /// Points that are to be answered and list no material.
    pub without_evidence: usize,
}

impl Tally {
    /// The tally of one point.
    pub fn of(point: &Point, answer: &Answer) -> Tally {
        let mut tally = Tally { points: 1, ..Tally::default() };
        match answer.state {
            State::Blank => tally.blank = 1,
            State::Drafting => tally.drafting = 1,
            State::Complete => tally.complete = 1,
            State::NotApplicable => tally.not_applicable = 1,
        }
        let applies = answer.state != State::NotApplicable;
        tally.without_evidence = usize::from(applies && answer.evidence.is_empty());
        let Some(maximum) = point.points else { return tally };
        tally.maximum = maximum;
        if !applies {
            tally.of_not_applicable = maximum;
            return tally;
        }
        match read(&answer.score, maximum) {
            Ok(Some(got)) => {
                tally.scored = 1;
                tally.got = got;
                tally.of_scored = maximum;
                tally.reduced = usize::from(got < maximum);
                tally.unexplained = usize::from(got < maximum && answer.deduction.trim().is_empty());
            }
            Ok(None) => {}
            Err(_) => tally.refused = 1,
        }
        tally
    }

    /// Points that somebody has declared done: 已完成 or 不适用.
    pub fn settled(&self) -> usize {
        self.complete + self.not_applicable
    }

    /// Points lost so far: 已评项满分 less 已评得分.
    pub fn lost(&self) -> Points {
        self.of_scored - self.got
    }

    /// This tally with the one of `before` replaced by that of `after`.
    #[must_use]
    pub fn exchanged(self, before: Tally, after: Tally) -> Tally {
        let count = |now: usize, out: usize, inn: usize| (now + inn).saturating_sub(out);
        Tally {
            points: count(self.points, before.points, after.points),
            blank: count(self.blank, before.blank, after.blank),
            drafting: count(self.drafting, before.drafting, after.drafting),
            complete: count(self.complete, before.complete, after.complete),
            not_applicable: count(self.not_applicable, before.not_applicable, after.not_applicable),
            scored: count(self.scored, before.scored, after.scored),
            refused: count(self.refused, before.refused, after.refused),
            got: self.got - before.got + after.got,
            of_scored: self.of_scored - before.of_scored + after.of_scored,
            of_not_applicable: self.of_not_applicable - before.of_not_applicable + after.of_not_applicable,
            maximum: self.maximum - before.maximum + after.maximum,
            reduced: count(self.reduced, before.reduced, after.reduced),
            unexplained: count(self.unexplained, before.unexplained, after.unexplained),
            without_evidence: count(self.without_evidence, before.without_evidence, after.without_evidence),
        }
    }

    /// This tally and another one's points together.
    #[must_use]
    pub fn plus(self, other: Tally) -> Tally {
        self.exchanged(Tally::default(), other)
    }
}

/// The tallies of a whole assessment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scorecard {
    /// All points together.
    pub total: Tally,
    /// One for each of [`Catalogue::groups`], in that order.
    pub groups: Vec<Tally>,
    /// One for each of [`Catalogue::points`], in that order.
    pub points: Vec<Tally>,
}

/// Adds up an assessment by every level of its catalogue.
pub fn score(catalogue: &Catalogue, assessment: &Assessment) -> Scorecard {
    let points: Vec<Tally> =
        catalogue.points().iter().map(|point| Tally::of(point, assessment.answer(&point.id))).collect();
    let sum = |range: std::ops::Range<usize>| {
        points.get(range).unwrap_or_default().iter().fold(Tally::default(), |sum, tally| sum.plus(*tally))
    };
    Scorecard {
        total: sum(0..points.len()),
        groups: catalogue.groups().iter().map(|group| sum(group.points.clone())).collect(),
        points,
    }
}

impl Scorecard {
    /// Takes one point's new answer into account without adding up the rest
    /// anew, and returns the point's groups, innermost first.
    pub fn update(&mut self, catalogue: &Catalogue, index: usize, answer: &Answer) -> Vec<usize> {
        let (Some(point), Some(slot)) = (catalogue.points().get(index), self.points.get_mut(index)) else {
            return Vec::new();
        };
        let after = Tally::of(point, answer);
        let before = std::mem::replace(slot, after);
        if before == after {
            return Vec::new();
        }
        self.total = self.total.exchanged(before, after);
        let mut changed = Vec::new();
        let mut next = Some(point.group);
        while let Some(group) = next {
            if let Some(tally) = self.groups.get_mut(group) {
                *tally = tally.exchanged(before, after);
            }
            changed.push(group);
            next = catalogue.groups().get(group).and_then(|it| it.parent);
        }
        changed
    }
}
