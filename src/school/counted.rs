//! Which rows are counted for a stage and which are left out, and why. There are two
//! ways of counting:
//!
//! - [`counted`], as 教督〔2017〕6号 counts (second-hand): 小学 and 初中, without
//!   特殊教育学校, 专门学校, 职业学校 and 教学点 of fewer than 50 pupils. The
//!   coefficients and the national reference count so.
//! - [`counted_by_clause`], for a clause of a document that names none of these
//!   exclusions. What it is about decides: see there.
//!
//! A row without 在校生数 is not left out: its data are missing. A row that is left
//! out takes its reason with it and leaves the verdict on the others as it is.

use super::indicator::Who;
use super::table::{Cell, Row, Table};
use super::{Column, SchoolType, Stage};
use crate::value::number::Number;

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
    /// A 民办 school, where the district has chosen to leave these out.
    #[error("民办学校，按所选口径不计入")]
    Private,
}

impl Exclusion {
    /// Whether the row may have to be counted once what it says is put right. It is
    /// asked about; until then the others are judged without it.
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

/// The rows that the national method counts for a stage; for either stage where it is
/// `None`.
///
/// For [`Who::Special`] and [`Who::Correctional`] the schools of that type alone
/// are counted, of whatever stage, and the others are not listed as left out.
/// Rows in which nothing is typed are passed over.
pub fn counted(table: &Table, who: Who, stage: Option<Stage>) -> Counted {
    sorted(table, |row| match who {
        Who::Ordinary => ordinary(table, row, stage, national),
        Who::Special => only(table, row, SchoolType::Special),
        Who::Correctional => only(table, row, SchoolType::Correctional),
    })
}

/// The rows that a clause is about which names no exclusions (an editor's reading):
///
/// - A clause on 小学 or on 初中 (`Some`) is about the schools and 教学点 of that
///   stage, however small. 特殊教育学校 and 专门学校 are neither.
/// - A clause on 义务教育 or on 学校 as such (`None`) is about both stages, and about
///   the rows of 特殊教育学校 and 专门学校 that say their stage as well.
/// - 职业学校 give no 义务教育 and are never meant.
///
/// For [`Who::Special`] and [`Who::Correctional`] as [`counted`].
pub fn counted_by_clause(table: &Table, who: Who, stage: Option<Stage>) -> Counted {
    match who {
        Who::Ordinary => sorted(table, |row| ordinary(table, row, stage, by_clause)),
        Who::Special | Who::Correctional => counted(table, who, stage),
    }
}

/// What becomes of a row: `None` if it is not meant at all.
type Standing = Option<Result<(), Exclusion>>;

fn sorted(table: &Table, standing: impl Fn(&Row) -> Standing) -> Counted {
    let mut counted = Counted::default();
    for (at, row) in table.rows().iter().enumerate().filter(|(_, row)| !row.blank) {
        match standing(row) {
            Some(Ok(())) => counted.rows.push(at),
            Some(Err(why)) => counted.excluded.push((at, why)),
            None => {}
        }
    }
    counted
}

/// `None` if the row is of the other stage.
fn ordinary(
    table: &Table,
    row: &Row,
    stage: Option<Stage>,
    by_type: fn(&Row, Option<Stage>) -> Option<Exclusion>,
) -> Standing {
    if row.stage.is_some() && stage.is_some() && row.stage != stage {
        return None;
    }
    let why = by_type(row, stage).or_else(|| {
        if row.cell(Column::Kind) == Cell::Refused {
            Some(Exclusion::UnknownType)
        } else if row.stage.is_none() {
            Some(Exclusion::NoStage)
        } else if row.private && table.leaves_private_out() {
            Some(Exclusion::Private)
        } else {
            (row.cell(Column::Pupils) == Cell::Number(Number::ZERO)).then_some(Exclusion::NoPupils)
        }
    });
    Some(why.map_or(Ok(()), Err))
}

/// What the national method leaves out by type.
fn national(row: &Row, _: Option<Stage>) -> Option<Exclusion> {
    match (row.kind?, row.cell(Column::Pupils)) {
        (SchoolType::Special, _) => Some(Exclusion::Special),
        (SchoolType::Correctional, _) => Some(Exclusion::Correctional),
        (SchoolType::Vocational, _) => Some(Exclusion::Vocational),
        (SchoolType::Teaching, Cell::Number(pupils)) if row.stage.is_some() && pupils < TEACHING_POINT => {
            Some(Exclusion::SmallTeachingPoint)
        }
        _ => None,
    }
}

/// What a clause is not about by type.
fn by_clause(row: &Row, stage: Option<Stage>) -> Option<Exclusion> {
    match row.kind? {
        SchoolType::Special if stage.is_some() => Some(Exclusion::Special),
        SchoolType::Correctional if stage.is_some() => Some(Exclusion::Correctional),
        SchoolType::Vocational => Some(Exclusion::Vocational),
        _ => None,
    }
}

/// `None` if the row is of another type.
fn only(table: &Table, row: &Row, kind: SchoolType) -> Standing {
    if row.kind != Some(kind) {
        return None;
    }
    Some(if row.private && table.leaves_private_out() {
        Err(Exclusion::Private)
    } else if row.cell(Column::Pupils) == Cell::Number(Number::ZERO) {
        Err(Exclusion::NoPupils)
    } else {
        Ok(())
    })
}
