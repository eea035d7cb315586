//! Submissions that come back: what nobody touched says nothing new, what somebody did is
//! found where it was done.

use std::io::{Cursor, Read};
use std::sync::Arc;

use zhidu::assessment::edit::Edit;
use zhidu::assessment::place::{AnswerField, CheckItemField, EvidenceField, FigureField, HeadField, Place};
use zhidu::assessment::{Assessment, RowId, State};
use zhidu::catalogue::Catalogue;
use zhidu::office::{book as books, write};
use zhidu::record::backup::Backup;
use zhidu::record::compare::differences;
use zhidu::returned::{About, NotReturned, Returned, read};
use zhidu::school::Column;
use zhidu::value::grid::{Book, Grid};
use zhidu::workbook::{check_items, cover, evidence, figures, form, hidden, schools, submission};

use crate::book;
use crate::district::district;
use crate::sample::{Dice, IDS, WHEN, catalogue, empty, filled, long_text};

mod by_schools;
mod elsewhere;
mod generated;
mod hostile;
mod rearranged;
mod strings;
mod units;

/// How often in a usual run, unless the environment says otherwise.
fn usual<T: std::str::FromStr>(variable: &str, count: T) -> T {
    std::env::var(variable).ok().and_then(|count| count.parse().ok()).unwrap_or(count)
}

fn file(catalogue: &Catalogue, backup: &Backup) -> Book {
    books::read(&write(&submission(catalogue, backup, WHEN)).unwrap()).unwrap()
}

fn back(catalogue: &Catalogue, book: &Book) -> Returned {
    let catalogue = Arc::new(catalogue.clone());
    read(book, |_| Some(Arc::clone(&catalogue)), None).unwrap()
}

/// The files of a ZIP file by their names.
fn files(zip: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    let all = 0..zip.len();
    all.map(|at| {
        let mut file = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        (file.name().unwrap().into_owned(), bytes)
    })
    .collect()
}

/// What somebody is found to have done, in words.
fn found(returned: &Returned) -> Vec<String> {
    let changes = differences(&returned.base.assessment, &returned.theirs);
    changes.iter().map(|it| format!("{}: {} → {}", it.what, it.before, it.after)).collect()
}

#[track_caller]
fn check_untouched(catalogue: &Catalogue, backup: &Backup) {
    let returned = back(catalogue, &file(catalogue, backup));
    assert!(returned.base_in_file);
    assert_eq!(returned.base.assessment, backup.assessment);
    assert_eq!(found(&returned), Vec::<String>::new());
    assert_eq!(returned.theirs, backup.assessment);
    assert_eq!(returned.remarks, []);
}

#[test]
fn what_nobody_touched_says_nothing_new() {
    for id in IDS {
        let catalogue = catalogue(id);
        check_untouched(&catalogue, &empty(&catalogue));
        check_untouched(&catalogue, &filled(&catalogue));
        check_untouched(&catalogue, &district(&catalogue, true, false));
        check_untouched(&catalogue, &district(&catalogue, false, true));
        check_untouched(&catalogue, &book::finished(&catalogue));
    }
}

/// Every place at which a text can be typed into what is there.
fn places(assessment: &Assessment, catalogue: &Catalogue) -> Vec<Place> {
    let mut all: Vec<Place> = HeadField::ALL.into_iter().map(Place::Head).collect();
    for point in catalogue.points() {
        all.extend(AnswerField::ALL.map(|field| Place::Answer(point.id.clone(), field)));
        for item in &assessment.answer(&point.id).check_items {
            let place = |field| Place::CheckItem(point.id.clone(), item.id.clone(), field);
            all.extend(CheckItemField::ALL.map(place));
        }
    }
    for row in assessment.evidence.keys() {
        all.extend(EvidenceField::ALL.map(|field| Place::Evidence(row.clone(), field)));
    }
    for spec in &catalogue.figures {
        all.extend(FigureField::ALL.map(|field| Place::Figure(spec.id.clone(), field)));
    }
    for row in assessment.schools.keys() {
        all.extend(Column::ALL.map(|column| Place::School(row.clone(), column)));
    }
    all
}

/// Text that a seed makes: of every kind that people type and programs stumble over.
fn chance(dice: &mut Dice) -> String {
    let kinds = [
        "",
        "一是健全机制。二是保障经费！三是“强化督导”；",
        "第一段\n第二段\n\n第四段",
        " 前后有空格 ",
        "=1+1",
        "'撇号",
        "007",
        "1.50",
        "12％",
        "TRUE",
        "2026-3-1",
        "_x000D_",
        "生僻字𠀀𪚥，表情👩‍🏫",
        "<b>&amp;</b>",
        "无此类对象",
    ];
    match dice.roll(kinds.len() + 1) {
        0 => long_text(),
        nth => kinds[nth - 1].to_owned(),
    }
}

