//! 单位填报: the part of a district's assessment that one 责任单位 answers, as a work of its
//! own. It has nothing of other units in it: no point, text, material or figure of theirs,
//! and at a point that several answer only what this one has handed in itself.

use std::sync::Arc;

use super::unit::{UnitWork, assigned};
use super::{Answer, Assessment, AssessmentId, Contribution, Cover, Figure, Head, ReplicaId, RowId};
use crate::catalogue::{Catalogue, FigureId, Point, PointId};
use crate::value::map::Map;
use crate::value::naming::name_of;

/// What makes a work 单位填报: the part of a district's assessment that a unit answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The unit.
    pub unit: RowId,
    /// Its name, as the district has it.
    pub name: String,
    /// Whom to ask, as the district has it.
    pub contact: String,
    /// Until when, as the district has it.
    pub due: String,
    /// Its points.
    pub points: Vec<PointId>,
    /// Figures that it is asked for beside those of its points.
    pub figures: Vec<FigureId>,
    /// Whether it is asked for 学校数据.
    pub schools: bool,
    /// Names the state of the district's assessment that it was cut from: [`state_name`].
    pub given: String,
}

impl Head {
    /// What a work with this head answers of a catalogue: a unit its own part, a district
    /// all of it.
    pub fn part_of(&self, whole: Arc<Catalogue>) -> Arc<Catalogue> {
        match &self.share {
            Some(share) => Arc::new(whole.cut(&share.points, &share.figures)),
            None => whole,
        }
    }
}

/// The identity of a unit's work on a district's assessment: the same whenever it is cut.
pub fn share_id(district: &AssessmentId, unit: &RowId) -> AssessmentId {
    AssessmentId::from_random(name_of(&format!("share/{district}/{unit}")))
}

/// Names a state: the copy that it was made in and its place in the order of that copy.
pub fn state_name(replica: &ReplicaId, seq: u64) -> String {
    format!("{replica}-{seq}")
}

impl Assessment {
    /// What a unit gets to answer. `catalogue` is the whole, `given` names this state.
    pub fn share_for(&self, catalogue: &Catalogue, work: &UnitWork, given: &str) -> Assessment {
        let points: Vec<&Point> =
            work.points.iter().filter_map(|(index, ..)| catalogue.points().get(*index)).collect();
        let share = Share {
            unit: work.id.clone(),
            name: work.name.clone(),
            contact: self.head.cover.filler.clone(),
            due: self.due_of(&work.id).to_owned(),
            points: points.iter().map(|point| point.id.clone()).collect(),
            figures: work.figures.clone(),
            schools: work.schools.any(),
            given: given.to_owned(),
        };
        let mut cut = Assessment::of(Head {
            id: share_id(&self.head.id, &work.id),
            origin: Some(self.head.id.clone()),
            previous: None,
            name: format!("{} {}", work.name, self.head.name),
            due: share.due.clone(),
            cover: Cover::default(),
            share: Some(share),
            ..self.head.clone()
        });
        for point in &points {
            let answer = self.answer_for(point, work);
            for (row, material) in self.evidence_of(&answer) {
                cut.evidence.insert(row.clone(), material.clone());
            }
            if answer != *Answer::blank() {
                cut.answers.insert(point.id.clone(), answer);
            }
        }
        let own = self.contributions.iter().filter(|(_, it)| it.unit == work.id);
        cut.contributions = own.map(|(row, it)| (row.clone(), it.clone())).collect();
        cut.figures = self.figures_for(catalogue, work, &points);
        let rows = self.schools_of(work).into_iter();
        cut.schools = rows.filter_map(|row| self.schools.get(&row).cloned().map(|it| (row, it))).collect();
        cut
    }

    /// Whether others answer a point beside the unit of this name.
    pub(super) fn is_shared(&self, point: &Point, name: &str) -> bool {
        assigned(&self.units_text(point)).iter().any(|it| it.name != name)
    }

    fn answer_for(&self, point: &Point, work: &UnitWork) -> Answer {
        let answer = self.answer(&point.id);
        if !self.is_shared(point, &work.name) {
            return answer.clone();
        }
        let own = self.contributions_to(&point.id).find(|(_, it)| it.unit == work.id);
        let own = own.map(|(_, it)| Answer {
            state: it.status,
            narrative: it.text.clone(),
            deduction: it.deduction.clone(),
            waiver: it.waiver.clone(),
            score: it.score.clone(),
            filler: it.filler.clone(),
            ..Answer::default()
        });
        let of_unit = |row: &&RowId| self.evidence.get(*row).is_some_and(|it| it.unit == work.name);
        Answer {
            units: answer.units.clone(),
            evidence: answer.evidence.iter().filter(of_unit).cloned().collect(),
            numbered: answer.numbered,
            check_items: answer
                .check_items
                .iter()
                .map(|item| super::CheckItem { finding: String::new(), ..item.clone() })
                .collect(),
            ..own.unwrap_or_default()
        }
    }

    /// The figures that a unit is asked for, with their values where nobody else is asked
    /// for them.
    fn figures_for(
        &self,
        catalogue: &Catalogue,
        work: &UnitWork,
        points: &[&Point],
    ) -> Map<FigureId, Figure> {
        let asked = |id: &FigureId| work.figures.contains(id) || points.iter().any(|point| point.takes(id));
        let alone = |id: &FigureId| {
            let mut taking = catalogue.points().iter().filter(|point| point.takes(id));
            let shared = taking.any(|point| self.is_shared(point, &work.name));
            let named = self.units.iter().any(|(row, unit)| *row != work.id && unit.data().0.contains(id));
            !shared && !named
        };
        let kept = self.figures.iter().filter(|(id, _)| asked(id) && alone(id));
        let mut figures: Map<FigureId, Figure> =
            kept.map(|(id, figure)| (id.clone(), figure.clone())).collect();
        // Of those that others are asked for too, what the unit itself has typed.
        let own = self.contributions.values().filter(|it| it.unit == work.id);
        for (id, raw) in own.flat_map(Contribution::figures) {
            if asked(&id) && !alone(&id) {
                figures.insert(id, Figure { raw: raw.to_owned(), ..Figure::default() });
            }
        }
        figures
    }

    /// The rows of 学校数据 that a unit is asked for and nobody else.
    pub(super) fn schools_of(&self, work: &UnitWork) -> Vec<RowId> {
        let others = || self.units.iter().filter(|(row, _)| **row != work.id);
        if !work.schools.all || others().any(|(_, unit)| unit.data().1.all) {
            return work.schools.rows.clone();
        }
        let askers = self.school_askers();
        let asked = |row: &&RowId| askers.get(*row).is_none_or(|of| *of == work.id);
        self.schools.keys().filter(asked).cloned().collect()
    }
}
