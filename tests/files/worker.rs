//! What the file worker answers to what the page asks of it.

use zhidu::assessment::{AssessmentId, RowId};
use zhidu::exchange::{Asked, CheckBackup, ExportSubmission, MakeSample, ReadTable, Reply, SchoolTemplate};
use zhidu::office::{serve, verify, write};
use zhidu::record::backup::{self, Backup};
use zhidu::value::grid::Book;
use zhidu::workbook::submission;

use crate::sample::{WHEN, catalogue, empty, filled};
use crate::{keep, read_by_others};

#[test]
fn the_worker_answers_an_export_with_a_file() {
    let (_, json) = zhidu::catalogue::embedded()[0];
    let catalogue = zhidu::catalogue::Catalogue::parse(json).unwrap();
    let backup = filled(&catalogue);
    let request = ExportSubmission {
        catalogue: json.to_owned(),
        backup: backup::write(&backup),
        when: WHEN.to_owned(),
        with_checkup: false,
    }
    .request();
    let mut steps = Vec::new();
    let (reply, bytes) = serve::answer(&request, &[], &mut |reply| steps.push(reply));
    assert!(matches!(reply, Reply::Written { cells_compared } if cells_compared > 500), "{reply:?}");
    assert_eq!(bytes.unwrap(), write(&submission(&catalogue, &backup, WHEN)).unwrap());
    assert!(steps.len() >= 3 && steps.iter().all(|step| matches!(step, Reply::Progress { .. })));
}

#[test]
fn the_worker_makes_the_example_with_identities_of_its_own() {
    let (_, json) =
        zhidu::catalogue::embedded().iter().find(|(id, _)| *id == "beijing-balance-2018").unwrap();
    let made = |number: u128| {
        let id = AssessmentId::from_random(number);
        let request =
            MakeSample { catalogue: (*json).into(), id: id.clone(), seed: RowId::from_random(number) }
                .request();
        let (reply, bytes) = serve::answer(&request, &[], &mut |_| {});
        assert_eq!(reply, Reply::Sample);
        let example = backup::read(&bytes.unwrap()).unwrap().assessment;
        assert!(example.head.id == id && example.head.example);
        assert_eq!((example.evidence.len(), example.schools.len()), (60, 29));
        example
    };
    let (one, other) = (made(1), made(2));
    let catalogue = catalogue("beijing-balance-2018");
    let state = Backup { assessment: one.clone(), ..empty(&catalogue) };
    let workbook = submission(&catalogue, &state, WHEN);
    let bytes = write(&workbook).unwrap();
    verify(&workbook, &state, &bytes).unwrap();
    keep("example.xlsx", &bytes);
    read_by_others("example.xlsx");
    assert!(
        one.evidence
            .keys()
            .chain(one.schools.keys())
            .all(|row| { !other.evidence.contains_key(row) && !other.schools.contains_key(row) })
    );
    let (_, tasks) = zhidu::catalogue::embedded().iter().find(|(id, _)| *id == "panjin-duties-2019").unwrap();
    let (id, seed) = (AssessmentId::from_random(1), RowId::from_random(1));
    let (reply, bytes) =
        serve::answer(&MakeSample { catalogue: (*tasks).into(), id, seed }.request(), &[], &mut |_| {});
    assert!(matches!(reply, Reply::Failed { reason } if reason.contains("指标体系")));
    assert_eq!(bytes, None);
}

#[test]
fn the_worker_says_why_it_cannot() {
    let asked = |catalogue: &str, backup: &str| {
        let request = ExportSubmission {
            catalogue: catalogue.into(),
            backup: backup.into(),
            when: WHEN.into(),
            with_checkup: false,
        }
        .request();
        match serve::answer(&request, &[], &mut |_| {}) {
            (Reply::Failed { reason }, None) => reason,
            other => panic!("{other:?}"),
        }
    };
    let (_, json) = zhidu::catalogue::embedded()[0];
    let other = backup::write(&empty(&catalogue("panjin-duties-2019")));
    assert!(asked("{}", &other).contains("指标体系文件"));
    assert!(asked(json, "{}").contains("不是智督的备份文件"));
    assert!(asked(json, &other).contains("任务分解方案"));
}

#[test]
fn the_worker_says_whether_a_backup_is_whole() {
    let (_, json) = zhidu::catalogue::embedded()[0];
    let catalogue = zhidu::catalogue::Catalogue::parse(json).unwrap();
    let text = backup::write(&filled(&catalogue));
    let told = |bytes: &[u8]| serve::answer(&CheckBackup.request(), bytes, &mut |_| {});
    assert_eq!(told(text.as_bytes()), (Reply::Whole, None));
    for damaged in [&text[..200], &text.replacen("\"seq\": ", "\"seq\": 9", 1), "{}", ""] {
        let why = backup::read(damaged.as_bytes()).unwrap_err().to_string();
        assert_eq!(told(damaged.as_bytes()), (Reply::Failed { reason: why }, None));
    }
}

#[test]
fn a_reply_to_something_else_is_no_answer() {
    let bytes = || Some(vec![1]);
    let written = || Reply::Written { cells_compared: 1 };
    assert_eq!(SchoolTemplate::answer(written(), bytes()), bytes());
    assert_eq!(ExportSubmission::answer(written(), bytes()), bytes());
    assert_eq!(MakeSample::answer(Reply::Sample, bytes()), bytes());
    assert_eq!(ExportSubmission::answer(written(), None), None);
    assert_eq!(ExportSubmission::answer(Reply::Sample, bytes()), None);
    assert_eq!(MakeSample::answer(written(), bytes()), None);
    assert_eq!(ReadTable::answer(written(), bytes()), None);
    assert_eq!(CheckBackup::answer(Reply::Whole, None), Some(()));
    assert_eq!(CheckBackup::answer(Reply::Sample, bytes()), None);
    assert!(ReadTable::answer(Reply::Book { book: Book::default() }, None).is_some());
}
