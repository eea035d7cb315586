//! Which rows are counted for a stage and which are left out, and why, as
//! 教督〔2017〕6号 counts (second-hand): 小学 and 初中, without 特殊教育学校,
//! 职业学校 and 教学点 of fewer than 50 pupils. A row without 在校生数 is not left
//! out: its data are missing.

use super::indicator::Who;
use super::table::{Cell, Row, Table};
use super::{Column, SchoolType, Stage};
use crate::number::Number;

/// A 教学点 of fewer pupils is not counted.
const TEACHING_POINT: Number = Number::whole(50);

/// Why a row is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Exclusion {
    /// A 教学点 of fewer than 50 pupils.
    #[error("教学点在校生不足 50 人，不计入")]
    SmallTeachingPoint,
    /// A 特殊教育学校.
    #[error("特殊教育学校不计入")]
    Special,
    /// A 专门学校.
    #[error("专门学校不计入")]
    Correctional,
    /// A 职业学校.
    #[error("职业学校不计入")]
    Vocational,
    /// Nobody is taught.
    #[error("在校生数为 0，不计入")]
    NoPupils,
    /// It may be of either stage or of none.
    #[error("没有写明学段（小学或初中），未计入")]
    NoStage,
    /// Its type is typed and not known, so that it may be one that is left out.
    #[error("学校类型无法识别，未计入")]
    UnknownType,
}

impl Exclusion {
    /// Whether the row may have to be counted once what it says is put right.
    pub const fn is_doubtful(self) -> bool {
        matches!(self, Exclusion::NoStage | Exclusion::UnknownType)
    }
}

/// The rows that are counted, and those that are not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Positions of the rows that are counted, ascending.
    pub rows: Vec<usize>,
    /// Positions of the rows that are left out, ascending, with the reason. A row
    /// of the other stage is not among them.
    pub excluded: Vec<(usize, Exclusion)>,
}

impl Counted {
    /// Whether no row is left out that may have to be counted.
    pub fn is_settled(&self) -> bool {
        !self.excluded.iter().any(|(_, why)| why.is_doubtful())
    }
}

/// The rows that are counted for a stage; for either stage where it is `None`.
///
/// For [`Who::Special`] and [`Who::Correctional`] the schools of that type alone
/// are counted, of whatever stage, and the others are not listed as left out.
/// Rows in which nothing is typed are passed over.
pub fn counted(table: &Table, who: Who, stage: Option<Stage>) -> Counted {
    let mut counted = Counted::default();
    for (at, row) in table.rows().iter().enumerate().filter(|(_, row)| !row.blank) {
        let standing = match who {
            Who::Ordinary => ordinary(row, stage),
            Who::Special => only(row, SchoolType::Special),
            Who::Correctional => only(row, SchoolType::Correctional),
        };
        match standing {
            Some(Ok(())) => counted.rows.push(at),
            Some(Err(why)) => counted.excluded.push((at, why)),
            None => {}
        }
    }
    counted
}

/// `None` if the row is of the other stage.
fn ordinary(row: &Row, stage: Option<Stage>) -> Option<Result<(), Exclusion>> {
    if row.stage.is_some() && stage.is_some() && row.stage != stage {
        return None;
    }
    let why = match row.kind {
        Some(SchoolType::Special) => Some(Exclusion::Special),
        Some(SchoolType::Correctional) => Some(Exclusion::Correctional),
        Some(SchoolType::Vocational) => Some(Exclusion::Vocational),
        _ if row.cell(Column::Kind) == Cell::Refused => Some(Exclusion::UnknownType),
        _ if row.stage.is_none() => Some(Exclusion::NoStage),
        kind => match row.cell(Column::Pupils) {
            Cell::Number(pupils) if kind == Some(SchoolType::Teaching) && pupils < TEACHING_POINT => {
                Some(Exclusion::SmallTeachingPoint)
            }
            Cell::Number(Number::ZERO) => Some(Exclusion::NoPupils),
            _ => None,
        },
    };
    Some(why.map_or(Ok(()), Err))
}

/// `None` if the row is of another type.
fn only(row: &Row, kind: SchoolType) -> Option<Result<(), Exclusion>> {
    if row.kind != Some(kind) {
        return None;
    }
    Some(if row.cell(Column::Pupils) == Cell::Number(Number::ZERO) {
        Err(Exclusion::NoPupils)
    } else {
        Ok(())
    })
}
