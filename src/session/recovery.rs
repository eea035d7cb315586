//! What windows that had to go could not store any more: taken up when the assessment
//! is opened, and what does not fit any more kept apart.

use super::opening::open_id;
use super::{Host, look_at_work, saving, unsaved, wake_fields, with_work};
use crate::assessment::history::apply_all;
use crate::record::journal::Journal;
use crate::record::log::{Moment, Origin};
use crate::work::{Recovered, Work};

/// Takes up what could not be stored any more. What does not fit what is stored now
/// is kept apart for a person to decide.
pub async fn recover_journals<H: Host>(host: &H) {
    let Some(id) = open_id(host) else { return };
    for (name, text) in host.journals(&id) {
        // One of a later version, or of a copy that is not here any more, is
        // nothing to this window and is left alone.
        let ours =
            |journal: &Journal| look_at_work(host, |work| work.replica.id == journal.replica) == Some(true);
        let Some(journal) = Journal::read(&text).filter(ours) else { continue };
        let Some(taken) = recover(host, &name, &journal) else { return };
        let count = taken.fields();
        if let Some(copy) = taken.unmerged
            && !unsaved::set_apart(host, &id, copy).await
        {
            // It stays where it is and comes up at the next start.
            with_work(host, |work| work.journals.retain(|(it, _)| *it != name));
            continue;
        }
        if taken.edits.is_empty() {
            host.forget_journal_text(&name, &text);
            continue;
        }
        host.tells(format!("已恢复上次意外关闭前未及保存的修改：{count} 处（{}）", journal.kept));
    }
}

/// `None` if nothing is open.
fn recover<H: Host>(host: &H, name: &str, journal: &Journal) -> Option<Recovered> {
    let (ms, at) = (host.ms(), host.date_and_time());
    let taken = with_work(host, |work| {
        work.recover(name, journal, Moment { ms, at: &at, origin: Origin::default() })
    })?;
    if !taken.edits.is_empty() {
        saving::begin(host);
        wake_fields(host);
    }
    Some(taken)
}

/// Lays over what is about to be shown what could not be stored any more, and leaves
/// it where it is.
pub fn with_journals<H: Host>(host: &H, work: Work) -> Work {
    let mut work = work;
    for (_, text) in host.journals(&work.assessment.head.id) {
        let news = Journal::read(&text).map(|journal| journal.news(&work.replica.id, &work.assessment));
        let edits = news.unwrap_or_default().edits;
        if apply_all(&mut work.assessment, &edits).is_ok() {
            work.took(&edits);
            work.forget_unsaved();
        }
    }
    work
}
