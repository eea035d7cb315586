//! 差异系数: the coefficients of both stages against their limits, what each school
//! has to do with them, and what would change them.

use maud::{Markup, html};

use super::act::Act;
use super::figures::verdict_class;
use super::national;
use crate::measure::{Applied, CoefficientLimits, Data, coefficient_limits, places, school_limit};
use crate::number::Number;
use crate::route::{Page, Route};
use crate::school::counted::counted;
use crate::school::cv::{Coefficient, Coefficients, coefficient, of_stages};
use crate::school::indicator::{Indicator, Who};
use crate::school::limit::{Limit, Verdict};
use crate::school::standing::standing;
use crate::school::value::Splitting;
use crate::school::whatif::{changed, needed, plan};
use crate::school::{Column, School, Stage};

/// The page 差异系数.
pub fn coefficients_page(data: &Data<'_>) -> String {
    let stages = of_stages(&data.table, data.splitting);
    let schools = Route::Assessment(data.assessment.head.id.clone(), Page::Schools);
    let markup = html! {
        header.z-page__head {
            h1 { "差异系数" }
            button.z-button.z-noprint type="button" data-do=(Act::Print.name()) { "打印本页" }
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
            div.z-tablebox { table.z-table {
                thead { tr {
                    @for name in ["指标", "本地区均值", "标准差", "差异系数", "限值", "结论", "缺数据"] {
                        th scope="col" { (name) }
                    }
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
            (national::folded(found.stage))
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
        @if spread.is_some() {
            tr { td colspan="7" {
                details.z-coefficients__more data-stage=(stage_name(found.stage)) data-indicator=(it.indicator.id()) {
                    summary { "各校情况、最少补足和试算：" (it.indicator.name()) }
                    div.z-coefficients__detail {}
                }
            } }
        }
        @if missing > 0 {
            tr { td colspan="7" { p.z-hint {
                "缺数据：" (it.missing.iter().take(5).map(|(row, lack)| format!("{}（{lack}）", data.school_name(*row))).collect::<Vec<_>>().join("、"))
                @if missing > 5 { "等" }
            } } }
        }
    }
}

/// Word for a stage in `data-stage`.
pub(super) const fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Primary => "primary",
        Stage::Junior => "junior",
    }
}

/// The stage of such a word.
pub fn stage_of(word: &str) -> Option<Stage> {
    Stage::ALL.into_iter().find(|stage| stage_name(*stage) == word)
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

pub(super) fn verdict(verdict: Verdict) -> Markup {
    let class = verdict_class(verdict.into());
    html! { span class=(class) { (verdict.label()) } }
}

/// What each school has to do with a coefficient: its value, its share of the
/// variance and the least that it needs; then which schools to lift, and a form
/// for trying a value.
pub fn coefficient_detail(data: &Data<'_>, stage: Stage, indicator: Indicator) -> String {
    let rows = counted(&data.table, Who::Ordinary, Some(stage)).rows;
    let found = coefficient(&data.table, &rows, indicator, data.splitting);
    let standard = school_limit(data, indicator, stage).map(|it| it.limit);
    let mut parts: Vec<_> = found.parts.iter().collect();
    parts.sort_by(|a, b| b.share.total_cmp(&a.share));
    let unit = indicator.unit();
    let need = |row: usize| {
        let limit = standard?;
        needed(&data.table, row, indicator, limit, data.splitting).ok()?
    };
    let markup = html! {
        div.z-tablebox { table.z-table {
            caption { "各校情况（按占差异的比重排列）" }
            thead { tr {
                @for name in ["学校", "学生数", "校值", "占差异的比重", "标准", "结论", "最少补足"] { th scope="col" { (name) } }
            } }
            tbody {
                @for part in &parts {
                    @let judged = standing(&data.table, part.row, indicator, standard, data.splitting).verdict;
                    tr {
                        th scope="row" { (data.school_name(part.row)) }
                        td.z-table__number { (part.pupils) }
                        td.z-table__number { (part.value.to_text()) " " (unit) }
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
        (trial_form(data, &found))
    };
    markup.into_string()
}

/// Which schools, lifted to the standard, bring the coefficient to its limit.
fn lifting(data: &Data<'_>, stage: Stage, found: &Coefficient, standard: Option<Limit>) -> Markup {
    let applied = coefficient_limits(data, stage).single;
    let Ok(plan) = plan(&data.table, found, data.splitting, standard.map(Limit::value), applied.limit) else {
        return html! {};
    };
    let unit = found.indicator.entered_in();
    html! {
        h4 { "怎样把差异系数降到 " (limit_text(data, &applied)) }
        @if plan.steps.is_empty() && plan.suffices {
            p { "现在已经满足。" }
        } @else {
            p.z-hint {
                "测算办法：每次选“每补足一个单位使差异系数下降最多”的学校，补到 " (plan.target) " " (found.indicator.unit())
                "，直到满足限值，再去掉不必要的学校；结果较省，但不保证是最省的。"
                @if !plan.suffices { "把低于此数的学校全部补足，仍不能满足限值。" }
            }
            ol.z-coefficients__plan {
                @for step in &plan.steps {
                    li {
                        (step.rows.first().map(|row| data.school_name(*row)).unwrap_or_default())
                        "：补 " (step.added) " " (unit) "，差异系数降为 " (places(step.after, Some(applied.limit)))
                    }
                }
            }
        }
    }
}

fn trial_form(data: &Data<'_>, found: &Coefficient) -> Markup {
    let columns = found.indicator.terms().iter().map(|term| term.column());
    html! {
        div.z-coefficients__trial role="group" aria-label="试算" {
            h4 { "试算" }
            select.z-input aria-label="学校" data-trial="row" {
                @for part in &found.parts { option value=(part.row) { (data.school_name(part.row)) } }
            }
            select.z-input aria-label="数据项" data-trial="column" {
                @for column in columns.chain([Column::Pupils]) {
                    option value=(column.name()) { (column.head()) }
                }
            }
            input.z-input.z-input--number type="text" inputmode="decimal" aria-label="改为" placeholder="改为" data-trial="text";
            button.z-button type="button" data-do=(Act::TryValue.name()) { "试算" }
            p role="status" data-trial="result" {}
            p.z-hint { "只看结果，不改动学校数据。" }
        }
    }
}

/// What a coefficient would be with one cell changed, in words.
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
    let value = |table| {
        let rows = counted(table, Who::Ordinary, Some(stage)).rows;
        coefficient(table, &rows, indicator, data.splitting)
    };
    let (before, after) = (value(&data.table), value(&table));
    let applied = coefficient_limits(data, stage).single;
    let text = if text.trim().is_empty() { "空" } else { text.trim() };
    let note = if after.missing.len() > before.missing.len() {
        "（该校因此缺数据，未计入）"
    } else {
        ""
    };
    format!(
        "{}的{}改为 {text}：差异系数由 {} 变为 {}{note}。",
        data.school_name(row),
        column.label(),
        shown(before.value(), Some(applied.limit)),
        shown(after.value(), Some(applied.limit))
    )
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
