//! What is doubtful in a proposal, in the words of the page. Decides nothing: whatever
//! is listed here can be changed beside it.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::Note;
use super::lines::Left;
use super::{Arrival, Passed, Proposal, Sheet, Stated, stage_key};
use crate::school::Column;
use crate::value::grid::{Origin, letters};
use crate::value::order::sort_by_key;
use crate::value::text::shortened;

/// Something to look at before anything is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// Whether something is left out or read otherwise than it stands, unless somebody
    /// says what is right.
    pub grave: bool,
    /// What it is.
    pub text: String,
}

impl Doubt {
    /// A grave one.
    pub fn grave(text: impl Into<String>) -> Doubt {
        Doubt { grave: true, text: text.into() }
    }

    /// One that is said.
    pub fn said(text: impl Into<String>) -> Doubt {
        Doubt { grave: false, text: text.into() }
    }
}

pub(super) fn of(proposal: &Proposal) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    match proposal.origin {
        Origin::Submission => doubts.push(Doubt::said(
            "这是本程序导出的整份报送文件，这里只取其中的学校数据；填报内容请在工作台用“导入”（导出备份的 .json 文件）。",
        )),
        Origin::Template | Origin::Foreign => {}
    }
    let many = proposal.sheets.iter().filter(|it| it.taken).count() > 1;
    for sheet in proposal.sheets.iter().filter(|it| it.taken) {
        let of = if many { format!("“{}”：", sheet.name) } else { String::new() };
        let found = of_sheet(sheet);
        doubts.extend(found.into_iter().map(|it| Doubt { text: format!("{of}{}", it.text), ..it }));
    }
    of_sheets(proposal, &mut doubts);
    of_twins(proposal, &mut doubts);
    of_cells(proposal.arrivals(), &mut doubts);
    sort_by_key(&mut doubts, |it| !it.grave);
    doubts
}

fn of_sheets(proposal: &Proposal, doubts: &mut Vec<Doubt>) {
    let names = |passed| {
        let of = proposal.sheets.iter().filter(move |it| it.passed == Some(passed) && !it.name.is_empty());
        of.map(|it| format!("“{}”", it.name)).collect::<Vec<_>>().join("、")
    };
    for (passed, why) in [
        (Passed::Large, "有内容的行或列过多（最多 20,000 行、256 列），未取"),
        (Passed::Hidden, "是隐藏的工作表，未取"),
        (Passed::Catalogue, "是指标体系或自评表，不是学校数据，未取"),
        (Passed::Other, "没有学校数据的表头，未取"),
    ] {
        let names = names(passed);
        if !names.is_empty() && proposal.is_table() {
            doubts.push(Doubt::said(format!("工作表{names}{why}。")));
        }
    }
}

