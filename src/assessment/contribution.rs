//! 回传: what a 责任单位 has handed in for a point, or beside its points as 学校数据, kept
//! beside the district's own text and never written over by another unit's.

use super::edit::Edit;
use super::id::RowId;
use super::unit::{Role, assigned, school_of};
use super::{Assessment, State};
use crate::catalogue::{FigureId, Point, PointId};
use crate::school::Column;
use crate::value::json::names;
use crate::value::map::Map;
use crate::value::naming::name_of;
use crate::value::order::sort_by_key;

/// What a unit says about a point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contribution {
    /// Whose it is.
    pub unit: RowId,
    /// About which point; without one it is what the unit was asked for beside its points:
    /// 学校数据 and figures, which stand in the district's tables.
    pub point: Option<PointId>,
    /// How far it has come.
    pub state: ContributionState,
    /// 填报状态 that the unit has set.
    pub status: State,
    /// 完成情况说明, as it was handed in last.
    pub text: String,
    /// 扣分原因.
    pub deduction: String,
    /// 不适用理由.
    pub waiver: String,
    /// The figures of the point that the unit has typed: one to a line, `id=raw`. Beside its
    /// points rows of 学校数据 too: `school/<row>=<column>:<text>`, with tabs between cells.
    pub figures: String,
    /// 自评得分 that the unit proposes, as typed.
    pub score: String,
    /// 填报人.
    pub filler: String,
    /// Why it was handed back; empty unless it was.
    pub reason: String,
    /// When it was taken in, as the person's clock said.
    pub received: String,
    /// The file that it came in.
    pub file: String,
}

/// How far a contribution has come. One that was not handed in is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ContributionState {
    /// 已报.
    #[default]
    Received,
    /// 退回.
    Returned,
    /// 已审.
    Reviewed,
}

names! { ContributionState {
    Received = "received",
    Returned = "returned",
    Reviewed = "reviewed",
} }

impl ContributionState {
    /// Its name.
    pub const fn label(self) -> &'static str {
        match self {
            ContributionState::Received => "已报",
            ContributionState::Returned => "退回",
            ContributionState::Reviewed => "已审",
        }
    }
}

impl Contribution {
    /// Whether anything stands in it.
    pub fn says_something(&self) -> bool {
        let texts = [&self.text, &self.score, &self.deduction, &self.waiver];
        let beside = self.point.is_none() && !self.figures.is_empty();
        beside || texts.iter().any(|it| !it.trim().is_empty())
    }

    /// Whether its text stands in another one as a whole; one that is empty does.
    pub fn stands_in(&self, text: &str) -> bool {
        text.contains(self.text.trim())
    }

    /// Whether something was handed in that nobody has reviewed.
    pub fn is_awaiting(&self) -> bool {
        self.state == ContributionState::Received && self.says_something()
    }

    /// Whether another one of the same unit and point says nothing else.
    pub fn says_the_same(&self, other: &Contribution) -> bool {
        let said = |it: &Contribution| {
            let texts = [&it.text, &it.deduction, &it.waiver, &it.figures, &it.score, &it.filler];
            (it.status, texts.map(String::clone))
        };
        said(self) == said(other)
    }

    /// The figures that the unit has typed.
    pub fn figures(&self) -> impl Iterator<Item = (FigureId, &str)> {
        self.figures.lines().filter_map(|line| {
            let (id, raw) = line.split_once('=')?;
            Some((FigureId::parse(id).ok()?, raw))
        })
    }

    /// The rows of 学校数据 that the unit has handed in.
    pub fn schools(&self) -> impl Iterator<Item = (RowId, Map<Column, String>)> {
        self.figures.lines().filter_map(|line| {
            let (id, cells) = line.split_once('=')?;
            let cell = |cell: &str| {
                let (column, text) = cell.split_once(':')?;
                Some((Column::named(column)?, text.to_owned()))
            };
            Some((school_of(id)?, cells.split('\t').filter_map(cell).collect()))
        })
    }
}

