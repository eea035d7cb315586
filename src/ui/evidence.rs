//! 佐证材料 of one point: rows that can be added, moved, taken off and shared
//! between points. A row's 编号 never changes.

use leptos::prelude::*;
use zhidu::assessment::RowId;
use zhidu::assessment::place::{EvidenceField, Place};
use zhidu::catalogue::PointId;

use crate::ui::desk::Desk;
use crate::ui::field::{Field, Shape};

/// The materials of the `index`-th point.
#[component]
pub fn EvidenceTable(
    /// Index of the point.
    index: usize,
    /// Its name.
    point: PointId,
) -> impl IntoView {
    let desk = Desk::here();
    let rows = Memo::new(move |_| desk.answer(index, |_, answer| answer.evidence.clone()));
    let point = StoredValue::new(point);
    let add = move |_| {
        let row = desk.fresh_row();
        let field = format!("evidence-{row}");
        point.with_value(|point| desk.act(|assessment| assessment.adding_evidence(point, row)));
        focus_first_field(field);
    };
    view! {
        <div class="z-evidence" role="group" aria-label="佐证材料">
            <div class="z-evidence__head">
                <h4>"佐证材料"</h4>
                <button type="button" class="z-button" on:click=add>"添加材料"</button>
                <CiteExisting index=index point=point/>
            </div>
            <Show when=move || !rows.with(Vec::is_empty)>
                <div class="z-evidence__labels" aria-hidden="true">
                    <span>"编号"</span>
                    {EvidenceField::ALL.map(|field| view! { <span>{field.label()}</span> })}
                    <span></span>
                </div>
            </Show>
            <div class="z-evidence__rows">
                <For each=move || rows.get() key=Clone::clone children=move |row| view! { <EvidenceRow row=row index=index point=point/> }/>
            </div>
        </div>
    }
}

/// One material.
#[component]
fn EvidenceRow(
    /// The material.
    row: RowId,
    /// Index of the point that lists it here.
    index: usize,
    /// The point's name.
    point: StoredValue<PointId>,
) -> impl IntoView {
    let desk = Desk::here();
    let number = desk.look(|assessment, _| {
        assessment.evidence.get(&row).map(|evidence| evidence.number.clone()).unwrap_or_default()
    });
    let others = {
        let row = row.clone();
        Memo::new(move |_| {
            desk.answer(index, |assessment, _| {
                let citing = assessment.points_citing(&row).into_iter();
                let here = point.get_value();
                citing
                    .filter(|id| **id != here)
                    .map(|id| id.ordinal().to_string())
                    .collect::<Vec<_>>()
                    .join("、")
            })
        })
    };
    let stored = StoredValue::new(row.clone());
    let act = move |by: isize| {
        point.with_value(|point| {
            stored.with_value(|row| desk.act(|assessment| assessment.moving_evidence(point, row, by)));
        });
    };
    let drop_row = move |_| {
        point.with_value(|point| {
            stored.with_value(|row| desk.act(|assessment| assessment.dropping_evidence(point, row)));
        });
        desk.notices.confirm("已移除一份材料，可用“撤销”恢复。".to_owned());
    };
    let field = {
        let row = row.clone();
        move |field: EvidenceField| {
            let shape = if field == EvidenceField::Pages { Shape::Number } else { Shape::Line };
            let place = Place::Evidence(row.clone(), field);
            let placeholder = if field == EvidenceField::FormedOn { "如 2023年9月" } else { "" };
            view! { <Field place=place label=field.label() shape=shape bare=true placeholder=placeholder/> }
        }
    };
    view! {
        <div id=format!("evidence-{row}") class="z-evidence__row" role="group" aria-label=format!("材料 {number}")>
            <span class="z-evidence__number">{number.clone()}</span>
            {EvidenceField::ALL.map(field)}
            <span class="z-evidence__tools">
                <button type="button" class="z-button z-button--quiet" aria-label=format!("上移 {number}") title="上移" on:click=move |_| act(-1)>"↑"</button>
                <button type="button" class="z-button z-button--quiet" aria-label=format!("下移 {number}") title="下移" on:click=move |_| act(1)>"↓"</button>
                <button type="button" class="z-button z-button--quiet" aria-label=format!("移除 {number}") title="移除" on:click=drop_row>"×"</button>
            </span>
            {move || (!others.with(String::is_empty)).then(|| view! {
                <p class="z-evidence__shared">{format!("同时用于要点 {}；在此修改，各处同步", others.get())}</p>
            })}
        </div>
    }
}

/// 引用已有材料: lists a material of another point here too.
#[component]
fn CiteExisting(
    /// Index of the point.
    index: usize,
    /// Its name.
    point: StoredValue<PointId>,
) -> impl IntoView {
    let desk = Desk::here();
    let choices = RwSignal::new(Vec::<(String, String)>::new());
    let fill = move |_| {
        choices.set(desk.answer(index, |assessment, answer| {
            let listed = assessment.evidence.iter().filter(|(row, _)| !answer.evidence.contains(row));
            let mut found: Vec<(String, String)> = listed
                .map(|(row, it)| {
                    let title = if it.title.is_empty() { "（未写名称）" } else { &it.title };
                    (row.to_string(), format!("{} {title}", it.number))
                })
                .collect();
            found.sort_by(|a, b| a.1.cmp(&b.1));
            found
        }));
    };
    let select = NodeRef::<leptos::html::Select>::new();
    let choose = move |event| {
        if let Ok(row) = RowId::parse(&event_target_value(&event)) {
            point.with_value(|point| desk.act(|assessment| assessment.citing_evidence(point, &row)));
        }
        if let Some(select) = select.get_untracked() {
            select.set_value("");
        }
    };
    view! {
        <select class="z-input z-evidence__cite" aria-label="引用已有材料" node_ref=select on:focus=fill on:change=choose>
            <option value="">"引用已有材料…"</option>
            <For each=move || choices.get() key=Clone::clone children=|(row, name)| view! { <option value=row>{name}</option> }/>
        </select>
    }
}

/// Puts the focus into the first field of a row once it is drawn.
pub fn focus_first_field(row: String) {
    request_animation_frame(move || {
        let field = document().get_element_by_id(&row).and_then(|it| it.query_selector("input").ok()?);
        if let Some(field) =
            field.and_then(|it| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(it).ok())
        {
            // Without focus the row is there all the same.
            let _ = field.focus();
        }
    });
}
