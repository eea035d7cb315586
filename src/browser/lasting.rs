//! How long the browser means to keep what is stored.

use wasm_bindgen_futures::JsFuture;

/// Asks the browser not to clear this page's data by itself. Worth asking when
/// somebody has just begun a piece of work; some browsers ask the person. The
/// answer is not relied on, so nothing waits for it.
pub fn ask() {
    let Some(window) = web_sys::window() else { return };
    // Plain http has no storage manager.
    if !window.is_secure_context() {
        return;
    }
    if let Ok(asked) = window.navigator().storage().persist() {
        wasm_bindgen_futures::spawn_local(async move {
            let _ = JsFuture::from(asked).await;
        });
    }
}
