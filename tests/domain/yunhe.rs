//! The district of 打开示例 is complete, agrees with itself, and contradicts
//! itself exactly where its description says so.

use std::collections::BTreeSet;

use zhidu::assessment::place::{AnswerField, EvidenceField, FigureField, Place};
use zhidu::assessment::{Assessment, AssessmentId, State};
use zhidu::check::{Level, Problem, Report, Rule, Target, check};
use zhidu::leaving::leave;
use zhidu::measure::{Data, splitting};
use zhidu::sample::{Planted, Sample, SampleError, build, parse};
use zhidu::school::counted::counted;
use zhidu::school::cv::coefficients;
use zhidu::school::indicator::Who;
use zhidu::school::table::Table;
use zhidu::school::{Column, Stage};
use zhidu::score::score;
use zhidu::value::points::Points;

use crate::sample::{point, row, scored, tasks};

const YUNHE: &str = include_str!("../../samples/yunhe.json");

fn described() -> Sample {
    parse(YUNHE).unwrap()
}

fn built(sample: &Sample) -> Result<Assessment, SampleError> {
    let mut count = 0;
    build(sample, scored(), AssessmentId::from_random(7), &mut || {
        count += 1;
        row(count)
    })
}

fn yunhe() -> Assessment {
    built(&described()).unwrap()
}

fn report(assessment: &Assessment) -> Report {
    check(&Data::of(scored(), assessment), &score(scored(), assessment))
}

fn han(text: &str) -> usize {
    text.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count()
}

#[test]
fn it_is_marked_as_an_example() {
    let head = yunhe().head;
    assert!(head.example);
    assert!(head.name.starts_with("示例 ") && head.unit_name.contains("虚构"), "{head:?}");
    let cover = head.cover;
    assert!([cover.filler, cover.reviewer, cover.leader, cover.phone].iter().all(|it| !it.is_empty()));
}

#[test]
fn every_point_has_what_it_needs() {
    let assessment = yunhe();
    for spec in scored().points() {
        let (answer, at) = (assessment.answer(&spec.id), spec.ordinal);
        let maximum = spec.points.unwrap();
        assert!((60..=350).contains(&han(&answer.narrative)), "{at}: {} characters", han(&answer.narrative));
        assert!(!answer.units.is_empty() && !answer.filler.is_empty(), "{at}");
        match answer.state {
            State::NotApplicable => assert!(han(&answer.waiver) > 20 && answer.score.is_empty(), "{at}"),
            State::Complete | State::Drafting => {
                let got = Points::parse(&answer.score).unwrap();
                assert!(got <= maximum, "{at}");
                // Whoever is named for the loss says how much it is.
                let lost = format!("扣{}分", maximum - got);
                let explained = got == maximum || answer.deduction.contains(&lost);
                assert!(explained, "{at}: {}", answer.deduction);
                assert_eq!(answer.deduction.is_empty(), got == maximum, "{at}");
            }
            State::Blank => panic!("{at} is blank"),
        }
    }
    let total = score(scored(), &assessment).total;
    assert_eq!(total.got.to_string(), "93.7");
    assert_eq!((total.drafting, total.not_applicable), (2, 1));
}

#[test]
fn no_narrative_is_used_twice() {
    let assessment = yunhe();
    let texts: BTreeSet<&str> = assessment.answers.values().map(|it| it.narrative.as_str()).collect();
    assert_eq!(texts.len(), scored().points().len());
}

/// Nothing is refused, and nothing changes when its field is left.
#[test]
fn every_text_is_as_its_field_keeps_it() {
    let assessment = yunhe();
    let mut places = Vec::new();
    for point in assessment.answers.keys() {
        places.extend(AnswerField::ALL.map(|field| Place::Answer(point.clone(), field)));
    }
    for row in assessment.evidence.keys() {
        places.extend(EvidenceField::ALL.map(|field| Place::Evidence(row.clone(), field)));
    }
    for id in assessment.figures.keys() {
        places.extend(FigureField::ALL.map(|field| Place::Figure(id.clone(), field)));
    }
    for row in assessment.schools.keys() {
        places.extend(Column::ALL.map(|column| Place::School(row.clone(), column)));
    }
    for place in places {
        let text = assessment.text(&place);
        let left = leave(&place, text, scored());
        assert_eq!((left.text.as_str(), left.removed, left.fault), (text, 0, None), "{place}");
    }
}

#[test]
fn all_figures_are_filled() {
    let assessment = yunhe();
    let missing: Vec<String> = scored()
        .figures
        .iter()
        .filter(|spec| spec.schools.is_none() && assessment.figure(&spec.id).raw.is_empty())
        .map(|spec| format!("{} {}", spec.id, spec.name))
        .collect();
    assert!(missing.is_empty(), "add these to \"figures\" of samples/yunhe.json: {missing:#?}");
}

