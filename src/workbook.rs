//! The submission as a plain description of sheets: what stands in which cell,
//! how it looks and how it is printed; and the [`template`] of 学校数据. Knows
//! nothing of file formats; `office` makes bytes of it. Same input, same
//! description.
//!
//! Every text of the assessment stands in it whole: one that is taller than a
//! row goes on in the rows beneath, see [`wrap`].

mod basis;
mod block;
mod cell;
pub mod check_items;
pub mod checkup;
pub mod coefficients;
pub mod cover;
pub mod digits;
pub mod evidence;
pub mod figures;
pub mod form;
pub mod hidden;
pub mod holds;
mod live;
pub mod measures;
pub mod name;
pub mod notes;
pub mod quantity;
pub mod schools;
pub mod sheet;
pub mod template;
mod totals;
pub mod unit;
pub mod wrap;

pub use sheet::Sheet;

use crate::assessment::Assessment;
use crate::catalogue::Catalogue;
use crate::check::check;
use crate::measure::Data;
use crate::record::backup::Backup;
use crate::record::state::content_hash;
use crate::score::score;
use crate::value::text;

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
    /// Whether rows grow with what is typed into them. Otherwise they stay as high as
    /// they are given, so that all readers break pages alike.
    pub grows: bool,
    /// Its sheets, in order.
    pub sheets: Vec<Sheet>,
}

/// The state as it travels: without the change log, and without the problems that
/// somebody has set aside unless 体检 goes along. What is left out here is nowhere in
/// the file, and the hashes in it are those of what travels.
pub fn travelling(backup: &Backup, with_checkup: bool) -> Backup {
    let mut travels = Backup { log: Vec::new(), ..backup.clone() };
    if !with_checkup {
        travels.assessment.mutes.clear();
    }
    travels
}

/// Describes the submission of one state of an assessment, without 体检. `when` is
/// the person's clock: "2026-11-23 14:05".
///
/// The catalogue must be the one that the assessment answers; answers to points
/// that it does not have are counted in 说明 and kept in the hidden data.
pub fn submission(catalogue: &Catalogue, backup: &Backup, when: &str) -> Workbook {
    described(catalogue, &travelling(backup, false), false, when)
}

/// As [`submission`], with 体检 and the reasons why problems were set aside.
pub fn submission_with_checkup(catalogue: &Catalogue, backup: &Backup, when: &str) -> Workbook {
    described(catalogue, &travelling(backup, true), true, when)
}

fn described(catalogue: &Catalogue, backup: &Backup, with_checkup: bool, when: &str) -> Workbook {
    let assessment = &backup.assessment;
    let card = score(catalogue, assessment);
    let hash = content_hash(assessment);

    let (form, places) = form::form(catalogue, backup, &card, when);
    let numbers = form.columns.len().saturating_sub(1);
    let (totals, total) = totals::totals(catalogue, assessment, &card, &places, numbers, when);
    let data = Data::of(catalogue, assessment);
    let report = check(&data, &card);
    let share = assessment.head.share.as_ref();
    let (schools, school_places) = match share {
        Some(share) => (share.schools.then(|| schools::asked(&data, when)), None),
        None => schools::schools(&data, when).unzip(),
    };
    let unequal = school_places.as_ref().and_then(|table| coefficients::sheet(&data, table, when));
    let (unequal, coefficient_places) = unequal.unzip();
    let (figures, figure_places) = figures::figures(&data, school_places.as_ref(), when).unzip();
    let sources = measures::Sources {
        figures: &figure_places.unwrap_or_default(),
        schools: school_places.as_ref(),
        coefficients: &coefficient_places.unwrap_or_default(),
    };
    let measures = measures::measures(&data, &report.judged, &sources, when);
    let basis = basis::basis(&data, &report.judged, when);

    // A school that is asked for its own numbers alone gets nothing else.
    let has_points = !catalogue.points().is_empty();
    let mut sheets = match share {
        Some(share) => [unit::cover(catalogue, assessment, share, when)]
            .into_iter()
            .chain(has_points.then_some(form))
            .collect(),
        None => vec![cover::cover(catalogue, backup, &card, &total, when), form, totals],
    };
    sheets.extend(check_items::check_items(catalogue, assessment, when));
    sheets.extend([measures, figures, schools, unequal].into_iter().flatten());
    sheets.extend(has_points.then(|| evidence::evidence(catalogue, assessment, when)));
    sheets.extend(basis);
    if with_checkup {
        sheets.push(checkup::checkup(catalogue, assessment, &report, when));
    }
    if share.is_some() {
        sheets.iter_mut().for_each(unit::fit);
    } else {
        let listed: Vec<String> = sheets.iter().map(|it| it.name.clone()).collect();
        sheets.push(notes::notes(catalogue, backup, &listed, &hash, when));
    }
    sheets.push(hidden::base(backup));
    let count = with_checkup.then(|| report.count());
    sheets.push(hidden::head(catalogue, backup, &card, &report, count, &hash, when));

    Workbook {
        title: format!("{} {}", catalogue.title, if share.is_some() { "单位填报表" } else { "自评报送" }),
        created: when.to_owned(),
        grows: share.is_some(),
        properties: vec![
            ("zhidu_format", hidden::FORMAT.to_string()),
            ("zhidu_layout", hidden::LAYOUT.to_string()),
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
    let unit = head.share.as_ref().map_or(&head.unit_name, |share| &share.name);
    let (unit, year) = (shortened(unit, 40), shortened(&head.year, 20));
    let text = format!("填报单位：{unit}　　年度：{year}　　导出时间：{when}");
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
fn shortened(name: &str, most: usize) -> String {
    let plain: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text::shortened(&plain, most)
}
