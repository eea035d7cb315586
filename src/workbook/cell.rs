//! How cells are made: with a text, a number, a formula or nothing, and then told
//! what they hold and how their number is shown.

use crate::assessment::place::Place;

use super::digits::Digits;
use super::holds::Holds;
use super::sheet::{Cell, Content, Edges, Quantity, Role, Style, Value, whole};

impl Cell {
    /// A cell with a text, or a blank one if the text is empty.
    pub fn text(text: impl Into<String>, role: Role) -> Cell {
        let text = text.into();
        let content = if text.is_empty() { Content::Blank } else { Content::Text(text) };
        Cell::framed(content, role)
    }

    /// The whole text at a place.
    pub fn kept(place: Place, text: &str, role: Role) -> Cell {
        Cell::text(text, role).holding(Holds::text(place))
    }

    /// A cell with a number.
    pub fn number(value: impl Into<Quantity>, role: Role) -> Cell {
        Cell::framed(Content::Number(value.into()), role)
    }

    /// A cell with a whole number.
    pub fn count(count: usize, role: Role) -> Cell {
        Cell::number(whole(count), role)
    }

    /// A cell with a formula and its result.
    pub fn formula(formula: String, value: impl Into<Value>, role: Role) -> Cell {
        Cell::framed(Content::Formula { formula, value: value.into() }, role)
    }

    /// An empty cell.
    pub fn blank(role: Role) -> Cell {
        Cell::framed(Content::Blank, role)
    }

    fn framed(content: Content, role: Role) -> Cell {
        let style = Style { role, edges: Edges::All, digits: Digits::AsIs };
        Cell { content, style, holds: None }
    }

    /// This cell as what holds something of the assessment.
    #[must_use]
    pub fn holding(self, holds: Holds) -> Cell {
        Cell { holds: Some(holds), ..self }
    }

    /// This cell with its number shown so.
    #[must_use]
    pub fn shown(self, digits: Digits) -> Cell {
        Cell { style: Style { digits, ..self.style }, ..self }
    }

    /// The number that it holds or comes to.
    pub fn quantity(&self) -> Option<Quantity> {
        match &self.content {
            Content::Number(number) | Content::Formula { value: Value::Quantity(number), .. } => {
                Some(*number)
            }
            _ => None,
        }
    }

    /// This cell in a column of that width.
    #[must_use]
    pub fn within(self, width: u32) -> Cell {
        match self.quantity() {
            Some(number) => {
                let digits = self.style.digits.within(number, width);
                self.shown(digits)
            }
            None => self,
        }
    }

    /// This cell as a code: digits stay a text, also those that are typed. Excel shows
    /// longer texts than this as #### then, so they stay what they are.
    #[must_use]
    pub fn code(self) -> Cell {
        match &self.content {
            Content::Text(text) if text.encode_utf16().count() > 255 => self,
            _ => self.shown(Digits::Text),
        }
    }

    /// This cell without lines around it.
    #[must_use]
    pub fn unframed(self) -> Cell {
        Cell { style: Style { edges: Edges::None, ..self.style }, ..self }
    }
}
