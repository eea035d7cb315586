//! The page 学校数据: hears what happens on it and hands it to the table
//! ([`grid`]) or to what comes from elsewhere ([`take`]).

mod grid;
mod take;
mod template;
use std::time::Duration;

use grid::Grid;
use leptos::prelude::*;
use leptos::{ev, html};
use take::{Take, Taking, book_of_clipboard};
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, HtmlInputElement, HtmlSelectElement};
use zhidu::assessment::table::sheet::View;
use zhidu::html::act::{Act, SchoolsAct};
use zhidu::html::hook::Hook;
use zhidu::html::schools_page;
use zhidu::keys::grid::{Action, Press, action};
use zhidu::measure::{choosing, choosing_private, private_counts, splitting};
use zhidu::school::intake::has_heads;
use zhidu::school::value::Splitting;
use zhidu::school::{Column, SchoolType, stage_named};
use zhidu::value::grid::text;

use crate::browser::worker;
use crate::ui::desk::{Desk, Opened};
use crate::ui::dom::{bears, each, set_attribute, value, value_around};
use crate::ui::events::{act_of, on_within, target};
use crate::ui::late::Page;

later! { schools:
    /// The page 学校数据.
    pub fn page() -> Page { |opened| view! { <SchoolsPage opened=opened/> }.into_any() }
}

