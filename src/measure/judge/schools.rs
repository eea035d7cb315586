//! Measures that are judged by 学校数据: every school of a clause, and 差异系数. Rows
//! that cannot be used are named and stop nothing.

use super::super::figure::has_none;
use super::{Judge, Judged, Outcome, grouped, places, unit_after};
use crate::catalogue::About;
use crate::school::Stage;
use crate::school::counted::Counted;
use crate::school::cv::coefficients;
use crate::school::indicator::{Indicator, Who};
use crate::school::standing::{Standing, Standings, standings};
use crate::school::value::Splitting;
use crate::value::limit::Op;
use crate::value::limit::Verdict;
use crate::value::number::glance;

/// So many rows of a kind are named; the page of the schools names all.
const NAMED: usize = 3;

impl Judge<'_> {
    pub(super) fn schools(&self, indicator: Indicator, stages: &[Stage]) -> Judged {
        let stage = match stages {
            [one] => Some(*one),
            _ => None,
        };
        let found = standings(&self.data.table, indicator, stage, self.limit(), self.data.splitting);
        let (reached, missed, missing) =
            (found.count(Verdict::Reached), found.count(Verdict::Missed), found.count(Verdict::Missing));
        let Some(verdict) = found.verdict() else {
            let about = match indicator.who() {
                Who::Special => Some(About::Special),
                Who::Correctional => Some(About::Correctional),
                // No district is without 小学 or without 初中: the table is not filled yet.
                Who::Ordinary => None,
            };
            if about.is_some_and(|about| has_none(self.data, about)) {
                return Judged::absent(format!("学校数据中没有{}", indicator.who_in_words()));
            }
            return Judged::missing(vec!["学校数据中没有可以计算的学校".to_owned()]);
        };
        let counting = if stage.is_some() { "" } else { "（分学段计）" };
        let mut working =
            format!("{}：共 {} 所{counting}，达标 {reached}", indicator.name(), found.schools.len());
        if missed > 0 {
            working.push_str(&format!("，未达标 {missed}（{}）", self.named_misses(&found, indicator)));
        }
        if missing > 0 {
            working.push_str(&format!("，缺数据 {missing}"));
        }
        working.push_str(self.splitting_note(indicator));
        working.push_str(&self.left_out(&found.counted));
        let of = |verdict| found.schools.iter().filter(move |it| it.verdict == Some(verdict));
        let lacks: Vec<String> = of(Verdict::Missing)
            .filter_map(|it| Some(format!("{}：{}", self.data.school_name(it.row), it.value.err()?)))
            .collect();
        let upper = matches!(self.measure.op, Op::AtMost | Op::Below);
        let values = found.schools.iter().filter_map(|it| it.value.ok());
        let worst =
            values.reduce(|one, other| if (one.to_f64() < other.to_f64()) == upper { other } else { one });
        let value = worst.map_or_else(String::new, |it| {
            let which = if upper { "最高" } else { "最低" };
            format!("{which} {}{}", grouped(&it.to_text()), unit_after(indicator.unit()))
        });
        Judged { value, working, lacks, ..Judged::new(verdict.into()) }
    }

    /// Which schools miss the limit, with their values; the page of the schools has all.
    fn named_misses(&self, found: &Standings, indicator: Indicator) -> String {
        let all = found.schools.iter().filter(|it| it.verdict == Some(Verdict::Missed));
        let value = |it: &Standing| match it.value {
            Ok(value) => format!(" {}{}", grouped(&glance(&value.to_text())), unit_after(indicator.unit())),
            Err(_) => String::new(),
        };
        let first: Vec<String> =
            all.take(NAMED).map(|it| format!("{}{}", self.data.school_name(it.row), value(it))).collect();
        let more = if found.count(Verdict::Missed) > NAMED { "等" } else { "" };
        format!("{}{more}", first.join("、"))
    }

    /// Which rows are left out that may have to be counted, with their reasons.
    fn left_out(&self, counted: &Counted) -> String {
        let all: Vec<String> = counted
            .excluded
            .iter()
            .filter(|(_, why)| why.is_doubtful())
            .map(|(row, why)| format!("{}（{why}）", self.data.school_name(*row)))
            .collect();
        let first = all.iter().take(NAMED).cloned().collect::<Vec<_>>().join("、");
        match all.len() {
            0 => String::new(),
            few if few <= NAMED => format!("；另有{first}"),
            many => format!("；另有{first}等 {many} 行未计入"),
        }
    }

    fn splitting_note(&self, indicator: Indicator) -> &'static str {
        if self.data.splitting == Splitting::ByStage && indicator.splits() {
            "（一贯制学校按 1∶1.1∶1.32 折算，据转述）"
        } else {
            ""
        }
    }

    pub(super) fn coefficient(&self, stage: Stage, each: bool) -> Judged {
        let found = coefficients(&self.data.table, stage, self.data.splitting);
        if found.counted.rows.is_empty() {
            return Judged::missing(vec![format!("学校数据中没有可以计算的{}", stage.label())]);
        }
        if found.is_of_one() {
            let working = format!("{}仅 1 所，没有校际差异可算", stage.label());
            return Judged { value: "仅1所".to_owned(), ..Judged::absent(working) };
        }
        let Some(limit) = self.limit() else { return Judged::new(Outcome::People) };
        let verdict = if each { found.judge_each(limit) } else { found.judge_composite(limit) };
        let singles: Vec<String> = found
            .singles
            .iter()
            .map(|it| {
                let value = it.value().map_or_else(|| "—".to_owned(), |it| places(it, Some(limit)));
                format!("{} {value}", it.indicator.name())
            })
            .collect();
        let mut lacks: Vec<String> = Vec::new();
        for single in &found.singles {
            let name = single.indicator.name();
            if let Err(why) = single.spread {
                lacks.push(format!("{name}：{why}"));
            } else if !single.missing.is_empty() {
                lacks.push(format!("{name}：缺数据 {} 所", single.missing.len()));
            }
        }
        let composite = found.composite().ok();
        let value = match (each, composite) {
            (false, Some(composite)) => places(composite, Some(limit)),
            (true, _) => {
                let largest = found.singles.iter().filter_map(|it| it.value()).reduce(f64::max);
                largest.map_or_else(String::new, |it| format!("最大 {}", places(it, Some(limit))))
            }
            _ => String::new(),
        };
        let mean = if each { "" } else { "七项单项差异系数的算术平均；" };
        let note = if self.data.splitting == Splitting::ByStage {
            "；一贯制学校按 1∶1.1∶1.32（据转述）折算"
        } else {
            ""
        };
        let working = format!(
            "{mean}按学生数加权（公式据转述），{} {} 所：{}{note}{}",
            stage.label(),
            found.counted.rows.len(),
            singles.join("，"),
            self.left_out(&found.counted)
        );
        Judged { value, working, lacks, ..Judged::new(verdict.into()) }
    }
}
