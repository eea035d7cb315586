//! Changes of an assessment as values. Each one carries what it takes away
//! and what it puts there, so that it can be turned around without the
//! assessment: `apply(invert(e)) ∘ apply(e)` changes nothing.

use crate::assessment::place::{AnswerField, Place};
use crate::assessment::{
    Answer, Assessment, CheckItem, Contribution, Evidence, Figure, MuteId, RowId, State, Unit,
};
use crate::catalogue::{FigureId, PointId};
use crate::school::School;
use crate::value::map::Map;

/// One reversible change.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "a history holds a thousand steps of a few edits each")]
pub enum Edit {
    /// In a text, `removed` at byte `offset` gives way to `inserted`.
    Splice {
        /// The text.
        place: Place,
        /// Byte offset, on a character boundary.
        offset: usize,
        /// What stands there before.
        removed: String,
        /// What stands there after.
        inserted: String,
    },
    /// The 填报状态 of a point.
    SetState {
        /// The point.
        point: PointId,
        /// Before.
        from: State,
        /// After.
        to: State,
    },
    /// A material comes into being or ceases to be.
    SetEvidence {
        /// Its identity.
        row: RowId,
        /// Before.
        from: Option<Evidence>,
        /// After.
        to: Option<Evidence>,
    },
    /// The materials that a point lists.
    SetEvidenceList {
        /// The point.
        point: PointId,
        /// Ids and numbers given out, before.
        from: (Vec<RowId>, u32),
        /// Ids and numbers given out, after.
        to: (Vec<RowId>, u32),
    },
    /// A row of 学校数据 comes into being or ceases to be.
    SetSchool {
        /// Its identity.
        row: RowId,
        /// Before.
        from: Option<School>,
        /// After.
        to: Option<School>,
    },
    /// A problem of 体检 is set aside, or no longer.
    SetMute {
        /// Which problem.
        problem: MuteId,
        /// The reason before.
        from: Option<String>,
        /// The reason after.
        to: Option<String>,
    },
    /// What a 责任单位 has handed in for a point.
    SetContribution {
        /// Its identity.
        row: RowId,
        /// Before.
        from: Option<Contribution>,
        /// After.
        to: Option<Contribution>,
    },
    /// A user's own 测评点 is put at an index of the point's list.
    InsertCheckItem {
        /// The point.
        point: PointId,
        /// Where it stands.
        index: usize,
        /// The row.
        item: CheckItem,
    },
    /// A user's own 测评点 is taken from an index of the point's list.
    RemoveCheckItem {
        /// The point.
        point: PointId,
        /// Where it stood.
        index: usize,
        /// The row.
        item: CheckItem,
    },
}

/// An edit does not fit the assessment that it is applied to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("修改与当前内容不相符")]
pub struct Mismatch;

impl Edit {
    /// The smallest splice that makes the text `old` at a place read `new`, or
    /// nothing if it reads so already.
    pub fn splice(place: &Place, old: &str, new: &str) -> Option<Edit> {
        let (offset, removed, inserted) = difference(old, new)?;
        Some(Edit::Splice {
            place: place.clone(),
            offset,
            removed: removed.to_owned(),
            inserted: inserted.to_owned(),
        })
    }

    /// The change that takes this one back.
    pub fn invert(self) -> Edit {
        match self {
            Edit::Splice { place, offset, removed, inserted } => {
                Edit::Splice { place, offset, removed: inserted, inserted: removed }
            }
            Edit::SetState { point, from, to } => Edit::SetState { point, from: to, to: from },
            Edit::SetEvidence { row, from, to } => Edit::SetEvidence { row, from: to, to: from },
            Edit::SetEvidenceList { point, from, to } => Edit::SetEvidenceList { point, from: to, to: from },
            Edit::SetSchool { row, from, to } => Edit::SetSchool { row, from: to, to: from },
            Edit::SetMute { problem, from, to } => Edit::SetMute { problem, from: to, to: from },
            Edit::SetContribution { row, from, to } => Edit::SetContribution { row, from: to, to: from },
            Edit::InsertCheckItem { point, index, item } => Edit::RemoveCheckItem { point, index, item },
            Edit::RemoveCheckItem { point, index, item } => Edit::InsertCheckItem { point, index, item },
        }
    }

