//! Measures judged with the figures of an assessment, exactly and in words.

use std::cmp::Ordering;

use proptest::prelude::*;
use zhidu::assessment::Assessment;
use zhidu::assessment::history::apply_all;
use zhidu::assessment::place::{FigureField, Place};
use zhidu::catalogue::{Catalogue, FigureId, FigureKind, Measure};
use zhidu::measure::{Data, FigureError, Judged, Outcome, Value, judge, normalised, places, read};
use zhidu::school::{Column, School};
use zhidu::value::limit::Limit;
use zhidu::value::limit::Op;
use zhidu::value::number::Number;

use crate::district::even;
use crate::sample::{catalogues, row, scored, untouched};

/// An assessment of the catalogue with these figures.
pub fn with(catalogue: &Catalogue, figures: &[(&str, &str)]) -> Assessment {
    let mut assessment = untouched(catalogue);
    for (id, text) in figures {
        let id = FigureId::parse(id).unwrap();
        assert!(catalogue.figure(&id).is_some(), "{id}");
        let edits = assessment.typing(&Place::Figure(id, FigureField::Raw), text);
        apply_all(&mut assessment, &edits).unwrap();
    }
    assessment
}

/// Types a figure, or chooses an option of it.
pub fn choose(assessment: &mut Assessment, id: &str, text: &str) {
    let place = Place::Figure(FigureId::parse(id).unwrap(), FigureField::Raw);
    let edits = assessment.typing(&place, text);
    apply_all(assessment, &edits).unwrap();
}

/// Adds a row of 学校数据.
pub fn add_school(assessment: &mut Assessment, cells: &[(Column, &str)]) {
    let number = u32::try_from(assessment.schools.len()).unwrap();
    let cells = cells.iter().map(|(column, text)| (*column, (*text).to_owned())).collect();
    assessment.schools.insert(row(0x5C00 + u128::from(number)), School { place: number, cells });
}

pub fn measure<'a>(catalogue: &'a Catalogue, id: &str) -> &'a Measure {
    catalogue.points().iter().flat_map(|point| &point.measures).find(|it| it.id == id).unwrap()
}

pub fn judged(assessment: &Assessment, id: &str) -> Judged {
    let catalogue = catalogues().iter().find(|it| it.id == assessment.head.catalogue.id).unwrap();
    judge(&Data::of(catalogue, assessment), measure(catalogue, id))
}

#[track_caller]
fn check(figures: &[(&str, &str)], id: &str, outcome: Outcome, value: &str, working: &str) {
    let found = judged(&with(scored(), figures), id);
    assert_eq!(
        (found.outcome, found.value.as_str(), found.working.as_str()),
        (outcome, value, working),
        "{found:?}"
    );
}

#[test]
fn a_share_is_judged_by_what_it_is_and_not_by_what_it_looks_like() {
    let share = |part| [("migrant-children-placed", part), ("migrant-children", "100000")];
    let working = |part: &str, value: &str| {
        format!("在公办学校和已批准民办学校就读的随迁子女数 {part} ÷ 随迁子女总数 100,000 × 100 = {value} %")
    };
    check(&share("84996"), "001-12-1", Outcome::Missed, "84.996 %", &working("84,996", "84.996"));
    check(&share("85000"), "001-12-1", Outcome::Reached, "85 %", &working("85,000", "85"));
    check(&share("84999"), "001-12-1", Outcome::Missed, "84.999 %", &working("84,999", "84.999"));
}

#[test]
fn strict_limits_are_strict() {
    let pay = |teacher| [("teacher-pay", teacher), ("civil-servant-pay", "182000.50")];
    let working = |teacher: &str, sign: &str| {
        format!("义务教育教师平均工资收入 {teacher} 元 {sign} 当地公务员平均工资收入 182,000.5 元")
    };
    check(&pay("182000.50"), "001-14-1", Outcome::Missed, "182,000.5 元", &working("182,000.5", "="));
    check(&pay("182000.51"), "001-14-1", Outcome::Reached, "182,000.51 元", &working("182,000.51", ">"));
}

#[test]
fn a_missing_figure_is_not_zero_and_is_named() {
    let found = judged(&with(scored(), &[("migrant-children-placed", "0")]), "001-12-1");
    assert_eq!((found.outcome, found.lacks), (Outcome::Missing, vec!["随迁子女总数".to_owned()]));
    let found = judged(
        &with(scored(), &[("migrant-children-placed", "一百"), ("migrant-children", "0")]),
        "001-12-1",
    );
    let lacks = vec!["在公办学校和已批准民办学校就读的随迁子女数（不是数字）".to_owned()];
    assert_eq!((found.outcome, found.lacks), (Outcome::Missing, lacks));
    let found =
        judged(&with(scored(), &[("migrant-children-placed", "0"), ("migrant-children", "0")]), "001-12-1");
    assert_eq!((found.outcome, found.working.as_str()), (Outcome::Absent, "随迁子女总数为 0"));
}

