//! 量化指标依据: what each measure rests on, in words: the calculation written out,
//! what numerator and denominator count, the quote and the editor's notes. Apart
//! from 量化指标, so that figures and verdicts can be read on one page.

use crate::catalogue::{Measure, Point};
use crate::measure::{Data, Judged};

use super::block::{block, columns};
use super::sheet::{Cell, Role, Sheet};
use super::{caption, page, sheet_title};

/// The name of the sheet.
pub const NAME: &str = "量化指标依据";

/// The sheet; `None` if the catalogue has no measures. `judged` are those of each
/// point, in the order of both.
pub(super) fn basis(data: &Data<'_>, judged: &[Vec<Judged>], when: &str) -> Option<Sheet> {
    let (catalogue, assessment) = (data.catalogue, data.assessment);
    if catalogue.points().iter().all(|point| point.measures.is_empty()) {
        return None;
    }
    let mut sheet = Sheet {
        name: NAME.to_owned(),
        columns: columns([6, 26, 42, 28, 32, 34]),
        page: Some(page(catalogue, assessment, true)),
        ..Sheet::default()
    };
    sheet_title(&mut sheet, catalogue, assessment, NAME);
    caption(&mut sheet, assessment, when);
    let label = catalogue.point_label.as_str();
    sheet.add_header(&[label, "量化要求", "计算过程", "口径（编者）", "原文依据", "编者注"]);
    for (point, judged) in catalogue.points().iter().zip(judged) {
        for (measure, judged) in point.measures.iter().zip(judged) {
            let rows = block(&sheet.columns, entry(point, measure, judged), Some(&measure.id));
            sheet.add_block(rows);
        }
    }
    Some(sheet)
}

fn entry(point: &Point, measure: &Measure, judged: &Judged) -> Vec<Cell> {
    let named = |name: &str, text: &str| (!text.is_empty()).then(|| format!("{name}：{text}"));
    let counted = [named("编者口径", &measure.reading), named("计算（编者理解）", &measure.computed())];
    let national = named("国家规定（教督〔2017〕6号，据转述）", &measure.national_2017);
    let notes = [named("编者注", &measure.note), national];
    let joined = |texts: [Option<String>; 2]| texts.into_iter().flatten().collect::<Vec<_>>().join("\n");
    vec![
        Cell::text(point.no.as_str(), Role::Centre).code(),
        Cell::text(measure.metric.as_str(), Role::Body),
        Cell::text(judged.working.as_str(), Role::Body),
        Cell::text(joined(counted), Role::Body),
        Cell::text(measure.quote.as_str(), Role::Body),
        Cell::text(joined(notes), Role::Body),
    ]
}
