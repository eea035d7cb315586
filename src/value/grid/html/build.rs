//! From tags and texts to tables: which element does what to the table that is open.

use std::collections::BTreeMap;

use super::attributes::Attributes;
use super::open::{Cell, Open};
use super::token::{Tag, Token, Tokens};
use super::words::Words;
use crate::value::grid::Grid;
use crate::value::grid::refused::Refused;

/// Tables within more tables are taken for text.
const NESTING: usize = 64;
/// The longest name of a table, in characters.
const NAME: usize = 40;
/// HTML's own limits for spans.
const ACROSS: usize = 1000;
const DOWN: usize = 65_534;

/// Elements whose text nobody sees.
const UNSEEN: [&str; 8] = ["style", "script", "title", "textarea", "xml", "noscript", "template", "object"];
/// Elements that begin a line of their own.
const BLOCKS: [&str; 23] = [
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "pre",
    "center",
    "section",
    "article",
    "header",
    "footer",
    "blockquote",
    "form",
    "hr",
];

/// The tables of a text in markup.
pub(super) fn read(text: &str) -> Result<Vec<Grid>, Refused> {
    let mut reader = Reader::default();
    let mut tokens = Tokens::of(text);
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(text) => reader.text(&super::entity::decoded(text)),
            Token::Raw(text) => reader.text(text),
            Token::Open(tag) => {
                let unseen = UNSEEN.iter().find(|it| **it == tag.name).filter(|_| !tag.empty);
                match unseen {
                    Some(name) => tokens.pass_over(name),
                    None => reader.open(&tag)?,
                }
            }
            Token::Close(name) => reader.close(&name)?,
        }
    }
    while !reader.tables.is_empty() {
        reader.end_table()?;
    }
    Ok(reader.done.into_values().collect())
}

#[derive(Default)]
struct Reader {
    /// The tables that are open, each within a cell of the one before.
    tables: Vec<Open>,
    /// How many more are open that are taken for text.
    deeper: usize,
    /// The tables that are read, by their order.
    done: BTreeMap<usize, Grid>,
    count: usize,
    /// The line outside of tables that is being read, and the one before.
    line: Words,
    heading: String,
    skipped: Option<Skipped>,
    /// Within so many elements stands the number of a list.
    number: usize,
}

/// An element whose content is left out.
struct Skipped {
    name: String,
    depth: usize,
    /// How many tables are open within it.
    tables: usize,
}

impl Reader {
    /// What text is added to at present.
    fn words(&mut self) -> Option<&mut Words> {
        match self.tables.last_mut() {
            None => Some(&mut self.line),
            Some(table) if table.in_caption => Some(&mut table.caption),
            Some(table) => table.cell.as_mut().map(|cell| &mut cell.words),
        }
    }

    fn text(&mut self, text: &str) {
        let number = self.number > 0;
        if self.skipped.is_none()
            && let Some(words) = self.words()
        {
            words.add(text, number);
        }
    }

    /// The edge of a paragraph.
    fn edge(&mut self) {
        if self.tables.is_empty() {
            let line = std::mem::take(&mut self.line).finished();
            if !line.is_empty() {
                self.heading = line;
            }
        }
        if let Some(words) = self.words() {
            words.edge();
        }
    }

