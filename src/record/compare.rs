//! What differs between two states of an assessment, for showing what an
//! import would change before it changes anything.

use crate::assessment::place::{AnswerField, EvidenceField, FigureField, HeadField, Place, UnitField};
use crate::assessment::{Answer, Assessment, Contribution};
use crate::catalogue::{FigureId, PointId};
use crate::school::{Column, School};
use crate::value::sets::set_of;

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where: a point, or the cover and the materials as a whole.
    pub place: DifferencePlace,
    /// What of it, in the words of the page.
    pub what: &'static str,
    /// As it is, may be empty.
    pub before: String,
    /// As it would be, may be empty.
    pub after: String,
}

/// Where something differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DifferencePlace {
    /// Identity and cover.
    Cover,
    /// The answer of a point.
    Point(PointId),
    /// A material, by its 编号.
    Evidence(String),
    /// A figure.
    Figure(FigureId),
    /// A row of 学校数据, by the name of the school and its 学段.
    School(String),
    /// What was set aside in 体检.
    Check,
    /// What a 责任单位 has handed in beside its points.
    Beside,
    /// A text of a 责任单位, by its name.
    Unit(String, UnitField),
}

/// All differences, cover first, then points in order, then materials.
pub fn differences(before: &Assessment, after: &Assessment) -> Vec<Difference> {
    let mut found = Vec::new();
    for field in HeadField::ALL {
        note_text(&mut found, &DifferencePlace::Cover, before, after, &Place::Head(field));
    }
    for point in set_of(before.answers.keys().chain(after.answers.keys())) {
        let (old, new) = (before.answer(point), after.answer(point));
        if old == new {
            continue;
        }
        let place = DifferencePlace::Point(point.clone());
        note(&mut found, &place, "填报状态", old.state.label(), new.state.label());
        for field in AnswerField::ALL {
            note_text(&mut found, &place, before, after, &Place::Answer(point.clone(), field));
        }
        note(&mut found, &place, "佐证材料清单", &evidence_list(before, point), &evidence_list(after, point));
        if check_items(old) != check_items(new) {
            let (before, after) = (in_lines(old), in_lines(new));
            found.push(Difference { place, what: "测评点", before, after });
        }
    }
    for row in set_of(before.evidence.keys().chain(after.evidence.keys())) {
        let numbers = [before, after].map(|it| it.evidence.get(row).map_or("", |it| it.number.as_str()));
        let [old, new] = numbers;
        let shown = if new.is_empty() { old } else { new };
        let place = DifferencePlace::Evidence(shown.to_owned());
        note(&mut found, &place, "编号", old, new);
        for field in EvidenceField::ALL {
            note_text(&mut found, &place, before, after, &Place::Evidence(row.clone(), field));
        }
    }
    for id in set_of(before.figures.keys().chain(after.figures.keys())) {
        let place = DifferencePlace::Figure(id.clone());
        for field in FigureField::ALL {
            note_text(&mut found, &place, before, after, &Place::Figure(id.clone(), field));
        }
    }
    let now = after.schools_in_order().into_iter().map(|(row, _)| row);
    let gone = before.schools_in_order().into_iter().map(|(row, _)| row);
    for row in now.chain(gone.filter(|row| !after.schools.contains_key(*row))) {
        let shown = [after, before].into_iter().find_map(|it| it.schools.get(row));
        let place = DifferencePlace::School(shown.map(School::title).unwrap_or_default());
        let places = [before, after].map(|it| it.schools.get(row).map(|it| it.place.to_string()));
        let [old, new] = places.map(Option::unwrap_or_default);
        note(&mut found, &place, "在表中的位置", &old, &new);
        for column in Column::ALL {
            note_text(&mut found, &place, before, after, &Place::School(row.clone(), column));
        }
    }
    for problem in set_of(before.mutes.keys().chain(after.mutes.keys())) {
        let [old, new] = [before, after].map(|it| it.mutes.get(problem).map_or("", String::as_str));
        note(&mut found, &DifferencePlace::Check, "不再提示的理由", old, new);
    }
    for row in set_of(before.units.keys().chain(after.units.keys())) {
        let shown = [after, before].into_iter().find_map(|it| it.units.get(row));
        let name = shown.map_or_else(String::new, |unit| unit.name.clone());
        for field in UnitField::ALL {
            let place = DifferencePlace::Unit(name.clone(), field);
            note_text(&mut found, &place, before, after, &Place::Unit(row.clone(), field));
        }
    }
    for row in set_of(before.contributions.keys().chain(after.contributions.keys())) {
        let sides = [before, after].map(|it| it.contributions.get(row));
        let Some(shown) = sides.iter().rev().flatten().next() else { continue };
        let place = shown.point.clone().map_or(DifferencePlace::Beside, DifferencePlace::Point);
        let said = |of: fn(&Contribution) -> &str| sides.map(|it| it.map_or("", of));
        for (what, [old, new]) in [
            ("单位回传的内容", said(|it| &it.text)),
            ("单位建议的得分", said(|it| &it.score)),
            ("单位回传的状态", said(|it| it.state.label())),
            ("退回的理由", said(|it| &it.reason)),
        ] {
            note(&mut found, &place, what, old, new);
        }
    }
    found
}

fn note(found: &mut Vec<Difference>, place: &DifferencePlace, what: &'static str, before: &str, after: &str) {
    if before != after {
        let (before, after) = (before.to_owned(), after.to_owned());
        found.push(Difference { place: place.clone(), what, before, after });
    }
}

fn note_text(
    found: &mut Vec<Difference>,
    place: &DifferencePlace,
    before: &Assessment,
    after: &Assessment,
    text: &Place,
) {
    note(found, place, text.label(), before.text(text), after.text(text));
}

fn check_items(answer: &Answer) -> Vec<(&str, &str)> {
    answer.check_items.iter().map(|item| (item.text.as_str(), item.finding.as_str())).collect()
}

fn in_lines(answer: &Answer) -> String {
    let lines: Vec<String> =
        check_items(answer).iter().map(|(text, finding)| format!("{text}：{finding}")).collect();
    lines.join("\n")
}

fn evidence_list(assessment: &Assessment, point: &PointId) -> String {
    let numbers: Vec<&str> =
        assessment.evidence_of(assessment.answer(point)).map(|(_, it)| it.number.as_str()).collect();
    numbers.join("、")
}
