//! 自评表: the official table with the district's answers beside it, one entry
//! per point.
//!
//! A score stands in its cell as a number exactly when it counts. One that is
//! refused, or that was kept when its point became 不适用, stands there as the
//! text that was typed, and sums pass it over as [`crate::score::Tally`] does. A
//! sum of no score is no 0 but —.
//!
//! Whatever a person may edit has a column of its own. Materials and 测评点 are
//! shown here and edited in their sheets.

use crate::assessment::place::{AnswerField, Place};
use crate::assessment::{Answer, Assessment, Contribution, ContributionState, State};
use crate::catalogue::{Catalogue, CatalogueKind, Point, mark_in_words};
use crate::record::backup::Backup;
use crate::score::{Scorecard, Tally};

use super::block::{self, Block, block};
use super::holds::Holds;
use super::sheet::{Allowed, Cell, Column, Content, Role, Row, Sheet, Validation, Value, span};
use super::{caption, page, sheet_title};

mod groups;

/// The name of the sheet.
pub const NAME: &str = "自评表";

/// What a column of the table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    /// The groups of this level, from 0.
    Level(usize),
    Number,
    Text,
    CheckItems,
    Maximum,
    Units,
    State,
    Score,
    Narrative,
    Deduction,
    Waiver,
    Evidence,
    Filler,
    /// Why the district has handed back what the unit said.
    Returned,
}

/// Stands in place of a sum of no score.
pub(super) const NO_SUM: &str = "—";

/// The widths of all columns together: what a page of A4 laid across shows in type
/// of 8 points.
const PAGE: u32 = 178;

/// Where things stand in the finished sheet, for the formulas of other sheets.
/// Rows and columns are counted from 0.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    /// First and last row of each group, in the order of [`Catalogue::groups`].
    pub groups: Vec<(u32, u32)>,
    /// First and last row of all entries, sums included.
    pub all: (u32, u32),
    /// The column of 填报状态.
    pub state: usize,
    /// The columns of 分值 and 自评得分, where points are scored.
    pub scores: Option<(usize, usize)>,
    /// The row of 合计, where points are scored.
    pub total: Option<u32>,
}

/// The sheet, and where things stand in it.
pub(super) fn form(catalogue: &Catalogue, backup: &Backup, card: &Scorecard, when: &str) -> (Sheet, Places) {
    let assessment = &backup.assessment;
    let fields = fields(catalogue, assessment);
    let widths = widths(catalogue, &fields);
    let mut sheet = Sheet {
        name: NAME.to_owned(),
        columns: block::columns(widths.iter().copied()),
        page: Some(page(catalogue, assessment, true)),
        ..Sheet::default()
    };
    sheet_title(&mut sheet, catalogue, assessment, NAME);
    caption(&mut sheet, assessment, when);
    if catalogue.kind == CatalogueKind::Scored {
        let note = "带删除线的自评得分（无效，或该要点已标为不适用）不计入小计和合计。";
        sheet.add_line(Cell::text(note, Role::Caption).unframed());
    }
    let heads: Vec<String> = fields.iter().map(|field| head(*field, catalogue)).collect();
    sheet.add_header(&heads.iter().map(String::as_str).collect::<Vec<_>>());

    let mut blocks = blocks(catalogue, assessment, &fields, &sheet.columns);
    groups::make_room(catalogue, &widths, &mut blocks);
    groups::name(catalogue, &widths, &mut blocks);
    mark_continued(catalogue, &fields, &mut blocks);
    let places = place(catalogue, card, &fields, &mut sheet, blocks);
    (sheet, places)
}

fn fields(catalogue: &Catalogue, assessment: &Assessment) -> Vec<Field> {
    let scored = catalogue.kind == CatalogueKind::Scored;
    let explained = || assessment.answers.values().any(|answer| !answer.deduction.is_empty());
    let mut fields: Vec<Field> = (0..catalogue.levels.len()).map(Field::Level).collect();
    fields.extend([Field::Number, Field::Text]);
    fields.extend(catalogue.check_items.then_some(Field::CheckItems));
    fields.extend(scored.then_some(Field::Maximum));
    fields.extend([Field::Units, Field::State]);
    fields.extend(scored.then_some(Field::Score));
    fields.push(Field::Narrative);
    fields.extend((scored || explained()).then_some(Field::Deduction));
    fields.extend([Field::Waiver, Field::Evidence, Field::Filler]);
    let returned = |it: &Contribution| it.state == ContributionState::Returned;
    let of_unit = assessment.head.share.is_some();
    fields.extend((of_unit && assessment.contributions.values().any(returned)).then_some(Field::Returned));
    fields
}

