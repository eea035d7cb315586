//! Which column of 学校数据 a head of somebody's own table means, and in which
//! unit its numbers are. Knows heads by their words, not by likeness: what is not
//! known is left to the person.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::{Column, plain};
use crate::number::Number;

/// Words for units that stand in heads.
const UNITS: [&str; 15] =
    ["万元", "元", "千元", "㎡", "m2", "m²", "平方米", "平米", "人", "名", "个", "间", "所", "班", "台"];

/// How numbers of a source become those of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scale {
    /// They stay.
    #[default]
    Same,
    /// 元 become 万元.
    FromYuan,
}

/// A column of the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matched {
    /// Its head, as it came.
    pub head: String,
    /// What it is taken for; `None` where it is left out.
    pub column: Option<Column>,
    /// Whether its head says 元.
    yuan: bool,
}

impl Matched {
    /// A column without a head of its own that is taken for this one.
    pub const fn of(column: Column) -> Matched {
        Matched { head: String::new(), column: Some(column), yuan: false }
    }

    /// How its numbers become those of the table.
    pub fn scale(&self) -> Scale {
        let money = self.column.is_some_and(|column| column.unit() == "万元");
        if money && self.yuan { Scale::FromYuan } else { Scale::Same }
    }

    /// A text of this source as one of the table, exactly. What is no number stays
    /// as it is; 元 that no number of 万元 with six places can hold stay as they
    /// are with 元 behind them, so that they are refused and never taken for 万元.
    pub fn scaled(&self, text: &str) -> String {
        if self.scale() == Scale::Same {
            return text.to_owned();
        }
        match Number::parse(text).map(Number::millionths) {
            Ok(millionths) if millionths % 10_000 == 0 => {
                Number::from_millionths(millionths / 10_000).to_string()
            }
            Ok(_) => format!("{}元", text.trim()),
            Err(_) => text.to_owned(),
        }
    }
}

/// The heads of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heads {
    /// The rows that they take, the row of units beneath them too.
    pub rows: Range<usize>,
    /// Its columns.
    pub columns: Vec<Matched>,
}

impl Heads {
    /// How many columns the heads in this row mean.
    pub fn count(row: &[String]) -> usize {
        row.iter().filter(|cell| meaning(cell).is_some()).count()
    }

    /// The heads among the first rows: the row that means most columns, with its
    /// neighbours where heads are merged over several rows.
    pub fn find(rows: &[Vec<String>]) -> Option<Heads> {
        let counts: Vec<usize> = rows.iter().map(|row| Heads::count(row)).collect();
        let most = counts.iter().copied().max().unwrap_or_default();
        let best = counts.iter().position(|count| *count == most)?;
        let filled = rows.get(best)?.iter().filter(|cell| !plain(cell).is_empty()).count();
        if most == 0 || (most == 1 && filled > 1) {
            return None;
        }
        let has = |at: usize| counts.get(at).is_some_and(|count| *count > 0);
        let start = (0..best).rev().take_while(|at| has(*at)).last().unwrap_or(best);
        let mut end = (best + 1..rows.len()).take_while(|at| has(*at)).last().unwrap_or(best) + 1;
        let units = rows.get(end).filter(|row| is_units(row));
        let width = rows.iter().map(Vec::len).max().unwrap_or_default();
        let all_in_yuan = rows.iter().take(start).flatten().any(|cell| says_yuan(cell));
        let mut columns: Vec<Matched> = Vec::new();
        for at in 0..width {
            let heads = || rows.get(start..end).into_iter().flatten().rev().filter_map(|row| row.get(at));
            let head = heads()
                .find(|head| meaning(head).is_some())
                .or_else(|| heads().find(|head| !plain(head).is_empty()))
                .map_or("", String::as_str);
            let below = units.and_then(|row| row.get(at)).and_then(|cell| unit_alone(cell));
            let unit = key_and_unit(head).1.or(below);
            let column = meaning(head).filter(|it| columns.iter().all(|known| known.column != Some(*it)));
            let yuan = unit.as_deref().map_or(all_in_yuan, |unit| unit == "元");
            columns.push(Matched { head: head.trim().to_owned(), column, yuan });
        }
        if units.is_some() {
            end += 1;
        }
        Some(Heads { rows: start..end, columns })
    }
}

/// The column that a head means.
fn meaning(head: &str) -> Option<Column> {
    static KEYS: LazyLock<BTreeMap<String, Column>> = LazyLock::new(|| {
        let mut keys = BTreeMap::new();
        // A label goes before the synonyms of other columns.
        for column in Column::ALL {
            keys.insert(key_and_unit(column.label()).0, column);
        }
        for column in Column::ALL {
            for head in column.synonyms() {
                keys.entry(key_and_unit(head).0).or_insert(column);
            }
        }
        keys
    });
    // A head that is longer than any known one need not be taken apart.
    (head.len() < 200).then(|| KEYS.get(&key_and_unit(head).0).copied()).flatten()
}

/// A head without blanks, signs, 其中, its number and its unit; and the unit.
fn key_and_unit(head: &str) -> (String, Option<String>) {
    let text = plain(head);
    let text = text.trim_matches('*');
    let numbered = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let text =
        numbered.strip_prefix(['.', '、', ')']).filter(|_| numbered.len() < text.len()).unwrap_or(text);
    let mut unit = None;
    let mut key = text;
    if let Some((before, inside)) =
        text.strip_suffix([')', ']', '】']).and_then(|text| text.rsplit_once(['(', '[', '【']))
        && let Some(found) = unit_alone(inside)
    {
        unit = Some(found);
        key = before;
    }
    let key = key.strip_prefix("其中").unwrap_or(key);
    (key.chars().filter(|c| c.is_alphanumeric()).collect(), unit)
}

/// The unit that a text is, with or without brackets and 单位.
fn unit_alone(text: &str) -> Option<String> {
    let text = plain(text);
    let text = text.trim_matches(['(', ')', '[', ']', '【', '】']);
    let text = text.strip_prefix("单位").map_or(text, |it| it.trim_start_matches(':'));
    UNITS.contains(&text).then(|| text.to_owned())
}

/// Whether a row beneath the heads holds their units and nothing else.
fn is_units(row: &[String]) -> bool {
    let mut filled = row.iter().filter(|cell| !plain(cell).is_empty()).peekable();
    filled.peek().is_some() && filled.all(|cell| unit_alone(cell).is_some())
}

/// Whether a line above the heads says that all amounts are in 元.
fn says_yuan(cell: &str) -> bool {
    let cell = plain(cell);
    cell.rsplit_once("单位").is_some_and(|(_, unit)| unit.trim_matches([':', ')']) == "元")
}
