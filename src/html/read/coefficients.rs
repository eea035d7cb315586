//! 差异系数: the coefficients of both stages against their limits, what each school
//! has to do with them, and what would change them.

use maud::{Markup, html};

use crate::html::act::{PageAct, ReadAct};
use crate::html::at_a_glance;
use crate::html::form::measures::verdict;
use crate::html::hook::Slot;
use crate::html::read::national;
use crate::html::table::Holds::{Numbers, Words};
use crate::html::table::heads;
use crate::measure::{Applied, CoefficientLimits, Data, coefficient_limits, places, school_limit};
use crate::route::{Page, Route};
use crate::school::counted::counted;
use crate::school::cv::{Coefficient, Coefficients, coefficient, coefficients, of_stages};
use crate::school::indicator::{Indicator, Who};
use crate::school::standing::standing;
use crate::school::table::Table;
use crate::school::value::{Splitting, value};
use crate::school::whatif::{changed, needed, plan};
use crate::school::{Column, School, Stage};
use crate::value::limit::{Limit, Verdict};
use crate::value::number::{Number, glance};
use crate::value::order::sort_by;

/// The page 差异系数.
pub fn coefficients_page(data: &Data<'_>) -> String {
    let stages = of_stages(&data.table, data.splitting);
    let schools = Route::Assessment(data.assessment.head.id.clone(), Page::Schools);
    let markup = html! {
        header.z-page__head {
            h1 { "差异系数" }
            button.z-button.z-noprint type="button" data-do=(PageAct::Print.name()) { "打印本页" }
        }
        p.z-hint {
            "由“学校数据”按学生数加权计算（公式据转述，用于七项为编者理解）：校值 Xi＝资源数÷学生数 Pi；本地区均值 X̄＝∑xi÷PN，PN＝∑Pi；标准差 S＝√[∑(Pi÷PN)(Xi－X̄)²]；差异系数＝S÷X̄。"
            @match data.splitting {
                Splitting::AsTyped => "一贯制学校按各行所填数计算。",
                Splitting::ByStage => "一贯制学校的第 4 至 7 项按在校生 1∶1.1∶1.32（据转述）折算。",
            }
            @if data.table.leaves_private_out() { "民办学校按所选口径不计入。" } @else { "民办学校计入（编者所设，可在“学校数据”页更改）。" }
        }
        @if stages.is_empty() {
            p.z-empty { "学校数据中还没有可以计算的小学或初中。请先填写" a href=(schools) { "学校数据" } "。" }
        }
        @for found in &stages { (stage(data, found)) }
        (left_out(data))
    };
    markup.into_string()
}

fn stage(data: &Data<'_>, found: &Coefficients) -> Markup {
    let CoefficientLimits { mean, single } = coefficient_limits(data, found.stage);
    let composite = found.composite().ok();
    html! {
        section.z-coefficients aria-label=(found.stage.label()) {
            h2 { (found.stage.label()) " " (found.counted.rows.len()) " 所" }
            div.z-tablebox tabindex="0" role="group" aria-label={ (found.stage.label()) "差异系数" } { table.z-table {
                thead { tr {
                    (heads([
                        ("指标", Words), ("本地区均值", Numbers), ("标准差", Numbers), ("差异系数", Numbers),
                        ("限值", Words), ("结论", Words), ("缺数据", Words),
                    ]))
                } }
                tbody {
                    @for it in &found.singles { (single_row(data, found, it, &single)) }
                    tr.z-coefficients__sum {
                        th scope="row" { "综合差异系数（七项的算术平均）" }
                        td {} td {}
                        td.z-table__number { (shown(composite, mean.as_ref().map(|it| it.limit))) }
                        @match &mean {
                            Some(applied) => {
                                td { (limit_text(data, applied)) }
                                td { (judged(found, found.judge_composite(applied.limit))) }
                            }
                            None => { td { "未以此为限值口径" } td {} }
                        }
                        td {}
                    }
                }
            } }
            @for it in found.singles.iter().filter(|it| it.spread.is_ok()) { (folded(found.stage, it.indicator)) }
            (national::folded(found.stage))
        }
    }
}

