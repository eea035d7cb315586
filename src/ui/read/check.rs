//! The page 体检.
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};
use zhidu::assessment::MuteId;
use zhidu::html::act::{Act, CheckAct};
use zhidu::html::check_page;
use zhidu::html::hook::Hook;

use crate::ui::desk::Desk;
use crate::ui::dom::{around, part, value};
use crate::ui::events::act_of;
use crate::ui::frame::export::{checkup_travels, let_checkup_travel};
use crate::ui::read::redraw::redraw;

/// The page 体检.
#[component]
pub fn CheckPage() -> impl IntoView {
    let desk = Desk::here();
    desk.check_now();
    let page = move || {
        desk.report.with(|report| {
            desk.look(|assessment, catalogue| check_page(catalogue, assessment, report, checkup_travels()))
        })
    };
    let click = move |event: leptos::ev::MouseEvent| {
        let Some((Act::Check(act), element)) = act_of(&event) else { return };
        let Some((problem, row)) = problem_around(&element) else { return };
        match act {
            CheckAct::Mute => mute(desk, &problem, &row),
            CheckAct::Unmute => {
                desk.act(|assessment| assessment.muting(&problem, None));
                desk.check_now();
            }
        }
    };
    let change = move |event: leptos::ev::Event| {
        let target = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
        if let Some(input) = target.filter(|it| it.type_() == "checkbox") {
            let_checkup_travel(input.checked());
        }
    };
    let main = NodeRef::<html::Main>::new();
    Effect::new(move |_| {
        let page = page();
        if let Some(main) = main.get() {
            redraw(&main, &page);
        }
    });
    view! { <main class="z-page" id="main" on:click=click on:change=change node_ref=main></main> }
}

fn mute(desk: Desk, problem: &MuteId, row: &Element) {
    let Some(input) = part(row, "input") else { return };
    let reason = input.unchecked_into::<HtmlInputElement>().value();
    if reason.trim().is_empty() {
        return desk.notices.complain("请先写明不再提示的理由。".to_owned());
    }
    if desk.act_once(|assessment| assessment.muting(problem, Some(reason.trim()))) {
        desk.check_now();
        desk.notices.confirm("已不再提示，可用“撤销”或“恢复提示”恢复。".to_owned());
    } else {
        desk.notices.complain("没有写入：本窗口只读，请先接管编辑。".to_owned());
    }
}

fn problem_around(element: &Element) -> Option<(MuteId, Element)> {
    let row = around(element, &Hook::Problem.any())?;
    let id = MuteId::parse(&value(&row, Hook::Problem)?).ok()?;
    Some((id, row))
}
