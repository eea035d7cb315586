//! The measures on a card: what was chosen, and what each comes to.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement};
use zhidu::catalogue::{FigureId, FigureKind};
use zhidu::html::{verdict_class, working};
use zhidu::measure::{Judged, Outcome};
use zhidu::value::number::glance;

use crate::ui::desk::Desk;
use crate::ui::dom::{each, set_class, set_text};

/// What the field of a figure shows besides its text.
struct Shown {
    /// What is chosen, where it is a choice.
    chosen: Option<String>,
    /// What 学校数据 adds up to, where nothing is typed.
    supplied: Option<String>,
}

/// Brings choices and verdicts on the card of a point up to date.
pub fn refresh(desk: Desk, card: &Element, index: usize) {
    let report = desk.report.get_untracked();
    each(card, "[data-figure]", |element| show_figure(desk, &element));
    let judged = report.judged.get(index).map_or(&[][..], Vec::as_slice);
    let ids = desk.look(|_, catalogue| {
        let point = catalogue.points().get(index);
        point.map_or_else(Vec::new, |point| point.measures.iter().map(|it| it.id.clone()).collect())
    });
    for (id, judged) in ids.iter().zip(judged) {
        if let Some(element) = document().get_element_by_id(&format!("measure-{id}")) {
            show_verdict(&element, judged);
        }
    }
}

fn show_figure(desk: Desk, element: &Element) {
    let Some(id) = element.get_attribute("data-figure").and_then(|it| FigureId::parse(&it).ok()) else {
        return;
    };
    let shown = desk.look(|assessment, catalogue| {
        let spec = catalogue.figure(&id)?;
        let raw = assessment.figure(&id).raw.clone();
        let choice =
            matches!(spec.kind, FigureKind::Choice | FigureKind::YesNo | FigureKind::Done | FigureKind::Step);
        let chosen = if raw.is_empty() { spec.default.clone().unwrap_or_default() } else { raw };
        let supplied = desk.report.get_untracked().supplied.get(&id).map(ToString::to_string);
        Some(Shown { chosen: choice.then_some(chosen), supplied })
    });
    let Some(shown) = shown else { return };
    if let Some(chosen) = &shown.chosen
        && let Ok(Some(select)) = element.query_selector("select")
    {
        select.unchecked_into::<HtmlSelectElement>().set_value(chosen);
        each_around(element, &id, chosen);
    }
    if let Ok(Some(input)) = element.query_selector("input") {
        let hint = shown.supplied.map(|sum| format!("学校数据合计 {sum}")).unwrap_or_default();
        let input = input.unchecked_into::<HtmlInputElement>();
        if input.placeholder() != hint {
            input.set_placeholder(&hint);
        }
    }
}

/// Shows of the cases that a choice decides among the one that was chosen.
fn each_around(element: &Element, by: &FigureId, chosen: &str) {
    let Ok(Some(measure)) = element.closest(".z-measurelist") else { return };
    each(&measure, &format!("[data-by='{by}']"), |case| {
        set_class(&case, "z-gone", case.get_attribute("data-option").as_deref() != Some(chosen));
    });
}

fn show_verdict(element: &Element, judged: &Judged) {
    if let Ok(Some(verdict)) = element.query_selector(".z-measure__verdict") {
        let class = format!("z-measure__verdict {}", verdict_class(judged.outcome));
        if verdict.class_name() != class {
            verdict.set_class_name(&class);
        }
        let value = match judged.outcome {
            Outcome::Missing => String::new(),
            _ => format!(" {}", glance(&judged.value)),
        };
        // What the page refuses to draw it would refuse everywhere.
        let _ = verdict.set_attribute("title", &judged.value);
        set_text(&verdict, format!("{}{value}", judged.outcome.label()).trim_end());
    }
    if let Ok(Some(line)) = element.query_selector(".z-measure__working") {
        set_text(&line, &working(judged));
    }
}
