//! Rows of materials and of 测评点 under the keyboard: Enter goes on to the next
//! row, and rows that were copied elsewhere are pasted as rows.
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, Event, HtmlInputElement, KeyboardEvent};
use zhidu::assessment::place::Place;
use zhidu::html::hook::Hook;
use zhidu::keys::{Focus, Press, goes_on};
use zhidu::value::grid::text;

use crate::ui::desk::Desk;
use crate::ui::dom::{all, around, bears, value};
use crate::ui::events::{on, target};
use crate::ui::form::acts::{focus_first_field, point_of};

/// Hears what is typed and pasted in rows.
pub fn listen(desk: Desk) {
    on("keydown", move |event| {
        if let Some(key) = event.dyn_ref::<KeyboardEvent>()
            && goes_on(press(key))
            && let Some((field, row)) = field_in_row(&event)
        {
            event.prevent_default();
            go_on(desk, &field, &row);
        }
    });
    on("paste", move |event| {
        if let Some((field, _)) = field_in_row(&event) {
            paste(desk, &event, &field);
        }
    });
}

fn press(event: &KeyboardEvent) -> Press<'static> {
    Press {
        key: if event.key() == "Enter" { "Enter" } else { "" },
        ctrl: event.ctrl_key() || event.meta_key(),
        alt: event.alt_key(),
        shift: event.shift_key(),
        // Safari sends the key that confirms a composition after its end, as 229.
        composing: event.is_composing() || event.key_code() == 229,
        focus: Focus::DocumentText,
    }
}

/// The field that an event is about and the row that it stands in.
fn field_in_row(event: &Event) -> Option<(HtmlInputElement, Element)> {
    let field = target(event)?.dyn_into::<HtmlInputElement>().ok().filter(|it| bears(it, Hook::Doc))?;
    let row = around(&field, &format!("{} {}", Hook::Point.any(), Hook::Row.any()))?;
    Some((field, row))
}

/// To the same field of the next row. Behind the last one a row is made, unless that
/// is still empty itself.
fn go_on(desk: Desk, field: &HtmlInputElement, row: &Element) {
    let fields = inputs(row);
    let at = fields.iter().position(|it| it == field).unwrap_or_default();
    if let Some(next) = row.next_element_sibling() {
        if let Some(field) = inputs(&next).get(at) {
            // Without focus the row is there all the same.
            let _ = field.focus();
        }
        return;
    }
    if fields.iter().all(|it| it.value().trim().is_empty()) {
        return;
    }
    let (Some((index, point)), Some(place)) = (point_of(desk, field), place_of(field)) else { return };
    let fresh = desk.fresh_row();
    let made = match place {
        Place::Evidence(..) => desk.act_once(|it| it.adding_evidence(&point, fresh.clone())),
        Place::CheckItem(..) => desk.act_once(|it| it.adding_check_item(&point, fresh.clone())),
        _ => false,
    };
    if made {
        focus_first_field(index, fresh);
    }
}

/// Takes rows of cells; one cell is pasted by the browser.
fn paste(desk: Desk, event: &Event, field: &HtmlInputElement) {
    let data = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
    let pasted = data.and_then(|data| data.get_data("text/plain").ok()).unwrap_or_default();
    let cells = text::from_clipboard(&pasted).rows;
    let single = cells.len() < 2 && cells.iter().all(|row| row.len() < 2);
    let (Some(Place::Evidence(row, of)), Some((_, point))) = (place_of(field), point_of(desk, field)) else {
        return;
    };
    if single || desk.reading.with_untracked(Option::is_some) {
        return;
    }
    event.prevent_default();
    let before = desk.look(|assessment, _| assessment.answer(&point).evidence.len());
    let edits = desk
        .look(|assessment, _| assessment.pasting_materials(&point, (&row, of), &cells, || desk.fresh_row()));
    if desk.act_once(|_| edits) {
        let after = desk.look(|assessment, _| assessment.answer(&point).evidence.len());
        desk.notices.confirm(format!("已粘贴，新增 {} 份材料，可用“撤销”恢复。", after - before));
    }
}

fn inputs(row: &Element) -> Vec<HtmlInputElement> {
    let fields = all(row, &format!("input{}", Hook::Doc.any()));
    fields.into_iter().filter_map(|it| it.dyn_into().ok()).collect()
}

fn place_of(field: &HtmlInputElement) -> Option<Place> {
    Place::parse(&value(field, Hook::Doc)?)
}
