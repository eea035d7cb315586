//! What two sides have changed since their base.

use super::{Change, Outcome, Said, Subject, lists, sentences};
use crate::assessment::place::{
    AnswerField, CheckItemField, EvidenceField, FigureField, HeadField, Place, UnitField,
};
use crate::assessment::{Assessment, CheckItem, Contribution, Evidence, RowId};
use crate::catalogue::PointId;
use crate::school::{Column, School};
use crate::value::sets::set_of;

/// Every change of either side: the cover first, then points in order, materials, figures,
/// schools, what was set aside, and what 责任单位 have to do with it.
pub fn find(base: &Assessment, theirs: &Assessment, ours: &Assessment) -> Vec<Change> {
    let mut finder = Finder { sides: [base, theirs, ours], found: Vec::new() };
    HeadField::ALL.into_iter().for_each(|field| finder.text(Place::Head(field)));
    for point in set_of(finder.sides.iter().flat_map(|side| side.answers.keys())) {
        finder.answer(point);
    }
    for row in set_of(finder.sides.iter().flat_map(|side| side.evidence.keys())) {
        let all = finder.sides.map(|side| side.evidence.get(row));
        let field = |field| Place::Evidence(row.clone(), field);
        finder.row(
            Subject::Material(row.clone()),
            all.map(|it| it.map(material)),
            &EvidenceField::ALL.map(field),
        );
    }
    for id in set_of(finder.sides.iter().flat_map(|side| side.figures.keys())) {
        FigureField::ALL.into_iter().for_each(|field| finder.text(Place::Figure(id.clone(), field)));
    }
    for row in set_of(finder.sides.iter().flat_map(|side| side.schools.keys())) {
        let all = finder.sides.map(|side| side.schools.get(row));
        let cell = |column| Place::School(row.clone(), column);
        finder.row(Subject::School(row.clone()), all.map(|it| it.map(school)), &Column::ALL.map(cell));
    }
    let orders = finder.sides.map(Assessment::school_order);
    let name = |row: &RowId| {
        let school = finder.sides.iter().find_map(|side| side.schools.get(row));
        school.map_or("", |school| school.text(Column::Name)).to_owned()
    };
    let order = ordered(&orders, name);
    finder.note(Subject::SchoolOrder, order);
    for problem in set_of(finder.sides.iter().flat_map(|side| side.mutes.keys())) {
        let said = finder.sides.map(|side| Some(side.mutes.get(problem).cloned().unwrap_or_default()));
        finder.note(Subject::Mute(problem.clone()), said);
    }
    for row in set_of(finder.sides.iter().flat_map(|side| side.units.keys())) {
        UnitField::ALL.into_iter().for_each(|field| finder.text(Place::Unit(row.clone(), field)));
    }
    for row in set_of(finder.sides.iter().flat_map(|side| side.contributions.keys())) {
        let said = finder.sides.map(|side| side.contributions.get(row).map(contribution));
        let known = finder.sides.iter().find_map(|side| side.contributions.get(row));
        let point = known.and_then(|it| it.point.clone());
        finder.note(Subject::Contribution(point, row.clone()), said);
    }
    finder.found
}

struct Finder<'a> {
    /// Base, theirs, ours.
    sides: [&'a Assessment; 3],
    found: Vec<Change>,
}

