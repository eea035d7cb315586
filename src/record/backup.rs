//! The backup: one assessment, everything of it, as a JSON file. Written the
//! same way each time, so that exporting, importing and exporting again gives
//! the same bytes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::assessment::{Answer, Assessment, Evidence, Figure, Head, MuteId, ReplicaId, RowId};
use crate::catalogue::{FigureId, PointId};
use crate::record::log::Logged;
use crate::record::{CRC, VERSION, json_fault};
use crate::school::School;

/// The first word of the file, by which it is known.
pub const FORMAT: &str = "zhidu-backup";

/// The largest file that is read, in bytes: more than 40 texts of a million
/// characters each.
pub const MAX_BYTES: usize = 128 * 1024 * 1024;

/// The state of one copy that a backup holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// The copy that it was taken from.
    pub replica: ReplicaId,
    /// The place of the state in that copy's order.
    pub seq: u64,
    /// The content.
    pub assessment: Assessment,
    /// The change log, oldest first. No part of the content: a state keeps its
    /// name whatever led to it.
    pub log: Vec<Logged>,
}

/// Why a file is not taken as a backup. Nothing is changed by reading one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BackupError {
    /// More than [`MAX_BYTES`].
    #[error("文件超过 128 MB，不是本程序的备份。请选择用“导出备份”得到的 .json 文件")]
    TooLarge,
    /// Something else than a backup of this program.
    #[error("不是智督的备份文件。请选择用“导出备份”得到的 .json 文件")]
    Foreign,
    /// Written by a later version of this program.
    #[error("此备份由更新版本的程序导出（格式 {found}，本程序支持到 {supported}），请用新版程序打开", supported = VERSION)]
    Newer {
        /// The version found.
        found: u32,
    },
    /// Not what was written.
    #[error("备份文件已损坏：{0}。请重新拷贝或下载这份备份，或改用另一份")]
    Damaged(String),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File<'a> {
    format: std::borrow::Cow<'a, str>,
    version: u32,
    replica: ReplicaId,
    seq: u64,
    /// SHA-256 of the content's JSON, in lower-case hex.
    hash: String,
    /// SHA-256 of the change log's JSON, in lower-case hex; absent without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    log_hash: Option<String>,
    /// CRC-32 of version, replica, seq and the hashes.
    sum: String,
    content: Content,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    log: Vec<Logged>,
}

/// The content of an assessment in its canonical form: maps in key order,
/// fields in the order of their declaration.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Content {
    head: Head,
    answers: BTreeMap<PointId, Answer>,
    evidence: BTreeMap<RowId, Evidence>,
    // Absent in version 1; left out when empty, so that a state that has none of
    // them keeps the name that it had then.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    figures: BTreeMap<FigureId, Figure>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    schools: BTreeMap<RowId, School>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    mutes: BTreeMap<MuteId, String>,
}

impl From<Assessment> for Content {
    fn from(assessment: Assessment) -> Content {
        let Assessment { head, answers, evidence, figures, schools, mutes } = assessment;
        Content { head, answers, evidence, figures, schools, mutes }
    }
}

impl From<Content> for Assessment {
    fn from(content: Content) -> Assessment {
        let Content { head, answers, evidence, figures, schools, mutes } = content;
        Assessment { head, answers, evidence, figures, schools, mutes }
    }
}

/// The SHA-256 of the canonical content, in lower-case hex: the name of a state.
pub fn content_hash(assessment: &Assessment) -> String {
    hash_of(&Content::from(assessment.clone()))
}

fn hash_of<T: Serialize>(of: &T) -> String {
    let json = serde_json::to_string(of).unwrap_or_default();
    Sha256::digest(json.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn sum_of(version: u32, replica: &ReplicaId, seq: u64, hash: &str, log_hash: Option<&String>) -> String {
    let log_hash = log_hash.map(|hash| format!("\n{hash}")).unwrap_or_default();
    format!("{:08x}", CRC.checksum(format!("{version}\n{replica}\n{seq}\n{hash}{log_hash}").as_bytes()))
}

fn log_hash_of(log: &Vec<Logged>) -> Option<String> {
    (!log.is_empty()).then(|| hash_of(log))
}

/// The text of the backup file.
pub fn write(backup: &Backup) -> String {
    let content = Content::from(backup.assessment.clone());
    let (hash, log_hash) = (hash_of(&content), log_hash_of(&backup.log));
    let file = File {
        format: FORMAT.into(),
        version: VERSION,
        replica: backup.replica.clone(),
        seq: backup.seq,
        sum: sum_of(VERSION, &backup.replica, backup.seq, &hash, log_hash.as_ref()),
        hash,
        log_hash,
        content,
        log: backup.log.clone(),
    };
    let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
    text.push('\n');
    text
}

/// Reads a backup file.
///
/// # Errors
/// Says whether the file is too large, foreign, newer or damaged.
pub fn read(bytes: &[u8]) -> Result<Backup, BackupError> {
    #[derive(Deserialize)]
    struct Sort {
        format: String,
        version: u32,
    }
    if bytes.len() > MAX_BYTES {
        return Err(BackupError::TooLarge);
    }
    let damaged = |why: &str| BackupError::Damaged(why.to_owned());
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) if looks_like_ours(bytes) => return Err(damaged("其中有不是文字的内容")),
        Err(_) => return Err(BackupError::Foreign),
    };
    let sort: Sort = match serde_json::from_str(text) {
        Ok(sort) => sort,
        Err(error) if looks_like_ours(bytes) => return Err(damaged(&json_fault(&error))),
        Err(_) => return Err(BackupError::Foreign),
    };
    if sort.format != FORMAT {
        return Err(BackupError::Foreign);
    }
    if sort.version > VERSION {
        return Err(BackupError::Newer { found: sort.version });
    }
    if sort.version == 0 {
        return Err(damaged("没有这种格式版本"));
    }
    let file: File = serde_json::from_str(text).map_err(|error| damaged(&json_fault(&error)))?;
    let intact = file.hash == hash_of(&file.content)
        && file.log_hash == log_hash_of(&file.log)
        && file.sum == sum_of(file.version, &file.replica, file.seq, &file.hash, file.log_hash.as_ref());
    if !intact {
        return Err(damaged("内容与校验值不符"));
    }
    let File { replica, seq, content, log, .. } = file;
    Ok(Backup { replica, seq, assessment: content.into(), log })
}

fn looks_like_ours(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(200)).unwrap_or(bytes);
    start.windows(FORMAT.len()).any(|window| window == FORMAT.as_bytes())
}
