//! Preferences in localStorage: conveniences whose loss costs nothing. Work is
//! never kept here. Where localStorage is blocked there are no preferences.

use gloo_storage::{LocalStorage, Storage};

use crate::browser::local;

const PREFIX: &str = "zhidu.pref.";

/// The preference of that name, if it was set and can be read.
pub fn get(name: &str) -> Option<String> {
    usable().then(|| LocalStorage::get(format!("{PREFIX}{name}")).ok()).flatten()
}

/// Sets a preference; a refusal of the browser is of no consequence.
pub fn set(name: &str, value: &str) {
    if usable() {
        let _ = LocalStorage::set(format!("{PREFIX}{name}"), value);
    }
}

/// gloo-storage panics where localStorage is blocked, so it is asked for first.
fn usable() -> bool {
    local::storage().is_some()
}
