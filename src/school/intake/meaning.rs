//! What a head of somebody's own table means: which column of 学校数据, for which
//! stage, of which year, in which unit. Knows heads by their words, not by likeness:
//! what is not known is left to the person.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::unit::Unit;
use crate::school::{Column, Stage, stage_named};
use crate::value::fold::fold;

/// What a head says of its column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meaning {
    /// The column that it means, if it is known.
    pub column: Option<Column>,
    /// The stage that it is about, if it says so.
    pub stage: Option<Stage>,
    /// The year that it is about, as it says it: "2024年", "上年".
    pub year: String,
    /// Its unit, if it says one.
    pub unit: Stated,
    /// Whether it says more in brackets than is understood.
    pub qualified: bool,
    /// Whether nothing of 学校数据 is lost when the column is left out: 序号, 备注.
    pub idle: bool,
}

/// What a source says of its unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Stated {
    /// Nothing.
    #[default]
    Nothing,
    /// This one.
    Unit(Unit),
    /// One that is not known.
    Unknown(String),
}

/// Heads of columns that hold nothing of schools.
const IDLE: [&str; 12] =
    ["序号", "编号", "序", "行次", "栏次", "备注", "说明", "备注说明", "附注", "no", "排序", "id"];
/// What a head says that means all of its group.
const WHOLE: [&str; 16] = [
    "合计",
    "小计",
    "总计",
    "总数",
    "计",
    "人数",
    "总人数",
    "数量",
    "数",
    "面积",
    "总面积",
    "金额",
    "总额",
    "总值",
    "间数",
    "班数",
];
/// Words of a group that make its columns about something else.
const OTHERS: [&str; 20] = [
    "其中", "随迁", "寄宿", "留守", "女", "残疾", "附设", "毕业", "招生", "新生", "计划", "退休", "代课",
    "兼职", "幼儿", "学前", "住宿", "生均", "达标", "差异",
];
/// Words for other years than this one.
const YEARS: [&str; 8] = ["上学年", "本学年", "上年度", "本年度", "上年", "本年", "去年", "今年"];

/// What a head means that stands under these groups, the outermost first.
pub fn meaning(groups: &[String], own: &str) -> Meaning {
    let mut found = Meaning::default();
    let mut senior = false;
    let mut other = false;
    for group in groups {
        let (bare, year, unit) = apart(group);
        found.stage = stage_named(&bare).or(found.stage);
        senior |= bare.starts_with("高中");
        other |= OTHERS.iter().any(|word| bare.contains(word));
        found.year = if year.is_empty() { found.year } else { year };
        found.unit = if unit == Stated::Nothing { found.unit } else { unit };
    }
    let (bare, year, unit) = apart(own);
    found.year = if year.is_empty() { found.year } else { year };
    found.unit = if unit == Stated::Nothing { found.unit } else { unit };
    found.idle = IDLE.contains(&bare.as_str());
    if other {
        return found;
    }
    let group = groups.last().map(|group| apart(group).0).unwrap_or_default();
    let whole = WHOLE.contains(&bare.as_str()).then(|| group.clone());
    let candidates =
        [Some(bare.clone()), Some(format!("{group}{bare}")), Some(format!("{bare}{group}")), whole];
    let exact = candidates.iter().flatten().find_map(|words| known(words));
    let staged = || staged(&bare).map(|(stage, column)| (Some(stage), column));
    let bracketed = || {
        let (before, inside) = bracket(&bare)?;
        let other = inside.contains("生均") || inside.contains("比例") || inside.contains('%');
        known(&before).filter(|_| !other)
    };
    if let Some((stage, column)) = exact.map(|column| (None, column)).or_else(staged) {
        (found.column, found.stage) = (Some(column), stage.or(found.stage));
    } else if let Some(column) = bracketed() {
        (found.column, found.qualified) = (Some(column), true);
    }
    if senior {
        let pupils = matches!(found.column, Some(Column::Pupils | Column::Senior));
        (found.column, found.stage) = (pupils.then_some(Column::Senior), None);
    }
    found
}

/// How many of these heads mean a column.
pub fn count(row: &[String]) -> usize {
    row.iter().filter(|cell| !cell.is_empty() && meaning(&[], cell).column.is_some()).count()
}

/// The year that is named in a text.
pub fn year_in(text: &str) -> Option<String> {
    apart(text).1.into()
}

/// A head without blanks, numbering, its year and its unit; and these two.
fn apart(head: &str) -> (String, String, Stated) {
    // A head that is longer than any known one need not be taken apart.
    if head.len() > 300 {
        return (String::new(), String::new(), Stated::Nothing);
    }
    let text = fold(head);
    let text = text.trim_matches(['*', '★', '#']);
    let text = text.strip_suffix("(必填)").or_else(|| text.strip_suffix("(选填)")).unwrap_or(text);
    let numbered = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let text =
        numbered.strip_prefix(['.', '、', ')']).filter(|_| numbered.len() < text.len()).unwrap_or(text);
    let (text, year) = without_year(text);
    let (text, unit) = without_unit(&text);
    let text = text.strip_prefix("其中").map_or(text.as_str(), |rest| rest.trim_start_matches([':', '-']));
    (text.to_owned(), year, unit)
}

