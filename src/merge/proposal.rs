//! What taking a file in would change, with what a person has decided of it so far.

use super::{Change, Decision, Outcome, Subject, Taken, find, take};
use crate::assessment::edit::Edit;
use crate::assessment::history::apply_all;
use crate::assessment::place::{AnswerField, Place};
use crate::assessment::returning::{Return, ReturnStanding};
use crate::assessment::{Assessment, RowId};
use crate::record::Mark;
use crate::school::Column;
use crate::value::map::Map;

/// A file that waits for its decisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The file and whose it is, as a person is told.
    pub source: String,
    /// Whether the state that both sides come from is known. Where it is not, nobody can
    /// say who has changed what, and everything that differs is decided by the person.
    pub base_known: bool,
    /// What was not taken from the file, as sentences.
    pub remarks: Vec<String>,
    /// The last entry of the change log in the file, if it has one.
    pub through: Option<Mark>,
    /// What is kept of a unit's return beside the district's own texts, whatever is decided
    /// of those.
    pub returned: Option<Return>,
    base: Assessment,
    theirs: Assessment,
    changes: Vec<(Change, Option<Decision>)>,
    /// Materials that come in under the same 材料名称 and 文号 as one that is here, and schools
    /// under the same 学校名称 and 学段: which one.
    twins: Vec<(RowId, RowId)>,
    /// Texts of the person's own, which stay whatever is decided afterwards.
    drafts: Vec<(Subject, String)>,
}

/// How many changes stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Only they have changed it.
    pub theirs: usize,
    /// Of these, what they have emptied or removed.
    pub gone: usize,
    /// Only here it was changed.
    pub ours: usize,
    /// Both changed it alike.
    pub alike: usize,
    /// Both changed it without touching each other.
    pub merged: usize,
    /// What is kept beside the district's text, see [`Proposal::is_kept_beside`].
    pub beside: usize,
    /// Both changed it differently.
    pub conflicts: usize,
    /// Of these, what is not decided yet.
    pub undecided: usize,
}

impl Proposal {
    /// What bringing `theirs` into `ours` would change. Without a base nothing is proposed.
    pub fn new(
        source: String,
        base: Option<Assessment>,
        theirs: Assessment,
        ours: &Assessment,
        remarks: Vec<String>,
    ) -> Proposal {
        let base_known = base.is_some();
        let base = base.unwrap_or_else(|| ours.clone());
        let mut proposal = Proposal {
            source,
            base_known,
            remarks,
            through: None,
            returned: None,
            base,
            theirs,
            changes: Vec::new(),
            twins: Vec::new(),
            drafts: Vec::new(),
        };
        proposal.look_at(ours);
        proposal
    }

    /// The same of what a unit has returned.
    #[must_use]
    pub fn returned_by(self, returned: Option<Return>, ours: &Assessment) -> Proposal {
        let mut proposal = Proposal { returned, changes: Vec::new(), ..self };
        proposal.look_at(ours);
        proposal
    }

    /// The changes with their decisions, in the order in which they are shown.
    pub fn changes(&self) -> &[(Change, Option<Decision>)] {
        &self.changes
    }

    /// The state that comes in.
    pub const fn theirs(&self) -> &Assessment {
        &self.theirs
    }

    /// The state that both come from, or what stands in for it.
    pub const fn base(&self) -> &Assessment {
        &self.base
    }

    /// Looks anew at what is here; what was decided of a change stays decided while both
    /// sides say the same of it.
    pub fn look_at(&mut self, ours: &Assessment) {
        let known = std::mem::take(&mut self.changes);
        let mut changes = find(&self.base, &self.theirs, ours);
        if !self.base_known {
            // What stands in for the base is what was here when the file came.
            let open = |change: &&mut Change| !matches!(change.outcome, Outcome::Ours | Outcome::Alike);
            changes.iter_mut().filter(open).for_each(|change| change.outcome = Outcome::Conflict);
        }
        self.twins = changes.iter().filter_map(|change| twin(change, &self.theirs, ours)).collect();
        let beside = |change: &Change| self.is_kept_beside(change);
        let doubled = |change: &Change| self.twin(change).is_some();
        let decided = |change: &Change| {
            let same = known.iter().find(|(it, _)| {
                it.subject == change.subject && it.theirs == change.theirs && it.ours == change.ours
            });
            let known = self.returned.as_ref().is_some_and(|it| it.standing != ReturnStanding::New);
            let proposed = || match () {
                // What came before is not asked about again.
                () if known || beside(change) => Some(Decision::Ours),
                // Whether it is the same one is for a person to say.
                () if doubled(change) => None,
                () => change.proposed(),
            };
            same.map_or_else(proposed, |(_, decision)| decision.clone())
        };
        self.changes = changes
            .into_iter()
            .map(|change| {
                let decision = decided(&change);
                (change, decision)
            })
            .collect();
    }