/// The sheet of this name.
fn sheet<'a>(book: &'a mut Book, name: &str) -> &'a mut Grid {
    book.sheets.iter_mut().find(|sheet| sheet.name == name).unwrap()
}

/// Row and column of the first cell that reads so.
fn cell(grid: &Grid, text: &str) -> (usize, usize) {
    let rows = grid.rows.iter().enumerate();
    let mut all =
        rows.flat_map(|(at, row)| row.iter().enumerate().map(move |(column, cell)| (at, column, cell)));
    let (row, column, _) = all.find(|(_, _, cell)| cell.as_str() == text).unwrap_or_else(|| panic!("{text}"));
    (row, column)
}

fn column(grid: &Grid, head: &str) -> usize {
    let plain = |text: &str| text.replace('\n', "");
    grid.rows.iter().find_map(|row| row.iter().position(|cell| plain(cell) == head)).unwrap()
}

fn set(grid: &mut Grid, row: usize, column: usize, text: &str) {
    grid.put(row, column, "x".to_owned());
    grid.rows[row][column] = text.to_owned();
}

/// A book of somebody and what it is made from, with one thing done to it.
fn edited(id: &str, edit: impl FnOnce(&mut Book, &Backup)) -> Returned {
    let catalogue = catalogue(id);
    let backup = filled(&catalogue);
    let mut book = file(&catalogue, &backup);
    edit(&mut book, &backup);
    back(&catalogue, &book)
}

/// The row of the first piece of a point in 自评表.
fn row_of(grid: &Grid, key: &str) -> usize {
    grid.rows.iter().position(|row| row.iter().any(|cell| cell == key)).unwrap()
}

const SCORED: &str = "beijing-balance-2018";

fn point(ordinal: usize) -> String {
    format!("{SCORED}.{ordinal:02}")
}

/// 完成情况说明 of the point with this ordinal.
fn narrative(returned: &Returned, ordinal: usize) -> Place {
    let id = returned.base.assessment.answers.keys().nth(ordinal - 1).unwrap();
    Place::Answer(id.clone(), AnswerField::Narrative)
}

#[track_caller]
fn check_alone(returned: &Returned, place: &Place, text: &str) {
    let base = &returned.base.assessment;
    let wanted = base.splice_to(place, text).map(|edit: Edit| {
        let mut after = base.clone();
        after.apply(&edit).unwrap();
        after
    });
    assert_eq!(found(returned).len(), 1, "{:?} {:?}", found(returned), returned.remarks);
    assert_eq!(returned.theirs, wanted.unwrap());
    assert_eq!(returned.remarks, []);
}

#[test]
fn a_text_that_was_changed_is_changed_and_nothing_else() {
    let returned = edited(SCORED, |book, _| {
        let grid = sheet(book, form::NAME);
        let (row, column) = (row_of(grid, &point(6)), column(grid, "完成情况说明"));
        set(grid, row, column, "改过的说明。");
    });
    let place = narrative(&returned, 6);
    check_alone(&returned, &place, "改过的说明。");
}

#[test]
fn a_piece_of_a_long_text_that_was_changed_leaves_the_others_as_they_were() {
    let returned = edited(SCORED, |book, _| {
        let grid = sheet(book, form::NAME);
        let (row, column) = (row_of(grid, &point(2)), column(grid, "完成情况说明"));
        let changed = grid.text(row + 1, column).replacen("统筹", "统一", 1);
        set(grid, row + 1, column, &changed);
    });
    let place = narrative(&returned, 2);
    let before = returned.base.assessment.text(&place);
    let after = returned.theirs.text(&place);
    assert_eq!(before.chars().count(), after.chars().count());
    assert_eq!(before.chars().zip(after.chars()).filter(|(a, b)| a != b).count(), 1);
    assert_eq!(found(&returned).len(), 1);
}

#[test]
fn rows_may_be_sorted_hidden_and_apart() {
    let returned = edited(SCORED, |book, _| {
        let grid = sheet(book, form::NAME);
        let first = row_of(grid, &point(1));
        grid.rows[first..].reverse();
        grid.hidden_rows = (first..first + 20).collect();
        let narrative = column(grid, "完成情况说明");
        let row = row_of(grid, &point(9));
        grid.rows.insert(row, Vec::new());
        let row = row_of(grid, &point(9));
        set(grid, row, narrative, "排序后改的。");
    });
    let place = narrative(&returned, 9);
    check_alone(&returned, &place, "排序后改的。");
}