#[test]
fn what_the_clause_leaves_open_is_decided_by_a_choice() {
    let figures = [
        ("junior-graduates", "1,180"),
        ("junior-transfers-in", "30"),
        ("junior-transfers-out", "42"),
        ("junior-entrants", "1200"),
        ("junior-deaths", "1"),
    ];
    let found = judged(&with(scored(), &figures), "001-11-3");
    assert_eq!(found.lacks, ["义务教育巩固率的算法（请先选择口径）"]);
    let chosen: Vec<_> = figures.into_iter().chain([("retention-basis", "junior-three")]).collect();
    let found = judged(&with(scored(), &chosen), "001-11-3");
    assert_eq!((found.outcome, found.reading.as_str()), (Outcome::Reached, "初中三年巩固率"));
    assert_eq!(
        found.working,
        "（初中毕业生数 1,180 − 初中三年转入学生数 30 + 初中三年转出学生数 42） ÷ （初一在校生数 1,200 − 初中三年死亡学生数 1） × 100 = 99.416180… %"
    );
}

#[test]
fn steps_prohibitions_and_rules_speak_their_own_language() {
    check(
        &[("monitoring-level", "3")],
        "001-42-1",
        Outcome::Reached,
        "Ⅲ级",
        "国家义务教育质量监测学业水平等级 Ⅲ 级",
    );
    check(
        &[("monitoring-level", "II")],
        "001-42-1",
        Outcome::Missed,
        "Ⅱ级",
        "国家义务教育质量监测学业水平等级 Ⅱ 级",
    );
    check(&[("grave-accidents", "0")], "001-10-1", Outcome::Reached, "0 起", "重大安全事故起数 0 起");
    check(&[("grave-accidents", "1")], "001-10-1", Outcome::Missed, "1 起", "重大安全事故起数 1 起");
    let rule = [("small-schools-at-400", "3"), ("small-schools", "4")];
    let found = judged(&with(scored(), &rule), "001-15-1");
    assert_eq!((found.outcome, found.value.as_str()), (Outcome::Missed, "75 %"));
    let every = [("two-skill-pupils", "999"), ("skill-surveyed-pupils", "1000")];
    assert_eq!(judged(&with(scored(), &every), "001-46-2").outcome, Outcome::Missed);
}

#[test]
fn schools_supply_figures_and_are_judged_one_by_one() {
    let mut assessment = untouched(scored());
    let school = |name, pupils, teachers, certified, area| {
        [
            (Column::Name, name),
            (Column::Kind, "小学"),
            (Column::Pupils, pupils),
            (Column::Teachers, teachers),
            (Column::Certified, certified),
            (Column::Teaching, area),
            (Column::IndoorSport, "0"),
        ]
    };
    add_school(&mut assessment, &school("甲小学", "1000", "60", "60", "4500"));
    add_school(&mut assessment, &school("乙小学", "1000", "55", "54", "4499.99"));
    let found = judged(&assessment, "001-30-1");
    assert_eq!(found.outcome, Outcome::Missed);
    assert_eq!(
        found.working,
        "持教师资格证的专任教师数 114〔学校数据合计〕 ÷ 专任教师总数 115〔学校数据合计〕 × 100 = 99.130434… %"
    );
    let found = judged(&assessment, "001-17-1");
    assert_eq!(found.lacks, ["生均条件指标的范围（请先选择口径）"]);
    choose(&mut assessment, "resource-scope", "every-school");
    let found = judged(&assessment, "001-17-1");
    assert_eq!(found.outcome, Outcome::Missed);
    assert!(found.working.contains("未达标 1（乙小学 4.4999… ㎡）"), "{}", found.working);
    assert_eq!(found.value, "最低 4.49999 ㎡");
    assert_eq!(judged(&assessment, "001-17-2").outcome, Outcome::Missing, "no junior school");
    // One cell that is empty leaves the sum open.
    add_school(&mut assessment, &school("丙小学", "500", "30", "", "3000"));
    let found = judged(&assessment, "001-30-1");
    assert_eq!((found.outcome, found.lacks), (Outcome::Missing, vec!["持教师资格证的专任教师数".to_owned()]));
}

#[test]
fn the_composite_coefficient_is_strict_and_weighted() {
    let mut assessment = untouched(scored());
    for (pupils, each) in [("100", "1"), ("300", "9")] {
        add_school(&mut assessment, &even("小学", pupils, each));
    }
    // X is 0.01 and 0.03 of equal unit: mean 0.025, S² = (0.015² + 3 × 0.005²) / 4, CV = 0.34641…
    let found = judged(&assessment, "001-44-1");
    assert_eq!((found.outcome, found.value.as_str()), (Outcome::Reached, "0.346"), "{found:?}");
    assert_eq!(found.reading, "七项算术平均（未另行选择）");
    assert!(
        found.working.starts_with("七项单项差异系数的算术平均；按学生数加权（公式据转述），小学 2 所："),
        "{}",
        found.working
    );
}

#[test]
fn every_measure_of_every_catalogue_has_an_outcome() {
    for catalogue in catalogues() {
        let assessment = untouched(catalogue);
        let data = Data::of(catalogue, &assessment);
        for measure in catalogue.points().iter().flat_map(|point| &point.measures) {
            let found = judge(&data, measure);
            assert_eq!(found.outcome, Outcome::Missing, "{}", measure.id);
            assert!(!found.lacks.is_empty(), "{}", measure.id);
        }
    }
}

