//! 学校数据 read once: what every cell is worth and which rows are of one school,
//! so that nothing computed from it reads a text again. Keeps no names.

use std::collections::BTreeMap;

use super::{Column, School, SchoolType, Stage};
use crate::value::number::Number;

/// What 举办者 says of a school that is not run by the state.
const PRIVATE: &str = "民办";

/// What a cell is worth as a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cell {
    /// Nothing is there, which is not 0.
    #[default]
    Empty,
    /// Something is there that is not taken; [`School::number`] says why.
    Refused,
    /// A number.
    Number(Number),
}

/// A row: one school at one stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// 学校类型, if the row says one that is known.
    pub kind: Option<SchoolType>,
    /// 学段, if the row says it or its type implies it.
    pub stage: Option<Stage>,
    /// Whether nothing at all is typed in it.
    pub blank: bool,
    /// Whether it says that the school is 民办.
    pub private: bool,
    identity: String,
    cells: [Cell; Column::ALL.len()],
}

/// The rows in the order in which they were given; a row is named by its position.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    rows: Vec<Row>,
    /// For each row the rows of its school, itself among them, where it is a
    /// 一贯制学校 or 完全中学; else none.
    schools: Vec<Vec<usize>>,
    /// Whether rows of 民办 schools are left out.
    without_private: bool,
}

impl Table {
    /// Reads every cell of these rows.
    pub fn read<'a>(schools: impl IntoIterator<Item = &'a School>) -> Table {
        let rows = schools.into_iter().map(Row::read).collect();
        let mut table = Table { rows, schools: Vec::new(), without_private: false };
        table.bring_together();
        table
    }

    /// The same table, with rows of 民办 schools counted or left out. They are counted
    /// unless this says otherwise.
    pub fn with_private(self, counted: bool) -> Table {
        Table { without_private: !counted, ..self }
    }

    /// Whether rows of 民办 schools are left out.
    pub const fn leaves_private_out(&self) -> bool {
        self.without_private
    }

    /// The rows.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The row at a position, if there is one.
    pub fn row(&self, at: usize) -> Option<&Row> {
        self.rows.get(at)
    }

    /// Reads one row anew; the others are not read again. A row beyond the last
    /// one changes nothing.
    pub fn replace(&mut self, at: usize, school: &School) {
        let Some(row) = self.rows.get_mut(at) else { return };
        let fresh = Row::read(school);
        let moved = fresh.identity != row.identity || fresh.is_mixed() != row.is_mixed();
        *row = fresh;
        if moved {
            self.bring_together();
        }
    }

    /// The rows that are taken together with this one where a school is split by
    /// stages, itself among them: those of a 一贯制学校 or 完全中学 with the same
    /// [`School::identity`]. Empty for every other row.
    pub fn together(&self, at: usize) -> &[usize] {
        self.schools.get(at).map_or(&[], Vec::as_slice)
    }

    fn bring_together(&mut self) {
        let mut by_identity: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mixed = |row: &&Row| row.is_mixed() && !row.identity.is_empty();
        for (at, row) in self.rows.iter().enumerate().filter(|(_, row)| mixed(row)) {
            by_identity.entry(&row.identity).or_default().push(at);
        }
        let of = |(at, row): (usize, &Row)| match by_identity.get(row.identity.as_str()) {
            Some(rows) if row.is_mixed() => rows.clone(),
            _ if row.is_mixed() => vec![at],
            _ => Vec::new(),
        };
        self.schools = self.rows.iter().enumerate().map(of).collect();
    }
}

impl Row {
    fn read(school: &School) -> Row {
        let mut cells = [Cell::Empty; Column::ALL.len()];
        for (column, text) in &school.cells {
            if let Some(cell) = cells.get_mut(*column as usize) {
                *cell = match column.read(text) {
                    Ok(None) => Cell::Empty,
                    Ok(Some(number)) => Cell::Number(number),
                    Err(_) => Cell::Refused,
                };
            }
        }
        let mut row = Row {
            kind: school.kind(),
            stage: None,
            blank: school.cells.values().all(|text| text.trim().is_empty()),
            private: Column::Sponsor.normalised(school.text(Column::Sponsor)) == PRIVATE,
            identity: school.identity(),
            cells,
        };
        // A stage that is typed and not known, 高中 say, is not the one that the
        // type implies.
        row.stage = if row.cell(Column::Stage) == Cell::Refused { None } else { school.stage() };
        row
    }

    /// What a cell is worth. Words are [`Cell::Empty`] where they are known and
    /// [`Cell::Refused`] where they are not.
    pub fn cell(&self, column: Column) -> Cell {
        self.cells.get(column as usize).copied().unwrap_or_default()
    }

    /// The number in a cell, if it has one.
    pub fn number(&self, column: Column) -> Option<Number> {
        match self.cell(column) {
            Cell::Number(number) => Some(number),
            Cell::Empty | Cell::Refused => None,
        }
    }

    /// What tells its school from others; empty where the row says neither code nor
    /// name.
    pub fn identity(&self) -> &str {
        &self.identity
    }

    /// Whether it is a row of a 一贯制学校 or 完全中学.
    pub fn is_mixed(&self) -> bool {
        self.kind.is_some_and(SchoolType::is_mixed)
    }
}
