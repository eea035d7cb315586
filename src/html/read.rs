//! What is only read: the pages 分析, 体检, 差异系数, 历史 and 打印.

use maud::{Markup, html};

pub mod analysis;
pub mod chart;
pub mod check;
pub mod coefficients;
pub mod edition;
pub mod national;
pub mod past;
pub mod print;

/// What stands in a column.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Words,
    /// At the right, and the head above them too.
    Numbers,
}

/// The heads of a table.
fn heads<'a>(columns: impl IntoIterator<Item = (&'a str, Holds)>) -> Markup {
    html! {
        @for (name, holds) in columns {
            th.z-table__number[holds == Holds::Numbers] scope="col" { (name) }
        }
    }
}
