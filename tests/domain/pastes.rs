//! What Excel, WPS and LibreOffice put on the clipboard, and CSV files, becomes
//! rows of 学校数据; nothing that was typed is lost on the way.

use proptest::prelude::*;
use zhidu::assessment::history::{History, apply_all};
use zhidu::assessment::{Assessment, RowId};
use zhidu::school::matching::Scale;
use zhidu::school::paste::{Known, Pasted, Skipped, from_clipboard, from_csv, template};
use zhidu::school::sheet::{View, sum};
use zhidu::school::{Column, School, Stage};

use crate::measures::add_school;
use crate::sample::{row, scored, untouched};

const EXCEL: &str = include_str!("../data/schools/excel.txt");
const MERGED: &str = include_str!("../data/schools/merged.txt");
const PLAIN: &str = include_str!("../data/schools/plain.txt");
const EXPORT: &str = include_str!("../data/schools/export.csv");

fn pasted(text: &str) -> Pasted {
    Pasted::read(from_clipboard(text), Column::Name)
}

fn fresh() -> impl FnMut() -> RowId {
    let mut next = 0xF000;
    move || {
        next += 1;
        row(next)
    }
}

/// The rows after adding what was pasted to an empty table.
fn added(pasted: &Pasted) -> Vec<School> {
    let mut assessment = untouched(scored());
    apply(&mut assessment, pasted, Known::Add);
    in_order(&assessment)
}

fn apply(assessment: &mut Assessment, pasted: &Pasted, known: Known) {
    let edits = pasted.edits(assessment, known, fresh());
    apply_all(assessment, &edits).unwrap();
}

fn in_order(assessment: &Assessment) -> Vec<School> {
    assessment.schools_in_order().into_iter().map(|(_, school)| school.clone()).collect()
}

#[track_caller]
fn check_cells(text: &str, cells: &[&[&str]]) {
    assert_eq!(from_clipboard(text), cells, "{text:?}");
}

#[track_caller]
fn check_head(head: &str, column: Option<Column>, scale: Scale) {
    let pasted = Pasted::read(vec![vec!["学校名称".into(), "学段".into(), head.into()]], Column::Name);
    let matched = pasted.columns().last().unwrap();
    assert_eq!((matched.column, matched.scale()), (column, scale), "{head}");
}

#[test]
fn cells_are_split_as_spreadsheets_copy_them() {
    check_cells("", &[]);
    check_cells("一", &[&["一"]]);
    check_cells("一\t二\r\n三\t四\r\n", &[&["一", "二"], &["三", "四"]]);
    check_cells("一\t\n\n\t二", &[&["一", ""], &[""], &["", "二"]]);
    check_cells("\"两\r\n行\"\t\"带\"\"引号\"\"\"\n", &[&["两 行", "带\"引号\""]]);
    check_cells("\u{FEFF}一\t二", &[&["一", "二"]]);
}

#[test]
fn a_quote_that_is_not_closed_swallows_nothing() {
    check_cells("\"一\t二\n三\t四", &[&["\"一", "二"], &["三", "四"]]);
    check_cells("\"一\"校\t二", &[&["\"一\"校", "二"]]);
    check_cells("5\" 管\t二", &[&["5\" 管", "二"]]);
}

#[test]
fn commas_within_numbers_are_not_taken_for_csv() {
    check_cells("1,234\n2,345\n", &[&["1,234"], &["2,345"]]);
    assert_eq!(from_clipboard(EXPORT)[1], ["附小, 东校区", "1101", "小学", "1,020"]);
    assert_eq!(from_clipboard(EXPORT), from_csv(EXPORT));
}

#[test]
fn heads_are_known_by_their_words_whatever_signs_stand_around() {
    for (head, column) in [
        ("在校生数", Column::Pupils),
        (" 在 校 生　数 ", Column::Pupils),
        ("*在校生数（人）", Column::Pupils),
        ("3.在校学生数[人]", Column::Pupils),
        ("56人及以上班数", Column::Classes56),
        ("5年完成360学时教师数", Column::Trained),
        ("教学及辅助用房（平方米）", Column::Teaching),
        ("其中：室内体育用房面积(㎡)", Column::IndoorSport),
        ("县(区)级以上骨干教师数", Column::Backbone),
        ("公用经费（单位：万元）", Column::Funds),
    ] {
        check_head(head, Some(column), Scale::Same);
    }
    check_head("公用经费（元）", Some(Column::Funds), Scale::FromYuan);
    check_head("备注", None, Scale::Same);
    check_head("学校名称", None, Scale::Same);
}

#[test]
fn a_table_of_excel_is_read_with_its_title_units_sums_and_remarks() {
    let pasted = pasted(EXCEL);
    assert!(pasted.headed);
    assert_eq!(pasted.skipped, Skipped { above: 1, heads: 2, sums: 2, blank: 1, remarks: 1 });
    let rows = added(&pasted);
    let texts = |column| rows.iter().map(|it| it.text(column)).collect::<Vec<_>>();
    assert_eq!(texts(Column::Name), ["第一小学", "史家 小学", "第三中学"]);
    assert_eq!(texts(Column::Kind), ["小学", "小学", "初级中学"]);
    assert_eq!(texts(Column::Pupils), ["1234", "八百", "900"]);
    assert_eq!(texts(Column::Funds), ["120.5", "", "33"]);
}

