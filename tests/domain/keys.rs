//! What each key does, and that none does anything while text is composed.

use zhidu::keys::{Action, Focus, HELP, Press, action};

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
