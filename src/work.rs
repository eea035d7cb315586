//! What a page holds of the open assessment: the value itself, what is derived
//! from it and kept up to date, and how it stands to what the store has. The
//! page carries batches to the store and tells what became of them; all that
//! follows from that is here, so that it is tested without a browser.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::assessment::edit::{Edit, Part};
use crate::assessment::history::{History, apply_all};
use crate::assessment::place::Place;
use crate::assessment::{Assessment, AssessmentId, State};
use crate::catalogue::{Catalogue, PointId};
use crate::record::journal::Journal;
use crate::record::log::{Grown, How, Logger, Moment};
use crate::record::summary::{Summary, summary};
use crate::record::unmerged::Unmerged;
use crate::record::{self, Changes, Key, Mark, RecordKind, Replica, Stamp};
use crate::score::{Scorecard, score};
use crate::value::sets::set_of;

/// The revision of an assessment that was just opened.
const FIRST: u64 = 1;

/// Why an assessment is open for reading alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Another window is its writer.
    Elsewhere,
    /// The program has failed again and again.
    Safe,
    /// A later program has written it.
    Newer,
    /// It was begun with a wording of its catalogue that this program does not have.
    OtherText,
}

/// What goes to the store in one transaction.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Whose changes these are.
    pub assessment: AssessmentId,
    /// Who writes them.
    pub writer: Replica,
    /// The state that they make.
    pub seq: u64,
    /// The records.
    pub changes: Changes,
    /// The row of 工作台 that is among them.
    pub summary: Summary,
    entries: Vec<Grown>,
}

/// What became of an emergency journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovered {
    /// What was taken, and is unsaved now.
    pub edits: Vec<Edit>,
    /// What does not fit, because somebody else has written meanwhile.
    pub unmerged: Option<Unmerged>,
}

impl Recovered {
    /// In how many fields and rows something was taken.
    pub fn fields(&self) -> usize {
        let places = self.edits.iter().filter_map(|edit| match edit {
            Edit::Splice { place, .. } => Some((edit.part(), Some(place))),
            // Goes along with the text that is typed.
            Edit::SetState { from: State::Blank, to: State::Drafting, .. } => None,
            _ => Some((edit.part(), None)),
        });
        set_of(places).len().max(1)
    }
}

