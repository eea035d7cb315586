//! The page 差异系数: what it says of coefficients, schools and what would change
//! them.

use zhidu::assessment::Assessment;
use zhidu::html::{coefficient_detail, coefficients_page, national_detail, trial, trial_present};
use zhidu::measure::Data;
use zhidu::school::indicator::Indicator;
use zhidu::school::{Column, Stage};

use crate::district::even;
use crate::measures::add_school;
use crate::sample::{scored, untouched};

/// Two schools of equal size with 1 and 3 of everything, and one that is left out.
fn district() -> Assessment {
    let mut assessment = untouched(scored());
    for (name, kind, each) in
        [("甲小学", "小学", "100"), ("乙小学", "小学", "300"), ("启智学校", "特殊教育学校", "9")]
    {
        let mut cells = even(kind, "100", each);
        cells.extend([(Column::Name, name), (Column::Stage, "小学")]);
        add_school(&mut assessment, &cells);
    }
    assessment
}

fn shows(html: &str, words: &[&str]) {
    for word in words {
        assert!(html.contains(word), "{word} in {html}");
    }
}

#[test]
fn the_page_names_limits_verdicts_and_what_is_left_out() {
    let assessment = district();
    let page = coefficients_page(&Data::of(scored(), &assessment));
    // CV of 1 and 3 is exactly 0.5: not below the limit of 要点 44, and within the
    // national one, which includes it.
    shows(
        &page,
        &[
            "小学 2 所",
            "&lt; 0.5（要点 44）",
            "≤ 0.5（国家参考）",
            "0.500",
            "未达标",
            "启智学校：特殊教育学校不计入",
        ],
    );
    assert!(!page.contains("初中 0 所"));
    let empty = untouched(scored());
    shows(&coefficients_page(&Data::of(scored(), &empty)), &["还没有可以计算的小学或初中"]);
}

#[test]
fn a_school_has_its_share_and_the_least_that_it_needs() {
    let assessment = district();
    let data = Data::of(scored(), &assessment);
    let detail = coefficient_detail(&data, Stage::Primary, Indicator::TeachingArea);
    // 100 ㎡ for 100 pupils against 4.5: 350 more.
    shows(&detail, &["甲小学", "50.0%", "1 ㎡", "350 ㎡", "150 ㎡", "现在已经满足"]);
}

#[test]
fn a_value_can_be_tried_and_nothing_is_changed() {
    let assessment = district();
    let data = Data::of(scored(), &assessment);
    let tried = |text| trial(&data, Stage::Primary, Indicator::TeachingArea, (0, Column::Teaching), text);
    assert_eq!(
        tried("300"),
        "甲小学的教学及辅助用房面积由 100 改为 300：校值 3 ㎡，未达标；差异系数由 0.500（达标）变为 0.000（达标）；综合差异系数由 0.500（未达标）变为 0.429（达标）。"
    );
    assert_eq!(tried("三百"), "“三百”：不是数字");
    shows(
        &tried(""),
        &["由 100 改为 空：校值 缺（", "变为 —（缺数据）（该校因此缺数据，未计入）", "变为 —（缺数据）。"],
    );
    assert_eq!(assessment, district());
}

#[test]
fn what_stands_in_a_cell_is_told_before_a_value_is_tried() {
    let assessment = district();
    let data = Data::of(scored(), &assessment);
    let present = |cell| trial_present(&data, Stage::Primary, Indicator::TeachingArea, cell);
    assert_eq!(present((0, Column::Teaching)), "现在：教学及辅助用房面积 100 ㎡；校值 1 ㎡，未达标。");
    assert_eq!(present((1, Column::Pupils)), "现在：在校生数 100 人；校值 3 ㎡，未达标。");
    let detail = coefficient_detail(&data, Stage::Primary, Indicator::TeachingArea);
    shows(&detail, &["达标尚缺", "data-trial=\"present\">现在：教学及辅助用房面积 100 ㎡"]);
}

#[test]
fn a_way_of_lifting_schools_is_called_what_it_is() {
    let mut assessment = district();
    add_school(&mut assessment, &even("小学", "1000", "9"));
    let data = Data::of(scored(), &assessment);
    let detail = coefficient_detail(&data, Stage::Primary, Indicator::TeachingArea);
    shows(&detail, &["降低差异系数测算：≤ 0.5", "可行方案，并非最少投入。", "共 1 所，合计补 "]);
}

#[test]
fn the_national_rule_is_told_school_by_school_with_those_first_that_miss() {
    let mut assessment = district();
    for (name, teaching) in [("丙小学", "900"), ("丁小学", ""), ("戊小学", "400")] {
        let mut cells = even("小学", "100", "900");
        cells.extend([(Column::Name, name), (Column::Teaching, teaching)]);
        add_school(&mut assessment, &cells);
    }
    let data = Data::of(scored(), &assessment);
    let page = coefficients_page(&data);
    shows(
        &page,
        &["<summary>国家参考：各校七项指标达标情况</summary>", "data-stage=\"primary\" data-national=\"\""],
    );
    assert!(!page.contains("丙小学"), "nothing is computed before it is unfolded");
    let detail = national_detail(&data, Stage::Primary);
    shows(
        &detail,
        &[
            "教督〔2017〕6号（据转述）",
            "不是本指标体系的限值",
            "达标 2 所、未达标 2 所、缺数据 1 所。",
            "4. 生均教学及辅助用房面积<span class=\"z-hint\"> ≥ 4.5 ㎡</span>",
            "缺<span class=\"z-hint\">（教学及辅助用房面积未填）</span>",
        ],
    );
    let of = |name: &str| {
        let row = detail.split("<tr>").find(|row| row.contains(name)).unwrap();
        row.split("</tr>").next().unwrap().to_owned()
    };
    // 1 ㎡ of 4.5 and of 7.5: both below 85 %.
    shows(&of("甲小学"), &[">1<br>", "5 / 7", "未达标", "第 4、5 项"]);
    // 4 ㎡ of 4.5 is 88.9 %: one may miss by so little.
    shows(&of("戊小学"), &[">4<br>", "6 / 7", "未达标", "达标"]);
    assert!(!of("戊小学").contains("第 4 项"));
    shows(&of("丁小学"), &["6 / 7", "缺数据"]);
    let order: Vec<_> =
        ["甲小学", "丁小学", "丙小学"].iter().map(|name| detail.find(name).unwrap()).collect();
    assert!(order.is_sorted(), "{order:?}");
    assert!(!detail.contains("启智学校"), "who is not counted is not judged");
    shows(&national_detail(&data, Stage::Junior), &["达标 0 所、未达标 0 所、缺数据 0 所。"]);
}

#[test]
fn stages_have_words() {
    assert_eq!(Stage::of_name("primary"), Some(Stage::Primary));
    assert_eq!(Stage::of_name("junior"), Some(Stage::Junior));
    assert_eq!(Stage::of_name("senior"), None);
}
