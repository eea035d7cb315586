//! What comes back from a 责任单位, seen from the district: what it changes there, what is kept
//! beside the district's own texts, and how it stands to what came before.

use super::between::copy;
use super::contribution::contribution_id;
use super::edit::Edit;
use super::place::{Place, UnitField};
use super::share::{Share, state_name};
use super::unit::SCHOOL;
use super::{Answer, Assessment, Contribution, ContributionState, Figure, ReplicaId, RowId, State};
use crate::catalogue::{Catalogue, FigureId, Point, PointId};
use crate::school::{Column, School};
use crate::value::sets::set_of;

/// What a unit hands in, to be kept beside the district's own texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Return {
    /// The unit.
    pub unit: RowId,
    /// Its name.
    pub name: String,
    /// How many points it was asked for.
    pub asked: usize,
    /// Those that other units answer too: what it says of them is kept beside what the
    /// others say, and the district's text is made of it by a person.
    pub shared: Vec<PointId>,
    /// What it says that it did not say before.
    pub contributions: Vec<Contribution>,
    /// How it stands to what came before.
    pub standing: ReturnStanding,
    /// Names its content and the state from which it came.
    token: String,
}

/// How a return stands to those that came before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReturnStanding {
    /// It is new.
    New,
    /// Just the same came last.
    Same,
    /// It came before, or is of an earlier state than one that has come.
    Older,
}

impl Return {
    /// The changes of keeping it.
    pub fn edits(&self, ours: &Assessment) -> Vec<Edit> {
        let known = ours.units.get(&self.unit).is_some_and(|unit| !unit.name.is_empty());
        let name = Place::Unit(self.unit.clone(), UnitField::Name);
        let named = if known { None } else { ours.splice_to(&name, &self.name) };
        let kept = self.contributions.iter().filter_map(|it| ours.contributing(it.clone()));
        let received = Place::Unit(self.unit.clone(), UnitField::Received);
        let all = format!("{} {}", ours.text(&received), self.token);
        let noted = match self.standing {
            ReturnStanding::New => ours.splice_to(&received, all.trim()),
            ReturnStanding::Same | ReturnStanding::Older => None,
        };
        named.into_iter().chain(noted).chain(kept).collect()
    }
}

/// Names the state of a file that has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Names its content.
    pub content: String,
    /// The copy that it was made in.
    pub replica: ReplicaId,
    /// Its place in the order of that copy.
    pub seq: u64,
}

impl Assessment {
    /// What a unit has handed in, seen from the district: the state here as it was when the
    /// unit got its part, and the same as the unit says it. `base` and `theirs` are the unit's
    /// work as it got and as it returns it; what the unit handed in before counts as known.
    /// `catalogue` is the whole.
    pub fn returned_share(
        &self,
        catalogue: &Catalogue,
        base: &Assessment,
        theirs: &Assessment,
    ) -> [Assessment; 2] {
        let Some(share) = &theirs.head.share else { return [self.clone(), self.clone()] };
        let shared = self.shared_with_others(catalogue, share);
        [(base, true), (theirs, false)].map(|(side, is_base)| {
            let mut state = self.clone();
            for id in &share.points {
                let said = side.answer(id);
                let here = self.answer(id);
                let before = self.contributions_to(id).find(|(_, it)| it.unit == share.unit);
                let mut answer = Answer {
                    numbered: here.numbered.max(said.numbered),
                    // Who answers what is the district's to say.
                    units: here.units.clone(),
                    ..said.clone()
                };
                if let (true, Some((_, before))) = (is_base, before) {
                    let beside = shared.contains(id);
                    for (known, handed_in, now) in [
                        (&mut answer.narrative, &before.text, &here.narrative),
                        (&mut answer.score, &before.score, &here.score),
                        (&mut answer.deduction, &before.deduction, &here.deduction),
                        (&mut answer.waiver, &before.waiver, &here.waiver),
                    ] {
                        // Where the district has gone on, the unit starts from what it was given.
                        if beside || handed_in == now {
                            known.clone_from(handed_in);
                        }
                    }
                }
                if shared.contains(id) {
                    answer.state = here.state;
                    answer.filler.clone_from(&here.filler);
                }
                state.answers.insert(id.clone(), answer);
            }
            for row in base.evidence.keys().chain(theirs.evidence.keys()) {
                copy(&mut state.evidence, row, &side.evidence);
                // A material that a unit hands in says who provides it.
                if let Some(material) = state.evidence.get_mut(row).filter(|it| it.unit.is_empty()) {
                    material.unit.clone_from(&share.name);
                }
            }
            for id in base.figures.keys().chain(theirs.figures.keys()) {
                copy(&mut state.figures, id, &side.figures);
            }
            for row in base.schools.keys().chain(theirs.schools.keys()) {
                copy(&mut state.schools, row, &side.schools);
            }
            let own = self.contributions.values().filter(|it| is_base && it.unit == share.unit);
            own.for_each(|it| state.recall(it, self));
            state
        })
    }

