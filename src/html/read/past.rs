//! 历史: what was set apart, restore points, and the change log.

use maud::{Markup, html};

use crate::assessment::edit::Edit;
use crate::assessment::{Assessment, RowId};
use crate::catalogue::Catalogue;
use crate::html::act::PastAct;
use crate::html::hook::Slot;
use crate::html::read::told::{BESIDE, Told, difference_text, figure_name, point_name, stored_text, told};
use crate::html::table::Holds::{Numbers, Words};
use crate::html::table::heads;
use crate::record::Mark;
use crate::record::compare::{Difference, DifferencePlace};
use crate::record::log::Logged;
use crate::record::restore::RestorePoint;
use crate::record::unmerged::Unmerged;
use crate::value::fold::fold;

/// What the store keeps of an assessment's past.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// Changes of windows that could not store them.
    pub unmerged: Vec<(RowId, Unmerged)>,
    /// Restore points, oldest first.
    pub points: Vec<(Mark, RestorePoint)>,
    /// The change log, oldest first.
    pub log: Vec<Logged>,
}

/// The page 历史 without the change log, which [`log_list`] gives.
pub fn past_page(catalogue: &Catalogue, now: &Assessment, past: &Past) -> String {
    let markup = html! {
        header.z-page__head { h1 { "历史" } }
        @if !past.unmerged.is_empty() { (unmerged(catalogue, now, &past.unmerged)) }
        (handed(past))
        section.z-past aria-label="还原点" {
            div.z-past__head {
                h2 { "还原点" }
                button.z-button type="button" data-do=(PastAct::KeepPoint.name()) { "保存还原点" }
            }
            p.z-hint {
                "填报时每小时、每天首次修改前、导入前和恢复前自动保存，旧的自动清理。恢复之前会先保存当前内容，可再恢复回来。"
            }
            @if !past.points.iter().any(|(_, point)| point.why.is_offered()) {
                p { "还没有还原点。" }
            } @else {
                div.z-tablebox tabindex="0" role="group" aria-label="还原点" { table.z-table {
                    thead { tr {
                        (heads([
                            ("时间", Words), ("原因", Words), ("已完成或不适用", Numbers), ("说明字数", Numbers), ("操作", Words),
                        ]))
                    } }
                    tbody {
                        @for (index, (_, point)) in past.points.iter().enumerate().rev().filter(|(_, (_, it))| it.why.is_offered()) {
                            (point_row(index, point))
                        }
                    }
                } }
            }
        }
    };
    markup.into_string()
}

/// 报送记录: what has left, with the state as it was then.
fn handed(past: &Past) -> Markup {
    let all = || past.points.iter().enumerate().rev().filter(|(_, (_, point))| !point.why.is_offered());
    html! {
        @if all().next().is_some() {
            section.z-past aria-label="报送记录" {
                h2 { "报送记录" }
                p.z-hint { "每次导出的文件都在此留底：当时的内容原样保存，可看后来改了什么。" }
                div.z-tablebox tabindex="0" role="group" aria-label="报送记录" { table.z-table {
                    thead { tr {
                        (heads([("时间", Words), ("文件", Words), ("给谁", Words), ("修订", Numbers), ("内容校验", Words)]))
                    } }
                    tbody { @for (index, (_, point)) in all() { (handed_row(index, point)) } }
                } }
            }
        }
    }
}

fn handed_row(index: usize, point: &RestorePoint) -> Markup {
    html! {
        tr data-index=(index) {
            th scope="row" { (point.at) }
            td { (point.file) }
            td { (point.to) }
            td.z-table__number { "r" (point.seq) }
            td { code title=(point.hash) { (point.hash.chars().take(8).collect::<String>()) } }
        }
        tr data-index=(index) {
            td colspan="5" {
                details.z-differences data-slot=(Slot::Differences) data-index=(index) {
                    summary { "此后的改动" }
                    div.z-differences__list data-slot=(Slot::Detail) {}
                }
            }
        }
    }
}

fn point_row(index: usize, point: &RestorePoint) -> Markup {
    html! {
        tr data-index=(index) {
            th scope="row" { (point.at) }
            td { (point.why.label()) }
            td.z-table__number { (point.settled) }
            td.z-table__number { (point.characters) }
            td {
                button.z-button.z-button--quiet type="button" data-do=(PastAct::Restore.name())
                    aria-label={ "恢复到此时 " (point.at) } { "恢复到此时" }
            }
        }
        tr data-index=(index) {
            td colspan="5" {
                details.z-differences data-slot=(Slot::Differences) data-index=(index) {
                    summary { "与现在的差异" }
                    div.z-differences__list data-slot=(Slot::Detail) {}
                }
            }
        }
    }
}

/// What differs between two states of an assessment that answers `catalogue`.
pub fn differences_table(catalogue: &Catalogue, differences: &[Difference], [old, new]: [&str; 2]) -> String {
    let markup = html! {
        @if differences.is_empty() {
            p { "内容相同。" }
        } @else {
            div.z-changes role="group" aria-label="有差异的内容" tabindex="0" { table.z-table {
                thead { tr { @for name in ["位置", "项目", old, new] { th scope="col" { (name) } } } }
                tbody { @for it in differences { tr {
                    th scope="row" { (difference_place(catalogue, &it.place)) }
                    td { (it.what) }
                    @for text in [&it.before, &it.after] { td { (shortened(&difference_text(catalogue, &it.place, text))) } }
                } } }
            } }
        }
    };
    markup.into_string()
}

