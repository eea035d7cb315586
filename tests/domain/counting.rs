//! Which rows count, what their values are, and how a 一贯制学校 is split.

use proptest::prelude::*;
use zhidu::school::counted::{Exclusion, counted};
use zhidu::school::indicator::{Indicator, Per, Who};
use zhidu::school::table::Table;
use zhidu::school::value::{Splitting, value};
use zhidu::school::{Column, School, Stage};
use zhidu::value::number::Quotient;

use crate::district::{number, primary, row};

fn reason(cells: &[(Column, &str)]) -> Option<Exclusion> {
    let found = counted(&Table::read(&[row(cells)]), Who::Ordinary, Some(Stage::Primary));
    assert_eq!(found.rows.len() + found.excluded.len(), 1);
    found.excluded.first().map(|(_, why)| *why)
}

#[test]
fn rows_are_left_out_with_their_reason() {
    let cases: [(&str, &str, &str, Option<Exclusion>); 14] = [
        ("小学", "", "300", None),
        ("", "小学", "1", None),
        ("教学点", "", "49", Some(Exclusion::SmallTeachingPoint)),
        ("教学点", "", "50", None),
        ("教学点", "", "", None),
        ("教学点", "", "若干", None),
        ("特殊教育学校", "小学", "80", Some(Exclusion::Special)),
        ("专门学校", "", "80", Some(Exclusion::Correctional)),
        ("职业学校", "", "800", Some(Exclusion::Vocational)),
        ("小学", "", "0", Some(Exclusion::NoPupils)),
        ("九年一贯制学校", "", "800", Some(Exclusion::NoStage)),
        ("完全中学", "高中", "800", Some(Exclusion::NoStage)),
        ("", "", "800", Some(Exclusion::NoStage)),
        ("私塾", "小学", "800", Some(Exclusion::UnknownType)),
    ];
    for (kind, stage, pupils, why) in cases {
        let cells = [(Column::Kind, kind), (Column::Stage, stage), (Column::Pupils, pupils)];
        assert_eq!(reason(&cells), why, "{kind} {stage} {pupils}");
    }
    assert_eq!(Exclusion::SmallTeachingPoint.to_string(), "教学点在校生不足 50 人，不计入");
}

#[test]
fn the_other_stage_and_empty_rows_are_passed_over() {
    let rows = [row(&[(Column::Kind, "初级中学"), (Column::Pupils, "300")]), School::default()];
    let found = counted(&Table::read(&rows), Who::Ordinary, Some(Stage::Primary));
    assert_eq!((found.rows, found.excluded), (vec![], vec![]));
    let both = counted(&Table::read(&rows), Who::Ordinary, None);
    assert_eq!(both.rows, [0]);
}

#[test]
fn special_schools_alone_count_for_their_own_limit() {
    let rows = [
        primary("900"),
        row(&[(Column::Kind, "特教"), (Column::Pupils, "50"), (Column::Funds, "60.5")]),
        row(&[(Column::Kind, "特教"), (Column::Pupils, "0")]),
        row(&[(Column::Kind, "专门学校"), (Column::Pupils, "40"), (Column::Funds, "60")]),
    ];
    let table = Table::read(&rows);
    let special = counted(&table, Who::Special, None);
    assert_eq!((special.rows, special.excluded), (vec![1], vec![(2, Exclusion::NoPupils)]));
    assert_eq!(counted(&table, Who::Correctional, Some(Stage::Junior)).rows, [3]);
    assert_eq!(text(&rows, 1, Indicator::SpecialFunds), "12100");
    assert_eq!(text(&rows, 3, Indicator::CorrectionalFunds), "15000");
}

fn text(rows: &[School], at: usize, indicator: Indicator) -> String {
    value(&Table::read(rows), at, indicator, Splitting::AsTyped)
        .map_or_else(|lack| lack.to_string(), Quotient::to_text)
}

