//! What leads from one state of an assessment to another, as edits. The
//! emergency journal, the change log and the copies of what could not be stored
//! all keep such edits and nothing else.

use crate::assessment::edit::{Edit, Part};
use crate::assessment::place::{
    AnswerField, CheckItemField, EvidenceField, FigureField, HeadField, Place, UnitField,
};
use crate::assessment::{Assessment, CheckItem};
use crate::catalogue::PointId;
use crate::school::Column;
use crate::value::map::Map;

impl Assessment {
    /// The edits that make `part` of this assessment what it is in `after`;
    /// none if it is that already. They fit this assessment in their order.
    /// What no edit can change (identity, catalogue) is left out.
    pub fn edits_to(&self, after: &Assessment, part: &Part) -> Vec<Edit> {
        match part {
            Part::Head => self.splices_to(after, HeadField::ALL.map(Place::Head)),
            Part::Answer(point) => self.answer_edits_to(after, point),
            Part::Evidence(row) => match (self.evidence.get(row), after.evidence.get(row)) {
                (Some(old), Some(new)) if old.number == new.number => self
                    .splices_to(after, EvidenceField::ALL.map(|field| Place::Evidence(row.clone(), field))),
                (old, new) if old == new => Vec::new(),
                (old, new) => {
                    vec![Edit::SetEvidence { row: row.clone(), from: old.cloned(), to: new.cloned() }]
                }
            },
            Part::Figure(id) => {
                self.splices_to(after, FigureField::ALL.map(|field| Place::Figure(id.clone(), field)))
            }
            Part::School(row) => match (self.schools.get(row), after.schools.get(row)) {
                (Some(old), Some(new)) if old.place == new.place => {
                    self.splices_to(after, Column::ALL.map(|column| Place::School(row.clone(), column)))
                }
                (old, new) if old == new => Vec::new(),
                (old, new) => {
                    vec![Edit::SetSchool { row: row.clone(), from: old.cloned(), to: new.cloned() }]
                }
            },
            Part::Unit(row) => {
                self.splices_to(after, UnitField::ALL.map(|field| Place::Unit(row.clone(), field)))
            }
            Part::Contribution(row) => match (self.contributions.get(row), after.contributions.get(row)) {
                (old, new) if old == new => Vec::new(),
                (old, new) => {
                    vec![Edit::SetContribution { row: row.clone(), from: old.cloned(), to: new.cloned() }]
                }
            },
            Part::Mute(problem) => self.muting(problem, after.mutes.get(problem).map(String::as_str)),
        }
    }

    /// Makes `part` of this assessment what it is in `other`.
    pub fn copy_part(&mut self, part: &Part, other: &Assessment) {
        match part {
            Part::Head => self.head.clone_from(&other.head),
            Part::Answer(point) => copy(&mut self.answers, point, &other.answers),
            Part::Evidence(row) => copy(&mut self.evidence, row, &other.evidence),
            Part::Figure(id) => copy(&mut self.figures, id, &other.figures),
            Part::School(row) => copy(&mut self.schools, row, &other.schools),
            Part::Mute(problem) => copy(&mut self.mutes, problem, &other.mutes),
            Part::Unit(row) => copy(&mut self.units, row, &other.units),
            Part::Contribution(row) => copy(&mut self.contributions, row, &other.contributions),
        }
    }

    fn answer_edits_to(&self, after: &Assessment, point: &PointId) -> Vec<Edit> {
        let (old, new) = (self.answer(point), after.answer(point));
        let mut edits =
            self.splices_to(after, AnswerField::ALL.map(|field| Place::Answer(point.clone(), field)));
        edits.extend(self.setting_state(point, new.state));
        if (&old.evidence, old.numbered) != (&new.evidence, new.numbered) {
            let from = (old.evidence.clone(), old.numbered);
            let to = (new.evidence.clone(), new.numbered);
            edits.push(Edit::SetEvidenceList { point: point.clone(), from, to });
        }
        if !distinct(&old.check_items) || !distinct(&new.check_items) {
            // Rows cannot be told apart; no form makes such lists.
            if old.check_items != new.check_items {
                edits.extend(rows_anew(point, &old.check_items, &new.check_items));
            }
            return edits;
        }
        edits.extend(rows_to(point, &old.check_items, &new.check_items));
        for item in &new.check_items {
            if old.check_items.iter().any(|it| it.id == item.id) {
                let place = |field| Place::CheckItem(point.clone(), item.id.clone(), field);
                edits.extend(self.splices_to(after, CheckItemField::ALL.map(place)));
            }
        }
        edits
    }

    fn splices_to<const N: usize>(&self, after: &Assessment, places: [Place; N]) -> Vec<Edit> {
        places.into_iter().filter_map(|place| self.splice_to(&place, after.text(&place))).collect()
    }
}

/// Has one map say of a key what another one says of it.
pub(super) fn copy<K: Ord + Clone, V: Clone>(to: &mut Map<K, V>, key: &K, from: &Map<K, V>) {
    match from.get(key) {
        Some(value) => drop(to.insert(key.clone(), value.clone())),
        None => drop(to.remove(key)),
    }
}

/// Whether each row of a list of 测评点 is there once.
fn distinct(items: &[CheckItem]) -> bool {
    let again = |(index, item): (usize, &CheckItem)| items.iter().skip(index + 1).any(|it| it.id == item.id);
    !items.iter().enumerate().any(again)
}

/// Takes away rows that are gone, the last first, and puts new ones and those
/// that moved where they belong. Rows that stay are not touched.
fn rows_to(point: &PointId, old: &[CheckItem], new: &[CheckItem]) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut rows: Vec<&CheckItem> = old.iter().collect();
    let remove = |rows: &mut Vec<&CheckItem>, index: usize| {
        let item = rows.remove(index).clone();
        Edit::RemoveCheckItem { point: point.clone(), index, item }
    };
    for index in (0..old.len()).rev() {
        if old.get(index).is_some_and(|item| new.iter().all(|it| it.id != item.id)) {
            edits.push(remove(&mut rows, index));
        }
    }
    for (index, item) in new.iter().enumerate() {
        match rows.iter().position(|it| it.id == item.id) {
            Some(standing) if standing == index => {}
            Some(standing) => {
                edits.push(remove(&mut rows, standing));
                let moved = old.iter().find(|it| it.id == item.id).unwrap_or(item);
                rows.insert(index, moved);
                edits.push(Edit::InsertCheckItem { point: point.clone(), index, item: moved.clone() });
            }
            None => {
                rows.insert(index, item);
                edits.push(Edit::InsertCheckItem { point: point.clone(), index, item: item.clone() });
            }
        }
    }
    edits
}

/// Takes all rows away, the last first, and puts the new ones there.
fn rows_anew(point: &PointId, old: &[CheckItem], new: &[CheckItem]) -> Vec<Edit> {
    let removed = old.iter().enumerate().rev().map(|(index, item)| Edit::RemoveCheckItem {
        point: point.clone(),
        index,
        item: item.clone(),
    });
    let inserted = new.iter().enumerate().map(|(index, item)| Edit::InsertCheckItem {
        point: point.clone(),
        index,
        item: item.clone(),
    });
    removed.chain(inserted).collect()
}
