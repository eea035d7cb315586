//! 筛选 and 查找. The result is computed when the filter is set; a point whose
//! answer changes afterwards stays in view until it is set anew.

use leptos::prelude::*;
use zhidu::filter::{Filter, Kind};
use zhidu::route::{Page, Route};

use crate::ui::app::go;
use crate::ui::desk::{Desk, Opened};

/// The filter above the tree.
#[component]
pub fn FilterBar(
    /// What is open.
    opened: Opened,
) -> impl IntoView {
    let desk = Desk::here();
    let scored = opened.catalogue.total().is_some();
    let label = StoredValue::new(opened.catalogue.point_label.clone());
    let words = RwSignal::new(desk.filter.get_untracked().words);
    let apply = {
        let opened = opened.clone();
        move |filter: Filter| {
            desk.set_filter(filter);
            show_first_match(desk, &opened);
        }
    };
    let by_kind = {
        let apply = apply.clone();
        move |event| {
            let label = event_target_value(&event);
            let kind = Kind::offered(true).find(|kind| kind.label() == label);
            apply(Filter { kind, ..desk.filter.get_untracked() });
        }
    };
    let by_unit = {
        let apply = apply.clone();
        move |event| apply(Filter { unit: event_target_value(&event), ..desk.filter.get_untracked() })
    };
    let by_words = {
        let apply = apply.clone();
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            apply(Filter { words: words.get_untracked(), ..desk.filter.get_untracked() });
        }
    };
    let clear = move |_| {
        words.set(String::new());
        apply(Filter::default());
    };
    let count =
        move || desk.matching.with(|it| it.as_ref().map(|it| it.iter().filter(|matches| **matches).count()));
    let chosen = move || desk.filter.with(|it| it.kind.map_or("", Kind::label));
    view! {
        <form class="z-filter z-noprint" role="search" on:submit=by_words>
            <div class="z-filter__row">
                <input
                    id="search"
                    type="search"
                    class="z-input"
                    aria-label="查找"
                    placeholder="查找原文和填报内容"
                    prop:value=move || words.get()
                    on:change=move |event| words.set(event_target_value(&event))
                />
                <button type="submit" class="z-button">"查找"</button>
            </div>
            <div class="z-filter__row">
                <select class="z-input" aria-label="筛选" prop:value=chosen on:change=by_kind>
                    <option value="">{format!("全部{}", label.get_value())}</option>
                    {Kind::offered(scored).map(|kind| view! { <option value=kind.label()>{kind.label()}</option> }).collect_view()}
                </select>
                <input
                    class="z-input"
                    list="unit-suggestions"
                    aria-label="本单位"
                    placeholder="责任单位"
                    autocomplete="off"
                    prop:value=move || desk.filter.with(|it| it.unit.clone())
                    on:change=by_unit
                />
            </div>
            <Show when=move || count().is_some()>
                <p class="z-filter__result" role="status">
                    {move || format!("找到 {} 个{}", count().unwrap_or(0), label.get_value())}
                    <button type="button" class="z-button z-button--quiet" on:click=clear.clone()>"清除筛选"</button>
                </p>
            </Show>
        </form>
    }
}

/// Goes to the first page with a match, unless the page shown has one.
fn show_first_match(desk: Desk, opened: &Opened) {
    let Some(matching) = desk.matching.get_untracked() else { return };
    let catalogue = &opened.catalogue;
    let is_match = |point: usize| matching.get(point) == Some(&true);
    let here = match desk.route.get_untracked() {
        Route::Assessment(_, Page::Group(id)) => catalogue.group(&id).map(|(_, group)| group.points.clone()),
        _ => None,
    };
    if here.is_some_and(|mut points| points.any(is_match)) {
        return;
    }
    let first = (0..catalogue.points().len()).find(|index| is_match(*index));
    if let Some(group) = first.and_then(|index| catalogue.groups().get(catalogue.page_of(index))) {
        go(&Route::Assessment(opened.id.clone(), Page::Group(group.id.clone())));
    }
}
