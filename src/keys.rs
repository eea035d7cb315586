//! What a key does. Decided here, away from any event, so that it can be
//! tested: while text is being composed through an input method no key means
//! anything to the program.

pub mod grid;
pub mod rows;

/// A key press as the page hears it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Press<'a> {
    /// The key's name as browsers give it: "z", "ArrowDown", "?".
    pub key: &'a str,
    /// Ctrl, or ⌘ on a Mac.
    pub ctrl: bool,
    /// Alt.
    pub alt: bool,
    /// Shift.
    pub shift: bool,
    /// Whether an input method is composing.
    pub composing: bool,
    /// Where the focus is.
    pub focus: Focus,
}

/// Where the focus is when a key is pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// Not in a text field.
    #[default]
    Elsewhere,
    /// In a text field of the assessment, whose undo is the program's.
    DocumentText,
    /// In another text field, such as the search: its undo is the browser's.
    OtherText,
}

/// What a key press does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// 撤销.
    Undo,
    /// 重做.
    Redo,
    /// Put what is unsaved into the store now.
    Save,
    /// To the next point.
    NextPoint,
    /// To the point before.
    PreviousPoint,
    /// To the next group.
    NextGroup,
    /// To the group before.
    PreviousGroup,
    /// To the search field.
    Search,
    /// Show what the keys do.
    Help,
}

/// Whether a key press in a list of rows goes on to the next row.
pub fn goes_on(press: Press<'_>) -> bool {
    press.key == "Enter" && !(press.composing || press.ctrl || press.alt || press.shift)
}

/// The action of a key press, if it has one here.
pub fn action(press: Press<'_>) -> Option<Action> {
    if press.composing {
        return None;
    }
    let plain = !press.ctrl && !press.alt;
    match press.key {
        "z" | "Z" if press.ctrl && !press.alt && press.focus != Focus::OtherText => {
            Some(if press.shift { Action::Redo } else { Action::Undo })
        }
        "y" | "Y" if press.ctrl && !press.alt && press.focus != Focus::OtherText => Some(Action::Redo),
        "s" | "S" if press.ctrl && !press.alt => Some(Action::Save),
        "ArrowDown" if press.alt && !press.ctrl => Some(Action::NextPoint),
        "ArrowUp" if press.alt && !press.ctrl => Some(Action::PreviousPoint),
        "PageDown" if press.alt && !press.ctrl => Some(Action::NextGroup),
        "PageUp" if press.alt && !press.ctrl => Some(Action::PreviousGroup),
        "/" if plain && press.focus == Focus::Elsewhere => Some(Action::Search),
        "?" | "？" if plain && press.focus == Focus::Elsewhere => Some(Action::Help),
        _ => None,
    }
}

/// The keys in words, for the list that `?` shows.
pub const HELP: [(&str, &str); 9] = [
    ("Alt + ↓", "下一个要点"),
    ("Alt + ↑", "上一个要点"),
    ("Alt + PageDown", "下一组"),
    ("Alt + PageUp", "上一组"),
    ("Ctrl + Z", "撤销"),
    ("Ctrl + Y 或 Ctrl + Shift + Z", "重做"),
    ("Ctrl + S", "立即保存（平时自动保存）"),
    ("/", "查找"),
    ("?", "显示本表"),
];
