//! What a file that was picked says, told by its content: a backup, a submission, what a unit
//! hands in; or why it is none of these. Changes nothing.

use std::sync::Arc;

use web_sys::File;
use zhidu::assessment::Assessment;
use zhidu::assessment::returning::Revision;
use zhidu::catalogue::Catalogue;
use zhidu::catalogue::library::{Wording, carried};
use zhidu::exchange::{CheckBackup, ReadSubmission, SubmissionRead};
use zhidu::merge::{Proposal, common_state};
use zhidu::record::backup::{self, Backup, BackupError, MAX_BYTES};
use zhidu::record::state::content_hash;
use zhidu::returned::{NotReturned, SHEET_AS_TEXT, is_sheet_as_text};

use crate::browser::files::{self, ReadError};
use crate::browser::worker::{Cancel, ask};
use crate::browser::{clock, texts};
use crate::ui::desk::{Desk, OpenError};

/// A file that was read and waits for the person's decision.
#[derive(Clone)]
pub struct Offered {
    pub file: String,
    pub backup: Backup,
    /// The state that a submission was made from, if it is one and tells.
    pub base: Option<Assessment>,
    /// What of a submission was not read, as sentences.
    pub remarks: Vec<String>,
    /// Whether it is a submission and no backup.
    pub submission: bool,
    /// What it answers.
    pub catalogue: Arc<Catalogue>,
    /// The state on this machine, if the same work is here.
    pub here: Option<Assessment>,
    /// Whether the same work is among 最近删除.
    pub deleted: bool,
    /// What taking a unit's return into the district's assessment would change, where that
    /// is here.
    pub into_district: Option<Proposal>,
}

/// Why a file cannot be taken in.
pub enum NotTaken {
    /// It is a workbook, but no submission.
    OtherWorkbook,
    /// It is a text, but no backup; perhaps one in columns.
    OtherText { in_columns: bool },
    /// Anything else, in words.
    Refused(String),
}

impl NotTaken {
    pub fn may_be_table(&self) -> bool {
        matches!(self, NotTaken::OtherWorkbook | NotTaken::OtherText { in_columns: true })
    }

    pub fn in_words(self) -> String {
        match self {
            NotTaken::OtherWorkbook => NotReturned::Foreign.to_string(),
            NotTaken::OtherText { .. } => {
                "认不出这个文件：不是智督的备份（.json），也不是能打开的 Excel 文件".to_owned()
            }
            NotTaken::Refused(why) => why,
        }
    }
}

impl From<String> for NotTaken {
    fn from(why: String) -> NotTaken {
        NotTaken::Refused(why)
    }
}

/// Reads a file and says what it is.
pub async fn take(desk: Desk, file: &File, cancel: &Cancel) -> Result<Offered, NotTaken> {
    let bytes = files::read(file, MAX_BYTES).await.map_err(|error| match error {
        ReadError::TooLarge => BackupError::TooLarge.to_string(),
        ReadError::Unreadable => "浏览器无法读取此文件".to_owned(),
    })?;
    // ZIP packages and OLE containers are workbooks, everything else is text.
    let submission = [&b"PK"[..], b"\xD0\xCF\x11\xE0"].iter().any(|it| bytes.starts_with(it));
    let (backup, base, remarks) = if submission {
        submission_in(desk, &bytes, cancel).await?
    } else {
        backup_in(&bytes, cancel).await?
    };
    let reference = &backup.assessment.head.catalogue;
    if texts::fetched(reference.id.as_str()).await.is_err() {
        return Err(format!("其指标体系“{}”的文本没有取到，请检查网络后再试", reference.title).into());
    }
    let Some(edition) = carried().edition(&reference.id, &reference.text_hash) else {
        return Err(format!("其指标体系“{}”不在本程序中", reference.title).into());
    };
    if edition.wording == Wording::Unknown {
        return Err(format!(
            "其指标体系“{}”的文本版本不在本程序中，可能来自更新版本的程序，请用新版程序导入",
            reference.title
        )
        .into());
    }
    desk.settle().await;
    let deleted = desk.is_deleted(&backup.assessment.head.id).await;
    let here = match desk.peek(&backup.assessment.head.id).await {
        // What is among 最近删除 is brought back by the import, with its past.
        Ok((assessment, ..)) => (!deleted).then_some(assessment),
        Err(OpenError::Missing | OpenError::Unreadable(_)) => None,
        // Where nothing can be stored there is nothing to be replaced.
        Err(_) if desk.nothing_stored() => None,
        Err(error) => return Err(error.in_words().into()),
    };
    let whole = edition.catalogue;
    let into_district = into_district(desk, &whole, &backup, base.as_ref(), &file.name(), &remarks).await;
    let base = match &here {
        // Two full copies come from what their change logs have in common.
        Some(here) if !submission => {
            common_state(here, &desk.log_of(&backup.assessment.head.id).await, &backup)
        }
        _ => base,
    };
    let (file, catalogue) = (file.name(), backup.assessment.head.part_of(whole));
    Ok(Offered { file, backup, base, remarks, submission, catalogue, here, deleted, into_district })
}

