//! What 工作台 says about keeping data on this machine: what was lost, how old a
//! backup is, and the way to remove everything on purpose.

use leptos::prelude::*;
use leptos::task::spawn_local;
use zhidu::record::backup::{self, Backup};
use zhidu::workbook::name;

use crate::browser::{clock, files, prefs, shell};
use crate::ui::desk::Desk;
use crate::ui::late::Shown;
use crate::ui::live::{hearing, live};

/// A backup that is older than so many days is worth a word.
const BACKUP_DAYS: i64 = 7;

/// Hands out a backup as a download and notes the day. `short` is the 简称 of its
/// catalogue. Gives the name of the file, or nothing if the browser refuses.
pub fn hand_out(backup: &Backup, short: &str) -> Option<String> {
    let head = &backup.assessment.head;
    let name = name::backup(head, short, &clock::date_and_time(), backup.seq);
    files::download(&name, files::JSON, backup::write(backup).as_bytes())?;
    prefs::set(&format!("backup.{}", head.id), &clock::date());
    Some(name)
}

/// What is said about the backup of an assessment, if anything: nothing in its
/// first days, and never more than a quiet line.
pub fn backup_age(id: &str) -> Option<String> {
    let first_seen = format!("since.{id}");
    let Some(backed_up) = prefs::get(&format!("backup.{id}")) else {
        let Some(since) = prefs::get(&first_seen) else {
            prefs::set(&first_seen, &clock::date());
            return None;
        };
        return (clock::days_since(&since)? >= BACKUP_DAYS).then(|| "还没有导出过备份".to_owned());
    };
    match clock::days_since(&backed_up)? {
        days if days >= BACKUP_DAYS => Some(format!("上次备份在 {days} 天前")),
        _ => None,
    }
}

/// What was stored here and is gone.
#[component]
pub fn LostNotice(
    /// Opens the file dialog of 导入.
    import: Callback<()>,
) -> impl IntoView {
    let desk = Desk::here();
    let panel = move || {
        let lost = desk.lost.get();
        let panel = (!lost.is_empty()).then(|| {
            view! {
                <section class="z-lost" role="alert" aria-label="本机数据已被清除">
                    <h2>"本机数据已被清除"</h2>
                    <p>
                        "下列自评曾存在这个浏览器里，现在找不到了。浏览器的“清除浏览数据”、清理软件、退出时清除或磁盘空间不足都会造成这种情况。本程序没有删除它们。"
                    </p>
                    <ul>{lost.iter().map(|it| view! { <li>{format!("{}（最近修改 {}）", it.name, it.changed)}</li> }).collect_view()}</ul>
                    <p>"如有备份文件，请点“导入备份”恢复；最近导出的 Excel 也请先妥善保存。"</p>
                    <div class="z-form__buttons">
                        <button type="button" class="z-button" on:click=hearing(move |_| desk.loss_is_known())>"知道了"</button>
                        <button type="button" class="z-button z-button--main" disabled=shell::safe_mode() on:click=hearing(move |_| import.run(()))>"导入备份"</button>
                    </div>
                </section>
            }
        });
        panel.into_any()
    };
    live(panel)
}

later! { handling:
    /// What the dialog 清除本机数据 asks: the one place where everything is removed on
    /// purpose. It is closed when done.
    pub fn clear_data() -> Shown<RwSignal<bool>> { |open| view! { <ClearData open=open/> }.into_any() }
}

#[component]
fn ClearData(
    /// The dialog to close when done.
    open: RwSignal<bool>,
) -> impl IntoView {
    let desk = Desk::here();
    let agreed = RwSignal::new(false);
    let clear = move |_| {
        open.set(false);
        spawn_local(async move {
            match desk.clear().await {
                Ok(()) => desk.notices.confirm("本机数据已全部清除。".to_owned()),
                Err(why) => desk.notices.complain(format!("未能清除：{why}。数据没有改动。")),
            }
        });
    };
    let names = move || {
        let gone = desk.deleted.get().into_iter().map(|row| format!("{}（在“最近删除”中）", row.name));
        let all = desk.list.get().into_iter().map(|row| row.name).chain(gone);
        all.map(|name| view! { <li>{name}</li> }).collect_view()
    };
    view! {
        <p>"将从这个浏览器中删除全部自评、还原点、修改记录和设置，不能撤销。只想删除一份，请用那一行的“删除”。"</p>
        <ul class="z-cleared">{names}</ul>
        <p><button type="button" class="z-button" on:click=move |_| spawn_local(back_up_all(desk))>"先导出全部备份"</button></p>
        <p>
            <label class="z-check">
                <input type="checkbox" prop:checked=move || agreed.get() on:change=move |event| agreed.set(event_target_checked(&event))/>
                "已有备份，或这些内容不再需要"
            </label>
        </p>
        <div class="z-form__buttons">
            <button type="button" class="z-button z-button--main" on:click=move |_| open.set(false)>"取消"</button>
            <button type="button" class="z-button z-button--danger" disabled=move || !agreed.get() on:click=clear>"全部清除"</button>
        </div>
    }
}

async fn back_up_all(desk: Desk) {
    for row in desk.list.get_untracked().into_iter().chain(desk.deleted.get_untracked()) {
        let backup = desk.stored_backup(&row.id).await.ok();
        if backup.and_then(|backup| hand_out(&backup, &row.catalogue)).is_none() {
            desk.notices.complain(format!("“{}”的备份未能导出，请打开它再导出。", row.name));
        }
    }
}
