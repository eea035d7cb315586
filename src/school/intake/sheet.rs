//! One sheet: what its columns and rows are taken for, and its schools as they are
//! read with that.

use std::collections::{BTreeMap, BTreeSet};

use crate::school::{Column, SchoolType, Stage};
use crate::value::fold::{fold, tidy};
use crate::value::grid::{About, Grid, Remark};
use crate::value::number::Number;
use crate::value::sets::set_of;

use super::cell::{Taken, take};
use super::heads::{Head, Heads};
use super::lines::{self, Left, Line, lines};
use super::meaning::Stated;
use super::unit::{Dimension, Unit};
use super::{Arrival, LeftOut, Passed, Sheet, Source, cell};

/// From so many 万元 on a column of money that says no unit is asked about: no school
/// has a thousand million 元 of equipment.
const MUCH: Number = Number::whole(100_000);
/// So many texts of a column are shown beside its head.
const SAMPLES: usize = 3;

impl Sheet {
    pub(super) fn read(grid: Grid) -> Sheet {
        let heads = Heads::find(&grid);
        let large = grid.remarks.iter().any(|it| !matches!(it, Remark::Unreadable(_)));
        let passed = if large {
            Some(Passed::Large)
        } else if grid.is_empty() {
            Some(Passed::Empty)
        } else if grid.hidden {
            Some(Passed::Hidden)
        } else {
            is_catalogue(&grid).then_some(Passed::Catalogue)
        };
        let mut sheet = Sheet {
            name: grid.name.clone(),
            passed,
            with_hidden: true,
            stage: lines::stage_of(&grid.name),
            heads,
            grid,
            ..Sheet::default()
        };
        if sheet.passed.is_none() || sheet.passed == Some(Passed::Hidden) {
            sheet.sources = sheet.columns();
            sheet.tell_apart();
            sheet.look_again();
            sheet.propose_readings();
        }
        sheet
    }

    /// Takes the columns of 学校数据 for what they are and passes over those that the
    /// program has computed beside them.
    pub(super) fn keep_own(&mut self) {
        let mut own = Column::ALL.into_iter().peekable();
        for source in &mut self.sources {
            source.column = own.next_if(|column| fold(&column.head()) == fold(&source.words));
            source.idle = source.column.is_none();
        }
        self.look_again();
        self.propose_readings();
        // The limits stand between the heads and the schools.
        let columns: Vec<usize> =
            self.sources.iter().filter(|it| it.column.is_some()).map(|it| it.at).collect();
        for line in &mut self.lines {
            let filled = columns.iter().filter(|at| !self.grid.text(line.row, **at).is_empty()).count();
            line.left = line.left.or((filled < 2).then_some(Left::Remark));
        }
    }

    /// Whether a column of it has the names of schools.
    pub(super) fn has_names(&self) -> bool {
        self.sources.iter().any(|it| it.column == Some(Column::Name))
    }

    /// Whether its heads are known.
    pub fn is_headed(&self) -> bool {
        self.heads.is_some()
    }

    /// How many rows of it are hidden, and how many columns with something in them.
    pub fn hidden(&self) -> (usize, usize) {
        let rows = self
            .grid
            .hidden_rows
            .iter()
            .filter(|row| self.lines.iter().any(|it| it.row == **row && it.left.is_none()));
        (rows.count(), self.sources.iter().filter(|it| it.hidden && it.filled > 0).count())
    }

    /// What the first hidden rows are called.
    pub fn hidden_names(&self) -> Vec<String> {
        let name = self.sources.iter().find(|it| it.column == Some(Column::Name)).map(|it| it.at);
        let hidden =
            |line: &&Line| line.left.is_none() && self.grid.hidden_rows.binary_search(&line.row).is_ok();
        let called = |line: &Line| tidy(&lines::label(&self.grid, name, line.row));
        self.lines.iter().filter(hidden).take(3).map(called).collect()
    }

    /// Rows in which something could not be read.
    pub fn unreadable(&self) -> Vec<usize> {
        let of = |remark: &Remark| match remark {
            Remark::Unreadable(rows) => rows.iter().map(|row| row + 1).collect(),
            Remark::TooManyRows(_) | Remark::TooManyColumns(_) | Remark::TooManyCells => Vec::new(),
        };
        self.grid.remarks.iter().flat_map(of).collect()
    }

