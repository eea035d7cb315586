//! Names of figures (数据).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::IdError;

/// Names a figure of a catalogue: 1 to 60 characters of `a-z`, `0-9` and `-`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FigureId(String);

impl FigureId {
    /// Reads an id.
    ///
    /// # Errors
    /// [`IdError::Figure`] for any other character or length.
    pub fn parse(text: &str) -> Result<FigureId, IdError> {
        let allowed = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-');
        if (1..=60).contains(&text.len()) && text.bytes().all(allowed) {
            Ok(FigureId(text.to_owned()))
        } else {
            Err(IdError::Figure)
        }
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for FigureId {
    type Error = IdError;

    fn try_from(text: String) -> Result<FigureId, IdError> {
        FigureId::parse(&text)
    }
}

impl From<FigureId> for String {
    fn from(id: FigureId) -> String {
        id.0
    }
}

impl fmt::Display for FigureId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
