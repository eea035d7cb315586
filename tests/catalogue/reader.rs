//! The reader against files that are right and wrong, and what makes an
//! identity.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use zhidu::catalogue::{Calc, Catalogue, CatalogueError, FigureId, IdError, mark_in_words};
use zhidu::school::indicator::Indicator;
use zhidu::school::{Column, Sort};
use zhidu::value::points::Points;

use crate::{schema, schema_json};

#[test]
fn schema_and_reader_know_the_same_fields() {
    let schema = schema_json();
    check_fields(&schema, "", "");
    check_fields(&schema, "unit", "/units/0");
    check_fields(&schema, "group", "/groups/0");
    check_fields(&schema, "point", "/groups/0/points/0");
    check_fields(&schema, "grade", "/grades/0");
    check_fields(&schema, "repair", "/groups/0/repairs/0");
    check_fields(&schema, "measure", "/groups/0/points/0/measures/0");
    check_fields(&schema, "figure", "/figures/0");
    check_fields(&schema, "option", "/figures/2/options/0");
    check_fields(&schema, "school-sum", "/figures/0/schools");
    check_fields(&schema, "ratio", "/groups/0/points/0/measures/0/calc/ratio");
    check_fields(&schema, "compare", "/groups/0/points/1/measures/0/calc/compare");
    check_fields(&schema, "chosen", "/groups/0/points/1/measures/1/calc/chosen");
    check_fields(&schema, "schools", "/groups/0/points/1/measures/1/calc/chosen/cases/a/schools");
    check_fields(&schema, "coefficient", "/groups/0/points/1/measures/1/calc/chosen/cases/b/coefficient");
}

#[test]
fn schema_and_reader_know_the_same_computations() {
    let calc = |calc: Value| {
        let mut file = small();
        file["groups"][0]["points"][0]["measures"][0]["calc"] = calc;
        let refused = Catalogue::parse(&file.to_string()).is_err();
        assert_eq!(schema::problems(&schema_json(), &file).is_empty(), !refused, "{file}");
        refused
    };
    assert!(!calc(json!("people")));
    assert!(!calc(json!({"figure": "whole"})));
    for indicator in Indicator::ALL {
        assert!(!calc(json!({"schools": {"indicator": indicator.id(), "stages": ["primary"]}})));
    }
    for wrong in [
        Value::Null,
        json!("guess"),
        json!({}),
        json!({"figure": "-whole"}),
        json!({"figure": "whole", "yes": "rule"}),
        json!({"ratio": {"of": ["--part"], "to": ["whole"], "times": 100}}),
        json!({"ratio": {"of": ["part"], "to": ["whole"]}}),
        json!({"ratio": {"of": ["part"], "to": [], "times": 1}}),
        json!({"ratio": {"of": ["part"], "to": ["whole"], "times": 0}}),
        json!({"ratio": {"of": ["part"], "to": ["whole"], "times": 0.5}}),
        json!({"schools": {"indicator": "beauty", "stages": ["primary"]}}),
        json!({"schools": {"indicator": "equipment", "stages": []}}),
        json!({"schools": {"indicator": "equipment", "stages": ["primary", "primary"]}}),
        json!({"coefficient": {"stage": "senior"}}),
    ] {
        assert!(calc(wrong.clone()), "{wrong}");
    }
}

#[test]
fn the_columns_of_the_schema_are_those_of_numbers() {
    let schema = schema_json();
    let known = schema["$defs"]["school-sum"]["properties"]["sum"]["enum"].as_array().unwrap();
    let numbers = Column::ALL.into_iter().filter(|it| matches!(it.sort(), Sort::Count | Sort::Amount));
    assert_eq!(*known, numbers.map(|it| json!(it.name())).collect::<Vec<_>>());
}

