//! 量化指标 on the card of a point: what each measure asks, the figures that it
//! takes, and room for its verdict, which the page fills in.

use maud::{Markup, html};

use crate::assessment::place::{FigureField, Place};
use crate::catalogue::{Calc, Catalogue, FigureId, FigureKind, FigureSpec, Measure, Point, Source};
use crate::html::act::CardAct;
use crate::html::form::field::{field_with_id, input};
use crate::html::hook::Slot;
use crate::measure::{ABSENT, Judged, Outcome};
use crate::value::limit::Verdict;

/// The steps that can be chosen for a figure that is one.
const STEPS: [&str; 5] = ["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ"];

/// So much of what a measure lacks is named in its line; 体检 and 差异系数 name all.
const LACKS: usize = 5;

/// The measures of a point with their fields; nothing if it has none. A figure
/// that several of them take is asked for once, with the first.
pub(super) fn measures(catalogue: &Catalogue, point: &Point) -> Markup {
    let mut asked: Vec<&FigureId> = Vec::new();
    html! {
        @if !point.measures.is_empty() {
            div.z-measurelist data-slot=(Slot::Measures) role="group" aria-label="量化指标" {
                h4 { "量化指标" span.z-hint { "限值取自原文，口径为编者理解；程序不据此自动扣分。没有此类对象的，分母填 0，或填、选“无此类对象”。" } }
                @for measure in &point.measures {
                    @let fresh: Vec<&FigureId> =
                        measure.calc.figures().into_iter().filter(|id| !asked.contains(id)).collect();
                    div.z-measure id={ "measure-" (measure.id) } data-measure=(measure.id) {
                        p.z-measure__head {
                            span.z-measure__verdict data-slot=(Slot::Verdict) {}
                            strong { (measure.metric) }
                            span.z-limit { (measure.limit_text()) }
                            @if !measure.stage.is_empty() { span.z-tag { (measure.stage) } }
                            @if measure.source != Source::District {
                                span.z-tag.z-tag--source { (measure.source.label()) "提供" }
                            }
                        }
                        (fields(catalogue, point, &measure.calc, &mut asked))
                        p.z-measure__working data-slot=(Slot::Working) {}
                        details.z-measure__clause {
                            summary { "原文与口径" }
                            (clause(catalogue, point, measure, &fresh))
                        }
                    }
                }
            }
        }
    }
}

/// The fields that a computation needs and that were not asked for before.
fn fields<'a>(
    catalogue: &'a Catalogue,
    point: &Point,
    calc: &'a Calc,
    asked: &mut Vec<&'a FigureId>,
) -> Markup {
    match calc {
        Calc::Chosen { by, cases } => html! {
            (of_figures(catalogue, point, &[by], asked))
            @for (option, case) in cases {
                div.z-measure__case data-by=(by) data-option=(option) { (fields(catalogue, point, case, asked)) }
            }
        },
        Calc::Schools { .. } | Calc::Coefficient { .. } => html! {
            p.z-hint { "由“学校数据”逐校计算。" }
        },
        Calc::Ratio { .. } | Calc::Figure(_) | Calc::Compare { .. } | Calc::Yes(_) | Calc::People => {
            of_figures(catalogue, point, &calc.figures(), asked)
        }
    }
}

fn of_figures<'a>(
    catalogue: &'a Catalogue,
    point: &Point,
    wanted: &[&'a FigureId],
    asked: &mut Vec<&'a FigureId>,
) -> Markup {
    let fresh: Vec<&FigureId> = wanted.iter().copied().filter(|id| !asked.contains(id)).collect();
    let again: Vec<&str> = wanted
        .iter()
        .filter(|id| asked.contains(id))
        .filter_map(|id| catalogue.figure(id))
        .map(|spec| spec.name.as_str())
        .collect();
    asked.extend(&fresh);
    html! {
        @if !fresh.is_empty() {
            div.z-measure__figures {
                @for spec in fresh.iter().filter_map(|id| catalogue.figure(id)) { (figure(point, spec)) }
            }
        }
        @if !again.is_empty() { p.z-hint { (again.join("、")) "：取本" (catalogue.point_label) "上面所填。" } }
    }
}

