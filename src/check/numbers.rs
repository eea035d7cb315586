//! Figures and schools that cannot be right, or do not agree.

use super::{Found, Rule, Target};
use crate::assessment::RowId;
use crate::assessment::place::Place;
use crate::catalogue::FigureSpec;
use crate::measure::{Given, Origin, Value};
use crate::school::counted::{Exclusion, counted};
use crate::school::indicator::{Indicator, Who};
use crate::school::table::{Cell, Row};
use crate::school::value::value;
use crate::school::{Column, School, SchoolType, Stage};
use crate::value::number::{Number, Quotient, glance};

/// Columns whose sum cannot exceed another one.
const PARTS: [(&[Column], Column); 7] = [
    (&[Column::Backbone], Column::Teachers),
    (&[Column::Degree], Column::Teachers),
    (&[Column::Sports, Column::Arts], Column::Teachers),
    (&[Column::Certified], Column::Teachers),
    (&[Column::Trained], Column::Teachers),
    (&[Column::IndoorSport], Column::Teaching),
    (&[Column::Classes56], Column::Classes),
];

/// What the stages of a school may share, so that the same number in two of its rows
/// is likely the whole school's.
const SHARED: [Column; 6] =
    [Column::Teaching, Column::IndoorSport, Column::Gym, Column::Field, Column::ArtRooms, Column::Equipment];

/// A class of so many pupils or more is one of 56 and more.
const CROWDED: u32 = 56;
/// No school is thought to have classes of more pupils than this on an average.
const CLASS: u32 = 120;

pub(super) fn look(found: &mut Found<'_>) {
    let data = found.data;
    for spec in &data.catalogue.figures {
        figure(found, spec);
    }
    for (at, (row, cells)) in data.rows.iter().zip(data.table.rows()).enumerate() {
        if let Some(school) = data.assessment.schools.get(*row) {
            look_at_row(found, row, school, cells);
            let of = Of { at, row, school, cells };
            shared(found, &of);
            senior(found, &of);
            ranges(found, &of);
            classes(found, &of);
            stage_and_type(found, &of);
        }
    }
    left_out(found);
}

/// A row of 学校数据 at its position.
struct Of<'a> {
    at: usize,
    row: &'a RowId,
    school: &'a School,
    cells: &'a Row,
}

impl Of<'_> {
    fn target(&self, column: Column) -> Target {
        Target::School(Place::School(self.row.clone(), column))
    }
}

/// The same areas in two rows of one school.
fn shared(found: &mut Found<'_>, of: &Of<'_>) {
    let table = &found.data.table;
    let before = table.together(of.at).iter().filter(|at| **at < of.at);
    let other = before
        .filter_map(|at| table.row(*at))
        .find(|it| it.stage.is_some() && of.cells.stage.is_some() && it.stage != of.cells.stage);
    let Some(other) = other else { return };
    let same = |column: &&Column| match of.cells.cell(**column) {
        Cell::Number(number) => number > Number::ZERO && other.cell(**column) == Cell::Number(number),
        Cell::Empty | Cell::Refused => false,
    };
    let columns: Vec<Column> = SHARED.iter().filter(same).copied().collect();
    let Some(first) = columns.first() else { return };
    // One room of one size in each stage is nothing odd; all rooms, grounds or equipment are.
    let all = columns.iter().any(|it| matches!(it, Column::Teaching | Column::Field | Column::Equipment));
    if columns.len() < 2 && !all {
        return;
    }
    let labels: Vec<&str> = columns.iter().map(|column| column.label()).collect();
    let text = format!(
        "{}：小学、初中两行的{}完全相同。若填的是全校的数，请只填在其中一行并选“按在校生折算”，或分开填写",
        of.school.called(),
        labels.join("、")
    );
    found.add(Rule::SharedTwice, of.target(*first), text);
}

/// A school with 高中 that does not say how many pupils it has there.
fn senior(found: &mut Found<'_>, of: &Of<'_>) {
    let kind = match of.cells.kind {
        Some(kind @ (SchoolType::Complete | SchoolType::Twelve)) => kind,
        _ => return,
    };
    let table = &found.data.table;
    let rows = table.together(of.at);
    let untold = |at: &usize| table.row(*at).is_some_and(|it| it.cell(Column::Senior) == Cell::Empty);
    if rows.first() == Some(&of.at) && rows.iter().all(untold) {
        let text = format!("{}：{}没有填高中在校生数，没有高中的请填 0", of.school.called(), kind.label());
        found.add(Rule::SeniorMissing, of.target(Column::Senior), text);
    }
}

