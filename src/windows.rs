//! What windows that have the same assessment open say to each other. Only
//! hints travel: who may write is decided by the store (see [`crate::store`]),
//! and a word that is lost costs time, never text.

use serde::{Deserialize, Serialize};

use crate::assessment::AssessmentId;

/// One message, about one assessment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// The assessment.
    pub assessment: AssessmentId,
    /// What it says.
    pub word: Word,
}

/// What a window says about an assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Word {
    /// Is anybody writing it?
    WhoWrites,
    /// I am.
    IWrite,
    /// I have written something.
    Written,
    /// Store what you have and let me write it.
    HandOver,
    /// I have stored everything and do not write any more.
    HandedOver,
    /// I have become its writer.
    TakenOver,
    /// I am closing.
    Gone,
}

impl Message {
    /// Its text.
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The message that a text holds, if it holds one of this version.
    pub fn parse(text: &str) -> Option<Message> {
        serde_json::from_str(text).ok()
    }
}
