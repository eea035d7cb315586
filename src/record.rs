//! The records of an assessment: each has a key of its own, so that a key press
//! writes one small record. A record is a header line and a body line:
//!
//! ```text
//! {"v":2,"seq":12,"by":"张三","sum":"9f2c01ab"}
//! {"state":"drafting","score":"1.5",…}
//! ```
//!
//! `v` is the version of the body among those of its kind, `seq` orders states (never
//! a clock), `by` is the 填报人 in force, `sum` is the CRC-32 of version, seq, author
//! and body. What cannot be read is set aside with its bytes, never dropped. What
//! bodies look like is for [`wire`] alone.

use serde::Serialize;
use serde_json::error::Category;

use crate::assessment::edit::Part;
use crate::assessment::{
    Answer, Assessment, AssessmentId, Contribution, Evidence, Figure, Head, MuteId, ReplicaId, RowId, Unit,
};
use crate::catalogue::{FigureId, PointId};
use crate::school::School;
use crate::value::json::{self, object};
use crate::value::map::Map;
use crate::value::sets::set_of;

pub mod backup;
pub mod compare;
pub mod journal;
mod key;
pub mod log;
pub mod news;
pub mod restore;
pub mod state;
pub mod summary;
pub mod unmerged;
mod wire;

pub use key::{Key, Mark, RecordKind};
pub use wire::Body;

/// CRC-32 as in gzip and PNG, with the small table: the large one would weigh
/// 16 KB that no compression takes away.
const CRC: crc::Crc<u32, crc::Table<1>> = crc::Crc::<u32, crc::Table<1>>::new(&crc::CRC_32_ISO_HDLC);

/// Which copy this is, and who may write it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Replica {
    /// This copy on this machine.
    pub id: ReplicaId,
    /// Grows each time a writer takes over; a write with a smaller one is refused.
    pub epoch: u64,
}

object! { Replica { id, epoch } }

/// A record's order and author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Place in the order of this copy's states, from 1.
    pub seq: u64,
    /// The 填报人 in force when it was written, may be empty.
    pub author: String,
}

/// Why a stored text is not a record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// Written by a later version of this program.
    #[error("由更新版本的程序写入（格式 {found}，本程序支持到 {known}）")]
    Newer {
        /// The version found.
        found: u32,
        /// The latest one of its kind that this program knows.
        known: u32,
    },
    /// Not what was written: cut off, overwritten or never a record.
    #[error("内容已损坏：{0}")]
    Damaged(String),
}

#[derive(Serialize)]
struct Header {
    v: u32,
    seq: u64,
    by: String,
    sum: String,
}

object! { Header { v, seq, by, sum } }

/// The header as far as every version has it.
struct Version {
    v: u32,
}

object! { Version { v } }

/// The stored text of a record.
pub fn write<T: Body>(stamp: &Stamp, body: &T) -> String {
    under_header(stamp, body.version(), &body.json())
}

fn under_header(stamp: &Stamp, version: u32, body: &str) -> String {
    let header = Header {
        v: version,
        seq: stamp.seq,
        by: stamp.author.clone(),
        sum: checksum(version, stamp.seq, &stamp.author, body),
    };
    let header = serde_json::to_string(&header).unwrap_or_default();
    format!("{header}\n{body}")
}

/// Reads a stored record.
///
/// # Errors
/// [`RecordError::Newer`] for a later version, [`RecordError::Damaged`] for
/// anything that this program cannot have written.
pub fn read<T: Body>(text: &str) -> Result<(Stamp, T), RecordError> {
    match understood(text)? {
        Understood { newer: Some(found), .. } => Err(RecordError::Newer { found, known: T::KNOWN }),
        Understood { stamp, body, newer: None } => Ok((stamp, body)),
    }
}

/// A record as far as this program understands it.
pub struct Understood<T> {
    /// Its order and author.
    pub stamp: Stamp,
    /// What it holds; fields that are not known are not in it.
    pub body: T,
    /// Its version if that is a later one: it must not be written over.
    pub newer: Option<u32>,
}

/// Reads a stored record, also one of a later version, as far as that is possible.
///
/// # Errors
/// As [`read`].
pub fn understood<T: Body>(text: &str) -> Result<Understood<T>, RecordError> {
    let version = version_of(text);
    let newer = version.filter(|version| *version > T::KNOWN);
    let found = intact(text, version).and_then(|(stamp, version, body)| match T::parse(version, body) {
        Ok(body) => Ok(Understood { stamp, body, newer }),
        Err(error) => Err(RecordError::Damaged(json_fault(&error))),
    });
    found.map_err(|damaged| match newer {
        // It may look otherwise from then on.
        Some(found) => RecordError::Newer { found, known: T::KNOWN },
        None => damaged,
    })
}

/// The version that a text says it has, whatever else it is.
fn version_of(text: &str) -> Option<u32> {
    let header = text.split('\n').next()?;
    json::read(header).ok().map(|Version { v }| v)
}