#[test]
fn yuan_become_ten_thousands_exactly_and_what_does_not_fit_is_refused() {
    let rows = added(&pasted(EXCEL));
    let texts: Vec<&str> = rows.iter().map(|it| it.text(Column::Equipment)).collect();
    assert_eq!(texts, ["123.456789", "1234567.8912元", "0"]);
    assert!(rows[1].number(Column::Equipment).is_err());
    let titled = "学校情况（单位：元）\t\n学校名称\t公用经费\n一小\t20000";
    assert_eq!(added(&pasted(titled))[0].text(Column::Funds), "2");
}

#[test]
fn heads_in_two_rows_are_read_together() {
    let pasted = pasted(MERGED);
    let columns: Vec<_> = pasted.columns().iter().map(|it| it.column).collect();
    let known = [Column::Name, Column::Stage, Column::Teachers, Column::Degree, Column::Teaching];
    assert_eq!(columns, known.map(Some));
    assert_eq!(pasted.rows().len(), 1);
}

#[test]
fn without_heads_the_columns_are_those_of_the_table() {
    let pasted = pasted(PLAIN);
    assert!(!pasted.headed);
    assert_eq!(added(&pasted)[1].text(Column::Code), "1102");
    let numbers = Pasted::read(from_clipboard("5\t6\t7"), Column::Funds);
    assert_eq!(added(&numbers)[0].text(Column::Training), "6");
    assert_eq!(numbers.columns().last().unwrap().column, None);
}

#[test]
fn a_match_can_be_changed_and_a_column_has_one_source() {
    let mut pasted = pasted(PLAIN);
    pasted.assign(0, Some(Column::Code));
    assert_eq!(pasted.columns()[1].column, None);
    pasted.assign(2, None);
    let cells = &added(&pasted)[0].cells;
    assert_eq!(cells.len(), 2);
    assert_eq!(cells[&Column::Code], "第一小学");
}

#[test]
fn known_schools_are_brought_up_to_date_and_empty_cells_take_nothing_away() {
    let mut assessment = untouched(scored());
    let one =
        [(Column::Name, "第一小学"), (Column::Stage, "小学"), (Column::Pupils, "5"), (Column::Arts, "3")];
    add_school(&mut assessment, &one);
    add_school(&mut assessment, &[(Column::Name, "第一小学"), (Column::Stage, "初中")]);
    let pasted = pasted(
        "学校名称\t学段\t在校生数\t艺术教师数\n第一小学\t小学部\t6\t\n第二小学\t小学\tx\t1\n第二小学\t小学\t7\t",
    );
    let outlook = pasted.outlook(&assessment, Known::Update);
    assert_eq!((outlook.added, outlook.updated, outlook.refused), (2, 1, 1));
    apply(&mut assessment, &pasted, Known::Update);
    let rows = in_order(&assessment);
    assert_eq!(rows.len(), 4);
    assert_eq!((rows[0].text(Column::Pupils), rows[0].text(Column::Arts)), ("6", "3"));
    apply(&mut assessment, &pasted, Known::Update);
    assert_eq!(in_order(&assessment).len(), 4);
    assert_eq!(pasted.outlook(&assessment, Known::Add).added, 3);
}

#[test]
fn rows_beneath_a_merged_name_are_of_the_same_school() {
    let pasted = pasted(
        "学校名称\t学校代码\t学校类型\t学段\t在校生数\n实验学校\t11\t九年制\t小学\t600\n\t\t\t初中\t300\n\t\t完中\t初中\t20\n三中\t12\t初中\t初中\t5\n",
    );
    let rows = added(&pasted);
    let texts = |column| rows.iter().map(|it| it.text(column)).collect::<Vec<_>>();
    assert_eq!(texts(Column::Name), ["实验学校", "实验学校", "实验学校", "三中"]);
    assert_eq!(texts(Column::Code), ["11", "11", "11", "12"]);
    assert_eq!(texts(Column::Kind), ["九年一贯制学校", "九年一贯制学校", "完全中学", "初级中学"]);
    assert_eq!(texts(Column::Stage), ["小学", "初中", "初中", "初中"]);
    assert_eq!(pasted.outlook(&untouched(scored()), Known::Add).merged, 2);
    let mut assessment = untouched(scored());
    apply(&mut assessment, &pasted, Known::Add);
    assert_eq!(pasted.outlook(&assessment, Known::Update).added, 0);
}

