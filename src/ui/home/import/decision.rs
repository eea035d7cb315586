//! What a person decides of a file: whether it comes in as new, in place of what is here, or
//! change by change.

use leptos::prelude::*;
use leptos::task::spawn_local;
use zhidu::assessment::Assessment;
use zhidu::html::differences_table;
use zhidu::merge::Proposal;
use zhidu::record::compare::differences;
use zhidu::route::{Page, Route};
use zhidu::store::replace::Reason;

use super::taken::Offered;
use crate::browser::lasting;
use crate::ui::desk::{Created, Desk};
use crate::ui::go::go;

/// The dialog about one file.
#[component]
pub fn Decision(
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
    // To 合并, of the assessment that it is about.
    let decide = move |proposal: Option<Proposal>| {
        let Some(proposal) = proposal else { return };
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
    let merge = move |_| decide(incoming.get_value());
    let (returned, of_share) = (into_district.is_some(), share.is_some());
    let into_district = StoredValue::new(into_district);
    let collect = move |_| decide(into_district.get_value());
    let of_unit = share.map(|share| {
        let asked = match share.points.len() {
            0 => "学校数据".to_owned(),
            points => format!("{points} 项"),
        };
        view! {
            <p>{if returned {
                format!("这是“{}”的单位填报表（{asked}），它所属的自评就在本机，可以核对后收入。", share.name)
            } else if exists {
                format!("这是“{}”的单位填报表（{asked}），本机已有这份单位填报，可以逐处核对合并。", share.name)
            } else if desk.opened.with_untracked(Option::is_some) {
                format!("这是“{}”的单位填报表（{asked}），属于“{of}”的自评，不是打开的这一份，那份自评也不在本机。", share.name)
            } else {
                format!("这是“{}”的单位填报表（{asked}）。可以作为单位填报打开，在这里填写，填完用“导出回传文件”交回。", share.name)
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

/// Whose a file is, as far as it says so.
fn whose(assessment: &Assessment) -> String {
    let head = &assessment.head;
    let names = [head.unit_name.as_str(), head.cover.filler.as_str()];
    let names: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
    if names.is_empty() { String::new() } else { format!("（{}）", names.join("，")) }
}
