//! 填报: the points of one group as cards.

use leptos::prelude::*;
use zhidu::catalogue::GroupId;
use zhidu::route::{Page, Route};

use crate::browser::prefs;
use crate::ui::aside::Aside;
use crate::ui::card::Card;
use crate::ui::desk::{Desk, Opened};
use crate::ui::filters::{FilterBar, UnitSuggestions};
use crate::ui::frame::completion;
use crate::ui::tree::{Tree, neighbour};

/// The page 填报.
#[component]
pub fn FillIn(
    /// What is open.
    opened: Opened,
) -> impl IntoView {
    let desk = Desk::here();
    let group = {
        let opened = opened.clone();
        Memo::new(move |_| desk.route.with(|route| shown_group(&opened, route)))
    };
    Effect::new({
        let opened = opened.clone();
        move |_| {
            if let Some(group) = opened.catalogue.groups().get(group.get()) {
                prefs::set(&format!("group.{}", opened.id), &group.id.to_string());
            }
        }
    });
    let points = {
        let opened = opened.clone();
        move || view! { <Points opened=opened.clone() group=group.get()/> }
    };
    view! {
        <div class="z-fill">
            <div class="z-fill__tree"><FilterBar opened=opened.clone()/><Tree opened=opened.clone() shown=group/></div>
            <main class="z-fill__points" id="points"><h1 class="z-unseen">"填报"</h1>{points}</main>
            <Aside opened=opened.clone()/>
            <UnitSuggestions opened=opened/>
        </div>
    }
}

/// Index of the group that a route shows.
fn shown_group(opened: &Opened, route: &Route) -> usize {
    let catalogue = &opened.catalogue;
    let first = catalogue.pages().next().unwrap_or(0);
    match route {
        Route::Assessment(_, Page::Group(id)) => catalogue.group(id).map_or(first, |(index, _)| index),
        Route::Assessment(_, Page::Point(ordinal)) => {
            catalogue.page_of(usize::from(*ordinal).saturating_sub(1))
        }
        _ => prefs::get(&format!("group.{}", opened.id))
            .and_then(|text| GroupId::parse(&text).ok())
            .and_then(|id| catalogue.group(&id))
            .map_or(first, |(index, _)| index),
    }
}

/// The cards of a group, under the texts that they stand under.
#[component]
fn Points(
    /// What is open.
    opened: Opened,
    /// Index of the group.
    group: usize,
) -> impl IntoView {
    let desk = Desk::here();
    let catalogue = opened.catalogue.clone();
    let Some(shown) = catalogue.groups().get(group).cloned() else { return ().into_any() };
    let mut above = Vec::new();
    let mut next = shown.parent;
    while let Some(parent) = next.and_then(|index| catalogue.groups().get(index)) {
        above.push(parent.short_heading());
        next = parent.parent;
    }
    above.reverse();
    let tally = Memo::new(move |_| desk.group_tally(group));
    let scored = catalogue.total().is_some();
    let progress = move || {
        let tally = tally.get();
        let score = if scored {
            format!(" · 得分 {} / {} / {}", tally.got, tally.of_scored, tally.maximum)
        } else {
            String::new()
        };
        format!("{}{score}", completion(&tally))
    };
    let cards = {
        let catalogue = catalogue.clone();
        let range = shown.points.clone();
        let page_group = group;
        move || {
            let matching = desk.matching.get();
            let mut last_group = None;
            let mut views = Vec::new();
            for index in range.clone() {
                if matching.as_ref().is_some_and(|it| it.get(index) != Some(&true)) {
                    continue;
                }
                let Some(point) = catalogue.points().get(index) else { continue };
                if last_group != Some(point.group) && point.group != page_group {
                    last_group = Some(point.group);
                    if let Some(inner) = catalogue.groups().get(point.group) {
                        views.push(view! { <h3 class="z-subgroup">{inner.heading()}</h3> }.into_any());
                    }
                }
                views.push(view! { <Card index=index catalogue=catalogue.clone()/> }.into_any());
            }
            if views.is_empty() {
                views.push(view! { <p class="z-empty">"本组没有符合筛选条件的要点。请在左侧目录选择其他组，或清除筛选。"</p> }.into_any());
            }
            views
        }
    };
    let step = move |forward: bool| {
        let matching = desk.matching.get();
        let page =
            neighbour(&catalogue, shown.points.start, forward, matching.as_ref().map(|it| it.as_slice()))?;
        let target = catalogue.groups().get(page)?;
        let route = Route::Assessment(opened.id.clone(), Page::Group(target.id.clone()));
        let (label, class) = if forward {
            (format!("下一组：{}", target.short_heading()), "z-step z-step--next")
        } else {
            (format!("上一组：{}", target.short_heading()), "z-step")
        };
        Some(view! { <a class=class href=route.to_string()>{label}</a> })
    };
    let (back, forth) = {
        let step = std::sync::Arc::new(step);
        let other = step.clone();
        (move || step(false), move || other(true))
    };
    let text = (!shown.title.is_empty() && !shown.text.is_empty())
        .then(|| view! { <p class="z-group__text">{shown.text.clone()}</p> });
    view! {
        <header class="z-group">
            <p class="z-group__above">{above.join(" › ")}</p>
            <h2 class="z-group__heading" tabindex="-1" id="group-heading">{shown.heading()}</h2>
            {text}
            <p class="z-group__progress">{progress}</p>
        </header>
        {cards}
        <nav class="z-steps z-noprint" aria-label="前后各组">{back}{forth}</nav>
    }
    .into_any()
}
