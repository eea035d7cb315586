//! What single answers and materials lack or contradict.

use std::collections::BTreeMap;

use super::{Found, Rule, Target};
use crate::assessment::place::{AnswerField, EvidenceField, Place};
use crate::assessment::{Answer, Contribution, ContributionState, RowId, State};
use crate::catalogue::{Catalogue, Point};
use crate::leaving::leave;
use crate::measure::{Judged, Outcome};
use crate::school::Column;
use crate::score::{Scorecard, Tally};

pub(super) fn look(found: &mut Found<'_>, card: &Scorecard, judged: &[Vec<Judged>]) {
    let data = found.data;
    for (index, point) in data.catalogue.points().iter().enumerate() {
        let answer = data.assessment.answer(&point.id);
        let tally = card.points.get(index).copied().unwrap_or_default();
        let judged = judged.get(index).map_or(&[][..], Vec::as_slice);
        point_of(found, index, point, answer, tally, judged);
        let text = Target::Point(index, Some(Place::Answer(point.id.clone(), AnswerField::Narrative)));
        returns(found, point, answer, &text);
    }
    handed_back_beside(found);
    materials(found);
}

fn point_of(
    found: &mut Found<'_>,
    index: usize,
    point: &Point,
    answer: &Answer,
    tally: Tally,
    judged: &[Judged],
) {
    let at = |field| Target::Point(index, Some(Place::Answer(point.id.clone(), field)));
    let here = || Target::Point(index, None);
    if tally.refused > 0 {
        let place = Place::Answer(point.id.clone(), AnswerField::Score);
        let why = leave(&place, &answer.score, found.data.catalogue).fault.unwrap_or_default();
        found.add(Rule::Refused, at(AnswerField::Score), format!("自评得分“{}”：{why}", answer.score));
    }
    match answer.state {
        State::Blank => return found.add(Rule::Blank, here(), "尚未填报"),
        State::NotApplicable => {
            if answer.waiver.trim().is_empty() {
                found.add(Rule::WaiverMissing, at(AnswerField::Waiver), "标为不适用，没有写理由");
            }
            return;
        }
        State::Drafting | State::Complete => {}
    }
    if tally.unexplained > 0 {
        let text = format!("得分 {} 低于分值 {}，没有写扣分原因", tally.got, tally.maximum);
        found.add(Rule::Unexplained, at(AnswerField::Deduction), text);
    }
    let full = tally.scored > 0 && tally.got == tally.maximum;
    if full && answer.evidence.is_empty() {
        found.add(Rule::FullWithoutEvidence, here(), "自评满分，没有列佐证材料");
    }
    for (measure, judged) in point.measures.iter().zip(judged) {
        let target = || Target::Measure(index, measure.id.clone());
        match judged.outcome {
            Outcome::Missed if full => {
                let text = format!(
                    "自评满分，但“{}”未达标：{}，要求 {}",
                    measure.metric,
                    judged.value,
                    measure.limit_text()
                );
                found.add(Rule::FullButMissed, target(), text);
            }
            Outcome::Missing => {
                let text = format!("“{}”缺：{}", measure.metric, shortened(&judged.lacks));
                found.add(Rule::NoData, target(), text);
            }
            _ => {}
        }
    }
    if answer.state == State::Complete {
        if answer.narrative.trim().is_empty() {
            found.add(Rule::DoneWithoutText, at(AnswerField::Narrative), "标为已完成，没有写完成情况说明");
        }
        if point.points.is_some() && answer.score.trim().is_empty() {
            found.add(Rule::DoneWithoutScore, at(AnswerField::Score), "标为已完成，没有自评得分");
        }
    }
    if answer.units_in_force(point).is_empty() {
        found.add(Rule::NoUnits, at(AnswerField::Units), "没有写责任单位");
    }
}

