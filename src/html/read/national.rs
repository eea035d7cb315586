//! How every school stands to the seven standards of 教督〔2017〕6号 taken together:
//! a national reference beside the coefficients, never a limit of the catalogue.

use maud::{Markup, html};

use crate::html::at_a_glance;
use crate::html::form::measures::verdict;
use crate::html::hook::Slot;
use crate::html::table::Holds::{Numbers, Words};
use crate::html::table::heads;
use crate::measure::Data;
use crate::school::Stage;
use crate::school::counted::counted;
use crate::school::indicator::{Indicator, Who};
use crate::school::standing::{National, Standing, national};
use crate::value::limit::Verdict;
use crate::value::order::sort_by_key;

/// The folded section of a stage; [`national_detail`] fills it when it is unfolded.
pub(super) fn folded(stage: Stage) -> Markup {
    html! {
        details.z-coefficients__more data-stage=(stage.name()) data-national="" {
            summary { "国家参考：各校七项指标达标情况" }
            div.z-coefficients__detail data-slot=(Slot::Detail) {}
        }
    }
}

/// The schools of a stage with their seven values, those that miss first.
pub fn national_detail(data: &Data<'_>, stage: Stage) -> String {
    let rows = counted(&data.table, Who::Ordinary, Some(stage)).rows;
    let mut schools: Vec<(usize, National)> =
        rows.into_iter().filter_map(|row| Some((row, national(&data.table, row, data.splitting)?))).collect();
    sort_by_key(&mut schools, |(_, it)| (rank(it.verdict), reached(it)));
    let count = |verdict| schools.iter().filter(|(_, it)| it.verdict == verdict).count();
    let markup = html! {
        p.z-hint {
            "教督〔2017〕6号（据转述）：每所学校至少有 6 项指标达到要求，余项不能低于要求的 85%。这是国家参考，不是本指标体系的限值，不计入上面的结论。缺的数据不影响结果时，照样得出结论。"
        }
        p { "达标 " (count(Verdict::Reached)) " 所、未达标 " (count(Verdict::Missed)) " 所、缺数据 " (count(Verdict::Missing)) " 所。" }
        div.z-tablebox tabindex="0" role="group" aria-label={ (stage.label()) "各校七项指标" } { table.z-table.z-national {
            thead { tr {
                (heads([("学校", Words), ("结论", Words), ("达到项数", Numbers), ("低于标准85%的指标", Words)]))
                @for indicator in Indicator::SEVEN { th.z-table__number scope="col" { (head(indicator, stage)) } }
            } }
            tbody {
                @for (row, school) in &schools {
                    tr {
                        th scope="row" { (data.school_name(*row)) }
                        td { (verdict(school.verdict)) }
                        td.z-table__number { (reached(school)) " / " (Indicator::SEVEN.len()) }
                        td { (far_below(school)) }
                        @for (_, standing) in &school.standings { td.z-table__number { (value(standing)) } }
                    }
                }
            }
        } }
    };
    markup.into_string()
}

/// Those that miss come first, then those that lack data.
const fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Missed => 0,
        Verdict::Missing => 1,
        Verdict::Reached => 2,
    }
}

/// How many of the seven reach their standard.
fn reached(school: &National) -> usize {
    school.standings.iter().filter(|(_, it)| it.verdict == Some(Verdict::Reached)).count()
}

/// An indicator with its number among the seven and its standard.
fn head(indicator: Indicator, stage: Stage) -> Markup {
    html! {
        @if let Some(number) = indicator.number() { (number) ". " }
        (indicator.name())
        @if let Some(standard) = indicator.national(stage) { span.z-hint { " ≥ " (standard) " " (indicator.unit()) } }
    }
}

/// Which are below 85 % of their standard, by their numbers.
fn far_below(school: &National) -> String {
    let numbers: Vec<String> =
        school.far_below.iter().filter_map(|it| it.number()).map(|it| it.to_string()).collect();
    if numbers.is_empty() { String::new() } else { format!("第 {} 项", numbers.join("、")) }
}

fn value(standing: &Standing) -> Markup {
    html! {
        @match standing.value {
            Ok(value) => {
                (at_a_glance(&value.to_text()))
                @if let Some(judged) = standing.verdict { br; (verdict(judged)) }
            }
            Err(lack) => { "缺" span.z-hint { "（" (lack) "）" } }
        }
    }
}
