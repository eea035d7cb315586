//! 佐证材料目录: the materials of the assessment.

use crate::assessment::place::{EvidenceField, Place};
use crate::assessment::{Assessment, Evidence, RowId};
use crate::catalogue::Catalogue;
use crate::value::order::sort_by_cached_key;

use super::block::{block, columns};
use super::holds::Holds;
use super::sheet::{Cell, Role, Sheet};
use super::{caption, page, sheet_title};

/// The name of the sheet.
pub const NAME: &str = "佐证材料目录";

/// The materials, in the order of their numbers.
pub(super) fn evidence(catalogue: &Catalogue, assessment: &Assessment, when: &str) -> Sheet {
    let mut sheet = Sheet {
        name: NAME.to_owned(),
        columns: columns([9, 50, 20, 12, 18, 6, 22, 12]),
        page: Some(page(catalogue, assessment, true)),
        ..Sheet::default()
    };
    sheet_title(&mut sheet, catalogue, assessment, NAME);
    caption(&mut sheet, assessment, when);
    let cited = format!("对应{}", catalogue.point_label);
    sheet.add_header(&["编号", "材料名称", "文号", "形成日期", "提供单位", "页数", "存放位置", &cited]);

    let mut materials: Vec<(&RowId, &Evidence)> = assessment.evidence.iter().collect();
    sort_by_cached_key(&mut materials, |(id, it)| (order(&it.number), it.number.clone(), (*id).clone()));
    for (id, material) in materials {
        let entry = evidence_entry(catalogue, assessment, id, material);
        let rows = block(&sheet.columns, entry, Some(id.as_str()));
        sheet.add_block(rows);
    }
    if assessment.evidence.is_empty() {
        sheet.add_line(Cell::text("（尚未登记佐证材料）", Role::Body));
    }
    sheet
}

fn evidence_entry(
    catalogue: &Catalogue,
    assessment: &Assessment,
    id: &RowId,
    material: &Evidence,
) -> Vec<Cell> {
    let numbers = assessment.points_citing(id).into_iter().filter_map(|point| catalogue.point(point));
    let numbers: Vec<&str> = numbers.map(|(_, point)| point.no.as_str()).collect();
    let kept = |field, text: &str, role| Cell::kept(Place::Evidence(id.clone(), field), text, role);
    vec![
        Cell::text(material.number.as_str(), Role::Centre).code().holding(Holds::Number(id.clone())),
        kept(EvidenceField::Title, &material.title, Role::Body),
        kept(EvidenceField::DocNo, &material.doc_no, Role::Body),
        kept(EvidenceField::FormedOn, &material.formed_on, Role::Centre).code(),
        kept(EvidenceField::Unit, &material.unit, Role::Body),
        kept(EvidenceField::Pages, &material.pages, Role::Centre).code(),
        kept(EvidenceField::Location, &material.location, Role::Body),
        Cell::text(numbers.join("、"), Role::Centre).code().holding(Holds::Citing(id.clone())),
    ]
}

/// "11-03" comes before "11-12" and before "101-01".
fn order(number: &str) -> (u64, u64) {
    let (point, serial) = number.split_once('-').unwrap_or((number, ""));
    (point.parse().unwrap_or(u64::MAX), serial.parse().unwrap_or(u64::MAX))
}
