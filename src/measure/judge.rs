//! The verdict on one measure. Whatever the source leaves open stays open: a
//! missing figure is never 0, a choice that nobody made decides nothing.

use std::cmp::Ordering;

use super::figure::{self, ABSENT, Given, Value, word};
use super::{Data, Origin};
use crate::catalogue::{Calc, FigureId, FigureKind, FigureSpec, Measure, MeasureKind, Term};
use crate::school::cv::compare;
use crate::value::limit::Op;
use crate::value::limit::{Limit, Verdict};
use crate::value::number::{Number, Quotient};

mod schools;

/// What a measure comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// 达标.
    Reached,
    /// 未达标.
    Missed,
    /// 缺数据: a figure or a choice that it needs is missing.
    Missing,
    /// 无此类对象: the district has nothing that it could be about, so that it is
    /// neither met nor missed, and nothing is missing.
    Absent,
    /// 仅报告: the source sets no limit.
    Reported,
    /// 人工判断: the source leaves it to people.
    People,
}

impl Outcome {
    /// All outcomes.
    pub const ALL: [Outcome; 6] = [
        Outcome::Reached,
        Outcome::Missed,
        Outcome::Missing,
        Outcome::Absent,
        Outcome::Reported,
        Outcome::People,
    ];

    /// The outcome in the field's words.
    pub const fn label(self) -> &'static str {
        match self {
            Outcome::Reached => "达标",
            Outcome::Missed => "未达标",
            Outcome::Missing => "缺数据",
            Outcome::Absent => ABSENT,
            Outcome::Reported => "仅报告",
            Outcome::People => "人工判断",
        }
    }
}

impl From<Verdict> for Outcome {
    fn from(verdict: Verdict) -> Outcome {
        match verdict {
            Verdict::Reached => Outcome::Reached,
            Verdict::Missed => Outcome::Missed,
            Verdict::Missing => Outcome::Missing,
        }
    }
}

/// A measure with what it comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The verdict.
    pub outcome: Outcome,
    /// The value with its unit: "84.75 %"; empty where there is none.
    pub value: String,
    /// The value itself, where it is one number for the district.
    pub exact: Option<Quotient>,
    /// The unit of [`Judged::exact`].
    pub unit: String,
    /// The calculation, written out; empty where nothing could be computed.
    pub working: String,
    /// What is missing, in words.
    pub lacks: Vec<String>,
    /// Which reading of the clause was chosen, where there are several.
    pub reading: String,
}

impl Judged {
    fn new(outcome: Outcome) -> Judged {
        Judged {
            outcome,
            value: String::new(),
            exact: None,
            unit: String::new(),
            working: String::new(),
            lacks: Vec::new(),
            reading: String::new(),
        }
    }

    fn missing(lacks: Vec<String>) -> Judged {
        Judged { lacks, ..Judged::new(Outcome::Missing) }
    }

    fn absent(working: String) -> Judged {
        Judged { working, ..Judged::new(Outcome::Absent) }
    }
}

/// Judges a measure.
pub fn judge(data: &Data<'_>, measure: &Measure) -> Judged {
    Judge { data, measure }.by(&measure.calc)
}

/// The limit that the value of a measure is held against, where that is a number:
/// `None` where the source sets none or another figure is the limit.
pub fn limit(measure: &Measure) -> Option<Limit> {
    match measure.kind {
        MeasureKind::ReportOnly => None,
        // Every single one; every school to which the rule applies.
        MeasureKind::Universal | MeasureKind::FundingRule => Limit::new(Op::Equal, Number::whole(100)),
        _ => Limit::new(measure.op, Number::parse(measure.value.as_deref()?).ok()?),
    }
}

/// The calculation that applies, every choice made; `None` while one is open.
pub fn resolved<'a>(data: &Data<'_>, calc: &'a Calc) -> Option<&'a Calc> {
    let mut calc = calc;
    while let Calc::Chosen { by, cases } = calc {
        let Given::Value(Value::Option(option), _) = data.figure(by) else { return None };
        calc = cases.get(&option)?;
    }
    Some(calc)
}

struct Judge<'a> {
    data: &'a Data<'a>,
    measure: &'a Measure,
}

/// Why there is no number.
enum Without {
    /// What is missing, in words.
    Lack(String),
    /// Somebody says, or the schools show, that there is nothing of the kind.
    Absent(String),
}

/// A figure that is a number, with its name.
struct Known {
    name: String,
    number: Number,
    shown: String,
}

