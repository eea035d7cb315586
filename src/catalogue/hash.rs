//! The three identities of a catalogue.
//!
//! Each is the SHA-256, in lowercase hex, of compact JSON in UTF-8: object keys
//! in the order of the structs below, no blanks, `"`, `\` and control characters
//! escaped as `serde_json` does and nothing else, text exactly as shipped (no
//! Unicode normalisation), values as the shortest decimal in a string or `null`.
//! Files rest on these forms for years: a form never changes. A new one gets a
//! new name in `form`, and stands beside the old; what only documents have that could
//! not be told before is left out of all others.

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Catalogue, Grade, Group, Measure, MeasureKind, Point, PointMark, PrintedValue, Scope, Source};
use crate::value::limit::Op;
use crate::value::points::Points;

/// Structure and official text. Groups in document order, each with the points
/// that it holds itself.
#[derive(Serialize)]
struct TextForm<'a> {
    form: &'static str,
    title: &'a str,
    groups: Vec<GroupForm<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    rules: &'a [String],
    #[serde(skip_serializing_if = "<[Grade]>::is_empty")]
    grades: &'a [Grade],
}

#[derive(Serialize)]
struct GroupForm<'a> {
    level: usize,
    no: &'a str,
    title: &'a str,
    text: &'a str,
    points: Vec<PointForm<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a PrintedValue>,
}

/// `no` is empty where the numbers are the editor's.
#[derive(Serialize)]
struct PointForm<'a> {
    no: &'a str,
    title: &'a str,
    text: &'a str,
    points: Option<Points>,
    units: &'a [String],
    #[serde(flatten)]
    beside: Beside<'a>,
    #[serde(skip_serializing_if = "str::is_empty")]
    rule: &'a str,
}

/// What sets a point apart, left out where nothing does.
#[derive(Serialize)]
struct Beside<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    mark: Option<PointMark>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a PrintedValue>,
}

impl<'a> Beside<'a> {
    const fn of(point: &'a Point) -> Beside<'a> {
        Beside { mark: point.mark, value: point.value.as_ref() }
    }
}

/// The wording of one point; `above` is outermost first.
#[derive(Serialize)]
struct WordingForm<'a> {
    form: &'static str,
    above: Vec<Words<'a>>,
    point: Words<'a>,
}

#[derive(Serialize)]
struct Words<'a> {
    title: &'a str,
    text: &'a str,
}

/// What is computed, for every point.
#[derive(Serialize)]
struct RulesForm<'a> {
    form: &'static str,
    points: Vec<PointRules<'a>>,
}

#[derive(Serialize)]
struct PointRules<'a> {
    ordinal: u16,
    points: Option<Points>,
    measures: Vec<Rule<'a>>,
    #[serde(flatten)]
    beside: Beside<'a>,
}

#[derive(Serialize)]
struct Rule<'a> {
    id: &'a str,
    metric: &'a str,
    op: Op,
    value: Option<&'a str>,
    compared_with: &'a str,
    unit: &'a str,
    stage: &'a str,
    scope: Scope,
    numerator: &'a str,
    denominator: &'a str,
    kind: MeasureKind,
    derived: bool,
    source: Source,
}

/// See [`Catalogue::text_hash`].
pub(super) fn text(catalogue: &Catalogue) -> String {
    let groups =
        catalogue.groups.iter().enumerate().map(|(index, group)| group_form(catalogue, index, group));
    sha256(&TextForm {
        form: "zhidu-catalogue-text-1",
        title: &catalogue.title,
        groups: groups.collect(),
        rules: &catalogue.rules,
        grades: &catalogue.grades,
    })
}

/// See [`Catalogue::point_hash`].
pub(super) fn point(catalogue: &Catalogue, index: usize) -> String {
    let Some(point) = catalogue.points.get(index) else {
        return String::new();
    };
    let above = catalogue.ancestors(index);
    sha256(&WordingForm {
        form: "zhidu-point-text-1",
        above: above.iter().map(|group| Words { title: &group.title, text: &group.text }).collect(),
        point: Words { title: &point.title, text: &point.text },
    })
}

/// See [`Catalogue::rules_hash`].
pub(super) fn rules(catalogue: &Catalogue) -> String {
    let points = catalogue.points.iter().map(|point| PointRules {
        ordinal: point.ordinal,
        points: point.points,
        measures: point.measures.iter().map(rule).collect(),
        beside: Beside::of(point),
    });
    sha256(&RulesForm { form: "zhidu-catalogue-rules-1", points: points.collect() })
}

/// The demand of one measure, as [`rules`] has it.
pub(super) fn measure(measure: &Measure) -> String {
    sha256(&rule(measure))
}

fn group_form<'a>(catalogue: &'a Catalogue, index: usize, group: &'a Group) -> GroupForm<'a> {
    let points = catalogue.points.get(group.points.clone()).unwrap_or_default();
    let own = points.iter().filter(|point| point.group == index);
    GroupForm {
        level: group.level,
        no: &group.no,
        title: &group.title,
        text: &group.text,
        points: own.map(|point| point_form(catalogue, point)).collect(),
        value: group.value.as_ref(),
    }
}

fn point_form<'a>(catalogue: &Catalogue, point: &'a Point) -> PointForm<'a> {
    PointForm {
        no: if catalogue.editor_numbered { "" } else { &point.no },
        title: &point.title,
        text: &point.text,
        points: point.points,
        units: &point.units,
        beside: Beside::of(point),
        rule: &point.rule,
    }
}

fn rule(measure: &Measure) -> Rule<'_> {
    Rule {
        id: &measure.id,
        metric: &measure.metric,
        op: measure.op,
        value: measure.value.as_deref(),
        compared_with: &measure.compared_with,
        unit: &measure.unit,
        stage: &measure.stage,
        scope: measure.scope,
        numerator: &measure.numerator,
        denominator: &measure.denominator,
        kind: measure.kind,
        derived: measure.derived,
        source: measure.source,
    }
}

/// Of the canonical JSON. Serialising these forms cannot fail: they hold only
/// text, numbers and sequences.
fn sha256(form: &impl Serialize) -> String {
    let bytes = serde_json::to_vec(form).unwrap_or_default();
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(&bytes) {
        for nibble in [byte >> 4, byte & 15] {
            hex.push(char::from_digit(nibble.into(), 16).unwrap_or_default());
        }
    }
    hex
}
