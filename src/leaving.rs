//! What becomes of a text when its field is left: what no file can hold is
//! removed, an accepted number or date takes its usual form, and what is
//! refused stays as it was typed, with the words to show beside it.

use crate::assessment::place::{AnswerField, FigureField, HeadField, Place, UnitField};
use crate::catalogue::Catalogue;
use crate::value::text;
use crate::{measure, score};

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

/// What becomes of `raw` at `place`; the catalogue says what a score or a figure
/// may be.
pub fn leave(place: &Place, raw: &str, catalogue: &Catalogue) -> Left {
    let (clean, removed) = text::cleaned(raw).unwrap_or_else(|| (raw.to_owned(), 0));
    let verdict = match place {
        Place::Answer(point, AnswerField::Score) => {
            match catalogue.point(point).and_then(|(_, it)| it.points) {
                Some(maximum) => score::read(&clean, maximum)
                    .map(|_| score::normalised(&clean, maximum))
                    .map_err(|error| error.to_string()),
                None => Ok(clean.clone()),
            }
        }
        Place::Figure(id, FigureField::Raw) => match catalogue.figure(id) {
            Some(spec) => measure::read(spec, &clean)
                .map(|_| measure::normalised(spec, &clean))
                .map_err(|error| error.to_string()),
            None => Ok(clean.clone()),
        },
        Place::School(_, column) => {
            column.read(&clean).map(|_| column.normalised(&clean)).map_err(|error| error.to_string())
        }
        Place::Evidence(_, field) => field.kept(&clean),
        Place::Head(HeadField::Year) => text::year(&clean).map_err(str::to_owned),
        Place::Head(HeadField::Due) | Place::Unit(_, UnitField::Due) => {
            text::full_date(&clean).map_err(|error| error.to_string())
        }
        _ => Ok(clean.clone()),
    };
    match verdict {
        Ok(text) => Left { text, removed, fault: None },
        Err(fault) => Left { text: clean, removed, fault: Some(fault) },
    }
}
