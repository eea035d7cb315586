//! The open work of one district with one catalogue: answers, evidence, figures,
//! schools and the facts of the cover. Plain values; every change is an [`edit::Edit`].
//! Reads no clock and makes no id: both come in as arguments.
//!
//! Nothing that can be computed is kept here. A score is the text that was
//! typed; [`crate::score`] says what it is worth.

use crate::catalogue::{Catalogue, CatalogueId, FigureId, Point, PointId};
use crate::school::School;
use crate::value::json::names;
use crate::value::map::Map;
use crate::value::order::sort_by_key;

pub mod arrivals;
pub mod between;
pub mod collected;
pub mod contribution;
pub mod edit;
pub mod edition;
pub mod history;
pub mod id;
mod materials;
pub mod place;
pub mod returning;
pub mod share;
pub mod table;
pub mod unit;

pub use contribution::{Contribution, ContributionState};
pub use id::{AssessmentId, MuteId, ReplicaId, RowId};
pub use share::Share;
pub use unit::Unit;

/// A self-assessment (自评).
///
/// Points that nobody has touched have no entry in `answers`; [`Assessment::answer`]
/// gives the blank answer for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// What it is, for whom and for when.
    pub head: Head,
    /// Answers that differ from the blank one.
    pub answers: Map<PointId, Answer>,
    /// Materials of the whole assessment, referred to by any number of answers.
    pub evidence: Map<RowId, Evidence>,
    /// 数据: the figures that somebody has typed, each under the name that the
    /// catalogue gives it.
    pub figures: Map<FigureId, Figure>,
    /// 学校数据: one row per school and stage.
    pub schools: Map<RowId, School>,
    /// Problems of 体检 that a person has set aside, with the reason.
    pub mutes: Map<MuteId, String>,
    /// 责任单位 of which something is known beside their names, or that a person has added.
    pub units: Map<RowId, Unit>,
    /// What 责任单位 have handed in.
    pub contributions: Map<RowId, Contribution>,
}

/// Identity and cover of an assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The work, kept wherever a copy of it travels.
    pub id: AssessmentId,
    /// The work that this one was copied from.
    pub origin: Option<AssessmentId>,
    /// Last year's assessment of the same district.
    pub previous: Option<AssessmentId>,
    /// The catalogue that it answers.
    pub catalogue: CatalogueRef,
    /// What people call it on 工作台.
    pub name: String,
    /// 填报单位.
    pub unit_name: String,
    /// Code of the 填报单位 (GB/T 2260 where there is one), may be empty.
    pub unit_code: String,
    /// 年度, as typed.
    pub year: String,
    /// 截止日期 as YYYY-MM-DD, or empty.
    pub due: String,
    /// The lines at the foot of the cover.
    pub cover: Cover,
    /// Invented content of 打开示例, never to be taken for a real district's.
    pub example: bool,
    /// The unit whose work it is, if it is 单位填报.
    pub share: Option<Share>,
}

/// Which catalogue, and in which wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogueRef {
    /// Its id.
    pub id: CatalogueId,
    /// Its title, for when the catalogue itself is not at hand.
    pub title: String,
    /// Hash of its structure and official text.
    pub text_hash: String,
    /// Hash of its rules.
    pub rules_hash: String,
}

/// 填表人, 审核人, 负责人 and 电话.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cover {
    /// 填表人.
    pub filler: String,
    /// 审核人.
    pub reviewer: String,
    /// 负责人.
    pub leader: String,
    /// 电话.
    pub phone: String,
}

/// 填报状态. "Complete" is something that a person says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// 未填.
    #[default]
    Blank,
    /// 填报中.
    Drafting,
    /// 已完成.
    Complete,
    /// 不适用.
    NotApplicable,
}

names! { State {
    Blank = "blank",
    Drafting = "drafting",
    Complete = "complete",
    NotApplicable = "not-applicable",
} }

impl State {
    /// All states, in the order in which they are offered.
    pub const ALL: [State; 4] = [State::Blank, State::Drafting, State::Complete, State::NotApplicable];

    /// The state in the field's words.
    pub const fn label(self) -> &'static str {
        match self {
            State::Blank => "未填",
            State::Drafting => "填报中",
            State::Complete => "已完成",
            State::NotApplicable => "不适用",
        }
    }

    /// The state with this label, if there is one.
    pub fn from_label(label: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.label() == label)
    }
}

/// 作答: what the district says about one point.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// 填报状态.
    pub state: State,
    /// 自评得分 as typed; [`crate::score::read`] gives its value or its fault.
    pub score: String,
    /// 完成情况说明.
    pub narrative: String,
    /// 扣分原因.
    pub deduction: String,
    /// 不适用理由.
    pub waiver: String,
    /// 责任单位 as typed; empty means "as the catalogue says".
    pub units: String,
    /// 填报人 of this point.
    pub filler: String,
    /// Materials in the order in which they are listed here.
    pub evidence: Vec<RowId>,
    /// How many 编号 this point has given out; a number is never given twice.
    pub numbered: u32,
    /// 测评点 of the user's own, in order.
    pub check_items: Vec<CheckItem>,
}

