//! What can be done with an assessment on 工作台 without opening it.

use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use zhidu::record::summary::Summary;
use zhidu::store::deleted::KEPT_DAYS;

use crate::ui::desk::{Created, Desk};
use crate::ui::dom::catch_focus;
use crate::ui::home::deleted::bring_back;
use crate::ui::home::keeping::hand_out;
use crate::ui::late::Shown;

later! { handling:
    /// 复制.
    pub async fn copy(desk: Desk, row: Summary) -> () {
        match desk.peek(&row.id).await {
            Ok((assessment, ..)) => {
                let name = desk.distinct_name(&format!("{} 副本", row.name));
                let mut copy = assessment.copy_as(desk.fresh_id(), name);
                copy.head.example = row.example;
                if let Created::Refused(why) | Created::InMemory(_, why) = desk.create(copy, &[]).await {
                    desk.notices.complain(format!("副本未能存到本机：{why}。"));
                }
            }
            Err(error) => desk.notices.complain(error.in_words()),
        }
    }

    /// 删除.
    pub async fn delete(desk: Desk, row: Summary) -> () {
        match desk.delete(&row).await {
            Ok(()) => {
                let id = row.id.clone();
                let undo = Callback::new(move |()| spawn_local(bring_back(desk, id.clone())));
                let text = format!("已删除“{}”，{KEPT_DAYS} 天内可在“最近删除”中恢复。", row.name);
                desk.notices.offer_about(row.id.clone(), text, "撤销", undo);
                tick().await;
                catch_focus(&["main tbody a", "main button"]);
            }
            Err(why) => desk.notices.complain(format!("未能删除：{why}。数据没有改动。")),
        }
    }

    /// 备份.
    pub async fn save_backup(desk: Desk, row: Summary) -> () {
        let backup = desk.stored_backup(&row.id).await.ok();
        match backup.and_then(|backup| hand_out(&backup, &row.catalogue)) {
            Some(name) => desk.notices.confirm(format!("已导出 {name}")),
            None => desk.notices.complain("备份未能导出，本机数据没有改动。请打开该自评后再试。".to_owned()),
        }
    }

    /// What 改名 asks: of which row, and the dialog to close when done.
    pub fn rename() -> Shown<(Summary, RwSignal<bool>)> {
        |(row, open)| view! { <RenameForm row=row open=open/> }.into_any()
    }
}

#[component]
fn RenameForm(
    /// What is renamed.
    row: Summary,
    /// The dialog to close when done.
    open: RwSignal<bool>,
) -> impl IntoView {
    let desk = Desk::here();
    let name = RwSignal::new(row.name.clone());
    let rename = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (id, name) = (row.id.clone(), name.get_untracked().trim().to_owned());
        open.set(false);
        if name.is_empty() {
            return;
        }
        spawn_local(async move {
            desk.close().await;
            if let Err(why) = desk.rename(&id, &name).await {
                desk.notices.complain(format!("未能改名：{why}。原名没有改动。"));
            }
        });
    };
    view! {
        <form class="z-form" on:submit=rename>
            <div class="z-field z-field--wide">
                <label class="z-field__label" for="rename">"名称"</label>
                <input id="rename" class="z-input" autocomplete="off" prop:value=move || name.get() on:input=move |event| name.set(event_target_value(&event))/>
            </div>
            <div class="z-form__buttons">
                <button type="button" class="z-button" on:click=move |_| open.set(false)>"取消"</button>
                <button type="submit" class="z-button z-button--main">"改名"</button>
            </div>
        </form>
    }
}
