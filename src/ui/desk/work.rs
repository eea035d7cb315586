//! What the desk holds of the open assessment: the value itself, what is
//! derived from it and kept up to date, and what is not stored yet.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use zhidu::assessment::Assessment;
use zhidu::assessment::edit::{Edit, Part};
use zhidu::assessment::history::History;
use zhidu::catalogue::Catalogue;
use zhidu::record::Replica;
use zhidu::score::{Scorecard, score};

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
    /// This copy and the epoch in which this page may write.
    pub replica: Replica,
    /// Parts that differ from the store.
    pub dirty: BTreeSet<Part>,
    /// Whether a write is under way.
    pub writing: bool,
    /// Whether another tab has become the writer.
    pub lost: bool,
    /// One for each point.
    pub points: Vec<ArcTrigger>,
    /// One for each group.
    pub groups: Vec<ArcTrigger>,
    /// For the total.
    pub total: ArcTrigger,
    /// For identity and cover.
    pub head: ArcTrigger,
    /// For texts that change otherwise than in their own field.
    pub outside: ArcTrigger,
}

impl Work {
    /// The work on an assessment as the store has it.
    pub fn new(catalogue: Arc<Catalogue>, assessment: Assessment, seq: u64, replica: Replica) -> Work {
        Work {
            card: score(&catalogue, &assessment),
            history: History::new(),
            seq,
            replica,
            dirty: BTreeSet::new(),
            writing: false,
            lost: false,
            points: catalogue.points().iter().map(|_| ArcTrigger::new()).collect(),
            groups: catalogue.groups().iter().map(|_| ArcTrigger::new()).collect(),
            total: ArcTrigger::new(),
            head: ArcTrigger::new(),
            outside: ArcTrigger::new(),
            catalogue,
            assessment,
        }
    }

    /// Brings totals and the list of unsaved parts up to date with edits that
    /// were applied, and returns the triggers to fire.
    pub fn took(&mut self, edits: &[Edit]) -> Vec<ArcTrigger> {
        let mut wake = Vec::new();
        let mut seen = BTreeSet::new();
        for part in edits.iter().map(Edit::part) {
            if !seen.insert(part.clone()) {
                continue;
            }
            match &part {
                Part::Head => wake.push(self.head.clone()),
                Part::Answer(id) => {
                    if let Some((index, _)) = self.catalogue.point(id) {
                        wake.extend(self.points.get(index).cloned());
                        let answer = self.assessment.answer(id);
                        let groups = self.card.update(&self.catalogue, index, answer);
                        if !groups.is_empty() {
                            wake.push(self.total.clone());
                            wake.extend(
                                groups.into_iter().filter_map(|group| self.groups.get(group).cloned()),
                            );
                        }
                    }
                }
                Part::Evidence(row) => {
                    let citing = self.assessment.points_citing(row);
                    let indices = citing.into_iter().filter_map(|id| self.catalogue.point(id));
                    wake.extend(indices.filter_map(|(index, _)| self.points.get(index).cloned()));
                }
            }
            self.dirty.insert(part);
        }
        wake
    }
}
