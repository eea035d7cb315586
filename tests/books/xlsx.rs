//! What the cells of Open XML say.

use proptest::prelude::*;
use zhidu::office::book::read;
use zhidu::value::grid::{About, Area, Origin};

use super::raw::{Raw, grid, marks, relation, relations, row, sheet, text, workbook};

#[test]
fn runs_are_joined_and_reading_aids_dropped() {
    let rows = row(
        "<c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v> 2 </v></c><c t=\"inlineStr\"><is><r><t>望</t></r><r><rPr><b/></rPr><t>山</t></r><rPh sb=\"0\" eb=\"1\"><t>wàng</t></rPh></is></c>",
    );
    let texts = "<si><r><t>青禾</t></r><r><t xml:space=\"preserve\"> 小学</t></r><rPh sb=\"0\" eb=\"1\"><t>qīng</t></rPh><phoneticPr fontId=\"1\"/></si><si/><si><t>a&lt;b&#x533A;<![CDATA[&]]></t></si>";
    assert_eq!(Raw::sheets(&[&rows]).texts(texts).grid().rows, [["青禾 小学", "", "a<b区&", "望山"]]);
}

#[test]
fn a_text_that_is_not_there_is_one_odd_cell() {
    let rows =
        row(&(text("青禾小学") + "<c t=\"s\"><v>7</v></c><c t=\"s\"><v>x</v></c><c t=\"s\"><v>-1</v></c>"));
    let damaged = |column| (0, column, About::Damaged);
    for raw in [Raw::sheets(&[&rows]).texts("<si><t>区</t></si>"), Raw::sheets(&[&rows])] {
        let grid = raw.grid();
        assert_eq!(grid.rows, [["青禾小学"]]);
        assert_eq!(marks(&grid), [damaged(1), damaged(2), damaged(3)]);
    }
}

#[test]
fn shared_texts_are_found_without_their_relation() {
    let rows = row("<c t=\"s\"><v>0</v></c>");
    let related = relations(&relation(1, "worksheet", "worksheets/sheet1.xml"));
    let raw = Raw::sheets(&[&rows]).texts("<si><t>区</t></si>").with("xl/_rels/workbook.xml.rels", &related);
    assert_eq!(raw.grid().rows, [["区"]]);
}

#[test]
fn every_sort_of_cell_says_what_it_holds() {
    let cells = [
        ("<c><v>1234</v></c>", "1234", None),
        ("<c t=\"n\"><v> 0.30000000000000004 </v></c>", "0.3", None),
        ("<c><v>1.5E+2</v></c>", "150", None),
        ("<c t=\"b\"><v>1</v></c>", "TRUE", None),
        ("<c t=\"b\"><v>0</v></c>", "FALSE", None),
        ("<c t=\"e\"><v>#DIV/0!</v></c>", "#DIV/0!", Some(About::Error)),
        ("<c t=\"e\"><v>#BLOCKED!</v></c>", "#BLOCKED!", Some(About::Error)),
        ("<c t=\"e\"><v>#未来!</v></c>", "#未来!", Some(About::Error)),
        ("<c t=\"d\"><v>2025-03-02T00:00:00Z</v></c>", "2025-03-02", Some(About::Date)),
        ("<c t=\"str\"><f>A1</f><v>区_x000A_县</v></c>", "区\n县", None),
        ("<c t=\"str\"><f>A1</f><v></v></c>", "", None),
        ("<c><f>SUM(A1)</f></c>", "", Some(About::NoResult)),
        ("<c><f>SUM(A1)</f><v/></c>", "", Some(About::NoResult)),
        ("<c><f t=\"shared\" si=\"0\"/><v></v></c>", "", Some(About::NoResult)),
        ("<c t=\"e\"><f>1/0</f></c>", "", Some(About::NoResult)),
        ("<c><f>SUM(A1)</f><v>7</v></c>", "7", None),
        ("<c t=\"n\"><v>1,234</v></c>", "1,234", Some(About::Damaged)),
        ("<c t=\"b\"><v>也许</v></c>", "也许", Some(About::Damaged)),
        ("<c><v>NaN</v></c>", "NaN", Some(About::Damaged)),
        ("<c><v>110101199003071234</v></c>", "110101199003071000", Some(About::Rounded)),
        ("<c><v>999999999999999</v></c>", "999999999999999", None),
        ("<c t=\"str\"><v>=_xlfn.DISPIMG(\"ID_1\",1)</v></c>", "", Some(About::Picture)),
        ("<c><f>DISPIMG(\"ID_1\",1)</f><v>0</v></c>", "", Some(About::Picture)),
        ("<c t=\"inlineStr\"><is><t>DISPIMG 是什么</t></is></c>", "DISPIMG 是什么", None),
        ("<c s=\"3\"/>", "", None),
        ("<c t=\"s\"/>", "", None),
    ];
    for (cell, shown, about) in cells {
        let grid = grid(&row(&(text("甲") + cell)));
        assert_eq!((grid.text(0, 1), grid.about(0, 1)), (shown, about.as_ref()), "{cell}");
    }
}

