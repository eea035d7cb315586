//! The page 分析.
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, SvgElement};
use zhidu::html::act::{Act, ReadAct};
use zhidu::html::analysis_page;
use zhidu::html::hook::Hook;
use zhidu::measure::Data;

use crate::browser::picture::{self, Copied};
use crate::ui::desk::Desk;
use crate::ui::dom::{around, part, value, value_around};
use crate::ui::events::{act_of, target};

/// The page 分析.
#[component]
pub fn AnalysisPage() -> impl IntoView {
    let desk = Desk::here();
    desk.check_now();
    let html = Memo::new(move |_| {
        desk.track();
        desk.report.with(|report| {
            desk.look(|assessment, catalogue| {
                analysis_page(&Data::of(catalogue, assessment), &desk.card(), report)
            })
        })
    });
    let click = move |event: leptos::ev::MouseEvent| {
        let button = target(&event).and_then(|it| value_around(&it, Hook::Part));
        if let Some(part) = button {
            return go_to_part(&part);
        }
        if let Some((Act::Read(ReadAct::CopyPicture), button)) = act_of(&event)
            && let Some(figure) = around(&button, "figure")
            && let Some(drawing) = part(&figure, "svg")
        {
            spawn_local(copy(desk, drawing.unchecked_into()));
        }
    };
    view! { <main class="z-page" id="main" on:click=click inner_html=html></main> }
}

/// Shows a part of the page and puts the focus there.
fn go_to_part(id: &str) {
    let Some(part) = document().get_element_by_id(id) else { return };
    part.scroll_into_view();
    if let Ok(part) = part.dyn_into::<HtmlElement>() {
        // Without focus it is in view all the same.
        let _ = part.focus();
    }
}

async fn copy(desk: Desk, drawing: SvgElement) {
    let title = value(&drawing, Hook::Title).unwrap_or_default();
    match picture::copy(&drawing, &format!("{title}.png")).await {
        Some(Copied::ToClipboard) => desk.notices.confirm(format!("已复制“{title}”，可粘贴到 Word、WPS。")),
        Some(Copied::ToFile) => {
            desk.notices.confirm(format!("浏览器不允许复制图片，已改为下载“{title}.png”。"));
        }
        None => desk.notices.complain("没有生成图片。请打印本页，或用截图代替。".to_owned()),
    }
}
