//! The two sheets that nobody sees: `_zhidu_base`, the exact data that the
//! visible cells were made from, and `_zhidu_head`, the little that whoever
//! collects many files needs to read of each.

use crate::catalogue::Catalogue;
use crate::check::{Count, Report};
use crate::measure::Outcome;
use crate::record::backup::{self, Backup};
use crate::score::{Scorecard, Tally};
use crate::value::points::Points;

use super::sheet::{Cell, Column, Content, Role, Row, Sheet, whole};

/// The sheet with the exact data.
pub const BASE: &str = "_zhidu_base";

/// The sheet with identities, scores, states and verdicts.
pub const HEAD: &str = "_zhidu_head";

/// How the first cell of [`BASE`] begins.
pub const BASE_MARK: &str = "zhidu-base";

/// What stands in the first cell of [`HEAD`].
pub const HEAD_MARK: &str = "zhidu-head";

/// The version of both sheets.
pub const FORMAT: u32 = 1;

/// The version of the visible sheets: which columns there are and what stands in
/// them, so that a later program knows how a file was laid out.
pub const LAYOUT: u32 = 2;

/// A cell of Excel holds 32,767 UTF-16 units; so many are used at most.
pub const CHUNK_UNITS: usize = 32_000;

/// Texts of the head that are for display alone are cut after so many characters.
const SHOWN: usize = 200;

/// Cuts a text into pieces of at most `units` UTF-16 units, never inside a
/// character. Put together in order they are the text. No piece has in it what a file
/// writes for another character, like `_x000D_`: some programs read it as that one.
pub fn chunks(text: &str, units: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut used) = (0, 0);
    let stands_for_another = |at: usize| at > 0 && escape_at(text, at - 1).is_some();
    for (at, c) in text.char_indices() {
        if (used + c.len_utf16() > units || stands_for_another(at)) && at > start {
            pieces.extend(text.get(start..at));
            (start, used) = (at, 0);
        }
        used += c.len_utf16();
    }
    pieces.extend(text.get(start..).filter(|piece| !piece.is_empty()));
    pieces
}

/// The character that a file would take `_xHHHH_` at this byte for.
fn escape_at(text: &str, at: usize) -> Option<char> {
    let digits = text.get(at..)?.strip_prefix("_x")?.get(..5)?.strip_suffix('_')?;
    let all = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    char::from_u32(u32::from_str_radix(digits, 16).ok()?).filter(|_| all)
}

/// A text as programs save it that read `_x000D_` in it as the character that it stands
/// for.
pub fn misread(text: &str) -> String {
    let mut read = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, behind) = rest.split_at(at);
        read.push_str(before);
        match escape_at(rest, at) {
            Some(c) => {
                read.push(c);
                rest = behind.get(7..).unwrap_or_default();
            }
            None => {
                read.push_str("_x");
                rest = behind.get(2..).unwrap_or_default();
            }
        }
    }
    read + rest
}

/// The data of a base sheet, given the texts of column A from its first row.
///
/// # Errors
/// Says in Chinese what is missing or of a later version.
pub fn joined<'a>(mut cells: impl Iterator<Item = &'a str>) -> Result<String, String> {
    let first = cells.next().unwrap_or_default();
    let mut marks = first.split(' ');
    if marks.next() != Some(BASE_MARK) {
        return Err("隐藏数据缺少开头".to_owned());
    }
    if marks.next() != Some(&FORMAT.to_string()) {
        return Err("隐藏数据的格式版本不同".to_owned());
    }
    let expected: usize = marks.next().and_then(|count| count.parse().ok()).unwrap_or(0);
    let pieces: Vec<&str> = cells.collect();
    if pieces.len() != expected {
        return Err(format!("隐藏数据应有 {expected} 段，实有 {} 段", pieces.len()));
    }
    Ok(pieces.concat())
}

/// The exact data: [`BASE_MARK`], version and number of pieces in A1, then the
/// backup in pieces.
pub(super) fn base(backup: &Backup) -> Sheet {
    let json = backup::write(backup);
    let pieces = chunks(&json, CHUNK_UNITS);
    let first = format!("{BASE_MARK} {FORMAT} {}", pieces.len());
    sheet(BASE, std::iter::once(vec![text(&first)]).chain(pieces.iter().map(|piece| vec![text(piece)])))
}