    /// What a unit's return adds to what it has handed in: what it says now of each of its
    /// points, unless it said just that before. `at` is the person's clock.
    /// `None` if it is no return of a unit.
    pub fn return_of(
        &self,
        catalogue: &Catalogue,
        theirs: &Assessment,
        (file, revision): (&str, &Revision),
        at: &str,
    ) -> Option<Return> {
        let share = theirs.head.share.as_ref()?;
        let contribution = |id: &PointId| {
            let answer = theirs.answer(id);
            let filler = [&answer.filler, &theirs.head.cover.filler];
            let filler = filler.into_iter().find(|it| !it.trim().is_empty());
            Contribution {
                unit: share.unit.clone(),
                point: Some(id.clone()),
                state: ContributionState::Received,
                status: answer.state,
                text: answer.narrative.clone(),
                deduction: answer.deduction.clone(),
                waiver: answer.waiver.clone(),
                figures: figures_of(catalogue, theirs, id),
                score: answer.score.clone(),
                filler: filler.cloned().unwrap_or_default(),
                reason: String::new(),
                received: at.to_owned(),
                file: file.to_owned(),
            }
        };
        let known = |it: &Contribution| self.contributions.get(&contribution_id(&it.unit, it.point.as_ref()));
        let news = |it: &Contribution| known(it).is_none_or(|old| !old.says_the_same(it));
        let beside = theirs.handed_in_beside(share).map(|(text, figures)| Contribution {
            unit: share.unit.clone(),
            point: None,
            state: ContributionState::Received,
            status: State::default(),
            text,
            deduction: String::new(),
            waiver: String::new(),
            figures,
            score: String::new(),
            filler: theirs.head.cover.filler.clone(),
            reason: String::new(),
            received: at.to_owned(),
            file: file.to_owned(),
        });
        let mut contributions: Vec<Contribution> =
            share.points.iter().map(contribution).chain(beside).collect();
        // Who hands in anew has seen all that was handed back; the same file again has not.
        let handed_back =
            |it: &Contribution| known(it).is_some_and(|old| old.state == ContributionState::Returned);
        let (token, standing) = self.standing_of(&share.unit, revision);
        let anew = contributions.iter().any(news) && standing == ReturnStanding::New;
        contributions.retain(|it| anew && (news(it) || handed_back(it)));
        Some(Return {
            unit: share.unit.clone(),
            name: share.name.clone(),
            asked: share.points.len(),
            shared: self.shared_with_others(catalogue, share),
            contributions,
            standing,
            token,
        })
    }