impl Judge<'_> {
    fn by(&self, calc: &Calc) -> Judged {
        match calc {
            Calc::Ratio { of, to, times } => self.ratio(of, to, *times),
            Calc::Figure(id) => self.single(id),
            Calc::Compare { of, with } => self.compare(of, with),
            Calc::Yes(id) => self.yes(id),
            Calc::Schools { indicator, stages } => self.schools(*indicator, stages),
            Calc::Coefficient { stage, each } => self.coefficient(*stage, *each),
            Calc::Chosen { by, cases } => self.chosen(by, |option| cases.get(option)),
            Calc::People => Judged::new(Outcome::People),
        }
    }

    fn spec(&self, id: &FigureId) -> Option<&FigureSpec> {
        self.data.catalogue.figure(id)
    }

    /// A figure as a number, or what is missing in words.
    fn number(&self, id: &FigureId) -> Result<Known, Without> {
        let name = self.spec(id).map_or_else(|| id.to_string(), |spec| spec.name.clone());
        match self.data.figure(id) {
            Given::Value(Value::Number(number), origin) => {
                let step = self.spec(id).is_some_and(|spec| spec.kind == FigureKind::Step);
                let shown = if step { figure::step(number).to_owned() } else { grouped(&number.to_string()) };
                let shown = match origin {
                    Origin::Schools => format!("{shown}〔学校数据合计〕"),
                    Origin::Typed | Origin::Default => shown,
                };
                Ok(Known { name, number, shown })
            }
            Given::Value(Value::Absent, origin) => Err(Without::Absent(absent(&name, origin))),
            Given::Refused(error) => Err(Without::Lack(format!("{name}（{error}）"))),
            Given::Value(..) | Given::Nothing => Err(Without::Lack(name)),
        }
    }

    /// The sum of terms, and how it is written.
    fn sum(&self, terms: &[Term], lacks: &mut Vec<String>) -> (Number, String) {
        let (mut sum, mut text) = (Number::ZERO, String::new());
        for term in terms {
            match self.number(&term.figure) {
                Ok(known) => {
                    sum = if term.minus { sum.minus(known.number) } else { sum.plus(known.number) };
                    let sign = match (term.minus, text.is_empty()) {
                        (true, _) => " − ",
                        (false, true) => "",
                        (false, false) => " + ",
                    };
                    text.push_str(&format!("{sign}{} {}", known.name, known.shown));
                }
                Err(Without::Lack(lack) | Without::Absent(lack)) => lacks.push(lack),
            }
        }
        let text = if terms.len() > 1 { format!("（{text}）") } else { text };
        (sum, text)
    }

    /// Says that there is nothing to count: a figure below the line is [`Value::Absent`],
    /// or all that is added there is 0 and nothing above the line contradicts it.
    fn nothing_to_count(&self, of: &[Term], to: &[Term]) -> Option<String> {
        let plus = |terms: &[Term]| -> Vec<_> {
            terms.iter().filter(|term| !term.minus).map(|term| self.number(&term.figure)).collect()
        };
        let below = plus(to);
        if let Some(Err(Without::Absent(why))) = below.iter().find(|it| matches!(it, Err(Without::Absent(_))))
        {
            return Some(why.clone());
        }
        let zero = below.iter().all(|it| it.as_ref().is_ok_and(|it| it.number == Number::ZERO));
        let refused = of.iter().any(|term| matches!(self.data.figure(&term.figure), Given::Refused(_)));
        let free = plus(of).iter().all(|it| it.as_ref().map_or(true, |it| it.number == Number::ZERO));
        let names: Vec<&str> = below.iter().flatten().map(|it| it.name.as_str()).collect();
        (zero && free && !refused).then(|| format!("{}为 0", names.join("、")))
    }

    fn ratio(&self, of: &[Term], to: &[Term], times: u32) -> Judged {
        if let Some(why) = self.nothing_to_count(of, to) {
            return Judged::absent(why);
        }
        let mut lacks = Vec::new();
        let ((over, over_text), (under, under_text)) = (self.sum(of, &mut lacks), self.sum(to, &mut lacks));
        if !lacks.is_empty() {
            return Judged::missing(lacks);
        }
        let times_text = if times == 1 { String::new() } else { format!(" × {times}") };
        let working = format!("{over_text} ÷ {under_text}{times_text}");
        let Some(value) = Quotient::new(over, times, under) else {
            let lack = format!("{under_text} 不大于 0，无法计算");
            return Judged { working, ..Judged::missing(vec![lack]) };
        };
        let unit = match self.measure.kind {
            // The measure's own unit is that of what each one has.
            MeasureKind::Universal | MeasureKind::FundingRule => "%",
            _ => &self.measure.unit,
        };
        let working = format!("{working} = {}{}", grouped(&value.to_text()), unit_after(unit));
        self.held(value, working, unit)
    }

    fn single(&self, id: &FigureId) -> Judged {
        match self.number(id) {
            Ok(known) => {
                let step = self.measure.kind == MeasureKind::Ordinal;
                let unit = self.spec(id).map_or("", |spec| spec.unit.as_str());
                let unit = if step { "级" } else { unit };
                let working = format!("{} {}{}", known.name, known.shown, unit_after(unit));
                let judged = self.held(Quotient::of(known.number), working, unit);
                if step { Judged { value: format!("{}级", known.shown), ..judged } } else { judged }
            }
            Err(Without::Lack(lack)) => Judged::missing(vec![lack]),
            Err(Without::Absent(why)) => Judged::absent(why),
        }
    }

    /// Holds a value against the limit.
    fn held(&self, value: Quotient, working: String, unit: &str) -> Judged {
        let shown = format!("{}{}", grouped(&value.to_text()), unit_after(unit));
        let outcome = match self.limit() {
            Some(limit) => limit.judge(value.compare(limit.value())).into(),
            None => Outcome::Reported,
        };
        Judged { value: shown, exact: Some(value), unit: unit.to_owned(), working, ..Judged::new(outcome) }
    }

    fn limit(&self) -> Option<Limit> {
        limit(self.measure)
    }

    fn compare(&self, of: &FigureId, with: &FigureId) -> Judged {
        let (left, right) = match (self.number(of), self.number(with)) {
            (Ok(left), Ok(right)) => (left, right),
            (left, right) => {
                let mut lacks = Vec::new();
                for without in [left.err(), right.err()].into_iter().flatten() {
                    match without {
                        Without::Absent(why) => return Judged::absent(why),
                        Without::Lack(lack) => lacks.push(lack),
                    }
                }
                return Judged::missing(lacks);
            }
        };
        let unit = self.spec(of).map_or("", |spec| spec.unit.as_str());
        let order = left.number.cmp(&right.number);
        let sign = match order {
            Ordering::Less => "<",
            Ordering::Equal => "=",
            Ordering::Greater => ">",
        };
        let working = format!(
            "{} {}{} {sign} {} {}{}",
            left.name,
            left.shown,
            unit_after(unit),
            right.name,
            right.shown,
            unit_after(unit)
        );
        let value = format!("{}{}", grouped(&left.number.to_string()), unit_after(unit));
        let outcome = Limit::new(self.measure.op, right.number)
            .map_or(Outcome::Reported, |limit| limit.judge(order).into());
        Judged { value, working, ..Judged::new(outcome) }
    }

    fn yes(&self, id: &FigureId) -> Judged {
        let name = self.spec(id).map_or_else(|| id.to_string(), |spec| spec.name.clone());
        match self.data.figure(id) {
            Given::Value(Value::Is(is), _) => {
                let word = word(self.spec(id).map_or(FigureKind::YesNo, |spec| spec.kind), is);
                let outcome = if is { Outcome::Reached } else { Outcome::Missed };
                Judged { value: word.to_owned(), working: format!("{name}：{word}"), ..Judged::new(outcome) }
            }
            Given::Value(Value::Absent, origin) => Judged::absent(absent(&name, origin)),
            Given::Refused(error) => Judged::missing(vec![format!("{name}（{error}）")]),
            _ => Judged::missing(vec![name]),
        }
    }

    fn chosen<'c>(&self, by: &FigureId, case: impl Fn(&str) -> Option<&'c Calc>) -> Judged {
        let spec = self.spec(by);
        let Given::Value(Value::Option(option), origin) = self.data.figure(by) else {
            let name = spec.map_or_else(|| by.to_string(), |spec| spec.name.clone());
            return Judged::missing(vec![format!("{name}（请先选择口径）")]);
        };
        let Some(calc) = case(&option) else { return Judged::new(Outcome::People) };
        let label =
            spec.and_then(|spec| spec.option(&option)).map_or(option.as_str(), |it| it.label.as_str());
        let reading = match origin {
            Origin::Default => format!("{label}（未另行选择）"),
            Origin::Typed | Origin::Schools => label.to_owned(),
        };
        let judged = self.by(calc);
        // One choice may leave another one open.
        let reading = match judged.reading.as_str() {
            "" => reading,
            inner => format!("{reading}；{inner}"),
        };
        Judged { reading, ..judged }
    }
}

