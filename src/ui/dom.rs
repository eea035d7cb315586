//! Single elements: found, and changed only where they differ, because the browser
//! lays a page out anew for each change.
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement};
use zhidu::html::hook::{Hook, Slot};

/// The first element below another one that the selector names.
pub fn part(of: &Element, selector: &str) -> Option<Element> {
    of.query_selector(selector).ok().flatten()
}

/// The first element of the page that the selector names.
pub fn part_of_page(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

/// A slot below an element.
pub fn slot(of: &Element, slot: Slot) -> Option<Element> {
    part(of, &slot.selector())
}

/// What an element is about.
pub fn value(element: &Element, hook: Hook) -> Option<String> {
    element.get_attribute(hook.name())
}

/// Whether an element says that it is about something.
pub fn bears(element: &Element, hook: Hook) -> bool {
    element.has_attribute(hook.name())
}

/// The element itself or the next one around it that the selector names.
pub fn around(element: &Element, selector: &str) -> Option<Element> {
    element.closest(selector).ok().flatten()
}

/// What an element or the next one around it that says so is about.
pub fn value_around(element: &Element, hook: Hook) -> Option<String> {
    value(&around(element, &hook.any())?, hook)
}

/// The field of the assessment that has the focus.
pub fn focused_field() -> Option<Element> {
    document().active_element().filter(|it| bears(it, Hook::Doc))
}

/// Puts the focus into an element where the page stands; without it the element is there
/// all the same.
pub fn focus_still(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let still = FocusOptions::new();
        still.set_prevent_scroll(true);
        let _ = element.focus_with_options(&still);
    }
}

/// As [`focus_still`], and brings the element into sight.
pub fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// Clicks on an element.
pub fn click(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        element.click();
    }
}

/// What had the focus may be gone, or have lost it to the dialog around it: keys go on
/// from the first of these selectors that names something.
pub fn catch_focus(selectors: &[&str]) {
    let lost =
        document().active_element().is_none_or(|it| matches!(it.tag_name().as_str(), "BODY" | "DIALOG"));
    if lost && let Some(next) = selectors.iter().find_map(|selector| part_of_page(selector)) {
        if next.tag_name() == "MAIN" {
            // What the page refuses to draw it would refuse everywhere.
            let _ = next.set_attribute("tabindex", "-1");
        }
        focus_still(&next);
    }
}

/// Changes a text only where it differs, so that nothing is drawn in vain.
pub fn set_text(element: &Element, text: &str) {
    if element.text_content().as_deref() != Some(text) {
        element.set_text_content(Some(text));
    }
}

/// Sets a class or takes it away.
pub fn set_class(element: &Element, class: &str, on: bool) {
    // Only a class with a space in its name is refused.
    let _ = element.class_list().toggle_with_force(class, on);
}

/// Sets an attribute or takes it away. What the page refuses to draw it would refuse
/// everywhere.
pub fn set_attribute(element: &Element, name: &str, on: bool) {
    let _ = if on { element.set_attribute(name, "") } else { element.remove_attribute(name) };
}

/// The elements below `root` that the selector names.
pub fn all(root: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = root.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect()
}

/// Shows each element below `root` that the selector names.
pub fn each(root: &Element, selector: &str, mut show: impl FnMut(Element)) {
    all(root, selector).into_iter().for_each(&mut show);
}
