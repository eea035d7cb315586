//! The reader against files that are right and wrong, and what makes an
//! identity.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use zhidu::catalogue::{Catalogue, CatalogueError};
use zhidu::points::Points;

use crate::{schema, schema_json};

#[test]
fn schema_and_reader_know_the_same_fields() {
    let schema = schema_json();
    check_fields(&schema, "", "");
    check_fields(&schema, "unit", "/units/0");
    check_fields(&schema, "group", "/groups/0");
    check_fields(&schema, "point", "/groups/0/points/0");
    check_fields(&schema, "repair", "/groups/0/repairs/0");
    check_fields(&schema, "measure", "/groups/0/points/0/measures/0");
}

/// The reader takes every field that the schema has and names it in its refusal
/// of one that it lacks.
#[track_caller]
fn check_fields(schema: &Value, definition: &str, place: &str) {
    let mut file = small();
    file.pointer_mut(place).unwrap()["surprise"] = json!(1);
    let refusal = Catalogue::parse(&file.to_string()).unwrap_err().to_string();
    assert!(refusal.contains("`surprise`"), "{refusal}");
    let known: BTreeSet<&str> =
        refusal.split('`').skip(3).step_by(2).filter(|name| !name.is_empty()).collect();
    assert_eq!(known, schema::fields(schema, definition).into_iter().collect());
    assert!(!schema::problems(schema, &file).is_empty(), "the schema refuses it as well");
}

#[test]
fn a_small_catalogue_is_read() {
    assert_eq!(schema::problems(&schema_json(), &small()), [""; 0]);
    let read = Catalogue::parse(&small().to_string()).unwrap();
    assert_eq!(read.points()[1].id.as_str(), "small.02");
    assert_eq!(read.total(), Some(Points::from_hundredths(450)));
}

#[test]
fn files_that_are_wrong_are_refused() {
    use CatalogueError::{
        Count, Department, Duplicate, Inside, Level, Limit, Name, NewerFormat, Ordinal, Text, Value as Worth,
    };
    check("/groups/0/points/1/ordinal", json!(1), Ordinal { expected: 2, found: 1 });
    check("/groups/0/points/1/ordinal", json!(3), Ordinal { expected: 2, found: 3 });
    check("/groups/0/points/1/points", Value::Null, Worth(2));
    check("/kind", json!("unscored"), Worth(1));
    check("/groups/0/points/0/text", json!(""), Text(1));
    check("/page_level", json!(0), Level("小体系".into()));
    check("/page_level", json!(3), Level("小体系".into()));
    let leaf = json!({"ordinal": 3, "no": "3", "text": "x", "points": "1"});
    let deep =
        json!({"no": "（一）", "title": "甲之一", "groups": [{"no": "1", "title": "深", "points": [leaf]}]});
    check("/groups/1/groups/0", deep, Level("1. 深".into()));
    check("/groups/1/groups/0/points", json!([]), Inside("（一）甲之一".into()));
    check("/groups/1/points", json!([leaf]), Inside("二、乙".into()));
    check("/groups/1/title", json!(""), Name("二、".into()));
    check("/groups/1/name_missing", json!(true), Name("二、乙".into()));
    check("/groups/0/points/1/measures", json!([measure()]), Duplicate("m-1".into()));
    check(
        "/units",
        json!([{"name": "甲区", "code": ""}, {"name": "甲区", "code": ""}]),
        Duplicate("甲区".into()),
    );
    check("/departments", json!(["财政局"]), Department("教育局".into()));
    check("/departments", json!([]), Department("教育局".into()));
    check("/groups/0/points/0/measures/0/value", json!("8,5"), Limit("m-1".into()));
    check("/groups/0/points/0/measures/0/value", Value::Null, Limit("m-1".into()));
    check("/groups/0/points/0/measures/0/op", json!("report"), Limit("m-1".into()));
    check("/groups", json!([]), Count);
    check("/format", json!(2), NewerFormat(2));
}

#[test]
fn a_later_format_is_named_even_if_it_has_new_fields() {
    let mut file = small();
    file["format"] = json!(7);
    file["novelty"] = json!(true);
    assert_eq!(Catalogue::parse(&file.to_string()), Err(CatalogueError::NewerFormat(7)));
    for text in ["", "{}", "[]", "null", "{\"format\":1}"] {
        assert!(matches!(Catalogue::parse(text), Err(CatalogueError::Form(_))), "{text}");
    }
}

