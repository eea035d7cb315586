//! Numbers in 完成情况说明 that contradict a figure of the same point. Reads whole
//! sentences and takes a number for a claim only where they leave no other sense;
//! what it finds is a hint to a person, who may know better. Reads no more than the
//! first [`LONGEST`] characters of a narrative, and of a figure that only schools
//! have, one by one, it says nothing.

use super::{Found, Rule, Target};
use crate::assessment::place::{AnswerField, Place};
use crate::assessment::{Contribution, ContributionState, State};
use crate::catalogue::{Calc, FigureId, Point};
use crate::measure::{Given, Judged, Value, limit};
use crate::value::limit::Limit;
use crate::value::number::{Number, Quotient};

mod behind;
mod claim;
mod claims;
mod clipped;
mod headings;
mod kind;
mod marks;
mod names;
mod numbers;
mod qualifiers;
mod reader;
mod sentences;
mod tables;
mod times;
mod titles;
mod verbs;
mod vocabulary;
mod words;
mod years;

pub use claim::{Claim, Sense};
pub use claims::claims;
pub use names::Name;

/// Characters of a narrative that are read. Longer ones are no narratives.
pub const LONGEST: usize = 100_000;

/// How a claim stands against the figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contradiction {
    /// It is another number.
    Differs,
    /// It is the figure rounded, on the other side of the limit.
    Rounded,
}

/// How a claim contradicts the figure that it is on, if it does. A number agrees
/// with what it is once rounded or cut off to the places of the number, but 2 小时
/// is not what 1.5 小时 rounds to: rounding changes nothing by more than a tenth.
///
/// A number that agrees and meets the limit that the figure misses, or the other
/// way round, contradicts it nevertheless.
pub fn contradiction(claim: &Claim, value: Quotient, limit: Option<Limit>) -> Option<Contradiction> {
    let order = value.compare(claim.number);
    let half = Number::from_millionths(claim.step.millionths() / 2);
    let agrees = match claim.sense {
        Sense::AtLeast => order.is_ge(),
        Sense::AtMost => order.is_le(),
        Sense::Is => {
            let tenth = Number::from_millionths(claim.number.millionths().abs() / 10);
            let (below, above) =
                (claim.number.minus(half.min(tenth)), claim.number.plus(claim.step.min(tenth)));
            order.is_eq() || (value.compare(below).is_ge() && value.compare(above).is_lt())
        }
    };
    let over = |limit: Limit| {
        claim.sense == Sense::Is
            && limit.admits(value.compare(limit.value())) != limit.admits(claim.number.cmp(&limit.value()))
    };
    match agrees {
        false => Some(Contradiction::Differs),
        true => limit.is_some_and(over).then_some(Contradiction::Rounded),
    }
}

/// What a name stands for.
struct Known {
    value: Quotient,
    limit: Option<Limit>,
}

pub(super) fn look(found: &mut Found<'_>, judged: &[Vec<Judged>]) {
    let data = found.data;
    for (index, point) in data.catalogue.points().iter().enumerate() {
        let answer = data.assessment.answer(&point.id);
        if point.measures.is_empty() || answer.state == State::NotApplicable {
            continue;
        }
        // What units have handed in and the district has not taken over as it is.
        let returned = found.returns.to(&point.id).iter().map(|(_, it)| *it);
        let returned =
            returned.filter(|it| it.state != ContributionState::Reviewed && !it.stands_in(&answer.narrative));
        let unit = |it: &Contribution| format!("{}的回传：", data.assessment.unit_name(&it.unit));
        let mut texts = vec![(Rule::NarrativeDiffers, String::new(), answer.narrative.as_str())];
        texts.extend(returned.map(|it| (Rule::ReturnDiffers, unit(it), it.text.as_str())));
        texts.retain(|(_, _, text)| !text.is_empty());
        if texts.is_empty() {
            continue;
        }
        let (names, known) = known(found, point, judged.get(index).map_or(&[][..], Vec::as_slice));
        for (rule, whose, text) in texts {
            let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(end, _)| end);
            let text = text.get(..end).unwrap_or_default();
            for claim in claims(text, &names, &data.assessment.head.unit_name) {
                let (Some(name), Some(of)) = (names.get(claim.name), known.get(claim.name)) else { continue };
                if let Some(how) = contradiction(&claim, of.value, of.limit) {
                    let place = Place::Answer(point.id.clone(), AnswerField::Narrative);
                    let text = format!("{whose}{}", in_words(how, &claim, of, &name.unit));
                    found.add(rule, Target::Point(index, Some(place)), text);
                }
            }
        }
    }
}