fn head(field: Field, catalogue: &Catalogue) -> String {
    match field {
        Field::Level(level) => return catalogue.levels.get(level).cloned().unwrap_or_default(),
        Field::Number if catalogue.editor_numbered => "编者编号",
        Field::Number => "序号",
        Field::Text => return catalogue.point_name.clone(),
        Field::CheckItems => "测评点（填报单位自拟，原件此列为空）\n〔在“测评点”表中修改〕",
        Field::Maximum => "分值",
        Field::Units => "责任单位",
        Field::State => "填报状态",
        Field::Score => "自评得分",
        Field::Narrative => "完成情况说明",
        Field::Deduction => "扣分原因",
        Field::Waiver => "不适用理由",
        Field::Evidence => "佐证材料\n〔在目录中修改〕",
        Field::Filler => "填报人",
        Field::Returned => "退回意见",
    }
    .to_owned()
}

/// The widths of the columns. What the others leave of a page goes to 完成情况说明.
fn widths(catalogue: &Catalogue, fields: &[Field]) -> Vec<u32> {
    let longest = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or(0);
    let fixed = |field: &Field| match field {
        Field::Level(level) => {
            let groups = catalogue.groups().iter().filter(|group| group.level == level + 1);
            match longest(&mut groups.map(|group| groups::text(group).chars().count())) {
                0..=8 => 8,
                9..=30 => 9,
                31..=120 => 15,
                _ => 20,
            }
        }
        Field::Text => {
            match longest(&mut catalogue.points().iter().map(|point| point.text.chars().count())) {
                0..=240 => 22,
                _ => 36,
            }
        }
        Field::Number | Field::Maximum => 5,
        Field::CheckItems => 20,
        Field::Units if catalogue.departments.is_empty() => 8,
        Field::Units => 12,
        Field::State | Field::Score => 8,
        Field::Filler => 7,
        Field::Narrative => 0,
        Field::Deduction | Field::Returned => 12,
        Field::Waiver => 10,
        Field::Evidence => 13,
    };
    let taken: u32 = fields.iter().map(fixed).sum();
    let rest = PAGE.saturating_sub(taken).max(44);
    fields.iter().map(|field| if *field == Field::Narrative { rest } else { fixed(field) }).collect()
}

fn blocks(
    catalogue: &Catalogue,
    assessment: &Assessment,
    fields: &[Field],
    columns: &[Column],
) -> Vec<Block> {
    let entry = |point: &Point| {
        let answer = assessment.answer(&point.id);
        let cells = fields.iter().map(|field| cell(*field, point, answer, assessment)).collect();
        block(columns, cells, Some(&point.id.to_string()))
    };
    catalogue.points().iter().map(entry).collect()
}

fn cell(field: Field, point: &Point, answer: &Answer, assessment: &Assessment) -> Cell {
    let place = |field| Place::Answer(point.id.clone(), field);
    let kept = |field, text: &str, role| Cell::kept(place(field), text, role);
    match field {
        Field::Level(_) => Cell::blank(Role::Group),
        Field::Number => Cell::text(point.no.as_str(), Role::Centre).code(),
        Field::Text if point.text.starts_with(&point.title) => Cell::text(point.text.as_str(), Role::Body),
        Field::Text => Cell::text(format!("{}\n{}", point.title, point.text), Role::Body),
        Field::CheckItems => {
            Cell::text(check_items(answer), Role::Body).holding(Holds::CheckItems(point.id.clone()))
        }
        Field::Maximum => match (point.points, point.mark) {
            (Some(points), _) => Cell::number(points, Role::Centre),
            (None, Some(mark)) => Cell::text(mark_in_words(mark, point.value.as_ref()), Role::Centre),
            (None, None) => Cell::blank(Role::Centre),
        },
        Field::Units if answer.units.trim().is_empty() => {
            let listed =
                if point.units_raw.is_empty() { point.units.join("、") } else { point.units_raw.clone() };
            Cell::text(listed, Role::Body).holding(Holds::StandIn(place(AnswerField::Units)))
        }
        Field::Units => kept(AnswerField::Units, &answer.units, Role::Body),
        Field::State => {
            Cell::text(answer.state.label(), Role::Centre).holding(Holds::State(point.id.clone()))
        }
        Field::Score => match Tally::of(point, answer) {
            Tally { scored: 1, got, .. } => {
                Cell::number(got, Role::Centre).holding(Holds::Value(place(AnswerField::Score)))
            }
            _ => kept(AnswerField::Score, &answer.score, Role::Uncounted),
        },
        Field::Narrative => kept(AnswerField::Narrative, &answer.narrative, Role::Body),
        Field::Deduction => kept(AnswerField::Deduction, &answer.deduction, Role::Body),
        Field::Waiver => kept(AnswerField::Waiver, &answer.waiver, Role::Body),
        Field::Evidence => {
            let rows = assessment.evidence_of(answer).map(|(_, row)| format!("{} {}", row.number, row.title));
            let listed = rows.collect::<Vec<_>>().join("\n");
            Cell::text(listed, Role::Body).holding(Holds::Materials(point.id.clone()))
        }
        Field::Filler => kept(AnswerField::Filler, &answer.filler, Role::Centre),
        Field::Returned => {
            let returned = assessment.contributions_to(&point.id);
            let reasons: Vec<&str> = returned.map(|(_, it)| it.reason.as_str()).collect();
            Cell::text(reasons.join("\n"), Role::Body)
        }
    }
}

