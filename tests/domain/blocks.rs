//! Blocks of 学校数据: what is copied is read back as the same cells, and clearing is
//! one step.

use proptest::prelude::*;
use zhidu::assessment::history::{History, apply_all};
use zhidu::assessment::table::block::{Block, changed_cells};
use zhidu::assessment::table::paste::over;
use zhidu::assessment::table::sheet::View;
use zhidu::assessment::{Assessment, RowId};
use zhidu::school::Column;
use zhidu::value::grid::text::from_clipboard;

use crate::measures::add_school;
use crate::sample::{row, scored, untouched};

/// Three schools with a name, a code and a type; no other cell is filled.
fn three() -> Assessment {
    let mut assessment = untouched(scored());
    for (name, code) in [("一小", "01"), ("二小", "02"), ("三小", "03")] {
        let cells = [(Column::Name, name), (Column::Code, code), (Column::Kind, "小学")];
        add_school(&mut assessment, &cells);
    }
    assessment
}

fn shown(assessment: &Assessment) -> Vec<RowId> {
    View::default().rows(assessment)
}

fn texts(assessment: &Assessment, column: Column) -> Vec<&str> {
    assessment.schools_in_order().into_iter().map(|(_, school)| school.text(column)).collect()
}

fn nothing_new() -> RowId {
    panic!("no row is added")
}

#[test]
fn a_block_is_the_same_from_whichever_corner_it_is_drawn() {
    let block = Block { from: (3, 4), to: (1, 9) };
    assert_eq!((block.top_left(), block.rows(), block.columns()), ((1, 4), 1..=3, 4..=9));
    assert!(block.contains((2, 9)) && !block.contains((2, 10)) && !block.contains((0, 5)));
}

#[test]
fn a_block_is_copied_in_the_shown_order_as_excel_copies_it() {
    let mut assessment = three();
    let rows = View { sort: Some((Column::Code, true)), ..View::default() }.rows(&assessment);
    let block = Block { from: (1, 1), to: (0, 0) };
    assert_eq!(block.text(&assessment, &rows), "三小\t03\r\n二小\t02\r\n");
    let quoted = Block { from: (0, 0), to: (0, 1) };
    assessment.schools.get_mut(&rows[0]).unwrap().set(Column::Name, "三\"小\"\n东\t校区");
    assert_eq!(quoted.text(&assessment, &rows), "\"三\"\"小\"\"\n东\t校区\"\t03\r\n");
    assert_eq!(Block { from: (7, 0), to: (9, 0) }.text(&assessment, &rows), "");
}

#[test]
fn a_block_is_filled_with_its_first_row_and_a_single_row_with_the_one_above() {
    let mut assessment = three();
    let rows = shown(&assessment);
    let edits = Block { from: (2, 2), to: (0, 1) }.filling_down(&assessment, &rows);
    assert_eq!(edits.len(), 2);
    apply_all(&mut assessment, &edits).unwrap();
    assert_eq!(texts(&assessment, Column::Code), ["01", "01", "01"]);
    assert_eq!(texts(&assessment, Column::Name), ["一小", "二小", "三小"]);
    let one = Block { from: (1, 0), to: (1, 0) };
    let edits = one.filling_down(&assessment, &rows);
    apply_all(&mut assessment, &edits).unwrap();
    assert_eq!(texts(&assessment, Column::Name), ["一小", "一小", "三小"]);
    // Above the first row there is nothing, and what is empty is filled down as well.
    assert_eq!(Block { from: (0, 0), to: (0, 3) }.filling_down(&assessment, &rows), []);
    assessment.schools.get_mut(&rows[0]).unwrap().set(Column::Code, "");
    let edits = Block { from: (0, 1), to: (1, 1) }.filling_down(&assessment, &rows);
    apply_all(&mut assessment, &edits).unwrap();
    assert_eq!(texts(&assessment, Column::Code), ["", "", "01"]);
}

