//! 得分: totals by every level, with what is missing. For catalogues without
//! points the same page reports completion.

use leptos::prelude::*;
use zhidu::assessment::State;
use zhidu::points::Points;
use zhidu::route::{Page, Route};
use zhidu::score::{Tally, score};

use crate::ui::desk::{Desk, Opened};

/// The page 得分.
#[component]
pub fn ScorePage(
    /// What is open.
    opened: Opened,
) -> impl IntoView {
    let desk = Desk::here();
    let catalogue = opened.catalogue.clone();
    let card = desk.look(|assessment, catalogue| score(catalogue, assessment));
    let scored = catalogue.total().is_some();
    let total = card.total;
    let (name, unit) =
        desk.look(|assessment, _| (assessment.head.name.clone(), assessment.head.unit_name.clone()));
    let rows = catalogue
        .groups()
        .iter()
        .zip(&card.groups)
        .map(|(group, tally)| {
            let href = Route::Assessment(opened.id.clone(), Page::Group(group.id.clone())).to_string();
            let class = format!("z-level z-level--{}", group.level.min(3));
            view! {
                <tr class=class>
                    <th scope="row"><a href=href>{group.short_heading()}</a></th>
                    {cells(tally, scored)}
                </tr>
            }
        })
        .collect_view();
    let missing = missing_points(desk, &opened, &card.points);
    view! {
        <main class="z-page" id="main">
            <header class="z-page__head">
                <h1>{if scored { "得分" } else { "完成情况" }}</h1>
                <button type="button" class="z-button z-noprint" on:click=|_| print()>"打印本页"</button>
            </header>
            <p class="z-page__lead">{format!("{name} · {unit} · {}", catalogue.title)}</p>
            <ul class="z-figures">
                {scored.then(|| view! {
                    <li><b>{total.got.to_string()}</b><span>"已评得分"</span></li>
                    <li><b>{total.of_scored.to_string()}</b><span>"已评项满分"</span></li>
                    <li><b>{total.maximum.to_string()}</b><span>"满分"</span></li>
                    <li><b>{total.lost().to_string()}</b><span>"已评项失分"</span></li>
                })}
                <li><b>{format!("{} / {}", total.complete, total.points)}</b><span>"已完成"</span></li>
                <li><b>{total.drafting.to_string()}</b><span>"填报中"</span></li>
                <li><b>{total.blank.to_string()}</b><span>"未填"</span></li>
                <li><b>{total.not_applicable.to_string()}</b><span>"不适用"</span></li>
            </ul>
            {(scored && total.of_not_applicable > Points::ZERO).then(|| view! {
                <p class="z-hint">{format!("不适用要点的分值共 {} 分，仍计入满分，不计入已评项满分。", total.of_not_applicable)}</p>
            })}
            <p class="z-hint">"未评的要点不作 0 分计；程序只汇总自评得分，不评定等次。"</p>
            <div class="z-tablebox">
                <table class="z-table">
                    <caption>{if scored { "各级指标得分" } else { "各级完成情况" }}</caption>
                    <thead>
                        <tr>
                            <th scope="col">"指标"</th>
                            {scored.then(|| view! { <th scope="col">"已评得分"</th><th scope="col">"已评项满分"</th><th scope="col">"满分"</th><th scope="col">"未评"</th> })}
                            <th scope="col">"已完成"</th>
                            <th scope="col">"填报中"</th>
                            <th scope="col">"未填"</th>
                            <th scope="col">"不适用"</th>
                            <th scope="col">"无佐证"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                    <tfoot>
                        <tr class="z-level z-level--1"><th scope="row">"合计"</th>{cells(&total, scored)}</tr>
                    </tfoot>
                </table>
            </div>
            {missing}
        </main>
    }
}

fn cells(tally: &Tally, scored: bool) -> impl IntoView + use<> {
    let tally = *tally;
    let unscored = tally.points - tally.scored - tally.not_applicable;
    let number = |count: usize| if count == 0 { "–".to_owned() } else { count.to_string() };
    view! {
        {scored.then(|| view! {
            <td class="z-table__number">{if tally.scored == 0 { "–".to_owned() } else { tally.got.to_string() }}</td>
            <td class="z-table__number">{if tally.scored == 0 { "–".to_owned() } else { tally.of_scored.to_string() }}</td>
            <td class="z-table__number">{tally.maximum.to_string()}</td>
            <td class="z-table__number">{number(unscored)}</td>
        })}
        <td class="z-table__number">{format!("{} / {}", tally.complete, tally.points)}</td>
        <td class="z-table__number">{number(tally.drafting)}</td>
        <td class="z-table__number">{number(tally.blank)}</td>
        <td class="z-table__number">{number(tally.not_applicable)}</td>
        <td class="z-table__number">{number(tally.without_evidence)}</td>
    }
}

/// The points at which something is missing, with a link to each.
fn missing_points(desk: Desk, opened: &Opened, tallies: &[Tally]) -> impl IntoView + use<> {
    let rows: Vec<(String, String, Vec<&'static str>)> = desk.look(|assessment, catalogue| {
        catalogue
            .points()
            .iter()
            .zip(tallies)
            .filter_map(|(point, tally)| {
                let answer = assessment.answer(&point.id);
                let mut lacks = Vec::new();
                if answer.state == State::Blank {
                    lacks.push("未填");
                }
                if tally.refused > 0 {
                    lacks.push("得分有误");
                } else if tally.maximum > Points::ZERO && tally.scored == 0 && tally.not_applicable == 0 {
                    lacks.push("未评分");
                }
                if tally.unexplained > 0 {
                    lacks.push("缺扣分原因");
                }
                if answer.state == State::NotApplicable && answer.waiver.trim().is_empty() {
                    lacks.push("缺不适用理由");
                }
                if answer.state != State::NotApplicable
                    && answer.state != State::Blank
                    && answer.narrative.trim().is_empty()
                {
                    lacks.push("缺完成情况说明");
                }
                if answer.state != State::Blank && tally.without_evidence > 0 {
                    lacks.push("无佐证");
                }
                let name = format!("{} {}", catalogue.point_label, point.no);
                let route = Route::Assessment(opened.id.clone(), Page::Point(point.ordinal));
                (!lacks.is_empty()).then(|| (name, route.to_string(), lacks))
            })
            .collect()
    });
    let count = rows.len();
    let items = rows
        .into_iter()
        .map(|(name, href, lacks)| view! { <li><a href=href>{name}</a>" "{lacks.join("、")}</li> })
        .collect_view();
    view! {
        <h2>{format!("尚缺内容的要点（{count}）")}</h2>
        {if count == 0 { view! { <p>"没有缺项。"</p> }.into_any() } else { view! { <ul class="z-missing">{items}</ul> }.into_any() }}
    }
}

/// Opens the browser's print dialog.
pub fn print() {
    if let Some(window) = web_sys::window() {
        // A browser that cannot print says so itself.
        let _ = window.print();
    }
}
