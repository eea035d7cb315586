//! 收集: what has come back, unit by unit and point by point.

use maud::{Markup, html};

use crate::assessment::collected::{UnitStanding, UnitState};
use crate::assessment::contribution::ContributionsByPoint;
use crate::assessment::place::Place;
use crate::assessment::{Assessment, Contribution, ContributionState, RowId};
use crate::catalogue::{Catalogue, Point};
use crate::check::{Report, Target};
use crate::html::act::CollectAct;
use crate::html::hook::Slot;
use crate::html::table::Holds::{Numbers, Words};
use crate::html::table::heads;
use crate::merge::origin::{origins, unused};
use crate::merge::sentences::marked;
use crate::route::{Page, Route};

/// The page. `today` is the person's date; without a report of 体检 its column is empty.
pub fn collect_page(catalogue: &Catalogue, assessment: &Assessment, report: &Report, today: &str) -> String {
    let all = assessment.standings(catalogue, today);
    let count = |state| all.iter().filter(|it| it.state == state).count();
    let overdue = all.iter().filter(|it| it.overdue).count();
    let markup = html! {
        header.z-page__head {
            h1 { "收集" }
            div.z-home__actions.z-noprint {
                button.z-button type="button" data-do=(crate::html::act::PageAct::Print.name()) { "打印本页" }
                button.z-button type="button" data-do=(CollectAct::CopyMissing.name()) { "复制催报名单" }
                @if count(UnitState::Received) > 1 {
                    button.z-button type="button" data-do=(CollectAct::ReviewAll.name()) { "已报的全部审核通过" }
                }
                button.z-button.z-button--main type="button" data-do=(CollectAct::Import.name()) { "导入回传文件" }
            }
        }
        @if all.is_empty() {
            p { "还没有分工。请先到“分工”页指定责任单位，导出单位填报表。" }
        } @else {
            p.z-page__lead role="status" {
                (all.len()) " 个单位："
                @for (at, state) in [UnitState::Missing, UnitState::Received, UnitState::Returned, UnitState::Reviewed].into_iter().enumerate() {
                    @if at > 0 { "，" }
                    (state.label()) " " (count(state))
                }
                @if overdue > 0 { "；" b.z-overdue { "超期 " (overdue) } }
                "。"
            }
            p.z-hint.z-noprint { "单位交回的 Excel 文件可以一次选多个，或一起拖到本页。先逐处给您看，确定后才写入。" }
            textarea.z-input.z-input--block.z-gone.z-noprint data-slot=(Slot::Awaited) rows="5" readonly aria-label="催报名单" {}
            (board(report, &all))
            (by_point(catalogue, assessment))
        }
    };
    markup.into_string()
}

fn board(report: &Report, all: &[UnitStanding]) -> Markup {
    html! {
        div.z-tablebox {
            table.z-table.z-collect aria-label="各单位报送情况" {
                thead { tr {
                    (heads([("责任单位", Words), ("状态", Words), ("截止日期", Words), ("交来", Words), ("填报人", Words), ("有内容", Numbers), ("体检", Numbers), ("文件", Words)]))
                    th.z-noprint scope="col" { "操作" }
                } }
                tbody { @for it in all { (unit_row(report, it)) } }
            }
        }
    }
}

fn unit_row(report: &Report, it: &UnitStanding) -> Markup {
    let here = |index: usize| it.work.points.iter().any(|(at, ..)| *at == index);
    let problems = report.open().filter(|problem| match &problem.target {
        Target::Point(index, _) | Target::Measure(index, _) => here(*index),
        Target::School(Place::School(row, _)) => it.schools.contains(row),
        _ => false,
    });
    let problems = problems.count();
    let total = it.work.points.len();
    html! {
        tr data-row=(it.work.id) {
            th scope="row" { (it.work.name) @if !it.contact.is_empty() { span.z-hint { " " (it.contact) } } }
            td {
                span.z-collect__state.(class(it.state)) { (it.state.label()) }
                @for reason in &it.reasons { p.z-hint { (reason) } }
            }
            td.z-overdue[it.overdue] { (it.due) @if it.overdue { " 超期" } }
            td { (it.received) }
            td { (it.fillers.join("、")) }
            td.z-table__number {
                @if total > 0 { (it.told) " / " (total) }
                @if !it.schools.is_empty() { @if total > 0 { br; } "学校 " (it.with_numbers) " / " (it.schools.len()) }
            }
            td.z-table__number {
                @if it.state != UnitState::Missing && problems > 0 {
                    span title={ "所报内容在体检中有 " (problems) " 项" } { (problems) }
                }
            }
            td.z-collect__file { (it.file) }
            td.z-noprint {
                @if it.state != UnitState::Missing {
                    @if it.state != UnitState::Reviewed {
                        button.z-button type="button" data-do=(CollectAct::ReviewUnit.name()) aria-label={ (it.work.name) " 审核通过" } { "审核通过" }
                    }
                    details.z-finding__mute {
                        summary { "退回" }
                        div.z-finding__reason {
                            input.z-input type="text" aria-label={ (it.work.name) " 退回意见" } placeholder="写明要改什么";
                            button.z-button type="button" data-do=(CollectAct::ReturnUnit.name()) aria-label={ (it.work.name) " 退回全部" } { "退回全部" }
                        }
                    }
                }
                @if it.state == UnitState::Returned {
                    button.z-button type="button" data-do=(CollectAct::WriteReturn.name()) aria-label={ (it.work.name) " 导出退回文件" } { "导出退回文件" }
                }
            }
        }
    }
}

