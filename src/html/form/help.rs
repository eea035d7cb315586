//! What helps with a point: the texts that it stands under, its 量化指标 as
//! read-only hints, notes on the source.

use maud::{Markup, PreEscaped, html};

use crate::catalogue::{Catalogue, Group, Measure, Point, Repair};
use crate::html::form::measures::reading;

/// The column beside the form: the help for a point under its number, or what to
/// do while no point has the person's attention.
pub fn aside(catalogue: &Catalogue, index: Option<usize>) -> String {
    let point = index.and_then(|index| Some((index, catalogue.points().get(index)?)));
    let markup = html! {
        @if let Some((index, point)) = point {
            h2.z-aside__title { (catalogue.point_label) " " (point.no) }
            (PreEscaped(help(catalogue, index)))
        } @else {
            h2.z-aside__title { "填报提示" }
            p { "点选任一" (catalogue.point_label) "，此处显示它的上级指标原文、量化条款和原文校订。" }
            p { "内容随写随存，无需手工保存。按 ? 查看快捷键。" }
        }
    };
    markup.into_string()
}

/// The help for a point; empty where there is no such point.
pub fn help(catalogue: &Catalogue, index: usize) -> String {
    let Some(point) = catalogue.points().get(index) else { return String::new() };
    let ancestors = catalogue.ancestors(index);
    let repairs = repairs(point, &ancestors);
    let notes: Vec<&String> = std::iter::once(&point.note)
        .chain(ancestors.iter().map(|group| &group.note))
        .filter(|note| !note.is_empty())
        .collect();
    let markup = html! {
        h3 { "上级指标" }
        dl.z-levels {
            @for group in &ancestors {
                dt { @if let Some(level) = catalogue.levels.get(group.level.saturating_sub(1)) { (level) } }
                dd {
                    (group.heading())
                    @if !group.title.is_empty() && !group.text.is_empty() { "：" (group.text) }
                }
            }
        }
        @if !point.measures.is_empty() {
            h3 { "量化条款" }
            ul.z-measures { @for it in &point.measures { (measure(it)) } }
            p.z-hint { "限值取自原文，口径为编者理解；程序不据此自动扣分。" }
        }
        @if !point.cites.is_empty() {
            h3 { "文中引用的文件" }
            p { (point.cites.join("、")) }
        }
        @if !repairs.is_empty() {
            h3 { "原文校订" }
            ul.z-repairs { @for it in repairs { (repair(it)) } }
        }
        @if !notes.is_empty() {
            h3 { "编者说明" }
            @for note in notes { p { (note) } }
        }
    };
    markup.into_string()
}

/// The repairs of a point and of the groups around it, each once.
fn repairs<'a>(point: &'a Point, ancestors: &[&'a Group]) -> Vec<&'a Repair> {
    let mut found: Vec<&Repair> = Vec::new();
    for repair in point.repairs.iter().chain(ancestors.iter().flat_map(|group| &group.repairs)) {
        if !found.iter().any(|known| known.no == repair.no) {
            found.push(repair);
        }
    }
    found
}

fn measure(measure: &Measure) -> Markup {
    html! {
        li {
            p { strong { (measure.metric) } " " span.z-limit { (measure.limit_text()) } }
            blockquote { (measure.quote) }
            (reading(measure))
        }
    }
}

fn repair(repair: &Repair) -> Markup {
    html! {
        li {
            p {
                span.z-tag { (repair.kind.label()) }
                span.z-tag { (repair.confidence.label()) }
            }
            p { "转录：" q { (repair.raw) } }
            p { "校订：" q { (repair.fixed) } }
            p.z-hint { "依据：" (repair.basis) }
        }
    }
}
