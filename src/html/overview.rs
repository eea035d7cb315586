//! 总表: all points as one table. Rows are no table rows to the browser, so that those out of
//! sight cost nothing; to a screen reader they are.

use maud::{Markup, html};

use crate::assessment::{Assessment, State};
use crate::catalogue::{Catalogue, CatalogueKind};
use crate::html::act::OverviewAct;
use crate::html::hook::Slot;
use crate::html::read::told::owner_name;
use crate::overview::replace::Hit;
use crate::overview::{Column, Row, Sorted};
use crate::route::{Page, Route};
use crate::value::text::shortened;

/// Official texts are shown to so many characters.
const SHOWN: usize = 48;

/// So many texts in which something was found are shown.
const HITS: usize = 400;

fn columns(catalogue: &Catalogue) -> impl Iterator<Item = Column> + '_ {
    let scored = catalogue.kind == CatalogueKind::Scored;
    Column::ALL.into_iter().filter(move |column| scored || *column != Column::Score)
}

/// The page without its rows. `mark` names the opening of the assessment.
pub fn overview_page(catalogue: &Catalogue, mark: &str, kinds: &[(&str, &str)]) -> String {
    let markup = html! {
        header.z-page__head {
            h1 { "总表" }
            div.z-home__actions.z-noprint {
                button.z-button type="button" data-do=(crate::html::act::PageAct::Print.name()) { "打印本页" }
            }
        }
        div.z-overview__filters.z-noprint role="group" aria-label="筛选" {
            input.z-input type="search" data-slot=(Slot::Words) aria-label="查找内容" placeholder="查找内容";
            select.z-input data-slot=(Slot::Kind) aria-label="筛选状态" {
                option value="" { "全部" (catalogue.point_label) }
                @for (value, label) in kinds { option value=(value) { (label) } }
            }
            input.z-input data-slot=(Slot::Unit) aria-label="责任单位筛选" placeholder="责任单位";
            span data-slot=(Slot::Shown) role="status" {}
        }
        div.z-division__tools.z-noprint data-assessment=(mark) role="group" aria-label="对选中的行一起做" {
            span data-slot=(Slot::Chosen) role="status" {}
            button.z-button.z-button--quiet type="button" data-do=(OverviewAct::SelectAll.name()) { "全选" }
            label { "填报状态 "
                select.z-input data-slot=(Slot::State) aria-label="填报状态" {
                    @for state in State::ALL { option value=(state.label()) { (state.label()) } }
                }
            }
            input.z-input.z-gone type="text" data-slot=(Slot::Why) aria-label="不适用理由" placeholder="不适用理由（选中各项相同）";
            button.z-button type="button" data-do=(OverviewAct::SetStates.name()) data-needs-rows="" { "设状态" }
            input.z-input type="text" data-slot=(Slot::Text) aria-label="填入的内容" placeholder="单位或姓名";
            button.z-button type="button" data-do=(OverviewAct::SetUnits.name()) data-needs-rows="" { "设责任单位" }
            button.z-button type="button" data-do=(OverviewAct::SetFillers.name()) data-needs-rows="" { "设填报人" }
        }
        details.z-more.z-noprint {
            summary { "查找替换" }
            div.z-division__tools data-assessment=(mark) role="group" aria-label="查找替换" {
                input.z-input type="text" data-slot=(Slot::Find) aria-label="查找" placeholder="查找";
                input.z-input type="text" data-slot=(Slot::Instead) aria-label="替换为" placeholder="替换为";
                button.z-button type="button" data-do=(OverviewAct::Find.name()) { "预览" }
                span.z-hint { "选中了行时只在这些行中查找，否则在全部说明、理由、材料和口径中查找。" }
            }
            div data-slot=(Slot::Hits) {}
        }
        div.z-overview role="grid" aria-multiselectable="true" aria-label="总表" data-slot=(Slot::Rows) {
            div.z-overview__head role="row" {
                @for column in columns(catalogue) {
                    span.z-overview__cell.z-overview__cell--number[column.is_number()] role="columnheader" data-column=(column.name()) {
                        button.z-overview__sort type="button" data-do=(OverviewAct::Sort.name()) data-choice=(column.name()) { (column.head(catalogue)) }
                    }
                }
            }
            div data-slot=(Slot::Body) role="rowgroup" {}
        }
    };
    markup.into_string()
}

