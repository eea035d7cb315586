//! The catalogue as a tree with progress per branch. Every group whose points
//! can be shown together is a link.

use maud::{Markup, html};

use super::act::Act;
use crate::assessment::AssessmentId;
use crate::catalogue::{Catalogue, Group};
use crate::route::{Page, Route};
use crate::score::Tally;

/// A page shows so many points at most; larger groups are opened by their parts.
const POINTS_PER_PAGE: usize = 60;

/// 指标目录 as nested lists. What a branch shows of the answers is a [`Branch`].
pub fn tree(catalogue: &Catalogue, id: &AssessmentId) -> String {
    let markup = html! {
        ul.z-tree__list { @for root in catalogue.roots() { (branch(catalogue, id, root)) } }
    };
    markup.into_string()
}

/// Id of the row of the `group`-th group.
pub fn branch_id(group: usize) -> String {
    format!("branch-{group}")
}

/// What the row of a group shows of the answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// Points that are done, or those that the filter lets through.
    pub count: String,
    /// 已完成 and 不适用.
    pub settled: usize,
    /// Whether all points are done.
    pub done: bool,
    /// Whether the filter lets nothing in it through.
    pub hidden: bool,
}

impl Branch {
    /// The branch of a group with its tally.
    pub fn of(group: &Group, tally: &Tally, matching: Option<&[bool]>) -> Branch {
        let settled = tally.settled();
        let found =
            matching.map(|it| group.points.clone().filter(|point| it.get(*point) == Some(&true)).count());
        Branch {
            count: found.map_or_else(|| format!("{settled}/{}", tally.points), |found| found.to_string()),
            settled,
            done: tally.points > 0 && settled == tally.points,
            hidden: found == Some(0),
        }
    }
}

fn branch(catalogue: &Catalogue, id: &AssessmentId, index: usize) -> Markup {
    let Some(group) = catalogue.groups().get(index) else { return html! {} };
    let children: Vec<usize> = catalogue.children(index).collect();
    let short = group.short_heading();
    let level = format!("z-tree__row--{}", group.level.min(3));
    html! {
        li {
            span.z-tree__row.(level).z-tree__row--leaf[children.is_empty()] id=(branch_id(index)) {
                @if !children.is_empty() {
                    button.z-tree__fold type="button" aria-label={ (short) "的下级" } aria-expanded="true" data-do=(Act::Fold.name()) {}
                }
                @if group.points.len() <= POINTS_PER_PAGE {
                    a.z-tree__name href=(Route::Assessment(id.clone(), Page::Group(group.id.clone()))) title=(group.heading()) { (short) }
                } @else {
                    span.z-tree__name title=(group.heading()) { (short) }
                }
                span.z-tree__problems title="错误和警告" {}
                progress.z-bar max=(group.points.len()) value="0" aria-hidden="true" {}
                span.z-tree__count {}
            }
            @if !children.is_empty() {
                ul.z-tree__list { @for child in children { (branch(catalogue, id, child)) } }
            }
        }
    }
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
