//! Assessments as a whole: making, opening, copying, renaming and removing
//! them, and taking a backup in.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use zhidu::assessment::{Assessment, AssessmentId, ReplicaId};
use zhidu::catalogue::{Catalogue, load};
use zhidu::record::journal::Journal;
use zhidu::record::summary::{Summary, summary};
use zhidu::record::{self, Key, Kind, Replica, SetAside, Stamp};
use zhidu::score::score;
use zhidu::store::{self, StoreError};

use super::saving::in_words;
use super::{Desk, Opened, Save, Work};
use crate::browser::indexed_db::IndexedDb;
use crate::browser::{clock, ids, journal};

/// What a removed assessment was, so that it can be put back.
pub struct Removed {
    row: Option<Summary>,
    records: Vec<(String, String)>,
}

/// Why an assessment cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// There is no such assessment on this machine.
    Missing,
    /// Its catalogue is not among those of this program.
    UnknownCatalogue(String),
    /// What is open could not be stored; opening another would lose it.
    UnsavedWork,
    /// What is stored cannot be read.
    Unreadable(Vec<SetAside>),
    /// The store refuses.
    Store(String),
}

impl OpenError {
    /// The refusal in the words of the page.
    pub fn in_words(&self) -> String {
        match self {
            OpenError::Missing => "本机没有这份自评，可能已被删除，或网址来自另一台电脑。".to_owned(),
            OpenError::UnknownCatalogue(title) => {
                format!("这份自评的指标体系“{title}”不在本程序中，未打开；内容没有改动。")
            }
            OpenError::Unreadable(found) => {
                format!("这份自评有 {} 处记录无法读取，未打开；存储的内容没有改动。", found.len())
            }
            OpenError::UnsavedWork => {
                "当前自评还有内容没有存到本机，先不打开别的。请导出备份，再按提示处理。".to_owned()
            }
            OpenError::Store(why) => format!("未能打开：{why}。"),
        }
    }
}

/// Whether something new is in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Created {
    /// It is.
    Stored(AssessmentId),
    /// It exists in this window alone, for this reason.
    InMemory(AssessmentId, String),
}

impl Desk {
    /// Connects to the store.
    pub async fn connect(self) {
        let store = match IndexedDb::open().await {
            Ok(store) => Rc::new(store),
            Err(error) => return self.save.set(Save::Unsaved(in_words(&error))),
        };
        self.store.set_value(Some(store));
    }

    /// Reads the rows of 工作台 anew: another tab may have changed them. Rows of
    /// what is open here stay as they are.
    pub async fn read_list(self) {
        let Some(store) = self.store() else { return };
        match store::summaries(&*store).await {
            Ok(texts) => {
                let mut rows: Vec<Summary> =
                    texts.iter().filter_map(|text| record::read(text).ok()).map(|(_, row)| row).collect();
                let open = self.opened.with_untracked(|opened| opened.as_ref().map(|it| it.id.clone()));
                self.list.with_untracked(|list| {
                    let kept = list.iter().filter(|row| Some(&row.id) == open.as_ref());
                    for row in kept {
                        rows.retain(|it| it.id != row.id);
                        rows.push(row.clone());
                    }
                });
                rows.sort_by(|a: &Summary, b: &Summary| b.changed.cmp(&a.changed));
                self.list.set(rows);
            }
            Err(error) => self.save.set(Save::Unsaved(in_words(&error))),
        }
    }

