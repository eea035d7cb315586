//! Answers the page's requests. Pure: the worker around it only carries
//! messages.

use super::{book, sample, units};
use std::sync::Arc;

use crate::assessment::CatalogueRef;
use crate::catalogue::Catalogue;
use crate::exchange::{
    ExportSubmission, MakeSample, ReadSubmission, Reply, Request, SchoolTemplate, SubmissionRead,
};
use crate::record::backup::{self, Backup};
use crate::returned::{self, NotReturned};
use crate::workbook;

/// Does what is asked, of the file whose `bytes` came along if one did, and gives
/// the last reply, with the bytes of the file that was made. `progress` takes the
/// replies in between.
pub fn answer(request: &Request, bytes: &[u8], progress: &mut dyn FnMut(Reply)) -> (Reply, Option<Vec<u8>>) {
    let answer = match request {
        Request::ExportSubmission(asked) => export(asked, progress)
            .map(|(cells_compared, bytes)| (Reply::Written { cells_compared }, Some(bytes))),
        Request::WriteUnitForms(asked) => {
            let mut step = |step: String, percent| progress(Reply::Progress { step, percent });
            units::forms(asked, &mut step)
                .map(|(cells_compared, bytes)| (Reply::Written { cells_compared }, Some(bytes)))
        }
        Request::SchoolTemplate(SchoolTemplate { when }) => {
            template(when).map(|(cells_compared, bytes)| (Reply::Written { cells_compared }, Some(bytes)))
        }
        Request::Sample(MakeSample { catalogue, id, seed }) => {
            sample::backup_of(catalogue, id, seed).map(|bytes| (Reply::Sample, Some(bytes)))
        }
        Request::ReadTable(_) => {
            book::read(bytes).map(|book| (Reply::Book { book }, None)).map_err(|refusal| refusal.to_string())
        }
        Request::CheckBackup(_) => {
            backup::read(bytes).map(|_| (Reply::Whole, None)).map_err(|refusal| refusal.to_string())
        }
        Request::ReadSubmission(asked) => submission(asked, bytes).map(|reply| (reply, None)),
    };
    answer.unwrap_or_else(|reason| (Reply::Failed { reason }, None))
}

fn export(asked: &ExportSubmission, progress: &mut dyn FnMut(Reply)) -> Result<(u32, Vec<u8>), String> {
    let ExportSubmission { catalogue, backup, when, with_checkup } = asked;
    let mut step = |step: &str, percent| progress(Reply::Progress { step: step.to_owned(), percent });
    step("正在整理数据", 5);
    let catalogue = Catalogue::parse(catalogue).map_err(|error| error.to_string())?;
    let backup = backup::read(backup.as_bytes()).map_err(|error| error.to_string())?;
    if backup.assessment.head.catalogue.id != catalogue.id {
        return Err(format!(
            "此自评使用的指标体系是“{}”，不是“{}”",
            backup.assessment.head.catalogue.title, catalogue.title
        ));
    }
    let catalogue = backup.assessment.head.part_of(Arc::new(catalogue));
    let submission = if *with_checkup {
        workbook::submission_with_checkup(&catalogue, &backup, when)
    } else {
        workbook::submission(&catalogue, &backup, when)
    };
    let backup = workbook::travelling(&backup, *with_checkup);
    step("正在写 Excel 文件", 25);
    let bytes = super::write(&submission).map_err(|error| error.to_string())?;
    step("正在读回核对", 65);
    let compared = super::verify(&submission, &backup, &bytes)?;
    Ok((compared, bytes))
}

fn template(when: &str) -> Result<(u32, Vec<u8>), String> {
    let template = workbook::template::template(when);
    let bytes = super::write(&template).map_err(|error| error.to_string())?;
    let compared = super::verify::compare(&template, &bytes, |_, _| {})?;
    Ok((compared, bytes))
}

fn submission(asked: &ReadSubmission, bytes: &[u8]) -> Result<Reply, String> {
    let book = book::read(bytes).map_err(|refusal| refusal.to_string())?;
    let known = asked.known.as_ref().and_then(|text| backup::read(text.as_bytes()).ok());
    let catalogue = |reference: &CatalogueRef| {
        let mut all = asked.catalogues.iter().filter_map(|json| Catalogue::parse(json).ok());
        all.find(|it| it.id == reference.id && it.text_hash() == reference.text_hash).map(Arc::new)
    };
    let read = match returned::read(&book, catalogue, known.as_ref()) {
        Ok(read) => read,
        Err(NotReturned::Foreign) => return Ok(Reply::Foreign),
        Err(why) => return Err(why.to_string()),
    };
    let theirs = Backup { assessment: read.theirs, ..read.base.clone() };
    let read = SubmissionRead {
        base: backup::write(&read.base),
        base_in_file: read.base_in_file,
        theirs: backup::write(&theirs),
        remarks: read.remarks.iter().map(returned::Remark::in_words).collect(),
    };
    Ok(Reply::Submission { read })
}
