//! 量化指标, 数据, 学校数据, 差异系数 and 体检: what stands in them is what the core
//! has computed, and where a formula stands it can decide.

use zhidu::assessment::{Figure, MuteId, RowId};
use zhidu::catalogue::{Catalogue, FigureId, FigureKind};
use zhidu::check::{Rule, check};
use zhidu::measure::{Data, judge};
use zhidu::record::backup::Backup;
use zhidu::school::cv::coefficients;
use zhidu::school::table::Table;
use zhidu::school::value::Splitting;
use zhidu::school::{Column, School, Stage};
use zhidu::score::score;
use zhidu::workbook::digits::Digits;
use zhidu::workbook::sheet::{Cell, Content, Quantity, Sheet, Value};
use zhidu::workbook::{
    Workbook, checkup, coefficients as unequal, figures, measures, schools, submission,
    submission_with_checkup,
};

use crate::district::district;
use crate::sample::{IDS, WHEN, catalogue, empty};
use crate::{cells, check_room};

const BALANCE: &str = "beijing-balance-2018";

fn sheet<'a>(workbook: &'a Workbook, name: &str) -> &'a Sheet {
    workbook.sheets.iter().find(|sheet| sheet.name == name).unwrap_or_else(|| panic!("no {name}"))
}

/// The first row of the entry with this key, by the heads of its columns.
#[track_caller]
fn cell<'a>(sheet: &'a Sheet, key: &str, head: &str) -> &'a Cell {
    let is = |cell: &Cell, text: &str| matches!(&cell.content, Content::Text(it) if it == text);
    let heads = sheet.rows.iter().find(|row| row.cells.iter().any(|cell| is(cell, head))).unwrap();
    let column = heads.cells.iter().position(|cell| is(cell, head)).unwrap();
    let keys = sheet.columns.len() - 2;
    let row = sheet.rows.iter().find(|row| row.cells.get(keys).is_some_and(|cell| is(cell, key)));
    &row.unwrap_or_else(|| panic!("no row {key}")).cells[column]
}

/// What a cell shows.
fn shown(cell: &Cell) -> String {
    match &cell.content {
        Content::Blank => String::new(),
        Content::Text(text) => text.clone(),
        Content::Number(number) => number.to_string(),
        Content::Formula { value, .. } => value.to_string(),
    }
}

fn formula(cell: &Cell) -> &str {
    match &cell.content {
        Content::Formula { formula, .. } => formula,
        other => panic!("no formula but {other:?}"),
    }
}

fn float(cell: &Cell) -> f64 {
    match &cell.content {
        Content::Formula { value: Value::Quantity(it), .. } => it.to_f64(),
        Content::Number(it) => it.to_f64(),
        other => panic!("no number but {other:?}"),
    }
}

fn with(catalogue: &Catalogue, figures: &[(&str, &str)]) -> Backup {
    let mut backup = empty(catalogue);
    for (id, raw) in figures {
        let figure = Figure { raw: (*raw).into(), ..Figure::default() };
        backup.assessment.figures.insert(FigureId::parse(id).unwrap(), figure);
    }
    backup
}

#[test]
fn every_verdict_is_the_one_of_the_core() {
    for id in IDS {
        let catalogue = catalogue(id);
        for (sound, split) in [(true, false), (true, true), (false, false), (false, true)] {
            let backup = district(&catalogue, sound, split);
            let workbook = submission(&catalogue, &backup, WHEN);
            let data = Data::of(&catalogue, &backup.assessment);
            for measure in catalogue.points().iter().flat_map(|point| &point.measures) {
                let judged = judge(&data, measure);
                let sheet = sheet(&workbook, measures::NAME);
                let verdict = cell(sheet, &measure.id, "结论");
                assert_eq!(shown(verdict), judged.outcome.label(), "{} {judged:?}", measure.id);
                assert!(matches!(verdict.content, Content::Formula { .. }), "{}", measure.id);
                assert_eq!(shown(cell(sheet, &measure.id, "口径选择")), judged.reading);
            }
            for sheet in workbook.sheets.iter().filter(|it| !it.very_hidden) {
                check_room(id, sheet);
            }
        }
    }
}

