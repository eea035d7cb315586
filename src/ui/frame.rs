//! The header of an open assessment: its name, its pages, progress, score, the
//! save state, and what can be done from everywhere.

pub mod bar;
pub mod crash;
pub mod dialog;
pub mod edition;
pub mod export;
pub mod keyboard;
pub mod large;
pub mod standing;

use leptos::html;
use leptos::prelude::*;
use zhidu::assessment::place::{HeadField, Place};
use zhidu::html::{completion, score_line};
use zhidu::route::{Group, Page, PageKind, Route};

use crate::browser::height;
use crate::browser::shell::{self, Offline};
use crate::browser::worker::warm_up;
use crate::ui::desk::{Desk, Opened, Save};
use crate::ui::frame::export::{export_backup, export_submission};
use crate::ui::frame::large::LargeToggle;
use crate::ui::go::shown_kind;
use crate::ui::live::{hearing, holds, live, marked, said};

/// What the header can start.
#[derive(Clone, Copy)]
pub struct HeaderActions {
    /// Opens the file dialog of 导入.
    pub import: Callback<()>,
    /// 撤销.
    pub undo: Callback<()>,
    /// 重做.
    pub redo: Callback<()>,
    /// Shows the keys.
    pub help: Callback<()>,
}

/// The header of an open assessment.
#[component]
pub fn Header(
    /// What is open.
    opened: Opened,
    /// What it can start.
    actions: HeaderActions,
    /// Whether the page can do without its server.
    offline: RwSignal<Offline>,
) -> impl IntoView {
    let desk = Desk::here();
    let name = Memo::new(move |_| {
        desk.track();
        desk.shown_text(&Place::Head(HeadField::Name))
    });
    let example = desk.look(|assessment, _| assessment.head.example);
    let (of_unit, asks_schools) = desk.look(|assessment, _| {
        let share = assessment.head.share.as_ref();
        (share.is_some(), share.is_some_and(|it| it.schools))
    });
    let scored = opened.catalogue.total().is_some();
    let total = Memo::new(move |_| {
        desk.track();
        desk.total()
    });
    let progress = move || total.with(completion);
    let grave = Memo::new(move |_| desk.report.with(|report| report.count().grave()));
    let graves = move || {
        (grave.get() > 0)
            .then(|| view! { <span class="z-header__badge" aria-hidden="true" title="错误和警告">{grave.get().to_string()}</span> })
            .into_any()
    };
    // A page that no measure uses is not offered, unless there is something on it.
    let filled = Memo::new(move |_| {
        desk.track();
        desk.look(|assessment, _| !assessment.schools.is_empty())
    });
    let uses = opened.catalogue.uses_of_schools();
    let has_points = !opened.catalogue.points().is_empty();
    // Nobody looks for a page on which nothing waits.
    let waits = Memo::new(move |_| {
        desk.incoming.with(|incoming| !incoming.is_empty())
            || desk.route.with(|route| matches!(route, Route::Assessment(_, Page::Merge)))
    });
    let offered = move |kind| match kind {
        PageKind::Schools => uses.any() || filled.get() || asks_schools,
        // Of a few schools there is none.
        PageKind::Coefficients => !of_unit && (uses.coefficients || filled.get()),
        PageKind::Merge => waits.get(),
        // A school that is asked for its numbers alone has nothing on these.
        PageKind::FillIn | PageKind::Overview | PageKind::Analysis | PageKind::Print => has_points,
        // A unit shares out nothing.
        PageKind::Division | PageKind::Collect => !of_unit,
        _ => true,
    };
    let id = opened.id.clone();
    let link = move |kind: PageKind| {
        let shown = opened.clone();
        let here = Memo::new(move |_| {
            desk.route
                .with(|route| matches!(route, Route::Assessment(_, page) if shown_kind(&shown, page) == kind))
        });
        let href = Route::Assessment(id.clone(), kind.page()).to_string();
        let badge = (kind == PageKind::Check).then(|| live(graves));
        view! {
            <a class="z-header__page" href=href aria-current=marked(move || here.get().then_some("page"))>
                <span class="z-header__label" data-label=kind.label()>{kind.label()}</span>{badge}
            </a>
        }
        .into_any()
    };
    let groups = Group::ALL.map(|group| {
        let link = link.clone();
        let links =
            live(move || group.pages().filter(|kind| offered(*kind)).map(&link).collect_view().into_any());
        // A group that is named as its first page needs no name besides.
        let name = group.pages().all(|kind| kind.label() != group.label());
        let name = name
            .then(|| view! { <span class="z-header__group-name" aria-hidden="true">{group.label()}</span> });
        let empty = holds(move || !group.pages().any(offered));
        view! { <div class="z-header__group" class:z-gone=empty role="group" aria-label=group.label()>{name}{links}</div> }
            .into_any()
    });
    let header = NodeRef::<html::Header>::new();
    Effect::new(move |_| {
        if let Some(header) = header.get() {
            height::follow_header(&header);
        }
    });
    view! {
        <header class="z-header z-noprint" node_ref=header>
            <div class="z-header__row z-header__row--bar">
                <a class="z-header__home" href=Route::Home.to_string()>"工作台"</a>
                <span class="z-header__name" title=said(move || name.get()) prop:textContent=said(move || name.get())></span>
                {example.then(|| view! { <span class="z-tag z-tag--example">"示例，非真实填报"</span> })}
                <section class="z-header__total" class:z-gone=!has_points aria-label="得分">
                    <span class="z-header__progress" prop:textContent=said(progress)></span>
                    {scored.then(|| view! {
                        <span
                            class="z-header__score"
                            title="已评得分 / 已评项满分 / 满分"
                            prop:textContent=said(move || total.with(score_line))
                        ></span>
                    })}
                </section>
                <div class="z-header__state">
                    <SaveState/>
                    <OfflineState offline=offline/>
                    <LargeToggle/>
                </div>
            </div>
            <div class="z-header__row">
                <nav class="z-header__pages" aria-label="页面">
                    {groups.into_iter().collect_view()}
                </nav>
                <div class="z-header__tools">
                    <button type="button" class="z-button" disabled=holds(move || !desk.steps.get().0) on:click=hearing(move |_| actions.undo.run(()))>"撤销"</button>
                    <button type="button" class="z-button" disabled=holds(move || !desk.steps.get().1) on:click=hearing(move |_| actions.redo.run(()))>"重做"</button>
                    <button type="button" class="z-button" disabled=holds(move || desk.reading.get().is_some()) on:click=hearing(move |_| actions.import.run(()))>"导入"</button>
                    <button type="button" class="z-button" on:click=hearing(move |_| export_backup(desk))>"导出备份"</button>
                    <button
                        type="button"
                        class="z-button z-button--main"
                        on:pointerenter=hearing(|_| warm_up())
                        on:focus=hearing(|_| warm_up())
                        on:click=hearing(move |_| export_submission(desk))
                    >{if of_unit { "导出回传文件" } else { "导出 Excel" }}</button>
                    <button type="button" class="z-button z-button--quiet" aria-label="快捷键" on:click=hearing(move |_| actions.help.run(()))>"?"</button>
                </div>
            </div>
        </header>
    }
}

