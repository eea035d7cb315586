//! Submissions as files: written, read back and compared; and samples for the
//! readers of others, see `tests/files/check_submission.py`.
#![cfg(feature = "office")]

#[path = "files/book.rs"]
mod book;
#[path = "files/district.rs"]
mod district;
#[path = "files/returned/mod.rs"]
mod returned;
#[path = "files/sample.rs"]
mod sample;
#[path = "files/worker.rs"]
mod worker;

use std::io::{Cursor, Read};

use proptest::prelude::*;
use zhidu::assessment::arrivals::{Known, Plan};
use zhidu::assessment::{Answer, MuteId, State};
use zhidu::exchange::{Asked, ExportSubmission, Reply, SchoolTemplate};
use zhidu::office::{book as books, serve, verify, write};
use zhidu::record::backup::{self, Backup};
use zhidu::record::state::content_hash;
use zhidu::school::intake::{Left, Proposal};
use zhidu::school::{Column, Sort};
use zhidu::value::grid::Origin;
use zhidu::workbook::sheet::{Allowed, Content};
use zhidu::workbook::template::template;
use zhidu::workbook::{Workbook, form, hidden, submission, submission_with_checkup, travelling};

use district::district;
use sample::{IDS, WHEN, catalogue, empty, filled, long_text};

#[test]
fn every_catalogue_is_written_and_read_back_equal() {
    for id in IDS {
        let catalogue = catalogue(id);
        for backup in [empty(&catalogue), filled(&catalogue)] {
            let workbook = submission(&catalogue, &backup, WHEN);
            let bytes = write(&workbook).unwrap();
            let compared = verify(&workbook, &backup, &bytes).unwrap();
            assert!(compared > 200, "{id}: {compared}");
        }
    }
}

/// The files that are looked at by people and checked by other programs.
#[test]
fn samples_for_other_readers() {
    for id in IDS {
        let catalogue = catalogue(id);
        let mut backup = filled(&catalogue);
        backup.assessment.head.example = id == "beijing-reform-2020";
        keep(&format!("{id}.xlsx"), &write(&submission(&catalogue, &backup, WHEN)).unwrap());
        keep(&format!("{id}-empty.xlsx"), &write(&submission(&catalogue, &empty(&catalogue), WHEN)).unwrap());
    }
    keep("long.txt", long_text().as_bytes());
}

/// The submission of a district that has finished, for people to look at.
#[test]
fn a_finished_submission_to_look_at() {
    for id in IDS {
        let catalogue = catalogue(id);
        let backup = book::finished(&catalogue);
        let workbook = submission(&catalogue, &backup, WHEN);
        let bytes = write(&workbook).unwrap();
        verify(&workbook, &backup, &bytes).unwrap();
        keep(&format!("finished-{id}.xlsx"), &bytes);
    }
}

/// Districts with schools and figures at and around limits: written and read
/// back, and read and computed anew by other programs where they are installed.
#[test]
fn other_programs_compute_the_same() {
    let cases = [
        ("beijing-balance-2018", true, true),
        ("beijing-balance-2018", false, false),
        ("panjin-duties-2019", true, false),
        // With nothing to count: 交通治理措施.
        ("beijing-duties-2023", true, false),
    ];
    for (id, sound, split) in cases {
        let catalogue = catalogue(id);
        let backup = district(&catalogue, sound, split);
        let workbook = submission(&catalogue, &backup, WHEN);
        let bytes = write(&workbook).unwrap();
        verify(&workbook, &backup, &bytes).unwrap();
        let name = format!("district-{id}-{sound}-{split}.xlsx");
        keep(&name, &bytes);
        read_by_others(&name);
    }
}

/// Needs Python with openpyxl (`ZHIDU_PYTHON`); computes anew with LibreOffice
/// (`ZHIDU_SOFFICE`).
fn read_by_others(name: &str) {
    let Some(python) = std::env::var_os("ZHIDU_PYTHON") else {
        return println!("{name}: not read by others, ZHIDU_PYTHON is not set");
    };
    let checker = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/files/check_submission.py");
    let mut command = std::process::Command::new(python);
    command.arg(checker).arg(folder().join(name));
    if let Some(soffice) = std::env::var_os("ZHIDU_SOFFICE") {
        command.arg("--soffice").arg(soffice);
    }
    let done = command.output().unwrap();
    println!("{}", String::from_utf8_lossy(&done.stdout));
    assert!(done.status.success(), "{name}: {}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn the_same_state_gives_the_same_bytes() {
    let catalogue = catalogue("beijing-balance-2018");
    let backup = filled(&catalogue);
    let once = write(&submission(&catalogue, &backup, WHEN)).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1100));
    assert_eq!(once, write(&submission(&catalogue, &backup, WHEN)).unwrap());
}

