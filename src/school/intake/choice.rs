//! What a person can change in a proposal, as an address that the page's controls bear.
//! Printing and parsing an address are inverse.

use std::fmt;

use super::Proposal;
use super::unit::Unit;
use crate::school::Column;

/// One thing that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Whether schools that are there already are brought up to date: `known`.
    Known,
    /// Whether a sheet is taken: `sheet/0`.
    Sheet(usize),
    /// Whether the hidden rows of a sheet are taken: `hidden/0`.
    Hidden(usize),
    /// Has the columns of a sheet taken in the order of the table: `order/0`.
    Order(usize),
    /// What a column is taken for: `column/0/3`.
    Column(usize, usize),
    /// The unit of a column: `unit/0/3`.
    Unit(usize, usize),
    /// Whether numbers with a word behind them are read: `word/0/3/万`.
    Word(usize, usize, String),
    /// Whether a row is taken: `row/0/17`.
    Row(usize, usize),
}

impl Choice {
    /// The choice of an address in exactly the form that it is written in.
    pub fn parse(address: &str) -> Option<Choice> {
        let mut parts = address.splitn(4, '/');
        let (kind, sheet, at, word) = (parts.next()?, parts.next(), parts.next(), parts.next());
        let number = |text: Option<&str>| text?.parse::<usize>().ok();
        let choice = match (kind, sheet, at, word) {
            ("known", None, ..) => Choice::Known,
            ("sheet", _, None, _) => Choice::Sheet(number(sheet)?),
            ("hidden", _, None, _) => Choice::Hidden(number(sheet)?),
            ("order", _, None, _) => Choice::Order(number(sheet)?),
            ("column", _, _, None) => Choice::Column(number(sheet)?, number(at)?),
            ("unit", _, _, None) => Choice::Unit(number(sheet)?, number(at)?),
            ("row", _, _, None) => Choice::Row(number(sheet)?, number(at)?),
            ("word", _, _, Some(word)) => Choice::Word(number(sheet)?, number(at)?, word.to_owned()),
            _ => return None,
        };
        (choice.to_string() == address).then_some(choice)
    }
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Choice::Known => f.write_str("known"),
            Choice::Sheet(sheet) => write!(f, "sheet/{sheet}"),
            Choice::Hidden(sheet) => write!(f, "hidden/{sheet}"),
            Choice::Order(sheet) => write!(f, "order/{sheet}"),
            Choice::Column(sheet, at) => write!(f, "column/{sheet}/{at}"),
            Choice::Unit(sheet, at) => write!(f, "unit/{sheet}/{at}"),
            Choice::Row(sheet, row) => write!(f, "row/{sheet}/{row}"),
            Choice::Word(sheet, at, word) => write!(f, "word/{sheet}/{at}/{word}"),
        }
    }
}

impl Proposal {
    /// Does what a control says: `value` of a list, `on` of a box that is ticked.
    /// [`Choice::Known`] is nothing of the proposal's.
    pub fn choose(&mut self, choice: &Choice, value: &str, on: bool) {
        match choice {
            Choice::Known => {}
            Choice::Sheet(sheet) => self.take_sheet(*sheet, on),
            Choice::Hidden(sheet) => self.take_hidden(*sheet, on),
            Choice::Order(sheet) => self.assign_in_order(*sheet),
            Choice::Column(sheet, at) => self.assign(*sheet, *at, Column::named(value)),
            Choice::Unit(sheet, at) => self.set_unit(*sheet, *at, Unit::named(value)),
            Choice::Word(sheet, at, word) => self.read_word(*sheet, *at, word, on),
            Choice::Row(sheet, row) => self.take_row(*sheet, *row, on),
        }
    }
}
