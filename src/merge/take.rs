//! What becomes of the changes once a person has decided: one list of edits, and what was
//! not taken.

use super::{Change, Decision, Outcome, Subject, find};
use crate::assessment::edit::{Edit, Part};
use crate::assessment::{Answer, Assessment, Evidence, RowId, State};
use crate::catalogue::PointId;
use crate::record::parts;
use crate::record::unmerged::Unmerged;
use crate::value::order::sort_by_key;
use crate::value::sets::set_of;

/// What taking changes in gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// What is done to the assessment here, in this order, as one step.
    pub edits: Vec<Edit>,
    /// What of theirs was not taken: whole texts, from what the base says to what they say,
    /// and rows.
    pub left: Vec<Edit>,
}

/// Takes changes as they were decided; `None` leaves what is here. `base` and `theirs` are
/// the states in which the changes were found.
pub fn take(
    base: &Assessment,
    ours: &Assessment,
    theirs: &Assessment,
    changes: &[Change],
    decided: impl Fn(usize) -> Option<Decision>,
) -> Taken {
    let mut after = Target { state: ours.clone(), theirs };
    let mut all = Target { state: ours.clone(), theirs };
    let mut decisions: Vec<(&Change, Decision)> = Vec::new();
    for (index, change) in changes.iter().enumerate() {
        decisions.push((change, decided(index).unwrap_or(Decision::Ours)));
    }
    // Rows before what is in them, and lists before their order.
    sort_by_key(&mut decisions, |(change, _)| rank(&change.subject));
    for (change, decision) in &decisions {
        after.take(change, decision);
    }
    // Rows that came back stand behind the others: where only they have changed the order,
    // it is theirs for these too.
    for change in find(base, theirs, &after.state) {
        let fresh = changes.iter().all(|known| known.subject != change.subject);
        if fresh && change.subject.is_order() && change.outcome == Outcome::Theirs {
            after.take(&change, &Decision::Theirs);
        }
    }
    after.tidy(ours, changes);
    let edits = edits_between(ours, &after.state);
    // What they say otherwise than what came of it, where it is not in it.
    for (change, decision) in &decisions {
        if differs(change) && *decision == Decision::Ours {
            all.take(change, &Decision::Theirs);
        }
    }
    all.tidy(ours, changes);
    let apart = edits_between(ours, &all.state);
    Taken { edits, left: Unmerged::between(base, &all.state, &after.state, &apart) }
}

/// Whether they say something else than what is here, and did so themselves.
fn differs(change: &Change) -> bool {
    change.theirs != change.ours && change.theirs != change.base
}

fn edits_between(before: &Assessment, after: &Assessment) -> Vec<Edit> {
    let parts: Vec<Part> = set_of(parts(before).into_iter().chain(parts(after))).into_iter().collect();
    parts.iter().flat_map(|part| before.edits_to(after, part)).collect()
}

fn rank(subject: &Subject) -> u8 {
    match subject {
        Subject::Material(_) | Subject::School(_) => 0,
        Subject::Item(..) | Subject::Listing(..) => 1,
        Subject::Text(_) | Subject::State(_) | Subject::Contribution(..) | Subject::Mute(_) => 2,
        Subject::MaterialOrder(_) | Subject::ItemOrder(_) | Subject::SchoolOrder => 3,
    }
}

/// A state that is being made.
struct Target<'a> {
    state: Assessment,
    theirs: &'a Assessment,
}

