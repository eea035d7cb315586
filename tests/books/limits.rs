//! How much is read, and that a file's own word on its size is worth nothing.

use zhidu::office::book::{Refusal, read};
use zhidu::value::grid::Remark;

use super::raw::{MAIN, Raw, grid, row, sheet, text};

/// Rows with one cell each.
fn rows(count: usize, cell: &str) -> String {
    row(cell).repeat(count)
}

#[test]
fn a_sheet_may_claim_any_size_and_is_read_by_its_cells() {
    for dimension in ["A1:XFD1048576", "A1", "A1:A1", "一", ""] {
        let before = format!("<dimension ref=\"{dimension}\"/>");
        let part = sheet(&before, &row("<c r=\"A1\"><v>5</v></c>"), "");
        assert_eq!(Raw::sheets(&[""]).with("xl/worksheets/sheet1.xml", &part).grid().rows, [["5"]]);
    }
}

#[test]
fn blanks_may_stand_wherever_they_want() {
    let cells = [
        "<c r=\"XFD1048576\" s=\"1\"/>",
        "<c r=\"A65536\" t=\"inlineStr\"><is><t xml:space=\"preserve\"> </t></is></c>",
        "<c r=\"XFD1\" t=\"str\"><f>\"\"</f><v></v></c>",
        "<c r=\"XFD1048576\" t=\"inlineStr\"><is><t>\u{3000}\u{200B}\u{A0}\n</t></is></c>",
        "<c r=\"ZZZZ99999999\" t=\"inlineStr\"><is><t></t></is></c>",
    ];
    for cell in cells {
        let grid = grid(&row(&format!("<c r=\"A1\"><v>5</v></c>{cell}")));
        assert_eq!((grid.rows.len(), grid.width(), grid.remarks.len()), (1, 1, 0), "{cell}");
    }
    let many = row("<c><v>5</v></c>") + &rows(30_000, "<c t=\"str\"><f>\"\"</f><v></v></c>");
    assert_eq!(grid(&many).rows, [["5"]]);
}

#[test]
fn rows_that_hold_nothing_take_no_room() {
    let rows = row("<c><v>5</v></c>") + &"<row/>".repeat(400_000) + &"<row hidden=\"1\"/>".repeat(400_000);
    let book = Raw::sheets(&[&rows, &rows, &rows]).with("xl/x", "").book();
    assert!(book.sheets.iter().all(|sheet| sheet.rows == [["5"]] && sheet.remarks.is_empty()));
}

#[test]
fn a_few_cells_far_away_are_read() {
    let grid = grid(&row("<c r=\"A1\"><v>5</v></c><c r=\"XFD1\"><v>6</v></c><c r=\"A1048576\"><v>7</v></c>"));
    assert_eq!((grid.text(0, 16_383), grid.text(1_048_575, 0)), ("6", "7"));
}

#[test]
fn a_sheet_beyond_its_limits_is_left_out_and_no_other() {
    let one = row(&text("青禾小学"));
    let wide = row(&"<c><v>1</v></c>".repeat(257));
    let outside = row("<c r=\"A1\"><v>1</v></c><c r=\"A1048577\"><v>1</v></c>");
    for (rows, remark) in [
        (rows(20_001, "<c><v>1</v></c>"), Remark::TooManyRows(20_001)),
        (rows(25_000, "<c><v>1</v></c>"), Remark::TooManyRows(25_000)),
        (wide, Remark::TooManyColumns(257)),
        (outside, Remark::TooManyCells),
    ] {
        let book = Raw::sheets(&[&rows, &one]).book();
        assert_eq!((&book.sheets[0].remarks[..], book.sheets[0].is_empty()), (&[remark][..], true));
        assert_eq!(book.sheets[1].rows, [["青禾小学"]]);
    }
    assert_eq!(grid(&rows(20_000, "<c><v>1</v></c>")).rows.len(), 20_000);
    assert_eq!(grid(&row(&"<c><v>1</v></c>".repeat(256))).width(), 256);
}

