//! 指标目录 on the page: the tree is HTML that follows from the catalogue; this
//! marks the group that is shown and brings counts up to date.
use leptos::prelude::*;
use web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};
use zhidu::filter::awaiting_by_group;
use zhidu::html::hook::Slot;
use zhidu::html::{Branch, branch_id, tree};
use zhidu::record::news;

use crate::ui::desk::{Desk, Opened};
use crate::ui::dom::{part, set_class, set_text, slot};
use crate::ui::events::after_paint;

/// 指标目录.
#[component]
pub fn Tree(
    /// What is open.
    opened: Opened,
    /// Index of the group whose points are shown.
    shown: Memo<usize>,
) -> impl IntoView {
    let desk = Desk::here();
    let html = tree(&opened.catalogue, &opened.id);
    // With the filter that the rows show and the revision that they have seen.
    Effect::new(move |before: Option<(Option<_>, u64)>| {
        let matching = desk.matching.get();
        let seen = before.filter(|(known, _)| *known == matching).map_or(0, |(_, seen)| seen);
        let changes = desk.changes_since(seen);
        for index in changes.groups {
            if let Some(group) = opened.catalogue.groups().get(index) {
                let matching = matching.as_ref().map(|it| it.as_slice());
                draw(index, &Branch::of(group, &desk.group_tally(index), matching));
            }
        }
        (matching, changes.revision)
    });
    Effect::new(move |before: Option<Vec<[usize; 3]>>| {
        let news = desk.news.get();
        let now = desk.report.with(|report| {
            desk.look(|assessment, catalogue| {
                let grave = report.grave_by_group(catalogue).into_iter();
                let waiting = awaiting_by_group(catalogue, assessment).into_iter();
                let news = news::by_group(catalogue, &news).into_iter();
                grave
                    .zip(waiting)
                    .zip(news)
                    .map(|((grave, waiting), news)| [grave, waiting, news])
                    .collect::<Vec<_>>()
            })
        });
        for (index, marks) in now.iter().enumerate() {
            let known = before.as_ref().and_then(|it| it.get(index));
            if known != Some(marks) && (*marks != [0; 3] || known.is_some()) {
                draw_marks(index, *marks);
            }
        }
        now
    });
    Effect::new(move |before: Option<usize>| {
        let now = shown.get();
        // A group without a link has no mark to set or to take away.
        if let Some(link) = before.and_then(link) {
            let _ = link.remove_attribute("aria-current");
        }
        if let Some(link) = link(now) {
            let _ = link.set_attribute("aria-current", "page");
            // The form comes first.
            after_paint(move || {
                let near = ScrollIntoViewOptions::new();
                near.set_block(ScrollLogicalPosition::Nearest);
                link.scroll_into_view_with_scroll_into_view_options(&near);
            });
        }
        now
    });
    view! { <nav class="z-tree z-noprint" aria-label="指标目录" inner_html=html></nav> }
}

fn row(group: usize) -> Option<Element> {
    document().get_element_by_id(&branch_id(group))
}

fn link(group: usize) -> Option<Element> {
    part(&row(group)?, "a")
}

/// Marks how many problems are in a group, at how many points units have handed in
/// something that nobody has reviewed, and how many have changed by files.
fn draw_marks(index: usize, [problems, awaiting, news]: [usize; 3]) {
    let mark = |sign: &str, count: usize| if count > 0 { format!("{sign}{count}") } else { String::new() };
    if let Some(badge) = row(index).and_then(|row| slot(&row, Slot::Problems)) {
        let marks = [mark("●", news), mark("↓", awaiting), mark("⚠", problems)];
        set_text(&badge, &marks.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" "));
    }
}

fn draw(index: usize, branch: &Branch) {
    let Some(row) = row(index) else { return };
    set_class(&row, "z-tree__row--done", branch.done);
    if let Some(item) = row.parent_element() {
        set_class(&item, "z-gone", branch.hidden);
    }
    if let Some(count) = row.last_element_child() {
        set_text(&count, &branch.count);
        set_class(&count, "z-tree__count--found", branch.found);
        if let Some(bar) = count.previous_element_sibling() {
            // What the page refuses to draw it would refuse everywhere.
            let _ = bar.set_attribute("value", &branch.settled.to_string());
            let _ = count.set_attribute("title", &branch.words);
        }
    }
}
