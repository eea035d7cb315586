//! What a document demands in figures (量化指标), as it is printed. Says what
//! the limit is; computes nothing and gives no verdict.

use serde::Serialize;

use super::Calc;
use crate::value::json::{names, object};
use crate::value::limit::Op;

/// One figure that a point demands, with the clause that it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Measure {
    /// Unique in the catalogue and never reused: "001-11-3".
    pub id: String,
    /// What is measured, as an editor's short name.
    pub metric: String,
    /// How the figure is compared with the limit.
    pub op: Op,
    /// The limit as a plain decimal ("99", "4.5", "0.50"), in [`Measure::unit`].
    pub value: Option<String>,
    /// What the figure is compared with when the limit is itself a figure: 上年.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub compared_with: String,
    /// Unit of the figure and of the limit; empty for plain numbers.
    pub unit: String,
    /// Stage of education or kind of school that it is about.
    pub stage: String,
    /// What the limit is applied to one by one.
    pub scope: Scope,
    /// What is divided, where the figure is a quotient.
    pub numerator: String,
    /// By what it is divided. An empty one is not printed and not evident.
    pub denominator: String,
    /// What sort of demand it is.
    pub kind: MeasureKind,
    /// True where the document does not print what is compared in this form, so that the
    /// limit or its direction is inferred (推定): 100 % read out of “全覆盖”, 0 out of
    /// “无” or “消除”, more than last year out of “逐步增长”.
    pub derived: bool,
    /// Who supplies the figure.
    pub source: Source,
    /// How its value is computed, and from which figures.
    pub calc: Calc,
    /// The words of the document, verbatim.
    pub quote: String,
    /// Where those words stand.
    pub quote_from: QuoteFrom,
    /// What of it is the editor's and stands in no document: what is counted, over which
    /// schools and time, what decides. Only the limit is the document's.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reading: String,
    /// What is doubtful about it (editor's).
    pub note: String,
    /// What the national rules of 2017 (教督〔2017〕6号) say on it, second-hand.
    pub national_2017: String,
}

object! { closed Measure { id, metric, op, value, scope, kind, calc, quote, quote_from; compared_with, unit, stage, numerator, denominator, derived, source, reading, note, national_2017 } }

/// What a limit is applied to one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// The district as a whole.
    District,
    /// Every school.
    School,
    /// Every class.
    Class,
    /// Every student.
    Student,
    /// The district and every school.
    DistrictAndSchool,
    /// The district, computed from the table of its schools.
    DistrictFromSchools,
    /// What the reading says that a person chooses.
    Chosen,
}

names! { Scope {
    District = "district",
    School = "school",
    Class = "class",
    Student = "student",
    DistrictAndSchool = "district-and-school",
    DistrictFromSchools = "district-from-schools",
    Chosen = "chosen",
} }

/// What sort of demand a measure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MeasureKind {
    /// A figure with a limit.
    Number,
    /// Compared with another figure.
    Comparison,
    /// All of something.
    Coverage,
    /// A number of times a year.
    Frequency,
    /// A step of an ordered scale.
    Ordinal,
    /// Every single one.
    Universal,
    /// Something that must not occur.
    Prohibition,
    /// A rule for allocating money, which is applied or is not: to every school that it
    /// is for. Its number is what is allocated by, no passing mark.
    FundingRule,
    /// The district must have a 一票否决 rule; not a veto on the assessment.
    VetoRuleRequired,
    /// Something that has to be done, which a number does not tell.
    Requirement,
    /// The document asks for the figure and sets no limit.
    ReportOnly,
}

names! { MeasureKind {
    Number = "number",
    Comparison = "comparison",
    Coverage = "coverage",
    Frequency = "frequency",
    Ordinal = "ordinal",
    Universal = "universal",
    Prohibition = "prohibition",
    FundingRule = "funding_rule",
    VetoRuleRequired = "veto_rule_required",
    Requirement = "requirement",
    ReportOnly = "report_only",
} }

/// Who supplies the figure of a measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Source {
    /// The district itself.
    #[default]
    District,
    /// The city: surveys of satisfaction and the like.
    City,
    /// The nation: 国家义务教育质量监测.
    Nation,
}

names! { Source {
    District = "自报",
    City = "市级",
    Nation = "国家",
} }

/// Where the quoted words of a measure stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuoteFrom {
    /// In the point itself.
    Point,
    /// In a group above it.
    Ancestor,
}

names! { QuoteFrom {
    Point = "point",
    Ancestor = "ancestor",
} }

impl Measure {
    /// The limit in one line: "≥ 99 %", "〔推定〕= 100 %", "> 上年", "仅报告".
    pub fn limit_text(&self) -> String {
        let derived = if self.derived { "〔推定〕" } else { "" };
        let sign = match self.op {
            Op::AtLeast => "≥",
            Op::AtMost => "≤",
            Op::Above => ">",
            Op::Below => "<",
            Op::Equal => "=",
            Op::Flag if self.kind == MeasureKind::Requirement => return format!("{derived}须做到"),
            Op::Flag => return format!("{derived}须建立此项制度"),
            Op::Report => return format!("{derived}仅报告"),
        };
        let Some(value) = &self.value else {
            return format!("{derived}{sign} {}", self.compared_with);
        };
        let unit = self.unit.as_str();
        let limit = match (self.kind, unit) {
            (MeasureKind::Ordinal, _) => format!("{sign} {}级", roman(value)),
            (_, "") => format!("{sign} {value}"),
            _ => format!("{sign} {value} {unit}"),
        };
        match self.kind {
            MeasureKind::Universal => format!("{derived}每个学生 {limit}"),
            MeasureKind::FundingRule => format!("{derived}一律按 {value} {unit}核定（核定规则，看是否执行）"),
            _ => format!("{derived}{limit}"),
        }
    }
}

impl Measure {
    /// What is computed, in the editor's words: "A ÷ B", or "A 对 B" where two figures
    /// are compared. Empty where nothing is named.
    pub fn computed(&self) -> String {
        match (self.numerator.as_str(), self.denominator.as_str()) {
            (over, "") => over.to_owned(),
            (over, under) if self.kind == MeasureKind::Comparison => format!("{over} 与 {under} 比较"),
            (over, under) => format!("{over} ÷ {under}"),
        }
    }
}

impl Scope {
    /// The scope as the interface names it, for a district as for a city.
    pub fn label(self) -> &'static str {
        match self {
            Scope::District => "本地区",
            Scope::School => "逐校",
            Scope::Class => "逐班",
            Scope::Student => "每个学生",
            Scope::DistrictAndSchool => "本地区及各校",
            Scope::DistrictFromSchools => "本地区（由逐校数据计算）",
            Scope::Chosen => "按所选口径",
        }
    }
}

impl Source {
    /// The source as the interface names it.
    pub fn label(self) -> &'static str {
        match self {
            Source::District => "自报",
            Source::City => "市级",
            Source::Nation => "国家",
        }
    }
}

/// Steps of a scale are printed in Roman numerals.
fn roman(value: &str) -> &str {
    match value {
        "1" => "Ⅰ",
        "2" => "Ⅱ",
        "3" => "Ⅲ",
        "4" => "Ⅳ",
        "5" => "Ⅴ",
        _ => value,
    }
}
