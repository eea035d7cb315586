//! The rooms of the code and the floors they stand on: a room uses only what stands
//! below it. So nothing climbs and there is no circle.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms of the core, from the lowest.
const CORE: [&str; 22] = [
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
    "store",
    "work",
    "traces",
    "windows",
    "route",
    "keys",
    "sample",
    "exchange",
    "html",
    "workbook",
    "office",
];

/// What stands around the core; the page uses the browser, never the other way round.
const AROUND: [&str; 6] = ["browser", "ui", "worker", "whole", "main", "bin"];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") {
            found.push(path);
        }
    }
}

/// Each file with the room that it stands in.
fn files() -> Vec<(String, PathBuf)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    sources(&src, &mut found);
    let room = |path: &Path| {
        let first = path.strip_prefix(&src).unwrap().iter().next().unwrap().to_str().unwrap();
        first.trim_end_matches(".rs").to_owned()
    };
    found.into_iter().map(|path| (room(&path), path)).filter(|(room, _)| room != "lib").collect()
}

/// The rooms that a text names behind `crate::`.
fn named(text: &str) -> BTreeSet<String> {
    let code: String =
        text.lines().map(|line| line.split("//").next().unwrap_or_default().to_owned() + "\n").collect();
    let mut rooms = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let list = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or_default(),
            None => rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default(),
        };
        rooms.extend(list.split(',').map(|it| it.trim().split(':').next().unwrap_or_default().to_owned()));
    }
    rooms
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
        for used in named(&fs::read_to_string(&path).unwrap()) {
            if used == room || used.is_empty() {
                continue;
            }
            let below = floor(rooms, &used).is_some_and(|it| it < own);
            assert!(below || used.starts_with(char::is_uppercase), "{} uses {used}", path.display());
        }
    }
    assert!(CORE.iter().all(|room| seen.contains(*room)), "a room that is gone has no floor");
}

#[test]
fn a_room_is_found_however_it_is_named() {
    let text =
        "use crate::value::text;\nuse crate::{measure, score};\n// crate::html\nlet a = crate::check::of();";
    assert_eq!(named(text).into_iter().collect::<Vec<_>>(), ["check", "measure", "score", "value"]);
}