#[test]
fn values_are_exact_and_in_the_unit_of_their_standard() {
    let mut school = primary("1500");
    school.set(Column::LargestClass, "41");
    school.set(Column::ArtRooms, "3000.3");
    school.set(Column::Training, "7.5");
    school.set(Column::Funds, "150");
    let expected = [
        (Indicator::DegreeTeachers, "6.666666…"),
        (Indicator::BackboneTeachers, "0.666666…"),
        (Indicator::SportsArtsTeachers, "0.733333…"),
        (Indicator::TeachingArea, "3.000333…"),
        (Indicator::SportsArea, "6"),
        (Indicator::Equipment, "1666.666666…"),
        (Indicator::Multimedia, "1.6"),
        (Indicator::LargestClass, "41"),
        (Indicator::ArtRooms, "2.0002"),
        (Indicator::TrainingShare, "5"),
        (Indicator::SpecialFunds, "1000"),
        (Indicator::CorrectionalFunds, "1000"),
    ];
    for (indicator, value) in expected {
        assert_eq!(text(&[school.clone()], 0, indicator), value, "{}", indicator.id());
    }
}

#[test]
fn what_is_missing_is_named_and_never_0() {
    let with = |column, typed: &str, indicator| {
        let mut school = primary("1500");
        school.set(column, typed);
        text(&[school], 0, indicator)
    };
    assert_eq!(with(Column::Arts, "", Indicator::SportsArtsTeachers), "艺术专任教师数未填");
    assert_eq!(with(Column::Arts, "3.5", Indicator::SportsArtsTeachers), "艺术专任教师数填写有误");
    assert_eq!(with(Column::IndoorSport, "", Indicator::TeachingArea), "其中室内体育用房面积未填");
    assert_eq!(with(Column::Pupils, "", Indicator::Multimedia), "在校生数未填");
    assert_eq!(with(Column::Pupils, "0", Indicator::Multimedia), "在校生数为 0，无法计算");
    assert_eq!(with(Column::Pupils, "", Indicator::LargestClass), "最大班额未填");
    assert_eq!(with(Column::Funds, "0", Indicator::TrainingShare), "公用经费预算总额为 0，无法计算");
    assert_eq!(
        with(Column::IndoorSport, "5000.6", Indicator::TeachingArea),
        "室内体育用房面积大于教学及辅助用房面积，请核对"
    );
    assert_eq!(with(Column::IndoorSport, "5000.5", Indicator::TeachingArea), "0");
    assert_eq!(text(&[], 0, Indicator::Multimedia), "没有这一行");
}

#[test]
fn the_table_of_indicators_is_whole() {
    for indicator in Indicator::ALL {
        assert_eq!(Indicator::named(indicator.id()), Some(indicator));
        assert!(!indicator.name().is_empty() && !indicator.unit().is_empty());
        assert!(!indicator.terms().is_empty());
        assert_eq!(indicator.number().is_some(), indicator.national(Stage::Primary).is_some());
    }
    for (indicator, number) in Indicator::SEVEN.into_iter().zip(1..) {
        assert_eq!(indicator.number(), Some(number));
        assert_eq!(indicator.splits(), number > 3);
        assert_eq!(indicator.per(), Per::Column(Column::Pupils));
    }
    let standards = |stage| Indicator::SEVEN.map(|it| it.national(stage).unwrap().to_string());
    assert_eq!(standards(Stage::Primary), ["4.2", "1", "0.9", "4.5", "7.5", "2000", "2.3"]);
    assert_eq!(standards(Stage::Junior), ["5.3", "1", "0.9", "5.8", "10.2", "2500", "2.4"]);
}

fn twelve(stage: &str, pupils: &str, senior: &str, field: &str, gym: &str) -> School {
    row(&[
        (Column::Name, "实验学校"),
        (Column::Kind, "十二年一贯制学校"),
        (Column::Stage, stage),
        (Column::Pupils, pupils),
        (Column::Senior, senior),
        (Column::Field, field),
        (Column::Gym, gym),
    ])
}

fn split(rows: &[School], at: usize, indicator: Indicator) -> String {
    value(&Table::read(rows), at, indicator, Splitting::ByStage)
        .map_or_else(|lack| lack.to_string(), Quotient::to_text)
}

