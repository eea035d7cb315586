//! localStorage by fallible calls: where it is blocked there is none, and nobody
//! panics.

use web_sys::Storage;

/// localStorage, if the browser gives it.
pub fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// The names that begin with `prefix`.
pub fn names(prefix: &str) -> Vec<String> {
    let Some(storage) = storage() else { return Vec::new() };
    let all = (0..storage.length().unwrap_or_default()).filter_map(|at| storage.key(at).ok()?);
    all.filter(|name| name.starts_with(prefix)).collect()
}