/// Identities and counts first, one to a row, then a row for each point, then one
/// for each measure. `open` is what 体检 finds, where that goes along.
pub(super) fn head(
    catalogue: &Catalogue,
    backup: &Backup,
    card: &Scorecard,
    report: &Report,
    open: Option<Count>,
    content_hash: &str,
    when: &str,
) -> Sheet {
    let head = &backup.assessment.head;
    let shown = |text: &str| text.chars().take(SHOWN).collect::<String>();
    let facts = [
        (HEAD_MARK, FORMAT.to_string()),
        ("layout", LAYOUT.to_string()),
        ("assessment", head.id.to_string()),
        ("replica", backup.replica.to_string()),
        ("seq", backup.seq.to_string()),
        ("content_hash", content_hash.to_owned()),
        ("catalogue", catalogue.id.to_string()),
        ("text_hash", catalogue.text_hash()),
        ("rules_hash", catalogue.rules_hash()),
        ("unit_name", shown(&head.unit_name)),
        ("unit_code", shown(&head.unit_code)),
        ("year", shown(&head.year)),
        ("due", shown(&head.due)),
        ("example", u8::from(head.example).to_string()),
        ("exported", shown(when)),
    ];
    let facts = facts.iter().map(|(name, value)| vec![text(name), text(value)]);
    let counts = counts(report);
    let open = open.map(|it| [("errors", it.errors), ("warnings", it.warnings), ("hints", it.hints)]);
    let counts = counts
        .iter()
        .chain(open.iter().flatten())
        .map(|(name, count)| vec![text(name), number(whole(*count))]);
    let heads = std::iter::once(vec![text("point"), text("state"), text("score"), text("maximum")]);
    let points = catalogue.points().iter().zip(&card.points).map(|(point, tally)| {
        let answer = backup.assessment.answer(&point.id);
        let state = serde_json::to_string(&answer.state).unwrap_or_default();
        vec![
            text(&point.id.to_string()),
            text(state.trim_matches('"')),
            counted(tally),
            point.points.map_or_else(Cell::default, number),
        ]
    });
    let measured = std::iter::once(vec![text("measure"), text("outcome"), text("value")]);
    let measures = catalogue.points().iter().zip(&report.judged).flat_map(|(point, judged)| {
        point.measures.iter().zip(judged).map(|(measure, judged)| {
            vec![text(&measure.id), text(outcome(judged.outcome)), text(&judged.value)]
        })
    });
    sheet(HEAD, facts.chain(counts).chain(heads).chain(points).chain(measured).chain(measures))
}

/// How many measures come to what.
fn counts(report: &Report) -> [(&'static str, usize); 7] {
    let all = || report.judged.iter().flatten();
    let of = |wanted| all().filter(|it| it.outcome == wanted).count();
    [
        ("measures", all().count()),
        (outcome(Outcome::Reached), of(Outcome::Reached)),
        (outcome(Outcome::Missed), of(Outcome::Missed)),
        (outcome(Outcome::Missing), of(Outcome::Missing)),
        (outcome(Outcome::Absent), of(Outcome::Absent)),
        (outcome(Outcome::Reported), of(Outcome::Reported)),
        (outcome(Outcome::People), of(Outcome::People)),
    ]
}

/// An outcome as the head names it.
const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Reached => "reached",
        Outcome::Missed => "missed",
        Outcome::Missing => "missing",
        Outcome::Absent => "absent",
        Outcome::Reported => "reported",
        Outcome::People => "people",
    }
}

fn number(value: Points) -> Cell {
    Cell::number(value, Role::Plain).unframed()
}

/// The score if it counts, otherwise nothing.
fn counted(tally: &Tally) -> Cell {
    if tally.scored == 1 { number(tally.got) } else { Cell::default() }
}

fn text(text: &str) -> Cell {
    Cell::text(text, Role::Plain).unframed()
}

fn sheet(name: &str, rows: impl Iterator<Item = Vec<Cell>>) -> Sheet {
    Sheet {
        name: name.to_owned(),
        very_hidden: true,
        columns: vec![Column { width: 24, hidden: false }; 4],
        rows: rows.map(|cells| Row { height: None, cells }).collect(),
        ..Sheet::default()
    }
}

/// The texts of a sheet's first column.
pub fn first_column(sheet: &Sheet) -> impl Iterator<Item = &str> {
    sheet.rows.iter().filter_map(|row| match &row.cells.first()?.content {
        Content::Text(text) => Some(text.as_str()),
        _ => None,
    })
}
