//! The whole of an assessment as one text: its name, and what a restore point brings
//! back.

use sha2::{Digest, Sha256};

use crate::assessment::{Assessment, State};
use crate::record::restore::{RestorePoint, Why};
use crate::record::wire::{Body, Content};
use crate::record::{RecordError, Stamp, read, write};

/// The SHA-256 of the canonical content, in lower-case hex: the name of a state.
pub fn content_hash(assessment: &Assessment) -> String {
    hash_of(&Content::of(assessment).json())
}

/// The SHA-256 of a JSON text without the white space between its tokens.
pub(super) fn hash_of(json: &str) -> String {
    let mut digest = Sha256::new();
    let (mut from, mut quoted, mut escaped) = (0, false, false);
    for (at, byte) in json.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b' ' | b'\t' | b'\n' | b'\r' if !quoted => {
                digest.update(json.as_bytes().get(from..at).unwrap_or_default());
                from = at + 1;
            }
            _ => {}
        }
    }
    digest.update(json.as_bytes().get(from..).unwrap_or_default());
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

impl RestorePoint {
    /// The row of a state.
    pub fn of(assessment: &Assessment, at: &str, why: Why) -> RestorePoint {
        let answers = || assessment.answers.values();
        let settled = |state| matches!(state, State::Complete | State::NotApplicable);
        RestorePoint {
            at: at.to_owned(),
            why,
            hash: content_hash(assessment),
            settled: answers().filter(|answer| settled(answer.state)).count(),
            characters: answers().map(|answer| answer.narrative.chars().count()).sum(),
            file: String::new(),
            to: String::new(),
            seq: 0,
        }
    }
}

/// The stored text of a state.
pub fn write_state(stamp: &Stamp, assessment: &Assessment) -> String {
    write(stamp, &Content::of(assessment))
}

/// Reads a stored state.
///
/// # Errors
/// As [`read`].
pub fn read_state(text: &str) -> Result<Assessment, RecordError> {
    read::<Content>(text).map(|(_, content)| content.back())
}
