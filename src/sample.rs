//! 打开示例: an invented district as readable data, and the assessment that it
//! describes. Has no district of its own: the text comes in, and so do the
//! identities of its rows. Refuses what it does not know instead of leaving it out.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::assessment::edit::Edit;
use crate::assessment::history::apply_all;
use crate::assessment::place::Place;
use crate::assessment::{Assessment, AssessmentId, RowId, State};
use crate::catalogue::{Catalogue, PointId};

/// A described district, see `samples/README.md`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// What the file is, for whoever opens it.
    pub about: String,
    /// Id of the catalogue that it answers.
    pub catalogue: String,
    /// 填报单位.
    pub unit: String,
    /// 年度.
    pub year: String,
    /// Texts of the cover by the names of their fields.
    pub cover: BTreeMap<String, String>,
    /// Its answers.
    pub points: Vec<SamplePoint>,
    /// 佐证材料 by the keys that the answers name them by.
    pub materials: Materials,
    /// 学校数据.
    pub schools: Schools,
    /// 数据 by id: texts by the names of their fields.
    pub figures: BTreeMap<String, BTreeMap<String, String>>,
    /// What contradicts itself on purpose.
    pub planted: Vec<Planted>,
}

/// The answer of one point.
#[derive(Clone, Debug, Deserialize)]
pub struct SamplePoint {
    /// Its ordinal.
    pub point: u16,
    /// 填报状态 in the field's words.
    pub state: String,
    /// Keys of its materials, in order.
    #[serde(default)]
    pub materials: Vec<String>,
    /// Its texts by the names of their fields.
    #[serde(flatten)]
    pub texts: BTreeMap<String, String>,
}

/// Materials as a table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Materials {
    /// Names of the fields in the rows.
    pub columns: Vec<String>,
    /// The rows by key.
    pub rows: BTreeMap<String, Vec<String>>,
}

/// Schools as a table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schools {
    /// Names of the columns in the rows.
    pub columns: Vec<String>,
    /// The rows in the order of the table.
    pub rows: Vec<Vec<String>>,
}

/// A contradiction that is there on purpose, so that 体检 has something to show.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Planted {
    /// Name of the rule of 体检 that finds it.
    pub rule: String,
    /// What is wrong, in a sentence.
    pub what: String,
    /// The point at which it is found.
    pub point: Option<u16>,
    /// The measure at which it is found.
    pub measure: Option<String>,
    /// The school at which it is found, with the column.
    pub school: Option<String>,
    /// The column at which it is found.
    pub column: Option<String>,
    /// Key of the material at which it is found.
    pub material: Option<String>,
}

/// Why a description is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SampleError {
    /// Not in the form of a description.
    #[error("示例数据无法读取：{0}")]
    Unreadable(String),
    /// Written for another catalogue.
    #[error("示例数据使用的指标体系是“{0}”")]
    OtherCatalogue(String),
    /// Names something that there is not: a point, a field, a state, a material.
    #[error("示例数据中的“{0}”无法识别")]
    Unknown(String),
    /// A row with more or fewer cells than there are columns.
    #[error("示例数据中“{0}”一行的格数与表头不符")]
    Uneven(String),
}

/// Reads a description.
///
/// # Errors
/// [`SampleError::Unreadable`].
pub fn parse(json: &str) -> Result<Sample, SampleError> {
    serde_json::from_str(json).map_err(|error| SampleError::Unreadable(error.to_string()))
}

/// The assessment that is described, marked as an example, under a fresh `id`;
/// `fresh_row` gives an identity that no other row has each time it is asked.
///
/// # Errors
/// Names what the catalogue or the program does not know.
pub fn build(
    sample: &Sample,
    catalogue: &Catalogue,
    id: AssessmentId,
    fresh_row: &mut dyn FnMut() -> RowId,
) -> Result<Assessment, SampleError> {
    if sample.catalogue != catalogue.id.as_str() {
        return Err(SampleError::OtherCatalogue(sample.catalogue.clone()));
    }
    let mut assessment = Assessment::new(id, catalogue, &sample.unit, "", &sample.year);
    assessment.head.example = true;
    assessment.head.name = format!("示例 {}", assessment.head.name);
    let mut making = Making { assessment, fresh_row };
    for (field, text) in &sample.cover {
        making.typed(&format!("head/{field}"), text)?;
    }
    let mut listed = BTreeMap::new();
    for point in &sample.points {
        making.answer(catalogue, point, &sample.materials, &mut listed)?;
    }
    for row in &sample.schools.rows {
        making.school(&sample.schools.columns, row)?;
    }
    for (figure, texts) in &sample.figures {
        for (field, text) in texts {
            making.typed(&format!("figure/{figure}/{field}"), text)?;
        }
    }
    Ok(making.assessment)
}

struct Making<'a> {
    assessment: Assessment,
    fresh_row: &'a mut dyn FnMut() -> RowId,
}

impl Making<'_> {
    /// Applies edits that were made from the assessment as it stands; `what` they
    /// are about.
    fn apply(&mut self, edits: &[Edit], what: &str) -> Result<(), SampleError> {
        apply_all(&mut self.assessment, edits).map_err(|_| SampleError::Unknown(what.to_owned()))
    }

    fn typed(&mut self, address: &str, text: &str) -> Result<(), SampleError> {
        let place = Place::parse(address).ok_or_else(|| SampleError::Unknown(address.to_owned()))?;
        let edits = self.assessment.typing(&place, text);
        self.apply(&edits, address)
    }

    /// Types the cells of a row, `address` being that of the row.
    fn cells(&mut self, address: &str, columns: &[String], row: &[String]) -> Result<(), SampleError> {
        if columns.len() != row.len() {
            return Err(SampleError::Uneven(row.first().cloned().unwrap_or_default()));
        }
        columns.iter().zip(row).try_for_each(|(name, text)| self.typed(&format!("{address}/{name}"), text))
    }

    /// `listed` are the materials that earlier points have brought in.
    fn answer<'s>(
        &mut self,
        catalogue: &Catalogue,
        of: &'s SamplePoint,
        materials: &Materials,
        listed: &mut BTreeMap<&'s str, RowId>,
    ) -> Result<(), SampleError> {
        let point = PointId::new(&catalogue.id, of.point);
        let name = point.to_string();
        let unknown = |what: &str| SampleError::Unknown(format!("{name} {what}"));
        catalogue.point(&point).ok_or_else(|| unknown(""))?;
        for (field, text) in &of.texts {
            self.typed(&format!("answer/{point}/{field}"), text)?;
        }
        for key in &of.materials {
            if let Some(row) = listed.get(key.as_str()) {
                let edits = self.assessment.citing_evidence(&point, row);
                self.apply(&edits, key)?;
                continue;
            }
            let texts = materials.rows.get(key).ok_or_else(|| unknown(key))?;
            let row = (self.fresh_row)();
            let edits = self.assessment.adding_evidence(&point, row.clone());
            self.apply(&edits, key)?;
            self.cells(&format!("evidence/{row}"), &materials.columns, texts)?;
            listed.insert(key, row);
        }
        // Last, because typing begins an answer.
        let state = State::from_label(&of.state).ok_or_else(|| unknown(&of.state))?;
        let edits = self.assessment.setting_state(&point, state);
        self.apply(&edits, &of.state)
    }

    fn school(&mut self, columns: &[String], row: &[String]) -> Result<(), SampleError> {
        let id = (self.fresh_row)();
        let edits = self.assessment.adding_school(id.clone());
        self.apply(&edits, "schools")?;
        self.cells(&format!("school/{id}"), columns, row)
    }
}
