//! 分析: what an assessment comes to by every level, where points are lost, and
//! what figures and schools say, as charts with the tables of their data.

mod measures;
mod schools;

use maud::{Markup, html};

use crate::analysis::{Rate, axes, losses};
use crate::assessment::AssessmentId;
use crate::catalogue::{Catalogue, Point};
use crate::check::Report;
use crate::html::act::PageAct;
use crate::html::read::chart::{Bar, Spoke, bars, figure, radar};
use crate::html::score::{figures, levels, missing};
use crate::html::table::Holds::{Numbers, Words};
use crate::html::table::heads;
use crate::measure::Data;
use crate::route::{Page, Route};
use crate::score::{Scorecard, Tally};
use crate::value::points::Points;

/// The chart of losses shows so many; the table shows all.
const LOSSES: usize = 15;
/// Bars are drawn for so many levels; the table has all.
const LEVELS: usize = 2;

/// The page 分析.
pub fn analysis_page(data: &Data<'_>, card: &Scorecard, report: &Report) -> String {
    let (catalogue, assessment) = (data.catalogue, data.assessment);
    let scored = catalogue.total().is_some();
    let head = &assessment.head;
    let by_level = html! {
        h2 { @if scored { "各级得分" } @else { "各级完成情况" } }
        div.z-charts { (level_bars(catalogue, card)) (level_radar(catalogue, card)) }
        (levels(catalogue, assessment, card))
    };
    // What is still to be done comes first.
    let parts = [
        ("missing", "尚缺内容", missing(catalogue, assessment, card)),
        ("levels", if scored { "各级得分" } else { "各级完成情况" }, by_level),
        (
            "lost",
            "失分",
            if scored {
                lost(data, card)
            } else {
                html! {}
            },
        ),
        ("measures", "量化指标", measures::verdicts(data, report)),
        ("coefficients", "差异系数", schools::coefficients(data)),
    ];
    let parts: Vec<Part> = parts
        .into_iter()
        .filter(|(.., body)| !body.0.is_empty())
        .map(|(id, name, body)| Part { id, name, body })
        .collect();
    let markup = html! {
        header.z-page__head {
            h1 { "分析" }
            button.z-button.z-noprint type="button" data-do=(PageAct::Print.name()) { "打印本页" }
        }
        p.z-page__lead { (head.name) " · " (head.unit_name) " · " (catalogue.title) }
        (figures(&card.total, scored))
        @if scored && card.total.of_not_applicable > Points::ZERO {
            p.z-hint { "不适用要点的分值共 " (card.total.of_not_applicable) " 分，仍计入满分，不计入已评项满分。" }
        }
        @if scored { p.z-hint { "未评的要点不作 0 分计；程序只汇总自评得分，不评定等次。" } }
        (contents(&parts))
        @for part in &parts { div.z-anchor id=(part.id) tabindex="-1" {} (part.body) }
    };
    markup.into_string()
}

/// A part of the page.
struct Part {
    id: &'static str,
    name: &'static str,
    body: Markup,
}

/// The parts as buttons: an address behind `#` is a page of the program.
fn contents(parts: &[Part]) -> Markup {
    html! {
        nav.z-contents.z-noprint aria-label="本页内容" {
            @for part in parts {
                button.z-button.z-button--quiet type="button" data-part=(part.id) { (part.name) }
            }
        }
    }
}

/// What is compared between groups: 得分率, or 完成率 where nothing is scored.
struct Compared {
    name: &'static str,
    rate: fn(&Tally) -> Option<Rate>,
    counted: fn(&Tally) -> String,
    open: &'static str,
}

fn compared(catalogue: &Catalogue) -> Compared {
    if catalogue.total().is_some() {
        Compared {
            name: "得分率",
            rate: Rate::of_score,
            counted: |tally| format!("{} / {}", tally.got, tally.of_scored),
            open: "未评",
        }
    } else {
        Compared {
            name: "完成率",
            rate: Rate::of_completion,
            counted: |tally| format!("{} / {}", tally.settled(), tally.points),
            open: "–",
        }
    }
}

impl Compared {
    fn of(&self, name: String, tally: &Tally) -> Row {
        let rate = (self.rate)(tally);
        Row {
            name,
            rate,
            in_words: rate.map_or_else(|| self.open.to_owned(), Rate::in_words),
            counts: rate.map(|_| (self.counted)(tally)).unwrap_or_default(),
        }
    }

