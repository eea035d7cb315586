//! 学校数据 that comes in as text: what Excel, WPS and LibreOffice put on the
//! clipboard, and CSV files. Finds the heads, leaves out what is no school, and
//! proposes edits; nothing is changed before they are applied.
//!
//! How a text becomes a table is known by [`crate::value::grid`].

use std::collections::{BTreeMap, BTreeSet};

use super::matching::{Heads, Matched};
use super::{Column, School, plain};
use crate::assessment::edit::Edit;
use crate::assessment::{Assessment, RowId};
use crate::text::cleaned;
use crate::value::grid::{Grid, text};

/// Heads are looked for in so many rows at the top.
const HEAD_ROWS: usize = 12;

/// Beginnings and ends of the first cell of a row that adds others up.
const SUMS: [&str; 4] = ["合计", "总计", "小计", "共计"];
/// Beginnings of the first cell of a row that only remarks something.
const REMARKS: [&str; 7] = ["注:", "备注:", "说明:", "填表人", "制表人", "填报人", "审核人"];

/// What is the same in all rows of a school, and merged over them.
const OF_SCHOOL: [Column; 3] = [Column::Name, Column::Code, Column::Kind];

/// Rows of cells as they stand in a text that was copied: tabs between cells. A
/// text without tabs that has heads is read as a text file is.
pub fn from_clipboard(text: &str) -> Vec<Vec<String>> {
    if !text.contains('\t') {
        let cells = from_csv(text);
        if cells.iter().take(HEAD_ROWS).any(|row| Heads::count(row) > 1) {
            return cells;
        }
    }
    in_lines(text::from_clipboard(text))
}

/// Rows of cells of a text file, whatever stands between its cells.
pub fn from_csv(text: &str) -> Vec<Vec<String>> {
    in_lines(text::from_text(text))
}

/// The cells of a table. A line break within a cell becomes a blank, because a cell of
/// 学校数据 has one line.
pub fn in_lines(grid: Grid) -> Vec<Vec<String>> {
    let line = |text: String| if text.contains('\n') { text.replace('\n', " ") } else { text };
    grid.rows.into_iter().map(|row| row.into_iter().map(line).collect()).collect()
}

/// What is pasted or imported, to be looked at and corrected before it is applied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pasted {
    /// Its columns.
    columns: Vec<Matched>,
    /// The rows of schools, as they came.
    rows: Vec<Vec<String>>,
    /// Positions of rows right above which something is left out.
    apart: BTreeSet<usize>,
    /// Whether it has heads of its own.
    pub headed: bool,
    /// Rows that are left out.
    pub skipped: Skipped,
}

/// Rows that are left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Skipped {
    /// Titles and whatever else stands above the heads.
    pub above: usize,
    /// The heads, with the row of units beneath, and their repetitions.
    pub heads: usize,
    /// Rows that add others up.
    pub sums: usize,
    /// Rows without a single text.
    pub blank: usize,
    /// Remarks beneath the table.
    pub remarks: usize,
}

/// What becomes of a row whose school and stage the table has already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Known {
    /// It is added all the same.
    #[default]
    Add,
    /// Its texts replace those of the row that is there; where it has none, that
    /// row keeps its own.
    Update,
}

/// What applying would do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outlook {
    /// New rows.
    pub added: usize,
    /// Rows that change.
    pub updated: usize,
    /// Texts that their columns do not take; they are kept as they are.
    pub refused: usize,
    /// Rows without a name that are of the school above them.
    pub merged: usize,
}

/// The heads of a table, which stand near its top.
fn heads_of(cells: &[Vec<String>]) -> Option<Heads> {
    Heads::find(cells.get(..HEAD_ROWS.min(cells.len())).unwrap_or_default())
}

impl Pasted {
    /// Whether rows of cells have heads of their own.
    pub fn has_heads(cells: &[Vec<String>]) -> bool {
        heads_of(cells).is_some()
    }

