//! The rows of 工作台: reading them, and taking assessments away.

use leptos::prelude::*;
use zhidu::assessment::AssessmentId;
use zhidu::record::summary::{Summary, distinct_name, last_changed_first, summary};
use zhidu::record::{self, Key};
use zhidu::score::score;
use zhidu::session::opening::{catalogue_of, let_go};
use zhidu::session::{Host, ready};
use zhidu::store::{self, StoreError};
use zhidu::traces::Trace;
use zhidu::value::order::sort_by;

use super::{Desk, Save};
use crate::browser::{Database, clock, journal, shell, traces};

impl Desk {
    /// Reads the rows of 工作台 anew: another tab may have changed them. Rows of
    /// what is open here stay as they are. What was stored here at some time and
    /// is not found any more is named. What has been among 最近删除 for so long that
    /// its days are over goes for good.
    pub async fn read_list(self) {
        let texts = match ready(&self).await {
            Ok(store) => {
                remove_expired(&store).await;
                store::summaries(&*store).await
            }
            Err(error) => Err(error),
        };
        let texts = match texts {
            Ok(texts) => texts,
            Err(error) => return self.save.set(Save::Unsaved(error.in_words())),
        };
        if self.open_id().is_none() {
            self.save.set(Save::Nothing);
        }
        let open = self.open_id();
        let mut rows: Vec<Summary> = self.list.with_untracked(|list| {
            list.iter().filter(|row| Some(&row.id) == open.as_ref()).cloned().collect()
        });
        let mut deleted: Vec<Summary> = Vec::new();
        let known = traces::all();
        let trace_of = |id: &AssessmentId| known.iter().find(|trace| trace.id == *id);
        for (key, text) in texts {
            let Some(id) = Key::parse(&key).map(|key| key.assessment) else { continue };
            if rows.iter().any(|row| row.id == id) {
                continue;
            }
            match record::read::<Summary>(&text) {
                Ok((_, row)) if !row.deleted.is_empty() => deleted.push(row),
                Ok((_, row)) if row.seq > 0 => rows.push(row),
                _ => match self.row_anew(&id, trace_of(&id)).await {
                    Ok(row) => rows.extend(row),
                    Err(error) => return self.save.set(Save::Unsaved(error.in_words())),
                },
            }
        }
        let mut lost = Vec::new();
        for trace in &known {
            if rows.iter().chain(&deleted).all(|row| row.id != trace.id) {
                match self.row_anew(&trace.id, Some(trace)).await {
                    Ok(Some(row)) => rows.push(row),
                    Ok(None) => lost.push(trace.clone()),
                    // What could not be looked for is not called lost.
                    Err(error) => return self.save.set(Save::Unsaved(error.in_words())),
                }
            }
        }
        // A row that stands for what cannot be read has no name of its own.
        rows.iter().filter(|row| row.seq > 0).for_each(traces::note);
        last_changed_first(&mut rows);
        sort_by(&mut deleted, |a, b| b.deleted.cmp(&a.deleted));
        self.list.set(rows);
        self.deleted.set(deleted);
        self.lost.set(lost);
    }

    /// The row of an assessment whose own one is damaged or gone; `None` if
    /// nothing is stored of it.
    async fn row_anew(self, id: &AssessmentId, trace: Option<&Trace>) -> Result<Option<Summary>, StoreError> {
        let store = self.store().ok_or(StoreError::Blocked)?;
        let Some(found) = store::read(&*store, id).await? else { return Ok(None) };
        let changed = trace.map(|trace| trace.changed.clone()).unwrap_or_default();
        if let Ok(loaded) = &found.loaded
            && let Ok(catalogue) = catalogue_of(&self, &loaded.assessment).await
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
            deleted: String::new(),
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
        let store = self.store().ok_or_else(|| StoreError::Blocked.in_words())?;
        store::clear(&*store).await.map_err(|error| error.in_words())?;
        let_go(&self);
        traces::clear_all();
        self.list.set(Vec::new());
        self.deleted.set(Vec::new());
        self.lost.set(Vec::new());
        Ok(())
    }

    /// A name that no row of 工作台 bears, made from the wanted one.
    pub fn distinct_name(self, wanted: &str) -> String {
        self.list.with_untracked(|list| distinct_name(wanted, list))
    }

    /// Puts an assessment among 最近删除. What is unsaved of it stays in its journal.
    ///
    /// # Errors
    /// The refusal of the store in words; nothing is changed then.
    pub async fn delete(self, row: &Summary) -> Result<(), String> {
        let store = self.store().ok_or_else(|| StoreError::Blocked.in_words())?;
        let open = self.open_id().as_ref() == Some(&row.id);
        if open {
            self.keep_journal();
        }
        let marked = store::deleted::delete(&*store, row, &clock::date_and_time())
            .await
            .map_err(|error| error.in_words())?;
        if open {
            let_go(&self);
        }
        traces::forget(&row.id);
        self.list.update(|list| list.retain(|it| it.id != row.id));
        if let Some(marked) = marked {
            self.deleted.update(|deleted| deleted.insert(0, marked));
        }
        Ok(())
    }

    /// Whether an assessment is among 最近删除, as far as the store says.
    pub async fn is_deleted(self, id: &AssessmentId) -> bool {
        match self.store() {
            Some(store) => store::deleted::holds(&*store, id).await.unwrap_or_default(),
            None => false,
        }
    }

    /// Brings an assessment back from 最近删除. One that is not there any more, because
    /// another window was quicker, is shown as the store has it.
    ///
    /// # Errors
    /// The refusal of the store in words; nothing is changed then.
    pub async fn bring_back(self, id: &AssessmentId) -> Result<(), String> {
        let store = self.store().ok_or_else(|| StoreError::Blocked.in_words())?;
        store::deleted::bring_back(&*store, id).await.map_err(|error| error.in_words())?;
        self.read_list().await;
        Ok(())
    }

    /// Removes an assessment of 最近删除 for good.
    ///
    /// # Errors
    /// The refusal of the store in words; nothing is changed then.
    pub async fn remove(self, id: &AssessmentId) -> Result<(), String> {
        let store = self.store().ok_or_else(|| StoreError::Blocked.in_words())?;
        let done = store::deleted::remove(&*store, id).await;
        if done.is_ok() {
            journal::forget_all(id.as_str());
        }
        self.read_list().await;
        done.map_err(|error| match error {
            StoreError::Stale => "它已不在“最近删除”中，可能在另一个窗口恢复或删除了".to_owned(),
            error => error.in_words(),
        })
    }
}

/// Removes what has no days left. A store that refuses is asked again the next
/// time; in 安全模式 nothing is removed.
async fn remove_expired(store: &Database) {
    if shell::safe_mode() {
        return;
    }
    if let Ok(gone) = store::deleted::remove_expired(store, &clock::date()).await {
        gone.iter().for_each(|id| journal::forget_all(id.as_str()));
    }
}
