//! Totals by every level, with what is missing. For catalogues without points the
//! same tables report completion.

use maud::{Markup, html};

use crate::assessment::{Answer, Assessment, State};
use crate::catalogue::Catalogue;
use crate::html::table::Holds::{Numbers, Words};
use crate::html::table::heads;
use crate::route::{Page, Route};
use crate::score::{Scorecard, Tally};
use crate::value::points::Points;

/// How far a form is, in words. There is one meaning of progress on all pages: a
/// point is settled that is 已完成 or 不适用, of all points.
pub fn completion(tally: &Tally) -> String {
    let excluded = match tally.not_applicable {
        0 => String::new(),
        count => format!("（含不适用 {count}）"),
    };
    format!("已完成 {} / {}{excluded}", tally.settled(), tally.points)
}

/// 已评得分 / 已评项满分 / 满分.
pub fn score_line(tally: &Tally) -> String {
    format!("得分 {} / {} / {}", tally.got, tally.of_scored, tally.maximum)
}

/// The totals of every level.
pub(super) fn levels(catalogue: &Catalogue, assessment: &Assessment, card: &Scorecard) -> Markup {
    let scored = catalogue.total().is_some();
    html! {
        div.z-tablebox tabindex="0" role="group" aria-label="各级指标" {
            table.z-table.z-levels {
                caption { @if scored { "各级指标得分" } @else { "各级完成情况" } }
                thead {
                    tr {
                        (heads([("指标", Words)]))
                        @if scored { (heads(["已评得分", "已评项满分", "满分", "未评"].map(|name| (name, Numbers)))) }
                        (heads(["已完成", "其中不适用", "填报中", "未填", "无佐证"].map(|name| (name, Numbers))))
                    }
                }
                tbody {
                    @for (group, tally) in catalogue.groups().iter().zip(&card.groups) {
                        tr.z-level.(format!("z-level--{}", group.level.min(3))) {
                            th scope="row" {
                                a href=(Route::Assessment(assessment.head.id.clone(), Page::Group(group.id.clone()))) { (group.short_heading()) }
                            }
                            (cells(tally, scored))
                        }
                    }
                }
                tfoot {
                    tr.z-level.z-level--1 { th scope="row" { "合计" } (cells(&card.total, scored)) }
                }
            }
        }
    }
}

/// The totals in large figures.
pub(super) fn figures(total: &Tally, scored: bool) -> Markup {
    let figure = |value: String, name: &str| html! { li { b { (value) } span { (name) } } };
    html! {
        ul.z-figures {
            @if scored {
                (figure(total.got.to_string(), "已评得分"))
                (figure(total.of_scored.to_string(), "已评项满分"))
                (figure(total.maximum.to_string(), "满分"))
                (figure(total.lost().to_string(), "已评项失分"))
            }
            (figure(format!("{} / {}", total.settled(), total.points), "已完成"))
            (figure(total.not_applicable.to_string(), "其中不适用"))
            (figure(total.drafting.to_string(), "填报中"))
            (figure(total.blank.to_string(), "未填"))
        }
    }
}

fn cells(tally: &Tally, scored: bool) -> Markup {
    let unscored = tally.points - tally.scored - tally.not_applicable;
    let or_dash = |shown: bool, text: String| if shown { text } else { "–".to_owned() };
    let count = |count: usize| or_dash(count > 0, count.to_string());
    let cell = |text: String| html! { td.z-table__number { (text) } };
    html! {
        @if scored {
            (cell(or_dash(tally.scored > 0, tally.got.to_string())))
            (cell(or_dash(tally.scored > 0, tally.of_scored.to_string())))
            (cell(tally.maximum.to_string()))
            (cell(count(unscored)))
        }
        (cell(format!("{} / {}", tally.settled(), tally.points)))
        (cell(count(tally.not_applicable)))
        (cell(count(tally.drafting)))
        (cell(count(tally.blank)))
        (cell(count(tally.without_evidence)))
    }
}

/// The points at which something is missing, with a link to each.
pub(super) fn missing(catalogue: &Catalogue, assessment: &Assessment, card: &Scorecard) -> Markup {
    let points = catalogue.points().iter().zip(&card.points);
    let rows: Vec<_> = points
        .map(|(point, tally)| (point, lacks(assessment.answer(&point.id), tally)))
        .filter(|(_, lacks)| !lacks.is_empty())
        .collect();
    html! {
        h2 { "尚缺内容的" (catalogue.point_label) "（" (rows.len()) "）" }
        @if rows.is_empty() {
            p { "没有缺项。" }
        } @else {
            ul.z-missing {
                @for (point, lacks) in rows {
                    li {
                        a href=(Route::Assessment(assessment.head.id.clone(), Page::Point(point.ordinal))) {
                            (catalogue.point_label) " " (point.no)
                        }
                        " " (lacks.join("、"))
                    }
                }
            }
        }
    }
}

fn lacks(answer: &Answer, tally: &Tally) -> Vec<&'static str> {
    let excluded = answer.state == State::NotApplicable;
    let begun = answer.state != State::Blank;
    let unscored = tally.maximum > Points::ZERO && tally.scored == 0 && !excluded;
    [
        (!begun, "未填"),
        (tally.refused > 0, "得分有误"),
        (unscored && tally.refused == 0, "未评分"),
        (tally.unexplained > 0, "缺扣分原因"),
        (excluded && answer.waiver.trim().is_empty(), "缺不适用理由"),
        (begun && !excluded && answer.narrative.trim().is_empty(), "缺完成情况说明"),
        (begun && tally.without_evidence > 0, "无佐证"),
    ]
    .into_iter()
    .filter_map(|(is, name)| is.then_some(name))
    .collect()
}