/// The save state, always true.
#[component]
pub fn SaveState() -> impl IntoView {
    let desk = Desk::here();
    let text = move || match desk.save.get() {
        Save::Nothing => String::new(),
        Save::Saved(at) if at.is_empty() => "已保存".to_owned(),
        Save::Saved(at) => format!("已保存 {at}"),
        Save::Saving => "正在保存".to_owned(),
        Save::Unsaved(_) => "未保存".to_owned(),
    };
    let reason = move || match desk.save.get() {
        Save::Unsaved(reason) => Some(format!("：{reason}。")),
        _ => None,
    };
    let name = move || format!("{}{}", text(), reason().unwrap_or_default());
    let bad = move || desk.save.with(|it| matches!(it, Save::Unsaved(_)));
    view! {
        <span class="z-save" class:z-save--bad=holds(bad) role="status" aria-label=said(name)>
            <span prop:textContent=said(text)></span><span prop:textContent=said(move || reason().unwrap_or_default())></span>
        </span>
    }
}

#[component]
pub fn OfflineState(
    /// Whether the page can do without its server.
    offline: RwSignal<Offline>,
) -> impl IntoView {
    let text = move || {
        let text = match offline.get() {
            Offline::Fetching => "正在准备离线使用",
            Offline::Ready if shell::reopens_offline() => "可离线使用",
            Offline::Ready => "可离线使用（关闭前）",
            Offline::Failed => "暂不能离线使用",
        };
        text.to_owned()
    };
    let title = match (shell::from_disk(), shell::reopens_offline()) {
        (true, _) => "本文件已包含全部程序",
        (false, true) => "程序已全部取到本机，断网后也能重新打开",
        (false, false) => "断网后可继续填报和导出；本网址未用 https，关闭网页后须联网才能再打开",
    };
    view! { <span class="z-offline" class:z-offline--ready=holds(move || offline.get() == Offline::Ready) title=title prop:textContent=said(text)></span> }
}