#[test]
fn what_is_not_official_text_leaves_the_identity_alone() {
    let before = Catalogue::parse(&small().to_string()).unwrap();
    for (place, value) in [
        ("/id", json!("other")),
        ("/short", json!("别名")),
        ("/doc_no", json!("某政发〔2024〕1号")),
        ("/year", json!(2024)),
        ("/levels", json!(["部分", "事项"])),
        ("/notes", json!(["说明"])),
        ("/units", json!([])),
        ("/groups/0/note", json!("说明")),
        ("/groups/0/repairs", json!([])),
        ("/groups/0/points/0/note", json!("说明")),
        ("/groups/0/points/0/cites", json!(["某号"])),
        ("/groups/0/points/0/measures", json!([])),
    ] {
        let after = changed(place, value);
        assert_eq!(after.text_hash(), before.text_hash(), "{place}");
        assert_eq!(after.point_hash(0), before.point_hash(0), "{place}");
        assert_eq!(after.rules_hash() != before.rules_hash(), place.ends_with("/measures"), "{place}");
    }
}

#[test]
fn official_text_makes_the_identity() {
    let before = Catalogue::parse(&small().to_string()).unwrap();
    for (place, value, moves_first_point) in [
        ("/title", json!("另一体系"), false),
        ("/groups/0/no", json!("三"), false),
        ("/groups/0/title", json!("丙"), true),
        ("/groups/0/text", json!("正文"), true),
        ("/groups/1/title", json!("丙"), false),
        ("/groups/0/points/0/no", json!("1.1"), false),
        ("/groups/0/points/0/title", json!("题"), true),
        ("/groups/0/points/0/text", json!("要点一。 "), true),
        ("/groups/0/points/0/points", json!("1.25"), false),
    ] {
        let after = changed(place, value);
        assert_ne!(after.text_hash(), before.text_hash(), "{place}");
        assert_eq!(after.point_hash(0) != before.point_hash(0), moves_first_point, "{place}");
        assert_eq!(after.rules_hash() != before.rules_hash(), place.ends_with("/points"), "{place}");
    }
}

#[test]
fn quotes_and_notes_are_no_rules() {
    let before = Catalogue::parse(&small().to_string()).unwrap().rules_hash();
    let at = |field: &str| format!("/groups/0/points/0/measures/0/{field}");
    for field in ["quote", "note", "national_2017"] {
        assert_eq!(changed(&at(field), json!("别的")).rules_hash(), before);
    }
    assert_ne!(changed(&at("value"), json!("86")).rules_hash(), before);
}

#[test]
fn numbers_of_the_editor_are_no_official_text() {
    let mut file = small();
    file["editor_numbered"] = json!(true);
    let before = Catalogue::parse(&file.to_string()).unwrap().text_hash();
    file["groups"][0]["points"][0]["no"] = json!("9");
    assert_eq!(Catalogue::parse(&file.to_string()).unwrap().text_hash(), before);
}

/// A correct catalogue with one of everything that a file can hold.
fn small() -> Value {
    json!({
        "format": 1, "id": "small", "title": "小体系", "short": "小", "year": 2020, "region": "某市",
        "kind": "scored", "levels": ["一级指标", "二级指标"], "point_name": "评价要点", "point_label": "要点",
        "page_level": 2, "units": [{"name": "甲区", "code": "110101"}], "departments": ["教育局"],
        "groups": [
            {
                "no": "一", "title": "甲",
                "repairs": [{"no": 1, "raw": "由", "fixed": "甲", "kind": "misread", "confidence": "certain", "basis": "形近"}],
                "points": [
                    {"ordinal": 1, "no": "1", "text": "要点一。", "points": "1.5", "units": ["教育局"], "measures": [measure()]},
                    {"ordinal": 2, "no": "2", "text": "要点二。", "points": "2"}
                ]
            },
            {
                "no": "二", "title": "乙",
                "groups": [{"no": "（一）", "title": "甲之一", "points": [{"ordinal": 3, "no": "3", "text": "要点三。", "points": "1"}]}]
            }
        ]
    })
}

fn measure() -> Value {
    json!({
        "id": "m-1", "metric": "比例", "op": ">=", "value": "85", "unit": "%", "scope": "district",
        "kind": "number", "quote": "要点一", "quote_from": "point"
    })
}

/// The small catalogue with one field set, as JSON.
fn with(place: &str, value: Value) -> String {
    let mut file = small();
    let (parent, key) = place.rsplit_once('/').unwrap();
    let parent = file.pointer_mut(parent).unwrap();
    match parent {
        Value::Array(items) => items[key.parse::<usize>().unwrap()] = value,
        object => object[key] = value,
    }
    file.to_string()
}

#[track_caller]
fn changed(place: &str, value: Value) -> Catalogue {
    Catalogue::parse(&with(place, value)).unwrap()
}

#[track_caller]
fn check(place: &str, value: Value, error: CatalogueError) {
    assert_eq!(Catalogue::parse(&with(place, value)), Err(error), "{place}");
}