/// The folded section of an indicator; [`coefficient_detail`] fills it when it is
/// unfolded or printed.
fn folded(stage: Stage, indicator: Indicator) -> Markup {
    html! {
        details.z-coefficients__more data-stage=(stage.name()) data-indicator=(indicator.id()) {
            summary { "各校情况、达标尚缺" span.z-noprint { "和试算" } "：" (indicator.name()) }
            div.z-coefficients__detail data-slot=(Slot::Detail) {}
        }
    }
}

fn single_row(data: &Data<'_>, found: &Coefficients, it: &Coefficient, applied: &Applied<'_>) -> Markup {
    let spread = it.spread.ok();
    let missing = it.missing.len();
    html! {
        tr {
            th scope="row" { (it.indicator.name()) span.z-hint { "（" (it.indicator.unit()) "）" } }
            td.z-table__number { (spread.map_or_else(|| "—".to_owned(), |it| format!("{:.3}", it.mean))) }
            td.z-table__number { (spread.map_or_else(|| "—".to_owned(), |it| format!("{:.3}", it.deviation))) }
            td.z-table__number { (shown(it.value(), Some(applied.limit))) }
            td { (limit_text(data, applied)) }
            td { (judged(found, found.judge(it, applied.limit))) }
            td { @if missing > 0 { (missing) " 所" } }
        }
        @if missing > 0 {
            tr { td colspan="7" { p.z-hint {
                "缺数据：" (it.missing.iter().take(5).map(|(row, lack)| format!("{}（{lack}）", data.school_name(*row))).collect::<Vec<_>>().join("、"))
                @if missing > 5 { "等" }
            } } }
        }
    }
}

fn shown(value: Option<f64>, limit: Option<Limit>) -> String {
    value.map_or_else(|| "—".to_owned(), |value| places(value, limit))
}

/// A limit and what sets it.
pub(super) fn limit_text(data: &Data<'_>, applied: &Applied<'_>) -> String {
    let named = match applied.by {
        Some((point, _)) => format!("{} {}", data.catalogue.point_label, point.no),
        None => "国家参考".to_owned(),
    };
    format!("{} {}（{named}）", applied.limit.sign(), applied.limit.value())
}

/// A verdict on a coefficient; one school alone differs from no other.
fn judged(found: &Coefficients, judged: Verdict) -> Markup {
    if found.is_of_one() {
        return html! { span.z-verdict { "仅1所" } };
    }
    verdict(judged)
}

/// What each school has to do with a coefficient: its value, its share of the
/// variance and what it lacks to reach its standard; then one way of lifting schools,
/// and a form for trying a value.
pub fn coefficient_detail(data: &Data<'_>, stage: Stage, indicator: Indicator) -> String {
    let rows = counted(&data.table, Who::Ordinary, Some(stage)).rows;
    let found = coefficient(&data.table, &rows, indicator, data.splitting);
    let standard = school_limit(data, indicator, stage).map(|it| it.limit);
    let mut parts: Vec<_> = found.parts.iter().collect();
    sort_by(&mut parts, |a, b| b.share.total_cmp(&a.share));
    let unit = indicator.unit();
    let need = |row: usize| {
        let limit = standard?;
        needed(&data.table, row, indicator, limit, data.splitting).ok()?
    };
    let markup = html! {
        div.z-tablebox tabindex="0" role="group" aria-label={ (indicator.name()) "各校情况" } { table.z-table {
            caption { "各校情况（按占差异的比重排列）" }
            thead { tr {
                (heads([
                    ("学校", Words), ("学生数", Numbers), ("校值", Numbers), ("占差异的比重", Numbers),
                    ("标准", Numbers), ("结论", Words), ("达标尚缺", Numbers),
                ]))
            } }
            tbody {
                @for part in &parts {
                    @let judged = standing(&data.table, part.row, indicator, standard, data.splitting).verdict;
                    tr {
                        th scope="row" { (data.school_name(part.row)) }
                        td.z-table__number { (part.pupils) }
                        td.z-table__number { (at_a_glance(&part.value.to_text())) " " (unit) }
                        td.z-table__number { (format!("{:.1}%", part.share * 100.0)) }
                        td.z-table__number { @if let Some(limit) = standard { (limit.value()) } }
                        td { @if let Some(judged) = judged { (verdict(judged)) } }
                        td.z-table__number {
                            @if let Some(least) = need(part.row) && least > Number::ZERO {
                                (least) " " (indicator.entered_in())
                            }
                        }
                    }
                }
            }
        } }
        (lifting(data, stage, &found, standard))
        (trial_form(data, stage, &found))
    };
    markup.into_string()
}

