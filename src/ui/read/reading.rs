//! The pages 封面 and 打印: HTML that follows from the assessment.

use leptos::html;
use leptos::prelude::*;
use zhidu::html::{cover, print};

use crate::ui::desk::{Desk, Opened};
use crate::ui::form::fields;

/// The page 打印, drawn anew when something changes while it is shown.
#[component]
pub fn PrintPage() -> impl IntoView {
    let desk = Desk::here();
    let html = Memo::new(move |_| {
        desk.track();
        desk.look(|assessment, catalogue| print(catalogue, assessment, &desk.total()))
    });
    view! { <main class="z-print" id="main" inner_html=html></main> }
}

/// The page 封面. Drawn once, because it has fields.
#[component]
pub fn CoverPage(
    /// What is open.
    opened: Opened,
) -> impl IntoView {
    let desk = Desk::here();
    let html = desk.look(|assessment, catalogue| cover(catalogue, assessment));
    let main = NodeRef::<html::Main>::new();
    Effect::new(move |_| {
        if let Some(main) = main.get() {
            fields::fill(desk, &main);
        }
    });
    view! { <main class="z-page" id="main" data-assessment=opened.mark() inner_html=html node_ref=main></main> }
}
