//! 学校数据: a table with one row per school and stage, as typed or pasted. Every
//! cell keeps its text; [`School::number`] says what it is worth.

use crate::value::fold::fold;
use crate::value::json::names;
use crate::value::map::Map;
use crate::value::number::{Number, NumberError};

mod column;
pub mod counted;
pub mod cv;
pub mod indicator;
pub mod intake;
pub mod standing;
pub mod table;
pub mod value;
pub mod whatif;

pub use column::{Column, Sort};

/// A row: one school at one stage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct School {
    /// Its place in the table; rows with the same one stand in the order of their
    /// ids.
    pub place: u32,
    /// The cells that are not empty, as typed.
    pub cells: Map<Column, String>,
}

impl School {
    /// It as people are told of it: "实验学校（初中）"; empty without a name.
    pub fn title(&self) -> String {
        match (self.text(Column::Name), self.text(Column::Stage)) {
            ("", _) => String::new(),
            (name, "") => name.to_owned(),
            (name, stage) => format!("{name}（{stage}）"),
        }
    }
}

/// 学段 of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// 小学.
    Primary,
    /// 初中.
    Junior,
}

names! { by name Stage }

impl Stage {
    /// Both.
    pub const ALL: [Stage; 2] = [Stage::Primary, Stage::Junior];

    /// The stage in the field's words.
    pub const fn label(self) -> &'static str {
        match self {
            Stage::Primary => "小学",
            Stage::Junior => "初中",
        }
    }

    /// Its name in files, addresses and attributes.
    pub const fn name(self) -> &'static str {
        match self {
            Stage::Primary => "primary",
            Stage::Junior => "junior",
        }
    }

    /// The stage of this name.
    pub fn of_name(name: &str) -> Option<Stage> {
        Stage::ALL.into_iter().find(|stage| stage.name() == name)
    }
}

/// 学校类型 of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SchoolType {
    /// 小学.
    Primary,
    /// 初级中学.
    Junior,
    /// 九年一贯制学校.
    Nine,
    /// 十二年一贯制学校.
    Twelve,
    /// 完全中学.
    Complete,
    /// 教学点.
    Teaching,
    /// 特殊教育学校.
    Special,
    /// 专门学校.
    Correctional,
    /// 职业学校.
    Vocational,
}

impl SchoolType {
    /// All of them, in the order in which they are offered.
    pub const ALL: [SchoolType; 9] = [
        SchoolType::Primary,
        SchoolType::Junior,
        SchoolType::Nine,
        SchoolType::Twelve,
        SchoolType::Complete,
        SchoolType::Teaching,
        SchoolType::Special,
        SchoolType::Correctional,
        SchoolType::Vocational,
    ];

    /// The type in the field's words.
    pub const fn label(self) -> &'static str {
        match self {
            SchoolType::Primary => "小学",
            SchoolType::Junior => "初级中学",
            SchoolType::Nine => "九年一贯制学校",
            SchoolType::Twelve => "十二年一贯制学校",
            SchoolType::Complete => "完全中学",
            SchoolType::Teaching => "教学点",
            SchoolType::Special => "特殊教育学校",
            SchoolType::Correctional => "专门学校",
            SchoolType::Vocational => "职业学校",
        }
    }

    /// Other words for it that are understood.
    const fn synonyms(self) -> &'static [&'static str] {
        match self {
            SchoolType::Primary => {
                &["完全小学", "完小", "普通小学", "公办小学", "民办小学", "中心小学", "211"]
            }
            SchoolType::Junior => {
                &["初中", "普通初中", "独立初中", "初级中学校", "公办初中", "民办初中", "311"]
            }
            SchoolType::Nine => &["九年一贯制", "九年制", "九年一贯", "九年制学校", "312"],
            SchoolType::Twelve => &["十二年一贯制", "十二年制", "十二年一贯", "十二年制学校", "345"],
            SchoolType::Complete => &["完中", "高完中", "完全中学校", "341"],
            SchoolType::Teaching => &["小学教学点", "教学点(校区)", "村小教学点", "218"],
            SchoolType::Special => &["特教学校", "特教", "特殊教育", "特校"],
            SchoolType::Correctional => &["工读学校"],
            SchoolType::Vocational => &["中职", "职高", "职业高中", "中等职业学校"],
        }
    }

    /// The type that a text names, if it is one.
    pub fn named(text: &str) -> Option<SchoolType> {
        if let Some(known) = SchoolType::ALL.into_iter().find(|it| it.label() == text) {
            return Some(known);
        }
        let text = plain(text);
        SchoolType::ALL.into_iter().find(|it| it.label() == text || it.synonyms().contains(&text.as_str()))
    }

    /// Whether a school of this type has pupils of several stages in one house.
    pub const fn is_mixed(self) -> bool {
        matches!(self, SchoolType::Nine | SchoolType::Twelve | SchoolType::Complete)
    }
}

