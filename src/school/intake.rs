//! 学校数据 that comes from elsewhere: what a table of somebody's is taken for. The
//! result is a proposal with its doubts; every part of it can be changed before
//! anything is taken, and nothing is taken here.
//!
//! Knows nothing of the schools that are there already: that is for
//! [`crate::assessment::arrivals`].

use std::collections::{BTreeMap, BTreeSet};

use crate::school::{Column, Stage, stage_of};
use crate::value::fold::fold;
use crate::value::grid::{Book, Grid, Origin, text};
use crate::value::map::Map;

pub mod cell;
pub mod choice;
mod doubts;
mod heads;
mod lines;
mod meaning;
mod sheet;
pub mod unit;

use cell::Note;
pub use doubts::Doubt;
use heads::Heads;
pub use lines::Left;
use lines::Line;
pub use meaning::Stated;
use unit::Unit;

/// The sheet of schools in the workbooks of this program.
const SHEET: &str = "学校数据";

/// What a file or the clipboard is taken for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposal {
    /// Who made it.
    pub origin: Origin,
    /// Its sheets.
    pub sheets: Vec<Sheet>,
    /// The schools, as they would be taken now.
    arrivals: Vec<Arrival>,
}

/// What a sheet is taken for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its name; empty for a text.
    pub name: String,
    /// Why it is passed over, if it is.
    pub passed: Option<Passed>,
    /// Whether its schools are taken.
    pub taken: bool,
    /// Whether rows are taken that are hidden or filtered away.
    pub with_hidden: bool,
    /// Its columns.
    pub sources: Vec<Source>,
    grid: Grid,
    heads: Option<Heads>,
    lines: Vec<Line>,
    /// Rows that a person has taken in again, or left out.
    overruled: BTreeMap<usize, bool>,
    /// The stage that its name says.
    stage: Option<Stage>,
}

/// Why a sheet is passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passed {
    /// Nothing stands in it.
    Empty,
    /// It is too large to be read.
    Large,
    /// It is hidden.
    Hidden,
    /// It has no heads of a table of schools, while another sheet has.
    Other,
    /// It is a catalogue or a form that answers one.
    Catalogue,
}

/// A column of a source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Its position in the sheet.
    pub at: usize,
    /// Its head with those above it.
    pub words: String,
    /// What it is taken for; `None` where it is left out.
    pub column: Option<Column>,
    /// The stage that its head says, where two stages stand side by side.
    pub stage: Option<Stage>,
    /// The unit of its numbers; `None` where none is said or known.
    pub unit: Option<Unit>,
    /// Whether the unit has to be said before the column is taken.
    pub asks_unit: bool,
    /// What its head says of the unit.
    pub stated: Stated,
    /// The year that its head says.
    pub year: String,
    /// Whether it is hidden in the file.
    pub hidden: bool,
    /// Whether its head says more in brackets than is understood.
    pub qualified: bool,
    /// Whether nothing is lost when it is left out.
    pub idle: bool,
    /// How many schools have something there.
    pub filled: usize,
    /// Some of its texts.
    pub samples: Vec<String>,
    /// Words behind its numbers, such as 万, with how many cells have them.
    pub words_behind: BTreeMap<String, usize>,
    /// For each of these words the first text that has it.
    pub worded: BTreeMap<String, String>,
    /// Those of them that are read.
    pub read_words: Vec<String>,
}

/// A school at a stage, as it arrives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrival {
    /// Position of its sheet.
    pub sheet: usize,
    /// Position of its row in the sheet.
    pub row: usize,
    /// Its cells that are not empty, in the form in which they are kept.
    pub cells: Map<Column, String>,
    /// What is to be said of single cells.
    pub notes: Vec<(Column, Note)>,
    /// Whether its name stands in a row above with which it is merged.
    pub continued: bool,
}

/// A row that is left out, for a person to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Position of its sheet.
    pub sheet: usize,
    /// Position of its row in the sheet.
    pub row: usize,
    /// Why.
    pub why: Left,
    /// What stands in it, shortened.
    pub text: String,
    /// Whether a person has taken it in again.
    pub taken: bool,
}

