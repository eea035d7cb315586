//! The submission as a plain description of sheets: what stands in which cell,
//! how it looks and how it is printed. Knows nothing of file formats; `office`
//! makes bytes of it. Same input, same description.
//!
//! Every text of the assessment stands in it whole: one that is taller than a
//! row goes on in the rows beneath, see [`wrap`].

mod block;
pub mod cover;
pub mod form;
pub mod hidden;
mod lists;
pub mod name;
pub mod sheet;
mod totals;
pub mod wrap;

pub use sheet::Sheet;

use crate::assessment::Assessment;
use crate::catalogue::Catalogue;
use crate::record::backup::{Backup, content_hash};
use crate::score::score;

use sheet::{Cell, Page, Role};

/// Stands on every sheet of an example.
pub const EXAMPLE: &str = "示例，非真实填报";

/// A workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workbook {
    /// Its title among the file's properties.
    pub title: String,
    /// When it was made: "2026-11-23 14:05".
    pub created: String,
    /// Custom properties of the file: name and value.
    pub properties: Vec<(&'static str, String)>,
    /// Its sheets, in order.
    pub sheets: Vec<Sheet>,
}

/// Describes the submission of one state of an assessment. `when` is the
/// person's clock: "2026-11-23 14:05".
///
/// The catalogue must be the one that the assessment answers; answers to points
/// that it does not have are counted on the cover and kept in the hidden data.
pub fn submission(catalogue: &Catalogue, backup: &Backup, when: &str) -> Workbook {
    let assessment = &backup.assessment;
    let card = score(catalogue, assessment);
    let hash = content_hash(assessment);

    let (form, places) = form::form(catalogue, backup, &card, when);
    let numbers = form.columns.len().saturating_sub(1);
    let (totals, total) = totals::totals(catalogue, assessment, &card, &places, numbers, when);
    let mut sheets = vec![form, totals];
    sheets.extend(lists::measures(catalogue, assessment, when));
    sheets.push(lists::evidence(catalogue, assessment, when));

    let listed: Vec<(&str, &str)> = sheets.iter().map(|it| (it.name.as_str(), holds(&it.name))).collect();
    let cover = cover::cover(catalogue, backup, &card, &total, &listed, when);
    sheets.insert(0, cover);
    sheets.push(hidden::base(backup));
    sheets.push(hidden::head(catalogue, backup, &card, &hash, when));

    Workbook {
        title: format!("{} 自评报送", catalogue.title),
        created: when.to_owned(),
        properties: vec![
            ("zhidu_format", hidden::FORMAT.to_string()),
            ("zhidu_assessment", assessment.head.id.to_string()),
            ("zhidu_replica", backup.replica.to_string()),
            ("zhidu_seq", backup.seq.to_string()),
            ("zhidu_catalogue", catalogue.id.to_string()),
            ("zhidu_text_hash", catalogue.text_hash()),
            ("zhidu_content_hash", hash),
        ],
        sheets,
    }
}

fn holds(sheet: &str) -> &'static str {
    match sheet {
        form::NAME => "逐项填报内容：状态、完成情况说明、责任单位、佐证材料等",
        "得分汇总" => "按各级指标汇总的已评得分、已评项满分、满分和填报进度",
        "完成情况" => "按各级指标汇总的填报进度",
        "量化指标" => "指标体系中的量化要求及原文依据",
        _ => "佐证材料的编号、名称、文号、形成日期、提供单位、页数和存放位置",
    }
}

/// The first line of a sheet.
fn sheet_title(sheet: &mut Sheet, catalogue: &Catalogue, assessment: &Assessment, name: &str) {
    if assessment.head.example {
        sheet.add_line(Cell::text(EXAMPLE, Role::Warning).unframed());
    }
    sheet.add_line(Cell::text(format!("{}　{name}", catalogue.title), Role::Heading).unframed());
}

/// The line under a title: who, for when, made when. The cover has the name of
/// the district whole.
fn caption(sheet: &mut Sheet, assessment: &Assessment, when: &str) {
    let head = &assessment.head;
    let (unit, year) = (shortened(&head.unit_name, 40), shortened(&head.year, 20));
    let text = format!("填报单位：{unit}　　年度：{year}　　导出时间：{when}　　修改请回程序内进行");
    sheet.add_line(Cell::text(text, Role::Caption).unframed());
}

fn page(catalogue: &Catalogue, assessment: &Assessment, landscape: bool) -> Page {
    let head = &assessment.head;
    Page {
        landscape,
        wide: 1,
        repeated_row: None,
        header: if head.example { EXAMPLE.to_owned() } else { String::new() },
        footer: format!(
            "{}　{}　{}",
            shortened(&head.unit_name, 20),
            shortened(&catalogue.short, 20),
            shortened(&head.year, 10)
        ),
    }
}

/// A name in a line that has no room for more than `most` characters of it.
fn shortened(text: &str, most: usize) -> String {
    let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut short: String = plain.take(most).collect();
    if text.chars().nth(most).is_some() {
        short.push('…');
    }
    short
}
