//! Figures and schools that cannot be right, or do not agree.

use super::{Found, Rule, Target};
use crate::assessment::RowId;
use crate::assessment::place::Place;
use crate::catalogue::FigureSpec;
use crate::measure::{Given, Origin, Value};
use crate::number::Number;
use crate::school::table::{Cell, Row};
use crate::school::{Column, School};

/// Columns whose sum cannot exceed another one.
const PARTS: [(&[Column], Column); 8] = [
    (&[Column::Backbone], Column::Teachers),
    (&[Column::Degree], Column::Teachers),
    (&[Column::Sports, Column::Arts], Column::Teachers),
    (&[Column::Certified], Column::Teachers),
    (&[Column::Trained], Column::Teachers),
    (&[Column::IndoorSport], Column::Teaching),
    (&[Column::Training], Column::Funds),
    (&[Column::Classes56], Column::Classes),
];

pub(super) fn look(found: &mut Found<'_>) {
    let data = found.data;
    for spec in &data.catalogue.figures {
        figure(found, spec);
    }
    for (row, cells) in data.rows.iter().zip(data.table.rows()) {
        if let Some(school) = data.assessment.schools.get(*row) {
            look_at_row(found, row, school, cells);
        }
    }
}

fn figure(found: &mut Found<'_>, spec: &FigureSpec) {
    let data = found.data;
    let Some(index) = data.catalogue.points_taking(&spec.id).next() else { return };
    let target = || Target::Figure(spec.id.clone(), index);
    let raw = &data.assessment.figure(&spec.id).raw;
    let number = match data.figure(&spec.id) {
        Given::Refused(why) => {
            return found.add(Rule::Refused, target(), format!("{}“{raw}”：{why}", spec.name));
        }
        Given::Value(Value::Number(number), origin) => (number, origin),
        Given::Value(..) | Given::Nothing => return,
    };
    let (number, origin) = number;
    if let Some(whole) = spec.part_of.as_ref()
        && let Given::Value(Value::Number(all), _) = data.figure(whole)
        && number > all
    {
        let name = data.catalogue.figure(whole).map_or("", |spec| spec.name.as_str());
        found.add(Rule::PartAboveWhole, target(), format!("{} {number} 大于{name} {all}", spec.name));
    }
    if origin == Origin::Typed
        && let Some(sum) = spec.schools.as_ref().and_then(|of| data.sum_of_schools(of))
        && sum != number
    {
        let text = format!("{}填报 {number}，学校数据合计 {sum}", spec.name);
        found.add(Rule::SumDiffers, target(), text);
    }
}

/// `cells` is what the texts of the school are worth; they are not read again.
fn look_at_row(found: &mut Found<'_>, row: &RowId, school: &School, cells: &Row) {
    let at = |column| Target::School(Place::School(row.clone(), column));
    for (column, text) in &school.cells {
        if cells.cell(*column) == Cell::Refused
            && let Err(why) = column.read(text)
        {
            found.add(
                Rule::Refused,
                at(*column),
                format!("{}：{}“{text}”：{why}", school.called(), column.label()),
            );
        }
    }
    let number = |column: &Column| match cells.cell(*column) {
        Cell::Number(number) => Some(number),
        Cell::Empty | Cell::Refused => None,
    };
    for (parts, whole) in PARTS {
        let sum: Option<Number> =
            parts.iter().map(number).try_fold(Number::ZERO, |sum, part| Some(sum.plus(part?)));
        if let (Some(sum), Some(all), Some(first)) = (sum, number(&whole), parts.first())
            && sum > all
        {
            let labels: Vec<&str> = parts.iter().map(|part| part.label()).collect();
            let text =
                format!("{}：{} {sum} 大于{} {all}", school.called(), labels.join("与"), whole.label());
            found.add(Rule::PartAboveWhole, at(*first), text);
        }
    }
}
