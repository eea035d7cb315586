//! The page 收集.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::{ev, html};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlTextAreaElement};
use zhidu::assessment::collected::{UnitStanding, UnitState, awaited_in_words};
use zhidu::assessment::edit::Edit;
use zhidu::assessment::{Assessment, ContributionState, RowId};
use zhidu::html::act::{Act, CollectAct};
use zhidu::html::collect_page;
use zhidu::html::hook::Slot;
use zhidu::merge::origin::{Adopting, adopting, appending_all};

use super::{press_beside, write_forms};
use crate::browser::clock;
use crate::ui::desk::Desk;
use crate::ui::dom::{click, part, part_of_page, slot};
use crate::ui::events::{act_of, row_around};
use crate::ui::read::redraw::redraw;

/// The page 收集.
#[component]
pub fn CollectPage() -> impl IntoView {
    let desk = Desk::here();
    desk.check_now();
    let page = Memo::new(move |_| {
        desk.track();
        desk.report.with(|report| {
            desk.look(|assessment, catalogue| collect_page(catalogue, assessment, report, &clock::date()))
        })
    });
    let main = NodeRef::<html::Main>::new();
    let click = move |event: ev::MouseEvent| {
        if let Some((Act::Collect(act), element)) = act_of(&event) {
            perform(desk, act, &element, main);
        }
    };
    Effect::new(move |_| {
        let page = page.get();
        if let Some(main) = main.get() {
            redraw(&main, &page);
        }
    });
    view! { <main class="z-page z-page--wide" id="main" node_ref=main on:click=click on:keydown=|event| press_beside(&event)></main> }
}

fn standings(desk: Desk) -> Vec<UnitStanding> {
    desk.look(|assessment, catalogue| assessment.standings(catalogue, &clock::date()))
}

fn perform(desk: Desk, act: CollectAct, element: &Element, main: NodeRef<html::Main>) {
    let row = row_around(element);
    let of_unit = || {
        let all = standings(desk).into_iter();
        all.into_iter().find(|it| Some(&it.work.id) == row.as_ref())
    };
    match act {
        CollectAct::Import => {
            let field = part_of_page(&Slot::Files.selector());
            if let Some(field) = field {
                click(&field);
            }
        }
        CollectAct::CopyMissing => copy_missing(desk, main),
        CollectAct::ReviewUnit => {
            let Some(unit) = of_unit() else { return };
            review(desk, &unit.contributions, ContributionState::Reviewed, "");
        }
        CollectAct::ReviewAll => {
            let all = standings(desk).into_iter().filter(|it| it.state == UnitState::Received);
            let rows: Vec<RowId> = all.flat_map(|it| it.contributions).collect();
            review(desk, &rows, ContributionState::Reviewed, "");
        }
        CollectAct::ReturnUnit => {
            let (Some(unit), Some(reason)) = (of_unit(), reason_beside(desk, element)) else { return };
            review(desk, &unit.contributions, ContributionState::Returned, &reason);
        }
        CollectAct::WriteReturn => {
            if let Some(unit) = of_unit() {
                write_forms(desk, vec![unit.work.id]);
            }
        }
        CollectAct::Review => {
            review(desk, row.as_slice(), ContributionState::Reviewed, "");
        }
        CollectAct::Return => {
            let Some(reason) = reason_beside(desk, element) else { return };
            review(desk, row.as_slice(), ContributionState::Returned, &reason);
        }
        CollectAct::AppendAll => {
            let edits = desk.look(|assessment, catalogue| appending_all(catalogue, assessment));
            let points = edits.iter().filter(|edit| matches!(edit, Edit::Splice { .. })).count();
            if change(desk, |_| edits) {
                desk.notices.confirm(format!("已追加到 {points} 项的区级说明，可用“撤销”一次恢复。"));
            }
        }
        CollectAct::Adopt => adopt(desk, row.as_ref(), Adopting::Instead),
        CollectAct::Append => adopt(desk, row.as_ref(), Adopting::Behind),
    }
}

/// What was typed beside a button as the reason for handing back.
fn reason_beside(desk: Desk, element: &Element) -> Option<String> {
    let field = element.parent_element().and_then(|it| part(&it, "input"));
    let reason = field.and_then(|it| it.dyn_into::<HtmlInputElement>().ok()).map(|it| it.value());
    let reason = reason.filter(|it| !it.trim().is_empty());
    if reason.is_none() {
        desk.notices.complain("请先写明退回意见。".to_owned());
    }
    reason
}

fn review(desk: Desk, rows: &[RowId], state: ContributionState, reason: &str) {
    let done = change(desk, |assessment| assessment.reviewing(rows, state, reason.trim()));
    if done && state == ContributionState::Returned {
        desk.notices.confirm("已退回。请用“导出退回文件”把意见发给单位。".to_owned());
    } else if done {
        desk.notices.confirm("已审核通过，可用“撤销”恢复。".to_owned());
    }
}

/// Makes the district's text of what a unit handed in.
fn adopt(desk: Desk, row: Option<&RowId>, how: Adopting) {
    let Some(row) = row else { return };
    if change(desk, |assessment| adopting(assessment, row, how)) {
        desk.notices.confirm("已写入区级说明，可用“撤销”恢复。".to_owned());
    }
}

fn change(desk: Desk, make: impl FnOnce(&Assessment) -> Vec<Edit>) -> bool {
    let done = desk.may_write() && desk.act_once(make);
    desk.check_now();
    done
}

/// Copies who is missing; where the browser lets nobody copy, the text stands there to be
/// copied by hand.
fn copy_missing(desk: Desk, main: NodeRef<html::Main>) {
    let name = desk.look(|assessment, _| assessment.head.name.clone());
    let text = awaited_in_words(&name, &standings(desk));
    let field = main.get_untracked().and_then(|main| slot(&main, Slot::Awaited));
    if let Some(field) = field.and_then(|it| it.dyn_into::<HtmlTextAreaElement>().ok()) {
        field.set_value(&text);
        // A field that stays hidden loses nothing: the text may be on the clipboard.
        let _ = field.class_list().remove_1("z-gone");
        field.select();
    }
    spawn_local(async move {
        if crate::browser::files::copied(&text).await {
            desk.notices.confirm("催报名单已复制，可粘贴到工作群。".to_owned());
        } else {
            desk.notices.confirm("催报名单已选中，请按 Ctrl+C 复制。".to_owned());
        }
    });
}