#[test]
fn a_block_is_cleared_in_one_step_and_its_rows_stay() {
    let mut assessment = three();
    let before = assessment.clone();
    let rows = shown(&assessment);
    let edits = Block { from: (1, 0), to: (2, 1) }.clearing(&assessment, &rows);
    apply_all(&mut assessment, &edits).unwrap();
    assert_eq!(texts(&assessment, Column::Name), ["一小", "", ""]);
    assert_eq!(texts(&assessment, Column::Kind), ["小学", "小学", "小学"]);
    assert_eq!(Block { from: (1, 0), to: (2, 1) }.clearing(&assessment, &rows), []);
    let mut history = History::new();
    history.remember(edits, None);
    history.undo(&mut assessment).unwrap();
    assert_eq!(assessment, before);
}

#[test]
fn empty_rows_of_a_block_empty_the_rows_beneath_and_add_none() {
    let mut assessment = three();
    let rows = shown(&assessment);
    let cells = from_clipboard("甲\t\r\n\t\r\n合计\t5\r\n\t\r\n\r\n");
    let edits = over(&assessment, &rows, cells.rows, Column::Name, nothing_new);
    apply_all(&mut assessment, &edits).unwrap();
    assert_eq!(texts(&assessment, Column::Name), ["甲", "", "合计"]);
    assert_eq!(texts(&assessment, Column::Code), ["", "", "5"]);
}

#[test]
fn one_text_fills_a_block() {
    let mut assessment = three();
    let rows = shown(&assessment);
    let sponsor = Column::Sponsor as usize;
    let cells = Block { from: (2, sponsor), to: (1, sponsor) }.filled("公办");
    let edits = over(&assessment, &rows[1..], cells, Column::Sponsor, nothing_new);
    apply_all(&mut assessment, &edits).unwrap();
    assert_eq!(texts(&assessment, Column::Sponsor), ["", "公办", "公办"]);
}

#[test]
fn the_cells_that_a_step_has_changed_are_named() {
    let mut assessment = three();
    let rows = shown(&assessment);
    let mut history = History::new();
    let edits = Block { from: (1, 1), to: (2, 2) }.clearing(&assessment, &rows);
    apply_all(&mut assessment, &edits).unwrap();
    history.remember(edits, None);
    let mut found = changed_cells(&history.undo(&mut assessment).unwrap());
    found.reverse();
    assert_eq!(found, [(rows[1].clone(), Column::Code), (rows[2].clone(), Column::Code)]);
    let dropped = assessment.dropping_school(&rows[0]);
    assert_eq!(changed_cells(&dropped), []);
    assert_eq!(changed_cells(&assessment.adding_school(row(9))), [(row(9), Column::Name)]);
}

proptest! {
    #[test]
    fn what_is_copied_is_read_back_as_the_same_cells(
        cells in prop::collection::vec(prop::collection::vec("[一小\"\t\r\n ,1]{0,6}", 3), 1..5),
        (from, to) in ((0..5_usize, 0..3_usize), (0..5_usize, 0..3_usize)),
    ) {
        let columns = [Column::Name, Column::Code, Column::Kind];
        let mut assessment = untouched(scored());
        for texts in &cells {
            let filled: Vec<_> = columns.into_iter().zip(texts.iter().map(String::as_str)).filter(|it| !it.1.is_empty()).collect();
            add_school(&mut assessment, &filled);
        }
        let block = Block { from: (from.0 % cells.len(), from.1), to: (to.0 % cells.len(), to.1) };
        let copied = block.text(&assessment, &shown(&assessment));
        let read = from_clipboard(&copied);
        for (at, row) in cells[block.rows()].iter().enumerate() {
            for (column, text) in row[block.columns()].iter().enumerate() {
                let breaks = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n");
                prop_assert_eq!(read.text(at, column), breaks(text));
            }
        }
    }
}
