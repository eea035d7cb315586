//! What the measures demanded in earlier versions of the program, so that whoever opens
//! work under new rules is told which of them have changed. `indicators/rules.txt` has
//! a short hash of every measure for each set of rules that was shipped: a line with the
//! catalogue and the hash of its rules, then one for each measure, set in.

use std::collections::BTreeMap;

use super::{Catalogue, Measure, PointId, hash};

/// What was shipped, today's rules too.
pub const HISTORY: &str = include_str!("../../indicators/rules.txt");

/// A measure that demands something else than before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleChange {
    /// The measure.
    pub measure: String,
    /// Its point; `None` for a measure that is there no more.
    pub point: Option<PointId>,
    /// What became of it.
    pub what: What,
}

/// What became of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// There was none.
    Added,
    /// It demands something else.
    Changed,
    /// It is there no more.
    Removed,
}

impl What {
    /// In the words of the page.
    pub const fn label(self) -> &'static str {
        match self {
            What::Added => "新增",
            What::Changed => "有改动",
            What::Removed => "取消",
        }
    }
}

/// Which measures of a catalogue demand something else than under the rules of this
/// hash. `None` if `history` (as [`HISTORY`]) does not know that hash, so that nobody
/// can tell.
pub fn changed_since(history: &str, catalogue: &Catalogue, rules_hash: &str) -> Option<Vec<RuleChange>> {
    let before = rules_of(history, catalogue.id.as_str(), rules_hash)?;
    let mut changes = Vec::new();
    let now = || catalogue.points().iter().flat_map(|point| point.measures.iter().map(move |it| (point, it)));
    for (point, measure) in now() {
        let what = match before.get(measure.id.as_str()) {
            None => What::Added,
            Some(known) if **known != short_hash(measure) => What::Changed,
            Some(_) => continue,
        };
        changes.push(RuleChange { measure: measure.id.clone(), point: Some(point.id.clone()), what });
    }
    let gone = before.keys().filter(|id| now().all(|(_, it)| it.id != **id));
    let removed = |id: &&str| RuleChange { measure: (*id).to_owned(), point: None, what: What::Removed };
    changes.extend(gone.map(removed));
    Some(changes)
}

/// The measures of a set of rules with their hashes; `None` if it was never shipped.
pub fn rules_of<'a>(
    history: &'a str,
    catalogue: &str,
    rules_hash: &str,
) -> Option<BTreeMap<&'a str, &'a str>> {
    let head = |line: &str| line.split_once(' ') == Some((catalogue, rules_hash));
    let mut lines = history.lines().skip_while(|line| !head(line));
    lines.next()?;
    Some(lines.map_while(|line| line.strip_prefix("  ")?.split_once(' ')).collect())
}

/// What names the demand of a measure, short enough to be kept for every one.
pub fn short_hash(measure: &Measure) -> String {
    hash::measure(measure).chars().take(8).collect()
}
