//! The form of changes, as they stand in change logs, emergency journals and changes
//! that were set apart.

use serde::{Deserialize, Serialize};

use super::content::{CheckItem, Evidence, School};
use super::mirror::Wire;
use crate::assessment::place::Place;
use crate::assessment::{MuteId, RowId, State, edit};
use crate::catalogue::PointId;

/// One change.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(clippy::large_enum_variant, reason = "lives only while it is written or read")]
pub enum Edit {
    Splice { place: Place, offset: usize, removed: String, inserted: String },
    SetState { point: PointId, from: State, to: State },
    SetEvidence { row: RowId, from: Option<Evidence>, to: Option<Evidence> },
    SetEvidenceList { point: PointId, from: (Vec<RowId>, u32), to: (Vec<RowId>, u32) },
    SetSchool { row: RowId, from: Option<School>, to: Option<School> },
    SetMute { problem: MuteId, from: Option<String>, to: Option<String> },
    InsertCheckItem { point: PointId, index: usize, item: CheckItem },
    RemoveCheckItem { point: PointId, index: usize, item: CheckItem },
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
            Edit::InsertCheckItem { point, index, item } => {
                Domain::InsertCheckItem { point, index, item: item.back() }
            }
            Edit::RemoveCheckItem { point, index, item } => {
                Domain::RemoveCheckItem { point, index, item: item.back() }
            }
        }
    }
}

/// A list of changes; as `#[serde(with = "edits::list")]`.
pub mod list {
    use serde::{Deserialize, Deserializer, Serializer};

    use super::Edit;
    use crate::assessment::edit;
    use crate::record::wire::mirror::Wire;

    pub fn serialize<S: Serializer>(of: &[edit::Edit], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(of.iter().map(Edit::of))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<edit::Edit>, D::Error> {
        Vec::<Edit>::deserialize(deserializer).map(Wire::back)
    }
}
