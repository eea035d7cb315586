//! What the card of a point shows of its answer besides the texts in its fields. Taken as
//! a whole before anything is drawn: a browser may tell of a field that it is removing,
//! and the assessment has to be free to hear that.

use crate::assessment::{Answer, Assessment, RowId, State};
use crate::catalogue::{Catalogue, FigureId, FigureKind, Point, PointId};
use crate::measure::{Judged, Outcome};
use crate::score::Tally;
use crate::value::number::glance;

/// What a card shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardFacts {
    /// Whose it is.
    pub point: PointId,
    /// How the answer stands.
    pub state: CardState,
    /// Its materials, in their order.
    pub materials: Vec<ListedMaterial>,
    /// Its own 测评点, in their order.
    pub items: Vec<RowId>,
}

/// A material on a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedMaterial {
    /// Its row.
    pub row: RowId,
    /// Its number.
    pub number: String,
    /// Where else it is listed, in words; empty if nowhere.
    pub shared: String,
}

impl CardFacts {
    /// The facts of a point's card.
    pub fn of(catalogue: &Catalogue, assessment: &Assessment, point: &Point, tally: &Tally) -> CardFacts {
        let answer = assessment.answer(&point.id);
        let materials = assessment.evidence_of(answer).map(|(row, material)| ListedMaterial {
            row: row.clone(),
            number: material.number.clone(),
            shared: shared(catalogue, assessment, point, row),
        });
        CardFacts {
            point: point.id.clone(),
            state: CardState::of(answer, tally),
            materials: materials.collect(),
            items: answer.check_items.iter().map(|item| item.id.clone()).collect(),
        }
    }
}

fn shared(catalogue: &Catalogue, assessment: &Assessment, point: &Point, row: &RowId) -> String {
    let citing = assessment.points_citing(row).into_iter().filter(|id| **id != point.id);
    let others: Vec<&str> =
        citing.filter_map(|id| catalogue.point(id)).map(|(_, it)| it.no.as_str()).collect();
    if others.is_empty() {
        return String::new();
    }
    format!("同时用于 {}；在此修改，各处同步", others.join("、"))
}

/// How an answer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CardState {
    /// 填报状态.
    pub state: State,
    /// Characters of 完成情况说明.
    pub characters: usize,
    /// Whether the full score is given.
    pub full: bool,
    /// Whether 扣分原因 is asked for.
    pub asks_reason: bool,
}

impl CardState {
    /// The state of an answer with its tally.
    pub fn of(answer: &Answer, tally: &Tally) -> CardState {
        CardState {
            state: answer.state,
            characters: answer.narrative.chars().count(),
            full: tally.scored > 0 && tally.got == tally.maximum,
            asks_reason: tally.unexplained > 0,
        }
    }

    /// The classes of the card.
    pub const fn classes(&self) -> &'static str {
        match self.state {
            State::Blank => "z-card",
            State::Drafting => "z-card z-card--drafting",
            State::Complete => "z-card z-card--complete",
            State::NotApplicable => "z-card z-card--excluded",
        }
    }
}

/// What is chosen for a figure that is a choice: what was typed, or what it is preset to;
/// `None` for other figures.
pub fn chosen(catalogue: &Catalogue, assessment: &Assessment, id: &FigureId) -> Option<String> {
    let spec = catalogue.figure(id)?;
    let raw = &assessment.figure(id).raw;
    match spec.kind {
        FigureKind::Choice | FigureKind::YesNo | FigureKind::Done | FigureKind::Step => {
            Some(if raw.is_empty() { spec.default.clone().unwrap_or_default() } else { raw.clone() })
        }
        _ => None,
    }
}

/// The verdict of a measure as its card says it: "达到 98.9%".
pub fn verdict_line(judged: &Judged) -> String {
    match judged.outcome {
        Outcome::Missing => judged.outcome.label().to_owned(),
        outcome => format!("{} {}", outcome.label(), glance(&judged.value)).trim_end().to_owned(),
    }
}