    /// Decides about a change as it was proposed.
    pub fn propose(&mut self, index: usize) {
        if let Some((change, decided)) = self.changes.get_mut(index) {
            *decided = change.proposed();
        }
    }

    /// Decides about a change.
    pub fn decide(&mut self, index: usize, decision: Option<Decision>) {
        let Some((change, decided)) = self.changes.get_mut(index) else { return };
        let subject = change.subject.clone();
        decided.clone_from(&decision);
        match (&subject, &decision) {
            (_, Some(Decision::Text(text))) => {
                self.drafts.retain(|(of, _)| *of != subject);
                self.drafts.push((subject, text.clone()));
            }
            // A material that is not taken cannot be listed, and one that is listed is taken.
            (Subject::Material(row), _) => {
                self.follow(&decision, |it| matches!(it, Subject::Listing(_, of) if of == row))
            }
            (Subject::Listing(_, row), Some(Decision::Theirs)) => {
                self.follow(&decision, |it| matches!(it, Subject::Material(of) if of == row));
            }
            _ => {}
        }
    }

    /// Decides alike about what only they have and what hangs together with it.
    fn follow(&mut self, decision: &Option<Decision>, with: impl Fn(&Subject) -> bool) {
        for (change, decided) in &mut self.changes {
            if with(&change.subject) && change.ours.is_none() {
                decided.clone_from(decision);
            }
        }
    }

    /// The person's own text for a change, also where something else was decided since.
    pub fn draft(&self, subject: &Subject) -> Option<&str> {
        self.drafts.iter().find(|(of, _)| of == subject).map(|(_, text)| text.as_str())
    }

    /// How many changes stand how.
    pub fn count(&self) -> Count {
        let mut count = Count::default();
        for (change, decision) in &self.changes {
            match change.outcome {
                _ if self.is_kept_beside(change) => count.beside += 1,
                Outcome::Theirs => count.theirs += 1,
                Outcome::Ours => count.ours += 1,
                Outcome::Alike => count.alike += 1,
                Outcome::Merged(_) => count.merged += 1,
                Outcome::Conflict => count.conflicts += 1,
            }
            count.gone += usize::from(change.is_gone());
            count.undecided += usize::from(decision.is_none());
        }
        count
    }

    /// The material that is here under the same 材料名称 and 文号 as one that comes in, or the
    /// row of 学校数据 under the same 学校名称 and 学段.
    pub fn twin(&self, change: &Change) -> Option<&RowId> {
        let (Subject::Material(row) | Subject::Listing(_, row) | Subject::School(row)) = &change.subject
        else {
            return None;
        };
        self.twins.iter().find(|(theirs, _)| theirs == row).map(|(_, ours)| ours)
    }

    /// Where a material is the one that is here, its points list that one.
    fn cite_twins(&self, ours: &Assessment, taken: &mut Taken) {
        let same = |change: &Change, decision: &Option<Decision>| {
            self.twin(change).filter(|_| *decision == Some(Decision::Ours))
        };
        let mut after = ours.clone();
        let fits = taken.edits.iter().all(|edit| after.apply(edit).is_ok());
        for (change, decision) in self.changes.iter().filter(|_| fits) {
            if let (Subject::Listing(point, _), Some(twin)) = (&change.subject, same(change, decision)) {
                let edits = after.citing_evidence(point, twin);
                for edit in &edits {
                    // It fits, because it was made for this state.
                    let _ = after.apply(edit);
                }
                taken.edits.extend(edits);
            }
        }
        let is_twin = |row: &RowId| self.twins.iter().any(|(theirs, _)| theirs == row);
        taken.left.retain(|edit| match edit {
            Edit::SetEvidence { row, .. } => !is_twin(row),
            Edit::SetEvidenceList { from, to, .. } => {
                let more = to.0.iter().any(|row| !from.0.contains(row) && !is_twin(row));
                more || from.0.iter().any(|row| !to.0.contains(row))
            }
            _ => true,
        });
    }

