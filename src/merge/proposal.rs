//! What taking a file in would change, with what a person has decided of it so far.

use super::{Change, Decision, Outcome, Taken, find, take};
use crate::assessment::Assessment;

/// A file that waits for its decisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The file and whose it is, as a person is told.
    pub source: String,
    /// Whether the state that both sides come from is known. Where it is not, nobody can
    /// say who has changed what, and everything that differs is decided by the person.
    pub base_known: bool,
    /// What was not taken from the file, as sentences.
    pub remarks: Vec<String>,
    base: Assessment,
    theirs: Assessment,
    changes: Vec<(Change, Option<Decision>)>,
}

/// How many changes stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Only they have changed it.
    pub theirs: usize,
    /// Of these, what they have emptied or removed.
    pub gone: usize,
    /// Only here it was changed.
    pub ours: usize,
    /// Both changed it alike.
    pub alike: usize,
    /// Both changed it without touching each other.
    pub merged: usize,
    /// Both changed it differently.
    pub conflicts: usize,
    /// Of these, what is not decided yet.
    pub undecided: usize,
}

impl Proposal {
    /// What bringing `theirs` into `ours` would change. Without a base nothing is proposed.
    pub fn new(
        source: String,
        base: Option<Assessment>,
        theirs: Assessment,
        ours: &Assessment,
        remarks: Vec<String>,
    ) -> Proposal {
        let base_known = base.is_some();
        let base = base.unwrap_or_else(|| ours.clone());
        let mut proposal = Proposal { source, base_known, remarks, base, theirs, changes: Vec::new() };
        proposal.look_at(ours);
        proposal
    }

    /// The changes with their decisions, in the order in which they are shown.
    pub fn changes(&self) -> &[(Change, Option<Decision>)] {
        &self.changes
    }

    /// The state that comes in.
    pub const fn theirs(&self) -> &Assessment {
        &self.theirs
    }

    /// The state that both come from, or what stands in for it.
    pub const fn base(&self) -> &Assessment {
        &self.base
    }

    /// Looks anew at what is here; what was decided of a change stays decided while both
    /// sides say the same of it.
    pub fn look_at(&mut self, ours: &Assessment) {
        let known = std::mem::take(&mut self.changes);
        let mut changes = find(&self.base, &self.theirs, ours);
        if !self.base_known {
            changes.iter_mut().for_each(|change| change.outcome = Outcome::Conflict);
        }
        let decided = |change: &Change| {
            let same = known.iter().find(|(it, _)| {
                it.subject == change.subject && it.theirs == change.theirs && it.ours == change.ours
            });
            same.map_or_else(|| change.proposed(), |(_, decision)| decision.clone())
        };
        self.changes = changes
            .into_iter()
            .map(|change| {
                let decision = decided(&change);
                (change, decision)
            })
            .collect();
    }

    /// Decides about a change as it was proposed.
    pub fn propose(&mut self, index: usize) {
        if let Some((change, decided)) = self.changes.get_mut(index) {
            *decided = change.proposed();
        }
    }

    /// Decides about a change.
    pub fn decide(&mut self, index: usize, decision: Option<Decision>) {
        if let Some((_, decided)) = self.changes.get_mut(index) {
            *decided = decision;
        }
    }

    /// How many changes stand how.
    pub fn count(&self) -> Count {
        let mut count = Count::default();
        for (change, decision) in &self.changes {
            match change.outcome {
                Outcome::Theirs => count.theirs += 1,
                Outcome::Ours => count.ours += 1,
                Outcome::Alike => count.alike += 1,
                Outcome::Merged(_) => count.merged += 1,
                Outcome::Conflict => count.conflicts += 1,
            }
            let gone = change.outcome == Outcome::Theirs && (change.empties() || change.removes());
            count.gone += usize::from(gone);
            count.undecided += usize::from(decision.is_none());
        }
        count
    }

    /// How many changes would be made here.
    pub fn will_change(&self) -> usize {
        let made = |(change, decision): &&(Change, Option<Decision>)| match decision {
            None | Some(Decision::Ours) => false,
            Some(Decision::Theirs | Decision::Both) => true,
            Some(Decision::Text(text)) => change.ours.as_ref() != Some(text),
        };
        self.changes.iter().filter(made).count()
    }

    /// What becomes of `ours` as it was decided.
    pub fn take(&self, ours: &Assessment) -> Taken {
        let changes: Vec<Change> = self.changes.iter().map(|(change, _)| change.clone()).collect();
        take(&self.base, ours, &self.theirs, &changes, |index| {
            self.changes.get(index).and_then(|(_, decision)| decision.clone())
        })
    }
}