#[test]
fn every_material_is_listed_and_whole() {
    let (sample, assessment) = (described(), yunhe());
    assert_eq!(assessment.evidence.len(), sample.materials.rows.len(), "each is listed under a point");
    assert!((40..=60).contains(&assessment.evidence.len()));
    for material in assessment.evidence.values() {
        let texts =
            [&material.title, &material.formed_on, &material.unit, &material.pages, &material.location];
        assert!(texts.iter().all(|text| !text.is_empty()), "{material:?}");
    }
    let kept: BTreeSet<&str> = assessment.evidence.values().map(|it| it.location.as_str()).collect();
    assert_eq!(kept.len(), assessment.evidence.len(), "one place holds one material");
    let shared = assessment.evidence.keys().filter(|row| assessment.points_citing(row).len() > 1).count();
    assert!(shared >= 10, "{shared} materials are shared");
}

#[test]
fn every_cell_of_the_schools_is_filled() {
    let assessment = yunhe();
    let names: BTreeSet<&str> = assessment.schools.values().map(|it| it.text(Column::Name)).collect();
    assert_eq!((names.len(), assessment.schools.len()), (24, 29));
    for school in assessment.schools.values() {
        for column in Column::ALL {
            assert!(!school.text(column).is_empty(), "{}: {}", school.called(), column.label());
        }
    }
    let table = Table::read(assessment.schools_in_order().into_iter().map(|(_, school)| school));
    assert_eq!(counted(&table, Who::Special, None).rows.len(), 2);
    // The 教学点 and both rows of the 特殊教育学校.
    assert_eq!(counted(&table, Who::Ordinary, None).excluded.len(), 3);
}

fn seven(assessment: &Assessment, stage: Stage) -> (Vec<f64>, f64) {
    let table = Table::read(assessment.schools_in_order().into_iter().map(|(_, school)| school));
    let found = coefficients(&table, stage, splitting(assessment));
    assert!(found.is_settled());
    (found.singles.iter().map(|it| it.value().unwrap()).collect(), found.composite().unwrap())
}

#[test]
fn coefficients_stand_on_both_sides_of_their_limits() {
    let assessment = yunhe();
    let (primary, mean) = seven(&assessment, Stage::Primary);
    assert!(mean < 0.50);
    assert_eq!(primary.iter().filter(|it| **it > 0.50).count(), 1, "{primary:?}");
    assert!(primary.iter().any(|it| (0.45..0.50).contains(it)), "{primary:?}");
    let (junior, mean) = seven(&assessment, Stage::Junior);
    assert!(mean < 0.45);
    assert_eq!(junior.iter().filter(|it| **it > 0.45).count(), 2, "{junior:?}");
    assert!(junior.iter().any(|it| *it > 0.50), "one fails clearly: {junior:?}");
}

/// The narratives speak of what stands in the figures and in 学校数据.
#[test]
fn narratives_and_numbers_agree() {
    let assessment = yunhe();
    let figure = |id: &str| {
        let spec = scored().figures.iter().find(|spec| spec.id.as_str() == id).unwrap();
        assessment.figure(&spec.id).raw.clone()
    };
    let column = |column: Column| -> f64 {
        let cells = assessment.schools.values().map(|school| school.text(column));
        cells.map(|text| text.parse::<f64>().unwrap()).sum()
    };
    let percent = |part: &str, whole: &str, places: usize| {
        let (part, whole): (f64, f64) = (figure(part).parse().unwrap(), figure(whole).parse().unwrap());
        format!("{:.places$}%", part / whole * 100.0)
    };
    let mut expected = vec![
        (11, format!("新生{}人", figure("new-pupils"))),
        (11, format!("占{}", percent("quality-senior-places-allocated", "quality-senior-places", 1))),
        (
            12,
            format!(
                "就读{}人，比例为{}",
                figure("migrant-children-placed"),
                percent("migrant-children-placed", "migrant-children", 1)
            ),
        ),
        (12, format!("适龄残疾儿童少年{}人", figure("disabled-children"))),
        (12, format!("受教育率为{}", percent("disabled-children-schooled", "disabled-children", 1))),
        (
            13,
            format!(
                "增长{}%，财政经常性收入增长{}%",
                figure("appropriation-growth"),
                figure("revenue-growth")
            ),
        ),
        (13, format!("{}元，比上年的{}元", figure("cost-per-pupil"), figure("cost-per-pupil-last-year"))),
        (13, format!("学生平均公用经费{}元", figure("public-funds-per-pupil"))),
        (
            14,
            format!(
                "教师平均工资收入{}元，当地公务员平均工资收入{}元",
                figure("teacher-pay"),
                figure("civil-servant-pay")
            ),
        ),
        (16, format!("{}个教学班", column(Column::Classes))),
        (16, format!("平均班额{:.1}人", column(Column::Pupils) / column(Column::Classes))),
        (17, format!("生均{}平方米", figure("lowest-art-room"))),
        (20, format!("网络多媒体教室{}间", column(Column::Multimedia))),
        (27, format!("专任教师{}人", column(Column::Teachers))),
        (27, format!("体育专任教师{}人、艺术专任教师{}人", column(Column::Sports), column(Column::Arts))),
        (28, format!("骨干教师总数{}人", column(Column::Backbone))),
        (28, format!("符合交流条件教师{}人", figure("eligible-teachers"))),
        (
            28,
            format!(
                "交流轮岗{}人，占{}",
                figure("rotated-teachers"),
                percent("rotated-teachers", "eligible-teachers", 1)
            ),
        ),
        (
            28,
            format!(
                "骨干教师{}人，占{}",
                figure("rotated-backbone-teachers"),
                percent("rotated-backbone-teachers", "rotated-teachers", 1)
            ),
        ),
        (
            29,
            format!(
                "教师{}人，完成率为{}",
                figure("trained-teachers"),
                percent("trained-teachers", "teachers", 1)
            ),
        ),
        (30, format!("{}名专任教师全部持有", figure("certified-teachers"))),
        (45, format!("全体{}名学生", column(Column::Pupils))),
        (46, format!("参测{}人", figure("tested-pupils"))),
        (46, format!("{}人，达标率{}", figure("fit-pupils"), percent("fit-pupils", "tested-pupils", 2))),
        (47, format!("{}人，占{}", figure("art-pupils"), percent("art-pupils", "art-surveyed-pupils", 1))),
        (48, format!("社会满意度为{}%", figure("satisfaction"))),
    ];
    for stage in Stage::ALL {
        let (singles, mean) = seven(&assessment, stage);
        expected.extend(singles.iter().map(|single| (44, format!("{single:.3}"))));
        expected.push((44, format!("算术平均{mean:.3}")));
    }
    for (ordinal, words) in expected {
        let narrative = &assessment.answer(&point(ordinal)).narrative;
        assert!(narrative.contains(&words), "{ordinal} does not say {words}: {narrative}");
    }
}

