//! The catalogue as a tree with progress per branch. Every group whose points
//! can be shown together is a link.

use maud::{Markup, html};

use crate::assessment::AssessmentId;
use crate::catalogue::{Catalogue, Group};
use crate::html::act::PageAct;
use crate::html::hook::Slot;
use crate::html::score::completion;
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
    /// Points that are settled, or those that the filter lets through.
    pub count: String,
    /// The same in full words.
    pub words: String,
    /// 已完成 and 不适用.
    pub settled: usize,
    /// Whether all points are done.
    pub done: bool,
    /// Whether the count is of what the filter lets through.
    pub found: bool,
    /// Whether the filter lets nothing in it through.
    pub hidden: bool,
}

impl Branch {
    /// The branch of a group with its tally.
    pub fn of(group: &Group, tally: &Tally, matching: Option<&[bool]>) -> Branch {
        let settled = tally.settled();
        let found =
            matching.map(|it| group.points.clone().filter(|point| it.get(*point) == Some(&true)).count());
        let drafting = if tally.drafting > 0 { format!("◐{} ", tally.drafting) } else { String::new() };
        Branch {
            count: found.map_or_else(
                || format!("{drafting}{settled}/{}", tally.points),
                |found| format!("符合 {found}"),
            ),
            words: format!(
                "{}{}，填报中 {}",
                found.map(|found| format!("符合条件 {found}；")).unwrap_or_default(),
                completion(tally),
                tally.drafting
            ),
            settled,
            done: tally.points > 0 && settled == tally.points,
            found: found.is_some(),
            hidden: found == Some(0),
        }
    }
}

/// The numbers of the points of a group as they are printed: "9–12".
fn numbers(catalogue: &Catalogue, group: &Group) -> String {
    let points = catalogue.points().get(group.points.clone()).unwrap_or_default();
    match points {
        [] => String::new(),
        [only] => only.no.clone(),
        [first, .., last] => format!("{}–{}", first.no, last.no),
    }
}

fn branch(catalogue: &Catalogue, id: &AssessmentId, index: usize) -> Markup {
    let Some(group) = catalogue.groups().get(index) else { return html! {} };
    let children: Vec<usize> = catalogue.children(index).collect();
    let short = group.short_heading();
    let level = format!("z-tree__row--{}", group.level.min(3));
    let numbers = numbers(catalogue, group);
    html! {
        li {
            span.z-tree__row.(level).z-tree__row--leaf[children.is_empty()] id=(branch_id(index)) {
                @if !children.is_empty() {
                    button.z-tree__fold type="button" aria-label={ (short) "的下级" } aria-expanded="true" data-do=(PageAct::Fold.name()) {}
                }
                @if group.points.len() <= POINTS_PER_PAGE {
                    a.z-tree__name href=(Route::Assessment(id.clone(), Page::Group(group.id.clone()))) title=(group.heading()) { (short) }
                } @else {
                    span.z-tree__name title=(group.heading()) { (short) }
                }
                span.z-tree__numbers title={ (catalogue.point_label) " " (numbers) } { (numbers) }
                span.z-tree__problems data-slot=(Slot::Problems) title="⚠ 错误和警告，↓ 待审的单位回传，● 导入后有变化" {}
                progress.z-bar max=(group.points.len()) value="0" aria-hidden="true" {}
                span.z-tree__count {}
            }
            @if !children.is_empty() {
                ul.z-tree__list { @for child in children { (branch(catalogue, id, child)) } }
            }
        }
    }
}

/// The group to go to from the one that is shown: the one whose points follow, or
/// come before, at the same level where there is one. Groups in which the filter
/// lets nothing through are passed over.
pub fn neighbour(
    catalogue: &Catalogue,
    shown: usize,
    forward: bool,
    matching: Option<&[bool]>,
) -> Option<usize> {
    let groups = catalogue.groups();
    let level = groups.get(shown)?.level;
    let mut here = groups.get(shown)?;
    // Each step leads away from where it began, so that there are no more of them
    // than groups.
    for _ in groups {
        let meets = |group: &Group| {
            let fits = (1..=POINTS_PER_PAGE).contains(&group.points.len());
            fits && if forward {
                group.points.start == here.points.end
            } else {
                group.points.end == here.points.start
            }
        };
        let (index, next) = groups
            .iter()
            .enumerate()
            .filter(|(_, group)| meets(group))
            .min_by_key(|(_, group)| (group.level.abs_diff(level), group.level))?;
        let mut points = next.points.clone();
        if matching.is_none_or(|it| points.any(|point| it.get(point) == Some(&true))) {
            return Some(index);
        }
        here = next;
    }
    None
}