/// Classes, the largest of them and the pupils in them, which cannot all be right.
fn classes(found: &mut Found<'_>, of: &Of<'_>) {
    let Some(largest) = of.cells.number(Column::LargestClass) else { return };
    let [pupils, classes, crowded] =
        [Column::Pupils, Column::Classes, Column::Classes56].map(|column| of.cells.number(column));
    let limit = Number::whole(CROWDED);
    // Classes are counted in whole numbers.
    let room = classes.map(|classes| largest.times(classes.millionths() / 1_000_000));
    let text = if let Some(pupils) = pupils.filter(|pupils| largest > *pupils) {
        format!("最大班额 {largest} 大于在校生数 {pupils}")
    } else if let (Some(pupils), Some(classes), Some(room)) = (pupils, classes, room)
        && room < pupils
    {
        format!("{classes} 个班、最大班额 {largest}，最多 {room} 人，少于在校生数 {pupils}")
    } else if let Some(crowded) = crowded.filter(|it| *it > Number::ZERO && largest < limit) {
        format!("有 {crowded} 个 {CROWDED} 人及以上的班，而最大班额是 {largest}")
    } else if crowded == Some(Number::ZERO) && largest >= limit {
        format!("最大班额 {largest}，而 {CROWDED} 人及以上班数是 0")
    } else {
        return;
    };
    let text = format!("{}：{text}", of.school.called());
    found.add(Rule::ClassesDisagree, of.target(Column::LargestClass), text);
}

/// A 小学 with 初中 as its stage, or a 初级中学 with 小学.
fn stage_and_type(found: &mut Found<'_>, of: &Of<'_>) {
    let (Some(kind), Some(stage)) = (of.cells.kind, of.cells.stage) else { return };
    let against = match kind {
        SchoolType::Primary => stage == Stage::Junior,
        SchoolType::Junior | SchoolType::Complete => stage == Stage::Primary,
        _ => false,
    };
    if against {
        let text = format!("{}：学校类型是{}，学段是{}", of.school.called(), kind.label(), stage.label());
        found.add(Rule::StageAgainstType, of.target(Column::Stage), text);
    }
}

/// Values that no real school has.
fn ranges(found: &mut Found<'_>, of: &Of<'_>) {
    if let (Some(training), Some(funds)) = (of.cells.number(Column::Training), of.cells.number(Column::Funds))
        && training > funds
    {
        let text = format!("{}：教师培训经费 {training} 大于公用经费预算总额 {funds}", of.school.called());
        found.add(Rule::TrainingAboveFunds, of.target(Column::Training), text);
    }
    if let (Some(classes), Some(pupils)) = (of.cells.number(Column::Classes), of.cells.number(Column::Pupils))
        && pupils > Number::ZERO
        && let Some(each) = Quotient::new(pupils, 1, classes)
        && (each.compare(Number::whole(1)).is_lt() || each.compare(Number::whole(CLASS)).is_gt())
    {
        let text = format!(
            "{}：{pupils} 名学生编成 {classes} 个班，超出每班 1 至 {CLASS} 人的常见范围（编者所设）。请核对班级数和在校生数",
            of.school.called()
        );
        found.add(Rule::Implausible, of.target(Column::Classes), text);
    }
    // One number in a wrong unit is one fault, whatever is computed from it.
    let mut seen: Vec<Column> = Vec::new();
    for indicator in Indicator::ALL {
        let Some(column) = indicator.terms().first().map(|term| term.column()) else { continue };
        let data = found.data;
        let Ok(value) = value(&data.table, of.at, indicator, data.splitting) else { continue };
        let [least, most] = indicator.plausible();
        let small = value.compare(Number::ZERO).is_gt() && value.compare(least).is_lt();
        if (!small && value.compare(most).is_le()) || seen.contains(&column) {
            continue;
        }
        seen.push(column);
        let unit = indicator.unit();
        let cause = match column.unit() {
            entered @ ("万元" | "㎡") => {
                format!("单位可能填错：{}以{entered}计", column.label())
            }
            _ => format!("请核对{}和在校生数", column.label()),
        };
        let text = format!(
            "{}：{} {} {unit}，超出常见范围 {least} 至 {most} {unit}（编者所设）。{cause}",
            of.school.called(),
            named(indicator, of.cells),
            glance(&value.to_text())
        );
        found.add(Rule::Implausible, of.target(column), text);
    }
}

/// The name of an indicator for a school of this type: 特殊教育学校生均公用经费 is one of
/// 特殊教育学校 alone, and 生均公用经费 of the others.
fn named(indicator: Indicator, cells: &Row) -> &'static str {
    let own = match indicator.who() {
        Who::Ordinary => return indicator.name(),
        Who::Special => SchoolType::Special,
        Who::Correctional => SchoolType::Correctional,
    };
    let name = indicator.name();
    if cells.kind == Some(own) { name } else { name.strip_prefix(own.label()).unwrap_or(name) }
}

/// Rows that are left out and may have to be counted, unless a cell says why already.
fn left_out(found: &mut Found<'_>) {
    let data = found.data;
    let excluded = counted(&data.table, Who::Ordinary, None).excluded;
    for (at, why) in excluded.into_iter().filter(|(_, why)| why.is_doubtful()) {
        let (Some(cells), Some(row)) = (data.table.row(at), data.rows.get(at)) else { continue };
        let column = if why == Exclusion::NoStage { Column::Stage } else { Column::Kind };
        if cells.cell(column) != Cell::Refused {
            let target = Target::School(Place::School((*row).clone(), column));
            found.add(Rule::LeftOut, target, format!("{}：{why}", data.school_name(at)));
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
    let number = |column: &Column| cells.number(*column);
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
