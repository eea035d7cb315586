//! What comes with a later part of the program: what is shown until the part is there,
//! and what is said where it cannot be had.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::{spawn_local, tick};

use crate::browser::shell;
use crate::ui::desk::{Desk, Opened};
use crate::ui::dom::catch_focus;
use crate::ui::events::after_paint;
use crate::ui::live::{hearing, live};

/// So long after a part could not be had it is looked for again, for what nobody asked for.
const AGAIN: Duration = Duration::from_secs(60);

/// A part of the program could not be loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotLoaded;

impl NotLoaded {
    /// What happened and what to do, without the full stop.
    pub fn in_words(self) -> &'static str {
        "程序的这一部分没有取到，可能是网络中断，或网站上的程序刚刚更新；请检查网络后再试，仍不行就刷新本页"
    }
}

/// Something that is shown, made from what it is about, as a later part hands it over.
pub type Shown<A> = fn(A) -> AnyView;
/// A page of an assessment.
pub type Page = Shown<Opened>;
/// What a part that is loaded now or later gives.
pub type Coming<T> = Pin<Box<dyn Future<Output = T>>>;

/// The first field of a dialog, which has the focus where nothing is waited for.
const IN_DIALOG: &str = "dialog[open] :is(input, select, textarea, button)";

/// What stands where a later part is to be shown.
enum Place<A> {
    /// It is being loaded.
    Waiting,
    There(Shown<A>),
    Failed,
}

/// In what a later part is shown until it is there, and where it cannot be had.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    /// It is a page of its own.
    Page,
    /// It stands within a page or a dialog.
    Panel,
    /// Nobody has asked for it: it is looked for once what is there has been painted,
    /// again and again where it cannot be had, and nothing is shown until then.
    Quiet,
}

/// What comes with a later part: at once if the part is there, its frame until then.
#[component]
pub fn Late<A: Clone + Send + Sync + 'static>(
    /// What it is about.
    about: A,
    /// Loads it.
    load: fn() -> Coming<Result<Shown<A>, NotLoaded>>,
    /// In what it is shown before.
    #[prop(default = Frame::Panel)]
    frame: Frame,
) -> impl IntoView {
    let place = RwSignal::new(Place::Waiting);
    match frame {
        Frame::Quiet => after_paint(move || seek_quietly(place, load)),
        Frame::Page | Frame::Panel => seek(place, load, &[IN_DIALOG]),
    }
    live(move || {
        place.with(|found| match found {
            Place::There(shown) => shown(about.clone()),
            Place::Waiting => {
                let words = if frame == Frame::Page { "正在载入本页…" } else { "正在载入…" };
                frame.around(true, || view! { <p class="z-late" role="status">{words}</p> }.into_any())
            }
            Place::Failed => frame.around(false, || {
                view! { <Failed again=move |_| seek(place, load, &[IN_DIALOG, "main"])/> }.into_any()
            }),
        })
    })
}

impl Frame {
    fn around(self, busy: bool, inside: impl FnOnce() -> AnyView) -> AnyView {
        match self {
            Frame::Page => {
                let busy = busy.then_some("true");
                view! { <main class="z-page" id="main" aria-busy=busy>{inside()}</main> }.into_any()
            }
            // Out of the dialog around it there is always a way.
            Frame::Panel => view! {
                {inside()}
                <form method="dialog" class="z-form__buttons"><button class="z-button">"取消"</button></form>
            }
            .into_any(),
            Frame::Quiet => ().into_any(),
        }
    }
}

#[component]
fn Failed(
    /// Tries it again.
    again: impl FnMut(leptos::ev::MouseEvent) + 'static,
) -> impl IntoView {
    view! {
        <div class="z-late" role="alert">
            <p>{NotLoaded.in_words()}"。已填内容都在，填报不受影响。"</p>
            <button type="button" class="z-button z-button--main" on:click=hearing(again)>"重试"</button>
        </div>
    }
}

thread_local! {
    /// Whether something that was clicked waits for its part.
    static WAITING: Cell<bool> = const { Cell::new(false) };
}

/// Does what a later part does; says so where the part cannot be had. While one thing
/// waits for its part, which is said, further clicks do nothing: whoever sees nothing
/// happen clicks again, and means it once.
pub fn act(desk: Desk, doing: impl Future<Output = Result<(), NotLoaded>> + 'static) {
    if WAITING.get() {
        return;
    }
    let wait = (!shell::is_whole()).then(|| {
        WAITING.set(true);
        desk.notices.wait("正在载入这项功能，请稍候，不必再点。")
    });
    spawn_local(async move {
        let done = doing.await;
        if let Some(wait) = wait {
            WAITING.set(false);
            drop(wait);
        }
        if let Err(why) = done {
            desk.notices.complain(format!("没有执行：{}。内容没有改动。", why.in_words()));
        }
    });
}

/// `then` names what has the focus where it went with what was shown until the part came.
fn seek<A: 'static>(
    place: RwSignal<Place<A>>,
    load: fn() -> Coming<Result<Shown<A>, NotLoaded>>,
    then: &'static [&'static str],
) {
    let found = |found| match found {
        Ok(shown) => Place::There(shown),
        Err(NotLoaded) => Place::Failed,
    };
    match now(load()) {
        // Whoever asked may be gone by then.
        Ok(there) => {
            place.try_set(found(there));
        }
        Err(coming) => {
            place.try_set(Place::Waiting);
            spawn_local(async move {
                place.try_set(found(coming.await));
                tick().await;
                catch_focus(then);
            });
        }
    }
}

fn seek_quietly<A: 'static>(place: RwSignal<Place<A>>, load: fn() -> Coming<Result<Shown<A>, NotLoaded>>) {
    seek(place, load, &[]);
    let again = move || {
        // Whoever would show it may be gone by then.
        if place.try_with_untracked(|found| matches!(found, Place::Failed)) == Some(true) {
            seek_quietly(place, load);
        }
    };
    set_timeout(again, AGAIN);
}

/// What a future gives at once, or the future. One that has to load a part that is
/// there already needs a second look.
fn now<T>(mut future: Coming<T>) -> Result<T, Coming<T>> {
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..2 {
        if let Poll::Ready(found) = future.as_mut().poll(&mut context) {
            return Ok(found);
        }
    }
    Err(future)
}
