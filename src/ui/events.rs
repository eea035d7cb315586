//! Events of the whole document, heard in one place. The form has hundreds of
//! fields and buttons; a listener for each would cost more than the form.
use std::cell::{Cell, RefCell};
use std::time::Duration;

use leptos::prelude::{document, request_animation_frame, set_timeout};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, EventTarget, MouseEvent};
use zhidu::assessment::RowId;
use zhidu::html::act::Act;
use zhidu::html::hook::Hook;

use crate::ui::dom::{around, value, value_around};

/// A press that is never seen to end, as on a scroll bar, is over after this time.
const LONGEST_PRESS: Duration = Duration::from_millis(1_500);

thread_local! {
    /// Whether a mouse button, pen or finger is down.
    static PRESSED: Cell<bool> = const { Cell::new(false) };
    /// What waits for its release.
    static WAITING: RefCell<Vec<Box<dyn FnOnce()>>> = const { RefCell::new(Vec::new()) };
}

/// Hears presses and releases, for [`after_release`].
pub fn listen() {
    on("pointerdown", |_| PRESSED.set(true));
    for end in ["pointerup", "pointercancel"] {
        on(end, |_| {
            PRESSED.set(false);
            // The click that follows comes before any timer.
            set_timeout(do_what_waits, Duration::ZERO);
        });
    }
}

/// Does at once what may move things on the page, or when the button is released
/// that is down: a field is left by the very press that begins a click elsewhere,
/// and what is about to be clicked must not move away.
pub fn after_release(act: impl FnOnce() + 'static) {
    if !PRESSED.get() {
        return act();
    }
    WAITING.with_borrow_mut(|waiting| waiting.push(Box::new(act)));
    set_timeout(do_what_waits, LONGEST_PRESS);
}

/// Does something once the browser has painted what is there.
pub fn after_paint(act: impl FnOnce() + 'static) {
    request_animation_frame(move || set_timeout(act, Duration::ZERO));
}

fn do_what_waits() {
    WAITING.take().into_iter().for_each(|act| act());
}

/// Calls `listener` for each event of this type, before the element itself
/// hears it, as long as the page lives.
pub fn on(event: &str, listener: impl FnMut(Event) + 'static) {
    on_within(&document(), event, listener);
}

/// As [`on`], of events of what is in `root`, as long as that is there. Events that
/// do not bubble, such as `toggle` and `scroll`, are heard on their way down.
pub fn on_within(root: &EventTarget, event: &str, listener: impl FnMut(Event) + 'static) {
    let closure = Closure::<dyn FnMut(Event)>::new(listener);
    let function = closure.as_ref().unchecked_ref();
    // A browser that refuses listeners runs no page at all.
    let _ = root.add_event_listener_with_callback_and_bool(event, function, true);
    closure.forget();
}

/// What the button or list around the source of an event does, and the element that
/// says so.
pub fn act_of(event: &Event) -> Option<(Act, Element)> {
    let element = around(&target(event)?, &Hook::Do.any())?;
    let act = Act::named(&value(&element, Hook::Do)?)?;
    Some((act, element))
}

/// Whether a click is a further one of a double click. Where rows close up behind what
/// was taken away, it would take away the next one.
pub fn is_further_click(event: &Event) -> bool {
    event.dyn_ref::<MouseEvent>().is_some_and(|click| click.detail() > 1)
}

/// The element that an event came from, if it is one.
pub fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// The index of the point whose card an element stands in.
pub fn point_around(element: &Element) -> Option<usize> {
    value_around(element, Hook::Point)?.parse().ok()
}

/// The row that an element stands in.
pub fn row_around(element: &Element) -> Option<RowId> {
    RowId::parse(&value_around(element, Hook::Row)?).ok()
}

/// The place in a list of what an element stands in.
pub fn index_around(element: &Element) -> Option<usize> {
    value_around(element, Hook::Index)?.parse().ok()
}
