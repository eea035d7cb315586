//! What leads from one state of an assessment to another, as edits. The
//! emergency journal, the change log and the copies of what could not be stored
//! all keep such edits and nothing else.

use crate::assessment::edit::{Edit, Part};
use crate::assessment::place::{AnswerField, CheckItemField, EvidenceField, HeadField, Place};
use crate::assessment::{Answer, Assessment, CheckItem};
use crate::catalogue::PointId;

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
        }
    }

    /// Makes `part` of this assessment what it is in `other`.
    pub fn copy_part(&mut self, part: &Part, other: &Assessment) {
        match part {
            Part::Head => self.head.clone_from(&other.head),
            Part::Answer(point) => match other.answers.get(point) {
                Some(answer) => drop(self.answers.insert(point.clone(), answer.clone())),
                None => drop(self.answers.remove(point)),
            },
            Part::Evidence(row) => match other.evidence.get(row) {
                Some(evidence) => drop(self.evidence.insert(row.clone(), evidence.clone())),
                None => drop(self.evidence.remove(row)),
            },
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
        if same_rows(old, new) {
            for item in &new.check_items {
                let place = |field| Place::CheckItem(point.clone(), item.id.clone(), field);
                edits.extend(self.splices_to(after, CheckItemField::ALL.map(place)));
            }
        } else if old.check_items != new.check_items {
            edits.extend(rows_anew(point, &old.check_items, &new.check_items));
        }
        edits
    }

    fn splices_to<const N: usize>(&self, after: &Assessment, places: [Place; N]) -> Vec<Edit> {
        places.into_iter().filter_map(|place| self.splice_to(&place, after.text(&place))).collect()
    }
}

/// Whether two lists of 测评点 have the same rows in the same order, each of
/// them once, so that their texts can be compared row by row.
fn same_rows(old: &Answer, new: &Answer) -> bool {
    let ids = |answer: &Answer| -> Vec<_> { answer.check_items.iter().map(|item| item.id.clone()).collect() };
    let (old, new) = (ids(old), ids(new));
    let mut distinct = old.clone();
    distinct.sort();
    distinct.dedup();
    old == new && distinct.len() == old.len()
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
