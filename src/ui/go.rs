//! Going from page to page, and which group of points an address shows.

use leptos::prelude::window;
use wasm_bindgen::JsValue;
use web_sys::Event;
use zhidu::catalogue::GroupId;
use zhidu::route::{Page, PageKind, Route};

use crate::browser::prefs;
use crate::ui::desk::Opened;

/// Goes to a page; the address changes with it.
pub fn go(route: &Route) {
    go_to(&route.to_string());
}

/// Goes to an address of this program. At once: when the browser follows a link
/// itself, the page hears of it only after a turn through another process.
pub fn go_to(address: &str) {
    let window = window();
    let pushed = window.history().and_then(|it| it.push_state_with_url(&JsValue::NULL, "", Some(address)));
    // A browser refuses when it was asked too often; then it follows by itself.
    let told = pushed.and_then(|()| window.dispatch_event(&Event::new("hashchange")?));
    if told.is_err() {
        let _ = window.location().set_hash(address);
    }
}

/// The page that stands for another one: a school that is asked for its numbers alone has
/// nothing to fill in but 学校数据.
pub fn shown_kind(opened: &Opened, page: &Page) -> PageKind {
    match page.kind() {
        PageKind::FillIn if opened.catalogue.points().is_empty() => PageKind::Schools,
        kind => kind,
    }
}

/// Index of the group that a route shows, or that 填报 would show.
pub fn shown_group(opened: &Opened, route: &Route) -> usize {
    let catalogue = &opened.catalogue;
    let first = catalogue.pages().next().unwrap_or(0);
    match route {
        Route::Assessment(_, Page::Group(id)) => catalogue.group(id).map_or(first, |(index, _)| index),
        Route::Assessment(_, Page::Point(ordinal)) => {
            catalogue.point_at(*ordinal).map_or(first, |(index, _)| catalogue.page_of(index))
        }
        _ => prefs::get(&format!("group.{}", opened.id))
            .and_then(|text| GroupId::parse(&text).ok())
            .and_then(|id| catalogue.group(&id))
            .map_or(first, |(index, _)| index),
    }
}
