//! 自评表: the official table with the district's answers beside it, one entry
//! per point.
//!
//! A score stands in its cell as a number exactly when it counts. One that is
//! refused, or that was kept when its point became 不适用, stands there as the
//! text that was typed, and sums pass it over as [`crate::score::Tally`] does.

use crate::assessment::{Answer, Assessment, State};
use crate::catalogue::{Catalogue, Group, Kind, Point};
use crate::points::Points;
use crate::record::backup::Backup;
use crate::score::{Scorecard, Tally};

use super::block::{self, Block, block};
use super::sheet::{Cell, Column, Content, Role, Row, Rule, Sheet, Validation, span};
use super::wrap;
use super::{caption, page, sheet_title};

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
    Reasons,
    Evidence,
    Filler,
}

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
    let fields = fields(catalogue);
    let widths = widths(catalogue, &fields);
    let mut sheet = Sheet {
        name: NAME.to_owned(),
        columns: block::columns(widths.iter().copied()),
        page: Some(page(catalogue, assessment, true)),
        ..Sheet::default()
    };
    sheet_title(&mut sheet, catalogue, assessment, NAME);
    caption(&mut sheet, assessment, when);
    if catalogue.kind == Kind::Scored {
        let note = "带删除线的自评得分（无效，或该要点已标为不适用）不计入小计和合计。";
        sheet.add_line(Cell::text(note, Role::Caption).unframed());
    }
    let heads: Vec<String> = fields.iter().map(|field| head(*field, catalogue)).collect();
    sheet.add_header(&heads.iter().map(String::as_str).collect::<Vec<_>>());

    let mut blocks = blocks(catalogue, assessment, &fields, &sheet.columns);
    make_room(catalogue, &widths, &mut blocks);
    mark_continued(catalogue, &fields, &mut blocks);
    let places = place(catalogue, card, &fields, &mut sheet, blocks);
    add_groups(catalogue, &mut sheet, &places);
    (sheet, places)
}

fn fields(catalogue: &Catalogue) -> Vec<Field> {
    let scored = catalogue.kind == Kind::Scored;
    let mut fields: Vec<Field> = (0..catalogue.levels.len()).map(Field::Level).collect();
    fields.extend([Field::Number, Field::Text]);
    fields.extend(catalogue.check_items.then_some(Field::CheckItems));
    fields.extend(scored.then_some(Field::Maximum));
    fields.extend([Field::Units, Field::State]);
    fields.extend(scored.then_some(Field::Score));
    fields.extend([Field::Narrative, Field::Reasons, Field::Evidence, Field::Filler]);
    fields
}

fn head(field: Field, catalogue: &Catalogue) -> String {
    let scored = catalogue.kind == Kind::Scored;
    match field {
        Field::Level(level) => return catalogue.levels.get(level).cloned().unwrap_or_default(),
        Field::Number if catalogue.editor_numbered => "编者编号",
        Field::Number => "序号",
        Field::Text => return catalogue.point_name.clone(),
        Field::CheckItems => "测评点（填报单位自拟，\n原件此列为空）",
        Field::Maximum => "分值",
        Field::Units => "责任单位",
        Field::State => "填报状态",
        Field::Score => "自评得分",
        Field::Narrative => "完成情况说明",
        Field::Reasons if scored => "扣分原因／\n不适用理由",
        Field::Reasons => "不适用理由",
        Field::Evidence => "佐证材料（编号 名称）",
        Field::Filler => "填报人",
    }
    .to_owned()
}

/// The widths of the columns. What the others leave of a page goes to 完成情况说明.
fn widths(catalogue: &Catalogue, fields: &[Field]) -> Vec<u32> {
    let longest = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or(0);
    let fixed = |field: &Field| match field {
        Field::Level(level) => {
            let groups = catalogue.groups().iter().filter(|group| group.level == level + 1);
            match longest(&mut groups.map(|group| group_text(group).chars().count())) {
                0..=8 => 8,
                9..=30 => 11,
                _ => 20,
            }
        }
        Field::Text => {
            match longest(&mut catalogue.points().iter().map(|point| point.text.chars().count())) {
                0..=240 => 26,
                _ => 40,
            }
        }
        Field::Number | Field::Maximum => 5,
        Field::CheckItems => 22,
        Field::Units if catalogue.departments.is_empty() => 10,
        Field::Units => 14,
        Field::State | Field::Filler => 7,
        Field::Score => 6,
        Field::Narrative => 0,
        Field::Reasons => 14,
        Field::Evidence => 16,
    };
    let taken: u32 = fields.iter().map(fixed).sum();
    let rest = 168_u32.saturating_sub(taken).max(36);
    fields.iter().map(|field| if *field == Field::Narrative { rest } else { fixed(field) }).collect()
}

