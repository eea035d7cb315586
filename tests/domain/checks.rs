//! 体检: each planted contradiction is found, and a clean form has none.

use zhidu::assessment::history::apply_all;
use zhidu::assessment::place::{AnswerField, EvidenceField, FigureField, Place};
use zhidu::assessment::{Assessment, State};
use zhidu::catalogue::FigureId;
use zhidu::check::{Level, Problem, Report, Rule, check};
use zhidu::measure::Data;
use zhidu::school::Column;
use zhidu::score::score;

use crate::measures::add_school;
use crate::sample::{catalogues, point, row, scored, untouched};

fn typed(assessment: &mut Assessment, place: Place, text: &str) {
    let edits = assessment.typing(&place, text);
    apply_all(assessment, &edits).unwrap();
}

fn figure(assessment: &mut Assessment, id: &str, text: &str) {
    typed(assessment, Place::Figure(FigureId::parse(id).unwrap(), FigureField::Raw), text);
}

fn answer(assessment: &mut Assessment, ordinal: u16, field: AnswerField, text: &str) {
    typed(assessment, Place::Answer(point(ordinal), field), text);
}

fn state(assessment: &mut Assessment, ordinal: u16, state: State) {
    let edits = assessment.setting_state(&point(ordinal), state);
    apply_all(assessment, &edits).unwrap();
}

fn material(assessment: &mut Assessment, ordinal: u16, id: u128, title: &str) {
    let edits = assessment.adding_evidence(&point(ordinal), row(id));
    apply_all(assessment, &edits).unwrap();
    typed(assessment, Place::Evidence(row(id), EvidenceField::Title), title);
}

fn report(assessment: &Assessment) -> Report {
    let catalogue = catalogues().iter().find(|it| it.id == assessment.head.catalogue.id).unwrap();
    check(&Data::of(catalogue, assessment), &score(catalogue, assessment))
}

fn graver(report: &Report) -> Vec<&Problem> {
    report.open().filter(|it| it.rule.level() != Level::Hint).collect()
}

/// A form in which every point is settled and nothing contradicts itself.
fn clean() -> Assessment {
    let mut assessment = untouched(scored());
    for spec in scored().points() {
        let ordinal = spec.ordinal;
        answer(&mut assessment, ordinal, AnswerField::Score, &spec.points.unwrap().to_string());
        answer(
            &mut assessment,
            ordinal,
            AnswerField::Narrative,
            "按要求完成，随迁子女接受教育比例保持稳定。",
        );
        answer(&mut assessment, ordinal, AnswerField::Units, "区教委");
        material(&mut assessment, ordinal, 0x9000 + u128::from(ordinal), &format!("材料 {ordinal}"));
        state(&mut assessment, ordinal, State::Complete);
    }
    for (id, text) in
        [("migrant-children-placed", "8,500"), ("migrant-children", "10000"), ("grave-accidents", "0")]
    {
        figure(&mut assessment, id, text);
    }
    assessment
}

#[track_caller]
fn check_found(change: impl FnOnce(&mut Assessment), expected: &[(Rule, &str)]) {
    let mut assessment = clean();
    change(&mut assessment);
    let report = report(&assessment);
    let found: Vec<(Rule, &str)> = graver(&report).iter().map(|it| (it.rule, it.text.as_str())).collect();
    assert_eq!(found, expected);
    for problem in &report.problems {
        assert!(problem.id(scored()).is_some(), "{problem:?}");
    }
}

#[test]
fn a_clean_form_has_no_errors_and_no_warnings() {
    check_found(|_| (), &[]);
}

#[test]
fn a_form_that_nobody_has_touched_is_only_unfilled() {
    for catalogue in catalogues() {
        let report = report(&untouched(catalogue));
        assert!(report.problems.iter().all(|it| it.rule == Rule::Blank));
        assert_eq!(report.count().hints, catalogue.points().len());
    }
}

