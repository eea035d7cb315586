//! The files that offices send, each by the name of what is odd about it. All of
//! them hold the same six schools, with 4,368 pupils.

use zhidu::office::book::{Refusal, read};
use zhidu::value::grid::{About, Book, Grid, Origin};

use super::raw::marks;

const SCHOOLS: [(&str, &str); 6] = [
    ("青禾小学", "1234"),
    ("石桥第一小学", "968"),
    ("云溪小学", "480"),
    ("白杨坡教学点", "36"),
    ("望山中学", "1110"),
    ("河湾初级中学", "540"),
];

pub fn bytes(path: &str) -> Vec<u8> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/field");
    std::fs::read(format!("{root}/{path}")).unwrap()
}

#[track_caller]
fn book(path: &str) -> Book {
    read(&bytes(path)).unwrap()
}

#[track_caller]
fn only(path: &str) -> Grid {
    let mut sheets = book(path).sheets;
    assert_eq!(sheets.len(), 1, "{path}");
    sheets.remove(0)
}

/// The column under a head, the last of that name.
fn column<'g>(grid: &'g Grid, head: &str) -> Vec<&'g str> {
    let at = grid.rows[0].iter().rposition(|it| it == head).unwrap();
    (1..grid.rows.len()).map(|row| grid.text(row, at)).collect()
}

#[track_caller]
fn has_the_schools(grid: &Grid) {
    assert_eq!(column(grid, "学校名称"), SCHOOLS.map(|it| it.0));
    assert_eq!(column(grid, "在校生数"), SCHOOLS.map(|it| it.1));
}

#[test]
fn every_sheet_comes_and_says_whether_it_is_hidden() {
    let sheets = |path| {
        let sheets = book(path).sheets;
        has_the_schools(&sheets[1]);
        sheets.into_iter().map(|it| (it.name, it.hidden)).collect::<Vec<_>>()
    };
    let named = |name: &str, hidden| (name.to_owned(), hidden);
    assert_eq!(
        sheets("02-notes-sheet-first/a-须知在前.xlsx"),
        [named("填表须知", false), named("学校数据", false)]
    );
    assert_eq!(
        sheets("02-notes-sheet-first/b-隐藏字典在前.xlsx"),
        [named("字典", true), named("学校数据", false)]
    );
}

#[test]
fn hidden_and_filtered_rows_and_columns_are_known() {
    for path in ["15-hidden-rows-columns/a-筛选与隐藏列.xlsx", "15-hidden-rows-columns/b-hidden写作true.xlsx"]
    {
        let grid = only(path);
        assert_eq!((&grid.hidden_rows[..], &grid.hidden_columns[..]), (&[1, 2, 3, 4][..], &[3][..]));
        has_the_schools(&grid);
    }
}

#[test]
fn one_odd_cell_spoils_nothing() {
    let grid = only("29-errors-no-result/a-错误值与无结果公式.xlsx");
    assert_eq!(grid.rows.len(), 7);
    assert_eq!((grid.text(2, 4), grid.about(2, 4)), ("", Some(&About::NoResult)));
    assert_eq!((grid.text(5, 0), grid.about(5, 0)), ("#N/A", Some(&About::Error)));
    assert_eq!(grid.marks.iter().filter(|it| it.about == About::Error).count(), 7);
    for (path, text, about) in [
        ("b-新错误值.xlsx", "#SPILL!", About::Error),
        ("c-取数中.xlsx", "#GETTING_DATA", About::Error),
        ("d-数字格里是文字.xlsx", "1,234", About::Damaged),
    ] {
        let grid = only(&format!("29-errors-no-result/{path}"));
        has_the_schools(&grid);
        assert_eq!((grid.text(6, 4), marks(&grid)), (text, vec![(6, 4, about)]));
    }
    let grid = only("29-errors-no-result/e-空的共享文字.xlsx");
    has_the_schools(&grid);
    assert_eq!((grid.text(6, 4), marks(&grid)), ("", vec![]));
}

#[test]
fn parts_of_a_hundred_say_so() {
    let grid = only("37-percent/百分比.xlsx");
    assert_eq!(column(&grid, "持教师资格证专任教师数"), ["100%", "95%", "95", "95%", "９５．５％", "95.5%"]);
    let percent: Vec<usize> =
        grid.marks.iter().filter(|it| it.about == About::Percent).map(|it| it.row).collect();
    assert_eq!(percent, [1, 2, 6]);
}

