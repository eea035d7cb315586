//! A browser with two windows on one assessment, without a browser: it drives the
//! core and a store as the page does.

use std::collections::BTreeMap;
use std::sync::Arc;

use zhidu::assessment::edit::Edit;
use zhidu::assessment::history::apply_all;
use zhidu::assessment::place::{AnswerField, EvidenceField, Place};
use zhidu::assessment::{Assessment, AssessmentId, ReplicaId, RowId};
use zhidu::catalogue::Catalogue;
use zhidu::record::Mark;
use zhidu::record::journal::Journal;
use zhidu::record::log::{How, Moment};
use zhidu::record::restore::{RestorePoint, Why};
use zhidu::record::summary::{Summary, summary};
use zhidu::score::score;
use zhidu::store::replace::{Reason, Whole, put_whole};
use zhidu::store::{self, StoreError, Table};
use zhidu::work::Work;

use crate::memory::{Fault, Memory, now};
use crate::sample::{point, scored, untouched};

/// What a person, the browser or bad luck does.
#[derive(Clone, Debug)]
pub enum Action {
    /// Types a word behind the text of a point.
    Type(u16),
    /// Adds a material to a point.
    AddMaterial(u16),
    /// Writes what is unsaved.
    Flush,
    /// The page is hidden: the journal is kept.
    Hide,
    /// The page is closed or dies without a word; the next one opens.
    Reload { hidden_first: bool },
    /// Another window becomes the writer, and this one reads.
    SwitchWindow,
    /// A restore point is made.
    KeepPoint,
    /// The n-th operation of the store from here fails.
    Plan(u32, Fault),
    /// What ails the browser is mended.
    Mend,
}

/// Puts a whole assessment into a store, under this number as its copy if it has
/// none.
pub fn put(
    store: &Memory,
    catalogue: &Catalogue,
    assessment: &Assessment,
    reason: Reason,
    copy: u128,
    over: Option<u64>,
) -> Result<Summary, StoreError> {
    let at = "2026-11-23 14:05";
    let fresh = ReplicaId::from_random(copy);
    let whole = Whole { assessment, reason, fresh: &fresh, over, at, log: &[] };
    let total = score(catalogue, assessment).total;
    now(put_whole(store, &whole, |seq| summary(catalogue, assessment, &total, at, seq)))
}

/// Two windows of one browser on one assessment, as the page drives them.
pub struct Browser {
    pub catalogue: Arc<Catalogue>,
    pub id: AssessmentId,
    pub store: Memory,
    /// What localStorage holds: journals by window.
    pub journals: BTreeMap<usize, String>,
    pub windows: [Option<Work>; 2],
    pub active: usize,
    pub typed: u32,
    pub rows: u128,
    pub clock: f64,
    /// Words that must not be lost: called saved, set apart, or in a journal.
    pub promised: Vec<String>,
    /// Words typed since, by window.
    pub pending: [Vec<String>; 2],
}

impl Browser {
    pub fn new() -> Browser {
        let catalogue = Arc::new(scored().clone());
        let assessment = untouched(&catalogue);
        let store = Memory::default();
        put(&store, &catalogue, &assessment, Reason::Created, 1, None).unwrap();
        let id = assessment.head.id.clone();
        let mut browser = Browser {
            catalogue,
            id,
            store,
            journals: BTreeMap::new(),
            windows: [None, None],
            active: 0,
            typed: 0,
            rows: 0,
            clock: 0.0,
            promised: Vec::new(),
            pending: [Vec::new(), Vec::new()],
        };
        browser.open();
        browser
    }

    /// Opens the assessment in the active window as its writer.
    pub fn open(&mut self) {
        let Ok(Some((found, replica))) = now(store::take(&self.store, &self.id, ReplicaId::from_random(1)))
        else {
            return;
        };
        let loaded = found.loaded.expect("the head is never damaged here");
        let mut work = Work::new(self.catalogue.clone(), loaded.assessment, loaded.seq, replica);
        for (window, text) in self.journals.clone() {
            let journal = Journal::read(&text).expect("a journal is whole or not there");
            let name = window.to_string();
            let taken = work.take_up(&name, &journal, Moment { ms: self.clock, at: "" });
            if let Some(copy) = taken.unmerged {
                self.rows += 1;
                let row = RowId::from_random(self.rows);
                if now(store::past::keep_unmerged(&self.store, &self.id, &row, &copy)).is_err() {
                    work.journals.retain(|(it, _)| *it != name);
                    continue;
                }
            }
            if taken.edits.is_empty() {
                self.journals.remove(&window);
            }
        }
        self.windows[self.active] = Some(work);
    }

    fn edit(&mut self, make: impl FnOnce(&Assessment) -> Vec<Edit>) -> bool {
        self.clock += 100.0;
        let ms = self.clock;
        let Some(work) = self.windows[self.active].as_mut().filter(|work| work.reading.is_none()) else {
            return false;
        };
        let edits = make(&work.assessment);
        apply_all(&mut work.assessment, &edits).unwrap();
        work.took(&edits);
        work.log(&edits, How::Filled, None, Moment { ms, at: "2026-11-23 14:05" });
        true
    }