    /// The part of the assessment that this change touches.
    pub fn part(&self) -> Part {
        match self {
            Edit::Splice { place: Place::Head(_), .. } => Part::Head,
            Edit::Splice { place: Place::Evidence(row, _), .. } | Edit::SetEvidence { row, .. } => {
                Part::Evidence(row.clone())
            }
            Edit::Splice { place: Place::Figure(id, _), .. } => Part::Figure(id.clone()),
            Edit::Splice { place: Place::School(row, _), .. } | Edit::SetSchool { row, .. } => {
                Part::School(row.clone())
            }
            Edit::SetMute { problem, .. } => Part::Mute(problem.clone()),
            Edit::Splice { place: Place::Unit(row, _), .. } => Part::Unit(row.clone()),
            Edit::SetContribution { row, .. } => Part::Contribution(row.clone()),
            Edit::Splice { place: Place::Answer(point, _) | Place::CheckItem(point, ..), .. }
            | Edit::SetState { point, .. }
            | Edit::SetEvidenceList { point, .. }
            | Edit::InsertCheckItem { point, .. }
            | Edit::RemoveCheckItem { point, .. } => Part::Answer(point.clone()),
        }
    }
}

/// A part of an assessment that is stored as one record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Identity and cover.
    Head,
    /// The answer of a point.
    Answer(PointId),
    /// A material.
    Evidence(RowId),
    /// A figure.
    Figure(FigureId),
    /// A row of 学校数据.
    School(RowId),
    /// A problem of 体检 that was set aside.
    Mute(MuteId),
    /// A 责任单位.
    Unit(RowId),
    /// What a 责任单位 has handed in for a point.
    Contribution(RowId),
}

impl Assessment {
    /// Applies one change.
    ///
    /// # Errors
    /// [`Mismatch`] when what the edit takes away is not what stands there;
    /// the assessment is then as it was.
    pub fn apply(&mut self, edit: &Edit) -> Result<(), Mismatch> {
        let fits = self.try_apply(edit);
        self.tidy(&edit.part());
        if fits { Ok(()) } else { Err(Mismatch) }
    }

    /// Keeps no entry for what is blank.
    fn tidy(&mut self, part: &Part) {
        match part {
            Part::Answer(point) if self.answers.get(point).is_some_and(|it| it == Answer::blank()) => {
                self.answers.remove(point);
            }
            Part::Figure(id) if self.figures.get(id).is_some_and(|it| *it == Figure::default()) => {
                self.figures.remove(id);
            }
            Part::Unit(row) if self.units.get(row).is_some_and(|it| *it == Unit::default()) => {
                self.units.remove(row);
            }
            Part::School(row) => {
                if let Some(school) = self.schools.get_mut(row) {
                    school.cells.retain(|_, text| !text.is_empty());
                }
            }
            _ => {}
        }
    }

    fn try_apply(&mut self, edit: &Edit) -> bool {
        match edit {
            Edit::Splice { place, offset, removed, inserted } => {
                let Some(text) = self.text_mut(place) else { return false };
                let end = offset.saturating_add(removed.len());
                if text.get(*offset..end) != Some(removed.as_str()) {
                    return false;
                }
                text.replace_range(*offset..end, inserted);
                true
            }
            Edit::SetState { point, from, to } => {
                let answer = self.answers.entry(point.clone()).or_default();
                let fits = answer.state == *from;
                if fits {
                    answer.state = *to;
                }
                fits
            }
            Edit::SetEvidence { row, from, to } => set(&mut self.evidence, row, from.as_ref(), to.as_ref()),
            Edit::SetEvidenceList { point, from, to } => {
                let answer = self.answers.entry(point.clone()).or_default();
                let fits = answer.evidence == from.0 && answer.numbered == from.1;
                if fits {
                    answer.evidence.clone_from(&to.0);
                    answer.numbered = to.1;
                }
                fits
            }
            Edit::SetSchool { row, from, to } => set(&mut self.schools, row, from.as_ref(), to.as_ref()),
            Edit::SetMute { problem, from, to } => set(&mut self.mutes, problem, from.as_ref(), to.as_ref()),
            Edit::SetContribution { row, from, to } => {
                set(&mut self.contributions, row, from.as_ref(), to.as_ref())
            }
            Edit::InsertCheckItem { point, index, item } => {
                let items = &mut self.answers.entry(point.clone()).or_default().check_items;
                let fits = *index <= items.len();
                if fits {
                    items.insert(*index, item.clone());
                }
                fits
            }
            Edit::RemoveCheckItem { point, index, item } => {
                let items = &mut self.answers.entry(point.clone()).or_default().check_items;
                let fits = items.get(*index) == Some(item);
                if fits {
                    items.remove(*index);
                }
                fits
            }
        }
    }

