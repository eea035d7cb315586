//! Forms and read-only pages as HTML: nothing of the document or of an answer
//! is missing, and no text of a person becomes a tag.

use std::collections::BTreeSet;

use proptest::prelude::*;
use zhidu::assessment::history::apply_all;
use zhidu::assessment::place::{AnswerField, CheckItemField, EvidenceField, FigureField, HeadField, Place};
use zhidu::assessment::{Answer, Assessment, State};
use zhidu::catalogue::{Catalogue, FigureKind, Group};
use zhidu::check::check;
use zhidu::html::act::{Act, CardAct, CheckAct, PageAct, PastAct, ReadAct, RowAct, SchoolsAct};
use zhidu::html::{
    Branch, CardFacts, CardState, analysis_page, aside, check_page, choices, chosen, cover, form, help,
    item_row, material_row, neighbour, print, tree, waiver,
};
use zhidu::measure::Data;
use zhidu::school::{Column, School};
use zhidu::score::{Tally, score};

use crate::random;
use crate::sample::{catalogues, filled, point, row, scored, tasks, untouched};

/// A piece of HTML: a tag with its attributes, or text without entities.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Tag(String),
    Text(String),
}

/// Reads what the pages write: in attributes and texts `<` and `>` are escaped.
fn pieces(html: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some((text, after)) = rest.split_once('<') {
        let (tag, after) = after.split_once('>').expect("a tag that ends");
        if !text.is_empty() {
            found.push(Piece::Text(unescaped(text)));
        }
        found.push(Piece::Tag(unescaped(tag)));
        rest = after;
    }
    assert_eq!(rest, "", "the page ends with a tag");
    found
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

fn texts(html: &str) -> Vec<String> {
    let texts = pieces(html).into_iter().filter_map(|piece| match piece {
        Piece::Text(text) => Some(text),
        Piece::Tag(_) => None,
    });
    texts.collect()
}

/// The values of an attribute, in order.
fn values(html: &str, attribute: &str) -> Vec<String> {
    let start = format!(" {attribute}=\"");
    let tags = pieces(html).into_iter().filter_map(|piece| match piece {
        Piece::Tag(tag) => Some(tag),
        Piece::Text(_) => None,
    });
    tags.filter_map(|tag| tag.split_once(&start)?.1.split_once('"').map(|(value, _)| value.to_owned()))
        .collect()
}

/// The page 分析.
pub fn analysed(catalogue: &Catalogue, assessment: &Assessment) -> String {
    let (data, card) = (Data::of(catalogue, assessment), score(catalogue, assessment));
    analysis_page(&data, &card, &check(&data, &card))
}

fn printed(catalogue: &Catalogue, assessment: &Assessment) -> String {
    print(catalogue, assessment, &score(catalogue, assessment).total)
}

fn pages_of(catalogue: &Catalogue) -> impl Iterator<Item = (usize, &Group)> {
    catalogue.pages().map(|index| (index, &catalogue.groups()[index]))
}

#[test]
fn every_address_of_a_text_is_read_back() {
    let mut places: Vec<Place> = HeadField::ALL.map(Place::Head).to_vec();
    places.extend(AnswerField::ALL.map(|field| Place::Answer(point(7), field)));
    places.extend(EvidenceField::ALL.map(|field| Place::Evidence(row(1), field)));
    places.extend(CheckItemField::ALL.map(|field| Place::CheckItem(point(100), row(2), field)));
    for place in &places {
        assert_eq!(Place::parse(&place.to_string()).as_ref(), Some(place));
    }
    let different: BTreeSet<String> = places.iter().map(Place::to_string).collect();
    assert_eq!(different.len(), places.len());
    assert_eq!(places[9].to_string(), "answer/beijing-balance-2018.07/score");
}

#[test]
fn an_address_of_something_else_is_none() {
    for address in [
        "",
        "/",
        "head",
        "head/",
        "head/name/",
        "head/Name",
        "answer/beijing-balance-2018.7/score",
        "answer/beijing-balance-2018.07",
        "answer/beijing-balance-2018.07/title",
        "evidence/short/title",
        "item/beijing-balance-2018.07/text",
        "tail/name",
    ] {
        assert_eq!(Place::parse(address), None, "{address}");
    }
}

#[test]
fn every_act_has_a_word_of_its_own() {
    let mut words = Vec::new();
    words.extend(PageAct::ALL.map(|act| (act.name(), Act::Page(act))));
    words.extend(CardAct::ALL.map(|act| (act.name(), Act::Card(act))));
    words.extend(RowAct::ALL.map(|act| (act.name(), Act::Row(act))));
    words.extend(PastAct::ALL.map(|act| (act.name(), Act::Past(act))));
    words.extend(CheckAct::ALL.map(|act| (act.name(), Act::Check(act))));
    words.extend(SchoolsAct::ALL.map(|act| (act.name(), Act::Schools(act))));
    words.extend(ReadAct::ALL.map(|act| (act.name(), Act::Read(act))));
    for (word, act) in words {
        assert_eq!(Act::named(word), Some(act), "{word}");
    }
    assert_eq!(Act::named("buy"), None);
}

#[test]
fn a_form_has_each_field_of_each_point_once() {
    for catalogue in catalogues() {
        let id = untouched(catalogue).head.id;
        let mut seen = Vec::new();
        for (group, _) in pages_of(catalogue) {
            let form = form(catalogue, &id, group, None);
            seen.extend(values(&form, "data-doc").into_iter().filter(|it| !it.starts_with("figure/")));
            let ids = values(&form, "id");
            assert!(!ids.is_empty());
            assert_eq!(BTreeSet::from_iter(&ids).len(), ids.len(), "{ids:?}");
        }
        let wanted = catalogue.points().iter().flat_map(|point| {
            let scored = point.points.is_some();
            let fields = AnswerField::ALL.into_iter().filter(move |field| match field {
                AnswerField::Score | AnswerField::Deduction => scored,
                AnswerField::Waiver => false,
                _ => true,
            });
            fields.map(|field| Place::Answer(point.id.clone(), field).to_string())
        });
        seen.sort();
        let mut wanted: Vec<String> = wanted.collect();
        wanted.sort();
        assert_eq!(seen, wanted, "{}", catalogue.id);
    }
}

#[test]
fn each_figure_is_asked_for_at_each_point_that_takes_it() {
    for catalogue in catalogues() {
        let id = untouched(catalogue).head.id;
        let forms: Vec<String> =
            pages_of(catalogue).map(|(group, _)| form(catalogue, &id, group, None)).collect();
        let all = forms.concat();
        for spec in &catalogue.figures {
            for point in catalogue.points_taking(&spec.id) {
                let field = format!("id=\"point-{}/figure/{}/raw\"", point + 1, spec.id);
                assert_eq!(all.matches(&field).count(), 1, "{field}");
            }
        }
    }
}

#[test]
fn a_form_has_the_official_text_of_each_point() {
    for catalogue in catalogues() {
        let id = untouched(catalogue).head.id;
        for (group, shown) in pages_of(catalogue) {
            let texts = texts(&form(catalogue, &id, group, None));
            assert!(texts.contains(&shown.heading()), "{}", shown.heading());
            for point in &catalogue.points()[shown.points.clone()] {
                assert!(texts.contains(&point.text), "{}", point.text);
            }
        }
    }
}

#[test]
fn a_filter_leaves_cards_and_groups_out() {
    let catalogue = scored();
    let id = untouched(catalogue).head.id;
    let mut matching = vec![false; catalogue.points().len()];
    matching[0] = true;
    let first = catalogue.pages().next().unwrap();
    assert_eq!(values(&form(catalogue, &id, first, Some(&matching)), "data-point"), ["0"]);
    let second = neighbour(catalogue, first, true, None).unwrap();
    let empty = form(catalogue, &id, second, Some(&matching));
    assert!(values(&empty, "data-point").is_empty());
    assert!(empty.contains("本组没有符合筛选条件的要点"));
    assert_eq!(neighbour(catalogue, first, true, Some(&matching)), None);
}

#[test]
fn the_way_through_the_groups_of_a_level_passes_every_point_once_and_leads_back() {
    for catalogue in catalogues() {
        let groups = catalogue.groups();
        let deepest = (0..groups.len()).filter(|index| catalogue.children(*index).next().is_none());
        for start in [catalogue.pages().next().unwrap(), deepest.clone().next().unwrap()] {
            let mut way = vec![start];
            while let Some(next) = neighbour(catalogue, way[way.len() - 1], true, None) {
                way.push(next);
            }
            let mut points = groups[start].points.start;
            for group in &way {
                assert_eq!(groups[*group].points.start, points, "nothing is skipped");
                points = groups[*group].points.end;
            }
            assert_eq!(points, catalogue.points().len());
            for pair in way.windows(2) {
                let back = neighbour(catalogue, pair[1], false, None).unwrap();
                assert_eq!(groups[back].points.end, groups[pair[1]].points.start);
            }
        }
        // From a group without groups in it the next sibling is next.
        for leaf in deepest {
            let sibling = groups.iter().position(|group| {
                group.parent == groups[leaf].parent && group.points.start == groups[leaf].points.end
            });
            if let Some(sibling) = sibling {
                assert_eq!(neighbour(catalogue, leaf, true, None), Some(sibling));
            }
        }
    }
}

#[test]
fn rows_carry_their_texts_and_their_tools() {
    let material = material_row(&row(3), "01-02");
    assert_eq!(values(&material, "data-row"), [row(3).to_string()]);
    let places = EvidenceField::ALL.map(|field| Place::Evidence(row(3), field).to_string());
    assert_eq!(values(&material, "data-doc"), places);
    assert_eq!(values(&material, "data-do"), ["raise-material", "lower-material", "drop-material"]);
    assert!(values(&material, "aria-label").contains(&"移除 01-02".to_owned()));

    let item = item_row(&point(2), &row(4));
    assert_eq!(values(&item, "data-doc").len(), 2);
    assert_eq!(values(&waiver(&point(2)), "data-doc"), ["answer/beijing-balance-2018.02/waiver"]);
}

#[test]
fn a_card_stands_as_its_answer_does() {
    let point = &scored().points()[0];
    let standing = |score: &str, deduction: &str, state| {
        let answer = Answer {
            state,
            score: score.to_owned(),
            deduction: deduction.to_owned(),
            narrative: "已完成𠀀".to_owned(),
            ..Answer::default()
        };
        CardState::of(&answer, &Tally::of(point, &answer))
    };
    let full = standing("4", "", State::Complete);
    assert!(full.full && !full.asks_reason && full.characters == 4);
    assert_eq!(full.classes(), "z-card z-card--complete");
    assert!(standing("3.5", " ", State::Drafting).asks_reason);
    assert!(!standing("3.5", "有一项未完成", State::Drafting).asks_reason);
    assert!(!standing("abc", "", State::Drafting).asks_reason);
    assert!(!standing("", "", State::Blank).full);
    assert!(!standing("4", "", State::NotApplicable).full, "an excluded point has no score");
}

#[test]
fn a_card_lists_its_materials_and_where_else_they_are() {
    let mut assessment = untouched(scored());
    let added = assessment.adding_evidence(&point(1), row(1));
    apply_all(&mut assessment, &added).unwrap();
    let cited = assessment.citing_evidence(&point(2), &row(1));
    apply_all(&mut assessment, &cited).unwrap();
    let facts = |at: usize| {
        let point = &scored().points()[at];
        CardFacts::of(scored(), &assessment, point, &Tally::of(point, assessment.answer(&point.id)))
    };
    let [first, second] = [facts(0), facts(1)];
    assert_eq!(first.materials.iter().map(|it| it.row.clone()).collect::<Vec<_>>(), [row(1)]);
    let nos = [0, 1].map(|at: usize| scored().points()[at].no.clone());
    assert_eq!(first.materials[0].shared, format!("同时用于 {}；在此修改，各处同步", nos[1]));
    assert_eq!(second.materials[0].shared, format!("同时用于 {}；在此修改，各处同步", nos[0]));
    assert_eq!(facts(2).materials, []);
    assert_eq!(facts(2).point, point(3));
}

#[test]
fn a_choice_shows_what_was_chosen_or_what_it_is_preset_to() {
    let has = |catalogue: &&Catalogue, kind| catalogue.figures.iter().any(|spec| spec.kind == kind);
    let catalogue = catalogues().iter().find(|it| has(it, FigureKind::Done)).unwrap();
    let of_kind = |kind| catalogue.figures.iter().find(|spec| spec.kind == kind).unwrap();
    let (choice, number) = (of_kind(FigureKind::Done), of_kind(FigureKind::Count));
    let mut assessment = untouched(catalogue);
    let preset = choice.default.clone().unwrap_or_default();
    assert_eq!(chosen(catalogue, &assessment, &choice.id), Some(preset));
    let typing = assessment.typing(&Place::Figure(choice.id.clone(), FigureField::Raw), "是");
    apply_all(&mut assessment, &typing).unwrap();
    assert_eq!(chosen(catalogue, &assessment, &choice.id), Some("是".to_owned()));
    assert_eq!(chosen(catalogue, &assessment, &number.id), None);
}

#[test]
fn the_tree_names_every_group_and_links_those_that_fit_a_page() {
    for catalogue in catalogues() {
        let html = tree(catalogue, &untouched(catalogue).head.id);
        let names = texts(&html);
        for group in catalogue.groups() {
            assert!(names.contains(&group.short_heading()), "{}", group.short_heading());
        }
        assert_eq!(values(&html, "href").len(), catalogue.groups().len());
    }
}

#[test]
fn a_branch_counts_what_is_done_or_what_is_found() {
    let group = &scored().groups()[1];
    let tally = Tally { points: group.points.len(), complete: 1, not_applicable: 1, ..Tally::default() };
    let all = Branch::of(group, &tally, None);
    assert_eq!((all.count.as_str(), all.settled, all.hidden), ("2/2", 2, false));
    assert!(all.done);
    let none = vec![false; 54];
    let found = Branch::of(group, &tally, Some(&none));
    assert_eq!((found.count.as_str(), found.hidden, found.found), ("符合 0", true, true));
    let begun = Branch::of(group, &Tally { points: 4, drafting: 3, ..Tally::default() }, None);
    assert_eq!(begun.count, "◐3 0/4");
    assert_eq!(begun.words, "已完成 0 / 4，填报中 3");
}

#[test]
fn help_has_the_texts_above_the_clauses_and_the_repairs() {
    for catalogue in catalogues() {
        for (index, point) in catalogue.points().iter().enumerate() {
            let texts = texts(&help(catalogue, index));
            for group in catalogue.ancestors(index) {
                assert!(texts.contains(&group.heading()));
            }
            for measure in &point.measures {
                assert!(texts.contains(&measure.quote) && texts.contains(&measure.limit_text()));
            }
            for repair in &point.repairs {
                assert!(texts.contains(&repair.raw) || repair.raw.is_empty(), "{}", repair.raw);
            }
        }
    }
    assert!(aside(scored(), None).contains("点选任一要点"));
    assert!(aside(scored(), Some(0)).contains("上级指标"));
    assert_eq!(help(scored(), 54), "");
}

#[test]
fn the_cover_has_all_its_fields() {
    let html = cover(tasks(), &untouched(tasks()));
    assert_eq!(values(&html, "data-doc"), HeadField::ALL.map(|field| Place::Head(field).to_string()));
    assert!(!html.contains("这是示例"));
}

#[test]
fn the_analysis_names_what_is_missing() {
    let assessment = filled();
    let html = analysed(scored(), &assessment);
    assert!(values(&html, "href").contains(&format!("#/a/{}/p/2", assessment.head.id)));
    let texts = texts(&html);
    let name = format!("{} 2", scored().point_label);
    let second = texts.iter().position(|text| *text == name).expect("point 2 lacks something");
    assert_eq!(texts[second + 1], " 得分有误、无佐证");
}

#[test]
fn a_material_to_cite_is_one_that_the_point_does_not_list() {
    let assessment = filled();
    let listed: Vec<String> = assessment.answer(&point(1)).evidence.iter().map(ToString::to_string).collect();
    let offered = values(&choices(&assessment, &point(1)), "value");
    assert!(offered.iter().all(|row| !listed.contains(row)));
    assert_eq!(offered.len() + listed.len(), assessment.evidence.len() + 1, "with the empty choice");
}

proptest! {
    /// Each text of an answer stands on the print as it is, and none of them
    /// opens a tag: the tags are those of the same form without texts.
    #[test]
    fn every_text_is_printed_as_it_is(answer in random::answer()) {
        let catalogue = scored();
        let mut assessment = untouched(catalogue);
        assessment.answers.insert(point(1), answer.clone());
        let found = texts(&printed(catalogue, &assessment));
        for text in [&answer.narrative, &answer.deduction, &answer.waiver, &answer.filler] {
            prop_assert!(text.is_empty() || found.contains(text), "{text:?}");
        }
        for item in &answer.check_items {
            let name = format!("测评点（自拟）：{}", item.text);
            prop_assert!(found.contains(&name), "{}", name);
            prop_assert!(item.finding.is_empty() || found.contains(&item.finding));
        }
    }

    /// No text becomes a tag, wherever it is shown.
    #[test]
    fn no_text_becomes_a_tag(assessment in random::assessment()) {
        let catalogue = scored();
        for html in [
            printed(catalogue, &assessment),
            analysed(catalogue, &assessment),
            choices(&assessment, &point(1)),
        ] {
            for piece in pieces(&html) {
                if let Piece::Tag(tag) = piece {
                    let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
                    let plain = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric());
                    prop_assert!(plain, "{tag:?}");
                    prop_assert!(name != "script", "{tag:?}");
                }
            }
        }
    }
}

