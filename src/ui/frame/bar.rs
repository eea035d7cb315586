//! A line below the header that says how things stand, with what can be done about it.

use leptos::prelude::*;

/// The line.
#[component]
pub fn BarLine(
    /// What it says.
    #[prop(into)]
    text: String,
    /// Whether something is wrong.
    #[prop(optional)]
    bad: bool,
    /// `status`, or `alert` for what has to be heard at once.
    #[prop(default = "status")]
    role: &'static str,
    /// What can be done.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="z-bar-line" class:z-bar-line--bad=bad role=role>
            <p>{text}</p>
            {children.map(|children| children())}
        </div>
    }
}