fn group_text(group: &Group) -> String {
    if group.title.is_empty() || group.text.is_empty() {
        return group.heading();
    }
    format!("{}\n{}", group.heading(), group.text)
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
    match field {
        Field::Level(_) => Cell::blank(Role::Group),
        Field::Number => Cell::text(point.no.as_str(), Role::Centre),
        Field::Text if point.text.starts_with(&point.title) => Cell::text(point.text.as_str(), Role::Body),
        Field::Text => Cell::text(format!("{}\n{}", point.title, point.text), Role::Body),
        Field::CheckItems => Cell::text(check_items(answer), Role::Body),
        Field::Maximum => Cell::number(point.points.unwrap_or_default(), Role::Centre),
        Field::Units if answer.units.trim().is_empty() => {
            let listed =
                if point.units_raw.is_empty() { point.units.join("、") } else { point.units_raw.clone() };
            Cell::text(listed, Role::Body)
        }
        Field::Units => Cell::text(answer.units.as_str(), Role::Body),
        Field::State => Cell::text(answer.state.label(), Role::Centre),
        Field::Score => match Tally::of(point, answer) {
            Tally { scored: 1, got, .. } => Cell::number(got, Role::Centre),
            _ => Cell::text(answer.score.as_str(), Role::Uncounted),
        },
        Field::Narrative => Cell::text(answer.narrative.as_str(), Role::Body),
        Field::Reasons => Cell::text(reasons(answer), Role::Body),
        Field::Evidence => {
            let rows = assessment.evidence_of(answer).map(|(_, row)| format!("{} {}", row.number, row.title));
            Cell::text(rows.collect::<Vec<_>>().join("\n"), Role::Body)
        }
        Field::Filler => Cell::text(answer.filler.as_str(), Role::Centre),
    }
}

/// The reason that its state asks for; one that was kept for another state
/// stands beneath it under its name.
fn reasons(answer: &Answer) -> String {
    let (asked, kept, kept_name) = match answer.state {
        State::NotApplicable => (&answer.waiver, &answer.deduction, "扣分原因"),
        _ => (&answer.deduction, &answer.waiver, "不适用理由"),
    };
    match (asked.is_empty(), kept.is_empty()) {
        (_, true) => asked.clone(),
        (true, false) => format!("（{kept_name}）{kept}"),
        (false, false) => format!("{asked}\n（{kept_name}）{kept}"),
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

/// Makes the rows of each group high enough for the group's own text, which
/// stands beside them in one merged cell. Inner groups first.
fn make_room(catalogue: &Catalogue, widths: &[u32], blocks: &mut [Block]) {
    for group in catalogue.groups().iter().rev() {
        let width = widths.get(group.level.saturating_sub(1)).copied().unwrap_or(10);
        let needed = block::height(wrap::lines(&group_text(group), width));
        let Some(blocks) = blocks.get_mut(group.points.clone()) else { continue };
        let given: u32 = blocks.iter().map(Block::height).sum();
        let mut missing = needed.saturating_sub(given);
        let mut waiting = u32::try_from(blocks.len()).unwrap_or(u32::MAX);
        for block in blocks.iter_mut() {
            let share = missing.div_ceil(waiting.max(1));
            missing = missing - share + block.stretch(share);
            waiting = waiting.saturating_sub(1);
        }
        while let Some(last) = blocks.last_mut().filter(|_| missing > 0) {
            let before = last.height();
            block::extend(last, missing);
            missing = missing.saturating_sub(last.height() - before);
        }
    }
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
            let sum = |column| format!("SUM({})", span((from, placed.1), column));
            add_sums(sheet, fields, scores, &format!("{}　小计", group.heading()), tally, &sum);
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
        add_sums(sheet, fields, scores, "合计（自评得分为已评各项之和）", &card.total, &sum);
    }
    places
}

fn add_validations(sheet: &mut Sheet, places: &Places, point: &Point, row: u32) {
    let states = State::ALL.iter().map(|state| state.label().to_owned()).collect();
    let rows = (row, row);
    let rule = Rule::OneOf(states);
    sheet.validations.push(Validation { rows, column: places.state, name: "填报状态", rule });
    if let (Some((_, column)), Some(maximum)) = (places.scores, point.points) {
        let rule = Rule::UpTo(maximum);
        sheet.validations.push(Validation { rows, column, name: "自评得分", rule });
    }
}

fn add_sums(
    sheet: &mut Sheet,
    fields: &[Field],
    scores: Option<(usize, usize)>,
    name: &str,
    tally: &Tally,
    sum: &dyn Fn(usize) -> String,
) {
    let Some((maximum, score)) = scores else { return };
    let row = sheet.next_row();
    let cells = (0..fields.len()).map(|column| {
        let formula = |value: Points| Cell::formula(sum(column), value, Role::Sum);
        match column {
            0 => Cell::text(name, Role::Sum),
            _ if column == maximum => formula(tally.maximum),
            _ if column == score => formula(tally.got),
            _ => Cell::blank(Role::Sum),
        }
    });
    let cells: Vec<Cell> = cells.collect();
    sheet.rows.push(Row { height: Some(block::height(1) + 40), cells });
    sheet.merge(row, 0, row, maximum.saturating_sub(1));
}

/// Writes the groups' texts beside their points, each in one merged cell.
fn add_groups(catalogue: &Catalogue, sheet: &mut Sheet, places: &Places) {
    for (group, (first, last)) in catalogue.groups().iter().zip(&places.groups) {
        let column = group.level.saturating_sub(1);
        for row in *first..=*last {
            let slot = sheet.rows.get_mut(row as usize).and_then(|row| row.cells.get_mut(column));
            if let Some(slot) = slot {
                let text = if row == *first { group_text(group) } else { String::new() };
                *slot = Cell::text(text, Role::Group);
            }
        }
        sheet.merge(*first, column, *last, column);
    }
}