/// The open assessment.
#[derive(Debug)]
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
    /// The value as the store is known to have it.
    pub stored: Assessment,
    /// Parts that differ from the store and are not on their way to it.
    pub dirty: BTreeSet<Part>,
    /// Parts that are on their way to the store.
    pub under_way: BTreeSet<Part>,
    /// Of the parts that are on their way, what the store will have.
    pub sent: Assessment,
    /// The change log, as far as the store does not have it.
    pub log: Logger,
    /// Names and texts of emergency journals whose content is among what is
    /// unsaved. A window that is still there may write another text under its
    /// name, which must not be forgotten then.
    pub journals: Vec<(String, String)>,
    /// When something was last changed, in milliseconds of the page's clock.
    pub changed_at: f64,
    /// Whether a write is under way.
    pub writing: bool,
    /// Why nothing can be changed here, if so.
    pub reading: Option<Reading>,
    /// When the last restore point was made, in milliseconds of the page's clock.
    pub restore_point_at: Option<f64>,
    /// The day for which a restore point was seen to, as the person's clock says.
    pub restore_point_day: String,
    /// Restore points that this writer has made.
    pub restore_points: u32,
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
            stored: assessment.clone(),
            dirty: BTreeSet::new(),
            under_way: BTreeSet::new(),
            sent: Assessment::of(assessment.head.clone()),
            log: Logger::default(),
            journals: Vec::new(),
            changed_at: 0.0,
            writing: false,
            reading: None,
            restore_point_at: None,
            restore_point_day: String::new(),
            restore_points: 0,
            revision: FIRST,
            points: vec![FIRST; catalogue.points().len()],
            groups: vec![FIRST; catalogue.groups().len()],
            texts: FIRST,
            catalogue,
            assessment,
        }
    }

    /// Takes the unsaved parts as they are now onto their way to the store, with
    /// their entries of the change log and the row of 工作台. `at` is what the
    /// person's clock says. `None` if everything is stored or on its way.
    pub fn send(&mut self, at: &str) -> Option<Batch> {
        if self.dirty.is_empty() || !self.under_way.is_empty() {
            return None;
        }
        let stamp = Stamp { seq: self.seq + 1, author: self.assessment.head.cover.filler.clone() };
        let summary = summary(&self.catalogue, &self.assessment, &self.card.total, at, stamp.seq);
        let mut changes = record::changes(&self.assessment, &self.dirty, &stamp);
        let key = |kind| Key { assessment: self.assessment.head.id.clone(), kind };
        changes.push((key(RecordKind::Summary), Some(record::write(&stamp, &summary))));
        let mut entries = Vec::new();
        for (grown, entry) in self.log.unstored(&self.assessment) {
            let replica = self.replica.id.clone();
            let mark = Mark { epoch: self.replica.epoch, serial: grown.0, replica };
            let text =
                entry.map(|entry| record::write(&Stamp { seq: stamp.seq, author: entry.by.clone() }, &entry));
            changes.push((key(RecordKind::Log(mark)), text));
            entries.push(grown);
        }
        self.under_way = std::mem::take(&mut self.dirty);
        for part in &self.under_way {
            self.sent.copy_part(part, &self.assessment);
        }
        Some(Batch {
            assessment: self.assessment.head.id.clone(),
            writer: self.replica.clone(),
            seq: stamp.seq,
            changes,
            summary,
            entries,
        })
    }

    /// A batch is in the store.
    pub fn arrived(&mut self, batch: &Batch) {
        for part in std::mem::take(&mut self.under_way) {
            self.stored.copy_part(&part, &self.sent);
        }
        self.seq = batch.seq;
        self.log.stored(&batch.entries);
    }

    /// What was on its way has not arrived.
    pub fn came_back(&mut self) {
        let parts = std::mem::take(&mut self.under_way);
        self.dirty.extend(parts);
    }

    /// Another window has become the writer and left the store as `now`: from
    /// here on this one reads. Returns the changes that the store does not have,
    /// with whole texts.
    pub fn lost(&mut self, now: &Assessment, at: String) -> Unmerged {
        self.reading = Some(Reading::Elsewhere);
        self.came_back();
        let parts = self.dirty.iter();
        let edits: Vec<Edit> = parts.flat_map(|part| self.stored.edits_to(&self.assessment, part)).collect();
        let edits = Unmerged::between(&self.stored, &self.assessment, now, &edits);
        Unmerged { at, by: self.assessment.head.cover.filler.clone(), whole: true, edits }
    }

    /// What the page does not have to keep any more: it is set apart.
    pub fn forget_unsaved(&mut self) {
        self.dirty.clear();
        self.under_way.clear();
        self.log = Logger::default();
    }

    /// Takes up an emergency journal of this name, as far as it continues what is
    /// here. The rest is given back; it is to be set apart before the journal
    /// may be forgotten.
    pub fn recover(&mut self, name: &str, journal: &Journal, moment: Moment<'_>) -> Recovered {
        let news = journal.news(&self.replica.id, &self.assessment);
        if !news.edits.is_empty() && apply_all(&mut self.assessment, &news.edits).is_ok() {
            self.took(&news.edits);
            self.log(&news.edits, How::Recovered, None, moment);
            self.journals.push((name.to_owned(), journal.write()));
        }
        let (at, by) = (journal.kept.clone(), journal.author.clone());
        let unmerged = Unmerged { at, by, whole: false, edits: news.unmerged };
        Recovered { edits: news.edits, unmerged: Some(unmerged).filter(|it| !it.edits.is_empty()) }
    }

    /// The emergency journal of what is unsaved.
    pub fn journal(&self, kept: String) -> Journal {
        let mut sent = self.stored.clone();
        for part in &self.under_way {
            sent.copy_part(part, &self.sent);
        }
        let states = [&self.stored, &sent, &self.assessment];
        Journal::new(self.replica.id.clone(), kept, self.unsaved(), states)
    }

    /// Takes note of edits that were applied; with `typed`, they are keystrokes
    /// there.
    pub fn log(&mut self, edits: &[Edit], how: How, typed: Option<&Place>, moment: Moment<'_>) {
        self.log.note(&self.assessment, edits, how, typed, moment);
    }

    /// What the field of a place shows: its text, or what it is preset to.
    pub fn shown_text(&self, place: &Place) -> String {
        match self.assessment.text(place) {
            "" => place.preset(&self.catalogue),
            text => text.to_owned(),
        }
    }

    /// Parts that the store has not confirmed.
    pub fn unsaved(&self) -> BTreeSet<Part> {
        set_of(self.dirty.union(&self.under_way).cloned())
    }

    /// Brings totals, revisions and the list of unsaved parts up to date with
    /// edits that were applied.
    pub fn took(&mut self, edits: &[Edit]) {
        self.revision += 1;
        for part in set_of(edits.iter().map(Edit::part)) {
            match &part {
                Part::Head | Part::School(_) | Part::Mute(_) | Part::Unit(_) => {}
                Part::Contribution(row) => {
                    let point = self.assessment.contributions.get(row).and_then(|it| it.point.clone());
                    if let Some((index, _)) = point.and_then(|id| self.catalogue.point(&id)) {
                        self.mark_point(index);
                    }
                }
                Part::Figure(id) => {
                    let catalogue = self.catalogue.clone();
                    catalogue.points_taking(id).for_each(|index| self.mark_point(index));
                }
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

    /// Takes the state that the store now has, where another window wrote it.
    pub fn follow(&mut self, now: &Assessment, seq: u64) {
        let mut parts = record::parts(&self.assessment);
        parts.extend(record::parts(now));
        let mut edits = Vec::new();
        for part in &parts {
            edits.extend(self.assessment.edits_to(now, part));
            self.assessment.copy_part(part, now);
        }
        self.took(&edits);
        self.forget_unsaved();
        self.stored.clone_from(now);
        self.seq = seq;
        self.history = History::new();
        self.card = score(&self.catalogue, &self.assessment);
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
