//! The line between windows of this program: a `BroadcastChannel`, which plain
//! http has too, and a mark in localStorage that says whether it is worth while
//! to ask. Where there is neither, windows notice each other by the store alone.

use std::cell::OnceCell;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BroadcastChannel, MessageEvent};
use zhidu::assessment::AssessmentId;
use zhidu::windows::{Message, Word};

use crate::browser::ids;
use crate::browser::local::storage;

const CHANNEL: &str = "zhidu";
const PREFIX: &str = "zhidu.writer.";

thread_local! {
    static LINE: OnceCell<Option<BroadcastChannel>> = const { OnceCell::new() };
    static NAME: OnceCell<String> = const { OnceCell::new() };
}

/// The name of this window, another one each time the page is loaded.
pub fn name() -> String {
    NAME.with(|name| name.get_or_init(|| format!("{:012x}", ids::random_bits() >> 80)).clone())
}

/// Says something to the other windows.
pub fn say(assessment: &AssessmentId, word: Word) {
    let message = Message { assessment: assessment.clone(), word };
    with_line(|line| {
        // Whom it does not reach finds out by the store.
        let _ = line.post_message(&message.to_text().into());
    });
}

/// Calls `listener` with what other windows say, as long as the page lives.
pub fn listen(mut listener: impl FnMut(Message) + 'static) {
    let closure = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(message) = event.data().as_string().and_then(|text| Message::parse(&text)) {
            listener(message);
        }
    });
    with_line(|line| line.set_onmessage(Some(closure.as_ref().unchecked_ref())));
    closure.forget();
}

/// Marks this window as the writer of an assessment.
pub fn mark_writer(assessment: &AssessmentId) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(&mark(assessment), &name());
    }
}

/// Takes the mark of this window away, if it stands.
pub fn unmark_writer(assessment: &AssessmentId) {
    if let Some(storage) = storage()
        && storage.get_item(&mark(assessment)).ok().flatten() == Some(name())
    {
        let _ = storage.remove_item(&mark(assessment));
    }
}

/// Whether another window has marked itself as the writer; it may be gone.
pub fn somebody_else_writes(assessment: &AssessmentId) -> bool {
    let marked = storage().and_then(|storage| storage.get_item(&mark(assessment)).ok().flatten());
    marked.is_some_and(|writer| writer != name())
}

fn mark(assessment: &AssessmentId) -> String {
    format!("{PREFIX}{assessment}")
}

fn with_line(f: impl FnOnce(&BroadcastChannel)) {
    LINE.with(|line| {
        if let Some(line) = line.get_or_init(|| BroadcastChannel::new(CHANNEL).ok()) {
            f(line);
        }
    });
}
