//! What differs between two states of an assessment, for showing what an
//! import would change before it changes anything.

use std::collections::BTreeSet;

use crate::assessment::place::{AnswerField, EvidenceField};
use crate::assessment::{Answer, Assessment, Evidence};
use crate::catalogue::PointId;

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
}

/// All differences, cover first, then points in order, then materials.
pub fn differences(before: &Assessment, after: &Assessment) -> Vec<Difference> {
    let mut found = Vec::new();
    let (old, new) = (&before.head, &after.head);
    for (what, a, b) in [
        ("名称", &old.name, &new.name),
        ("填报单位", &old.unit_name, &new.unit_name),
        ("单位代码", &old.unit_code, &new.unit_code),
        ("年度", &old.year, &new.year),
        ("截止日期", &old.due, &new.due),
        ("填表人", &old.cover.filler, &new.cover.filler),
        ("审核人", &old.cover.reviewer, &new.cover.reviewer),
        ("负责人", &old.cover.leader, &new.cover.leader),
        ("电话", &old.cover.phone, &new.cover.phone),
    ] {
        note(&mut found, &DifferencePlace::Cover, what, a, b);
    }
    let points: BTreeSet<&PointId> = before.answers.keys().chain(after.answers.keys()).collect();
    for point in points {
        let (old, new) = (before.answer(point), after.answer(point));
        if old == new {
            continue;
        }
        let place = DifferencePlace::Point(point.clone());
        note(&mut found, &place, "填报状态", old.state.label(), new.state.label());
        for (field, a, b) in [
            (AnswerField::Score, &old.score, &new.score),
            (AnswerField::Narrative, &old.narrative, &new.narrative),
            (AnswerField::Deduction, &old.deduction, &new.deduction),
            (AnswerField::Waiver, &old.waiver, &new.waiver),
            (AnswerField::Units, &old.units, &new.units),
            (AnswerField::Filler, &old.filler, &new.filler),
        ] {
            note(&mut found, &place, field.label(), a, b);
        }
        note(&mut found, &place, "佐证材料清单", &evidence_list(before, point), &evidence_list(after, point));
        if check_items(old) != check_items(new) {
            let (before, after) = (in_lines(old), in_lines(new));
            found.push(Difference { place, what: "测评点", before, after });
        }
    }
    let rows: BTreeSet<_> = before.evidence.keys().chain(after.evidence.keys()).collect();
    let none = Evidence::default();
    for row in rows {
        let (old, new) = (before.evidence.get(row), after.evidence.get(row));
        let number = new.or(old).map_or("", |it| it.number.as_str());
        let place = DifferencePlace::Evidence(number.to_owned());
        let (old, new) = (old.unwrap_or(&none), new.unwrap_or(&none));
        note(&mut found, &place, "编号", &old.number, &new.number);
        for (field, a, b) in [
            (EvidenceField::Title, &old.title, &new.title),
            (EvidenceField::DocNo, &old.doc_no, &new.doc_no),
            (EvidenceField::FormedOn, &old.formed_on, &new.formed_on),
            (EvidenceField::Unit, &old.unit, &new.unit),
            (EvidenceField::Pages, &old.pages, &new.pages),
            (EvidenceField::Location, &old.location, &new.location),
        ] {
            note(&mut found, &place, field.label(), a, b);
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
