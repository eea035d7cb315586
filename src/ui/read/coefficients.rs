//! The page 差异系数: unfolds what schools have to do with a coefficient, and tries
//! values without changing anything. A result never stands beside a choice or a
//! number that it is not the result of.
use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, HtmlSelectElement};
use zhidu::html::act::{Act, ReadAct};
use zhidu::html::hook::{Hook, Slot};
use zhidu::html::{coefficient_detail, coefficients_page, national_detail, trial, trial_present};
use zhidu::measure::Data;
use zhidu::school::indicator::Indicator;
use zhidu::school::{Column, Stage};

use crate::ui::desk::Desk;
use crate::ui::dom::{around, bears, each, part, set_text, slot, value};
use crate::ui::events::{act_of, on_within, target};

/// The page 差异系数.
#[component]
pub fn CoefficientsPage() -> impl IntoView {
    let desk = Desk::here();
    let page = move || {
        desk.texts_changed();
        desk.look(|assessment, catalogue| coefficients_page(&Data::of(catalogue, assessment)))
    };
    let main = NodeRef::<html::Main>::new();
    Effect::new(move |_| {
        if let Some(main) = main.get() {
            on_within(&main, "toggle", move |event| unfold(desk, &event));
        }
    });
    let before_print = window_event_listener_untyped("beforeprint", move |_| fill_all(desk));
    on_cleanup(move || before_print.remove());
    let click = move |event: ev::MouseEvent| {
        if let Some((Act::Read(ReadAct::TryValue), element)) = act_of(&event) {
            // What is not chosen cannot be tried.
            let _ = try_value(desk, &element);
        }
    };
    let keydown = move |event: ev::KeyboardEvent| {
        let composing = event.is_composing() || event.key_code() == 229;
        let field = target(&event).filter(|it| value(it, Hook::Trial).as_deref() == Some("text"));
        if let Some(field) = field.filter(|_| event.key() == "Enter" && !composing) {
            event.prevent_default();
            let _ = try_value(desk, &field);
        }
    };
    let input = move |event: ev::Event| {
        if let Some(element) = target(&event).filter(|it| bears(it, Hook::Trial)) {
            // Beside what is chosen no longer there is nothing to say.
            let _ = start_anew(desk, &element);
        }
    };
    view! {
        <main
            class="z-page" id="main" node_ref=main inner_html=page
            on:click=click on:keydown=keydown on:input=input
        ></main>
    }
}

fn unfold(desk: Desk, event: &Event) {
    if let Some(details) = target(event) {
        fill(desk, &details);
    }
}

/// Fills every folded section, because what is folded is printed as well.
fn fill_all(desk: Desk) {
    let Some(page) = document().document_element() else { return };
    each(&page, &Slot::Detail.selector(), |place| {
        if let Some(details) = around(&place, "details") {
            fill(desk, &details);
        }
    });
}

fn fill(desk: Desk, details: &Element) {
    let Some(place) = slot(details, Slot::Detail) else { return };
    if place.first_child().is_some() {
        return;
    }
    let Some(stage) = stage_around(details) else { return };
    let html = desk.look(|assessment, catalogue| {
        let data = Data::of(catalogue, assessment);
        match indicator_around(details) {
            Some(indicator) => coefficient_detail(&data, stage, indicator),
            None => national_detail(&data, stage),
        }
    });
    place.set_inner_html(&html);
}

/// The form for trying a value around an element, and what is chosen in it.
struct Trial {
    details: Element,
    stage: Stage,
    indicator: Indicator,
    cell: (usize, Column),
}

impl Trial {
    fn around(element: &Element) -> Option<Trial> {
        let details = around(element, &Hook::Indicator.any())?;
        let (stage, indicator) = (stage_around(&details)?, indicator_around(&details)?);
        let chosen = |name| Some(trial_part(&details, name)?.dyn_into::<HtmlSelectElement>().ok()?.value());
        let cell = (chosen("row")?.parse().ok()?, Column::named(&chosen("column")?)?);
        Some(Trial { details, stage, indicator, cell })
    }
}

/// A part of the form for trying a value.
fn trial_part(details: &Element, name: &str) -> Option<Element> {
    part(details, &Hook::Trial.is(name))
}

fn try_value(desk: Desk, within: &Element) -> Option<()> {
    let Trial { details, stage, indicator, cell } = Trial::around(within)?;
    let text = trial_part(&details, "text")?.dyn_into::<HtmlInputElement>().ok()?.value();
    let told = desk
        .look(|assessment, catalogue| trial(&Data::of(catalogue, assessment), stage, indicator, cell, &text));
    set_text(&trial_part(&details, "result")?, &told);
    Some(())
}

/// Takes the last result away, and shows what stands in the cell that is chosen.
fn start_anew(desk: Desk, within: &Element) -> Option<()> {
    let Trial { details, stage, indicator, cell } = Trial::around(within)?;
    set_text(&trial_part(&details, "result")?, "");
    let present = desk.look(|assessment, catalogue| {
        trial_present(&Data::of(catalogue, assessment), stage, indicator, cell)
    });
    set_text(&trial_part(&details, "present")?, &present);
    Some(())
}

fn stage_around(details: &Element) -> Option<Stage> {
    Stage::of_name(&value(details, Hook::Stage)?)
}

fn indicator_around(details: &Element) -> Option<Indicator> {
    Indicator::named(&value(details, Hook::Indicator)?)
}
