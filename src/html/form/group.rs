//! The form of a group: the official texts, and for each point the fields in
//! which the district answers it.

use maud::{Markup, PreEscaped, html};

use crate::assessment::place::{AnswerField, CheckItemField, EvidenceField, Place};
use crate::assessment::{Assessment, AssessmentId, RowId, State};
use crate::catalogue::{Catalogue, Group, Point, PointId, mark_in_words};
use crate::html::act::{CardAct, RowAct};
use crate::html::form::field::{cell, field};
use crate::html::form::tree::neighbour;
use crate::html::hook::Slot;
use crate::route::{Page, Route};
use crate::value::sets::set_of;

/// The form of the `group`-th group: the points in it that `shows` lets
/// through, and links to the groups before and behind it.
pub fn form(catalogue: &Catalogue, id: &AssessmentId, group: usize, matching: Option<&[bool]>) -> String {
    let Some(shown) = catalogue.groups().get(group) else { return String::new() };
    let shows = |index: &usize| matching.is_none_or(|it| it.get(*index) == Some(&true));
    let points: Vec<usize> = shown.points.clone().filter(shows).collect();
    let to = |forward| neighbour(catalogue, group, forward, matching);
    let link = |page: Option<usize>, label: &str, class: &str| {
        let target = page.and_then(|page| catalogue.groups().get(page));
        html! {
            @if let Some(target) = target {
                a class=(class) href=(Route::Assessment(id.clone(), Page::Group(target.id.clone()))) {
                    (label) (target.short_heading())
                }
            }
        }
    };
    let markup = html! {
        h1.z-unseen { "填报" }
        header.z-group {
            p.z-group__above { (above(catalogue, shown)) }
            h2.z-group__heading #group-heading tabindex="-1" { (shown.heading()) }
            @if let Some(value) = &shown.value { p.z-group__text { "本组分值 " (value) " 分（原文）" } }
            @if !shown.title.is_empty() && !shown.text.is_empty() {
                p.z-group__text { (shown.text) }
            }
            p.z-group__progress #group-progress {}
        }
        @for (place, index) in points.iter().enumerate() {
            (subheading(catalogue, group, place.checked_sub(1).and_then(|it| points.get(it)).copied(), *index))
            (card(catalogue, *index))
        }
        @if points.is_empty() {
            p.z-empty { "本组没有符合筛选条件的" (catalogue.point_label) "。请改查别的内容，或清除筛选。" }
        }
        nav.z-steps.z-noprint aria-label="前后各组" {
            (link(to(false), "上一组：", "z-step"))
            (link(to(true), "下一组：", "z-step z-step--next"))
        }
    };
    markup.into_string()
}

fn above(catalogue: &Catalogue, group: &Group) -> String {
    let mut names = Vec::new();
    let mut next = group.parent;
    while let Some(parent) = next.and_then(|index| catalogue.groups().get(index)) {
        names.push(parent.short_heading());
        next = parent.parent;
    }
    names.reverse();
    names.join(" › ")
}

/// The name of the inner group that begins with this point, if one does.
fn subheading(catalogue: &Catalogue, page: usize, before: Option<usize>, index: usize) -> Markup {
    let group_of = |index: usize| catalogue.points().get(index).map(|point| point.group);
    let inner = group_of(index).filter(|group| *group != page && before.and_then(group_of) != Some(*group));
    html! {
        @if let Some(inner) = inner.and_then(|group| catalogue.groups().get(group)) {
            h3.z-subgroup { (inner.heading()) }
        }
    }
}

fn card(catalogue: &Catalogue, index: usize) -> Markup {
    let Some(point) = catalogue.points().get(index) else { return PreEscaped(String::new()) };
    let ordinal = point.ordinal;
    let of = |field| field_of(&point.id, field);
    html! {
        fieldset.z-card id={ "point-" (ordinal) } data-point=(index) tabindex="-1"
            aria-labelledby={ "point-" (ordinal) "-name" }
        {
            legend.z-card__legend id={ "point-" (ordinal) "-name" } {
                h3.z-card__name { (catalogue.point_label) " " (point.no) }
                @if let Some(points) = point.points { span.z-card__points { (points) " 分" } }
                @if let Some(mark) = point.mark { span.z-tag { (mark_in_words(mark, point.value.as_ref())) } }
                @if catalogue.editor_numbered { span.z-tag { "〔编者编号〕" } }
            }
            div.z-card__official {
                @if !point.title.is_empty() && !point.text.starts_with(&point.title) {
                    p.z-card__title { (point.title) }
                }
                p { (point.text) }
                @if !point.rule.is_empty() { p.z-hint { "评分标准：" (point.rule) } }
            }
            p.z-card__news.z-noprint data-slot=(Slot::News) {}
            div.z-card__row data-slot=(Slot::Fields) {
                (state_list(ordinal))
                @if let Some(points) = point.points {
                    div.z-score-field {
                        (of(AnswerField::Score))
                        span.z-score-field__of { "/ " (points) }
                        button.z-button.z-button--quiet type="button" data-do=(CardAct::GiveFull.name()) { "满分" }
                    }
                }
                (of(AnswerField::Units))
                (of(AnswerField::Filler))
            }
            div.z-card__narrative {
                (of(AnswerField::Narrative))
                span.z-count data-slot=(Slot::Count) aria-hidden="true" {}
            }
            @if point.points.is_some() {
                div.z-card__deduction data-slot=(Slot::Deduction) {
                    (of(AnswerField::Deduction))
                    p.z-hint.z-hint--asked { "得分低于分值，请写明扣分原因。" }
                }
            }
            (crate::html::form::measures::measures(catalogue, point))
            @if catalogue.check_items { (own_items()) }
            (materials())
            (folded_help(point))
        }
    }
}

