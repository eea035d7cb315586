//! The bars that say with which wording of its catalogue work goes on, and which rules
//! have changed since it was begun.

use leptos::prelude::*;
use leptos::task::spawn_local;
use zhidu::catalogue::library::carried;
use zhidu::catalogue::rules::{HISTORY, changed_since};
use zhidu::html::{edition_differences, rule_changes};

use crate::browser::prefs;
use crate::ui::desk::{Desk, Wording};
use crate::ui::frame::bar::BarLine;
use crate::ui::frame::dialog::Dialog;
use crate::ui::late::Shown;

later! { handling:
    /// The bars of an open assessment, or nothing; the rules are hashed for them.
    pub fn bars() -> Shown<()> { |()| EditionBars().into_any() }
}

#[component]
fn EditionBars() -> impl IntoView {
    let desk = Desk::here();
    let asking = RwSignal::new(false);
    let earlier = move || desk.opened.with(|it| it.as_ref().is_some_and(|it| it.wording == Wording::Earlier));
    let rules = RwSignal::new(changed_rules(desk));
    view! {
        {move || earlier().then(|| view! {
            <BarLine text="这份自评按较早版本的文本填写，可照常填写和导出。本程序另有新版文本。">
                <button type="button" class="z-button" on:click=move |_| asking.set(true)>"查看差异并换用"</button>
            </BarLine>
        })}
        {move || rules.get().map(|(words, hash)| view! {
            <BarLine text=words>
                <button type="button" class="z-button" on:click=move |_| {
                    note_rules(desk, &hash);
                    rules.set(None);
                }>"知道了"</button>
            </BarLine>
        })}
        <Dialog open=asking title="换用新版文本".to_owned()><Move open=asking/></Dialog>
    }
}

/// What differs, and the decision.
#[component]
fn Move(
    /// The dialog to close when done.
    open: RwSignal<bool>,
) -> impl IntoView {
    let desk = Desk::here();
    let differences = desk.look(|_, older| {
        carried().today(&older.id).map(|it| edition_differences(older, &it.catalogue)).unwrap_or_default()
    });
    let go_over = move |_| {
        open.set(false);
        spawn_local(async move {
            match desk.move_to_today().await {
                Ok(()) => desk.notices.confirm("已换用新版文本。换用前的状态在“历史”的还原点里。".to_owned()),
                Err(why) => desk.notices.complain(format!("没有换用：{why}。内容没有改动。")),
            }
        });
    };
    view! {
        <p>"所填内容都留在原来的位置。文字有变化的，“已完成”改回“填报中”，请重新核对。换用前自动存一个还原点。"</p>
        <div inner_html=differences></div>
        <div class="z-form__buttons">
            <button type="button" class="z-button" on:click=move |_| open.set(false)>"取消"</button>
            <button type="button" class="z-button z-button--main" on:click=go_over>"换用新版"</button>
        </div>
    }
}

/// Which rules are other ones than when the work was begun or than was last told, and
/// the hash of those in force.
fn changed_rules(desk: Desk) -> Option<(String, String)> {
    desk.opened.with_untracked(Option::is_some).then_some(())?;
    let (key, begun, in_force) = desk.look(|assessment, catalogue| {
        (
            key(assessment.head.id.as_str()),
            assessment.head.catalogue.rules_hash.clone(),
            catalogue.rules_hash(),
        )
    });
    let known = prefs::get(&key).unwrap_or(begun);
    if known == in_force {
        return None;
    }
    let words = desk.look(|_, catalogue| match changed_since(HISTORY, catalogue, &known) {
        Some(changes) => {
            format!("量化指标的规则随程序更新有变化，请核对结论：{}。", rule_changes(catalogue, &changes))
        }
        None => "量化指标的规则随程序更新有变化（无法列出是哪些），请核对各项结论。".to_owned(),
    });
    Some((words, in_force))
}

fn note_rules(desk: Desk, hash: &str) {
    desk.look(|assessment, _| prefs::set(&key(assessment.head.id.as_str()), hash));
}

fn key(assessment: &str) -> String {
    format!("rules.{assessment}")
}
