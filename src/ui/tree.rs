//! The catalogue as a tree with progress per branch. Every group whose points
//! can be shown is a link.

use leptos::prelude::*;
use zhidu::catalogue::Catalogue;
use zhidu::route::{Page, Route};

use crate::ui::desk::{Desk, Opened};

/// A page shows so many points at most; larger groups are opened by their parts.
const POINTS_PER_PAGE: usize = 60;

/// 指标目录.
#[component]
pub fn Tree(
    /// What is open.
    opened: Opened,
    /// Index of the group whose points are shown.
    shown: Memo<usize>,
) -> impl IntoView {
    let rows: Vec<usize> = opened.catalogue.roots().collect();
    let branches = rows.into_iter().map(|root| branch(&opened, root, shown)).collect_view();
    view! {
        <nav class="z-tree z-noprint" aria-label="指标目录">
            <ul class="z-tree__list">{branches}</ul>
        </nav>
    }
}

fn branch(opened: &Opened, index: usize, shown: Memo<usize>) -> AnyView {
    let desk = Desk::here();
    let catalogue = &opened.catalogue;
    let Some(group) = catalogue.groups().get(index) else { return ().into_any() };
    let tally = Memo::new(move |_| desk.group_tally(index));
    let range = group.points.clone();
    let found = {
        let range = range.clone();
        Memo::new(move |_| {
            desk.matching
                .with(|it| it.as_ref().map(|it| range.clone().filter(|i| it.get(*i) == Some(&true)).count()))
        })
    };
    let progress = move || {
        let tally = tally.get();
        match found.get() {
            Some(found) => format!("{found}"),
            None => format!("{}/{}", tally.settled(), tally.points),
        }
    };
    let leaf = if catalogue.children(index).next().is_none() { " z-tree__row--leaf" } else { "" };
    let level = format!("z-tree__row z-tree__row--{}{leaf}", group.level.min(3));
    let heading = group.heading();
    let short = group.short_heading();
    let children: Vec<usize> = catalogue.children(index).collect();
    let open = RwSignal::new(true);
    let fold = (!children.is_empty()).then(|| {
        let label = format!("{short}的下级");
        view! {
            <button
                type="button"
                class="z-tree__fold"
                aria-label=label
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|it| *it = !*it)
            ></button>
        }
    });
    let name = if range.len() <= POINTS_PER_PAGE {
        let route = Route::Assessment(opened.id.clone(), Page::Group(group.id.clone()));
        let here = Memo::new(move |_| shown.get() == index);
        view! { <a class="z-tree__name" href=route.to_string() title=heading aria-current=move || here.get().then_some("page")>{short}</a> }.into_any()
    } else {
        view! { <span class="z-tree__name" title=heading>{short}</span> }.into_any()
    };
    let settled = move || tally.with(|it| it.settled().to_string());
    let bar = view! { <progress class="z-bar" max=range.len().to_string() value=settled aria-hidden="true"></progress> };
    let row = view! {
        <span class=level class:z-tree__row--done=move || tally.with(|it| it.points > 0 && it.settled() == it.points)>
            {fold}
            {name}
            {bar}
            <span class="z-tree__count">{progress}</span>
        </span>
    };
    let hidden = move || found.get() == Some(0);
    if children.is_empty() {
        return view! { <li class:z-gone=hidden>{row}</li> }.into_any();
    }
    let children = children.into_iter().map(|child| branch(opened, child, shown)).collect_view();
    view! {
        <li class:z-gone=hidden>
            {row}
            <ul class="z-tree__list" class:z-gone=move || !open.get()>{children}</ul>
        </li>
    }
    .into_any()
}

/// The page to go to from where one is: the next one along the catalogue's
/// pages, or the one before, that shows something.
pub fn neighbour(
    catalogue: &Catalogue,
    first_point: usize,
    forward: bool,
    matching: Option<&[bool]>,
) -> Option<usize> {
    let shows = |page: &usize| {
        catalogue.groups().get(*page).is_some_and(|group| {
            matching.is_none_or(|it| group.points.clone().any(|point| it.get(point) == Some(&true)))
        })
    };
    let start = |page: usize| catalogue.groups().get(page).map_or(0, |group| group.points.start);
    let here = start(catalogue.page_of(first_point));
    let mut pages = catalogue.pages().filter(shows);
    if forward {
        pages.find(|page| start(*page) > here)
    } else {
        pages.take_while(|page| start(*page) < here).last()
    }
}
