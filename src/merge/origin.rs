//! Which sentences of a district's text came from which 责任单位. Nothing is kept of it: a
//! sentence is a unit's while it stands as the unit handed it in.

use super::sentences::sentences;
use crate::assessment::contribution::ContributionsByPoint;
use crate::assessment::edit::Edit;
use crate::assessment::place::{AnswerField, Place};
use crate::assessment::{Assessment, ContributionState, RowId};
use crate::catalogue::{Catalogue, PointId};

/// The sentences of 完成情况说明 of a point, each with the unit that it came from.
pub fn origins<'a>(assessment: &'a Assessment, point: &'a PointId) -> Vec<(&'a str, Option<&'a RowId>)> {
    let of = |sentence: &str| {
        let mut from = assessment.contributions_to(point).filter(|(_, it)| has(&it.text, sentence));
        from.next().map(|(_, it)| &it.unit)
    };
    let all = sentences(&assessment.answer(point).narrative).into_iter();
    all.map(|sentence| (sentence, of(sentence))).collect()
}

/// How many sentences of a text do not stand in another one.
pub fn unused(text: &str, district: &str) -> usize {
    sentences(text).into_iter().filter(|it| !it.trim().is_empty() && !has(district, it)).count()
}

/// How a district's text is made of what a unit handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adopting {
    /// It stands in place of what was there.
    Instead,
    /// It stands behind what was there.
    Behind,
}

/// The changes that make the district's text of what a unit handed in and mark that as
/// reviewed. What of others gave way by it is open again.
pub fn adopting(assessment: &Assessment, row: &RowId, how: Adopting) -> Vec<Edit> {
    let Some(it) = assessment.contributions.get(row) else { return Vec::new() };
    let Some(point) = &it.point else { return Vec::new() };
    let place = Place::Answer(point.clone(), AnswerField::Narrative);
    let text = match how {
        Adopting::Instead => it.text.clone(),
        Adopting::Behind => behind(assessment.text(&place), &it.text),
    };
    let mut edits = assessment.typing(&place, &text);
    edits.extend(assessment.reviewing(std::slice::from_ref(row), ContributionState::Reviewed, ""));
    let others = assessment.contributions_to(point).filter(|(other, _)| *other != row);
    let gone: Vec<RowId> = others
        .filter(|(_, other)| other.state == ContributionState::Reviewed && unused(&other.text, &text) > 0)
        .map(|(other, _)| other.clone())
        .collect();
    edits.extend(assessment.reviewing(&gone, ContributionState::Received, ""));
    edits
}

/// The changes that put what units have handed in, as far as it does not stand in them,
/// behind the district's texts, and that mark it as reviewed: at each point who leads
/// first, then in the order of 责任单位.
pub fn appending_all(catalogue: &Catalogue, assessment: &Assessment) -> Vec<Edit> {
    let returns = ContributionsByPoint::of(assessment);
    let mut edits = Vec::new();
    for point in catalogue.points() {
        let mut awaiting = returns.in_order(assessment, point);
        awaiting.retain(|(_, it, _)| it.is_awaiting());
        let mut district = assessment.answer(&point.id).narrative.clone();
        for (_, it, _) in &awaiting {
            if unused(&it.text, &district) > 0 {
                district = behind(&district, &it.text);
            }
        }
        let place = Place::Answer(point.id.clone(), AnswerField::Narrative);
        edits.extend(assessment.typing(&place, &district));
        let rows: Vec<RowId> = awaiting.iter().map(|(row, ..)| (*row).clone()).collect();
        edits.extend(assessment.reviewing(&rows, ContributionState::Reviewed, ""));
    }
    edits
}

fn behind(district: &str, text: &str) -> String {
    if district.is_empty() { text.to_owned() } else { format!("{district}\n{text}") }
}

fn has(text: &str, sentence: &str) -> bool {
    let sentence = sentence.trim();
    !sentence.is_empty() && sentences(text).into_iter().any(|it| it.trim() == sentence)
}
