//! 量化指标: what the catalogue demands in figures, what the district comes to and
//! whether that suffices. Numerators, denominators, values and verdicts are
//! formulas over 数据, 学校数据 and 差异系数; the kept results are those of
//! [`crate::measure`]. What they rest on, in words, is in [`super::basis`].

use crate::catalogue::{Calc, FigureId, FigureKind, Measure, Point, Term};
use crate::measure::{self, ABSENT, Data, Judged, Outcome, word};
use crate::school::Stage;
use crate::school::indicator::{Indicator, Who};
use crate::value::limit::Op;
use crate::value::limit::Verdict;
use crate::value::number::Number;

use super::block::{block, columns};
use super::digits::Digits;
use super::figures::UNTYPED;
use super::live::{self, Side, on};
use super::sheet::{Cell, Role, Sheet, Value, address, fixed_span, whole};
use super::{basis, caption, coefficients, figures, page, schools, sheet_title};

/// The name of the sheet.
pub const NAME: &str = "量化指标";

/// Stands where there is nothing to compute with.
const NONE: &str = "—";

/// The columns that formulas refer to.
const OVER: usize = 5;
const UNDER: usize = 6;
const VALUE: usize = 7;
const LIMIT: usize = 8;

/// More lacks than these are counted only; the sheets of the schools name all.
const LACKS: usize = 20;

/// Where the cells stand that the formulas take.
pub(super) struct Sources<'a> {
    pub figures: &'a figures::Places,
    pub schools: Option<&'a schools::Places>,
    pub coefficients: &'a [coefficients::Places],
}

/// The demands of the catalogue in figures, with what they come to; `None` if it
/// makes none. `judged` are the measures of each point, in the order of both.
pub(super) fn measures(
    data: &Data<'_>,
    judged: &[Vec<Judged>],
    sources: &Sources<'_>,
    when: &str,
) -> Option<Sheet> {
    let (catalogue, assessment) = (data.catalogue, data.assessment);
    if catalogue.points().iter().all(|point| point.measures.is_empty()) {
        return None;
    }
    let mut sheet = Sheet {
        name: NAME.to_owned(),
        columns: columns([6, 30, 17, 11, 7, 11, 11, 15, 13, 8, 15, 20, 9]),
        page: Some(page(catalogue, assessment, true)),
        ..Sheet::default()
    };
    sheet_title(&mut sheet, catalogue, assessment, "量化指标");
    caption(&mut sheet, assessment, when);
    let note = format!(
        "分子、分母、值和结论为公式，取自“数据”“学校数据”“差异系数”各表；计算过程、口径和原文见“{}”。结论只说明数值与限值的关系，不据此扣分。限值未列数值的，以其比较对象为准；〔推定〕表示原文没有印出这样的限值或比较，由编者据原文文字推得；只有限值取自原文，口径均为编者理解。逐校指标的分子、分母为达标校数和计入校数。本地区没有此类对象的，结论为“无此类对象”，不计入达标、未达标和缺数据。",
        basis::NAME
    );
    sheet.add_line(Cell::text(note, Role::Caption).unframed());
    sheet.add_header(&[
        catalogue.point_label.as_str(),
        "量化要求",
        "限值",
        "学段",
        "范围",
        "分子",
        "分母",
        "值",
        "限值\n（数值）",
        "结论",
        "口径选择",
        "缺少的数据",
        "数据来源",
    ]);
    for (point, judged) in catalogue.points().iter().zip(judged) {
        for (measure, judged) in point.measures.iter().zip(judged) {
            let results = Row { data, sources, measure, judged, row: sheet.next_row() }.results();
            let results = results.in_digits(data, measure);
            let rows = block(&sheet.columns, entry(point, measure, judged, results), Some(&measure.id));
            sheet.add_block(rows);
        }
    }
    Some(sheet)
}

fn entry(point: &Point, measure: &Measure, judged: &Judged, results: Results) -> Vec<Cell> {
    let mut lacks: Vec<&str> = judged.lacks.iter().take(LACKS).map(String::as_str).collect();
    let more = format!("等 {} 项", judged.lacks.len());
    if judged.lacks.len() > LACKS {
        lacks.push(&more);
    }
    let Results { over, under, value, limit, verdict } = results;
    vec![
        Cell::text(point.no.as_str(), Role::Centre).code(),
        Cell::text(measure.metric.as_str(), Role::Body),
        Cell::text(measure.limit_text(), Role::Body),
        Cell::text(measure.stage.as_str(), Role::Centre),
        Cell::text(measure.scope.label(), Role::Centre),
        over,
        under,
        value,
        limit,
        verdict,
        Cell::text(judged.reading.as_str(), Role::Body),
        Cell::text(lacks.join("\n"), Role::Body),
        Cell::text(measure.source.label(), Role::Centre),
    ]
}

