//! 导入: backups and submissions, any number of files, each told by its content. One comes
//! in as a new assessment, in place of the one that is here, or change by change on 合并.
//! Nothing is changed before the person agrees, and nothing at all by a file that cannot be
//! taken; the others go on.

use std::time::Duration;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;
use zhidu::html::hook::Slot;
use zhidu::merge::Proposal;
use zhidu::route::{Page, Route};

use crate::browser::files;
use crate::browser::worker::Cancel;
use crate::ui::desk::{Desk, Running};
use crate::ui::frame::dialog::Dialog;
use crate::ui::frame::export::{begin, was_cancelled};
use crate::ui::go::go;
use crate::ui::late::{Late, Shown};
use crate::ui::live::{hearing, shown};

mod decision;
mod taken;

use decision::Decision;
use taken::{NotTaken, Offered, take};

/// Files that were picked or dropped and wait to be read.
pub type Picked = RwSignal<Vec<File>, LocalStorage>;

later! { handling:
    /// Reads what is picked, and asks what is to become of it.
    fn reading() -> Shown<Picked> { |picked| view! { <Reading picked=picked/> }.into_any() }
}

/// The hidden file field of 导入. What is picked is read by a later part.
#[component]
pub fn Import(
    /// Gets the file.
    picked: Picked,
    /// Incremented to open the browser's file dialog.
    start: RwSignal<u32>,
) -> impl IntoView {
    let desk = Desk::here();
    let input = NodeRef::<html::Input>::new();
    let there = RwSignal::new(false);
    Effect::new(move |_| {
        if start.get() > 0
            && let Some(input) = input.get_untracked()
        {
            input.set_value("");
            input.click();
        }
    });
    Effect::new(move |_| {
        if picked.with(|files| !files.is_empty()) && !there.get_untracked() {
            let wait = desk.notices.wait("正在读入文件，请稍候。");
            spawn_local(async move {
                let part = reading().await;
                drop(wait);
                match part {
                    Ok(_) => there.set(true),
                    Err(why) => {
                        picked.set(Vec::new());
                        desk.notices
                            .complain(format!("没有导入：{}。本机原有内容没有任何改动。", why.in_words()));
                    }
                }
            });
        }
    });
    let change = move |_| {
        let Some(input) = input.get_untracked() else { return };
        picked.set(input.files().map(files::all).unwrap_or_default());
        // The same file can be picked again: it may have been changed since.
        input.set_value("");
    };
    view! {
        <input type="file" class="z-gone" accept=".json,.xlsx,.xls,.et,.ods,application/json" multiple=true data-slot=Slot::Files.name() aria-label="选择要导入的文件" node_ref=input on:change=hearing(change)/>
        {shown(move || there.get(), move || view! { <Late about=picked load=|| Box::pin(reading())/> }.into_any())}
    }
}

fn not_taken(desk: Desk, name: &str, why: &str) {
    desk.notices.complain(format!("“{name}”未导入：{why}。本机原有内容没有任何改动。"));
}

/// Leads to 学校数据, whose page says what it finds in the files; not away from what other files
/// ask, nor from 收集, where nobody means schools.
fn take_as_tables(desk: Desk, tables: Vec<(File, NotTaken)>, others: bool) {
    let collects = desk.route.with_untracked(|route| matches!(route, Route::Assessment(_, Page::Collect)));
    if others || collects {
        for (file, why) in tables {
            let why = why.in_words();
            not_taken(desk, &file.name(), &format!("{why}。如果是学校的数据表，请到“学校数据”页导入"));
        }
    } else if let Some(opened) = desk.opened.get_untracked().filter(|_| !tables.is_empty()) {
        desk.tables.update(|files| files.extend(tables.into_iter().map(|(file, _)| file)));
        go(&Route::Assessment(opened.id, Page::Schools));
    }
}

#[component]
fn Reading(
    /// What is to be read.
    picked: Picked,
) -> impl IntoView {
    let desk = Desk::here();
    let waiting = RwSignal::new(Vec::<Offered>::new());
    let open = RwSignal::new(false);
    // What may be a table of schools is given back with the reason why it is nothing else.
    let read = move |file: File, cancel: Cancel| async move {
        match take(desk, &file, &cancel).await {
            Ok(Offered { into_district: Some(proposal), .. }) if is_of_open(desk, &proposal) => {
                // Nobody has to say of each of many files where it belongs.
                desk.incoming.update(|incoming| incoming.push(proposal));
            }
            Ok(found) => waiting.update(|waiting| waiting.push(found)),
            Err(why)
                if (why.may_be_table() || is_on_schools(desk))
                    && desk.opened.with_untracked(Option::is_some) =>
            {
                return Some((file, why));
            }
            Err(_) if was_cancelled() => {}
            Err(why) => not_taken(desk, &file.name(), &why.in_words()),
        }
        None
    };
    Effect::new(move |_| {
        let files = picked.get();
        if !files.is_empty() {
            picked.set(Vec::new());
            spawn_local(async move {
                let before = desk.incoming.with_untracked(Vec::len);
                // Another one may be writing a file.
                let free = desk.exporting.with_untracked(Option::is_none);
                let cancel = if free { begin(desk, String::new()) } else { Cancel::default() };
                let count = files.len();
                let mut tables = Vec::new();
                for (at, file) in files.into_iter().enumerate() {
                    if free {
                        let step = format!("正在读入 {} / {count}：{}", at + 1, file.name());
                        let percent = u8::try_from(at * 100 / count).unwrap_or(100);
                        desk.exporting.set(Some(Running { step, percent }));
                    }
                    tables.extend(read(file, cancel.clone()).await);
                    if free && was_cancelled() {
                        desk.notices
                            .confirm("已取消读入，其余文件没有读。本机原有内容没有任何改动。".to_owned());
                        break;
                    }
                }
                if free {
                    desk.exporting.set(None);
                }
                let more = desk.incoming.with_untracked(Vec::len) > before;
                take_as_tables(desk, tables, more || waiting.with_untracked(|it| !it.is_empty()));
                if let Some(opened) = desk.opened.get_untracked().filter(|_| more) {
                    go(&Route::Assessment(opened.id, Page::Merge));
                }
            });
        }
    });
    // One after the other is asked about: the one that was goes when its dialog closes. An
    // effect that changes what it looks at itself would not be woken again.
    let ask_next = move || {
        if waiting.with_untracked(|waiting| !waiting.is_empty()) {
            open.set(true);
        }
    };
    let go_on = move || waiting.update(|waiting| drop((!waiting.is_empty()).then(|| waiting.remove(0))));
    Effect::new(move |was: Option<bool>| {
        let (is, some) = (open.get(), waiting.with(|waiting| !waiting.is_empty()));
        if was == Some(true) && !is {
            set_timeout(go_on, Duration::ZERO);
        } else if !is && some {
            set_timeout(ask_next, Duration::ZERO);
        }
        is
    });
    let content = move || {
        let offered = waiting.with(|waiting| waiting.first().cloned());
        offered.map(|offered| view! { <Decision offered=offered open=open/> })
    };
    view! { <Dialog open=open title="导入".to_owned()>{content}</Dialog> }
}

/// Whether 学校数据 is shown, where whatever is no file of this program is a table.
fn is_on_schools(desk: Desk) -> bool {
    desk.route.with_untracked(|route| matches!(route, Route::Assessment(_, Page::Schools)))
}

fn is_of_open(desk: Desk, proposal: &Proposal) -> bool {
    let id = &proposal.theirs().head.id;
    desk.opened.with_untracked(|opened| opened.as_ref().is_some_and(|it| it.id == *id))
}
