//! Submissions that come back: what nobody touched says nothing new, what somebody did is
//! found where it was done.

use std::sync::Arc;

use proptest::prelude::*;
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

fn file(catalogue: &Catalogue, backup: &Backup) -> Book {
    books::read(&write(&submission(catalogue, backup, WHEN)).unwrap()).unwrap()
}

fn back(catalogue: &Catalogue, book: &Book) -> Returned {
    let catalogue = Arc::new(catalogue.clone());
    read(book, |_| Some(Arc::clone(&catalogue)), None).unwrap()
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

/// Texts as people and programs leave them.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => Just(String::new()),
        3 => "[一-龥，。；0-9 ]{0,40}",
        2 => prop::collection::vec(any::<char>(), 0..12).prop_map(String::from_iter),
        1 => prop::sample::select(vec![
            " 前后有空格 ", "\n", "　", "=1+1", "'撇号", "_x000D_", "1e5", "007", "12％", "-", "TRUE", "2026-3-1",
            "第一段\r\n第二段", "制表\t符", "\u{1}\u{FFFE}控制", "未填", "无此类对象",
        ]).prop_map(str::to_owned),
        1 => Just(long_text()),
    ]
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

fn typed(mut backup: Backup, catalogue: &Catalogue, texts: &[(prop::sample::Index, String)]) -> Backup {
    let all = places(&backup.assessment, catalogue);
    for (at, text) in texts {
        let place = &all[at.index(all.len())];
        if let Some(edit) = backup.assessment.splice_to(place, text) {
            backup.assessment.apply(&edit).unwrap();
        }
    }
    backup
}

/// So many assessments are written and read in a usual run; `ZHIDU_ROUNDS` sets another
/// number.
fn rounds() -> u32 {
    std::env::var("ZHIDU_ROUNDS").ok().and_then(|count| count.parse().ok()).unwrap_or(500)
}

/// What is typed comes back as it was, of one catalogue: in tests of their own, so that
/// they run side by side.
macro_rules! rounds {
    ($($name:ident of $id:literal),+ $(,)?) => {
        proptest! {
            #![proptest_config(ProptestConfig {
                cases: rounds() / 4,
                max_shrink_iters: 200,
                ..ProptestConfig::default()
            })]
            $(
                #[test]
                fn $name(
                    begun in any::<bool>(),
                    texts in prop::collection::vec((any::<prop::sample::Index>(), text()), 0..60),
                ) {
                    check_typed($id, begun, &texts)?;
                }
            )+
        }
    };
}

rounds! {
    duties_come_back_as_they_were_typed of "beijing-duties-2023",
    balance_comes_back_as_it_was_typed of "beijing-balance-2018",
    reform_comes_back_as_it_was_typed of "beijing-reform-2020",
    tasks_come_back_as_they_were_typed of "panjin-duties-2019",
}

