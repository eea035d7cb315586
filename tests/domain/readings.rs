//! Where a document is silent: which schools a clause is about, what is nothing to
//! count, which reading applies, and what 体检 asks about schools.

use proptest::prelude::*;
use zhidu::analysis::verdicts;
use zhidu::assessment::history::apply_all;
use zhidu::assessment::{Assessment, State};
use zhidu::catalogue::Catalogue;
use zhidu::check::{Level, Report, Rule, check};
use zhidu::html::{coefficients_page, help, schools_page};
use zhidu::measure::{ABSENT, BY_STAGE, Data, Outcome, SPLITTING, choosing_private, private_counts};
use zhidu::school::Column;
use zhidu::school::Column::{
    Backbone, Certified, Code, Equipment, Field, Funds, Gym, IndoorSport, Kind, LargestClass, Multimedia,
    Name, Pupils, Senior, Sponsor, Stage, Teachers, Teaching, Training,
};
use zhidu::score::score;

use crate::district::even;
use crate::measures::{add_school, choose, judged, with};
use crate::sample::{catalogues, scored, untouched};

fn of(id: &str) -> &'static Catalogue {
    catalogues().iter().find(|it| it.id.as_str() == id).unwrap()
}

fn report(assessment: &Assessment) -> Report {
    let catalogue = of(assessment.head.catalogue.id.as_str());
    check(&Data::of(catalogue, assessment), &score(catalogue, assessment))
}

fn schools(rows: &[&[(Column, &str)]]) -> Assessment {
    let mut assessment = untouched(scored());
    rows.iter().for_each(|cells| add_school(&mut assessment, cells));
    assessment
}

#[track_caller]
fn outcome(assessment: &Assessment, id: &str, expected: Outcome) {
    let found = judged(assessment, id);
    assert_eq!(found.outcome, expected, "{id}: {found:?}");
}

/// What the national method leaves out is judged by a clause that does not name it.
#[test]
fn a_clause_is_about_what_it_says() {
    let point_of_49: &[_] = &[(Name, "沟口教学点"), (Kind, "教学点"), (Pupils, "49"), (LargestClass, "49")];
    let found = judged(&schools(&[point_of_49]), "001-16-1");
    assert_eq!(found.outcome, Outcome::Missed);
    assert!(found.working.contains("未达标 1（沟口教学点 49"), "{}", found.working);
    let page = coefficients_page(&Data::of(scored(), &schools(&[point_of_49])));
    assert!(page.contains("沟口教学点：教学点在校生不足 50 人，不计入"));

    let row = |kind, stage, class| [(Kind, kind), (Stage, stage), (Pupils, "200"), (LargestClass, class)];
    let primary = row("小学", "小学", "40");
    for (kind, stage, expected) in [
        // 要点 16 is about 义务教育: both give it, where they say the stage.
        ("特殊教育学校", "小学", Outcome::Missed),
        ("专门学校", "初中", Outcome::Missed),
        ("特殊教育学校", "", Outcome::Reached),
        ("职业学校", "初中", Outcome::Reached),
        ("职业学校", "", Outcome::Reached),
        ("完全中学", "高中", Outcome::Reached),
    ] {
        outcome(&schools(&[&primary, &row(kind, stage, "41")]), "001-16-1", expected);
    }
    // 要点 17 is about 小学, which a 特殊教育学校 is not, and a 教学点 is.
    let area =
        |kind, area| [(Kind, kind), (Stage, "小学"), (Pupils, "40"), (Teaching, area), (IndoorSport, "0")];
    for (kind, expected) in [("特殊教育学校", Outcome::Reached), ("教学点", Outcome::Missed)] {
        let mut assessment = schools(&[&area("小学", "180"), &area(kind, "179")]);
        choose(&mut assessment, "resource-scope", "every-school");
        outcome(&assessment, "001-17-1", expected);
    }
}