    /// Opens an assessment as its writer. What was open is stored first.
    ///
    /// # Errors
    /// Says why it cannot be opened; what was open stays open then.
    pub async fn open(self, id: &AssessmentId) -> Result<(), OpenError> {
        if self.opened.with_untracked(|opened| opened.as_ref().is_some_and(|it| it.id == *id)) {
            return Ok(());
        }
        if !self.may_let_go().await {
            return Err(OpenError::UnsavedWork);
        }
        let refuse = |error: &StoreError| OpenError::Store(in_words(error));
        let store = self.store().ok_or_else(|| refuse(&StoreError::Blocked))?;
        // On a full disk nobody can become the writer, but everything can be
        // read: then the first write that succeeds makes this page the writer.
        let (found, replica, claimed) = match store::take(&*store, id, fresh_replica()).await {
            Ok(taken) => {
                let (found, replica) = taken.ok_or(OpenError::Missing)?;
                (found, replica, true)
            }
            Err(StoreError::Full) => {
                let found = store::read(&*store, id)
                    .await
                    .map_err(|error| refuse(&error))?
                    .ok_or(OpenError::Missing)?;
                let known = found.loaded.as_ref().ok().and_then(|loaded| loaded.replica.clone());
                (found, known.unwrap_or_else(unclaimed), false)
            }
            Err(error) => return Err(refuse(&error)),
        };
        let mut loaded = found.loaded.map_err(OpenError::Unreadable)?;
        let recovered = journal::kept(id.as_str())
            .and_then(|text| Journal::read(&text))
            .filter(|journal| journal.is_news_to(&replica.id, loaded.seq));
        let mut dirty = Vec::new();
        if let Some(journal) = &recovered
            && let Ok(with_journal) = record::load(&journal.laid_over(&found.records))
        {
            let count = journal.records.len();
            dirty = parts_of(journal);
            loaded.assessment = with_journal.assessment;
            self.notices.say(format!("已恢复上次意外关闭前未及保存的修改：{count} 处（{}）", journal.kept));
        } else {
            journal::forget(id.as_str());
        }
        if !loaded.set_aside.is_empty() {
            self.notices.set_aside(id, loaded.set_aside);
        }
        let catalogue = catalogue_of(&loaded.assessment)?;
        let mut work = Work::new(catalogue, loaded.assessment, loaded.seq, replica);
        work.claimed = claimed;
        work.dirty.extend(dirty);
        self.show(work, Save::Saved(String::new()));
        if self.has_unsaved() {
            self.saving_begins();
        }
        Ok(())
    }

    /// Closes the open assessment once it is stored.
    pub async fn close(self) {
        if self.settle().await {
            self.opened.set(None);
            self.work.set_value(None);
            self.save.set(Save::Nothing);
        }
    }

    /// Stores a new assessment as a whole. Where the store refuses, it is
    /// opened in this window alone and the page says so.
    pub async fn create(self, assessment: Assessment) -> Created {
        let id = assessment.head.id.clone();
        match self.store_whole(&assessment).await {
            Ok(()) => Created::Stored(id),
            Err(error) => {
                let why = in_words(&error);
                if let Ok(catalogue) = catalogue_of(&assessment) {
                    let total = score(&catalogue, &assessment).total;
                    self.list_row(summary(&catalogue, &assessment, &total, &clock::date_and_time(), 0));
                    let mut work = Work::new(catalogue, assessment, 0, unclaimed());
                    work.claimed = false;
                    work.dirty.extend(record::parts(&work.assessment));
                    self.show(work, Save::Unsaved(why.clone()));
                    self.saving_begins();
                }
                Created::InMemory(id, why)
            }
        }
    }

    /// Puts an assessment in place of the stored one of the same identity,
    /// which must not be open.
    ///
    /// # Errors
    /// The refusal of the store in words; nothing is changed then.
    pub async fn replace(self, assessment: &Assessment) -> Result<(), String> {
        self.store_whole(assessment).await.map_err(|error| in_words(&error))
    }

    /// The stored assessment, without opening it.
    ///
    /// # Errors
    /// As [`Desk::open`].
    pub async fn peek(self, id: &AssessmentId) -> Result<(Assessment, u64, Option<Replica>), OpenError> {
        let refuse = |error: &StoreError| OpenError::Store(in_words(error));
        let store = self.store().ok_or_else(|| refuse(&StoreError::Blocked))?;
        let found =
            store::read(&*store, id).await.map_err(|error| refuse(&error))?.ok_or(OpenError::Missing)?;
        let loaded = found.loaded.map_err(OpenError::Unreadable)?;
        Ok((loaded.assessment, loaded.seq, loaded.replica))
    }

