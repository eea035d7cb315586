//! 封面: who reports what, where it stands, who signs. What the file consists of and
//! what the program has to say about it is in [`super::notes`].

use crate::assessment::State;
use crate::assessment::place::{HeadField, Place};
use crate::catalogue::{Catalogue, CatalogueKind};
use crate::record::backup::Backup;
use crate::score::Scorecard;

use super::block::block;
use super::sheet::{Cell, Column, Role, Row, Sheet};
use super::totals::{Measure, Total};
use super::{EXAMPLE, page};

/// The name of the sheet.
pub const NAME: &str = "封面";

/// The least height of a row with fields, in tenths of a point: room to write by hand.
const FIELD: u32 = 380;

/// The cover.
pub(super) fn cover(
    catalogue: &Catalogue,
    backup: &Backup,
    card: &Scorecard,
    total: &Total,
    when: &str,
) -> Sheet {
    let head = &backup.assessment.head;
    let widths = [16, 28, 16, 28];
    let mut sheet = Sheet {
        name: NAME.to_owned(),
        columns: widths.map(|width| Column { width, hidden: false }).to_vec(),
        page: Some(page(catalogue, &backup.assessment, false)),
        ..Sheet::default()
    };
    if head.example {
        sheet.add_line(Cell::text(EXAMPLE, Role::Warning).unframed());
    }
    add_space(&mut sheet, 500);
    sheet.add_line(Cell::text(catalogue.title.as_str(), Role::Title).unframed());
    sheet.add_line(Cell::text("自　评　报　送", Role::Title).unframed());
    let source = [catalogue.issuer.as_str(), catalogue.doc_no.as_str()];
    let source: Vec<&str> = source.into_iter().filter(|text| !text.is_empty()).collect();
    if !source.is_empty() {
        sheet.add_line(Cell::text(source.join("　"), Role::Subtitle).unframed());
    }
    add_space(&mut sheet, 300);

    let field = |field, text: &str| Cell::kept(Place::Head(field), text, Role::Value);
    add_wide(&mut sheet, "填报单位", field(HeadField::UnitName, &head.unit_name));
    add_pairs(
        &mut sheet,
        vec![
            ("单位代码", field(HeadField::UnitCode, &head.unit_code).code()),
            ("年度", field(HeadField::Year, &head.year).code()),
            ("截止日期", field(HeadField::Due, &head.due).code()),
            ("导出时间", Cell::text(when, Role::Value).code()),
        ],
    );
    sheet.add_line(Cell::text("填报情况", Role::Section));
    add_pairs(&mut sheet, standing(catalogue, card, total));
    sheet.add_line(Cell::text("填报责任", Role::Section));
    add_pairs(
        &mut sheet,
        vec![
            ("填表人", field(HeadField::Filler, &head.cover.filler)),
            ("审核人", field(HeadField::Reviewer, &head.cover.reviewer)),
            ("负责人", field(HeadField::Leader, &head.cover.leader)),
            ("电话", field(HeadField::Phone, &head.cover.phone).code()),
        ],
    );
    add_seal(&mut sheet, "填报单位\n（盖章）");
    sheet
}

/// The sums, as formulas over the sheet that has them.
fn standing(catalogue: &Catalogue, card: &Scorecard, total: &Total) -> Vec<(&'static str, Cell)> {
    let sum =
        |measure: Measure| Cell::formula(total.reference(measure), measure.of(&card.total), Role::Value);
    let mut facts = Vec::new();
    if catalogue.kind == CatalogueKind::Scored {
        facts.extend([
            ("已评得分", sum(Measure::Got)),
            ("满分", sum(Measure::Maximum)),
            ("已评项满分", sum(Measure::OfScored)),
        ]);
    } else {
        facts.push(("计分", Cell::text("不计分，只报告完成情况", Role::Value)));
    }
    facts.extend([
        ("总项数", sum(Measure::Points)),
        ("已完成项数", sum(Measure::In(State::Complete))),
        ("填报中项数", sum(Measure::In(State::Drafting))),
        ("不适用项数", sum(Measure::In(State::NotApplicable))),
        ("未填项数", sum(Measure::In(State::Blank))),
    ]);
    facts
}

/// Two fields per row.
pub(super) fn add_pairs(sheet: &mut Sheet, pairs: Vec<(&str, Cell)>) {
    let mut pairs = pairs.into_iter();
    while let Some((name, cell)) = pairs.next() {
        let mut entry = vec![Cell::text(name, Role::Label), cell];
        match pairs.next() {
            Some((name, cell)) => entry.extend([Cell::text(name, Role::Label), cell]),
            None => entry.extend([Cell::blank(Role::Label), Cell::blank(Role::Value)]),
        }
        let mut rows = block(&narrowed(&sheet.columns), entry, None);
        rows.stretch(FIELD.saturating_sub(rows.height()));
        sheet.add_block(rows);
    }
}

/// Room for the seal and the date.
pub(super) fn add_seal(sheet: &mut Sheet, label: &str) {
    let row = sheet.next_row();
    let mut cells = vec![Cell::blank(Role::Value); 4];
    if let Some(first) = cells.first_mut() {
        *first = Cell::text(label, Role::Label);
    }
    if let Some(second) = cells.get_mut(1) {
        *second = Cell::text("　　　　　　　　　　　　　　　　　　　年　　　月　　　日", Role::Value);
    }
    sheet.rows.push(Row { height: Some(1_600), cells });
    sheet.merge(row, 1, row, 3);
}

/// A field whose value takes the rest of the row.
pub(super) fn add_wide(sheet: &mut Sheet, name: &str, value: Cell) {
    let row = sheet.next_row();
    let first = sheet.columns.first().map_or(0, |column| column.width);
    let wide: u32 = sheet.columns.iter().skip(1).map(|column| column.width).sum();
    let columns = [first, wide].map(|width| Column { width, hidden: false });
    let blank = Cell { style: value.style, ..Cell::blank(Role::Value) };
    let mut laid = block(&narrowed(&columns), vec![Cell::text(name, Role::Label), value], None);
    laid.stretch(FIELD.saturating_sub(laid.height()));
    for mut laid in laid.rows {
        let mut blank = blank.clone();
        blank.style.edges = laid.cells.last().map_or(blank.style.edges, |cell| cell.style.edges);
        laid.cells.resize(sheet.columns.len(), blank);
        sheet.rows.push(laid);
    }
    for row in row..sheet.next_row() {
        sheet.merge(row, 1, row, sheet.columns.len().saturating_sub(1));
    }
}

/// The columns as the type of 11 points and its indent leave them for 10 points.
fn narrowed(columns: &[Column]) -> Vec<Column> {
    columns
        .iter()
        .map(|column| Column { width: (column.width * 9 / 10).saturating_sub(2), ..*column })
        .collect()
}

/// An empty row.
pub(super) fn add_space(sheet: &mut Sheet, height: u32) {
    sheet.rows.push(Row { height: Some(height), cells: Vec::new() });
}
