//! Files that other programs have saved, and what people do to them in spreadsheets.

use std::sync::Arc;

use zhidu::catalogue::Catalogue;
use zhidu::office::{book as books, write};
use zhidu::record::backup::Backup;
use zhidu::returned::{About, NotReturned, read};
use zhidu::workbook::submission;

use super::{SCORED, back, chance, found, places, usual};
use crate::book;
use crate::district::district;
use crate::sample::{Dice, IDS, WHEN, catalogue, filled};

/// So many generated files are saved anew by other programs in a usual run;
/// `ZHIDU_RESAVED` sets another number.
fn resaved() -> u64 {
    usual("ZHIDU_RESAVED", 20)
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
