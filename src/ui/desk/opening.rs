//! Assessments as a whole: making, opening, copying, renaming and removing
//! them, and taking a backup in.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use zhidu::assessment::{Assessment, AssessmentId, CatalogueRef, ReplicaId};
use zhidu::catalogue::Catalogue;
use zhidu::catalogue::library::{Edition, Wording, carried};
use zhidu::record::backup::Backup;
use zhidu::record::log::Logged;
use zhidu::record::summary::summary;
use zhidu::record::{self, Replica, SetAside};
use zhidu::score::score;
use zhidu::store::replace::{Reason, Whole, put_whole};
use zhidu::store::{self, Store, StoreError};
use zhidu::windows::Word;
use zhidu::work::{Reading, Work};

use super::connection::in_words;
use super::{Desk, Opened, Save, recovery};
use crate::browser::Kept;
use crate::browser::{clock, ids, journal, shell, texts, traces, windows};
use crate::ui::hear::after_paint;

const NOT_RECOVERED: &str =
    "上次意外关闭前未及保存的修改暂时没有恢复：程序的这一部分没有取到。它们留在本机，请检查网络后刷新本页。";

/// Why an assessment cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// There is no such assessment on this machine.
    Missing,
    /// Its catalogue is not among those of this program.
    UnknownCatalogue(String),
    /// The text of its catalogue belongs to the program but could not be fetched.
    NoText(String),
    /// What is open could not be stored; opening another would lose it.
    UnsavedWork,
    /// Something else was asked for meanwhile.
    Superseded,
    /// It is among 最近删除.
    Deleted,
    /// A later program has written it, so that this one knows only a part of it.
    Newer,
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
            OpenError::NoText(title) => {
                format!("指标体系“{title}”的文本没有取到，请检查网络后再试；自评的内容都在本机，没有改动。")
            }
            OpenError::Unreadable(found) => {
                format!("这份自评有 {} 处记录无法读取，未打开；存储的内容没有改动。", found.len())
            }
            OpenError::Newer => {
                "这份自评由更新版本的程序写入，本版本不能完整读出，因此没有进行。内容没有改动，请用新版本操作。".to_owned()
            }
            OpenError::Superseded => String::new(),
            OpenError::Deleted => "这份自评在“最近删除”中，没有打开。请先在工作台把它恢复。".to_owned(),
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
    /// It is not, for this reason; what is open stays open.
    Refused(String),
}