    /// The smallest splice that makes the text at `place` read `text`, or
    /// nothing if it reads so already.
    pub fn splice_to(&self, place: &Place, text: &str) -> Option<Edit> {
        Edit::splice(place, self.text(place), text)
    }

    /// The change that makes the text at `place` read `text`, as one piece for another; for
    /// texts of which a part says nothing.
    pub fn replacing(&self, place: &Place, text: &str) -> Option<Edit> {
        let removed = self.text(place);
        (removed != text).then(|| Edit::Splice {
            place: place.clone(),
            offset: 0,
            removed: removed.to_owned(),
            inserted: text.to_owned(),
        })
    }

    /// Has the text at `place` read `text`; nothing where there is no such row.
    pub fn set_text(&mut self, place: &Place, text: &str) {
        if let Some(edit) = self.splice_to(place, text) {
            let _ = self.apply(&edit);
        }
    }

    /// The changes of typing `text` at `place`: the splice and, when somebody
    /// begins to answer a point that was 未填, its move to 填报中.
    pub fn typing(&self, place: &Place, text: &str) -> Vec<Edit> {
        let mut edits: Vec<Edit> = self.splice_to(place, text).into_iter().collect();
        let answers = match place {
            Place::Answer(_, AnswerField::Units | AnswerField::Filler) => None,
            Place::Answer(point, _) | Place::CheckItem(point, ..) => Some(point),
            Place::Head(_)
            | Place::Evidence(..)
            | Place::Figure(..)
            | Place::School(..)
            | Place::Unit(..) => None,
        };
        if let Some(point) = answers
            && !edits.is_empty()
            && !text.is_empty()
        {
            edits.extend(self.begin(point));
        }
        edits
    }

    /// The changes of listing a new, empty material under a point.
    pub fn adding_evidence(&self, point: &PointId, row: RowId) -> Vec<Edit> {
        let answer = self.answer(point);
        let serial = answer.numbered.saturating_add(1);
        let number = format!("{:02}-{serial:02}", point.ordinal());
        let mut list = answer.evidence.clone();
        list.push(row.clone());
        let mut edits = vec![
            Edit::SetEvidence { row, from: None, to: Some(Evidence { number, ..Evidence::default() }) },
            self.list_change(point, list, serial),
        ];
        edits.extend(self.begin(point));
        edits
    }

    /// The changes of listing an existing material under one more point.
    pub fn citing_evidence(&self, point: &PointId, row: &RowId) -> Vec<Edit> {
        let answer = self.answer(point);
        if answer.evidence.contains(row) || !self.evidence.contains_key(row) {
            return Vec::new();
        }
        let mut list = answer.evidence.clone();
        list.push(row.clone());
        let mut edits = vec![self.list_change(point, list, answer.numbered)];
        edits.extend(self.begin(point));
        edits
    }

    /// The changes of taking a material off a point's list. A material that no
    /// other point lists goes with it.
    pub fn dropping_evidence(&self, point: &PointId, row: &RowId) -> Vec<Edit> {
        let answer = self.answer(point);
        if !answer.evidence.contains(row) {
            return Vec::new();
        }
        let list = answer.evidence.iter().filter(|id| *id != row).cloned().collect();
        let mut edits = vec![self.list_change(point, list, answer.numbered)];
        if self.points_citing(row).len() == 1
            && let Some(evidence) = self.evidence.get(row)
        {
            edits.push(Edit::SetEvidence { row: row.clone(), from: Some(evidence.clone()), to: None });
        }
        edits
    }

    /// The changes of moving a material `by` places down a point's list
    /// (negative: up). Numbers stay.
    pub fn moving_evidence(&self, point: &PointId, row: &RowId, by: isize) -> Vec<Edit> {
        let answer = self.answer(point);
        let mut list = answer.evidence.clone();
        let Some(from) = list.iter().position(|id| id == row) else { return Vec::new() };
        let to = from.saturating_add_signed(by).min(list.len().saturating_sub(1));
        if to == from {
            return Vec::new();
        }
        let id = list.remove(from);
        list.insert(to, id);
        vec![self.list_change(point, list, answer.numbered)]
    }

