//! The page 历史: restore points, the change log, and changes that were set
//! apart because another window was the writer.
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{Element, Event};
use zhidu::assessment::RowId;
use zhidu::html::act::{Act, PastAct};
use zhidu::html::hook::Slot;
use zhidu::html::{Past, differences_table, log_list, past_page};
use zhidu::record::compare::differences;
use zhidu::record::unmerged::Adopt;

use crate::ui::desk::Desk;
use crate::ui::dom::slot;
use crate::ui::events::{act_of, index_around, on_within, row_around, target};
use crate::ui::read::redraw::redraw;

/// So many entries of the change log are shown first, and more with each wish.
const SHOWN: usize = 100;

/// The page 历史.
#[component]
pub fn PastPage() -> impl IntoView {
    let desk = Desk::here();
    let past = RwSignal::new(Past::default());
    let wanted = RwSignal::new(String::new());
    let limit = RwSignal::new(SHOWN);
    let read = move || {
        spawn_local(async move {
            desk.settle().await;
            match desk.past().await {
                Ok(found) => {
                    if desk.unmerged.get_untracked() != found.unmerged.len() {
                        desk.unmerged.set(found.unmerged.len());
                    }
                    past.set(found);
                    desk.say_what_is_unreadable().await;
                }
                Err(why) => desk.notices.complain(format!("未能读取历史：{why}。")),
            }
        });
    };
    Effect::new(move |_| {
        desk.unmerged.track();
        read();
    });
    let page =
        move || past.with(|past| desk.look(|assessment, catalogue| past_page(catalogue, assessment, past)));
    let log = move || {
        past.with(|past| {
            wanted.with(|wanted| {
                desk.look(|assessment, catalogue| {
                    log_list(catalogue, assessment, &past.log, wanted, limit.get())
                })
            })
        })
    };
    let click = move |event: leptos::ev::MouseEvent| {
        let Some((Act::Past(act), element)) = act_of(&event) else { return };
        match act {
            PastAct::ShowMore => limit.update(|limit| *limit += 5 * SHOWN),
            PastAct::KeepPoint => keep_point(desk, read),
            PastAct::Restore => restore(desk, past, index_around(&element), read),
            PastAct::DropUnmerged => drop_unmerged(desk, row_around(&element), read),
            PastAct::AdoptInPlace => adopt(desk, past, &element, Adopt::Replace),
            PastAct::AdoptBehind => adopt(desk, past, &element, Adopt::Append),
        }
    };
    let main = NodeRef::<html::Main>::new();
    let (upper, lower) = (NodeRef::<html::Div>::new(), NodeRef::<html::Div>::new());
    Effect::new(move |_| {
        let page = page();
        if let Some(upper) = upper.get() {
            redraw(&upper, &page);
        }
    });
    Effect::new(move |_| {
        let log = log();
        if let Some(lower) = lower.get() {
            redraw(&lower, &log);
        }
    });
    Effect::new(move |_| {
        if let Some(main) = main.get() {
            on_within(&main, "toggle", move |event| show_differences(desk, past, &event));
        }
    });
    view! {
        <main class="z-page" id="main" node_ref=main on:click=click>
            <div node_ref=upper></div>
            <section class="z-past" aria-label="修改记录">
                <div class="z-past__head">
                    <h2>"修改记录"</h2>
                    <input
                        class="z-input z-past__find" type="search" aria-label="查找修改记录" placeholder="查找人、时间、要点或文字"
                        on:input=move |event| { limit.set(SHOWN); wanted.set(event_target_value(&event)); }
                    />
                </div>
                <div node_ref=lower></div>
            </section>
        </main>
    }
}

fn keep_point(desk: Desk, read: impl Fn() + Copy + 'static) {
    spawn_local(async move {
        match desk.keep_restore_point().await {
            Ok(()) => desk.notices.confirm("已保存还原点；与最近一个内容相同时不重复保存。".to_owned()),
            Err(why) => desk.notices.complain(format!("未能保存还原点：{why}。")),
        }
        read();
    });
}

fn restore(desk: Desk, past: RwSignal<Past>, index: Option<usize>, read: impl Fn() + Copy + 'static) {
    let found = past.with_untracked(|past| index.and_then(|index| past.points.get(index).cloned()));
    let Some((mark, point)) = found else { return };
    spawn_local(async move {
        match desk.restore(&mark).await {
            Ok(()) => desk
                .notices
                .say(format!("已恢复到 {} 的内容。恢复前的内容也已存为还原点，可再恢复回来。", point.at)),
            Err(why) => desk.notices.complain(format!("未能恢复：{why}。当前内容没有改动。")),
        }
        read();
    });
}

fn drop_unmerged(desk: Desk, row: Option<RowId>, read: impl Fn() + Copy + 'static) {
    let Some(row) = row else { return };
    spawn_local(async move {
        if let Err(why) = desk.drop_unmerged(&row).await {
            desk.notices.complain(format!("未能移除：{why}。内容没有改动。"));
        }
        read();
    });
}

fn adopt(desk: Desk, past: RwSignal<Past>, element: &Element, how: Adopt) {
    let (Some(row), Some(index)) = (row_around(element), index_around(element)) else { return };
    let found = past.with_untracked(|past| {
        past.unmerged.iter().find(|(known, _)| *known == row).map(|(_, copy)| copy.clone())
    });
    if let Some(copy) = found {
        if desk.adopt(&copy, index, how) {
            // What stands there now is shown beside it.
            past.update(|_| {});
            desk.notices.confirm("已写入，可用“撤销”恢复。".to_owned());
        } else {
            desk.notices.complain("没有写入：本窗口只读，内容已经相同，或原处已不存在。".to_owned());
        }
    }
}

/// Fills the differences of a restore point when they are unfolded.
fn show_differences(desk: Desk, past: RwSignal<Past>, event: &Event) {
    let Some(details) = target(event) else { return };
    let Some(list) = slot(&details, Slot::Detail) else { return };
    let found = past.with_untracked(|past| {
        let point = index_around(&details).and_then(|index| past.points.get(index));
        point.map(|(mark, point)| (mark.clone(), !point.why.is_offered()))
    });
    let Some((mark, handed)) = found.filter(|_| details.has_attribute("open")) else { return };
    spawn_local(async move {
        let html = match desk.restore_state(&mark).await {
            Ok(state) => desk.look(|now, catalogue| {
                differences_table(
                    catalogue,
                    &differences(&state, now),
                    [if handed { "报送时" } else { "还原点" }, "现在"],
                )
            }),
            Err(why) => return desk.notices.complain(format!("未能读取这个还原点：{why}。")),
        };
        list.set_inner_html(&html);
    });
}
