//! The bar below the header that says why work is not saved, or why nothing can
//! be changed here, and what can be done about it.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use zhidu::route::{Page, Route};

use crate::browser::{height, shell};
use crate::ui::desk::{Desk, Reading, Save};
use crate::ui::frame::bar::BarLine;
use crate::ui::frame::export::export_backup;
use crate::ui::live::{hearing, live};

/// The bar of an open assessment, or nothing.
#[component]
pub fn StandingBar() -> impl IntoView {
    let desk = Desk::here();
    let reading = move || {
        let Some(reading) = desk.reading.get() else { return ().into_any() };
        match reading {
            Reading::Safe => view! { <SafeMode/> }.into_any(),
            Reading::OtherText => view! {
                <BarLine bad=true text="这份自评所依据的指标体系文本不在本程序中，可能由更新版本的程序建立。现按本程序的文本显示，只读，不会改动任何内容；请刷新页面或用新版本打开。"/>
            }
            .into_any(),
            Reading::Newer => {
                let raw = move |_| {
                    spawn_local(async move {
                        if shell::download_raw().await.is_err() {
                            desk.notices.complain("浏览器不让读取本机数据，没有下载。".to_owned());
                        }
                    });
                };
                view! {
                    <BarLine bad=true text="这份自评由更新版本的程序写入，本版本只读：能看懂的都已显示，可以导出 Excel，不会改动任何内容。请刷新页面换用新版本，或向提供本程序的人索取新版文件。">
                        <button type="button" class="z-button" on:click=hearing(raw)>"下载原始数据"</button>
                    </BarLine>
                }
                .into_any()
            }
            Reading::Elsewhere => {
                let take = move |_| spawn_local(desk.take_over());
                view! {
                    <BarLine text="此自评正在另一个窗口中编辑。本窗口只读，内容随那个窗口更新。">
                        <button type="button" class="z-button" on:click=hearing(take)>"接管编辑"</button>
                    </BarLine>
                }
                .into_any()
            }
        }
    };
    let refused = Memo::new(move |_| match desk.save.get() {
        Save::Unsaved(reason) => Some(reason),
        _ => None,
    });
    let unsaved = move || {
        let Some(reason) = refused.get() else { return ().into_any() };
        view! {
            <BarLine bad=true role="alert" text=format!("内容没有存到本机：{reason}。")>
                <button type="button" class="z-button" on:click=hearing(move |_| export_backup(desk))>"立即导出备份"</button>
            </BarLine>
        }
        .into_any()
    };
    let unmerged = move || {
        let count = desk.unmerged.get();
        let id = desk.opened.with(|opened| opened.as_ref().map(|it| it.id.clone()));
        id.filter(|_| count > 0)
            .map(|id| {
                let href = Route::Assessment(id, Page::Past).to_string();
                view! {
                    <BarLine text=format!("有 {count} 份未并入的修改。")>
                        <a href=href>"到“历史”核对"</a>
                    </BarLine>
                }
            })
            .into_any()
    };
    let bars = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(bars) = bars.get() {
            height::follow_bars(&bars);
        }
    });
    view! { <div class="z-bars z-noprint" node_ref=bars>{live(unsaved)}{live(reading)}{live(unmerged)}</div> }
}

/// What 安全模式 is, and the way out of it.
#[component]
pub fn SafeMode() -> impl IntoView {
    view! {
        <BarLine bad=true text="安全模式：程序连续出错，已以只读方式打开。可以查看和导出，不会改动数据。">
            <button type="button" class="z-button" on:click=hearing(|_| shell::leave_safe_mode())>"退出安全模式"</button>
        </BarLine>
    }
}
