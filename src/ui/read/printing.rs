//! What is folded on the screen is printed all the same: it is unfolded before a page
//! is printed and folded again after it. Fills nothing; a page whose sections are
//! filled when they are unfolded sees to that itself.
use leptos::prelude::*;
use web_sys::Element;

/// What is unfolded: not what has to do with the screen only, and not the differences
/// of a restore point, which are read from the store.
fn folded() -> String {
    format!("main details:not([open], .z-noprint, {})", Slot::Differences.selector())
}

/// Stands on what was unfolded for printing.
const MARK: &str = "data-printed";

/// Hears when a page is printed, as long as the program runs.
pub fn listen() {
    drop(window_event_listener_untyped("beforeprint", |_| unfold()));
    drop(window_event_listener_untyped("afterprint", |_| fold()));
}

fn unfold() {
    // What the page refuses to unfold is printed as it stands.
    each_of_page(&folded(), |details| {
        let _ = details.set_attribute(MARK, "");
        let _ = details.set_attribute("open", "");
    });
}

fn fold() {
    each_of_page(&format!("[{MARK}]"), |details| {
        drop(details.remove_attribute("open"));
        drop(details.remove_attribute(MARK));
    });
}

fn each_of_page(selector: &str, then: impl FnMut(Element)) {
    if let Some(page) = document().document_element() {
        each(&page, selector, then);
    }
}
use crate::ui::dom::each;
use zhidu::html::hook::Slot;