/// What was found, in the words of the page.
fn in_words(how: Contradiction, claim: &Claim, of: &Known, unit: &str) -> String {
    let gap = if unit == "%" || unit.is_empty() { "" } else { " " };
    let value = format!("{}{gap}{unit}", of.value.to_text());
    match (how, of.limit) {
        (Contradiction::Rounded, Some(limit)) => {
            let reached = limit.admits(of.value.compare(limit.value()));
            let verb = if reached { "已达到" } else { "未达到" };
            let bound = format!("{}{gap}{unit}", limit.value());
            let asked = match limit.sign() {
                "≥" | "=" => bound,
                sign => format!("“{sign} {bound}”的要求"),
            };
            format!("说明中“{}”是四舍五入后的数，准确值 {value} {verb} {asked}", claim.words)
        }
        _ => format!("说明中“{}”与数据 {value} 不一致，请核对", claim.words),
    }
}

/// The names that the point's measures and figures go by, and what they stand for.
fn known(found: &Found<'_>, point: &Point, judged: &[Judged]) -> (Vec<Name>, Vec<Known>) {
    let data = found.data;
    let (mut names, mut known): (Vec<Name>, Vec<Known>) = (Vec::new(), Vec::new());
    let mut add = |text: &str, unit: &str, year: Option<u16>, value: Quotient, limit: Option<Limit>| {
        if !text.is_empty() && !names.iter().any(|it| it.text == text) {
            names.push(Name { text: text.to_owned(), unit: unit.to_owned(), year });
            known.push(Known { value, limit });
        }
    };
    let years = |ids: &[&FigureId]| -> Option<u16> {
        let mut years = ids.iter().map(|id| year_of(found, id));
        let first = years.next().unwrap_or_else(|| year_in(&data.assessment.head.year))?;
        years.all(|year| year == Some(first)).then_some(first)
    };
    for (measure, judged) in point.measures.iter().zip(judged) {
        let figures = measure.calc.figures();
        let limit = limit(measure);
        if let Some(value) = judged.exact {
            // An editor's remark is no part of the name.
            let metric = measure.metric.split('（').next().filter(|it| !it.is_empty());
            add(metric.unwrap_or(&measure.metric), &judged.unit, years(&figures), value, limit);
        }
        for id in figures {
            let Some(spec) = data.catalogue.figure(id) else { continue };
            if let Given::Value(Value::Number(number), _) = data.figure(id) {
                let limit = limit.filter(|_| matches!(&measure.calc, Calc::Figure(of) if of == id));
                for name in std::iter::once(&spec.name).chain(&spec.aliases) {
                    add(name, &spec.unit, year_of(found, id), Quotient::of(number), limit);
                }
            }
        }
    }
    (names, known)
}

/// The year of a figure: its own, or else that of the assessment.
fn year_of(found: &Found<'_>, id: &FigureId) -> Option<u16> {
    let assessment = found.data.assessment;
    let year = &assessment.figure(id).year;
    year_in(if year.trim().is_empty() { &assessment.head.year } else { year })
}

/// The year that a text names: 2023, 2023年, 2023年度.
fn year_in(text: &str) -> Option<u16> {
    let digits: String =
        crate::value::points::half_width(text.trim()).chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|year| (1900..2100).contains(year))
}
