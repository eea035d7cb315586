//! What a cell stands for. Who reads a workbook back describes it anew from the
//! same state, and sees by what a cell holds where a change in it belongs: writing
//! and reading are each other's inverse. Says nothing about bytes; cells that hold
//! nothing (heads, sums, official texts, results) are nobody's to change.

use crate::assessment::RowId;
use crate::assessment::place::Place;
use crate::catalogue::PointId;

/// What a cell holds of the assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holds {
    /// The text at a place, or a piece of it: pieces of one place put together in
    /// the order of their numbers are the text, a blank cell being an empty piece.
    Text {
        /// Where the text is kept.
        place: Place,
        /// Which piece this is, from 0.
        piece: usize,
    },
    /// The number or the word that the text at a place is read as: 1.50 stands
    /// there as the number 1.5, a choice as the words that were chosen.
    Value(Place),
    /// What is shown while the text at a place is empty: 未填, the 责任单位 of the
    /// catalogue, the 年度 of the assessment. Anything else was typed by a person.
    StandIn(Place),
    /// 填报状态 of a point.
    State(PointId),
    /// The materials of a point by number and name; they are edited in 佐证材料目录.
    Materials(PointId),
    /// The 测评点 of a point; they are edited in the sheet of that name.
    CheckItems(PointId),
    /// The fixed 编号 of a material.
    Number(RowId),
    /// The points that refer to a material.
    Citing(RowId),
}

impl Holds {
    /// The first piece of the text at a place.
    pub const fn text(place: Place) -> Holds {
        Holds::Text { place, piece: 0 }
    }

    /// The same for the row with this number within its entry, from 0: texts and lists
    /// go on there; what is one number or one word does not.
    pub(super) fn in_row(&self, row: usize) -> Option<Holds> {
        match self {
            Holds::Text { place, .. } => Some(Holds::Text { place: place.clone(), piece: row }),
            Holds::Value(_) | Holds::State(_) | Holds::Number(_) => (row == 0).then(|| self.clone()),
            Holds::StandIn(_) | Holds::Materials(_) | Holds::CheckItems(_) | Holds::Citing(_) => {
                Some(self.clone())
            }
        }
    }

    /// The place of the text that a cell holds or stands for.
    pub const fn place(&self) -> Option<&Place> {
        match self {
            Holds::Text { place, .. } | Holds::Value(place) | Holds::StandIn(place) => Some(place),
            _ => None,
        }
    }
}
