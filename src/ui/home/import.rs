//! 导入: backups and submissions, any number of files, each told by its content. One comes
//! in as a new assessment, in place of the one that is here, or change by change on 合并.
//! Nothing is changed before the person agrees, and nothing at all by a file that cannot be
//! taken; the others go on.

use std::sync::Arc;
use std::time::Duration;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;
use zhidu::assessment::Assessment;
use zhidu::assessment::share::Revision;
use zhidu::catalogue::Catalogue;
use zhidu::catalogue::library::{Wording, carried};
use zhidu::exchange::{CheckBackup, ReadSubmission, SubmissionRead};
use zhidu::html::differences_table;
use zhidu::html::hook::Slot;
use zhidu::merge::{Proposal, common_state};
use zhidu::record::backup::{self, Backup, BackupError, MAX_BYTES};
use zhidu::record::compare::differences;
use zhidu::record::state::content_hash;
use zhidu::returned::NotReturned;
use zhidu::route::{Page, Route};
use zhidu::store::replace::Reason;

use crate::browser::files::{self, ReadError};
use crate::browser::worker::{Cancel, ask};
use crate::browser::{clock, lasting, texts};
use crate::ui::desk::{Created, Desk, OpenError, Running};
use crate::ui::frame::dialog::Dialog;
use crate::ui::frame::export::{begin, was_cancelled};
use crate::ui::go::go;
use crate::ui::late::{Late, Shown};
use crate::ui::live::{hearing, shown};

/// A file that was read and waits for the person's decision.
#[derive(Clone)]
struct Offered {
    file: String,
    backup: Backup,
    /// The state that a submission was made from, if it is one and tells.
    base: Option<Assessment>,
    /// What of a submission was not read, as sentences.
    remarks: Vec<String>,
    /// Whether it is a submission and no backup.
    submission: bool,
    /// What it answers.
    catalogue: Arc<Catalogue>,
    /// The state on this machine, if the same work is here.
    here: Option<Assessment>,
    /// Whether the same work is among 最近删除.
    deleted: bool,
    /// What taking a unit's return into the district's assessment would change, where that
    /// is here.
    into_district: Option<Proposal>,
}

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