#[test]
fn the_check_finds_what_is_planted_and_nothing_else() {
    let (sample, assessment) = (described(), yunhe());
    let report = report(&assessment);
    let grave = |it: &&Problem| it.rule.level() != Level::Hint || it.rule == Rule::NarrativeDiffers;
    let mut found: Vec<String> =
        report.open().filter(grave).map(|it| format!("{} {}", it.rule.id(), at(&assessment, it))).collect();
    let mut planted: Vec<String> =
        sample.planted.iter().map(|it| format!("{} {}", it.rule, place_of(it, &sample))).collect();
    found.sort();
    planted.sort();
    assert_eq!(found, planted, "{:#?}", report.open().filter(grave).collect::<Vec<_>>());
    assert!((4..=6).contains(&planted.len()));
    assert!(sample.planted.iter().all(|it| han(&it.what) > 10));
    let narrowly = report.problems.iter().any(|it| it.text.contains("84.996"));
    assert!(narrowly, "one measure just misses");
}

fn at(assessment: &Assessment, problem: &Problem) -> String {
    let ordinal = |index: usize| scored().points()[index].ordinal;
    match &problem.target {
        Target::Point(index, _) => ordinal(*index).to_string(),
        Target::Measure(index, measure) => format!("{} {measure}", ordinal(*index)),
        Target::Evidence(row) => assessment.evidence[row].location.clone(),
        Target::Figure(id, _) => id.to_string(),
        Target::School(Place::School(row, column)) => {
            format!("{} {}", assessment.schools[row].text(Column::Name), column.name())
        }
        Target::School(place) => place.to_string(),
    }
}

fn place_of(planted: &Planted, sample: &Sample) -> String {
    let location = |key: &String| sample.materials.rows[key].last().unwrap().clone();
    let parts = [
        planted.point.map(|it| it.to_string()),
        planted.measure.clone(),
        planted.school.clone(),
        planted.column.clone(),
        planted.material.as_ref().map(location),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What is a mistake in a description is said, not passed over.
#[test]
fn a_description_with_something_unknown_is_refused() {
    #[track_caller]
    fn check(change: impl FnOnce(&mut Sample), why: &str) {
        let mut sample = described();
        change(&mut sample);
        assert_eq!(built(&sample).map(|_| ()).unwrap_err().to_string(), why);
    }
    let text = str::to_owned;
    check(|it| it.points[0].point = 55, "示例数据中的“beijing-balance-2018.55 ”无法识别");
    check(|it| it.points[0].state = text("完成"), "示例数据中的“beijing-balance-2018.01 完成”无法识别");
    check(|it| it.points[0].materials.push(text("无")), "示例数据中的“beijing-balance-2018.01 无”无法识别");
    check(
        |it| drop(it.points[0].texts.insert(text("note"), text("无"))),
        "示例数据中的“answer/beijing-balance-2018.01/note”无法识别",
    );
    check(|it| drop(it.schools.rows[0].pop()), "示例数据中“云河区实验小学”一行的格数与表头不符");
    check(|it| it.catalogue = text("other"), "示例数据使用的指标体系是“other”");
    assert!(matches!(parse("{}"), Err(SampleError::Unreadable(_))));
    let other = build(&described(), tasks(), AssessmentId::from_random(7), &mut || row(1));
    assert_eq!(other.unwrap_err(), SampleError::OtherCatalogue(scored().id.to_string()));
}
