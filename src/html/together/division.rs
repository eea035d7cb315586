//! 分工: which 责任单位 answers what, by point and by unit.

use maud::{Markup, html};

use crate::assessment::place::{Place, UnitField};
use crate::assessment::unit::{Role, SCHOOLS, UnitWork, assigned};
use crate::assessment::{Assessment, RowId};
use crate::catalogue::{Catalogue, FigureId, Point};
use crate::html::act::DivisionAct;
use crate::html::hook::Slot;
use crate::html::table::Holds::{Numbers, Words};
use crate::html::table::heads;
use crate::route::{Page, Route};
use crate::school::Column;
use crate::value::text::shortened;

/// By what the division is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// A row for each point.
    #[default]
    ByPoint,
    /// A row for each unit.
    ByUnit,
    /// A row for each row of 学校数据.
    BySchool,
}

/// Texts of points are shown to so many characters.
const SHOWN: usize = 64;

/// The page. `mark` names the opening of the assessment to which its fields belong.
pub fn division_page(catalogue: &Catalogue, assessment: &Assessment, view: View, mark: &str) -> String {
    let division = assessment.division(catalogue);
    let nobody = assessment.unassigned(catalogue);
    let asked = division.iter().filter(|work| !work.is_idle()).count();
    let tab = |of: View, act: DivisionAct, label: &str| {
        html! {
            button.z-button type="button" data-do=(act.name()) aria-pressed=(if of == view { "true" } else { "false" }) { (label) }
        }
    };
    let markup = html! {
        header.z-page__head {
            h1 { "分工" }
            div.z-home__actions.z-noprint {
                button.z-button type="button" data-do=(crate::html::act::PageAct::Print.name()) { "打印本页" }
                button.z-button.z-button--main type="button" data-do=(DivisionAct::WriteAll.name()) disabled[asked == 0] {
                    "导出全部单位填报表（" (asked) " 个单位）"
                }
            }
        }
        p.z-page__lead {
            (catalogue.points().len()) " 项" (catalogue.point_label) "，" (asked) " 个单位有分工。"
            @if nobody.is_empty() { "每一项都有责任单位。" }
        }
        @if !nobody.is_empty() {
            p.z-banner {
                (nobody.len()) " 项还没有责任单位："
                @for (at, point) in nobody.iter().filter_map(|at| catalogue.points().get(*at)).take(20).enumerate() {
                    @if at > 0 { "、" }
                    (link(assessment, point))
                }
                @if nobody.len() > 20 { " 等" }
                "　" button.z-button.z-noprint type="button" data-do=(DivisionAct::SelectUnassigned.name()) { "选中这些" }
            }
        }
        div.z-division__views.z-noprint role="group" aria-label="查看方式" {
            (tab(View::ByPoint, DivisionAct::ByPoint, &format!("按{}", catalogue.point_label)))
            (tab(View::ByUnit, DivisionAct::ByUnit, "按单位"))
            @if catalogue.uses_of_schools().any() { (tab(View::BySchool, DivisionAct::BySchool, "按学校")) }
        }
        @match view {
            View::ByPoint => (by_point(catalogue, assessment, &division, mark)),
            View::ByUnit => (by_unit(catalogue, assessment, &division, mark)),
            View::BySchool => (by_school(assessment, &division, mark)),
        }
    };
    markup.into_string()
}

fn link(assessment: &Assessment, point: &Point) -> Markup {
    html! {
        a href=(Route::Assessment(assessment.head.id.clone(), Page::Point(point.ordinal))) title=(point.text) { (point.no) }
    }
}

fn by_point(catalogue: &Catalogue, assessment: &Assessment, division: &[UnitWork], mark: &str) -> Markup {
    let label = &catalogue.point_label;
    html! {
        div.z-division__tools.z-noprint data-assessment=(mark) role="group" aria-label="给选中的行指定单位" {
            span data-slot=(Slot::Chosen) role="status" {}
            label { "单位 "
                select.z-input data-slot=(Slot::Unit) aria-label="单位" {
                    @for work in division { option value=(work.name) { (work.name) } }
                }
            }
            @for (act, name) in [
                (DivisionAct::Lead, "牵头"),
                (DivisionAct::Joint, "配合"),
                (DivisionAct::Alone, "只由它填报"),
                (DivisionAct::Remove, "去掉"),
            ] {
                button.z-button type="button" data-do=(act.name()) data-needs-rows="" { (name) }
            }
            button.z-button.z-button--quiet type="button" data-do=(DivisionAct::SelectAll.name()) { "全选" }
        }
        p.z-hint.z-noprint {
            "点一行选中，按住 Shift 选一片，按住 Ctrl 加选；用键盘时以上下键移动、空格选中。"
            @if !catalogue.departments.is_empty() { "没有写明谁牵头的，以第一个单位为牵头，标〔推定〕，系编者所定。" }
        }
        div.z-tablebox {
            table.z-table.z-rows role="grid" aria-multiselectable="true" aria-label=(format!("按{label}的分工")) data-slot=(Slot::Rows) {
                thead { tr { (heads([("序号", Words), (catalogue.point_name.as_str(), Words), ("牵头", Words), ("配合", Words)])) } }
                tbody {
                    @for (index, point) in catalogue.points().iter().enumerate() { (point_row(assessment, index, point)) }
                }
            }
        }
    }
}

