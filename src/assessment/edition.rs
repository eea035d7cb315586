//! Work that was begun with one edition of a catalogue goes over to a later one: what is
//! worded as before stays as it is, what is worded otherwise is to be looked at again.

use super::{Assessment, CatalogueRef, State};
use crate::catalogue::library::Compared;
use crate::catalogue::{Catalogue, PointId};

/// Why work cannot go over.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotMove {
    /// The later edition is of another catalogue.
    #[error("不是同一指标体系的版本")]
    Other,
    /// These points are answered and are not in the later edition.
    #[error("新版中没有其中 {} 个已填写的要点", .0.len())]
    Gone(Vec<PointId>),
}

impl Assessment {
    /// The same work on a later edition. Every text stays at its point. A point that is
    /// worded otherwise and was 已完成 is 填报中 again.
    ///
    /// # Errors
    /// [`CannotMove::Gone`] if something that was written would have no place.
    pub fn on_edition(&self, older: &Catalogue, newer: &Catalogue) -> Result<Assessment, CannotMove> {
        if self.head.catalogue.id != newer.id {
            return Err(CannotMove::Other);
        }
        let compared = Compared::of(older, newer);
        let gone: Vec<PointId> =
            self.answers.keys().filter(|id| newer.point(id).is_none()).cloned().collect();
        if !gone.is_empty() {
            return Err(CannotMove::Gone(gone));
        }
        let mut moved = self.clone();
        moved.head.catalogue = CatalogueRef::of(newer);
        for id in &compared.changed {
            if let Some(answer) = moved.answers.get_mut(id).filter(|it| it.state == State::Complete) {
                answer.state = State::Drafting;
            }
        }
        Ok(moved)
    }
}

impl CatalogueRef {
    /// Names the edition that a catalogue is.
    pub fn of(catalogue: &Catalogue) -> CatalogueRef {
        CatalogueRef {
            id: catalogue.id.clone(),
            title: catalogue.title.clone(),
            text_hash: catalogue.text_hash(),
            rules_hash: catalogue.rules_hash(),
        }
    }
}