/// One way of lifting schools to the standard that brings the coefficient to its limit.
fn lifting(data: &Data<'_>, stage: Stage, found: &Coefficient, standard: Option<Limit>) -> Markup {
    let applied = coefficient_limits(data, stage).single;
    let Ok(plan) = plan(&data.table, found, data.splitting, standard.map(Limit::value), applied.limit) else {
        return html! {};
    };
    let unit = found.indicator.entered_in();
    let total = plan.steps.iter().fold(Number::ZERO, |sum, step| sum.plus(step.added));
    html! {
        h4 { "降低差异系数测算：" (limit_text(data, &applied)) }
        @if plan.steps.is_empty() && plan.suffices {
            p { "现在已经满足。" }
        } @else {
            p.z-hint {
                @if plan.suffices {
                    b { "可行方案，并非最少投入。" }
                    "测算办法：每次选“每补足一个单位使差异系数下降最多”的学校，补到 " (plan.target) " " (found.indicator.unit())
                    "，直到满足限值，再去掉不必要的学校。换一组学校，或者有的学校只补一部分，投入可能更少。"
                } @else {
                    "把低于 " (plan.target) " " (found.indicator.unit()) "的学校全部补足，仍不能满足限值。"
                }
            }
            ol.z-coefficients__plan {
                @for step in &plan.steps {
                    li {
                        (step.rows.first().map(|row| data.school_name(*row)).unwrap_or_default())
                        "：补 " (step.added) " " (unit) "，差异系数降为 " (places(step.after, Some(applied.limit)))
                    }
                }
            }
            p { "共 " (plan.steps.len()) " 所，合计补 " (total) " " (unit) "。" }
        }
    }
}

fn trial_form(data: &Data<'_>, stage: Stage, found: &Coefficient) -> Markup {
    let columns = || found.indicator.terms().iter().map(|term| term.column()).chain([Column::Pupils]);
    let first = found.parts.first().map(|part| part.row).zip(columns().next());
    html! {
        div.z-coefficients__trial.z-noprint role="group" aria-label="试算" {
            h4 { "试算" }
            select.z-input aria-label="学校" data-trial="row" {
                @for part in &found.parts { option value=(part.row) { (data.school_name(part.row)) } }
            }
            select.z-input aria-label="数据项" data-trial="column" {
                @for column in columns() { option value=(column.name()) { (column.head()) } }
            }
            input.z-input.z-input--number type="text" inputmode="decimal" aria-label="改为" placeholder="改为" data-trial="text";
            button.z-button type="button" data-do=(ReadAct::TryValue.name()) { "试算" }
            p data-trial="present" { @if let Some(cell) = first { (trial_present(data, stage, found.indicator, cell)) } }
            p role="status" data-trial="result" {}
            p.z-hint { "只看结果，不改动学校数据。输入后按回车即可。" }
        }
    }
}

/// What stands in a cell, and the value of its school with it, in words.
pub fn trial_present(
    data: &Data<'_>,
    stage: Stage,
    indicator: Indicator,
    (row, column): (usize, Column),
) -> String {
    let text = typed(data, row, column);
    let text = if text.is_empty() { "未填".to_owned() } else { format!("{text} {}", column.unit()) };
    format!(
        "现在：{} {}；{}。",
        column.label(),
        text.trim_end(),
        Tried::of(data, &data.table, stage, indicator, row).own()
    )
}

