//! Which rows of a table are schools and which are not: sums and statistics, heads and
//! column numbers that come again, section lines, notes, sources, signatures. What is
//! left out is only left out of the proposal, with its reason; a person can take it in
//! again.

use super::heads::{Heads, is_number};
use crate::school::Stage;
use crate::value::fold::{fold, is_blank, tidy};
use crate::value::grid::Grid;

/// Why a row is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Left {
    /// It adds others up or says something about all of them.
    Sum,
    /// It is the title of the rows beneath it.
    Section,
    /// It remarks something, or is signed.
    Remark,
    /// It repeats the heads, or numbers the columns.
    Head,
    /// It belongs to the row beneath or above it, from which a break has cut it off.
    Cut,
    /// The same school stands in another row of the file.
    Twice,
    /// Nothing stands in it.
    Blank,
}

impl Left {
    /// What such rows are called.
    pub const fn label(self) -> &'static str {
        match self {
            Left::Sum => "合计或统计行",
            Left::Section => "分段标题行",
            Left::Remark => "备注、签章行",
            Left::Head => "重复的表头或栏次行",
            Left::Cut => "被换行截断的行",
            Left::Twice => "重复的学校",
            Left::Blank => "空行",
        }
    }
}

/// A row beneath the heads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Its position in the table.
    pub row: usize,
    /// Why it is left out, if it is.
    pub left: Option<Left>,
    /// The stage that the section line above it says.
    pub stage: Option<Stage>,
    /// What a break has cut off of its name, which stands in the row above.
    pub front: String,
}

/// Ends of the name of a row that adds up or compares.
const STATISTICS: [&str; 24] = [
    "合计",
    "总计",
    "小计",
    "共计",
    "总和",
    "累计",
    "平均",
    "均值",
    "平均值",
    "平均数",
    "平均水平",
    "标准差",
    "方差",
    "差异系数",
    "达标率",
    "达标学校数",
    "达标校数",
    "最大值",
    "最小值",
    "中位数",
    "极差",
    "占比",
    "合格率",
    "总数",
];
/// Beginnings of such names.
const FRONTS: [&str; 9] = ["合计", "总计", "小计", "共计", "平均", "均值", "标准差", "差异系数", "汇总"];
/// Names that are none of a school: of all schools of a kind.
const KINDS: [&str; 20] = [
    "全区",
    "全县",
    "全市",
    "全省",
    "本区",
    "本县",
    "小学",
    "初中",
    "中学",
    "高中",
    "公办",
    "民办",
    "城区",
    "镇区",
    "乡村",
    "城市",
    "农村",
    "县镇",
    "义务教育",
    "学校",
];
/// Beginnings of rows that remark something.
const REMARKS: [&str; 26] = [
    "注:",
    "注1",
    "注2",
    "备注",
    "说明",
    "填表说明",
    "填报说明",
    "数据来源",
    "资料来源",
    "来源:",
    "填表",
    "制表",
    "填报人",
    "填报单位",
    "填报日期",
    "审核",
    "复核",
    "单位负责人",
    "负责人",
    "科室负责人",
    "联系人",
    "联系电话",
    "电话:",
    "报送",
    "(盖章)",
    "盖章",
];

/// Sorts the rows beneath the heads. `name` is the column with the names of schools.
pub fn lines(grid: &Grid, heads: Option<&Heads>, name: Option<usize>) -> Vec<Line> {
    let from = heads.map_or(0, |heads| heads.rows.end);
    let mut lines: Vec<Line> = Vec::with_capacity(grid.rows.len().saturating_sub(from));
    let mut stage = None;
    for row in from..grid.rows.len() {
        let left = left_out(grid, heads, name, row);
        if left == Some(Left::Section) {
            stage = stage_of(&label(grid, name, row));
        }
        lines.push(Line { row, left, stage, front: String::new() });
    }
    if heads.is_some() {
        join(grid, name, &mut lines);
    }
    lines
}