fn of_sheet(sheet: &Sheet) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    if !sheet.is_headed() {
        doubts.push(Doubt::grave("没有认出表头：请在下面为各列选择“对应本表”，至少选出学校名称，再导入。"));
    }
    for twins in
        sheet.twin_heads().into_iter().filter(|all| all.iter().any(|it| it.column.is_none() && !it.idle))
    {
        let words = twins.iter().map(|it| place(it.at, &it.words)).collect::<Vec<_>>().join("、");
        let chosen = twins.iter().find(|it| it.column.is_some());
        doubts.push(match chosen {
            Some(chosen) if twins.iter().all(|it| it.at == chosen.at || it.hidden) => Doubt::grave(format!(
                "{words}表头相同，隐藏的列未取，取了显示的{}，请核对。",
                place(chosen.at, &chosen.words)
            )),
            Some(_) => Doubt::grave(format!("{words}表头相同，请核对取的是哪一列。")),
            None => Doubt::grave(format!("{words}表头相同，一列都未取，请选择取哪一列。")),
        });
    }
    for source in sheet.sources.iter().filter(|it| it.asks_unit && it.filled > 0) {
        let words = place(source.at, &source.words);
        let why = match &source.stated {
            Stated::Unknown(unit) => format!("单位“{unit}”不认识"),
            Stated::Unit(unit) => format!("表头写的单位“{}”与本表的列不符", unit.name),
            Stated::Nothing => "没有写单位，按万元计数值过大".to_owned(),
        };
        doubts.push(Doubt::grave(format!("{words}{why}，请选择单位；选定之前此列不导入。")));
    }
    for source in sheet.sources.iter().filter(|it| it.column.is_none() && it.filled > 0 && !it.idle) {
        if sheet.is_headed() && !sheet.twin_heads().iter().flatten().any(|it| it.at == source.at) {
            let words = place(source.at, &source.words);
            doubts
                .push(Doubt::grave(format!("{words}有 {} 行有内容，没有对应的列，不导入。", source.filled)));
        }
    }
    for source in sheet.sources.iter().filter(|it| it.column.is_some()) {
        let words = place(source.at, &source.words);
        let own = source.column.map_or("", Column::unit);
        if let Some(unit) = source.unit.filter(|unit| !unit.is_own() && source.filled > 0) {
            let about = if unit.name == "亩" { "（1 亩约 666.67 ㎡）" } else { "" };
            doubts.push(Doubt::said(format!("{words}按“{}”折算为{own}{about}。", unit.name)));
        }
        for (word, count) in &source.words_behind {
            doubts.push(if source.read_words.contains(word) {
                Doubt::said(format!("{words}有 {count} 处数字后带“{word}”，已按“{word}”折算。"))
            } else {
                Doubt::grave(format!(
                    "{words}有 {count} 处数字后带“{word}”，原样保留、不计入合计；确认后可按数字读取。"
                ))
            });
        }
        if source.hidden && source.filled > 0 {
            doubts.push(Doubt::grave(format!("{words}在文件中是隐藏的，也取了，请核对。")));
        }
        if source.qualified {
            doubts.push(Doubt::said(format!("{words}表头括号里另有说明，请核对口径。")));
        }
        if !source.year.is_empty() {
            doubts.push(Doubt::said(format!("{words}是{}的数据，请核对年度。", source.year)));
        }
    }
    if let Some(whole) = sheet.side_by_side() {
        let words = whole.iter().map(|it| place(it.at, &it.words)).collect::<Vec<_>>().join("、");
        doubts.push(if whole.is_empty() {
            Doubt::said("小学、初中并列在一行的，拆成两行。")
        } else {
            Doubt::grave(format!(
                "小学、初中并列在一行的，拆成两行；{words}没有分学段，填在该校的第一个学段，请核对。"
            ))
        });
    }
    let (rows, _) = sheet.hidden();
    if rows > 0 {
        let taken = if sheet.with_hidden { "也取了" } else { "未取" };
        let names = sheet.hidden_names().join("、");
        doubts.push(Doubt::grave(format!("文件中有 {rows} 行被隐藏或筛选掉（{names}），{taken}，请核对。")));
    }
    let unreadable = sheet.unreadable();
    if !unreadable.is_empty() {
        doubts.push(Doubt::grave(format!(
            "第 {} 行有损坏的字符（显示为 \u{FFFD}），请对照原件改正。",
            listed(&unreadable)
        )));
    }
    of_counts(sheet, &mut doubts);
    doubts
}

fn of_counts(sheet: &Sheet, doubts: &mut Vec<Doubt>) {
    let counts = sheet.counts();
    if let Some(count) = counts.get(&Left::Cut) {
        doubts.push(Doubt::grave(format!(
            "有 {count} 行像是被单元格内的换行截断，已与相邻的行合并或未取，请核对。"
        )));
    }
    let skipped = [Left::Sum, Left::Section, Left::Remark, Left::Head, Left::Blank];
    let mut parts: Vec<String> =
        skipped.iter().filter_map(|why| Some(format!("{} {}", why.label(), counts.get(why)?))).collect();
    if sheet.above_heads() > 0 {
        parts.insert(0, format!("表头以上 {}", sheet.above_heads()));
    }
    if !parts.is_empty() {
        doubts.push(Doubt::said(format!("未取的行：{}。", parts.join("，"))));
    }
}

/// Rows of one school: those that are left out, with what stands in them, and names
/// with several codes.
fn of_twins(proposal: &Proposal, doubts: &mut Vec<Doubt>) {
    let left_out = proposal.left_out();
    let twins: Vec<String> = left_out
        .iter()
        .filter(|it| it.why == Left::Twice && !it.taken)
        .map(|it| format!("第 {} 行“{}”", it.row + 1, it.text))
        .collect();
    if !twins.is_empty() {
        let listed = twins.iter().take(3).cloned().collect::<Vec<_>>().join("；");
        let more = if twins.len() > 3 { format!("等 {} 行", twins.len()) } else { String::new() };
        doubts.push(Doubt::grave(format!(
            "{listed}{more}与另一行是同一所学校的同一学段，未取；要改取这一行，请在“未取的行”里勾选，两行都要就都勾选。"
        )));
    }
    let mut codes: BTreeMap<(String, String), BTreeSet<&str>> = BTreeMap::new();
    for arrival in proposal.arrivals() {
        if let (Some(name), Some(code)) = (arrival.cells.get(&Column::Name), arrival.cells.get(&Column::Code))
        {
            codes.entry((name.clone(), stage_key(&arrival.cells))).or_default().insert(code);
        }
    }
    for ((name, _), codes) in codes.iter().filter(|(_, codes)| codes.len() > 1) {
        let codes = codes.iter().copied().collect::<Vec<_>>().join("、");
        doubts.push(Doubt::grave(format!("“{name}”有几个代码（{codes}），按几所学校导入，请核对。")));
    }
}

