//! The rooms of the code and the floors they stand on: a room uses only what stands
//! below it, and within a room no file uses another one that uses it in turn.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::purity::collect;

/// The rooms of the core, from the lowest.
const CORE: [&str; 26] = [
    "value",
    "school",
    "catalogue",
    "assessment",
    "score",
    "measure",
    "leaving",
    "check",
    "analysis",
    "filter",
    "record",
    "merge",
    "overview",
    "store",
    "work",
    "traces",
    "windows",
    "session",
    "route",
    "keys",
    "sample",
    "exchange",
    "html",
    "workbook",
    "returned",
    "office",
];

/// What stands around the core; the page uses the browser, never the other way round.
const AROUND: [&str; 6] = ["browser", "ui", "worker", "whole", "main", "bin"];

/// Each file with the room that it stands in.
fn files() -> Vec<(String, PathBuf)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    collect(&src, &mut found);
    let room = |path: &Path| {
        let first = path.strip_prefix(&src).unwrap().iter().next().unwrap().to_str().unwrap();
        first.trim_end_matches(".rs").to_owned()
    };
    found.into_iter().map(|path| (room(&path), path)).filter(|(room, _)| room != "lib").collect()
}

/// The code of a text without remarks, and without the tests that a file has inside.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    text.lines().map(|line| line.split("//").next().unwrap_or_default().to_owned() + "\n").collect()
}

/// The paths that a text names behind `crate::` or `super::`, from the root. `module` is
/// where the text stands.
fn paths(text: &str, module: &[String]) -> BTreeSet<Vec<String>> {
    let code = code(text);
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        follow(&code[at + "crate::".len()..], Vec::new(), &mut found);
    }
    for (at, _) in code.match_indices("super::") {
        let deeper = code[..at].ends_with("super::");
        let steps = 1 + code[at + 7..].split("super::").take_while(|it| it.is_empty()).count();
        if !deeper && steps <= module.len() {
            let from = module[..module.len() - steps].to_vec();
            follow(&code[at + 7 * steps..], from, &mut found);
        }
    }
    found
}

/// Adds the paths that go on here: `a::b`, or each of `a::{b, c::d}`.
fn follow(rest: &str, mut path: Vec<String>, found: &mut BTreeSet<Vec<String>>) {
    let mut rest = rest;
    loop {
        if let Some(list) = rest.strip_prefix('{') {
            let (mut depth, mut from) = (0, 0);
            for (at, c) in list.char_indices() {
                match c {
                    '{' => depth += 1,
                    '}' if depth > 0 => depth -= 1,
                    ',' | '}' if depth == 0 => {
                        follow(list[from..at].trim_start(), path.clone(), found);
                        from = at + 1;
                        if c == '}' {
                            return;
                        }
                    }
                    _ => {}
                }
            }
            return;
        }
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        if end == 0 || &rest[..end] == "self" {
            break;
        }
        path.push(rest[..end].to_owned());
        match rest[end..].strip_prefix("::") {
            Some(next) => rest = next,
            None => break,
        }
    }
    if !path.is_empty() {
        found.insert(path);
    }
}

#[test]
fn every_room_uses_only_what_stands_below_it() {
    let floor = |rooms: &[&str], room: &str| rooms.iter().position(|it| *it == room);
    let mut seen = BTreeSet::new();
    for (room, path) in files() {
        let (rooms, own) = match (floor(&CORE, &room), floor(&AROUND, &room)) {
            (Some(own), _) => (CORE.as_slice(), own),
            (_, Some(own)) => (AROUND.as_slice(), own),
            _ => panic!("{room} is no room: give it a floor"),
        };
        seen.insert(room.clone());
        let used = paths(&fs::read_to_string(&path).unwrap(), &module_of(&path));
        for used in used.into_iter().map(|path| path[0].clone()).filter(|used| *used != room) {
            let below = floor(rooms, &used).is_some_and(|it| it < own);
            assert!(below || used.starts_with(char::is_uppercase), "{} uses {used}", path.display());
        }
    }
    assert!(CORE.iter().all(|room| seen.contains(*room)), "a room that is gone has no floor");
}

/// The module that a file is: `["record", "wire"]`.
fn module_of(path: &Path) -> Vec<String> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let path = path.strip_prefix(&src).unwrap().with_extension("");
    path.iter().map(|it| it.to_str().unwrap().to_owned()).collect()
}

#[test]
fn no_file_uses_another_one_that_uses_it_in_turn() {
    let files: BTreeMap<Vec<String>, PathBuf> =
        files().into_iter().map(|(_, path)| (module_of(&path), path)).collect();
    // A file and those below it belong together; what they share stands in the upper one.
    let kin = |a: &[String], b: &[String]| a.starts_with(b) || b.starts_with(a);
    let module = |mut path: Vec<String>| {
        while !path.is_empty() && !files.contains_key(&path) {
            path.pop();
        }
        path
    };
    let uses = |from: &Vec<String>, path: &PathBuf| {
        let named = paths(&fs::read_to_string(path).unwrap(), from).into_iter().map(module);
        let others = named.filter(|to| !to.is_empty() && !kin(from, to));
        others.collect::<BTreeSet<_>>()
    };
    let mut left: BTreeMap<Vec<String>, BTreeSet<Vec<String>>> =
        files.iter().map(|(from, path)| (from.clone(), uses(from, path))).collect();
    // What uses nothing that is left is in no circle.
    loop {
        let done: Vec<Vec<String>> = left
            .iter()
            .filter(|(_, to)| to.iter().all(|it| !left.contains_key(it)))
            .map(|(it, _)| it.clone())
            .collect();
        if done.is_empty() {
            break;
        }
        done.iter().for_each(|it| drop(left.remove(it)));
    }
    let circle: Vec<String> = left.keys().map(|it| it.join("::")).collect();
    assert!(circle.is_empty(), "in a circle, or above one: {circle:#?}");
}

#[test]
fn a_path_is_found_however_it_is_written() {
    let text = "use crate::value::text;\nuse crate::{measure, score::{self, read}};\n// crate::html\n\
                let a = crate::check::of(super::super::route::go(), super::Act);";
    let module = ["html", "form", "group"].map(str::to_owned);
    let found: Vec<String> = paths(text, &module).into_iter().map(|it| it.join("::")).collect();
    let wanted =
        ["check::of", "html::form::Act", "html::route::go", "measure", "score", "score::read", "value::text"];
    assert_eq!(found, wanted);
}
