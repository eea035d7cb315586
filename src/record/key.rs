//! Where a record stands in the store, and the order of what was written.

use serde::Serialize;

use crate::assessment::{AssessmentId, MuteId, ReplicaId, RowId};
use crate::catalogue::{FigureId, PointId};
use crate::value::json::object;

/// The address of a record: (assessment, kind, id).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Whose record it is.
    pub assessment: AssessmentId,
    /// Which record.
    pub kind: RecordKind,
}

/// The kinds of records.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKind {
    /// Identity and cover.
    Head,
    /// The answer of a point. A point has one answer, so its key is the point.
    Answer(PointId),
    /// A material.
    Evidence(RowId),
    /// A figure.
    Figure(FigureId),
    /// A row of 学校数据.
    School(RowId),
    /// The reason why a problem of 体检 was set aside.
    Mute(MuteId),
    /// A 责任单位.
    Unit(RowId),
    /// What a 责任单位 has handed in for a point.
    Contribution(RowId),
    /// This copy's identity and its writer's epoch.
    Replica,
    /// What 工作台 shows of the assessment; derived, written along.
    Summary,
    /// An entry of the change log.
    Log(Mark),
    /// A row of the list of restore points.
    RestorePoint(Mark),
    /// The state that a restore point brings back.
    RestoreState(Mark),
    /// Changes of a window that was no longer the writer.
    Unmerged(RowId),
}

/// The place of something in the order of what was written: later writers have
/// a higher epoch, later entries of one writer a higher serial number. Comes
/// from no clock. The copy tells apart what was made on two machines.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Mark {
    /// The writer's epoch.
    pub epoch: u64,
    /// Running number of this writer, from 1.
    pub serial: u32,
    /// The copy that it was made in.
    pub replica: ReplicaId,
}

object! { closed Mark { epoch, serial, replica } }

impl Mark {
    /// It as a text that [`Mark::parse`] reads.
    pub fn to_text(&self) -> String {
        format!("{:012}-{:08}-{}", self.epoch, self.serial, self.replica)
    }

    /// The mark of a text.
    pub fn parse(text: &str) -> Option<Mark> {
        let mut parts = text.splitn(3, '-');
        let epoch = parts.next()?.parse().ok()?;
        let serial = parts.next()?.parse().ok()?;
        Some(Mark { epoch, serial, replica: ReplicaId::parse(parts.next()?).ok()? })
    }
}

impl Key {
    /// The key as it stands in the store: "<assessment>/<kind>/<id>".
    pub fn to_text(&self) -> String {
        let (kind, id) = match &self.kind {
            RecordKind::Head => ("head", String::new()),
            RecordKind::Answer(point) => ("answer", point.to_string()),
            RecordKind::Evidence(row) => ("evidence", row.to_string()),
            RecordKind::Figure(id) => ("figure", id.to_string()),
            RecordKind::School(row) => ("school", row.to_string()),
            RecordKind::Mute(problem) => ("mute", problem.to_string()),
            RecordKind::Unit(row) => ("unit", row.to_string()),
            RecordKind::Contribution(row) => ("contribution", row.to_string()),
            RecordKind::Replica => ("replica", String::new()),
            RecordKind::Summary => ("summary", String::new()),
            RecordKind::Log(mark) => ("log", mark.to_text()),
            RecordKind::RestorePoint(mark) => ("restore-point", mark.to_text()),
            RecordKind::RestoreState(mark) => ("restore-state", mark.to_text()),
            RecordKind::Unmerged(row) => ("unmerged", row.to_string()),
        };
        format!("{}/{kind}/{id}", self.assessment)
    }

    /// The key that a text names, if it is one.
    pub fn parse(text: &str) -> Option<Key> {
        let mut parts = text.splitn(3, '/');
        let assessment = AssessmentId::parse(parts.next()?).ok()?;
        let kind = match (parts.next()?, parts.next()?) {
            ("head", "") => RecordKind::Head,
            ("answer", id) => RecordKind::Answer(PointId::parse(id).ok()?),
            ("evidence", id) => RecordKind::Evidence(RowId::parse(id).ok()?),
            ("figure", id) => RecordKind::Figure(FigureId::parse(id).ok()?),
            ("school", id) => RecordKind::School(RowId::parse(id).ok()?),
            ("mute", id) => RecordKind::Mute(MuteId::parse(id).ok()?),
            ("unit", id) => RecordKind::Unit(RowId::parse(id).ok()?),
            ("contribution", id) => RecordKind::Contribution(RowId::parse(id).ok()?),
            ("replica", "") => RecordKind::Replica,
            ("summary", "") => RecordKind::Summary,
            ("log", id) => RecordKind::Log(Mark::parse(id)?),
            ("restore-point", id) => RecordKind::RestorePoint(Mark::parse(id)?),
            ("restore-state", id) => RecordKind::RestoreState(Mark::parse(id)?),
            ("unmerged", id) => RecordKind::Unmerged(RowId::parse(id).ok()?),
            _ => return None,
        };
        // One key has one text.
        Some(Key { assessment, kind }).filter(|key| key.to_text() == text)
    }

    /// The first and the last text that a key of this assessment can have.
    pub fn range(assessment: &AssessmentId) -> (String, String) {
        (format!("{assessment}/"), format!("{assessment}/\u{FFFD}"))
    }
}