#[test]
fn a_school_is_split_by_the_weights_of_its_stages() {
    // 1000 + 1.1 × 500 + 1.32 × 250 = 1880.
    let rows = [twelve("小学", "1000", "", "9000", "400"), twelve("初中", "500", "250", "", "")];
    assert_eq!(split(&rows, 0, Indicator::SportsArea), "5");
    assert_eq!(split(&rows, 1, Indicator::SportsArea), "5.5");
    // The number of 高中 may stand on both rows; the larger one counts.
    let rows = [twelve("小学", "1000", "250", "9000", "400"), twelve("初中", "500", "200", "", "")];
    assert_eq!(split(&rows, 1, Indicator::SportsArea), "5.5");
    assert_eq!(text(&rows, 0, Indicator::SportsArea), "9.4");
    assert_eq!(text(&rows, 1, Indicator::SportsArea), "体育馆面积未填");
}

#[test]
fn what_splitting_needs_and_lacks_is_named() {
    let rows = [twelve("小学", "1000", "", "9000", "400"), twelve("初中", "500", "", "", "")];
    assert_eq!(split(&rows, 0, Indicator::SportsArea), "高中在校生数未填");
    let mut nine = rows.clone();
    nine.iter_mut().for_each(|it| it.set(Column::Kind, "九年一贯制学校"));
    nine[1].set(Column::Pupils, "800");
    assert_eq!(split(&nine, 0, Indicator::SportsArea), "5");
    nine[1].set(Column::Stage, "");
    assert_eq!(split(&nine, 0, Indicator::SportsArea), "同一学校另有一行没有写明学段，无法拆分");
    nine[1].set(Column::Stage, "初中");
    nine[1].set(Column::Pupils, "");
    assert_eq!(split(&nine, 0, Indicator::SportsArea), "在校生数未填");
    nine[1].set(Column::Pupils, "800");
    nine[0].set(Column::Gym, "");
    assert_eq!(split(&nine, 0, Indicator::SportsArea), "体育馆面积未填");
    nine[1].set(Column::Gym, "四百");
    assert_eq!(split(&nine, 0, Indicator::SportsArea), "体育馆面积填写有误");
}

#[test]
fn only_rows_of_one_school_are_taken_together() {
    let mut rows = vec![twelve("小学", "1000", "0", "9000", "0"), twelve("初中", "500", "0", "0", "0")];
    rows[1].set(Column::Name, "另一学校");
    assert_eq!(split(&rows, 0, Indicator::SportsArea), "9");
    // Rows without a name are no school in common.
    rows.iter_mut().for_each(|it| it.set(Column::Name, ""));
    assert_eq!(split(&rows, 0, Indicator::SportsArea), "9");
    let mut table = Table::read(&rows);
    assert_eq!(table.together(0), [0]);
    rows.iter_mut().for_each(|it| it.set(Column::Code, " １２ "));
    (0..2).for_each(|at| table.replace(at, &rows[at]));
    assert_eq!(table, Table::read(&rows));
    assert_eq!(table.together(0), [0, 1]);
}

proptest! {
    /// What the three stages have is together what the school has.
    #[test]
    fn splitting_leaves_a_schools_resource_as_it_was(
        (p, j, h) in (1_i64..5_000, 1_i64..5_000, 0_i64..5_000),
        (one, other) in (0_i64..9_999_999, 0_i64..9_999_999),
    ) {
        let area = |hundredths: i64| format!("{}.{:02}", hundredths / 100, hundredths % 100);
        let rows = [
            twelve("小学", &p.to_string(), &h.to_string(), &area(one), "0"),
            twelve("初中", &j.to_string(), "", &area(other), ""),
        ];
        let table = Table::read(&rows);
        let at = |row| value(&table, row, Indicator::SportsArea, Splitting::ByStage).unwrap();
        let (primary, junior) = (at(0), at(1));
        // value × pupils for each stage, 1.2 of a 初中 pupil for one of 高中.
        let sum = primary.to_f64() * p as f64 + junior.to_f64() * (j as f64 + 1.2 * h as f64);
        let all = (one + other) as f64 / 100.0;
        prop_assert!((sum - all).abs() <= 1e-12 * all, "{} instead of {}", sum, all);
        // Exactly: primary × (100 p + 110 j + 132 h) = 100 R.
        let weighted = (100 * p + 110 * j + 132 * h) as u32;
        let whole = primary.scaled(weighted, 100).unwrap();
        prop_assert_eq!(whole.compare(number(&area(one + other))), std::cmp::Ordering::Equal);
        let junior = junior.scaled(weighted, 110).unwrap();
        prop_assert_eq!(junior.compare(number(&area(one + other))), std::cmp::Ordering::Equal);
    }
}
