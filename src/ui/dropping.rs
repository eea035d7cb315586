//! Files that are dropped anywhere on the page: they are taken as if they had been
//! picked, and never opened by the browser in place of the page. Text that is dragged
//! within a field is the browser's own.

use leptos::ev;
use leptos::prelude::*;
use web_sys::{DragEvent, File};

use crate::browser::files::all;

/// Has `take` called with the files that are dropped, as long as the component lives that
/// asks for it.
pub fn dropped(take: impl Fn(Vec<File>) + 'static) {
    let over = window_event_listener(ev::dragover, |event| {
        if has_files(&event) {
            event.prevent_default();
        }
    });
    let drop = window_event_listener(ev::drop, move |event| {
        if !has_files(&event) {
            return;
        }
        event.prevent_default();
        let files = event.data_transfer().and_then(|data| data.files());
        let files = files.map(all).unwrap_or_default();
        if !files.is_empty() {
            take(files);
        }
    });
    on_cleanup(move || {
        over.remove();
        drop.remove();
    });
}

fn has_files(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|data| data.types());
    types.is_some_and(|types| types.iter().any(|it| it.as_string().as_deref() == Some("Files")))
}
