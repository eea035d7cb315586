//! 体检: what was missing or contradictory when the file was made, those problems
//! included that somebody has set aside, with the reason given.

use crate::assessment::Assessment;
use crate::catalogue::Catalogue;
use crate::check::{Problem, Report, Rule, Target};
use crate::school::School;

use super::block::{block, columns};
use super::sheet::{Cell, Role, Sheet};
use super::{caption, page, sheet_title};

/// The name of the sheet.
pub const NAME: &str = "体检";

/// So many points that nobody has begun are listed; more are only counted.
const BLANKS: usize = 30;

/// The sheet.
pub(super) fn checkup(catalogue: &Catalogue, assessment: &Assessment, report: &Report, when: &str) -> Sheet {
    let mut sheet = Sheet {
        name: NAME.to_owned(),
        columns: columns([7, 18, 26, 56, 40, 30]),
        page: Some(page(catalogue, assessment, true)),
        ..Sheet::default()
    };
    sheet_title(&mut sheet, catalogue, assessment, NAME);
    caption(&mut sheet, assessment, when);
    let note = "本表为导出时的体检结果，只指出缺少的内容和前后矛盾之处；程序不评判工作好坏，不自动扣分。";
    sheet.add_line(Cell::text(note, Role::Caption).unframed());
    let blanks = report.problems.iter().filter(|problem| problem.rule == Rule::Blank).count();
    let shortened = blanks > BLANKS;
    sheet.add_line(Cell::text(summary(report), Role::SumName));
    if shortened {
        let label = &catalogue.point_label;
        let text =
            format!("尚未填报的{label}共 {blanks} 项，超过 {BLANKS} 项，不在本表逐项列出，见“自评表”。");
        sheet.add_line(Cell::text(text, Role::Body));
    }
    sheet.add_header(&["级别", "规则", "位置", "发现的问题", "为什么检查", "不再提示的理由"]);
    let listed = report.problems.iter().filter(|problem| !(shortened && problem.rule == Rule::Blank));
    let mut any = false;
    for problem in listed {
        any = true;
        let entry = vec![
            Cell::text(problem.rule.level().label(), Role::Centre),
            Cell::text(problem.rule.name(), Role::Body),
            Cell::text(place(catalogue, assessment, problem), Role::Body),
            Cell::text(problem.text.as_str(), Role::Body),
            Cell::text(problem.rule.reason(), Role::Body),
            Cell::text(muted(problem), Role::Body),
        ];
        let id = problem.id(catalogue).map(|id| id.to_string()).unwrap_or_default();
        let rows = block(&sheet.columns, entry, Some(&id));
        sheet.add_block(rows);
    }
    if !any && blanks == 0 {
        sheet.add_line(Cell::text("（没有发现问题）", Role::Body));
    }
    sheet
}

fn summary(report: &Report) -> String {
    let muted = report.problems.iter().filter(|problem| problem.muted.is_some()).count();
    let aside = if muted > 0 {
        format!("；另有 {muted} 项已设为不再提示，理由见末列")
    } else {
        String::new()
    };
    format!("{}{aside}。", report.count().in_words())
}

/// A problem that was set aside without a word says so.
fn muted(problem: &Problem) -> &str {
    match problem.muted.as_deref().map(str::trim) {
        None => "",
        Some("") => "（已设为不再提示，未写理由）",
        Some(reason) => reason,
    }
}

/// Where a person goes to see to it, in words.
fn place(catalogue: &Catalogue, assessment: &Assessment, problem: &Problem) -> String {
    let point = |index: &usize| {
        let no = catalogue.points().get(*index).map_or("", |point| point.no.as_str());
        format!("{} {no}", catalogue.point_label)
    };
    match &problem.target {
        Target::Point(index, None) => point(index),
        Target::Point(index, Some(place)) => format!("{}　{}", point(index), place.label()),
        Target::Measure(index, id) => {
            let measures = catalogue.points().get(*index).map_or(&[][..], |it| it.measures.as_slice());
            let name = measures.iter().find(|it| it.id == *id).map_or("", |it| it.metric.as_str());
            format!("{}　{name}", point(index))
        }
        Target::Figure(id, index) => {
            let name = catalogue.figure(id).map_or("", |it| it.name.as_str());
            format!("{}　数据：{name}", point(index))
        }
        Target::Evidence(row) => {
            let number = assessment.evidence.get(row).map_or("", |it| it.number.as_str());
            format!("佐证材料 {number}")
        }
        Target::School(place) => {
            let school = match place {
                crate::assessment::place::Place::School(row, _) => assessment.schools.get(row),
                _ => None,
            };
            let name = school.map_or(School::UNNAMED, School::called);
            format!("学校数据　{name}　{}", place.label())
        }
    }
}