fn point_row(assessment: &Assessment, index: usize, point: &Point) -> Markup {
    let text = assessment.units_text(point);
    let units = assigned(&text);
    let of = |role: Role| units.iter().filter(move |it| it.role == role);
    html! {
        tr data-index=(index) aria-selected="false" tabindex="-1" {
            th scope="row" { (point.no) }
            td title=(point.text) { (shortened(&point.text.replace('\n', " "), SHOWN)) }
            td {
                @for it in of(Role::Lead) { (it.name) @if !it.stated { span.z-division__ours { "〔推定〕" } } }
                @if units.is_empty() { span.z-division__none { "没有责任单位" } }
            }
            td { (of(Role::Joint).map(|it| it.name).collect::<Vec<_>>().join("、")) }
        }
    }
}

fn by_unit(catalogue: &Catalogue, assessment: &Assessment, division: &[UnitWork], mark: &str) -> Markup {
    html! {
        div.z-division__tools.z-noprint data-assessment=(mark) role="group" aria-label="添加单位" {
            input.z-input type="text" aria-label="新单位的名称" placeholder="单位名称" data-slot=(Slot::Unit);
            button.z-button type="button" data-do=(DivisionAct::AddUnit.name()) { "添加单位" }
        }
        div.z-tablebox {
            table.z-table.z-division__units data-assessment=(mark) aria-label="按单位的分工" {
                thead { tr {
                    (heads([("责任单位", Words), ("联系人及电话", Words), ("截止日期", Words), ("牵头", Numbers), ("配合", Numbers), (catalogue.point_name.as_str(), Words), ("另外填报", Words)]))
                    th.z-noprint scope="col" { "操作" }
                } }
                tbody { @for work in division { (unit_row(catalogue, assessment, work)) } }
            }
        }
        p.z-hint { "截止日期不填的，按封面的截止日期。指标体系中的单位可以改名，原有的分工跟着改。" }
    }
}

fn unit_row(catalogue: &Catalogue, assessment: &Assessment, work: &UnitWork) -> Markup {
    let leads = work.points.iter().filter(|(_, role, _)| *role == Role::Lead).count();
    let field = |field, label: &str| {
        html! {
            div.z-field data-slot=(Slot::Field) {
                input.z-input type="text" data-doc=(Place::Unit(work.id.clone(), field)) autocomplete="off"
                    aria-label={ (work.name) " " (label) };
            }
        }
    };
    html! {
        tr data-row=(work.id) {
            th scope="row" {
                (work.name)
                @if work.is_idle() { span.z-division__none { "（没有分工）" } }
                @if !work.of_catalogue { span.z-division__ours { "（自加）" } }
            }
            td { (field(UnitField::Contact, "联系人")) }
            td.z-division__due { (field(UnitField::Due, "截止日期")) }
            td.z-table__number { (leads) }
            td.z-table__number { (work.points.len() - leads) }
            td {
                @for (at, (index, ..)) in work.points.iter().enumerate() {
                    @if let Some(point) = catalogue.points().get(*index) {
                        @if at > 0 { "、" }
                        (link(assessment, point))
                    }
                }
            }
            td { (asked_beside(catalogue, assessment, work)) }
            td.z-noprint { (acts(work)) }
        }
    }
}