/// One row that cannot be used is left out with its reason; the rest goes on.
#[test]
fn a_stray_row_leaves_the_district_as_it_is() {
    let sound = [(Name, "甲小学"), (Kind, "小学"), (Pupils, "500"), (Teachers, "40"), (Certified, "40")];
    for stray in [
        [(Name, "某职高"), (Kind, "职业学校"), (Stage, ""), (Teachers, "90")],
        [(Name, "启智学校"), (Kind, "特殊教育学校"), (Stage, ""), (Teachers, "")],
        [(Name, "某高中"), (Kind, "完全中学"), (Stage, "高中"), (Teachers, "90")],
        [(Name, "某校"), (Kind, ""), (Stage, ""), (Teachers, "九十")],
        [(Name, "某学堂"), (Kind, "私塾"), (Stage, "小学"), (Teachers, "")],
    ] {
        let found = judged(&schools(&[&sound, &stray]), "001-30-1");
        assert_eq!((found.outcome, found.value.as_str()), (Outcome::Reached, "100 %"), "{stray:?}");
    }
    let mut rows =
        [even("小学", "100", "100"), even("小学", "100", "200"), even("九年一贯制学校", "100", "1")];
    rows[2].push((Name, "育英学校"));
    let cells: Vec<&[_]> = rows.iter().map(Vec::as_slice).collect();
    let found = judged(&schools(&cells), "001-44-1");
    assert_eq!(found.outcome, Outcome::Reached);
    assert!(
        found.working.ends_with("；另有育英学校（没有写明学段（小学或初中），未计入）"),
        "{}",
        found.working
    );
    let asked = report(&schools(&cells)).problems.into_iter().find(|it| it.rule == Rule::LeftOut).unwrap();
    assert_eq!(
        (asked.text.as_str(), asked.rule.level()),
        ("育英学校：没有写明学段（小学或初中），未计入", Level::Hint)
    );
}

#[test]
fn nothing_to_count_is_neither_met_nor_missed_nor_missing() {
    // 0 below the line, whether or not something stands above it.
    for above in ["", "0"] {
        for (catalogue, part, whole, id) in [
            ("beijing-duties-2023", "hotline-leads-answered", "hotline-leads", "000-09-1"),
            ("beijing-duties-2023", "private-schools-covered", "private-schools", "000-36-1"),
            ("beijing-balance-2018", "small-schools-at-400", "small-schools", "001-15-1"),
            ("beijing-reform-2020", "talks-filed", "talks", "002-10-1"),
            ("panjin-duties-2019", "rural-schools-compliant", "rural-schools", "004-18-1"),
        ] {
            outcome(&with(of(catalogue), &[(part, above), (whole, "0")]), id, Outcome::Absent);
            outcome(&with(of(catalogue), &[(part, "1"), (whole, "0")]), id, Outcome::Missing);
            outcome(&with(of(catalogue), &[(part, above), (whole, ABSENT)]), id, Outcome::Absent);
            outcome(&with(of(catalogue), &[(part, above), (whole, "")]), id, Outcome::Missing);
        }
    }
    // 无 where the figure is a value, and a third answer beside yes and no.
    outcome(&with(scored(), &[("special-quota", "无")]), "001-15-2", Outcome::Absent);
    outcome(&with(scored(), &[("new-schools-standard", ABSENT)]), "001-16-2", Outcome::Absent);
    outcome(&with(scored(), &[("new-schools-standard", "否")]), "001-16-2", Outcome::Missed);
    outcome(&with(of("beijing-duties-2023"), &[("ethics-veto", "无")]), "000-22-1", Outcome::Missed);
    // Of things that are counted 无 may mean 0, and is asked about.
    outcome(&with(scored(), &[("grave-accidents", "无")]), "001-10-1", Outcome::Missing);
    // The whole of a difference is not nothing.
    let same = [
        ("retention-basis", "junior-three"),
        ("junior-entrants", "5"),
        ("junior-deaths", "5"),
        ("junior-graduates", "0"),
        ("junior-transfers-in", "0"),
        ("junior-transfers-out", "0"),
    ];
    outcome(&with(scored(), &same), "001-11-3", Outcome::Missing);
}

