//! The page 学校数据 as HTML: its cells say what is refused, its sums what is missing.

use proptest::prelude::*;
use zhidu::assessment::Assessment;
use zhidu::assessment::history::apply_all;
use zhidu::assessment::table::sheet::{View, next_fault, sums};
use zhidu::html::{school_count, school_field, school_paper, school_rows, school_sums, schools_page};
use zhidu::measure::{choosing, splitting};
use zhidu::school::table::{Cell, Table};
use zhidu::school::value::Splitting;
use zhidu::school::{Column, School};

use crate::measures::add_school;
use crate::random;
use crate::sample::{scored, untouched};

fn two_schools() -> Assessment {
    let mut assessment = untouched(scored());
    add_school(
        &mut assessment,
        &[
            (Column::Name, "<一小>"),
            (Column::Pupils, "很多"),
            (Column::Classes56, "0"),
            (Column::LargestClass, "40"),
        ],
    );
    add_school(
        &mut assessment,
        &[
            (Column::Name, "二小"),
            (Column::Pupils, "5"),
            (Column::Classes56, "0"),
            (Column::LargestClass, "45"),
        ],
    );
    assessment
}

#[test]
fn a_row_has_every_cell_and_says_what_is_refused() {
    let assessment = two_schools();
    let rows = View::default().rows(&assessment);
    let html = school_rows(&assessment, rows.iter().enumerate());
    assert_eq!(html.matches("<td").count(), 2 * Column::ALL.len());
    assert!(html.contains("data-at=\"1\" aria-rowindex=\"3\""), "{html}");
    assert!(html.contains("&lt;一小&gt;"), "{html}");
    assert!(html.contains("aria-invalid=\"true\" title=\"不是数字\">很多</td>"), "{html}");
    assert_eq!(html.matches("aria-invalid").count(), 1);
    let field = school_field(&rows[1], Column::Kind, 1);
    assert!(field.contains("aria-label=\"学校类型 第 2 行\""), "{field}");
    assert!(schools_page(&assessment).contains("<datalist id=\"school-words-kind\">"));
}

#[test]
fn sums_tell_what_is_missing_from_what_is_nought() {
    let assessment = two_schools();
    let sums = sums(&assessment, &View::default().rows(&assessment));
    let html = school_sums(&sums, 2);
    assert!(html.contains("<b>5</b><span class=\"z-grid__faults\">⚠ 1 处有误</span></td>"), "{html}");
    assert!(html.contains("<b>0</b></td>"), "{html}");
    assert!(html.contains("<b>最大 45</b>"), "{html}");
    assert_eq!(html.matches("<span>缺 2 所</span>").count(), Column::ALL.len() - 4);
    assert_eq!(school_count(2, 2, &sums), "共 2 行，1 处有误");
    assert_eq!(school_count(9, 2, &[]), "共 9 行，显示 2 行");
}

#[test]
fn the_next_fault_follows_in_the_order_of_the_shown_rows() {
    let mut assessment = two_schools();
    let (name, pupils, gym) = (Column::Kind as usize, Column::Pupils as usize, Column::Gym as usize);
    let rows = View::default().rows(&assessment);
    assessment.schools.get_mut(&rows[1]).unwrap().set(Column::Kind, "幼儿园");
    assessment.schools.get_mut(&rows[1]).unwrap().set(Column::Gym, "无");
    let next = |rows: &[_], from, forward| next_fault(&assessment, rows, from, forward);
    assert_eq!(next(&rows, (0, 0), true), Some((0, pupils)));
    assert_eq!(next(&rows, (0, pupils), true), Some((1, name)));
    assert_eq!(next(&rows, (1, name), true), Some((1, gym)));
    assert_eq!(next(&rows, (1, gym), true), Some((0, pupils)), "behind the last the first again");
    assert_eq!(next(&rows, (0, pupils), false), Some((1, gym)));
    assert_eq!(next(&rows, (1, gym), false), Some((1, name)));
    let turned = [rows[1].clone(), rows[0].clone()];
    assert_eq!(next(&turned, (0, 0), true), Some((0, name)));
    assert_eq!(next(&rows[..0], (0, 0), true), None);
}

/// Every cell of every row stands on paper once, the names in each group of columns.
#[test]
fn all_cells_are_put_on_paper() {
    let assessment = two_schools();
    let rows = View::default().rows(&assessment);
    let html = school_paper(&assessment, &rows, &sums(&assessment, &rows));
    let groups = html.matches("<table").count();
    assert_eq!(html.matches("&lt;一小&gt;").count(), groups);
    assert_eq!(html.matches("⚠ 很多").count(), 1);
    for column in Column::ALL.into_iter().filter(|it| *it != Column::Name) {
        assert_eq!(html.matches(&format!(">{}</th>", column.head())).count(), 1, "{}", column.head());
    }
    assert!(html.contains("<td>5</td>") && html.contains("<td>最大 45</td>"), "{html}");
}

#[test]
fn the_way_of_counting_mixed_schools_is_one_change() {
    let mut assessment = untouched(scored());
    let edits = choosing(&assessment, Splitting::ByStage);
    apply_all(&mut assessment, &edits).unwrap();
    assert_eq!(splitting(&assessment), Splitting::ByStage);
    assert_eq!(choosing(&assessment, Splitting::ByStage), []);
    let edits = choosing(&assessment, Splitting::AsTyped);
    apply_all(&mut assessment, &edits).unwrap();
    assert_eq!(assessment, untouched(scored()));
}

proptest! {
    /// 体检 asks the table which cells are refused, and the column only for the reason.
    #[test]
    fn a_cell_is_refused_exactly_where_its_column_refuses_its_text(
        column in prop::sample::select(Column::ALL.to_vec()),
        text in prop_oneof![random::text(), "[0-9.,%-]{0,8}", "小学|初中|公办|城区|九年一贯制学校| 小学 "],
    ) {
        let mut school = School::default();
        school.set(column, &text);
        let table = Table::read([&school]);
        prop_assert_eq!(table.rows()[0].cell(column) == Cell::Refused, column.read(&text).is_err());
    }
}
