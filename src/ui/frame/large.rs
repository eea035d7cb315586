//! 大字: larger type on the whole page, kept as a preference of this browser.

use leptos::prelude::*;

use crate::browser::prefs;
use crate::ui::live::{hearing, said};

const PREF: &str = "large";
const ATTRIBUTE: &str = "data-large";

/// Shows the page as the person last had it.
pub fn restore() {
    show(prefers_large());
}

/// The button 大字.
#[component]
pub fn LargeToggle() -> impl IntoView {
    let large = RwSignal::new(prefers_large());
    let toggle = move |_| {
        large.update(|it| *it = !*it);
        let now = large.get_untracked();
        prefs::set(PREF, if now { "yes" } else { "no" });
        show(now);
    };
    view! {
        <button type="button" class="z-button z-button--bar" aria-pressed=said(move || large.get().to_string()) on:click=hearing(toggle)>"大字"</button>
    }
}

fn prefers_large() -> bool {
    prefs::get(PREF).as_deref() == Some("yes")
}

fn show(large: bool) {
    let Some(root) = document().document_element() else { return };
    // The style sheet does the rest; without the attribute the page is as usual.
    let _ = if large { root.set_attribute(ATTRIBUTE, "") } else { root.remove_attribute(ATTRIBUTE) };
}