impl Proposal {
    /// What is proposed for what was read.
    pub fn read(book: Book) -> Proposal {
        let origin = book.origin;
        let mut sheets: Vec<Sheet> = book.sheets.into_iter().map(Sheet::read).collect();
        let fits = |sheet: &Sheet| sheet.passed.is_none() && sheet.has_names();
        if origin != Origin::Foreign {
            // This program says which of its sheets holds schools, and in which columns.
            for sheet in &mut sheets {
                if sheet.name == SHEET {
                    sheet.keep_own();
                } else {
                    sheet.passed = sheet.passed.or(Some(Passed::Other));
                }
            }
        }
        if sheets.iter().any(fits) {
            for sheet in sheets.iter_mut().filter(|it| !fits(it)) {
                sheet.passed = sheet.passed.or(Some(Passed::Other));
            }
        } else if let Some(first) = sheets.iter().position(|it| it.passed.is_none()) {
            // A person may know what its columns are.
            for sheet in sheets.iter_mut().skip(first + 1) {
                sheet.passed = sheet.passed.or(Some(Passed::Other));
            }
        }
        for sheet in &mut sheets {
            sheet.taken = sheet.passed.is_none();
        }
        let mut proposal = Proposal { origin, sheets, arrivals: Vec::new() };
        proposal.settle();
        proposal
    }

    /// Whether there is a table in it at all that is not a catalogue.
    pub fn is_table(&self) -> bool {
        self.sheets.iter().any(|sheet| sheet.passed.is_none())
    }

    /// Whether a person has first to say what its columns are.
    pub fn waits(&self) -> bool {
        let mut taken = self.sheets.iter().filter(|it| it.taken).peekable();
        taken.peek().is_none() || !taken.all(Sheet::has_names)
    }

    /// The schools, as they would be taken now.
    pub fn arrivals(&self) -> &[Arrival] {
        &self.arrivals
    }

    /// The rows that are left out for a reason that a person may overrule.
    pub fn left_out(&self) -> Vec<LeftOut> {
        let taken = self.sheets.iter().enumerate().filter(|(_, it)| it.taken);
        taken.flat_map(|(at, sheet)| sheet.left_out(at)).collect()
    }

    /// What is doubtful in it, the gravest first.
    pub fn doubts(&self) -> Vec<Doubt> {
        doubts::of(self)
    }

    /// Has a column taken for another one, or for none. One of the table comes from one
    /// source alone for each stage: the one that had it gives it up.
    pub fn assign(&mut self, sheet: usize, source: usize, to: Option<Column>) {
        let Some(sheet) = self.sheets.get_mut(sheet) else { return };
        let stage = sheet.sources.get(source).and_then(|it| it.stage);
        for (at, it) in sheet.sources.iter_mut().enumerate() {
            if at == source {
                it.column = to;
            } else if to.is_some() && it.column == to && it.stage == stage {
                it.column = None;
            }
        }
        sheet.look_again();
        // What was said of the other columns stays said.
        sheet.propose_reading(source);
        self.settle();
    }

    /// Has the columns of a sheet taken for those of the table one after the other.
    pub fn assign_in_order(&mut self, sheet: usize) {
        let Some(sheet) = self.sheets.get_mut(sheet) else { return };
        for (source, column) in sheet.sources.iter_mut().zip(Column::ALL) {
            source.column = Some(column);
        }
        sheet.look_again();
        sheet.propose_readings();
        self.settle();
    }

    /// Says the unit of a column.
    pub fn set_unit(&mut self, sheet: usize, source: usize, unit: Option<Unit>) {
        if let Some(source) = self.source_mut(sheet, source) {
            source.unit = unit;
            source.asks_unit = unit.is_none();
        }
        self.settle();
    }

    /// Says whether numbers with this word behind them are read.
    pub fn read_word(&mut self, sheet: usize, source: usize, word: &str, read: bool) {
        if let Some(source) = self.source_mut(sheet, source) {
            source.read_words.retain(|it| it != word);
            if read {
                source.read_words.push(word.to_owned());
            }
        }
        self.settle();
    }

    /// Says whether a sheet is taken.
    pub fn take_sheet(&mut self, sheet: usize, taken: bool) {
        if let Some(sheet) = self.sheets.get_mut(sheet).filter(|it| !it.grid.is_empty()) {
            sheet.taken = taken;
            sheet.passed = sheet.passed.filter(|_| !taken);
        }
        self.settle();
    }