/// Says of a figure that there is nothing of the kind, and who says so.
fn absent(name: &str, origin: Origin) -> String {
    match origin {
        Origin::Schools => format!("{name}：学校数据中{ABSENT}"),
        Origin::Typed | Origin::Default => format!("{name}：{ABSENT}"),
    }
}

/// A coefficient with three places, as they are published, or with more where
/// three would make it look as if it lay on the limit.
pub fn places(value: f64, limit: Option<Limit>) -> String {
    let looks_equal = |places: i32| {
        let unit = 10_f64.powi(places);
        let shown = (value * unit).round() / unit;
        limit.is_some_and(|limit| {
            compare(shown, limit.value()).is_eq() && compare(value, limit.value()).is_ne()
        })
    };
    match [3, 6, 9].into_iter().find(|places| !looks_equal(*places)) {
        Some(3) => format!("{value:.3}"),
        Some(6) => format!("{value:.6}"),
        Some(_) => format!("{value:.9}"),
        None => format!("{value:.12}"),
    }
}

fn unit_after(unit: &str) -> String {
    if unit.is_empty() { String::new() } else { format!(" {unit}") }
}

/// A number with commas between thousands.
fn grouped(number: &str) -> String {
    let (whole, rest) = number.split_once('.').map_or((number, None), |(whole, rest)| (whole, Some(rest)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    match rest {
        Some(rest) => format!("{sign}{text}.{rest}"),
        None => format!("{sign}{text}"),
    }
}