#[test]
fn schools_show_that_there_is_none_of_a_kind() {
    let ordinary = [(Name, "甲小学"), (Kind, "小学"), (Pupils, "400")];
    let assessment = schools(&[&ordinary]);
    for id in ["001-15-1", "001-15-2", "001-15-3"] {
        outcome(&assessment, id, Outcome::Absent);
        outcome(&untouched(scored()), id, Outcome::Missing);
    }
    let mut by_school = assessment.clone();
    choose(&mut by_school, "special-funds-basis", "every-school");
    outcome(&by_school, "001-15-2", Outcome::Absent);
    // The rows of one school are taken together; a school of unknown type shows nothing.
    let nine =
        |stage, pupils| [(Name, "育英学校"), (Kind, "九年一贯制学校"), (Stage, stage), (Pupils, pupils)];
    outcome(&schools(&[&nine("小学", "250"), &nine("初中", "150")]), "001-15-1", Outcome::Absent);
    outcome(&schools(&[&nine("小学", "250"), &nine("初中", "149")]), "001-15-1", Outcome::Missing);
    outcome(
        &schools(&[&ordinary, &[(Name, "某校"), (Pupils, "400"), (Stage, "小学")]]),
        "001-15-2",
        Outcome::Missing,
    );
    outcome(&schools(&[&ordinary, &[(Name, "启智学校"), (Kind, "特教")]]), "001-15-2", Outcome::Missing);
    // A table without 初中 is not filled yet.
    let mut chosen = assessment;
    choose(&mut chosen, "resource-scope", "every-school");
    outcome(&chosen, "001-17-2", Outcome::Missing);
}

#[test]
fn nothing_to_count_is_counted_as_such_and_not_asked_about() {
    let mut assessment = with(of("beijing-duties-2023"), &[("hotline-leads", "0")]);
    let nine = zhidu::catalogue::PointId::new(&assessment.head.catalogue.id, 9);
    let edits = assessment.setting_state(&nine, State::Drafting);
    apply_all(&mut assessment, &edits).unwrap();
    let report = report(&assessment);
    assert!(!report.problems.iter().any(|it| it.rule == Rule::NoData));
    let counts = verdicts(of("beijing-duties-2023"), &report);
    let absent = Outcome::ALL.iter().position(|it| *it == Outcome::Absent).unwrap();
    assert_eq!(counts.iter().map(|it| it.counts[absent]).sum::<usize>(), 1);
}

#[test]
fn a_coefficient_over_one_school_says_so() {
    let assessment = schools(&[&even("小学", "100", "100")]);
    let found = judged(&assessment, "001-44-1");
    assert_eq!((found.outcome, found.value.as_str()), (Outcome::Absent, "仅1所"));
    let page = coefficients_page(&Data::of(scored(), &assessment));
    assert!(page.contains("仅1所") && !page.contains("z-verdict--reached"), "{page}");
}

#[test]
fn rows_of_private_schools_count_until_another_is_chosen() {
    let mut assessment = schools(&[
        &[(Kind, "小学"), (Sponsor, "公办"), (Pupils, "100"), (LargestClass, "40"), (Backbone, "1")],
        &[(Kind, "小学"), (Sponsor, "民办学校"), (Pupils, "100"), (LargestClass, "41"), (Backbone, "0")],
    ]);
    choose(&mut assessment, "backbone-scope", "district");
    outcome(&assessment, "001-16-1", Outcome::Missed);
    outcome(&assessment, "001-28-1", Outcome::Missed);
    let edits = choosing_private(&assessment, false);
    apply_all(&mut assessment, &edits).unwrap();
    assert!(!private_counts(&assessment));
    outcome(&assessment, "001-16-1", Outcome::Reached);
    outcome(&assessment, "001-28-1", Outcome::Reached);
    let page = coefficients_page(&Data::of(scored(), &assessment));
    assert!(page.contains("民办学校，按所选口径不计入"));
    let edits = choosing_private(&assessment, true);
    apply_all(&mut assessment, &edits).unwrap();
    outcome(&assessment, "001-16-1", Outcome::Missed);
}