#[test]
fn formats_say_what_the_cell_shows() {
    let shown = |it: &str| Some(About::Shown(it.to_owned()));
    let cases = [
        ("0!.0,\"万\"", "12000000", "12000000", shown("1200.0万")),
        ("0.00,,\"百万\"", "12345678", "12345678", shown("12.35百万")),
        ("#,##0.00\"万元\"", "1234.5", "1234.5", shown("1,234.50万元")),
        ("0,\"千元\"", "12500", "12500", shown("13千元")),
        ("#,##0.00", "1234.5", "1234.5", None),
        ("0.0%", "0.955", "95.5%", Some(About::Percent)),
        ("yyyy\"年\"m\"月\"d\"日\"", "45718", "2025-03-02", Some(About::Date)),
        ("h:mm", "0.75", "18:00:00", Some(About::Date)),
        ("[h]:mm:ss", "1.5", "36:00:00", Some(About::Date)),
        ("yyyy/m/d", "-3", "-3", None),
        ("yyyy/m/d", "1E+300", &1e300.to_string(), Some(About::Rounded)),
        ("@", "36", "36", None),
        ("0\"号\"", "110101199003071234", "110101199003071000", Some(About::Rounded)),
    ];
    let codes = cases.each_ref().map(|it| it.0);
    for (at, (code, value, text, about)) in cases.iter().enumerate() {
        let rows = row(&format!("<c s=\"{at}\"><v>{value}</v></c>"));
        let grid = Raw::sheets(&[&rows]).formats(&codes).grid();
        assert_eq!((grid.text(0, 0), grid.about(0, 0)), (*text, about.as_ref()), "{code}");
    }
    // A look that the file does not have, and one that only another list has.
    let rows = row("<c s=\"99\"><v>0.5</v></c><c s=\"x\"><v>0.5</v></c>");
    assert_eq!(Raw::sheets(&[&rows]).formats(&["0"]).grid().rows, [["0.5", "0.5"]]);
}

#[test]
fn days_of_old_macintosh_files_are_the_same_days() {
    let rows = row("<c s=\"0\"><v>44256</v></c>");
    let raw = Raw::sheets(&[&rows]).formats(&["yyyy-mm-dd"]);
    let listed = "<sheet name=\"一\" sheetId=\"1\" r:id=\"rId1\"/>";
    for said in ["1", "true"] {
        let book = workbook(&format!("<workbookPr date1904=\"{said}\"/>"), listed);
        assert_eq!(raw.clone().with("xl/workbook.xml", &book).grid().rows, [["2025-03-02"]]);
    }
    assert_eq!(raw.grid().rows, [["2021-03-01"]]);
}

#[test]
fn what_is_hidden_or_joined_is_told() {
    let rows = "<row r=\"2\" hidden=\"1\"><c r=\"A2\"><v>1</v></c></row><row r=\"3\" hidden=\"true\"/><row r=\"4\" ht=\"0\"/><row r=\"5\" hidden=\"0\"><c r=\"E5\"><v>2</v></c></row><row r=\"900\" hidden=\"1\"/>";
    let before = "<cols><col min=\"2\" max=\"3\" hidden=\"1\"/><col min=\"4\" max=\"4\" width=\"0\"/><col min=\"5\" max=\"5\" hidden=\"false\"/><col min=\"6\" max=\"99999999999\" hidden=\"true\"/><col min=\"0\" max=\"x\" hidden=\"1\"/></cols>";
    let after = "<mergeCells count=\"99\"><mergeCell ref=\"A2:B3\"/><mergeCell ref=\"$C$5:A4\"/><mergeCell ref=\"A1:A1\"/><mergeCell ref=\"Z900:Z901\"/><mergeCell ref=\"?\"/><mergeCell/></mergeCells>";
    let raw = Raw::sheets(&[""]);
    let grid = raw.clone().with("xl/worksheets/sheet1.xml", &sheet(before, rows, after)).grid();
    assert_eq!((grid.rows.len(), grid.width()), (5, 5));
    assert_eq!((&grid.hidden_rows[..], &grid.hidden_columns[..]), (&[1, 2, 3][..], &[1, 2, 3][..]));
    let area = |top, left, bottom, right| Area { top, left, bottom, right };
    assert_eq!(grid.merged, [area(1, 0, 2, 1), area(3, 0, 4, 2)]);
    // Rows of which nothing is said may be hidden by default.
    let rows = "<row r=\"2\"><c><v>1</v></c></row><row r=\"4\"><c><v>2</v></c></row>";
    let before = "<sheetFormatPr defaultRowHeight=\"14\" zeroHeight=\"1\"/>";
    let grid = raw.with("xl/worksheets/sheet1.xml", &sheet(before, rows, "")).grid();
    assert_eq!(grid.hidden_rows, [0, 2]);
}