    /// Removes an assessment from this machine.
    ///
    /// # Errors
    /// The refusal of the store in words; nothing is changed then.
    pub async fn remove(self, id: &AssessmentId) -> Result<Removed, String> {
        let store = self.store().ok_or_else(|| in_words(&StoreError::Blocked))?;
        let records = store::remove(&*store, id).await.map_err(|error| in_words(&error))?;
        journal::forget(id.as_str());
        let mut row = None;
        self.list.update(|list| {
            row = list.iter().position(|it| it.id == *id).map(|index| list.remove(index));
        });
        Ok(Removed { row, records })
    }

    /// Puts a removed assessment back.
    ///
    /// # Errors
    /// The refusal of the store in words.
    pub async fn put_back_removed(self, removed: &Removed) -> Result<(), String> {
        let store = self.store().ok_or_else(|| in_words(&StoreError::Blocked))?;
        store::put_back(&*store, &removed.records).await.map_err(|error| in_words(&error))?;
        if let Some(row) = &removed.row {
            self.list_row(row.clone());
        }
        Ok(())
    }

    /// A fresh identity for an assessment.
    pub fn fresh_id(self) -> AssessmentId {
        AssessmentId::from_random(ids::random_bits())
    }

    async fn store_whole(self, assessment: &Assessment) -> Result<(), StoreError> {
        let store = self.store().ok_or(StoreError::Blocked)?;
        let catalogue =
            catalogue_of(assessment).map_err(|_| StoreError::Other("找不到对应的指标体系".to_owned()))?;
        let make = |seq| whole(&catalogue, assessment, seq);
        let changes = store::put_whole(&*store, &assessment.head.id, fresh_replica(), make).await?;
        self.list_written(&changes);
        Ok(())
    }

    fn list_written(self, changes: &record::Changes) {
        let row = changes.iter().find(|(key, _)| key.kind == Kind::Summary);
        if let Some((_, Some(text))) = row
            && let Ok((_, row)) = record::read(text)
        {
            self.list_row(row);
        }
    }

    fn show(self, work: Work, save: Save) {
        let generation = self.opened.with_untracked(|it| it.as_ref().map_or(0, |it| it.generation)) + 1;
        let opened = Opened {
            id: work.assessment.head.id.clone(),
            catalogue: Arc::clone(&work.catalogue),
            generation,
        };
        self.focus.set(None);
        self.set_filter(zhidu::filter::Filter::default());
        self.steps.set((false, false));
        self.work.set_value(Some(work));
        self.save.set(save);
        self.opened.set(Some(opened));
    }
}

fn fresh_replica() -> ReplicaId {
    ReplicaId::from_random(ids::random_bits())
}

/// This copy of an assessment that is not stored at all.
fn unclaimed() -> Replica {
    Replica { id: fresh_replica(), epoch: 0 }
}

fn catalogue_of(assessment: &Assessment) -> Result<Arc<Catalogue>, OpenError> {
    let reference = &assessment.head.catalogue;
    match load(&reference.id) {
        Some(Ok(catalogue)) => Ok(Arc::new(catalogue)),
        _ => Err(OpenError::UnknownCatalogue(reference.title.clone())),
    }
}

/// All records of an assessment and its row of 工作台.
fn whole(catalogue: &Catalogue, assessment: &Assessment, seq: u64) -> record::Changes {
    let stamp = Stamp { seq, author: assessment.head.cover.filler.clone() };
    let total = score(catalogue, assessment).total;
    let row = summary(catalogue, assessment, &total, &clock::date_and_time(), seq);
    let mut changes = record::changes(assessment, &record::parts(assessment), &stamp);
    let key = Key { assessment: assessment.head.id.clone(), kind: Kind::Summary };
    changes.push((key, Some(record::write(&stamp, &row))));
    changes
}

fn parts_of(journal: &Journal) -> Vec<zhidu::assessment::edit::Part> {
    use zhidu::assessment::edit::Part;
    let kinds = journal.records.iter().filter_map(|(key, _)| Key::parse(key)).map(|key| key.kind);
    kinds
        .filter_map(|kind| match kind {
            Kind::Head => Some(Part::Head),
            Kind::Answer(point) => Some(Part::Answer(point)),
            Kind::Evidence(row) => Some(Part::Evidence(row)),
            Kind::Replica | Kind::Summary => None,
        })
        .collect()
}
