//! Places, texts and changes in the words of the page: where something stands, what it reads,
//! and what was done to it.

use crate::assessment::edit::Edit;
use crate::assessment::place::{Place, UnitField};
use crate::assessment::unit::{SCHOOLS, school_of};
use crate::assessment::{Assessment, Contribution, RowId, State};
use crate::catalogue::{Catalogue, FigureId, PointId};
use crate::measure::{BY_STAGE, LEFT_OUT, PRIVATE, SPLITTING};
use crate::record::compare::DifferencePlace;
use crate::school::{Column, School};

/// What a unit is asked for beside its points.
pub(super) const BESIDE: &str = "另报数据";

/// A change in the words of the page.
pub(super) struct Told {
    pub place: String,
    pub what: &'static str,
    pub before: String,
    pub after: String,
}

/// A text as a person knows it.
pub(super) fn difference_text(catalogue: &Catalogue, place: &DifferencePlace, text: &str) -> String {
    match place {
        DifferencePlace::Figure(id) => figure_text(catalogue, id, text),
        DifferencePlace::Unit(_, field) => unit_text(catalogue, *field, text),
        _ => text.to_owned(),
    }
}

/// The text that is kept at `place`, or a piece of it, as a person knows it.
pub(super) fn stored_text(catalogue: &Catalogue, place: &Place, text: &str) -> String {
    match place {
        Place::Figure(id, _) => figure_text(catalogue, id, text),
        Place::Unit(_, field) => unit_text(catalogue, *field, text),
        _ => text.to_owned(),
    }
}

/// What is known of a unit: what it is asked for by its names, and of what it has handed in
/// how often it has.
fn unit_text(catalogue: &Catalogue, field: UnitField, text: &str) -> String {
    let words = || text.split_whitespace();
    match field {
        UnitField::Data => {
            let rows = words().filter(|word| school_of(word).is_some()).count();
            let named =
                words().filter(|word| school_of(word).is_none()).map(|word| match FigureId::parse(word) {
                    _ if word == SCHOOLS => "学校数据".to_owned(),
                    Ok(id) => figure_name(catalogue, &id),
                    Err(_) => word.to_owned(),
                });
            let rows = (rows > 0).then(|| format!("学校数据 {rows} 行"));
            named.chain(rows).collect::<Vec<_>>().join("、")
        }
        UnitField::Received if words().next().is_some() => format!("{} 份", words().count()),
        UnitField::Name | UnitField::Contact | UnitField::Due | UnitField::Received => text.to_owned(),
    }
}

/// What a place belongs to: "要点 3".
pub(in crate::html) fn owner_name(catalogue: &Catalogue, now: &Assessment, place: &Place) -> String {
    match place {
        Place::Head(_) => "封面".to_owned(),
        Place::Answer(point, _) | Place::CheckItem(point, ..) => point_name(catalogue, point),
        Place::Evidence(row, _) => material_name(now, row, None),
        Place::Figure(id, _) => figure_name(catalogue, id),
        Place::School(row, _) => school_name(now.schools.get(row)),
        Place::Unit(row, _) => now.unit_name(row).to_owned(),
    }
}

/// A material by its 编号; `number` is that of one that is not here.
pub(super) fn material_name(now: &Assessment, row: &RowId, number: Option<&str>) -> String {
    let known = now.evidence.get(row).map(|it| it.number.as_str()).or(number);
    known.map_or_else(|| "材料".to_owned(), |number| format!("材料 {number}"))
}

/// A point by the number that the catalogue gives it.
pub(super) fn point_name(catalogue: &Catalogue, id: &PointId) -> String {
    match catalogue.point(id) {
        Some((_, found)) => format!("{} {}", catalogue.point_label, found.no),
        None => id.to_string(),
    }
}

/// What a unit has handed something in for.
pub(super) fn about_name(catalogue: &Catalogue, point: Option<&PointId>) -> String {
    point.map_or_else(|| BESIDE.to_owned(), |point| point_name(catalogue, point))
}

/// A figure by the name that the catalogue gives it.
pub(super) fn figure_name(catalogue: &Catalogue, id: &FigureId) -> String {
    if id.as_str() == SPLITTING {
        return "学校数据 一贯制学校按在校生折算".to_owned();
    }
    if id.as_str() == PRIVATE {
        return "学校数据 民办学校计入".to_owned();
    }
    catalogue.figure(id).map_or_else(|| format!("数据 {id}"), |spec| spec.name.clone())
}

/// What can be chosen for a figure: texts that are kept, with their labels.
fn choices_of<'a>(catalogue: &'a Catalogue, id: &FigureId) -> Vec<(&'a str, &'a str)> {
    if id.as_str() == SPLITTING {
        return vec![(BY_STAGE, "按在校生折算")];
    }
    if id.as_str() == PRIVATE {
        return vec![(LEFT_OUT, "不计入")];
    }
    let options = catalogue.figure(id).map_or(&[][..], |spec| spec.options.as_slice());
    options.iter().map(|option| (option.id.as_str(), option.label.as_str())).collect()
}