    fn open(&mut self, tag: &Tag<'_>) -> Result<(), Refused> {
        if self.is_skipped(&tag.name, true, tag.empty) {
            return Ok(());
        }
        let name = tag.name.as_str();
        if self.deeper > 0 && matches!(name, "table" | "tr" | "td" | "th") {
            self.deeper += usize::from(name == "table");
            self.edge();
            return Ok(());
        }
        match name {
            "table" => self.begin_table(&Attributes::of(tag)),
            "caption" => {
                if let Some(table) = self.tables.last_mut().filter(|it| it.cell.is_none()) {
                    table.in_caption = true;
                }
            }
            "col" => {
                let attributes = Attributes::of(tag);
                if let Some(table) = self.tables.last_mut() {
                    table.describe(
                        attributes.span("span", usize::MAX),
                        attributes.hidden || attributes.narrow,
                    );
                }
            }
            "tbody" | "thead" | "tfoot" => self.part()?,
            "tr" => {
                let attributes = Attributes::of(tag);
                if let Some(table) = self.table() {
                    table.end_cell()?;
                    table.in_caption = false;
                    table.begin_row(attributes.hidden || attributes.flat)?;
                }
            }
            "td" | "th" => self.begin_cell(name, &Attributes::of(tag))?,
            "br" => {
                if self.tables.is_empty() {
                    self.edge();
                } else if let Some(words) = self.words() {
                    words.line();
                }
            }
            "img" => {
                if let Some(cell) = self.tables.last_mut().and_then(|it| it.cell.as_mut()) {
                    cell.picture = true;
                }
            }
            "del" | "rt" | "rp" if !tag.empty => self.skip(name),
            "option" if !tag.empty && !Attributes::of(tag).selected => self.skip(name),
            "span" if !tag.empty => {
                let attributes = Attributes::of(tag);
                if attributes.deleted {
                    self.skip(name);
                } else {
                    self.number += usize::from(self.number > 0 || attributes.number);
                }
            }
            _ if BLOCKS.contains(&name) => self.edge(),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), Refused> {
        if self.is_skipped(name, false, false) {
            return Ok(());
        }
        if self.deeper > 0 && matches!(name, "table" | "tr" | "td" | "th") {
            self.deeper -= usize::from(name == "table");
            return Ok(());
        }
        match name {
            "table" => self.end_table()?,
            "tbody" | "thead" | "tfoot" => self.part()?,
            "caption" => {
                if let Some(table) = self.tables.last_mut() {
                    table.in_caption = false;
                }
            }
            "td" | "th" | "tr" => {
                self.number = 0;
                if let Some(table) = self.tables.last_mut() {
                    table.end_cell()?;
                }
            }
            "span" => self.number = self.number.saturating_sub(1),
            _ if BLOCKS.contains(&name) => self.edge(),
            _ => {}
        }
        Ok(())
    }

    fn skip(&mut self, name: &str) {
        // Outside of tables nothing is kept that could be hidden.
        if self.tables.is_empty() {
            return;
        }
        self.skipped = Some(Skipped { name: name.to_owned(), depth: 1, tables: 0 });
    }

    /// Whether a tag belongs to what is left out. A cell's or a row's edge ends that in any
    /// case, so that an element that is never closed hides nothing but its cell.
    fn is_skipped(&mut self, name: &str, opens: bool, empty: bool) -> bool {
        let Some(skipped) = &mut self.skipped else { return false };
        let edge = matches!(name, "td" | "th" | "tr" | "table" | "tbody");
        if edge && skipped.tables == 0 && !(name == "table" && opens) {
            let own = !opens && skipped.name == name;
            self.skipped = None;
            return own;
        }
        if name == "option" && opens && skipped.name == name {
            self.skipped = None;
            return false;
        }
        match (name, opens) {
            ("table", true) => skipped.tables += 1,
            ("table", false) => skipped.tables -= 1,
            ("ruby" | "select", false) => skipped.depth = 0,
            ("rt" | "rp", true) if skipped.name == "rt" || skipped.name == "rp" => {
                name.clone_into(&mut skipped.name)
            }
            _ if name == skipped.name && opens => skipped.depth += usize::from(!empty),
            _ if name == skipped.name => skipped.depth -= 1,
            _ => {}
        }
        if skipped.depth == 0 {
            self.skipped = None;
        }
        true
    }

    /// The innermost table; rows and cells without one begin it.
    fn table(&mut self) -> Option<&mut Open> {
        if self.tables.is_empty() {
            self.begin_table(&Attributes::default());
        }
        self.tables.last_mut()
    }

    fn begin_table(&mut self, attributes: &Attributes) {
        self.edge();
        if self.tables.len() == NESTING {
            self.deeper = 1;
            return;
        }
        let above = match self.words().map(|words| words.last_line()) {
            Some(line) if !line.is_empty() => line,
            _ => std::mem::take(&mut self.heading),
        };
        let name = if above.chars().count() <= NAME { above } else { String::new() };
        let grid = Grid { name, hidden: attributes.hidden, ..Grid::default() };
        self.tables.push(Open { order: self.count, grid, ..Open::default() });
        self.count += 1;
    }

    fn part(&mut self) -> Result<(), Refused> {
        if let Some(table) = self.tables.last_mut() {
            table.end_cell()?;
            table.in_caption = false;
            table.part();
        }
        Ok(())
    }

    fn begin_cell(&mut self, name: &str, attributes: &Attributes) -> Result<(), Refused> {
        self.number = 0;
        let Some(table) = self.table() else { return Ok(()) };
        table.end_cell()?;
        table.in_caption = false;
        if attributes.hidden {
            self.skip(name);
            return Ok(());
        }
        let cell = Cell {
            exact: attributes.exact,
            is_error: attributes.error,
            across: attributes.span("colspan", ACROSS),
            down: attributes.span("rowspan", DOWN),
            narrow: attributes.narrow,
            flows: attributes.flows,
            ..Cell::default()
        };
        table.begin_cell(cell)
    }

    fn end_table(&mut self) -> Result<(), Refused> {
        let Some(mut table) = self.tables.pop() else { return Ok(()) };
        table.end_cell()?;
        self.number = 0;
        let is_table = table.is_table();
        let caption = table.caption.finished();
        let (order, lays_out) = (table.order, table.lays_out);
        let Some(parent) = self.tables.last_mut() else {
            self.edge();
            let grid = named(table.finished(), caption);
            if !grid.is_empty() && (is_table || !lays_out) {
                self.done.insert(order, grid);
            }
            return Ok(());
        };
        if is_table {
            parent.lays_out = true;
            self.done.insert(order, named(table.finished(), caption));
            return Ok(());
        }
        parent.lays_out |= lays_out;
        if let Some(cell) = &mut parent.cell {
            cell.words.edge();
            for row in &table.grid.rows {
                for text in row.iter().filter(|text| !text.is_empty()) {
                    // A blank that stays between two Han.
                    cell.words.add("\u{A0}", false);
                    cell.words.add(text, false);
                }
                cell.words.edge();
            }
        }
        Ok(())
    }
}

fn named(mut grid: Grid, caption: String) -> Grid {
    if !caption.is_empty() && caption.chars().count() <= NAME {
        grid.name = caption;
    }
    grid
}
