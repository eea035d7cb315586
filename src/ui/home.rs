//! 工作台: all assessments on this machine.

pub mod deleted;
pub mod import;
pub mod keeping;
pub mod new;
pub mod sample;

use leptos::prelude::*;
use leptos::task::spawn_local;
use zhidu::record::summary::Summary;
use zhidu::route::{Page, Route};
use zhidu::store::deleted::KEPT_DAYS;

use crate::browser::{clock, shell};
use crate::ui::desk::{Created, Desk};
use crate::ui::frame::dialog::Dialog;
use crate::ui::go::go;
use crate::ui::hear::is_further_click;
use crate::ui::home::deleted::{RecentlyDeleted, bring_back};
use crate::ui::home::keeping::{ClearData, LostNotice, backup_age, hand_out};
use crate::ui::home::new::NewDialog;

/// The page 工作台.
#[component]
pub fn Home(
    /// Opens the file dialog of 导入.
    import: Callback<()>,
) -> impl IntoView {
    let desk = Desk::here();
    let safe = shell::safe_mode();
    let making = RwSignal::new(false);
    let renaming = RwSignal::new(None::<Summary>);
    let opening = RwSignal::new(false);
    let open_sample = move |_| {
        let known =
            desk.list.with_untracked(|list| list.iter().find(|row| row.example).map(|row| row.id.clone()));
        match known {
            Some(id) => go(&Route::Assessment(id, Page::Resume)),
            None => spawn_local(async move {
                opening.set(true);
                sample::open(desk).await;
                // The page may have been left by then.
                opening.try_set(false);
            }),
        }
    };
    let rows = move || desk.list.get();
    let row = move |row: Summary| view! { <Row row=row renaming=renaming/> };
    view! {
        <main class="z-home" id="main">
            <header class="z-home__head">
                <div>
                    <h1>"工作台"</h1>
                    <p class="z-home__lead">"区级人民政府履行教育职责自查自评：按官方指标逐点填报，自动汇总，导出 Excel 报送。"</p>
                </div>
                <div class="z-home__actions">
                    <button type="button" class="z-button z-button--main" disabled=safe on:click=move |_| making.set(true)>"新建自评"</button>
                    <button type="button" class="z-button" disabled=safe on:click=move |_| import.run(())>"导入"</button>
                    <button type="button" class="z-button" disabled=move || safe || opening.get() on:click=open_sample>{move || if opening.get() { "正在打开示例…" } else { "打开示例" }}</button>
                </div>
            </header>
            {shell::from_disk().then(|| view! {
                <p class="z-banner" role="note">"数据在本机浏览器中，不在U盘上。换一台电脑继续填报前，请在自评中点“导出备份”，再到新电脑上导入。"</p>
            })}
            <LostNotice import=import/>
            <Show
                when=move || desk.list.with(|list| !list.is_empty())
                fallback=|| view! {
                    <div class="z-welcome">
                        <p>"本机还没有自评。点“新建自评”，选定指标体系和填报单位即可开始；也可先“打开示例”看看填好的样子。"</p>
                        <ul>
                            <li>"随写随存：每次改动都存入本机浏览器，关闭后再打开，内容都在。"</li>
                            <li>"不联网也能用：数据只在这台电脑上，不上传任何内容。"</li>
                            <li>"导出的 Excel 可直接报送；导出的备份可在另一台电脑上继续填报。"</li>
                        </ul>
                    </div>
                }
            >
                <div class="z-tablebox">
                    <table class="z-table z-home__table">
                        <thead>
                            <tr>
                                <th scope="col">"自评"</th>
                                <th scope="col">"指标体系"</th>
                                <th scope="col">"填报单位"</th>
                                <th scope="col">"年度"</th>
                                <th scope="col">"进度"</th>
                                <th scope="col">"得分"</th>
                                <th scope="col">"截止日期"</th>
                                <th scope="col">"最近修改"</th>
                                <th scope="col">"操作"</th>
                            </tr>
                        </thead>
                        <tbody>
                            <For each=rows key=|row| format!("{row:?}") children=row/>
                        </tbody>
                    </table>
                </div>
            </Show>
            <RecentlyDeleted/>
            <p class="z-home__foot">{format!("智督 · 版本 {} · 数据只在本机浏览器中", shell::version())} <ClearData/></p>
            <NewDialog open=making/>
            <RenameDialog row=renaming/>
        </main>
    }
}

