//! 体检: the list of problems, each with the way to its place.

use maud::{Markup, html};

use crate::assessment::{Assessment, AssessmentId, RowId};
use crate::catalogue::Catalogue;
use crate::check::{Level, Problem, Report, Target};
use crate::html::act::{CheckAct, PageAct};
use crate::html::at_a_glance;
use crate::route::{Page, Route};
use crate::value::order::sort_by;

/// Problems of one rule beyond this number are folded.
const SHOWN: usize = 12;

/// The page 体检; `travels` is whether it goes along with 导出 Excel.
pub fn check_page(catalogue: &Catalogue, assessment: &Assessment, report: &Report, travels: bool) -> String {
    let of = |level: Level| report.open().filter(move |it| it.rule.level() == level).collect::<Vec<_>>();
    let muted: Vec<&Problem> = report.problems.iter().filter(|it| it.muted.is_some()).collect();
    let list = List { catalogue, assessment };
    let markup = html! {
        header.z-page__head {
            h1 { "体检" }
            button.z-button.z-noprint type="button" data-do=(PageAct::Print.name()) { "打印本页" }
        }
        p.z-page__lead { (report.count().in_words()) "。" }
        p.z-hint { "随填报自动更新。只指出缺漏和矛盾，不自动扣分，也不影响导出。" }
        p.z-noprint {
            label.z-check {
                input type="checkbox" checked[travels];
                "导出 Excel 时附上体检结果和不再提示的理由"
            }
        }
        @for level in [Level::Error, Level::Warning, Level::Hint] {
            @let found = of(level);
            @if !found.is_empty() {
                section.z-finding aria-label=(level.label()) {
                    h2 { span.z-level-tag.(tag(level)) { (level.label()) } " " (found.len()) " 项" }
                    (list.by_rule(&found))
                }
            }
        }
        @if report.open().next().is_none() {
            p.z-finding__clean { "没有发现缺漏和矛盾。" }
        }
        @if !muted.is_empty() {
            section.z-finding aria-label="不再提示" {
                h2 { "不再提示 " (muted.len()) " 项" }
                p.z-hint { "下列各项和理由保存在本份自评里；只有选了上面的“附上”，才随 Excel 导出。" }
                ul.z-finding__list { @for problem in muted { (list.muted(problem)) } }
            }
        }
    };
    markup.into_string()
}

const fn tag(level: Level) -> &'static str {
    match level {
        Level::Error => "z-level-tag--error",
        Level::Warning => "z-level-tag--warning",
        Level::Hint => "z-level-tag--hint",
    }
}

struct List<'a> {
    catalogue: &'a Catalogue,
    assessment: &'a Assessment,
}

impl List<'_> {
    /// Problems of one level, rule by rule.
    fn by_rule(&self, found: &[&Problem]) -> Markup {
        let mut rules: Vec<_> = found.iter().map(|it| it.rule).collect();
        sort_by(&mut rules, Ord::cmp);
        rules.dedup();
        html! {
            @for rule in rules {
                @let of_rule: Vec<&&Problem> = found.iter().filter(|it| it.rule == rule).collect();
                div.z-finding__rule {
                    h3 { (rule.name()) span.z-finding__count { (of_rule.len()) } }
                    p.z-hint { (rule.reason()) }
                    ul.z-finding__list {
                        @for problem in of_rule.iter().take(SHOWN) { (self.problem(problem)) }
                    }
                    @if of_rule.len() > SHOWN {
                        details {
                            summary { "其余 " (of_rule.len() - SHOWN) " 项" }
                            ul.z-finding__list {
                                @for problem in of_rule.iter().skip(SHOWN) { (self.problem(problem)) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn problem(&self, problem: &Problem) -> Markup {
        let id = problem.id(self.catalogue);
        html! {
            li.z-finding__problem data-problem=[id.as_ref()] {
                (self.place(problem))
                span.z-finding__text { (at_a_glance(&problem.text)) }
                @if id.is_some() {
                    details.z-finding__mute.z-noprint {
                        summary { "不再提示" }
                        div.z-finding__reason {
                            input.z-input type="text" aria-label="不再提示的理由" placeholder="写明理由";
                            button.z-button type="button" data-do=(CheckAct::Mute.name()) { "确定" }
                        }
                    }
                }
            }
        }
    }

    fn muted(&self, problem: &Problem) -> Markup {
        html! {
            li.z-finding__problem data-problem=[problem.id(self.catalogue)] {
                (self.place(problem))
                span.z-finding__text {
                    (problem.rule.name()) "：" (at_a_glance(&problem.text))
                    span.z-finding__note { "理由：" (problem.muted.as_deref().unwrap_or_default()) }
                }
                button.z-button.z-button--quiet.z-noprint type="button" data-do=(CheckAct::Unmute.name()) { "恢复提示" }
            }
        }
    }

    /// Where it is, as a link that leads to the very field: `data-aim` selects it on
    /// the page that the link leads to, `data-cell` names a cell of 学校数据.
    fn place(&self, problem: &Problem) -> Markup {
        let id = &self.assessment.head.id;
        match &problem.target {
            Target::Evidence(row) => self.evidence(id, row),
            Target::School(place) => html! {
                a.z-finding__place data-cell=(place) href=(Route::Assessment(id.clone(), Page::Schools)) { "学校数据" }
            },
            Target::Point(index, Some(place)) => self.point(id, *index, &format!("[data-doc='{place}']")),
            Target::Point(index, None) => {
                let ordinal = self.catalogue.points().get(*index).map_or(0, |point| point.ordinal);
                self.point(id, *index, &format!("#state-{ordinal}"))
            }
            Target::Measure(index, measure) => {
                self.point(id, *index, &format!("#measure-{measure} :is(input, select)"))
            }
            Target::Figure(figure, index) => {
                self.point(id, *index, &format!("[data-figure='{figure}'] :is(input, select)"))
            }
        }
    }

    fn point(&self, id: &AssessmentId, index: usize, aim: &str) -> Markup {
        let Some(point) = self.catalogue.points().get(index) else { return html! {} };
        html! {
            a.z-finding__place data-aim=(aim) href=(Route::Assessment(id.clone(), Page::Point(point.ordinal))) {
                (self.catalogue.point_label) " " (point.no)
            }
        }
    }

    fn evidence(&self, id: &AssessmentId, row: &RowId) -> Markup {
        let citing = self.assessment.points_citing(row);
        let point = citing.first().and_then(|point| self.catalogue.point(point));
        let number = self.assessment.evidence.get(row).map_or("", |it| it.number.as_str());
        html! {
            @match point {
                Some((_, point)) => {
                    a.z-finding__place data-aim={ "#point-" (point.ordinal) " [data-row='" (row) "'] input" }
                        href=(Route::Assessment(id.clone(), Page::Point(point.ordinal)))
                    {
                        "材料 " (number)
                    }
                }
                None => span.z-finding__place { "材料 " (number) },
            }
        }
    }
}
