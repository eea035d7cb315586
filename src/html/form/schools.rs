//! 学校数据: the frame of the page, the rows of its table as they are drawn one
//! screen at a time, the sums beneath, and what an import would do.

use maud::{Markup, html};

use crate::assessment::place::Place;
use crate::assessment::table::sheet::Sum;
use crate::assessment::{Assessment, RowId};
use crate::html::act::{PageAct, SchoolsAct};
use crate::html::hook::Slot;
use crate::measure::{private_counts, splitting};
use crate::school::value::Splitting;
use crate::school::{Column, School, SchoolType, Sort, Stage};

/// The page 学校数据 without the rows of its table.
pub fn schools_page(assessment: &Assessment) -> String {
    let markup = html! {
        header.z-page__head {
            h1 { "学校数据" }
            button.z-button.z-noprint type="button" data-do=(PageAct::Print.name()) { "打印本页" }
        }
        @for reason in assessment.reasons_beside() { p.z-banner { "退回意见：" (reason) } }
        p.z-hint {
            "一所学校的一个学段填一行，一贯制学校按小学、初中分行。方向键、Tab、回车移动，直接输入即改写，F2 或双击修改，Esc 离开表格；Shift+方向键、Shift+点击或拖动选取一块，Ctrl+D 向下填充，Delete 清空；可从 Excel、WPS 复制后在单元格中粘贴。按 ? 看全部按键。空着的单元格算缺数据，不算 0。"
        }
        div.z-schools__tools role="group" aria-label="表格操作" {
            button.z-button #school-add type="button" data-do=(SchoolsAct::Add.name()) { "添加一行" }
            button.z-button type="button" data-do=(SchoolsAct::Drop.name()) { "删除本行" }
            button.z-button type="button" data-do=(SchoolsAct::Paste.name()) { "粘贴导入…" }
            button.z-button type="button" data-do=(SchoolsAct::Import.name()) { "导入文件" }
            button.z-button type="button" data-template="" { "下载模板" }
            label.z-check {
                input #school-splitting type="checkbox" data-do=(SchoolsAct::Split.name())
                    checked[splitting(assessment) == Splitting::ByStage];
                "一贯制学校按在校生折算（1∶1.1∶1.32，据转述）"
            }
            label.z-check title="所收文件没有写民办学校是否计入，由编者设为可选；未另行选择时计入。" {
                input #school-private type="checkbox" data-do=(SchoolsAct::CountPrivate.name())
                    checked[private_counts(assessment)];
                "民办学校计入（编者所设）"
            }
        }
        div.z-schools__tools role="search" aria-label="筛选学校" {
            input.z-input type="search" data-filter="words" aria-label="查找学校" placeholder="学校名称或代码" autocomplete="off";
            (choice("stage", "学段", "全部学段", &Stage::ALL.map(Stage::label)))
            (choice("kind", "学校类型", "全部类型", &SchoolType::ALL.map(SchoolType::label)))
            label.z-check { input type="checkbox" data-filter="faults"; "只看有误的行" }
            button.z-button type="button" data-do=(SchoolsAct::NextFault.name()) title="F8" { "下一处错误" }
            p.z-schools__count #school-count role="status" {}
        }
        div.z-grid #school-grid {
            table.z-grid__table role="grid" aria-label="学校数据" aria-multiselectable="true" aria-colcount=(Column::ALL.len()) {
                colgroup { @for column in Column::ALL { col class=(width(column)); } }
                thead { tr aria-rowindex="1" {
                    @for (at, column) in Column::ALL.into_iter().enumerate() {
                        th.z-grid__cell--number[is_number(column)] scope="col" aria-colindex=(at + 1) data-head=(column.name()) {
                            button.z-grid__sort type="button" data-sort=(column.name()) title="排序" {
                                (column.label()) @if !column.unit().is_empty() { span { "（" (column.unit()) "）" } }
                            }
                        }
                    }
                } }
                tbody #school-rows {}
                tfoot #school-sums {}
            }
        }
        div.z-schools__paper #school-paper {}
        p.z-empty.z-gone #school-empty { "还没有学校。从 Excel、WPS 复制后在本页按 Ctrl+V，或用“粘贴导入…”“导入文件”一次录入；也可点“添加一行”逐行填写。" }
        @for column in Column::ALL {
            @if !column.words().is_empty() {
                datalist id=(list_id(column)) { @for word in column.words() { option value=(word) {} } }
            }
        }
    };
    markup.into_string()
}

fn choice(name: &str, label: &str, all: &str, words: &[&str]) -> Markup {
    html! {
        select.z-input data-filter=(name) aria-label=(label) {
            option value="" { (all) }
            @for word in words { option value=(word) { (word) } }
        }
    }
}

/// Rows of the table: each with its position among those that are shown.
pub fn school_rows<'a>(
    assessment: &Assessment,
    rows: impl IntoIterator<Item = (usize, &'a RowId)>,
) -> String {
    let blank = School::default();
    let markup = html! {
        @for (at, row) in rows {
            @let school = assessment.schools.get(row).unwrap_or(&blank);
            tr data-at=(at) aria-rowindex=(at + 2) {
                @for column in Column::ALL { (cell(school, column)) }
            }
        }
    };
    markup.into_string()
}

