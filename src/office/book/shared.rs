//! What all sheets of a workbook of Excel share, in its old and its new kind of file.

use super::styles::Styles;

/// What their cells name by a number.
#[derive(Default)]
pub(super) struct Shared {
    /// Texts, in the order in which cells count them.
    pub texts: Vec<String>,
    /// Looks of cells.
    pub styles: Styles,
    /// Whether days are counted from 1904.
    pub from_1904: bool,
}
