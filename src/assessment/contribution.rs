//! 回传: what a 责任单位 has handed in for a point, kept beside the district's own text and
//! never written over by another unit's.

use super::edit::Edit;
use super::id::RowId;
use super::{Assessment, State};
use crate::catalogue::PointId;
use crate::value::json::names;
use crate::value::naming::name_of;

/// What a unit says about a point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contribution {
    /// Whose it is.
    pub unit: RowId,
    /// About which point.
    pub point: PointId,
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
    /// The figures of the point that the unit has typed: one to a line, `id=raw`.
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

/// The identity of what a unit says about a point: one for each, however often it hands in.
pub fn contribution_id(unit: &RowId, point: &PointId) -> RowId {
    RowId::from_random(name_of(&format!("contribution/{unit}/{point}")))
}

impl Assessment {
    /// What units have handed in for a point, in the order of their identities.
    pub fn contributions_to<'a>(
        &'a self,
        point: &'a PointId,
    ) -> impl Iterator<Item = (&'a RowId, &'a Contribution)> {
        self.contributions.iter().filter(move |(_, it)| it.point == *point)
    }

    /// The change of what a unit says about a point, if it is one.
    pub fn contributing(&self, to: Contribution) -> Option<Edit> {
        let row = contribution_id(&to.unit, &to.point);
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
