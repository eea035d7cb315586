//! A sheet of rows under heads. Each row bears the identity of its entry and the number of
//! the row within it, in two hidden columns.

use super::cells::{Seen, is_same, reads_as, shown};
use super::place::{columns, head_row, heads, plain};
use super::{About, Reader};
use crate::assessment::place::Place;
use crate::school::Column;
use crate::value::grid::Grid;
use crate::value::order::sort_by_key;
use crate::workbook::holds::Holds;
use crate::workbook::schools;
use crate::workbook::sheet::{Cell, Content, Role, Row, Sheet};

/// An entry goes on in so many rows at most; a number beyond is none of ours.
const MOST_ROWS: usize = 20_000;

/// Where things stand in a sheet of a file.
pub(super) struct Layout {
    /// The first row beneath the heads.
    pub first: usize,
    /// For each column of the yardstick the one in which it stands.
    pub columns: Vec<(usize, Option<usize>)>,
    /// The column of the identities.
    pub keys: Option<usize>,
}

impl Layout {
    /// Where a column of the yardstick stands.
    pub fn column(&self, expected: usize) -> Option<usize> {
        self.columns.iter().find(|(column, _)| *column == expected).and_then(|(_, at)| *at)
    }
}

/// The rows of an entry in the yardstick.
pub(super) struct Entry<'a> {
    pub key: String,
    pub rows: Vec<&'a Row>,
}

