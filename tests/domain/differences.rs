//! What an import would change: nothing is shown where nothing differs, and
//! nothing that differs is passed over.

use proptest::prelude::*;
use zhidu::assessment::{Answer, Assessment, CheckItem, Evidence, Figure, State};
use zhidu::catalogue::FigureId;
use zhidu::html::differences_table;
use zhidu::record::compare::{DifferencePlace, differences};

use crate::random;
use crate::sample::{filled, point, row, scored};

/// Point, texts, numbers of materials, 测评点.
type SeenAnswer = (String, Answer, Vec<String>, Vec<(String, String)>);

/// What a difference calls a text, how it reads in the sample, where it stands.
type Text<T> = (&'static str, &'static str, fn(&mut T) -> &mut String);

/// All that a person can see of an assessment; rows are known by what they hold.
#[derive(Debug, PartialEq)]
struct Seen {
    cover: Vec<String>,
    answers: Vec<SeenAnswer>,
    evidence: Vec<(String, Evidence)>,
}

fn seen(it: &Assessment) -> Seen {
    let head = &it.head;
    let cover = [&head.name, &head.unit_name, &head.unit_code, &head.year, &head.due];
    let foot = [&head.cover.filler, &head.cover.reviewer, &head.cover.leader, &head.cover.phone];
    let answers = it.answers.iter().map(|(id, answer)| {
        let numbers: Vec<String> = it.evidence_of(answer).map(|(_, row)| row.number.clone()).collect();
        let items: Vec<_> =
            answer.check_items.iter().map(|item| (item.text.clone(), item.finding.clone())).collect();
        let texts = Answer { evidence: Vec::new(), numbered: 0, check_items: Vec::new(), ..answer.clone() };
        (id.to_string(), texts, numbers, items)
    });
    Seen {
        cover: cover.into_iter().chain(foot).cloned().collect(),
        answers: answers
            .filter(|(_, texts, a, b)| !(texts == Answer::blank() && a.is_empty() && b.is_empty()))
            .collect(),
        evidence: it.evidence.iter().map(|(id, row)| (id.to_string(), row.clone())).collect(),
    }
}

#[track_caller]
fn check(change: impl Fn(&mut Assessment), place: DifferencePlace, what: &str, before: &str, after: &str) {
    let mut changed = filled();
    change(&mut changed);
    let found = differences(&filled(), &changed);
    let [found] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((&found.place, found.what), (&place, what));
    assert_eq!((found.before.as_str(), found.after.as_str()), (before, after));
}

#[test]
fn each_text_of_the_cover_is_mentioned() {
    let put: [Text<Assessment>; 9] = [
        ("名称", "东城区 优质均衡 2026", |it| &mut it.head.name),
        ("填报单位", "东城区", |it| &mut it.head.unit_name),
        ("单位代码", "110101", |it| &mut it.head.unit_code),
        ("年度", "2026", |it| &mut it.head.year),
        ("截止日期", "2026-12-15", |it| &mut it.head.due),
        ("填表人", "张三", |it| &mut it.head.cover.filler),
        ("审核人", "李四", |it| &mut it.head.cover.reviewer),
        ("负责人", "王五", |it| &mut it.head.cover.leader),
        ("电话", "010-12345678", |it| &mut it.head.cover.phone),
    ];
    for (what, before, text) in put {
        check(|it| *text(it) = "新".to_owned(), DifferencePlace::Cover, what, before, "新");
    }
}

#[test]
fn each_text_of_an_answer_is_mentioned() {
    let put: [Text<Answer>; 6] = [
        ("自评得分", "3.5", |it| &mut it.score),
        ("完成情况说明", "已建立联席会议制度，全年召开 4 次会议。\n详见附件。", |it| &mut it.narrative),
        ("扣分原因", "一次会议未形成纪要", |it| &mut it.deduction),
        ("不适用理由", "", |it| &mut it.waiver),
        ("责任单位", "区教委、区财政局", |it| &mut it.units),
        ("填报人", "张三", |it| &mut it.filler),
    ];
    let place = || DifferencePlace::Point(point(1));
    for (what, before, text) in put {
        let change = |it: &mut Assessment| *text(it.answers.get_mut(&point(1)).unwrap()) = "新".to_owned();
        check(change, place(), what, before, "新");
    }
    let answer =
        |it: &mut Assessment, change: fn(&mut Answer)| change(it.answers.get_mut(&point(1)).unwrap());
    check(|it| answer(it, |a| a.state = State::Drafting), place(), "填报状态", "已完成", "填报中");
    check(|it| answer(it, |a| a.evidence.reverse()), place(), "佐证材料清单", "01-03、01-01", "01-01、01-03");
}

