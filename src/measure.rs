//! 量化指标 judged: what a measure of the catalogue comes to with the figures and
//! schools of an assessment, exactly, with the calculation written out. Knows no
//! score and deducts nothing.

use crate::assessment::edit::Edit;
use crate::assessment::place::{FigureField, Place};
use crate::assessment::{Assessment, RowId};
use crate::catalogue::{Catalogue, FigureId, SchoolSum};
use crate::school::Column;
use crate::school::table::Table;
use crate::school::value::Splitting;
use crate::value::number::Number;

mod figure;
mod judge;
mod source;

pub use figure::{ABSENT, FigureError, Given, Origin, Value, normalised, read};
pub(crate) use figure::{rows_of, word};
pub use judge::{Judged, Outcome, judge, limit, places, resolved};
pub use source::{
    Applied, CoefficientLimits, clause_stages, coefficient_limits, coefficient_source, school_limit,
};

/// Where the choice of [`Splitting`] stands among the figures of an assessment.
/// It belongs to 学校数据 and to no catalogue.
pub const SPLITTING: &str = "school-splitting";
/// What that figure says for [`Splitting::ByStage`].
pub const BY_STAGE: &str = "by-stage";

/// Where the choice stands whether rows of 民办 schools count. No document of a
/// catalogue says so; they count until a district chooses otherwise, which is ours.
pub const PRIVATE: &str = "school-private";
/// What that figure says where they are left out.
pub const LEFT_OUT: &str = "left-out";

/// What measures are judged by, read once.
#[derive(Clone, Debug)]
pub struct Data<'a> {
    /// Says what the figures are.
    pub catalogue: &'a Catalogue,
    /// Has them.
    pub assessment: &'a Assessment,
    /// The rows of [`Data::table`], by position.
    pub rows: Vec<&'a RowId>,
    /// 学校数据 in the order of the table.
    pub table: Table,
    /// How 一贯制学校 are treated.
    pub splitting: Splitting,
}

impl<'a> Data<'a> {
    /// Reads the figures and schools of an assessment.
    pub fn of(catalogue: &'a Catalogue, assessment: &'a Assessment) -> Data<'a> {
        let schools = assessment.schools_in_order();
        Data {
            catalogue,
            assessment,
            table: Table::read(schools.iter().map(|(_, school)| *school))
                .with_private(private_counts(assessment)),
            rows: schools.into_iter().map(|(row, _)| row).collect(),
            splitting: splitting(assessment),
        }
    }

    /// The school of a row by its name, or by its place where it has none.
    pub fn school_name(&self, row: usize) -> String {
        let school = self.rows.get(row).and_then(|id| self.assessment.schools.get(*id));
        let name = school.map_or("", |school| school.text(Column::Name)).trim();
        if name.is_empty() { format!("第 {} 行", row + 1) } else { name.to_owned() }
    }

    /// What the rows of 学校数据 add up to that a clause on these stages is about;
    /// `None` unless each has a number there.
    pub fn sum_of_schools(&self, of: &SchoolSum) -> Option<Number> {
        figure::sum(self, of)
    }

    /// What the figure of that name is: as typed, or else as 学校数据 supplies it.
    pub fn figure(&self, id: &FigureId) -> Given {
        figure::given(self, id)
    }
}

/// How 一贯制学校 are treated, as the district has chosen.
pub fn splitting(assessment: &Assessment) -> Splitting {
    let by_stage = splitting_id().is_some_and(|id| assessment.figure(&id).raw == BY_STAGE);
    if by_stage { Splitting::ByStage } else { Splitting::AsTyped }
}

/// The changes of choosing how 一贯制学校 are treated.
pub fn choosing(assessment: &Assessment, splitting: Splitting) -> Vec<Edit> {
    let text = if splitting == Splitting::ByStage { BY_STAGE } else { "" };
    let place = splitting_id().map(|id| Place::Figure(id, FigureField::Raw));
    place.and_then(|place| assessment.splice_to(&place, text)).into_iter().collect()
}

/// Whether rows of 民办 schools count, as the district has chosen.
pub fn private_counts(assessment: &Assessment) -> bool {
    private_id().is_none_or(|id| assessment.figure(&id).raw != LEFT_OUT)
}

/// The changes of choosing whether rows of 民办 schools count.
pub fn choosing_private(assessment: &Assessment, counts: bool) -> Vec<Edit> {
    let text = if counts { "" } else { LEFT_OUT };
    let place = private_id().map(|id| Place::Figure(id, FigureField::Raw));
    place.and_then(|place| assessment.splice_to(&place, text)).into_iter().collect()
}

/// The name of [`PRIVATE`].
pub fn private_id() -> Option<FigureId> {
    FigureId::parse(PRIVATE).ok()
}

/// The name of [`SPLITTING`].
pub fn splitting_id() -> Option<FigureId> {
    FigureId::parse(SPLITTING).ok()
}