#[test]
fn schools_one_by_one_or_the_district_on_average() {
    let row = |pupils, value, rooms| {
        [
            (Kind, "小学"),
            (Pupils, pupils),
            (Teaching, value),
            (IndoorSport, "10"),
            (Gym, "0"),
            (Field, value),
            (Equipment, "50"),
            (Multimedia, rooms),
        ]
    };
    let mut assessment = schools(&[&row("100", "760", "2"), &row("100", "750", "3")]);
    for (reading, outcomes) in [
        ("", [Outcome::Missing; 4]),
        ("every-school", [Outcome::Reached, Outcome::Reached, Outcome::Reached, Outcome::Missed]),
        ("district", [Outcome::Reached; 4]),
    ] {
        choose(&mut assessment, "resource-scope", reading);
        for (id, expected) in ["001-17-1", "001-17-3", "001-18-1", "001-20-1"].into_iter().zip(outcomes) {
            outcome(&assessment, id, expected);
        }
    }
    let found = judged(&assessment, "001-17-1");
    assert_eq!((found.value.as_str(), found.reading.as_str()), ("7.45 ㎡", "全区平均"));
    assert_eq!(judged(&assessment, "001-18-1").value, "5,000 元");
    // What was typed goes before what the schools add up to.
    choose(&mut assessment, "primary-equipment", "99.99");
    outcome(&assessment, "001-18-1", Outcome::Missed);
    choose(&mut assessment, "art-rooms-basis", "all-pupils");
    assert_eq!(judged(&assessment, "001-17-5").reading, "按在校生；全区平均");
}

proptest! {
    /// What the stages of a split school are given adds up to what the school has, but
    /// for what its 高中 uses.
    #[test]
    fn sums_of_a_split_school_are_its_shares(p in 1_u32..3_000, j in 1_u32..3_000, h in 0_u32..3_000, area in 1_u32..90_000) {
        let row = |stage, pupils: &str, area: &str| {
            vec![(Code, "1".to_owned()), (Kind, "十二年一贯制学校".to_owned()), (Stage, stage),
                (Pupils, pupils.to_owned()), (Senior, h.to_string()), (Field, area.to_owned()), (Gym, "0".to_owned())]
        };
        let mut assessment = untouched(scored());
        for cells in [row("小学".to_owned(), &p.to_string(), &area.to_string()), row("初中".to_owned(), &j.to_string(), "")] {
            let cells: Vec<_> = cells.iter().map(|(column, text)| (*column, text.as_str())).collect();
            add_school(&mut assessment, &cells);
        }
        choose(&mut assessment, SPLITTING, BY_STAGE);
        choose(&mut assessment, "resource-scope", "district");
        let exact = judged(&assessment, "001-17-3").exact.unwrap().to_f64();
        let weighted = f64::from(p) + 1.1 * f64::from(j) + 1.32 * f64::from(h);
        prop_assert!((exact - f64::from(area) / weighted).abs() < 1e-6);
    }
}

#[track_caller]
fn asked(rows: &[&[(Column, &str)]], rule: Rule) -> Vec<String> {
    let report = report(&schools(rows));
    report.problems.into_iter().filter(|it| it.rule == rule).map(|it| it.text).collect()
}

