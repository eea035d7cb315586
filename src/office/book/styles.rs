//! Which format a cell's number has: cells name a look, a look names a format.

use std::collections::BTreeMap;

use super::format::{Format, built_in};

/// So many formats of cells has a workbook at most.
const FORMATS: usize = 65_536;

/// The formats of numbers by the looks of cells.
#[derive(Default)]
pub(super) struct Styles {
    looks: Vec<u32>,
    formats: BTreeMap<u32, Format>,
}

impl Styles {
    /// Adds a format of the file's own.
    pub fn add_format(&mut self, number: u32, code: &str) {
        if self.formats.len() < FORMATS {
            self.formats.insert(number, Format::read(code));
        }
    }

    /// Adds the next look of cells, which has a format by its number.
    pub fn add_look(&mut self, number: u32) {
        if self.looks.len() >= FORMATS {
            return;
        }
        self.looks.push(number);
        if let Some(code) = built_in(number) {
            self.formats.entry(number).or_insert_with(|| Format::read(code));
        }
    }

    /// The format of a look, if it says anything.
    pub fn format(&self, look: usize) -> Option<&Format> {
        self.formats.get(self.looks.get(look)?)
    }
}