    /// Reads rows of cells. Without heads the columns are those of the table from
    /// `first` on.
    pub fn read(cells: Vec<Vec<String>>, first: Column) -> Pasted {
        let width = cells.iter().map(Vec::len).max().unwrap_or_default();
        let heads = heads_of(&cells);
        let mut pasted = Pasted { headed: heads.is_some(), ..Pasted::default() };
        let mut head_row = Vec::new();
        let mut below = 0;
        if let Some(heads) = heads {
            pasted.skipped.above = heads.rows.start;
            pasted.skipped.heads = heads.rows.len();
            below = heads.rows.end;
            head_row = cells.get(heads.rows.start).cloned().unwrap_or_default();
            pasted.columns = heads.columns;
        } else {
            pasted.columns = columns_from(first, width);
        }
        pasted.columns.resize_with(width, Matched::default);
        for row in cells.into_iter().skip(below) {
            let first = row.iter().map(|cell| plain(cell)).find(|cell| !cell.is_empty());
            match first {
                None => pasted.skipped.blank += 1,
                Some(_) if pasted.headed && row == head_row => pasted.skipped.heads += 1,
                Some(first) if is_sum(&first) => pasted.skipped.sums += 1,
                Some(first) if REMARKS.iter().any(|it| first.starts_with(it)) => pasted.skipped.remarks += 1,
                Some(_) => {
                    pasted.rows.push(row);
                    continue;
                }
            }
            pasted.apart.insert(pasted.rows.len());
        }
        pasted
    }

    /// Takes rows of cells as they stand, for the columns of the table from `first`
    /// on. None is left out, because each lies over a row of its own.
    pub fn block(mut cells: Vec<Vec<String>>, first: Column) -> Pasted {
        let width = cells.iter().map(Vec::len).max().unwrap_or_default();
        // A line without a single tab at the end of a wider block is no row of it.
        let line = |row: &Vec<String>| width > 1 && row.len() < 2 && row.concat().is_empty();
        cells.truncate(cells.iter().rposition(|row| !line(row)).map_or(0, |last| last + 1));
        Pasted { columns: columns_from(first, width), rows: cells, ..Pasted::default() }
    }

    /// Its columns, as they are matched.
    pub fn columns(&self) -> &[Matched] {
        &self.columns
    }

    /// Its rows, as they came.
    pub fn rows(&self) -> &[Vec<String>] {
        &self.rows
    }

    /// Has the `source`-th column taken for another one, or for none. A column of
    /// the table comes from one source alone: the one that had it gives it up.
    pub fn assign(&mut self, source: usize, to: Option<Column>) {
        for (at, matched) in self.columns.iter_mut().enumerate() {
            if at == source {
                matched.column = to;
            } else if to.is_some() && matched.column == to {
                matched.column = None;
            }
        }
    }

    /// The cells that a row is to have, in the form in which they are kept.
    fn cells(&self, row: &[String]) -> BTreeMap<Column, String> {
        let mut cells = BTreeMap::new();
        for (matched, text) in self.columns.iter().zip(row) {
            let Some(column) = matched.column else { continue };
            let text = cleaned(text).map_or_else(|| text.clone(), |(clean, _)| clean);
            let text = column.normalised(&matched.scaled(&text));
            if !text.trim().is_empty() {
                cells.insert(column, text);
            }
        }
        cells
    }

    /// What [`Pasted::edits`] would do.
    pub fn outlook(&self, assessment: &Assessment, known: Known) -> Outlook {
        let mut outlook = Outlook { merged: self.named().1, ..Outlook::default() };
        for (row, cells) in self.targets(assessment, known) {
            outlook.refused += cells.iter().filter(|(column, text)| column.read(text).is_err()).count();
            match row {
                Some(_) => outlook.updated += 1,
                None => outlook.added += 1,
            }
        }
        outlook
    }

    /// The edits that add its rows, or bring those up to date that are there
    /// already. `fresh` makes identities of new rows.
    pub fn edits(&self, assessment: &Assessment, known: Known, fresh: impl FnMut() -> RowId) -> Vec<Edit> {
        edits(assessment, self.targets(assessment, known), fresh)
    }

    /// The edits that put its cells over `rows`, one after the other, and what is
    /// beyond them into new rows. A cell that is empty empties the one that is there,
    /// as in a spreadsheet.
    pub fn edits_over(
        &self,
        assessment: &Assessment,
        rows: &[RowId],
        fresh: impl FnMut() -> RowId,
    ) -> Vec<Edit> {
        let columns: Vec<Column> = self.columns.iter().filter_map(|it| it.column).collect();
        let targets = self.rows.iter().enumerate().map(|(at, row)| {
            let mut cells = self.cells(row);
            for column in &columns {
                cells.entry(*column).or_default();
            }
            (rows.get(at).cloned(), cells)
        });
        // What is beyond the last row and empty makes no row.
        let targets = targets.filter(|(row, cells)| row.is_some() || cells.values().any(|it| !it.is_empty()));
        edits(assessment, targets.collect(), fresh)
    }

