//! The page as a whole: which page is shown, what is open, and the things that
//! hang on the window rather than on any one page.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use zhidu::assessment::place::{HeadField, Place};
use zhidu::route::{Page, Route};

use crate::browser::shell::{self, Offline};
use crate::ui::desk::{Desk, OpenError, Opened};
use crate::ui::form::acts;
use crate::ui::form::fields;
use crate::ui::form::group::FillIn;
use crate::ui::form::rows;
use crate::ui::frame::crash;
use crate::ui::frame::dialog::Dialog;
use crate::ui::frame::edition::EditionBars;
use crate::ui::frame::export::ExportProgress;
use crate::ui::frame::keyboard;
use crate::ui::frame::large::{self, LargeToggle};
use crate::ui::frame::standing::{SafeMode, StandingBar};
use crate::ui::frame::{Header, HeaderActions, SaveState};
use crate::ui::hear;
use crate::ui::home::Home;
use crate::ui::home::import::Import;
use crate::ui::notices::NoticeList;
use crate::ui::read::analysis::AnalysisPage;
use crate::ui::read::check::CheckPage;
use crate::ui::read::coefficients::CoefficientsPage;
use crate::ui::read::past::PastPage;
use crate::ui::read::printing;
use crate::ui::read::reading::{CoverPage, PrintPage};
use crate::ui::schools::SchoolsPage;

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
    desk.mind_windows();
    desk.mind_checks();
    hear::listen();
    fields::listen(desk);
    rows::listen(desk);
    acts::listen(desk);
    let offline = RwSignal::new(Offline::Fetching);
    let import = RwSignal::new(0_u32);
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
    let actions = HeaderActions {
        import: start_import,
        undo: Callback::new(move |()| keyboard::travel(desk, desk.undo())),
        redo: Callback::new(move |()| keyboard::travel(desk, desk.redo())),
        help: Callback::new(move |()| help.set(true)),
    };
    // Other addresses of the same assessment leave its pages standing.
    let shown = Memo::new(move |_| {
        let home = desk.route.with(|route| matches!(route, Route::Home));
        desk.opened.get().filter(|_| !home)
    });
    let page = move || {
        match shown.get() {
        Some(opened) => view! { <OpenedPages opened=opened actions=actions offline=offline/> }.into_any(),
        None => view! {
            <header class="z-topline z-noprint"><span class="z-topline__brand">"智督"</span><SaveState/><LargeToggle/></header>
            {shell::safe_mode().then(|| view! { <SafeMode/> })}
            <Home import=start_import/>
        }
        .into_any(),
    }
    };
    view! {
        <a class="z-skip z-noprint" href="#main" on:click=skip>"跳到正文"</a>
        <Show when=move || connected.get()>{page}</Show>
        <Import start=import/>
        <ExportProgress/>
        <NoticeList notices=desk.notices/>
        <Dialog open=help title="快捷键".to_owned()>
            <table class="z-table"><tbody>
                {zhidu::keys::HELP.map(|(keys, what)| view! { <tr><th scope="row"><kbd>{keys}</kbd></th><td>{what}</td></tr> })}
            </tbody></table>
            <table class="z-table">
                <caption>"学校数据表格中"</caption>
                <tbody>
                    {zhidu::keys::grid::HELP.map(|(keys, what)| view! { <tr><th scope="row"><kbd>{keys}</kbd></th><td>{what}</td></tr> })}
                </tbody>
            </table>
            <div class="z-form__buttons"><button type="button" class="z-button" on:click=move |_| help.set(false)>"关闭"</button></div>
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
    let kind = Memo::new(move |_| match desk.route.get() {
        Route::Assessment(_, Page::Analysis) => 1,
        Route::Assessment(_, Page::Cover) => 2,
        Route::Assessment(_, Page::Print) => 3,
        Route::Assessment(_, Page::Past) => 4,
        Route::Assessment(_, Page::Check) => 5,
        Route::Assessment(_, Page::Schools) => 6,
        Route::Assessment(_, Page::Coefficients) => 7,
        _ => 0,
    });
    let body = {
        let opened = opened.clone();
        move || {
            let opened = opened.clone();
            match kind.get() {
                1 => view! { <AnalysisPage/> }.into_any(),
                2 => view! { <CoverPage opened=opened/> }.into_any(),
                3 => view! { <PrintPage/> }.into_any(),
                4 => view! { <PastPage/> }.into_any(),
                5 => view! { <CheckPage/> }.into_any(),
                7 => view! { <CoefficientsPage/> }.into_any(),
                6 => view! { <SchoolsPage opened=opened/> }.into_any(),
                _ => view! { <FillIn opened=opened/> }.into_any(),
            }
        }
    };
    view! {
        <Header opened=opened actions=actions offline=offline/>
        <StandingBar/>
        <EditionBars/>
        {body}
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
        match page {
            Page::Point(ordinal) => keyboard::focus_point(*ordinal),
            _ => scroll_to_top(),
        }
        desk.route.set(route);
        return;
    }
    desk.close().await;
    desk.read_list().await;
    desk.route.set(route);
}

/// Leaves the field that has the focus while it is still there, so that its
/// text is put into its usual form before the page changes.
fn leave_field() {
    let field = document().active_element().filter(|it| it.has_attribute("data-doc"));
    if let Some(field) = field.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
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