impl Desk {
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
        let _wait = self.notices.wait("正在打开，请稍候。");
        self.open_anew(id).await
    }

    async fn open_anew(self, id: &AssessmentId) -> Result<(), OpenError> {
        self.openings.update_value(|count| *count += 1);
        let opening = self.openings.get_value();
        let refuse = |error: &StoreError| OpenError::Store(in_words(error));
        let store = self.ready().await.map_err(|error| refuse(&error))?;
        let reading = self.why_reading(id).await;
        // What it takes to show it is fetched before anything is changed in the store.
        if !texts::complete()
            && let Some(head) = store::head(&*store, id).await.map_err(|error| refuse(&error))?
        {
            text_of(&head.catalogue).await?;
        }
        let journals = self.can_read_journals(id).await;
        // Before the epoch is raised, or whoever came after would lose it.
        if self.openings.get_value() != opening {
            return Err(OpenError::Superseded);
        }
        let (found, replica, claimed) = match reading {
            Some(_) => read_only(&store, id).await.map_err(|error| refuse(&error))?,
            None => match store::take(&*store, id, fresh_replica()).await {
                Ok(taken) => taken.map(|(found, replica)| (found, replica, true)),
                // On a full disk nobody can become the writer, but everything can
                // be read: then the first write that succeeds makes this page it.
                // Where a later program keeps everything, this one reads.
                Err(StoreError::Full | StoreError::Newer) => {
                    read_only(&store, id).await.map_err(|error| refuse(&error))?
                }
                Err(StoreError::Deleted) => return Err(OpenError::Deleted),
                Err(error) => return Err(refuse(&error)),
            },
        }
        .ok_or(OpenError::Missing)?;
        let loaded = found.loaded.map_err(OpenError::Unreadable)?;
        let newer = loaded.newer || store.is_newer();
        let (reading, claimed) =
            if newer { (reading.or(Some(Reading::Newer)), false) } else { (reading, claimed) };
        let Edition { catalogue, wording, .. } = edition_of(&loaded.assessment).await?;
        if self.openings.get_value() != opening {
            return Err(OpenError::Superseded);
        }
        if !loaded.set_aside.is_empty() {
            self.notices.set_aside(id, loaded.set_aside);
        }
        texts::in_use(catalogue.id.as_str());
        let reading = match wording {
            Wording::Unknown => reading.or(Some(Reading::OtherText)),
            Wording::Today | Wording::Earlier => reading,
        };
        // Something may have been typed while the store was asked.
        if self.has_unsaved() {
            return self.go_on_as(&loaded.assessment, &replica).ok_or(OpenError::UnsavedWork);
        }
        let mut work = Work::new(catalogue, loaded.assessment, loaded.seq, replica);
        work.claimed = claimed;
        work.reading = reading;
        if journals && reading == Some(Reading::Safe) {
            let laid = recovery::with_journals(work).await;
            work = laid.map_err(|why| OpenError::Store(why.in_words().to_owned()))?;
        }
        self.show(work, wording, Save::Saved(String::new()));
        if reading.is_none() {
            if claimed {
                windows::mark_writer(id);
                windows::say(id, Word::TakenOver);
            }
            if journals {
                // The part that does it is there.
                let _ = recovery::take_up_journals(self).await;
            }
        }
        self.unmerged.set(0);
        let id = id.clone();
        after_paint(move || {
            spawn_local(async move {
                // Where the part of the program is not there, 历史 cannot be shown either.
                let _ = recovery::count_unmerged(self, id).await;
            });
        });
        Ok(())
    }

    /// Whether there is something that windows could not store any more, and the part of the
    /// program that reads it; says so where the part cannot be had.
    async fn can_read_journals(self, id: &AssessmentId) -> bool {
        if journal::kept(id.as_str()).is_empty() {
            return false;
        }
        let there = recovery::there().await.is_ok();
        if !there {
            self.notices.complain(NOT_RECOVERED.to_owned());
        }
        there
    }

    /// Goes on with what is open under a new epoch, if the store has just what
    /// this window last stored; `None` if it has not.
    fn go_on_as(self, stored: &Assessment, replica: &Replica) -> Option<()> {
        let goes_on = self.with_work(|work| {
            let same = work.reading.is_none() && work.stored == *stored && work.replica.id == replica.id;
            if same {
                work.replica.epoch = replica.epoch;
            }
            same
        });
        (goes_on == Some(true)).then_some(())
    }

    /// Closes the open assessment once it is stored.
    pub async fn close(self) {
        self.openings.update_value(|count| *count += 1);
        if self.settle().await {
            self.let_go();
        }
    }

    /// Reads the rows of 工作台 and closes what is open once it is stored, so that 工作台 is
    /// shown with all of them. `false` if something else was asked for meanwhile.
    pub async fn leave(self) -> bool {
        self.openings.update_value(|count| *count += 1);
        let leaving = self.openings.get_value();
        self.settle().await;
        self.read_list().await;
        let stored = self.settle().await;
        if self.openings.get_value() != leaving {
            return false;
        }
        if stored {
            self.let_go();
        }
        true
    }

    pub(super) fn let_go(self) {
        if let Some(id) = self.opened.with_untracked(|opened| opened.as_ref().map(|it| it.id.clone())) {
            windows::unmark_writer(&id);
            windows::say(&id, Word::Gone);
        }
        self.opened.set(None);
        self.reading.set(None);
        self.work.set_value(None);
        self.save.set(Save::Nothing);
    }

    /// Opens what is open anew, as its writer. What is unsaved must have been
    /// stored or set apart.
    pub(super) async fn reopen(self) -> Result<(), OpenError> {
        let Some(id) = self.opened.with_untracked(|opened| opened.as_ref().map(|it| it.id.clone())) else {
            return Ok(());
        };
        if self.has_unsaved() {
            return Err(OpenError::UnsavedWork);
        }
        self.open_anew(&id).await
    }

    /// Stores a new assessment as a whole. Where the store refuses, it is
    /// opened in this window alone and the page says so. `log` is the change log
    /// that comes with it.
    pub async fn create(self, assessment: Assessment, log: &[Logged]) -> Created {
        let id = assessment.head.id.clone();
        match self.store_whole(&assessment, Reason::Created, None, log).await {
            Ok(()) => Created::Stored(id),
            Err(error) => {
                let why = in_words(&error);
                // Nothing that is unsaved gives way to it.
                if matches!(error, StoreError::Newer | StoreError::Stale) || !self.may_let_go().await {
                    return Created::Refused(why);
                }
                if let Ok(catalogue) = catalogue_of(&assessment).await {
                    let total = score(&catalogue, &assessment).total;
                    self.list_row(summary(&catalogue, &assessment, &total, &clock::date_and_time(), 0));
                    let mut work = Work::new(catalogue, assessment, 0, unclaimed());
                    work.claimed = false;
                    // The store has none of it.
                    work.stored.answers.clear();
                    work.stored.evidence.clear();
                    work.dirty.extend(record::parts(&work.assessment));
                    self.show(work, Wording::Today, Save::Unsaved(why.clone()));
                    self.saving_begins();
                }
                Created::InMemory(id, why)
            }
        }
    }

    /// Puts an assessment in place of the stored one of the same identity. Where
    /// that is open, it is to be opened anew.
    ///
    /// # Errors
    /// The refusal of the store in words; nothing is changed then.
    pub async fn replace(
        self,
        assessment: &Assessment,
        reason: Reason,
        log: &[Logged],
    ) -> Result<(), String> {
        self.store_whole(assessment, reason, None, log).await.map_err(|error| in_words(&error))
    }

    /// Has what is open go over to today's edition of its catalogue, and opens it anew.
    ///
    /// # Errors
    /// Says why it stays as it is.
    pub async fn move_to_today(self) -> Result<(), String> {
        if !self.settle().await {
            return Err("当前内容还没有存到本机".to_owned());
        }
        let moved = self.look(|assessment, older| {
            let newer = carried().today(&older.id)?;
            Some(assessment.on_edition(older, &newer.catalogue).map_err(|why| why.to_string()))
        });
        let moved = moved.ok_or_else(|| "本程序中没有新版文本".to_owned())??;
        self.replace(&moved, Reason::NewEdition, &[]).await?;
        self.reopen().await.map_err(|error| error.in_words())
    }

    /// Gives an assessment that is not open another name.
    ///
    /// # Errors
    /// The refusal of the store in words; nothing is changed then.
    pub async fn rename(self, id: &AssessmentId, name: &str) -> Result<(), String> {
        loop {
            let (mut assessment, seq, _) = self.peek(id).await.map_err(|error| error.in_words())?;
            assessment.head.name.clear();
            assessment.head.name.push_str(name);
            match self.store_whole(&assessment, Reason::Renamed, Some(seq), &[]).await {
                // Another window has written in between: over what it wrote.
                Err(StoreError::Stale) => {}
                done => return done.map_err(|error| in_words(&error)),
            }
        }
    }

    /// The stored assessment, without opening it.
    ///
    /// # Errors
    /// As [`Desk::open`]; [`OpenError::Newer`] where it would not be the whole.
    pub async fn peek(self, id: &AssessmentId) -> Result<(Assessment, u64, Option<Replica>), OpenError> {
        let refuse = |error: &StoreError| OpenError::Store(in_words(error));
        let store = self.ready().await.map_err(|error| refuse(&error))?;
        let found =
            store::read(&*store, id).await.map_err(|error| refuse(&error))?.ok_or(OpenError::Missing)?;
        let loaded = found.loaded.map_err(OpenError::Unreadable)?;
        if loaded.newer {
            return Err(OpenError::Newer);
        }
        Ok((loaded.assessment, loaded.seq, loaded.replica))
    }

    /// The stored assessment with its change log, as a backup.
    ///
    /// # Errors
    /// As [`Desk::open`].
    pub async fn stored_backup(self, id: &AssessmentId) -> Result<Backup, OpenError> {
        let refuse = |error: &StoreError| OpenError::Store(in_words(error));
        let (assessment, seq, replica) = self.peek(id).await?;
        let store = self.ready().await.map_err(|error| refuse(&error))?;
        let log = store::past::log(&*store, id).await.map_err(|error| refuse(&error))?;
        Ok(Backup { replica: replica.unwrap_or_else(unclaimed).id, seq, assessment, log })
    }

    /// A fresh identity for an assessment.
    pub fn fresh_id(self) -> AssessmentId {
        AssessmentId::from_random(ids::random_bits())
    }

    async fn store_whole(
        self,
        assessment: &Assessment,
        reason: Reason,
        over: Option<u64>,
        log: &[Logged],
    ) -> Result<(), StoreError> {
        if shell::safe_mode() {
            return Err(StoreError::Blocked);
        }
        let store = self.ready().await?;
        let catalogue = catalogue_of(assessment).await;
        let catalogue = catalogue.map_err(|_| StoreError::Other("找不到对应的指标体系".to_owned()))?;
        let at = clock::date_and_time();
        let total = score(&catalogue, assessment).total;
        let whole = Whole { assessment, reason, fresh: &fresh_replica(), over, at: &at, log };
        let row = put_whole(&*store, &whole, |seq| summary(&catalogue, assessment, &total, &at, seq)).await?;
        traces::note(&row);
        self.list_row(row);
        windows::say(&assessment.head.id, Word::TakenOver);
        Ok(())
    }

    fn show(self, work: Work, wording: Wording, save: Save) {
        self.generations.update_value(|count| *count += 1);
        let generation = self.generations.get_value();
        let opened = Opened {
            id: work.assessment.head.id.clone(),
            catalogue: Arc::clone(&work.catalogue),
            wording,
            generation,
        };
        self.focus.set(None);
        self.set_filter(zhidu::filter::Filter::default());
        self.steps.set((false, false));
        self.reading.set(work.reading);
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

/// The catalogue that an assessment answers, in the wording of its edition if this
/// program has it.
async fn edition_of(assessment: &Assessment) -> Result<Edition, OpenError> {
    let reference = &assessment.head.catalogue;
    text_of(reference).await?;
    let edition = carried().edition(&reference.id, &reference.text_hash);
    edition.ok_or_else(|| OpenError::UnknownCatalogue(reference.title.clone()))
}

/// Sees to it that the texts of a catalogue are here, if it is one of this program.
async fn text_of(reference: &CatalogueRef) -> Result<(), OpenError> {
    let fetched = texts::fetched(reference.id.as_str()).await;
    fetched.map_err(|_| OpenError::NoText(reference.title.clone()))
}

pub(super) async fn catalogue_of(assessment: &Assessment) -> Result<Arc<Catalogue>, OpenError> {
    edition_of(assessment).await.map(|it| it.catalogue)
}

/// What is stored, for reading or for writing later.
async fn read_only(
    store: &Kept,
    id: &AssessmentId,
) -> Result<Option<(store::Found, Replica, bool)>, StoreError> {
    let found = store::read(store, id).await?;
    Ok(found.map(|found| {
        let known = found.loaded.as_ref().ok().and_then(|loaded| loaded.replica.clone());
        (found, known.unwrap_or_else(unclaimed), false)
    }))
}
