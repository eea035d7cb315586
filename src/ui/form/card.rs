//! The card of a point on the page: its form is HTML that follows from the
//! catalogue; this brings what it shows of the answer up to date.
use leptos::prelude::{WithUntracked, document};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlSelectElement};
use zhidu::assessment::{RowId, State};
use zhidu::html::act::CardAct;
use zhidu::html::hook::{Hook, Slot};
use zhidu::html::{CardFacts, CardState, ListedMaterial, item_row, material_row, waiver};

use crate::ui::desk::Desk;
use crate::ui::dom::{part, set_class, set_text, slot, value};
use crate::ui::form::fields;
use crate::ui::form::measures;

/// The card of the `index`-th point, if it is shown.
pub fn card_of(desk: Desk, index: usize) -> Option<Element> {
    let ordinal = desk.look(|_, catalogue| catalogue.points().get(index).map(|point| point.ordinal))?;
    document().get_element_by_id(&format!("point-{ordinal}"))
}

/// Brings the card of the `index`-th point up to date, if it is shown. Texts
/// in its fields stay as they are, but for those of rows that are new.
pub fn refresh(desk: Desk, index: usize) {
    let Some(card) = card_of(desk, index) else { return };
    let tally = desk.point_tally(index);
    let facts = desk.look(|assessment, catalogue| {
        catalogue.points().get(index).map(|point| CardFacts::of(catalogue, assessment, point, &tally))
    });
    let Some(facts) = facts else { return };
    show_state(&card, &facts.state);
    show_waiver(desk, &card, &facts);
    show_news(desk, &card, index);
    measures::refresh(desk, &card, index);
    if let Some(list) = slot(&card, Slot::Materials) {
        show_materials(desk, &card, &list, &facts.materials);
    }
    if let Some(list) = slot(&card, Slot::Items) {
        let rows: Vec<&RowId> = facts.items.iter().collect();
        lay_out(desk, &list, &rows, |place| rows.get(place).map(|row| item_row(&facts.point, row)));
    }
}

/// From which files the point has changed since somebody looked.
pub fn show_news(desk: Desk, card: &Element, index: usize) {
    let told = desk.news.with_untracked(|news| {
        let news = news.iter().find(|it| it.point == index);
        news.map(|it| format!("● 导入后有变化，来自 {}", it.sources.join("、")))
    });
    if let Some(line) = slot(card, Slot::News) {
        set_text(&line, &told.unwrap_or_default());
    }
}

fn show_state(card: &Element, shown: &CardState) {
    if card.class_name() != shown.classes() {
        card.set_class_name(shown.classes());
    }
    if let Some(state) = part(card, &doing(CardAct::SetState)) {
        state.unchecked_into::<HtmlSelectElement>().set_value(shown.state.label());
    }
    if let Some(count) = slot(card, Slot::Count) {
        set_text(&count, &format!("{} 字", shown.characters));
    }
    if let Some(full) = part(card, &doing(CardAct::GiveFull)) {
        set_class(&full, "z-button--gone", shown.full);
    }
    if let Some(deduction) = slot(card, Slot::Deduction) {
        set_class(&deduction, "z-card__deduction--asked", shown.asks_reason);
    }
}

/// 不适用理由 is asked for while the point is 不适用.
fn show_waiver(desk: Desk, card: &Element, facts: &CardFacts) {
    match (slot(card, Slot::Waiver), facts.state.state == State::NotApplicable) {
        (None, true) => {
            if let Some(row) = slot(card, Slot::Fields)
                && row.insert_adjacent_html("afterend", &waiver(&facts.point)).is_ok()
                && let Some(fresh) = row.next_element_sibling()
            {
                fields::fill(desk, &fresh);
            }
        }
        (Some(known), false) => known.remove(),
        _ => {}
    }
}

fn show_materials(desk: Desk, card: &Element, list: &Element, materials: &[ListedMaterial]) {
    if let Some(labels) = slot(card, Slot::MaterialHeads) {
        set_class(&labels, "z-gone", materials.is_empty());
    }
    let rows: Vec<&RowId> = materials.iter().map(|it| &it.row).collect();
    lay_out(desk, list, &rows, |place| materials.get(place).map(|it| material_row(&it.row, &it.number)));
    let mut shown = list.first_element_child();
    for ListedMaterial { shared, .. } in materials {
        let Some(element) = shown else { return };
        if let Some(line) = slot(&element, Slot::Shared) {
            set_class(&line, "z-gone", shared.is_empty());
            set_text(&line, shared);
        }
        shown = element.next_element_sibling();
    }
}

/// The selector of what does an act.
fn doing(act: CardAct) -> String {
    Hook::Do.is(act.name())
}

/// Makes the children of `list` the rows, in this order; `make` gives the HTML
/// of a new one. Rows that stay are the same elements, moved only where the
/// order demands it.
fn lay_out(desk: Desk, list: &Element, rows: &[&RowId], make: impl Fn(usize) -> Option<String>) {
    let id_of = |element: &Element| value(element, Hook::Row).unwrap_or_default();
    let mut next = list.first_element_child();
    while let Some(element) = next {
        next = element.next_element_sibling();
        let id = id_of(&element);
        if !rows.iter().any(|row| row.as_str() == id) {
            element.remove();
        }
    }
    let mut stands = list.first_element_child();
    for (place, row) in rows.iter().enumerate() {
        if let Some(element) = stands.as_ref().filter(|element| id_of(element) == row.as_str()) {
            stands = element.next_element_sibling();
            continue;
        }
        let known = part(list, &Hook::Row.is(row.as_str()));
        let element = known.or_else(|| {
            list.insert_adjacent_html("beforeend", &make(place)?).ok()?;
            let fresh = list.last_element_child()?;
            fields::fill(desk, &fresh);
            Some(fresh)
        });
        if let Some(element) = element {
            // A list that takes a row takes it anywhere.
            let _ = list.insert_before(&element, stands.as_deref());
        }
    }
}
