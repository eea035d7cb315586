//! What windows that have the same assessment open say to each other. Only
//! hints travel: who may write is decided by the store (see [`crate::store`]),
//! and a word that is lost costs time, never text.

use serde::Serialize;

use crate::assessment::AssessmentId;
use crate::value::json::{self, names, object};

/// One message, about one assessment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Message {
    /// The assessment.
    pub assessment: AssessmentId,
    /// What it says.
    pub word: Word,
}

object! { closed Message { assessment, word } }

/// What a window says about an assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

names! { Word {
    WhoWrites = "who-writes",
    IWrite = "i-write",
    Written = "written",
    HandOver = "hand-over",
    HandedOver = "handed-over",
    TakenOver = "taken-over",
    Gone = "gone",
} }

impl Message {
    /// Its text.
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The message that a text holds, if it holds one of this version.
    pub fn parse(text: &str) -> Option<Message> {
        json::read(text).ok()
    }
}
