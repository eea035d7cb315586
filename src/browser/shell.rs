//! The plain-JS shell around the page (`src/shell/`): what stays alive when the
//! program does not.

use std::sync::atomic::{AtomicBool, Ordering};

use js_sys::Promise;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Takes the loading text away and starts making the page usable offline.
    #[wasm_bindgen(js_namespace = zhidu)]
    pub fn mounted();

    #[wasm_bindgen(js_namespace = zhidu, js_name = onOffline)]
    fn on_offline_js(listener: &Closure<dyn FnMut(String)>);

    #[wasm_bindgen(js_namespace = zhidu, js_name = onUpdate)]
    fn on_update_js(listener: &Closure<dyn FnMut()>);

    /// Takes the new version that is waiting and loads the page anew.
    #[wasm_bindgen(js_namespace = zhidu, js_name = applyUpdate)]
    pub fn apply_update();

    /// Shows the notice of a crash in plain DOM.
    #[wasm_bindgen(js_namespace = zhidu)]
    pub fn crash(message: &str);

    /// Forgets that the program has failed again and again, and loads the page anew.
    #[wasm_bindgen(js_namespace = zhidu, js_name = leaveSafeMode)]
    pub fn leave_safe_mode();

    /// Hands out everything that is kept in this browser, as it is stored.
    #[wasm_bindgen(catch, js_namespace = zhidu, js_name = downloadRaw)]
    pub async fn download_raw() -> Result<JsValue, JsValue>;

    /// Whether all later parts of the program can be used, so that none is to be waited for.
    #[wasm_bindgen(js_namespace = zhidu, js_name = isWhole)]
    pub fn is_whole() -> bool;

    /// Promises a started file worker.
    #[wasm_bindgen(js_namespace = zhidu, js_name = officeWorker)]
    pub fn office_worker() -> Promise;

    type Shell;

    #[wasm_bindgen(thread_local_v2, js_name = zhidu)]
    static SHELL: Shell;

    #[wasm_bindgen(method, getter)]
    fn version(this: &Shell) -> String;

    #[wasm_bindgen(method, getter)]
    fn safe(this: &Shell) -> bool;

    #[wasm_bindgen(method, setter, js_name = savedAt)]
    fn set_saved_at(this: &Shell, time: &str);

    #[wasm_bindgen(method, setter)]
    fn set_kept(this: &Shell, kept: bool);

    #[wasm_bindgen(method, setter)]
    fn set_down(this: &Shell, listener: &JsValue);
}

/// How far the page can do without its server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offline {
    /// Still fetching.
    Fetching,
    /// Everything is here.
    Ready,
    /// Something could not be fetched.
    Failed,
}

/// Calls `listener` now and whenever the offline state changes.
pub fn on_offline(mut listener: impl FnMut(Offline) + 'static) {
    let closure = Closure::new(move |state: String| {
        listener(match state.as_str() {
            "ready" => Offline::Ready,
            "failed" => Offline::Failed,
            _ => Offline::Fetching,
        });
    });
    on_offline_js(&closure);
    // Listens as long as the page lives.
    closure.forget();
}

/// Calls `listener` when a new version is installed and waiting.
pub fn on_update(listener: impl FnMut() + 'static) {
    let closure = Closure::new(listener);
    on_update_js(&closure);
    closure.forget();
}

/// Has `listener` called before the notice of a crash is shown, also where no
/// panic hook runs: out of memory, a stack that overflows.
pub fn on_down(listener: impl FnMut() + 'static) {
    let closure = Closure::<dyn FnMut()>::new(listener);
    SHELL.with(|shell| shell.set_down(closure.as_ref()));
    closure.forget();
}

/// The version of this build.
pub fn version() -> String {
    SHELL.with(Shell::version)
}

/// Whether the program has failed again and again, so that nothing may be
/// written until a person says otherwise.
pub fn safe_mode() -> bool {
    SHELL.with(Shell::safe)
}

/// Tells the crash notice when the last save was.
pub fn saved_at(time: &str) {
    SHELL.with(|shell| shell.set_saved_at(time));
}

/// Tells the crash notice whether the last edits will be there at the next start.
pub fn kept(kept: bool) {
    SHELL.with(|shell| shell.set_kept(kept));
}

static DOWN: AtomicBool = AtomicBool::new(false);

/// Whether the program has panicked. Timers and answers of the browser still
/// come in then; nothing may be written by them.
pub fn is_down() -> bool {
    DOWN.load(Ordering::Relaxed)
}

/// The program has panicked; says whether that was known.
pub fn goes_down() -> bool {
    DOWN.swap(true, Ordering::Relaxed)
}

/// Whether the page opens again without a network once it was closed: from a
/// disk always, from a host only where a service worker may keep it.
pub fn reopens_offline() -> bool {
    from_disk() || web_sys::window().is_some_and(|window| window.is_secure_context())
}

/// Whether the page was opened from a disk.
pub fn from_disk() -> bool {
    web_sys::window().and_then(|window| window.location().protocol().ok()).as_deref() == Some("file:")
}
