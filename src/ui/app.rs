//! The page as a whole: which page is shown, what is open, and the things that
//! hang on the window rather than on any one page.
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use zhidu::assessment::place::{HeadField, Place};
use zhidu::route::{Page, PageKind, Route};

use crate::browser::shell::{self, Offline};
use crate::ui::desk::{Desk, OpenError, Opened};
use crate::ui::dom::focused_field;
use crate::ui::dropping::dropped;
use crate::ui::events;
use crate::ui::form::acts;
use crate::ui::form::fields;
use crate::ui::form::group::FillIn;
use crate::ui::form::rows;
use crate::ui::frame::crash;
use crate::ui::frame::dialog::Dialog;
use crate::ui::frame::export::ExportProgress;
use crate::ui::frame::large::{self, LargeToggle};
use crate::ui::frame::standing::{SafeMode, StandingBar};
use crate::ui::frame::{Header, HeaderActions, OfflineState, SaveState};
use crate::ui::frame::{edition, keyboard};
use crate::ui::go::shown_kind;
use crate::ui::home::Home;
use crate::ui::home::import::{Import, Picked};
use crate::ui::late::{Frame, Late};
use crate::ui::live::{hearing, live, shown};
use crate::ui::notices::NoticeList;
use crate::ui::read::{self, printing};
use crate::ui::{schools, together};

/// Mounts the page.
pub fn mount() {
    large::restore();
    mount_to_body(App);
}

#[component]
fn App() -> impl IntoView {
    let desk = Desk::new();
    provide_context(desk);
    crash::watch(desk);
    desk.watch_windows();
    desk.watch_checks();
    desk.watch_news();
    events::listen();
    fields::listen(desk);
    rows::listen(desk);
    acts::listen(desk);
    let offline = RwSignal::new(Offline::Fetching);
    let import = RwSignal::new(0_u32);
    let picked: Picked = RwSignal::new_local(Vec::new());
    let help = RwSignal::new(false);
    let connected = RwSignal::new(false);
    spawn_local(async move {
        desk.connect().await;
        follow_address(desk).await;
        connected.set(true);
        request_animation_frame(|| {
            shell::mounted();
        });
        shell::on_offline(move |state| offline.set(state));
        watch_updates(desk);
    });
    window_event_listener_untyped("hashchange", move |_| spawn_local(follow_address(desk)));
    keyboard::listen(desk, help);
    printing::listen();

    Effect::new(move |_| {
        if desk.route.with(|route| !matches!(route, Route::Home)) {
            desk.notices.forget(None);
        }
    });
    Effect::new(move |_| document().set_title(&title(desk)));
    let start_import = Callback::new(move |()| import.update(|count| *count += 1));
    dropped(move |files| picked.set(files));
    let actions = HeaderActions {
        import: start_import,
        undo: Callback::new(move |()| keyboard::travel(desk, desk.undo())),
        redo: Callback::new(move |()| keyboard::travel(desk, desk.redo())),
        help: Callback::new(move |()| help.set(true)),
    };
    // Other addresses of the same assessment leave its pages standing.
    let open = Memo::new(move |_| {
        let home = desk.route.with(|route| matches!(route, Route::Home));
        desk.opened.get().filter(|_| !home)
    });
    let page = move || match open.get() {
        Some(opened) => view! { <OpenedPages opened=opened actions=actions offline=offline/> }.into_any(),
        None => view! {
            <header class="z-topline z-noprint">
                <span class="z-topline__brand">"智督"</span>
                <div class="z-header__state"><SaveState/><OfflineState offline=offline/><LargeToggle/></div>
            </header>
            {shell::safe_mode().then(|| view! { <SafeMode/> })}
            <Home import=start_import/>
        }
        .into_any(),
    };
    view! {
        <a class="z-skip z-noprint" href="#main" on:click=hearing(skip)>"跳到正文"</a>
        {shown(move || connected.get(), move || live(page))}
        <Import picked=picked start=import/>
        <ExportProgress/>
        <NoticeList notices=desk.notices/>
        <Dialog open=help title="快捷键".to_owned()>
            <Late about=help load=|| Box::pin(keyboard::help())/>
        </Dialog>
    }
}

