//! The emergency journal: what was not acknowledged by the store when the page
//! had to go, in localStorage because that can be written in one synchronous
//! call, also from a panic hook, and in sessionStorage beside it: a page that is
//! opened from a file was seen to start with an empty localStorage now and then,
//! in Chromium on a busy machine, until it is loaded once more. One journal per
//! assessment and window, so that no window touches another's. Every call may
//! fail; none panics.

use web_sys::Storage;

use crate::browser::local::{names, storages};

/// A journal is at most this long, in UTF-16 units (1 MB); beyond it there is
/// the store alone.
pub const MAX_UNITS: usize = 500_000;

const PREFIX: &str = "zhidu.journal.";

/// The name of a window's journal of an assessment.
pub fn name(assessment: &str, window: &str) -> String {
    format!("{PREFIX}{assessment}.{window}")
}

/// Keeps `text` as the journal of that name, in each storage that takes it. `false` if it is
/// too long or the browser refuses.
pub fn keep(name: &str, text: &str) -> bool {
    let units: usize = text.chars().map(char::len_utf16).sum();
    if units > MAX_UNITS {
        return false;
    }
    let (took, refused): (Vec<Storage>, Vec<Storage>) =
        storages().into_iter().partition(|storage| storage.set_item(name, text).is_ok());
    if took.is_empty() {
        return false;
    }
    // An older one does not stand beside it.
    refused.iter().for_each(|storage| drop(storage.remove_item(name)));
    true
}

/// The journals of an assessment that were kept, by name; one that both storages have is
/// there once.
pub fn kept(assessment: &str) -> Vec<(String, String)> {
    let prefix = name(assessment, "");
    let mut found = Vec::new();
    for storage in storages() {
        let ours = names(&storage, &prefix).into_iter();
        let texts = ours.filter_map(|name| storage.get_item(&name).ok()?.map(|text| (name, text)));
        for journal in texts {
            if !found.contains(&journal) {
                found.push(journal);
            }
        }
    }
    found
}

/// Forgets the journal of that name.
pub fn forget(name: &str) {
    storages().iter().for_each(|storage| drop(storage.remove_item(name)));
}

/// Forgets the journal of that name where it still has this text.
pub fn forget_text(name: &str, text: &str) {
    for storage in storages() {
        if storage.get_item(name).ok().flatten().as_deref() == Some(text) {
            let _ = storage.remove_item(name);
        }
    }
}

/// Forgets all journals of an assessment.
pub fn forget_all(assessment: &str) {
    kept(assessment).iter().for_each(|(name, _)| forget(name));
}
