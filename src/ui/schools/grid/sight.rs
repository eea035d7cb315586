//! Which rows of the table are in sight, and scrolling to one that is not.
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use zhidu::html::hook::Hook;

use crate::ui::dom;

/// The height of a row before one is drawn.
const ROW: f64 = 30.0;

/// The part of the page with this id.
pub fn part(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}

/// What the table scrolls in.
pub fn frame() -> Option<HtmlElement> {
    part("school-grid")?.dyn_into().ok()
}

/// The height of a row.
pub fn row_height(body: &Element) -> f64 {
    let row = dom::part(body, &format!("tr{}", Hook::At.any()));
    row.map(|row| row.get_bounding_client_rect().height()).filter(|height| *height > 0.0).unwrap_or(ROW)
}

/// How many whole rows a length is.
pub fn in_rows(length: f64, height: f64) -> usize {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a length on the screen")]
    let rows = (length / height).max(0.0) as usize;
    rows
}

/// The height of so many rows.
#[allow(clippy::cast_precision_loss, reason = "a number of rows")]
pub fn height_of(rows: usize, height: f64) -> f64 {
    rows as f64 * height
}

/// Scrolls up or down as far as it takes.
pub fn bring_row_into_sight(at: usize) {
    let (Some(frame), Some(body)) = (frame(), part("school-rows")) else { return };
    let height = row_height(&body);
    let tall = |selector: &str| {
        let found = frame.query_selector(selector).ok().flatten();
        found.map_or(0.0, |it| it.get_bounding_client_rect().height())
    };
    let covered = tall("thead") + tall("tfoot");
    let (top, room) = (height_of(at, height), f64::from(frame.client_height()) - covered);
    let standing = f64::from(frame.scroll_top());
    if top < standing {
        scroll_to(&frame, Some(top), None);
    } else if top + height > standing + room {
        scroll_to(&frame, Some(top + height - room), None);
    }
}

/// Scrolls left or right as far as it takes; the first column is always in sight.
pub fn bring_cell_into_sight(cell: &Element, column: usize) {
    let (Some(frame), Some(cell)) = (frame(), cell.dyn_ref::<HtmlElement>()) else { return };
    if column == 0 {
        return;
    }
    let first = frame.query_selector("thead th").ok().flatten();
    let covered = first.map_or(0.0, |it| it.get_bounding_client_rect().width());
    let (left, wide) = (f64::from(cell.offset_left()), f64::from(cell.offset_width()));
    let (standing, room) = (f64::from(frame.scroll_left()), f64::from(frame.client_width()));
    if left - covered < standing {
        scroll_to(&frame, None, Some(left - covered));
    } else if left + wide > standing + room {
        scroll_to(&frame, None, Some(left + wide - room));
    }
}

#[allow(clippy::cast_possible_truncation, reason = "a length on the screen")]
fn scroll_to(frame: &HtmlElement, top: Option<f64>, left: Option<f64>) {
    if let Some(top) = top {
        frame.set_scroll_top(top.ceil() as i32);
    }
    if let Some(left) = left {
        frame.set_scroll_left(left.ceil() as i32);
    }
}
