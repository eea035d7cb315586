//! A modal dialog on the browser's own `<dialog>`: focus stays inside, Escape
//! closes it, and it goes back to where it came from.

use leptos::html;
use leptos::prelude::*;

use crate::ui::live::{hearing, said, shown};

/// A dialog that is shown while `open` is true. Its content is built anew each time.
#[component]
pub fn Dialog(
    /// Whether it is shown.
    open: RwSignal<bool>,
    /// Its heading and accessible name.
    #[prop(into)]
    title: Signal<String>,
    /// Its content.
    children: ChildrenFn,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = element.get() else { return };
        match (open.get(), dialog.open()) {
            // A dialog that is not in the document cannot be shown; it will be.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let children = StoredValue::new(children);
    view! {
        <dialog class="z-dialog" node_ref=element aria-labelledby="dialog-title" on:close=hearing(move |_| open.set(false))>
            {shown(move || open.get(), move || view! {
                <h2 class="z-dialog__title" id="dialog-title" prop:textContent=said(move || title.get())></h2>
                {children.with_value(|children| children())}
            }.into_any())}
        </dialog>
    }
}