fn asked_beside(catalogue: &Catalogue, assessment: &Assessment, work: &UnitWork) -> Markup {
    let name = |id: &FigureId| catalogue.figure(id).map_or_else(|| id.to_string(), |it| it.name.clone());
    let others = catalogue.figures.iter().filter(|it| !work.figures.contains(&it.id));
    let name_of = |row: &RowId| assessment.schools.get(row).map_or("", |school| school.text(Column::Name));
    html! {
        @if catalogue.uses_of_schools().any() && work.schools.rows.is_empty() {
            label.z-check {
                input type="checkbox" checked[work.schools.all] data-do=(DivisionAct::Ask.name()) data-choice=(SCHOOLS) aria-label={ (work.name) " 填报学校数据" };
                "学校数据"
            }
        }
        @if let [first, ..] = work.schools.rows.as_slice() {
            p { "学校数据 " (work.schools.rows.len()) " 行（" (name_of(first)) @if work.schools.rows.len() > 1 { " 等" } "）" }
        }
        @for id in &work.figures {
            label.z-check {
                input type="checkbox" checked data-do=(DivisionAct::Ask.name()) data-choice=(id);
                (name(id))
            }
        }
        @if !catalogue.figures.is_empty() {
            select.z-input.z-noprint data-do=(DivisionAct::AskFigure.name()) aria-label={ (work.name) " 加一项数据" } {
                option value="" { "加一项数据…" }
                @for spec in others { option value=(spec.id) { (spec.name) } }
            }
        }
    }
}

/// Who is asked for which row of 学校数据.
fn by_school(assessment: &Assessment, division: &[UnitWork], mark: &str) -> Markup {
    let rows = assessment.schools_in_order();
    let askers = assessment.school_askers();
    if rows.is_empty() {
        return html! {
            p.z-banner {
                "还没有学校。请先在"
                a href=(Route::Assessment(assessment.head.id.clone(), Page::Schools)) { "学校数据" }
                "中粘贴学校名单（有学校名称、学段、学校类型即可），再回来分给学校或学区填报。"
            }
        };
    }
    let asked_of_all = division.iter().any(|work| work.schools.all);
    let nobody = rows.iter().filter(|(row, _)| !asked_of_all && !askers.contains_key(*row)).count();
    html! {
        @if nobody > 0 { p.z-banner { (nobody) " 行还没有人填报。" } }
        div.z-division__tools.z-noprint data-assessment=(mark) role="group" aria-label="给选中的学校指定填报单位" {
            span data-slot=(Slot::Chosen) role="status" {}
            label { "学区或单位 "
                input.z-input type="text" list="z-askers" aria-label="学区或单位" placeholder="选一个，或写新的名称" data-slot=(Slot::Unit);
            }
            datalist id="z-askers" { @for work in division { option value=(work.name) {} } }
            button.z-button type="button" data-do=(DivisionAct::AskSchools.name()) data-needs-rows="" { "由它填报" }
            button.z-button type="button" data-do=(DivisionAct::AskEach.name()) data-needs-rows="" { "各校自己填报" }
            button.z-button type="button" data-do=(DivisionAct::AskNone.name()) data-needs-rows="" { "不单独分" }
            button.z-button.z-button--quiet type="button" data-do=(DivisionAct::SelectAll.name()) { "全选" }
        }
        p.z-hint.z-noprint {
            "选中学校（Shift、Ctrl 同表格），分给学区或由各校自己填报；每个单位各得一份填报表，交回后在“收集”页看谁还没报。没有单独分的，由“按单位”中勾选“学校数据”的单位填报。"
        }
        div.z-tablebox {
            table.z-table.z-rows role="grid" aria-multiselectable="true" aria-label="按学校的分工" data-slot=(Slot::Rows) {
                thead { tr { (heads([("行", Numbers), ("学校名称", Words), ("学段", Words), ("学校类型", Words), ("由谁填报", Words)])) } }
                tbody {
                    @for (index, (row, school)) in rows.iter().enumerate() {
                        tr data-index=(index) aria-selected="false" tabindex="-1" {
                            th.z-table__number scope="row" { (index + 1) }
                            @for column in [Column::Name, Column::Stage, Column::Kind] { td { (school.text(column)) } }
                            td { @if let Some(unit) = askers.get(*row) { (assessment.unit_name(unit)) } }
                        }
                    }
                }
            }
        }
    }
}

fn acts(work: &UnitWork) -> Markup {
    html! {
        button.z-button type="button" data-do=(DivisionAct::WriteOne.name()) disabled[work.is_idle()] aria-label={ (work.name) " 导出填报表" } { "导出填报表" }
        details.z-finding__mute {
            summary { "改名" }
            div.z-finding__reason {
                input.z-input type="text" aria-label={ (work.name) " 的新名称" } value=(work.name);
                button.z-button type="button" data-do=(DivisionAct::Rename.name()) aria-label={ (work.name) " 改名确定" } { "确定" }
            }
        }
        @if !work.is_idle() || !work.of_catalogue {
            button.z-button.z-button--quiet type="button" data-do=(DivisionAct::Drop.name()) aria-label={ (work.name) (if work.of_catalogue { " 去掉全部分工" } else { " 删除单位" }) } {
                @if work.of_catalogue { "去掉全部分工" } @else { "删除单位" }
            }
        }
    }
}
