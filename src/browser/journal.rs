//! The emergency journal: what was not acknowledged by the store when the page
//! had to go, in localStorage because that can be written in one synchronous
//! call, also from a panic hook. One journal per assessment and window, so that
//! no window touches another's. Every call may fail; none panics.

use crate::browser::local::{names, storage};

/// A journal is at most this long, in UTF-16 units (1 MB); beyond it there is
/// the store alone.
pub const MAX_UNITS: usize = 500_000;

const PREFIX: &str = "zhidu.journal.";

/// The name of a window's journal of an assessment.
pub fn name(assessment: &str, window: &str) -> String {
    format!("{PREFIX}{assessment}.{window}")
}

/// Keeps `text` as the journal of that name. `false` if it is too long or the
/// browser refuses.
pub fn keep(name: &str, text: &str) -> bool {
    let units: usize = text.chars().map(char::len_utf16).sum();
    units <= MAX_UNITS && storage().is_some_and(|it| it.set_item(name, text).is_ok())
}

/// The journals of an assessment that were kept, by name.
pub fn kept(assessment: &str) -> Vec<(String, String)> {
    let Some(storage) = storage() else { return Vec::new() };
    let ours = names(&name(assessment, "")).into_iter();
    ours.filter_map(|name| storage.get_item(&name).ok()?.map(|text| (name, text))).collect()
}

/// Forgets the journal of that name.
pub fn forget(name: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(name);
    }
}

/// Forgets the journal of that name if it still has this text.
pub fn forget_text(name: &str, text: &str) {
    if storage().and_then(|storage| storage.get_item(name).ok()?).as_deref() == Some(text) {
        forget(name);
    }
}

/// Forgets all journals of an assessment.
pub fn forget_all(assessment: &str) {
    kept(assessment).iter().for_each(|(name, _)| forget(name));
}
