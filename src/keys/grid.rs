//! What a key does in the table of 学校数据, as in a spreadsheet: the cell that is
//! active is typed over as it stands, and becomes a field to edit once something
//! is typed or F2 is pressed. While text is being composed no key means anything.

/// A key press in the active cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Press<'a> {
    /// The key's name as browsers give it.
    pub key: &'a str,
    /// Ctrl, or ⌘ on a Mac.
    pub ctrl: bool,
    /// Alt.
    pub alt: bool,
    /// Shift.
    pub shift: bool,
    /// Whether an input method is composing.
    pub composing: bool,
    /// Whether its text is being edited.
    pub editing: bool,
    /// Whether a block of cells is selected.
    pub block: bool,
    /// Whether the caret is before its text and nothing is selected.
    pub at_start: bool,
    /// Whether the caret is behind its text and nothing is selected.
    pub at_end: bool,
}

/// Which cell becomes the active one, or the corner of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// The one to the left.
    Left,
    /// The one to the right.
    Right,
    /// The one above.
    Up,
    /// The one below.
    Down,
    /// The next one, at the end of a row the first of the row below.
    Next,
    /// The one before, at the start of a row the last of the row above.
    Previous,
    /// The first of the row.
    RowStart,
    /// The last of the row.
    RowEnd,
    /// A screen further up.
    PageUp,
    /// A screen further down.
    PageDown,
    /// The first of the table.
    First,
    /// The last of the table.
    Last,
    /// To the left, where a run of filled cells ends or the next one begins.
    EdgeLeft,
    /// The same to the right.
    EdgeRight,
    /// The same upwards.
    EdgeUp,
    /// The same downwards.
    EdgeDown,
}

/// What a key press does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Another cell becomes the active one.
    Go(Move),
    /// The block is drawn to another cell, from the active one if there is none yet.
    Extend(Move),
    /// All cells become a block.
    SelectAll,
    /// The cells of the block are emptied.
    Clear,
    /// The block is given up.
    Unselect,
    /// The block takes over the texts of its first row, a single row those of the row
    /// above it.
    FillDown,
    /// The next cell whose text is not taken becomes the active one.
    NextFault,
    /// The one before.
    PreviousFault,
    /// The text is edited, with the caret behind it.
    Edit,
    /// The text becomes what it was before it was edited.
    Restore,
    /// The focus leaves the table.
    Leave,
}

/// The keys in words, for the list that `?` shows.
pub const HELP: [(&str, &str); 9] = [
    ("F2", "在原文上修改，双击也可"),
    ("Escape", "还原，再按一次离开表格"),
    ("Ctrl + ↓", "跳到数据的边缘（↑ ← → 同样）"),
    ("Ctrl + Shift + ↓", "选取到数据的边缘（↑ ← → 同样）"),
    ("Ctrl + D", "向下填充，只有一行时取上一行"),
    ("Ctrl + A", "全选"),
    ("Delete", "清空选取的一块"),
    ("F8", "下一处错误"),
    ("Shift + F8", "上一处错误"),
];

/// The action of a key press; `None` leaves it to the field.
pub fn action(press: Press<'_>) -> Option<Action> {
    if press.composing || press.alt {
        return None;
    }
    let to = match (press.key, press.ctrl) {
        ("ArrowUp", false) => Move::Up,
        ("ArrowDown", false) => Move::Down,
        ("ArrowLeft", false) if !press.editing || (press.at_start && !press.shift) => Move::Left,
        ("ArrowRight", false) if !press.editing || (press.at_end && !press.shift) => Move::Right,
        ("Tab", false) if press.shift => return Some(Action::Go(Move::Previous)),
        ("Tab", false) => Move::Next,
        ("Enter", false) if press.shift => return Some(Action::Go(Move::Up)),
        ("Enter", false) => Move::Down,
        ("Home", false) if !press.editing => Move::RowStart,
        ("End", false) if !press.editing => Move::RowEnd,
        ("Home", true) => Move::First,
        ("End", true) => Move::Last,
        ("PageUp", false) => Move::PageUp,
        ("PageDown", false) => Move::PageDown,
        ("ArrowUp", true) if !press.editing => Move::EdgeUp,
        ("ArrowDown", true) if !press.editing => Move::EdgeDown,
        ("ArrowLeft", true) if !press.editing => Move::EdgeLeft,
        ("ArrowRight", true) if !press.editing => Move::EdgeRight,
        ("d" | "D", true) if !press.editing && !press.shift => return Some(Action::FillDown),
        ("F8", false) if press.shift => return Some(Action::PreviousFault),
        ("F8", false) => return Some(Action::NextFault),
        ("a" | "A", true) if !press.editing && !press.shift => return Some(Action::SelectAll),
        ("Delete" | "Backspace", false) if press.block => return Some(Action::Clear),
        ("Escape", false) if press.block => return Some(Action::Unselect),
        ("F2", false) => return Some(Action::Edit),
        ("Escape", false) if press.editing => return Some(Action::Restore),
        ("Escape", false) => return Some(Action::Leave),
        _ => return None,
    };
    Some(if press.shift && !press.editing { Action::Extend(to) } else { Action::Go(to) })
}

impl Move {
    /// The cell that becomes the active one in a table of this many rows and
    /// columns; a screen has `page` rows, and `filled` says whether a cell has a text.
    /// `None` where there is no further one.
    pub fn from(
        self,
        (row, column): (usize, usize),
        (rows, columns): (usize, usize),
        page: usize,
        filled: impl Fn((usize, usize)) -> bool,
    ) -> Option<(usize, usize)> {
        let (last_row, last_column) = (rows.checked_sub(1)?, columns.checked_sub(1)?);
        let to = match self {
            Move::Left => (row, column.checked_sub(1)?),
            Move::Right => (row, column + 1),
            Move::Up => (row.checked_sub(1)?, column),
            Move::Down => (row + 1, column),
            Move::Next if column < last_column => (row, column + 1),
            Move::Next => (row + 1, 0),
            Move::Previous => match column.checked_sub(1) {
                Some(column) => (row, column),
                None => (row.checked_sub(1)?, last_column),
            },
            Move::RowStart => (row, 0),
            Move::RowEnd => (row, last_column),
            Move::PageUp => (row.saturating_sub(page), column),
            Move::PageDown => (row.saturating_add(page).min(last_row), column),
            Move::First => (0, 0),
            Move::Last => (last_row, last_column),
            Move::EdgeLeft => (row, edge(column, last_column, false, |it| filled((row, it)))?),
            Move::EdgeRight => (row, edge(column, last_column, true, |it| filled((row, it)))?),
            Move::EdgeUp => (edge(row, last_row, false, |it| filled((it, column)))?, column),
            Move::EdgeDown => (edge(row, last_row, true, |it| filled((it, column)))?, column),
        };
        (to.0 <= last_row && to.1 <= last_column).then_some(to)
    }
}

/// Where a jump along a row or a column ends, as in a spreadsheet: from within a run
/// of filled cells at its last one, else at the next filled one, or at the edge of
/// the table.
fn edge(at: usize, last: usize, forward: bool, filled: impl Fn(usize) -> bool) -> Option<usize> {
    let next = |at: usize| if forward { (at < last).then_some(at + 1) } else { at.checked_sub(1) };
    let mut here = next(at)?;
    let within = filled(at) && filled(here);
    while within || !filled(here) {
        match next(here) {
            Some(further) if !within || filled(further) => here = further,
            _ => break,
        }
    }
    Some(here)
}