#[test]
fn each_text_of_a_material_is_mentioned() {
    let put: [Text<Evidence>; 6] = [
        ("材料名称", "关于成立领导小组的通知", |it| &mut it.title),
        ("文号", "东政办发〔2025〕12号", |it| &mut it.doc_no),
        ("形成日期", "2025年9月", |it| &mut it.formed_on),
        ("提供单位", "区政府办公室", |it| &mut it.unit),
        ("页数", "6", |it| &mut it.pages),
        ("存放位置", "档案室 3 柜", |it| &mut it.location),
    ];
    for (what, before, text) in put {
        let change = |it: &mut Assessment| *text(it.evidence.get_mut(&row(0xA1)).unwrap()) = "新".to_owned();
        check(change, DifferencePlace::Evidence("01-01".to_owned()), what, before, "新");
    }
}

#[test]
fn a_material_that_holds_nothing_yet_is_mentioned() {
    let add = |it: &mut Assessment| {
        let material = Evidence { number: "09-01".to_owned(), ..Evidence::default() };
        it.evidence.insert(row(7), material);
    };
    check(add, DifferencePlace::Evidence("09-01".to_owned()), "编号", "", "09-01");
}

#[test]
fn check_items_are_mentioned_even_where_they_read_alike() {
    let items = |it: &mut Assessment, pairs: &[(&str, &str)]| {
        let items = (0xC1..).zip(pairs).map(|(id, (text, finding))| CheckItem {
            id: row(id),
            text: (*text).to_owned(),
            finding: (*finding).to_owned(),
        });
        it.answers.get_mut(&point(54)).unwrap().check_items = items.collect();
    };
    let place = || DifferencePlace::Point(point(54));
    check(
        |it| items(it, &[("查看会议纪要", "齐全")]),
        place(),
        "测评点",
        "查看会议纪要：齐全\n：",
        "查看会议纪要：齐全",
    );
    let (mut a, mut b) = (filled(), filled());
    items(&mut a, &[("甲：乙", "丙")]);
    items(&mut b, &[("甲", "乙：丙")]);
    assert_eq!(differences(&a, &b).len(), 1);
}

#[test]
fn identity_and_origin_are_no_difference() {
    let copy = filled().copy_as(zhidu::assessment::AssessmentId::from_random(9), filled().head.name);
    assert_eq!(copy.head.origin, Some(filled().head.id));
    assert_eq!(differences(&filled(), &copy), []);
}

#[test]
fn the_table_names_figures_and_points_as_the_catalogue_does() {
    let mut changed = filled();
    let catalogue = scored();
    for (id, text) in [("new-pupils", "1200"), ("figure-of-tomorrow", "7"), ("art-rooms-basis", "one-class")]
    {
        let figure = Figure { raw: text.into(), ..Figure::default() };
        changed.figures.insert(FigureId::parse(id).unwrap(), figure);
    }
    changed.answers.entry(point(17)).or_default().narrative.push('。');
    let html = differences_table(catalogue, &differences(&filled(), &changed), ["本机现有", "备份中"]);
    let spec = catalogue.figure(&FigureId::parse("new-pupils").unwrap()).unwrap();
    for place in [spec.name.as_str(), "数据 figure-of-tomorrow", "要点 17"] {
        assert!(html.contains(&format!("<th scope=\"row\">{place}</th>")), "{place} in {html}");
    }
    assert!(!html.contains("new-pupils"));
    // What was chosen is told by its label.
    assert!(html.contains("<td>按同时上课的一个班</td>") && !html.contains("one-class"), "{html}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn differences_are_shown_exactly_where_something_differs(
        before in random::assessment(),
        other in random::assessment(),
        mixed in any::<[bool; 3]>(),
    ) {
        let mut after = before.clone();
        if mixed[0] {
            after.head = other.head;
        }
        if mixed[1] {
            after.answers.extend(other.answers.into_iter().take(1));
        }
        if mixed[2] {
            after.evidence.extend(other.evidence.into_iter().take(1));
        }
        let found = differences(&before, &after);
        prop_assert_eq!(found.is_empty(), seen(&before) == seen(&after), "{:?}", found);
        let back = differences(&after, &before);
        prop_assert_eq!(found.len(), back.len());
    }
}