/// A cell of the table as it is read.
pub fn school_cell(assessment: &Assessment, row: &RowId, column: Column) -> String {
    let blank = School::default();
    cell(assessment.schools.get(row).unwrap_or(&blank), column).into_string()
}

fn cell(school: &School, column: Column) -> Markup {
    let text = school.text(column);
    let fault = column.read(text).err().map(|error| error.to_string());
    html! {
        td.z-grid__cell--number[is_number(column)] data-column=(column.name()) aria-colindex=(column as usize + 1)
            aria-invalid=[fault.as_ref().map(|_| "true")] title=[fault.as_ref()] { (text) }
    }
}

/// The active cell: the same with its field, which the page fills in.
pub fn school_field(row: &RowId, column: Column, at: usize) -> String {
    let words = !column.words().is_empty();
    let markup = html! {
        td.z-grid__cell--active.z-grid__cell--number[is_number(column)] data-column=(column.name())
            aria-colindex=(column as usize + 1) aria-selected="true"
        {
            div.z-field data-slot=(Slot::Field) {
                input.z-input.z-grid__input data-slot=(Slot::Cell) type="text" data-doc=(Place::School(row.clone(), column)) autocomplete="off"
                    inputmode=[is_number(column).then_some("decimal")] spellcheck="false"
                    list=[words.then(|| list_id(column))] aria-label={ (column.label()) " 第 " (at + 1) " 行" };
            }
        }
    };
    markup.into_string()
}

/// The rows that are shown as they are printed: the table in groups of columns that
/// fit on a page, each with the names.
pub fn school_paper(assessment: &Assessment, rows: &[RowId], sums: &[(Column, Sum)]) -> String {
    let columns: Vec<Column> = Column::ALL.into_iter().filter(|column| *column != Column::Name).collect();
    let groups = columns.chunks(ON_PAPER);
    let count = groups.len();
    let blank = School::default();
    let markup = html! {
        p { "共 " (rows.len()) " 行，按屏幕上的筛选和排序打印，各列分 " (count) " 组。空着的单元格算缺数据，不算 0；⚠ 为填写有误。" }
        @for (at, group) in groups.enumerate() {
            table.z-table {
                caption { "学校数据（第 " (at + 1) " 组，共 " (count) " 组）" }
                thead { tr {
                    th scope="col" { "序号" }
                    th scope="col" { (Column::Name.label()) }
                    @for column in group {
                        th.z-schools__wide[*column == Column::Kind] scope="col" { (column.head()) }
                    }
                } }
                tbody {
                    @for (at, row) in rows.iter().enumerate() {
                        @let school = assessment.schools.get(row).unwrap_or(&blank);
                        tr {
                            td { (at + 1) }
                            th scope="row" { (school.text(Column::Name)) }
                            @for column in group { (printed(school, *column)) }
                        }
                    }
                    tr {
                        td {}
                        th scope="row" { "合计" }
                        @for column in group {
                            @let sum = sums.iter().find(|(of, _)| of == column).map(|(_, sum)| *sum).unwrap_or_default();
                            td {
                                @if let Some(total) = sum.total { @if *column == Column::LargestClass { "最大 " } (total) }
                                @if sum.total.is_some() && sum.empty > 0 { br; }
                                @if sum.empty > 0 { "缺 " (sum.empty) " 所" }
                            }
                        }
                    }
                }
            }
        }
    };
    markup.into_string()
}

/// So many columns stand beside the names on a page.
const ON_PAPER: usize = 9;

fn printed(school: &School, column: Column) -> Markup {
    let text = school.text(column);
    html! { td { @if column.read(text).is_err() { "⚠ " } (text) } }
}

/// The row beneath the table: what the shown rows add up to.
pub fn school_sums(sums: &[(Column, Sum)], rows: usize) -> String {
    let markup = html! {
        tr aria-rowindex=(rows + 2) {
            @for (column, sum) in sums {
                td.z-grid__cell--number[is_number(*column)] aria-colindex=(*column as usize + 1) {
                    @if *column == Column::Name { b { "合计 " (rows) " 行" } }
                    @if let Some(total) = sum.total { b { @if *column == Column::LargestClass { "最大 " } (total) } }
                    @if sum.refused > 0 { span.z-grid__faults { "⚠ " (sum.refused) " 处有误" } }
                    @if sum.empty > 0 && *column != Column::Name { span { "缺 " (sum.empty) " 所" } }
                }
            }
        }
    };
    markup.into_string()
}

/// How many rows there are, are shown and have something that is not taken.
pub fn school_count(all: usize, shown: usize, sums: &[(Column, Sum)]) -> String {
    let faults: usize = sums.iter().map(|(_, sum)| sum.refused).sum();
    let shown = if shown == all { String::new() } else { format!("，显示 {shown} 行") };
    let faults = if faults == 0 { String::new() } else { format!("，{faults} 处有误") };
    format!("共 {all} 行{shown}{faults}")
}

const fn is_number(column: Column) -> bool {
    matches!(column.sort(), Sort::Count | Sort::Amount)
}

fn list_id(column: Column) -> String {
    format!("school-words-{}", column.name())
}

const fn width(column: Column) -> &'static str {
    match column {
        Column::Name => "z-grid__column--name",
        Column::Code | Column::Kind => "z-grid__column--wide",
        _ => "z-grid__column",
    }
}
