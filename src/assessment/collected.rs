//! 收集: how far each 责任单位 has come with what it was asked for.

use super::unit::UnitWork;
use super::{Assessment, Contribution, ContributionState, RowId};
use crate::catalogue::{Catalogue, PointId};
use crate::school::{School, Sort};

/// How a unit stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitStanding {
    /// The unit and what it has to do.
    pub work: UnitWork,
    /// 联系人.
    pub contact: String,
    /// Until when it is to hand in: its own 截止日期, or else that of the assessment.
    pub due: String,
    /// Its state, which follows from what it has handed in.
    pub state: UnitState,
    /// Of how many of its points it has said something.
    pub told: usize,
    /// Its rows of 学校数据.
    pub schools: Vec<RowId>,
    /// In how many of them a number is given.
    pub with_numbers: usize,
    /// When it handed in last, by the person's clock; empty if it has not.
    pub received: String,
    /// The file that it came in.
    pub file: String,
    /// Why something was handed back, each reason once.
    pub reasons: Vec<String>,
    /// Who filled it in, each once.
    pub fillers: Vec<String>,
    /// Whether it is late: the day is past, and it has not handed in what is asked of it.
    pub overdue: bool,
    /// What it has handed in.
    pub contributions: Vec<RowId>,
}

/// The state of a unit as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnitState {
    /// 未报.
    Missing,
    /// 退回: at least at one point.
    Returned,
    /// 已报.
    Received,
    /// 已审: all of it.
    Reviewed,
}

impl UnitState {
    /// Its name.
    pub const fn label(self) -> &'static str {
        match self {
            UnitState::Missing => "未报",
            UnitState::Returned => "退回",
            UnitState::Received => "已报",
            UnitState::Reviewed => "已审",
        }
    }

    /// Whether the district waits for the unit.
    pub const fn is_awaited(self) -> bool {
        matches!(self, UnitState::Missing | UnitState::Returned)
    }
}

impl Assessment {
    /// How the units stand that are asked for something, in the order of the division.
    /// `today` is the person's date, "2026-11-30".
    pub fn standings(&self, catalogue: &Catalogue, today: &str) -> Vec<UnitStanding> {
        let all = self.division(catalogue).into_iter();
        let handed_in = |work: &UnitWork| self.contributions.values().any(|it| it.unit == work.id);
        all.filter(|work| !work.is_idle() || handed_in(work))
            .map(|work| self.standing(catalogue, work, today))
            .collect()
    }

    fn standing(&self, catalogue: &Catalogue, work: UnitWork, today: &str) -> UnitStanding {
        let own: Vec<(&RowId, &Contribution)> =
            self.contributions.iter().filter(|(_, it)| it.unit == work.id).collect();
        let any = |state| own.iter().any(|(_, it)| it.state == state);
        let state = match () {
            () if own.is_empty() => UnitState::Missing,
            () if any(ContributionState::Returned) => UnitState::Returned,
            () if any(ContributionState::Received) => UnitState::Received,
            () => UnitState::Reviewed,
        };
        let asked = |id: &PointId| {
            work.points.iter().any(|(at, ..)| catalogue.points().get(*at).is_some_and(|it| it.id == *id))
        };
        let told =
            own.iter().filter(|(_, it)| it.point.as_ref().is_some_and(asked) && it.says_something()).count();
        let last = own.iter().map(|(_, it)| *it).max_by(|a, b| a.received.cmp(&b.received));
        let once = |of: fn(&Contribution) -> &str| {
            let mut all: Vec<String> = Vec::new();
            for (_, it) in &own {
                let text = of(it).trim();
                if !text.is_empty() && !all.iter().any(|known| known == text) {
                    all.push(text.to_owned());
                }
            }
            all
        };
        let (fillers, reasons) = (once(|it| &it.filler), once(|it| &it.reason));
        let schools = self.schools_of(&work);
        let with_numbers = schools.iter().filter_map(|row| self.schools.get(row)).filter(|it| has_number(it));
        let due = self.due_of(&work.id);
        UnitStanding {
            contact: self.units.get(&work.id).map(|unit| unit.contact.clone()).unwrap_or_default(),
            due: due.to_owned(),
            state,
            told,
            with_numbers: with_numbers.count(),
            schools,
            received: last.map(|it| it.received.clone()).unwrap_or_default(),
            file: last.map(|it| it.file.clone()).unwrap_or_default(),
            fillers,
            reasons,
            // Days are written so that their order is that of their texts.
            overdue: state.is_awaited() && due.len() == today.len() && due < today,
            contributions: own.into_iter().map(|(row, _)| row.clone()).collect(),
            work,
        }
    }
}

/// Whether a number is given in a row of 学校数据.
fn has_number(school: &School) -> bool {
    school.cells.keys().any(|column| matches!(column.sort(), Sort::Count | Sort::Amount))
}

/// The units that are awaited, as a text for a group of people who chat.
pub fn awaited_in_words(name: &str, standings: &[UnitStanding]) -> String {
    let asked = |work: &UnitWork| match work.points.len() {
        0 if work.schools.any() => "学校数据".to_owned(),
        0 => "数据".to_owned(),
        points if work.schools.any() => format!("{points} 项和学校数据"),
        points => format!("{points} 项"),
    };
    let one = |it: &UnitStanding| {
        let due = if it.due.is_empty() { String::new() } else { format!("，截止 {}", it.due) };
        let late = if it.overdue { "，已超期" } else { "" };
        let contact = if it.contact.is_empty() { String::new() } else { format!("（{}）", it.contact) };
        match it.state {
            UnitState::Returned => format!("{}{contact}：已退回，请修改后再报{due}{late}", it.work.name),
            _ => format!("{}{contact}：{}未报{due}{late}", it.work.name, asked(&it.work)),
        }
    };
    let lines: Vec<String> = standings.iter().filter(|it| it.state.is_awaited()).map(one).collect();
    if lines.is_empty() {
        return format!("{name}：各单位均已报送。");
    }
    format!("{name}，还有 {} 个单位未报送：\n{}\n请尽快报送，谢谢。", lines.len(), lines.join("\n"))
}
