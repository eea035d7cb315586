//! Which numbers of a narrative are claims on a figure. Refuses every number that
//! does not stand right behind the figure's name in the figure's unit, whose name
//! is preceded by words that it does not know, that a qualifier of the sentence
//! may make something else, that is quoted, rounded by 约 or 左右, one end of a
//! range, or followed by words that may change its sense.

use super::marks::marker;
use super::names::{Index, Name};
use super::qualifiers::Context;
use super::reader::Reader;
use super::sentences::{Sentence, plain_chars, sentences};
use crate::number::Number;

/// A number that a text gives for a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Which of the names.
    pub name: usize,
    /// In which sense.
    pub sense: Sense,
    /// The number, in the unit of the figure.
    pub number: Number,
    /// What 1 in its last place stands for.
    pub step: Number,
    /// The words in which it is given, from the name to the unit.
    pub words: String,
}

/// What a claim says of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// That it is the number.
    Is,
    /// That it is not below: 达到99%以上, 超过5000人.
    AtLeast,
    /// That it is not above: 最大为40人.
    AtMost,
}

/// How high a heading without a mark stands: above those right below it, or lowest.
const TITLE: u8 = 0;
const UNMARKED: u8 = 9;

/// The numbers that a text gives for these names. `place` is the district or city
/// whose text it is.
pub fn claims(text: &str, names: &[Name], place: &str) -> Vec<Claim> {
    let index = Index::of(names);
    let sentences = sentences(text);
    let mut found = Vec::new();
    // Most narratives name no figure, and need no reading.
    if !sentences.iter().any(|sentence| index.occurs_in(&sentence.chars)) {
        return found;
    }
    let place = plain_chars(place);
    // The headings that stand above the line, each with what it says and inherits.
    let mut headings: Vec<(u8, Context)> = Vec::new();
    // What the beginning of the line, or a line that goes on in this one, says of it.
    let mut carried: Option<Context> = None;
    let mut opens = true;
    // Whether the line before this one was a heading.
    let mut title = false;
    for sentence in &sentences {
        let above = headings.last().map_or(Context::default(), |(_, context)| *context);
        let reader = |context| Reader::new(text, sentence, &index, &place, context);
        let mut it = reader(carried.unwrap_or(above));
        it.run(&mut found);
        let marker = marker(&sentence.chars);
        let heading = opens && it.named == 0 && is_heading(sentence, marker);
        if heading && sentence.line {
            // A line without a mark is the title of the marked ones right below it.
            let rank = marker.map_or(UNMARKED, |(rank, _)| rank);
            if let Some((above, _)) = headings.last_mut().filter(|(above, _)| title && *above == UNMARKED) {
                *above = if marker.is_some() { TITLE } else { UNMARKED };
            }
            headings.retain(|(above, _)| *above < rank);
            let above = headings.last().map_or(Context::default(), |(_, context)| *context);
            headings.push((rank, reader(above).alone()));
        } else if it.ahead {
            match headings.last_mut() {
                Some((_, context)) => context.goal = true,
                None => headings.push((1, Context { goal: true, ..Context::default() })),
            }
        }
        if sentence.line && !sentence.chars.is_empty() {
            title = heading;
        }
        if sentence.line {
            carried = sentence.goes_on().then_some(it.context);
        } else if heading {
            carried = Some(reader(above).alone());
        }
        opens = sentence.line;
    }
    found
}

/// Whether a line, or its first sentence, is a heading: short, and no sentence.
fn is_heading(sentence: &Sentence, marker: Option<(u8, usize)>) -> bool {
    let length = sentence.chars.len() - marker.map_or(0, |(_, length)| length);
    let longest = if sentence.line { 30 } else { 12 };
    let broken = |c: &char| matches!(c, ',' | ';' | '.' | '%');
    (2..=longest).contains(&length) && !sentence.chars.iter().any(broken)
}