/// The cells that are computed.
struct Results {
    over: Cell,
    under: Cell,
    value: Cell,
    limit: Cell,
    verdict: Cell,
}

impl Results {
    /// The same with their numbers shown as they are read.
    fn in_digits(self, data: &Data<'_>, measure: &Measure) -> Results {
        let calc = measure::resolved(data, &measure.calc);
        let kinds = calc.map(Calc::figures).unwrap_or_default();
        let kinds = kinds.into_iter().filter_map(|id| data.catalogue.figure(id)).map(|it| it.kind);
        let counts = kinds.clone().all(|kind| kind == FigureKind::Count);
        let typed = if kinds.clone().any(|kind| kind == FigureKind::Step) {
            Digits::AsIs
        } else if counts {
            Digits::Whole
        } else {
            Digits::Amount
        };
        let value = match calc {
            Some(Calc::Figure(_) | Calc::Compare { .. }) => typed,
            _ => {
                let limit = measure::limit(measure).map(|it| it.value().to_f64());
                let least = if matches!(calc, Some(Calc::Coefficient { .. })) { 3 } else { 2 };
                let value = self.value.quantity();
                value.map_or(Digits::AsIs, |value| Digits::beside(value.to_f64(), limit, least))
            }
        };
        let limit = match calc {
            Some(Calc::Compare { .. }) => typed,
            _ => measure::limit(measure).map_or(Digits::AsIs, |it| Digits::all(it.value())),
        };
        Results {
            over: self.over.shown(typed),
            under: self.under.shown(typed),
            value: self.value.shown(value),
            limit: self.limit.shown(limit),
            ..self
        }
    }
}

/// A measure and the row of the sheet that it gets.
struct Row<'a> {
    data: &'a Data<'a>,
    sources: &'a Sources<'a>,
    measure: &'a Measure,
    judged: &'a Judged,
    row: u32,
}

