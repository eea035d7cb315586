//! The change log: who changed what and when, with nothing cut. One entry per
//! editing run of a field, as undo counts them, and one per other action.
//!
//! An entry is written in the same transaction as the change that it tells of.
//! While a run goes on, its entry is written anew with each part of it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::assessment::Assessment;
use crate::assessment::edit::{Edit, Part};
use crate::assessment::history::RUN_PAUSE_MS;
use crate::assessment::place::{AnswerField, HeadField, Place};
use crate::record::Mark;
use crate::value::json::{names, object};

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// When it began, as the person's clock said: "2026-11-23 14:05".
    pub at: String,
    /// The 填报人 in force, of the point or else of the cover; may be empty.
    pub by: String,
    /// What kind of action it was.
    pub how: How,
    /// The file that it came from, and of whom, as a person is told; empty where it came
    /// from none. Known from version 4 of an entry on.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// The last entry of the change log in that file: what led there was seen and decided
    /// about. Known from version 5 of an entry on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub through: Option<Mark>,
    /// What was changed; undoing them in reverse leads back.
    #[serde(serialize_with = "crate::record::wire::edits::serialize")]
    pub edits: Vec<Edit>,
}

object! { Entry { at, by, how, edits; source, through } }

/// Kinds of actions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Filled in by hand.
    Filled,
    /// 撤销.
    Undone,
    /// 重做.
    Redone,
    /// Taken from the emergency journal at the next start.
    Recovered,
    /// The whole was replaced by an imported file.
    Imported,
    /// The whole was set back to a restore point.
    Restored,
    /// The whole went over to a later edition of its catalogue. Known from version 3 of
    /// an entry on.
    NewEdition,
    /// A table of schools was taken in. Known from version 3 of an entry on.
    Arrived,
    /// Changes of a file were taken in, as a person has decided. Known from version 4 of
    /// an entry on.
    Merged,
}

names! { How {
    Filled = "filled",
    Undone = "undone",
    Redone = "redone",
    Recovered = "recovered",
    Imported = "imported",
    Restored = "restored",
    NewEdition = "new-edition",
    Arrived = "arrived",
    Merged = "merged",
} }

impl How {
    /// What 历史 calls it.
    pub const fn label(self) -> &'static str {
        match self {
            How::Filled => "填写",
            How::Undone => "撤销",
            How::Redone => "重做",
            How::Recovered => "恢复未存内容",
            How::Imported => "导入替换",
            How::Restored => "恢复到还原点",
            How::NewEdition => "换用新版文本",
            How::Arrived => "导入学校数据",
            How::Merged => "合并文件",
        }
    }
}

/// An entry with its place in the order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Logged {
    /// Its place.
    pub mark: Mark,
    /// What it says.
    pub entry: Entry,
}

object! { closed Logged { mark, entry } }

/// When something was done, by two clocks.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'a> {
    /// Milliseconds of a clock that never goes backwards.
    pub ms: f64,
    /// What the person's clock says.
    pub at: &'a str,
    /// The file that a change comes from, if it comes from one.
    pub origin: Origin<'a>,
}

/// The file that a change comes from; the default where it comes from none.
#[derive(Clone, Copy, Debug, Default)]
pub struct Origin<'a> {
    /// The file and whose it is, as a person is told.
    pub source: &'a str,
    /// The last entry of the change log in the file: with this step all that led there is
    /// known here too.
    pub through: Option<&'a Mark>,
}

/// Entries that the store does not have yet, and the run that goes on.
#[derive(Clone, Debug, Default)]
pub struct Logger {
    runs: Vec<Run>,
    last: u32,
    ended: bool,
}

/// A change between texts of at most so many characters is told with both of them
/// whole: "98.5" to "98.9", not "5" to "9".
const WHOLE: usize = 40;

/// How far an entry has grown: its serial number and a count.
pub type Grown = (u32, u32);

#[derive(Clone, Debug)]
struct Run {
    serial: u32,
    /// Where typing goes on, if it is typing.
    place: Option<Place>,
    last_ms: f64,
    at: String,
    by: String,
    how: How,
    source: String,
    through: Option<Mark>,
    /// The texts that were changed, as they were before.
    texts: BTreeMap<Place, String>,
    /// What was done to these texts, once something else was done after it.
    splices: Option<Vec<Edit>>,
    /// All other changes.
    others: Vec<Edit>,
    /// Counts what joined it, to tell what the store has of it.
    grown: u32,
    stored: u32,
}

impl Logger {
    /// Takes note of `edits` that led to `after`; with `typed`, they are
    /// keystrokes there and join the run that goes on there.
    pub fn note(
        &mut self,
        after: &Assessment,
        edits: &[Edit],
        how: How,
        typed: Option<&Place>,
        moment: Moment<'_>,
    ) {
        let Some(first) = edits.first() else { return };
        let goes_on = !self.ended
            && self.runs.last().is_some_and(|run| {
                let soon = (run.last_ms..run.last_ms + RUN_PAUSE_MS).contains(&moment.ms);
                typed.is_some() && run.place.as_ref() == typed && soon
            });
        if !goes_on {
            if let Some(run) = self.runs.last_mut() {
                let splices = run.splices_to(|place| before(after, edits, place));
                run.splices.get_or_insert(splices);
            }
            self.last = self.last.saturating_add(1);
            self.ended = false;
            self.runs.push(Run {
                serial: self.last,
                place: typed.cloned(),
                last_ms: moment.ms,
                at: moment.at.to_owned(),
                by: author(after, first, |place| before(after, edits, place)),
                how,
                source: moment.origin.source.to_owned(),
                through: moment.origin.through.cloned(),
                texts: BTreeMap::new(),
                splices: None,
                others: Vec::new(),
                grown: 0,
                stored: 0,
            });
        }
        if let Some(run) = self.runs.last_mut() {
            run.last_ms = moment.ms;
            run.grown = run.grown.saturating_add(1);
            run.take(after, edits);
        }
    }