    /// What a unit's work says of what it is asked for beside its points: how many rows of
    /// 学校数据 it has, and what is typed, as [`Contribution::figures`]; `None` where it is
    /// asked for nothing.
    pub fn handed_in_beside(&self, share: &Share) -> Option<(String, String)> {
        if share.figures.is_empty() && !share.schools {
            return None;
        }
        let typed = share.figures.iter().filter_map(|id| Some((id, self.figures.get(id)?)));
        let rows = self.schools_in_order();
        let lines = [figure_lines(typed)].into_iter().filter(|lines| !lines.is_empty());
        let lines = lines.chain(rows.iter().map(|(row, school)| school_line(row, school)));
        let text = match rows.as_slice() {
            [] => String::new(),
            [(_, one)] => format!("学校数据 1 行（{}）", one.title()),
            [(_, first), ..] => format!("学校数据 {} 行（{} 等）", rows.len(), first.title()),
        };
        Some((text, lines.collect::<Vec<_>>().join("\n")))
    }

    /// Has this state say what a unit handed in last of its figures and 学校数据, where
    /// `district` still says so.
    fn recall(&mut self, handed_in: &Contribution, district: &Assessment) {
        for (id, raw) in handed_in.figures() {
            if district.figures.get(&id).is_some_and(|it| it.raw == raw) {
                raw.clone_into(&mut self.figures.entry(id).or_default().raw);
            }
        }
        for (row, cells) in handed_in.schools() {
            let (Some(school), Some(now)) = (self.schools.get_mut(&row), district.schools.get(&row)) else {
                continue;
            };
            for column in Column::ALL {
                let text = cells.get(&column);
                if text == now.cells.get(&column) {
                    match text {
                        Some(text) => drop(school.cells.insert(column, text.clone())),
                        None => drop(school.cells.remove(&column)),
                    }
                }
            }
        }
    }

    /// Those points of a unit that others answer too.
    fn shared_with_others(&self, catalogue: &Catalogue, share: &Share) -> Vec<PointId> {
        let points = share.points.iter().filter_map(|id| catalogue.point(id));
        let shared = points.filter(|(_, point)| self.is_shared(point, &share.name));
        shared.map(|(_, point)| point.id.clone()).collect()
    }

    fn standing_of(&self, unit: &RowId, revision: &Revision) -> (String, ReturnStanding) {
        let token = format!("{}@{}", revision.content, state_name(&revision.replica, revision.seq));
        let known = self.units.get(unit).map_or("", |unit| unit.received.as_str());
        let mut all = known.split_whitespace().rev();
        let same = |it: &str| it.split('@').next() == Some(revision.content.as_str());
        let later = |it: &str| {
            let of = it.split('@').nth(1).and_then(|of| of.rsplit_once('-'));
            of.is_some_and(|(replica, seq)| {
                replica == revision.replica.as_str() && seq.parse().is_ok_and(|seq: u64| seq > revision.seq)
            })
        };
        let standing = match all.next() {
            Some(last) if same(last) => ReturnStanding::Same,
            Some(last) if later(last) => ReturnStanding::Older,
            Some(_) if all.any(|it| same(it) || later(it)) => ReturnStanding::Older,
            _ => ReturnStanding::New,
        };
        (token, standing)
    }
}

/// The figures of a point as somebody has typed them.
fn figures_of(catalogue: &Catalogue, theirs: &Assessment, id: &PointId) -> String {
    let point = catalogue.point(id).map(|(_, point)| point);
    let typed = set_of(point.into_iter().flat_map(Point::figures))
        .into_iter()
        .filter_map(|id| Some((id, theirs.figures.get(id)?)));
    figure_lines(typed)
}

fn figure_lines<'a>(typed: impl Iterator<Item = (&'a FigureId, &'a Figure)>) -> String {
    let lines = typed.filter(|(_, figure)| !figure.raw.is_empty());
    lines.map(|(id, figure)| format!("{id}={}", figure.raw.replace('\n', " "))).collect::<Vec<_>>().join("\n")
}

/// A row of 学校数据 in a line, see [`Contribution::schools`].
fn school_line(row: &RowId, school: &School) -> String {
    let cells = school
        .cells
        .iter()
        .map(|(column, text)| format!("{}:{}", column.name(), text.replace(['\n', '\t'], " ")));
    format!("{SCHOOL}{row}={}", cells.collect::<Vec<_>>().join("\t"))
}