#[test]
fn schools_of_several_stages_are_asked_about() {
    let row = |stage, field| {
        vec![(Name, "实验学校"), (Kind, "十二年一贯制学校"), (Stage, stage), (Field, field), (Gym, "0")]
    };
    assert_eq!(
        asked(&[&row("小学", "9000"), &row("初中", "9000")], Rule::SharedTwice),
        [
            "实验学校：小学、初中两行的体育运动场地面积完全相同。若填的是全校的数，请只填在其中一行并选“按在校生折算”，或分开填写"
        ]
    );
    assert!(asked(&[&row("小学", "9000"), &row("初中", "8000")], Rule::SharedTwice).is_empty());
    assert_eq!(
        asked(&[&row("小学", "9000"), &row("初中", "")], Rule::SeniorMissing),
        ["实验学校：十二年一贯制学校没有填高中在校生数，没有高中的请填 0"]
    );
    let mut told = row("初中", "");
    told.push((Senior, "0"));
    assert!(asked(&[&row("小学", "9000"), &told], Rule::SeniorMissing).is_empty());
    assert_eq!(asked(&[&[(Name, "二中"), (Kind, "完全中学")]], Rule::SeniorMissing).len(), 1);
    assert!(asked(&[&[(Name, "三中"), (Kind, "初级中学")]], Rule::SeniorMissing).is_empty());
}

#[test]
fn training_may_be_paid_from_elsewhere() {
    let rows: &[_] = &[(Name, "甲小学"), (Kind, "小学"), (Pupils, "500"), (Funds, "60"), (Training, "60.5")];
    assert_eq!(
        asked(&[rows], Rule::TrainingAboveFunds),
        ["甲小学：教师培训经费 60.5 大于公用经费预算总额 60"]
    );
    assert_eq!(Rule::TrainingAboveFunds.level(), Level::Hint);
    assert!(asked(&[rows], Rule::PartAboveWhole).is_empty());
}

#[test]
fn values_that_no_school_has_are_named_with_their_cause() {
    let with = |column, text| {
        asked(
            &[&[
                (Name, "甲小学"),
                (Kind, "小学"),
                (Pupils, "100"),
                (IndoorSport, "0"),
                (Gym, "0"),
                (column, text),
            ]],
            Rule::Implausible,
        )
    };
    assert_eq!(
        with(Equipment, "1800000"),
        [
            "甲小学：生均教学仪器设备值 180000000 元，超出常见范围 1 至 5000000 元（编者所设）。单位可能填错：教学仪器设备资产值以万元计"
        ]
    );
    assert_eq!(with(LargestClass, "900").len(), 1);
    assert_eq!(with(Teaching, "500000").len(), 1);
    assert_eq!(with(Teaching, "0.9").len(), 1, "in 万㎡");
    for (column, text) in
        [(Teaching, "0"), (Teaching, "300000"), (Equipment, "0"), (LargestClass, "130"), (Multimedia, "200")]
    {
        assert!(with(column, text).is_empty(), "{column:?} {text}");
    }
    assert_eq!(
        with(Column::Classes, "1234"),
        [
            "甲小学：100 名学生编成 1234 个班，超出每班 1 至 120 人的常见范围（编者所设）。请核对班级数和在校生数"
        ]
    );
    let funds = with(Column::Funds, "150000000");
    assert!(funds[0].starts_with("甲小学：生均公用经费 "), "{funds:?}");
    for classes in ["1", "100", "0"] {
        assert!(with(Column::Classes, classes).is_empty(), "{classes}");
    }
    // A 教学点 of one pupil, and a large old school in the middle of a city.
    let one: &[_] = &[
        (Kind, "教学点"),
        (Pupils, "1"),
        (Teaching, "300"),
        (IndoorSport, "0"),
        (Gym, "0"),
        (Field, "1500"),
        (Equipment, "12.5"),
        (Multimedia, "2"),
        (Column::Degree, "2"),
        (Column::Sports, "1"),
        (Column::Arts, "1"),
    ];
    let large: &[_] = &[
        (Kind, "小学"),
        (Pupils, "4800"),
        (Teaching, "5200"),
        (IndoorSport, "0"),
        (Gym, "0"),
        (Field, "900"),
        (Equipment, "310"),
        (Multimedia, "96"),
        (LargestClass, "68"),
    ];
    assert!(asked(&[one, large], Rule::Implausible).is_empty());
}

