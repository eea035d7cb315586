//! 导入学校数据: what a table that came is taken for, what is doubtful about it, and
//! what taking it would change, as the content of a dialog. Every control bears its
//! [`Choice`] in `data-choice`.

use maud::{Markup, html};

use crate::assessment::arrivals::{Known, Plan};
use crate::school::Column;
use crate::school::intake::choice::Choice;
use crate::school::intake::unit::Unit;
use crate::school::intake::{Doubt, LeftOut, Proposal, Sheet, Source};
use crate::value::order::sort_by_key;

/// So many doubts stand open; the others are unfolded.
const DOUBTS: usize = 8;
/// So many rows of a list are shown.
const LISTED: usize = 200;

/// What is proposed, with all that can be changed about it. `from` is the name of the
/// file; empty for what was pasted.
pub fn arrivals(from: &str, proposal: &Proposal, plan: &Plan, known: Known) -> String {
    let doubts = {
        let mut all: Vec<Doubt> = proposal.doubts().into_iter().chain(plan.doubts.iter().cloned()).collect();
        sort_by_key(&mut all, |it| !it.grave);
        all
    };
    let left_out = proposal.left_out();
    let markup = html! {
        p.z-arrivals__from { (heading(from, proposal)) }
        p.z-arrivals__outlook role="status" { (outlook(proposal, plan)) }
        (doubts_list(&doubts))
        label.z-check {
            input type="checkbox" id="choice-known" data-choice=(Choice::Known) checked[known == Known::Update];
            "更新已有的学校（代码或名称与学段相同的；空单元格不覆盖原有内容）"
        }
        (sheets(proposal))
        (changes(plan))
        @for (at, sheet) in proposal.sheets.iter().enumerate().filter(|(_, it)| it.taken) {
            (columns(at, sheet, proposal.sheets.len() > 1))
        }
        (left_out_list(&left_out))
    };
    markup.into_string()
}

fn heading(from: &str, proposal: &Proposal) -> String {
    let from = if from.is_empty() { "粘贴的内容".to_owned() } else { format!("文件“{from}”") };
    let taken = proposal.sheets.iter().filter(|it| it.taken && !it.name.is_empty());
    let names: Vec<String> = taken.map(|it| format!("“{}”", it.name)).collect();
    if names.is_empty() { from } else { format!("{from}，工作表{}", names.join("、")) }
}

fn outlook(proposal: &Proposal, plan: &Plan) -> String {
    if proposal.waits() {
        return "还不能导入：请先在下面选出哪一列是学校名称。".to_owned();
    }
    let (added, changed, same) = (plan.added(), plan.changed().count(), plan.same());
    let mut parts = vec![format!("将新增 {added} 行")];
    if changed > 0 || same > 0 {
        parts.push(format!("更新 {changed} 行"));
    }
    if same > 0 {
        parts.push(format!("{same} 行与现有内容相同"));
    }
    format!("{}。", parts.join("，"))
}

fn doubts_list(doubts: &[Doubt]) -> Markup {
    let (open, rest) = doubts.split_at(DOUBTS.min(doubts.len()));
    let item = |doubt: &Doubt| {
        html! {
            li.z-arrivals__grave[doubt.grave] { @if doubt.grave { b { "请核对 " } } (doubt.text) }
        }
    };
    html! {
        @if !open.is_empty() {
            section.z-arrivals__doubts aria-label="存疑之处" {
                ul { @for doubt in open { (item(doubt)) } }
                @if !rest.is_empty() {
                    details id="arrivals-doubts" {
                        summary { "其余 " (rest.len()) " 条" }
                        ul { @for doubt in rest { (item(doubt)) } }
                    }
                }
            }
        }
    }
}

fn sheets(proposal: &Proposal) -> Markup {
    let named: Vec<(usize, &Sheet)> =
        proposal.sheets.iter().enumerate().filter(|(_, it)| !it.name.is_empty()).collect();
    html! {
        @if named.len() > 1 {
            fieldset.z-arrivals__sheets {
                legend { "工作表" }
                @for (at, sheet) in named {
                    label.z-check {
                        input type="checkbox" id={ "choice-sheet-" (at) } data-choice=(Choice::Sheet(at)) checked[sheet.taken]
                            disabled[sheet.sources.is_empty()];
                        (sheet.name)
                    }
                }
            }
        }
    }
}

fn columns(at: usize, sheet: &Sheet, named: bool) -> Markup {
    let (rows, _) = sheet.hidden();
    let mut sources: Vec<&Source> =
        sheet.sources.iter().filter(|it| it.filled > 0 || !it.words.is_empty()).collect();
    // What would be lost comes first, then what is still asked.
    sort_by_key(&mut sources, |it| (!is_lost(it), it.words_behind.len() == it.read_words.len(), it.at));
    html! {
        @if rows > 0 {
            label.z-check {
                input type="checkbox" id={ "choice-hidden-" (at) } data-choice=(Choice::Hidden(at)) checked[sheet.with_hidden];
                "也取文件中隐藏或筛选掉的 " (rows) " 行"
            }
        }
        @if !sheet.is_headed() {
            button.z-button type="button" data-choice=(Choice::Order(at)) { "按本表各列的顺序对应" }
        }
        div.z-changes.z-arrivals__columns role="group" tabindex="0"
            aria-label={ "列的对应关系" @if named && !sheet.name.is_empty() { "：" (sheet.name) } }
        {
            table.z-table {
                thead { tr {
                    th scope="col" { @if named && !sheet.name.is_empty() { (sheet.name) "的" } "来源列" }
                    th scope="col" { "内容举例" }
                    th scope="col" { "对应本表" }
                    th scope="col" { "单位" }
                } }
                tbody { @for source in sources { (row(at, source)) } }
            }
        }
    }
}