fn field_of(point: &PointId, field_name: AnswerField) -> Markup {
    field(&Place::Answer(point.clone(), field_name))
}

/// 不适用理由, which stands on a card while the point is 不适用.
pub fn waiver(point: &PointId) -> String {
    let markup = html! {
        div.z-card__waiver data-slot=(Slot::Waiver) {
            (field_of(point, AnswerField::Waiver))
            p.z-hint { "不适用的要点不计入已评得分，满分仍按原分值列示。" }
        }
    };
    markup.into_string()
}

fn state_list(ordinal: u16) -> Markup {
    html! {
        div.z-field.z-field--state data-slot=(Slot::Field) {
            label.z-field__label for={ "state-" (ordinal) } { "填报状态" }
            select.z-input id={ "state-" (ordinal) } data-do=(CardAct::SetState.name()) {
                @for state in State::ALL { option value=(state.label()) { (state.label()) } }
            }
        }
    }
}

fn own_items() -> Markup {
    html! {
        div.z-own-items role="group" aria-label="测评点（自拟）" {
            div.z-evidence__head {
                h4 { "测评点" span.z-tag { "自拟" } }
                button.z-button type="button" data-do=(CardAct::AddItem.name()) { "添加测评点" }
                span.z-hint { "原件此列为空，可自行拟定。" }
            }
            ol.z-own-items__rows data-slot=(Slot::Items) {}
        }
    }
}

/// A row of the user's own 测评点.
pub fn item_row(point: &PointId, row: &RowId) -> String {
    let of = |field| cell(&Place::CheckItem(point.clone(), row.clone(), field));
    let markup = html! {
        li.z-own-items__row data-row=(row) {
            (of(CheckItemField::Text))
            (of(CheckItemField::Finding))
            button.z-button.z-button--quiet type="button" data-do=(RowAct::DropItem.name()) aria-label="移除测评点" title="移除" { "×" }
        }
    };
    markup.into_string()
}

fn materials() -> Markup {
    html! {
        div.z-evidence role="group" aria-label="佐证材料" {
            div.z-evidence__head {
                h4 { "佐证材料" }
                button.z-button type="button" data-do=(CardAct::AddMaterial.name()) { "添加材料" }
                select.z-input.z-evidence__cite aria-label="引用已有材料" data-do=(CardAct::CiteMaterial.name()) {
                    option value="" { "引用已有材料…" }
                }
            }
            div.z-evidence__labels.z-gone data-slot=(Slot::MaterialHeads) aria-hidden="true" {
                span { "编号" }
                @for field in EvidenceField::ALL { span { (field.label()) } }
                span {}
            }
            div.z-evidence__rows data-slot=(Slot::Materials) {}
        }
    }
}

/// A row of 佐证材料. What is said of other points follows when it is shown.
pub fn material_row(row: &RowId, number: &str) -> String {
    let tool = |act: RowAct, name: &str, sign: &str| {
        html! {
            button.z-button.z-button--quiet type="button" data-do=(act.name())
                aria-label={ (name) " " (number) } title=(name) { (sign) }
        }
    };
    let markup = html! {
        div.z-evidence__row data-row=(row) role="group" aria-label={ "材料 " (number) } {
            span.z-evidence__number { (number) }
            @for field in EvidenceField::ALL { (cell(&Place::Evidence(row.clone(), field))) }
            span.z-evidence__tools {
                (tool(RowAct::RaiseMaterial, "上移", "↑"))
                (tool(RowAct::LowerMaterial, "下移", "↓"))
                (tool(RowAct::DropMaterial, "移除", "×"))
            }
            p.z-evidence__shared.z-gone data-slot=(Slot::Shared) {}
        }
    };
    markup.into_string()
}

/// The materials that a point can cite, for the list 引用已有材料.
pub fn choices(assessment: &Assessment, point: &PointId) -> String {
    let listed = &assessment.answer(point).evidence;
    let found = assessment.evidence.iter().filter(|(row, _)| !listed.contains(row));
    let found = set_of(found.map(|(row, material)| (&material.number, row, &material.title)));
    let markup = html! {
        option value="" { "引用已有材料…" }
        @for (number, row, title) in found {
            option value=(row) {
                (number) " "
                @if title.is_empty() { "（未写名称）" } @else { (title) }
            }
        }
    };
    markup.into_string()
}

/// Help under a card, for narrow windows. It is filled in when it is unfolded.
fn folded_help(point: &Point) -> Markup {
    html! {
        details.z-card__help.z-noprint {
            summary {
                @match point.measures.len() {
                    0 => "上级指标原文、编者说明",
                    count => { "上级指标原文、量化条款（" (count) "）、编者说明" },
                }
            }
            div.z-card__helptext data-slot=(Slot::Help) {}
        }
    }
}
