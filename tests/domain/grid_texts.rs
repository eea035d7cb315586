//! Texts become tables, whatever stands between their cells.

use proptest::prelude::*;
use zhidu::value::grid::decoded::book;
use zhidu::value::grid::refused::Refused;
use zhidu::value::grid::text::{from_clipboard, from_text};
use zhidu::value::grid::{About, Remark};

use crate::field::{SCHOOLS, column, text};

#[track_caller]
fn check(text: &str, rows: &[&[&str]]) {
    assert_eq!(from_text(text).rows, rows, "{text:?}");
}

#[track_caller]
fn copied(text: &str, rows: &[&[&str]]) {
    assert_eq!(from_clipboard(text).rows, rows, "{text:?}");
}

#[test]
fn the_separator_is_found_whatever_it_is() {
    for name in
        ["a-分号.csv", "b-sep行.csv", "c-sep分号.csv", "d-竖线.txt", "e-全角逗号.csv", "f-空格对齐.txt"]
    {
        let grid = from_text(&text(&format!("35-semicolon/{name}")));
        assert_eq!(column(&grid, 0), SCHOOLS, "{name}");
        assert_eq!(column(&grid, 3), ["在校生数", "1234", "968", "480", "36", "1110", "540"], "{name}");
        assert_eq!((grid.rows.len(), grid.width()), (7, 5), "{name}");
    }
}

#[test]
fn utf16_files_are_tables_with_tabs_and_commas() {
    for name in ["a-unicode文本.txt", "b-无BOM-le.txt", "c-BOM-be.csv", "d-无BOM-be.csv"] {
        let grid = from_text(&text(&format!("34-utf16/{name}")));
        assert_eq!(column(&grid, 0), SCHOOLS, "{name}");
        assert_eq!(grid.width(), 10, "{name}");
    }
}

#[test]
fn damaged_characters_are_remarked_with_their_rows() {
    let rows = |name: &str| from_text(&text(&format!("33-gb18030-csv/{name}.csv")));
    let whole = rows("b-utf8-无BOM");
    assert_eq!(column(&whole, 0)[1..4], ["䶮溪小学", "㙍头小学", "𠮷庄中心校"]);
    assert_eq!(whole.remarks, []);
    let damaged = rows("d-utf8-一个坏字节");
    assert_eq!(damaged.text(4, 0), "\u{FFFD}基路小学");
    assert_eq!(damaged.rows.len(), 7);
    assert_eq!(damaged.remarks, [Remark::Unreadable(vec![4])]);
    let cut = rows("e-utf8-半个字");
    assert_eq!(cut.rows[6], ["洣水初级中学", "9900000006", "初\u{FFFD}"]);
    assert_eq!(cut.remarks, [Remark::Unreadable(vec![6])]);
}

#[test]
fn a_text_that_is_mostly_unreadable_is_refused() {
    assert_eq!(book("\u{FFFD}\u{FFFD}\u{FFFD}校,学\n"), Err(Refused::Unreadable));
    assert_eq!(book("\u{FFFD}学,1").unwrap().sheets[0].rows, [["\u{FFFD}学", "1"]]);
    assert_eq!(book(" \r\n\t\n"), Err(Refused::Blank));
    assert_eq!(book(&"学校,1\n".repeat(20_001)), Err(Refused::TooLong));
    assert_eq!(book(&"1;".repeat(300)), Err(Refused::TooWide));
}

#[test]
fn titles_remarks_and_commas_within_numbers_do_not_mislead() {
    check(
        "2025年学校情况，共2所\n学校,学生,班\n一小,\"1,234\",5\n二小,7,8\n",
        &[&["2025年学校情况，共2所"], &["学校", "学生", "班"], &["一小", "1,234", "5"], &["二小", "7", "8"]],
    );
    check("甲;1,234;2,5\n乙;5;6\n", &[&["甲", "1,234", "2,5"], &["乙", "5", "6"]]);
    check("1,234\n2,345\n1,234,567\n", &[&["1,234"], &["2,345"], &["1,234,567"]]);
    check(
        "甲\t1,234\n乙\t2,345\n注：一、二，三\n",
        &[&["甲", "1,234"], &["乙", "2,345"], &["注：一、二，三"]],
    );
    check("今年，学校新建，改造。\n明年，再建。\n", &[&["今年，学校新建，改造。"], &["明年，再建。"]]);
    check(
        "一,二,三\n四,五\n六\n七,八,九,十\n",
        &[&["一", "二", "三"], &["四", "五"], &["六"], &["七", "八", "九", "十"]],
    );
}

#[test]
fn a_first_line_may_say_the_separator() {
    check("sep=\t\n一,二\t三\n", &[&["一,二", "三"]]);
    check("\"SEP=|\"\r\n一|二,三\r\n", &[&["一", "二,三"]]);
    check("sep=a\n1\n", &[&["sep=a"], &["1"]]);
    check("sep=;", &[]);
}

