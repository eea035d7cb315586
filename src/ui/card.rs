//! The card of one point: the official text, and the fields in which the
//! district answers it.

use leptos::prelude::*;
use zhidu::assessment::State;
use zhidu::assessment::place::{AnswerField, Place};
use zhidu::catalogue::{Catalogue, PointId};
use zhidu::points::Points;
use zhidu::score;

use crate::ui::aside::PointHelp;
use crate::ui::desk::Desk;
use crate::ui::evidence::EvidenceTable;
use crate::ui::field::{Field, Shape};
use crate::ui::own_items::OwnItems;

/// The card of the `index`-th point.
#[component]
pub fn Card(
    /// Index of the point.
    index: usize,
    /// Its catalogue.
    catalogue: std::sync::Arc<Catalogue>,
) -> impl IntoView {
    let desk = Desk::here();
    let Some(point) = catalogue.points().get(index).cloned() else { return ().into_any() };
    let id = point.id.clone();
    let at = {
        let id = id.clone();
        move |field| Place::Answer(id.clone(), field)
    };
    let maximum = point.points;
    let heading = format!("{} {}", catalogue.point_label, point.no);
    let heading_id = format!("point-{}-name", point.ordinal);
    let state = Memo::new(move |_| desk.answer(index, |_, answer| answer.state));
    let asks_reason = Memo::new(move |_| desk.point_tally(index).reduced > 0);
    let has_reason = Memo::new(move |_| desk.answer(index, |_, it| !it.deduction.trim().is_empty()));
    let length = Memo::new(move |_| desk.answer(index, |_, answer| answer.narrative.chars().count()));
    let editor_number = catalogue.editor_numbered.then_some("〔编者编号〕");
    let title =
        (!point.title.is_empty() && !point.text.starts_with(&point.title)).then(|| point.title.clone());
    let own_items = catalogue.check_items.then(|| view! { <OwnItems index=index point=id.clone()/> });
    let units = point.units.join("、");
    view! {
        <fieldset
            id=format!("point-{}", point.ordinal)
            class="z-card"
            class:z-card--complete=move || state.get() == State::Complete
            class:z-card--drafting=move || state.get() == State::Drafting
            class:z-card--excluded=move || state.get() == State::NotApplicable
            aria-labelledby=heading_id.clone()
            tabindex="-1"
            on:focusin=move |_| if desk.focus.get_untracked() != Some(index) { desk.focus.set(Some(index)) }
        >
            <legend class="z-card__legend" id=heading_id.clone()>
                <h3 class="z-card__name">{heading}</h3>
                {maximum.map(|points| view! { <span class="z-card__points">{format!("{points} 分")}</span> })}
                {editor_number.map(|text| view! { <span class="z-tag">{text}</span> })}
            </legend>
            <div class="z-card__official">
                {title.map(|title| view! { <p class="z-card__title">{title}</p> })}
                <p>{point.text.clone()}</p>
            </div>
            <div class="z-card__row">
                <StateSelect index=index id=id.clone() state=state/>
                {maximum.map(|points| view! { <ScoreField place=at(AnswerField::Score) maximum=points index=index/> })}
                <Field place=at(AnswerField::Units) label="责任单位" otherwise=units suggestions="unit-suggestions"/>
                <Field place=at(AnswerField::Filler) label="填报人"/>
            </div>
            <Show when=move || state.get() == State::NotApplicable>
                <Field place=Place::Answer(id.clone(), AnswerField::Waiver) label="不适用理由" shape=Shape::Block(2)/>
                <p class="z-hint">"不适用的要点不计入已评得分，满分仍按原分值列示。"</p>
            </Show>
            <div class="z-card__narrative">
                <Field place=at(AnswerField::Narrative) label="完成情况说明" shape=Shape::Block(4)/>
                <span class="z-count" aria-hidden="true">{move || format!("{} 字", length.get())}</span>
            </div>
            {maximum.is_some().then(|| view! {
                <div class="z-card__deduction" class:z-card__deduction--asked=move || asks_reason.get() && !has_reason.get()>
                    <Field place=at(AnswerField::Deduction) label="扣分原因" shape=Shape::Block(1)/>
                    <Show when=move || asks_reason.get() && !has_reason.get()>
                        <p class="z-hint z-hint--asked">"得分低于分值，请写明扣分原因。"</p>
                    </Show>
                </div>
            })}
            {own_items}
            <EvidenceTable index=index point=point.id.clone()/>
            <PointHelp index=index catalogue=catalogue/>
        </fieldset>
    }
    .into_any()
}

/// 填报状态 of a point.
#[component]
fn StateSelect(
    /// Index of the point.
    index: usize,
    /// Its name.
    id: PointId,
    /// The state in force.
    state: Memo<State>,
) -> impl IntoView {
    let desk = Desk::here();
    let field_id = format!("state-{index}");
    let chosen = move |event| {
        if let Some(to) = State::from_label(&event_target_value(&event)) {
            desk.act(|assessment| assessment.setting_state(&id, to));
        }
    };
    let options = State::ALL.map(|it| {
        view! { <option value=it.label() selected=move || state.get() == it>{it.label()}</option> }
    });
    view! {
        <div class="z-field z-field--state">
            <label class="z-field__label" for=field_id.clone()>"填报状态"</label>
            <select id=field_id class="z-input" prop:value=move || state.get().label() on:change=chosen>{options}</select>
        </div>
    }
}

/// 自评得分 of a point, with its maximum beside it and the two quickest answers.
#[component]
fn ScoreField(
    /// The text of the score.
    place: Place,
    /// The value of the point.
    maximum: Points,
    /// Index of the point.
    index: usize,
) -> impl IntoView {
    let desk = Desk::here();
    let read = Memo::new(move |_| {
        desk.answer(index, |_, answer| score::read(&answer.score, maximum).unwrap_or_default())
    });
    let full = place.clone();
    let give_full = move |_| {
        let _ = desk.leave_text(&full, &maximum.to_string(), Some(maximum));
        desk.wake_fields();
    };
    view! {
        <div class="z-score-field">
            <Field place=place label="自评得分" shape=Shape::Number maximum=Some(maximum)/>
            <span class="z-score-field__of">{format!("/ {maximum}")}</span>
            <button
                type="button"
                class="z-button z-button--quiet"
                class:z-button--gone=move || read.get() == Some(maximum)
                on:click=give_full
            >"满分"</button>
        </div>
    }
}