#[test]
fn cells_and_rows_without_addresses_follow_each_other() {
    let rows = "<row><c><v>1</v></c><c r=\"D1\"><v>2</v></c><c><v>3</v></c></row><row r=\"x\"><c r=\"?\"><v>4</v></c></row><row r=\"5\"><c><v>5</v></c><c r=\"b5\"><v>6</v></c></row>";
    let grid = grid(rows);
    let at: Vec<(usize, usize, &str)> = [(0, 0), (0, 3), (0, 4), (1, 0), (4, 0), (4, 1)]
        .map(|(row, column)| (row, column, grid.text(row, column)))
        .to_vec();
    assert_eq!(at.iter().map(|it| it.2).collect::<String>(), "123456");
    assert_eq!(grid.rows.len(), 5);
}

#[test]
fn sheets_come_in_the_workbooks_order_without_those_of_charts() {
    let listed = "<sheet name=\"图\" sheetId=\"7\" r:id=\"rId3\"/><sheet name=\"乙\" sheetId=\"9\" r:id=\"rId2\" state=\"veryHidden\"/><sheet name=\"甲&amp;丙\" sheetId=\"1\" r:id=\"rId1\" state=\"hidden\"/>";
    let related = relation(1, "worksheet", "/xl/worksheets/sheet1.xml")
        + &relation(2, "worksheet", "..\\xl\\worksheets\\SHEET2.xml")
        + &relation(3, "chartsheet", "chartsheets/sheet1.xml");
    let book = Raw::sheets(&[&row(&text("一")), &row(&text("二"))])
        .with("xl/workbook.xml", &workbook("", listed))
        .with("xl/_rels/workbook.xml.rels", &relations(&related))
        .book();
    let sheets: Vec<_> = book.sheets.iter().map(|it| (it.name.as_str(), it.hidden, it.text(0, 0))).collect();
    assert_eq!(sheets, [("乙", true, "二"), ("甲&丙", true, "一")]);
}

#[test]
fn a_table_may_have_the_parts_of_its_sheets_anywhere() {
    let main = "data/tables.xml";
    let raw = Raw::new()
        .with("_rels/.rels", &relations(&relation(5, "officeDocument", "/data/tables.xml")))
        .with(main, &workbook("", "<sheet name=\"甲\" r:id=\"rId1\"/>"))
        .with("data/_rels/tables.xml.rels", &relations(&relation(1, "worksheet", "a/../b.xml")))
        .with("data/b.xml", &sheet("", &row(&text("青禾小学")), ""));
    assert_eq!(raw.grid().rows, [["青禾小学"]]);
}

#[test]
fn what_later_versions_add_is_passed_over() {
    let rows = row("<c r=\"A1\"><v>1</v><extLst><ext><v>9</v></ext></extLst></c>");
    let after = "<extLst><ext><row r=\"3\"><c r=\"A3\"><v>8</v></c></row></ext></extLst>";
    let part = format!(
        "\u{FEFF}<?xml version=\"1.0\"?><!-- 注 -->{}",
        sheet("<dimension ref=\"一\"/>", &rows, after)
    );
    assert_eq!(Raw::sheets(&[""]).with("xl/worksheets/sheet1.xml", &part).grid().rows, [["1"]]);
}

#[test]
fn properties_and_hidden_sheets_tell_a_submission() {
    let rows = row(&text("封面"));
    assert_eq!(Raw::sheets(&[&rows]).book().origin, Origin::Foreign);
    let custom = "<Properties xmlns=\"c\"><property name=\"zhidu_format\"/></Properties>";
    assert_eq!(Raw::sheets(&[&rows]).with("docProps/custom.xml", custom).book().origin, Origin::Submission);
    let other = "<Properties xmlns=\"c\"><property name=\"zhidu\"/></Properties>";
    assert_eq!(Raw::sheets(&[&rows]).with("docProps/custom.xml", other).book().origin, Origin::Foreign);
    let spoilt = Raw::sheets(&[&rows]).with("docProps/custom.xml", "<a><b></a>");
    assert_eq!(spoilt.book().origin, Origin::Foreign);
    let listed = "<sheet name=\"_zhidu_base\" sheetId=\"1\" r:id=\"rId1\" state=\"veryHidden\"/>";
    let base = Raw::sheets(&[&row(&text("zhidu-base 1 3"))]).with("xl/workbook.xml", &workbook("", listed));
    assert_eq!(base.book().origin, Origin::Submission);
}

proptest! {
    /// Whatever a cell says it is and holds, the cell beside it is read.
    #[test]
    fn any_cell_leaves_the_others_alone(sort in "[a-zA-Z]{0,9}", value in "[ -%'-;=?-~区]{0,20}", look in any::<u32>()) {
        let cell = format!("<c t=\"{sort}\" s=\"{look}\"><v>{value}</v></c>");
        let bytes = Raw::sheets(&[&row(&(cell + &text("青禾小学")))]).formats(&["0.0%", "yyyy"]).bytes();
        let book = read(&bytes).unwrap();
        prop_assert_eq!(book.sheets[0].text(0, 1), "青禾小学");
    }
}