/// A head and the year in front of it, behind it or in brackets.
fn without_year(text: &str) -> (String, String) {
    for word in YEARS {
        if let Some(rest) = text.strip_prefix(word).or_else(|| text.strip_suffix(&format!("({word})"))) {
            return (rest.to_owned(), word.to_owned());
        }
        if text == word {
            return (String::new(), word.to_owned());
        }
    }
    let Some((at, _)) = text.match_indices("20").find(|(at, _)| {
        text.get(*at..at + 4).is_some_and(|year| year.bytes().all(|byte| byte.is_ascii_digit()))
    }) else {
        return (text.to_owned(), String::new());
    };
    let (before, rest) = text.split_at(at);
    let year = rest.get(..4).unwrap_or("");
    let behind = rest.get(4..).unwrap_or("");
    let ends = ["学年度", "学年", "年度", "年末", "年初", "年底", "年"];
    let Some(behind) = ends.iter().find_map(|end| behind.strip_prefix(end)) else {
        return (text.to_owned(), String::new());
    };
    let left = format!("{before}{behind}").replace("()", "");
    (left, format!("{year}年"))
}

/// A head and the unit in the brackets at its end, or behind a stroke.
fn without_unit(text: &str) -> (String, Stated) {
    let inside = bracket(text).or_else(|| {
        let (before, unit) = text.rsplit_once(['/', ':'])?;
        Unit::read(unit).map(|_| (before.to_owned(), unit.to_owned()))
    });
    let Some((before, inside)) = inside else { return (text.to_owned(), Stated::Nothing) };
    if let Some(unit) = Unit::read(&inside) {
        return (before, Stated::Unit(unit));
    }
    // What looks like a unit and is none that is known.
    let unlike =
        inside.contains("单位") || inside.contains('/') || inside.ends_with(['元', '册', '亩', '米']);
    if unlike && known(text).is_none() {
        return (before, Stated::Unknown(inside));
    }
    (text.to_owned(), Stated::Nothing)
}

/// A text and what stands in the brackets at its end.
fn bracket(text: &str) -> Option<(String, String)> {
    let (before, inside) = text.strip_suffix([')', ']', '】', '〕'])?.rsplit_once(['(', '[', '【', '〔'])?;
    (!before.is_empty()).then(|| (before.to_owned(), inside.to_owned()))
}

/// A head with its stage in front or behind: 小学在校生数, 在校生数（初中）.
fn staged(bare: &str) -> Option<(Stage, Column)> {
    for stage in Stage::ALL {
        for word in
            [format!("{}阶段", stage.label()), format!("{}部", stage.label()), stage.label().to_owned()]
        {
            let rest = bare.strip_prefix(&word).or_else(|| bare.strip_suffix(&format!("({word})")));
            if let Some(column) = rest.and_then(known) {
                return Some((stage, column));
            }
        }
    }
    None
}

/// The column that words mean.
fn known(words: &str) -> Option<Column> {
    static KEYS: LazyLock<BTreeMap<String, Column>> = LazyLock::new(|| {
        let mut keys = BTreeMap::new();
        // A label goes before the synonyms of other columns.
        for column in Column::ALL {
            keys.insert(key(column.label()), column);
        }
        for column in Column::ALL {
            for head in column.synonyms() {
                keys.entry(key(head)).or_insert(column);
            }
        }
        keys
    });
    KEYS.get(&key(words)).copied()
}

/// Words without signs and without 其中.
fn key(words: &str) -> String {
    let folded = fold(words);
    let bare = folded.strip_prefix("其中").unwrap_or(&folded);
    bare.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(groups: &[&str], own: &str, column: Option<Column>, stage: Option<Stage>, year: &str) {
        let groups: Vec<String> = groups.iter().map(|it| (*it).to_owned()).collect();
        let found = meaning(&groups, own);
        assert_eq!(
            (found.column, found.stage, found.year.as_str()),
            (column, stage, year),
            "{groups:?} {own}"
        );
    }

    #[test]
    fn groups_say_stage_year_and_what_a_part_is_of() {
        check(&["小学部"], "在校生数", Some(Column::Pupils), Some(Stage::Primary), "");
        check(&["初中部"], "专任教师", Some(Column::Teachers), Some(Stage::Junior), "");
        check(&["高中部"], "在校生数", Some(Column::Senior), None, "");
        check(&["高中部"], "班级数", None, None, "");
        check(&["2024年"], "在校生数", Some(Column::Pupils), None, "2024年");
        check(&[], "2024学年在校生数", Some(Column::Pupils), None, "2024年");
        check(&[], "在校生数（上年）", Some(Column::Pupils), None, "上年");
        check(&["专任教师"], "合计", Some(Column::Teachers), None, "");
        check(&["专任教师"], "体育", Some(Column::Sports), None, "");
        check(&["随迁子女"], "在校生数", None, None, "");
        check(&[], "初中在校生数", Some(Column::Pupils), Some(Stage::Junior), "");
        check(&[], "校长姓名", None, None, "");
    }

    #[test]
    fn brackets_that_are_not_understood_are_said() {
        assert!(meaning(&[], "在校生数（不含附设班）").qualified);
        assert!(!meaning(&[], "教学及辅助用房面积（含室内体育用房）").qualified);
        assert_eq!(meaning(&[], "教学仪器设备值（美元）").unit, Stated::Unknown("美元".to_owned()));
    }
}
