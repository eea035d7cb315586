//! The emergency journal: what a page could not hand to the store any more, as
//! edits, with the state of each part that they begin at. A record is written
//! whole, so a part is in exactly one of the states that the journal names: the
//! one before a write that was under way, the one after it, or the last one.
//! Where it is in none of them, somebody else has written meanwhile, and the
//! edits are kept apart.

use serde::Serialize;

use crate::assessment::edit::{Edit, Part};
use crate::assessment::history::apply_all;
use crate::assessment::{Assessment, ReplicaId};
use crate::record::{CRC, part_body};
use crate::value::json::object;

/// What was not acknowledged when the page had to go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Journal {
    /// The copy that was edited.
    pub replica: ReplicaId,
    /// When it was kept, as the person's clock said; for display alone.
    pub kept: String,
    /// The 填报人 in force.
    pub author: String,
    /// The parts that were not acknowledged.
    pub parts: Vec<Pending>,
}

/// The unacknowledged changes of one part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pending {
    /// What was on its way to the store, then what was done since.
    pub stages: Vec<Stage>,
    /// The sum of the part when all of it is done.
    pub after: String,
}

/// Edits that belong together, and where they begin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stage {
    /// The sum of the part that they begin at.
    pub before: String,
    /// What was changed.
    #[serde(serialize_with = "crate::record::wire::edits::serialize")]
    pub edits: Vec<Edit>,
}

object! { closed Journal { replica, kept, author, parts } }
object! { closed Pending { stages, after } }
object! { closed Stage { before, edits } }

/// What a journal tells that the store does not know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// Edits that continue what is stored.
    pub edits: Vec<Edit>,
    /// Edits of parts that somebody else has changed since.
    pub unmerged: Vec<Edit>,
}

impl Journal {
    /// The journal of parts that differ between the states that a page knows:
    /// `stored`, what is on its way to the store (`sent`; of parts that are not,
    /// it has what is stored), and `now`.
    pub fn new(
        replica: ReplicaId,
        kept: String,
        parts: impl IntoIterator<Item = Part>,
        [stored, sent, now]: [&Assessment; 3],
    ) -> Journal {
        let pending = parts.into_iter().filter_map(|part| {
            let stage = |from: &Assessment, to: &Assessment| {
                let edits = from.edits_to(to, &part);
                (!edits.is_empty()).then(|| Stage { before: sum_of(from, &part), edits })
            };
            let stages: Vec<Stage> = [stage(stored, sent), stage(sent, now)].into_iter().flatten().collect();
            (!stages.is_empty()).then(|| Pending { stages, after: sum_of(now, &part) })
        });
        Journal { replica, kept, author: now.head.cover.filler.clone(), parts: pending.collect() }
    }

    /// Its text.
    pub fn write(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The journal that a text holds, if it holds one. `None` too if it says more than
    /// this program would write of it: it is of a later one, which is to take it up.
    pub fn read(text: &str) -> Option<Journal> {
        serde_json::from_str(text).ok().filter(|journal: &Journal| journal.write() == text)
    }

    /// What it tells that is not stored. Nothing, if it is of another copy.
    pub fn news(&self, replica: &ReplicaId, stored: &Assessment) -> News {
        let mut news = News::default();
        if self.replica != *replica {
            return news;
        }
        for pending in &self.parts {
            let Some(part) = pending.stages.iter().find_map(|it| it.edits.first()).map(Edit::part) else {
                continue;
            };
            let standing = sum_of(stored, &part);
            if standing == pending.after {
                continue;
            }
            let left = pending.stages.iter().position(|stage| stage.before == standing);
            let stages = pending.stages.get(left.unwrap_or_default()..).unwrap_or_default();
            let edits: Vec<Edit> = stages.iter().flat_map(|stage| stage.edits.clone()).collect();
            let fits = left.is_some() && apply_all(&mut stored.clone(), &edits).is_ok();
            let kind = if fits { &mut news.edits } else { &mut news.unmerged };
            kind.extend(edits);
        }
        news
    }
}

/// What tells one state of a part from all others.
fn sum_of(assessment: &Assessment, part: &Part) -> String {
    match part_body(assessment, part) {
        Some((_, body)) => format!("{:x}-{:08x}", body.len(), CRC.checksum(body.as_bytes())),
        None => String::new(),
    }
}
