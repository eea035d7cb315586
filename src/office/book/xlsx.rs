//! Workbooks in Open XML, the strict form as well: which sheets there are, where
//! their parts stand, and what all of them share. Follows the relations between the
//! parts, since their names and the order of their parts mean nothing.

mod sheet;
mod strings;
mod styles;

use std::collections::BTreeMap;

use crate::value::grid::{Grid, Origin};

use super::Contents;
use super::gather::{Room, SHEETS, Sheet};
use super::parcel::{Parcel, target};
use super::refusal::Refusal;
use super::shared::Shared;
use super::styles::Styles;
use super::xml::{Node, Xml};

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    hidden: bool,
    relation: String,
}

/// A relation of a part.
struct Relation {
    /// The last word of its type: "worksheet", "styles".
    sort: String,
    target: String,
}

/// All sheets of the workbook whose main part is `main`.
///
/// # Errors
/// When a part that is needed is missing, damaged or beyond measure.
pub(super) fn read(parcel: &mut Parcel<'_>, main: &str) -> Result<Contents, Refusal> {
    let book = parcel.read(main, workbook)?;
    let (listed, from_1904) = book.ok_or(Refusal::Damaged)?;
    let relations = relations(parcel, main)?;
    let of = |sort: &str| relations.values().find(|it| it.sort == sort).map(|it| it.target.clone());
    // Where the relation was lost the part still has its usual name.
    let texts = of("sharedstrings").unwrap_or_else(|| target(main, "sharedStrings.xml"));
    let texts = parcel.read(&texts, strings::read)?.unwrap_or_default();
    let styles = match of("styles") {
        Some(part) => parcel.read(&part, styles::read)?.unwrap_or_default(),
        None => Styles::default(),
    };
    let shared = Shared { texts, styles, from_1904 };
    let mut contents = Contents { origin: origin(parcel)?, ..Contents::default() };
    let mut room = Room::default();
    for listed in listed {
        let Some(relation) = relations.get(&listed.relation) else { return Err(Refusal::Damaged) };
        if relation.sort != "worksheet" {
            contents.drawn |= relation.sort == "chartsheet";
            continue;
        }
        let mut sheet = Sheet::new(listed.name, listed.hidden, &mut room);
        let read = parcel.read(&relation.target, |xml| sheet::read(xml, &shared, &mut sheet))?;
        contents.drawn |= read.ok_or(Refusal::Damaged)?;
        let grid: Grid = sheet.finish();
        contents.sheets.push(grid);
    }
    Ok(contents)
}

/// The part that the package calls its main one, if it says so.
pub(super) fn main_part(parcel: &mut Parcel<'_>) -> Result<Option<String>, Refusal> {
    let relations = relations(parcel, "")?;
    Ok(relations.into_values().find(|it| it.sort == "officedocument").map(|it| it.target))
}

/// The sheets in the workbook's order, and whether its days are counted from 1904.
fn workbook(xml: &mut Xml<'_>) -> Result<(Vec<Listed>, bool), Refusal> {
    let (mut listed, mut from_1904, mut begun) = (Vec::new(), false, false);
    loop {
        match xml.next()? {
            Node::Open(tag) if !begun && tag.name() != "workbook" => return Err(Refusal::Unknown),
            Node::Open(_) if !begun => begun = true,
            Node::Open(tag) if tag.name() == "sheet" && listed.len() < SHEETS => listed.push(Listed {
                name: tag.attribute("name").unwrap_or_default(),
                hidden: tag.attribute("state").is_some_and(|it| it == "hidden" || it == "veryHidden"),
                relation: tag.relation().unwrap_or_default(),
            }),
            Node::Open(tag) if tag.name() == "workbookPr" => from_1904 = tag.says("date1904"),
            Node::Over => return Ok((listed, from_1904)),
            _ => {}
        }
    }
}

/// The relations of a part by their ids; of the package itself for no part.
fn relations(parcel: &mut Parcel<'_>, part: &str) -> Result<BTreeMap<String, Relation>, Refusal> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let read = parcel.read(&format!("{folder}/_rels/{name}.rels"), |xml| {
        let mut found = BTreeMap::new();
        loop {
            match xml.next()? {
                Node::Open(tag) if tag.name() == "Relationship" => {
                    let sort = tag.attribute("Type").unwrap_or_default();
                    let sort = sort.rsplit('/').next().unwrap_or_default().to_lowercase();
                    let target = target(part, &tag.attribute("Target").unwrap_or_default());
                    found.insert(tag.attribute("Id").unwrap_or_default(), Relation { sort, target });
                }
                Node::Over => return Ok(found),
                _ => {}
            }
        }
    })?;
    Ok(read.unwrap_or_default())
}

/// Whether the file's properties name this program's work.
fn origin(parcel: &mut Parcel<'_>) -> Result<Origin, Refusal> {
    let custom = parcel.read("docProps/custom.xml", |xml| {
        loop {
            match xml.next()? {
                Node::Open(tag) if tag.attribute("name").is_some_and(|it| it == "zhidu_format") => {
                    return Ok(true);
                }
                Node::Over => return Ok(false),
                _ => {}
            }
        }
    });
    // Properties that cannot be read spoil no table.
    Ok(match custom {
        Ok(Some(true)) => Origin::Submission,
        Err(refusal @ (Refusal::Unpacked(_) | Refusal::Doctype)) => return Err(refusal),
        _ => Origin::Foreign,
    })
}