#[test]
fn a_workbook_of_nothing_but_too_large_sheets_says_how_large() {
    let many = Raw::sheets(&["", &rows(20_001, "<c><v>1</v></c>")]).refusal();
    assert_eq!(many, Refusal::Rows { sheet: "二".into(), rows: 20_001, most: 20_000 });
    assert_eq!(many.to_string(), "工作表“二”有 20001 行内容，超过能读取的 20000 行。请分成几个文件再导入");
    let wide = Raw::sheets(&[&row(&"<c><v>1</v></c>".repeat(300))]).refusal();
    assert_eq!(wide, Refusal::Columns { sheet: "一".into(), columns: 300, most: 256 });
}

#[test]
fn cells_strewn_over_a_sheet_have_no_room_for_ever() {
    let far: String =
        (1..=400).map(|row| format!("<row r=\"{row}\"><c r=\"XFD{row}\"><v>1</v></c></row>")).collect();
    let one = row(&text("青禾小学"));
    let book = Raw::sheets(&[&far, &one]).book();
    assert_eq!(book.sheets[0].remarks, [Remark::TooManyCells]);
    assert_eq!(book.sheets[1].rows, [["青禾小学"]]);
    assert_eq!(Raw::sheets(&[&far]).refusal(), Refusal::Cells("一".into()));
    // The same long text in many cells stands once in its file.
    let long = format!("<si><t>{}</t></si>", "长".repeat(30_000));
    let cells = rows(2_000, "<c t=\"s\"><v>0</v></c>");
    assert_eq!(Raw::sheets(&[&cells]).texts(&long).refusal(), Refusal::Cells("一".into()));
}

#[test]
fn what_unpacks_beyond_measure_is_refused() {
    let formula = format!("<c><f>{}</f></c>", "1".repeat(4 << 20));
    let rows = row(&formula.repeat(65));
    let bytes = Raw::sheets(&[&rows]).bytes();
    assert!(bytes.len() < 2 << 20, "{}", bytes.len());
    assert_eq!(read(&bytes), Err(Refusal::Unpacked(256)));
    // What no table is read from may be as large as it wants.
    let picture = "0".repeat(300 << 20);
    let raw = Raw::sheets(&[&row("<c><v>5</v></c>")]).with("xl/media/image1.png", &picture);
    assert_eq!(raw.grid().rows, [["5"]]);
}

#[test]
fn no_text_and_no_tag_is_longer_than_any_memory() {
    let long = "长".repeat(3 << 20);
    assert_eq!(Raw::sheets(&[&row(&text(&long))]).refusal(), Refusal::Wordy);
    assert_eq!(Raw::sheets(&[&row(&format!("<c s=\"{long}\"/>"))]).refusal(), Refusal::Wordy);
    let pieces = "长长长长长长长长&#20;".repeat(1 << 20);
    assert_eq!(Raw::sheets(&[&row(&text(&pieces))]).refusal(), Refusal::Wordy);
    let texts = "<si/>".repeat(3 << 20);
    assert_eq!(Raw::sheets(&[""]).texts(&texts).refusal(), Refusal::Wordy);
}

#[test]
fn as_many_shared_texts_are_kept_as_there_are() {
    let texts = |count: &str| {
        let part = format!(
            "<sst xmlns=\"{MAIN}\" count=\"{count}\" uniqueCount=\"{count}\"><si><t>区</t></si></sst>"
        );
        let rows = row("<c t=\"s\"><v>0</v></c>");
        Raw::sheets(&[&rows]).with("xl/sharedStrings.xml", &part).grid().rows
    };
    for count in ["1", "18446744073709551615", "4611686018427387904", "1000000000", "-1", "多"] {
        assert_eq!(texts(count), [["区"]]);
    }
}

#[test]
fn elements_in_each_other_have_an_end() {
    let deep = |levels: usize| {
        let inside = format!("{}{}", "<x>".repeat(levels), "</x>".repeat(levels));
        Raw::sheets(&[&(inside + &row("<c><v>5</v></c>"))])
    };
    assert_eq!(deep(62).grid().rows, [["5"]]);
    assert_eq!(deep(63).refusal(), Refusal::Deep(64));
    assert_eq!(deep(100_000).refusal(), Refusal::Deep(64));
}

#[test]
fn a_large_file_is_refused_before_it_is_looked_at() {
    let mut bytes = Raw::sheets(&[&row("<c><v>5</v></c>")]).bytes();
    bytes.resize((64 << 20) + 1, 0);
    assert_eq!(read(&bytes), Err(Refusal::Large(64)));
}
