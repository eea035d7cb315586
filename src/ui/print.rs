//! 打印: the filled form from text blocks, because a printed text field shows
//! only what fits into its box. Every character of every text is on it.

use leptos::prelude::*;
use zhidu::assessment::{Answer, Assessment, State};
use zhidu::catalogue::{Catalogue, Point};
use zhidu::score::{read, score};

use crate::ui::desk::{Desk, Opened};
use crate::ui::frame::completion;
use crate::ui::score::print;

/// The page 打印.
#[component]
pub fn PrintPage(
    /// What is open.
    opened: Opened,
) -> impl IntoView {
    let desk = Desk::here();
    let catalogue = opened.catalogue.clone();
    let body = desk.look(|assessment, catalogue| Some(form(assessment, catalogue)));
    let total = desk.look(|assessment, catalogue| score(catalogue, assessment).total);
    let summary = match catalogue.total() {
        Some(_) => format!(
            "得分 {} / {} / {}（已评得分 / 已评项满分 / 满分）",
            total.got, total.of_scored, total.maximum
        ),
        None => completion(&total),
    };
    view! {
        <main class="z-print" id="main">
            <p class="z-noprint"><button type="button" class="z-button z-button--main" on:click=|_| print()>"打印"</button>
                <span class="z-hint">"A4 纸；在浏览器的打印窗口中也可另存为 PDF。"</span></p>
            <h1>{catalogue.title.clone()}</h1>
            <p class="z-print__sub">"自评表"</p>
            {desk.look(|assessment, _| Some(cover(assessment)))}
            <p>{summary}</p>
            {body}
        </main>
    }
}

fn cover(assessment: &Assessment) -> impl IntoView + use<> {
    let head = &assessment.head;
    let lines = [
        ("填报单位", format!("{} {}", head.unit_name, head.unit_code)),
        ("年度", head.year.clone()),
        ("截止日期", head.due.clone()),
        ("填表人", head.cover.filler.clone()),
        ("审核人", head.cover.reviewer.clone()),
        ("负责人", head.cover.leader.clone()),
        ("电话", head.cover.phone.clone()),
    ];
    view! {
        {head.example.then(|| view! { <p class="z-banner">"示例，非真实填报"</p> })}
        <dl class="z-print__cover">
            {lines.map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })}
        </dl>
    }
}

fn form(assessment: &Assessment, catalogue: &Catalogue) -> Vec<AnyView> {
    let mut views = Vec::new();
    for group in catalogue.groups() {
        let heading = group.heading();
        views.push(match group.level {
            1 => view! { <h2>{heading}</h2> }.into_any(),
            2 => view! { <h3>{heading}</h3> }.into_any(),
            _ => view! { <h4>{heading}</h4> }.into_any(),
        });
        let inner = catalogue.points().get(group.points.clone()).unwrap_or_default();
        let direct = inner
            .iter()
            .filter(|point| catalogue.groups().get(point.group).is_some_and(|it| it.id == group.id));
        views.extend(direct.map(|point| block(assessment, catalogue, point)));
    }
    views
}

fn block(assessment: &Assessment, catalogue: &Catalogue, point: &Point) -> AnyView {
    let answer = assessment.answer(&point.id);
    let mut lines: Vec<(String, String)> = vec![("填报状态".into(), answer.state.label().into())];
    if let Some(points) = point.points {
        let shown = match read(&answer.score, points) {
            Ok(None) => "未评".to_owned(),
            Ok(Some(value)) => value.to_string(),
            Err(error) => format!("{}（有误：{error}，未计入）", answer.score),
        };
        lines.push(("自评得分".into(), format!("{shown} / {points}")));
    }
    lines.push(("责任单位".into(), answer.units_in_force(point).join("、")));
    lines.push(("填报人".into(), answer.filler.clone()));
    if answer.state == State::NotApplicable {
        lines.push(("不适用理由".into(), answer.waiver.clone()));
    }
    lines.push(("完成情况说明".into(), answer.narrative.clone()));
    lines.push(("扣分原因".into(), answer.deduction.clone()));
    for item in &answer.check_items {
        lines.push((format!("测评点（自拟）：{}", item.text), item.finding.clone()));
    }
    let lines = lines
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| view! { <div class="z-print__line"><dt>{name}</dt><dd>{text}</dd></div> })
        .collect_view();
    view! {
        <section class="z-print__point">
            <p class="z-print__official"><b>{format!("{} {}", catalogue.point_label, point.no)}</b>" "{point.text.clone()}</p>
            <dl>{lines}</dl>
            {materials(assessment, answer)}
        </section>
    }
    .into_any()
}

fn materials(assessment: &Assessment, answer: &Answer) -> Option<impl IntoView + use<>> {
    let rows: Vec<_> = assessment
        .evidence_of(answer)
        .map(|(_, it)| {
            let cells = [&it.number, &it.title, &it.doc_no, &it.formed_on, &it.unit, &it.pages, &it.location];
            view! { <tr>{cells.map(|cell| view! { <td>{cell.clone()}</td> })}</tr> }
        })
        .collect();
    let heads = ["编号", "材料名称", "文号", "形成日期", "提供单位", "页数", "存放位置"];
    (!rows.is_empty()).then(|| {
        view! {
            <table class="z-table z-print__materials">
                <thead><tr>{heads.map(|head| view! { <th scope="col">{head}</th> })}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
    })
}