#[test]
fn what_joins_cells_is_known() {
    let grid = only("38-catalogue-merged/指标体系-合并单元格.xlsx");
    assert_eq!(grid.merged.len(), 11);
    assert!(grid.merged.iter().any(|it| (it.top, it.left, it.right) == (1, 0, 5)), "{:?}", grid.merged);
    let heads = only("16-three-row-heads/一贯制一行两部.xlsx");
    assert_eq!((heads.merged.len(), heads.text(0, 6), heads.text(3, 6)), (6, "初中部", "390"));
}

#[test]
fn odd_writers_are_read_like_any() {
    for path in [
        "40-far-cell/a-65536行一个空格.xlsx",
        "40-far-cell/b-末行只有格式.xlsx",
        "40-far-cell/c-末列一个空格.xlsx",
        "41-cells-without-r/a-都没有r.xlsx",
        "41-cells-without-r/b-部分没有r.xlsx",
        "41-cells-without-r/c-维度只写A1.xlsx",
        "42-prefixes/a-元素带x前缀.xlsx",
        "42-prefixes/b-关系前缀不叫r.xlsx",
        "43-strict/严格OpenXML.xlsx",
        "44-backslash-paths/前有斜杠.xlsx",
        "44-backslash-paths/反斜杠路径.xlsx",
        "45-phonetic/拼音注音.xlsx",
    ] {
        let grid = only(path);
        has_the_schools(&grid);
        assert_eq!((grid.rows.len(), grid.width(), grid.marks.len()), (7, 10, 0), "{path}");
    }
    let sparse = only("41-cells-without-r/b-部分没有r.xlsx");
    assert_eq!((column(&sparse, "学校代码")[2], column(&sparse, "举办者")[2]), ("", ""));
}

#[test]
fn escapes_are_the_signs_they_stand_for() {
    let grid = only("46-x000D/回车转义.xlsx");
    assert_eq!(
        column(&grid, "学校名称"),
        ["青禾小学", "石桥第一小学\n（总校）", "云溪小学", "白杨坡教学点", "望山_x000D_中学", "河湾初级中学"]
    );
    assert_eq!((column(&grid, "学校代码")[2], column(&grid, "在校生数")[3]), ("9900000003", "36"));
}

#[test]
fn a_picture_in_a_cell_is_no_text() {
    let grid = only("47-dispimg/WPS嵌入图片.xlsx");
    assert_eq!(column(&grid, "校徽"), [""; 6]);
    assert_eq!(grid.about(3, 4), Some(&About::Picture));
    assert!(grid.rows.iter().flatten().all(|it| !it.contains("DISPIMG")));
}

#[test]
fn days_are_the_same_from_both_calendars() {
    for path in ["48-1904-dates/a-1904.xlsx", "48-1904-dates/b-1900.xlsx"] {
        let grid = only(path);
        assert_eq!(
            column(&grid, "形成日期")[..6],
            ["2025-03-02", "2025-03-02 18:00:00", "2025.3.2", "2025年3月", "20250302", "2025-02-30"]
        );
        assert_eq!((grid.about(1, 2), grid.about(3, 2)), (Some(&About::Date), None));
    }
}

#[test]
fn what_lies_in_a_folder_is_refused_by_its_name() {
    for (path, refusal) in [
        ("20-folder-junk/空.xlsx", Refusal::Nothing),
        ("20-folder-junk/下载一半.xlsx", Refusal::Damaged),
        ("20-folder-junk/Thumbs.db", Refusal::Damaged),
        ("52-zip-gbk-names/收齐-GBK文件名.zip", Refusal::Zip),
    ] {
        assert_eq!(read(&bytes(path)), Err(refusal), "{path}");
    }
}

#[test]
fn the_old_binary_workbook_is_read_whatever_its_name() {
    for name in ["学校数据.xls", "学校数据.et", "学校数据-改名.xlsx"] {
        let grid = only(&format!("07-xls-et/{name}"));
        has_the_schools(&grid);
        assert_eq!((grid.name.as_str(), grid.hidden), ("学校数据", false));
    }
    assert_eq!(book("07-xls-et/学校数据.xls").origin, Origin::Foreign);
}
