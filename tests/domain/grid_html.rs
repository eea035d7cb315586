//! Tables in markup: what Word, Excel, WPS, LibreOffice, Google Sheets and Feishu copy,
//! and web pages and XML that call themselves .xls. All texts are invented; their markup
//! is as those programs write it.

use proptest::prelude::*;
use zhidu::value::grid::decoded::book;
use zhidu::value::grid::html::{is_markup, tables};
use zhidu::value::grid::refused::Refused;
use zhidu::value::grid::xml2003::{is_workbook, sheets};
use zhidu::value::grid::{About, Area, Grid, Mark, Remark};

use crate::field::{SCHOOLS, column, text};

/// The only table of a text.
#[track_caller]
fn table(text: &str) -> Grid {
    let mut tables = tables(text).unwrap();
    assert_eq!(tables.len(), 1, "{tables:?}");
    tables.remove(0)
}

#[track_caller]
fn check(text: &str, rows: &[&[&str]]) {
    assert_eq!(table(text).rows, rows, "{text}");
}

/// What stands in a cell.
#[track_caller]
fn cell(inner: &str, shown: &str) {
    let grid = table(&format!("<table><tr><td>{inner}</td><td>尾</td></tr></table>"));
    assert_eq!(grid.rows, [[shown, "尾"]], "{inner}");
}

fn mark(row: usize, column: usize, about: About) -> Mark {
    Mark { row, column, about }
}

fn area(top: usize, left: usize, bottom: usize, right: usize) -> Area {
    Area { top, left, bottom, right }
}

#[test]
fn web_pages_and_xml_that_call_themselves_xls_are_tables() {
    for name in [
        "a-网页表格.xls",
        "a-网页表格-改名.csv",
        "a-网页表格-改名.xlsx",
        "b-表格2003.xls",
        "b-表格2003-改名.csv",
    ] {
        let book = book(&text(&format!("08-html-as-xls/{name}"))).unwrap();
        assert_eq!(book.sheets.len(), 1, "{name}");
        let grid = &book.sheets[0];
        assert_eq!(column(grid, 0), SCHOOLS, "{name}");
        assert_eq!(column(grid, 1)[1], "9900000001", "{name}");
        assert_eq!(column(grid, 6), ["在校生数", "1234", "968", "480", "36", "1110", "540"], "{name}");
        assert_eq!(grid.name, if name.starts_with('b') { "学校数据" } else { "" }, "{name}");
    }
}

#[test]
fn paragraphs_in_a_cell_of_word_are_its_lines() {
    let grid = table(&text("13-word-table/word-table.html"));
    assert_eq!((grid.rows.len(), grid.width()), (7, 4));
    assert_eq!(grid.text(1, 0), "青禾小学\n（东校区）");
    assert_eq!(grid.text(2, 3), "968\n（含随班就读3）");
}

#[test]
fn a_table_of_word_loses_its_phantom_row_and_keeps_its_numbers() {
    let grid = table(include_str!("../data/field/clipboard/word.html"));
    assert_eq!(grid.name, "表1 学校情况");
    assert_eq!(
        grid.rows,
        [
            vec!["内容", "", "", "要点", "", "", "", "", "分值"],
            vec!["一、组织领导", "", "1.建立机制\n2.落实责任", "", "", "", "", "", "2"],
            vec!["", "", "3. 生均14平方米", "", "", "", "", "", "4"],
        ]
    );
    assert_eq!(
        grid.merged,
        [area(0, 0, 0, 1), area(0, 3, 0, 7), area(1, 0, 2, 1), area(1, 2, 1, 7), area(2, 2, 2, 7)]
    );
    assert_eq!(grid.hidden_rows, [] as [usize; 0]);
}

#[test]
fn a_table_of_excel_is_read_with_its_exact_numbers_and_hidden_rows() {
    let grid = table(include_str!("../data/field/clipboard/excel.html"));
    assert_eq!(
        grid.rows,
        [
            vec!["学校名称", "资产（万元）", "比例", "日期", "备注"],
            vec!["青禾小学", "123456.789", "95.5%", "2025/3/2", "溢出的文字"],
            vec!["石桥小学", "480", "", "", ""],
            vec!["云溪小学", "#DIV/0!", "", "", ""],
        ]
        .into_iter()
        .map(|row| {
            let filled = row.iter().rposition(|it| !it.is_empty()).unwrap() + 1;
            row.into_iter().take(filled).collect::<Vec<_>>()
        })
        .collect::<Vec<_>>()
    );
    assert_eq!(
        grid.marks,
        [
            mark(1, 1, About::Shown("########".into())),
            mark(1, 2, About::Percent),
            mark(1, 3, About::Date),
            mark(3, 1, About::Error)
        ]
    );
    assert_eq!((grid.hidden_rows.as_slice(), grid.merged.as_slice()), ([2].as_slice(), [].as_slice()));
}

