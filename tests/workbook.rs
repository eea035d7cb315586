//! The description of the submission: what stands where, and what is cut how.

#[path = "files/book.rs"]
mod book;
#[path = "files/district.rs"]
mod district;
#[path = "workbook/places.rs"]
mod places;
#[path = "files/sample.rs"]
mod sample;
#[path = "workbook/verdicts.rs"]
mod verdicts;

use proptest::prelude::*;
use zhidu::assessment::{Answer, State};
use zhidu::catalogue::{CatalogueKind, PointId};
use zhidu::score::score;
use zhidu::value::grid::letters;
use zhidu::value::number::Number;
use zhidu::value::points::Points;
use zhidu::workbook::hidden::chunks;
use zhidu::workbook::sheet::{Allowed, Cell, Content, Quantity, Sheet, Value, address};
use zhidu::workbook::{EXAMPLE, form, hidden, name, submission, submission_with_checkup, wrap};

use sample::{IDS, WHEN, catalogue, empty, filled, long_text};

#[test]
fn sheets_are_the_same_ones_in_the_same_order() {
    let names = |id: &str| {
        let catalogue = catalogue(id);
        let names =
            submission(&catalogue, &empty(&catalogue), WHEN).sheets.into_iter().map(|sheet| sheet.name);
        names.collect::<Vec<_>>().join(" ")
    };
    let scored = "封面 自评表 得分汇总 量化指标 数据 佐证材料目录 量化指标依据 说明 _zhidu_base _zhidu_head";
    assert_eq!(names("beijing-balance-2018"), scored);
    assert!(names("panjin-duties-2019").starts_with("封面 自评表 完成情况 "));
    assert!(names("beijing-duties-2023").starts_with("封面 自评表 完成情况 测评点 "));
    let catalogue = catalogue("beijing-balance-2018");
    let with = submission_with_checkup(&catalogue, &empty(&catalogue), WHEN);
    assert_eq!(with.sheets[7].name, "体检");
}

#[test]
fn every_entry_row_carries_its_point_and_its_number() {
    for id in IDS {
        let catalogue = catalogue(id);
        let sheet = form_of(id);
        let hidden = sheet.columns.len() - 2;
        assert!(sheet.columns[hidden].hidden && sheet.columns[hidden + 1].hidden);
        let mut last = String::new();
        let mut part = Points::ZERO;
        let mut points = 0;
        for row in sheet.rows.iter().filter(|row| row.cells.len() == sheet.columns.len()) {
            let (Content::Text(key), Content::Number(number)) =
                (&row.cells[hidden].content, &row.cells[hidden + 1].content)
            else {
                panic!("{id}: a row without a key")
            };
            if *key == last {
                part += Points::from_hundredths(100);
            } else {
                assert_eq!(*key, catalogue.points()[points].id.to_string());
                (last, part, points) = (key.clone(), Points::from_hundredths(100), points + 1);
            }
            assert_eq!(*number, part.into());
        }
        assert_eq!(points, catalogue.points().len());
        assert!(sheet.rows.len() > points, "{id} has a text that is cut");
    }
}

#[test]
fn sums_are_those_of_the_scorecard() {
    let catalogue = catalogue("beijing-balance-2018");
    let backup = filled(&catalogue);
    let card = score(&catalogue, &backup.assessment);
    assert!(card.total.refused > 0 && card.total.not_applicable > 0);
    let sheet = form_of("beijing-balance-2018");
    let sums: Vec<(&str, Value)> = cells(&sheet)
        .filter_map(|(_, cell)| match &cell.content {
            Content::Formula { formula, value } => Some((formula.as_str(), value.clone())),
            _ => None,
        })
        .collect();
    assert_eq!(sums.len(), 14, "two for each of six groups and two in total");
    let roots: Vec<Value> = catalogue.roots().map(|group| card.groups[group].got.into()).collect();
    let subtotals: Vec<Value> = sums.iter().skip(1).step_by(2).take(6).map(|sum| sum.1.clone()).collect();
    assert_eq!(subtotals, roots);
    assert_eq!(sums.last().map(|sum| sum.1.clone()), Some(card.total.got.into()));
    assert!(sums.iter().step_by(2).all(|(formula, _)| formula.starts_with("SUM")));
    // Sums of scores are none where there is no score.
    assert!(sums.iter().skip(1).step_by(2).all(|(formula, _)| formula.starts_with("IF(COUNT(")));
}

