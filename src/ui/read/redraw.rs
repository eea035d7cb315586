//! Pages that are read are HTML that is drawn anew when what they show changes. The
//! person's place on them stays: the focus, what is unfolded, and what is being typed.
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};
use zhidu::html::hook::Hook;

use crate::ui::dom::{all, around, focus, value};

/// What can have the focus.
const FOCUSABLE: &str = "a[href], button, input, select, summary, h1";

/// Puts HTML into an element in place of what was there; the same is left alone.
pub fn redraw(root: &Element, html: &str) {
    // What is written is not what is read back, so it is remembered beside it.
    if root.get_attribute("data-drawn").as_deref() == Some(&mark(html)) {
        return;
    }
    let place = Place::of(root);
    let unfolded = unfolded(root);
    root.set_inner_html(html);
    // What the page refuses to draw it would refuse everywhere.
    let _ = root.set_attribute("data-drawn", &mark(html));
    for details in all(root, "details") {
        if named(&details).is_some_and(|name| unfolded.contains(&name)) {
            let _ = details.set_attribute("open", "");
        }
    }
    if let Some(place) = place {
        place.seek(root);
    }
}

/// Where the focus was: in what, among how many, and what was typed there.
struct Place {
    name: Option<String>,
    at: usize,
    typed: Option<String>,
}

impl Place {
    fn of(root: &Element) -> Option<Place> {
        let active = document().active_element().filter(|it| root.contains(Some(it)))?;
        let at = focusable(root).iter().position(|it| *it == active)?;
        let typed = active.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value);
        Some(Place { name: named(&active), at, typed })
    }

    /// Back to the same thing, or to what stands in its place now.
    fn seek(self, root: &Element) {
        let there = focusable(root);
        let same = there.iter().find(|it| self.name.is_some() && named(it) == self.name);
        let next = || there.get(self.at.min(there.len().saturating_sub(1)));
        if let (Some(field), Some(typed)) =
            (same.and_then(|it| it.dyn_ref::<HtmlInputElement>()), &self.typed)
        {
            field.set_value(typed);
        }
        let Some(element) = same.or_else(next) else { return };
        if element.tag_name() == "H1" {
            let _ = element.set_attribute("tabindex", "-1");
        }
        // Without it the page is there all the same.
        focus(element);
    }
}

/// What an element is called within its page: what it does, and in which row.
fn named(element: &Element) -> Option<String> {
    let kinds = [Hook::Problem, Hook::Row, Hook::Index];
    let row = around(element, &kinds.map(Hook::any).join(", "));
    let about = |of: &Element| kinds.into_iter().find_map(|kind| value(of, kind));
    let row = row.as_ref().and_then(about).unwrap_or_default();
    let own = value(element, Hook::Choice)
        .or_else(|| value(element, Hook::Do))
        .or_else(|| element.get_attribute("aria-label"));
    let own = own.or_else(|| match element.tag_name().as_str() {
        "DETAILS" | "SUMMARY" if !row.is_empty() => Some("details".to_owned()),
        "DETAILS" => element.query_selector("summary").ok()??.text_content(),
        _ => element.get_attribute("href"),
    })?;
    Some(format!("{}/{row}/{own}", element.tag_name()))
}

/// What can have the focus and is not folded away.
fn focusable(root: &Element) -> Vec<Element> {
    let mut found = all(root, FOCUSABLE);
    found.retain(|element| {
        // A summary shows what it folds.
        let from = if element.tag_name() == "SUMMARY" {
            element.parent_element().and_then(|details| details.parent_element())
        } else {
            Some(element.clone())
        };
        from.and_then(|it| it.closest("details:not([open])").ok().flatten()).is_none()
    });
    found
}

fn unfolded(root: &Element) -> Vec<String> {
    all(root, "details[open]").iter().filter_map(named).collect()
}

/// Tells one text from another.
fn mark(html: &str) -> String {
    let sum = html
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{}-{sum:x}", html.len())
}
