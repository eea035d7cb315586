//! What a later edition of a catalogue words otherwise, and which of its rules have
//! changed.

use maud::{Markup, html};

use crate::catalogue::library::Compared;
use crate::catalogue::rules::RuleChange;
use crate::catalogue::{Catalogue, Point};

/// The differences of two editions, point by point.
pub fn edition_differences(older: &Catalogue, newer: &Catalogue) -> String {
    let compared = Compared::of(older, newer);
    let text = |catalogue: &Catalogue, id| catalogue.point(id).map(|(_, point)| worded(point));
    let row = |name: &str, [before, now]: [Option<Markup>; 2]| {
        html! {
            tr {
                th scope="row" { (name) }
                td { @if let Some(text) = before { (text) } @else { "（没有）" } }
                td { @if let Some(text) = now { (text) } @else { "（没有）" } }
            }
        }
    };
    let named = |catalogue: &Catalogue, id| {
        catalogue.point(id).map_or_else(String::new, |(_, it)| format!("{} {}", catalogue.point_label, it.no))
    };
    let markup = html! {
        @if compared == Compared::default() {
            p { "各" (newer.point_label) "的文字、分值和责任单位都没有变化。" }
        } @else {
            div.z-changes role="group" aria-label="两版的差异" tabindex="0" { table.z-table {
                thead { tr { @for name in ["位置", "本份自评所用文本", "新版文本"] { th scope="col" { (name) } } } }
                tbody {
                    @for id in &compared.changed { (row(&named(newer, id), [text(older, id), text(newer, id)])) }
                    @for id in &compared.added { (row(&named(newer, id), [None, text(newer, id)])) }
                    @for id in &compared.gone { (row(&named(older, id), [text(older, id), None])) }
                }
            } }
        }
    };
    markup.into_string()
}

fn worded(point: &Point) -> Markup {
    html! {
        (point.text)
        @if let Some(points) = point.points { "（" (points) " 分）" }
    }
}

/// The measures whose rules have changed, in one line.
pub fn rule_changes(catalogue: &Catalogue, changes: &[RuleChange]) -> String {
    let named = |change: &RuleChange| {
        let point = change.point.as_ref().and_then(|id| catalogue.point(id));
        let metric = point.and_then(|(_, point)| point.measures.iter().find(|it| it.id == change.measure));
        match (point, metric) {
            (Some((_, point)), Some(measure)) => {
                format!("{} {}“{}”{}", catalogue.point_label, point.no, measure.metric, change.what.label())
            }
            _ => format!("{}{}", change.measure, change.what.label()),
        }
    };
    changes.iter().map(named).collect::<Vec<_>>().join("；")
}
