//! JSON as a tree: it is the document's, and a fault says where it is.

use proptest::prelude::*;
use serde_json::Value;
use zhidu::catalogue::Catalogue;
use zhidu::value::json::{Json, read};

/// The same tree, told by serde.
fn value(json: Json<'_>) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(value) => value.into(),
        Json::Number(value) => value.into(),
        Json::OtherNumber => (-1).into(),
        Json::Text(text) => text.into_owned().into(),
        Json::List(list) => list.into_iter().map(value).collect(),
        Json::Object(fields) => {
            fields.into_iter().map(|(name, json)| (name.into_owned(), value(json))).collect()
        }
    }
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        Just(Value::from(-1)),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(".{0,6}", inner, 0..6).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

proptest! {
    #[test]
    fn a_tree_is_what_its_document_says(given in any_value()) {
        let text = given.to_string();
        prop_assert_eq!(value(serde_json::from_str(&text).unwrap()), given);
    }

    #[test]
    fn numbers_are_read_as_far_as_the_type_reaches(number in any::<u64>()) {
        let text = number.to_string();
        prop_assert_eq!(read::<u64>(&text).ok(), Some(number));
        prop_assert_eq!(read::<u16>(&text).ok(), u16::try_from(number).ok());
    }
}

#[test]
fn a_fault_says_where_it_is_and_what_it_is() {
    let file = include_str!("../../indicators/beijing-balance-2018.json");
    let refusal = |from: &str, to: &str| {
        assert!(file.contains(from), "{from}");
        Catalogue::parse(&file.replacen(from, to, 1)).unwrap_err().to_string()
    };
    for (from, to, said) in [
        ("\"year\": 2018", "\"year\": \"2018\"", "year：应为不小于 0 的整数，实为文字"),
        ("\"year\": 2018", "\"year\": 70000", "year：数字过大"),
        ("\"year\": 2018", "\"year\": 2018, \"year\": 2018", "year 重复"),
        ("\"year\": 2018,", "", "缺少 year"),
        ("\"ordinal\": 1,", "\"ordinal\": null,", "points[0].ordinal：应为不小于 0 的整数，实为空值"),
        ("\"op\": \">=\"", "\"op\": \"≥\"", ".op：不认识的名称“≥”"),
    ] {
        let refused = refusal(from, to);
        assert!(refused.contains(said), "{refused}");
    }
}