#[test]
fn columns_may_be_moved_and_one_that_is_gone_empties_nothing() {
    let moved = edited(SCORED, |book, _| {
        let grid = sheet(book, form::NAME);
        let narrative = column(grid, "完成情况说明");
        for row in &mut grid.rows {
            let cell = if row.len() > narrative { row.remove(narrative) } else { String::new() };
            row.insert(0, cell);
        }
        let row = row_of(grid, &point(9));
        set(grid, row, 0, "移列后改的。");
    });
    let place = narrative(&moved, 9);
    check_alone(&moved, &place, "移列后改的。");
    let gone = edited(SCORED, |book, _| {
        let grid = sheet(book, form::NAME);
        let score = column(grid, "自评得分");
        grid.rows.iter_mut().filter(|row| row.len() > score).for_each(|row| drop(row.remove(score)));
    });
    assert_eq!(gone.theirs, gone.base.assessment);
    assert_eq!(gone.remarks.len(), 1);
    assert_eq!(gone.remarks[0].about, About::NoColumn("自评得分".to_owned()));
}

#[test]
fn the_hidden_columns_may_be_gone_and_the_sheets_renamed() {
    let returned = edited(SCORED, |book, _| {
        let grid = sheet(book, form::NAME);
        let row = row_of(grid, &point(6));
        let narrative = column(grid, "完成情况说明");
        set(grid, row, narrative, "没有隐藏列也认得。");
        let width = grid.width();
        grid.rows.iter_mut().for_each(|row| row.truncate(width - 2));
        grid.name = "Sheet1".to_owned();
        book.sheets.rotate_left(3);
    });
    let place = narrative(&returned, 6);
    check_alone(&returned, &place, "没有隐藏列也认得。");
}

#[test]
fn a_row_that_is_gone_is_named_and_removes_nothing() {
    let returned = edited(SCORED, |book, _| {
        let grid = sheet(book, form::NAME);
        let row = row_of(grid, &point(9));
        grid.rows.remove(row);
        let materials = sheet(book, evidence::NAME);
        let row = materials.rows.len() - 1;
        materials.rows.remove(row);
    });
    assert_eq!(returned.theirs, returned.base.assessment);
    let about: Vec<&About> = returned.remarks.iter().map(|it| &it.about).collect();
    assert_eq!(about, [&About::Gone, &About::Gone]);
    assert!(returned.remarks[0].content.contains('9'), "{:?}", returned.remarks[0]);
}

#[test]
fn two_rows_of_one_entry_are_named_and_neither_is_taken_where_they_differ() {
    let returned = edited(SCORED, |book, _| {
        let grid = sheet(book, form::NAME);
        let narrative = column(grid, "完成情况说明");
        let row = row_of(grid, &point(6));
        let copy = grid.rows[row].clone();
        grid.rows.push(copy);
        set(grid, row, narrative, "第一稿。");
    });
    assert_eq!(returned.theirs, returned.base.assessment);
    let [remark] = returned.remarks.as_slice() else { panic!("{:?}", returned.remarks) };
    assert_eq!(remark.about, About::Twice);
    assert!(remark.content.starts_with("第一稿。\n"));
}

#[test]
fn states_scores_and_units_are_read_as_they_were_typed() {
    let returned = edited(SCORED, |book, backup| {
        let grid = sheet(book, form::NAME);
        let [state, score, units] = ["填报状态", "自评得分", "责任单位"].map(|head| column(grid, head));
        let answers: Vec<_> = backup.assessment.answers.iter().collect();
        let row = row_of(grid, &point(5));
        let other = if answers[4].1.state == State::Complete { "填报中" } else { "已完成" };
        set(grid, row, state, other);
        set(grid, row, score, "１.５");
        set(grid, row_of(grid, &point(6)), units, "区教委");
        set(grid, row_of(grid, &point(7)), state, "做完了");
        set(grid, row_of(grid, &point(8)), score, "");
    });
    let id = |nth: usize| returned.base.assessment.answers.keys().nth(nth).unwrap().clone();
    let theirs = |nth| returned.theirs.answer(&id(nth));
    assert_eq!(theirs(4).score, "１.５");
    assert_ne!(theirs(4).state, returned.base.assessment.answer(&id(4)).state);
    assert_eq!(theirs(5).units, "区教委");
    assert_eq!(theirs(7).score, "");
    let [remark] = returned.remarks.as_slice() else { panic!("{:?}", returned.remarks) };
    assert_eq!((&remark.about, remark.content.as_str()), (&About::Word, "做完了"));
    let expected = 3 + usize::from(!returned.base.assessment.answer(&id(7)).score.is_empty());
    assert_eq!(found(&returned).len(), expected);
}

