//! 测评点 of the user's own, where the catalogue leaves that column empty.
//! Always marked 自拟: theirs, not the document's.

use leptos::prelude::*;
use zhidu::assessment::place::{CheckItemField, Place};
use zhidu::catalogue::PointId;

use crate::ui::desk::Desk;
use crate::ui::evidence::focus_first_field;
use crate::ui::field::Field;

/// The user's 测评点 of the `index`-th point.
#[component]
pub fn OwnItems(
    /// Index of the point.
    index: usize,
    /// Its name.
    point: PointId,
) -> impl IntoView {
    let desk = Desk::here();
    let rows = Memo::new(move |_| {
        desk.answer(index, |_, answer| {
            answer.check_items.iter().map(|item| item.id.clone()).collect::<Vec<_>>()
        })
    });
    let point = StoredValue::new(point);
    let add = move |_| {
        let row = desk.fresh_row();
        let element = format!("item-{row}");
        point.with_value(|point| desk.act(|assessment| assessment.adding_check_item(point, row)));
        focus_first_field(element);
    };
    let row = move |row: zhidu::assessment::RowId| {
        let place = |field| Place::CheckItem(point.get_value(), row.clone(), field);
        let (text, finding) = (place(CheckItemField::Text), place(CheckItemField::Finding));
        let element = format!("item-{row}");
        let drop_row = move |_| {
            point.with_value(|point| desk.act(|assessment| assessment.dropping_check_item(point, &row)));
        };
        view! {
            <li class="z-own-items__row" id=element>
                <Field place=text label="测评点" bare=true placeholder="测评点（自拟）"/>
                <Field place=finding label="测评情况" bare=true placeholder="测评情况"/>
                <button type="button" class="z-button z-button--quiet" aria-label="移除测评点" title="移除" on:click=drop_row>"×"</button>
            </li>
        }
    };
    view! {
        <div class="z-own-items" role="group" aria-label="测评点（自拟）">
            <div class="z-evidence__head">
                <h4>"测评点"<span class="z-tag">"自拟"</span></h4>
                <button type="button" class="z-button" on:click=add>"添加测评点"</button>
                <span class="z-hint">"原件此列为空，可自行拟定。"</span>
            </div>
            <ol class="z-own-items__rows">
                <For each=move || rows.get() key=Clone::clone children=row/>
            </ol>
        </div>
    }
}