#[test]
fn single_answers_are_looked_at() {
    check_found(
        |it| answer(it, 1, AnswerField::Score, "9"),
        &[(Rule::Refused, "自评得分“9”：不能超过本要点分值 4 分")],
    );
    check_found(
        |it| answer(it, 1, AnswerField::Score, "3.5"),
        &[(Rule::Unexplained, "得分 3.5 低于分值 4，没有写扣分原因")],
    );
    check_found(
        |it| answer(it, 1, AnswerField::Score, ""),
        &[(Rule::DoneWithoutScore, "标为已完成，没有自评得分")],
    );
    check_found(
        |it| answer(it, 1, AnswerField::Narrative, " "),
        &[(Rule::DoneWithoutText, "标为已完成，没有写完成情况说明")],
    );
    check_found(|it| state(it, 1, State::NotApplicable), &[(Rule::WaiverMissing, "标为不适用，没有写理由")]);
    check_found(
        |it| {
            let edits = it.dropping_evidence(&point(1), &row(0x9001));
            apply_all(it, &edits).unwrap();
        },
        &[(Rule::FullWithoutEvidence, "自评满分，没有列佐证材料")],
    );
}

#[test]
fn measures_and_scores_are_held_against_each_other() {
    check_found(
        |it| figure(it, "migrant-children-placed", "8,499"),
        &[(
            Rule::FullButMissed,
            "自评满分，但“随迁子女在公办和已批准民办学校就读比例”未达标：84.99 %，要求 ≥ 85 %",
        )],
    );
    // Who has lost points knows it already.
    check_found(
        |it| {
            figure(it, "migrant-children-placed", "8,499");
            answer(it, 12, AnswerField::Score, "1");
            answer(it, 12, AnswerField::Deduction, "差 0.01 个百分点");
        },
        &[],
    );
}

#[test]
fn figures_are_held_against_each_other() {
    check_found(
        |it| figure(it, "migrant-children-placed", "10001"),
        &[(Rule::PartAboveWhole, "在公办学校和已批准民办学校就读的随迁子女数 10001 大于随迁子女总数 10000")],
    );
    check_found(
        |it| figure(it, "migrant-children", "一万"),
        &[(Rule::Refused, "随迁子女总数“一万”：不是数字")],
    );
    check_found(
        |it| {
            let cells = [
                (Column::Name, "甲小学"),
                (Column::Kind, "小学"),
                (Column::Pupils, "九百"),
                (Column::Teachers, "50"),
                (Column::Backbone, "51"),
                (Column::Sports, "40"),
                (Column::Arts, "11"),
            ];
            add_school(it, &cells);
            figure(it, "teachers", "60");
        },
        &[
            (Rule::Refused, "甲小学：在校生数“九百”：不是数字"),
            (Rule::PartAboveWhole, "甲小学：区级以上骨干教师数 51 大于专任教师数 50"),
            (Rule::PartAboveWhole, "甲小学：体育专任教师数与艺术专任教师数 51 大于专任教师数 50"),
            (Rule::SumDiffers, "专任教师总数填报 60，学校数据合计 50"),
        ],
    );
}

#[test]
fn materials_are_looked_at() {
    check_found(
        |it| material(it, 2, 0x9999, "材料 1"),
        &[(Rule::SameEvidence, "“材料 1”登记了 2 次：01-01、02-02")],
    );
    check_found(
        |it| typed(it, Place::Evidence(row(0x9001), EvidenceField::FormedOn), "去年"),
        &[(Rule::Refused, "材料 01-01 的形成日期“去年”：日期请写成 2023年、2023年9月 或 2023年9月5日")],
    );
    check_found(
        |it| it.evidence.get_mut(&row(0x9002)).unwrap().number = "01-01".to_owned(),
        &[(Rule::NumberTwice, "编号 01-01 用于 2 份材料")],
    );
}

/// What is said about the narrative of a point, never graver than a hint.
#[track_caller]
fn check_narrative(change: impl FnOnce(&mut Assessment), narrative: &str, expected: &[&str]) {
    let mut assessment = clean();
    change(&mut assessment);
    answer(&mut assessment, 12, AnswerField::Narrative, narrative);
    let report = report(&assessment);
    let found: Vec<&str> =
        report.open().filter(|it| it.rule == Rule::NarrativeDiffers).map(|it| it.text.as_str()).collect();
    assert_eq!(found, expected);
    assert_eq!(Rule::NarrativeDiffers.level(), Level::Hint);
}

#[test]
fn a_narrative_that_contradicts_a_figure_is_named() {
    check_narrative(
        |_| (),
        "全区随迁子女总数为 9,800 人，安置有序。",
        &["说明中“随迁子女总数为 9,800 人”与数据 10000 人 不一致，请核对"],
    );
    check_narrative(|_| (), "全区随迁子女总数为１０，０００人，安置有序。", &[]);
}