/// What a unit was told when its text was handed back, and what of units the district has
/// not made its own.
fn returns(found: &mut Found<'_>, point: &Point, answer: &Answer, at: &Target) {
    let assessment = found.data.assessment;
    let in_state = |state| {
        let all = found.returns.to(&point.id).iter().map(|(_, it)| *it);
        all.filter(move |it| it.state == state)
    };
    if assessment.head.share.is_some() {
        // Whoever has changed something has seen it.
        let same = |it: &&Contribution| (&it.text, &it.score) == (&answer.narrative, &answer.score);
        let back: Vec<&Contribution> = in_state(ContributionState::Returned).filter(same).collect();
        for it in back {
            found.add(Rule::HandedBack, at.clone(), format!("退回意见：{}", it.reason));
        }
        return;
    }
    let unused = in_state(ContributionState::Received).filter(|it| !it.stands_in(&answer.narrative));
    let units: Vec<&str> = unused.map(|it| assessment.unit_name(&it.unit)).collect();
    if !units.is_empty() {
        let text = format!("{}的回传还没有写进完成情况说明", units.join("、"));
        found.add(Rule::ReturnUnused, at.clone(), text);
    }
}

/// Why a unit got back what it had handed in beside its points; whoever has changed
/// something of it has seen it.
fn handed_back_beside(found: &mut Found<'_>) {
    let assessment = found.data.assessment;
    let Some(share) = &assessment.head.share else { return };
    let now = assessment.handed_in_beside(share);
    let same =
        |it: &&Contribution| now.as_ref().is_some_and(|now| (&now.0, &now.1) == (&it.text, &it.figures));
    let beside = assessment.contributions_beside();
    let back = beside.filter(|it| it.state == ContributionState::Returned).filter(same);
    let first =
        found.data.rows.first().map(|row| Target::School(Place::School((*row).clone(), Column::Name)));
    let target =
        first.or_else(|| (!found.data.catalogue.points().is_empty()).then_some(Target::Point(0, None)));
    let Some(target) = target else { return };
    for it in back {
        found.add(Rule::HandedBack, target.clone(), format!("退回意见：{}", it.reason));
    }
}

/// What is missing, in a line.
fn shortened(lacks: &[String]) -> String {
    let first: Vec<&str> = lacks.iter().take(3).map(String::as_str).collect();
    let more = if lacks.len() > first.len() { format!("等 {} 项", lacks.len()) } else { String::new() };
    format!("{}{more}", first.join("、"))
}

fn materials(found: &mut Found<'_>) {
    let (catalogue, assessment) = (found.data.catalogue, found.data.assessment);
    let mut by_name: BTreeMap<(&str, &str), Vec<&RowId>> = BTreeMap::new();
    let mut by_number: BTreeMap<&str, Vec<&RowId>> = BTreeMap::new();
    for (row, material) in &assessment.evidence {
        refused(found, catalogue, row);
        let title = material.title.trim();
        if !title.is_empty() {
            by_name.entry((title, material.doc_no.trim())).or_default().push(row);
        }
        by_number.entry(material.number.as_str()).or_default().push(row);
    }
    let numbers = |rows: &[&RowId]| {
        let numbers = rows.iter().filter_map(|row| assessment.evidence.get(*row));
        numbers.map(|it| it.number.as_str()).collect::<Vec<_>>().join("、")
    };
    for ((title, _), rows) in by_name.iter().filter(|(_, rows)| rows.len() > 1) {
        if let Some(row) = rows.last() {
            let text = format!("“{title}”登记了 {} 次：{}", rows.len(), numbers(rows));
            found.add(Rule::SameEvidence, Target::Evidence((*row).clone()), text);
        }
    }
    for (number, rows) in by_number.iter().filter(|(_, rows)| rows.len() > 1) {
        if let Some(row) = rows.last() {
            let text = format!("编号 {number} 用于 {} 份材料", rows.len());
            found.add(Rule::NumberTwice, Target::Evidence((*row).clone()), text);
        }
    }
}

fn refused(found: &mut Found<'_>, catalogue: &Catalogue, row: &RowId) {
    for field in [EvidenceField::FormedOn, EvidenceField::Pages] {
        let place = Place::Evidence(row.clone(), field);
        let text = found.data.assessment.text(&place);
        if let Some(why) = leave(&place, text, catalogue).fault {
            let number = found.data.assessment.evidence.get(row).map_or("", |it| it.number.as_str());
            let text = format!("材料 {number} 的{}“{text}”：{why}", place.label());
            found.add(Rule::Refused, Target::Evidence(row.clone()), text);
        }
    }
}
