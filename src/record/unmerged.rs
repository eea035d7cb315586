//! What a window could not store because another one had become the writer:
//! kept beside the assessment, shown field by field, and taken over or dropped
//! by a person. The program never merges two texts by itself.

use serde::Serialize;

use crate::assessment::Assessment;
use crate::assessment::edit::Edit;
use crate::value::json::object;

/// Changes that were not merged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unmerged {
    /// When they were set apart, as the person's clock said.
    pub at: String,
    /// The 填报人 in force; may be empty.
    pub by: String,
    /// Whether the splices carry whole texts, or only what was changed because
    /// nothing more was left of the window.
    pub whole: bool,
    /// What was changed.
    #[serde(serialize_with = "crate::record::wire::edits::serialize")]
    pub edits: Vec<Edit>,
}

object! { Unmerged { at, by, whole, edits } }

/// What a person can do with one of the changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adopt {
    /// Put it in place of what stands there.
    Replace,
    /// Put its text behind what stands there.
    Append,
}

impl Unmerged {
    /// The changes of a window that knows the store's state as `stored` and its
    /// own as `mine`, as far as they are not in `now`.
    pub fn between(stored: &Assessment, mine: &Assessment, now: &Assessment, edits: &[Edit]) -> Vec<Edit> {
        let whole = edits.iter().map(|edit| match edit {
            Edit::Splice { place, .. } => Edit::Splice {
                place: place.clone(),
                offset: 0,
                removed: stored.text(place).to_owned(),
                inserted: mine.text(place).to_owned(),
            },
            other => other.clone(),
        });
        whole.filter(|edit| !is_in(now, edit)).collect()
    }

    /// What the `index`-th change would do to the assessment; nothing if it is
    /// there already or cannot be done.
    pub fn adopting(&self, now: &Assessment, index: usize, how: Adopt) -> Vec<Edit> {
        match self.edits.get(index) {
            Some(Edit::Splice { place, inserted, .. }) => {
                let standing = now.text(place);
                match how {
                    Adopt::Replace if self.whole => now.typing(place, inserted),
                    _ if inserted.is_empty() => Vec::new(),
                    _ if standing.is_empty() => now.typing(place, inserted),
                    _ => now.typing(place, &format!("{standing}\n{inserted}")),
                }
            }
            Some(Edit::SetState { point, to, .. }) => now.setting_state(point, *to),
            Some(Edit::SetEvidence { row, to, .. }) => {
                let from = now.evidence.get(row).cloned();
                let differs = from != *to;
                differs
                    .then(|| Edit::SetEvidence { row: row.clone(), from, to: to.clone() })
                    .into_iter()
                    .collect()
            }
            Some(Edit::SetSchool { row, to, .. }) => {
                let from = now.schools.get(row).cloned();
                let differs = from != *to;
                differs
                    .then(|| Edit::SetSchool { row: row.clone(), from, to: to.clone() })
                    .into_iter()
                    .collect()
            }
            Some(Edit::SetContribution { row, to, .. }) => {
                let from = now.contributions.get(row).cloned();
                let differs = from != *to;
                let edit = Edit::SetContribution { row: row.clone(), from, to: to.clone() };
                differs.then_some(edit).into_iter().collect()
            }
            Some(Edit::SetMute { problem, to, .. }) => now.muting(problem, to.as_deref()),
            Some(Edit::SetEvidenceList { point, to, .. }) => {
                let answer = now.answer(point);
                let mut list = answer.evidence.clone();
                list.extend(to.0.iter().filter(|row| !answer.evidence.contains(row)).cloned());
                let from = (answer.evidence.clone(), answer.numbered);
                let to = (list, answer.numbered.max(to.1));
                let differs = from != to;
                let edit = Edit::SetEvidenceList { point: point.clone(), from, to };
                differs.then_some(edit).into_iter().collect()
            }
            Some(Edit::InsertCheckItem { point, item, .. }) => {
                let items = &now.answer(point).check_items;
                let edit =
                    Edit::InsertCheckItem { point: point.clone(), index: items.len(), item: item.clone() };
                let known = items.iter().any(|it| it.id == item.id);
                (!known).then_some(edit).into_iter().collect()
            }
            Some(Edit::RemoveCheckItem { point, item, .. }) => now.dropping_check_item(point, &item.id),
            None => Vec::new(),
        }
    }
}

/// Whether a change with whole texts has nothing to tell any more.
fn is_in(now: &Assessment, edit: &Edit) -> bool {
    match edit {
        Edit::Splice { place, inserted, .. } => now.text(place) == inserted,
        Edit::SetState { point, to, .. } => now.answer(point).state == *to,
        Edit::SetEvidence { row, to, .. } => now.evidence.get(row) == to.as_ref(),
        Edit::SetSchool { row, to, .. } => now.schools.get(row) == to.as_ref(),
        Edit::SetContribution { row, to, .. } => now.contributions.get(row) == to.as_ref(),
        Edit::SetMute { problem, to, .. } => now.mutes.get(problem) == to.as_ref(),
        Edit::SetEvidenceList { point, to, .. } => {
            let answer = now.answer(point);
            (&answer.evidence, answer.numbered) == (&to.0, to.1)
        }
        Edit::InsertCheckItem { point, item, .. } => now.answer(point).check_items.contains(item),
        Edit::RemoveCheckItem { point, item, .. } => {
            now.answer(point).check_items.iter().all(|it| it.id != item.id)
        }
    }
}
