//! What is not in the store: waiting for it, keeping it in the emergency journal, setting
//! it apart.

use super::{Host, Save, fresh_row, look_at_work};
use crate::assessment::AssessmentId;
use crate::record::unmerged::Unmerged;
use crate::store::{self, StoreError};

/// Hands over the focused draft and waits until everything is in the store.
/// `false` if the store refuses.
pub async fn settle<H: Host>(host: &H) -> bool {
    host.hand_over_draft();
    for _ in 0..600 {
        match host.save() {
            Save::Saved(_) | Save::Nothing => return true,
            Save::Unsaved(_) => return false,
            Save::Saving => host.wait(20).await,
        }
    }
    false
}

/// Whether another assessment may take the place of what is open: nothing
/// would be lost. Waits for what is on its way to the store.
pub async fn may_let_go<H: Host>(host: &H) -> bool {
    settle(host).await || !has_unsaved(host)
}

/// Whether something is not in the store yet.
pub fn has_unsaved<H: Host>(host: &H) -> bool {
    look_at_work(host, |work| !work.unsaved().is_empty()).unwrap_or_default()
}

/// Keeps what is unsaved in the emergency journal. `None` if nothing is
/// unsaved, otherwise whether it was kept. Callable from a panic hook.
pub fn keep_journal<H: Host>(host: &H) -> Option<bool> {
    if host.is_changing() {
        return Some(false);
    }
    // What is being changed cannot be looked at.
    let Some(found) = host.look(|session| {
        let work = session.work.as_ref()?;
        let journal = work.journal(host.date_and_time());
        let something = !journal.parts.is_empty();
        let id = work.assessment.head.id.clone();
        // What the store has nothing of cannot be continued from a journal.
        let continues = work.claimed || work.seq > 0;
        something.then(|| (id, journal.write(), work.journals.clone(), continues))
    }) else {
        return Some(false);
    };
    let (id, text, taken_up, continues) = found?;
    let kept = host.keep_journal_text(&id, &text);
    if kept {
        // What was taken up from them stands in this one now.
        taken_up.iter().for_each(|(name, text)| host.forget_journal_text(name, text));
    }
    Some(kept && continues)
}

/// Keeps changes apart for a person to decide.
///
/// # Errors
/// As the store says.
pub async fn keep_apart<H: Host>(host: &H, id: &AssessmentId, copy: &Unmerged) -> Result<(), StoreError> {
    let store = host.store().ok_or(StoreError::Blocked)?;
    store::past::keep_unmerged(&*store, id, &fresh_row(host), copy).await?;
    host.counts_set_apart();
    Ok(())
}

/// Keeps apart what could not be stored because another window writes, and says so.
/// `false` if the store refuses.
pub async fn set_apart<H: Host>(host: &H, id: &AssessmentId, copy: Unmerged) -> bool {
    if host.store().is_none() {
        return false;
    }
    let count = copy.edits.len();
    if let Err(error) = keep_apart(host, id, &copy).await {
        host.complains(format!("有 {count} 处修改未能另存：{}。", error.in_words()));
        return false;
    }
    host.tells(format!(
        "有 {count} 处修改未写入（另一个窗口已改过同一份自评），已另存在“历史”页，可逐处并入。"
    ));
    true
}
