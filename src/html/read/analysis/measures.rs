//! 量化指标: how many come to which verdict, and each with its value and limit.

use maud::{Markup, html};

use crate::analysis;
use crate::catalogue::{Measure, Point};
use crate::check::Report;
use crate::html::at_a_glance;
use crate::html::form::measures::verdict_class;
use crate::html::read::analysis::point_link;
use crate::html::read::chart::{Row, Tone, figure, stack};
use crate::html::table::Holds::{Numbers, Words};
use crate::html::table::heads;
use crate::measure::{Data, Judged, Outcome};
use crate::value::order::sort_by_key;

/// What is read first.
const ORDER: [Outcome; 6] = [
    Outcome::Missed,
    Outcome::Missing,
    Outcome::People,
    Outcome::Reported,
    Outcome::Reached,
    Outcome::Absent,
];

/// The chart and the table; nothing for a catalogue without measures.
pub fn verdicts(data: &Data<'_>, report: &Report) -> Markup {
    let catalogue = data.catalogue;
    let found = analysis::verdicts(catalogue, report);
    if found.is_empty() {
        return html! {};
    }
    let heading =
        |group: usize| catalogue.groups().get(group).map(|it| it.short_heading()).unwrap_or_default();
    let rows: Vec<Row> =
        found.iter().map(|it| Row { label: heading(it.group), counts: it.counts.into() }).collect();
    let legend = Outcome::ALL.map(|outcome| (outcome.label(), tone(outcome)));
    let total = |at: usize| found.iter().filter_map(|it| it.counts.get(at)).sum::<usize>();
    let told: Vec<String> =
        (0..).zip(&legend).map(|(at, (name, _))| format!("{name} {} 项", total(at))).collect();
    let table = html! {
        table.z-table {
            thead { tr { (heads([("指标", Words)])) (heads(legend.iter().map(|(name, _)| (*name, Numbers)))) } }
            tbody {
                @for row in &rows {
                    tr { th scope="row" { (row.label) } @for count in &row.counts { td.z-table__number { (count) } } }
                }
            }
        }
    };
    html! {
        h2 { "量化指标" }
        p.z-hint { (told.join("，")) "。限值取自原文，口径为编者理解；不据此自动扣分。" }
        (figure(&stack("量化指标达标情况".to_owned(), &legend, &rows), &told.join("，"), &table))
        (listed(data, report))
    }
}

const fn tone(outcome: Outcome) -> Tone {
    match outcome {
        Outcome::Reached => Tone::Full,
        Outcome::Missed => Tone::Alarm,
        Outcome::Missing => Tone::Pale,
        Outcome::Reported => Tone::Ruled,
        Outcome::People => Tone::Dotted,
        Outcome::Absent => Tone::Empty,
    }
}

/// Every measure, those that miss first.
fn listed(data: &Data<'_>, report: &Report) -> Markup {
    let points = data.catalogue.points().iter().zip(&report.judged);
    let mut rows: Vec<(&Point, &Measure, &Judged)> = points
        .flat_map(|(point, judged)| {
            point.measures.iter().zip(judged).map(move |(measure, judged)| (point, measure, judged))
        })
        .collect();
    sort_by_key(&mut rows, |(_, _, judged)| ORDER.iter().position(|it| *it == judged.outcome));
    html! {
        details.z-more open {
            summary { "逐项结果（" (rows.len()) " 项，未达标在前）" }
            div.z-tablebox tabindex="0" role="group" aria-label="量化指标逐项结果" { table.z-table.z-measures {
                thead { tr {
                    @for name in [data.catalogue.point_label.as_str(), "量化指标", "数值", "限值", "结论"] {
                        th scope="col" { (name) }
                    }
                } }
                tbody {
                    @for (point, measure, judged) in rows {
                        tr {
                            td { (point_link(data.catalogue, &data.assessment.head.id, point)) }
                            th scope="row" {
                                (measure.metric) @if !measure.stage.is_empty() { span.z-hint { "（" (measure.stage) "）" } }
                            }
                            td { (at_a_glance(&judged.value)) @if judged.value.is_empty() { "—" } }
                            td { (measure.limit_text()) }
                            td { span class=(verdict_class(judged.outcome)) { (judged.outcome.label()) } }
                        }
                    }
                }
            } }
        }
    }
}
