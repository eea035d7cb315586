//! How high a part of the page is, for the style sheet: what stands below a part
//! that wraps, or scrolls under it, has to know.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlElement, ResizeObserver};

const BARS: &str = "--z-bars";

/// Follows the height of the header: what is said below it sticks there.
pub fn follow_header(header: &Element) {
    follow(header, "--z-header", || place_of(".z-bars"));
}

/// Follows the height of what is said below the header: nothing, at first.
pub fn follow_bars(bars: &Element) {
    fn unset() -> bool {
        root().and_then(|root| root.style().get_property_value(BARS).ok()).is_some_and(|it| it.is_empty())
    }
    follow(bars, BARS, || unset().then_some(0.0));
}

/// Keeps a custom property of the root at the height of an element, as long as that is in
/// the page. `stands` says what the property is now, where that can be told; without it the
/// style sheet's own value stands.
fn follow(element: &Element, property: &'static str, stands: fn() -> Option<f64>) {
    let Some(root) = root() else { return };
    let followed = element.clone();
    let closure = Closure::<dyn FnMut()>::new(move || {
        let height = followed.get_bounding_client_rect().height();
        // To set a property of the root has the browser look at every element anew.
        let same = stands().is_some_and(|stands| (stands - height).abs() < 0.5);
        if followed.is_connected() && !same {
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

/// How far from the top an element is to stick.
fn place_of(selector: &str) -> Option<f64> {
    let window = web_sys::window()?;
    let element = window.document()?.query_selector(selector).ok()??;
    let top = window.get_computed_style(&element).ok()??.get_property_value("top").ok()?;
    Some(js_sys::parse_float(&top)).filter(|top| top.is_finite())
}