    /// Says whether the hidden rows of a sheet are taken.
    pub fn take_hidden(&mut self, sheet: usize, taken: bool) {
        if let Some(sheet) = self.sheets.get_mut(sheet) {
            sheet.with_hidden = taken;
        }
        self.settle();
    }

    /// Says whether a row is taken.
    pub fn take_row(&mut self, sheet: usize, row: usize, taken: bool) {
        if let Some(sheet) = self.sheets.get_mut(sheet) {
            sheet.overruled.insert(row, taken);
        }
        self.settle();
    }

    fn source_mut(&mut self, sheet: usize, source: usize) -> Option<&mut Source> {
        self.sheets.get_mut(sheet)?.sources.get_mut(source)
    }

    /// Reads the schools anew after a change. Of rows that are the same school at the same
    /// stage the first is taken, or in its place those that a person has chosen, as far as
    /// their code does not tell them apart.
    fn settle(&mut self) {
        let taken = self.sheets.iter().enumerate().filter(|(_, it)| it.taken);
        let mut arrivals: Vec<Arrival> = taken.flat_map(|(at, sheet)| sheet.arrivals(at)).collect();
        let (mut in_order, others): (Vec<&Arrival>, Vec<&Arrival>) =
            arrivals.iter().partition(|it| self.is_chosen(it));
        in_order.extend(others);
        let twins = twins(in_order);
        for (at, sheet) in self.sheets.iter_mut().enumerate() {
            for line in &mut sheet.lines {
                match line.left {
                    None if twins.contains(&(at, line.row)) => line.left = Some(Left::Twice),
                    Some(Left::Twice) if !twins.contains(&(at, line.row)) => line.left = None,
                    _ => {}
                }
            }
        }
        arrivals.retain(|it| !twins.contains(&(it.sheet, it.row)) || self.is_chosen(it));
        self.arrivals = arrivals;
    }

    /// Whether a person has said that the row of a school is taken.
    fn is_chosen(&self, arrival: &Arrival) -> bool {
        let sheet = self.sheets.get(arrival.sheet);
        sheet.and_then(|sheet| sheet.overruled.get(&arrival.row)) == Some(&true)
    }
}

/// The rows, by sheet and position, that are a school and a stage that stands before.
fn twins<'a>(arrivals: impl IntoIterator<Item = &'a Arrival>) -> BTreeSet<(usize, usize)> {
    let mut seen: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    let mut twins = BTreeSet::new();
    for arrival in arrivals {
        let name = arrival.folded(Column::Name);
        if name.is_empty() || arrival.continued {
            continue;
        }
        let codes = seen.entry((name, stage_key(&arrival.cells))).or_default();
        let code = arrival.folded(Column::Code);
        // No code is none that differs.
        let known = codes.contains(&code) || (!codes.is_empty() && (code.is_empty() || codes.contains("")));
        if known {
            twins.insert((arrival.sheet, arrival.row));
        }
        codes.insert(code);
    }
    twins
}

/// The table that a text is which was copied or typed: with tabs between its cells, or
/// with whatever else stands there if it then has heads that are known.
pub fn table_of(text: &str) -> Grid {
    let apart = (!text.contains('\t')).then(|| text::from_text(text)).filter(has_heads);
    apart.unwrap_or_else(|| text::from_clipboard(text))
}

/// What tells the stages of a school apart: the stage, or what stands in its place.
pub fn stage_key(cells: &Map<Column, String>) -> String {
    let typed = cells.get(&Column::Stage).map(|text| fold(text)).unwrap_or_default();
    match stage_of(cells) {
        Some(stage) if typed.is_empty() || Column::Stage.read(&typed).is_ok() => stage.label().to_owned(),
        _ => typed,
    }
}

/// Whether a table has heads that are known.
pub fn has_heads(grid: &Grid) -> bool {
    Heads::find(grid).is_some()
}

impl Source {
    /// What the first number with this word behind it would be read as.
    pub fn reading(&self, word: &str) -> Option<String> {
        cell::reading(self.worded.get(word)?, self.column?, self.unit)
    }
}

impl Arrival {
    /// What a text of it is compared by.
    pub fn folded(&self, column: Column) -> String {
        fold(self.cells.get(&column).map_or("", String::as_str))
    }

    /// 学段, if it says it or its type implies it.
    pub fn stage(&self) -> Option<Stage> {
        stage_of(&self.cells)
    }
}
