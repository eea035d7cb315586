//! Which points each filter lets through.

use zhidu::assessment::{Answer, Assessment, CheckItem, Evidence, State};
use zhidu::catalogue::{Catalogue, PointId};
use zhidu::filter::{Filter, PointKind, matches, named_point, units_in_use};

use crate::sample::{catalogues, filled, row, scored, tasks, untouched};

fn ordinals(catalogue: &Catalogue, assessment: &Assessment, filter: &Filter) -> Vec<usize> {
    let found = matches(catalogue, assessment, filter, &[]);
    assert_eq!(found.len(), catalogue.points().len());
    (1..).zip(found).filter_map(|(ordinal, shown)| shown.then_some(ordinal)).collect()
}

/// The first points, up to 20, that a kind lets through.
#[track_caller]
fn check(kind: PointKind, expected: &[usize]) {
    let filter = Filter { kind: Some(kind), ..Filter::default() };
    let mut found = ordinals(scored(), &filled(), &filter);
    found.retain(|ordinal| *ordinal <= 20 || *ordinal == 54);
    assert_eq!(found, expected);
}

fn words(text: &str) -> Filter {
    Filter { words: text.to_owned(), ..Filter::default() }
}

#[test]
fn each_kind_lets_its_points_through() {
    let blank: Vec<usize> = (3..=20).filter(|it| ![9, 17].contains(it)).collect();
    check(PointKind::Blank, &blank);
    check(PointKind::Drafting, &[2, 17, 54]);
    check(PointKind::Complete, &[1]);
    let lost = scored().points()[0].points.unwrap().hundredths() > 350;
    check(PointKind::Reduced, if lost { &[1, 17] } else { &[17] });
    let bare: Vec<usize> = (2..=20).filter(|it| *it != 9).chain([54]).collect();
    check(PointKind::WithoutEvidence, &bare);
}

#[test]
fn losing_points_is_offered_only_where_points_are_scored() {
    let labels = |scored| PointKind::offered(scored, false).map(PointKind::label).collect::<Vec<_>>();
    assert_eq!(labels(true), ["未填", "填报中", "已完成", "失分", "无佐证"]);
    assert_eq!(labels(false), ["未填", "填报中", "已完成", "无佐证"]);
}

#[test]
fn an_empty_filter_lets_everything_through() {
    let blanks = Filter { unit: " ".to_owned(), words: "\u{3000} ".to_owned(), kind: None };
    for filter in [Filter::default(), blanks] {
        assert!(filter.is_empty());
        assert_eq!(ordinals(scored(), &filled(), &filter).len(), 54);
    }
    assert!(!words("教").is_empty());
}

#[test]
fn words_are_found_in_official_text_in_answers_and_in_materials() {
    let catalogue = scored();
    let id = |ordinal: usize| catalogue.points()[ordinal - 1].id.clone();
    let mut assessment = untouched(catalogue);
    let mut put = |ordinal: usize, answer: Answer| assessment.answers.insert(id(ordinal), answer);
    let text = |word: &str| format!("前{word}后");
    put(1, Answer { narrative: text("ⓝ甲"), ..Answer::default() });
    put(2, Answer { deduction: text("ⓝ乙"), ..Answer::default() });
    put(3, Answer { waiver: text("ⓝ丙"), ..Answer::default() });
    put(4, Answer { filler: text("ⓝ丁"), ..Answer::default() });
    put(5, Answer { units: text("ⓝ戊"), ..Answer::default() });
    let item = |text: String, finding: String| vec![CheckItem { id: row(9), text, finding }];
    put(6, Answer { check_items: item(text("ⓝ己"), String::new()), ..Answer::default() });
    put(7, Answer { check_items: item(String::new(), text("ⓝ庚")), ..Answer::default() });
    put(8, Answer { evidence: vec![row(1)], ..Answer::default() });
    put(9, Answer { evidence: vec![row(1)], ..Answer::default() });
    let material = Evidence {
        number: "08-01".to_owned(),
        title: text("ⓝ辛"),
        doc_no: text("ⓝ壬"),
        unit: text("ⓝ癸"),
        location: text("ABC柜"),
        ..Evidence::default()
    };
    assessment.evidence.insert(row(1), material);
    let found = |typed: &str| ordinals(catalogue, &assessment, &words(typed));
    for (ordinal, word) in (1..).zip(["ⓝ甲", "ⓝ乙", "ⓝ丙", "ⓝ丁", "ⓝ戊", "ⓝ己", "ⓝ庚"]) {
        assert_eq!(found(word), [ordinal], "{word}");
    }
    for word in ["ⓝ辛", "ⓝ壬", "ⓝ癸", "abc柜", "AbC", "08-01"] {
        assert_eq!(found(word), [8, 9], "{word}");
    }
    assert_eq!(found("ⓝ甲 ⓝ乙"), [] as [usize; 0], "all words must be there");
    assert_eq!(found("  ⓝ辛\u{3000}ⓝ壬 "), [8, 9]);
    assert_eq!(found("ⓝ无处"), [] as [usize; 0]);

    for (index, point) in catalogue.points().iter().enumerate() {
        let start: String = point.text.chars().take(15).take_while(|c| !c.is_whitespace()).collect();
        assert!(found(&start).contains(&(index + 1)), "official text of {}", point.id);
        let above = &catalogue.ancestors(index)[0].title;
        assert!(found(above).contains(&(index + 1)), "title above {}", point.id);
    }
}