/// The title of the tab: whose form it is, where one is open.
fn title(desk: Desk) -> String {
    desk.track();
    let home = desk.route.with(|route| matches!(route, Route::Home));
    match desk.opened.get().filter(|_| !home) {
        Some(opened) => {
            let unit = desk.shown_text(&Place::Head(HeadField::UnitName));
            format!("{unit} {} · 智督", opened.catalogue.short)
        }
        None => "智督".to_owned(),
    }
}

/// Puts the focus behind the header. The address stays: it names the page.
fn skip(event: leptos::ev::MouseEvent) {
    event.prevent_default();
    let main = document().query_selector("main").ok().flatten();
    if let Some(main) = main.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        // Without focus the content is there all the same.
        let _ = main.set_attribute("tabindex", "-1");
        let _ = main.focus();
    }
}

/// The pages of one assessment under their common header.
#[component]
fn OpenedPages(
    /// What is open.
    opened: Opened,
    /// What the header can start.
    actions: HeaderActions,
    /// Whether the page can do without its server.
    offline: RwSignal<Offline>,
) -> impl IntoView {
    let desk = Desk::here();
    let here = opened.clone();
    let kind = Memo::new(move |_| {
        desk.route.with(|route| match route {
            Route::Assessment(_, page) => shown_kind(&here, page),
            Route::Home => PageKind::FillIn,
        })
    });
    let body = {
        let opened = opened.clone();
        move || {
            let late = |load| view! { <Late about=opened.clone() load=load frame=Frame::Page/> }.into_any();
            match kind.get() {
                PageKind::FillIn => view! { <FillIn opened=opened.clone()/> }.into_any(),
                PageKind::Schools => late(|| Box::pin(schools::page())),
                PageKind::Check => late(|| Box::pin(read::check())),
                PageKind::Coefficients => late(|| Box::pin(read::coefficients())),
                PageKind::Analysis => late(|| Box::pin(read::analysis())),
                PageKind::Overview => late(|| Box::pin(together::overview())),
                PageKind::Division => late(|| Box::pin(together::division())),
                PageKind::Collect => late(|| Box::pin(together::collect())),
                PageKind::Merge => late(|| Box::pin(read::merge())),
                PageKind::Cover => late(|| Box::pin(read::cover())),
                PageKind::Print => late(|| Box::pin(read::print())),
                PageKind::Past => late(|| Box::pin(read::past())),
            }
        }
    };
    view! {
        <Header opened=opened actions=actions offline=offline/>
        <StandingBar/>
        <Late about=() load=|| Box::pin(edition::bars()) frame=Frame::Quiet/>
        {live(body)}
    }
}

/// Shows what the address names, opening the assessment first.
async fn follow_address(desk: Desk) {
    leave_field();
    desk.hand_over_draft();
    let route = Route::parse(&window().location().hash().unwrap_or_default());
    if let Route::Assessment(id, page) = &route {
        match desk.open(id).await {
            Ok(()) => {}
            Err(error) => {
                match error {
                    OpenError::Superseded => return,
                    OpenError::Unreadable(found) => desk.notices.set_aside(id, found),
                    error => desk.notices.complain(error.in_words()),
                }
                desk.read_list().await;
                desk.route.set(Route::Home);
                return;
            }
        }
        let point = match page {
            Page::Point(ordinal) => Some(*ordinal),
            _ => None,
        };
        if point.is_none() {
            scroll_to_top();
        }
        desk.route.set(route);
        if let Some(ordinal) = point {
            keyboard::focus_point(ordinal);
        }
        return;
    }
    if desk.leave().await {
        desk.route.set(route);
    }
}

/// Leaves the field that has the focus while it is still there, so that its
/// text is put into its usual form before the page changes.
fn leave_field() {
    if let Some(field) = focused_field().and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        // A field that cannot be left hands over its text all the same.
        let _ = field.blur();
    }
}

/// Before the page changes: afterwards the browser would have to lay it out
/// twice, once to scroll and once to show it.
fn scroll_to_top() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// Offers a new version once it is installed; takes it only when the person
/// agrees and everything is stored.
fn watch_updates(desk: Desk) {
    shell::on_update(move || {
        let take = Callback::new(move |()| {
            spawn_local(async move {
                if desk.settle().await {
                    shell::apply_update();
                } else {
                    desk.notices.complain("有内容尚未存到本机，暂不更新。请先导出备份。".to_owned());
                }
            });
        });
        desk.notices.offer("有新版本，更新前会先存好当前内容。".to_owned(), "更新", take);
    });
}
