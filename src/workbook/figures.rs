//! 数据: every figure that the catalogue's measures take, with its source and what
//! it counts. The formulas of 量化指标 refer to its cells.

use std::collections::BTreeMap;

use crate::assessment::place::{FigureField, Place};
use crate::catalogue::{FigureId, FigureKind, FigureSpec, SchoolSum, Source};
use crate::measure::{ABSENT, Data, Given, Origin, Value, rows_of, word};
use crate::school::Stage;
use crate::school::table;
use crate::value::number::Number;

use super::block::{block, columns};
use super::digits::Digits;
use super::holds::Holds;
use super::live::on;
use super::sheet::{Cell, Role, Sheet, address, fixed_span};
use super::{caption, page, schools, sheet_title};

/// The name of the sheet.
pub const NAME: &str = "数据";

/// Stands where nothing was typed.
pub(super) const UNTYPED: &str = "未填";

/// The column of the values.
const VALUE: usize = 1;

/// Where the figures stand: rows from 0.
#[derive(Clone, Debug, Default)]
pub(super) struct Places(BTreeMap<FigureId, u32>);

impl Places {
    /// The address of a figure's value from another sheet.
    pub fn of(&self, id: &FigureId) -> Option<String> {
        self.0.get(id).map(|row| on(NAME, &address(*row, VALUE)))
    }
}

/// The sheet, and where the figures stand; `None` if the catalogue takes none.
pub(super) fn figures(
    data: &Data<'_>,
    table: Option<&schools::Places>,
    when: &str,
) -> Option<(Sheet, Places)> {
    let (catalogue, assessment) = (data.catalogue, data.assessment);
    if catalogue.figures.is_empty() {
        return None;
    }
    let mut sheet = Sheet {
        name: NAME.to_owned(),
        columns: columns([32, 16, 8, 9, 13, 9, 44, 34]),
        page: Some(page(catalogue, assessment, true)),
        ..Sheet::default()
    };
    sheet_title(&mut sheet, catalogue, assessment, "量化指标所用数据");
    caption(&mut sheet, assessment, when);
    let note = "“量化指标”一表的公式取自本表“数值”一列。未填不按 0 计算；带删除线的内容未被识别，不参与计算。来源为市级、国家的，由上级提供后填入。“口径”一列为编者理解。没有此类对象的，填“无此类对象”，或把作分母的数填 0。";
    sheet.add_line(Cell::text(note, Role::Caption).unframed());
    let used = format!("用于{}", catalogue.point_label);
    sheet.add_header(&["数据项", "数值", "单位", "数据年度", "来源", &used, "口径", "口径或来源说明"]);
    let mut places = Places::default();
    for spec in &catalogue.figures {
        let entry = entry(data, spec, table);
        let rows = block(&sheet.columns, entry, Some(spec.id.as_str()));
        let (first, _) = sheet.add_block(rows);
        places.0.insert(spec.id.clone(), first);
    }
    Some((sheet, places))
}

fn entry(data: &Data<'_>, spec: &FigureSpec, table: Option<&schools::Places>) -> Vec<Cell> {
    let figure = data.assessment.figure(&spec.id);
    let given = data.figure(&spec.id);
    let supplied = match spec.source {
        Source::District => "自报",
        Source::City => "市级提供",
        Source::Nation => "国家提供",
    };
    let origin = match &given {
        Given::Value(Value::Absent, Origin::Schools) => "学校数据".to_owned(),
        Given::Value(_, Origin::Schools) => "学校数据合计".to_owned(),
        Given::Value(_, Origin::Default) => "未另行选择，按此口径".to_owned(),
        _ if spec.kind == FigureKind::Choice => "填报单位选择".to_owned(),
        Given::Refused(why) => format!("{supplied}\n（未参与计算：{why}）"),
        _ => supplied.to_owned(),
    };
    let place = |field| Place::Figure(spec.id.clone(), field);
    let unit = if spec.kind == FigureKind::Step { "级" } else { spec.unit.as_str() };
    let year = if figure.year.is_empty() {
        Cell::text(data.assessment.head.year.as_str(), Role::Centre)
            .holding(Holds::StandIn(place(FigureField::Year)))
    } else {
        Cell::kept(place(FigureField::Year), &figure.year, Role::Centre)
    };
    let points = data.catalogue.points();
    let users = data.catalogue.points_taking(&spec.id).filter_map(|index| points.get(index));
    let users: Vec<&str> = users.map(|point| point.no.as_str()).collect();
    let chosen = match &given {
        Given::Value(Value::Option(id), _) => spec.option(id).map_or("", |it| it.note.as_str()),
        _ => "",
    };
    let definition = if chosen.is_empty() {
        spec.definition.clone()
    } else {
        format!("{}\n所选口径：{chosen}", spec.definition)
    };
    vec![
        Cell::text(spec.name.as_str(), Role::Body),
        value(data, spec, &given, table),
        Cell::text(unit, Role::Centre),
        year.code(),
        Cell::text(origin, Role::Centre),
        Cell::text(users.join("、"), Role::Centre).code(),
        Cell::text(definition, Role::Body),
        Cell::kept(place(FigureField::Note), &figure.note, Role::Body),
    ]
}