/// Why the text of a cell is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CellError {
    /// No number, or one that cannot be there.
    #[error("{0}")]
    Number(#[from] NumberError),
    /// None of the words that the column knows.
    #[error("请填写：{0}")]
    Word(String),
}

impl School {
    /// The text of a cell, as typed.
    pub fn text(&self, column: Column) -> &str {
        self.cells.get(&column).map_or("", String::as_str)
    }

    /// Words for a school that has no name.
    pub const UNNAMED: &str = "未写名称的学校";

    /// 学校名称, or [`School::UNNAMED`].
    pub fn called(&self) -> &str {
        match self.text(Column::Name) {
            "" => School::UNNAMED,
            name => name,
        }
    }

    /// Puts a text into a cell.
    pub fn set(&mut self, column: Column, text: &str) {
        if text.is_empty() {
            self.cells.remove(&column);
        } else {
            self.cells.insert(column, text.to_owned());
        }
    }

    /// The number in a cell: `Ok(None)` if nothing is there, which is not 0.
    ///
    /// # Errors
    /// As [`Column::read`].
    pub fn number(&self, column: Column) -> Result<Option<Number>, CellError> {
        column.read(self.text(column))
    }

    /// 学段, if the row says it.
    pub fn stage(&self) -> Option<Stage> {
        stage_of(&self.cells)
    }

    /// 学校类型, if the row says it.
    pub fn kind(&self) -> Option<SchoolType> {
        SchoolType::named(self.text(Column::Kind))
    }

    /// What tells a school from others: its code, or else its name.
    pub fn identity(&self) -> String {
        let code = plain(self.text(Column::Code));
        if code.is_empty() { plain(self.text(Column::Name)) } else { code }
    }
}

/// 学段 of a row with these cells, if it says it.
pub fn stage_of(cells: &Map<Column, String>) -> Option<Stage> {
    let text = |column| cells.get(&column).map_or("", String::as_str);
    stage_named(text(Column::Stage)).or(match SchoolType::named(text(Column::Kind)) {
        Some(SchoolType::Primary | SchoolType::Teaching) => Some(Stage::Primary),
        Some(SchoolType::Junior | SchoolType::Complete) => Some(Stage::Junior),
        _ => None,
    })
}

/// The stage that a text names, if it is one.
pub fn stage_named(text: &str) -> Option<Stage> {
    if let Some(known) = Stage::ALL.into_iter().find(|it| it.label() == text) {
        return Some(known);
    }
    match plain(text).as_str() {
        "小学" | "小学部" | "小学段" | "小学阶段" | "普通小学" => Some(Stage::Primary),
        "初中" | "初中部" | "初中段" | "初中阶段" | "普通初中" => Some(Stage::Junior),
        _ => None,
    }
}

/// A text as it is compared, see [`crate::value::fold::fold`].
fn plain(text: &str) -> String {
    fold(text)
}
