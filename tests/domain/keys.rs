//! What each key does, and that none does anything while text is composed.

use zhidu::keys::grid::{self, Move};
use zhidu::keys::{Action, Focus, HELP, Press, action, goes_on};

/// A press written as on a key cap: "Ctrl+Shift+z".
fn press<'a>(typed: &'a str, focus: Focus) -> Press<'a> {
    let has = |name: &str| typed.contains(name);
    let key = typed.rsplit_once('+').map_or(typed, |(_, key)| key);
    Press { key, ctrl: has("Ctrl+"), alt: has("Alt+"), shift: has("Shift+"), composing: false, focus }
}

const EVERYWHERE: [Focus; 3] = [Focus::Elsewhere, Focus::DocumentText, Focus::OtherText];

/// What a press does elsewhere, in a text of the document, in another text.
#[track_caller]
fn check(typed: &str, expected: [Option<Action>; 3]) {
    for (focus, expected) in EVERYWHERE.into_iter().zip(expected) {
        let press = press(typed, focus);
        assert_eq!(action(press), expected, "{typed} with the focus {focus:?}");
        assert_eq!(action(Press { composing: true, ..press }), None, "{typed} while composing");
    }
}

#[test]
fn keys_that_mean_the_same_everywhere() {
    for (typed, meant) in [
        ("Ctrl+s", Action::Save),
        ("Ctrl+S", Action::Save),
        ("Alt+ArrowDown", Action::NextPoint),
        ("Alt+ArrowUp", Action::PreviousPoint),
        ("Alt+PageDown", Action::NextGroup),
        ("Alt+PageUp", Action::PreviousGroup),
    ] {
        check(typed, [Some(meant); 3]);
    }
}

#[test]
fn undo_in_another_text_is_the_browsers() {
    for typed in ["Ctrl+z", "Ctrl+Z"] {
        check(typed, [Some(Action::Undo), Some(Action::Undo), None]);
    }
    for typed in ["Ctrl+y", "Ctrl+Y", "Ctrl+Shift+z", "Ctrl+Shift+Z"] {
        check(typed, [Some(Action::Redo), Some(Action::Redo), None]);
    }
}

#[test]
fn characters_are_commands_only_outside_texts() {
    check("/", [Some(Action::Search), None, None]);
    check("Shift+?", [Some(Action::Help), None, None]);
    check("？", [Some(Action::Help), None, None]);
}

#[test]
fn other_keys_do_nothing() {
    for typed in [
        "z",
        "y",
        "s",
        "a",
        "Enter",
        "Escape",
        "Tab",
        "Process",
        "ArrowDown",
        "PageDown",
        "Ctrl+ArrowDown",
        "Ctrl+a",
        "Ctrl+Alt+z",
        "Ctrl+Alt+s",
        "Ctrl+Alt+ArrowDown",
        "Ctrl+/",
        "Alt+/",
        "Alt+?",
        "",
    ] {
        check(typed, [None; 3]);
    }
}

#[test]
fn the_list_of_keys_tells_the_truth() {
    let browser_name = |shown: &str| {
        let plain = shown.replace(" + ", "+").replace('↓', "ArrowDown").replace('↑', "ArrowUp");
        plain.split(" 或 ").map(str::to_owned).collect::<Vec<_>>()
    };
    let meant = |words: &str| match words {
        "下一个要点" => Action::NextPoint,
        "上一个要点" => Action::PreviousPoint,
        "下一组" => Action::NextGroup,
        "上一组" => Action::PreviousGroup,
        "撤销" => Action::Undo,
        "重做" => Action::Redo,
        "查找" => Action::Search,
        "显示本表" => Action::Help,
        saves if saves.contains("保存") => Action::Save,
        other => panic!("{other}"),
    };
    for (shown, words) in HELP {
        for typed in browser_name(shown) {
            assert_eq!(action(press(&typed, Focus::Elsewhere)), Some(meant(words)), "{shown}");
        }
    }
}

#[test]
fn the_list_of_keys_of_the_table_tells_the_truth() {
    let meant = |words: &str| match words {
        "在原文上修改，双击也可" => grid::Action::Edit,
        "还原，再按一次离开表格" => grid::Action::Leave,
        "跳到数据的边缘（↑ ← → 同样）" => grid::Action::Go(Move::EdgeDown),
        "选取到数据的边缘（↑ ← → 同样）" => grid::Action::Extend(Move::EdgeDown),
        "向下填充，只有一行时取上一行" => grid::Action::FillDown,
        "全选" => grid::Action::SelectAll,
        "清空选取的一块" => grid::Action::Clear,
        "下一处错误" => grid::Action::NextFault,
        "上一处错误" => grid::Action::PreviousFault,
        other => panic!("{other}"),
    };
    for (shown, words) in grid::HELP {
        let plain = shown.replace(" + ", "+").replace('↓', "ArrowDown").replace("D", "d");
        let plain = plain.replace("Arrowdown", "ArrowDown").replace("delete", "Delete");
        let of = press(&plain, Focus::DocumentText);
        let block = words == "清空选取的一块";
        let press =
            grid::Press { key: of.key, ctrl: of.ctrl, shift: of.shift, block, ..grid::Press::default() };
        assert_eq!(grid::action(press), Some(meant(words)), "{shown}");
    }
}

#[track_caller]
fn check_grid(typed: &str, ready: Option<grid::Action>, editing: Option<grid::Action>) {
    let of = press(typed, Focus::DocumentText);
    let press =
        grid::Press { key: of.key, ctrl: of.ctrl, alt: of.alt, shift: of.shift, ..grid::Press::default() };
    assert_eq!(grid::action(press), ready, "{typed}");
    assert_eq!(grid::action(grid::Press { editing: true, ..press }), editing, "{typed} while editing");
    assert_eq!(grid::action(grid::Press { composing: true, ..press }), None, "{typed} while composing");
}