    /// Whether a change is about what a unit says of a point that several units answer. It is
    /// kept as the unit says it, and so it is the same in whatever order they hand in.
    pub fn is_kept_beside(&self, change: &Change) -> bool {
        use AnswerField::{Deduction, Narrative, Score, Waiver};
        let Subject::Text(Place::Answer(point, Narrative | Score | Deduction | Waiver)) = &change.subject
        else {
            return false;
        };
        let shared = self.returned.as_ref().is_some_and(|it| it.shared.contains(point));
        shared && !matches!(change.outcome, Outcome::Ours | Outcome::Alike)
    }

    /// How many changes would be made here.
    pub fn will_change(&self) -> usize {
        let made = |(change, decision): &&(Change, Option<Decision>)| match decision {
            None | Some(Decision::Ours) => false,
            Some(Decision::Theirs) => true,
            Some(Decision::Both) => change.ours != Some(change.both()),
            Some(Decision::Text(text)) => change.ours.as_ref() != Some(text),
        };
        self.changes.iter().filter(made).count()
    }

    /// What becomes of `ours` as it was decided.
    pub fn take(&self, ours: &Assessment) -> Taken {
        let changes: Vec<Change> = self.changes.iter().map(|(change, _)| change.clone()).collect();
        let mut taken = take(&self.base, ours, &self.theirs, &changes, |index| {
            self.changes.get(index).and_then(|(_, decision)| decision.clone())
        });
        self.cite_twins(ours, &mut taken);
        // What a unit says of a point that others answer too is kept beside the district's
        // text, and its state with it.
        if let Some(returned) = &self.returned {
            let is_kept = |place: &Place| match place {
                Place::Answer(point, _) => returned.shared.contains(point),
                _ => false,
            };
            taken.left.retain(|edit| match edit {
                Edit::Splice { place, .. } => !is_kept(place),
                Edit::SetState { point, .. } => !returned.shared.contains(point),
                _ => true,
            });
        }
        taken.edits.extend(self.returned.iter().flat_map(|it| it.edits(ours)));
        if let Some(returned) = &self.returned {
            let asking = asking_for_added(ours, &taken.edits, returned);
            taken.edits.extend(asking);
        }
        taken
    }
}

/// The changes of asking a unit for the schools that it has added, if it is asked for some by
/// themselves: the next time it gets them too.
fn asking_for_added(ours: &Assessment, edits: &[Edit], returned: &Return) -> Vec<Edit> {
    let added = edits.iter().filter_map(|edit| match edit {
        Edit::SetSchool { row, from: None, to: Some(_) } => Some(row.clone()),
        _ => None,
    });
    let added: Vec<RowId> = added.collect();
    let by_rows = ours.units.get(&returned.unit).is_some_and(|unit| !unit.data().1.rows.is_empty());
    if added.is_empty() || !by_rows {
        return Vec::new();
    }
    let mut after = ours.clone();
    if apply_all(&mut after, edits).is_err() {
        return Vec::new();
    }
    after.asking_for_schools(&added, Some(after.unit_name(&returned.unit)))
}

/// The row that comes in and the one that is here under the same names.
fn twin(change: &Change, theirs: &Assessment, ours: &Assessment) -> Option<(RowId, RowId)> {
    if change.ours.is_some() || change.base.is_some() {
        return None;
    }
    let found = match &change.subject {
        Subject::Material(row) => {
            namesake(row, &theirs.evidence, &ours.evidence, |it| [&it.title, &it.doc_no])
        }
        Subject::School(row) => namesake(row, &theirs.schools, &ours.schools, |it| {
            [Column::Name, Column::Stage].map(|column| it.text(column))
        }),
        _ => None,
    };
    found.map(|(theirs, ours)| (theirs.clone(), ours.clone()))
}

fn namesake<'a, T>(
    row: &'a RowId,
    theirs: &'a Map<RowId, T>,
    ours: &'a Map<RowId, T>,
    names: impl Fn(&'a T) -> [&'a str; 2],
) -> Option<(&'a RowId, &'a RowId)> {
    let plain = |text: &str| text.split_whitespace().collect::<String>();
    let called = |it: &'a T| names(it).map(plain);
    let name = called(theirs.get(row)?);
    let found = ours.iter().find(|(_, it)| called(it) == name)?;
    (!name[0].is_empty()).then_some((row, found.0))
}
