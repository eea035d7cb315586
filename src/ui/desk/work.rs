//! What the desk holds of the open assessment: the value itself, what is
//! derived from it and kept up to date, and what is not stored yet.

use std::collections::BTreeSet;
use std::sync::Arc;

use zhidu::assessment::Assessment;
use zhidu::assessment::edit::{Edit, Part};
use zhidu::assessment::history::History;
use zhidu::catalogue::{Catalogue, PointId};
use zhidu::record::Replica;
use zhidu::score::{Scorecard, score};

/// The revision of an assessment that was just opened.
const FIRST: u64 = 1;

/// The open assessment.
pub struct Work {
    /// Its catalogue.
    pub catalogue: Arc<Catalogue>,
    /// The value.
    pub assessment: Assessment,
    /// What can be undone.
    pub history: History,
    /// Its totals.
    pub card: Scorecard,
    /// `seq` of the state in the store.
    pub seq: u64,
    /// This copy and the epoch in which this page may write, or the one in which
    /// it was read while `claimed` is false.
    pub replica: Replica,
    /// Whether this page has become the writer. It has not where the store was
    /// full or blocked when it was opened.
    pub claimed: bool,
    /// Parts that differ from the store and are not on their way to it.
    pub dirty: BTreeSet<Part>,
    /// Parts that are on their way to the store.
    pub under_way: BTreeSet<Part>,
    /// When something was last changed, in milliseconds of the page's clock.
    pub changed_at: f64,
    /// Whether a write is under way.
    pub writing: bool,
    /// Whether another tab has become the writer.
    pub lost: bool,
    /// Grows with each change.
    pub revision: u64,
    /// For each point the revision in which its card last changed.
    pub points: Vec<u64>,
    /// For each group the revision in which its tally last changed.
    pub groups: Vec<u64>,
    /// The revision in which texts or rows last changed otherwise than by typing
    /// in a field.
    pub texts: u64,
}

impl Work {
    /// The work on an assessment as the store has it.
    pub fn new(catalogue: Arc<Catalogue>, assessment: Assessment, seq: u64, replica: Replica) -> Work {
        Work {
            card: score(&catalogue, &assessment),
            history: History::new(),
            seq,
            replica,
            claimed: true,
            dirty: BTreeSet::new(),
            under_way: BTreeSet::new(),
            changed_at: 0.0,
            writing: false,
            lost: false,
            revision: FIRST,
            points: vec![FIRST; catalogue.points().len()],
            groups: vec![FIRST; catalogue.groups().len()],
            texts: FIRST,
            catalogue,
            assessment,
        }
    }

    /// Parts that the store has not confirmed.
    pub fn unsaved(&self) -> BTreeSet<Part> {
        self.dirty.union(&self.under_way).cloned().collect()
    }

    /// Brings totals, revisions and the list of unsaved parts up to date with
    /// edits that were applied.
    pub fn took(&mut self, edits: &[Edit]) {
        self.revision += 1;
        let parts: BTreeSet<Part> = edits.iter().map(Edit::part).collect();
        for part in parts {
            match &part {
                Part::Head => {}
                Part::Answer(id) => self.answer_changed(id),
                Part::Evidence(row) => {
                    let citing = self.assessment.points_citing(row).into_iter();
                    let indices: Vec<usize> =
                        citing.filter_map(|id| self.catalogue.point(id)).map(|(index, _)| index).collect();
                    for index in indices {
                        self.mark_point(index);
                    }
                }
            }
            self.dirty.insert(part);
        }
    }

    fn answer_changed(&mut self, id: &PointId) {
        let catalogue = self.catalogue.clone();
        let Some((index, _)) = catalogue.point(id) else { return };
        self.mark_point(index);
        for group in self.card.update(&catalogue, index, self.assessment.answer(id)) {
            if let Some(revision) = self.groups.get_mut(group) {
                *revision = self.revision;
            }
        }
    }

    fn mark_point(&mut self, index: usize) {
        if let Some(revision) = self.points.get_mut(index) {
            *revision = self.revision;
        }
    }
}
