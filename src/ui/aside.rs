//! What helps with a point: the texts that it stands under, its 量化指标 as
//! read-only hints, notes on the source. Shown at the right for the focused
//! point, and folded under each card where there is no room for that.

use std::sync::Arc;

use leptos::prelude::*;
use zhidu::catalogue::{Catalogue, Measure, Point, Repair};

use crate::ui::desk::{Desk, Opened};

/// The column at the right: help for the focused point.
#[component]
pub fn Aside(
    /// What is open.
    opened: Opened,
) -> impl IntoView {
    let desk = Desk::here();
    let body = move || {
        let catalogue = &opened.catalogue;
        match desk.focus.get().and_then(|index| Some((index, catalogue.points().get(index)?))) {
            Some((index, point)) => view! {
                <h2 class="z-aside__title">{format!("{} {}", catalogue.point_label, point.no)}</h2>
                {help(catalogue, index, point)}
            }
            .into_any(),
            None => view! {
                <h2 class="z-aside__title">"填报提示"</h2>
                <p>"点选任一要点，此处显示它的上级指标原文、量化条款和原文校订。"</p>
                <p>"内容随写随存，无需手工保存。按 ? 查看快捷键。"</p>
            }
            .into_any(),
        }
    };
    view! { <aside class="z-aside z-noprint" aria-label="要点参考" tabindex="0">{body}</aside> }
}

/// The same help folded under a card.
#[component]
pub fn PointHelp(
    /// Index of the point.
    index: usize,
    /// Its catalogue.
    catalogue: Arc<Catalogue>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let count = catalogue.points().get(index).map_or(0, |point| point.measures.len());
    let label = if count > 0 {
        format!("上级指标原文、量化条款（{count}）、原文说明")
    } else {
        "上级指标原文、原文说明".to_owned()
    };
    // Built when it is first unfolded: 54 cards need not carry it.
    let body = move || {
        let point = open.get().then(|| catalogue.points().get(index)).flatten()?;
        Some(help(&catalogue, index, point))
    };
    view! {
        <details class="z-card__help z-noprint" on:toggle=move |_| open.set(true)>
            <summary>{label}</summary>
            {body}
        </details>
    }
}

fn help(catalogue: &Catalogue, index: usize, point: &Point) -> AnyView {
    let ancestors = catalogue.ancestors(index);
    let levels = ancestors
        .iter()
        .map(|group| {
            let level = catalogue.levels.get(group.level - 1).cloned().unwrap_or_default();
            view! { <dt>{level}</dt><dd>{group.heading()}{(!group.title.is_empty() && !group.text.is_empty()).then(|| format!("：{}", group.text))}</dd> }
        })
        .collect_view();
    let measures = (!point.measures.is_empty()).then(|| {
        view! {
            <h3>"量化条款"</h3>
            <ul class="z-measures">{point.measures.iter().map(measure).collect_view()}</ul>
            <p class="z-hint">"供对照，程序不据此自动扣分。"</p>
        }
    });
    let cites = (!point.cites.is_empty()).then(|| {
        view! { <h3>"文中引用的文件"</h3><p>{point.cites.join("、")}</p> }
    });
    let mut repairs: Vec<Repair> = Vec::new();
    for repair in point.repairs.iter().chain(ancestors.iter().flat_map(|group| &group.repairs)) {
        if !repairs.iter().any(|known| known.no == repair.no) {
            repairs.push(repair.clone());
        }
    }
    let repairs = (!repairs.is_empty()).then(|| {
        view! {
            <h3>"原文校订"</h3>
            <ul class="z-repairs">{repairs.into_iter().map(repair_row).collect_view()}</ul>
        }
    });
    let notes: Vec<String> = std::iter::once(&point.note)
        .chain(ancestors.iter().map(|group| &group.note))
        .filter(|note| !note.is_empty())
        .cloned()
        .collect();
    let notes = (!notes.is_empty()).then(|| {
        view! { <h3>"原文说明"</h3>{notes.into_iter().map(|note| view! { <p>{note}</p> }).collect_view()} }
    });
    view! {
        <h3>"上级指标"</h3>
        <dl class="z-levels">{levels}</dl>
        {measures}{cites}{repairs}{notes}
    }
    .into_any()
}

fn measure(measure: &Measure) -> impl IntoView + use<> {
    let share = match (measure.numerator.as_str(), measure.denominator.as_str()) {
        ("", _) => String::new(),
        (numerator, "") => numerator.to_owned(),
        (numerator, denominator) => format!("{numerator} ÷ {denominator}"),
    };
    view! {
        <li>
            <p><strong>{measure.metric.clone()}</strong>" "<span class="z-limit">{measure.limit_text()}</span></p>
            {(!share.is_empty()).then(|| view! { <p class="z-hint">{format!("口径：{share}")}</p> })}
            <blockquote>{measure.quote.clone()}</blockquote>
            {(!measure.note.is_empty()).then(|| view! { <p class="z-hint">{measure.note.clone()}</p> })}
        </li>
    }
}

fn repair_row(repair: Repair) -> impl IntoView {
    view! {
        <li>
            <p><span class="z-tag">{repair.kind.label()}</span><span class="z-tag">{repair.confidence.label()}</span></p>
            <p>"转录：" <q>{repair.raw}</q></p>
            <p>"校订：" <q>{repair.fixed}</q></p>
            <p class="z-hint">{format!("依据：{}", repair.basis)}</p>
        </li>
    }
}
