//! What the measures demanded in earlier versions of the program, so that whoever opens
//! work under new rules is told which of them have changed. `indicators/rules.json` has
//! a short hash of every measure for each set of rules that was shipped.

use std::collections::BTreeMap;

use super::{Catalogue, Measure, PointId, hash};

/// By catalogue, by the hash of its rules, by measure.
type History = BTreeMap<String, BTreeMap<String, BTreeMap<String, String>>>;

/// What was shipped; the last of each catalogue is today's.
pub const HISTORY: &str = include_str!("../../indicators/rules.json");

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
    let history: History = serde_json::from_str(history).ok()?;
    let before = history.get(catalogue.id.as_str())?.get(rules_hash)?;
    let mut changes = Vec::new();
    let now = || catalogue.points().iter().flat_map(|point| point.measures.iter().map(move |it| (point, it)));
    for (point, measure) in now() {
        let what = match before.get(&measure.id) {
            None => What::Added,
            Some(known) if *known != short_hash(measure) => What::Changed,
            Some(_) => continue,
        };
        changes.push(RuleChange { measure: measure.id.clone(), point: Some(point.id.clone()), what });
    }
    let gone = before.keys().filter(|id| now().all(|(_, it)| it.id != **id));
    let removed = |id: &String| RuleChange { measure: id.clone(), point: None, what: What::Removed };
    changes.extend(gone.map(removed));
    Some(changes)
}

/// What names the demand of a measure, short enough to be kept for every one.
pub fn short_hash(measure: &Measure) -> String {
    hash::measure(measure).chars().take(8).collect()
}
