//! The page 合并: the files that wait, one after the other, each with what it would change
//! and what the person decides of that.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::{ev, html};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlTextAreaElement};
use zhidu::html::act::{Act, MergeAct};
use zhidu::html::hook::Hook;
use zhidu::html::{Decided, DecidedHow, merge_page};
use zhidu::merge::{Decision, Proposal};
use zhidu::record::log::Origin;
use zhidu::route::{Page, Route};

use crate::ui::desk::Desk;
use crate::ui::dom::value;
use crate::ui::events::{act_of, after_release};
use crate::ui::go::go;
use crate::ui::read::redraw::redraw;

const NOTHING: &str = "<header class=\"z-page__head\"><h1>合并</h1></header><p>没有等待核对的文件。请用“导入”选择或拖入文件。</p>";

/// The page 合并.
#[component]
pub fn MergePage() -> impl IntoView {
    let desk = Desk::here();
    let page = move || {
        desk.track();
        desk.incoming.with(|incoming| {
            incoming.first().map_or_else(
                || NOTHING.to_owned(),
                |proposal| {
                    desk.look(|ours, catalogue| {
                        // What is here may have changed since the file came.
                        let mut proposal = proposal.clone();
                        proposal.look_at(ours);
                        merge_page(catalogue, ours, &proposal, incoming.len() - 1)
                    })
                },
            )
        })
    };
    let click = move |event: ev::MouseEvent| match act_of(&event) {
        Some((Act::Merge(MergeAct::Decide), element)) => decide(desk, &element),
        Some((Act::Merge(MergeAct::Apply), _)) => apply(desk),
        Some((Act::Merge(MergeAct::ApplyAll), _)) => apply_all(desk),
        Some((Act::Merge(MergeAct::Leave), _)) => leave(desk),
        _ => {}
    };
    let change = move |event: ev::Event| {
        if let Some((Act::Merge(MergeAct::Write), element)) = act_of(&event) {
            // The page is drawn anew only when the click or key that left the field has
            // reached what it is meant for.
            after_release(move || set_timeout(move || decide(desk, &element), Duration::ZERO));
        }
    };
    let main = NodeRef::<html::Main>::new();
    Effect::new(move |_| {
        let page = page();
        if let Some(main) = main.get() {
            redraw(&main, &page);
        }
    });
    view! { <main class="z-page" id="main" node_ref=main on:click=click on:change=change></main> }
}

fn decide(desk: Desk, element: &Element) {
    let Some(decided) = value(element, Hook::Choice).and_then(|address| Decided::parse(&address)) else {
        return;
    };
    let own = element.dyn_ref::<HtmlTextAreaElement>().map(HtmlTextAreaElement::value);
    desk.incoming.update(|incoming| {
        let Some(proposal) = incoming.first_mut() else { return };
        desk.look(|ours, _| proposal.look_at(ours));
        for index in decided.changes {
            match &decided.how {
                DecidedHow::As(decision) => proposal.decide(index, Some(decision.clone())),
                DecidedHow::Proposed => proposal.propose(index),
                // Whoever empties the field has not said that nothing is to stand there.
                DecidedHow::Own => match own.clone().filter(|text| !text.trim().is_empty()) {
                    Some(text) => proposal.decide(index, Some(Decision::Text(text))),
                    None => proposal.propose(index),
                },
            }
        }
    });
}

/// Does what was decided: one step, with a restore point before it, and what was not taken
/// set apart.
fn apply(desk: Desk) {
    if !may_write(desk) {
        return;
    }
    let Some(proposal) = desk.incoming.with_untracked(|incoming| incoming.first().cloned()) else {
        return;
    };
    desk.keep_before_import();
    match take(desk, proposal) {
        Taking::Open => desk.notices.complain("还有两边改得不同的地方没有选择，没有写入。".to_owned()),
        Taking::Refused => {
            desk.notices.complain("没有写入，本机内容没有改动。请重新导入这份文件。".to_owned())
        }
        Taking::Done { count, left } => {
            desk.notices.confirm(format!("已写入 {count} 处，可用“撤销”一次恢复。{}", apart(left)));
            next(desk);
        }
    }
}

/// The same for each file that waits and leaves nothing open, one step for each; the others
/// go on waiting.
fn apply_all(desk: Desk) {
    if !may_write(desk) {
        return;
    }
    desk.keep_before_import();
    let waiting = desk.incoming.with_untracked(Clone::clone);
    let (mut still, mut files, mut all, mut set_apart) = (Vec::new(), 0, 0, 0);
    for proposal in waiting {
        match take(desk, proposal.clone()) {
            Taking::Done { count, left } => {
                files += 1;
                all += count;
                set_apart += left;
            }
            Taking::Open | Taking::Refused => still.push(proposal),
        }
    }
    let rest = match still.len() {
        0 => String::new(),
        open => format!("还有 {open} 份有两边改得不同的地方，请逐处选择。"),
    };
    desk.notices.confirm(format!(
        "已收下 {files} 份文件，写入 {all} 处；每份可用“撤销”恢复。{}{rest}",
        apart(set_apart)
    ));
    desk.incoming.set(still);
    leave_when_done(desk);
}

fn may_write(desk: Desk) -> bool {
    let may = desk.may_write();
    if may {
        desk.hand_over_draft();
    }
    may
}

/// What came of taking a file in.
enum Taking {
    /// A person has to decide first.
    Open,
    /// Nothing could be written.
    Refused,
    /// So many changes were made, and so many set apart.
    Done { count: usize, left: usize },
}

fn take(desk: Desk, mut proposal: Proposal) -> Taking {
    let taken = desk.look(|ours, _| {
        proposal.look_at(ours);
        proposal.take(ours)
    });
    if proposal.count().undecided > 0 {
        return Taking::Open;
    }
    let count = proposal.will_change();
    let origin = Origin { source: &proposal.source, through: proposal.through.as_ref() };
    if !taken.edits.is_empty() && !desk.act_from(origin, |_| taken.edits) {
        return Taking::Refused;
    }
    let left = taken.left.len();
    let source = proposal.source;
    spawn_local(async move {
        if let Err(why) = desk.set_apart_from_file(source, taken.left).await {
            desk.notices.complain(format!("没有采用的内容未能另存：{why}。文件还在您手里。"));
        }
    });
    Taking::Done { count, left }
}

fn apart(left: usize) -> String {
    if left > 0 { format!("没有采用的 {left} 处另存在“历史”页。") } else { String::new() }
}

fn leave(desk: Desk) {
    desk.notices.confirm("没有写入，本机内容没有改动。".to_owned());
    next(desk);
}

/// To the next file that waits.
fn next(desk: Desk) {
    desk.incoming.update(|incoming| {
        if !incoming.is_empty() {
            incoming.remove(0);
        }
    });
    leave_when_done(desk);
}

/// Back to 填报 where no file waits, or to 收集 where units hand in.
fn leave_when_done(desk: Desk) {
    desk.look_for_news();
    if desk.incoming.with_untracked(Vec::is_empty)
        && let Some(opened) = desk.opened.get_untracked()
    {
        let collects = desk.look(|assessment, _| !assessment.contributions.is_empty());
        go(&Route::Assessment(opened.id, if collects { Page::Collect } else { Page::Resume }));
    }
}