fn check_typed(id: &str, begun: bool, texts: &[(prop::sample::Index, String)]) -> Result<(), TestCaseError> {
    let catalogue = catalogue(id);
    let backup = if begun { district(&catalogue, false, true) } else { empty(&catalogue) };
    let backup = typed(backup, &catalogue, texts);
    let returned = back(&catalogue, &file(&catalogue, &backup));
    prop_assert_eq!(found(&returned), Vec::<String>::new());
    prop_assert_eq!(returned.theirs, backup.assessment);
    prop_assert_eq!(returned.remarks, vec![]);
    Ok(())
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
    let place = Place::Answer(
        returned.base.assessment.answers.keys().nth(5).unwrap().clone(),
        AnswerField::Narrative,
    );
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
    let place = Place::Answer(
        returned.base.assessment.answers.keys().nth(1).unwrap().clone(),
        AnswerField::Narrative,
    );
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
    let place = Place::Answer(
        returned.base.assessment.answers.keys().nth(8).unwrap().clone(),
        AnswerField::Narrative,
    );
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
    let place =
        Place::Answer(moved.base.assessment.answers.keys().nth(8).unwrap().clone(), AnswerField::Narrative);
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
    let place = Place::Answer(
        returned.base.assessment.answers.keys().nth(5).unwrap().clone(),
        AnswerField::Narrative,
    );
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

/// So many generated files are saved anew by other programs in a usual run;
/// `ZHIDU_RESAVED` sets another number.
fn resaved() -> u64 {
    std::env::var("ZHIDU_RESAVED").ok().and_then(|count| count.parse().ok()).unwrap_or(20)
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

/// Needs Python with openpyxl (`ZHIDU_PYTHON`) or LibreOffice (`ZHIDU_SOFFICE`): whoever
/// saves a file anew changes nothing of what it says.
#[test]
fn files_that_other_programs_have_saved_say_nothing_new() {
    let folder = std::env::temp_dir().join(format!("zhidu-resaved-{}", std::process::id()));
    let (written, saved) = (folder.join("written"), folder.join("saved"));
    std::fs::create_dir_all(&written).unwrap();
    let mut states = Vec::new();
    for seed in 0..resaved() {
        let catalogue = catalogue(IDS[(seed % 4) as usize]);
        let mut dice = Dice(seed + 1);
        let mut backup =
            if seed % 3 == 0 { filled(&catalogue) } else { district(&catalogue, seed % 3 == 1, false) };
        let all = places(&backup.assessment, &catalogue);
        for _ in 0..40 {
            let place = &all[dice.roll(all.len())];
            if let Some(edit) = backup.assessment.splice_to(place, &chance(&mut dice)) {
                backup.assessment.apply(&edit).unwrap();
            }
        }
        let bytes = write(&submission(&catalogue, &backup, WHEN)).unwrap();
        std::fs::write(written.join(format!("{seed:03}.xlsx")), bytes).unwrap();
        states.push((catalogue, backup));
    }
    let files: Vec<_> = (0..resaved()).map(|seed| written.join(format!("{seed:03}.xlsx"))).collect();
    if let Some(python) = std::env::var_os("ZHIDU_PYTHON") {
        let script = "import sys, pathlib, openpyxl\nto = pathlib.Path(sys.argv[1])\nto.mkdir(parents=True)\n\
                      for name in sys.argv[2:]:\n    openpyxl.load_workbook(name).save(to / pathlib.Path(name).name)\n";
        let mut command = std::process::Command::new(python);
        check_resaved(
            command.arg("-c").arg(script).arg(saved.join("openpyxl")).args(&files),
            &saved.join("openpyxl"),
            &states,
        );
    } else {
        println!("not saved by openpyxl, ZHIDU_PYTHON is not set");
    }
    if let Some(soffice) = std::env::var_os("ZHIDU_SOFFICE") {
        let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
        let mut command = std::process::Command::new(soffice);
        command.args([&profile, "--headless", "--convert-to", "xlsx", "--outdir"]);
        check_resaved(
            command.arg(saved.join("libreoffice")).args(&files),
            &saved.join("libreoffice"),
            &states,
        );
    } else {
        println!("not saved by LibreOffice, ZHIDU_SOFFICE is not set");
    }
    std::fs::remove_dir_all(folder).unwrap();
}

fn check_resaved(
    command: &mut std::process::Command,
    folder: &std::path::Path,
    states: &[(Catalogue, Backup)],
) {
    let done = command.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    for (seed, (catalogue, backup)) in states.iter().enumerate() {
        let path = folder.join(format!("{seed:03}.xlsx"));
        let returned = back(catalogue, &books::read(&std::fs::read(&path).unwrap()).unwrap());
        assert_eq!(found(&returned), Vec::<String>::new(), "{}", path.display());
        assert_eq!(returned.theirs, backup.assessment, "{}", path.display());
        assert_eq!(returned.remarks, [], "{}", path.display());
    }
}

/// What departments do to a file in a spreadsheet, by openpyxl (`ZHIDU_PYTHON`).
#[test]
fn what_people_do_to_the_sheets_is_survived() {
    let Some(python) = std::env::var_os("ZHIDU_PYTHON") else {
        return println!("nothing is done to the sheets, ZHIDU_PYTHON is not set");
    };
    let folder = std::env::temp_dir().join(format!("zhidu-returned-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let catalogue = catalogue(SCORED);
    let backup = book::finished(&catalogue);
    let path = folder.join("export.xlsx");
    std::fs::write(&path, write(&submission(&catalogue, &backup, WHEN)).unwrap()).unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/files/return_submission.py");
    let done = std::process::Command::new(python).arg(script).arg(&path).arg(&folder).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let given = Arc::new(catalogue.clone());
    let taken = |name: &str, known: Option<&Backup>| {
        let bytes = std::fs::read(folder.join(format!("{name}.xlsx"))).unwrap();
        read(&books::read(&bytes).unwrap(), |_| Some(Arc::clone(&given)), known)
    };
    let about = |name: &str| {
        let returned = taken(name, None).unwrap();
        assert_eq!(found(&returned), Vec::<String>::new(), "{name}");
        returned.remarks.into_iter().map(|remark| remark.about).collect::<Vec<_>>()
    };
    assert_eq!(about("sorted"), []);
    assert_eq!(about("renamed"), []);
    assert_eq!(about("column"), [About::NewColumn("科室备注".to_owned())]);
    assert_eq!(about("row-gone"), [About::Gone]);
    assert_eq!(about("row-copied"), [About::Twice]);
    for name in ["inspected", "values"] {
        assert_eq!(taken(name, None), Err(NotReturned::NoBase), "{name}");
        let returned = taken(name, Some(&backup)).unwrap();
        assert!(!returned.base_in_file);
        assert_eq!(returned.theirs, backup.assessment, "{name}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}

/// So many rearranged files are read in a usual run; `ZHIDU_REARRANGED` sets another number.
fn rearranged() -> u32 {
    std::env::var("ZHIDU_REARRANGED").ok().and_then(|count| count.parse().ok()).unwrap_or(500)
}

/// Something that happens to a file, by chance.
fn happens(book: &mut Book, dice: &mut Dice) {
    let at = dice.roll(book.sheets.len());
    let Some(grid) = book.sheets.get_mut(at) else { return };
    let (row, other) = (dice.roll(grid.rows.len()), dice.roll(grid.rows.len()));
    let column = dice.roll(grid.width());
    match dice.roll(12) {
        0 => drop((!grid.rows.is_empty()).then(|| grid.rows.remove(row))),
        1 => grid.rows.iter_mut().filter(|it| it.len() > column).for_each(|it| drop(it.remove(column))),
        2 => grid
            .rows
            .iter_mut()
            .filter(|it| it.len() > column)
            .for_each(|it| it.insert(column, String::new())),
        3 => {
            let copy = grid.rows.get(row).cloned().unwrap_or_default();
            grid.rows.insert(other.min(grid.rows.len()), copy);
        }
        4 if row != other && row < grid.rows.len() && other < grid.rows.len() => grid.rows.swap(row, other),
        5 => grid.name = chance(dice),
        6 => drop(book.sheets.remove(at)),
        7 => {
            let about = [
                zhidu::value::grid::About::Error,
                zhidu::value::grid::About::NoResult,
                zhidu::value::grid::About::Picture,
                zhidu::value::grid::About::Date,
            ][dice.roll(4)]
            .clone();
            grid.marks.push(zhidu::value::grid::Mark { row, column, about });
            grid.marks.sort_by_key(|mark| (mark.row, mark.column));
            grid.marks.dedup_by_key(|mark| (mark.row, mark.column));
        }
        8 => set(grid, row, column, ["99999999999", "-1", "0", "1"][dice.roll(4)]),
        9 => grid.rows.truncate(row),
        _ => {
            let text = chance(dice);
            set(grid, row, column, &text);
        }
    }
}

#[test]
fn whatever_happens_to_a_file_nothing_panics_and_nothing_is_removed() {
    let states = IDS.map(|id| {
        let catalogue = catalogue(id);
        let backup = filled(&catalogue);
        let book = file(&catalogue, &backup);
        (Arc::new(catalogue), backup, book)
    });
    for seed in 0..rearranged() {
        let (catalogue, backup, book) = &states[(seed % 4) as usize];
        let mut dice = Dice(u64::from(seed) + 77);
        let mut book = book.clone();
        for _ in 0..=dice.roll(12) {
            happens(&mut book, &mut dice);
        }
        let Ok(returned) = read(&book, |_| Some(Arc::clone(catalogue)), Some(backup)) else { continue };
        let base = &returned.base.assessment;
        let kept = |row: &RowId| returned.theirs.evidence.contains_key(row);
        assert!(base.evidence.keys().all(kept), "{seed}: a material is gone");
        for (point, answer) in &base.answers {
            let theirs = returned.theirs.answer(point);
            let items = answer.check_items.iter();
            assert!(items.clone().all(|item| theirs.check_items.iter().any(|it| it.id == item.id)), "{seed}");
        }
    }
}
