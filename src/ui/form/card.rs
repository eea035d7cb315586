//! The card of a point on the page: its form is HTML that follows from the
//! catalogue; this brings what it shows of the answer up to date.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlSelectElement};
use zhidu::assessment::{Assessment, RowId, State};
use zhidu::catalogue::{Catalogue, Point, PointId};
use zhidu::html::{Standing, item_row, material_row, waiver};
use zhidu::score::Tally;

use crate::ui::desk::Desk;
use crate::ui::dom::{part, set_class, set_text};
use crate::ui::form::fields;
use crate::ui::form::measures;

/// What a card is to show. Taken from the desk as a whole before anything is
/// drawn: a browser may tell of a field that it is removing, and the desk has
/// to be free to hear that.
struct Facts {
    point: PointId,
    standing: Standing,
    materials: Vec<Material>,
    items: Vec<RowId>,
}

struct Material {
    row: RowId,
    number: String,
    /// The other points that list it, by number.
    others: String,
}

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
        catalogue.points().get(index).map(|point| Facts::of(catalogue, assessment, point, &tally))
    });
    let Some(facts) = facts else { return };
    show_standing(&card, &facts.standing);
    show_waiver(desk, &card, &facts);
    measures::refresh(desk, &card, index);
    if let Some(list) = part(&card, ".z-evidence__rows") {
        show_materials(desk, &card, &list, &facts.materials);
    }
    if let Some(list) = part(&card, ".z-own-items__rows") {
        let rows: Vec<&RowId> = facts.items.iter().collect();
        lay_out(desk, &list, &rows, |place| rows.get(place).map(|row| item_row(&facts.point, row)));
    }
}

impl Facts {
    fn of(catalogue: &Catalogue, assessment: &Assessment, point: &Point, tally: &Tally) -> Facts {
        let answer = assessment.answer(&point.id);
        let materials = assessment.evidence_of(answer).map(|(row, material)| {
            let citing = assessment.points_citing(row).into_iter().filter(|id| **id != point.id);
            let others: Vec<&str> =
                citing.filter_map(|id| catalogue.point(id)).map(|(_, it)| it.no.as_str()).collect();
            Material { row: row.clone(), number: material.number.clone(), others: others.join("、") }
        });
        Facts {
            point: point.id.clone(),
            standing: Standing::of(answer, tally),
            materials: materials.collect(),
            items: answer.check_items.iter().map(|item| item.id.clone()).collect(),
        }
    }
}

fn show_standing(card: &Element, standing: &Standing) {
    if card.class_name() != standing.classes() {
        card.set_class_name(standing.classes());
    }
    if let Some(state) = part(card, ".z-field--state select") {
        state.unchecked_into::<HtmlSelectElement>().set_value(standing.state.label());
    }
    if let Some(count) = part(card, ".z-count") {
        set_text(&count, &format!("{} 字", standing.characters));
    }
    if let Some(full) = part(card, ".z-score-field > .z-button") {
        set_class(&full, "z-button--gone", standing.full);
    }
    if let Some(deduction) = part(card, ".z-card__deduction") {
        set_class(&deduction, "z-card__deduction--asked", standing.asks_reason);
    }
}

/// 不适用理由 is asked for while the point is 不适用.
fn show_waiver(desk: Desk, card: &Element, facts: &Facts) {
    match (part(card, ".z-card__waiver"), facts.standing.state == State::NotApplicable) {
        (None, true) => {
            if let Some(row) = part(card, ".z-card__row")
                && row.insert_adjacent_html("afterend", &waiver(&facts.point)).is_ok()
                && let Some(fresh) = row.next_element_sibling()
            {
                fields::seat(desk, &fresh);
            }
        }
        (Some(known), false) => known.remove(),
        _ => {}
    }
}

fn show_materials(desk: Desk, card: &Element, list: &Element, materials: &[Material]) {
    if let Some(labels) = part(card, ".z-evidence__labels") {
        set_class(&labels, "z-gone", materials.is_empty());
    }
    let rows: Vec<&RowId> = materials.iter().map(|it| &it.row).collect();
    lay_out(desk, list, &rows, |place| materials.get(place).map(|it| material_row(&it.row, &it.number)));
    let mut shown = list.first_element_child();
    for Material { others, .. } in materials {
        let Some(element) = shown else { return };
        if let Some(line) = part(&element, ".z-evidence__shared") {
            set_class(&line, "z-gone", others.is_empty());
            set_text(&line, &format!("同时用于 {others}；在此修改，各处同步"));
        }
        shown = element.next_element_sibling();
    }
}

/// Makes the children of `list` the rows, in this order; `make` gives the HTML
/// of a new one. Rows that stay are the same elements, moved only where the
/// order demands it.
fn lay_out(desk: Desk, list: &Element, rows: &[&RowId], make: impl Fn(usize) -> Option<String>) {
    let id_of = |element: &Element| element.get_attribute("data-row").unwrap_or_default();
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
        let known = part(list, &format!("[data-row='{row}']"));
        let element = known.or_else(|| {
            list.insert_adjacent_html("beforeend", &make(place)?).ok()?;
            let fresh = list.last_element_child()?;
            fields::seat(desk, &fresh);
            Some(fresh)
        });
        if let Some(element) = element {
            // A list that takes a row takes it anywhere.
            let _ = list.insert_before(&element, stands.as_deref());
        }
    }
}