    fn word(&mut self) -> String {
        self.typed += 1;
        format!("〔{}〕", self.typed)
    }

    pub fn flush(&mut self) {
        let Some(work) = self.windows[self.active].as_mut() else { return };
        let Some(batch) = work.send("2026-11-23 14:05") else { return };
        match now(store::commit(&self.store, &self.id, &batch.writer, &batch.changes)) {
            Ok(()) => {
                work.arrived(&batch);
                work.journals.drain(..).for_each(|(name, text)| forget(&mut self.journals, &name, &text));
                self.journals.remove(&self.active);
                self.promised.append(&mut self.pending[self.active]);
            }
            Err(StoreError::Stale) => self.lose(self.active),
            Err(_) => work.came_back(),
        }
    }

    /// As the page does when the store says that another window writes.
    fn lose(&mut self, window: usize) {
        let Some(work) = self.windows[window].as_mut() else { return };
        let Ok(Some(found)) = now(store::read(&self.store, &self.id)) else {
            work.came_back();
            return self.hide(window);
        };
        let standing = found.loaded.expect("the head is never damaged here").assessment;
        let copy = work.lost(&standing, String::new());
        self.rows += 1;
        let row = RowId::from_random(self.rows);
        if copy.edits.is_empty()
            || now(store::past::keep_unmerged(&self.store, &self.id, &row, &copy)).is_ok()
        {
            work.forget_unsaved();
            self.journals.remove(&window);
            self.promised.append(&mut self.pending[window]);
        } else {
            self.hide(window);
        }
    }

    fn hide(&mut self, window: usize) {
        if let Some(work) = &self.windows[window] {
            let journal = work.journal(String::new());
            if !journal.parts.is_empty() {
                // What was taken up from the others stands in this one now.
                work.journals.iter().for_each(|(name, text)| forget(&mut self.journals, name, text));
                self.journals.insert(window, journal.write());
            }
            self.promised.append(&mut self.pending[window]);
        }
    }

    pub fn act(&mut self, action: &Action) {
        match action {
            Action::Type(at) => {
                let word = self.word();
                let place = Place::Answer(point(*at), AnswerField::Narrative);
                if self.edit(|it| it.typing(&place, &format!("{}{word}", it.text(&place)))) {
                    self.pending[self.active].push(word);
                }
            }
            Action::AddMaterial(at) => {
                let word = self.word();
                self.rows += 1;
                let row = RowId::from_random(self.rows);
                let title = Place::Evidence(row.clone(), EvidenceField::Title);
                if self.edit(|it| it.adding_evidence(&point(*at), row.clone()))
                    && self.edit(|it| it.typing(&title, &word))
                {
                    self.pending[self.active].push(word);
                }
            }
            Action::Flush => self.flush(),
            Action::Hide => self.hide(self.active),
            Action::Reload { hidden_first } => self.reload(*hidden_first),
            Action::SwitchWindow => {
                self.active = 1 - self.active;
                match &self.windows[self.active] {
                    Some(work) if work.unsaved().is_empty() => self.open(),
                    Some(_) => self.flush(),
                    None => self.open(),
                }
            }
            Action::KeepPoint => {
                if let Some(work) = &self.windows[self.active] {
                    let mark = Mark {
                        epoch: work.replica.epoch,
                        serial: self.typed + 1,
                        replica: work.replica.id.clone(),
                    };
                    let why = Why::ByHand;
                    let kept = RestorePoint::of(&work.stored, "", why);
                    let _ = now(store::past::make_restore_point(&self.store, &work.stored, &mark, &kept));
                }
            }
            Action::Plan(after, fault) => self.store.plan(*after, *fault),
            Action::Mend if !self.store.is_dead() => self.store.restart(),
            Action::Mend => {}
        }
        if self.store.is_dead() {
            self.reload(false);
        }
    }

    /// The page goes and comes back. Words typed since the journal was last kept
    /// may be gone; all others must come back. When the browser dies, all its
    /// windows do.
    fn reload(&mut self, hidden_first: bool) {
        let died = self.store.is_dead();
        let gone = if died { vec![0, 1] } else { vec![self.active] };
        for window in gone {
            if hidden_first && !died {
                self.hide(window);
            }
            self.pending[window].clear();
            self.windows[window] = None;
        }
        self.store.restart();
        self.open();
    }

    /// Every text of the assessment and of what was set apart.
    pub fn everything(&self) -> String {
        let mut all = String::new();
        for table in [Table::Records, Table::Unmerged] {
            self.store.texts(table).iter().for_each(|(_, text)| all.push_str(text));
        }
        all
    }
}

/// Forgets a journal unless its window has written another one since.
fn forget(journals: &mut BTreeMap<usize, String>, name: &str, text: &str) {
    let window = name.parse().unwrap();
    if journals.get(&window).map(String::as_str) == Some(text) {
        journals.remove(&window);
    }
}