/// Whether something would be lost by leaving a column as it is.
fn is_lost(source: &Source) -> bool {
    source.filled > 0 && ((source.column.is_none() && !source.idle) || source.asks_unit)
}

fn row(sheet: usize, source: &Source) -> Markup {
    let name = match (source.words.as_str(), crate::value::grid::letters(source.at)) {
        ("", letters) => format!("{letters} 列"),
        (words, _) => words.to_owned(),
    };
    let dimension = source.column.and_then(Column::dimension);
    html! {
        tr.z-arrivals__lost[is_lost(source)] {
            th scope="row" { (name) @if source.hidden { span { "（隐藏）" } } }
            td.z-schools__samples { (source.samples.join("，")) }
            td {
                select.z-input id={ "choice-column-" (sheet) "-" (source.at) } data-choice=(Choice::Column(sheet, source.at))
                    aria-label={ (name) " 对应" }
                {
                    option value="" selected[source.column.is_none()] { "不导入" }
                    @for column in Column::ALL {
                        option value=(column.name()) selected[source.column == Some(column)] { (column.label()) }
                    }
                }
                @if let Some(stage) = source.stage.filter(|_| source.column.is_some()) { span { " " (stage.label()) } }
            }
            td {
                @if let Some(dimension) = dimension {
                    select.z-input id={ "choice-unit-" (sheet) "-" (source.at) } data-choice=(Choice::Unit(sheet, source.at))
                        aria-label={ (name) " 单位" } aria-invalid=[source.asks_unit.then_some("true")]
                    {
                        @if source.asks_unit { option value="" selected { "请选择" } }
                        @for unit in Unit::of(dimension) {
                            option value=(unit.name) selected[is_unit(source, unit)] { (unit_name(source, unit)) }
                        }
                    }
                }
                @for (word, count) in &source.words_behind {
                    label.z-check {
                        input type="checkbox" id={ "choice-word-" (sheet) "-" (source.at) "-" (word) }
                            data-choice=(Choice::Word(sheet, source.at, word.clone())) checked[source.read_words.contains(word)];
                        "读取带“" (word) "”的 " (count) " 处"
                        @if let Some(reading) = source.reading(word) { "（" (reading) "）" }
                    }
                }
            }
        }
    }
}

/// A unit as the column calls it: 人 where people are counted.
fn unit_name(source: &Source, unit: Unit) -> &'static str {
    if unit.is_own() { source.column.map_or(unit.name, Column::unit) } else { unit.name }
}

fn is_unit(source: &Source, unit: Unit) -> bool {
    match source.unit {
        Some(own) => own == unit,
        None => !source.asks_unit && unit.is_own(),
    }
}

fn left_out_list(left_out: &[LeftOut]) -> Markup {
    html! {
        @if !left_out.is_empty() {
            details id="arrivals-left" {
                summary { "未取的行（" (left_out.iter().filter(|it| !it.taken).count()) "），可勾选取回" }
                ul.z-arrivals__rows {
                    @for it in left_out.iter().take(LISTED) {
                        li {
                            label.z-check {
                                input type="checkbox" id={ "choice-row-" (it.sheet) "-" (it.row) }
                                    data-choice=(Choice::Row(it.sheet, it.row)) checked[it.taken];
                                "第 " (it.row + 1) " 行（" (it.why.label()) "）：" (it.text)
                            }
                        }
                    }
                    @if left_out.len() > LISTED { li { "其余 " (left_out.len() - LISTED) " 行未列出。" } }
                }
            }
        }
    }
}

fn changes(plan: &Plan) -> Markup {
    let changed: Vec<_> = plan.changed().collect();
    html! {
        @if !changed.is_empty() {
            details id="arrivals-changes" open[changed.len() <= 20] {
                summary { "将更改的 " (changed.len()) " 行" }
                div.z-changes tabindex="0" role="group" aria-label="将更改的内容" { table.z-table {
                    thead { tr { th scope="col" { "学校" } th scope="col" { "列" } th scope="col" { "现为" } th scope="col" { "改为" } } }
                    tbody {
                        @for planned in changed.iter().take(LISTED) {
                            @for (index, (column, from, to)) in planned.changes.iter().enumerate() {
                                tr {
                                    @if index == 0 { th scope="row" rowspan=(planned.changes.len()) { (planned.name()) } }
                                    td { (column.label()) }
                                    td { @if from.is_empty() { "（空）" } @else { (from) } }
                                    td { (to) }
                                }
                            }
                        }
                    }
                } }
                @if changed.len() > LISTED { p { "其余 " (changed.len() - LISTED) " 行未列出。" } }
            }
        }
    }
}
