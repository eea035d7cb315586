//! What the tables of the pages have in common.

use maud::{Markup, html};

/// What stands in a column.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Text, at the left.
    Words,
    /// At the right, and the head above them too.
    Numbers,
}

/// The heads of a table.
pub fn heads<'a>(columns: impl IntoIterator<Item = (&'a str, Holds)>) -> Markup {
    html! {
        @for (name, holds) in columns {
            th.z-table__number[holds == Holds::Numbers] scope="col" { (name) }
        }
    }
}
