//! Buttons and lists of the form: every element with `data-do`, the word of an
//! [`Act`].
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlSelectElement, MouseEvent};
use zhidu::assessment::place::{AnswerField, FigureField, Place};
use zhidu::assessment::{RowId, State};
use zhidu::catalogue::{FigureId, PointId};
use zhidu::html::act::{Act, CardAct, PageAct, RowAct};
use zhidu::html::hook::{Hook, Slot};
use zhidu::html::{choices, help};

use crate::ui::desk::Desk;
use crate::ui::dom::{focus, part_of_page, slot, value, value_around};
use crate::ui::events::{act_of, is_further_click, on, point_around, row_around, target};
use crate::ui::form::fields::is_of_open;
use crate::ui::frame::keyboard;
use crate::ui::go::go_to;

/// Hears clicks and choices.
pub fn listen(desk: Desk) {
    on("click", move |event| {
        if let Some(link) = followed_link(&event) {
            event.prevent_default();
            return follow(desk, &link);
        }
        if let Some((act, element)) = act_of(&event)
            && !act.is_choice()
            && !(matches!(act, Act::Row(RowAct::DropMaterial | RowAct::DropItem)) && is_further_click(&event))
        {
            perform(desk, act, &element);
        }
    });
    on("change", move |event| {
        if let Some((act, element)) = act_of(&event)
            && act.is_choice()
        {
            perform(desk, act, &element);
        }
    });
    on("focusin", move |event| {
        // What can be cited is looked up when the list is about to be opened.
        if let Some((Act::Card(CardAct::CiteMaterial), element)) = act_of(&event)
            && let Some((_, point)) = point_of(desk, &element)
        {
            element.set_inner_html(&desk.look(|assessment, _| choices(assessment, &point)));
        }
    });
    on("toggle", move |event| {
        // Help under a card is built when it is first unfolded.
        let Some(details) = target(&event) else { return };
        if let Some(text) = slot(&details, Slot::Help)
            && text.first_child().is_none()
            && let Some(index) = point_around(&details)
        {
            text.set_inner_html(&desk.look(|_, catalogue| help(catalogue, index)));
        }
    });
}

/// The link of this program that a plain click follows.
fn followed_link(event: &Event) -> Option<Element> {
    let mouse = event.dyn_ref::<MouseEvent>()?;
    let changed = mouse.ctrl_key() || mouse.meta_key() || mouse.shift_key() || mouse.alt_key();
    if changed || mouse.button() != 0 {
        return None;
    }
    target(event)?.closest("a[href^='#/']").ok()?
}

/// Follows a link, to the very field or cell that it names.
fn follow(desk: Desk, link: &Element) {
    let cell = value(link, Hook::Cell).and_then(|address| Place::parse(&address));
    if let Some(Place::School(row, column)) = cell {
        desk.travelled.set_value(vec![(row, column)]);
    }
    keyboard::aim(value(link, Hook::Aim));
    go_to(&link.get_attribute("href").unwrap_or_default());
}

fn perform(desk: Desk, act: Act, element: &Element) {
    match act {
        Act::Page(PageAct::Fold) => fold(element),
        Act::Page(PageAct::Print) => print(),
        Act::Card(act) => {
            if let Some((index, point)) = point_of(desk, element) {
                with_card(desk, act, index, &point, element);
            }
        }
        Act::Row(act) => {
            if let Some(((_, point), row)) = point_of(desk, element).zip(row_around(element)) {
                with_row(desk, act, &point, &row);
            }
        }
        // Their pages do them.
        Act::Past(_)
        | Act::Check(_)
        | Act::Schools(_)
        | Act::Read(_)
        | Act::Merge(_)
        | Act::Overview(_)
        | Act::Division(_)
        | Act::Collect(_) => {}
    }
}

fn with_card(desk: Desk, act: CardAct, index: usize, point: &PointId, element: &Element) {
    match act {
        CardAct::SetState => {
            if let Some(to) = State::from_label(&chosen(element)) {
                desk.act(|assessment| assessment.setting_state(point, to));
            }
        }
        CardAct::SetFigure => set_figure(desk, element),
        CardAct::GiveFull => give_full(desk, point),
        CardAct::AddMaterial => {
            let row = desk.fresh_row();
            desk.act(|assessment| assessment.adding_evidence(point, row.clone()));
            focus_first_field(index, row);
        }
        CardAct::CiteMaterial => {
            if let Ok(row) = RowId::parse(&chosen(element)) {
                desk.act(|assessment| assessment.citing_evidence(point, &row));
            }
            element.unchecked_ref::<HtmlSelectElement>().set_value("");
        }
        CardAct::AddItem => {
            let row = desk.fresh_row();
            desk.act(|assessment| assessment.adding_check_item(point, row.clone()));
            focus_first_field(index, row);
        }
    }
}

fn with_row(desk: Desk, act: RowAct, point: &PointId, row: &RowId) {
    match act {
        RowAct::RaiseMaterial => desk.act(|it| it.moving_evidence(point, row, -1)),
        RowAct::LowerMaterial => desk.act(|it| it.moving_evidence(point, row, 1)),
        RowAct::DropMaterial => {
            desk.act(|assessment| assessment.dropping_evidence(point, row));
            desk.notices.confirm("已移除一份材料，可用“撤销”恢复。".to_owned());
        }
        RowAct::DropItem => desk.act(|it| it.dropping_check_item(point, row)),
    }
}

/// Takes what was chosen for a figure.
fn set_figure(desk: Desk, element: &Element) {
    let id = value_around(element, Hook::Figure);
    if let Some(id) = id.and_then(|id| FigureId::parse(&id).ok()) {
        desk.leave_text(&Place::Figure(id, FigureField::Raw), &chosen(element));
        desk.wake_fields();
    }
}

fn give_full(desk: Desk, point: &PointId) {
    let place = Place::Answer(point.clone(), AnswerField::Score);
    if let Some(maximum) = desk.look(|_, catalogue| catalogue.point(point)?.1.points) {
        desk.leave_text(&place, &maximum.to_string());
        desk.wake_fields();
    }
}

/// The point in whose card an element of the open form stands.
pub fn point_of(desk: Desk, element: &Element) -> Option<(usize, PointId)> {
    let index = point_around(element).filter(|_| is_of_open(desk, element))?;
    desk.look(|_, catalogue| catalogue.points().get(index).map(|point| (index, point.id.clone())))
}

fn chosen(element: &Element) -> String {
    element.dyn_ref::<HtmlSelectElement>().map(HtmlSelectElement::value).unwrap_or_default()
}

/// Folds or unfolds the list behind the row of a branch.
fn fold(button: &Element) {
    let open = button.get_attribute("aria-expanded").as_deref() != Some("true");
    let list = button.parent_element().and_then(|row| row.next_element_sibling());
    if let Some(list) = list {
        // What the page refuses to draw it would refuse everywhere.
        let _ = list.class_list().toggle_with_force("z-gone", !open);
        let _ = button.set_attribute("aria-expanded", if open { "true" } else { "false" });
    }
}

/// Opens the browser's print dialog; one that cannot print says so itself.
fn print() {
    let _ = window().print();
}

/// Puts the focus into the first field of a row once it is drawn.
pub fn focus_first_field(index: usize, row: RowId) {
    request_animation_frame(move || {
        let (point, row) = (Hook::Point.is(&index.to_string()), Hook::Row.is(row.as_str()));
        if let Some(field) = part_of_page(&format!("{point} {row} input")) {
            focus(&field);
        }
    });
}