#[test]
fn pages_of_schools_are_for_catalogues_whose_measures_use_them() {
    let of = scored().uses_of_schools();
    assert!(of.sums && of.coefficients);
    for catalogue in catalogues() {
        let measures = catalogue.points().iter().map(|point| point.measures.len()).sum::<usize>();
        let uses = catalogue.uses_of_schools();
        assert!(measures > 0 || (catalogue.figures.is_empty() && !uses.sums && !uses.coefficients));
    }
}

#[test]
fn a_problem_leads_to_its_field_or_its_cell() {
    let mut assessment = untouched(scored());
    let typed = [
        (Place::Answer(point(2), AnswerField::Score), "99"),
        (Place::School(row(8), Column::Teachers), "很多"),
    ];
    let cells = [(Column::Stage, "小学".to_owned())].into();
    assessment.schools.insert(row(8), School { place: 0, cells });
    for (place, text) in typed.clone() {
        let edits = assessment.typing(&place, text);
        zhidu::assessment::history::apply_all(&mut assessment, &edits).unwrap();
    }
    let data = Data::of(scored(), &assessment);
    let card = score(scored(), &assessment);
    let html = check_page(scored(), &assessment, &check(&data, &card), false);
    let aims = values(&html, "data-aim");
    assert!(aims.contains(&format!("[data-doc='{}']", typed[0].0)), "{aims:?}");
    assert_eq!(values(&html, "data-cell"), [typed[1].0.to_string()]);
}