/// What a unit's return would change in the district's assessment, if that is here. `base`
/// is the state that a workbook was made from.
async fn into_district(
    desk: Desk,
    whole: &Catalogue,
    backup: &Backup,
    base: Option<&Assessment>,
    file: &str,
    remarks: &[String],
) -> Option<Proposal> {
    let theirs = &backup.assessment;
    let share = theirs.head.share.as_ref()?;
    let (district, _, replica) = desk.peek(theirs.head.origin.as_ref()?).await.ok()?;
    // What was filled in with the program has been exported from the unit's own state:
    // what it got is not in it.
    let ours = replica.is_some_and(|it| it.id == backup.replica);
    let given = match desk.handed_state(&district.head.id, &share.given).await {
        Some(state) if !ours => {
            let mut works = state.division(whole).into_iter();
            let work = works.find(|it| it.id == share.unit);
            work.map(|it| state.share_for(whole, &it, &share.given))
        }
        _ => None,
    };
    let given = given.unwrap_or_else(|| Assessment::of(theirs.head.clone()));
    let base = base.filter(|_| ours).unwrap_or(&given);
    let [before, after] = district.returned_share(whole, base, theirs);
    let source = format!("“{file}”（{}）", share.name);
    let content = content_hash(theirs).chars().take(12).collect();
    let revision = Revision { content, replica: backup.replica.clone(), seq: backup.seq };
    let returned = district.return_of(whole, theirs, (file, &revision), &clock::date_and_time());
    let proposal = Proposal::new(source, Some(before), after, &district, remarks.to_vec());
    Some(proposal.returned_by(returned, &district))
}

/// What a file says: a state, the one that it was made from, and what was not read of it.
type Said = (Backup, Option<Assessment>, Vec<String>);

async fn backup_in(bytes: &[u8], cancel: &Cancel) -> Result<Said, NotTaken> {
    let checked = ask(CheckBackup, Some(bytes), |_, _| {}, cancel).await;
    if let Err(error) = checked {
        let why = error.in_words();
        // The worker tells in words alone.
        let is_other = why == BackupError::Foreign.to_string();
        return Err(match () {
            () if !is_other => why.into(),
            () if is_sheet_as_text(bytes) => SHEET_AS_TEXT.to_owned().into(),
            () => NotTaken::OtherText { in_columns: is_in_columns(bytes) },
        });
    }
    let backup = backup::read(bytes).map_err(|error| error.to_string())?;
    Ok((backup, None, Vec::new()))
}

async fn submission_in(desk: Desk, bytes: &[u8], cancel: &Cancel) -> Result<Said, NotTaken> {
    texts::all_fetched().await.map_err(|_| "指标体系的文本没有取到，请检查网络后再试".to_owned())?;
    let library = carried();
    let earlier = library.earlier.iter().map(|it| it.json.to_owned());
    let asked = ReadSubmission {
        catalogues: library.today.iter().map(|(_, json)| (*json).to_owned()).chain(earlier).collect(),
        known: desk.backup().map(|backup| backup::write(&backup)),
    };
    let read = ask(asked, Some(bytes), |_, _| {}, cancel).await;
    let Some(read) = read.map_err(|error| error.in_words())? else { return Err(NotTaken::OtherWorkbook) };
    let SubmissionRead { base, base_in_file, theirs, remarks } = read;
    let state = |text: &str| backup::read(text.as_bytes()).map_err(|error| error.to_string());
    let base = base_in_file.then(|| state(&base)).transpose()?.map(|backup| backup.assessment);
    Ok((state(&theirs)?, base, remarks))
}

/// Whether a text has columns, by its first lines.
fn is_in_columns(bytes: &[u8]) -> bool {
    let lines = bytes.get(..bytes.len().min(4_096)).unwrap_or_default().split(|byte| *byte == b'\n');
    let in_columns = |line: &&[u8]| line.iter().any(|byte| matches!(byte, b'\t' | b',' | b';'));
    lines.filter(in_columns).count() > 1
}
