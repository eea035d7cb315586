//! 封面: who reports what, where it stands, who signs, and what else the file
//! carries.

use std::collections::BTreeSet;

use crate::assessment::State;
use crate::catalogue::{Catalogue, Kind};
use crate::record::backup::Backup;
use crate::score::Scorecard;

use super::block::block;
use super::sheet::{Cell, Column, Edges, Role, Row, Sheet};
use super::totals::{Measure, Total};
use super::{EXAMPLE, form, page};

/// The name of the sheet.
pub const NAME: &str = "封面";

/// Where changes belong, as long as this program does not take them from here.
const NOTICE: &str = "修改请回程序内进行。直接在本文件中所作的修改不会带回程序。";

/// The cover; `listed` are the names of the sheets that follow, with what they hold.
pub(super) fn cover(
    catalogue: &Catalogue,
    backup: &Backup,
    card: &Scorecard,
    total: &Total,
    listed: &[(&str, &str)],
    when: &str,
) -> Sheet {
    let head = &backup.assessment.head;
    let widths = [15, 29, 15, 29];
    let mut sheet = Sheet {
        name: NAME.to_owned(),
        columns: widths.map(|width| Column { width, hidden: false }).to_vec(),
        page: Some(page(catalogue, &backup.assessment, false)),
        ..Sheet::default()
    };
    if head.example {
        sheet.add_line(Cell::text(EXAMPLE, Role::Warning).unframed());
    }
    sheet.add_line(Cell::text(catalogue.title.as_str(), Role::Title).unframed());
    sheet.add_line(Cell::text("自评报送", Role::Title).unframed());
    let source = [catalogue.issuer.as_str(), catalogue.doc_no.as_str()];
    let source: Vec<&str> = source.into_iter().filter(|text| !text.is_empty()).collect();
    let source =
        if source.is_empty() { String::new() } else { format!("指标体系：{}", source.join("　")) };
    sheet.add_line(Cell::text(source, Role::Caption).unframed());

    let sum =
        |measure: Measure| Cell::formula(total.reference(measure), measure.of(&card.total), Role::Value);
    let mut facts = vec![
        ("填报单位", value(&head.unit_name)),
        ("单位代码", value(&head.unit_code)),
        ("年度", value(&head.year)),
        ("截止日期", value(&head.due)),
        ("导出时间", value(when)),
        ("修订", value(&format!("r{}", backup.seq))),
    ];
    if catalogue.kind == Kind::Scored {
        facts.extend([
            ("已评得分", sum(Measure::Got)),
            ("已评项满分", sum(Measure::OfScored)),
            ("满分", sum(Measure::Maximum)),
        ]);
    } else {
        facts.push(("计分", value("不计分，只报告完成情况")));
    }
    facts.extend([
        ("总项数", sum(Measure::Points)),
        ("已完成项数", sum(Measure::In(State::Complete))),
        ("不适用项数", sum(Measure::In(State::NotApplicable))),
        ("填报中项数", sum(Measure::In(State::Drafting))),
        ("未填项数", sum(Measure::In(State::Blank))),
    ]);
    add_pairs(&mut sheet, facts);
    for (name, holds) in listed {
        add_wide(&mut sheet, &format!("附：{name}"), holds);
    }
    add_pairs(
        &mut sheet,
        vec![
            ("填表人", value(&head.cover.filler)),
            ("审核人", value(&head.cover.reviewer)),
            ("负责人", value(&head.cover.leader)),
            ("电话", value(&head.cover.phone)),
        ],
    );
    add_seal(&mut sheet);
    sheet.add_line(Cell::text(NOTICE, Role::Sum));
    for note in notes(catalogue, backup) {
        sheet.add_line(Cell::text(note, Role::Caption).unframed());
    }
    sheet
}

fn value(text: &str) -> Cell {
    Cell::text(text, Role::Value)
}

/// Two fields per row.
fn add_pairs(sheet: &mut Sheet, pairs: Vec<(&str, Cell)>) {
    let mut pairs = pairs.into_iter();
    while let Some((name, cell)) = pairs.next() {
        let mut entry = vec![Cell::text(name, Role::Label), cell];
        match pairs.next() {
            Some((name, cell)) => entry.extend([Cell::text(name, Role::Label), cell]),
            None => entry.extend([Cell::blank(Role::Label), Cell::blank(Role::Value)]),
        }
        let mut rows = block(&sheet.columns, entry, None);
        // Room to write by hand.
        rows.stretch(160);
        sheet.add_block(rows);
    }
}

/// Room for the seal and the date.
fn add_seal(sheet: &mut Sheet) {
    let row = sheet.next_row();
    let mut cells = vec![Cell::blank(Role::Value); 4];
    if let Some(first) = cells.first_mut() {
        *first = Cell::text("填报单位（盖章）", Role::Label);
    }
    if let Some(second) = cells.get_mut(1) {
        *second = Cell::text("　　　　　　　　　　　　　　　　　　　　　　　年　　　月　　　日", Role::Value);
    }
    sheet.rows.push(Row { height: Some(1_400), cells });
    sheet.merge(row, 1, row, 3);
}

/// A field whose value takes the rest of the row.
fn add_wide(sheet: &mut Sheet, name: &str, text: &str) {
    let row = sheet.next_row();
    let wide: u32 = sheet.columns.iter().skip(1).map(|column| column.width).sum();
    let columns = [Column { width: 15, hidden: false }, Column { width: wide, hidden: false }];
    let rows = block(&columns, vec![Cell::text(name, Role::Label), Cell::text(text, Role::Value)], None).rows;
    for mut laid in rows {
        let mut blank = Cell::blank(Role::Value);
        blank.style.edges = laid.cells.last().map_or(Edges::All, |cell| cell.style.edges);
        laid.cells.extend([blank.clone(), blank]);
        sheet.rows.push(laid);
    }
    for row in row..sheet.next_row() {
        sheet.merge(row, 1, row, 3);
    }
}

/// What a reader has to know about the source and about this file.
fn notes(catalogue: &Catalogue, backup: &Backup) -> Vec<String> {
    let mut notes = Vec::new();
    let groups = catalogue.groups().iter().flat_map(|group| &group.repairs);
    let repairs: BTreeSet<u16> =
        catalogue.points().iter().flat_map(|point| &point.repairs).chain(groups).map(|it| it.no).collect();
    if !repairs.is_empty() {
        notes
            .push(format!("指标文字据公开转录件校订 {} 处，逐条校订说明见程序内“原文校订”。", repairs.len()));
    }
    if catalogue.editor_numbered {
        notes.push(format!(
            "原文未印{}序号，“{}”一表中的序号为编者编号。",
            catalogue.point_label,
            form::NAME
        ));
    }
    let foreign = backup.assessment.answers.keys().filter(|id| catalogue.point(id).is_none()).count();
    if foreign > 0 {
        notes.push(format!("另有 {foreign} 条作答不属于本指标体系，只保存在本文件的隐藏数据中。"));
    }
    notes
}