/// Order, version and body of a record that is as it was written.
fn intact(text: &str, version: Option<u32>) -> Result<(Stamp, u32, &str), RecordError> {
    let damaged = |why: &str| RecordError::Damaged(why.to_owned());
    let (first, body) = text.split_once('\n').ok_or_else(|| damaged("缺少记录头"))?;
    let version = version.ok_or_else(|| damaged("记录头无法识别"))?;
    let header: Header = json::read(first).map_err(|_| damaged("记录头不完整"))?;
    if header.sum != checksum(version, header.seq, &header.by, body) {
        return Err(damaged("校验码不符"));
    }
    Ok((Stamp { seq: header.seq, author: header.by }, version, body))
}

/// What is wrong with a text that is no JSON of ours, in plain words; what only an
/// engineer can use stands in brackets.
fn json_fault(error: &serde_json::Error) -> String {
    let what = match error.classify() {
        Category::Eof => "内容不完整，缺了后面一部分",
        Category::Syntax => "有一处不合格式，可能被改动过",
        Category::Data => "内容与格式不符，可能被改动过",
        Category::Io => "无法读取",
    };
    format!("{what}（技术信息：{error}）")
}

fn checksum(version: u32, seq: u64, author: &str, body: &str) -> String {
    let mut digest = CRC.digest();
    digest.update(format!("{version}\n{seq}\n{author}\n").as_bytes());
    digest.update(body.as_bytes());
    format!("{:08x}", digest.finalize())
}

/// What a flush does to the store: `None` removes a record.
pub type Changes = Vec<(Key, Option<String>)>;

/// The stored texts of the parts of an assessment that were touched.
pub fn changes<'a>(
    assessment: &Assessment,
    parts: impl IntoIterator<Item = &'a Part>,
    stamp: &Stamp,
) -> Changes {
    parts
        .into_iter()
        .map(|part| {
            let kind = match part {
                Part::Head => RecordKind::Head,
                Part::Answer(point) => RecordKind::Answer(point.clone()),
                Part::Evidence(row) => RecordKind::Evidence(row.clone()),
                Part::Figure(id) => RecordKind::Figure(id.clone()),
                Part::School(row) => RecordKind::School(row.clone()),
                Part::Mute(problem) => RecordKind::Mute(problem.clone()),
                Part::Unit(row) => RecordKind::Unit(row.clone()),
                Part::Contribution(row) => RecordKind::Contribution(row.clone()),
            };
            let text = part_body(assessment, part).map(|(version, body)| under_header(stamp, version, &body));
            (Key { assessment: assessment.head.id.clone(), kind }, text)
        })
        .collect()
}

/// What the record of a part says below its header, and in which version; `None` if
/// there is none.
fn part_body(assessment: &Assessment, part: &Part) -> Option<(u32, String)> {
    fn of<T: Body>(body: &T) -> (u32, String) {
        (body.version(), body.json())
    }
    match part {
        Part::Head => Some(of(&assessment.head)),
        Part::Answer(point) => assessment.answers.get(point).map(of),
        Part::Evidence(row) => assessment.evidence.get(row).map(of),
        Part::Figure(id) => assessment.figures.get(id).map(of),
        Part::School(row) => assessment.schools.get(row).map(of),
        Part::Mute(problem) => assessment.mutes.get(problem).map(of),
        Part::Unit(row) => assessment.units.get(row).map(of),
        Part::Contribution(row) => assessment.contributions.get(row).map(of),
    }
}

/// All parts of an assessment, for writing it whole.
pub fn parts(assessment: &Assessment) -> Vec<Part> {
    std::iter::once(Part::Head)
        .chain(assessment.answers.keys().cloned().map(Part::Answer))
        .chain(assessment.evidence.keys().cloned().map(Part::Evidence))
        .chain(assessment.figures.keys().cloned().map(Part::Figure))
        .chain(assessment.schools.keys().cloned().map(Part::School))
        .chain(assessment.mutes.keys().cloned().map(Part::Mute))
        .chain(assessment.units.keys().cloned().map(Part::Unit))
        .chain(assessment.contributions.keys().cloned().map(Part::Contribution))
        .collect()
}

/// An assessment as the store gave it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// What could be read.
    pub assessment: Assessment,
    /// The highest `seq` found.
    pub seq: u64,
    /// This copy's identity, if it has one yet.
    pub replica: Option<Replica>,
    /// What could not be read, with its bytes; to be kept, shown and offered.
    pub set_aside: Vec<SetAside>,
    /// Whether something here is of a later program: a kind or a version that this one
    /// does not know. What it understands is here, and it must write nothing.
    pub newer: bool,
}

/// A stored text that is no record of this program's, as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// Where it was found.
    pub key: String,
    /// What was found.
    pub text: String,
    /// Why it was not taken.
    pub error: RecordError,
}

