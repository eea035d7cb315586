//! When the page has to go: closing, hiding, or a panic. What the store has not
//! acknowledged is kept in the emergency journal, in one synchronous call.

use leptos::prelude::*;

use crate::browser::shell;
use crate::ui::desk::Desk;

/// Watches for the end of the page and for panics.
pub fn watch(desk: Desk) {
    std::panic::set_hook(Box::new(move |info| {
        shell::goes_down();
        shell::kept(desk.keep_journal().unwrap_or(true));
        shell::crash(&info.to_string());
        // What may fail comes last: the draft of a field that was not handed
        // over yet, as while something is being composed.
        desk.hand_over_draft();
        desk.keep_journal();
    }));
    shell::on_down(move || {
        if !shell::goes_down() {
            shell::kept(desk.keep_journal().unwrap_or(true));
        }
    });
    window_event_listener_untyped("pagehide", move |_| {
        desk.hand_over_draft();
        desk.keep_journal();
    });
    // The browser asks the person only where nothing else keeps what was typed, or files
    // wait for decisions that are nowhere else.
    window_event_listener(leptos::ev::beforeunload, move |event| {
        desk.hand_over_draft();
        let waits = desk.incoming.try_with_untracked(|files| !files.is_empty()).unwrap_or_default();
        if !shell::is_down() && (waits || desk.keep_journal() == Some(false)) {
            event.prevent_default();
            event.set_return_value("true");
        }
    });
    let on_hide = move || {
        if document().hidden() {
            desk.hand_over_draft();
            desk.keep_journal();
        }
    };
    let closure = wasm_bindgen::closure::Closure::<dyn Fn()>::new(on_hide);
    let listener = wasm_bindgen::JsCast::unchecked_ref(closure.as_ref());
    // A browser that refuses listeners runs no page at all.
    let _ = document().add_event_listener_with_callback("visibilitychange", listener);
    closure.forget();
}
