//! The page 差异系数: unfolds what schools have to do with a coefficient, and tries
//! values without changing anything.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, HtmlSelectElement};
use zhidu::html::act::Act;
use zhidu::html::{coefficient_detail, coefficients_page, national_detail, stage_of, trial};
use zhidu::measure::Data;
use zhidu::school::indicator::Indicator;
use zhidu::school::{Column, Stage};

use crate::ui::card::set_text;
use crate::ui::desk::Desk;
use crate::ui::hear::{act_of, hear_within, target};

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
            hear_within(&main, "toggle", move |event| unfold(desk, &event));
        }
    });
    let click = move |event: leptos::ev::MouseEvent| {
        if let Some((Act::TryValue, element)) = act_of(&event) {
            // What is not chosen cannot be tried.
            let _ = try_value(desk, &element);
        }
    };
    view! { <main class="z-page" id="main" node_ref=main on:click=click inner_html=page></main> }
}

fn unfold(desk: Desk, event: &Event) {
    let Some(details) = target(event) else { return };
    let Ok(Some(place)) = details.query_selector(".z-coefficients__detail") else { return };
    if place.first_child().is_some() {
        return;
    }
    let Some(stage) = stage_around(&details) else { return };
    let html = desk.look(|assessment, catalogue| {
        let data = Data::of(catalogue, assessment);
        match indicator_around(&details) {
            Some(indicator) => coefficient_detail(&data, stage, indicator),
            None => national_detail(&data, stage),
        }
    });
    place.set_inner_html(&html);
}

fn try_value(desk: Desk, button: &Element) -> Option<()> {
    let details = button.closest("[data-indicator]").ok()??;
    let (stage, indicator) = (stage_around(&details)?, indicator_around(&details)?);
    let part = |name: &str| details.query_selector(&format!("[data-trial='{name}']")).ok()?;
    let chosen = |name: &str| Some(part(name)?.dyn_into::<HtmlSelectElement>().ok()?.value());
    let row = chosen("row")?.parse().ok()?;
    let column = Column::named(&chosen("column")?)?;
    let text = part("text")?.dyn_into::<HtmlInputElement>().ok()?.value();
    let told = desk.look(|assessment, catalogue| {
        trial(&Data::of(catalogue, assessment), stage, indicator, (row, column), &text)
    });
    set_text(&part("result")?, &told);
    Some(())
}

fn stage_around(details: &Element) -> Option<Stage> {
    stage_of(&details.get_attribute("data-stage")?)
}

fn indicator_around(details: &Element) -> Option<Indicator> {
    Indicator::named(&details.get_attribute("data-indicator")?)
}