#[test]
fn wps_libreoffice_google_and_feishu_are_read_by_the_same_rules() {
    let et = r#"<table><col width="72" span="16373"/><tr><td class="et2" x:str>可见部分<span style='display:none;'>其余部分</span></td><td x:num="1234.5">1,234.5</td></tr></table>"#;
    check(et, &[&["可见部分其余部分", "1234.5"]]);
    let writer = "<table><tr><td style='a' \nstyle='b'><p><span style=\"mso-spacerun:'yes';\"><font face=\"宋体\">测试</font>WPS<font>粘贴</font></span></p></td><td>1</td></tr></table>";
    check(writer, &[&["测试WPS粘贴", "1"]]);
    let calc = r#"<table><colgroup width="85"></colgroup><tr><td sdval="0.3" sdnum="1033;0;0.0">0.3</td><td><br></td><td sdval="12000000" sdnum="1033;">1200万</td></tr></table>"#;
    let grid = table(calc);
    assert_eq!(grid.rows, [["0.3", "", "12000000"]]);
    assert_eq!(grid.marks, [mark(0, 2, About::Shown("1200万".into()))]);
    let google = r#"<table><tr><td data-sheets-value="{&quot;1&quot;:3,&quot;3&quot;:0.1}">10%</td><td data-sheets-value="{&quot;1&quot;:2,&quot;2&quot;:&quot;甲&quot;}">甲<br>乙</td></tr></table>"#;
    let grid = table(google);
    assert_eq!(grid.rows, [["10%", "甲\n乙"]]);
    assert_eq!(grid.marks, [mark(0, 0, About::Percent)]);
    let feishu = "<table><tr><td rowspan=2>甲</td><td>1</td></tr><tr><td style='display: none'></td><td>2</td></tr></table>";
    check(feishu, &[&["甲", "1"], &["", "2"]]);
}

#[test]
fn exact_numbers_keep_codes_dates_and_long_numbers_apart() {
    let number = |num: &str, shown: &str| {
        let grid = table(&format!("<table><tr><td x:num=\"{num}\">{shown}</td><td>尾</td></tr></table>"));
        (grid.text(0, 0).to_owned(), grid.about(0, 0).cloned())
    };
    assert_eq!(number("36", "0036"), ("36".into(), Some(About::Shown("0036".into()))));
    assert_eq!(number("1234", "￥1,234.00"), ("1234".into(), None));
    assert_eq!(number("0.30000000000000004", "0.3"), ("0.3".into(), None));
    assert_eq!(number("123", "1.2E+02"), ("123".into(), Some(About::Shown("1.2E+02".into()))));
    assert_eq!(number("0", "-"), ("0".into(), Some(About::Shown("-".into()))));
    assert_eq!(number("45718", "2025年3月"), ("2025年3月".into(), Some(About::Date)));
    assert_eq!(number("0.5", "12:00"), ("12:00".into(), Some(About::Date)));
    assert_eq!(
        number("110105199001011000", "1.10105E+17"),
        ("110105199001011000".into(), Some(About::Rounded))
    );
    assert_eq!(number("x", "5"), ("5".into(), None));
}

#[test]
fn text_is_what_a_browser_shows() {
    cell("  一小\n   二小 ", "一小二小");
    cell("A  \n B", "A B");
    cell("一 A 二", "一 A 二");
    cell("甲<br>\n   乙<br/><br>丙", "甲\n乙\n\n丙");
    cell("<p>甲</p><div><p>乙</p></div><ul><li>丙<li>丁</ul>", "甲\n乙\n丙\n丁");
    cell("<o:p>&nbsp;</o:p>", "");
    cell("\u{3000}甲\u{3000}乙&nbsp;", "甲\u{3000}乙");
    cell("&lt;一小&gt;&amp;&#20108;&#x5C0F;&#150;&hellip;&未知; &", "<一小>&二小–…&未知; &");
    cell("<ruby>青<rp>(</rp><rt>qīng</rt><rp>)</rp>禾<rt>hé</ruby>小学", "青禾小学");
    cell("甲<del>删<span>去</span></del><ins>增</ins><span class=msoDel>删</span>乙", "甲增乙");
    cell(
        "<![if !supportLists]><span style='mso-list:Ignore'>一、<span>&nbsp;&nbsp;\n</span></span><![endif]>组织",
        "一、组织",
    );
    cell("a<!-- 注 <td> -->b<style>td{}</style><script>'</td>'</script>c", "abc");
    cell("5 < 6 > 4", "5 < 6 > 4");
    cell("<select><option>甲<option selected>乙</option></select>", "乙");
    cell("坏\u{FFFD}", "坏\u{FFFD}");
    assert_eq!(table("<table><tr><td>\u{FFFD}<td>1</table>").remarks, [Remark::Unreadable(vec![0])]);
    assert_eq!(table("<table><tr><td><img src=x><td>1</table>").marks, [mark(0, 0, About::Picture)]);
}

