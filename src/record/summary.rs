//! What 工作台 shows of an assessment without opening it: one derived record,
//! written in the same transaction as what it is derived from.

use serde::Serialize;

use crate::assessment::{Assessment, AssessmentId};
use crate::catalogue::Catalogue;
use crate::score::Tally;
use crate::value::json::object;
use crate::value::order::sort_by;
use crate::value::points::Points;

/// One row of 工作台.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// The assessment.
    pub id: AssessmentId,
    /// Its name.
    pub name: String,
    /// 简称 of its catalogue.
    pub catalogue: String,
    /// 填报单位.
    pub unit_name: String,
    /// 年度.
    pub year: String,
    /// 截止日期, may be empty.
    pub due: String,
    /// How many points there are.
    pub points: usize,
    /// How many are 已完成 or 不适用.
    pub settled: usize,
    /// How many are 填报中.
    pub drafting: usize,
    /// 已评得分, 已评项满分 and 满分, where the catalogue has points.
    pub score: Option<[Points; 3]>,
    /// Whether it is 示例.
    pub example: bool,
    /// When it was last changed, as the person's clock said: "2026-11-23 14:05".
    /// For display alone.
    pub changed: String,
    /// `seq` of the state that this describes.
    pub seq: u64,
    /// When it was put among 最近删除, as [`Summary::changed`] says it; empty for
    /// what is at work, and left out of the record then.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub deleted: String,
}

object! { Summary { id, name, catalogue, unit_name, year, due, points, settled, drafting, score, example, changed, seq; deleted } }

/// Puts rows in the order of 工作台.
pub fn last_changed_first(rows: &mut Vec<Summary>) {
    sort_by(rows, |a, b| b.changed.cmp(&a.changed));
}

/// A name that none of these rows bears: the wanted one, or that with a number
/// behind it, "东城区 优质均衡 2026（2）".
pub fn distinct_name(wanted: &str, rows: &[Summary]) -> String {
    let taken = |name: &str| rows.iter().any(|row| row.name == name);
    let numbered = (2..).map(|number: u32| format!("{wanted}（{number}）"));
    let mut names = std::iter::once(wanted.to_owned()).chain(numbered);
    names.find(|name| !taken(name)).unwrap_or_default()
}

/// Derives the row from an assessment and its total.
pub fn summary(
    catalogue: &Catalogue,
    assessment: &Assessment,
    total: &Tally,
    changed: &str,
    seq: u64,
) -> Summary {
    let head = &assessment.head;
    Summary {
        id: head.id.clone(),
        name: head.name.clone(),
        catalogue: catalogue.short.clone(),
        unit_name: head.unit_name.clone(),
        year: head.year.clone(),
        due: head.due.clone(),
        points: total.points,
        settled: total.settled(),
        drafting: total.drafting,
        score: catalogue.total().map(|_| [total.got, total.of_scored, total.maximum]),
        example: head.example,
        changed: changed.to_owned(),
        seq,
        deleted: String::new(),
    }
}