#[test]
fn columns_of_blanks_keep_empty_cells_in_their_place() {
    check(
        "学校      学生   班\n一 小     5      1\n二小             3\n合计      5      4\n",
        &[&["学校", "学生", "班"], &["一 小", "5", "1"], &["二小", "", "3"], &["合计", "5", "4"]],
    );
    check("甲校    12  3\n乙小学   5  3\n", &[&["甲校", "12", "3"], &["乙小学", "5", "3"]]);
    check("一段  文字\n没有 表格\n", &[&["一段  文字"], &["没有 表格"]]);
}

#[test]
fn cells_of_files_are_left_as_they_are() {
    check(
        "\u{FEFF}代码,名称\r\n=\"0012\",'0013\r\n\"两\r\n行\",\"带\"\"引号\"\"\"\r\n,\r\n\r\n",
        &[&["代码", "名称"], &["=\"0012\"", "'0013"], &["两\n行", "带\"引号\""]],
    );
    check("名,注\n5\" 管,\"没有关\n二,三\n", &[&["名", "注"], &["5\" 管", "\"没有关"], &["二", "三"]]);
    let grid = from_text("名,数\n甲,#DIV/0!\n乙,########\n");
    assert_eq!(grid.about(1, 1), Some(&About::Error));
    assert_eq!(grid.about(2, 1), None);
}

#[test]
fn a_block_of_the_clipboard_keeps_its_extent() {
    copied("", &[]);
    copied("一\t\n\n\t二", &[&["一", ""], &[""], &["", "二"]]);
    copied("甲\t\r\n\t\r\n", &[&["甲", ""], &["", ""]]);
    copied("\"两\r\n行\"\t\"带\"\"引号\"\"\"\n", &[&["两\n行", "带\"引号\""]]);
    copied("\"一\t二\n三\t四", &[&["\"一", "二"], &["三", "四"]]);
    copied("附小, 东\n二小, 西\n", &[&["附小, 东"], &["二小, 西"]]);
}

#[test]
fn what_excel_copies_of_narrow_columns_stays_as_it_is() {
    let grid = from_clipboard(&text("12-hash-clipboard/paste.txt"));
    assert_eq!(column(&grid, 0), SCHOOLS);
    assert_eq!(column(&grid, 1)[1..], ["########"; 6]);
    assert_eq!(column(&grid, 4)[1..], ["########", "1.2E+02", "3.5", "12", "0", "####"]);
}

#[test]
fn paragraphs_in_cells_of_word_are_lines_with_fewer_cells() {
    let grid = from_clipboard(&text("13-word-table/paste.txt"));
    let short: Vec<&[String]> = grid.rows.iter().filter(|row| row.len() < 4).map(Vec::as_slice).collect();
    assert_eq!(short, [["青禾小学"], ["（含随班就读3）"]]);
    assert_eq!(grid.rows.len(), 9);
}

#[test]
fn breaks_of_word_are_breaks_and_its_other_signs_stay() {
    // The text that the button of 26-control-characters/copy.html copies.
    let page = text("26-control-characters/copy.html");
    let literal = page.split_once("const t = \"").unwrap().1.split_once("\";").unwrap().0;
    let literal = literal.replace("\\r", "\r").replace("\\n", "\n").replace("\\ufffe", "\u{FFFE}");
    let copied = ["\u{B}", "\u{C}", "\u{7}", "\u{1E}", "\u{1F}"]
        .iter()
        .fold(literal, |text, c| text.replace(&format!("\\u{:04X}", c.chars().next().unwrap() as u32), c));
    assert_eq!(
        from_clipboard(&copied).rows,
        [
            ["第一段\n手动换行后\n分页后\u{7}表格格\u{1E}不间断连字符\u{1F}可选连字符"],
            ["第二段\u{FFFE}尾 _x000D_ 字样"]
        ]
    );
}

/// A table as CSV with this separator.
fn written(rows: &[Vec<String>], separator: char) -> String {
    let cell = |text: &String| {
        if text.contains([separator, '"', '\n', '\r']) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text.clone()
        }
    };
    let line =
        |row: &Vec<String>| row.iter().map(cell).collect::<Vec<_>>().join(&separator.to_string()) + "\r\n";
    rows.iter().map(line).collect()
}

proptest! {
    #[test]
    fn any_text_is_read(text in "[\"\t\n\r,;|， sep=1.一元\u{FFFD}#N/A]{0,80}") {
        let _ = (from_text(&text), from_clipboard(&text), book(&text));
    }

    #[test]
    fn what_is_written_is_read_back(
        rows in prop::collection::vec(prop::collection::vec("[一-龥]{1,6}|[0-9]{1,6}|[一\n\",;|\t，]{1,5}甲", 3), 2..8),
        separator in prop::sample::select(vec!['\t', ',', ';', '|']),
    ) {
        // Every line is cut alike, whatever else stands in its quoted cells.
        let rows: Vec<Vec<String>> = rows.into_iter().map(|mut row| { row.insert(0, "校".to_owned()); row }).collect();
        let plain = rows.iter().flatten().all(|it| !it.contains([',', ';', '|', '\t', '，', '"']));
        let text = written(&rows, separator);
        if plain {
            prop_assert_eq!(&from_text(&text).rows, &rows);
        }
        prop_assert_eq!(&from_text(&format!("sep={separator}\r\n{text}")).rows, &rows);
        prop_assert_eq!(&from_clipboard(&written(&rows, '\t')).rows, &rows);
    }
}
