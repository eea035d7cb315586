//! The rows of 工作台: reading them, and taking assessments away.

use leptos::prelude::*;
use zhidu::assessment::AssessmentId;
use zhidu::record::summary::{Summary, summary};
use zhidu::record::{self, Key};
use zhidu::score::score;
use zhidu::store::{self, StoreError};
use zhidu::traces::Trace;

use super::opening::catalogue_of;
use super::saving::in_words;
use super::{Desk, Save};
use crate::browser::{journal, traces};

/// Puts the rows of 工作台 in order, the last changed first.
pub(super) fn sort(rows: &mut [Summary]) {
    rows.sort_by(|a, b| b.changed.cmp(&a.changed));
}

/// What a removed assessment was, so that it can be put back.
pub struct Removed {
    row: Option<Summary>,
    texts: Vec<store::Removed>,
    journals: Vec<(String, String)>,
}

impl Desk {
    /// Reads the rows of 工作台 anew: another tab may have changed them. Rows of
    /// what is open here stay as they are. What was stored here at some time and
    /// is not found any more is named.
    pub async fn read_list(self) {
        let texts = match self.ready().await {
            Ok(store) => store::summaries(&*store).await,
            Err(error) => Err(error),
        };
        let texts = match texts {
            Ok(texts) => texts,
            Err(error) => return self.save.set(Save::Unsaved(in_words(&error))),
        };
        if self.opened.with_untracked(Option::is_none) {
            self.save.set(Save::Nothing);
        }
        let open = self.opened.with_untracked(|opened| opened.as_ref().map(|it| it.id.clone()));
        let mut rows: Vec<Summary> = self.list.with_untracked(|list| {
            list.iter().filter(|row| Some(&row.id) == open.as_ref()).cloned().collect()
        });
        let known = traces::all();
        let trace_of = |id: &AssessmentId| known.iter().find(|trace| trace.id == *id);
        for (key, text) in texts {
            let Some(id) = Key::parse(&key).map(|key| key.assessment) else { continue };
            if rows.iter().any(|row| row.id == id) {
                continue;
            }
            match record::read::<Summary>(&text) {
                Ok((_, row)) => rows.push(row),
                Err(_) => match self.row_anew(&id, trace_of(&id)).await {
                    Ok(row) => rows.extend(row),
                    Err(error) => return self.save.set(Save::Unsaved(in_words(&error))),
                },
            }
        }
        let mut lost = Vec::new();
        for trace in &known {
            if rows.iter().all(|row| row.id != trace.id) {
                match self.row_anew(&trace.id, Some(trace)).await {
                    Ok(Some(row)) => rows.push(row),
                    Ok(None) => lost.push(trace.clone()),
                    // What could not be looked for is not called lost.
                    Err(error) => return self.save.set(Save::Unsaved(in_words(&error))),
                }
            }
        }
        // A row that stands for what cannot be read has no name of its own.
        rows.iter().filter(|row| row.seq > 0).for_each(traces::note);
        sort(&mut rows);
        self.list.set(rows);
        self.lost.set(lost);
    }

    /// The row of an assessment whose own one is damaged or gone; `None` if
    /// nothing is stored of it.
    async fn row_anew(self, id: &AssessmentId, trace: Option<&Trace>) -> Result<Option<Summary>, StoreError> {
        let store = self.store().ok_or(StoreError::Blocked)?;
        let Some(found) = store::read(&*store, id).await? else { return Ok(None) };
        let changed = trace.map(|trace| trace.changed.clone()).unwrap_or_default();
        if let Ok(loaded) = &found.loaded
            && let Ok(catalogue) = catalogue_of(&loaded.assessment)
        {
            let total = score(&catalogue, &loaded.assessment).total;
            return Ok(Some(summary(&catalogue, &loaded.assessment, &total, &changed, loaded.seq)));
        }
        let name = trace.map_or_else(|| format!("自评 {id}"), |trace| trace.name.clone());
        Ok(Some(Summary {
            id: id.clone(),
            name: format!("{name}（无法读取）"),
            catalogue: String::new(),
            unit_name: String::new(),
            year: String::new(),
            due: String::new(),
            points: 0,
            settled: 0,
            drafting: 0,
            score: None,
            example: false,
            changed,
            seq: 0,
        }))
    }

    /// The person knows of what was lost.
    pub fn loss_is_known(self) {
        self.lost.with_untracked(|lost| lost.iter().for_each(|trace| traces::forget(&trace.id)));
        self.lost.set(Vec::new());
    }

    /// Removes everything from this machine.
    ///
    /// # Errors
    /// The refusal of the store in words; nothing is changed then.
    pub async fn clear(self) -> Result<(), String> {
        let store = self.store().ok_or_else(|| in_words(&StoreError::Blocked))?;
        store::clear(&*store).await.map_err(|error| in_words(&error))?;
        self.let_go();
        traces::clear_all();
        self.list.set(Vec::new());
        self.lost.set(Vec::new());
        Ok(())
    }

    /// Removes an assessment from this machine.
    ///
    /// # Errors
    /// The refusal of the store in words; nothing is changed then.
    pub async fn remove(self, id: &AssessmentId) -> Result<Removed, String> {
        let store = self.store().ok_or_else(|| in_words(&StoreError::Blocked))?;
        let open = self.open_id().as_ref() == Some(id);
        if open {
            // What is unsaved comes back with the rest.
            self.keep_journal();
        }
        let journals = journal::kept(id.as_str());
        let texts = store::remove(&*store, id).await.map_err(|error| in_words(&error))?;
        if open {
            self.let_go();
        }
        journal::forget_all(id.as_str());
        traces::forget(id);
        let mut row = None;
        self.list.update(|list| {
            row = list.iter().position(|it| it.id == *id).map(|index| list.remove(index));
        });
        Ok(Removed { row, texts, journals })
    }

    /// Puts a removed assessment back.
    ///
    /// # Errors
    /// The refusal of the store in words.
    pub async fn put_back_removed(self, removed: &Removed) -> Result<(), String> {
        let store = self.store().ok_or_else(|| in_words(&StoreError::Blocked))?;
        store::put_back(&*store, &removed.texts).await.map_err(|error| match error {
            StoreError::Stale => "本机又有了同一份自评，没有覆盖它".to_owned(),
            error => in_words(&error),
        })?;
        for (name, text) in &removed.journals {
            // Without it what is stored is back all the same.
            let _ = journal::keep(name, text);
        }
        if let Some(row) = &removed.row {
            traces::note(row);
            self.list_row(row.clone());
        }
        Ok(())
    }
}