impl Finder<'_> {
    fn text(&mut self, place: Place) {
        let said = self.sides.map(|side| Some(side.text(&place).to_owned()));
        self.note(Subject::Text(place), said);
    }

    fn answer(&mut self, point: &PointId) {
        let answers = self.sides.map(|side| side.answer(point));
        self.note(Subject::State(point.clone()), answers.map(|it| Some(it.state.label().to_owned())));
        AnswerField::ALL.into_iter().for_each(|field| self.text(Place::Answer(point.clone(), field)));
        for row in set_of(answers.iter().flat_map(|answer| answer.evidence.iter())) {
            let title = self.sides.iter().rev().find_map(|side| side.evidence.get(row));
            let title = title.map_or_else(|| row.to_string(), |it| format!("{} {}", it.number, it.title));
            let said = answers.map(|answer| answer.evidence.contains(row).then(|| title.clone()));
            self.note(Subject::Listing(point.clone(), row.clone()), said);
        }
        let sides = self.sides;
        let number = |row: &RowId| {
            let found = sides.iter().rev().find_map(|side| side.evidence.get(row));
            found.map_or_else(String::new, |it| it.number.clone())
        };
        let order = ordered(&answers.map(|answer| answer.evidence.clone()), number);
        self.note(Subject::MaterialOrder(point.clone()), order);
        for row in set_of(answers.iter().flat_map(|answer| answer.check_items.iter().map(|item| &item.id))) {
            let all = answers.map(|answer| answer.check_items.iter().find(|item| item.id == *row));
            let field = |field| Place::CheckItem(point.clone(), row.clone(), field);
            let subject = Subject::Item(point.clone(), row.clone());
            self.row(subject, all.map(|it| it.map(item)), &CheckItemField::ALL.map(field));
        }
        let text = |row: &RowId| {
            let found =
                answers.iter().rev().find_map(|it| it.check_items.iter().find(|item| item.id == *row));
            found.map_or_else(String::new, |item| item.text.clone())
        };
        let ids = answers.map(|it| it.check_items.iter().map(|item| item.id.clone()).collect::<Vec<_>>());
        self.note(Subject::ItemOrder(point.clone()), ordered(&ids, text));
    }

    /// A row with the places of its texts. Where both sides have it, its texts are compared
    /// one by one; otherwise it is there or not as a whole.
    fn row(&mut self, subject: Subject, [base, theirs, ours]: [Said; 3], texts: &[Place]) {
        if theirs.is_some() && ours.is_some() {
            texts.iter().for_each(|place| self.text(place.clone()));
        } else {
            self.note(subject, [base, theirs, ours]);
        }
    }

    fn note(&mut self, subject: Subject, [base, theirs, ours]: [Said; 3]) {
        let outcome = match () {
            () if theirs == base && ours == base => return,
            () if theirs == base => Outcome::Ours,
            () if ours == base => Outcome::Theirs,
            () if theirs == ours => Outcome::Alike,
            () => put_together(&subject, [&base, &theirs, &ours]),
        };
        self.found.push(Change { subject, base, theirs, ours, outcome });
    }
}

fn put_together(subject: &Subject, sides: [&Said; 3]) -> Outcome {
    let [Some(base), Some(theirs), Some(ours)] = sides else { return Outcome::Conflict };
    let merged = match subject {
        // What is counted together is nothing that a person has to decide.
        Subject::Text(Place::Unit(_, UnitField::Data | UnitField::Received)) => {
            lists::words(base, theirs, ours)
        }
        // A text that one of them has emptied touches whatever the other one wrote.
        _ if theirs.is_empty() || ours.is_empty() => None,
        Subject::Text(Place::Answer(_, AnswerField::Units)) => lists::units(base, theirs, ours),
        _ if subject.is_prose() => sentences::merged(base, theirs, ours),
        _ => None,
    };
    merged.map_or(Outcome::Conflict, Outcome::Merged)
}

/// What the three say of the order of the rows that all of them have: their names, one
/// behind the other; alike where they have them in the same order.
fn ordered(lists: &[Vec<RowId>; 3], name: impl Fn(&RowId) -> String) -> [Said; 3] {
    let common = |row: &&RowId| lists.iter().all(|list| list.contains(*row));
    let shared = lists.each_ref().map(|list| list.iter().filter(common).collect::<Vec<_>>());
    let [base, theirs, ours] = &shared;
    if base == theirs && base == ours {
        return [None, None, None];
    }
    // Rows of one name stay apart by their place in the base.
    let said = |list: &Vec<&RowId>| {
        let at = |row: &RowId| base.iter().position(|it| *it == row).map_or(0, |at| at + 1);
        let names: Vec<String> = list.iter().map(|row| format!("{}.{}", at(row), name(row))).collect();
        Some(names.join("、"))
    };
    [said(base), said(theirs), said(ours)]
}

fn material(material: &Evidence) -> String {
    let fields = EvidenceField::ALL.into_iter().map(|field| field.of(material));
    in_one(std::iter::once(material.number.as_str()).chain(fields))
}

fn contribution(it: &Contribution) -> String {
    let fields = [it.state.label(), &it.text, &it.score, &it.filler, &it.reason, &it.received, &it.file];
    in_one(fields.into_iter())
}

fn item(item: &CheckItem) -> String {
    in_one(CheckItemField::ALL.into_iter().map(|field| field.of(item)))
}

fn school(school: &School) -> String {
    in_one(Column::ALL.into_iter().map(|column| school.text(column)))
}

/// What a row says, field by field, so that two rows are alike where every field is.
fn in_one<'a>(fields: impl Iterator<Item = &'a str>) -> String {
    fields.collect::<Vec<_>>().join("｜")
}
