//! 填报: the tree, the form of one group, and what helps with the point that
//! has the person's attention.
use leptos::html;
use leptos::prelude::*;
use zhidu::filter::units_in_use;
use zhidu::html::{aside, completion, form, score_line};

use crate::browser::prefs;
use crate::ui::desk::{Desk, Opened};
use crate::ui::dom::{catch_focus, focused_field, set_text};
use crate::ui::events::{after_paint, after_release};
use crate::ui::form::card::{card_of, refresh, show_news};
use crate::ui::form::fields;
use crate::ui::form::filters::FilterBar;
use crate::ui::form::measures;
use crate::ui::form::tree::Tree;
use crate::ui::go::shown_group;

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
    // Keys and help are about what is shown: a point of another group has the
    // attention no more.
    Effect::new({
        let opened = opened.clone();
        move |_| {
            let shown = opened.catalogue.groups().get(group.get()).map_or(0..0, |it| it.points.clone());
            if desk.focus.get_untracked().is_some_and(|index| !shown.contains(&index)) {
                desk.focus.set(None);
            }
        }
    });
    let main = NodeRef::<html::Main>::new();
    draw_form(desk, opened.clone(), group, main);
    draw_verdicts(desk, opened.clone(), group);
    let units = desk.look(|assessment, catalogue| units_in_use(catalogue, assessment));
    view! {
        <div class="z-fill">
            <div class="z-fill__tree"><FilterBar opened=opened.clone()/><Tree opened=opened.clone() shown=group/></div>
            <main class="z-fill__points" id="points" data-assessment=opened.mark() node_ref=main></main>
            <Aside opened=opened group=group/>
            <datalist id="unit-suggestions">{units.into_iter().map(|unit| view! { <option value=unit></option> }).collect_view()}</datalist>
        </div>
    }
}

/// Draws the form of the group anew when another one or another choice of
/// points is to be shown, and brings its cards up to date when answers change.
fn draw_form(desk: Desk, opened: Opened, group: Memo<usize>, main: NodeRef<html::Main>) {
    let points = {
        let catalogue = opened.catalogue.clone();
        move |group: usize| catalogue.groups().get(group).map_or(0..0, |it| it.points.clone())
    };
    let catalogue = opened.catalogue.clone();
    let shown = points.clone();
    Effect::new(move |drawn: Option<()>| {
        let Some(main) = main.get() else { return };
        let (group, matching) = (group.get(), desk.matching.get());
        let html = form(&catalogue, &opened.id, group, matching.as_ref().map(|it| it.as_slice()));
        main.set_inner_html(&html);
        fields::fill(desk, &main);
        shown(group).for_each(|index| refresh(desk, index));
        show_progress(desk, group);
        if drawn.is_some() {
            catch_focus(&["#group-heading"]);
        }
    });
    Effect::new(move |seen: Option<u64>| {
        let changes = desk.changes_since(seen.unwrap_or(0));
        if seen.is_some() {
            let group = group.get_untracked();
            let shown = points(group);
            changes
                .points
                .iter()
                .filter(|index| shown.contains(index))
                .for_each(|index| refresh(desk, *index));
            if changes.groups.contains(&group) {
                show_progress(desk, group);
            }
        }
        changes.revision
    });
}

/// Shows the verdicts of the cards that stand, and what files have changed, once it is known.
fn draw_verdicts(desk: Desk, opened: Opened, group: Memo<usize>) {
    Effect::new(move |_| {
        desk.report.track();
        desk.news.track();
        let shown = opened.catalogue.groups().get(group.get_untracked()).map_or(0..0, |it| it.points.clone());
        after_release(move || draw_verdicts_of(desk, shown));
    });
}

/// The field that somebody types in stays where it is, whatever becomes longer above it.
fn draw_verdicts_of(desk: Desk, shown: std::ops::Range<usize>) {
    let field = focused_field();
    let top = || field.as_ref().map_or(0.0, |it| it.get_bounding_client_rect().top());
    let before = top();
    for index in shown {
        if let Some(card) = card_of(desk, index) {
            show_news(desk, &card, index);
            measures::refresh(desk, &card, index);
        }
    }
    let moved = top() - before;
    if moved != 0.0 {
        window().scroll_by_with_x_and_y(0.0, moved);
    }
}

fn show_progress(desk: Desk, group: usize) {
    let tally = desk.group_tally(group);
    let scored = desk.look(|_, catalogue| catalogue.total().is_some());
    let score = if scored { format!(" · {}", score_line(&tally)) } else { String::new() };
    if let Some(line) = document().get_element_by_id("group-progress") {
        set_text(&line, &format!("{}{score}", completion(&tally)));
    }
}

/// The column at the right: help for the point that has the attention, or for the
/// first one that is shown.
#[component]
fn Aside(
    /// What is open.
    opened: Opened,
    /// Index of the group that is shown.
    group: Memo<usize>,
) -> impl IntoView {
    let desk = Desk::here();
    let first = {
        let opened = opened.clone();
        move || {
            let points = opened.catalogue.groups().get(group.get())?.points.clone();
            desk.matching.with(|matching| {
                points.clone().find(|point| matching.as_ref().is_none_or(|it| it.get(*point) == Some(&true)))
            })
        }
    };
    let text = Memo::new(move |_| aside(&opened.catalogue, desk.focus.get().or_else(&first)));
    let place = NodeRef::<html::Aside>::new();
    Effect::new(move |_| {
        text.track();
        // The form comes first.
        after_paint(move || {
            if let (Some(place), Some(text)) = (place.try_get_untracked().flatten(), text.try_get_untracked())
            {
                place.set_inner_html(&text);
            }
        });
    });
    view! { <aside class="z-aside z-noprint" aria-label="填报参考" tabindex="0" node_ref=place></aside> }
}