/// The text in a cell of 学校数据.
fn typed<'a>(data: &'a Data<'_>, row: usize, column: Column) -> &'a str {
    let school = data.rows.get(row).and_then(|id| data.assessment.schools.get(*id));
    school.map_or("", |school| school.text(column).trim())
}

/// What a coefficient would be with one cell changed, in words: the value of its
/// school, the coefficient and 综合差异系数, each with its verdict.
pub fn trial(
    data: &Data<'_>,
    stage: Stage,
    indicator: Indicator,
    (row, column): (usize, Column),
    text: &str,
) -> String {
    if let Err(why) = column.read(text) {
        return format!("“{text}”：{why}");
    }
    let schools: Vec<School> =
        data.rows.iter().filter_map(|id| data.assessment.schools.get(*id)).cloned().collect();
    let table = changed(&data.table, &schools, row, column, text);
    let before = Tried::of(data, &data.table, stage, indicator, row);
    let after = Tried::of(data, &table, stage, indicator, row);
    let word = |text: &str| if text.is_empty() { "空".to_owned() } else { text.to_owned() };
    let note = if after.missing > before.missing { "（该校因此缺数据，未计入）" } else { "" };
    format!(
        "{}的{}由 {} 改为 {}：{}；差异系数{}{note}；综合差异系数{}。",
        data.school_name(row),
        column.label(),
        word(typed(data, row, column)),
        word(text.trim()),
        after.own(),
        from_to(&before.single, &after.single),
        from_to(&before.composite, &after.composite),
    )
}

fn from_to(before: &str, after: &str) -> String {
    let blank = if before.ends_with('）') { "" } else { " " };
    format!("由 {before}{blank}变为 {after}")
}

/// What a table comes to for one school and one indicator, in words.
struct Tried {
    /// The value of the school.
    value: String,
    /// How that stands to its standard.
    standard: String,
    /// The coefficient of the indicator and its verdict.
    single: String,
    /// 综合差异系数 and its verdict where a limit is set for it.
    composite: String,
    /// How many rows lack data for the indicator.
    missing: usize,
}

impl Tried {
    fn of(data: &Data<'_>, table: &Table, stage: Stage, indicator: Indicator, row: usize) -> Tried {
        let found = coefficients(table, stage, data.splitting);
        let limits = coefficient_limits(data, stage);
        let standard = school_limit(data, indicator, stage).map(|it| it.limit);
        let told = |value: Option<f64>, limit: Limit, verdict: Verdict| match value {
            Some(value) => format!("{}（{}）", places(value, Some(limit)), verdict.label()),
            None => "—（缺数据）".to_owned(),
        };
        let limit = limits.single.limit;
        let single = found.singles.iter().find(|it| it.indicator == indicator);
        let composite = found.composite().ok();
        Tried {
            value: match value(table, row, indicator, data.splitting) {
                Ok(value) => format!("{} {}", glance(&value.to_text()), indicator.unit()),
                Err(lack) => format!("缺（{lack}）"),
            },
            standard: match standing(table, row, indicator, standard, data.splitting).verdict {
                Some(verdict) => format!("，{}", verdict.label()),
                None => String::new(),
            },
            single: single.map_or_else(String::new, |it| told(it.value(), limit, found.judge(it, limit))),
            composite: match limits.mean {
                Some(mean) => told(composite, mean.limit, found.judge_composite(mean.limit)),
                None => shown(composite, None),
            },
            missing: single.map_or(0, |it| it.missing.len()),
        }
    }

    /// The value of the school and how it stands to its standard.
    fn own(&self) -> String {
        format!("校值 {}{}", self.value, self.standard)
    }
}

fn left_out(data: &Data<'_>) -> Markup {
    let excluded = counted(&data.table, Who::Ordinary, None).excluded;
    html! {
        @if !excluded.is_empty() {
            section.z-coefficients aria-label="未计入的学校" {
                h2 { "未计入的学校 " (excluded.len()) " 行" }
                ul { @for (row, why) in &excluded { li { (data.school_name(*row)) "：" (why) } } }
            }
        }
    }
}