#[test]
fn cells_stand_where_spans_put_them() {
    let grid = table(
        "<table><tr><th rowspan=2>校<th colspan=2>学生</tr><tr><th>男<th>女</tr><tr><td>一小<td>1<td>2</table>",
    );
    assert_eq!(grid.rows, [vec!["校", "学生"], vec!["", "男", "女"], vec!["一小", "1", "2"]]);
    assert_eq!(grid.merged, [area(0, 0, 1, 0), area(0, 1, 0, 2)]);
    let odd =
        table("<table><tr><td rowspan=0 colspan=x>甲<td rowspan=9>乙<tr><td>丙<tr><td>丁<td>戊</table>");
    assert_eq!(odd.rows, [vec!["甲", "乙"], vec!["丙"], vec!["丁", "", "戊"]]);
    assert_eq!(odd.merged, [area(0, 1, 2, 1)]);
    let flows = table("<table><tr><td colspan=3 style='mso-ignore:colspan'>流<td>甲</table>");
    assert_eq!(
        (flows.rows, flows.merged),
        (vec![vec!["流".to_owned(), String::new(), String::new(), "甲".into()]], vec![])
    );
    let parts = table("<table><thead><tr><td rowspan=3>甲<td>乙</thead><tbody><tr><td>丙<td>丁</table>");
    assert_eq!(parts.rows, [["甲", "乙"], ["丙", "丁"]]);
    let narrow =
        "<table><tr><td>甲<td width=0 style='width:0pt'></td><td>乙<tr><td>丙<td width=0><td>丁</table>";
    check(narrow, &[&["甲", "乙"], &["丙", "丁"]]);
    let hidden = table("<table><col><col style='display:none'><tr><td>甲<td>乙<td>丙</table>");
    assert_eq!(hidden.hidden_columns, [1]);
    check("<tr><td>甲<td>乙</tr>", &[&["甲", "乙"]]);
}

#[test]
fn several_tables_have_names_and_layout_is_none() {
    let two = "<p>单位：区教委</p><h3>表一 小学</h3><table><tr><td>甲<td>1</table><p>注</p><table><caption>表二</caption><tr><td>乙<td>2</table>";
    let names: Vec<String> = tables(two).unwrap().into_iter().map(|it| it.name).collect();
    assert_eq!(names, ["表一小学", "表二"]);
    let layout = "<table><tr><td>栏目</td></tr><tr><td>附件<table><tr><td>校<td>数<tr><td>甲<td>1</table></td></tr></table>";
    let grid = table(layout);
    assert_eq!(
        (grid.name.as_str(), grid.rows),
        ("附件", vec![vec!["校".to_owned(), "数".into()], vec!["甲".into(), "1".into()]])
    );
    check(
        "<table><tr><td>校<td>数<tr><td><table><tr><td>甲<td>乙</table><td>1</table>",
        &[&["校", "数"], &["甲 乙", "1"]],
    );
    let around =
        "<table><tr><td>校<td>数<tr><td>甲<td>1<tr><td><table><tr><td>a<td>b<tr><td>c<td>d</table></table>";
    let widths: Vec<usize> = tables(around).unwrap().iter().map(|it| it.rows.len()).collect();
    assert_eq!(widths, [2, 2]);
}

#[test]
fn markup_is_told_from_texts() {
    for text in [
        "\u{FEFF} <html>",
        "<!DOCTYPE html>",
        "<?xml version='1.0'?>",
        "<TABLE border=1>",
        "<ss:Workbook>",
        "甲<table><tr><td>乙",
    ] {
        assert!(is_markup(text), "{text}");
    }
    for text in ["", "<一小>,5", "a<b,c>d", "<5,6", "甲,<br>\n乙,1"] {
        assert!(!is_markup(text), "{text}");
    }
    assert_eq!(book("<html><body><p>没有</p></body></html>"), Err(Refused::NoTable));
    assert_eq!(tables("<table><tr><td>&nbsp;</table>"), Err(Refused::NoTable));
    assert!(!is_workbook("<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><x:ExcelWorkbook>"));
}