/// What a sum passes over must not be a number.
#[test]
fn a_score_that_does_not_count_is_a_text() {
    let catalogue = catalogue("beijing-balance-2018");
    let mut backup = empty(&catalogue);
    let typed = [
        ("abc", State::Complete),
        ("4.005", State::Drafting),
        ("-1", State::Complete),
        ("1", State::NotApplicable),
    ];
    for (point, (score, state)) in catalogue.points().iter().zip(typed) {
        let answer = Answer { score: score.into(), state, ..Answer::default() };
        backup.assessment.answers.insert(point.id.clone(), answer);
    }
    let workbook = submission(&catalogue, &backup, WHEN);
    let sheet = &workbook.sheets[1];
    for (score, _) in typed {
        assert!(cells(sheet).any(|(_, cell)| cell.content == Content::Text(score.to_owned())), "{score}");
    }
    let totals = &workbook.sheets[2];
    let last = totals.rows.last().unwrap();
    for cell in &last.cells[7..9] {
        let Content::Formula { value, .. } = &cell.content else { panic!("no sum") };
        assert_eq!(*value, "—".into());
    }
}

#[test]
fn only_states_and_scores_are_validated() {
    for id in IDS {
        let catalogue = catalogue(id);
        let sheet = form_of(id);
        let scored = catalogue.kind == CatalogueKind::Scored;
        assert_eq!(sheet.validations.len(), catalogue.points().len() * if scored { 2 } else { 1 });
        for validation in &sheet.validations {
            let cell = &sheet.rows[validation.rows.0 as usize].cells[validation.column];
            match &validation.rule {
                Allowed::OneOf(words) => {
                    assert_eq!(words.join(","), "未填,填报中,已完成,不适用");
                    assert!(matches!(&cell.content, Content::Text(text) if words.contains(text)));
                }
                Allowed::UpTo(maximum) => {
                    assert!(*maximum > Points::ZERO);
                    assert!(!matches!(cell.content, Content::Formula { .. }));
                }
                Allowed::FromZero { .. } | Allowed::Nothing => panic!("{validation:?}"),
            }
        }
    }
}

#[test]
fn an_example_says_so_on_every_visible_sheet() {
    let catalogue = catalogue("beijing-duties-2023");
    let mut backup = filled(&catalogue);
    backup.assessment.head.example = true;
    for sheet in submission(&catalogue, &backup, WHEN).sheets.iter().filter(|sheet| !sheet.very_hidden) {
        assert!(
            cells(sheet).any(|(_, cell)| cell.content == Content::Text(EXAMPLE.to_owned())),
            "{}",
            sheet.name
        );
        assert_eq!(sheet.page.as_ref().map(|page| page.header.as_str()), Some(EXAMPLE));
    }
}

#[test]
fn the_cover_is_for_the_district_and_the_rest_is_told_at_the_end() {
    let catalogue = catalogue("beijing-duties-2023");
    let sheets = submission(&catalogue, &empty(&catalogue), WHEN).sheets;
    let said = |name: &str, text: &str| {
        let sheet = sheets.iter().find(|sheet| sheet.name == name).unwrap();
        cells(sheet).any(|(_, cell)| matches!(&cell.content, Content::Text(it) if it.contains(text)))
    };
    for text in ["填表人", "审核人", "负责人", "电话", "盖章", "东城区", "110101", WHEN] {
        assert!(said("封面", text), "{text}");
    }
    for text in ["修改请回程序内进行", "隐藏", "r12", "原文校订"] {
        assert!(!said("封面", text) && !said("自评表", text), "{text}");
    }
    for text in ["修改请回程序内进行", "隐藏", "r12", "自评表", "佐证材料目录"] {
        assert!(said("说明", text), "{text}");
    }
}

/// Every page, and every screen, says which group its points belong to.
#[test]
fn each_point_has_the_names_of_its_groups_beside_it() {
    for id in IDS {
        let catalogue = catalogue(id);
        let sheet = form_of(id);
        let firsts = sheet.rows.iter().filter(|row| {
            row.cells
                .last()
                .is_some_and(|cell| cell.content == Content::Number(Points::from_hundredths(100).into()))
        });
        let firsts: Vec<_> = firsts.collect();
        assert_eq!(firsts.len(), catalogue.points().len());
        for group in catalogue.groups() {
            for row in &firsts[group.points.clone()] {
                assert!(matches!(row.cells[group.level - 1].content, Content::Text(_)), "{id} {}", group.no);
            }
            let Content::Text(first) = &firsts[group.points.start].cells[group.level - 1].content else {
                panic!()
            };
            assert!(first.starts_with(&group.no), "{id} {first}");
        }
    }
}

