//! The form of changes, as they stand in change logs, emergency journals and changes
//! that were set apart.

use serde::{Serialize, Serializer};

use super::content::{CheckItem, Contribution, Evidence, School};
use super::mirror::Wire;
use crate::assessment::place::Place;
use crate::assessment::{MuteId, RowId, State, edit};
use crate::catalogue::PointId;
use crate::value::json::{Fault, Json, OfJson, unknown};

/// One change.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(clippy::large_enum_variant, reason = "lives only while it is written or read")]
pub enum Edit {
    Splice { place: Place, offset: usize, removed: String, inserted: String },
    SetState { point: PointId, from: State, to: State },
    SetEvidence { row: RowId, from: Option<Evidence>, to: Option<Evidence> },
    SetEvidenceList { point: PointId, from: (Vec<RowId>, u32), to: (Vec<RowId>, u32) },
    SetSchool { row: RowId, from: Option<School>, to: Option<School> },
    SetMute { problem: MuteId, from: Option<String>, to: Option<String> },
    SetContribution { row: RowId, from: Option<Contribution>, to: Option<Contribution> },
    InsertCheckItem { point: PointId, index: usize, item: CheckItem },
    RemoveCheckItem { point: PointId, index: usize, item: CheckItem },
}

impl OfJson for Edit {
    fn of_json(json: Json<'_>) -> Result<Edit, Fault> {
        let (kind, json) = json.choice()?;
        let mut it = json.fields().map_err(|fault| fault.within(&kind))?;
        let edit = match &*kind {
            "splice" => Edit::Splice {
                place: it.take("place")?,
                offset: it.take("offset")?,
                removed: it.take("removed")?,
                inserted: it.take("inserted")?,
            },
            "set-state" => {
                Edit::SetState { point: it.take("point")?, from: it.take("from")?, to: it.take("to")? }
            }
            "set-evidence" => {
                Edit::SetEvidence { row: it.take("row")?, from: it.take("from")?, to: it.take("to")? }
            }
            "set-evidence-list" => {
                Edit::SetEvidenceList { point: it.take("point")?, from: it.take("from")?, to: it.take("to")? }
            }
            "set-school" => {
                Edit::SetSchool { row: it.take("row")?, from: it.take("from")?, to: it.take("to")? }
            }
            "set-mute" => {
                Edit::SetMute { problem: it.take("problem")?, from: it.take("from")?, to: it.take("to")? }
            }
            "set-contribution" => {
                Edit::SetContribution { row: it.take("row")?, from: it.take("from")?, to: it.take("to")? }
            }
            "insert-check-item" => Edit::InsertCheckItem {
                point: it.take("point")?,
                index: it.take("index")?,
                item: it.take("item")?,
            },
            "remove-check-item" => Edit::RemoveCheckItem {
                point: it.take("point")?,
                index: it.take("index")?,
                item: it.take("item")?,
            },
            other => return Err(unknown(other)),
        };
        Ok(edit)
    }
}

impl OfJson for edit::Edit {
    fn of_json(json: Json<'_>) -> Result<edit::Edit, Fault> {
        Edit::of_json(json).map(Wire::back)
    }
}

impl Wire<edit::Edit> for Edit {
    fn of(value: &edit::Edit) -> Edit {
        use edit::Edit as Domain;
        match value.clone() {
            Domain::Splice { place, offset, removed, inserted } => {
                Edit::Splice { place, offset, removed, inserted }
            }
            Domain::SetState { point, from, to } => Edit::SetState { point, from, to },
            Domain::SetEvidence { row, from, to } => {
                Edit::SetEvidence { row, from: Wire::of(&from), to: Wire::of(&to) }
            }
            Domain::SetEvidenceList { point, from, to } => Edit::SetEvidenceList { point, from, to },
            Domain::SetSchool { row, from, to } => {
                Edit::SetSchool { row, from: Wire::of(&from), to: Wire::of(&to) }
            }
            Domain::SetMute { problem, from, to } => Edit::SetMute { problem, from, to },
            Domain::SetContribution { row, from, to } => {
                Edit::SetContribution { row, from: Wire::of(&from), to: Wire::of(&to) }
            }
            Domain::InsertCheckItem { point, index, item } => {
                Edit::InsertCheckItem { point, index, item: Wire::of(&item) }
            }
            Domain::RemoveCheckItem { point, index, item } => {
                Edit::RemoveCheckItem { point, index, item: Wire::of(&item) }
            }
        }
    }

    fn back(self) -> edit::Edit {
        use edit::Edit as Domain;
        match self {
            Edit::Splice { place, offset, removed, inserted } => {
                Domain::Splice { place, offset, removed, inserted }
            }
            Edit::SetState { point, from, to } => {
                Domain::SetState { point, from: from.back(), to: to.back() }
            }
            Edit::SetEvidence { row, from, to } => {
                Domain::SetEvidence { row, from: from.back(), to: to.back() }
            }
            Edit::SetEvidenceList { point, from, to } => Domain::SetEvidenceList { point, from, to },
            Edit::SetSchool { row, from, to } => Domain::SetSchool { row, from: from.back(), to: to.back() },
            Edit::SetMute { problem, from, to } => Domain::SetMute { problem, from, to },
            Edit::SetContribution { row, from, to } => {
                Domain::SetContribution { row, from: from.back(), to: to.back() }
            }
            Edit::InsertCheckItem { point, index, item } => {
                Domain::InsertCheckItem { point, index, item: item.back() }
            }
            Edit::RemoveCheckItem { point, index, item } => {
                Domain::RemoveCheckItem { point, index, item: item.back() }
            }
        }
    }
}

/// Whether changes are about 责任单位 and what they handed in, of which programs up to
/// version 4 know nothing.
pub fn knows_of_units(edits: &[edit::Edit]) -> bool {
    use edit::Edit as Domain;
    let of_units = |edit: &edit::Edit| match edit {
        Domain::Splice { place, .. } => matches!(place, Place::Unit(..)),
        edit => matches!(edit, Domain::SetContribution { .. }),
    };
    edits.iter().any(of_units)
}

/// Writes a list of changes; as `#[serde(serialize_with = "edits::serialize")]`.
pub fn serialize<S: Serializer>(of: &[edit::Edit], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(of.iter().map(Edit::of))
}