/// What units have handed in, sorted by points once for whoever asks about many of them.
pub struct ContributionsByPoint<'a>(Vec<(&'a RowId, &'a Contribution)>);

impl<'a> ContributionsByPoint<'a> {
    /// All of an assessment.
    pub fn of(assessment: &'a Assessment) -> ContributionsByPoint<'a> {
        let mut all: Vec<(&RowId, &Contribution)> = assessment.contributions.iter().collect();
        sort_by_key(&mut all, |(_, it)| &it.point);
        ContributionsByPoint(all)
    }

    /// Those to a point, as [`Assessment::contributions_to`] gives them.
    pub fn to(&self, point: &PointId) -> &[(&'a RowId, &'a Contribution)] {
        let from = self.0.partition_point(|(_, it)| it.point.as_ref() < Some(point));
        let end = self.0.partition_point(|(_, it)| it.point.as_ref() <= Some(point));
        self.0.get(from..end).unwrap_or_default()
    }

    /// Those to a point: of who leads first, then in the order of 责任单位, then of units
    /// that have nothing to do with it any more; each with the part of its unit.
    pub fn in_order(
        &self,
        assessment: &Assessment,
        point: &Point,
    ) -> Vec<(&'a RowId, &'a Contribution, Option<Role>)> {
        let text = assessment.units_text(point);
        let mut units = assigned(&text);
        sort_by_key(&mut units, |it| it.role);
        let place = |unit: &RowId| {
            let name = assessment.units.get(unit).map_or("", |unit| unit.name.as_str());
            units.iter().position(|it| it.name == name)
        };
        let all = self.to(&point.id).iter().map(|(row, it)| (place(&it.unit), *row, *it));
        let mut all: Vec<(Option<usize>, &RowId, &Contribution)> = all.collect();
        sort_by_key(&mut all, |(at, ..)| at.unwrap_or(units.len()));
        let role = |at: usize| units.get(at).map(|unit| unit.role);
        all.into_iter().map(|(at, row, it)| (row, it, at.and_then(role))).collect()
    }
}

/// The identity of what a unit says about a point: one for each, however often it hands in.
pub fn contribution_id(unit: &RowId, point: Option<&PointId>) -> RowId {
    let about = point.map_or_else(String::new, |point| format!("/{point}"));
    RowId::from_random(name_of(&format!("contribution/{unit}{about}")))
}

impl Assessment {
    /// What units have handed in for a point, in the order of their identities.
    pub fn contributions_to<'a>(
        &'a self,
        point: &'a PointId,
    ) -> impl Iterator<Item = (&'a RowId, &'a Contribution)> {
        self.contributions.iter().filter(move |(_, it)| it.point.as_ref() == Some(point))
    }

    /// What units have handed in beside their points.
    pub fn contributions_beside(&self) -> impl Iterator<Item = &Contribution> {
        self.contributions.values().filter(|it| it.point.is_none())
    }

    /// Why a unit got back what it had handed in beside its points, in its own work.
    pub fn reasons_beside(&self) -> impl Iterator<Item = &str> {
        let is_of_unit = self.head.share.is_some();
        let all = self.contributions_beside().filter(move |_| is_of_unit);
        all.map(|it| it.reason.as_str()).filter(|reason| !reason.is_empty())
    }

    /// The change of what a unit says about a point, if it is one.
    pub fn contributing(&self, to: Contribution) -> Option<Edit> {
        let row = contribution_id(&to.unit, to.point.as_ref());
        let from = self.contributions.get(&row).cloned();
        let to = Some(to);
        (from != to).then_some(Edit::SetContribution { row, from, to })
    }

    /// The changes of setting the state of contributions, with a reason where they are handed
    /// back.
    pub fn reviewing(&self, rows: &[RowId], state: ContributionState, reason: &str) -> Vec<Edit> {
        let reason = if state == ContributionState::Returned { reason } else { "" };
        let known = rows.iter().filter_map(|row| self.contributions.get(row));
        known
            .filter_map(|it| {
                self.contributing(Contribution { state, reason: reason.to_owned(), ..it.clone() })
            })
            .collect()
    }
}