#[test]
fn materials_that_somebody_adds_and_cites_come_in_once() {
    let add = |book: &mut Book, _: &Backup| {
        let grid = sheet(book, evidence::NAME);
        let row = grid.rows.len();
        for (column, text) in ["", "新的通知", "东教发〔2026〕9号", "2026年5月", "区财政局", "3", "", "3、11"]
            .iter()
            .enumerate()
        {
            set(grid, row, column, text);
        }
        let row = grid.rows.len();
        set(grid, row, 1, "没有写要点的材料");
    };
    let returned = edited(SCORED, add);
    let fresh: Vec<&RowId> = returned
        .theirs
        .evidence
        .keys()
        .filter(|id| !returned.base.assessment.evidence.contains_key(*id))
        .collect();
    let [id] = fresh.as_slice() else { panic!("one") };
    let material = &returned.theirs.evidence[*id];
    assert_eq!((material.title.as_str(), material.unit.as_str()), ("新的通知", "区财政局"));
    assert_eq!(returned.theirs.points_citing(id).iter().map(|it| it.ordinal()).collect::<Vec<_>>(), [3, 11]);
    let [remark] = returned.remarks.as_slice() else { panic!("{:?}", returned.remarks) };
    assert_eq!((&remark.about, remark.content.as_str()), (&About::Unplaced, "没有写要点的材料"));
    // The same file gives the same rows.
    assert_eq!(edited(SCORED, add).theirs, returned.theirs);
}

#[test]
fn the_first_material_of_all_comes_in_too() {
    let catalogue = catalogue(SCORED);
    let mut book = file(&catalogue, &empty(&catalogue));
    let grid = sheet(&mut book, evidence::NAME);
    let row = grid.rows.len();
    for (column, text) in ["", "新的通知", "", "", "", "", "", "2"].iter().enumerate() {
        set(grid, row, column, text);
    }
    let returned = back(&catalogue, &book);
    assert_eq!(returned.remarks, []);
    assert_eq!(returned.theirs.evidence.values().next().unwrap().title, "新的通知");
}

#[test]
fn figures_notes_schools_check_items_and_the_cover_come_back() {
    let catalogue = catalogue("beijing-duties-2023");
    let backup = district(&catalogue, true, false);
    let mut book = file(&catalogue, &backup);
    let grid = sheet(&mut book, cover::NAME);
    let (row, label) = cell(grid, "审核人");
    set(grid, row, label + 1, "李红（代）");
    let grid = sheet(&mut book, figures::NAME);
    let row = row_of(grid, catalogue.figures[0].id.as_str());
    let [value, note] = ["数值", "口径或来源说明"].map(|head| column(grid, head));
    set(grid, row, value, "123456");
    set(grid, row, note, "据年报");
    let grid = sheet(&mut book, schools::NAME);
    let name = column(grid, "学校名称");
    let last = grid.rows.len();
    set(grid, last, name, "新建小学");
    let grid = sheet(&mut book, check_items::NAME);
    let row = grid.rows.len();
    for (column, text) in [catalogue.points()[1].no.as_str(), "", "", "查看台账", "齐全"].iter().enumerate()
    {
        set(grid, row, column, text);
    }
    let returned = back(&catalogue, &book);
    assert_eq!(returned.remarks, []);
    assert_eq!(returned.theirs.head.cover.reviewer, "李红（代）");
    assert_eq!(returned.theirs.figure(&catalogue.figures[0].id).raw, "123456");
    assert_eq!(returned.theirs.figure(&catalogue.figures[0].id).note, "据年报");
    assert_eq!(returned.theirs.schools.len(), backup.assessment.schools.len() + 1);
    let items = |it: &Assessment| it.answer(&catalogue.points()[1].id).check_items.len();
    assert_eq!(items(&returned.theirs), items(&backup.assessment) + 1);
}

#[test]
fn without_its_hidden_data_a_file_is_read_against_what_is_known() {
    let catalogue = catalogue(SCORED);
    let backup = filled(&catalogue);
    let mut book = file(&catalogue, &backup);
    book.sheets.retain(|sheet| sheet.name != hidden::BASE && sheet.name != hidden::HEAD);
    let given = Arc::new(catalogue.clone());
    let with = |known| read(&book, |_| Some(Arc::clone(&given)), known);
    assert!(with(None).is_err());
    let returned = with(Some(&backup)).unwrap();
    assert!(!returned.base_in_file);
    assert_eq!((returned.theirs, returned.remarks), (backup.assessment.clone(), vec![]));
    // Of another unit, or no submission at all, it is not read against what is open.
    let mut other = backup.clone();
    other.assessment.head.unit_name = "西城区".to_owned();
    assert_eq!(with(Some(&other)), Err(NotReturned::Other("东城区".to_owned())));
    let mut pay = Grid { name: "Sheet1".to_owned(), ..Grid::default() };
    pay.put(0, 0, "工资表".to_owned());
    let pay = Book { sheets: vec![pay], ..Book::default() };
    assert_eq!(read(&pay, |_| Some(Arc::clone(&given)), Some(&other)), Err(NotReturned::Foreign));
}
