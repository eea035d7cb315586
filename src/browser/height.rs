//! How high a part of the page is, for the style sheet: what stands below a part
//! that wraps, or scrolls under it, has to know.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlElement, ResizeObserver};

/// Keeps a custom property of the root at the height of an element, as long as
/// that is in the page. Without it the style sheet's own value stands.
pub fn follow(element: &Element, property: &'static str) {
    let Some(root) = root() else { return };
    let followed = element.clone();
    let closure = Closure::<dyn FnMut()>::new(move || {
        let height = followed.get_bounding_client_rect().height();
        // To set a property of the root has the browser look at every element anew, so that
        // it is not set to the nothing that it is.
        let known = root.style().get_property_value(property).is_ok_and(|it| !it.is_empty());
        if followed.is_connected() && (height > 0.0 || known) {
            // As an integer: what prints a fraction would be 5 KB of the first load. A
            // browser that refuses leaves the value of the style sheet.
            let _ = root.style().set_property(property, &format!("calc({}px / 64)", (height * 64.0) as u32));
        }
    });
    if let Ok(observer) = ResizeObserver::new(closure.as_ref().unchecked_ref()) {
        observer.observe(element);
    }
    closure.forget();
}

fn root() -> Option<HtmlElement> {
    web_sys::window()?.document()?.document_element()?.dyn_into().ok()
}