#[test]
fn a_unit_finds_the_points_that_it_answers_for() {
    let catalogue = tasks();
    let mut assessment = untouched(catalogue);
    let unit = catalogue.departments.last().unwrap().clone();
    let of_catalogue: Vec<usize> = (1..)
        .zip(catalogue.points())
        .filter_map(|(ordinal, point)| point.units.contains(&unit).then_some(ordinal))
        .collect();
    let by_unit = |name: &str| Filter { unit: name.to_owned(), ..Filter::default() };
    assert!(!of_catalogue.is_empty() && of_catalogue.len() < catalogue.points().len());
    assert_eq!(ordinals(catalogue, &assessment, &by_unit(&format!(" {unit} "))), of_catalogue);

    let first: PointId = catalogue.points()[of_catalogue[0] - 1].id.clone();
    assessment.answers.insert(first, Answer { units: "新设局； 另一局".to_owned(), ..Answer::default() });
    assert_eq!(ordinals(catalogue, &assessment, &by_unit(&unit)), of_catalogue[1..]);
    assert_eq!(ordinals(catalogue, &assessment, &by_unit("另一局")), of_catalogue[..1]);
    assert_eq!(ordinals(catalogue, &assessment, &by_unit("另一")), [] as [usize; 0], "whole names only");

    let in_use = units_in_use(catalogue, &assessment);
    assert_eq!(in_use[..catalogue.departments.len()], catalogue.departments);
    assert_eq!(in_use[catalogue.departments.len()..], ["新设局", "另一局"]);
}

#[test]
fn all_that_is_set_must_hold() {
    let mut assessment = filled();
    let both = |kind, text: &str| Filter { kind: Some(kind), ..words(text) };
    assert_eq!(ordinals(scored(), &assessment, &both(PointKind::Complete, "联席会议制度")), [1]);
    assert_eq!(
        ordinals(scored(), &assessment, &both(PointKind::Drafting, "联席会议制度，全年")),
        [] as [usize; 0]
    );
    assessment.answers.iter_mut().for_each(|(_, answer)| answer.state = State::Drafting);
    assert_eq!(ordinals(scored(), &assessment, &both(PointKind::Drafting, "联席会议制度，全年")), [1]);
}

#[test]
fn a_number_leads_to_its_point_and_words_do_not() {
    for catalogue in catalogues() {
        for point in catalogue.points() {
            let first = catalogue.points().iter().find(|it| it.no == point.no).map(|it| it.ordinal);
            let label = &catalogue.point_label;
            for words in [point.no.clone(), format!("{label}{}", point.no), format!(" {label} {} ", point.no)]
            {
                assert_eq!(named_point(catalogue, &words), first, "{words}");
            }
        }
        for words in ["", " ", "要点", "99999", "教师 44", "44 教师"] {
            assert_eq!(named_point(catalogue, words), None, "{words}");
        }
    }
    assert_eq!(named_point(scored(), "要点４４"), Some(44));
    assert_eq!(named_point(scored(), "第44个要点"), Some(44));
}
