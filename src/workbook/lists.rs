//! 量化指标 and 佐证材料目录: what the catalogue demands in figures, and the
//! materials of the assessment. Neither computes a verdict.

use crate::assessment::{Assessment, Evidence, RowId};
use crate::catalogue::{Catalogue, Measure, Point};

use super::block::{block, columns};
use super::sheet::{Cell, Role, Sheet};
use super::{caption, page, sheet_title};

/// The demands of the catalogue in figures; `None` if it makes none.
pub(super) fn measures(catalogue: &Catalogue, assessment: &Assessment, when: &str) -> Option<Sheet> {
    if catalogue.points().iter().all(|point| point.measures.is_empty()) {
        return None;
    }
    let mut sheet = Sheet {
        name: "量化指标".to_owned(),
        columns: columns([8, 26, 18, 10, 12, 32, 8, 36, 26]),
        page: Some(page(catalogue, assessment, true)),
        ..Sheet::default()
    };
    sheet_title(&mut sheet, catalogue, assessment, "量化指标与条款");
    caption(&mut sheet, assessment, when);
    let note = "本表列出指标体系中的量化要求及其原文依据，供填报和核对时对照；不含各项数值和达标结论。〔派生〕表示限值由原文文字推得，原文未印出数字。";
    sheet.add_line(Cell::text(note, Role::Caption).unframed());
    sheet.add_header(&[
        catalogue.point_label.as_str(),
        "量化要求",
        "限值",
        "学段",
        "范围",
        "口径",
        "数据来源",
        "原文依据",
        "编者注",
    ]);
    for point in catalogue.points() {
        for measure in &point.measures {
            let entry = measure_entry(point, measure);
            let rows = block(&sheet.columns, entry, Some(&measure.id));
            sheet.add_block(rows);
        }
    }
    Some(sheet)
}

fn measure_entry(point: &Point, measure: &Measure) -> Vec<Cell> {
    let named = |name: &str, text: &str| (!text.is_empty()).then(|| format!("{name}：{text}"));
    let basis = [named("分子", &measure.numerator), named("分母", &measure.denominator)];
    let national = named("国家规定（教督〔2017〕6号，据转述）", &measure.national_2017);
    let notes = [(!measure.note.is_empty()).then(|| measure.note.clone()), national];
    let joined = |texts: [Option<String>; 2]| texts.into_iter().flatten().collect::<Vec<_>>().join("\n");
    vec![
        Cell::text(point.no.as_str(), Role::Centre),
        Cell::text(measure.metric.as_str(), Role::Body),
        Cell::text(measure.limit_text(), Role::Body),
        Cell::text(measure.stage.as_str(), Role::Centre),
        Cell::text(measure.scope.label(), Role::Centre),
        Cell::text(joined(basis), Role::Body),
        Cell::text(measure.source.label(), Role::Centre),
        Cell::text(measure.quote.as_str(), Role::Body),
        Cell::text(joined(notes), Role::Body),
    ]
}

/// The materials, in the order of their numbers.
pub(super) fn evidence(catalogue: &Catalogue, assessment: &Assessment, when: &str) -> Sheet {
    let mut sheet = Sheet {
        name: "佐证材料目录".to_owned(),
        columns: columns([9, 46, 22, 14, 22, 7, 26, 22]),
        page: Some(page(catalogue, assessment, true)),
        ..Sheet::default()
    };
    sheet_title(&mut sheet, catalogue, assessment, "佐证材料目录");
    caption(&mut sheet, assessment, when);
    let cited = format!("对应{}", catalogue.point_label);
    sheet.add_header(&["编号", "材料名称", "文号", "形成日期", "提供单位", "页数", "存放位置", &cited]);

    let mut materials: Vec<(&RowId, &Evidence)> = assessment.evidence.iter().collect();
    materials.sort_by_cached_key(|(id, it)| (order(&it.number), it.number.clone(), (*id).clone()));
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
    vec![
        Cell::text(material.number.as_str(), Role::Centre),
        Cell::text(material.title.as_str(), Role::Body),
        Cell::text(material.doc_no.as_str(), Role::Body),
        Cell::text(material.formed_on.as_str(), Role::Centre),
        Cell::text(material.unit.as_str(), Role::Body),
        Cell::text(material.pages.as_str(), Role::Centre),
        Cell::text(material.location.as_str(), Role::Body),
        Cell::text(numbers.join("、"), Role::Body),
    ]
}

/// "11-03" comes before "11-12" and before "101-01".
fn order(number: &str) -> (u64, u64) {
    let (point, serial) = number.split_once('-').unwrap_or((number, ""));
    (point.parse().unwrap_or(u64::MAX), serial.parse().unwrap_or(u64::MAX))
}