/// The page 学校数据.
#[component]
fn SchoolsPage(
    /// What is open.
    opened: Opened,
) -> impl IntoView {
    let desk = Desk::here();
    let html = desk.look(|assessment, _| schools_page(assessment));
    let main = NodeRef::<html::Main>::new();
    let view = RwSignal::new(View::default());
    let grid = Grid::new(desk, view);
    let taking = Taking::new(desk, grid);
    Effect::new(move |_| {
        if let Some(main) = main.get() {
            on_within(&main, "scroll", move |event| {
                // A text that is longer than its cell scrolls in it.
                if target(&event).is_some_and(|it| it.id() == "school-grid") {
                    grid.draw();
                }
            });
        }
    });
    Effect::new(move |seen: Option<(u64, View)>| {
        let now = (desk.texts_changed(), view.get());
        if main.get().is_some() && seen.as_ref() != Some(&now) {
            grid.draw_anew();
            show_choices(desk);
        }
        now
    });
    Effect::new(move |_| {
        let reads = desk.reading.with(Option::is_some);
        if let Some(main) = main.get() {
            SchoolsAct::ALL.into_iter().filter(|act| act.changes()).for_each(|act| {
                each(&main, &Hook::Do.is(act.name()), |element| set_attribute(&element, "disabled", reads));
            });
        }
    });
    let click = move |event: ev::MouseEvent| {
        let Some(element) = target(&event) else { return };
        if let Some((Act::Schools(act), _)) = act_of(&event) {
            return perform(desk, grid, taking, act);
        }
        if let Some(column) = value_around(&element, Hook::Sort).and_then(|name| Column::named(&name)) {
            return sort(view, column);
        }
        if value_around(&element, Hook::Template).is_some() {
            return template::download(desk);
        }
        // With Shift the press has drawn a block to it.
        if !event.shift_key() {
            grid.click(&element);
        }
    };
    let change = move |event: ev::Event| {
        let Some(element) = target(&event) else { return };
        match value(&element, Hook::Do).and_then(|name| Act::named(&name)) {
            Some(Act::Schools(SchoolsAct::Split)) => {
                let on = element.dyn_ref::<HtmlInputElement>().is_some_and(HtmlInputElement::checked);
                let splitting = if on { Splitting::ByStage } else { Splitting::AsTyped };
                desk.act(|assessment| choosing(assessment, splitting));
            }
            Some(Act::Schools(SchoolsAct::CountPrivate)) => {
                let on = element.dyn_ref::<HtmlInputElement>().is_some_and(HtmlInputElement::checked);
                desk.act(|assessment| choosing_private(assessment, on));
            }
            _ => filter(view, &element),
        }
    };
    let keydown = move |event: ev::KeyboardEvent| {
        let composing = event.is_composing() || event.key_code() == 229;
        let Some((field, editing)) = target(&event).and_then(|it| grid.field(&it)) else {
            // To what is faulty from everywhere on the page.
            if event.key() == "F8" && !composing {
                event.prevent_default();
                grid.go_to_fault(!event.shift_key());
            }
            return;
        };
        let caret = (field.selection_start().ok().flatten(), field.selection_end().ok().flatten());
        let end = u32::try_from(field.value().encode_utf16().count()).ok();
        let found = action(Press {
            key: &event.key(),
            ctrl: event.ctrl_key() || event.meta_key(),
            alt: event.alt_key(),
            shift: event.shift_key(),
            composing,
            editing,
            block: grid.block().is_some(),
            at_start: caret == (Some(0), Some(0)),
            at_end: caret == (end, end),
        });
        let taken = match found {
            // Behind the last cell Tab leaves the table.
            Some(Action::Go(to)) => grid.go(to) || event.key() != "Tab",
            Some(Action::Extend(to)) => grid.extend(to),
            Some(Action::SelectAll) => grid.select_all(),
            Some(Action::Clear) => grid.clear(),
            Some(Action::Unselect) => grid.unselect(),
            Some(Action::FillDown) => grid.fill_down(),
            Some(Action::NextFault) => grid.go_to_fault(true),
            Some(Action::PreviousFault) => grid.go_to_fault(false),
            Some(Action::Edit) => grid.edit(&field),
            Some(Action::Restore) => grid.restore(&field),
            Some(Action::Leave) => leave(),
            None => false,
        };
        if taken {
            event.prevent_default();
        }
    };
    let paste = move |event: ev::Event| {
        if target(&event).and_then(|it| grid.field(&it)).is_none() {
            return;
        }
        let cells = text::from_clipboard(&pasted_text(&event));
        let single = cells.rows.len() < 2 && cells.width() < 2;
        // One cell is pasted into the field by the browser, or into every cell of a block.
        if single && grid.block().is_none() {
            return;
        }
        event.prevent_default();
        if desk.reading.with_untracked(Option::is_some) {
            return;
        }
        if let Some(block) = grid.block().filter(|_| single) {
            return grid.paste(block.filled(cells.text(0, 0)));
        }
        let book = book_of_clipboard(&event);
        if book.sheets.iter().any(has_heads) {
            taking.offer(book);
        } else {
            grid.paste(cells.rows);
        }
    };
    let on_empty_page = window_event_listener(ev::paste, move |event| {
        let none = desk.look(|assessment, _| assessment.schools.is_empty());
        if !none || is_text_or_dialog(&event) || desk.reading.with_untracked(Option::is_some) {
            return;
        }
        let book = book_of_clipboard(&event);
        if book.sheets.iter().any(|sheet| !sheet.is_empty()) {
            event.prevent_default();
            taking.offer(book);
        }
    });
    // What came by 导入 and is a table of somebody's.
    Effect::new(move |_| {
        // One after the other, each when the one before is decided about.
        let next = desk.tables.with(|files| files.first().cloned());
        if let Some(file) = next.filter(|_| taking.is_free()) {
            set_timeout(
                move || {
                    desk.tables.update(|files| drop(files.remove(0)));
                    taking.read(file);
                },
                Duration::ZERO,
            );
        }
    });
    let before_print = window_event_listener_untyped("beforeprint", move |_| grid.put_on_paper());
    on_cleanup(move || {
        on_empty_page.remove();
        before_print.remove();
    });
    let copy = move |event: ev::Event, cut: bool| {
        if target(&event).and_then(|it| grid.field(&it)).is_none() {
            return;
        }
        // Without a block the browser copies what is selected in the field.
        let Some(text) = grid.copied() else { return };
        let clipboard = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
        if clipboard.is_some_and(|it| it.set_data("text/plain", &text).is_ok()) {
            event.prevent_default();
            if cut {
                grid.clear();
            }
        }
    };
    view! {
        <main
            class="z-page z-schools" id="main" data-assessment=opened.mark() node_ref=main inner_html=html
            on:click=click on:change=change on:keydown=keydown
            on:paste=move |event| paste(event.into())
            on:copy=move |event| copy(event.into(), false)
            on:cut=move |event| copy(event.into(), true)
            on:mousedown=move |event| grid.press(&event)
            on:mouseover=move |event| grid.draw_over(&event)
            on:mouseup=move |_| grid.release()
            on:dragstart=move |event| keep_still(grid, &event)
            on:input=move |event| grid.typed(&event)
            on:focusout=move |event| grid.left(&event)
            on:focusin=|event| warm_up(&event)
        ></main>
        <Take taking=taking/>
    }
}

