//! What a cell of a file says where the yardstick holds something.

use super::{About, Reader};
use crate::assessment::State;
use crate::assessment::history::apply_all;
use crate::assessment::place::{FigureField, Place};
use crate::catalogue::FigureKind;
use crate::value::grid::{self, Grid};
use crate::value::number::Number;
use crate::workbook::hidden::misread;
use crate::workbook::holds::Holds;
use crate::workbook::sheet::{Cell, Content, Value};

/// A cell of a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen<'a> {
    pub grid: &'a Grid,
    pub row: usize,
    pub column: usize,
}

impl<'a> Seen<'a> {
    /// Its text.
    pub fn text(self) -> &'a str {
        self.grid.text(self.row, self.column)
    }

    /// Why it says nothing, if so.
    pub fn doubt(self) -> Option<About> {
        match self.grid.about(self.row, self.column)? {
            grid::About::Error => Some(About::Error),
            grid::About::NoResult => Some(About::NoResult),
            grid::About::Picture | grid::About::Damaged | grid::About::Rounded => Some(About::NoText),
            grid::About::Shown(_) | grid::About::Percent | grid::About::Date => None,
        }
    }
}

/// What a cell of the yardstick shows.
pub(super) fn shown(cell: &Cell) -> String {
    match &cell.content {
        Content::Blank => String::new(),
        Content::Text(text) => text.clone(),
        Content::Number(number) | Content::Formula { value: Value::Quantity(number), .. } => {
            number.to_string()
        }
        Content::Formula { value: Value::Text(text), .. } => text.clone(),
    }
}

/// A text as it comes out of a file: what is blank is empty there, and there is one sort
/// of line break.
pub(super) fn as_read(text: &str) -> String {
    let invisible = |c: char| matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}');
    if text.chars().all(|c| c.is_whitespace() || invisible(c)) {
        return String::new();
    }
    let text = text.strip_suffix('\r').unwrap_or(text);
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Whether a cell of a file says what the yardstick says there.
pub(super) fn is_same(expected: &Cell, read: &str) -> bool {
    match &expected.content {
        Content::Number(_) | Content::Formula { value: Value::Quantity(_), .. } => {
            let shown = shown(expected);
            read == shown || same_number(&shown, read)
        }
        _ => reads_as(&shown(expected), read),
    }
}

/// Whether what comes out of a file is this text.
pub(super) fn reads_as(text: &str, read: &str) -> bool {
    as_read(text) == read || (text.contains("_x") && as_read(&misread(text)) == read)
}

/// Two numbers that are the same, as far as a float can say.
fn same_number(a: &str, b: &str) -> bool {
    match (Number::parse(a), Number::parse(b)) {
        (Ok(a), Ok(b)) => a == b,
        _ => matches!((a.parse::<f64>(), b.parse::<f64>()), (Ok(a), Ok(b)) if a.to_bits() == b.to_bits()),
    }
}

impl Reader<'_> {
    /// Takes what a single cell says that holds something else than a piece of a text.
    pub(super) fn take_cell(&mut self, expected: &Cell, seen: Seen<'_>) {
        let Some(holds) = &expected.holds else { return };
        let read = seen.text();
        if let Some(about) = seen.doubt() {
            let own = matches!(expected.content, Content::Formula { .. });
            if own && about == About::NoResult {
                // The program's own formula, saved by one that does not compute.
                return;
            }
            let content = if read.is_empty() { shown(expected) } else { read.to_owned() };
            return self.note(&seen.grid.name, Some(seen.row), about, content);
        }
        if is_same(expected, read) {
            return;
        }
        match holds {
            Holds::Text { .. } => {}
            Holds::Value(place) => {
                let text = self.typed(place, read);
                self.theirs.set_text(place, &text);
            }
            // An empty cell says what it said before: nothing was typed.
            Holds::StandIn(_) if read.trim().is_empty() => {}
            Holds::StandIn(place) => {
                let text = self.typed(place, read);
                self.theirs.set_text(place, &text);
            }
            Holds::State(point) => match State::from_label(read.trim()) {
                Some(state) => {
                    let setting = self.theirs.setting_state(point, state);
                    // It was proposed on this very state.
                    let _ = apply_all(&mut self.theirs, &setting);
                }
                None if read.trim().is_empty() => {}
                None => self.note(&seen.grid.name, Some(seen.row), About::Word, read.to_owned()),
            },
            Holds::Citing(row) => self.citing(&row.clone(), read),
            Holds::Materials(_) | Holds::CheckItems(_) | Holds::Number(_) => {
                self.note(&seen.grid.name, Some(seen.row), About::Elsewhere, read.to_owned());
            }
        }
    }

    /// What was typed at a place that shows the word for a choice.
    fn typed(&self, place: &Place, read: &str) -> String {
        let Place::Figure(id, FigureField::Raw) = place else { return read.to_owned() };
        let spec = self.catalogue.figure(id).filter(|spec| spec.kind == FigureKind::Choice);
        let option = spec.and_then(|spec| spec.options.iter().find(|it| it.label == read.trim()));
        option.map_or_else(|| read.to_owned(), |option| option.id.clone())
    }
}