/// Every other reading that a district can choose as well.
#[test]
fn verdicts_by_another_reading_are_those_of_the_core() {
    let catalogue = catalogue(BALANCE);
    for split in [false, true] {
        let mut backup = district(&catalogue, true, split);
        for spec in catalogue.figures.iter().filter(|spec| spec.kind == FigureKind::Choice) {
            let raw = spec.options.last().unwrap().id.clone();
            backup.assessment.figures.insert(spec.id.clone(), Figure { raw, ..Figure::default() });
        }
        let workbook = submission(&catalogue, &backup, WHEN);
        let data = Data::of(&catalogue, &backup.assessment);
        for measure in catalogue.points().iter().flat_map(|point| &point.measures) {
            let verdict = cell(sheet(&workbook, measures::NAME), &measure.id, "结论");
            assert_eq!(shown(verdict), judge(&data, measure).outcome.label(), "{}", measure.id);
            assert!(matches!(verdict.content, Content::Formula { .. }), "{}", measure.id);
        }
        assert!(shown(cell(sheet(&workbook, measures::NAME), "001-17-1", "口径选择")).contains("全区平均"));
    }
}

/// What the core sees as nothing to count the formulas see as well.
#[test]
fn nothing_to_count_is_told_by_the_formula() {
    let catalogue = catalogue(BALANCE);
    let typed = [("small-schools", "0"), ("special-quota", "无"), ("new-schools-standard", "无此类对象")];
    let workbook = submission(&catalogue, &with(&catalogue, &typed), WHEN);
    let measures = sheet(&workbook, measures::NAME);
    for id in ["001-15-1", "001-15-2", "001-16-2"] {
        let verdict = cell(measures, id, "结论");
        assert_eq!(shown(verdict), "无此类对象", "{id}");
        assert!(formula(verdict).contains("\"无此类对象\""), "{id}");
    }
    let figures = sheet(&workbook, figures::NAME);
    let small = |head: &str| shown(cell(figures, "special-quota", head));
    assert_eq!((small("数值"), small("单位")), ("无此类对象".to_owned(), "元".to_owned()));
}

#[test]
fn a_verdict_compares_products_and_rounds_them() {
    let catalogue = catalogue(BALANCE);
    let figures = [("migrant-children-placed", "84999"), ("migrant-children", "100000")];
    let workbook = submission(&catalogue, &with(&catalogue, &figures), WHEN);
    let sheet = sheet(&workbook, measures::NAME);
    let verdict = cell(sheet, "001-12-1", "结论");
    assert_eq!(shown(verdict), "未达标");
    let row = formula(verdict).split("COUNT(H").nth(1).and_then(|it| it.split(')').next()).unwrap();
    let expected = format!(
        "IF(COUNT(H{row})<1,\"缺数据\",IF(ROUND(F{row}*100-I{row}*G{row},6)>=0,\"达标\",\"未达标\")))"
    );
    assert!(formula(verdict).ends_with(&expected), "{}", formula(verdict));
    assert!(formula(verdict).starts_with("IF(OR("), "{}", formula(verdict));
    assert_eq!(shown(cell(sheet, "001-12-1", "值")), "84.999");
}

/// Beyond fifteen digits a spreadsheet cannot tell; the verdict is then ours alone.
#[test]
fn what_floats_cannot_tell_has_no_formula() {
    let catalogue = catalogue(BALANCE);
    for (teacher, servant, label, live) in [
        ("182000.500001", "182000.5", "达标", true),
        ("182000.5", "182000.500001", "未达标", true),
        ("182000.5", "182000.50", "未达标", true),
        ("900000000000.000001", "900000000000", "达标", false),
    ] {
        let figures = [("teacher-pay", teacher), ("civil-servant-pay", servant)];
        let workbook = submission(&catalogue, &with(&catalogue, &figures), WHEN);
        let verdict = cell(sheet(&workbook, measures::NAME), "001-14-1", "结论");
        assert_eq!(shown(verdict), label, "{teacher}");
        assert_eq!(matches!(verdict.content, Content::Formula { .. }), live, "{teacher}");
    }
}

#[test]
fn figures_say_what_was_typed_and_where_it_comes_from() {
    let catalogue = catalogue(BALANCE);
    let backup = district(&catalogue, true, false);
    let workbook = submission(&catalogue, &backup, WHEN);
    let sheet = sheet(&workbook, figures::NAME);
    let of = |id: &str, head: &str| shown(cell(sheet, id, head));
    assert_eq!(of("satisfaction", "来源"), "市级提供");
    assert_eq!(of("monitoring-level", "来源"), "国家提供");
    assert_eq!((of("monitoring-level", "数值"), of("monitoring-level", "单位")), ("3".into(), "级".into()));
    assert_eq!(of("pupils", "来源"), "学校数据合计");
    assert!(formula(cell(sheet, "pupils", "数值")).starts_with("SUMIFS('学校数据'!"));
    assert_eq!(
        (of("migrant-children", "数据年度"), of("migrant-children", "用于要点")),
        ("2025".into(), "12".into())
    );

    let workbook = submission(&catalogue, &with(&catalogue, &[("new-pupils", "约三百")]), WHEN);
    let sheet = self::sheet(&workbook, figures::NAME);
    assert_eq!(shown(cell(sheet, "new-pupils", "数值")), "约三百");
    assert_eq!(shown(cell(sheet, "new-pupils", "来源")), "自报\n（未参与计算：不是数字）");
    assert_eq!(shown(cell(sheet, "nearby-pupils", "数值")), "未填");
}