fn difference_place(catalogue: &Catalogue, place: &DifferencePlace) -> String {
    match place {
        DifferencePlace::Cover => "封面".to_owned(),
        DifferencePlace::Point(id) => point_name(catalogue, id),
        DifferencePlace::Evidence(number) => format!("材料 {number}"),
        DifferencePlace::Figure(id) => figure_name(catalogue, id),
        DifferencePlace::School(name) => format!("学校数据 {name}"),
        DifferencePlace::Beside => BESIDE.to_owned(),
        DifferencePlace::Unit(name, _) => format!("责任单位 {name}"),
        DifferencePlace::Check => "体检".to_owned(),
    }
}

/// Enough of a text to recognise it.
pub fn shortened(text: &str) -> String {
    let count = text.chars().count();
    let start: String = text.chars().take(40).collect();
    match count {
        0 => "（空）".to_owned(),
        1..=40 => start,
        _ => format!("{start}…（共 {count} 字）"),
    }
}

fn unmerged(catalogue: &Catalogue, now: &Assessment, copies: &[(RowId, Unmerged)]) -> Markup {
    html! {
        section.z-past aria-label="未并入的修改" {
            h2 { "未并入的修改" }
            p.z-hint { "下面这些内容没有写入：另一个窗口已改过同一份自评，或合并文件时没有采用。请逐处核对：采用、接在后面，或全部处理完后移除。" }
            @for (row, copy) in copies {
                div.z-unmerged data-row=(row) {
                    div.z-past__head {
                        h3 { (copy.at) @if !copy.by.is_empty() { " · " (copy.by) } }
                        button.z-button type="button" data-do=(PastAct::DropUnmerged.name()) { "处理完毕，移除" }
                    }
                    @for (index, edit) in copy.edits.iter().enumerate() { (unmerged_edit(catalogue, now, copy, index, edit)) }
                }
            }
        }
    }
}

fn unmerged_edit(
    catalogue: &Catalogue,
    now: &Assessment,
    copy: &Unmerged,
    index: usize,
    edit: &Edit,
) -> Markup {
    let told = told(catalogue, now, edit);
    let is_text = matches!(edit, Edit::Splice { .. });
    let standing = match edit {
        Edit::Splice { place, .. } => stored_text(catalogue, place, now.text(place)),
        Edit::SetState { point, .. } => now.answer(point).state.label().to_owned(),
        _ => String::new(),
    };
    html! {
        article.z-unmerged__one data-index=(index) aria-label={ (told.place) " " (told.what) } {
            h4 { (told.place) " " (told.what) }
            dl {
                dt { @if copy.whole { "修改前" } @else { "删去" } } dd { (or_empty(&told.before)) }
                dt { @if copy.whole { "未写入的内容" } @else { "写入" } } dd { (or_empty(&told.after)) }
                @if is_text { dt { "现在" } dd { (or_empty(&standing)) } }
            }
            @if !is_text || copy.whole {
                button.z-button type="button" data-do=(PastAct::AdoptInPlace.name()) { "采用" }
            }
            @if is_text && !told.after.is_empty() {
                button.z-button type="button" data-do=(PastAct::AdoptBehind.name()) { "接在后面" }
            }
        }
    }
}

fn or_empty(text: &str) -> &str {
    if text.is_empty() { "（空）" } else { text }
}

/// The newest `limit` entries of the change log that have `wanted` in them.
pub fn log_list(
    catalogue: &Catalogue,
    now: &Assessment,
    log: &[Logged],
    wanted: &str,
    limit: usize,
) -> String {
    let wanted = wanted.trim();
    let entries: Vec<(&Logged, Vec<Told>)> = log
        .iter()
        .rev()
        .map(|logged| (logged, logged.entry.edits.iter().map(|edit| told(catalogue, now, edit)).collect()))
        .filter(|(logged, changes): &(&Logged, Vec<Told>)| {
            wanted.is_empty() || mentions(logged, changes, wanted)
        })
        .collect();
    let markup = html! {
        p.z-hint { "共 " (entries.len()) " 条" @if !wanted.is_empty() { "含“" (wanted) "”" } "。" }
        ol.z-log {
            @for (logged, changes) in entries.iter().take(limit) {
                li {
                    p.z-log__head {
                        time { (logged.entry.at) } " "
                        @if !logged.entry.by.is_empty() { b { (logged.entry.by) } " " }
                        (logged.entry.how.label())
                        @if !logged.entry.source.is_empty() { " " (logged.entry.source) }
                    }
                    @for it in changes { p.z-log__change {
                        span.z-log__place { (it.place) " " (it.what) }
                        @if !it.before.is_empty() { del { (it.before) } }
                        @if !it.after.is_empty() { ins { (it.after) } }
                    } }
                }
            }
        }
        @if entries.len() > limit {
            button.z-button type="button" data-do=(PastAct::ShowMore.name()) { "显示更早的记录" }
        }
    };
    markup.into_string()
}

/// Whether an entry has the wanted words; blanks make no difference.
fn mentions(logged: &Logged, changes: &[Told], wanted: &str) -> bool {
    let (entry, wanted) = (&logged.entry, fold(wanted));
    let has = |text: &str| fold(text).contains(&wanted);
    let of_change = |it: &Told| has(&format!("{}{}", it.place, it.what)) || has(&it.before) || has(&it.after);
    has(&entry.at)
        || has(&entry.by)
        || has(&entry.source)
        || has(entry.how.label())
        || changes.iter().any(of_change)
}