/// The text of a figure; an option that was chosen by its label.
fn figure_text(catalogue: &Catalogue, id: &FigureId, text: &str) -> String {
    let chosen = choices_of(catalogue, id).into_iter().find(|(kept, _)| *kept == text);
    chosen.map_or(text, |(_, label)| label).to_owned()
}

/// The labels between which a change of a figure's text has chosen. The change
/// itself may have only the letters in which the texts that are kept differ.
fn chosen(catalogue: &Catalogue, edit: &Edit) -> Option<[String; 2]> {
    let Edit::Splice { place: place @ Place::Figure(id, _), removed, inserted, .. } = edit else {
        return None;
    };
    let all: Vec<(&str, &str)> = [("", "")].into_iter().chain(choices_of(catalogue, id)).collect();
    let pairs = all.iter().flat_map(|from| all.iter().map(move |to| (from, to)));
    let made = |from: &str, to: &str| {
        (removed == from && inserted == to) || Edit::splice(place, from, to).is_some_and(|it| it == *edit)
    };
    let (from, to) = pairs.into_iter().find(|(from, to)| made(from.0, to.0))?;
    Some([from.1, to.1].map(str::to_owned))
}

pub(super) fn school_name(school: Option<&School>) -> String {
    let name = school.map(School::title).unwrap_or_default();
    if name.is_empty() { "学校数据".to_owned() } else { format!("学校数据 {name}") }
}

/// The cells of a row that are other ones in another state of it.
fn cells_apart(school: &School, other: &School) -> String {
    let apart = Column::ALL.into_iter().filter(|it| school.text(*it) != other.text(*it));
    let told = apart.map(|it| match school.text(it) {
        "" => format!("{}（空）", it.label()),
        text => format!("{} {text}", it.label()),
    });
    told.collect::<Vec<_>>().join("；")
}

fn cells_in_words(school: &School) -> String {
    let cells = school.cells.iter().map(|(column, text)| format!("{} {text}", column.label()));
    cells.collect::<Vec<_>>().join("；")
}

pub(super) fn told(catalogue: &Catalogue, now: &Assessment, edit: &Edit) -> Told {
    let at_point = |point: &PointId| point_name(catalogue, point);
    let say = |place, what, before: String, after: String| Told { place, what, before, after };
    match edit {
        Edit::Splice { place, removed, inserted, .. } => {
            let [before, after] = chosen(catalogue, edit)
                .unwrap_or_else(|| [removed, inserted].map(|it| stored_text(catalogue, place, it)));
            say(owner_name(catalogue, now, place), place.label(), before, after)
        }
        Edit::SetState { point, from, to } => {
            let label = |state: &State| state.label().to_owned();
            say(at_point(point), "填报状态", label(from), label(to))
        }
        Edit::SetEvidence { row, from, to } => {
            let number = to.as_ref().or(from.as_ref()).map(|it| it.number.as_str());
            let title = |it: &Option<crate::assessment::Evidence>| {
                it.as_ref().map_or_else(String::new, |it| {
                    format!("{} {} {}", it.number, it.title, it.doc_no).trim().to_owned()
                })
            };
            say(material_name(now, row, number), "整行", title(from), title(to))
        }
        Edit::SetSchool { row, from, to } => {
            let known = now.schools.get(row).or(to.as_ref()).or(from.as_ref());
            let (what, before, after) = match (from, to) {
                // Of a row that stays only what differs.
                (Some(from), Some(to)) => ("改动的各列", cells_apart(from, to), cells_apart(to, from)),
                (from, to) => {
                    let told = |it: &Option<School>| it.as_ref().map_or_else(String::new, cells_in_words);
                    ("整行", told(from), told(to))
                }
            };
            say(school_name(known), what, before, after)
        }
        Edit::SetContribution { from, to, .. } => {
            let unit = to.as_ref().or(from.as_ref());
            let of = unit.map_or_else(String::new, |it| {
                format!("{} {}", about_name(catalogue, it.point.as_ref()), now.unit_name(&it.unit))
            });
            let text = |it: &Option<Contribution>| {
                it.as_ref().map_or_else(String::new, |it| {
                    format!("{} {} {}", it.state.label(), it.reason, it.text).trim().to_owned()
                })
            };
            say(of, "单位回传", text(from), text(to))
        }
        Edit::SetMute { from, to, .. } => {
            let text = |reason: &Option<String>| reason.clone().unwrap_or_default();
            say("体检".to_owned(), "不再提示的理由", text(from), text(to))
        }
        Edit::SetEvidenceList { point, from, to } => {
            let numbers = |rows: &[RowId]| {
                let numbers: Vec<String> = rows
                    .iter()
                    .map(|row| {
                        now.evidence.get(row).map_or_else(|| "（已删除）".to_owned(), |it| it.number.clone())
                    })
                    .collect();
                numbers.join("、")
            };
            say(at_point(point), "佐证材料清单", numbers(&from.0), numbers(&to.0))
        }
        Edit::InsertCheckItem { point, item, .. } => say(
            at_point(point),
            "测评点",
            String::new(),
            format!("{} {}", item.text, item.finding).trim().to_owned(),
        ),
        Edit::RemoveCheckItem { point, item, .. } => say(
            at_point(point),
            "测评点",
            format!("{} {}", item.text, item.finding).trim().to_owned(),
            String::new(),
        ),
    }
}
