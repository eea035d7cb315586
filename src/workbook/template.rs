//! The workbook in which schools are collected outside the program: 学校数据 with
//! its heads and what each column takes, and 说明. What is filled in below the heads
//! is read by the program's own import; nothing stands there yet.

use crate::school::indicator::{Indicator, Per};
use crate::school::{Column, Sort};

use super::Workbook;
use super::block::block;
use super::schools::{NAME, validations, width};
use super::sheet::{self, Cell, Page, Role, Sheet};

/// The title of the workbook.
pub const TITLE: &str = "学校数据模板";

/// The sheet that explains the other.
pub const EXPLANATION: &str = "说明";

/// What stands in its first cell.
pub const EXPLAINED: &str = "学校数据填写说明";

/// So many rows beneath the heads are checked while they are typed.
const ROWS: u32 = 2_000;

/// Describes the template. `when` is the person's clock: "2026-11-23 14:05".
pub fn template(when: &str) -> Workbook {
    Workbook {
        title: TITLE.to_owned(),
        created: when.to_owned(),
        grows: false,
        properties: Vec::new(),
        sheets: vec![table(), explanation()],
    }
}

fn table() -> Sheet {
    let mut sheet = Sheet {
        name: NAME.to_owned(),
        columns: Column::ALL.map(|column| sheet::Column { width: width(column), hidden: false }).to_vec(),
        text_columns: vec![Column::Name as usize, Column::Code as usize],
        frozen_columns: 1,
        page: Some(page(3)),
        ..Sheet::default()
    };
    let heads = Column::ALL.map(Column::head);
    sheet.add_header(&heads.each_ref().map(String::as_str));
    sheet.validations = validations((1, ROWS)).collect();
    sheet
}

fn explanation() -> Sheet {
    let widths = [24, 8, 34, 44, 44];
    let mut sheet = Sheet {
        name: EXPLANATION.to_owned(),
        columns: widths.map(|width| sheet::Column { width, hidden: false }).to_vec(),
        page: Some(page(1)),
        ..Sheet::default()
    };
    sheet.add_line(Cell::text(EXPLAINED, Role::Heading).unframed());
    for note in [
        "在“学校数据”工作表的表头下逐行填写，填好后在程序的“学校数据”页点“导入文件”。请勿改动表头。",
        "一所学校的一个学段填一行，一贯制学校按小学、初中分行。空着的单元格算缺数据，不算 0。",
    ] {
        sheet.add_line(Cell::text(note, Role::Caption).unframed());
    }
    sheet.add_header(&["列名", "单位", "填写内容", "用于计算", "导入时同样认得的列名"]);
    for column in Column::ALL {
        let entry = vec![
            Cell::text(column.label(), Role::Body),
            Cell::text(column.unit(), Role::Centre),
            Cell::text(taken(column), Role::Body),
            Cell::text(used_for(column), Role::Body),
            Cell::text(column.synonyms().join("、"), Role::Body),
        ];
        let rows = block(&sheet.columns, entry, None);
        sheet.add_block(rows);
    }
    sheet
}

/// What a column takes, in words.
fn taken(column: Column) -> String {
    match column.sort() {
        Sort::Text => "文字".to_owned(),
        Sort::Word => format!("从下拉列表中选择：{}", column.words().join("、")),
        Sort::Count => "0 或正整数".to_owned(),
        Sort::Amount if column.unit() == "万元" => {
            "0 或正数，小数最多六位；表头的单位改为“元”时，导入折算为万元".to_owned()
        }
        Sort::Amount => "0 或正数，小数最多六位".to_owned(),
    }
}

/// The indicators that a column enters.
fn used_for(column: Column) -> String {
    let enters = |it: &Indicator| {
        it.per() == Per::Column(column) || it.terms().iter().any(|term| term.column() == column)
    };
    let names: Vec<&str> = Indicator::ALL.into_iter().filter(enters).map(Indicator::name).collect();
    names.join("、")
}

fn page(wide: u16) -> Page {
    Page { landscape: true, wide, repeated_row: None, header: String::new(), footer: TITLE.to_owned() }
}
