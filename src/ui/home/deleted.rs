//! 最近删除 on 工作台: what was deleted and can be brought back, folded below the
//! table.

use leptos::prelude::*;
use leptos::task::spawn_local;
use zhidu::assessment::AssessmentId;
use zhidu::record::summary::Summary;
use zhidu::store::deleted::{KEPT_DAYS, days_left};

use crate::browser::{clock, shell};
use crate::ui::desk::Desk;
use crate::ui::frame::dialog::Dialog;
use crate::ui::late::Shown;

/// Brings an assessment back, and says so if the store refuses.
pub async fn bring_back(desk: Desk, id: AssessmentId) {
    desk.notices.forget(Some(&id));
    if let Err(why) = desk.bring_back(&id).await {
        desk.notices.complain(format!("未能恢复：{why}。它仍在“最近删除”中。"));
    }
}

later! { handling:
    /// The list.
    pub fn list() -> Shown<()> { |()| RecentlyDeleted().into_any() }
}

/// The list, where there is something in it.
#[component]
fn RecentlyDeleted() -> impl IntoView {
    let desk = Desk::here();
    let removing = RwSignal::new(None::<Summary>);
    let unfolded = RwSignal::new(false);
    let row = move |row: Summary| view! { <Row row=row removing=removing/> };
    view! {
        <Show when=move || desk.deleted.with(|deleted| !deleted.is_empty())>
            <details
                class="z-deleted"
                prop:open=move || unfolded.get()
                on:toggle=move |event| unfolded.set(event_target::<web_sys::Element>(&event).has_attribute("open"))
            >
                <summary>{move || format!("最近删除（{}）", desk.deleted.with(Vec::len))}</summary>
                <p class="z-hint">{format!("保留 {KEPT_DAYS} 天，到期后再打开工作台时彻底删除；期间内容、还原点和修改记录原样不动。")}</p>
                <div class="z-tablebox">
                    <table class="z-table" aria-label="最近删除">
                        <thead>
                            <tr>
                                <th scope="col">"自评"</th>
                                <th scope="col">"指标体系"</th>
                                <th scope="col">"填报单位"</th>
                                <th scope="col">"年度"</th>
                                <th scope="col">"删除时间"</th>
                                <th scope="col">"操作"</th>
                            </tr>
                        </thead>
                        <tbody><For each=move || desk.deleted.get() key=|row| format!("{row:?}") children=row/></tbody>
                    </table>
                </div>
            </details>
        </Show>
        <RemoveDialog row=removing/>
    }
}

#[component]
fn Row(
    /// What was deleted.
    row: Summary,
    /// Set to ask whether it is to go for good.
    removing: RwSignal<Option<Summary>>,
) -> impl IntoView {
    let desk = Desk::here();
    let safe = shell::safe_mode();
    let left = days_left(&row.deleted, &clock::date());
    let stored = StoredValue::new(row.clone());
    let back = move |_| spawn_local(bring_back(desk, stored.with_value(|row| row.id.clone())));
    view! {
        <tr>
            <th scope="row">{row.name.clone()}</th>
            <td>{row.catalogue.clone()}</td>
            <td>{row.unit_name.clone()}</td>
            <td>{row.year.clone()}</td>
            <td>{row.deleted.clone()}<br/><span class="z-hint">{format!("还保留 {left} 天")}</span></td>
            <td class="z-table__tools">
                <button type="button" class="z-button z-button--quiet" disabled=safe aria-label=format!("恢复 {}", row.name) on:click=back>"恢复"</button>
                <button type="button" class="z-button z-button--quiet" disabled=safe aria-label=format!("彻底删除 {}", row.name) on:click=move |_| removing.set(Some(stored.get_value()))>"彻底删除"</button>
            </td>
        </tr>
    }
}

/// Asks before something goes for good.
#[component]
fn RemoveDialog(
    /// What is to go.
    row: RwSignal<Option<Summary>>,
) -> impl IntoView {
    let desk = Desk::here();
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if row.with(Option::is_some) {
            open.set(true);
        }
    });
    Effect::new(move |_| {
        if !open.get() && row.with_untracked(Option::is_some) {
            row.set(None);
        }
    });
    let name = move || row.with(|row| row.as_ref().map(|row| row.name.clone()).unwrap_or_default());
    let remove = move |_| {
        let Some(row) = row.get_untracked() else { return };
        open.set(false);
        spawn_local(async move {
            match desk.remove(&row.id).await {
                Ok(()) => {
                    desk.notices.forget(Some(&row.id));
                    desk.notices.confirm(format!("已彻底删除“{}”。", row.name));
                }
                Err(why) => desk.notices.complain(format!("未能彻底删除：{why}。数据没有改动。")),
            }
        });
    };
    view! {
        <Dialog open=open title="彻底删除".to_owned()>
            <p>{move || format!("“{}”连同它的还原点和修改记录将从这台电脑上删除，不能恢复。", name())}</p>
            <div class="z-form__buttons">
                <button type="button" class="z-button z-button--main" on:click=move |_| open.set(false)>"取消"</button>
                <button type="button" class="z-button z-button--danger" on:click=remove>"彻底删除"</button>
            </div>
        </Dialog>
    }
}
