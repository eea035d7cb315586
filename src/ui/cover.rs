//! 封面: who fills in, for when, and the lines that the submission's cover prints.

use leptos::prelude::*;
use zhidu::assessment::place::{HeadField, Place};

use crate::ui::desk::{Desk, Opened};
use crate::ui::field::Field;

/// The page 封面.
#[component]
pub fn CoverPage(
    /// What is open.
    opened: Opened,
) -> impl IntoView {
    let catalogue = opened.catalogue.clone();
    let head = Place::Head;
    let notes = catalogue.notes.clone();
    let example = Desk::here().look(|assessment, _| assessment.head.example);
    view! {
        <main class="z-page" id="main">
            <header class="z-page__head"><h1>"封面"</h1></header>
            {example.then(|| view! { <p class="z-banner">"这是示例：单位和内容都是虚构的，导出的文件也会标明“示例，非真实填报”。"</p> })}
            <fieldset class="z-card">
                <legend class="z-card__legend"><span class="z-card__name">"自评"</span></legend>
                <div class="z-form">
                    <Field place=head(HeadField::Name) label="名称"/>
                    <Field place=head(HeadField::UnitName) label="填报单位"/>
                    <Field place=head(HeadField::UnitCode) label="单位代码"/>
                    <Field place=head(HeadField::Year) label="年度"/>
                    <Field place=head(HeadField::Due) label="截止日期" placeholder="如 2026-12-31"/>
                </div>
            </fieldset>
            <fieldset class="z-card">
                <legend class="z-card__legend"><span class="z-card__name">"签署"</span></legend>
                <div class="z-form">
                    <Field place=head(HeadField::Filler) label="填表人"/>
                    <Field place=head(HeadField::Reviewer) label="审核人"/>
                    <Field place=head(HeadField::Leader) label="负责人"/>
                    <Field place=head(HeadField::Phone) label="电话"/>
                </div>
                <p class="z-hint">"这些内容印在导出的 Excel 封面上，盖章处留空。"</p>
            </fieldset>
            <section class="z-card">
                <h2>"指标体系"</h2>
                <p>{catalogue.title.clone()}{(!catalogue.doc_no.is_empty()).then(|| format!("（{}）", catalogue.doc_no))}</p>
                {(!notes.is_empty()).then(|| view! {
                    <h3>"原文说明"</h3>
                    <ul>{notes.into_iter().map(|note| view! { <li>{note}</li> }).collect_view()}</ul>
                })}
            </section>
        </main>
    }
}
