//! 总表: all points as one table, with what a person wants to see of each at a glance; and
//! what can be done with many of them at once. Sorting and filtering give an order of
//! points and change nothing.

use std::cmp::Ordering;

use crate::assessment::edit::{Edit, Part};
use crate::assessment::place::{AnswerField, Place};
use crate::assessment::{Assessment, State};
use crate::catalogue::{Catalogue, Measure, PointId};
use crate::filter::{Filter, matches};
use crate::measure::{Data, Given};
use crate::record::log::Logged;
use crate::value::map::Map;
use crate::value::number::Number;
use crate::value::order::sort_by;
use crate::value::sets::set_of;

pub mod replace;

/// The columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// 序号.
    Number,
    /// The official text.
    Text,
    /// 填报状态.
    State,
    /// 自评得分, where points are scored.
    Score,
    /// 责任单位.
    Units,
    /// Characters of 完成情况说明.
    Characters,
    /// How many materials it lists.
    Materials,
    /// How many figures of its measures are missing.
    Missing,
    /// When it was changed last.
    Changed,
    /// By whom.
    By,
}

impl Column {
    /// All of them, in their order.
    pub const ALL: [Column; 10] = [
        Column::Number,
        Column::Text,
        Column::State,
        Column::Score,
        Column::Units,
        Column::Characters,
        Column::Materials,
        Column::Missing,
        Column::Changed,
        Column::By,
    ];

    /// Its name in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Column::Number => "number",
            Column::Text => "text",
            Column::State => "state",
            Column::Score => "score",
            Column::Units => "units",
            Column::Characters => "characters",
            Column::Materials => "materials",
            Column::Missing => "missing",
            Column::Changed => "changed",
            Column::By => "by",
        }
    }

    /// The column of that name.
    pub fn named(name: &str) -> Option<Column> {
        Column::ALL.into_iter().find(|column| column.name() == name)
    }

    /// Its head.
    pub fn head(self, catalogue: &Catalogue) -> String {
        match self {
            Column::Number if catalogue.editor_numbered => "编者编号",
            Column::Number => "序号",
            Column::Text => return catalogue.point_name.clone(),
            Column::State => "填报状态",
            Column::Score => "自评得分",
            Column::Units => "责任单位",
            Column::Characters => "字数",
            Column::Materials => "材料",
            Column::Missing => "缺数据",
            Column::Changed => "最近修改",
            Column::By => "修改人",
        }
        .to_owned()
    }

    /// Whether it holds numbers.
    pub const fn is_number(self) -> bool {
        matches!(self, Column::Score | Column::Characters | Column::Materials | Column::Missing)
    }
}

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Index of the point.
    pub index: usize,
    /// 填报状态.
    pub state: State,
    /// 自评得分 as typed.
    pub score: String,
    /// 责任单位 in force.
    pub units: String,
    /// Characters of 完成情况说明.
    pub characters: usize,
    /// How many materials it lists.
    pub materials: usize,
    /// How many figures of its measures are missing.
    pub missing: usize,
    /// When it was changed last and by whom, as far as the change log tells.
    pub changed: Option<(String, String)>,
}

/// When each point was changed last, and by whom; points that nobody has changed are not in
/// it.
pub fn last_changes(assessment: &Assessment, log: &[Logged]) -> Map<PointId, (String, String)> {
    let mut last: Map<PointId, (String, String)> = Map::new();
    for logged in log {
        let entry = &logged.entry;
        for part in set_of(entry.edits.iter().map(Edit::part)) {
            let points: Vec<PointId> = match part {
                Part::Answer(point) => vec![point],
                Part::Evidence(row) => assessment.points_citing(&row).into_iter().cloned().collect(),
                _ => Vec::new(),
            };
            for point in points {
                // What a file brought is by whoever is named with it.
                let by = if entry.source.is_empty() { &entry.by } else { &entry.source };
                last.insert(point, (entry.at.clone(), by.clone()));
            }
        }
    }
    last
}

