//! Which points a filter lets through. Computed when it is set, so that the
//! point being edited does not vanish under the person's hands.

use std::ops::Range;

use crate::assessment::contribution::ContributionsByPoint;
use crate::assessment::{Assessment, State};
use crate::catalogue::{Catalogue, Point};
use crate::score::Tally;
use crate::value::points::half_width;

/// What a person looks for. All that is set must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// One of the offered kinds.
    pub kind: Option<PointKind>,
    /// Only points of this 责任单位; empty: of any.
    pub unit: String,
    /// Words that the official text or the answer must contain, all of them;
    /// the case of Latin letters does not matter.
    pub words: String,
}

/// The kinds of points that a filter offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointKind {
    /// 未填.
    Blank,
    /// 填报中.
    Drafting,
    /// 已完成.
    Complete,
    /// Scored below the maximum.
    Reduced,
    /// Without a material.
    WithoutEvidence,
    /// With something that a 责任单位 has handed in and nobody has reviewed.
    Awaiting,
    /// Changed by files since somebody looked last on this machine.
    News,
}

impl PointKind {
    /// All kinds.
    pub const ALL: [PointKind; 7] = [
        PointKind::Blank,
        PointKind::Drafting,
        PointKind::Complete,
        PointKind::Reduced,
        PointKind::WithoutEvidence,
        PointKind::Awaiting,
        PointKind::News,
    ];

    /// Those that are always offered: 失分 only makes sense where points are scored, 待审回传
    /// where units hand in; 导入后有变化 comes and goes.
    pub fn offered(scored: bool, collects: bool) -> impl Iterator<Item = PointKind> {
        PointKind::ALL.into_iter().filter(move |kind| match kind {
            PointKind::Reduced => scored,
            PointKind::Awaiting => collects,
            PointKind::News => false,
            _ => true,
        })
    }

    /// The kind of this name.
    pub fn named(label: &str) -> Option<PointKind> {
        PointKind::ALL.into_iter().find(|kind| kind.label() == label)
    }

    /// Its name on the page.
    pub const fn label(self) -> &'static str {
        match self {
            PointKind::Blank => "未填",
            PointKind::Drafting => "填报中",
            PointKind::Complete => "已完成",
            PointKind::Reduced => "失分",
            PointKind::WithoutEvidence => "无佐证",
            PointKind::Awaiting => "待审回传",
            PointKind::News => "导入后有变化",
        }
    }
}

impl Filter {
    /// Whether it lets everything through.
    pub fn is_empty(&self) -> bool {
        self.kind.is_none() && self.unit.trim().is_empty() && self.words.trim().is_empty()
    }
}

/// For each point of the catalogue, whether the filter lets it through. `news` are the indices
/// of the points that files have changed since somebody looked.
pub fn matches(catalogue: &Catalogue, assessment: &Assessment, filter: &Filter, news: &[usize]) -> Vec<bool> {
    let words: Vec<String> = filter.words.split_whitespace().map(str::to_ascii_lowercase).collect();
    let unit = filter.unit.trim();
    let returns = ContributionsByPoint::of(assessment);
    catalogue
        .points()
        .iter()
        .enumerate()
        .map(|(index, point)| {
            let answer = assessment.answer(&point.id);
            let is_of = |kind| match kind {
                PointKind::Blank => answer.state == State::Blank,
                PointKind::Drafting => answer.state == State::Drafting,
                PointKind::Complete => answer.state == State::Complete,
                PointKind::Reduced => Tally::of(point, answer).reduced > 0,
                PointKind::WithoutEvidence => Tally::of(point, answer).without_evidence > 0,
                PointKind::Awaiting => is_awaiting(&returns, point),
                PointKind::News => news.contains(&index),
            };
            filter.kind.is_none_or(is_of)
                && (unit.is_empty() || answer.units_in_force(point).contains(&unit))
                && (words.is_empty() || contains(catalogue, assessment, index, point, &words))
        })
        .collect()
}

/// Whether a unit has handed in something about a point that nobody has reviewed.
fn is_awaiting(returns: &ContributionsByPoint<'_>, point: &Point) -> bool {
    returns.to(&point.id).iter().any(|(_, it)| it.is_awaiting())
}

/// How many points of each group have something that waits for a review.
pub fn awaiting_by_group(catalogue: &Catalogue, assessment: &Assessment) -> Vec<usize> {
    let returns = ContributionsByPoint::of(assessment);
    let of = |range: &Range<usize>| {
        let points = catalogue.points().get(range.clone()).unwrap_or_default();
        points.iter().filter(|point| is_awaiting(&returns, point)).count()
    };
    catalogue.groups().iter().map(|group| of(&group.points)).collect()
}

fn contains(
    catalogue: &Catalogue,
    assessment: &Assessment,
    index: usize,
    point: &Point,
    words: &[String],
) -> bool {
    let answer = assessment.answer(&point.id);
    let mut texts: Vec<&str> =
        vec![&point.title, &point.text, &answer.narrative, &answer.deduction, &answer.waiver, &answer.filler];
    texts.extend(answer.units_in_force(point));
    texts.extend(answer.check_items.iter().flat_map(|item| [item.text.as_str(), item.finding.as_str()]));
    texts.extend(assessment.evidence_of(answer).flat_map(|(_, it)| {
        [it.number.as_str(), it.title.as_str(), it.doc_no.as_str(), it.unit.as_str(), it.location.as_str()]
    }));
    let ancestors = catalogue.ancestors(index);
    texts.extend(ancestors.iter().flat_map(|group| [group.title.as_str(), group.text.as_str()]));
    let lower: Vec<String> = texts.iter().map(|text| text.to_ascii_lowercase()).collect();
    words.iter().all(|word| lower.iter().any(|text| text.contains(word)))
}

/// The ordinal of the point that is asked for by its number alone, as printed:
/// "44", "要点44", "要点 ４４", "第44个要点". `None` for words to look for.
pub fn named_point(catalogue: &Catalogue, words: &str) -> Option<u16> {
    let plain: String = half_width(words).split_whitespace().collect();
    let label = catalogue.point_label.as_str();
    let number = plain.trim_start_matches(label).trim_start_matches("要点").trim_start_matches('第');
    let number =
        number.trim_end_matches(label).trim_end_matches("要点").trim_end_matches(['个', '项', '号', '.']);
    let number = half_width(number);
    catalogue
        .points()
        .iter()
        .find(|point| !number.is_empty() && point.no == number)
        .map(|point| point.ordinal)
}

/// All 责任单位 in force anywhere, in order of first appearance.
pub fn units_in_use(catalogue: &Catalogue, assessment: &Assessment) -> Vec<String> {
    let mut units: Vec<String> = catalogue.departments.clone();
    for point in catalogue.points() {
        for unit in assessment.answer(&point.id).units_in_force(point) {
            if !units.iter().any(|known| known == unit) {
                units.push(unit.to_owned());
            }
        }
    }
    units
}