/// One assessment.
#[component]
fn Row(
    /// What is known of it.
    row: Summary,
    /// Set to rename it.
    renaming: RwSignal<Option<Summary>>,
) -> impl IntoView {
    let desk = Desk::here();
    let safe = shell::safe_mode();
    let href = Route::Assessment(row.id.clone(), Page::Resume).to_string();
    let score = match row.score {
        Some([got, of_scored, maximum]) => format!("{got} / {of_scored} / {maximum}"),
        None => "不计分".to_owned(),
    };
    let progress = format!("{} / {}", row.settled, row.points);
    let late = !row.due.is_empty() && row.due < clock::date() && row.settled < row.points;
    let stored = StoredValue::new(row.clone());
    let copy = move |_| {
        let row = stored.get_value();
        spawn_local(async move {
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
        });
    };
    let delete = move |event: leptos::ev::MouseEvent| {
        if is_further_click(&event) {
            return;
        }
        let row = stored.get_value();
        spawn_local(async move {
            match desk.delete(&row).await {
                Ok(()) => {
                    let id = row.id.clone();
                    let undo = Callback::new(move |()| spawn_local(bring_back(desk, id.clone())));
                    let text = format!("已删除“{}”，{KEPT_DAYS} 天内可在“最近删除”中恢复。", row.name);
                    desk.notices.offer_about(row.id.clone(), text, "撤销", undo);
                }
                Err(why) => desk.notices.complain(format!("未能删除：{why}。数据没有改动。")),
            }
        });
    };
    // Rows of earlier times may bear the same name.
    let named_alike = move || {
        stored
            .with_value(|row| desk.list.with(|list| list.iter().filter(|it| it.name == row.name).count() > 1))
    };
    let save_backup = move |_| {
        let row = stored.get_value();
        spawn_local(async move {
            let backup = desk.stored_backup(&row.id).await.ok();
            match backup.and_then(|backup| hand_out(&backup, &row.catalogue)) {
                Some(name) => desk.notices.confirm(format!("已导出 {name}")),
                None => {
                    desk.notices.complain("备份未能导出，本机数据没有改动。请打开该自评后再试。".to_owned())
                }
            }
        });
    };
    view! {
        <tr>
            <th scope="row">
                <a href=href>{row.name.clone()}</a>
                {move || named_alike().then(|| view! { <span class="z-hint">{format!("编号 {}", short_id(&stored.get_value()))}</span> })}
                {row.example.then(|| view! { <span class="z-tag z-tag--example">"示例"</span> })}
            </th>
            <td>{row.catalogue.clone()}</td>
            <td>{row.unit_name.clone()}</td>
            <td>{row.year.clone()}</td>
            <td>
                <progress class="z-bar" max=row.points.to_string() value=row.settled.to_string() aria-label="进度"></progress>
                " "{progress}
            </td>
            <td class="z-table__number">{score}</td>
            <td class:z-late=late>{row.due.clone()}{late.then_some("（已过期）")}</td>
            <td>{row.changed.clone()}{backup_age(row.id.as_str()).map(|age| view! { <br/><span class="z-hint">{age}</span> })}</td>
            <td class="z-table__tools">
                <button type="button" class="z-button z-button--quiet" disabled=safe aria-label=format!("复制 {}", row.name) on:click=copy>"复制"</button>
                <button type="button" class="z-button z-button--quiet" disabled=safe aria-label=format!("改名 {}", row.name) on:click=move |_| renaming.set(Some(stored.get_value()))>"改名"</button>
                <button type="button" class="z-button z-button--quiet" aria-label=format!("备份 {}", row.name) on:click=save_backup>"备份"</button>
                <button type="button" class="z-button z-button--quiet" disabled=safe aria-label=format!("删除 {}", row.name) on:click=delete>"删除"</button>
            </td>
        </tr>
    }
}

/// Enough of its identity to tell an assessment from its namesakes.
fn short_id(row: &Summary) -> String {
    row.id.as_str().chars().take(6).collect()
}

/// The dialog 改名.
#[component]
fn RenameDialog(
    /// What is renamed.
    row: RwSignal<Option<Summary>>,
) -> impl IntoView {
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
    let content = move || row.get().map(|row| view! { <RenameForm row=row open=open/> });
    view! { <Dialog open=open title="改名".to_owned()>{content}</Dialog> }
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
