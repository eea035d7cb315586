//! Checks a JSON value against the keywords of JSON Schema 2020-12 that
//! `indicators/schema.json` uses. A keyword or pattern that it does not know is
//! an error of its own, so that nothing in the schema goes unchecked. A full
//! validator would bring sixty crates into the build for five files.

use serde_json::{Map, Value};

/// What in `value` breaks `schema`, as "place: rule"; empty if nothing does.
pub fn problems(root: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    visit(root, root, value, "", &mut found);
    found
}

fn visit(root: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    let rules = schema.as_object().unwrap_or_else(|| panic!("{at}: the schema is no object"));
    for (keyword, rule) in rules {
        let holds = match keyword.as_str() {
            "$schema" | "$id" | "$defs" | "title" | "description" | "default" => true,
            "$ref" => {
                let pointer = rule.as_str().unwrap().trim_start_matches('#');
                visit(root, root.pointer(pointer).unwrap(), value, at, found);
                true
            }
            "const" => value == rule,
            "enum" => list(rule).contains(value),
            "type" => is_of_type(rule, value),
            "oneOf" => {
                let fits = |one: &&Value| {
                    let mut broken = Vec::new();
                    visit(root, one, value, at, &mut broken);
                    broken.is_empty()
                };
                list(rule).iter().filter(fits).count() == 1
            }
            "pattern" => value.as_str().is_none_or(|text| matches(rule.as_str().unwrap(), text)),
            "minLength" => value.as_str().is_none_or(|text| text.chars().count() >= count(rule)),
            "minimum" => value.as_u64().is_none_or(|n| n >= rule.as_u64().unwrap()),
            "maximum" => value.as_u64().is_none_or(|n| n <= rule.as_u64().unwrap()),
            "minItems" => value.as_array().is_none_or(|items| items.len() >= count(rule)),
            "maxItems" => value.as_array().is_none_or(|items| items.len() <= count(rule)),
            "uniqueItems" => {
                let items = value.as_array().map_or(&[][..], Vec::as_slice);
                items.iter().enumerate().all(|(i, item)| !items[..i].contains(item))
            }
            "items" => {
                for (i, item) in value.as_array().into_iter().flatten().enumerate() {
                    visit(root, rule, item, &format!("{at}/{i}"), found);
                }
                true
            }
            "required" => value
                .as_object()
                .is_none_or(|o| list(rule).iter().all(|key| o.contains_key(key.as_str().unwrap()))),
            "properties" => {
                for (key, field) in value.as_object().into_iter().flatten() {
                    if let Some(of_field) = rule.get(key) {
                        visit(root, of_field, field, &format!("{at}/{key}"), found);
                    }
                }
                true
            }
            "additionalProperties" if rule == false => {
                value.as_object().is_none_or(|o| o.keys().all(|key| properties(rules).contains_key(key)))
            }
            "additionalProperties" => {
                assert!(!rules.contains_key("properties"), "all fields are named, or none");
                for (key, field) in value.as_object().into_iter().flatten() {
                    visit(root, rule, field, &format!("{at}/{key}"), found);
                }
                true
            }
            unknown => panic!("unknown keyword {unknown}"),
        };
        if !holds {
            found.push(format!("{at}: {keyword}"));
        }
    }
}

/// The names that the schema gives to the fields of one of its definitions, or
/// of the catalogue itself for "".
pub fn fields<'a>(root: &'a Value, definition: &str) -> Vec<&'a str> {
    let schema = if definition.is_empty() { root } else { &root["$defs"][definition] };
    properties(schema.as_object().unwrap()).keys().map(String::as_str).collect()
}

fn properties(rules: &Map<String, Value>) -> &Map<String, Value> {
    rules["properties"].as_object().unwrap()
}

fn list(rule: &Value) -> &[Value] {
    rule.as_array().unwrap()
}

fn count(rule: &Value) -> usize {
    rule.as_u64().unwrap().try_into().unwrap()
}

fn is_of_type(rule: &Value, value: &Value) -> bool {
    let is = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        "null" => value.is_null(),
        unknown => panic!("unknown type {unknown}"),
    };
    match rule {
        Value::Array(names) => names.iter().any(|name| is(name.as_str().unwrap())),
        name => is(name.as_str().unwrap()),
    }
}

/// The few patterns of the schema, spelled out.
fn matches(pattern: &str, text: &str) -> bool {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let decimal = |text: &str, places: usize| match text.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction) && fraction.len() <= places,
        None => digits(text),
    };
    let figure = |text: &str| {
        (1..=60).contains(&text.len())
            && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))
            && !text.starts_with('-')
    };
    match pattern {
        "^[a-z0-9][a-z0-9-]{0,59}$" => figure(text),
        "^-?[a-z0-9][a-z0-9-]{0,59}$" => figure(text.strip_prefix('-').unwrap_or(text)),
        "^[a-z0-9-]{1,80}$" => {
            (1..=80).contains(&text.len())
                && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))
        }
        "^([0-9]{6})?$" => text.is_empty() || (digits(text) && text.len() == 6),
        r"^[0-9]+(\.[0-9]{1,2})?$" => decimal(text, 2),
        r"^-?[0-9]+(\.[0-9]{1,2})?$" => decimal(text.strip_prefix('-').unwrap_or(text), 2),
        r"^[0-9]+(\.[0-9]+)?$" => decimal(text, usize::MAX),
        unknown => panic!("unknown pattern {unknown}"),
    }
}
