//! Keys that work everywhere. What a key means is decided by [`zhidu::keys`];
//! this hears the event and does it.
use std::cell::RefCell;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};
use zhidu::html::hook::Hook;
use zhidu::html::neighbour;
use zhidu::keys::{Action, Focus, Press, action};
use zhidu::route::{Page, Route};

use crate::ui::desk::{Desk, Spot};
use crate::ui::dom::{self, bears, part_of_page, value};
use crate::ui::events::target;
use crate::ui::go::go;
use crate::ui::go::shown_group;
use crate::ui::late::Shown;

thread_local! {
    /// Where on the page that is about to be shown the focus is to go.
    static AIM: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Has the next page put the focus on what a selector finds, rather than on a card
/// as a whole.
pub fn aim(selector: Option<String>) {
    AIM.set(selector);
}

later! { handling:
    /// What the dialog 快捷键 shows; it is closed when done.
    pub fn help() -> Shown<RwSignal<bool>> { |open| view! { <Help open=open/> }.into_any() }
}

/// Hears the keys. `help` shows what they do.
pub fn listen(desk: Desk, help: RwSignal<bool>) {
    window_event_listener(ev::keydown, move |event| {
        let press = Press {
            key: &event.key(),
            ctrl: event.ctrl_key() || event.meta_key(),
            alt: event.alt_key(),
            shift: event.shift_key(),
            // Safari sends the key that confirms a composition after its end, as 229.
            composing: event.is_composing() || event.key_code() == 229,
            focus: focus_of(&event),
        };
        let Some(action) = action(press) else { return };
        if desk.opened.with_untracked(Option::is_none) && action != Action::Help {
            return;
        }
        event.prevent_default();
        match action {
            Action::Undo => travel(desk, desk.undo()),
            Action::Redo => travel(desk, desk.redo()),
            Action::Save => spawn_local(async move {
                desk.settle().await;
            }),
            Action::NextPoint => step_point(desk, true),
            Action::PreviousPoint => step_point(desk, false),
            Action::NextGroup => step_group(desk, true),
            Action::PreviousGroup => step_group(desk, false),
            Action::Search => {
                let _ = focus("search");
            }
            Action::Help => help.set(true),
        }
    });
}

/// Shows where something was undone or done again.
pub fn travel(desk: Desk, spot: Option<Spot>) {
    let shown = |id: &str| document().get_element_by_id(id).is_some();
    match spot {
        Some(Spot::Point(index)) => {
            let Some(ordinal) = ordinal_of(desk, index) else { return };
            let seen_here = desk.route.with_untracked(
                |route| matches!(route, Route::Assessment(_, page) if page.kind().shows_all_points()),
            );
            if !seen_here && !shown(&format!("point-{ordinal}")) {
                go_to_point(desk, ordinal);
            }
        }
        Some(Spot::Schools) if !shown("school-grid") => {
            if let Some(opened) = desk.opened.get_untracked() {
                go(&Route::Assessment(opened.id, Page::Schools));
            }
        }
        Some(Spot::Schools) | None => {}
    }
}

/// Puts the focus on a point's card once it is drawn: in the task that draws it, so that
/// the page is laid out once, or with the next frame where a page is drawn first.
pub fn focus_point(ordinal: u16) {
    let aim = AIM.take();
    let seek = move || {
        let field = aim.as_ref().and_then(|it| document().query_selector(it).ok().flatten());
        match field {
            Some(field) => focus_element(&field),
            None => return focus(&format!("point-{ordinal}")),
        }
        true
    };
    spawn_local(async move {
        tick().await;
        if !seek() {
            request_animation_frame(move || {
                let _ = seek();
            });
        }
    });
}

fn focus_of(event: &web_sys::KeyboardEvent) -> Focus {
    let Some(element) = target(event) else { return Focus::Elsewhere };
    let text = element.matches("textarea, input:not([type=checkbox]):not([type=file])").unwrap_or(false);
    match (text, bears(&element, Hook::Doc)) {
        (true, true) => Focus::DocumentText,
        (true, false) => Focus::OtherText,
        _ => Focus::Elsewhere,
    }
}

/// To the next or the previous point that is let through, on whatever page.
fn step_point(desk: Desk, forward: bool) {
    let count = desk.look(|_, catalogue| catalogue.points().len());
    let matching = desk.matching.get_untracked();
    let shown = |index: &usize| matching.as_ref().is_none_or(|it| it.get(*index) == Some(&true));
    let next = match (desk.focus.get_untracked(), forward) {
        (None, _) => first_on_page(desk),
        (Some(index), true) => (index + 1..count).find(shown),
        (Some(index), false) => (0..index).rev().find(shown),
    };
    let Some(ordinal) = next.and_then(|index| ordinal_of(desk, index)) else { return };
    if !focus(&format!("point-{ordinal}")) {
        go_to_point(desk, ordinal);
    }
}

fn step_group(desk: Desk, forward: bool) {
    let Some(opened) = desk.opened.get_untracked() else { return };
    let here = shown_group(&opened, &desk.route.get_untracked());
    let matching = desk.matching.get_untracked();
    let page = neighbour(&opened.catalogue, here, forward, matching.as_ref().map(|it| it.as_slice()));
    if let Some(group) = page.and_then(|page| opened.catalogue.groups().get(page)) {
        go(&Route::Assessment(opened.id, Page::Group(group.id.clone())));
    }
}

fn first_on_page(desk: Desk) -> Option<usize> {
    let card = part_of_page(&Hook::Point.any())?;
    value(&card, Hook::Point)?.parse().ok().filter(|index| ordinal_of(desk, *index).is_some())
}

fn ordinal_of(desk: Desk, index: usize) -> Option<u16> {
    desk.look(|_, catalogue| catalogue.points().get(index).map(|point| point.ordinal))
}

fn go_to_point(desk: Desk, ordinal: u16) {
    let Some(opened) = desk.opened.get_untracked() else { return };
    desk.focus.set(opened.catalogue.point_at(ordinal).map(|(index, _)| index));
    go(&Route::Assessment(opened.id, Page::Point(ordinal)));
}

/// `false` if there is no such element.
fn focus(id: &str) -> bool {
    let Some(element) = document().get_element_by_id(id) else { return false };
    let field = element.query_selector("textarea").ok().flatten();
    scroll_to(&element, ScrollLogicalPosition::Nearest);
    dom::focus(&field.unwrap_or(element));
    true
}

/// Puts the focus into a field that stands anywhere on the page.
fn focus_element(field: &Element) {
    dom::focus(field);
    scroll_to(field, ScrollLogicalPosition::Center);
}

fn scroll_to(element: &Element, block: ScrollLogicalPosition) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(block);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

#[component]
fn Help(
    /// The dialog to close when done.
    open: RwSignal<bool>,
) -> impl IntoView {
    let row = |(keys, what)| view! { <tr><th scope="row"><kbd>{keys}</kbd></th><td>{what}</td></tr> };
    view! {
        <table class="z-table"><tbody>{zhidu::keys::HELP.map(row)}</tbody></table>
        <table class="z-table">
            <caption>"学校数据表格中"</caption>
            <tbody>{zhidu::keys::grid::HELP.map(row)}</tbody>
        </table>
        <div class="z-form__buttons">
            <button type="button" class="z-button" on:click=move |_| open.set(false)>"关闭"</button>
        </div>
    }
}