#[test]
fn tables_beyond_the_limits_are_refused_with_their_reason() {
    let rows = |count: usize| format!("<table>{}</table>", "<tr><td>1<td>2".repeat(count));
    assert_eq!(tables(&rows(20_000)).unwrap()[0].rows.len(), 20_000);
    assert_eq!(tables(&rows(20_001)), Err(Refused::TooLong));
    assert_eq!(tables(&format!("<table><tr>{}</table>", "<td>1".repeat(257))), Err(Refused::TooWide));
    check(&format!("<table><tr><td>1{}</table>", "<td>".repeat(5000)), &[&["1"]]);
    let deep = format!("{}<td>底<td>1{}", "<table><tr><td>".repeat(500), "</table>".repeat(500));
    assert_eq!(tables(&deep).unwrap().len(), 1);
}

#[test]
fn nothing_that_is_never_closed_takes_long_or_hides_a_table() {
    let good = "<table><tr><td>甲<td>1<tr><td>乙<td>2</table>";
    for bad in [
        "<!--",
        "<![CDATA[",
        "<a href=\"",
        "<a href='",
        "<style>",
        "<script>",
        "<xml>",
        "<",
        "</",
        "<!",
        "<?",
        "<del>",
        "<rt>",
        "<p>&nbsp;",
        "<span style='mso-list:Ignore'>",
    ] {
        let long = good.to_owned() + &bad.repeat(200_000);
        assert_eq!(tables(&long).map(|it| it.len()), Ok(1), "{bad}");
        assert_eq!(column(&tables(&format!("{bad} {good}")).unwrap()[0], 0), ["甲", "乙"], "{bad}");
    }
    let spans = "<tr><td rowspan=65534 colspan=1000>".repeat(2000);
    assert_eq!(
        tables(&format!("<table>{spans}{}</table>", "<tr><td>".repeat(50_000))),
        Err(Refused::NoTable)
    );
}

#[test]
fn xml_of_2003_is_read_with_its_places_and_kinds() {
    let text = r#"<?xml version="1.0"?><ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<ss:Styles><ss:Style ss:ID="s1"><ss:NumberFormat ss:Format="0.0%"/></ss:Style><ss:Style ss:ID="s2"/></ss:Styles>
<ss:Worksheet ss:Name="说明"><ss:Table/><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></ss:Worksheet>
<ss:Worksheet ss:Name="数据"><ss:Table><ss:Column/><ss:Column ss:Hidden="1"/>
<ss:Row ss:Index="2"><ss:Cell ss:MergeAcross="1"><ss:Data ss:Type="String">甲&#10;乙</ss:Data><ss:Comment><ss:Data>批注</ss:Data></ss:Comment></ss:Cell><ss:Cell><ss:Data ss:Type="Number">0.30000000000000004</ss:Data></ss:Cell></ss:Row>
<ss:Row ss:Hidden="1"><ss:Cell ss:StyleID="s1"><ss:Data ss:Type="Number">0.955</ss:Data></ss:Cell><ss:Cell ss:Index="3"><ss:Data ss:Type="DateTime">2025-03-02T00:00:00.000</ss:Data></ss:Cell><ss:Cell><ss:Data ss:Type="Boolean">1</ss:Data></ss:Cell></ss:Row>
<ss:Row><ss:Cell ss:Formula="=1/0"><ss:Data ss:Type="Error">#DIV/0!</ss:Data></ss:Cell><ss:Cell ss:Formula="=A1"/><ss:Cell><ss:Data ss:Type="String"><![CDATA[<丙>]]></ss:Data></ss:Cell><ss:Cell><ss:Data ss:Type="Number">x</ss:Data></ss:Cell></ss:Row>
</ss:Table></ss:Worksheet></ss:Workbook>"#;
    assert!(is_workbook(text));
    let sheets = sheets(text).unwrap();
    assert_eq!((sheets[0].name.as_str(), sheets[0].hidden, sheets[0].is_empty()), ("说明", true, true));
    let grid = &sheets[1];
    assert_eq!(
        grid.rows,
        [
            vec![],
            vec!["甲\n乙", "", "0.3"],
            vec!["95.5%", "", "2025-03-02", "TRUE"],
            vec!["#DIV/0!", "", "<丙>", "x"]
        ]
    );
    let marks = [
        mark(2, 0, About::Percent),
        mark(2, 2, About::Date),
        mark(3, 0, About::Error),
        mark(3, 1, About::NoResult),
        mark(3, 3, About::Damaged),
    ];
    assert_eq!(grid.marks, marks);
    assert_eq!(
        (grid.hidden_rows.as_slice(), grid.hidden_columns.as_slice()),
        ([2].as_slice(), [1].as_slice())
    );
    assert_eq!(grid.merged, [area(1, 0, 1, 1)]);
}