/// A 测评点 that the user added: theirs, never presented as official.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckItem {
    /// Identity of the row.
    pub id: RowId,
    /// What is looked at.
    pub text: String,
    /// What was found.
    pub finding: String,
}

/// 佐证材料: one row of the list of materials.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// 编号, "11-03": the point that it was first listed under and a running
    /// number there. Fixed for good.
    pub number: String,
    /// 材料名称.
    pub title: String,
    /// 文号.
    pub doc_no: String,
    /// 形成日期, may be partial: "2023年9月".
    pub formed_on: String,
    /// 提供单位.
    pub unit: String,
    /// 页数, as typed.
    pub pages: String,
    /// 存放位置.
    pub location: String,
}

/// 数据: one number of the assessment, or one choice. It is typed once and used by
/// any measure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    /// As typed; the catalogue says what it may be.
    pub raw: String,
    /// 数据年度, as typed; empty means that of the assessment.
    pub year: String,
    /// 口径或来源说明.
    pub note: String,
}

static NO_FIGURE: Figure = Figure { raw: String::new(), year: String::new(), note: String::new() };

static BLANK: Answer = Answer {
    state: State::Blank,
    score: String::new(),
    narrative: String::new(),
    deduction: String::new(),
    waiver: String::new(),
    units: String::new(),
    filler: String::new(),
    evidence: Vec::new(),
    numbered: 0,
    check_items: Vec::new(),
};

impl Answer {
    /// The answer of a point that nobody has touched.
    pub fn blank() -> &'static Answer {
        &BLANK
    }

    /// The 责任单位 in force: the typed ones, otherwise the catalogue's.
    pub fn units_in_force<'a>(&'a self, point: &'a Point) -> Vec<&'a str> {
        if self.units.trim().is_empty() {
            point.units.iter().map(String::as_str).collect()
        } else {
            unit::assigned(&self.units).into_iter().map(|it| it.name).collect()
        }
    }
}

impl Assessment {
    /// An empty assessment of `catalogue` under a fresh `id`.
    pub fn new(
        id: AssessmentId,
        catalogue: &Catalogue,
        unit_name: &str,
        unit_code: &str,
        year: &str,
    ) -> Assessment {
        Assessment::of(Head {
            id,
            origin: None,
            previous: None,
            catalogue: CatalogueRef::of(catalogue),
            name: format!("{unit_name} {} {year}", catalogue.short),
            unit_name: unit_name.to_owned(),
            unit_code: unit_code.to_owned(),
            year: year.to_owned(),
            due: String::new(),
            cover: Cover::default(),
            example: false,
            share: None,
        })
    }

    /// An assessment that has nothing but its head.
    pub fn of(head: Head) -> Assessment {
        Assessment {
            head,
            answers: Map::new(),
            evidence: Map::new(),
            figures: Map::new(),
            schools: Map::new(),
            mutes: Map::new(),
            units: Map::new(),
            contributions: Map::new(),
        }
    }

    /// The same content as a work of its own, which remembers where it comes from.
    pub fn copy_as(&self, id: AssessmentId, name: String) -> Assessment {
        let mut copy = self.clone();
        copy.head.origin = Some(std::mem::replace(&mut copy.head.id, id));
        copy.head.name = name;
        copy
    }

    /// The answer of a point; blank if nobody has touched it.
    pub fn answer(&self, point: &PointId) -> &Answer {
        self.answers.get(point).unwrap_or(&BLANK)
    }

    /// A figure; blank if nobody has typed it.
    pub fn figure(&self, id: &FigureId) -> &Figure {
        self.figures.get(id).unwrap_or(&NO_FIGURE)
    }

    /// The rows of 学校数据 in the order of the table.
    pub fn schools_in_order(&self) -> Vec<(&RowId, &School)> {
        let mut rows: Vec<(&RowId, &School)> = self.schools.iter().collect();
        // The map is in the order of the ids, which decides among equals.
        sort_by_key(&mut rows, |(_, school)| school.place);
        rows
    }

    /// The rows of 学校数据 in that order, by their ids.
    pub fn school_order(&self) -> Vec<RowId> {
        self.schools_in_order().into_iter().map(|(row, _)| row.clone()).collect()
    }

    /// The place behind the last row of 学校数据.
    pub fn next_school_place(&self) -> u32 {
        let last = self.schools.values().map(|school| school.place).max();
        last.map_or(0, |place| place.saturating_add(1))
    }

    /// The points whose answers refer to a material, in catalogue order.
    pub fn points_citing(&self, evidence: &RowId) -> Vec<&PointId> {
        self.answers
            .iter()
            .filter(|(_, answer)| answer.evidence.contains(evidence))
            .map(|(id, _)| id)
            .collect()
    }

    /// The materials of one answer, in its order; ids without a row are left out.
    pub fn evidence_of<'a>(&'a self, answer: &'a Answer) -> impl Iterator<Item = (&'a RowId, &'a Evidence)> {
        answer.evidence.iter().filter_map(|id| Some((id, self.evidence.get(id)?)))
    }
}
