//! Pieces of a view that follow the state, each of one type however it is made: every
//! type of a closure would otherwise bring a copy of all that Leptos does with it.

use std::sync::Arc;

use leptos::prelude::*;

/// A text that follows the state.
pub type Said = Box<dyn FnMut() -> String + Send>;
/// An attribute that is there or not, by the state.
pub type Marked = Box<dyn FnMut() -> Option<&'static str> + Send>;
/// A condition that follows the state.
pub type Holds = Box<dyn FnMut() -> bool + Send>;

/// What is shown follows the state.
pub fn live(view: impl FnMut() -> AnyView + Send + 'static) -> AnyView {
    fn erased(view: Box<dyn FnMut() -> AnyView + Send>) -> AnyView {
        view.into_any()
    }
    erased(Box::new(view))
}

/// What is shown while a condition holds, made anew each time that it begins to.
pub fn shown(
    when: impl Fn() -> bool + Send + Sync + 'static,
    view: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    fn memo(when: Box<dyn Fn() -> bool + Send + Sync>) -> Memo<bool> {
        Memo::new(move |_| when())
    }
    let when = memo(Box::new(when));
    live(move || if when.get() { view() } else { ().into_any() })
}

/// A text.
pub fn said(text: impl FnMut() -> String + Send + 'static) -> Said {
    Box::new(text)
}

/// An attribute that may be absent.
pub fn marked(value: impl FnMut() -> Option<&'static str> + Send + 'static) -> Marked {
    Box::new(value)
}

/// A condition.
pub fn holds(condition: impl FnMut() -> bool + Send + 'static) -> Holds {
    Box::new(condition)
}

/// What is done when something happens.
pub fn hearing<E>(act: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(act)
}

/// A row of a list: what it is, so that it stays in place while that is in the list, and
/// how it is shown.
#[derive(Clone)]
pub struct Item {
    key: String,
    view: Arc<dyn Fn() -> AnyView + Send + Sync>,
}

impl Item {
    /// A row.
    pub fn new(key: String, view: impl Fn() -> AnyView + Send + Sync + 'static) -> Item {
        Item { key, view: Arc::new(view) }
    }
}

/// Rows that follow the state.
pub fn list(items: impl Fn() -> Vec<Item> + Send + Sync + 'static) -> AnyView {
    fn erased(items: Box<dyn Fn() -> Vec<Item> + Send + Sync>) -> AnyView {
        view! { <For each=items key=|item| item.key.clone() children=|item: Item| (item.view)()/> }.into_any()
    }
    erased(Box::new(items))
}