impl Target<'_> {
    fn take(&mut self, change: &Change, decision: &Decision) {
        let text = match decision {
            Decision::Ours => return,
            Decision::Theirs => None,
            Decision::Text(text) => Some(text.clone()),
            Decision::Both => Some(change.both()),
        };
        match &change.subject {
            Subject::Text(place) => {
                let text = text.unwrap_or_else(|| self.theirs.text(place).to_owned());
                // A place whose row is not here was decided about with its row.
                self.state.set_text(place, &text);
            }
            Subject::Mute(problem) => match text.or_else(|| self.theirs.mutes.get(problem).cloned()) {
                Some(reason) if !reason.is_empty() => drop(self.state.mutes.insert(problem.clone(), reason)),
                _ => drop(self.state.mutes.remove(problem)),
            },
            Subject::State(point) => self.answer(point).state = self.theirs.answer(point).state,
            Subject::Listing(point, row) => self.list(point, row),
            Subject::Material(row) => self.material(row),
            Subject::Item(point, row) => self.item(point, row),
            Subject::School(row) => self.school(row),
            Subject::MaterialOrder(point) => {
                let wanted = self.theirs.answer(point).evidence.clone();
                reorder(&mut self.answer(point).evidence, &wanted, |row| row);
            }
            Subject::ItemOrder(point) => {
                let items = &self.theirs.answer(point).check_items;
                let wanted: Vec<RowId> = items.iter().map(|item| item.id.clone()).collect();
                reorder(&mut self.answer(point).check_items, &wanted, |item| &item.id);
            }
            Subject::SchoolOrder => self.school_order(),
            Subject::Contribution(_, row) => {
                self.state.copy_part(&Part::Contribution(row.clone()), self.theirs);
            }
        }
    }

    fn answer(&mut self, point: &PointId) -> &mut Answer {
        self.state.answers.entry(point.clone()).or_default()
    }

    fn list(&mut self, point: &PointId, row: &RowId) {
        let listed = self.theirs.answer(point).evidence.contains(row);
        let known = self.state.evidence.contains_key(row);
        let list = &mut self.answer(point).evidence;
        match (listed, list.iter().position(|it| it == row)) {
            (true, None) if known => list.push(row.clone()),
            (false, Some(at)) => drop(list.remove(at)),
            _ => {}
        }
    }

    fn material(&mut self, row: &RowId) {
        match self.theirs.evidence.get(row) {
            Some(material) => {
                let number = self.free_number(row, material);
                self.state.evidence.insert(row.clone(), Evidence { number, ..material.clone() });
            }
            None => {
                self.state.evidence.remove(row);
                for (_, answer) in &mut self.state.answers.iter_mut() {
                    answer.evidence.retain(|it| it != row);
                }
            }
        }
    }

    /// Its own 编号, or the next one of the same point where another material has it.
    fn free_number(&mut self, row: &RowId, material: &Evidence) -> String {
        let taken = |state: &Assessment, number: &str| {
            state.evidence.iter().any(|(id, it)| id != row && it.number == number)
        };
        let serial = |text: &str| -> u32 { text.parse().unwrap_or_default() };
        let Some((point, own)) = material.number.split_once('-') else { return material.number.clone() };
        let of_point = |number: &str| number.split_once('-').is_some_and(|(of, _)| of == point);
        let owner = self.theirs.answers.keys().chain(self.state.answers.keys());
        let owner = owner.into_iter().find(|id| format!("{:02}", id.ordinal()) == point).cloned();
        let mut number = material.number.clone();
        if taken(&self.state, &number) {
            let used = self.state.evidence.values().filter(|it| of_point(&it.number));
            let most = used.filter_map(|it| it.number.split_once('-')).map(|(_, it)| serial(it)).max();
            let given = owner.as_ref().map_or(0, |id| self.state.answer(id).numbered);
            let theirs = owner.as_ref().map_or(0, |id| self.theirs.answer(id).numbered);
            let next = most.unwrap_or_default().max(given).max(theirs).saturating_add(1);
            number = format!("{point}-{next:02}");
        }
        let last = number.split_once('-').map_or(serial(own), |(_, it)| serial(it));
        if let Some(id) = owner {
            let answer = self.answer(&id);
            answer.numbered = answer.numbered.max(last);
        }
        number
    }

    fn item(&mut self, point: &PointId, row: &RowId) {
        let theirs = self.theirs.answer(point).check_items.iter().find(|item| item.id == *row).cloned();
        let items = &mut self.answer(point).check_items;
        items.retain(|item| item.id != *row);
        items.extend(theirs);
    }

    fn school(&mut self, row: &RowId) {
        let place = self.state.next_school_place();
        match self.theirs.schools.get(row).cloned() {
            Some(mut school) => {
                school.place = place;
                self.state.schools.insert(row.clone(), school);
            }
            None => drop(self.state.schools.remove(row)),
        }
    }

    /// The rows that both have in their order, each at one of the places that they have
    /// here.
    fn school_order(&mut self) {
        let mut ours = self.state.school_order();
        let places: Vec<u32> =
            ours.iter().filter_map(|row| self.state.schools.get(row)).map(|school| school.place).collect();
        reorder(&mut ours, &self.theirs.school_order(), |row| row);
        for (row, place) in ours.iter().zip(places) {
            if let Some(school) = self.state.schools.get_mut(row) {
                school.place = place;
            }
        }
    }

    /// Keeps no entry for what is blank, and has a point that was 未填 begun where
    /// something was written in it, unless somebody has set its state.
    fn tidy(&mut self, before: &Assessment, changes: &[Change]) {
        let set = |point: &PointId| {
            changes.iter().any(|change| matches!(&change.subject, Subject::State(of) if of == point))
        };
        for (point, answer) in &mut self.state.answers.iter_mut() {
            let was = before.answer(point);
            let written = (&answer.score, &answer.narrative, &answer.deduction, &answer.waiver)
                != (&was.score, &was.narrative, &was.deduction, &was.waiver);
            let listed = answer.evidence.len() > was.evidence.len()
                || answer.check_items.len() > was.check_items.len();
            let blank = answer.state == State::Blank && was.state == State::Blank;
            if blank && (written || listed) && !set(point) {
                answer.state = State::Drafting;
            }
        }
        self.state.answers.retain(|_, answer| answer != Answer::blank());
        self.state.figures.retain(|_, figure| *figure != crate::assessment::Figure::default());
    }
}

/// Puts the things that `wanted` names in its order, into the places that they have.
fn reorder<T: Clone>(list: &mut [T], wanted: &[RowId], id: impl Fn(&T) -> &RowId) {
    let named: Vec<T> =
        wanted.iter().filter_map(|row| list.iter().find(|it| id(it) == row).cloned()).collect();
    let mut named = named.into_iter();
    for slot in list.iter_mut() {
        if wanted.contains(id(slot))
            && let Some(next) = named.next()
        {
            *slot = next;
        }
    }
}