const fn class(state: UnitState) -> &'static str {
    match state {
        UnitState::Missing => "z-collect__state--missing",
        UnitState::Returned => "z-collect__state--returned",
        UnitState::Received => "z-collect__state--received",
        UnitState::Reviewed => "z-collect__state--reviewed",
    }
}

/// The points at which something was handed in that is not reviewed yet: first those of
/// which something does not stand in the district's text.
fn by_point(catalogue: &Catalogue, assessment: &Assessment) -> Markup {
    let returns = ContributionsByPoint::of(assessment);
    let any = |point: &Point, wanted: &dyn Fn(&Contribution) -> bool| {
        returns.to(&point.id).iter().any(|(_, it)| it.says_something() && wanted(it))
    };
    let open = |point: &&Point| any(point, &|it| it.state != ContributionState::Reviewed);
    let left = |point: &Point| {
        let district = &assessment.answer(&point.id).narrative;
        any(point, &|it| unused(&it.text, district) > 0)
    };
    let (wanting, there): (Vec<&Point>, Vec<&Point>) =
        catalogue.points().iter().filter(open).partition(|point: &&Point| left(point));
    html! {
        @if !wanting.is_empty() {
            section.z-past aria-label="待处理的回传" {
                div.z-past__head {
                    h2 { "待处理的回传（" (wanting.len()) " 项）" }
                    button.z-button.z-noprint type="button" data-do=(CollectAct::AppendAll.name()) { "全部追加到区级说明" }
                }
                p.z-hint { "各单位交来的说明各自保留，不会互相覆盖。区级说明由您采用、追加，或在填报页改写；有底色的句子还不在区级说明里。采用、追加后即为已审。" }
                @for point in wanting { (one_point(catalogue, assessment, &returns, point)) }
            }
        }
        @if !there.is_empty() {
            details.z-more {
                summary { "已写入区级说明，待审（" (there.len()) " 项）" }
                @for point in there { (one_point(catalogue, assessment, &returns, point)) }
            }
        }
    }
}

fn one_point(
    catalogue: &Catalogue,
    assessment: &Assessment,
    returns: &ContributionsByPoint<'_>,
    point: &Point,
) -> Markup {
    let district = &assessment.answer(&point.id).narrative;
    let name = |id: &RowId| assessment.unit_name(id);
    let said = returns.in_order(assessment, point).into_iter().filter(|(_, it, _)| it.says_something());
    html! {
        article.z-merge__one aria-label={ (catalogue.point_label) " " (point.no) } {
            h3 {
                a href=(Route::Assessment(assessment.head.id.clone(), Page::Point(point.ordinal))) { (catalogue.point_label) " " (point.no) }
                " " span.z-hint { (point.text.chars().take(60).collect::<String>()) }
            }
            dl.z-merge__sides {
                dt { "区级说明" }
                dd {
                    @if district.is_empty() { span.z-hint { "（空）" } }
                    @for (sentence, unit) in origins(assessment, &point.id) {
                        @match unit {
                            Some(unit) => span.z-collect__from title={ "来自" (name(unit)) } { (sentence) sup { (name(unit)) } },
                            None => (sentence),
                        }
                    }
                }
                @for (row, it, role) in said {
                    dt { (name(&it.unit)) @if let Some(role) = role { span.z-hint { " " (role.label()) } } br; span.z-hint { (it.state.label()) " " (it.filler) } }
                    dd data-row=(row) { (contribution(name(&it.unit), district, it)) }
                }
            }
        }
    }
}

fn contribution(unit: &str, district: &str, it: &Contribution) -> Markup {
    let open = unused(&it.text, district);
    html! {
        @for (new, sentence) in marked(district, &it.text) {
            @if new { mark { (sentence) } } @else { (sentence) }
        }
        @if it.text.is_empty() { span.z-hint { "（没有写说明）" } }
        p.z-hint {
            "单位填报状态：" (it.status.label())
            @for (name, text) in [("建议得分", &it.score), ("扣分原因", &it.deduction), ("不适用理由", &it.waiver)] {
                @if !text.is_empty() { "；" (name) "：" (text) }
            }
        }
        @if !it.reason.is_empty() { p.z-hint { "退回意见：" (it.reason) } }
        div.z-merge__choices.z-noprint role="group" aria-label={ (unit) "：处理" } {
            @if open > 0 {
                button.z-button type="button" data-do=(CollectAct::Adopt.name()) { (if district.is_empty() { "采用" } else { "采用（替换区级说明）" }) }
                @if !district.is_empty() {
                    button.z-button type="button" data-do=(CollectAct::Append.name()) { "追加" }
                }
            }
            @if it.state != ContributionState::Reviewed {
                button.z-button type="button" data-do=(CollectAct::Review.name()) { "审核通过" }
            }
            details.z-finding__mute {
                summary { "退回" }
                div.z-finding__reason {
                    input.z-input type="text" aria-label={ (unit) " 退回意见" } placeholder="写明要改什么" value=(it.reason);
                    button.z-button type="button" data-do=(CollectAct::Return.name()) aria-label={ (unit) " 退回" } { "退回" }
                }
            }
        }
    }
}