#[test]
fn without_schools_there_are_no_sheets_of_them() {
    let catalogue = catalogue(BALANCE);
    let mut backup = empty(&catalogue);
    let names = |backup: &Backup| {
        let sheets = submission(&catalogue, backup, WHEN).sheets;
        sheets.into_iter().map(|sheet| sheet.name).collect::<Vec<_>>()
    };
    assert!(!names(&backup).iter().any(|name| name == schools::NAME || name == unequal::NAME));
    let mut school = School::default();
    school.set(Column::Kind, "特殊教育学校");
    backup.assessment.schools.insert(RowId::from_random(1), school);
    let names = names(&backup);
    assert!(names.iter().any(|name| name == schools::NAME));
    assert!(!names.iter().any(|name| name == unequal::NAME), "no school is counted");
}

#[test]
fn schools_stand_with_their_values_and_reasons() {
    let catalogue = catalogue(BALANCE);
    let backup = district(&catalogue, false, false);
    let workbook = submission(&catalogue, &backup, WHEN);
    let sheet = sheet(&workbook, schools::NAME);
    let place = |place: u32| RowId::from_random(0x5C00 + u128::from(place)).to_string();
    let of = |row: u32, head: &str| cell(sheet, &place(row), head);
    // 4.5 ㎡ for every pupil, and a hundredth of a ㎡ less in all.
    let area = "生均教学及辅助用房面积\n（㎡）";
    let verdicts: Vec<String> = cells(sheet)
        .filter(|(_, cell)| matches!(&cell.content, Content::Formula { formula, .. } if formula.contains("ROUND(")))
        .map(|(_, cell)| shown(cell))
        .collect();
    assert!(verdicts.iter().any(|it| it == "达标") && verdicts.iter().any(|it| it == "未达标"));
    assert_eq!(shown(of(2, area)), "4.5");
    assert!(float(of(0, area)) < 4.5 && float(of(0, area)) > 4.4999);
    assert_eq!(shown(of(4, "体育馆面积\n（㎡）")), "");
    assert_eq!(shown(of(4, "生均体育运动场馆面积\n（㎡）")), "");
    assert_eq!(shown(of(6, "网络多媒体教室数\n（间）")), "约12");
    assert_eq!(shown(of(10, "计入情况")), "待核实");
    let sums = sheet.rows.last().unwrap();
    let column = |column: Column| shown(&sums.cells[column as usize]);
    // Nobody has typed the classes; no sum is made of nothing.
    assert_eq!((column(Column::Classes), column(Column::LargestClass)), (String::new(), String::new()));
    assert!(column(Column::Pupils).parse::<u32>().unwrap() > 10_000);
    let reasons: Vec<String> = (0..35)
        .filter(|row| *row != 12)
        .map(|row| shown(of(row, "不计入或待核实的原因")))
        .filter(|it| !it.is_empty())
        .collect();
    assert_eq!(reasons.len(), 5, "{reasons:?}");
}

#[test]
fn coefficients_are_those_of_the_core() {
    let catalogue = catalogue(BALANCE);
    for split in [false, true] {
        let backup = district(&catalogue, true, split);
        let workbook = submission(&catalogue, &backup, WHEN);
        let sheet = sheet(&workbook, unequal::NAME);
        let table = Table::read(backup.assessment.schools_in_order().into_iter().map(|(_, it)| it));
        let splitting = if split { Splitting::ByStage } else { Splitting::AsTyped };
        for stage in Stage::ALL {
            let found = coefficients(&table, stage, splitting);
            for (index, single) in found.singles.iter().enumerate() {
                let key = format!("{}-{}", stage.label(), index + 1);
                assert_eq!(float(cell(sheet, &key, "差异系数")), single.value().unwrap());
                assert!(formula(cell(sheet, &key, "标准差")).starts_with("SQRT(SUMPRODUCT("));
            }
            let key = format!("{}-mean", stage.label());
            assert_eq!(float(cell(sheet, &key, "差异系数")), found.composite().unwrap());
            assert_eq!(shown(cell(sheet, &key, "结论")), "达标");
        }
        let says = |text: &str| cells(sheet).any(|(_, it)| shown(it).contains(text));
        assert_eq!(says("1∶1.1∶1.32"), split);
        assert!(says("七项算术平均") && says("国家参考") && says("特殊教育学校不计入"));
    }
}