/// Puts together what a break within a cell has torn into two rows: 青禾小学 and
/// （东校区） beneath it. Only a name that begins with a bracket is no name.
fn join(grid: &Grid, name: Option<usize>, lines: &mut [Line]) {
    let begins = |row| fold(grid.text(row, name.unwrap_or(0))).starts_with(['(', '[', '【']);
    for at in 0..lines.len() {
        let (before, rest) = lines.split_at_mut(at);
        let Some(line) = rest.first_mut().filter(|it| it.left.is_none() && begins(it.row)) else { continue };
        if filled(grid, line.row).count() < 2 {
            line.left = Some(Left::Cut);
        } else if let Some(above) = before.last_mut()
            && above.left.is_none()
            && filled(grid, above.row).count() == 1
        {
            above.left = Some(Left::Cut);
            line.front = tidy(&label(grid, name, above.row));
        }
    }
}

fn left_out(grid: &Grid, heads: Option<&Heads>, name: Option<usize>, row: usize) -> Option<Left> {
    let count = filled(grid, row).count();
    let label = label(grid, name, row);
    if count == 0
        || (label.is_empty() && count == 1 && filled(grid, row).all(|at| is_number(grid.text(row, at))))
    {
        return Some(Left::Blank);
    }
    if heads.is_some_and(|heads| heads.repeats(grid, row)) || numbers_columns(grid, row) {
        return Some(Left::Head);
    }
    let words = fold(&label);
    let first = fold(&first(grid, row));
    let alone = filled(grid, row).filter(|at| !is_number(grid.text(row, *at))).count() == 1;
    if is_remark(&first) || (count <= 2 && is_date(&first)) || (alone && first.chars().count() > 24) {
        return Some(Left::Remark);
    }
    if alone && count <= 2 && is_section(&words) {
        return Some(Left::Section);
    }
    (is_sum(&words) || (words.is_empty() && is_statistic(&first))).then_some(Left::Sum)
}

/// The first text of a row that is no number.
fn first(grid: &Grid, row: usize) -> String {
    filled(grid, row).map(|at| grid.text(row, at)).find(|text| !is_number(text)).unwrap_or("").to_owned()
}

/// What a row is called: the cell of its name, or where that is empty a text to the
/// left of it. What stands to the right is of a school whose name stands above.
pub(super) fn label(grid: &Grid, name: Option<usize>, row: usize) -> String {
    let Some(name) = name else { return first(grid, row) };
    let named = Some(grid.text(row, name)).filter(|text| !is_blank(text));
    let left = || (0..name).map(|at| grid.text(row, at)).find(|text| !is_blank(text) && !is_number(text));
    named.or_else(left).unwrap_or("").to_owned()
}

fn filled(grid: &Grid, row: usize) -> impl Iterator<Item = usize> + '_ {
    let cells = grid.rows.get(row).map(Vec::as_slice).unwrap_or_default();
    cells.iter().enumerate().filter(|(_, cell)| !is_blank(cell)).map(|(at, _)| at)
}

/// Whether a row is called what only sums and statistics are called.
fn is_sum(words: &str) -> bool {
    let words = words.trim_end_matches([':', '。', '.']);
    let words = unnumbered(words);
    let bare = words.split(['(', '[']).next().unwrap_or(words);
    let counted = bare.trim_start_matches('共').strip_suffix("所").or_else(|| bare.strip_suffix("所学校"));
    is_statistic(words)
        || words.starts_with("其中:")
        || (bare.starts_with("其中") && !is_school(bare))
        || counted.is_some_and(|count| !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit()))
        || is_kind(bare)
}

/// Whether a row begins or ends with a word for a sum or a statistic.
fn is_statistic(words: &str) -> bool {
    let bare = words.split(['(', '[']).next().unwrap_or(words);
    FRONTS.iter().any(|front| bare.starts_with(front))
        || STATISTICS.iter().any(|end| bare.ends_with(end))
        || words.trim_end_matches(')').ends_with("合计")
}

/// Whether a name is that of all schools of a kind: 公办小学, 城区, 初中学校.
fn is_kind(bare: &str) -> bool {
    let mut rest = bare;
    while let Some(shorter) = KINDS.iter().find_map(|kind| rest.strip_prefix(kind)) {
        rest = shorter;
        if rest.is_empty() {
            return true;
        }
    }
    false
}

