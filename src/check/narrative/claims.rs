//! Which numbers of a narrative are claims on a figure. Refuses every number that
//! does not stand right behind the figure's name in the figure's unit, whose name
//! is preceded by words that it does not know, that a qualifier of the sentence
//! may make something else, that is quoted, rounded by 约 or 左右, one end of a
//! range, or followed by words that may change its sense.

use super::claim::Claim;
use super::clipped::counted_twice;
use super::headings::is_heading;
use super::marks::marker;
use super::names::{Index, Name};
use super::qualifiers::Context;
use super::reader::Reader;
use super::sentences::{plain_chars, sentences};
use super::tables::{head, is_place, is_row};

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
    // The years of the table whose rows are read, and what holds for it.
    let mut table: Option<(Vec<u16>, Context)> = None;
    let mut place_above = false;
    for sentence in &sentences {
        let above = headings.last().map_or(Context::default(), |(_, context)| *context);
        let reader = |context| Reader::new(text, sentence, &index, &place, context);
        let mut it = reader(carried.unwrap_or(above));
        it.run(&mut found);
        if opens && sentence.line {
            let begun = head(&sentence.chars).filter(|_| !place_above).map(|years| (years, above));
            table = begun.or(table.filter(|_| is_row(&sentence.chars)));
            found.extend(table.as_ref().and_then(|(years, above)| reader(*above).row(years)));
        }
        if !sentence.chars.is_empty() {
            place_above = is_place(&sentence.chars);
        }
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
    for known in index.all_clipped() {
        let twice = || counted_twice(&sentences, &known.chars);
        if found.iter().any(|it| it.clipped && it.name == known.name) && twice() {
            found.retain(|it| !(it.clipped && it.name == known.name));
        }
    }
    found
}
