//! What windows that had to go could not store any more: taken up when the assessment
//! is opened, and what does not fit any more kept apart.

use leptos::prelude::*;
use zhidu::assessment::AssessmentId;
use zhidu::assessment::history::apply_all;
use zhidu::record::journal::Journal;
use zhidu::store;
use zhidu::work::Work;

use super::Desk;
use crate::browser::journal;

later! { handling:
    /// Nothing, once the part is there that reads journals.
    pub fn there() -> () {}

    /// Takes up what could not be stored any more. What does not fit what is stored now
    /// is kept apart for a person to decide.
    pub async fn take_up_journals(desk: Desk) -> () {
        let Some(id) = desk.open_id() else { return };
        for (name, text) in journal::kept(id.as_str()) {
            // One of a later version, or of a copy that is not here any more, is
            // nothing to this window and is left alone.
            let ours = |journal: &Journal| {
                desk.with_work(|work| work.replica.id == journal.replica).unwrap_or_default()
            };
            let Some(journal) = Journal::read(&text).filter(ours) else { continue };
            let Some(taken) = desk.take_up(&name, &journal) else { return };
            let count = taken.fields();
            if let Some(copy) = taken.unmerged
                && !desk.set_apart(&id, copy).await
            {
                // It stays where it is and comes up at the next start.
                desk.with_work(|work| work.journals.retain(|(it, _)| *it != name));
                continue;
            }
            if taken.edits.is_empty() {
                journal::forget_text(&name, &text);
                continue;
            }
            desk.notices.say(format!("已恢复上次意外关闭前未及保存的修改：{count} 处（{}）", journal.kept));
        }
    }

    /// Lays over what is about to be shown what could not be stored any more, and leaves
    /// it where it is.
    pub fn with_journals(work: Work) -> Work {
        let mut work = work;
        for (_, text) in journal::kept(work.assessment.head.id.as_str()) {
            let news = Journal::read(&text).map(|journal| journal.news(&work.replica.id, &work.assessment));
            let edits = news.unwrap_or_default().edits;
            if apply_all(&mut work.assessment, &edits).is_ok() {
                work.took(&edits);
                work.forget_unsaved();
            }
        }
        work
    }

    /// Counts what was set apart of the open assessment.
    pub async fn count_unmerged(desk: Desk, id: AssessmentId) -> () {
        let Some(store) = desk.store() else { return };
        let count = store::past::unmerged(&*store, &id).await.map_or(0, |copies| copies.len());
        if desk.open_id().as_ref() == Some(&id) && desk.unmerged.get_untracked() != count {
            desk.unmerged.set(count);
        }
    }
}
