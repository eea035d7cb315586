//! 打印: the filled form from text blocks, because a printed text field shows
//! only what fits into its box. Every character of every text is on it.

use maud::{Markup, html};

use crate::assessment::place::EvidenceField;
use crate::assessment::{Answer, Assessment};
use crate::catalogue::{Catalogue, Group, Point, mark_in_words};
use crate::html::act::PageAct;
use crate::html::score::{completion, score_line};
use crate::score::{Tally, read};

/// The page 打印.
pub fn print(catalogue: &Catalogue, assessment: &Assessment, total: &Tally) -> String {
    let markup = html! {
        p.z-noprint {
            button.z-button.z-button--main type="button" data-do=(PageAct::Print.name()) { "打印" }
            " " span.z-hint { "A4 纸；在浏览器的打印窗口中也可另存为 PDF。" }
        }
        h1 { (catalogue.title) }
        p.z-print__sub { "自评表" }
        (cover(assessment))
        p {
            @if catalogue.total().is_some() { (score_line(total)) "（已评得分 / 已评项满分 / 满分）" }
            @else { (completion(total)) }
        }
        @for group in catalogue.groups() {
            @match group.level {
                1 => h2 { (group.heading()) },
                2 => h3 { (group.heading()) },
                _ => h4 { (group.heading()) },
            }
            @for point in direct_points(catalogue, group) { (block(assessment, catalogue, point)) }
        }
    };
    markup.into_string()
}

fn cover(assessment: &Assessment) -> Markup {
    let head = &assessment.head;
    let unit = format!("{} {}", head.unit_name, head.unit_code);
    let lines = [
        ("填报单位", &unit),
        ("年度", &head.year),
        ("截止日期", &head.due),
        ("填表人", &head.cover.filler),
        ("审核人", &head.cover.reviewer),
        ("负责人", &head.cover.leader),
        ("电话", &head.cover.phone),
    ];
    html! {
        @if head.example { p.z-banner { "示例，非真实填报" } }
        dl.z-print__cover {
            @for (name, value) in lines { div { dt { (name) } dd { (value) } } }
        }
    }
}

/// The points that stand in a group itself, not in a group inside it.
fn direct_points<'a>(catalogue: &'a Catalogue, group: &'a Group) -> impl Iterator<Item = &'a Point> {
    let inner = catalogue.points().get(group.points.clone()).unwrap_or_default();
    let is_direct = |point: &&Point| catalogue.groups().get(point.group).is_some_and(|it| it.id == group.id);
    inner.iter().filter(is_direct)
}

fn block(assessment: &Assessment, catalogue: &Catalogue, point: &Point) -> Markup {
    let answer = assessment.answer(&point.id);
    let mut lines: Vec<(String, String)> = vec![("填报状态".into(), answer.state.label().into())];
    if let Some(mark) = point.mark {
        lines.push(("分值".into(), mark_in_words(mark, point.value.as_ref())));
    }
    if let Some(points) = point.points {
        let shown = match read(&answer.score, points) {
            Ok(None) => "未评".to_owned(),
            Ok(Some(value)) => value.to_string(),
            Err(error) => format!("{}（有误：{error}，未计入）", answer.score),
        };
        lines.push(("自评得分".into(), format!("{shown} / {points}")));
    }
    lines.push(("责任单位".into(), answer.units_in_force(point).join("、")));
    lines.push(("填报人".into(), answer.filler.clone()));
    lines.push(("不适用理由".into(), answer.waiver.clone()));
    lines.push(("完成情况说明".into(), answer.narrative.clone()));
    lines.push(("扣分原因".into(), answer.deduction.clone()));
    lines.retain(|(_, text)| !text.is_empty());
    for item in &answer.check_items {
        lines.push((format!("测评点（自拟）：{}", item.text), item.finding.clone()));
    }
    html! {
        section.z-print__point {
            p.z-print__official { b { (catalogue.point_label) " " (point.no) } " " (point.text) }
            dl {
                @for (name, text) in &lines {
                    div.z-print__line { dt { (name) } dd { (text) } }
                }
            }
            (materials(assessment, answer))
        }
    }
}

fn materials(assessment: &Assessment, answer: &Answer) -> Markup {
    let rows: Vec<_> = assessment.evidence_of(answer).map(|(_, it)| it).collect();
    html! {
        @if !rows.is_empty() {
            table.z-table.z-print__materials {
                thead {
                    tr {
                        th scope="col" { "编号" }
                        @for field in EvidenceField::ALL { th scope="col" { (field.label()) } }
                    }
                }
                tbody {
                    @for it in rows {
                        tr { @for cell in [&it.number, &it.title, &it.doc_no, &it.formed_on, &it.unit, &it.pages, &it.location] { td { (cell) } } }
                    }
                }
            }
        }
    }
}