#[component]
fn Reading(
    /// What is to be read.
    picked: Picked,
) -> impl IntoView {
    let desk = Desk::here();
    let waiting = RwSignal::new(Vec::<Offered>::new());
    let open = RwSignal::new(false);
    let read = move |file: File, cancel: Cancel| async move {
        let name = file.name();
        let why = match take(desk, &file, &cancel).await {
            Ok(Offered { into_district: Some(proposal), .. }) if is_of_open(desk, &proposal) => {
                // Nobody has to say of each of many files where it belongs.
                return desk.incoming.update(|incoming| incoming.push(proposal));
            }
            Ok(found) => return waiting.update(|waiting| waiting.push(found)),
            // A table of schools, perhaps: its page says what it finds in it.
            Err(why)
                if (why.may_be_table() || is_on_schools(desk))
                    && desk.opened.with_untracked(Option::is_some) =>
            {
                desk.tables.update(|files| files.push(file));
                if let Some(opened) = desk.opened.get_untracked() {
                    go(&Route::Assessment(opened.id, Page::Schools));
                }
                return;
            }
            Err(_) if was_cancelled() => return,
            Err(why) => why.in_words(),
        };
        desk.notices.complain(format!("“{name}”未导入：{why}。本机原有内容没有任何改动。"));
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
                for (at, file) in files.into_iter().enumerate() {
                    if free {
                        let step = format!("正在读入 {} / {count}：{}", at + 1, file.name());
                        let percent = u8::try_from(at * 100 / count).unwrap_or(100);
                        desk.exporting.set(Some(Running { step, percent }));
                    }
                    read(file, cancel.clone()).await;
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

/// Why a file cannot be taken in.
enum NotTaken {
    /// It is a workbook, but no submission.
    OtherWorkbook,
    /// It is a text, but no backup; perhaps one in columns.
    OtherText { in_columns: bool },
    /// Anything else, in words.
    Refused(String),
}

impl NotTaken {
    fn may_be_table(&self) -> bool {
        matches!(self, NotTaken::OtherWorkbook | NotTaken::OtherText { in_columns: true })
    }

    fn in_words(self) -> String {
        match self {
            NotTaken::OtherWorkbook => NotReturned::Foreign.to_string(),
            NotTaken::OtherText { .. } => {
                "认不出这个文件：不是智督的备份（.json），也不是能打开的 Excel 文件".to_owned()
            }
            NotTaken::Refused(why) => why,
        }
    }
}

impl From<String> for NotTaken {
    fn from(why: String) -> NotTaken {
        NotTaken::Refused(why)
    }
}

async fn take(desk: Desk, file: &File, cancel: &Cancel) -> Result<Offered, NotTaken> {
    let bytes = files::read(file, MAX_BYTES).await.map_err(|error| match error {
        ReadError::TooLarge => BackupError::TooLarge.to_string(),
        ReadError::Unreadable => "浏览器无法读取此文件".to_owned(),
    })?;
    // ZIP packages and OLE containers are workbooks, everything else is text.
    let submission = [&b"PK"[..], b"\xD0\xCF\x11\xE0"].iter().any(|it| bytes.starts_with(it));
    let (backup, base, remarks) = if submission {
        submission_in(desk, &bytes, cancel).await?
    } else {
        backup_in(&bytes, cancel).await?
    };
    let reference = &backup.assessment.head.catalogue;
    if texts::fetched(reference.id.as_str()).await.is_err() {
        return Err(format!("其指标体系“{}”的文本没有取到，请检查网络后再试", reference.title).into());
    }
    let Some(edition) = carried().edition(&reference.id, &reference.text_hash) else {
        return Err(format!("其指标体系“{}”不在本程序中", reference.title).into());
    };
    if edition.wording == Wording::Unknown {
        return Err(format!(
            "其指标体系“{}”的文本版本不在本程序中，可能来自更新版本的程序，请用新版程序导入",
            reference.title
        )
        .into());
    }
    desk.settle().await;
    let deleted = desk.is_deleted(&backup.assessment.head.id).await;
    let here = match desk.peek(&backup.assessment.head.id).await {
        // What is among 最近删除 is brought back by the import, with its past.
        Ok((assessment, ..)) => (!deleted).then_some(assessment),
        Err(OpenError::Missing | OpenError::Unreadable(_)) => None,
        // Where nothing can be stored there is nothing to be replaced.
        Err(_) if desk.nothing_stored() => None,
        Err(error) => return Err(error.in_words().into()),
    };
    let whole = edition.catalogue;
    let into_district = into_district(desk, &whole, &backup, base.as_ref(), &file.name(), &remarks).await;
    let base = match &here {
        // Two full copies come from what their change logs have in common.
        Some(here) if !submission => {
            common_state(here, &desk.log_of(&backup.assessment.head.id).await, &backup)
        }
        _ => base,
    };
    let (file, catalogue) = (file.name(), backup.assessment.head.part_of(whole));
    Ok(Offered { file, backup, base, remarks, submission, catalogue, here, deleted, into_district })
}

/// What a unit's return would change in the district's assessment, if that is here. `base`
/// is the state that a workbook was made from.
async fn into_district(
    desk: Desk,
    whole: &Catalogue,
    backup: &Backup,
    base: Option<&Assessment>,
    file: &str,
    remarks: &[String],
) -> Option<Proposal> {
    let theirs = &backup.assessment;
    let share = theirs.head.share.as_ref()?;
    let (district, _, replica) = desk.peek(theirs.head.origin.as_ref()?).await.ok()?;
    // What was filled in with the program has been exported from the unit's own state:
    // what it got is not in it.
    let ours = replica.is_some_and(|it| it.id == backup.replica);
    let given = match desk.handed_state(&district.head.id, &share.given).await {
        Some(state) if !ours => {
            let works = state.division(whole).into_iter();
            works
                .into_iter()
                .find(|it| it.id == share.unit)
                .map(|it| state.share_for(whole, &it, &share.given))
        }
        _ => None,
    };
    let given = given.unwrap_or_else(|| Assessment::of(theirs.head.clone()));
    let base = base.filter(|_| ours).unwrap_or(&given);
    let [before, after] = district.returned_share(whole, base, theirs);
    let source = format!("“{file}”（{}）", share.name);
    let content = content_hash(theirs).chars().take(12).collect();
    let revision = Revision { content, replica: backup.replica.clone(), seq: backup.seq };
    let returned = district.return_of(whole, theirs, (file, &revision), &clock::date_and_time());
    let proposal = Proposal::new(source, Some(before), after, &district, remarks.to_vec());
    Some(proposal.returned_by(returned, &district))
}

fn is_of_open(desk: Desk, proposal: &Proposal) -> bool {
    let id = &proposal.theirs().head.id;
    desk.opened.with_untracked(|opened| opened.as_ref().is_some_and(|it| it.id == *id))
}

/// What a file says: a state, the one that it was made from, and what was not read of it.
type Said = (Backup, Option<Assessment>, Vec<String>);

async fn backup_in(bytes: &[u8], cancel: &Cancel) -> Result<Said, NotTaken> {
    let checked = ask(CheckBackup, Some(bytes), |_, _| {}, cancel).await;
    if let Err(error) = checked {
        let why = error.in_words();
        // The worker tells in words alone.
        let is_other = why == BackupError::Foreign.to_string();
        return Err(if is_other {
            NotTaken::OtherText { in_columns: is_in_columns(bytes) }
        } else {
            why.into()
        });
    }
    let backup = backup::read(bytes).map_err(|error| error.to_string())?;
    Ok((backup, None, Vec::new()))
}

async fn submission_in(desk: Desk, bytes: &[u8], cancel: &Cancel) -> Result<Said, NotTaken> {
    texts::all_fetched().await.map_err(|_| "指标体系的文本没有取到，请检查网络后再试".to_owned())?;
    let library = carried();
    let earlier = library.earlier.iter().map(|it| it.json.to_owned());
    let asked = ReadSubmission {
        catalogues: library.today.iter().map(|(_, json)| (*json).to_owned()).chain(earlier).collect(),
        known: desk.backup().map(|backup| backup::write(&backup)),
    };
    let read = ask(asked, Some(bytes), |_, _| {}, cancel).await;
    let Some(read) = read.map_err(|error| error.in_words())? else { return Err(NotTaken::OtherWorkbook) };
    let SubmissionRead { base, base_in_file, theirs, remarks } = read;
    let state = |text: &str| backup::read(text.as_bytes()).map_err(|error| error.to_string());
    let base = base_in_file.then(|| state(&base)).transpose()?.map(|backup| backup.assessment);
    Ok((state(&theirs)?, base, remarks))
}

#[component]
fn Decision(
    /// What was read.
    offered: Offered,
    /// The dialog to close when done.
    open: RwSignal<bool>,
) -> impl IntoView {
    let desk = Desk::here();
    let Offered { file, backup, base, remarks, submission, catalogue, here, deleted, into_district } =
        offered;
    let share = backup.assessment.head.share.clone();
    let head = &backup.assessment.head;
    let about =
        format!("{}：{}，{}，{}，{} 年度", file, head.name, head.unit_name, head.catalogue.title, head.year);
    let changes = here.as_ref().map(|here| differences(here, &backup.assessment));
    let differs = changes.as_ref().is_some_and(|it| !it.is_empty());
    let merges = differs || !remarks.is_empty();
    let source = format!("“{file}”{}", whose(&backup.assessment));
    let not_read = (!remarks.is_empty() && here.is_none()).then(|| {
        let lines = remarks.iter().map(|remark| view! { <li>{remark.clone()}</li> }).collect_view();
        view! { <p>"文件中的这些内容没有取用："</p><ul>{lines}</ul> }
    });
    let summary = changes.map(|changes| {
        if changes.is_empty() {
            return view! { <p>"本机已有同一份自评，内容完全相同，无需导入。"</p> }.into_any();
        }
        let count = changes.len();
        view! {
            <p>{if submission {
                format!("本机已有同一份自评，有 {count} 处不同：")
            } else {
                format!("本机已有同一份自评。如果替换，将改变 {count} 处：")
            }}</p>
            <div inner_html=differences_table(&catalogue, &changes, ["本机现有", "文件中"])></div>
        }
        .into_any()
    });
    let of = backup.assessment.head.unit_name.clone();
    let backup = StoredValue::new(backup);
    let exists = here.is_some();
    let incoming = StoredValue::new(here.map(|here| {
        // What the district says of what was handed in is its own to say: it is taken anew.
        let base = base.map(|base| match &base.head.share {
            Some(_) => Assessment { contributions: here.contributions.clone(), ..base },
            None => base,
        });
        let (theirs, last) =
            backup.with_value(|it| (it.assessment.clone(), it.log.last().map(|it| it.mark.clone())));
        let mut proposal = Proposal::new(source, base, theirs, &here, remarks);
        proposal.through = last;
        proposal
    }));
    let merge = move |_| {
        let Some(proposal) = incoming.get_value() else { return };
        let id = proposal.theirs().head.id.clone();
        open.set(false);
        spawn_local(async move {
            if let Err(error) = desk.open(&id).await {
                return desk.notices.complain(error.in_words());
            }
            desk.incoming.update(|incoming| incoming.push(proposal));
            go(&Route::Assessment(id, Page::Merge));
        });
    };
    let (returned, of_share) = (into_district.is_some(), share.is_some());
    let into_district = StoredValue::new(into_district);
    let collect = move |_| {
        let Some(proposal) = into_district.get_value() else { return };
        let id = proposal.theirs().head.id.clone();
        open.set(false);
        spawn_local(async move {
            if let Err(error) = desk.open(&id).await {
                return desk.notices.complain(error.in_words());
            }
            desk.incoming.update(|incoming| incoming.push(proposal));
            go(&Route::Assessment(id, Page::Merge));
        });
    };
    let of_unit = share.map(|share| {
        let asked = share.points.len();
        view! {
            <p>{if returned {
                format!("这是“{}”的单位填报表（{asked} 项），它所属的自评就在本机，可以核对后收入。", share.name)
            } else if exists {
                format!("这是“{}”的单位填报表（{asked} 项），本机已有这份单位填报，可以逐处核对合并。", share.name)
            } else if desk.opened.with_untracked(Option::is_some) {
                format!("这是“{}”的单位填报表（{asked} 项），属于“{of}”的自评，不是打开的这一份，那份自评也不在本机。", share.name)
            } else {
                format!("这是“{}”的单位填报表（{asked} 项）。可以作为单位填报打开，在这里填写，填完用“导出回传文件”交回。", share.name)
            }}</p>
        }
    });
    let as_new = move |_| {
        // Closing the dialog takes its values away.
        let (source, log) = backup.with_value(|it| (it.assessment.clone(), it.log.clone()));
        open.set(false);
        spawn_local(async move {
            let assessment = if exists {
                let name = desk.distinct_name(&format!("{}（导入）", source.head.name));
                source.copy_as(desk.fresh_id(), name)
            } else {
                source
            };
            match desk.create(assessment, &log).await {
                Created::Stored(id) => {
                    lasting::ask();
                    // Said once it is open: whoever goes on typing at once types there.
                    if let Err(error) = desk.open(&id).await {
                        return desk.notices.complain(format!("已导入，但没有打开：{}", error.in_words()));
                    }
                    go(&Route::Assessment(id, Page::Resume));
                    desk.notices.confirm("已导入。".to_owned());
                }
                Created::Refused(why) => desk.notices.complain(format!("未能导入：{why}。")),
                Created::InMemory(id, why) => {
                    desk.notices.complain(format!("已导入，但未能存到本机：{why}。"));
                    go(&Route::Assessment(id, Page::Resume));
                }
            }
        });
    };
    let replace = move |_| {
        let (assessment, log) = backup.with_value(|it| (it.assessment.clone(), it.log.clone()));
        open.set(false);
        spawn_local(async move {
            let before = desk.peek(&assessment.head.id).await.ok().map(|(before, ..)| before);
            desk.close().await;
            match desk.replace(&assessment, Reason::Imported, &log).await {
                Ok(()) => {
                    let id = assessment.head.id.clone();
                    go(&Route::Home);
                    let undo = Callback::new(move |()| {
                        let Some(before) = before.clone() else { return };
                        spawn_local(async move {
                            // The pages are drawn anew from what it was.
                            go(&Route::Home);
                            desk.close().await;
                            match desk.replace(&before, Reason::Restored, &[]).await {
                                Ok(()) => {
                                    desk.notices
                                        .confirm(format!("已撤销替换，“{}”恢复如前。", before.head.name));
                                    go(&Route::Assessment(before.head.id, Page::Resume));
                                }
                                Err(why) => desk.notices.complain(format!("未能恢复：{why}")),
                            }
                        });
                    });
                    desk.notices.offer(format!("已用备份替换“{}”。", assessment.head.name), "撤销替换", undo);
                    go(&Route::Assessment(id, Page::Resume));
                }
                Err(why) => desk.notices.complain(format!("未能替换：{why}。本机原有内容没有改动。")),
            }
        });
    };
    view! {
        <p>{about}</p>
        {of_unit}
        {deleted.then(|| view! {
            <p>"“最近删除”中有同一份自评。导入后它回到工作台，内容以备份为准，原来的内容存为还原点。"</p>
        })}
        {summary}
        {not_read}
        <div class="z-form__buttons">
            <button type="button" class="z-button" on:click=move |_| open.set(false)>"取消"</button>
            {(differs && !submission).then(|| view! { <button type="button" class="z-button" on:click=replace>"替换本机这一份"</button> })}
            <button type="button" class="z-button" class:z-button--main=!merges && !returned on:click=as_new>
                {if exists { "作为新的自评导入" } else if of_share { "作为单位填报打开" } else { "导入" }}
            </button>
            {returned.then(|| view! { <button type="button" class="z-button z-button--main" on:click=collect>"核对并收入"</button> })}
            {(exists && merges).then(|| view! { <button type="button" class="z-button z-button--main" on:click=merge>"逐处核对合并"</button> })}
        </div>
    }
}

/// Whether a text has columns, by its first lines.
fn is_in_columns(bytes: &[u8]) -> bool {
    let lines = bytes.get(..bytes.len().min(4_096)).unwrap_or_default().split(|byte| *byte == b'\n');
    let in_columns = |line: &&[u8]| line.iter().any(|byte| matches!(byte, b'\t' | b',' | b';'));
    lines.filter(in_columns).count() > 1
}

/// Whose a file is, as far as it says so.
fn whose(assessment: &Assessment) -> String {
    let head = &assessment.head;
    let names = [head.unit_name.as_str(), head.cover.filler.as_str()];
    let names: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
    if names.is_empty() { String::new() } else { format!("（{}）", names.join("，")) }
}