#[test]
fn a_narrative_that_rounds_a_miss_away_is_named() {
    let missed = |it: &mut Assessment| {
        figure(it, "migrant-children-placed", "84996");
        figure(it, "migrant-children", "100000");
    };
    check_narrative(
        missed,
        "随迁子女在公办和已批准民办学校就读比例为85.0％。",
        &[
            "说明中“随迁子女在公办和已批准民办学校就读比例为85.0％”是四舍五入后的数，准确值 84.996% 未达到 85%",
        ],
    );
    check_narrative(missed, "随迁子女在公办和已批准民办学校就读比例为84.99％。", &[]);
}

#[test]
fn a_narrative_of_another_year_than_the_figures_is_left_alone() {
    check_narrative(|it| it.head.year = "2025".to_owned(), "2024年，随迁子女总数为9800人。", &[]);
    check_narrative(
        |it| it.head.year = "2025年度".to_owned(),
        "2025年，随迁子女总数为9800人。",
        &["说明中“随迁子女总数为9800人”与数据 10000 人 不一致，请核对"],
    );
    check_narrative(
        |it| {
            it.head.year = "2025".to_owned();
            typed(it, Place::Figure(FigureId::parse("migrant-children").unwrap(), FigureField::Year), "2024");
        },
        "2025年，随迁子女总数为9800人。2024年，随迁子女总数为9900人。",
        &["说明中“随迁子女总数为9900人”与数据 10000 人 不一致，请核对"],
    );
}

#[test]
fn a_problem_that_was_set_aside_stays_known_with_its_reason() {
    let mut assessment = clean();
    answer(&mut assessment, 1, AnswerField::Score, "3.5");
    let id = graver(&report(&assessment))[0].id(scored()).unwrap();
    assert_eq!(id.as_str(), "unexplained:beijing-balance-2018.01:answer:beijing-balance-2018.01:deduction");
    let edits = assessment.muting(&id, Some("原因见附件"));
    apply_all(&mut assessment, &edits).unwrap();
    let report = report(&assessment);
    assert!(graver(&report).is_empty());
    let muted: Vec<_> = report.problems.iter().filter_map(|it| it.muted.as_deref()).collect();
    assert_eq!(muted, ["原因见附件"]);
}

/// The ids of rows say nothing about their places in the table.
#[test]
fn faults_of_schools_come_in_the_order_of_the_table() {
    let mut assessment = clean();
    for name in ["一小", "二小", "三小"] {
        add_school(
            &mut assessment,
            &[(Column::Name, name), (Column::Pupils, "多"), (Column::Kind, "幼儿园")],
        );
    }
    let last = assessment.schools.values().map(|school| school.place).max().unwrap();
    assessment.schools.iter_mut().for_each(|(_, school)| school.place = last - school.place);
    let report = report(&assessment);
    let of_schools = report.problems.iter().filter(|it| it.rule == Rule::Refused);
    let names: Vec<String> = of_schools.map(|it| it.text.chars().take(6).collect()).collect();
    let expected =
        ["三小：学校类", "三小：在校生", "二小：学校类", "二小：在校生", "一小：学校类", "一小：在校生"];
    assert_eq!(names, expected);
}

#[test]
fn a_school_that_stands_twice_is_found_and_two_codes_tell_two_schools_apart() {
    let mut assessment = clean();
    let school = |name, code, stage| [(Column::Name, name), (Column::Code, code), (Column::Stage, stage)];
    for cells in [
        school("青禾小学", "1", "小学"),
        school("青禾⼩学\u{200b}", "1", "小学"),
        school("青禾小学", "2", "小学"),
        school("一贯学校", "3", "小学"),
        school("一贯学校", "3", "初中"),
        school("望山中学", "2", "初中"),
    ] {
        add_school(&mut assessment, &cells);
    }
    let report = report(&assessment);
    let texts = |rule| {
        report.problems.iter().filter(|it| it.rule == rule).map(|it| it.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(texts(Rule::SameSchool).len(), 1, "{:?}", texts(Rule::SameSchool));
    assert_eq!(texts(Rule::SharedCode), ["代码 2 同时用于青禾小学和望山中学"]);
}
