//! The words by which titles are told: of problems, of single schools, of columns. Knows
//! no sentence.

use super::marks::marker;
use super::words::one_of;

/// Below these stand numbers of what is not as it should be, wherever that is, and
/// of single cases.
const PROBLEMS: &str = "问题 不足 短板 差距 困难 隐患 案例 典型 个案";
const SCHOOLS: [&str; 6] = ["小学", "中学", "学校", "幼儿园", "学院", "集团"];

/// The head of a table of names, units and numbers that stands before its first row.
pub(super) const COLUMNS: &str = "项目单位数值 指标单位数值 指标名称单位数值 名称单位数值 项目单位数据 指标单位数据 \
    项目单位数量 指标单位数量 项目数值 指标数值 指标名称数值 指标数据";

/// Whether a blank ends a heading here: 一、控辍保学. A single place is none.
pub(super) fn is_title(chars: &[char]) -> bool {
    let Some((1 | 2, length)) = marker(chars) else { return false };
    let title = chars.get(length..).unwrap_or(&[]);
    let words = |c: &char| c.is_alphabetic() && !c.is_ascii();
    let place = title.last().is_some_and(|c| "校园心镇乡村区县市部局所班年度会院".contains(*c));
    (4..=10).contains(&title.len()) && title.iter().all(words) && !place && !is_school(title)
}

/// Whether these words are a heading of problems or single cases: 三、存在问题.
pub(super) fn has_problems(chars: &[char]) -> bool {
    (0..chars.len().min(30)).any(|at| one_of(PROBLEMS, chars, at).is_some())
}

/// Whether this is the name of a school.
pub(super) fn is_school(title: &[char]) -> bool {
    let title: String = title.iter().filter(|c| !matches!(c, ':' | ')')).collect();
    SCHOOLS.iter().any(|school| title.ends_with(school))
}
