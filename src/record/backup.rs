//! The backup: one assessment, everything of it, as a JSON file. Written the
//! same way each time, so that exporting, importing and exporting again gives
//! the same bytes.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::assessment::{Assessment, ReplicaId};
use crate::record::log::Logged;
use crate::record::state::hash_of;
use crate::record::wire::{Body, Content, KNOWN_OF_FILES};
use crate::record::{CRC, json_fault};

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
    #[error("此备份由更新版本的程序导出（格式 {found}，本程序支持到 {known}），请用新版程序打开")]
    Newer {
        /// The version found.
        found: u32,
        /// The latest one that this program knows.
        known: u32,
    },
    /// Not what was written.
    #[error("备份文件已损坏：{0}。请重新拷贝或下载这份备份，或改用另一份")]
    Damaged(String),
}

/// The file as it is written.
#[derive(Serialize)]
struct Written<'a> {
    format: &'a str,
    version: u32,
    replica: &'a ReplicaId,
    seq: u64,
    /// SHA-256 of the content's JSON, in lower-case hex.
    hash: &'a str,
    /// SHA-256 of the change log's JSON, in lower-case hex; absent without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    log_hash: Option<&'a String>,
    /// CRC-32 of version, replica, seq and the hashes.
    sum: &'a str,
    content: &'a Content,
    #[serde(skip_serializing_if = "<[Logged]>::is_empty")]
    log: &'a [Logged],
}

/// The file as it is received: content and log as the text that stands there, over
/// which the hashes are.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Received<'a> {
    #[serde(rename = "format")]
    _format: String,
    version: u32,
    replica: ReplicaId,
    seq: u64,
    hash: String,
    #[serde(default)]
    log_hash: Option<String>,
    sum: String,
    #[serde(borrow)]
    content: &'a RawValue,
    #[serde(borrow, default)]
    log: Option<&'a RawValue>,
}

fn sum_of(version: u32, replica: &ReplicaId, seq: u64, hash: &str, log_hash: Option<&String>) -> String {
    let log_hash = log_hash.map(|hash| format!("\n{hash}")).unwrap_or_default();
    format!("{:08x}", CRC.checksum(format!("{version}\n{replica}\n{seq}\n{hash}{log_hash}").as_bytes()))
}

/// The text of the backup file.
pub fn write(backup: &Backup) -> String {
    let content = Content::of(&backup.assessment);
    let of_log = backup.log.iter().map(|it| it.entry.version());
    let version = of_log.fold(content.version(), u32::max);
    let hash = hash_of(&content.json());
    let log = serde_json::to_string(&backup.log).unwrap_or_default();
    let log_hash = (!backup.log.is_empty()).then(|| hash_of(&log));
    let file = Written {
        format: FORMAT,
        version,
        replica: &backup.replica,
        seq: backup.seq,
        hash: &hash,
        log_hash: log_hash.as_ref(),
        sum: &sum_of(version, &backup.replica, backup.seq, &hash, log_hash.as_ref()),
        content: &content,
        log: &backup.log,
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
    if sort.version > KNOWN_OF_FILES {
        return Err(BackupError::Newer { found: sort.version, known: KNOWN_OF_FILES });
    }
    if sort.version == 0 {
        return Err(damaged("没有这种格式版本"));
    }
    let fault = |error: serde_json::Error| damaged(&json_fault(&error));
    let file: Received = serde_json::from_str(text).map_err(fault)?;
    let intact = file.hash == hash_of(file.content.get())
        && file.log_hash == file.log.map(|log| hash_of(log.get()))
        && file.sum == sum_of(file.version, &file.replica, file.seq, &file.hash, file.log_hash.as_ref());
    if !intact {
        return Err(damaged("内容与校验值不符"));
    }
    let assessment = Content::parse(file.version, file.content.get()).map_err(fault)?.back();
    let log =
        file.log.map_or_else(|| Ok(Vec::new()), |log| serde_json::from_str(log.get())).map_err(fault)?;
    Ok(Backup { replica: file.replica, seq: file.seq, assessment, log })
}

fn looks_like_ours(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(200)).unwrap_or(bytes);
    start.windows(FORMAT.len()).any(|window| window == FORMAT.as_bytes())
}