/// The value, which holds the text that was typed unless it is read from it or
/// stands in for it.
fn value(data: &Data<'_>, spec: &FigureSpec, given: &Given, table: Option<&schools::Places>) -> Cell {
    let place = Place::Figure(spec.id.clone(), FigureField::Raw);
    let raw = data.assessment.figure(&spec.id).raw.as_str();
    let digits = match spec.kind {
        FigureKind::Count => Digits::Whole,
        FigureKind::Amount | FigureKind::Rate => Digits::Amount,
        FigureKind::Step | FigureKind::YesNo | FigureKind::Done | FigureKind::Choice => Digits::AsIs,
    };
    let cell = match given {
        Given::Nothing => Cell::text(UNTYPED, Role::Centre),
        Given::Refused(_) => return Cell::kept(place, raw, Role::Uncounted),
        Given::Value(Value::Number(number), Origin::Schools) => match (table, &spec.schools) {
            (Some(table), Some(of)) => match added_up(data, table, of, *number) {
                Some(formula) => Cell::formula(formula, *number, Role::Centre),
                None => Cell::number(*number, Role::Centre),
            },
            _ => Cell::number(*number, Role::Centre),
        },
        Given::Value(Value::Number(number), _) => Cell::number(*number, Role::Centre),
        Given::Value(Value::Is(is), _) => Cell::text(word(spec.kind, *is), Role::Centre),
        Given::Value(Value::Absent, _) => Cell::text(ABSENT, Role::Centre),
        Given::Value(Value::Option(id), _) => {
            Cell::text(spec.option(id).map_or(id.as_str(), |it| it.label.as_str()), Role::Centre)
        }
    };
    let typed = !raw.is_empty();
    cell.holding(if typed { Holds::Value(place) } else { Holds::StandIn(place) }).shown(digits)
}

/// At most so many cells are taken off one by one.
const TAKEN_OFF: usize = 60;

/// A column of 学校数据 over the rows of its stages, without those that are not meant
/// although they say the stage. `None` where it does not come to the number, as where
/// schools are split, or is too long.
fn added_up(data: &Data<'_>, table: &schools::Places, of: &SchoolSum, number: Number) -> Option<String> {
    let column = schools::Places::column(of.sum);
    let range = |column| on(schools::NAME, &fixed_span(table.rows, column));
    let sum =
        |stage: &Stage| format!("SUMIFS({},{},\"{}\")", range(column), range(table.stage), stage.label());
    let mut formula = of.stages.iter().map(sum).collect::<Vec<_>>().join("+");
    let meant = rows_of(data, of);
    let (mut all, mut taken) = (Number::ZERO, 0);
    for (at, row) in data.table.rows().iter().enumerate() {
        let of_stage = row.stage.is_some_and(|stage| of.stages.contains(&stage));
        let table::Cell::Number(cell) = row.cell(of.sum) else { continue };
        if of_stage && meant.binary_search(&at).is_ok() {
            all = all.plus(cell);
        } else if of_stage {
            let place = on(schools::NAME, &address(table.row(at)?, column));
            formula.push_str(&format!("-{place}"));
            taken += 1;
        }
    }
    (all == number && taken <= TAKEN_OFF).then_some(formula)
}

/// The number that a figure is, if it is one.
pub(super) fn number(data: &Data<'_>, id: &FigureId) -> Option<Number> {
    match data.figure(id) {
        Given::Value(Value::Number(number), _) => Some(number),
        _ => None,
    }
}