    /// Ends the run: what is typed next is an entry of its own.
    pub fn end_run(&mut self) {
        self.ended = true;
    }

    /// The entries that the store does not have as they are, with how far they
    /// have grown. `None` is a run that came to nothing.
    pub fn unstored(&self, now: &Assessment) -> Vec<(Grown, Option<Entry>)> {
        let news = self.runs.iter().filter(|run| run.grown > run.stored);
        news.map(|run| ((run.serial, run.grown), run.entry(now))).collect()
    }

    /// Takes note that entries are in the store as far as they had grown, and
    /// lets go of those that cannot grow any more.
    pub fn stored(&mut self, entries: &[Grown]) {
        for (serial, grown) in entries {
            if let Some(run) = self.runs.iter_mut().find(|run| run.serial == *serial) {
                run.stored = *grown;
            }
        }
        let open = self.runs.last().filter(|_| !self.ended).map(|run| run.serial);
        self.runs.retain(|run| run.grown > run.stored || Some(run.serial) == open);
    }
}

impl Run {
    fn take(&mut self, after: &Assessment, edits: &[Edit]) {
        for edit in edits {
            match edit {
                Edit::Splice { place, .. } => {
                    self.texts.entry(place.clone()).or_insert_with(|| before(after, edits, place));
                }
                other => self.others.push(other.clone()),
            }
        }
    }

    fn splices_to(&self, now: impl Fn(&Place) -> String) -> Vec<Edit> {
        let changed = self.texts.iter();
        changed.filter_map(|(place, before)| change(place, before, &now(place))).collect()
    }

    fn entry(&self, now: &Assessment) -> Option<Entry> {
        let splices = self.splices.clone();
        let mut edits = splices.unwrap_or_else(|| self.splices_to(|place| now.text(place).to_owned()));
        edits.extend(self.others.iter().cloned());
        let (at, by, source) = (self.at.clone(), self.by.clone(), self.source.clone());
        let through = self.through.clone();
        (!edits.is_empty()).then_some(Entry { at, by, how: self.how, source, through, edits })
    }
}

/// Up to so many characters around a change in a long text are told with it.
const AROUND: usize = 40;

/// The change of a text, as it is told; `None` if it is none. Of a long text the
/// sentences are told in which it was changed, as far as they are not too long.
fn change(place: &Place, before: &str, now: &str) -> Option<Edit> {
    let is_short = |text: &str| text.chars().nth(WHOLE).is_none();
    if before != now && is_short(before) && is_short(now) {
        let (removed, inserted) = (before.to_owned(), now.to_owned());
        return Some(Edit::Splice { place: place.clone(), offset: 0, removed, inserted });
    }
    let smallest = Edit::splice(place, before, now)?;
    Some(in_sentences(&smallest, before, now).unwrap_or(smallest))
}

/// A change with the rest of the sentences in which it begins and ends.
fn in_sentences(smallest: &Edit, before: &str, now: &str) -> Option<Edit> {
    let Edit::Splice { place, offset, removed, inserted } = smallest else { return None };
    let (lead, tail) = (before.get(..*offset)?, before.get(offset + removed.len()..)?);
    let lead: usize =
        lead.chars().rev().take(AROUND).take_while(|c| !ENDS.contains(*c)).map(char::len_utf8).sum();
    let mut near = tail.char_indices().take(AROUND);
    let sentence = near.find(|(_, c)| ENDS.contains(*c)).map(|(at, c)| at + c.len_utf8());
    let behind = sentence.unwrap_or_else(|| tail.chars().take(AROUND).map(char::len_utf8).sum());
    let from = offset - lead;
    Some(Edit::Splice {
        place: place.clone(),
        offset: from,
        removed: before.get(from..offset + removed.len() + behind)?.to_owned(),
        inserted: now.get(from..offset + inserted.len() + behind)?.to_owned(),
    })
}

/// What ends a sentence.
const ENDS: &str = "。！？；\n";

/// The text at a place before edits that led to `after`.
fn before(after: &Assessment, edits: &[Edit], at: &Place) -> String {
    let mut text = after.text(at).to_owned();
    for edit in edits.iter().rev() {
        if let Edit::Splice { place, offset, removed, inserted } = edit
            && place == at
            && text.get(*offset..offset.saturating_add(inserted.len())) == Some(inserted)
        {
            text.replace_range(*offset..offset + inserted.len(), removed);
        }
    }
    text
}

/// The 填报人 of the point that is changed, or else 填表人 of the cover, as they
/// were before: whoever enters another name is still the one before.
fn author(after: &Assessment, edit: &Edit, text: impl Fn(&Place) -> String) -> String {
    let point = match edit.part() {
        Part::Answer(point) => Some(point),
        Part::Evidence(row) => after.points_citing(&row).first().copied().cloned(),
        Part::Head | Part::Figure(_) | Part::School(_) | Part::Mute(_) | Part::Unit(_) => None,
        Part::Contribution(row) => after.contributions.get(&row).and_then(|it| it.point.clone()),
    };
    let of_point = point.map(|point| text(&Place::Answer(point, AnswerField::Filler))).unwrap_or_default();
    match of_point.trim() {
        "" => text(&Place::Head(HeadField::Filler)),
        name => name.to_owned(),
    }
}
