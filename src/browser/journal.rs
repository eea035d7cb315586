//! The emergency journal: records that were not acknowledged by the store when
//! the page had to go, in localStorage because that can be written in one
//! synchronous call, also from a panic hook. One journal per assessment.
//! Every call may fail; none panics.

/// A journal is at most this long, in UTF-16 units; beyond it there is the store alone.
pub const MAX_UNITS: usize = 500_000;

const PREFIX: &str = "zhidu.journal.";

/// Keeps `text` as the journal of an assessment. `false` if the browser refuses.
pub fn keep(assessment: &str, text: &str) -> bool {
    let units: usize = text.chars().map(char::len_utf16).sum();
    units <= MAX_UNITS && storage().is_some_and(|it| it.set_item(&name(assessment), text).is_ok())
}

/// The journal of an assessment, if one was kept.
pub fn kept(assessment: &str) -> Option<String> {
    storage()?.get_item(&name(assessment)).ok()?
}

/// Forgets the journal of an assessment.
pub fn forget(assessment: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&name(assessment));
    }
}

fn name(assessment: &str) -> String {
    format!("{PREFIX}{assessment}")
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}
