//! The measures on a card: what was chosen, and what each comes to.
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement};
use zhidu::catalogue::FigureId;
use zhidu::html::hook::{Hook, Slot};
use zhidu::html::{chosen, verdict_class, verdict_line, working};
use zhidu::measure::Judged;

use crate::ui::desk::Desk;
use crate::ui::dom::{around, each, part, set_class, set_text, slot, value};

/// Brings choices and verdicts on the card of a point up to date.
pub fn refresh(desk: Desk, card: &Element, index: usize) {
    let report = desk.report.get_untracked();
    each(card, &Hook::Figure.any(), |element| show_figure(desk, &element));
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
    let Some(id) = value(element, Hook::Figure).and_then(|it| FigureId::parse(&it).ok()) else {
        return;
    };
    let chosen = desk.look(|assessment, catalogue| chosen(catalogue, assessment, &id));
    if let Some(chosen) = &chosen
        && let Some(select) = part(element, "select")
    {
        select.unchecked_into::<HtmlSelectElement>().set_value(chosen);
        each_around(element, &id, chosen);
    }
    if let Some(input) = part(element, "input") {
        let supplied = desk.report.with_untracked(|it| it.supplied.get(&id).map(ToString::to_string));
        let hint = supplied.map(|sum| format!("学校数据合计 {sum}")).unwrap_or_default();
        let input = input.unchecked_into::<HtmlInputElement>();
        if input.placeholder() != hint {
            input.set_placeholder(&hint);
        }
    }
}

/// Shows of the cases that a choice decides among the one that was chosen.
fn each_around(element: &Element, by: &FigureId, chosen: &str) {
    let Some(measure) = around(element, &Slot::Measures.selector()) else { return };
    each(&measure, &Hook::By.is(by.as_str()), |case| {
        set_class(&case, "z-gone", value(&case, Hook::Option).as_deref() != Some(chosen));
    });
}

fn show_verdict(element: &Element, judged: &Judged) {
    if let Some(verdict) = slot(element, Slot::Verdict) {
        let class = format!("z-measure__verdict {}", verdict_class(judged.outcome));
        if verdict.class_name() != class {
            verdict.set_class_name(&class);
        }
        // What the page refuses to draw it would refuse everywhere.
        let _ = verdict.set_attribute("title", &judged.value);
        set_text(&verdict, &verdict_line(judged));
    }
    if let Some(line) = slot(element, Slot::Working) {
        set_text(&line, &working(judged));
    }
}
