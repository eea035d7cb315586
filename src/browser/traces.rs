//! The text of [`zhidu::traces`] in localStorage. A browser that clears one of
//! its stores alone shows it by this. Every call may fail; none panics.

use zhidu::assessment::AssessmentId;
use zhidu::record::summary::Summary;
use zhidu::traces::{self, Trace};

use crate::browser::local::{names, storage, storages};

const NAME: &str = "zhidu.traces";

/// What was stored at some time.
pub fn all() -> Vec<Trace> {
    traces::read(&text())
}

/// Notes that an assessment is stored.
pub fn note(row: &Summary) {
    if let Some(trace) = Trace::of(row) {
        keep(&traces::with(&text(), &trace));
    }
}

/// Forgets an assessment that was removed on purpose, or whose loss is known.
pub fn forget(id: &AssessmentId) {
    keep(&traces::without(&text(), id));
}

/// Forgets everything that the program keeps in localStorage and sessionStorage.
pub fn clear_all() {
    for storage in storages() {
        names(&storage, "zhidu.").iter().for_each(|name| drop(storage.remove_item(name)));
    }
}

fn text() -> String {
    storage().and_then(|storage| storage.get_item(NAME).ok()?).unwrap_or_default()
}

fn keep(text: &str) {
    if let Some(storage) = storage()
        && storage.get_item(NAME).ok().flatten().unwrap_or_default() != text
    {
        let _ = storage.set_item(NAME, text);
    }
}
