//! localStorage by fallible calls: where it is blocked there is none, and nobody
//! panics.

use web_sys::Storage;

/// localStorage, if the browser gives it.
pub fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// localStorage and sessionStorage, as far as the browser gives them.
pub fn storages() -> Vec<Storage> {
    let of_tab = web_sys::window().and_then(|window| window.session_storage().ok()?);
    storage().into_iter().chain(of_tab).collect()
}

/// The names in a storage that begin with `prefix`.
pub fn names(storage: &Storage, prefix: &str) -> Vec<String> {
    let all = (0..storage.length().unwrap_or_default()).filter_map(|at| storage.key(at).ok()?);
    all.filter(|name| name.starts_with(prefix)).collect()
}
