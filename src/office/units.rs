//! What 责任单位 fill in, as files: one workbook for each, several of them in a ZIP file
//! with an overview.

use std::io::{Cursor, Write};
use std::sync::Arc;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::assessment::share::state_name;
use crate::assessment::unit::{Role, UnitWork};
use crate::catalogue::Catalogue;
use crate::exchange::WriteUnitForms;
use crate::record::backup::{self, Backup};
use crate::workbook::{self, name, unit};

/// The file, and how many cells were compared. `progress` takes what is done and how much
/// of it.
///
/// # Errors
/// Why it was not written, in words to show.
pub fn forms(asked: &WriteUnitForms, progress: &mut dyn FnMut(String, u8)) -> Result<(u32, Vec<u8>), String> {
    let WriteUnitForms { catalogue, backup, units, when } = asked;
    let catalogue = Arc::new(Catalogue::parse(catalogue).map_err(|error| error.to_string())?);
    let backup = backup::read(backup.as_bytes()).map_err(|error| error.to_string())?;
    let division = backup.assessment.division(&catalogue);
    let works: Vec<&UnitWork> =
        units.iter().filter_map(|id| division.iter().find(|it| it.id == *id)).collect();
    let mut compared = 0;
    let mut written: Vec<(unit::Given, Vec<u8>)> = Vec::new();
    for (at, work) in works.iter().enumerate() {
        let percent = u8::try_from(at * 95 / works.len().max(1)).unwrap_or(95);
        progress(format!("正在写“{}”的填报表", work.name), percent);
        let (cells, given, bytes) = form(&catalogue, &backup, work, when)?;
        compared += cells;
        written.push((given, bytes));
    }
    if let ([_], Some((_, bytes))) = (works.as_slice(), written.first()) {
        return Ok((compared, bytes.clone()));
    }
    progress("正在写分工一览".to_owned(), 96);
    for (at, (given, _)) in written.iter_mut().enumerate() {
        given.file = format!("{:02}_{}", at + 1, given.file);
    }
    let given: Vec<unit::Given> = written.iter().map(|(given, _)| given.clone()).collect();
    let overview = unit::overview(&catalogue, &backup.assessment, &given, when);
    let bytes = super::write(&overview).map_err(|error| error.to_string())?;
    compared += super::verify::compare(&overview, &bytes, |_, _| {})?;
    let files = written.iter().map(|(given, bytes)| (given.file.as_str(), bytes.as_slice()));
    let zip = packed(std::iter::once(("00_分工一览.xlsx", bytes.as_slice())).chain(files), when);
    Ok((compared, zip.map_err(|error| format!("写入压缩包时出错：{error}"))?))
}

fn form(
    catalogue: &Arc<Catalogue>,
    backup: &Backup,
    work: &UnitWork,
    when: &str,
) -> Result<(u32, unit::Given, Vec<u8>), String> {
    let given = state_name(&backup.replica, backup.seq);
    let assessment = backup.assessment.share_for(catalogue, work, &given);
    let share = assessment.head.share.clone().ok_or("没有分工")?;
    let part = assessment.head.part_of(catalogue.clone());
    let file =
        name::unit_form(&assessment.head, &share, &catalogue.short, when, name::Way::to_unit(&assessment));
    let asked = unit::asked(&part, &assessment, &share);
    let cut = Backup { replica: backup.replica.clone(), seq: backup.seq, assessment, log: Vec::new() };
    let book = workbook::submission(&part, &cut, when);
    let bytes = super::write(&book).map_err(|error| format!("“{}”：{error}", work.name))?;
    let compared = super::verify(&book, &cut, &bytes).map_err(|error| format!("“{}”：{error}", work.name))?;
    let leads = work.points.iter().filter(|(_, role, _)| *role == Role::Lead).count();
    let contact = backup.assessment.units.get(&work.id).map(|unit| unit.contact.clone());
    Ok((compared, unit::Given { file, leads, share, asked, contact: contact.unwrap_or_default() }, bytes))
}

/// Workbooks are compressed already.
fn packed<'a>(
    files: impl Iterator<Item = (&'a str, &'a [u8])>,
    when: &str,
) -> Result<Vec<u8>, zip::result::ZipError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(moment(when).unwrap_or_default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name, options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// "2026-11-23 14:05", as files have it.
fn moment(when: &str) -> Option<DateTime> {
    let mut numbers = when.split(['-', ' ', ':']).map(str::parse::<u16>);
    let mut next = || numbers.next()?.ok();
    let year = next()?;
    let mut small = || next().and_then(|number| u8::try_from(number).ok());
    DateTime::from_date_and_time(year, small()?, small()?, small()?, small()?, 0).ok()
}