#[test]
fn with_all_figures_at_one_every_measure_is_decided() {
    for catalogue in catalogues() {
        let mut assessment = untouched(catalogue);
        for spec in &catalogue.figures {
            let text = match spec.options.first() {
                Some(option) => option.id.as_str(),
                None if spec.kind == FigureKind::YesNo => "有",
                None if spec.kind == FigureKind::Done => "是",
                // The whole of a difference must stay above its part.
                None if spec.id.as_str() == "junior-deaths" => "0",
                None if spec.unit == "%" => "1%",
                None => "1",
            };
            let edits = assessment.typing(&Place::Figure(spec.id.clone(), FigureField::Raw), text);
            apply_all(&mut assessment, &edits).unwrap();
        }
        let data = Data::of(catalogue, &assessment);
        for measure in catalogue.points().iter().flat_map(|point| &point.measures) {
            let found = judge(&data, measure);
            let of_schools = found.lacks.iter().any(|lack| lack.contains("学校数据"));
            assert!(of_schools || found.outcome != Outcome::Missing, "{} {found:?}", measure.id);
            let open = matches!(measure.op, Op::Report);
            assert_eq!(found.outcome == Outcome::Reported, open, "{}", measure.id);
        }
    }
}

proptest! {
    /// At the limit and one of the last digit beside it, against whole numbers.
    #[test]
    fn verdicts_are_those_of_exact_arithmetic(under in 1_u64..1_000_000_000, beside in -2_i64..=2, scale in 0_u32..4) {
        let (limit, times) = (85_u64, 100_u64);
        let over = (under * limit / times) as i64 + beside;
        prop_assume!(over >= 0 && over as u64 <= under);
        let text = |number: u64| {
            let unit = 10_u64.pow(scale);
            if scale == 0 { number.to_string() } else { format!("{}.{:0width$}", number / unit, number % unit, width = scale as usize) }
        };
        // teachers' pay takes decimals; the share of pupils takes whole numbers.
        let figures = [("migrant-children-placed", (over as u64).to_string()), ("migrant-children", under.to_string())];
        let figures: Vec<(&str, &str)> = figures.iter().map(|(id, text)| (*id, text.as_str())).collect();
        let expected = if over as u64 * times >= limit * under { Outcome::Reached } else { Outcome::Missed };
        prop_assert_eq!(judged(&with(scored(), &figures), "001-12-1").outcome, expected);

        let pay = [("teacher-pay", text(over as u64)), ("civil-servant-pay", text(under))];
        let pay: Vec<(&str, &str)> = pay.iter().map(|(id, text)| (*id, text.as_str())).collect();
        let expected = match (over as u64).cmp(&under) {
            Ordering::Greater => Outcome::Reached,
            _ => Outcome::Missed,
        };
        prop_assert_eq!(judged(&with(scored(), &pay), "001-14-1").outcome, expected);
    }
}

#[test]
fn a_coefficient_never_looks_as_if_it_lay_on_its_limit() {
    let limit = Limit::new(Op::Below, Number::parse("0.5").unwrap());
    let shown = |value| places(value, limit);
    assert_eq!(shown(0.4), "0.400");
    assert_eq!(shown(0.5), "0.500");
    assert_eq!(shown(0.4996), "0.499600");
    assert_eq!(shown(0.499_999_9), "0.499999900");
    assert_eq!(shown(0.500_000_000_1), "0.500000000100");
    assert_eq!(places(0.499_999_9, None), "0.500");
}

#[test]
fn per_cent_are_read_the_same_in_every_field_of_a_kind_and_parts_of_one_are_asked_about() {
    for id in ["satisfaction", "appropriation-growth"] {
        let spec = scored().figure(&FigureId::parse(id).unwrap()).unwrap();
        for (typed, kept) in [
            ("95%", "95"),
            ("９５％", "95"),
            ("95 %", "95"),
            ("95.5％", "95.5"),
            ("100.00%", "100"),
            ("95", "95"),
            ("0", "0"),
            ("0.95%", "0.95%"),
            ("\u{200b}95\u{a0}%", "95"),
        ] {
            assert!(matches!(read(spec, typed), Ok(Some(Value::Number(_)))), "{id} {typed}");
            assert_eq!(normalised(spec, typed), kept, "{id} {typed}");
            assert_eq!(normalised(spec, kept), kept, "{id} {kept}");
        }
        assert_eq!(read(spec, "120").is_err(), id == "satisfaction", "a share is no more than the whole");
        for typed in ["0.95", "1", "0.5"] {
            assert_eq!(read(spec, typed), Err(FigureError::Percent), "{id} {typed}");
            assert_eq!(normalised(spec, typed), typed);
        }
        for typed in ["百分之九十五", "95‰", "95~98", "≥95", "95%%"] {
            assert!(matches!(read(spec, typed), Err(FigureError::Number(_))), "{id} {typed}");
        }
    }
}