#[test]
fn classes_and_pupils_that_cannot_all_be_right_are_named() {
    let found = |pupils, classes, largest, crowded| {
        let cells: &[_] = &[
            (Name, "甲小学"),
            (Pupils, pupils),
            (Column::Classes, classes),
            (LargestClass, largest),
            (Column::Classes56, crowded),
        ];
        asked(&[cells], Rule::ClassesDisagree)
    };
    for (pupils, classes, largest, crowded, text) in [
        ("20", "1", "40", "", "最大班额 40 大于在校生数 20"),
        ("500", "10", "30", "", "10 个班、最大班额 30，最多 300 人，少于在校生数 500"),
        ("500", "12", "45", "3", "有 3 个 56 人及以上的班，而最大班额是 45"),
        ("700", "12", "70", "0", "最大班额 70，而 56 人及以上班数是 0"),
    ] {
        assert_eq!(found(pupils, classes, largest, crowded), [format!("甲小学：{text}")]);
    }
    for (pupils, classes, largest, crowded) in [
        ("480", "12", "45", "0"),
        ("480", "12", "40", ""),
        ("700", "12", "70", "5"),
        ("480", "", "45", "0"),
        ("1", "1", "1", "0"),
    ] {
        assert!(
            found(pupils, classes, largest, crowded).is_empty(),
            "{pupils} {classes} {largest} {crowded}"
        );
    }
}

#[test]
fn a_stage_that_the_type_does_not_have_is_named() {
    let found = |kind, stage| {
        asked(&[&[(Name, "甲校"), (Kind, kind), (Stage, stage), (Pupils, "10")]], Rule::StageAgainstType)
    };
    assert_eq!(found("小学", "初中"), ["甲校：学校类型是小学，学段是初中"]);
    assert_eq!(found("初级中学", "小学").len() + found("完全中学", "小学").len(), 2);
    for (kind, stage) in
        [("小学", "小学"), ("九年一贯制学校", "小学"), ("九年一贯制学校", "初中"), ("教学点", "小学")]
    {
        assert!(found(kind, stage).is_empty());
    }
}

#[test]
fn every_indicator_has_bounds_around_its_national_standard() {
    for indicator in zhidu::school::indicator::Indicator::ALL {
        let [least, most] = indicator.plausible();
        assert!(least < most);
        for stage in zhidu::school::Stage::ALL {
            assert!(indicator.national(stage).is_none_or(|it| least < it && it < most), "{}", indicator.id());
        }
    }
}

#[test]
fn yes_and_no_speak_as_the_question_does() {
    let judged = |text| judged(&with(scored(), &[("budget-listed", text)]), "001-13-5");
    let (yes, no) = (judged("是"), judged("无"));
    assert_eq!((yes.outcome, yes.value.as_str()), (Outcome::Reached, "是"));
    assert_eq!((no.outcome, no.working.as_str()), (Outcome::Missed, "义务教育经费在财政预算中单列：否"));
    assert_eq!(judged("没有说").lacks, ["义务教育经费在财政预算中单列（请选择“是”或“否”）"]);
}

/// Only the limit is called 原文; the page says of everything else whose it is.
#[test]
fn the_page_marks_what_is_the_editors() {
    let of_point = |ordinal: usize| help(scored(), ordinal - 1);
    let area = of_point(17);
    assert!(area.contains("限值取自原文，口径为编者理解"));
    assert!(area.contains("编者口径：逐校还是全区平均由填报单位选"));
    assert!(area.contains("计算（编者理解）：教学及辅助用房面积 ÷ 小学在校生数"));
    let pay = of_point(14);
    assert!(
        pay.contains("义务教育教师平均工资收入 与 当地公务员平均工资收入 比较") && !pay.contains("÷"),
        "{pay}"
    );
    assert!(of_point(42).contains("〔推定〕≥ Ⅲ级"));
    let page = schools_page(&untouched(scored()));
    assert!(page.contains("民办学校计入（编者所设）") && page.contains("1∶1.1∶1.32，据转述"));
}