    /// Its columns as their heads say.
    fn columns(&self) -> Vec<Source> {
        let none = Head::default();
        let source = |at: usize| {
            let head = self.heads.as_ref().and_then(|it| it.columns.get(at)).unwrap_or(&none);
            Source {
                at,
                words: head.words(),
                column: head.meaning.column,
                stage: head.meaning.stage,
                year: head.meaning.year.clone(),
                stated: head.meaning.unit.clone(),
                hidden: self.grid.hidden_columns.contains(&at),
                qualified: head.meaning.qualified,
                idle: head.meaning.idle,
                ..Source::default()
            }
        };
        (0..self.grid.width()).map(source).collect()
    }

    /// Of several columns with the same head none is taken before somebody has chosen,
    /// unless only one of them is to be seen.
    fn tell_apart(&mut self) {
        for twins in self.twins() {
            let hidden = |at: &usize| self.sources.get(*at).is_some_and(|it| it.hidden);
            let shown: Vec<usize> = twins.iter().copied().filter(|at| !hidden(at)).collect();
            for twin in twins.into_iter().filter(|twin| shown != [*twin]) {
                if let Some(source) = self.sources.get_mut(twin) {
                    source.column = None;
                }
            }
        }
        // A whole is not taken beside its parts.
        let parts: BTreeSet<Column> =
            set_of(self.sources.iter().filter(|it| it.stage.is_some()).filter_map(|it| it.column));
        for source in self.sources.iter_mut().filter(|it| it.stage.is_none()) {
            source.column = source.column.filter(|column| !parts.contains(column));
        }
    }

    /// Positions of columns whose heads mean the same column for the same stage.
    fn twins(&self) -> Vec<Vec<usize>> {
        let mut by_meaning: BTreeMap<(Column, Option<Stage>), Vec<usize>> = BTreeMap::new();
        let heads = self.heads.iter().flat_map(|it| &it.columns).enumerate();
        for (at, head) in heads {
            if let Some(column) = head.meaning.column {
                by_meaning.entry((column, head.meaning.stage)).or_default().push(at);
            }
        }
        by_meaning.into_values().filter(|all| all.len() > 1).collect()
    }

    /// Columns with the same head, of which not all can be taken.
    pub fn twin_heads(&self) -> Vec<Vec<&Source>> {
        self.twins().iter().map(|all| all.iter().filter_map(|at| self.sources.get(*at)).collect()).collect()
    }

    /// Sorts the rows anew and counts what the columns hold.
    pub(super) fn look_again(&mut self) {
        let name = self.sources.iter().find(|it| it.column == Some(Column::Name)).map(|it| it.at);
        self.lines = lines(&self.grid, self.heads.as_ref(), name);
        for source in &mut self.sources {
            let at = source.at;
            let rows = || self.lines.iter().filter(|it| it.left.is_none()).map(|it| it.row);
            let texts = || rows().map(|row| self.grid.text(row, at)).filter(|it| !it.trim().is_empty());
            source.filled = texts().count();
            source.samples = texts().take(SAMPLES).map(tidy).collect();
            source.words_behind = BTreeMap::new();
            source.worded = BTreeMap::new();
            let Some(dimension) = source.column.and_then(Column::dimension) else { continue };
            let bare = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            for text in texts().filter(|text| !bare(text)) {
                if let Some((_, word)) = cell::worded(text)
                    && !word.is_empty()
                    && Unit::behind_number(&word, dimension).is_some()
                {
                    source.worded.entry(word.clone()).or_insert_with(|| text.to_owned());
                    *source.words_behind.entry(word).or_default() += 1;
                }
            }
        }
    }

    /// Says of all columns how their numbers are to be read.
    pub(super) fn propose_readings(&mut self) {
        for at in 0..self.sources.len() {
            self.propose_reading(at);
        }
    }

    /// Says how the numbers of a column are to be read, anew for what it is taken for
    /// now: by the unit that its head says, unless that is to be asked for, and with the
    /// word that stands behind nearly all of them.
    pub(super) fn propose_reading(&mut self, at: usize) {
        let asks = self.sources.get(at).is_some_and(|it| self.asks_unit(it));
        let Some(source) = self.sources.get_mut(at) else { return };
        let dimension = source.column.and_then(Column::dimension);
        source.asks_unit = asks;
        source.unit = match source.stated {
            Stated::Unit(unit) if Some(unit.dimension) == dimension && !asks => Some(unit),
            _ => None,
        };
        let most = source.words_behind.iter().max_by_key(|(_, count)| **count);
        let word = most.filter(|(_, count)| **count > 1 && **count * 5 >= source.filled * 4);
        source.read_words = word.map(|(word, _)| word.clone()).into_iter().collect();
    }