#[test]
fn what_a_person_may_edit_has_a_column_of_its_own() {
    let heads = |id: &str| {
        let sheet = form_of(id);
        let row = &sheet.rows[sheet.frozen as usize - 1];
        let text = |cell: &Cell| match &cell.content {
            Content::Text(text) => text.clone(),
            _ => String::new(),
        };
        row.cells.iter().map(text).collect::<Vec<_>>()
    };
    let scored = heads("beijing-balance-2018");
    for head in ["责任单位", "填报状态", "自评得分", "完成情况说明", "扣分原因", "不适用理由", "填报人"]
    {
        assert!(scored.iter().any(|it| it == head), "{head}");
    }
    assert!(!heads("panjin-duties-2019").iter().any(|it| it == "扣分原因"));
}

/// A text goes on beneath only where a row cannot show it.
#[test]
fn a_text_that_a_row_can_show_stands_in_one_row() {
    let catalogue = catalogue("beijing-balance-2018");
    let mut backup = empty(&catalogue);
    let (short, long) = (&catalogue.points()[0].id, &catalogue.points()[1].id);
    for (point, count) in [(short, 600), (long, 1_500)] {
        let narrative = long_text().chars().take(count).collect();
        backup.assessment.answers.insert(point.clone(), Answer { narrative, ..Answer::default() });
    }
    let sheet = submission(&catalogue, &backup, WHEN).sheets.remove(1);
    let rows = |point: &PointId| {
        let key = Content::Text(point.to_string());
        sheet.rows.iter().filter(|row| row.cells.iter().any(|cell| cell.content == key)).collect::<Vec<_>>()
    };
    assert_eq!(rows(short).len(), 1);
    assert!(rows(short)[0].height.unwrap() > 2_600);
    assert!(rows(long).len() > 2);
    // Three rows of a text that goes on stand on a page.
    assert!(rows(long)[1].height.unwrap() < 2_000);
}

#[test]
fn every_text_has_the_room_that_it_needs() {
    for id in IDS {
        let catalogue = catalogue(id);
        for sheet in
            submission(&catalogue, &filled(&catalogue), WHEN).sheets.iter().filter(|it| !it.very_hidden)
        {
            check_room(id, sheet);
        }
    }
}

/// Excel gives no row more than 409 points and merged cells do not grow.
#[track_caller]
fn check_room(id: &str, sheet: &Sheet) {
    for (place, cell) in cells(sheet) {
        let Content::Text(text) = &cell.content else { continue };
        let (row, column) = place;
        let (last_row, last_column) = sheet
            .merges
            .iter()
            .find(|area| (area.first_row as usize, area.first_column) == place)
            .map_or(place, |area| (area.last_row as usize, area.last_column));
        let width: u32 =
            sheet.columns[column..=last_column].iter().filter(|it| !it.hidden).map(|it| it.width).sum();
        let given: u32 = sheet.rows[row..=last_row].iter().map(|it| it.height.unwrap()).sum();
        assert!(sheet.rows[row].height.unwrap() <= 4090);
        let hidden = sheet.columns[column].hidden;
        let needed = wrap::lines(text, width) * 135;
        assert!(hidden || given >= needed, "{id} {} {}", sheet.name, address(row as u32, column));
    }
}

#[test]
fn merged_areas_do_not_overlap() {
    for id in IDS {
        let catalogue = catalogue(id);
        for sheet in submission(&catalogue, &filled(&catalogue), WHEN).sheets {
            let mut taken = std::collections::BTreeSet::new();
            for area in &sheet.merges {
                for row in area.first_row..=area.last_row {
                    for column in area.first_column..=area.last_column {
                        assert!(taken.insert((row, column)), "{id} {}", sheet.name);
                    }
                }
            }
        }
    }
}

#[test]
fn a_long_text_is_cut_behind_sentences() {
    let text = long_text();
    let parts = wrap::parts(&text, 36, 18);
    assert!(parts.len() > 5);
    assert!(parts.iter().all(|part| part.lines <= 18 && part.text.ends_with(['；', '。'])));
    assert_eq!(parts.iter().map(|part| part.text).collect::<String>(), text);
}

#[test]
fn a_sign_stays_with_its_letter() {
    let text = "👩\u{200D}🏫".repeat(400);
    for part in wrap::parts(&text, 10, 3) {
        assert!(!part.text.starts_with('\u{200D}'));
    }
}