fn figure(point: &Point, spec: &FigureSpec) -> Markup {
    let place = Place::Figure(spec.id.clone(), FigureField::Raw);
    let id = field_id(point, &place);
    html! {
        div.z-field.z-figure data-slot=(Slot::Field) data-figure=(spec.id) {
            label.z-field__label for=(id) title=(spec.definition) { (spec.name) }
            @match spec.kind {
                FigureKind::Choice => {
                    select.z-input id=(id) data-do=(CardAct::SetFigure.name()) {
                        @if spec.default.is_none() { option value="" { "请选择口径" } }
                        @for option in &spec.options { option value=(option.id) { (option.label) } }
                    }
                }
                FigureKind::YesNo => (choice(&id, ["有", "无"])),
                FigureKind::Done => (choice(&id, ["是", "否"])),
                FigureKind::Step => (choice(&id, STEPS)),
                FigureKind::Count | FigureKind::Amount | FigureKind::Rate => {
                    span.z-figure__number {
                        (input(&place, Some(&id)))
                        span.z-figure__unit { (spec.unit) }
                    }
                }
            }
        }
    }
}

fn choice<const N: usize>(id: &str, words: [&str; N]) -> Markup {
    html! {
        select.z-input id=(id) data-do=(CardAct::SetFigure.name()) {
            option value="" { "请选择" }
            @for word in words { option value=(word) { (word) } }
            option value=(ABSENT) { (ABSENT) }
        }
    }
}

/// The words of the document, and how those of its figures are read that were
/// not asked for before.
fn clause(catalogue: &Catalogue, point: &Point, measure: &Measure, fresh: &[&FigureId]) -> Markup {
    let specs = fresh.iter().filter_map(|id| catalogue.figure(id));
    let note = |spec: &FigureSpec, field| {
        let place = Place::Figure(spec.id.clone(), field);
        field_with_id(&place, &field_id(point, &place))
    };
    html! {
        blockquote { (measure.quote) }
        (reading(measure))
        @if !measure.national_2017.is_empty() {
            p.z-hint { "国家规定（教督〔2017〕6号，据转述，仅供对照）：" (measure.national_2017) }
        }
        @for spec in specs {
            div.z-figure__more {
                p { strong { (spec.name) } "（口径为编者理解）：" (spec.definition) }
                @if spec.kind == FigureKind::Choice {
                    ul { @for option in &spec.options { li { (option.label) "：" (option.note) } } }
                }
                div.z-figure__notes {
                    (note(spec, FigureField::Year))
                    (note(spec, FigureField::Note))
                }
            }
        }
    }
}

/// What of a measure is the editor's, marked as such.
pub(super) fn reading(measure: &Measure) -> Markup {
    let computed = measure.computed();
    html! {
        @if !measure.reading.is_empty() { p.z-hint { "编者口径：" (measure.reading) } }
        @if !computed.is_empty() { p.z-hint { "计算（编者理解）：" (computed) } }
        @if !measure.note.is_empty() { p.z-hint { "编者注：" (measure.note) } }
    }
}

/// Id of a field: a figure may be asked for at several points of one page.
fn field_id(point: &Point, place: &Place) -> String {
    format!("point-{}/{place}", point.ordinal)
}

/// The class of a verdict.
pub const fn verdict_class(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Reached => "z-verdict z-verdict--reached",
        Outcome::Missed => "z-verdict z-verdict--missed",
        Outcome::Missing => "z-verdict z-verdict--missing",
        Outcome::Absent | Outcome::Reported | Outcome::People => "z-verdict",
    }
}

/// A verdict as it is shown.
pub fn verdict(verdict: Verdict) -> Markup {
    let class = verdict_class(verdict.into());
    html! { span class=(class) { (verdict.label()) } }
}

/// The calculation of a measure and what it lacks, in a line.
pub fn working(judged: &Judged) -> String {
    let mut parts = Vec::new();
    if !judged.reading.is_empty() {
        parts.push(format!("口径：{}", judged.reading));
    }
    if !judged.working.is_empty() {
        parts.push(judged.working.clone());
    }
    if !judged.lacks.is_empty() {
        let named = judged.lacks.iter().take(LACKS).cloned().collect::<Vec<_>>().join("、");
        let all = judged.lacks.len();
        parts.push(if all > LACKS {
            format!("缺：{named}等 {all} 项")
        } else {
            format!("缺：{named}")
        });
    }
    parts.join("。")
}
