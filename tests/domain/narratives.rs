//! Narratives against figures: texts written apart from the rule, each with the
//! numbers that contradict a figure, and the habits of writing that the rule keeps
//! to. A false alarm is worse than a miss.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use zhidu::check::{Claim, Contradiction, Name, Sense, claims, contradiction};
use zhidu::value::limit::Limit;
use zhidu::value::limit::Op;
use zhidu::value::number::{Number, Quotient};

use crate::sample::catalogues;

/// The year that the cases assume to be assessed.
const YEAR: u16 = 2023;

#[derive(Deserialize)]
struct Case {
    text: String,
    figures: BTreeMap<String, Figure>,
    contradicts: Vec<Expected>,
    why: String,
}

#[derive(Deserialize)]
struct Figure {
    value: String,
    unit: String,
    limit: Option<LimitOf>,
}

#[derive(Deserialize)]
struct LimitOf {
    op: Op,
    value: String,
}

#[derive(Deserialize)]
struct Expected {
    figure: String,
    number: String,
}

fn number(text: &str) -> Number {
    Number::parse(text).unwrap()
}

/// Whose text a case is: a city's where only the catalogue of a city has its figures.
fn place_of(case: &Case) -> &'static str {
    let has = |kind: &str| {
        let of = catalogues().iter().filter(|it| it.id.as_str().starts_with(kind));
        of.flat_map(|it| &it.figures).any(|it| {
            let words: Vec<&String> = std::iter::once(&it.name).chain(&it.aliases).collect();
            case.figures.keys().any(|name| words.contains(&name))
        }) || catalogues().iter().filter(|it| it.id.as_str().starts_with(kind)).any(|it| {
            let mut measures = it.points().iter().flat_map(|point| &point.measures);
            measures.any(|it| case.figures.keys().any(|name| it.metric.split('（').next() == Some(name)))
        })
    };
    if has("panjin") && !has("beijing") { "盘锦市" } else { "云溪区" }
}

/// The figures that a text contradicts, by what the program says.
fn found_in(text: &str, figures: &BTreeMap<String, Figure>, place: &str) -> Vec<(String, Number)> {
    let names: Vec<Name> = figures
        .iter()
        .map(|(name, it)| Name { text: name.clone(), unit: it.unit.clone(), year: Some(YEAR) })
        .collect();
    let of = |claim: Claim| {
        let name = &names[claim.name].text;
        let figure = &figures[name];
        let limit = figure.limit.as_ref().and_then(|it| Limit::new(it.op, number(&it.value)));
        contradiction(&claim, Quotient::of(number(&figure.value)), limit)?;
        Some((name.clone(), claim.number))
    };
    claims(text, &names, place).into_iter().filter_map(of).collect()
}

/// How many contradictions the cases have, how many are found, and how many are
/// named that are none; each fault is printed.
fn examine(path: &Path) -> (usize, usize, usize) {
    let cases: Vec<Case> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let (mut all, mut right, mut alarms) = (0, 0, 0);
    for case in &cases {
        let mut found = found_in(&case.text, &case.figures, place_of(case));
        for expected in &case.contradicts {
            all += 1;
            let is = |it: &(String, Number)| *it == (expected.figure.clone(), number(&expected.number));
            if let Some(at) = found.iter().position(is) {
                found.remove(at);
                right += 1;
            } else {
                println!("missed {} {}: {} ({})", expected.figure, expected.number, case.text, case.why);
            }
        }
        for (name, number) in &found {
            println!("false alarm {name} {number}: {} ({})", case.text, case.why);
        }
        alarms += found.len();
    }
    println!("{}: {} cases, {right} of {all} found, {alarms} false alarms", path.display(), cases.len());
    (all, right, alarms)
}

#[test]
fn narratives_written_apart_from_the_rule_are_judged_as_a_careful_reader_would() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/narratives.json");
    let (all, right, alarms) = examine(&path);
    assert_eq!(alarms, 0);
    assert!(right * 10 >= all * 9, "{right} of {all}");
    if let Some(more) = std::env::var_os("ZHIDU_NARRATIVES") {
        examine(Path::new(&more));
    }
}

/// Sentences by the habit of writing that they show, against the same figures.
#[derive(Deserialize)]
struct Kinds {
    figures: BTreeMap<String, Figure>,
    kinds: Vec<Habit>,
}