#[test]
fn keys_of_a_table_move_between_cells_and_leave_the_caret_to_a_text_that_is_edited() {
    let go = |to| Some(grid::Action::Go(to));
    for (typed, to) in [
        ("ArrowUp", Move::Up),
        ("ArrowDown", Move::Down),
        ("Tab", Move::Next),
        ("Shift+Tab", Move::Previous),
        ("Enter", Move::Down),
        ("Shift+Enter", Move::Up),
        ("Ctrl+Home", Move::First),
        ("Ctrl+End", Move::Last),
        ("PageDown", Move::PageDown),
    ] {
        check_grid(typed, go(to), go(to));
    }
    check_grid("ArrowLeft", go(Move::Left), None);
    check_grid("Home", go(Move::RowStart), None);
    check_grid("Escape", Some(grid::Action::Leave), Some(grid::Action::Restore));
    check_grid("F2", Some(grid::Action::Edit), Some(grid::Action::Edit));
    for (typed, to) in [
        ("Ctrl+ArrowUp", Move::EdgeUp),
        ("Ctrl+ArrowDown", Move::EdgeDown),
        ("Ctrl+ArrowLeft", Move::EdgeLeft),
        ("Ctrl+ArrowRight", Move::EdgeRight),
    ] {
        check_grid(typed, go(to), None);
    }
    check_grid("Ctrl+d", Some(grid::Action::FillDown), None);
    check_grid("F8", Some(grid::Action::NextFault), Some(grid::Action::NextFault));
    for typed in ["a", "Delete", "Ctrl+c", "Ctrl+v", "Alt+ArrowDown"] {
        check_grid(typed, None, None);
    }
    let at_edge = grid::Press { key: "ArrowRight", editing: true, at_end: true, ..grid::Press::default() };
    assert_eq!(grid::action(at_edge), go(Move::Right));
}

#[test]
fn shift_draws_a_block_and_leaves_a_text_that_is_edited_alone() {
    let extend = |to| Some(grid::Action::Extend(to));
    check_grid("Shift+ArrowLeft", extend(Move::Left), None);
    check_grid("Shift+End", extend(Move::RowEnd), None);
    for (typed, to) in
        [("Shift+ArrowDown", Move::Down), ("Shift+PageUp", Move::PageUp), ("Ctrl+Shift+End", Move::Last)]
    {
        check_grid(typed, extend(to), Some(grid::Action::Go(to)));
    }
    check_grid("Ctrl+a", Some(grid::Action::SelectAll), None);
    for (key, meant) in [
        ("Delete", grid::Action::Clear),
        ("Backspace", grid::Action::Clear),
        ("Escape", grid::Action::Unselect),
        ("ArrowDown", grid::Action::Go(Move::Down)),
    ] {
        assert_eq!(grid::action(grid::Press { key, block: true, ..grid::Press::default() }), Some(meant));
    }
}

#[test]
fn a_move_stays_within_the_table() {
    for (to, from, found) in [
        (Move::Next, (0, 2), Some((1, 0))),
        (Move::Next, (1, 2), None),
        (Move::Previous, (1, 0), Some((0, 2))),
        (Move::Previous, (0, 0), None),
        (Move::Left, (0, 0), None),
        (Move::Right, (0, 2), None),
        (Move::Down, (1, 1), None),
        (Move::PageDown, (0, 1), Some((1, 1))),
        (Move::PageUp, (1, 1), Some((0, 1))),
        (Move::Last, (0, 0), Some((1, 2))),
    ] {
        assert_eq!(to.from(from, (2, 3), 9, |_| false), found, "{to:?} from {from:?}");
    }
    assert_eq!(Move::First.from((0, 0), (0, 3), 9, |_| false), None);
}

/// As Excel does it: within a run of filled cells to its last one, from its end or an
/// empty cell to the next filled one, and where there is none to the edge.
#[test]
fn a_jump_ends_where_data_end_or_begin() {
    let filled = "##..#.##.";
    let at = |(row, _): (usize, usize)| filled.as_bytes()[row] == b'#';
    for (from, down, up) in [
        (0, Some(1), None),
        (1, Some(4), Some(0)),
        (2, Some(4), Some(1)),
        (4, Some(6), Some(1)),
        (6, Some(7), Some(4)),
        (7, Some(8), Some(6)),
        (8, None, Some(7)),
    ] {
        let jump = |to: Move| to.from((from, 0), (9, 1), 9, at).map(|(row, _)| row);
        assert_eq!((jump(Move::EdgeDown), jump(Move::EdgeUp)), (down, up), "from {from}");
        let turned = |(row, column): (usize, usize)| at((column, row));
        let across = |to: Move| to.from((0, from), (1, 9), 9, turned).map(|(_, column)| column);
        assert_eq!((across(Move::EdgeRight), across(Move::EdgeLeft)), (down, up), "from {from}");
    }
}

#[test]
fn enter_goes_on_unless_an_input_method_is_at_work() {
    let enter = Press { key: "Enter", ..Press::default() };
    assert!(goes_on(enter));
    assert!(!goes_on(Press { composing: true, ..enter }));
    assert!(!goes_on(Press { shift: true, ..enter }));
    assert!(!goes_on(Press { ctrl: true, ..enter }));
    assert!(!goes_on(Press { key: "a", ..enter }));
}
