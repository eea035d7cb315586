//! Bringing two states of one assessment together. Both come from a third one, the base:
//! what differs from it was done by a person, there or here. Compared by address — text by
//! text, row by row — and never merged without being shown: a person decides what becomes of
//! each change, and nothing of either side is gone.

use crate::assessment::place::Place;
use crate::assessment::{MuteId, RowId};
use crate::catalogue::PointId;

mod base;
mod find;
mod lists;
pub mod origin;
mod proposal;
pub mod sentences;
mod take;

pub use base::common_state;
pub use find::find;
pub use proposal::{Count, Proposal};
pub use take::{Taken, take};

/// What a change is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A text of something that all have.
    Text(Place),
    /// 填报状态 of a point.
    State(PointId),
    /// Whether a point lists a material.
    Listing(PointId, RowId),
    /// Whether a material is there, with all that is in it.
    Material(RowId),
    /// Whether a 测评点 is there, likewise.
    Item(PointId, RowId),
    /// Whether a row of 学校数据 is there, likewise.
    School(RowId),
    /// The order of the materials of a point.
    MaterialOrder(PointId),
    /// The order of the 测评点 of a point.
    ItemOrder(PointId),
    /// The order of 学校数据.
    SchoolOrder,
    /// What a 责任单位 has handed in, for a point or beside its points.
    Contribution(Option<PointId>, RowId),
    /// The reason for which a problem of 体检 is set aside.
    Mute(MuteId),
}

impl Subject {
    /// The point that it belongs to, if it belongs to one alone.
    pub const fn point(&self) -> Option<&PointId> {
        match self {
            Subject::Text(Place::Answer(point, _) | Place::CheckItem(point, ..))
            | Subject::State(point)
            | Subject::Listing(point, _)
            | Subject::Item(point, _)
            | Subject::MaterialOrder(point)
            | Subject::ItemOrder(point) => Some(point),
            Subject::Contribution(point, _) => point.as_ref(),
            _ => None,
        }
    }

    /// Whether it is the order of rows that both sides have.
    pub const fn is_order(&self) -> bool {
        matches!(self, Subject::MaterialOrder(_) | Subject::ItemOrder(_) | Subject::SchoolOrder)
    }

    /// Whether its text is prose, in which two can write without touching each other.
    pub const fn is_prose(&self) -> bool {
        use crate::assessment::place::{AnswerField, CheckItemField, FigureField};
        matches!(
            self,
            Subject::Text(
                Place::Answer(_, AnswerField::Narrative | AnswerField::Deduction | AnswerField::Waiver)
                    | Place::CheckItem(_, _, CheckItemField::Finding)
                    | Place::Figure(_, FigureField::Note)
            )
        )
    }
}

/// What a side says: a text, a word, the content of a row in words; `None` where it has no
/// such row.
pub type Said = Option<String>;

/// A change of one side or of both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it is about.
    pub subject: Subject,
    /// What the base says.
    pub base: Said,
    /// What the one that comes in says.
    pub theirs: Said,
    /// What is here.
    pub ours: Said,
    /// How they stand to each other.
    pub outcome: Outcome,
}

/// Whether a side says something.
fn is_filled(said: &Said) -> bool {
    said.as_deref().is_some_and(|text| !text.is_empty())
}

/// How two sides stand to each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// 只有对方改了.
    Theirs,
    /// 只有本机改了.
    Ours,
    /// 两边改得一样.
    Alike,
    /// Both have changed a text without touching each other: what it becomes.
    Merged(Vec<sentences::Stretch>),
    /// 两边改得不同.
    Conflict,
}

/// What a person decides of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// 用对方.
    Theirs,
    /// 用本机.
    Ours,
    /// 两段都要: what is here, and behind it what comes in.
    Both,
    /// A text of the person's own.
    Text(String),
}

impl Change {
    /// Whether the one that comes in has emptied a text.
    pub fn empties(&self) -> bool {
        let is_text = matches!(self.subject, Subject::Text(_) | Subject::Mute(_));
        is_text && is_filled(&self.ours) && !is_filled(&self.theirs)
    }

    /// Whether it has removed a row, or a material from a point.
    pub const fn removes(&self) -> bool {
        self.base.is_some() && self.theirs.is_none()
    }

    /// Whether only they have changed it, and by emptying or removing it.
    pub fn is_gone(&self) -> bool {
        self.outcome == Outcome::Theirs && (self.empties() || self.removes())
    }

    /// What a text becomes that both have changed without touching each other.
    pub fn merged(&self) -> Option<String> {
        match &self.outcome {
            Outcome::Merged(stretches) => Some(stretches.iter().map(|it| it.text.as_str()).collect()),
            _ => None,
        }
    }

    /// What is here and behind it what comes in, unless it stands there already.
    pub fn both(&self) -> String {
        let [ours, theirs] = [&self.ours, &self.theirs].map(|it| it.clone().unwrap_or_default());
        match ours.strip_suffix(theirs.as_str()) {
            Some("") => ours,
            Some(before) if before.ends_with('\n') => ours,
            _ if ours.is_empty() => theirs,
            _ => format!("{ours}\n{theirs}"),
        }
    }

    /// Whether both sides have a text that can stand one behind the other.
    pub fn takes_both(&self) -> bool {
        self.subject.is_prose() && is_filled(&self.ours) && is_filled(&self.theirs)
    }

    /// What is done unless a person says otherwise: what only they have changed is taken,
    /// but nothing is emptied and no row removed; what touches no other is merged. `None`
    /// where a person has to decide.
    pub fn proposed(&self) -> Option<Decision> {
        match &self.outcome {
            Outcome::Ours | Outcome::Alike => Some(Decision::Ours),
            Outcome::Theirs if self.is_gone() => Some(Decision::Ours),
            Outcome::Theirs => Some(Decision::Theirs),
            Outcome::Merged(_) => self.merged().map(Decision::Text),
            Outcome::Conflict => None,
        }
    }
}
