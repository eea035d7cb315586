//! Rows that show everything: one entry of a table becomes as many rows as its
//! longest text needs, because a row of Excel is at most 409 points high and
//! the cells of a merged area never grow by themselves.

use super::sheet::{Area, Cell, Column, Content, Edges, Role, Row, Sheet};
use super::wrap;

/// A text of so many lines stands in one row, which is then as high as a row of
/// Excel can be.
const WHOLE_LINES: u32 = (ROW_LIMIT - MARGIN) / LINE;

/// A text that is longer is cut into pieces of so many lines at most: low enough for
/// three of them to stand on a page of A4 laid across, so that no page ends half
/// empty.
const PIECE_LINES: u32 = 14;

/// The greatest height that is given to a row, in tenths of a point.
pub(super) const ROW_LIMIT: u32 = 4_090;

/// A line of text is no wider than this, in half-width characters.
const IN_SIGHT: u32 = 240;

/// Tenths of a point per line of 10-point type; 宋体 needs 120. The fonts that stand
/// in for it need up to 145, but their digits make columns wider and lines fewer.
pub const LINE: u32 = 135;

/// Tenths of a point above and beneath the lines of a row.
const MARGIN: u32 = 60;

/// The height of a row with so many lines, in tenths of a point.
pub(super) fn height(lines: u32) -> u32 {
    (lines * LINE + MARGIN).max(200)
}

/// How many lines a row of this height has room for.
pub(super) fn room(height: u32) -> u32 {
    height.saturating_sub(MARGIN) / LINE
}

/// The rows of one entry.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    pub rows: Vec<Row>,
}

impl Block {
    /// The height of all its rows, in tenths of a point.
    pub fn height(&self) -> u32 {
        self.rows.iter().filter_map(|row| row.height).sum()
    }

    /// Makes it higher by up to `wanted` tenths of a point without another row,
    /// and returns what could not be given.
    pub fn stretch(&mut self, wanted: u32) -> u32 {
        let mut left = wanted;
        for row in self.rows.iter_mut().rev() {
            let height = row.height.unwrap_or(0);
            let more = left.min(ROW_LIMIT.saturating_sub(height));
            row.height = Some(height + more);
            left -= more;
        }
        left
    }
}

/// Lays one entry out. Texts in visible columns flow; anything else stands in
/// the first row. With a key, the last two columns are hidden ones and hold the
/// key and the number of the row within its entry, from 1, on every row.
pub(super) fn block(columns: &[Column], entry: Vec<Cell>, key: Option<&str>) -> Block {
    let entry: Vec<Cell> = entry
        .into_iter()
        .enumerate()
        .map(|(index, cell)| match columns.get(index) {
            Some(column) => cell.within(column.width),
            None => cell,
        })
        .collect();
    let flows: Vec<Vec<(Content, u32)>> =
        entry.iter().zip(columns).map(|(cell, column)| flow(&cell.content, column.width)).collect();
    let count = flows.iter().map(Vec::len).max().unwrap_or(1).max(1);
    let mut flows: Vec<_> = flows.into_iter().map(Vec::into_iter).collect();
    let rows = (0..count).map(|index| {
        let edges = edges(index, count);
        let mut most = 1;
        let mut cells: Vec<Cell> = flows
            .iter_mut()
            .zip(&entry)
            .map(|(flow, cell)| {
                let (content, lines) = flow.next().unwrap_or_default();
                most = most.max(lines);
                let holds = cell.holds.as_ref().and_then(|it| it.in_row(index));
                let mut cell = Cell { content, style: cell.style, holds };
                cell.style.edges = edges;
                cell
            })
            .collect();
        if let Some(key) = key {
            cells.push(Cell::text(key, Role::Plain).unframed());
            cells.push(Cell::count(index + 1, Role::Plain).unframed());
        }
        Row { height: Some(height(most)), cells }
    });
    Block { rows: rows.collect() }
}

/// One row more beneath a block, for a neighbour that needs the room.
pub(super) fn extend(block: &mut Block, wanted: u32) {
    let index = block.rows.len();
    let Some(last) = block.rows.last().cloned() else { return };
    let mut next = Row { height: Some(wanted.clamp(200, height(PIECE_LINES))), cells: last.cells };
    for cell in &mut next.cells {
        cell.holds = cell.holds.as_ref().and_then(|it| it.in_row(index));
        match (&cell.content, cell.style.role) {
            (Content::Number(_), Role::Plain) => cell.content = Cell::count(index + 1, Role::Plain).content,
            (Content::Text(_), Role::Plain) => {}
            _ => cell.content = Content::Blank,
        }
    }
    block.rows.push(next);
    let count = block.rows.len();
    for (index, row) in block.rows.iter_mut().enumerate() {
        for cell in row.cells.iter_mut().filter(|cell| cell.style.role != Role::Plain) {
            cell.style.edges = edges(index, count);
        }
    }
}