#[test]
fn a_text_like_a_formula_stays_a_text() {
    let catalogue = catalogue("beijing-balance-2018");
    let mut backup = empty(&catalogue);
    let formula = "=HYPERLINK(\"http://example.invalid\")";
    backup.assessment.head.unit_name = formula.into();
    for (point, start) in
        catalogue.points().iter().zip(["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
    {
        let text = format!("{start}1+1");
        let answer = Answer { narrative: text.clone(), deduction: text, ..Answer::default() };
        backup.assessment.answers.insert(point.id.clone(), answer);
    }
    let workbook = submission(&catalogue, &backup, WHEN);
    let bytes = write(&workbook).unwrap();
    verify(&workbook, &backup, &bytes).unwrap();
    let ours = ["SUM(", "SUMIFS(", "COUNTIFS(", "IF(", "'得分汇总'!"];
    for xml in parts(&bytes, "xl/worksheets/sheet") {
        for formula in xml.split("<f>").skip(1) {
            assert!(ours.iter().any(|start| formula.starts_with(start)), "{}", &formula[..40]);
        }
        assert!(!xml.contains("<hyperlink"));
    }
    assert!(parts(&bytes, "xl/styles.xml")[0].contains("quotePrefix=\"1\""));
}

#[test]
fn a_million_characters_are_all_there() {
    let catalogue = catalogue("beijing-duties-2023");
    let mut backup = empty(&catalogue);
    let point = catalogue.points()[4].id.clone();
    let narrative = "督".repeat(1_000_000);
    backup
        .assessment
        .answers
        .insert(point.clone(), Answer { narrative: narrative.clone(), ..Answer::default() });
    let workbook = submission(&catalogue, &backup, WHEN);
    let bytes = write(&workbook).unwrap();
    verify(&workbook, &backup, &bytes).unwrap();
    assert_eq!(shown(&workbook, &point.to_string(), "完成情况说明"), narrative);
}

#[test]
fn a_difference_is_found_wherever_it_is() {
    let catalogue = catalogue("beijing-balance-2018");
    let backup = filled(&catalogue);
    let workbook = submission(&catalogue, &backup, WHEN);
    let bytes = write(&workbook).unwrap();
    let mut spoilt = 0;
    for (sheet, original) in workbook.sheets.iter().enumerate() {
        for (row, _) in original.rows.iter().enumerate().step_by(7) {
            let mut other = workbook.clone();
            let cells = &mut other.sheets[sheet].rows[row].cells;
            let Some(cell) = cells.iter_mut().find(|cell| cell.content != Content::Blank) else { continue };
            cell.content = match &cell.content {
                Content::Text(text) => Content::Text(format!("{text} ")),
                Content::Formula { formula, .. } => {
                    let value = zhidu::value::points::Points::from_hundredths(99_999);
                    Content::Formula { formula: formula.clone(), value: value.into() }
                }
                _ => Content::Blank,
            };
            assert!(verify(&other, &backup, &bytes).is_err());
            spoilt += 1;
        }
    }
    assert!(spoilt > 30, "{spoilt}");
    let mut later = backup.clone();
    later.seq += 1;
    assert!(verify(&workbook, &later, &bytes).is_err());
}

#[test]
fn the_template_is_read_back_by_the_import_with_every_column() {
    let request = SchoolTemplate { when: WHEN.into() }.request();
    let (reply, bytes) = serve::answer(&request, &[], &mut |_| {});
    assert!(matches!(reply, Reply::Written { cells_compared } if cells_compared > 100), "{reply:?}");
    let bytes = bytes.unwrap();
    keep("template.xlsx", &bytes);
    let mut book = books::read(&bytes).unwrap();
    assert_eq!(book.origin, Origin::Template);
    let cells = &mut book.sheets[0].rows;
    assert_eq!(*cells, [Column::ALL.map(Column::head)]);
    cells.push(Column::ALL.map(|column| format!("{}的值", column.label())).to_vec());
    let proposal = Proposal::read(book);
    let taken: Vec<_> = proposal.sheets.iter().filter(|it| it.taken).collect();
    assert_eq!(taken.len(), 1, "the sheet that explains the columns is passed over");
    let columns: Vec<_> = taken[0].sources.iter().filter_map(|it| it.column).collect();
    assert_eq!(columns, Column::ALL);
    assert!(taken[0].sources.iter().all(|it| it.unit.is_none_or(|unit| unit.is_own())));
    assert_eq!(taken[0].counts().get(&Left::Sum), None);
    assert_eq!(proposal.arrivals().len(), 1);
}

/// The schools of a submission come in again as they went out.
#[test]
fn schools_of_a_submission_come_in_as_no_difference() {
    let catalogue = catalogue("beijing-balance-2018");
    let schools = district(&catalogue, true, false);
    let assessment = &schools.assessment;
    assert!(assessment.schools.len() > 3);
    let book = books::read(&write(&submission(&catalogue, &schools, WHEN)).unwrap()).unwrap();
    let proposal = Proposal::read(book);
    let taken: Vec<&str> = proposal.sheets.iter().filter(|it| it.taken).map(|it| it.name.as_str()).collect();
    assert_eq!(taken, ["学校数据"]);
    let plan = Plan::of(assessment, proposal.arrivals(), Known::Update);
    assert_eq!(
        (plan.added(), plan.changed().count()),
        (0, 0),
        "{:#?}",
        plan.rows.iter().filter(|it| it.target.is_none()).collect::<Vec<_>>()
    );
    assert_eq!(plan.same(), assessment.schools.len());
    assert!(proposal.doubts().iter().any(|it| it.text.contains("整份报送文件")));
}

#[test]
fn the_template_offers_words_checks_numbers_and_keeps_codes_as_text() {
    let workbook = template(WHEN);
    let sheet = &workbook.sheets[0];
    for column in Column::ALL {
        let rule = sheet.validations.iter().find(|it| it.column == column as usize).map(|it| &it.rule);
        match rule {
            Some(Allowed::OneOf(words)) => assert_eq!(*words, column.words()),
            Some(Allowed::FromZero { whole }) => assert_eq!(*whole, column.sort() == Sort::Count),
            other => assert!(other.is_none() && column.sort() == Sort::Text, "{other:?}"),
        }
    }
    let bytes = write(&workbook).unwrap();
    let xml = &parts(&bytes, "xl/worksheets/sheet1.xml")[0];
    assert!(xml.contains("ySplit=\"1\""), "the heads stay in sight");
    assert!(xml.contains("<dataValidation type=\"list\""));
    assert!(xml.contains("sqref=\"C2:C2001\""));
    assert!(parts(&bytes, "xl/styles.xml")[0].contains("numFmtId=\"49\""));
    let told = &workbook.sheets[1];
    let named = |column: &Column| {
        told.rows.iter().any(|row| row.cells[0].content == Content::Text(column.label().to_owned()))
    };
    assert!(Column::ALL.iter().all(named));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Every text comes back whole: in the visible cells and in the hidden data.
    #[test]
    fn any_text_survives_the_file(text in any_text(), name in any_text()) {
        let catalogue = catalogue("beijing-duties-2023");
        let mut backup = empty(&catalogue);
        backup.assessment.head.unit_name = name;
        let point = catalogue.points()[0].id.clone();
        let answer = Answer { narrative: text.clone(), state: State::Drafting, ..Answer::default() };
        backup.assessment.answers.insert(point.clone(), answer);
        let workbook = submission(&catalogue, &backup, WHEN);
        let bytes = write(&workbook).unwrap();
        prop_assert!(verify(&workbook, &backup, &bytes).is_ok(), "{:?}", verify(&workbook, &backup, &bytes));
        prop_assert_eq!(shown(&workbook, &point.to_string(), "完成情况说明"), text);
    }
}

fn any_text() -> impl Strategy<Value = String> {
    let c = prop_oneof![
        4 => any::<char>(),
        3 => prop::sample::select(vec!['。', '\n', '\r', '\t', '=', '_', 'x', '0', '<', '&', ' ', '𠀀', '👩', '\u{200D}']),
        5 => prop::char::range('一', '龥'),
    ];
    let kept = c.prop_filter("removed when a field is left", |c| !['\0', '\u{FFFE}', '\u{FFFF}'].contains(c));
    prop_oneof![
        prop::collection::vec(kept.clone(), 0..1500).prop_map(|chars| chars.into_iter().collect()),
        kept.prop_map(|c| std::iter::repeat_n(c, 900).collect()),
        Just("_x0041_ _x005F_".to_owned()),
    ]
}

/// The text of a column in the rows of one entry, put together again.
fn shown(workbook: &Workbook, key: &str, head: &str) -> String {
    let sheet = workbook.sheets.iter().find(|sheet| sheet.name == form::NAME).unwrap();
    let is = |content: &Content, text: &str| matches!(content, Content::Text(it) if it == text);
    let heads = sheet.rows.iter().find(|row| row.cells.iter().any(|cell| is(&cell.content, head))).unwrap();
    let column = heads.cells.iter().position(|cell| is(&cell.content, head)).unwrap();
    let hidden = sheet.columns.len() - 2;
    let rows =
        sheet.rows.iter().filter(|row| row.cells.get(hidden).is_some_and(|cell| is(&cell.content, key)));
    rows.filter_map(|row| match &row.cells[column].content {
        Content::Text(text) => Some(text.as_str()),
        _ => None,
    })
    .collect()
}

fn parts(bytes: &[u8], prefix: &str) -> Vec<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let names = names.into_iter().filter(|name| name.starts_with(prefix));
    let read = |name: String| {
        let mut text = String::new();
        archive.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    names.map(read).collect()
}

fn keep(name: &str, bytes: &[u8]) {
    std::fs::create_dir_all(folder()).unwrap();
    std::fs::write(folder().join(name), bytes).unwrap();
}

fn folder() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("submissions")
}

/// The base of a file is what its own sheet says, without the writer's help.
#[test]
fn the_hidden_data_are_the_backup() {
    let catalogue = catalogue("panjin-duties-2019");
    let backup: Backup = filled(&catalogue);
    let workbook = submission(&catalogue, &backup, WHEN);
    let base = workbook.sheets.iter().find(|sheet| sheet.name == hidden::BASE).unwrap();
    assert!(base.very_hidden);
    assert_eq!(hidden::joined(hidden::first_column(base)), Ok(backup::write(&backup)));
}

/// What was set aside, and why, is nowhere in the file unless it was to travel.
#[test]
fn the_checkup_travels_only_when_chosen() {
    let (_, json) = zhidu::catalogue::embedded()[0];
    let catalogue = zhidu::catalogue::Catalogue::parse(json).unwrap();
    let mut backup = filled(&catalogue);
    let reason = "已与财政部门核对无误";
    let mute = format!("blank:{}", catalogue.points()[0].id);
    backup.assessment.mutes.insert(MuteId::parse(&mute).unwrap(), reason.into());
    for with_checkup in [false, true] {
        let request = ExportSubmission {
            catalogue: json.to_owned(),
            backup: backup::write(&backup),
            when: WHEN.to_owned(),
            with_checkup,
        }
        .request();
        let (reply, bytes) = serve::answer(&request, &[], &mut |_| {});
        assert!(matches!(reply, Reply::Written { .. }), "{reply:?}");
        let bytes = bytes.unwrap();
        let travels = travelling(&backup, with_checkup);
        assert_eq!(travels == backup, with_checkup);
        let workbook = if with_checkup {
            submission_with_checkup(&catalogue, &backup, WHEN)
        } else {
            submission(&catalogue, &backup, WHEN)
        };
        assert!(verify(&workbook, &travels, &bytes).is_ok());
        assert_eq!(verify(&workbook, &backup, &bytes).is_ok(), with_checkup);
        let parts = parts(&bytes, "xl/");
        assert_eq!(parts.iter().any(|part| part.contains(reason)), with_checkup);
        assert_eq!(parts.iter().any(|part| part.contains(&mute)), with_checkup);
        assert_eq!(parts.iter().any(|part| part.contains("name=\"体检\"")), with_checkup);
        let hash = content_hash(&travels.assessment);
        assert!(self::parts(&bytes, "docProps/custom").iter().any(|part| part.contains(&hash)));
    }
}

/// What this program writes its own reader of others' files reads as it stands.
#[test]
fn a_submission_is_known_as_one_and_its_cells_come_exactly() {
    for id in IDS {
        let catalogue = catalogue(id);
        let workbook = submission(&catalogue, &filled(&catalogue), WHEN);
        let book = books::read(&write(&workbook).unwrap()).unwrap();
        assert_eq!(book.origin, Origin::Submission);
        assert_eq!(book.sheets.len(), workbook.sheets.len());
        for (read, meant) in book.sheets.iter().zip(&workbook.sheets) {
            assert_eq!((&read.name, read.hidden), (&meant.name, meant.very_hidden));
            for (row, cells) in meant.rows.iter().enumerate() {
                for (column, cell) in cells.cells.iter().enumerate() {
                    let text = match &cell.content {
                        Content::Text(text) if text.trim().is_empty() => String::new(),
                        Content::Text(text) => text.replace("\r\n", "\n").replace('\r', "\n"),
                        Content::Number(number) => number.to_string(),
                        Content::Formula { value, .. } => value.to_string(),
                        Content::Blank => String::new(),
                    };
                    let read = read.text(row, column);
                    assert_eq!(read.trim_end_matches('\n'), text.trim_end_matches('\n'));
                }
            }
        }
    }
}
