//! Which sentences of a district's text came from which 责任单位. Nothing is kept of it: a
//! sentence is a unit's while it stands as the unit handed it in.

use super::sentences::sentences;
use crate::assessment::{Assessment, RowId};
use crate::catalogue::PointId;

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

fn has(text: &str, sentence: &str) -> bool {
    let sentence = sentence.trim();
    !sentence.is_empty() && sentences(text).into_iter().any(|it| it.trim() == sentence)
}
