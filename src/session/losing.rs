//! A window that is not the writer any more: what it could not store is set apart, and
//! from there on it reads along.

use super::{Host, Save, look_at_work, ready, unsaved, wake_fields, with_work, writing};
use crate::store;
use crate::work::Reading;

/// What is said of work that is on the screen alone.
pub(super) const GONE: &str =
    "这份自评已不在本机（可能在另一个窗口删除了，或浏览数据被清除）。内容还在此窗口中，请立即导出备份";

/// Another window has become the writer: sets apart what could not be stored
/// and goes on reading. `false` if that fails; then it is to be tried again.
pub(super) async fn lose<H: Host>(host: &H) -> bool {
    host.hand_over_draft();
    let Some((id, _)) = writing(host) else { return true };
    let found = match ready(host).await {
        Ok(store) => store::read(&*store, &id).await,
        Err(error) => Err(error),
    };
    let loaded = match found {
        Ok(Some(found)) => found.loaded.ok(),
        Ok(None) => {
            // Removed in another window, perhaps by mistake, or cleared by
            // the browser: the only copy may be the one on the screen.
            host.says_of_saving(Save::Unsaved(GONE.to_owned()));
            return false;
        }
        Err(_) => None,
    };
    let reading = match &loaded {
        Some(loaded) if loaded.newer => Reading::Newer,
        _ => Reading::Elsewhere,
    };
    let at = host.date_and_time();
    let copy = with_work(host, |work| {
        let now = loaded.map_or_else(|| work.stored.clone(), |loaded| loaded.assessment);
        let copy = work.lost(&now, at);
        work.reading = Some(reading);
        copy
    });
    host.shows_reading(Some(reading));
    let Some(copy) = copy else { return true };
    if !copy.edits.is_empty() && !unsaved::set_apart(host, &id, copy).await {
        // They stay here and go into the journal.
        unsaved::keep_journal(host);
        let why = "此自评已由另一个窗口接管，本窗口的修改未能另存，正在重试。请先导出备份";
        host.says_of_saving(Save::Unsaved(why.to_owned()));
        return false;
    }
    with_work(host, |work| {
        work.writing = false;
        work.forget_unsaved();
    });
    host.forget_journal(&id);
    host.says_of_saving(Save::Saved(String::new()));
    follow(host).await;
    true
}

/// Looks into the store whether this window is still the writer. To be asked of a window
/// that was frozen, before it writes.
pub async fn look_whether_writer<H: Host>(host: &H) {
    let Some((id, true)) = writing(host) else { return };
    let Some(store) = host.store() else { return };
    let (ours, is_writing) =
        look_at_work(host, |work| (work.claimed.then(|| work.replica.clone()), work.writing))
            .unwrap_or_default();
    if is_writing {
        // The write finds out by itself, or has this asked again.
        host.with(|session| session.doubted = true);
        return;
    }
    let standing = store::writer(&*store, &id).await;
    let (Some(ours), Ok(Some(standing))) = (ours, standing) else { return };
    if writing(host) != Some((id.clone(), true)) {
        return;
    }
    if standing == ours {
        // The mark went when the page was put away, from where it may return.
        host.mark_writer(&id);
    } else if !unsaved::has_unsaved(host) {
        lose(host).await;
    }
}

/// Whether this window shows what another one writes.
pub(super) fn reads_along<H: Host>(host: &H) -> bool {
    look_at_work(host, |work| work.reading) == Some(Some(Reading::Elsewhere))
}

/// Shows what the store now has of what is open here for reading.
pub(super) async fn follow<H: Host>(host: &H) {
    let Some((id, false)) = writing(host) else { return };
    if !reads_along(host) {
        return;
    }
    let Ok(store) = ready(host).await else { return };
    let Ok(Some(found)) = store::read(&*store, &id).await else { return };
    let Ok(loaded) = found.loaded else { return };
    let taken = with_work(host, |work| {
        // What could not be set apart stays on the screen.
        let free = work.reading.is_some() && work.unsaved().is_empty();
        let fits = work.assessment.head.id == id && free && loaded.seq >= work.seq;
        if fits {
            work.follow(&loaded.assessment, loaded.seq);
        }
        fits
    });
    if taken == Some(true) {
        wake_fields(host);
    }
}