    /// Each row with the one of the table that it is about.
    fn targets(&self, assessment: &Assessment, known: Known) -> Vec<Target> {
        let mut by_key = BTreeMap::new();
        if known == Known::Update {
            for (row, school) in assessment.schools_in_order() {
                for key in keys(school) {
                    by_key.entry(key).or_insert(row);
                }
            }
        }
        let target = |cells: BTreeMap<Column, String>| {
            let school = School { place: 0, cells };
            let found = keys(&school).into_iter().find_map(|key| by_key.get(&key).copied().cloned());
            (found, school.cells)
        };
        self.named().0.into_iter().filter(|cells| !cells.is_empty()).map(target).collect()
    }

    /// The cells of each row, and how many rows got the name of the row above: where
    /// a name is merged over the rows of a school, a spreadsheet copies it with the
    /// first of them alone.
    fn named(&self) -> (Vec<BTreeMap<Column, String>>, usize) {
        let mut named: Vec<BTreeMap<Column, String>> = Vec::new();
        let mut merged = 0;
        for (at, row) in self.rows.iter().enumerate() {
            let mut cells = self.cells(row);
            let above = named.last().filter(|_| self.headed && !self.apart.contains(&at));
            if let Some(above) = above.filter(|above| is_continued(above, &cells)) {
                for column in OF_SCHOOL {
                    if let Some(text) = above.get(&column) {
                        cells.entry(column).or_insert_with(|| text.clone());
                    }
                }
                merged += 1;
            }
            named.push(cells);
        }
        (named, merged)
    }
}

/// Whether a row is one more of the school above: it is filled, but says neither
/// name nor code, and the row above has a name.
fn is_continued(above: &BTreeMap<Column, String>, cells: &BTreeMap<Column, String>) -> bool {
    let says = |column| cells.contains_key(&column);
    above.contains_key(&Column::Name)
        && !says(Column::Name)
        && !says(Column::Code)
        && cells.keys().any(|column| !OF_SCHOOL.contains(column))
}

/// So many columns of the table from `first` on, each as it is.
fn columns_from(first: Column, width: usize) -> Vec<Matched> {
    Column::ALL.into_iter().skip_while(|it| *it != first).take(width).map(Matched::of).collect()
}

/// A row of the table, or none yet, and the cells that it gets.
type Target = (Option<RowId>, BTreeMap<Column, String>);

fn edits(assessment: &Assessment, targets: Vec<Target>, mut fresh: impl FnMut() -> RowId) -> Vec<Edit> {
    let mut next = assessment.next_school_place();
    let mut changed: BTreeMap<RowId, School> = BTreeMap::new();
    let mut edits = Vec::new();
    for (row, cells) in targets {
        let standing = row.and_then(|row| {
            let school = changed.get(&row).or_else(|| assessment.schools.get(&row))?.clone();
            Some((row, school))
        });
        let (row, from) = match standing {
            Some((row, school)) => (row, Some(school)),
            None => (fresh(), None),
        };
        let mut to = from.clone().unwrap_or_else(|| {
            next = next.saturating_add(1);
            School { place: next - 1, ..School::default() }
        });
        for (column, text) in cells {
            to.set(column, &text);
        }
        if from.as_ref() != Some(&to) {
            changed.insert(row.clone(), to.clone());
            edits.push(Edit::SetSchool { row, from, to: Some(to) });
        }
    }
    edits
}

/// What tells a row from others: its code or its name, each with its stage.
fn keys(school: &School) -> Vec<(Column, String, Option<super::Stage>)> {
    let key = |column| (column, plain(school.text(column)), school.stage());
    [Column::Code, Column::Name].map(key).into_iter().filter(|(_, text, _)| !text.is_empty()).collect()
}

fn is_sum(first: &str) -> bool {
    SUMS.iter().any(|sum| first.starts_with(sum) || first.trim_end_matches([':', ')']).ends_with(sum))
}

/// A CSV file with the heads of the table, for where no workbook can be made.
pub fn template() -> String {
    format!("\u{FEFF}{}\r\n", Column::ALL.map(Column::head).join(","))
}
