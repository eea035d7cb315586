//! 筛选 and 查找. The result is computed when the filter is set; a point whose
//! answer changes afterwards stays in view until it is set anew.

use leptos::prelude::*;
use zhidu::filter::{Filter, PointKind, named_point};
use zhidu::route::{Page, Route};

use crate::ui::desk::{Desk, Opened};
use crate::ui::events::after_release;
use crate::ui::go::go;
use crate::ui::go::shown_group;
use crate::ui::live::{hearing, said, shown};

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
            let kind = PointKind::named(&label);
            apply(Filter { kind, ..desk.filter.get_untracked() });
        }
    };
    let by_unit = {
        let apply = apply.clone();
        move |event| {
            let (apply, unit) = (apply.clone(), event_target_value(&event));
            after_release(move || apply(Filter { unit, ..desk.filter.get_untracked() }));
        }
    };
    let by_words = {
        let (apply, here) = (apply.clone(), opened.clone());
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            let named = desk.look(|_, catalogue| named_point(catalogue, &words.get_untracked()));
            if let Some(ordinal) = named {
                return lead_to(desk, &here, ordinal);
            }
            apply(Filter { words: words.get_untracked(), ..desk.filter.get_untracked() });
        }
    };
    let collects = desk.look(|assessment, _| !assessment.contributions.is_empty());
    let clear = move |_| {
        words.set(String::new());
        apply(Filter::default());
    };
    let count =
        move || desk.matching.with(|it| it.as_ref().map(|it| it.iter().filter(|matches| **matches).count()));
    let found = move || format!("找到 {} 个{}", count().unwrap_or(0), label.get_value());
    let chosen = move || desk.filter.with(|it| it.kind.map_or("", PointKind::label));
    view! {
        <form class="z-filter z-noprint" role="search" on:submit=hearing(by_words)>
            <div class="z-filter__row">
                <input
                    id="search"
                    type="search"
                    class="z-input"
                    aria-label="查找"
                    placeholder="查找内容，或输入要点号"
                    prop:value=said(move || words.get())
                    on:change=hearing(move |event| words.set(event_target_value(&event)))
                />
                <button type="submit" class="z-button">"查找"</button>
            </div>
            <div class="z-filter__row">
                <select class="z-input" aria-label="筛选" prop:value=said(move || chosen().to_owned()) on:change=hearing(by_kind)>
                    <option value="">{format!("全部{}", label.get_value())}</option>
                    {PointKind::offered(scored, collects).map(|kind| view! { <option value=kind.label()>{kind.label()}</option> }).collect_view()}
                    {shown(move || desk.news.with(|news| !news.is_empty()), move || view! {
                        <option value=PointKind::News.label()>{PointKind::News.label()}</option>
                    }.into_any())}
                </select>
                <input
                    class="z-input"
                    list="unit-suggestions"
                    aria-label="本单位"
                    placeholder="责任单位"
                    autocomplete="off"
                    prop:value=said(move || desk.filter.with(|it| it.unit.clone()))
                    on:change=hearing(by_unit)
                />
            </div>
            {shown(move || count().is_some(), move || view! {
                <p class="z-filter__result" role="status">
                    <span prop:textContent=said(found)></span>
                    <button type="button" class="z-button z-button--quiet" on:click=hearing(clear.clone())>"清除筛选"</button>
                    {shown(move || desk.filter.with(|it| it.kind == Some(PointKind::News)), {
                        let clear = clear.clone();
                        move || {
                            let clear = clear.clone();
                            let looked = move |event| {
                                desk.looked_at_news();
                                clear(event);
                            };
                            view! {
                                <button type="button" class="z-button z-button--quiet" on:click=hearing(looked)>"都看过了"</button>
                            }.into_any()
                        }
                    })}
                </p>
            }.into_any())}
        </form>
    }
}

/// Goes to the point that was asked for by its number, also past a filter.
fn lead_to(desk: Desk, opened: &Opened, ordinal: u16) {
    let Some((index, _)) = opened.catalogue.point_at(ordinal) else { return };
    if desk.matching.with_untracked(|it| it.as_ref().is_some_and(|it| it.get(index) != Some(&true))) {
        desk.set_filter(Filter::default());
    }
    desk.focus.set(Some(index));
    go(&Route::Assessment(opened.id.clone(), Page::Point(ordinal)));
}

/// Goes to the first page with a match, unless the page shown has one.
fn show_first_match(desk: Desk, opened: &Opened) {
    let Some(matching) = desk.matching.get_untracked() else { return };
    let catalogue = &opened.catalogue;
    let is_match = |point: usize| matching.get(point) == Some(&true);
    let shown = shown_group(opened, &desk.route.get_untracked());
    let here = catalogue.groups().get(shown).map(|group| group.points.clone());
    if here.is_some_and(|mut points| points.any(is_match)) {
        return;
    }
    let first = (0..catalogue.points().len()).find(|index| is_match(*index));
    if let Some(group) = first.and_then(|index| catalogue.groups().get(catalogue.page_of(index))) {
        go(&Route::Assessment(opened.id.clone(), Page::Group(group.id.clone())));
    }
}