/// The rows in this order.
pub fn overview_rows(
    catalogue: &Catalogue,
    assessment: &Assessment,
    rows: &[Row],
    order: &[usize],
) -> String {
    let mut text = String::with_capacity(order.len() * 600);
    for row in order.iter().filter_map(|index| rows.get(*index)) {
        text.push_str(&overview_row(catalogue, assessment, row));
    }
    if order.is_empty() {
        text.push_str("<p class=\"z-hint\">没有符合筛选的行。</p>");
    }
    text
}

/// One row.
pub fn overview_row(catalogue: &Catalogue, assessment: &Assessment, row: &Row) -> String {
    let markup = html! {
        div.z-overview__row role="row" data-index=(row.index) aria-selected="false" tabindex="-1" {
            @for column in columns(catalogue) {
                span.z-overview__cell.z-overview__cell--number[column.is_number()] role="gridcell" data-column=(column.name()) {
                    (cell(catalogue, assessment, row, column))
                }
            }
        }
    };
    markup.into_string()
}

fn cell(catalogue: &Catalogue, assessment: &Assessment, row: &Row, column: Column) -> Markup {
    let Some(point) = catalogue.points().get(row.index) else { return html! {} };
    let count = |count: usize| html! { @if count > 0 { (count) } };
    match column {
        Column::Number => html! {
            a href=(Route::Assessment(assessment.head.id.clone(), Page::Point(point.ordinal))) tabindex="-1" { (point.no) }
        },
        Column::Text => {
            html! { span title=(point.text) { (shortened(&point.text, SHOWN)) } }
        }
        Column::State => html! { span.z-overview__state.(state_class(row.state)) { (row.state.label()) } },
        Column::Score => html! { (row.score) },
        Column::Units => html! { (row.units) },
        Column::Characters => count(row.characters),
        Column::Materials => count(row.materials),
        Column::Missing => count(row.missing),
        Column::Changed => html! { @if let Some((at, _)) = &row.changed { (at) } },
        Column::By => html! { @if let Some((_, by)) = &row.changed { (by) } },
    }
}

const fn state_class(state: State) -> &'static str {
    match state {
        State::Blank => "z-overview__state--blank",
        State::Drafting => "z-overview__state--drafting",
        State::Complete => "z-overview__state--complete",
        State::NotApplicable => "z-overview__state--none",
    }
}

/// How a head says that the table is sorted by it.
pub fn sorted_as(sorted: Option<Sorted>, column: Column) -> &'static str {
    match sorted.filter(|it| it.by == column) {
        Some(Sorted { descending: true, .. }) => "descending",
        Some(_) => "ascending",
        None => "none",
    }
}

/// What would be replaced, text by text.
pub fn hits_list(catalogue: &Catalogue, assessment: &Assessment, hits: &[Hit], instead: &str) -> String {
    let count: usize = hits.iter().map(|hit| hit.count).sum();
    let markup = html! {
        @if hits.is_empty() {
            p role="status" { "没有找到。" }
        } @else {
            p role="status" { "在 " (hits.len()) " 处文字中找到 " (count) " 次，去掉勾选的不替换：" }
            ul.z-overview__hits {
                @for (at, hit) in hits.iter().take(HITS).enumerate() {
                    @let [before, found, behind] = &hit.around;
                    li {
                        label.z-check {
                            input type="checkbox" checked data-at=(at);
                            b { (owner_name(catalogue, assessment, &hit.place)) " " (hit.place.label()) }
                            " " (before) del { (found) } ins { (instead) } (behind)
                            @if hit.count > 1 { span.z-hint { "（共 " (hit.count) " 次）" } }
                        }
                    }
                }
            }
            @if hits.len() > HITS { p.z-hint { "其余 " (hits.len() - HITS) " 处也会替换。" } }
            button.z-button.z-button--main type="button" data-do=(OverviewAct::Replace.name()) { "替换" }
        }
    };
    markup.into_string()
}