    /// The changes of adding an empty 测评点 of the user's own.
    pub fn adding_check_item(&self, point: &PointId, row: RowId) -> Vec<Edit> {
        let index = self.answer(point).check_items.len();
        let item = CheckItem { id: row, text: String::new(), finding: String::new() };
        let mut edits = vec![Edit::InsertCheckItem { point: point.clone(), index, item }];
        edits.extend(self.begin(point));
        edits
    }

    /// The changes of taking away a 测评点 of the user's own.
    pub fn dropping_check_item(&self, point: &PointId, row: &RowId) -> Vec<Edit> {
        let items = &self.answer(point).check_items;
        let found = items.iter().enumerate().find(|(_, item)| item.id == *row);
        found
            .map(|(index, item)| Edit::RemoveCheckItem { point: point.clone(), index, item: item.clone() })
            .into_iter()
            .collect()
    }

    /// The change of a point's state, if it is one.
    pub fn setting_state(&self, point: &PointId, to: State) -> Vec<Edit> {
        let from = self.answer(point).state;
        if from == to { Vec::new() } else { vec![Edit::SetState { point: point.clone(), from, to }] }
    }

    /// The changes of adding an empty row at the end of 学校数据.
    pub fn adding_school(&self, row: RowId) -> Vec<Edit> {
        let place = self.next_school_place();
        vec![Edit::SetSchool { row, from: None, to: Some(School { place, ..School::default() }) }]
    }

    /// The changes of taking a row out of 学校数据.
    pub fn dropping_school(&self, row: &RowId) -> Vec<Edit> {
        let school = self.schools.get(row);
        school
            .map(|school| Edit::SetSchool { row: row.clone(), from: Some(school.clone()), to: None })
            .into_iter()
            .collect()
    }

    /// The changes of setting a problem of 体检 aside for a reason, or of no longer
    /// doing so.
    pub fn muting(&self, problem: &MuteId, reason: Option<&str>) -> Vec<Edit> {
        let (from, to) = (self.mutes.get(problem).cloned(), reason.map(str::to_owned));
        if from == to { Vec::new() } else { vec![Edit::SetMute { problem: problem.clone(), from, to }] }
    }

    fn begin(&self, point: &PointId) -> Option<Edit> {
        let blank = self.answer(point).state == State::Blank;
        blank.then(|| Edit::SetState { point: point.clone(), from: State::Blank, to: State::Drafting })
    }

    fn list_change(&self, point: &PointId, list: Vec<RowId>, numbered: u32) -> Edit {
        let answer = self.answer(point);
        let from = (answer.evidence.clone(), answer.numbered);
        Edit::SetEvidenceList { point: point.clone(), from, to: (list, numbered) }
    }
}

/// Puts `to` where `from` stands; `false` if it does not stand there.
fn set<K: Ord + Clone, V: PartialEq + Clone>(
    map: &mut Map<K, V>,
    key: &K,
    from: Option<&V>,
    to: Option<&V>,
) -> bool {
    let fits = map.get(key) == from;
    if fits {
        match to {
            Some(value) => map.insert(key.clone(), value.clone()),
            None => map.remove(key),
        };
    }
    fits
}

/// Where two texts differ: the offset behind what they begin with in common,
/// and what of each is left before what they end with in common.
fn difference<'a>(old: &'a str, new: &'a str) -> Option<(usize, &'a str, &'a str)> {
    if old == new {
        return None;
    }
    let mut start = common(old.as_bytes().iter(), new.as_bytes().iter());
    while !(old.is_char_boundary(start) && new.is_char_boundary(start)) {
        start -= 1;
    }
    let (old_rest, new_rest) = (old.get(start..)?, new.get(start..)?);
    let mut end = common(old_rest.as_bytes().iter().rev(), new_rest.as_bytes().iter().rev());
    while !(old_rest.is_char_boundary(old_rest.len() - end)
        && new_rest.is_char_boundary(new_rest.len() - end))
    {
        end -= 1;
    }
    Some((start, old_rest.get(..old_rest.len() - end)?, new_rest.get(..new_rest.len() - end)?))
}

fn common<'a>(a: impl Iterator<Item = &'a u8>, b: impl Iterator<Item = &'a u8>) -> usize {
    a.zip(b).take_while(|(x, y)| x == y).count()
}
