//! What Excel, WPS and LibreOffice put on the clipboard, and CSV files, becomes
//! rows of 学校数据; nothing that was typed is lost on the way.

use std::collections::BTreeSet;

use proptest::prelude::*;
use zhidu::assessment::Assessment;
use zhidu::assessment::arrivals::Known;
use zhidu::assessment::history::{History, apply_all};
use zhidu::assessment::table::paste::{over, template};
use zhidu::assessment::table::sheet::{View, sum};
use zhidu::school::intake::{Proposal, stage_key, table_of};
use zhidu::school::{Column, School, Stage};
use zhidu::value::grid::Book;

use crate::arrivals::{check, fresh, names, says, taken};
use crate::measures::add_school;
use crate::sample::{scored, untouched};

const EXCEL: &str = include_str!("../data/schools/excel.txt");
const MERGED: &str = include_str!("../data/schools/merged.txt");
const PLAIN: &str = include_str!("../data/schools/plain.txt");
const EXPORT: &str = include_str!("../data/schools/export.csv");

fn pasted(text: &str) -> Proposal {
    Proposal::read(Book { sheets: vec![table_of(text)], ..Book::default() })
}

fn in_order(assessment: &Assessment) -> Vec<School> {
    assessment.schools_in_order().into_iter().map(|(_, school)| school.clone()).collect()
}

#[track_caller]
fn check_head(head: &str, column: Option<Column>) {
    let proposal = pasted(&format!("学校名称\t学段\t{head}\n一小\t小学\t1"));
    assert_eq!(proposal.sheets[0].sources[2].column, column, "{head}");
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
        ("公用经费（元）", Column::Funds),
        ("在校生数（必填）", Column::Pupils),
    ] {
        check_head(head, Some(column));
    }
    check_head("备注", None);
}

#[test]
fn a_table_of_excel_is_read_with_its_title_units_sums_and_remarks() {
    let proposal = pasted(EXCEL);
    check(&proposal, Column::Name, &["第一小学", "史家小学", "第三中学"]);
    check(&proposal, Column::Kind, &["小学", "小学", "初级中学"]);
    check(&proposal, Column::Pupils, &["1234", "八百", "900"]);
    check(&proposal, Column::Funds, &["120.5", "", "33"]);
    check(&proposal, Column::Equipment, &["123.456789", "1234567.8912元", "0"]);
    for words in ["表头以上 1", "合计或统计行 2", "空行 1", "备注、签章行 1", "小数过多"]
    {
        says(&proposal, words);
    }
}

#[test]
fn heads_in_two_rows_are_read_together() {
    let proposal = pasted(MERGED);
    let columns: Vec<_> = proposal.sheets[0].sources.iter().map(|it| it.column).collect();
    let known = [Column::Name, Column::Stage, Column::Teachers, Column::Degree, Column::Teaching];
    assert_eq!(columns, known.map(Some));
    assert_eq!(names(&proposal), ["第一小学"]);
}

#[test]
fn a_table_without_heads_waits_for_a_person() {
    let mut proposal = pasted(PLAIN);
    assert!(proposal.waits());
    proposal.assign_in_order(0);
    check(&proposal, Column::Code, &["1101", "1102"]);
    proposal.assign(0, 0, Some(Column::Code));
    assert!(proposal.waits(), "a column has one source, and nothing is the name");
}

#[test]
fn a_file_of_values_between_commas_is_the_same_pasted_and_read() {
    check(&pasted(EXPORT), Column::Pupils, &["1020", "abc"]);
    check(&pasted(EXPORT), Column::Name, &["附小, 东校区", "第三中学"]);
}

#[test]
fn a_block_goes_over_the_rows_that_are_there_and_is_taken_back_in_one_step() {
    let mut assessment = untouched(scored());
    add_school(&mut assessment, &[(Column::Name, "一小"), (Column::Pupils, "1"), (Column::Classes, "9")]);
    add_school(&mut assessment, &[(Column::Name, "二小"), (Column::Pupils, "2")]);
    let before = assessment.clone();
    let cells = [["", "3"], ["4", "5"], ["6", "７"]].map(|row| row.map(str::to_owned).to_vec()).to_vec();
    let rows = View::default().rows(&assessment);
    let edits = over(&assessment, &rows[..1], cells, Column::Pupils, fresh(&assessment));
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
    let proposal = pasted(&format!("{}一小{}", template(), ",".repeat(Column::ALL.len() - 1)));
    let sources = &proposal.sheets[0].sources;
    assert_eq!(sources.iter().filter_map(|it| it.column).collect::<Vec<_>>(), Column::ALL);
    assert!(sources.iter().all(|it| it.unit.is_none_or(|unit| unit.is_own())));
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
    assert_eq!(names(&View { words: "一\u{200b}⼩".into(), ..View::default() }), ["一小"]);
    let last = View::default().rows(&assessment).pop().unwrap();
    let kept = View { words: "一".into(), besides: vec![last], ..View::default() };
    assert_eq!(names(&kept), ["一小", "四小"]);
    let sum = sum(&assessment, &View::default().rows(&assessment), Column::Pupils);
    assert_eq!((sum.total.unwrap().to_string().as_str(), sum.empty, sum.refused), ("34", 1, 1));
}

proptest! {
    /// Whatever is pasted is read, and taking it twice changes nothing the second time;
    /// it adds nothing where name and stage tell every row from the others.
    #[test]
    fn any_text_is_read_and_taken_twice_changes_nothing(text in "(学校名称\t学段\t在校生数\n)?[\"\t\n,一1元小学校名称]{0,60}") {
        let mut proposal = pasted(&text);
        proposal.assign(0, 0, Some(Column::Name));
        let _ = (proposal.doubts(), proposal.left_out());
        let mut assessment = untouched(scored());
        taken(&mut assessment, &proposal, Known::Update);
        let again = taken(&mut assessment, &proposal, Known::Update);
        prop_assert_eq!(again.changed().count(), 0);
        let arrivals = proposal.arrivals();
        let keys: BTreeSet<_> =
            arrivals.iter().map(|it| (it.folded(Column::Name), stage_key(&it.cells))).collect();
        if keys.len() == arrivals.len() && keys.iter().all(|(name, _)| !name.is_empty()) {
            prop_assert_eq!(again.added(), 0);
        }
    }
}
