//! What becomes of a text when its field is left: what no file can hold is
//! removed, an accepted number or date takes its usual form, and what is
//! refused stays as it was typed, with the words to show beside it.

use crate::assessment::place::{AnswerField, EvidenceField, HeadField, Place};
use crate::points::Points;
use crate::{score, text};

/// A text after its field was left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// The text to keep.
    pub text: String,
    /// How many characters had to be removed.
    pub removed: usize,
    /// Why the text is refused, if it is; it is kept all the same.
    pub fault: Option<String>,
}

/// What becomes of `raw` at `place`. `maximum` is the value of the point whose
/// score is typed, where there is one.
pub fn leave(place: &Place, raw: &str, maximum: Option<Points>) -> Left {
    let (clean, removed) = text::cleaned(raw).unwrap_or_else(|| (raw.to_owned(), 0));
    let verdict = match (place, maximum) {
        (Place::Answer(_, AnswerField::Score), Some(maximum)) => score::read(&clean, maximum)
            .map(|_| score::normalised(&clean, maximum))
            .map_err(|error| error.to_string()),
        (Place::Evidence(_, EvidenceField::FormedOn), _) => {
            text::partial_date(&clean).map_err(|error| error.to_string())
        }
        (Place::Evidence(_, EvidenceField::Pages), _) => text::pages(&clean).map_err(str::to_owned),
        (Place::Head(HeadField::Due), _) => text::full_date(&clean).map_err(|error| error.to_string()),
        _ => Ok(clean.clone()),
    };
    match verdict {
        Ok(text) => Left { text, removed, fault: None },
        Err(fault) => Left { text: clean, removed, fault: Some(fault) },
    }
}
