//! What 学校数据 comes to: the coefficients of each stage against their limits, and
//! how the schools are spread over each indicator.

use maud::{Markup, html};

use crate::analysis::{Distribution, distribution};
use crate::html::at_a_glance;
use crate::html::read::chart::{Bar, Mark, bars, columns, figure};
use crate::html::read::coefficients::limit_text;
use crate::html::table::Holds::{Numbers, Words};
use crate::html::table::heads;
use crate::measure::{CoefficientLimits, Data, coefficient_limits, places};
use crate::route::{Page, Route};
use crate::school::Stage;
use crate::school::cv::{Coefficients, of_stages};
use crate::value::limit::Verdict;
use crate::value::number::Quotient;

/// How much longer than the longest bar or the farthest limit the axis is.
const BEYOND: f64 = 1.1;

/// The charts of both stages; nothing without schools to compute from.
pub fn coefficients(data: &Data<'_>) -> Markup {
    let stages = of_stages(&data.table, data.splitting);
    let page = |page| Route::Assessment(data.assessment.head.id.clone(), page);
    html! {
        @if !stages.is_empty() {
            h2 { "差异系数" }
            p.z-hint.z-noprint {
                "计算方法、各校份额和试算见“" a href=(page(Page::Coefficients)) { "差异系数" }
                "”，逐校数据见“" a href=(page(Page::Schools)) { "学校数据" } "”。"
            }
            div.z-charts { @for found in &stages { (against_limits(data, found)) } }
            @for found in &stages {
                h2 { "学校分布：" (found.stage.label()) }
                div.z-charts.z-charts--small {
                    @for single in &found.singles {
                        @if let Some(spread) = distribution(data, found.stage, single) { (spread_of(found.stage, &spread)) }
                    }
                }
            }
        }
    }
}

fn against_limits(data: &Data<'_>, found: &Coefficients) -> Markup {
    let CoefficientLimits { mean, single } = coefficient_limits(data, found.stage);
    // One school alone differs from no other.
    let judged = |verdict: Verdict| (!found.is_of_one()).then_some(verdict);
    let composite = (
        "综合（七项平均）",
        found.composite().ok(),
        mean.and_then(|it| judged(found.judge_composite(it.limit))),
        mean,
    );
    let singles = found
        .singles
        .iter()
        .map(|it| (it.indicator.name(), it.value(), judged(found.judge(it, single.limit)), Some(single)));
    let rows: Vec<_> = singles.chain([composite]).collect();
    let said = |verdict: Option<Verdict>, limited: bool| match verdict {
        Some(verdict) => verdict.label(),
        None if limited => "仅1所",
        None => "",
    };
    let shown = |value: Option<f64>| value.map_or_else(|| "—".to_owned(), |it| places(it, None));
    let drawn: Vec<Bar> = rows
        .iter()
        .map(|(name, value, verdict, applied)| Bar {
            label: (*name).to_owned(),
            depth: usize::from(applied.is_some_and(|it| it.by.is_none()) && mean.is_some()),
            value: *value,
            text: format!("{}　{}", shown(*value), said(*verdict, applied.is_some())),
        })
        .collect();
    let limits = [Some(single), mean];
    let marks: Vec<Mark> = limits
        .iter()
        .flatten()
        .map(|it| Mark { at: it.limit.value().to_f64(), label: limit_text(data, it) })
        .collect();
    let ends = rows.iter().filter_map(|(_, value, ..)| *value).chain(marks.iter().map(|it| it.at));
    let most = ends.fold(0.0, f64::max) * BEYOND;
    let table = html! {
        table.z-table {
            thead { tr { (heads([("指标", Words), ("差异系数", Numbers), ("限值", Words), ("结论", Words)])) } }
            tbody {
                @for (name, value, verdict, applied) in &rows {
                    tr {
                        th scope="row" { (name) }
                        td.z-table__number { (shown(*value)) }
                        td { @if let Some(applied) = applied { (limit_text(data, applied)) } }
                        td { (said(*verdict, applied.is_some())) }
                    }
                }
            }
        }
    };
    let title = format!("{}差异系数（{} 所）", found.stage.label(), found.counted.rows.len());
    figure(&bars(title, &drawn, most, &marks), "虚线为限值。", &table)
}

fn spread_of(stage: Stage, of: &Distribution) -> Markup {
    let unit = of.indicator.unit();
    let named = |value: &Quotient| format!("{} {unit}", value.to_text());
    let [least, middle, most] = &of.least_middle_most;
    let standard = of.standard.map(|it| format!("{} {} {unit}", it.sign(), it.value()));
    let title = format!("{}（{unit}）", of.indicator.name());
    let mut told = format!("{}有数据的学校 {} 所", stage.label(), of.schools());
    if standard.is_some() {
        told += &format!("，低于标准 {} 所", of.short);
    }
    if of.missing > 0 {
        told += &format!("，缺数据 {} 所", of.missing);
    }
    let facts = [
        ("最低", Some(named(least))),
        ("中位", Some(named(middle))),
        ("最高", Some(named(most))),
        ("本地区均值", of.mean.map(|mean| format!("{mean:.3} {unit}"))),
        ("标准", standard),
    ];
    let table = html! {
        table.z-table {
            tbody {
                @for (name, value) in facts { @if let Some(value) = value {
                    tr { th scope="row" { (name) } td.z-table__number { (at_a_glance(&value)) } }
                } }
                @for (column, count) in of.columns.iter().enumerate() {
                    tr {
                        th scope="row" { (of.edge(column)) " 至不足 " (of.edge(column + 1)) }
                        td.z-table__number { (count) " 所" }
                    }
                }
            }
        }
    };
    html! { div { (figure(&columns(title, of), &told, &table)) p.z-hint { (told) "。" } } }
}