    fn table(&self, rows: &[Row]) -> Markup {
        html! {
            table.z-table {
                thead { tr { (heads([("指标", Words), (self.name, Numbers), ("计算", Numbers)])) } }
                tbody {
                    @for row in rows {
                        tr {
                            th scope="row" { (row.name) }
                            td.z-table__number { (row.in_words) }
                            td.z-table__number { (row.counts) }
                        }
                    }
                }
            }
        }
    }
}

/// What is compared, of one group.
struct Row {
    name: String,
    rate: Option<Rate>,
    in_words: String,
    /// What the rate is computed from; empty without one.
    counts: String,
}

fn level_bars(catalogue: &Catalogue, card: &Scorecard) -> Markup {
    let what = compared(catalogue);
    let groups = catalogue.groups().iter().zip(&card.groups).filter(|(group, _)| group.level <= LEVELS);
    let (depths, rows): (Vec<usize>, Vec<Row>) =
        groups.map(|(group, tally)| (group.level - 1, what.of(group.short_heading(), tally))).unzip();
    let drawn: Vec<Bar> = depths
        .into_iter()
        .zip(&rows)
        .map(|(depth, row)| Bar {
            label: row.name.clone(),
            depth,
            value: row.rate.map(Rate::fraction),
            text: row
                .rate
                .map_or_else(|| row.in_words.clone(), |_| format!("{}　{}", row.in_words, row.counts)),
        })
        .collect();
    let title = format!("各级指标{}", what.name);
    let summary = format!("共 {} 项，按原文次序。", rows.len());
    figure(&bars(title, &drawn, 1.0, &[]), &summary, &what.table(&rows))
}

fn level_radar(catalogue: &Catalogue, card: &Scorecard) -> Markup {
    let what = compared(catalogue);
    let rows: Vec<Row> = axes(catalogue)
        .into_iter()
        .filter_map(|at| Some(what.of(catalogue.groups().get(at)?.short_heading(), card.groups.get(at)?)))
        .collect();
    if rows.is_empty() {
        return html! {};
    }
    let spokes: Vec<Spoke> = rows
        .iter()
        .map(|row| Spoke {
            label: row.name.clone(),
            value: row.rate.map(Rate::fraction),
            text: row.in_words.clone(),
        })
        .collect();
    let told: Vec<String> = spokes.iter().map(|it| format!("{} {}", it.label, it.text)).collect();
    figure(&radar(format!("{}雷达图", what.name), &spokes), &told.join("；"), &what.table(&rows))
}

fn lost(data: &Data<'_>, card: &Scorecard) -> Markup {
    let (catalogue, assessment) = (data.catalogue, data.assessment);
    let rows: Vec<_> = losses(card)
        .into_iter()
        .filter_map(|loss| Some((catalogue.points().get(loss.point)?, loss)))
        .collect();
    let Some((_, worst)) = rows.first() else {
        return html! { h2 { "失分排名" } p { "已评的要点没有失分。" } };
    };
    let most = hundredths(worst.points());
    let drawn: Vec<Bar> = rows
        .iter()
        .take(LOSSES)
        .map(|(point, loss)| Bar {
            label: brief(catalogue, point),
            depth: 1,
            value: Some(hundredths(loss.points())),
            text: format!("失 {} 分", loss.points()),
        })
        .collect();
    let title =
        if rows.len() > LOSSES { format!("失分最多的 {LOSSES} 项") } else { "失分排名".to_owned() };
    let table = html! {
        table.z-table {
            thead { tr {
                (heads([
                    (catalogue.point_label.as_str(), Words), ("失分", Numbers), ("得分 / 分值", Numbers), ("扣分原因", Words),
                ]))
            } }
            tbody {
                @for (point, loss) in &rows {
                    tr {
                        th scope="row" { (point_link(catalogue, &assessment.head.id, point)) }
                        td.z-table__number { (loss.points()) }
                        td.z-table__number { (loss.got) " / " (loss.of) }
                        td { (assessment.answer(&point.id).deduction) }
                    }
                }
            }
        }
    };
    html! {
        h2 { "失分排名" }
        (figure(&bars(title, &drawn, most, &[]), "失分多的在前。", &table))
    }
}

#[allow(clippy::cast_precision_loss, reason = "for what is drawn")]
const fn hundredths(points: Points) -> f64 {
    points.hundredths() as f64
}

/// A point in a few words.
fn brief(catalogue: &Catalogue, point: &Point) -> String {
    let words = if point.title.is_empty() { &point.text } else { &point.title };
    format!("{} {} {words}", catalogue.point_label, point.no)
}

fn point_link(catalogue: &Catalogue, id: &AssessmentId, point: &Point) -> Markup {
    html! {
        a href=(Route::Assessment(id.clone(), Page::Point(point.ordinal))) { (catalogue.point_label) " " (point.no) }
    }
}