#[derive(Deserialize)]
struct Habit {
    kind: String,
    innocent: Vec<String>,
    /// A text, the figure that it contradicts, and the number it gives.
    wrong: Vec<(String, String, String)>,
}

#[test]
fn every_habit_of_writing_in_narratives_is_understood() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/narrative_kinds.json");
    let Kinds { figures, kinds } = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut faults = Vec::new();
    for habit in kinds {
        let innocent = habit.innocent.into_iter().map(|text| (text, None));
        let wrong = habit.wrong.into_iter().map(|(text, figure, number)| (text, Some((figure, number))));
        for (text, expected) in innocent.chain(wrong) {
            let found = found_in(&text, &figures, "云溪区");
            let expected: Vec<_> = expected.iter().map(|(name, it)| (name.clone(), number(it))).collect();
            if found != expected {
                faults.push(format!("{}: {text}: {found:?}, not {expected:?}", habit.kind));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What a text gives for a few figures: the figure, the sense and the number.
fn given(text: &str) -> Vec<(&'static str, Sense, String)> {
    const NAMES: [(&str, &str); 14] = [
        ("义务教育巩固率", "%"),
        ("巩固率", "%"),
        ("专任教师总数", "人"),
        ("专任教师数", "人"),
        ("骨干教师数", "人"),
        ("高于规定学历教师数", "人"),
        ("优质高中招生计划总数", "个"),
        ("生均公用经费", "元"),
        ("一般公共预算教育支出", "万元"),
        ("社会满意度", "%"),
        ("小学综合差异系数", ""),
        ("初中综合差异系数", ""),
        ("教师培训经费占学校公用经费预算", "%"),
        ("重大安全事故起数", "起"),
    ];
    let name =
        |(text, unit): (&str, &str)| Name { text: text.to_owned(), unit: unit.to_owned(), year: Some(YEAR) };
    let found = claims(text, &NAMES.map(name), "云溪区");
    found.into_iter().map(|it| (NAMES[it.name].0, it.sense, it.number.to_string())).collect()
}

#[track_caller]
fn check_given(text: &str, expected: &[(&str, &str)]) {
    let found = given(text);
    let found: Vec<(&str, &str)> = found.iter().map(|(name, _, number)| (*name, number.as_str())).collect();
    assert_eq!(found, expected, "{text}");
}

#[track_caller]
fn check_silent(texts: &[&str]) {
    for text in texts {
        check_given(text, &[]);
    }
}

#[test]
fn a_claim_is_a_name_with_its_number_and_unit() {
    check_given("义务教育巩固率达到99.52%。", &[("义务教育巩固率", "99.52")]);
    check_given(
        "目前，全区专任教师数共 1,234 人；骨干教师数为56人。",
        &[("专任教师数", "1234"), ("骨干教师数", "56")],
    );
    check_given("巩固率：９９％", &[("巩固率", "99")]);
    check_given("专任教师数（人）：1234", &[("专任教师数", "1234")]);
    check_given("“巩固率”为98.5%。", &[("巩固率", "98.5")]);
    check_given("巩固率（98.5%）较高。", &[("巩固率", "98.5")]);
    check_given("我区社会满意度（市级调查）为93.4%。", &[("社会满意度", "93.4")]);
}

#[test]
fn numbers_are_read_in_the_usual_writings() {
    check_given("巩固率为百分之九十九点五。", &[("巩固率", "99.5")]);
    check_given("巩固率为百分之百。", &[("巩固率", "100")]);
    check_given("专任教师数四千八百一十二名。", &[("专任教师数", "4812")]);
    check_given("专任教师数一千零二人。", &[("专任教师数", "1002")]);
    check_given("专任教师数1.2万人。", &[("专任教师数", "12000")]);
    check_given("专任教师数４，８１２人。", &[("专任教师数", "4812")]);
    check_given("一般公共预算教育支出12.35亿元。", &[("一般公共预算教育支出", "123500")]);
    check_given("一般公共预算教育支出820万元。", &[("一般公共预算教育支出", "820")]);
    check_given("生均公用经费0.51万元。", &[("生均公用经费", "5100")]);
    check_given("重大安全事故起数为零。", &[("重大安全事故起数", "0")]);
    check_silent(&[
        "巩固率为99.5。",
        "巩固率为99.5‰。",
        "专任教师数48 12人。",
        "专任教师数4812人次。",
        "专任教师数6万8千人。",
        "巩固率提高2个百分点。",
        "生均公用经费5120元/月。",
        "一般公共预算教育支出820。",
    ]);
}

#[test]
fn a_word_inside_a_name_is_no_qualifier() {
    check_given("高于规定学历教师数120人。", &[("高于规定学历教师数", "120")]);
    check_given("优质高中招生计划总数1680个。", &[("优质高中招生计划总数", "1680")]);
    check_given("教师培训经费占学校公用经费预算的5.8%。", &[("教师培训经费占学校公用经费预算", "5.8")]);
    check_silent(&["占专任教师数的96%，占专任教师数120人。", "非骨干教师数为56人。", "市级骨干教师数56人。"]);
}

#[test]
fn a_qualifier_holds_until_another_one_of_its_kind() {
    check_given("2022年，巩固率为97.8%；2023年，巩固率为98.9%。", &[("巩固率", "98.9")]);
    check_given("到2025年，巩固率力争达到99.9%；2023年，巩固率为98.9%。", &[("巩固率", "98.9")]);
    check_given("全市义务教育巩固率99.2%，我区义务教育巩固率98.9%。", &[("义务教育巩固率", "98.9")]);
    check_given("家长问卷：社会满意度95.2%；全区社会满意度94.1%。", &[("社会满意度", "94.1")]);
    check_given(
        "小学：综合差异系数0.31；初中：综合差异系数0.29。",
        &[("小学综合差异系数", "0.31"), ("初中综合差异系数", "0.29")],
    );
    check_silent(&[
        "根据规划目标，到2025年，全区巩固率达到99.9%，社会满意度达到95%。",
        "公办学校，专任教师数4800人，骨干教师数900人；民办学校，专任教师数700人。",
        "综合差异系数0.31。",
        "其中，骨干教师数120人。",
        "小学阶段，专任教师数2900人，骨干教师数520人。",
        "教师问卷：社会满意度93.8%。",
        "望山中学：专任教师数120人。",
        "第一学区专任教师数860人。",
        "东城区、西城区巩固率均为99.8%。",
        "近三年，巩固率为99%。",
        "2021年—2023年，巩固率为98%。",
        "2022—2023学年，巩固率为98%。",
        "五年来累计专任教师数2650人。",
    ]);
}

#[test]
fn the_assessed_year_is_no_qualifier() {
    for said in [
        "2023年",
        "2023年度",
        "２０２３年",
        "二〇二三年",
        "截至2023年底",
        "截至2023年12月31日，",
        "本年度",
        "今年，",
    ] {
        check_given(&format!("{said}巩固率为98.9%。"), &[("巩固率", "98.9")]);
    }
    for said in
        ["2022年", "截至2024年6月，", "2020年以来", "2023年以前", "上年", "去年，", "22年，", "明年，"]
    {
        check_silent(&[&format!("{said}巩固率为98.9%。")]);
    }
    check_silent(&[
        "巩固率2022年为97.8%。",
        "巩固率上年为97.8%。",
        "巩固率97.8%（2022年）。",
        "巩固率为97.8%，2023年为98.9%。",
    ]);
}

#[test]
fn a_heading_and_a_colon_qualify_the_lines_below() {
    check_silent(&[
        "三、下一步打算\n（一）控辍保学\n巩固率达到99.5%。\n专任教师数达到5000人。",
        "2022年主要数据：\n1.巩固率97.8%；\n2.专任教师数4700人。",
        "下一步，我区将加大投入。巩固率达到99.5%。",
    ]);
    check_silent(&[
        "（三）民办教育情况\n专任教师数700人。",
        "特殊教育。专任教师数45人，骨干教师数3人。",
        "年度任务书明确：巩固率99.5%。",
    ]);
    check_given("（三）民办教育\n平稳。\n（四）教师队伍\n专任教师数700人。", &[("专任教师数", "700")]);
    check_given("一、2022年情况\n平稳。\n二、主要成效\n巩固率98.9%。", &[("巩固率", "98.9")]);
}

#[test]
fn a_goal_behind_a_number_counts_unless_it_is_met() {
    check_given("巩固率为98.9%，完成年度目标。", &[("巩固率", "98.9")]);
    check_given("巩固率为98.9%（标准为不低于99%）。", &[("巩固率", "98.9")]);
    check_given("认真落实“三个增长”要求，巩固率为98.9%。", &[("巩固率", "98.9")]);
    check_silent(&[
        "巩固率达到99.9%，这是“十四五”末的目标。",
        "巩固率99.9%（目标值）。",
        "巩固率99%的要求得到落实。",
        "市级标准：巩固率99%。",
        "“巩固率达到99%”的要求得到落实。",
    ]);
}

#[test]
fn estimates_ranges_changes_and_lists_of_numbers_are_no_claims() {
    check_silent(&[
        "巩固率约99%。",
        "专任教师数近5000人。",
        "专任教师数4800余人。",
        "专任教师数4800多人。",
        "专任教师数4800人左右。",
        "巩固率98.7%—99.4%。",
        "巩固率97.1%→98.9%。",
        "生均公用经费由5400元增加到5600元。",
        "生均公用经费5400元，提高到5600元。",
        "巩固率98.2%、98.9%。",
        "巩固率分别为98.2%和98.9%。",
        "巩固率和入学率均为100%。",
        "巩固率不低于99%。",
        "骨干教师数120人中的80人。",
    ]);
}

#[test]
fn a_bound_is_held_against_the_figure_as_a_bound() {
    let sense = |text: &str| given(text).into_iter().map(|(_, sense, _)| sense).collect::<Vec<_>>();
    assert_eq!(sense("我区巩固率达到99%以上，处于前列。"), [Sense::AtLeast]);
    assert_eq!(sense("专任教师数超过5000人，力量雄厚。"), [Sense::AtLeast]);
    assert_eq!(sense("小学综合差异系数最大为0.4。"), [Sense::AtMost]);
    check_silent(&["确保巩固率达到99%以上。", "按照要求，巩固率达到99%以上。", "巩固率达到99%以上的要求。"]);
}

#[test]
fn a_name_may_be_written_otherwise_where_it_can_be_no_other() {
    let names = |texts: &[&str]| -> Vec<Name> {
        let name = |it: &&str| Name { text: (*it).to_owned(), unit: "次".to_owned(), year: Some(YEAR) };
        texts.iter().map(name).collect()
    };
    let found = |text: &str, of: &[&str]| claims(text, &names(of), "云溪区");
    let meetings = "区级学校安全工作联席会议次数";
    let text = "召开区级学校安全工作联席会议6次，印发纪要6期。";
    let [claim] = &found(text, &[meetings])[..] else { panic!("one claim") };
    assert!(claim.clipped);
    assert_eq!(claim.words, "区级学校安全工作联席会议6次");
    // Two names that are the same without their last word.
    assert_eq!(found(text, &[meetings, "区级学校安全工作联席会议总数"]), []);
    // Two counts are parts of a third one.
    let twice = format!("{text}召开区级学校安全工作联席会议2次，印发纪要2期。");
    assert_eq!(found(&twice, &[meetings]), []);
    // What is left of 应急演练次数 may be any drill.
    assert_eq!(found("应急演练6次。", &["应急演练次数"]), []);
}

#[track_caller]
fn check_against(text: &str, value: &str, limit: Option<Limit>, expected: Option<Contradiction>) {
    let names = [Name { text: "巩固率".to_owned(), unit: "%".to_owned(), year: Some(YEAR) }];
    let claims = claims(text, &names, "云溪区");
    assert_eq!(claims.len(), 1, "{text}");
    assert_eq!(contradiction(&claims[0], Quotient::of(number(value)), limit), expected, "{text} {value}");
}

#[test]
fn a_number_may_be_rounded_but_not_over_the_limit() {
    let limit = Limit::new(Op::AtLeast, number("99"));
    check_against("巩固率99.3%", "99.34", limit, None);
    check_against("巩固率99.4%", "99.35", limit, None);
    check_against("巩固率99%", "98.96", None, None);
    check_against("巩固率99%", "98.96", limit, Some(Contradiction::Rounded));
    check_against("巩固率99%", "98.5", limit, Some(Contradiction::Rounded));
    check_against("巩固率99%", "98.4", limit, Some(Contradiction::Differs));
    check_against("巩固率99%以上", "98.96", limit, Some(Contradiction::Differs));
    check_against("巩固率99%以上", "99.2", limit, None);
    check_against("巩固率2%", "1.5", None, Some(Contradiction::Differs));
}
