//! Numbers in 完成情况说明 that contradict a figure of the same point. Takes a
//! number for a claim only where nothing else can be meant: the name stands by
//! itself, the number follows at once, in the same unit, and no word makes it a
//! goal, an estimate or another year's.

use std::cmp::Ordering;

use super::{Found, Rule, Target};
use crate::assessment::State;
use crate::assessment::place::{AnswerField, Place};
use crate::catalogue::Point;
use crate::measure::{Given, Judged, Value};
use crate::number::{Number, Quotient};
use crate::points::half_width;

/// A name by which a narrative may speak of something, and what that is.
struct Known {
    name: String,
    /// What the page calls it.
    called: String,
    unit: String,
    value: Quotient,
}

/// A number that a text gives for a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Which of the names.
    pub name: usize,
    /// The number.
    pub number: Number,
    /// How many places it is given with.
    pub places: u32,
    /// The words in which it is given, from the name to the unit.
    pub words: String,
}

/// What may stand between a name and its number.
const BETWEEN: [&str; 14] =
    ["达到", "共有", "共计", "合计", "已达", "均为", "为", "是", "达", "共", "计", "有", ":", " "];
/// What may stand right before a name that speaks of the district.
const BEFORE: [&str; 6] = ["全区", "我区", "本区", "区内", "目前", "本年度"];
/// What makes a number something else, right behind it.
const VAGUE_BEHIND: [&str; 10] = ["以上", "以下", "以内", "左右", "上下", "多", "余", "~", "-", "至"];
/// What makes a number something else, anywhere in its clause.
const OTHER_SENSE: [&str; 25] = [
    "目标",
    "计划",
    "力争",
    "预计",
    "争取",
    "规划",
    "要求",
    "标准",
    "不低于",
    "不少于",
    "不超过",
    "高于",
    "低于",
    "上年",
    "去年",
    "上一年",
    "往年",
    "同比",
    "近三年",
    "全市",
    "全国",
    "市级",
    "国家",
    "约",
    "超过",
];

pub(super) fn look(found: &mut Found<'_>, judged: &[Vec<Judged>]) {
    let data = found.data;
    for (index, point) in data.catalogue.points().iter().enumerate() {
        let answer = data.assessment.answer(&point.id);
        if point.measures.is_empty() || answer.narrative.is_empty() || answer.state == State::NotApplicable {
            continue;
        }
        let known = known(found, point, judged.get(index).map_or(&[][..], Vec::as_slice));
        let names: Vec<(&str, &str)> = known.iter().map(|it| (it.name.as_str(), it.unit.as_str())).collect();
        for claim in claims(&answer.narrative, &names) {
            let Some(of) = known.get(claim.name) else { continue };
            if !agrees(of.value, &claim) {
                let place = Place::Answer(point.id.clone(), AnswerField::Narrative);
                let text =
                    format!("说明中“{}”，而{}为 {} {}", claim.words, of.called, of.value.to_text(), of.unit);
                found.add(Rule::NarrativeDiffers, Target::Point(index, Some(place)), text.trim_end());
            }
        }
    }
}

/// The names that the point's measures and figures go by.
fn known(found: &Found<'_>, point: &Point, judged: &[Judged]) -> Vec<Known> {
    let data = found.data;
    let mut known: Vec<Known> = Vec::new();
    let mut add = |name: &str, called: &str, unit: &str, value: Quotient| {
        if !name.is_empty() && !unit.is_empty() && !known.iter().any(|it| it.name == half_width(name)) {
            let (name, called) = (half_width(name), called.to_owned());
            known.push(Known { name, called, unit: unit.to_owned(), value });
        }
    };
    for (measure, judged) in point.measures.iter().zip(judged) {
        if let Some(value) = judged.exact {
            add(&measure.metric, &measure.metric, &judged.unit, value);
        }
        for id in measure.calc.figures() {
            let Some(spec) = data.catalogue.figure(id) else { continue };
            if let Given::Value(Value::Number(number), _) = data.figure(id) {
                for name in std::iter::once(&spec.name).chain(&spec.aliases) {
                    add(name, &spec.name, &spec.unit, Quotient::of(number));
                }
            }
        }
    }
    known
}

/// The numbers that a text gives for these names; each name comes with its unit.
pub fn claims(text: &str, names: &[(&str, &str)]) -> Vec<Claim> {
    let text = half_width(text);
    let mut found = Vec::new();
    for clause in clauses(&text) {
        if OTHER_SENSE.iter().any(|word| clause.contains(word)) {
            continue;
        }
        for (index, (name, unit)) in names.iter().enumerate() {
            for (at, _) in clause.match_indices(name) {
                let covered = |other: &str| {
                    other.len() > name.len()
                        && clause
                            .match_indices(other)
                            .any(|(start, _)| start <= at && at + name.len() <= start + other.len())
                };
                if names.iter().any(|(other, _)| covered(other)) {
                    continue;
                }
                let (before, behind) =
                    (clause.get(..at).unwrap_or(""), clause.get(at + name.len()..).unwrap_or(""));
                if stands_alone(before)
                    && let Some((number, places, length)) = number_behind(behind, unit)
                {
                    let words = format!("{name}{}", behind.get(..length).unwrap_or(""));
                    found.push(Claim { name: index, number, places, words });
                }
            }
        }
    }
    found
}

/// A text cut at its marks, but not within a number.
fn clauses(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    for (at, c) in text.char_indices() {
        let inside = matches!(c, ',' | '.') && digit(at.checked_sub(1)) && digit(Some(at + 1));
        if matches!(c, '。' | '；' | ';' | '\n' | '，' | ',' | '.' | '、' | '(' | ')' | '!' | '?') && !inside
        {
            found.extend(text.get(start..at));
            start = at + c.len_utf8();
        }
    }
    found.extend(text.get(start..));
    found
}

/// Whether what stands before a name in its clause leaves it as it is: nothing,
/// or words for the district itself.
fn stands_alone(before: &str) -> bool {
    let mut rest = before.trim();
    while let Some(shorter) = BEFORE.iter().find_map(|word| rest.strip_suffix(word)) {
        rest = shorter.trim_end();
    }
    rest.is_empty() || rest.ends_with([':', '“', '"'])
}

/// The number with its unit right behind a name: its value, its places, and how
/// far it goes.
fn number_behind(behind: &str, unit: &str) -> Option<(Number, u32, usize)> {
    let mut rest = behind;
    for _ in 0..3 {
        rest = BETWEEN.iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    }
    let digits: String = rest.chars().take_while(|c| c.is_ascii_digit() || matches!(c, ',' | '.')).collect();
    let number = Number::parse(&digits).ok()?;
    let tail = rest.get(digits.len()..)?.trim_start();
    let after = tail.strip_prefix(unit)?;
    if VAGUE_BEHIND.iter().any(|word| after.starts_with(word)) {
        return None;
    }
    let places = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    Some((number, u32::try_from(places).ok()?, behind.len() - after.len()))
}

/// Whether a value is what a claim says once it is rounded or cut off to the
/// claim's places.
fn agrees(value: Quotient, claim: &Claim) -> bool {
    let unit = 10_i64.pow(6_u32.saturating_sub(claim.places));
    let (below, above) = (Number::from_millionths(unit / 2), Number::from_millionths(unit));
    value.compare(claim.number.minus(below)) != Ordering::Less
        && value.compare(claim.number.plus(above)) == Ordering::Less
}
