//! 学校数据 as a school or a 学区 fills it in, and what its columns take.

use crate::measure::Data;
use crate::school::counted::counted;
use crate::school::indicator::Who;
use crate::school::{Column, Sort};

use super::super::block::{block, columns, height};
use super::super::sheet::{Allowed, Cell, Content, Edges, Role, Row, Sheet, Validation};
use super::super::{caption, page, sheet_title};
use super::{NAME, typed_cells, width, with_unit};

/// So many empty rows stand below those of a unit.
const MORE_ROWS: usize = 5;

/// What a unit fills in that is asked for schools: the columns that are typed, its rows, and
/// empty ones. What they come to is the district's to work out.
pub fn asked(data: &Data<'_>, when: &str) -> Sheet {
    let (catalogue, assessment) = (data.catalogue, data.assessment);
    let mut sheet = Sheet {
        name: NAME.to_owned(),
        columns: columns(Column::ALL.map(width).to_vec()),
        frozen_columns: 1,
        page: Some(page(catalogue, assessment, true)),
        ..Sheet::default()
    };
    if let Some(page) = &mut sheet.page {
        page.wide = 2;
    }
    sheet_title(&mut sheet, catalogue, assessment, NAME);
    caption(&mut sheet, assessment, when);
    let note = "一所学校的一个学段填一行，一贯制学校按小学、初中分行。空着的单元格算缺数据，不算 0。";
    sheet.add_line(Cell::text(note, Role::Caption).unframed());
    let heads = Column::ALL.map(|column| with_unit(column.label(), column.unit()));
    sheet.add_header(&heads.each_ref().map(String::as_str));
    let first = sheet.next_row();
    let nobody = counted(&data.table, Who::Ordinary, None);
    for (at, row) in data.table.rows().iter().enumerate().filter(|(_, row)| !row.blank) {
        let mut cells = typed_cells(data, at, row, &nobody);
        cells.truncate(Column::ALL.len());
        let key = data.rows.get(at).map_or("", |id| id.as_str());
        let rows = block(&sheet.columns, cells, Some(key));
        sheet.add_block(rows);
    }
    let mut empty = Cell { content: Content::Blank, ..Cell::blank(Role::Body) };
    empty.style.edges = Edges::All;
    for _ in 0..MORE_ROWS {
        let cells = vec![empty.clone(); Column::ALL.len()];
        sheet.rows.push(Row { height: Some(height(1)), cells });
    }
    let last = sheet.next_row().saturating_sub(1);
    sheet.validations = validations((first, last)).collect();
    sheet
}

/// What the columns take in these rows.
pub fn validations(rows: (u32, u32)) -> impl Iterator<Item = Validation> {
    Column::ALL.into_iter().filter_map(move |column| validation(column, rows))
}

fn validation(column: Column, rows: (u32, u32)) -> Option<Validation> {
    let rule = match column.sort() {
        Sort::Text => return None,
        Sort::Word => Allowed::OneOf(column.words().into_iter().map(str::to_owned).collect()),
        Sort::Count => Allowed::FromZero { whole: true },
        Sort::Amount => Allowed::FromZero { whole: false },
    };
    Some(Validation { rows, column: column as usize, name: column.label(), rule })
}