    /// Whether the unit of a column is not known, or not said where it matters.
    fn asks_unit(&self, source: &Source) -> bool {
        let Some(dimension) = source.column.and_then(Column::dimension) else { return false };
        match source.stated {
            Stated::Unit(unit) => unit.dimension != dimension,
            Stated::Unknown(_) => true,
            Stated::Nothing if dimension == Dimension::Money => self.is_much(source.at),
            Stated::Nothing => false,
        }
    }

    /// Whether a column has a number that is much in 万元. Where the format says the
    /// unit, the head need not.
    fn is_much(&self, at: usize) -> bool {
        let rows = self.lines.iter().filter(|it| it.left.is_none()).map(|it| it.row);
        let mut bare = rows.filter(|row| !matches!(self.grid.about(*row, at), Some(About::Shown(_))));
        bare.any(|row| Number::parse(&tidy(self.grid.text(row, at))).is_ok_and(|number| number >= MUCH))
    }

    /// Whether a row is taken: by a person's word, or by what it is.
    fn takes(&self, line: &Line, twins: bool) -> bool {
        let proposed = match line.left {
            None => true,
            Some(Left::Twice) => twins,
            Some(_) => false,
        };
        let seen = self.with_hidden || self.grid.hidden_rows.binary_search(&line.row).is_err();
        self.overruled.get(&line.row).copied().unwrap_or(proposed) && seen
    }

    /// Its schools, those too that stand in it before.
    pub(super) fn arrivals(&self, sheet: usize) -> Vec<Arrival> {
        let mut arrivals: Vec<Arrival> = Vec::with_capacity(self.lines.len());
        let mut above: Option<usize> = None;
        for line in &self.lines {
            if !self.takes(line, true) {
                above = None;
                continue;
            }
            let from = arrivals.len();
            for (at, stage) in self.stages_of(line).into_iter().enumerate() {
                arrivals.push(self.arrival(sheet, line, stage, at == 0));
            }
            self.continue_name(line, above.filter(|_| self.is_headed()), from, &mut arrivals);
            above = Some(arrivals.len()).filter(|len| *len > from).map(|_| from);
        }
        arrivals.retain(|it| !it.cells.is_empty());
        arrivals
    }

    /// The stages side by side that a row has something of; one of none where there
    /// are no stages side by side.
    fn stages_of(&self, line: &Line) -> Vec<Option<Stage>> {
        let has = |stage: Stage| {
            let mut of = self.sources.iter().filter(|it| it.column.is_some() && it.stage == Some(stage));
            of.any(|it| !self.grid.text(line.row, it.at).trim().is_empty())
        };
        let stages: Vec<Option<Stage>> = Stage::ALL.into_iter().filter(|it| has(*it)).map(Some).collect();
        if stages.is_empty() { vec![None] } else { stages }
    }

    /// The school of a row at one of its stages.
    fn arrival(&self, sheet: usize, line: &Line, stage: Option<Stage>, first: bool) -> Arrival {
        let mut arrival = Arrival { sheet, row: line.row, ..Arrival::default() };
        for source in self.sources.iter().filter(|it| !it.asks_unit) {
            let Some(column) = source.column else { continue };
            // What is said of the whole school goes to its first stage, words to each.
            let whole = source.stage.is_none() && (column.dimension().is_none() || first);
            if source.stage != stage && !whole {
                continue;
            }
            let at = (line.row, source.at);
            let Taken { mut text, note } = take(&self.grid, at, column, source.unit, &source.read_words);
            if column == Column::Name && !line.front.is_empty() {
                text = format!("{}{text}", line.front);
            }
            arrival.notes.extend(note.map(|note| (column, note)));
            if !text.trim().is_empty() {
                arrival.cells.insert(column, text);
            }
        }
        if let Some(stage) = stage {
            arrival.cells.insert(Column::Stage, stage.label().to_owned());
        } else if let Some(stage) = line.stage.or(self.stage)
            && !arrival.cells.is_empty()
            && !arrival.cells.contains_key(&Column::Stage)
            && implied(&arrival).is_none()
        {
            arrival.cells.insert(Column::Stage, stage.label().to_owned());
        }
        arrival
    }

