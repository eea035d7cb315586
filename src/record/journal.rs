//! The emergency journal as text: records that the store has not acknowledged,
//! with the place in the order of states that they would have had. It is taken
//! up only by the copy that kept it, and only if the store does not know it.

use serde::{Deserialize, Serialize};

use crate::assessment::ReplicaId;
use crate::record::Changes;

/// Records on their way to the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Journal {
    /// The copy whose records these are.
    pub replica: ReplicaId,
    /// The `seq` that writing them would have given.
    pub seq: u64,
    /// When it was kept, as the person's clock said; for display alone.
    pub kept: String,
    /// Key and text of each record; `None` removes one.
    pub records: Vec<(String, Option<String>)>,
}

impl Journal {
    /// A journal of changes that are not stored yet.
    pub fn new(replica: ReplicaId, seq: u64, kept: String, changes: Changes) -> Journal {
        let records = changes.into_iter().map(|(key, text)| (key.to_text(), text)).collect();
        Journal { replica, seq, kept, records }
    }

    /// Its text.
    pub fn write(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The journal that a text holds, if it holds one.
    pub fn read(text: &str) -> Option<Journal> {
        serde_json::from_str(text).ok()
    }

    /// Whether it tells something that a store at `seq` of `replica` does not know.
    pub fn is_news_to(&self, replica: &ReplicaId, seq: u64) -> bool {
        self.replica == *replica && self.seq > seq && !self.records.is_empty()
    }

    /// The stored records with those of the journal in their place.
    pub fn laid_over(&self, stored: &[(String, String)]) -> Vec<(String, String)> {
        let ours = |key: &str| self.records.iter().any(|(name, _)| name == key);
        let kept = stored.iter().filter(|(key, _)| !ours(key)).cloned();
        let news = self.records.iter().filter_map(|(key, text)| Some((key.clone(), text.clone()?)));
        kept.chain(news).collect()
    }
}