/// The text that is pasted.
fn pasted_text(event: &web_sys::Event) -> String {
    let data = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
    data.and_then(|data| data.get_data("text/plain").ok()).unwrap_or_default()
}

/// Whether an event comes from a text field, which takes what is pasted itself, or
/// while a dialog is open.
fn is_text_or_dialog(event: &web_sys::Event) -> bool {
    let text = target(event).is_some_and(|it| it.matches("input, textarea, select").unwrap_or(false));
    text || document().query_selector("dialog[open]").ok().flatten().is_some()
}

/// A text that is selected in a cell is not dragged away: the mouse draws a block.
fn keep_still(grid: Grid, event: &web_sys::Event) {
    if target(event).is_some_and(|it| grid.field(&it).is_some()) {
        event.prevent_default();
    }
}

/// Has the file program started when a file is likely to be picked or made.
fn warm_up(event: &web_sys::Event) {
    let Some(button) = target(event) else { return };
    let imports = value(&button, Hook::Do).as_deref() == Some(SchoolsAct::Import.name());
    if imports || bears(&button, Hook::Template) {
        worker::warm_up();
    }
}

fn perform(desk: Desk, grid: Grid, taking: Taking, act: SchoolsAct) {
    match act {
        SchoolsAct::Add => grid.add(),
        SchoolsAct::Drop => drop_row(desk, grid),
        SchoolsAct::Paste => taking.ask_for_text(),
        SchoolsAct::Import => taking.ask_for_file(),
        SchoolsAct::NextFault => {
            grid.go_to_fault(true);
        }
        // Done by choosing.
        SchoolsAct::Split | SchoolsAct::CountPrivate => {}
    }
}

fn drop_row(desk: Desk, grid: Grid) {
    if grid.drop_row() {
        desk.notices.confirm("已删除一行，可用“撤销”恢复。".to_owned());
    }
}

/// Upwards, then downwards, then in the order of the table.
fn sort(view: RwSignal<View>, column: Column) {
    view.update(|view| {
        view.sort = match view.sort {
            Some((known, false)) if known == column => Some((column, true)),
            Some((known, true)) if known == column => None,
            _ => Some((column, false)),
        };
    });
}

fn filter(view: RwSignal<View>, control: &Element) {
    let chosen = || match control.dyn_ref::<HtmlSelectElement>() {
        Some(list) => list.value(),
        None => control.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value).unwrap_or_default(),
    };
    let Some(name) = value(control, Hook::Filter) else { return };
    view.update(|view| {
        view.besides.clear();
        match name.as_str() {
            "words" => view.words = chosen(),
            "stage" => view.stage = stage_named(&chosen()),
            "kind" => view.kind = SchoolType::named(&chosen()),
            "faults" => {
                view.faults = control.dyn_ref::<HtmlInputElement>().is_some_and(HtmlInputElement::checked);
            }
            _ => {}
        }
    });
}

fn show_choices(desk: Desk) {
    let (splits, private) =
        desk.look(|assessment, _| (splitting(assessment) == Splitting::ByStage, private_counts(assessment)));
    for (id, on) in [("school-splitting", splits), ("school-private", private)] {
        let element = document().get_element_by_id(id);
        if let Some(element) = element.and_then(|it| it.dyn_into::<HtmlInputElement>().ok()) {
            element.set_checked(on);
        }
    }
}

/// The focus goes from the table to the buttons above it; `false` if it cannot.
fn leave() -> bool {
    let button = document().get_element_by_id("school-add");
    let button = button.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok());
    button.is_some_and(|button| button.focus().is_ok())
}