    /// Gives rows without a name and a code those of the row right above: a name that
    /// is merged over the rows of a school stands with the first of them alone.
    fn continue_name(&self, line: &Line, above: Option<usize>, from: usize, arrivals: &mut [Arrival]) {
        let (before, these) = arrivals.split_at_mut(from);
        let merged = |column| {
            let source = self.sources.iter().find(|it| it.column == Some(column))?;
            let area = self
                .grid
                .merged
                .iter()
                .find(|it| it.left == source.at && it.top < line.row && line.row <= it.bottom)?;
            Some(tidy(self.grid.text(area.top, source.at))).filter(|text| !text.is_empty())
        };
        for arrival in these {
            let says = |column| arrival.cells.contains_key(&column);
            let filled = arrival.cells.keys().any(|column| !OF_SCHOOL.contains(column));
            // A name that is there and not taken, an error say, is no empty one.
            let odd = arrival.notes.iter().any(|(column, _)| *column == Column::Name);
            if says(Column::Name) || says(Column::Code) || !filled || odd {
                continue;
            }
            let above = above.and_then(|at| before.get(at)).filter(|it| it.cells.contains_key(&Column::Name));
            let name = merged(Column::Name);
            if above.is_none() && name.is_none() {
                continue;
            }
            for column in OF_SCHOOL {
                let text = merged(column).or_else(|| above.and_then(|it| it.cells.get(&column)).cloned());
                if let Some(text) = text {
                    arrival.cells.entry(column).or_insert_with(|| column.normalised(&text));
                }
            }
            arrival.continued = true;
        }
    }

    pub(super) fn left_out(&self, sheet: usize) -> Vec<LeftOut> {
        let why = |line: &Line| line.left.filter(|why| !matches!(why, Left::Blank | Left::Head));
        let shown = |line: &Line| {
            let cells = self.grid.rows.get(line.row)?.iter().map(|it| tidy(it)).filter(|it| !it.is_empty());
            let text = cells.take(8).collect::<Vec<_>>().join("　");
            let taken = self.overruled.get(&line.row).copied().unwrap_or(false);
            Some(LeftOut { sheet, row: line.row, why: why(line)?, text, taken })
        };
        self.lines.iter().filter_map(shown).collect()
    }

    /// How many rows are left out for each reason, as they stand now.
    pub fn counts(&self) -> BTreeMap<Left, usize> {
        let mut counts = BTreeMap::new();
        for line in self.lines.iter().filter(|line| !self.takes(line, false)) {
            if let Some(why) = line.left {
                *counts.entry(why).or_default() += 1;
            }
        }
        counts
    }

    /// Whether the stages of a school stand side by side in one row, and which columns
    /// are then of the whole school and go to its first stage.
    pub fn side_by_side(&self) -> Option<Vec<&Source>> {
        let taken = || self.sources.iter().filter(|it| it.column.is_some() && it.filled > 0);
        let counts = |it: &&Source| it.stage.is_none() && it.column.and_then(Column::dimension).is_some();
        taken().any(|it| it.stage.is_some()).then(|| taken().filter(counts).collect())
    }

    /// How many rows stand above the heads.
    pub fn above_heads(&self) -> usize {
        self.heads.as_ref().map_or(0, |heads| heads.rows.start)
    }
}

/// What is the same in all rows of a school, and merged over them.
const OF_SCHOOL: [Column; 5] = [Column::Name, Column::Code, Column::Kind, Column::Sponsor, Column::Area];

/// The stage that a type implies; a 一贯制学校 is of none by itself.
fn implied(arrival: &Arrival) -> Option<Stage> {
    let kind = arrival.cells.get(&Column::Kind).and_then(|text| SchoolType::named(text))?;
    match kind {
        SchoolType::Primary | SchoolType::Teaching => Some(Stage::Primary),
        SchoolType::Junior => Some(Stage::Junior),
        _ => None,
    }
}

/// Whether a table is a catalogue of indicators, or a form that answers one.
fn is_catalogue(grid: &Grid) -> bool {
    let words = [
        "一级指标",
        "二级指标",
        "三级指标",
        "评价要点",
        "评价内容",
        "观测点",
        "测评点",
        "评分细则",
        "自评得分",
        "分值",
    ];
    let mut rows = grid.rows.iter().take(12);
    rows.any(|row| {
        row.iter().filter(|cell| words.iter().any(|word| fold(cell).starts_with(word))).count() > 1
    })
}