proptest! {
    #[test]
    fn parts_put_together_are_the_text(text in any::<String>(), width in 1..60_u32, most in 1..20_u32) {
        let parts = wrap::parts(&text, width, most);
        prop_assert_eq!(parts.iter().map(|part| part.text).collect::<String>(), text.clone());
        prop_assert!(parts.iter().all(|part| !part.text.is_empty()) || text.is_empty());
        prop_assert!(parts.iter().all(|part| wrap::lines(part.text, width) <= most.max(2) + 1));
    }

    #[test]
    fn chunks_put_together_are_the_text(
        chars in prop::collection::vec(prop_oneof![any::<char>(), Just('𠀀')], 0..300),
        units in 1..9_usize,
    ) {
        let text: String = chars.into_iter().collect();
        let pieces = chunks(&text, units);
        prop_assert_eq!(pieces.concat(), text.as_str());
        prop_assert!(pieces.iter().all(|piece| piece.encode_utf16().count() <= units.max(2)));
    }

    #[test]
    fn file_names_are_allowed_everywhere(unit in any::<String>(), year in any::<String>()) {
        let catalogue = catalogue("beijing-balance-2018");
        let mut head = empty(&catalogue).assessment.head;
        head.unit_name = unit;
        head.year = year;
        let name = name::submission(&head, &catalogue.short, WHEN, u64::MAX);
        prop_assert!(name.len() <= 255 && name.ends_with(".xlsx") && !name.starts_with('.'));
        prop_assert!(!name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|']));
        prop_assert!(!name.chars().any(|c| c.is_control() || c.is_whitespace()));
    }
}

#[test]
fn file_names_say_who_what_and_when() {
    let catalogue = catalogue("beijing-balance-2018");
    let mut head = empty(&catalogue).assessment.head;
    assert_eq!(name::submission(&head, "优质均衡", WHEN, 12), "东城区_优质均衡_2026_20261123_r12.xlsx");
    assert_eq!(name::backup(&head, "优质均衡", WHEN, 12), "东城区_优质均衡_2026_20261123_r12_备份.json");
    head.example = true;
    head.unit_name = "A/B:区\u{202E}".into();
    head.year = " ".into();
    assert_eq!(
        name::submission(&head, "优质均衡", WHEN, 3),
        "示例_A＿B＿区_优质均衡_未填年度_20261123_r3.xlsx"
    );
    head.unit_name = "区".repeat(40_000);
    assert!(name::submission(&head, "优质均衡", WHEN, 3).len() < 255);
}

#[test]
fn columns_have_letters() {
    assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    assert_eq!(address(3, 8), "I4");
}

#[test]
fn the_head_sheet_holds_what_a_city_reads() {
    let catalogue = catalogue("beijing-balance-2018");
    let backup = filled(&catalogue);
    let workbook = submission(&catalogue, &backup, WHEN);
    let head = workbook.sheets.iter().find(|sheet| sheet.name == hidden::HEAD).unwrap();
    assert!(head.very_hidden);
    let names: Vec<&str> = hidden::first_column(head).take(23).collect();
    assert_eq!(
        names.join(" "),
        "zhidu-head layout assessment replica seq content_hash catalogue text_hash rules_hash unit_name unit_code year due \
         example exported measures reached missed missing absent reported people point"
    );
    assert_eq!(head.rows.len(), 23 + 54 + 1 + 57);
    let with = submission_with_checkup(&catalogue, &backup, WHEN);
    let with = with.sheets.iter().find(|sheet| sheet.name == hidden::HEAD).unwrap();
    let counts: Vec<&str> = hidden::first_column(with).skip(22).take(4).collect();
    assert_eq!(counts, ["errors", "warnings", "hints", "point"]);
    let scores = head.rows.iter().filter_map(|row| match row.cells.get(2)?.content {
        Content::Number(Quantity::Decimal(value)) => Some(value),
        _ => None,
    });
    let total = scores.fold(Number::ZERO, Number::plus);
    assert_eq!(Quantity::from(total), score(&catalogue, &backup.assessment).total.got.into());
}

fn form_of(id: &str) -> Sheet {
    let catalogue = catalogue(id);
    let sheets = submission(&catalogue, &filled(&catalogue), WHEN).sheets;
    sheets.into_iter().find(|sheet| sheet.name == form::NAME).unwrap()
}

fn cells(sheet: &Sheet) -> impl Iterator<Item = ((usize, usize), &Cell)> {
    let rows = sheet.rows.iter().enumerate();
    rows.flat_map(|(row, it)| it.cells.iter().enumerate().map(move |(column, cell)| ((row, column), cell)))
}
