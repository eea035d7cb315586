//! The core reads no clock, makes no random number, touches no browser and
//! writes no log: no file of it names anything that could.

use std::fs;
use std::path::{Path, PathBuf};

/// Whole names, so that `from_random` is none of them.
const FORBIDDEN: [&str; 14] = [
    "std::time",
    "std::env",
    "std::fs",
    "std::net",
    "SystemTime",
    "Instant",
    "rand",
    "getrandom",
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "leptos",
    "println!",
    "eprintln!",
];

/// Not the core: the page, the file worker and the scripts around them.
const AROUND: [&str; 9] =
    ["ui", "ui.rs", "browser", "browser.rs", "main.rs", "worker.rs", "whole.rs", "bin", "shell"];

fn names(line: &str, forbidden: &str) -> bool {
    let part_of_name = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    line.match_indices(forbidden).any(|(at, _)| {
        let (before, after) = (line[..at].chars().next_back(), line[at + forbidden.len()..].chars().next());
        !part_of_name(before) && !part_of_name(after)
    })
}

/// All sources below a folder.
pub fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|it| it == "rs") {
            files.push(path);
        }
    }
}

fn core_files() -> Vec<PathBuf> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&src, &mut files);
    files.retain(|path| {
        let first = path.strip_prefix(&src).unwrap().iter().next().unwrap();
        !AROUND.iter().any(|it| first == *it)
    });
    files
}

#[test]
fn the_core_names_nothing_impure() {
    let files = core_files();
    let count = |name: &str| files.iter().filter(|path| path.ends_with(name)).count();
    for name in ["lib.rs", "assessment/edit.rs", "html/form.rs", "record/backup.rs"] {
        assert_eq!(count(name), 1, "{name} was looked at");
    }
    for path in &files {
        let text = fs::read_to_string(path).unwrap();
        for (number, line) in (1..).zip(text.lines()) {
            let code = line.split("//").next().unwrap_or_default();
            let found = FORBIDDEN.iter().find(|name| names(code, name));
            assert_eq!(found, None, "{}:{number}", path.display());
        }
    }
}

#[test]
fn whole_names_are_told_from_parts_of_names() {
    assert!(names("use std::time::Instant;", "Instant"));
    assert!(names("rand::random()", "rand"));
    assert!(names("    println!(\"x\")", "println!"));
    assert!(!names("RowId::from_random(bits)", "rand"));
    assert!(!names("let operand = 1;", "rand"));
    assert!(!names("InstantaneousRate", "Instant"));
}