impl SetAside {
    /// The key under which it is kept apart from the records: another one for
    /// each text that was ever found at its place.
    pub fn kept_under(&self) -> String {
        format!("{}#{:08x}", self.key, CRC.checksum(self.text.as_bytes()))
    }
}

/// Puts an assessment together from its stored records.
///
/// # Errors
/// Without a readable head there is no assessment: all records are given back,
/// those that cannot be read first.
pub fn load(records: &[(String, String)]) -> Result<Loaded, Vec<SetAside>> {
    let mut head: Option<Head> = None;
    let mut answers: Map<PointId, Answer> = Map::new();
    let mut evidence: Map<RowId, Evidence> = Map::new();
    let mut figures: Map<FigureId, Figure> = Map::new();
    let mut schools: Map<RowId, School> = Map::new();
    let mut mutes: Map<MuteId, String> = Map::new();
    let mut units: Map<RowId, Unit> = Map::new();
    let mut contributions: Map<RowId, Contribution> = Map::new();
    let mut replica: Option<Replica> = None;
    let mut set_aside = Vec::new();
    let (mut seq, mut newer) = (0, false);
    for (key, text) in records {
        let read = match Key::parse(key).map(|key| key.kind) {
            Some(RecordKind::Head) => part(text, &mut newer).map(|(at, body)| (at, head = Some(body))),
            Some(RecordKind::Answer(id)) => {
                part(text, &mut newer).map(|(at, body)| (at, drop(answers.insert(id, body))))
            }
            Some(RecordKind::Evidence(id)) => {
                part(text, &mut newer).map(|(at, body)| (at, drop(evidence.insert(id, body))))
            }
            Some(RecordKind::Figure(id)) => {
                part(text, &mut newer).map(|(at, body)| (at, drop(figures.insert(id, body))))
            }
            Some(RecordKind::School(id)) => {
                part(text, &mut newer).map(|(at, body)| (at, drop(schools.insert(id, body))))
            }
            Some(RecordKind::Mute(id)) => {
                part(text, &mut newer).map(|(at, body)| (at, drop(mutes.insert(id, body))))
            }
            Some(RecordKind::Unit(id)) => {
                part(text, &mut newer).map(|(at, body)| (at, drop(units.insert(id, body))))
            }
            Some(RecordKind::Contribution(id)) => {
                part(text, &mut newer).map(|(at, body)| (at, drop(contributions.insert(id, body))))
            }
            Some(RecordKind::Replica) => part(text, &mut newer).map(|(at, body)| (at, replica = Some(body))),
            // Derived: made anew at the next write whatever it says.
            Some(RecordKind::Summary) => continue,
            None if is_of_later_kind(key, text) => {
                newer = true;
                continue;
            }
            Some(
                RecordKind::Log(_)
                | RecordKind::RestorePoint(_)
                | RecordKind::RestoreState(_)
                | RecordKind::Unmerged(_),
            )
            | None => Err(RecordError::Damaged("未知的记录种类".to_owned())),
        };
        match read {
            Ok((at, ())) => seq = seq.max(at),
            Err(error) => set_aside.push(SetAside { key: key.clone(), text: text.clone(), error }),
        }
    }
    match head {
        Some(head) => {
            let assessment =
                Assessment { head, answers, evidence, figures, schools, mutes, units, contributions };
            Ok(Loaded { assessment, seq, replica, set_aside, newer })
        }
        None => {
            let of_later = set_aside.iter().find(|it| matches!(it.error, RecordError::Newer { .. }));
            let headless = || RecordError::Damaged("缺少封面记录".to_owned());
            let why = of_later.map_or_else(headless, |it| it.error.clone());
            Err(all_given_back(records, set_aside, &why))
        }
    }
}

/// A part of an assessment as its record holds it, with its `seq`; tells whether the
/// record is of a later program.
fn part<T: Body>(text: &str, newer: &mut bool) -> Result<(u64, T), RecordError> {
    let found = understood(text);
    *newer |= match &found {
        Ok(it) => it.newer.is_some(),
        Err(error) => matches!(error, RecordError::Newer { .. }),
    };
    found.map(|it| (it.stamp.seq, it.body))
}

/// Whether this is a sound record of a kind that this program does not know.
fn is_of_later_kind(key: &str, text: &str) -> bool {
    let mut parts = key.splitn(3, '/');
    let whose = parts.next().is_some_and(|it| AssessmentId::parse(it).is_ok());
    whose && parts.count() == 2 && intact(text, version_of(text)).is_ok()
}

fn all_given_back(
    records: &[(String, String)],
    mut first: Vec<SetAside>,
    why: &RecordError,
) -> Vec<SetAside> {
    let unreadable = set_of(first.iter().map(|it| it.key.clone()));
    let sound = records.iter().filter(|(key, _)| !unreadable.contains(key));
    first.extend(sound.map(|(key, text)| SetAside {
        key: key.clone(),
        text: text.clone(),
        error: why.clone(),
    }));
    first
}
