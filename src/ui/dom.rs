//! Single elements: found, and changed only where they differ, because the browser
//! lays a page out anew for each change.

use wasm_bindgen::JsCast;
use web_sys::Element;

/// The first element below another one that the selector names.
pub fn part(of: &Element, selector: &str) -> Option<Element> {
    of.query_selector(selector).ok().flatten()
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

/// Shows each element below `root` that the selector names.
pub fn each(root: &Element, selector: &str, mut show: impl FnMut(Element)) {
    let Ok(found) = root.query_selector_all(selector) else { return };
    for index in 0..found.length() {
        if let Some(element) = found.item(index).and_then(|it| it.dyn_into::<Element>().ok()) {
            show(element);
        }
    }
}
