//! 测评点: what the district itself wants to have looked at, one row each. The
//! original leaves that column empty; none of it is official.

use crate::assessment::place::{CheckItemField, Place};
use crate::assessment::{Assessment, CheckItem};
use crate::catalogue::{Catalogue, Point};

use super::block::{block, columns};
use super::sheet::{Cell, Role, Sheet};
use super::{caption, page, sheet_title};

/// The name of the sheet.
pub const NAME: &str = "测评点";

/// The sheet; `None` where the catalogue has no such column and nobody has added one.
pub(super) fn check_items(catalogue: &Catalogue, assessment: &Assessment, when: &str) -> Option<Sheet> {
    let items = |point: &Point| assessment.answer(&point.id).check_items.clone();
    let any = catalogue.points().iter().any(|point| !items(point).is_empty());
    if !catalogue.check_items && !any {
        return None;
    }
    let mut sheet = Sheet {
        name: NAME.to_owned(),
        columns: columns([6, 52, 6, 52, 44]),
        page: Some(page(catalogue, assessment, true)),
        ..Sheet::default()
    };
    sheet_title(&mut sheet, catalogue, assessment, NAME);
    caption(&mut sheet, assessment, when);
    let note = "测评点由填报单位自拟，原件此列为空。";
    sheet.add_line(Cell::text(note, Role::Caption).unframed());
    let label = catalogue.point_label.as_str();
    sheet.add_header(&[label, catalogue.point_name.as_str(), "序号", NAME, "查看情况"]);
    for point in catalogue.points() {
        for (index, item) in items(point).iter().enumerate() {
            let rows = block(&sheet.columns, entry(point, index, item), Some(item.id.as_str()));
            sheet.add_block(rows);
        }
    }
    if !any {
        sheet.add_line(Cell::text("（没有自拟的测评点）", Role::Body));
    }
    Some(sheet)
}

fn entry(point: &Point, index: usize, item: &CheckItem) -> Vec<Cell> {
    let kept = |field, text: &str| {
        let place = Place::CheckItem(point.id.clone(), item.id.clone(), field);
        Cell::kept(place, text, Role::Body)
    };
    let name = if point.title.is_empty() { &point.text } else { &point.title };
    vec![
        Cell::text(point.no.as_str(), Role::Centre).code(),
        Cell::text(name.as_str(), Role::Body),
        Cell::count(index + 1, Role::Centre),
        kept(CheckItemField::Text, &item.text),
        kept(CheckItemField::Finding, &item.finding),
    ]
}
