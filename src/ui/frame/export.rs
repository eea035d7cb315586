//! 导出 Excel and 导出备份. The workbook is written, read back and compared in
//! the file worker; only then the download starts and 已导出 is said.

use leptos::prelude::*;
use leptos::task::spawn_local;
use zhidu::catalogue::library::carried;
use zhidu::exchange::{Asked, ExportSubmission};
use zhidu::record::backup;
use zhidu::workbook::name;

use crate::browser::worker::{Cancel, WorkerError, ask};
use crate::browser::{clock, files, prefs};
use crate::ui::desk::{Desk, Reading, Running};
use crate::ui::home::keeping::hand_out;
use crate::ui::late::act;
use crate::ui::live::{hearing, said, shown};

/// The preference whether 体检 travels with 导出 Excel.
const CHECKUP: &str = "export-checkup";

/// Whether 体检 and the reasons why problems were set aside travel with 导出 Excel:
/// only where a person has said so on this machine.
pub fn checkup_travels() -> bool {
    prefs::get(CHECKUP).as_deref() == Some("yes")
}

/// Says whether they do.
pub fn let_checkup_travel(travels: bool) {
    prefs::set(CHECKUP, if travels { "yes" } else { "no" });
}

thread_local! {
    static CANCEL: std::cell::RefCell<Cancel> = std::cell::RefCell::default();
    /// Whether the person has given up what is running.
    static CANCELLED: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// Shows that long work begins, and gives what ends its worker when the person gives it up.
pub fn begin(desk: Desk, step: String) -> Cancel {
    let cancel = Cancel::default();
    CANCEL.with(|it| it.replace(cancel.clone()));
    CANCELLED.set(false);
    desk.exporting.set(Some(Running { step, percent: 0 }));
    cancel
}

/// Whether the person has given up the work that began last.
pub fn was_cancelled() -> bool {
    CANCELLED.get()
}

/// 导出备份: the download follows at once, also when the store refuses to save.
pub fn export_backup(desk: Desk) {
    if desk.reading.get_untracked() == Some(Reading::Newer) {
        return desk.notices.complain(
            "没有导出备份：这份自评由更新版本的程序写入，本版本不能完整读出，导出的备份会缺内容。请用新版本导出，或用上方的“下载原始数据”。"
                .to_owned(),
        );
    }
    desk.hand_over_draft();
    act(desk, backup_file(desk));
}

/// 导出 Excel.
pub fn export_submission(desk: Desk) {
    act(desk, submission(desk));
}

later! { handling:
    async fn backup_file(desk: Desk) -> () {
        let Some(state) = desk.backup_with_log().await else { return };
        match hand_out(&state, &desk.look(|_, catalogue| catalogue.short.clone())) {
            Some(name) => {
                desk.keep_handed(&state, &name, "");
                desk.notices.confirm(format!("已导出 {name}"));
            }
            None => desk
                .notices
                .complain("浏览器没有接受下载。内容没有改动，请检查浏览器的下载设置后再试。".to_owned()),
        }
    }

    fn submission(desk: Desk) -> () { write_submission(desk) }
}

fn write_submission(desk: Desk) {
    if desk.exporting.with_untracked(Option::is_some) {
        return;
    }
    desk.hand_over_draft();
    let Some(state) = desk.backup() else { return };
    let reference = &state.assessment.head.catalogue;
    let Some(edition) = carried().edition(&reference.id, &reference.text_hash) else { return };
    let when = clock::date_and_time();
    let short = desk.look(|_, catalogue| catalogue.short.clone());
    let head = &state.assessment.head;
    let name = match &head.share {
        Some(share) => name::unit_form(head, share, &short, &when, name::Way::In),
        None => name::submission(head, &short, &when, state.seq),
    };
    let asked = ExportSubmission {
        catalogue: edition.json.to_owned(),
        backup: backup::write(&state),
        when,
        with_checkup: checkup_travels(),
    };
    spawn_local(async move {
        if write_file(desk, asked, &name, files::XLSX).await == Written::HandedOut {
            desk.keep_handed(&state, &name, "");
            desk.notices.confirm(format!("已导出 {name}"));
        }
    });
}

/// What became of a file that was to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// The browser has it.
    HandedOut,
    /// It was not written, which was said.
    NotWritten,
}

/// Has the worker write a file and hands it out; shows how far it is, and lets the person
/// give it up. One at a time.
pub async fn write_file<A: Asked<Answer = Vec<u8>>>(
    desk: Desk,
    asked: A,
    name: &str,
    media_type: &str,
) -> Written {
    if desk.exporting.with_untracked(Option::is_some) {
        return Written::NotWritten;
    }
    let cancel = begin(desk, "正在导出：正在准备".to_owned());
    let progress = move |step: String, percent| {
        desk.exporting.set(Some(Running { step: format!("正在导出：{step}"), percent }));
    };
    let answer = ask(asked, None, progress, &cancel).await;
    desk.exporting.set(None);
    let nothing_lost = "填报内容没有改动，仍在本机。";
    match answer {
        Ok(bytes) => match files::download(name, media_type, &bytes) {
            Some(()) => return Written::HandedOut,
            None => desk.notices.complain(format!("浏览器没有接受下载。{nothing_lost}")),
        },
        Err(WorkerError::Cancelled) => desk.notices.confirm("已取消导出。".to_owned()),
        Err(why @ WorkerError::NotStarted) => {
            desk.notices.complain(format!("未能导出：{}，或先导出备份。{nothing_lost}", why.in_words()));
        }
        Err(why) => desk.notices.complain(format!("未能导出：{}。{nothing_lost}", why.in_words())),
    }
    Written::NotWritten
}

/// Shows long work that is running, and lets the person give it up.
#[component]
pub fn ExportProgress() -> impl IntoView {
    let running = Desk::here().exporting;
    let step = move || running.with(|it| it.as_ref().map_or_else(String::new, |it| it.step.clone()));
    let percent = move || running.with(|it| it.as_ref().map_or(0, |it| it.percent).to_string());
    let cancel = move |_| {
        CANCELLED.set(true);
        CANCEL.with(|it| it.borrow().cancel());
    };
    view! {
        {shown(move || running.with(Option::is_some), move || view! {
            <div class="z-progress z-noprint" role="status">
                <p prop:textContent=said(step)></p>
                <progress max="100" aria-label="进度" value=said(percent)></progress>
                <button type="button" class="z-button" on:click=hearing(cancel)>"取消"</button>
            </div>
        }.into_any())}
    }
}
