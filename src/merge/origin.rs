//! Which sentences of a district's text came from which 责任单位. Nothing is kept of it: a
//! sentence is a unit's while it stands as the unit handed it in.

use super::sentences::sentences;
use crate::assessment::edit::Edit;
use crate::assessment::place::{AnswerField, Place};
use crate::assessment::unit::assigned;
use crate::assessment::{Assessment, Contribution, ContributionState, RowId};
use crate::catalogue::{Catalogue, PointId};
use crate::value::order::sort_by_key;

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

/// The changes that put what units have handed in, as far as it does not stand in them, behind
/// the district's texts, and that mark it as reviewed: at each point who leads first, then in the order of 责任单位.
pub fn appending_all(catalogue: &Catalogue, assessment: &Assessment) -> Vec<Edit> {
    let mut edits = Vec::new();
    for point in catalogue.points() {
        let text = assessment.units_text(point);
        let mut units = assigned(&text);
        sort_by_key(&mut units, |it| it.role);
        let place_of = |unit: &RowId| {
            let name = assessment.units.get(unit).map_or("", |unit| unit.name.as_str());
            units.iter().position(|it| it.name == name).unwrap_or(units.len())
        };
        let mut all: Vec<(&RowId, &Contribution)> = assessment.contributions_to(&point.id).collect();
        sort_by_key(&mut all, |(row, it)| (place_of(&it.unit), (*row).clone()));
        let mut district = assessment.answer(&point.id).narrative.clone();
        for (_, it) in all.iter().filter(|(_, it)| it.state == ContributionState::Received) {
            if unused(&it.text, &district) > 0 {
                if !district.is_empty() {
                    district.push('\n');
                }
                district.push_str(&it.text);
            }
        }
        let place = Place::Answer(point.id.clone(), AnswerField::Narrative);
        edits.extend(assessment.typing(&place, &district));
        let taken =
            all.iter().filter(|(_, it)| it.state == ContributionState::Received && it.says_something());
        let rows: Vec<RowId> = taken.map(|(row, _)| (*row).clone()).collect();
        edits.extend(assessment.reviewing(&rows, ContributionState::Reviewed, ""));
    }
    edits
}

fn has(text: &str, sentence: &str) -> bool {
    let sentence = sentence.trim();
    !sentence.is_empty() && sentences(text).into_iter().any(|it| it.trim() == sentence)
}