impl Row<'_> {
    fn results(&self) -> Results {
        let made = match measure::resolved(self.data, &self.measure.calc) {
            Some(Calc::Ratio { of, to, times }) => self.ratio(of, to, *times),
            Some(Calc::Figure(id)) => self.single(id),
            Some(Calc::Compare { of, with }) => self.compare(of, with),
            Some(Calc::Yes(id)) => self.yes(id),
            Some(Calc::Schools { indicator, stages }) => self.schools(*indicator, stages),
            Some(Calc::Coefficient { stage, each }) => self.coefficient(*stage, *each),
            Some(Calc::Chosen { .. } | Calc::People) | None => None,
        };
        made.unwrap_or_else(|| self.plain())
    }

    /// Without formulas: the words of the judgement.
    fn plain(&self) -> Results {
        Results {
            over: none(),
            under: none(),
            value: text(if self.judged.value.is_empty() { NONE } else { &self.judged.value }),
            limit: self.limit(),
            verdict: text(self.judged.outcome.label()),
        }
    }

    fn limit(&self) -> Cell {
        match measure::limit(self.measure) {
            Some(limit) => Cell::number(limit.value(), Role::Centre),
            None => none(),
        }
    }

    fn at(&self, column: usize) -> String {
        address(self.row, column)
    }

    /// A verdict by a comparison, once these cells hold numbers, unless there is
    /// nothing to count.
    fn verdict(&self, needs: &[usize], left: &Side, op: Op, right: &Side, nothing: &str) -> Cell {
        let label = self.judged.outcome.label();
        match live::condition(left, op, right) {
            Some(condition) => self.when_known(needs, &live::verdict(&condition), nothing),
            None => text(label),
        }
    }

    /// A formula, once these cells hold numbers; 缺数据 before, and 无此类对象 where
    /// the condition `nothing` holds.
    fn when_known(&self, needs: &[usize], then: &str, nothing: &str) -> Cell {
        let cells: Vec<String> = needs.iter().map(|column| self.at(*column)).collect();
        let missing = Outcome::Missing.label();
        let formula = format!(
            "IF({nothing},\"{ABSENT}\",IF(COUNT({})<{},\"{missing}\",{then}))",
            cells.join(","),
            cells.len()
        );
        Cell::formula(formula, self.judged.outcome.label(), Role::Centre)
    }

    /// The condition that a figure says that there is nothing to count.
    fn is_absent(cell: &str) -> String {
        format!("{cell}=\"{ABSENT}\"")
    }

    /// The condition that a quotient has nothing to count, as [`crate::measure`] sees it.
    fn nothing_to_count(&self, of: &[Term], to: &[Term]) -> Option<String> {
        let plus = |terms: &[Term]| -> Option<Vec<String>> {
            let plus = terms.iter().filter(|term| !term.minus);
            plus.map(|term| self.sources.figures.of(&term.figure)).collect()
        };
        let (above, below) = (plus(of)?, plus(to)?);
        let all = of.iter().map(|term| self.sources.figures.of(&term.figure)).collect::<Option<Vec<_>>>()?;
        let absent: Vec<String> = below.iter().map(|cell| Self::is_absent(cell)).collect();
        let mut zero = vec![format!("COUNT({})={}", below.join(","), below.len())];
        zero.extend(below.iter().map(|cell| format!("N({cell})=0")));
        zero.extend(above.iter().map(|cell| format!("N({cell})=0")));
        // What stands there and is not taken keeps it open.
        let taken =
            |cell: &String| format!("OR(ISNUMBER({cell}),{cell}=\"{UNTYPED}\",{})", Self::is_absent(cell));
        zero.extend(all.iter().map(taken));
        Some(format!("OR({},AND({}))", absent.join(","), zero.join(",")))
    }

    /// The sum of terms as a cell, and as a side of a comparison.
    fn sum(&self, terms: &[Term], column: usize) -> Option<(Cell, Side, Option<Number>)> {
        let (mut sides, mut cells, mut sum) = (Vec::new(), Vec::new(), Some(Number::ZERO));
        for term in terms {
            let cell = self.sources.figures.of(&term.figure)?;
            let number = figures::number(self.data, &term.figure);
            sum = sum.zip(number).map(|(sum, it)| if term.minus { sum.minus(it) } else { sum.plus(it) });
            sides.push((term.minus, Side::of(cell.as_str(), number.unwrap_or_default())));
            cells.push(cell);
        }
        let side = Side::sum(sides);
        let formula = format!("IF(COUNT({})<{},\"{NONE}\",{})", cells.join(","), cells.len(), side.text);
        let result = sum.map_or(Value::from(NONE), Value::from);
        Some((Cell::formula(formula, result, Role::Centre), side.called(self.at(column)), sum))
    }

    fn ratio(&self, of: &[Term], to: &[Term], times: u32) -> Option<Results> {
        let (over, over_side, _) = self.sum(of, OVER)?;
        let (under, under_side, _) = self.sum(to, UNDER)?;
        let (a, b) = (self.at(OVER), self.at(UNDER));
        let by = if times == 1 { String::new() } else { format!("*{times}") };
        let formula = format!("IF(COUNT({a},{b})<2,\"{NONE}\",IF({b}<=0,\"{NONE}\",{a}{by}/{b}))");
        let result = self.judged.exact.map_or(Value::from(NONE), |it| it.to_f64().into());
        let nothing = self.nothing_to_count(of, to)?;
        let verdict = match measure::limit(self.measure) {
            Some(limit) => {
                let right = Side::of(self.at(LIMIT), limit.value()).times(&under_side);
                self.verdict(&[VALUE], &over_side.times_whole(times), limit.op(), &right, &nothing)
            }
            None => self.reported(&nothing),
        };
        Some(Results {
            over,
            under,
            value: Cell::formula(formula, result, Role::Centre),
            limit: self.limit(),
            verdict,
        })
    }

    fn reported(&self, nothing: &str) -> Cell {
        self.when_known(&[VALUE], &format!("\"{}\"", Outcome::Reported.label()), nothing)
    }

    /// A figure in a cell of this sheet, and as a side.
    fn figure(&self, id: &FigureId, column: usize) -> Option<(Cell, Side)> {
        let cell = self.sources.figures.of(id)?;
        let number = figures::number(self.data, id);
        let formula = format!("IF(COUNT({cell})<1,\"{NONE}\",{cell})");
        let side = Side::of(self.at(column), number.unwrap_or_default());
        Some((Cell::formula(formula, number.map_or(Value::from(NONE), Value::from), Role::Centre), side))
    }

    fn single(&self, id: &FigureId) -> Option<Results> {
        let (value, side) = self.figure(id, VALUE)?;
        let nothing = Self::is_absent(&self.sources.figures.of(id)?);
        let verdict = match measure::limit(self.measure) {
            Some(limit) => {
                let right = Side::of(self.at(LIMIT), limit.value());
                self.verdict(&[VALUE], &side, limit.op(), &right, &nothing)
            }
            None => self.reported(&nothing),
        };
        Some(Results { over: none(), under: none(), value, limit: self.limit(), verdict })
    }

    fn compare(&self, of: &FigureId, with: &FigureId) -> Option<Results> {
        let (value, left) = self.figure(of, VALUE)?;
        let (limit, right) = self.figure(with, LIMIT)?;
        let figures = self.sources.figures;
        let nothing =
            format!("OR({},{})", Self::is_absent(&figures.of(of)?), Self::is_absent(&figures.of(with)?));
        let verdict = match self.measure.op {
            Op::Flag | Op::Report => text(self.judged.outcome.label()),
            op => self.verdict(&[VALUE, LIMIT], &left, op, &right, &nothing),
        };
        Some(Results { over: none(), under: none(), value, limit, verdict })
    }

    fn yes(&self, id: &FigureId) -> Option<Results> {
        let cell = self.sources.figures.of(id)?;
        let kind = self.data.catalogue.figure(id)?.kind;
        let (has, has_not) = (word(kind, true), word(kind, false));
        let either = |yes: &str, no: &str, other: &str| {
            format!(
                "IF({cell}=\"{has}\",\"{yes}\",IF({cell}=\"{has_not}\",\"{no}\",IF({},\"{ABSENT}\",\"{other}\")))",
                Self::is_absent(&cell)
            )
        };
        let shown = match self.judged.outcome {
            Outcome::Absent => ABSENT,
            _ if self.judged.value.is_empty() => NONE,
            _ => &self.judged.value,
        };
        let verdict = either(Outcome::Reached.label(), Outcome::Missed.label(), Outcome::Missing.label());
        Some(Results {
            over: none(),
            under: none(),
            value: Cell::formula(either(has, has_not, NONE), shown, Role::Centre),
            limit: none(),
            verdict: Cell::formula(verdict, self.judged.outcome.label(), Role::Centre),
        })
    }

    /// Counts the verdicts in 学校数据, where these are verdicts on this measure.
    fn schools(&self, indicator: Indicator, stages: &[Stage]) -> Option<Results> {
        let table = self.sources.schools?;
        let shown = table.indicators.iter().find(|it| it.indicator == indicator)?;
        let ours = |stage: &Stage| {
            shown.limit(*stage).is_some_and(|it| it.measure.as_deref() == Some(self.measure.id.as_str()))
        };
        let one = match stages {
            [one] => Some(*one),
            _ => None,
        };
        // Schools of a type are counted whatever their stage.
        if !stages.iter().all(ours) || (one.is_some() && indicator.who() != Who::Ordinary) {
            return None;
        }
        let range = |column| on(schools::NAME, &fixed_span(table.rows, column));
        let (verdicts, stage_column) = (range(shown.verdicts()), range(table.stage));
        let of_stage = one.map_or_else(String::new, |one| format!(",{stage_column},\"{}\"", one.label()));
        let count = |verdict: Verdict| format!("COUNTIFS({verdicts},\"{}\"{of_stage})", verdict.label());
        let found = crate::school::standing::standings(
            &self.data.table,
            indicator,
            one,
            measure::limit(self.measure),
            self.data.splitting,
        );
        found.verdict()?;
        let (reached, missed, missing) =
            (count(Verdict::Reached), count(Verdict::Missed), count(Verdict::Missing));
        let number = |formula: String, count: usize| Cell::formula(formula, whole(count), Role::Centre);
        let verdict = format!(
            "IF({missed}>0,\"{}\",IF({missing}>0,\"{}\",\"{}\"))",
            Verdict::Missed.label(),
            Verdict::Missing.label(),
            Verdict::Reached.label()
        );
        Some(Results {
            over: number(reached.clone(), found.count(Verdict::Reached)),
            under: number(format!("{reached}+{missed}+{missing}"), found.schools.len()),
            value: text(if self.judged.value.is_empty() { NONE } else { &self.judged.value }),
            limit: self.limit(),
            verdict: Cell::formula(verdict, self.judged.outcome.label(), Role::Centre),
        })
    }

    fn coefficient(&self, stage: Stage, each: bool) -> Option<Results> {
        let places = self.sources.coefficients.iter().find(|it| it.stage == stage)?;
        measure::limit(self.measure)?;
        let row = if each { places.each } else { places.mean };
        let of = |column| on(coefficients::NAME, &address(row, column));
        let found = crate::school::cv::coefficients(&self.data.table, stage, self.data.splitting);
        let value = if each {
            found.singles.iter().filter_map(|it| it.value()).reduce(f64::max)
        } else {
            found.composite().ok()
        };
        let value = value.map_or_else(none, |it| Cell::formula(of(coefficients::VALUE), it, Role::Centre));
        Some(Results {
            over: none(),
            under: none(),
            value,
            limit: self.limit(),
            verdict: Cell::formula(of(coefficients::VERDICT), self.judged.outcome.label(), Role::Centre),
        })
    }
}

fn text(text: &str) -> Cell {
    Cell::text(text, Role::Centre)
}

fn none() -> Cell {
    text(NONE)
}