fn is_school(words: &str) -> bool {
    ["小学", "中学", "学校", "校区", "教学点", "分校"].iter().any(|end| words.ends_with(end))
}

/// A title over rows: 一、小学, （二）初中部, 小学.
fn is_section(words: &str) -> bool {
    let bare = unnumbered(words);
    let short = bare.chars().count() <= 12;
    (bare.len() < words.len() && short) || is_kind(bare.trim_end_matches([':', '部', '段']))
}

/// Without the number of a heading in front: 一、 （二） 3.
fn unnumbered(words: &str) -> &str {
    let digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let inner = words.trim_start_matches('(').trim_start_matches(digit);
    let rest = inner.strip_prefix(['、', '.', ')', ':']);
    rest.filter(|_| inner.len() < words.len()).unwrap_or(words)
}

fn is_remark(words: &str) -> bool {
    let signed = ["(签字)", "(签章)", "(盖章)", "签字:", "盖章:", "(公章)"];
    REMARKS.iter().any(|front| words.starts_with(front)) || signed.iter().any(|word| words.contains(word))
}

/// 2025年3月15日 and the like.
fn is_date(words: &str) -> bool {
    let rest = words.strip_suffix('日').unwrap_or(words);
    words.contains('年')
        && words.contains('月')
        && rest.chars().all(|c| c.is_ascii_digit() || "年月〇一二三四五六七八九十零".contains(c))
}

/// Whether a row numbers the columns: 1, 2, 3 …, 甲, 乙, 1 …
fn numbers_columns(grid: &Grid, row: usize) -> bool {
    let cells = filled(grid, row).map(|at| fold(grid.text(row, at)));
    let cells =
        cells.map(|it| it.trim_matches(['(', ')']).to_owned()).filter(|it| it != "栏次" && it != "行次");
    let (mut next, mut letters) = (1, 0);
    for cell in cells {
        let number = cell.split('=').next().and_then(|it| it.trim_matches(['(', ')']).parse::<u32>().ok());
        match number {
            Some(number) if number == next => next += 1,
            None if next == 1 && cell.chars().count() == 1 && "甲乙丙丁戊abcdef".contains(&cell) => {
                letters += 1
            }
            _ => return false,
        }
    }
    (next > 3) || (letters > 2) || (letters > 0 && next > 2)
}

/// The one stage that a text speaks of.
pub(super) fn stage_of(text: &str) -> Option<Stage> {
    let words = fold(text);
    let says = |stage: Stage| {
        words.contains(stage.label()) || (stage == Stage::Junior && words.contains("初级中学"))
    };
    match Stage::ALL.map(says) {
        [true, false] => Some(Stage::Primary),
        [false, true] => Some(Stage::Junior),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_known_by_name_and_schools_are_no_sums() {
        for words in [
            "合计",
            "小学合计",
            "全区平均",
            "标准差",
            "差异系数",
            "达标学校数",
            "达标率",
            "其中:民办学校",
            "公办小学",
            "共24所",
            "小学小计(12所)",
            "总计:",
            "一、合计",
            "城区",
            "乡村学校",
        ] {
            assert!(is_sum(words), "{words}");
        }
        for words in
            ["青禾小学", "合川小学", "城区第一小学", "初中部", "乡村振兴学校", "民办青禾学校", "学校路小学"]
        {
            assert!(!is_sum(words), "{words}");
        }
    }

    #[test]
    fn columns_are_numbered_in_many_ways() {
        let row = |cells: &[&str]| Grid {
            rows: vec![cells.iter().map(|it| (*it).to_owned()).collect()],
            ..Grid::default()
        };
        for cells in
            [["1", "2", "3", "4"], ["甲", "乙", "1", "2"], ["（1）", "（2）", "（3）", "（4）=（2）+（3）"]]
        {
            assert!(numbers_columns(&row(&cells), 0), "{cells:?}");
        }
        assert!(!numbers_columns(&row(&["1", "青禾小学", "3"]), 0));
        assert!(numbers_columns(&row(&["甲", "1", "2", "3"]), 0));
        assert!(numbers_columns(&row(&["甲", "乙", "丙"]), 0));
    }
}