fn edges(index: usize, count: usize) -> Edges {
    match (index == 0, index + 1 == count) {
        (true, true) => Edges::All,
        (true, false) => Edges::Top,
        (false, false) => Edges::Middle,
        (false, true) => Edges::Bottom,
    }
}

fn flow(content: &Content, width: u32) -> Vec<(Content, u32)> {
    match content {
        Content::Text(text) => {
            let lines = wrap::lines(text, width);
            let most = if lines <= WHOLE_LINES { WHOLE_LINES } else { PIECE_LINES };
            let parts = wrap::parts(text, width, most).into_iter();
            parts.map(|part| (Content::Text(part.text.to_owned()), part.lines)).collect()
        }
        other => vec![(other.clone(), 1)],
    }
}

/// The columns of a table with the two hidden ones of [`block`].
pub(super) fn columns(widths: impl IntoIterator<Item = u32>) -> Vec<Column> {
    let hidden = [Column { width: 24, hidden: true }, Column { width: 6, hidden: true }];
    widths.into_iter().map(|width| Column { width, hidden: false }).chain(hidden).collect()
}

impl Sheet {
    /// The number that the next row will have, counted from 0.
    pub(super) fn next_row(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }

    /// Adds a row that is one cell across all visible columns, or so many of them
    /// as are in sight together. Columns that are repeated on every page are left
    /// out, because a piece of the line would be repeated with them.
    pub(super) fn add_line(&mut self, cell: Cell) {
        let from = usize::from(self.frozen_columns);
        let sight = IN_SIGHT.min(self.first_page());
        let mut width = 0;
        let mut to = from;
        for column in self.columns.iter().skip(from).filter(|column| !column.hidden) {
            if to > from && width + column.width > sight {
                break;
            }
            width += column.width;
            to += 1;
        }
        let height = match (&cell.content, cell.style.role) {
            // In type of 20, of 14 and of 11 points.
            (Content::Text(text), Role::Title) => 310 * wrap::lines(text, width / 2) + 120,
            (Content::Text(text), Role::Heading) => 210 * wrap::lines(text, width * 5 / 7) + 60,
            (Content::Text(text), Role::Section | Role::Subtitle) => {
                160 * wrap::lines(text, width * 9 / 10) + 80
            }
            (Content::Text(text), _) => height(wrap::lines(text, width)),
            _ => height(1),
        };
        let row = self.next_row();
        let mut cells = vec![Cell::default(); from];
        let empty = Cell { content: Content::Blank, style: cell.style, holds: None };
        cells.push(cell);
        cells.resize(to.max(from + 1), empty);
        self.merge(row, from, row, to.max(from + 1) - 1);
        self.rows.push(Row { height: Some(height.min(ROW_LIMIT)), cells });
    }

    /// What is sure to stand on the first of the pages that the sheet is wide, beside
    /// the columns that are repeated on each.
    fn first_page(&self) -> u32 {
        let wide = u32::from(self.page.as_ref().map_or(1, |page| page.wide.max(1)));
        if wide == 1 {
            return u32::MAX;
        }
        let visible = || self.columns.iter().filter(|column| !column.hidden).map(|column| column.width);
        let repeated: u32 = visible().take(usize::from(self.frozen_columns)).sum();
        let most = visible().max().unwrap_or_default();
        // Pages end between columns: up to one of them may not fit.
        ((visible().sum::<u32>() + repeated * (wide - 1)) / wide).saturating_sub(repeated + most)
    }

    /// Adds the heads of the columns; they stay in sight and are repeated in print.
    pub(super) fn add_header(&mut self, heads: &[&str]) {
        let cells: Vec<Cell> = heads.iter().map(|head| Cell::text(*head, Role::Header)).collect();
        let lines =
            heads.iter().zip(&self.columns).map(|(head, column)| wrap::lines(head, column.width)).max();
        let row = self.next_row();
        self.rows.push(Row { height: Some(height(lines.unwrap_or(1)) + 60), cells });
        self.frozen = row + 1;
        if let Some(page) = &mut self.page {
            page.repeated_row = Some(row);
        }
    }

    /// Adds the rows of an entry and returns the first and the last of them.
    pub(super) fn add_block(&mut self, block: Block) -> (u32, u32) {
        let first = self.next_row();
        self.rows.extend(block.rows);
        (first, self.next_row().saturating_sub(1).max(first))
    }

    /// Shows an area as one cell; a single cell is one already.
    pub(super) fn merge(&mut self, first_row: u32, first_column: usize, last_row: u32, last_column: usize) {
        if (first_row, first_column) != (last_row, last_column) {
            self.merges.push(Area { first_row, first_column, last_row, last_column });
        }
    }
}