#[test]
fn a_computation_names_its_figures_in_order() {
    let read = Catalogue::parse(&small().to_string()).unwrap();
    let figures = |point: usize, measure: usize| {
        let calc = &read.points()[point].measures[measure].calc;
        calc.figures().iter().map(|id| id.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(figures(0, 0), ["part", "whole"]);
    assert_eq!(figures(1, 0), ["growth", "growth-last-year"]);
    assert_eq!(figures(1, 1), ["basis"]);
    let calc: Calc = serde_json::from_value(json!({"chosen": {"by": "basis", "cases": {
        "b": {"figure": "area"},
        "a": {"ratio": {"of": ["area", "-part"], "to": ["whole", "-part"], "times": 1}},
    }}}))
    .unwrap();
    let names: Vec<&str> = calc.figures().iter().map(|id| id.as_str()).collect();
    assert_eq!(names, ["basis", "area", "part", "whole"]);
    let back = serde_json::to_value(&calc).unwrap();
    assert_eq!(back["chosen"]["cases"]["a"]["ratio"]["of"], json!(["area", "-part"]));

    let named = |id: &str| read.figure(&FigureId::parse(id).unwrap()).map(|it| it.name.as_str());
    assert_eq!((named("whole"), named("nothing")), (Some("总数"), None));
}

#[test]
fn figure_ids_are_short_words() {
    for text in ["", "-a", "A", "a b", "a_b", "数", &"a".repeat(61)] {
        assert_eq!(FigureId::parse(text), Err(IdError::Figure), "{text}");
    }
    for text in ["a", "0", "a-", "new-pupils", &"a".repeat(60)] {
        assert_eq!(FigureId::parse(text).unwrap().as_str(), text);
    }
}

#[test]
fn figures_that_are_wrong_are_refused() {
    use CatalogueError::{Duplicate, Figure, PartOf, Stages, UnknownFigure};
    let figure = |id: &str| Figure(id.into());
    check("/figures/1/id", json!("part"), Duplicate("part".into()));
    check("/figures/1/name", json!("部分"), Duplicate("部分".into()));
    check("/figures/1/aliases", json!(["部分"]), Duplicate("部分".into()));
    check("/figures/0/name", json!(""), figure("part"));
    check("/figures/0/definition", json!(""), figure("part"));
    check("/figures/0/unit", json!("万人"), figure("part"));
    check("/figures/3/unit", json!("项"), figure("rule"));
    check("/figures/3/options", two_options(), figure("rule"));
    check("/figures/3/default", json!("a"), figure("rule"));
    check("/figures/2/options", json!([{"id": "a", "label": "甲"}]), figure("basis"));
    check(
        "/figures/2/options",
        json!([{"id": "a", "label": "甲"}, {"id": "a", "label": "乙"}]),
        figure("basis"),
    );
    check("/figures/2/options/1/label", json!(""), figure("basis"));
    check("/figures/2/default", json!("c"), figure("basis"));
    check("/figures/0/schools/sum", json!("kind"), figure("part"));
    check("/figures/0/schools/sum", json!("gym"), figure("part"));
    check("/figures/0/schools/sum", json!("classes"), figure("part"));
    check("/figures/7/schools", json!({"sum": "equipment", "stages": ["junior"]}), figure("area"));
    check("/figures/0/schools/stages", json!([]), Stages("part".into()));
    check("/figures/0/schools/stages", json!(["junior", "junior"]), Stages("part".into()));
    check("/figures/0/part_of", json!("all"), UnknownFigure { by: "part".into(), figure: "all".into() });
    for (place, whole, part) in [
        ("/figures/0/part_of", "part", "part"),
        ("/figures/1/part_of", "part", "part"),
        ("/figures/1/part_of", "area", "part"),
        ("/figures/7/part_of", "whole", "area"),
        ("/figures/5/part_of", "growth-last-year", "growth"),
        ("/figures/3/part_of", "rule", "rule"),
    ] {
        check(place, json!(whole), PartOf(part.into()));
    }
    assert!(matches!(
        Catalogue::parse(&with("/figures/0/schools/sum", json!("beauty"))),
        Err(CatalogueError::Form(_))
    ));
}

#[test]
fn computations_that_do_not_fit_are_refused() {
    use CatalogueError::{Calc as Unfit, Cases, FigureKind, Stages, Units, UnknownFigure};
    let [ratio, compare, chosen, yes, step] = [(0, 0), (1, 0), (1, 1), (1, 2), (1, 3)]
        .map(|(point, measure)| format!("/groups/0/points/{point}/measures/{measure}"));
    let calc = |measure: &str, calc: Value, error| check(&format!("{measure}/calc"), calc, error);
    let kind = |measure: &str, figure: &str| FigureKind { measure: measure.into(), figure: figure.into() };
    let of = |of: &[&str], to: &[&str], times: u32| json!({"ratio": {"of": of, "to": to, "times": times}});

    calc(&ratio, of(&["part"], &["all"], 100), UnknownFigure { by: "m-1".into(), figure: "all".into() });
    calc(&ratio, of(&["growth"], &["whole"], 100), kind("m-1", "growth"));
    calc(&ratio, of(&["part"], &["whole", "-rule"], 100), kind("m-1", "rule"));
    calc(&ratio, of(&["part", "area"], &["whole"], 100), Units("m-1".into()));
    calc(&ratio, of(&["part"], &["whole", "-area"], 100), Units("m-1".into()));
    calc(&ratio, of(&[], &["whole"], 100), Unfit("m-1".into()));
    calc(&ratio, of(&["part"], &["-whole"], 100), Unfit("m-1".into()));
    calc(&ratio, of(&["part"], &["whole"], 0), Unfit("m-1".into()));
    calc(&ratio, json!({"figure": "level"}), kind("m-1", "level"));
    calc(&ratio, json!({"figure": "basis"}), kind("m-1", "basis"));
    calc(&ratio, json!({"yes": "rule"}), Unfit("m-1".into()));
    calc(&ratio, json!({"compare": {"of": "growth", "with": "growth-last-year"}}), Unfit("m-1".into()));
    calc(&ratio, json!({"schools": {"indicator": "equipment", "stages": []}}), Stages("m-1".into()));
    for every_one in ["universal", "coverage", "funding_rule"] {
        let mut file = small();
        *file.pointer_mut(&format!("{ratio}/kind")).unwrap() = json!(every_one);
        Catalogue::parse(&file.to_string()).unwrap();
        *file.pointer_mut(&format!("{ratio}/calc/ratio/times")).unwrap() = json!(1);
        assert_eq!(Catalogue::parse(&file.to_string()), Err(Unfit("m-1".into())));
    }
    for once in ["frequency", "prohibition", "ordinal", "comparison", "veto_rule_required"] {
        check(&format!("{ratio}/kind"), json!(once), Unfit("m-1".into()));
    }

    calc(&compare, of(&["part"], &["whole"], 100), Unfit("m-2".into()));
    calc(&compare, json!({"compare": {"of": "growth", "with": "area"}}), kind("m-2", "area"));
    calc(&compare, json!({"compare": {"of": "level", "with": "level"}}), kind("m-2", "level"));
    check("/figures/6/unit", json!("元"), Units("m-2".into()));

    calc(&chosen, json!({"chosen": {"by": "rule", "cases": {}}}), kind("m-3", "rule"));
    calc(&chosen, json!({"chosen": {"by": "basis", "cases": {"a": "people"}}}), Cases("m-3".into()));
    calc(
        &chosen,
        json!({"chosen": {"by": "basis", "cases": {"a": "people", "c": "people"}}}),
        Cases("m-3".into()),
    );
    calc(
        &chosen,
        json!({"chosen": {"by": "basis", "cases": {"a": "people", "b": "people", "c": "people"}}}),
        Cases("m-3".into()),
    );
    calc(
        &chosen,
        json!({"chosen": {"by": "basis", "cases": {"a": "people", "b": {"yes": "rule"}}}}),
        Unfit("m-3".into()),
    );

    calc(&yes, json!({"yes": "part"}), kind("m-4", "part"));
    calc(&yes, json!({"figure": "part"}), Unfit("m-4".into()));
    calc(&step, json!({"figure": "part"}), kind("m-5", "part"));
}

/// The reader takes every field that the schema has and names it in its refusal
/// of one that it lacks.
#[track_caller]
fn check_fields(schema: &Value, definition: &str, place: &str) {
    let mut file = small();
    file.pointer_mut(place).unwrap()["surprise"] = json!(1);
    let refusal = Catalogue::parse(&file.to_string()).unwrap_err().to_string();
    assert!(refusal.contains("`surprise`"), "{refusal}");
    let known: BTreeSet<&str> = refusal.split('`').skip(3).step_by(2).collect();
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
fn what_is_printed_beside_the_points_is_kept_and_not_added_up() {
    let mut file = small();
    let plain = Catalogue::parse(&file.to_string()).unwrap();
    file["rules"] = json!(["每项扣完为止。"]);
    file["groups"][0]["value"] = json!("12");
    for (ordinal, mark, value) in
        [(11, "bonus", Some("5")), (12, "deduction", Some("-10")), (13, "veto", None)]
    {
        let mut point =
            json!({"ordinal": ordinal, "no": "附", "text": "有此情形的", "mark": mark, "rule": "查实即计。"});
        if let Some(value) = value {
            point["value"] = json!(value);
        }
        file["groups"][0]["points"].as_array_mut().unwrap().push(point);
    }
    assert_eq!(schema::problems(&schema_json(), &file), [""; 0]);
    let read = Catalogue::parse(&file.to_string()).unwrap();
    assert_eq!(read.total(), plain.total());
    assert_eq!(read.group_total(0), plain.group_total(0));
    assert_eq!(read.groups()[0].value.as_ref().unwrap().to_string(), "12");
    let shown = |ordinal| {
        let (_, point) = read.point_at(ordinal).unwrap();
        mark_in_words(point.mark.unwrap(), point.value.as_ref())
    };
    assert_eq!(shown(11), "加分项 5 分，不计入总分");
    assert_eq!(shown(12), "扣分项 -10 分，不计入总分");
    assert_eq!(shown(13), "一票否决");
    assert_ne!(read.text_hash(), plain.text_hash());
    assert_ne!(read.rules_hash(), plain.rules_hash());
}

#[test]
fn files_that_are_wrong_are_refused() {
    use CatalogueError::{
        Count, Department, Duplicate, Inside, Level, Limit, Name, NewerFormat, Ordinal, Text, Value as Worth,
    };
    check("/groups/0/points/1/ordinal", json!(1), Ordinal(1));
    check("/groups/0/points/1/ordinal", json!(0), Ordinal(0));
    check("/groups/0/points/1/ordinal", json!(10000), Ordinal(10000));
    check("/groups/0/points/1/points", Value::Null, Worth(2));
    check("/groups/0/points/1/mark", json!("bonus"), Worth(2));
    check("/groups/0/points/1/value", json!("5"), Worth(2));
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
        ("/figures/0/definition", json!("另一口径")),
        ("/figures/1/aliases", json!([])),
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
fn quotes_notes_and_computations_are_no_rules() {
    let before = Catalogue::parse(&small().to_string()).unwrap().rules_hash();
    let at = |field: &str| format!("/groups/0/points/0/measures/0/{field}");
    for field in ["quote", "note", "national_2017"] {
        assert_eq!(changed(&at(field), json!("别的")).rules_hash(), before);
    }
    assert_eq!(changed(&at("calc"), json!("people")).rules_hash(), before);
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
        "page_level": 2, "units": [{"name": "甲区", "code": "110101"}], "departments": ["教育局"], "grades": [{"name": "优秀", "limit": "90分以上"}],
        "figures": figures(),
        "groups": [
            {
                "no": "一", "title": "甲",
                "repairs": [{"no": 1, "raw": "由", "fixed": "甲", "kind": "misread", "confidence": "certain", "basis": "形近"}],
                "points": [
                    {"ordinal": 1, "no": "1", "text": "要点一。", "points": "1.5", "units": ["教育局"], "measures": [measure()]},
                    {"ordinal": 2, "no": "2", "text": "要点二。", "points": "2", "measures": other_measures()}
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
        "kind": "number", "calc": {"ratio": {"of": ["part"], "to": ["whole"], "times": 100}},
        "quote": "要点一", "quote_from": "point"
    })
}

/// One measure for each computation that the first does not show.
fn other_measures() -> Value {
    let measure = |id: &str, op: &str, value: Value, kind: &str, calc: Value| {
        json!({
            "id": id, "metric": "指标", "op": op, "value": value, "scope": "district", "kind": kind,
            "calc": calc, "quote": "要点二", "quote_from": "point"
        })
    };
    let mut compared = measure(
        "m-2",
        ">",
        Value::Null,
        "comparison",
        json!({"compare": {"of": "growth", "with": "growth-last-year"}}),
    );
    compared["compared_with"] = json!("上年");
    let chosen = json!({"chosen": {"by": "basis", "cases": {
        "a": {"schools": {"indicator": "equipment", "stages": ["primary", "junior"]}},
        "b": {"coefficient": {"stage": "primary", "each": true}},
    }}});
    json!([
        compared,
        measure("m-3", ">=", json!("1"), "number", chosen),
        measure("m-4", "flag", Value::Null, "veto_rule_required", json!({"yes": "rule"})),
        measure("m-5", ">=", json!("3"), "ordinal", json!({"figure": "level"})),
    ])
}

/// One figure of each kind.
fn figures() -> Value {
    let figure = |id: &str, name: &str, unit: &str, kind: &str| json!({"id": id, "name": name, "unit": unit, "kind": kind, "definition": "口径。"});
    let mut all = [
        figure("part", "部分", "人", "count"),
        figure("whole", "总数", "人", "count"),
        figure("basis", "算法", "", "choice"),
        figure("rule", "制度", "", "yes-no"),
        figure("level", "等级", "", "step"),
        figure("growth", "增长", "%", "rate"),
        figure("growth-last-year", "上年增长", "%", "rate"),
        figure("area", "面积", "㎡", "amount"),
    ];
    all[0]["part_of"] = json!("whole");
    all[0]["schools"] = json!({"sum": "certified", "stages": ["primary", "junior"]});
    all[1]["aliases"] = json!(["教师总数"]);
    all[2]["options"] = two_options();
    all[2]["default"] = json!("a");
    json!(all)
}

fn two_options() -> Value {
    json!([{"id": "a", "label": "甲"}, {"id": "b", "label": "乙", "note": "说明"}])
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
