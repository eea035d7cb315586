//! 佐证材料: numbers are given once, and a material lives as long as a point
//! lists it.

use std::collections::BTreeMap;

use proptest::prelude::*;
use zhidu::assessment::Assessment;
use zhidu::assessment::place::{EvidenceField, Place};

use crate::sample::{point, row, scored, untouched};
use crate::steps::{apply, steps};

/// The numbers that a point lists, in order.
#[track_caller]
fn check(assessment: &Assessment, ordinal: u16, numbers: &[&str]) {
    let answer = assessment.answer(&point(ordinal));
    let found: Vec<&str> = assessment.evidence_of(answer).map(|(_, it)| it.number.as_str()).collect();
    assert_eq!(found, numbers);
}

fn with_three() -> Assessment {
    let mut assessment = untouched(scored());
    for number in 1..4 {
        let edits = assessment.adding_evidence(&point(7), row(number));
        apply(&mut assessment, &edits);
    }
    assessment
}

#[test]
fn a_number_is_never_given_twice() {
    let mut assessment = with_three();
    check(&assessment, 7, &["07-01", "07-02", "07-03"]);
    for number in [3, 1] {
        let edits = assessment.dropping_evidence(&point(7), &row(number));
        apply(&mut assessment, &edits);
    }
    check(&assessment, 7, &["07-02"]);
    let edits = assessment.adding_evidence(&point(7), row(4));
    apply(&mut assessment, &edits);
    check(&assessment, 7, &["07-02", "07-04"]);
}

#[test]
fn reordering_keeps_numbers_and_stops_at_the_ends() {
    let mut assessment = with_three();
    let mut move_by = |number, by| {
        let edits = assessment.moving_evidence(&point(7), &row(number), by);
        apply(&mut assessment, &edits);
        (edits.len(), assessment.clone())
    };
    check(&move_by(1, 1).1, 7, &["07-02", "07-01", "07-03"]);
    check(&move_by(3, -9).1, 7, &["07-03", "07-02", "07-01"]);
    assert_eq!(move_by(3, -1).0, 0);
    assert_eq!(move_by(1, 5).0, 0);
    assert_eq!(move_by(9, 1).0, 0, "no such row");
}

#[test]
fn a_material_under_two_points_is_one_and_goes_with_the_last() {
    let mut assessment = with_three();
    let edits = assessment.citing_evidence(&point(9), &row(2));
    apply(&mut assessment, &edits);
    check(&assessment, 9, &["07-02"]);
    assert_eq!(assessment.points_citing(&row(2)), [&point(7), &point(9)]);
    assert!(assessment.citing_evidence(&point(9), &row(2)).is_empty(), "listed already");
    assert!(assessment.citing_evidence(&point(9), &row(9)).is_empty(), "no such material");

    let edits = assessment.dropping_evidence(&point(7), &row(2));
    apply(&mut assessment, &edits);
    check(&assessment, 7, &["07-01", "07-03"]);
    check(&assessment, 9, &["07-02"]);

    let edits = assessment.dropping_evidence(&point(9), &row(2));
    apply(&mut assessment, &edits);
    assert!(!assessment.evidence.contains_key(&row(2)));
    assert!(assessment.dropping_evidence(&point(9), &row(2)).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn lists_and_materials_agree_whatever_is_done(steps in steps(60)) {
        let mut assessment = untouched(scored());
        let mut given = BTreeMap::new();
        for (number, step) in (0..).zip(&steps) {
            let edits = step.edits(&assessment, row(number));
            apply(&mut assessment, &edits);
            for (id, material) in &assessment.evidence {
                let owner = given.entry(material.number.clone()).or_insert_with(|| id.clone());
                prop_assert_eq!(&*owner, id, "{} was given twice", material.number);
                prop_assert!(!assessment.points_citing(id).is_empty(), "nobody lists {}", material.number);
            }
            for answer in assessment.answers.values() {
                prop_assert_eq!(assessment.evidence_of(answer).count(), answer.evidence.len());
                let mut once = answer.evidence.clone();
                once.sort();
                once.dedup();
                prop_assert_eq!(once.len(), answer.evidence.len());
            }
        }
    }
}

/// The titles and 文号 of what point 7 lists after rows were pasted at a field of the
/// first material.
fn pasted(assessment: &mut Assessment, field: EvidenceField, text: &str) -> Vec<(String, String)> {
    let cells = zhidu::value::grid::text::from_clipboard(text).rows;
    let mut fresh = 100;
    let edits = assessment.pasting_materials(&point(7), (&row(1), field), &cells, || {
        fresh += 1;
        row(fresh)
    });
    apply(assessment, &edits);
    let answer = assessment.answer(&point(7));
    assessment.evidence_of(answer).map(|(_, it)| (it.title.clone(), it.doc_no.clone())).collect()
}

#[test]
fn several_rows_become_several_materials_and_overwrite_nothing() {
    let of = |rows: &[(&str, &str)]| -> Vec<(String, String)> {
        rows.iter().map(|(title, number)| ((*title).to_owned(), (*number).to_owned())).collect()
    };
    let empty = || {
        let mut assessment = untouched(scored());
        let edits = assessment.adding_evidence(&point(7), row(1));
        apply(&mut assessment, &edits);
        assessment
    };
    let found = pasted(&mut empty(), EvidenceField::Title, "会议纪要\t〔1〕号\r\n\r\n规划\t〔2〕号\r\n");
    assert_eq!(found, of(&[("会议纪要", "〔1〕号"), ("规划", "〔2〕号")]));
    let mut assessment = empty();
    let typing = assessment.typing(&Place::Evidence(row(1), EvidenceField::Title), "已有");
    apply(&mut assessment, &typing);
    let found = pasted(&mut assessment, EvidenceField::Title, "甲\n乙");
    assert_eq!(found, of(&[("已有", ""), ("甲", ""), ("乙", "")]));
    assert_eq!(assessment.answer(&point(7)).evidence.len(), 3);
    check(&assessment, 7, &["07-01", "07-02", "07-03"]);
    // With heads, whatever their order, and a column that is none of ours.
    let found = pasted(&mut empty(), EvidenceField::Title, "序号\t文号\t材料名称\n1\t〔3〕号\t办法\n");
    assert_eq!(found, of(&[("办法", "〔3〕号")]));
    let found = pasted(&mut empty(), EvidenceField::DocNo, "〔4〕号\n〔5〕号");
    assert_eq!(found, of(&[("", "〔4〕号"), ("", "〔5〕号")]));
}