fn check_items(answer: &Answer) -> String {
    let item = |(index, item): (usize, &crate::assessment::CheckItem)| {
        let finding = if item.finding.is_empty() {
            String::new()
        } else {
            format!("\n查看情况：{}", item.finding)
        };
        format!("〔自拟〕{}. {}{finding}", index + 1, item.text)
    };
    answer.check_items.iter().enumerate().map(item).collect::<Vec<_>>().join("\n")
}

/// Says at the rows in which a point goes on which point it is.
fn mark_continued(catalogue: &Catalogue, fields: &[Field], blocks: &mut [Block]) {
    let column = fields.iter().position(|field| *field == Field::Number).unwrap_or(0);
    for (point, block) in catalogue.points().iter().zip(blocks) {
        for row in block.rows.iter_mut().skip(1) {
            if let Some(cell) = row.cells.get_mut(column) {
                cell.content = Content::Text(format!("{}续", point.no));
            }
        }
    }
}

/// Puts the blocks and the sums into the sheet.
fn place(
    catalogue: &Catalogue,
    card: &Scorecard,
    fields: &[Field],
    sheet: &mut Sheet,
    blocks: Vec<Block>,
) -> Places {
    let column = |field: Field| fields.iter().position(|it| *it == field);
    let scores = column(Field::Maximum).zip(column(Field::Score));
    let mut places = Places { state: column(Field::State).unwrap_or(0), scores, ..Places::default() };
    let first = sheet.next_row();
    let mut rows = Vec::new();
    for ((index, point), block) in catalogue.points().iter().enumerate().zip(blocks) {
        let placed = sheet.add_block(block);
        rows.push(placed);
        add_validations(sheet, &places, point, placed.0);
        let ended = catalogue.groups().iter().zip(&card.groups);
        if let Some((group, tally)) =
            ended.into_iter().find(|(it, _)| it.parent.is_none() && it.points.end == index + 1)
        {
            let from = rows.get(group.points.start).map_or(placed.0, |it| it.0);
            let rows = (from, placed.1);
            let sum = |column| format!("SUM({})", span(rows, column));
            add_sums(sheet, fields, scores, &format!("{}　小计", group.heading()), tally, rows, &sum);
        }
    }
    let last = sheet.next_row().saturating_sub(1);
    places.all = (first, last);
    places.groups = catalogue
        .groups()
        .iter()
        .filter_map(|group| {
            let first = rows.get(group.points.start)?.0;
            Some((first, rows.get(group.points.end.checked_sub(1)?)?.1))
        })
        .collect();
    if scores.is_some() {
        places.total = Some(sheet.next_row());
        // Entries alone have a number in the last hidden column, and 1 on their
        // first row, so that the sums above are not counted again.
        let numbers = sheet.columns.len().saturating_sub(1);
        let sum =
            |column| format!("SUMIFS({},{},1)", span((first, last), column), span((first, last), numbers));
        let name = "合计（自评得分为已评各项之和）";
        add_sums(sheet, fields, scores, name, &card.total, (first, last), &sum);
    }
    places
}

fn add_validations(sheet: &mut Sheet, places: &Places, point: &Point, row: u32) {
    let states = State::ALL.iter().map(|state| state.label().to_owned()).collect();
    let rows = (row, row);
    let rule = Allowed::OneOf(states);
    sheet.validations.push(Validation { rows, column: places.state, name: "填报状态", rule });
    if let (Some((_, column)), Some(maximum)) = (places.scores, point.points) {
        let rule = Allowed::UpTo(maximum);
        sheet.validations.push(Validation { rows, column, name: "自评得分", rule });
    }
}

/// What `sum` gives of these columns; of a column of scores only if there is one in
/// `rows`.
fn add_sums(
    sheet: &mut Sheet,
    fields: &[Field],
    scores: Option<(usize, usize)>,
    name: &str,
    tally: &Tally,
    rows: (u32, u32),
    sum: &dyn Fn(usize) -> String,
) {
    let Some((maximum, score)) = scores else { return };
    let row = sheet.next_row();
    let cells = (0..fields.len()).map(|column| match column {
        0 => Cell::text(name, Role::Sum),
        _ if column == maximum => Cell::formula(sum(column), tally.maximum, Role::Sum),
        _ if column == score => {
            let formula = unless_none(&span(rows, column), &sum(column));
            Cell::formula(formula, got(tally), Role::Sum)
        }
        _ => Cell::blank(Role::Sum),
    });
    let cells: Vec<Cell> = cells.collect();
    sheet.rows.push(Row { height: Some(block::height(1) + 40), cells });
    sheet.merge(row, 0, row, maximum.saturating_sub(1));
}

/// A formula that gives — as long as none of these cells holds a number.
pub(super) fn unless_none(cells: &str, then: &str) -> String {
    format!("IF(COUNT({cells})=0,\"{NO_SUM}\",{then})")
}

/// The sum of the scores of a tally, if there is one.
pub(super) fn got(tally: &Tally) -> Value {
    if tally.scored == 0 { Value::from(NO_SUM) } else { tally.got.into() }
}