#[test]
fn xml_of_2003_refuses_what_is_far_away_and_survives_nonsense() {
    let with =
        |row: &str| format!("<Workbook><Worksheet ss:Name='甲'><Table>{row}</Table></Worksheet></Workbook>");
    let data = "<Data ss:Type='Number'>1</Data>";
    assert_eq!(
        sheets(&with(&format!("<Row ss:Index='99999999999'><Cell>{data}</Cell></Row>"))),
        Err(Refused::TooLong)
    );
    assert_eq!(
        sheets(&with(&format!("<Row><Cell ss:Index='16384'>{data}</Cell></Row>"))),
        Err(Refused::TooWide)
    );
    let odd = format!(
        "<Row ss:Index='0' ss:Span='x'><Cell ss:Index='0' ss:MergeDown='-1'>{data}</Cell></Row><Row ss:Index='65536'><Cell/></Row>"
    );
    assert_eq!(sheets(&with(&odd)).unwrap()[0].rows, [["1"]]);
    let hidden = "<Column ss:Index='1' ss:Span='99999' ss:Hidden='1'/>".repeat(20_000)
        + &"<Row ss:Index='1' ss:Span='999999' ss:Hidden='1'>".repeat(20_000);
    let many = sheets(&with(&format!("<Row><Cell>{data}</Cell></Row>{hidden}"))).unwrap();
    assert_eq!((many[0].hidden_rows.len(), many[0].hidden_columns.len()), (1, 1));
    assert_eq!(sheets("<Workbook></Workbook>"), Err(Refused::NoTable));
}

/// A table of random spans: its markup, and the cells with their places.
fn spanned(
    width: usize,
    spans: &[(usize, usize)],
    words: &[String],
) -> (String, Vec<(usize, usize, String)>, Vec<Area>) {
    let height = 5;
    let mut taken = vec![vec![false; width]; height];
    let (mut html, mut cells, mut areas) = ("<table>".to_owned(), Vec::new(), Vec::new());
    let mut next = 0;
    for top in 0..height {
        html.push_str("<tr>");
        for left in 0..width {
            if taken[top][left] {
                continue;
            }
            let (across, down) = spans[next % spans.len()];
            let word = &words[next % words.len()];
            next += 1;
            let across = (left..(left + across).min(width)).take_while(|column| !taken[top][*column]).count();
            let down = down.min(height - top);
            for row in &mut taken[top..top + down] {
                row[left..left + across].fill(true);
            }
            html.push_str(&format!("<td colspan={across} rowspan={down}>{word}</td>"));
            cells.push((top, left, word.clone()));
            if across > 1 || down > 1 {
                areas.push(area(top, left, top + down - 1, left + across - 1));
            }
        }
        html.push_str("</tr>\n");
    }
    (html + "</table>", cells, areas)
}

proptest! {
    #[test]
    fn any_markup_is_read(text in "(<table>|<tr>|<td>|<td colspan=3>|<td rowspan=2>|</td>|</tr>|</table>|<del>|<span style='display:none'>|<tr height=0>|<td width=0>|<col width=0>|<!--|-->|<style>|</style>|<rt>|</ruby>|&nbsp;|甲|\"|'|<|>|=| ){0,40}") {
        let _ = (tables(&text), sheets(&text), is_markup(&text), book(&text));
    }

    #[test]
    fn any_workbook_is_read(text in "(<Worksheet>|<Row>|<Row ss:Index='5'>|<Cell ss:Index='3' ss:MergeDown='2'>|<Cell>|<Data ss:Type='Number'>|<Data>|</Data>|</Cell>|</Row>|</Worksheet>|<Comment>|</Comment>|<Column ss:Span='9' ss:Hidden='1'/>|1|甲|<![CDATA[|]]>){0,40}") {
        let _ = sheets(&format!("<Workbook>{text}"));
    }

    #[test]
    fn a_table_with_spans_is_the_grid_that_it_was_made_of(
        width in 2..6_usize,
        spans in prop::collection::vec((1..4_usize, 1..4_usize), 1..12),
        words in prop::collection::vec("[一小二中A5]{1,3}", 1..9),
    ) {
        let (html, cells, areas) = spanned(width, &spans, &words);
        let grid = table(&html);
        let mut wanted = Grid::default();
        for (row, column, word) in cells {
            wanted.put(row, column, word);
        }
        prop_assert_eq!(grid.rows, wanted.rows);
        prop_assert_eq!(grid.merged, areas);
    }
}