impl Reader<'_> {
    pub(super) fn table(&mut self, sheet: &Sheet, grid: &Grid) {
        let heads = heads(sheet);
        let entries = entries(sheet);
        // Without its heads a table is known by the identities that stand where they stood: then
        // nothing was moved.
        let (first, columns) = match head_row(&heads, grid) {
            Some((head, _)) => (head + 1, columns(&heads, grid, head)),
            None if stands_still(sheet, &entries, grid) => {
                (0, heads.iter().map(|(column, _)| (*column, Some(*column))).collect())
            }
            None => return self.note(&grid.name, None, About::NoHeads, String::new()),
        };
        let held = |column: usize| {
            let cells = entries.iter().flat_map(|entry| &entry.rows).filter_map(|row| row.cells.get(column));
            cells.into_iter().any(|cell| cell.holds.is_some())
        };
        for (column, at) in &columns {
            if at.is_none() && held(*column) {
                let name = heads.iter().find(|(of, _)| of == column).map_or("", |(_, head)| head);
                self.note(&grid.name, None, About::NoColumn(name.to_owned()), String::new());
            }
        }
        let keys = key_column(&entries, grid, first);
        if let Some(head) = first.checked_sub(1) {
            self.new_columns(grid, head, &columns);
        }
        let layout = Layout { first, columns, keys };
        let told_by = |row: &Row| if sheet.name == schools::NAME { named(row) } else { printed(row) };
        let (found, loose) = placed(&entries, grid, &layout, told_by);
        for (entry, rows) in entries.iter().zip(&found) {
            if rows.is_empty() {
                let content = entry.rows.first().map(|row| in_one(row)).unwrap_or_default();
                self.note(&grid.name, None, About::Gone, content);
            } else {
                self.entry(entry, rows, grid, &layout);
            }
        }
        self.loose(sheet, grid, &layout, &loose);
    }

    /// Names the columns that somebody has put in.
    fn new_columns(&mut self, grid: &Grid, head: usize, columns: &[(usize, Option<usize>)]) {
        let cells = grid.rows.get(head).into_iter().flatten().enumerate();
        for (at, text) in cells.filter(|(_, text)| !text.is_empty()) {
            if columns.iter().all(|(_, known)| *known != Some(at)) {
                let all = (head + 1..grid.rows.len()).map(|row| grid.text(row, at));
                let content: Vec<&str> = all.filter(|text| !text.is_empty()).take(20).collect();
                self.note(&grid.name, None, About::NewColumn(text.clone()), content.join("｜"));
            }
        }
    }

    /// The cells of an entry; `rows` are the rows of the file, by their number within it.
    fn entry(&mut self, entry: &Entry<'_>, rows: &[Vec<usize>], grid: &Grid, layout: &Layout) {
        for (column, _) in entry.rows.first().map(|row| row.cells.iter().enumerate()).into_iter().flatten() {
            let Some(at) = layout.column(column) else { continue };
            let pieces: Vec<(usize, &Cell)> = entry
                .rows
                .iter()
                .enumerate()
                .filter_map(|(nth, row)| Some((nth, row.cells.get(column)?)))
                .collect();
            let place = pieces.iter().find_map(|(_, cell)| match &cell.holds {
                Some(Holds::Text { place, .. }) => Some(place.clone()),
                _ => None,
            });
            match place {
                Some(place) => self.text(&place, &pieces, rows, grid, at),
                None => self.single(&pieces, rows, grid, at),
            }
        }
    }

    /// A text whose pieces stand in the rows of an entry.
    fn text(
        &mut self,
        place: &Place,
        pieces: &[(usize, &Cell)],
        rows: &[Vec<usize>],
        grid: &Grid,
        column: usize,
    ) {
        let mut text = String::new();
        let mut changed = false;
        for nth in 0..rows.len().max(pieces.len()) {
            let expected = pieces.iter().find(|(of, _)| *of == nth).map(|(_, cell)| shown(cell));
            let expected = expected.unwrap_or_default();
            let found = rows.get(nth).into_iter().flatten();
            let all: Vec<Seen<'_>> = found.map(|row| Seen { grid, row: *row, column }).collect();
            match self.piece(&expected, &all, &grid.name) {
                Some(read) if !reads_as(&expected, read) => {
                    text.push_str(read);
                    changed = true;
                }
                _ => text.push_str(&expected),
            }
        }
        if changed {
            self.theirs.set_text(place, &text);
        }
    }

    /// What a piece of a text reads in the rows that have it; `None` where it stays as
    /// expected, which is noted unless nothing was lost.
    fn piece<'g>(&mut self, expected: &str, all: &[Seen<'g>], sheet: &str) -> Option<&'g str> {
        let Some(first) = all.first() else {
            if !expected.is_empty() {
                self.note(sheet, None, About::PieceGone, expected.to_owned());
            }
            return None;
        };
        let read = first.text();
        if let Some(about) = all.iter().find_map(|seen| seen.doubt()) {
            self.note(sheet, Some(first.row), about, read.to_owned());
            return None;
        }
        if let Some(other) = all.iter().find(|seen| seen.text() != read) {
            self.note(sheet, Some(other.row), About::Twice, format!("{read}\n{}", other.text()));
            return None;
        }
        Some(read)
    }

    /// A text that nobody is to change: what stands there otherwise is named, because
    /// somebody may have answered in it.
    fn official(&mut self, pieces: &[(usize, &Cell)], rows: &[Vec<usize>], grid: &Grid, column: usize) {
        let mut texts = pieces.iter().filter(|(_, cell)| !shown(cell).is_empty());
        let (Some((nth, cell)), None) = (texts.next(), texts.next()) else { return };
        let is_text = matches!(cell.content, Content::Text(_)) && cell.style.role != Role::Plain;
        let Some(row) = rows.get(*nth).and_then(|found| found.first()).filter(|_| is_text) else { return };
        let read = grid.text(*row, column);
        if !read.trim().is_empty() && plain(read) != plain(&shown(cell)) {
            self.note(&grid.name, Some(*row), About::Elsewhere, read.to_owned());
        }
    }

    /// A cell that holds one thing, which stands in the first row of its entry.
    fn single(&mut self, pieces: &[(usize, &Cell)], rows: &[Vec<usize>], grid: &Grid, column: usize) {
        let Some((_, first)) = pieces.first() else { return };
        if first.holds.is_none() {
            return self.official(pieces, rows, grid, column);
        }
        if pieces.len() > 1 && pieces.iter().skip(1).any(|(_, cell)| !shown(cell).is_empty()) {
            // A list that goes on: taken as a whole, because it is edited elsewhere.
            let same = pieces.iter().all(|(nth, cell)| {
                rows.get(*nth)
                    .is_none_or(|found| found.iter().all(|row| is_same(cell, grid.text(*row, column))))
            });
            if !same {
                let row = rows.iter().flatten().next().copied();
                let read = row.map_or("", |row| grid.text(row, column)).to_owned();
                self.note(&grid.name, row, About::Elsewhere, read);
            }
            return;
        }
        let Some(found) = rows.first() else { return };
        let all: Vec<&str> = found.iter().map(|row| grid.text(*row, column)).collect();
        match (found.first(), all.iter().all(|text| Some(text) == all.first())) {
            (Some(row), true) => self.take_cell(first, Seen { grid, row: *row, column }),
            (Some(row), false) => {
                self.note(&grid.name, Some(*row), About::Twice, all.join("\n"));
            }
            (None, _) => {}
        }
    }
}

/// The entries of a sheet in their order: what bears the same identity.
fn entries(sheet: &Sheet) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let Some(column) = sheet.columns.len().checked_sub(2) else { return entries };
    let first = sheet.page.as_ref().and_then(|page| page.repeated_row).map_or(0, |row| row as usize + 1);
    for row in sheet.rows.iter().skip(first) {
        let Some(key) = row.cells.get(column).map(shown).filter(|key| !key.is_empty()) else { continue };
        if row.cells.len() != sheet.columns.len() || row.cells.iter().all(|cell| cell.holds.is_none()) {
            continue;
        }
        match entries.last_mut() {
            Some(last) if last.key == key => last.rows.push(row),
            _ => entries.push(Entry { key, rows: vec![row] }),
        }
    }
    entries
}