#[test]
fn a_name_is_taken_over_from_the_row_right_above_alone() {
    for (text, names) in [
        ("学校名称\t学段\t在校生数\n一小\t小学\t1\n小计\t\t1\n\t初中\t2", ["一小", ""].as_slice()),
        ("学校名称\t学段\t在校生数\n一小\t小学\t1\n\t\t\n\t初中\t2", &["一小", ""]),
        ("学校名称\t学段\t在校生数\n一小\t小学\t1\n备注：待核\n\t初中\t2", &["一小", ""]),
        ("学校名称\t学段\t在校生数\n\t初中\t2\n\t小学\t2", &["", ""]),
        ("学校名称\t学校代码\t学段\n一小\t1\t小学\n\t2\t初中", &["一小", ""]),
        ("学校名称\t备注\t学段\n一小\t\t小学\n\t见附件\t", &["一小"]),
        ("一小\t1\t小学\t小学\n\t\t\t初中", &["一小", ""]),
    ] {
        let pasted = pasted(text);
        let rows = added(&pasted);
        assert_eq!(rows.iter().map(|it| it.text(Column::Name)).collect::<Vec<_>>(), names, "{text}");
        assert_eq!(pasted.outlook(&untouched(scored()), Known::Add).merged, 0, "{text}");
    }
}

#[test]
fn a_name_is_no_longer_taken_over_when_its_column_is_left_out() {
    let mut pasted = pasted("学校名称\t学段\t在校生数\n一小\t小学\t1\n\t初中\t2");
    assert_eq!(pasted.outlook(&untouched(scored()), Known::Add).merged, 1);
    pasted.assign(0, None);
    assert_eq!(pasted.outlook(&untouched(scored()), Known::Add).merged, 0);
}

#[test]
fn a_block_goes_over_the_rows_that_are_there_and_is_taken_back_in_one_step() {
    let mut assessment = untouched(scored());
    add_school(&mut assessment, &[(Column::Name, "一小"), (Column::Pupils, "1"), (Column::Classes, "9")]);
    add_school(&mut assessment, &[(Column::Name, "二小"), (Column::Pupils, "2")]);
    let before = assessment.clone();
    let block = Pasted::read(from_clipboard("\t3\n4\t5\n6\t７"), Column::Pupils);
    let rows = View::default().rows(&assessment);
    let edits = block.edits_over(&assessment, &rows[..1], fresh());
    let mut history = History::new();
    apply_all(&mut assessment, &edits).unwrap();
    history.remember(edits, None);
    let texts: Vec<_> = in_order(&assessment)
        .iter()
        .map(|it| (it.text(Column::Pupils).to_owned(), it.text(Column::Senior).to_owned()))
        .collect();
    let wanted = [("", "3"), ("2", ""), ("4", "5"), ("6", "7")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(texts, wanted);
    history.undo(&mut assessment).unwrap();
    assert_eq!(assessment, before);
}

#[test]
fn the_template_is_read_back_as_it_stands() {
    let cells = from_csv(&template());
    let pasted = Pasted::read(cells, Column::Name);
    let columns: Vec<_> = pasted.columns().iter().filter_map(|it| it.column).collect();
    assert_eq!(columns, Column::ALL);
    assert!(pasted.columns().iter().all(|it| it.scale() == Scale::Same));
}

#[test]
fn rows_are_filtered_put_in_order_and_added_up_and_what_is_empty_is_not_nought() {
    let mut assessment = untouched(scored());
    for (name, stage, pupils) in
        [("一小", "小学", "30"), ("二小", "小学", ""), ("三中", "初中", "4"), ("四小", "小学", "很多")]
    {
        let cells = [(Column::Name, name), (Column::Stage, stage), (Column::Pupils, pupils)];
        add_school(&mut assessment, &cells.into_iter().filter(|it| !it.1.is_empty()).collect::<Vec<_>>());
    }
    let names = |view: &View| -> Vec<String> {
        let rows = view.rows(&assessment);
        rows.iter().map(|row| assessment.schools[row].text(Column::Name).to_owned()).collect()
    };
    let sorted = |descending| View { sort: Some((Column::Pupils, descending)), ..View::default() };
    assert_eq!(names(&sorted(false)), ["三中", "一小", "四小", "二小"]);
    assert_eq!(names(&sorted(true)), ["一小", "三中", "四小", "二小"]);
    assert_eq!(names(&View { stage: Some(Stage::Junior), ..View::default() }), ["三中"]);
    assert_eq!(names(&View { words: " 小".into(), faults: true, ..View::default() }), ["四小"]);
    let last = View::default().rows(&assessment).pop().unwrap();
    let kept = View { words: "一".into(), besides: vec![last], ..View::default() };
    assert_eq!(names(&kept), ["一小", "四小"]);
    let sum = sum(&assessment, &View::default().rows(&assessment), Column::Pupils);
    assert_eq!((sum.total.unwrap().to_string().as_str(), sum.empty, sum.refused), ("34", 1, 1));
}

proptest! {
    #[test]
    fn any_text_is_read_and_no_cell_is_lost(text in "[\"\t\n,一1元小学校名称]{0,60}") {
        let cells = from_clipboard(&text);
        let kept: usize = cells.iter().flatten().map(|cell| cell.chars().filter(|c| !"\"\t\n ,".contains(*c)).count()).sum();
        prop_assert_eq!(kept, text.chars().filter(|c| !"\"\t\n,".contains(*c)).count());
        let pasted = Pasted::read(cells, Column::Name);
        let assessment = untouched(scored());
        let outlook = pasted.outlook(&assessment, Known::Add);
        prop_assert!(outlook.added <= pasted.rows().len());
    }
}