#[test]
fn what_was_set_aside_stands_there_with_its_reason() {
    let catalogue = catalogue(BALANCE);
    let mut backup = district(&catalogue, false, false);
    let report = |backup: &Backup| {
        check(&Data::of(&catalogue, &backup.assessment), &score(&catalogue, &backup.assessment))
    };
    let found = report(&backup);
    let aside: Vec<MuteId> = found
        .problems
        .iter()
        .filter(|it| it.rule != Rule::Blank)
        .filter_map(|it| it.id(&catalogue))
        .collect();
    backup.assessment.mutes.insert(aside[0].clone(), "已与财政部门核对".into());
    let workbook = submission_with_checkup(&catalogue, &backup, WHEN);
    let sheet = sheet(&workbook, checkup::NAME);
    assert_eq!(shown(cell(sheet, &aside[0].to_string(), "不再提示的理由")), "已与财政部门核对");
    assert_eq!(shown(cell(sheet, &aside[1].to_string(), "不再提示的理由")), "");
    let count = report(&backup).count();
    let says = |text: &str| cells(sheet).any(|(_, it)| shown(it).contains(text));
    assert!(says(&format!(
        "错误 {} 项，警告 {} 项，提示 {} 项；另有 1 项",
        count.errors, count.warnings, count.hints
    )));
    assert!(says("不自动扣分") && says(WHEN));
}

#[test]
fn an_empty_form_is_not_listed_point_by_point() {
    let catalogue = catalogue(BALANCE);
    let workbook = submission_with_checkup(&catalogue, &empty(&catalogue), WHEN);
    let sheet = sheet(&workbook, checkup::NAME);
    assert!(cells(sheet).any(|(_, it)| shown(it).contains("尚未填报的要点共 54 项")));
    assert!(!cells(sheet).any(|(_, it)| shown(it) == "尚未填报"));
}

/// Shown is what the verdict says: a value below its limit is never shown as equal.
#[test]
fn numbers_are_shown_with_the_digits_that_they_need() {
    let places = |value, limit, least| Digits::beside(value, limit, least);
    assert_eq!(places(84.996, Some(85.0), 2), Digits::Places(3));
    assert_eq!(places(84.75, Some(85.0), 2), Digits::Places(2));
    assert_eq!(places(85.0, Some(85.0), 2), Digits::Places(2));
    assert_eq!(places(0.1 + 0.2, Some(0.3), 3), Digits::Places(3));
    assert_eq!(places(0.499_999_6, Some(0.5), 3), Digits::Places(6));
    assert_eq!(places(1.0 / 3.0, None, 3), Digits::Places(3));

    let catalogue = catalogue(BALANCE);
    let backup = district(&catalogue, true, false);
    let workbook = submission(&catalogue, &backup, WHEN);
    let digits = |name: &str, key: &str, head: &str| cell(sheet(&workbook, name), key, head).style.digits;
    assert_eq!(digits(figures::NAME, "pupils", "数值"), Digits::Whole);
    assert_eq!(digits(figures::NAME, "teacher-pay", "数值"), Digits::Amount);
    assert_eq!(digits(measures::NAME, "001-12-1", "值"), Digits::Places(3));
    assert_eq!(digits(measures::NAME, "001-12-1", "分子"), Digits::Whole);
    assert_eq!(digits(unequal::NAME, "小学-1", "差异系数"), Digits::Places(3));
    let school = RowId::from_random(0x5C00).to_string();
    assert_eq!(digits(schools::NAME, &school, "学校代码"), Digits::Text);
    assert_eq!(digits(schools::NAME, &school, "在校生数\n（人）"), Digits::Whole);
    let ratios = cells(sheet(&workbook, schools::NAME)).filter(|(_, cell)| {
        matches!(&cell.content, Content::Formula { formula, .. } if formula.contains('/') && !formula.contains("IF("))
    });
    let shown: Vec<Digits> = ratios.map(|(_, cell)| cell.style.digits).collect();
    assert!(shown.contains(&Digits::Places(2)) && shown.iter().all(|it| matches!(it, Digits::Places(2..))));
    assert_eq!(Digits::Places(3).format(), "#,##0.000");
}

/// A float written with all its digits is the same float when it is read.
#[test]
fn quantities_keep_every_digit() {
    for value in [0.1 + 0.2, 1.0 / 3.0, 1e-17, 123_456_789.123_456_78, -0.0] {
        let quantity = Quantity::from(value);
        assert_eq!(quantity.to_string().parse::<f64>().unwrap(), quantity.to_f64());
        assert!(!quantity.to_string().starts_with('-'));
    }
    assert_eq!(Quantity::from(f64::NAN).to_f64(), 0.0);
}