fn of_cells(arrivals: &[Arrival], doubts: &mut Vec<Doubt>) {
    let mut notes: BTreeMap<Note, (usize, BTreeSet<Column>)> = BTreeMap::new();
    for (column, note) in arrivals.iter().flat_map(|it| &it.notes) {
        let (count, columns) = notes.entry(*note).or_default();
        *count += 1;
        columns.insert(*column);
    }
    for (note, (count, columns)) in notes {
        let of = columns.into_iter().map(Column::label).collect::<Vec<_>>().join("、");
        let (grave, text) = match note {
            Note::NoResult => {
                (true, "处公式在文件里没有结果，按空格导入；请在 Excel 或 WPS 中打开、保存后再试")
            }
            Note::Error => (true, "处是公式错误（#N/A 等），数字列原样标出，名称和代码未取"),
            Note::Picture => (true, "处是图片，不是数字或文字，未取"),
            Note::Hashes => (true, "处是 ########（列宽不足），请拉宽后再复制；数字列原样标出，代码未取"),
            Note::Rounded => (true, "处是科学计数或超过 15 位的数字，已丢失末位；数字列原样标出，代码未取"),
            Note::Unfit => (true, "处折算后小数过多，原样保留并标出"),
            Note::Shown => (false, "处按单元格显示的单位折算"),
            Note::Worded | Note::Unread => continue,
        };
        doubts.push(Doubt { grave, text: format!("{of}有 {count} {text}。") });
    }
    let continued = arrivals.iter().filter(|it| it.continued).count();
    if continued > 0 {
        doubts.push(Doubt::said(format!("有 {continued} 行的学校名称为空，按上一行的合并单元格补为同名。")));
    }
    let unnamed = arrivals.iter().filter(|it| !it.cells.contains_key(&Column::Name)).count();
    if unnamed > 0 {
        doubts.push(Doubt::grave(format!("有 {unnamed} 行没有学校名称，导入后会标出。")));
    }
    let bare = arrivals.iter().filter(|it| it.cells.keys().all(|it| *it == Column::Name)).count();
    if bare > 0 && bare < arrivals.len() {
        doubts.push(Doubt::said(format!("有 {bare} 行只有学校名称，没有其他内容。")));
    }
    let refused = |it: &&Arrival| it.cells.iter().any(|(column, text)| column.read(text).is_err());
    let faults: Vec<String> = arrivals.iter().filter(refused).flat_map(faults_of).collect();
    if !faults.is_empty() {
        let some = faults.iter().take(3).cloned().collect::<Vec<_>>().join("；");
        let more = if faults.len() > 3 { "等" } else { "" };
        let count = faults.len();
        doubts.push(Doubt::grave(format!("有 {count} 处填写有误（{some}{more}），导入后会标出，原文保留。")));
    }
}

/// The texts of a school that their columns do not take, with where they stand.
fn faults_of(arrival: &Arrival) -> Vec<String> {
    let name = arrival.cells.get(&Column::Name).map_or("未写名称", String::as_str);
    let refused = arrival.cells.iter().filter(|(column, text)| column.read(text).is_err());
    refused.map(|(column, text)| format!("{name}的{}“{}”", column.label(), shortened(text, 12))).collect()
}

/// A column as a person finds it: “在校生数”（D 列）.
fn place(at: usize, words: &str) -> String {
    let letters = letters(at);
    if words.is_empty() { format!("{letters} 列") } else { format!("“{words}”（{letters} 列）") }
}

/// Some numbers: the first five.
fn listed(numbers: &[usize]) -> String {
    let first = numbers.iter().take(5).map(usize::to_string).collect::<Vec<_>>().join("、");
    if numbers.len() > 5 { format!("{first} 等 {}", numbers.len()) } else { first }
}