/// Whether most entries have their identity in the column in which it was written.
fn stands_still(sheet: &Sheet, entries: &[Entry<'_>], grid: &Grid) -> bool {
    let Some(column) = sheet.columns.len().checked_sub(2) else { return false };
    let there = |entry: &&Entry<'_>| (0..grid.rows.len()).any(|row| grid.text(row, column) == entry.key);
    let found = entries.iter().filter(there).count();
    found > 0 && found * 2 >= entries.len()
}

/// The column in which the identities stand: the one with the most of them.
fn key_column(entries: &[Entry<'_>], grid: &Grid, first: usize) -> Option<usize> {
    let mut known: Vec<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
    sort_by_key(&mut known, |key| *key);
    let count = |column: usize| {
        (first..grid.rows.len()).filter(|row| known.binary_search(&grid.text(*row, column)).is_ok()).count()
    };
    let best = (0..grid.width()).rev().map(|column| (count(column), column)).max();
    best.filter(|(count, _)| *count > 0).map(|(_, column)| column)
}

/// For each entry its rows by their number within it, and the rows that belong to none.
/// Where no identities stand, `told_by` gives what tells a row from the others.
fn placed(
    entries: &[Entry<'_>],
    grid: &Grid,
    layout: &Layout,
    told_by: impl Fn(&Row) -> Printed,
) -> (Vec<Vec<Vec<usize>>>, Vec<usize>) {
    let mut found: Vec<Vec<Vec<usize>>> = entries.iter().map(|_| Vec::new()).collect();
    let mut loose = Vec::new();
    let mut index: Vec<(&str, usize)> =
        entries.iter().enumerate().map(|(at, entry)| (entry.key.as_str(), at)).collect();
    sort_by_key(&mut index, |(key, _)| *key);
    let entry_of = |key: &str| {
        let at = index.binary_search_by_key(&key, |(known, _)| known).ok()?;
        index.get(at).map(|(_, entry)| *entry)
    };
    let first = |entry: &Entry<'_>| entry.rows.first().map(|row| told_by(row)).unwrap_or_default();
    let by_text = layout.keys.is_none().then(|| entries.iter().map(first).collect::<Vec<_>>());
    let mut above: Option<usize> = None;
    for row in layout.first..grid.rows.len() {
        let is_blank = grid.rows.get(row).is_none_or(|cells| cells.iter().all(|cell| cell.trim().is_empty()));
        if is_blank {
            continue;
        }
        let entry = match (&layout.keys, &by_text) {
            (Some(keys), _) => entry_of(grid.text(row, *keys)),
            (None, Some(texts)) => by_content(texts, grid, row, layout).or_else(|| {
                // What goes on beneath its first row says no more than the number.
                above.filter(|at| {
                    let mut behind = entries.get(*at).into_iter().flat_map(|it| it.rows.iter().skip(1));
                    behind.any(|it| stand(&printed(it), grid, row, layout) > Some(0))
                })
            }),
            (None, None) => None,
        };
        let Some(at) = entry else {
            loose.push(row);
            continue;
        };
        above = Some(at);
        let Some(rows) = found.get_mut(at) else { continue };
        let serial = layout.keys.and_then(|keys| grid.text(row, keys + 1).trim().parse::<usize>().ok());
        let nth = match serial {
            Some(serial) if (1..=MOST_ROWS).contains(&serial) => serial - 1,
            _ => rows.len(),
        };
        if rows.len() <= nth {
            rows.resize_with(nth + 1, Vec::new);
        }
        if let Some(rows) = rows.get_mut(nth) {
            rows.push(row);
        }
    }
    (found, loose)
}

/// The texts of a row that nobody is to change, with their columns.
type Printed = Vec<(usize, String)>;

fn printed(row: &Row) -> Printed {
    let fixed = row.cells.iter().enumerate().filter(|(_, cell)| cell.holds.is_none());
    let texts = fixed.map(|(column, cell)| (column, plain(&shown(cell))));
    texts.filter(|(_, text)| !text.is_empty()).collect()
}

/// 学校名称 and 学段 of a row of 学校数据.
fn named(row: &Row) -> Printed {
    let columns = [Column::Name as usize, Column::Stage as usize];
    let cells =
        columns.into_iter().filter_map(|column| Some((column, plain(&shown(row.cells.get(column)?)))));
    cells.filter(|(_, text)| !text.is_empty()).collect()
}

/// How many of these texts a row of a file has columns for, if all of those stand there.
fn stand(printed: &Printed, grid: &Grid, row: usize, layout: &Layout) -> Option<usize> {
    let mut with_column = printed.iter().filter_map(|(column, text)| Some((layout.column(*column)?, text)));
    with_column.try_fold(0, |seen, (at, text)| (plain(grid.text(row, at)) == *text).then_some(seen + 1))
}

/// The entry whose printed texts stand in a row, if it is one alone. One text alone tells
/// nothing apart.
fn by_content(entries: &[Printed], grid: &Grid, row: usize, layout: &Layout) -> Option<usize> {
    let mut fitting =
        entries.iter().enumerate().filter(|(_, printed)| stand(printed, grid, row, layout) > Some(1));
    let (at, _) = fitting.next()?;
    fitting.next().is_none().then_some(at)
}

/// What a row says, for a person who looks for it.
pub(super) fn in_one(row: &Row) -> String {
    let texts = row.cells.iter().filter(|cell| cell.style.role != Role::Plain);
    let texts: Vec<String> = texts.map(shown).filter(|text| !text.is_empty()).collect();
    texts.join("｜")
}