/// The rows of all points, in the catalogue's order.
pub fn rows(
    catalogue: &Catalogue,
    assessment: &Assessment,
    last: &Map<PointId, (String, String)>,
) -> Vec<Row> {
    let data = Data::of(catalogue, assessment);
    let points = catalogue.points().iter().enumerate();
    points.filter_map(|(index, _)| row(&data, last, index)).collect()
}

/// The row of one point, if there is such a point.
pub fn row(data: &Data<'_>, last: &Map<PointId, (String, String)>, index: usize) -> Option<Row> {
    let point = data.catalogue.points().get(index)?;
    let answer = data.assessment.answer(&point.id);
    let missing = |measure: &&Measure| {
        measure.calc.figures().iter().any(|id| matches!(data.figure(id), Given::Nothing | Given::Refused(_)))
    };
    Some(Row {
        index,
        state: answer.state,
        score: answer.score.clone(),
        units: data.assessment.units_text(point).into_owned(),
        characters: answer.narrative.chars().filter(|c| !c.is_whitespace()).count(),
        materials: answer.evidence.len(),
        missing: point.measures.iter().filter(missing).count(),
        changed: last.get(&point.id).cloned(),
    })
}

/// How the table is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sorted {
    /// By which column.
    pub by: Column,
    /// Whether the largest comes first.
    pub descending: bool,
}

/// The rows that a filter lets through, in order; equals stay in the catalogue's order.
pub fn ordered(
    catalogue: &Catalogue,
    assessment: &Assessment,
    rows: &[Row],
    filter: &Filter,
    sorted: Option<Sorted>,
) -> Vec<usize> {
    let through = matches(catalogue, assessment, filter, &[]);
    let mut shown: Vec<&Row> =
        rows.iter().filter(|row| through.get(row.index).copied().unwrap_or(true)).collect();
    if let Some(Sorted { by, descending }) = sorted {
        sort_by(&mut shown, |a, b| {
            let order = compared(catalogue, by, a, b);
            if descending { order.reverse() } else { order }
        });
    }
    shown.into_iter().map(|row| row.index).collect()
}

fn compared(catalogue: &Catalogue, by: Column, a: &Row, b: &Row) -> Ordering {
    let text = |row: &Row| catalogue.points().get(row.index).map_or("", |point| point.text.as_str());
    let score = |row: &Row| Number::parse(&row.score).ok();
    match by {
        Column::Number => a.index.cmp(&b.index),
        Column::Text => text(a).cmp(text(b)),
        Column::State => a.state.cmp(&b.state),
        Column::Score => score(a).cmp(&score(b)),
        Column::Units => a.units.cmp(&b.units),
        Column::Characters => a.characters.cmp(&b.characters),
        Column::Materials => a.materials.cmp(&b.materials),
        Column::Missing => a.missing.cmp(&b.missing),
        Column::Changed => a.changed.cmp(&b.changed),
        Column::By => {
            let by = |row: &Row| row.changed.as_ref().map(|(_, by)| by.clone());
            by(a).cmp(&by(b))
        }
    }
}

/// Something that is done with many points at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bulk {
    /// Sets 填报状态.
    State(State),
    /// Sets 不适用, with one reason for all.
    NotApplicable(String),
    /// Sets 责任单位; an empty text means "as the catalogue says".
    Units(String),
    /// Sets 填报人.
    Filler(String),
}

/// The changes of doing so.
pub fn bulk(assessment: &Assessment, points: &[PointId], what: &Bulk) -> Vec<Edit> {
    let mut edits = Vec::new();
    for point in points {
        let set = |field, text: &str| assessment.splice_to(&Place::Answer(point.clone(), field), text);
        match what {
            Bulk::State(state) => edits.extend(assessment.setting_state(point, *state)),
            Bulk::NotApplicable(reason) => {
                edits.extend(assessment.setting_state(point, State::NotApplicable));
                edits.extend(set(AnswerField::Waiver, reason));
            }
            Bulk::Units(text) => edits.extend(set(AnswerField::Units, text)),
            Bulk::Filler(text) => edits.extend(set(AnswerField::Filler, text)),
        }
    }
    edits
}
