//! Random steps of a person at work, for tests of edits and undo.

use proptest::collection::vec;
use proptest::prelude::*;
use zhidu::assessment::edit::Edit;
use zhidu::assessment::place::{AnswerField, CheckItemField, EvidenceField, HeadField, Place};
use zhidu::assessment::{Assessment, RowId, State};
use zhidu::catalogue::PointId;

use crate::random;
use crate::sample;

/// One thing that a person does. Numbers choose among what is there.
#[derive(Clone, Debug)]
pub enum Step {
    Type { place: usize, text: String },
    SetState { point: u16, state: State },
    AddEvidence { point: u16 },
    CiteEvidence { point: u16, row: usize },
    DropEvidence { point: u16, row: usize },
    MoveEvidence { point: u16, row: usize, by: isize },
    AddCheckItem { point: u16 },
    DropCheckItem { point: u16, row: usize },
}

pub fn steps(count: usize) -> impl Strategy<Value = Vec<Step>> {
    vec(step(), 1..count)
}

fn step() -> impl Strategy<Value = Step> {
    let point = || 1u16..4;
    let row = || any::<u8>().prop_map(usize::from);
    prop_oneof![
        6 => (row(), random::text()).prop_map(|(place, text)| Step::Type { place, text }),
        2 => (point(), random::state()).prop_map(|(point, state)| Step::SetState { point, state }),
        3 => point().prop_map(|point| Step::AddEvidence { point }),
        2 => (point(), row()).prop_map(|(point, row)| Step::CiteEvidence { point, row }),
        2 => (point(), row()).prop_map(|(point, row)| Step::DropEvidence { point, row }),
        2 => (point(), row(), -3isize..4).prop_map(|(point, row, by)| Step::MoveEvidence { point, row, by }),
        1 => point().prop_map(|point| Step::AddCheckItem { point }),
        1 => (point(), row()).prop_map(|(point, row)| Step::DropCheckItem { point, row }),
    ]
}

impl Step {
    /// The edits of this step, with `fresh` as the identity of a new row.
    pub fn edits(&self, on: &Assessment, fresh: RowId) -> Vec<Edit> {
        let listed = |point: u16, row: usize| {
            let list = &on.answer(&sample::point(point)).evidence;
            list.get(row % list.len().max(1)).cloned().unwrap_or_else(|| sample::row(u128::MAX))
        };
        match self {
            Step::Type { place, text } => {
                let places = places(on);
                on.typing(&places[place % places.len()], text)
            }
            Step::SetState { point, state } => on.setting_state(&sample::point(*point), *state),
            Step::AddEvidence { point } => on.adding_evidence(&sample::point(*point), fresh),
            Step::CiteEvidence { point, row } => {
                let known = on.evidence.keys().nth(row % on.evidence.len().max(1)).cloned();
                on.citing_evidence(&sample::point(*point), &known.unwrap_or(fresh))
            }
            Step::DropEvidence { point, row } => {
                on.dropping_evidence(&sample::point(*point), &listed(*point, *row))
            }
            Step::MoveEvidence { point, row, by } => {
                on.moving_evidence(&sample::point(*point), &listed(*point, *row), *by)
            }
            Step::AddCheckItem { point } => on.adding_check_item(&sample::point(*point), fresh),
            Step::DropCheckItem { point, row } => {
                let items = &on.answer(&sample::point(*point)).check_items;
                let id = items.get(row % items.len().max(1)).map_or(fresh, |item| item.id.clone());
                on.dropping_check_item(&sample::point(*point), &id)
            }
        }
    }
}

/// Where somebody could type now.
fn places(on: &Assessment) -> Vec<Place> {
    let mut places = vec![Place::Head(HeadField::UnitName), Place::Head(HeadField::Phone)];
    for point in (1..4).map(sample::point) {
        places.extend(answer_places(&point));
        let items = &on.answer(&point).check_items;
        places.extend(
            items.iter().map(|it| Place::CheckItem(point.clone(), it.id.clone(), CheckItemField::Text)),
        );
    }
    for row in on.evidence.keys() {
        places.extend(EvidenceField::ALL.map(|field| Place::Evidence(row.clone(), field)));
    }
    places
}

fn answer_places(point: &PointId) -> [Place; 4] {
    use AnswerField::{Deduction, Narrative, Score, Units};
    [Score, Narrative, Deduction, Units].map(|field| Place::Answer(point.clone(), field))
}

/// Applies edits that were made for this very state.
#[track_caller]
pub fn apply(assessment: &mut Assessment, edits: &[Edit]) {
    for edit in edits {
        assessment.apply(edit).unwrap();
    }
}
