//! The page finds its way by what [`Hook`] and [`Slot`] name and by ids, never by the
//! classes of the style sheet: those may change without a look into the code.

use std::fs;
use std::path::Path;

use zhidu::html::hook::{Hook, Slot};

use crate::purity::collect;

fn sources(folder: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    collect(&root.join("src").join(folder), &mut files);
    let text = |path: &Path| fs::read_to_string(path).unwrap();
    files.iter().map(|path| (path.strip_prefix(root).unwrap().display().to_string(), text(path))).collect()
}

/// What a line says in quotation marks.
fn literals(line: &str) -> impl Iterator<Item = &str> {
    line.split('"').skip(1).step_by(2)
}

/// Attributes that the page itself sets and reads, and that no markup has.
const OWN: [&str; 3] = ["data-large", "data-drawn", "data-printed"];

#[test]
fn the_page_looks_for_no_class_and_for_no_attribute_without_a_name() {
    let ui = sources("ui");
    assert!(ui.len() > 40);
    for (path, text) in ui {
        for (number, line) in (1..).zip(text.lines()) {
            let code = line.trim_start();
            if code.starts_with("//") {
                continue;
            }
            for literal in literals(code) {
                let class = literal.contains(".z-") && !literal.contains(".z-noprint");
                let attribute = literal.contains("data-") && !OWN.contains(&literal);
                assert!(!class && !attribute, "{path}:{number}: {literal}");
            }
        }
    }
}

#[test]
fn everything_that_is_looked_for_is_somewhere_in_the_markup() {
    let markup: String = sources("html").into_iter().chain(sources("ui")).map(|(_, text)| text).collect();
    for hook in Hook::ALL {
        assert!(markup.contains(&format!("{}=", hook.name())), "{hook:?} is on nothing");
        assert!(markup.contains(&format!("Hook::{hook:?}")), "{hook:?} is looked for by nobody");
    }
    let page: String = sources("ui").into_iter().map(|(_, text)| text).collect();
    for slot in Slot::ALL {
        let (of_core, of_page) =
            (format!("data-slot=(Slot::{slot:?})"), format!("data-slot=Slot::{slot:?}.name()"));
        assert!(markup.contains(&of_core) || markup.contains(&of_page), "{slot:?} is in no markup");
        assert!(page.contains(&format!("Slot::{slot:?}")), "{slot:?} is filled by nobody");
    }
}

#[test]
fn selectors_are_what_css_expects() {
    assert_eq!(Hook::Point.any(), "[data-point]");
    assert_eq!(Hook::Row.is("0a"), "[data-row='0a']");
    assert_eq!(Slot::Count.selector(), "[data-slot='count']");
}
