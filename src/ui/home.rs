//! 工作台: all assessments on this machine.

mod acts;
pub mod deleted;
pub mod import;
pub mod keeping;
pub mod new;
pub mod sample;

use leptos::prelude::*;
use zhidu::record::summary::Summary;
use zhidu::route::{Page, Route};

use crate::browser::{clock, shell};
use crate::ui::desk::Desk;
use crate::ui::events::is_further_click;
use crate::ui::frame::dialog::Dialog;
use crate::ui::go::go;
use crate::ui::home::keeping::{LostNotice, backup_age};
use crate::ui::late::{Frame, Late, act};
use crate::ui::live::{Item, hearing, holds, list, live, said, shown};

/// The heads of the table.
const HEADS: &str = "<tr><th scope=col>自评<th scope=col>指标体系<th scope=col>填报单位<th scope=col>年度<th scope=col>进度<th scope=col class=z-table__number>得分<th scope=col>截止日期<th scope=col>最近修改<th scope=col>操作";

/// What is said where nothing is stored yet.
const WELCOME: &str = "<p>本机还没有自评。点“新建自评”，选定指标体系和填报单位即可开始；也可先“打开示例”看看填好的样子。</p>\
    <ul><li>随写随存：每次改动都存入本机浏览器，关闭后再打开，内容都在。</li>\
    <li>不联网也能用：数据只在这台电脑上，不上传任何内容。</li>\
    <li>导出的 Excel 可直接报送；导出的备份可在另一台电脑上继续填报。</li></ul>";

/// The page 工作台.
#[component]
pub fn Home(
    /// Opens the file dialog of 导入.
    import: Callback<()>,
) -> impl IntoView {
    let desk = Desk::here();
    let safe = shell::safe_mode();
    let making = RwSignal::new(false);
    let clearing = RwSignal::new(false);
    let renaming = RwSignal::new(None::<Summary>);
    let opening = RwSignal::new(false);
    let open_sample = move |_| {
        let known =
            desk.list.with_untracked(|list| list.iter().find(|row| row.example).map(|row| row.id.clone()));
        match known {
            Some(id) => go(&Route::Assessment(id, Page::Resume)),
            None => act(desk, async move {
                opening.set(true);
                let opened = sample::open(desk).await;
                // The page may have been left by then.
                opening.try_set(false);
                opened
            }),
        }
    };
    let sample = move || if opening.get() { "正在打开示例…" } else { "打开示例" }.to_owned();
    let some = Memo::new(move |_| desk.list.with(|list| !list.is_empty()));
    let row = move |row: Summary| {
        Item::new(format!("{row:?}"), move || view! { <Row row=row.clone() renaming=renaming/> }.into_any())
    };
    view! {
        <main class="z-home" id="main">
            <header class="z-home__head">
                <div>
                    <h1>"工作台"</h1>
                    <p class="z-home__lead">"区级人民政府履行教育职责自查自评：按官方指标逐点填报，自动汇总，导出 Excel 报送。"</p>
                </div>
                <div class="z-home__actions">
                    <button type="button" class="z-button z-button--main" disabled=safe on:click=hearing(move |_| making.set(true))>"新建自评"</button>
                    <button type="button" class="z-button" disabled=safe on:click=hearing(move |_| import.run(()))>"导入"</button>
                    <button type="button" class="z-button" disabled=holds(move || safe || opening.get()) on:click=hearing(open_sample) prop:textContent=said(sample)></button>
                </div>
            </header>
            {shell::from_disk().then(|| view! {
                <p class="z-banner" role="note">"数据在本机浏览器中，不在U盘上。换一台电脑继续填报前，请在自评中点“导出备份”，再到新电脑上导入。"</p>
            })}
            <LostNotice import=import/>
            {live(move || if some.get() {
                view! {
                    <div class="z-tablebox">
                        <table class="z-table z-home__table">
                            <thead inner_html=HEADS></thead>
                            <tbody>{list(move || desk.list.get().into_iter().map(row).collect())}</tbody>
                        </table>
                    </div>
                }
                .into_any()
            } else {
                view! { <div class="z-welcome" inner_html=WELCOME></div> }.into_any()
            })}
            {shown(
                move || desk.deleted.with(|deleted| !deleted.is_empty()),
                || view! { <Late about=() load=|| Box::pin(deleted::list()) frame=Frame::Quiet/> }.into_any(),
            )}
            <p class="z-home__foot">
                {format!("智督 · 版本 {} · 数据只在本机浏览器中", shell::version())} " "
                <button type="button" class="z-button z-button--quiet" disabled=safe on:click=hearing(move |_| clearing.set(true))>"清除本机数据"</button>
            </p>
            <Dialog open=making title="新建自评".to_owned()>
                <Late about=making load=|| Box::pin(new::form())/>
            </Dialog>
            <Dialog open=clearing title="清除本机数据".to_owned()>
                <Late about=clearing load=|| Box::pin(keeping::clear_data())/>
            </Dialog>
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
    let copy = move |_| act(desk, acts::copy(desk, stored.get_value()));
    let delete = move |event: leptos::ev::MouseEvent| {
        if !is_further_click(&event) {
            act(desk, acts::delete(desk, stored.get_value()));
        }
    };
    // Rows of earlier times may bear the same name.
    let named_alike = move || {
        stored
            .with_value(|row| desk.list.with(|list| list.iter().filter(|it| it.name == row.name).count() > 1))
    };
    let save_backup = move |_| act(desk, acts::save_backup(desk, stored.get_value()));
    view! {
        <tr>
            <th scope="row">
                <a href=href>{row.name.clone()}</a>
                {live(move || named_alike().then(|| view! { <span class="z-hint">{format!("编号 {}", short_id(&stored.get_value()))}</span> }).into_any())}
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
            <td class:z-overdue=late>{row.due.clone()}{late.then_some("（已过期）")}</td>
            <td>{row.changed.clone()}{backup_age(row.id.as_str()).map(|age| view! { <br/><span class="z-hint">{age}</span> })}</td>
            <td class="z-table__tools">
                <button type="button" class="z-button z-button--quiet" disabled=safe aria-label=format!("复制 {}", row.name) on:click=hearing(copy)>"复制"</button>
                <button type="button" class="z-button z-button--quiet" disabled=safe aria-label=format!("改名 {}", row.name) on:click=hearing(move |_| renaming.set(Some(stored.get_value())))>"改名"</button>
                <button type="button" class="z-button z-button--quiet" aria-label=format!("备份 {}", row.name) on:click=hearing(save_backup)>"备份"</button>
                <button type="button" class="z-button z-button--quiet" disabled=safe aria-label=format!("删除 {}", row.name) on:click=hearing(delete)>"删除"</button>
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
    let content = move || {
        row.get().map(|row| view! { <Late about=(row, open) load=|| Box::pin(acts::rename())/> }).into_any()
    };
    view! { <Dialog open=open title="改名".to_owned()>{live(content)}</Dialog> }
}
