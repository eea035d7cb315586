//! The old binary workbooks and those of OpenDocument: what the new ones say, they
//! say as well.

use zhidu::office::book::{Refusal, read};
use zhidu::value::grid::{About, Area, Book, Grid, Mark, Origin};

use super::field;
use super::raw::{Raw, marks};

#[track_caller]
fn saved(name: &str) -> Book {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/libreoffice");
    read(&std::fs::read(format!("{root}/{name}")).unwrap()).unwrap()
}

/// A sheet without what differs from writer to writer.
fn said(sheet: &Grid) -> Grid {
    let mut sheet = sheet.clone();
    sheet.merged.sort_by_key(|it| (it.top, it.left));
    for row in &mut sheet.rows {
        let filled = row.iter().rposition(|it| !it.is_empty()).map_or(0, |it| it + 1);
        row.truncate(filled);
    }
    sheet
}

#[test]
fn files_saved_in_the_old_kinds_say_the_same() {
    for (name, original) in [
        ("hidden", "15-hidden-rows-columns/a-筛选与隐藏列.xlsx"),
        ("percent", "37-percent/百分比.xlsx"),
        ("merged", "16-three-row-heads/一贯制一行两部.xlsx"),
        ("sheets", "02-notes-sheet-first/b-隐藏字典在前.xlsx"),
        ("dates1904", "48-1904-dates/a-1904.xlsx"),
    ] {
        let original = read(&field::bytes(original)).unwrap();
        for end in ["xls", "ods"] {
            let other = saved(&format!("{name}.{end}"));
            let all = |book: &Book| book.sheets.iter().map(said).collect::<Vec<_>>();
            assert_eq!(all(&other), all(&original), "{name}.{end}");
        }
    }
}

#[test]
fn errors_come_from_the_old_kinds_too() {
    for end in ["xls", "ods"] {
        let grid = saved(&format!("errors.{end}")).sheets.remove(0);
        let errors = |about: &About| grid.marks.iter().filter(|it| it.about == *about).count();
        assert!(errors(&About::Error) >= 7, "{end}: {:?}", grid.marks);
        assert_eq!((grid.text(1, 3), grid.about(1, 3)), ("#DIV/0!", Some(&About::Error)), "{end}");
        assert_eq!((grid.text(6, 2), grid.about(6, 2)), ("TRUE", None), "{end}");
    }
}

#[test]
fn formats_of_the_old_kinds_say_what_cells_show() {
    for end in ["xls", "ods"] {
        let grid = saved(&format!("formats.{end}")).sheets.remove(0);
        let texts: Vec<&str> = (1..7).map(|row| grid.text(row, 0)).collect();
        assert_eq!(texts, ["12000000", "1234.5", "12500", "95.5%", "2025-03-02", "1234.5"]);
        let shown = |it: &str| About::Shown(it.to_owned());
        let expected =
            [shown("1200.0万"), shown("1,234.50万元"), shown("13千元"), About::Percent, About::Date];
        let abouts: Vec<About> = grid.marks.iter().map(|it| it.about.clone()).collect();
        assert_eq!(abouts, expected, "{end}");
    }
}

/// A container with these streams, each as long as none that stands in small sectors.
fn container(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut content: Vec<u8> = Vec::new();
    let mut chain: Vec<u32> = Vec::new();
    let entry = |name: &str, sort: u8, tree: [u32; 3], start: u32, length: usize| {
        let mut entry = [0_u8; 128];
        let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry[..units.len()].copy_from_slice(&units);
        entry[64..66].copy_from_slice(&u16::try_from(units.len() + 2).unwrap().to_le_bytes());
        entry[66] = sort;
        for (at, number) in tree.into_iter().chain([start, u32::try_from(length).unwrap()]).enumerate() {
            let at = [68, 72, 76, 116, 120][at];
            entry[at..at + 4].copy_from_slice(&number.to_le_bytes());
        }
        entry
    };
    let mut directory: Vec<u8> = entry("Root Entry", 5, [u32::MAX, u32::MAX, 1], 0xFFFF_FFFE, 0).to_vec();
    for (at, (name, bytes)) in streams.iter().enumerate() {
        let mut bytes = bytes.to_vec();
        bytes.resize(bytes.len().max(4096).next_multiple_of(512), 0);
        let start = u32::try_from(chain.len()).unwrap();
        let sectors = u32::try_from(bytes.len() / 512).unwrap();
        chain.extend((1..sectors).map(|it| start + it));
        chain.push(0xFFFF_FFFE);
        let after = if at + 1 < streams.len() { u32::try_from(at + 2).unwrap() } else { u32::MAX };
        directory.extend(entry(name, 2, [u32::MAX, after, u32::MAX], start, bytes.len()));
        content.extend(bytes);
    }
    directory.resize(directory.len().next_multiple_of(512), 0);
    let at_directory = u32::try_from(chain.len()).unwrap();
    let sectors = u32::try_from(directory.len() / 512).unwrap();
    chain.extend((1..sectors).map(|it| at_directory + it));
    chain.push(0xFFFF_FFFE);
    content.extend(directory);
    let tables = (chain.len() + 16).div_ceil(127);
    let at_table = u32::try_from(chain.len()).unwrap();
    chain.extend(std::iter::repeat_n(0xFFFF_FFFD, tables));
    chain.resize(tables * 128, u32::MAX);
    content.extend(chain.iter().flat_map(|it| it.to_le_bytes()));
    let mut head = vec![0xFF_u8; 512];
    head[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    head[8..76].fill(0);
    head[26] = 3;
    head[28..34].copy_from_slice(&[0xFE, 0xFF, 9, 0, 6, 0]);
    for (at, number) in [
        (44, u32::try_from(tables).unwrap()),
        (48, at_directory),
        (56, 4096),
        (60, 0xFFFF_FFFE),
        (68, 0xFFFF_FFFE),
    ] {
        head[at..at + 4].copy_from_slice(&number.to_le_bytes());
    }
    for table in 0..tables {
        let at = 76 + table * 4;
        head[at..at + 4].copy_from_slice(&(at_table + u32::try_from(table).unwrap()).to_le_bytes());
    }
    head.extend(content);
    head
}

fn record(sort: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap();
    [&sort.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
}

fn pairs(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|it| it.to_le_bytes()).collect()
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

const BEGIN: [u8; 4] = [0, 6, 5, 0];

/// A workbook with one sheet, 甲, of these records, after these of the workbook.
fn binary(globals: &[u8], records: &[u8]) -> Vec<u8> {
    let name = [&[1, 1][..], &wide("甲")].concat();
    let begin = record(0x0809, &BEGIN);
    let end = record(0x000A, &[]);
    let before = begin.len() + globals.len() + 4 + 6 + name.len() + end.len();
    let listed =
        record(0x0085, &[&u32::try_from(before).unwrap().to_le_bytes()[..], &[0, 0], &name].concat());
    let stream = [&begin[..], globals, &listed, &end, &begin, records, &end].concat();
    container(&[("\u{5}SummaryInformation", b"x"), ("Workbook", &stream)])
}

#[track_caller]
fn sheet(globals: &[u8], records: &[u8]) -> Grid {
    read(&binary(globals, records)).unwrap().sheets.remove(0)
}

#[test]
fn every_record_of_a_cell_is_read() {
    // The code page is that of GBK, and says nothing of texts that are in UTF-16.
    let format = [&164_u16.to_le_bytes()[..], &[7, 0, 1], &wide("0!.0,\"万\"")[..14]].concat();
    let globals = [
        record(0x0042, &pairs(&[936])),
        record(0x041E, &format),
        record(0x00E0, &pairs(&[0, 0, 0])),
        record(0x00E0, &pairs(&[0, 9, 0])),
        record(0x00E0, &pairs(&[0, 14, 0])),
        record(0x00FC, &[&[2, 0, 0, 0, 2, 0, 0, 0, 2, 0, 1][..], &wide("青")].concat()),
        record(0x003C, &[&[1][..], &wide("禾"), &[1, 0, 0, b'A']].concat()),
    ]
    .concat();
    let f64 = |number: f64| number.to_le_bytes();
    let cell = |row, column, look, rest: &[u8]| [&pairs(&[row, column, look])[..], rest].concat();
    let records = [
        record(0x0203, &cell(0, 0, 0, &f64(1234.0))),
        record(0x027E, &cell(0, 1, 1, &((95_u32 << 2) | 3).to_le_bytes())),
        record(0x00FD, &cell(0, 2, 0, &[0; 4])),
        record(0x00FD, &cell(0, 3, 0, &[9, 0, 0, 0])),
        record(
            0x00BD,
            &[
                &pairs(&[1, 0])[..],
                &pairs(&[0]),
                &(7_u32 << 2 | 2).to_le_bytes(),
                &pairs(&[2]),
                &(45_718_u32 << 2 | 2).to_le_bytes(),
                &pairs(&[1]),
            ]
            .concat(),
        ),
        record(0x0204, &cell(2, 0, 0, &[&[2, 0, 1][..], &wide("望山")].concat())),
        record(0x0205, &cell(2, 1, 0, &[1, 0])),
        record(0x0205, &cell(2, 2, 0, &[0x2A, 1])),
        record(0x0006, &cell(3, 0, 0, &[&f64(36.0)[..], &[0; 8]].concat())),
        record(0x0006, &cell(3, 1, 0, &[0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0])),
        record(0x0207, &[&[2, 0, 1][..], &wide("云溪")].concat()),
        record(0x0006, &cell(3, 2, 0, &[2, 0, 7, 0, 0, 0, 0xFF, 0xFF, 0, 0])),
        record(0x0006, &cell(3, 3, 0, &[0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0])),
        record(0x0207, &[&[15, 0, 0][..], b"=DISPIMG(\"I\",1)"].concat()),
        record(0x0208, &pairs(&[1, 0, 4, 300, 0, 0, 0x20, 0])),
        record(0x007D, &pairs(&[1, 1, 2000, 0, 1])),
        record(0x00E5, &pairs(&[1, 2, 3, 0, 1])),
        // A chart with cells of its own.
        record(0x0809, &BEGIN),
        record(0x0203, &cell(9, 9, 0, &f64(9.0))),
        record(0x000A, &[]),
    ]
    .concat();
    let grid = sheet(&globals, &records);
    assert_eq!(
        grid.rows,
        [
            vec!["1234", "95%", "青禾"],
            vec!["7", "2025-03-02"],
            vec!["望山", "TRUE", "#N/A"],
            vec!["36", "云溪", "#DIV/0!"]
        ]
    );
    let known = [
        (0, 1, About::Percent),
        (0, 3, About::Damaged),
        (1, 1, About::Date),
        (2, 2, About::Error),
        (3, 2, About::Error),
        (3, 3, About::Picture),
    ];
    assert_eq!(marks(&grid), known);
    assert_eq!((&grid.hidden_rows[..], &grid.hidden_columns[..]), (&[1][..], &[1][..]));
    assert_eq!(grid.merged, [Area { top: 2, left: 0, bottom: 3, right: 1 }]);
}

#[test]
fn a_sheet_without_its_end_is_damaged() {
    let whole = binary(&[], &record(0x0203, &[&pairs(&[0, 0, 0])[..], &1.0_f64.to_le_bytes()].concat()));
    assert_eq!(read(&whole).unwrap().sheets[0].rows, [["1"]]);
    // The record behind that of the number is the end.
    let at = whole.windows(4).position(|it| it == [3, 2, 14, 0]).unwrap() + 18;
    let mut cut = whole.clone();
    cut[at] = 0x0B;
    assert_eq!(read(&cut), Err(Refusal::Damaged));
    assert_eq!(read(&whole[..600]), Err(Refusal::Damaged));
}

#[test]
fn containers_are_named_by_what_they_hold() {
    for (stream, refusal) in [
        ("EncryptedPackage", Refusal::Locked),
        ("WordDocument", Refusal::Word),
        ("PowerPoint Document", Refusal::Slides),
        ("Book", Refusal::Ancient),
        ("Catalog", Refusal::Thumbnails),
        ("256_0a1b2c3d", Refusal::Thumbnails),
        ("__properties_version1.0", Refusal::NoWorkbook),
    ] {
        assert_eq!(read(&container(&[(stream, b"x")])), Err(refusal), "{stream}");
    }
    let locked = binary(&record(0x002F, &[1, 0]), &[]);
    assert_eq!(read(&locked), Err(Refusal::Locked));
    let ancient = container(&[("Workbook", &record(0x0809, &[0, 5, 5, 0]))]);
    assert_eq!(read(&ancient), Err(Refusal::Ancient));
    assert_eq!(read(&binary(&[], &[])), Err(Refusal::Empty));
}

#[test]
fn a_chain_that_bites_its_own_tail_ends() {
    let whole = binary(&[], &record(0x0203, &[&pairs(&[0, 0, 0])[..], &1.0_f64.to_le_bytes()].concat()));
    let at_table = 512 + 512 * u32::from_le_bytes(whole[76..80].try_into().unwrap()) as usize;
    for target in 0..24_u32 {
        let mut looped = whole.clone();
        for entry in 0..24 {
            looped[at_table + entry * 4..][..4].copy_from_slice(&target.to_le_bytes());
        }
        let _ = read(&looped);
    }
}

const NAMES: &str =
    "xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" xmlns:style=\"s\" xmlns:calcext=\"c\"";

fn open_document(styles: &str, tables: &str) -> Raw {
    Raw::new()
        .with("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        .with("META-INF/manifest.xml", "<manifest/>")
        .with("content.xml", &format!("<office:document-content {NAMES}>{styles}<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"))
}

fn open_table(rows: &str) -> Raw {
    open_document("", &format!("<table:table table:name=\"甲\">{rows}</table:table>"))
}

#[test]
fn every_cell_of_open_document_says_what_it_holds() {
    for (cell, shown, about) in [
        (
            "office:value-type=\"float\" office:value=\"12000000\"><text:p>1200万</text:p>",
            "12000000",
            Some(About::Shown("1200万".into())),
        ),
        ("office:value-type=\"float\" office:value=\"1234.5\"><text:p>1,234.50</text:p>", "1234.5", None),
        (
            "office:value-type=\"float\" office:value=\"1.2E+20\"><text:p>1.2E+20</text:p>",
            "120000000000000000000",
            Some(About::Rounded),
        ),
        (
            "office:value-type=\"percentage\" office:value=\"0.955\"><text:p>96%</text:p>",
            "95.5%",
            Some(About::Percent),
        ),
        (
            "office:value-type=\"date\" office:date-value=\"2025-03-02\"><text:p>25/3/2</text:p>",
            "2025-03-02",
            Some(About::Date),
        ),
        (
            "office:value-type=\"time\" office:time-value=\"PT08H30M00S\"><text:p>8:30</text:p>",
            "08:30:00",
            Some(About::Date),
        ),
        ("office:value-type=\"boolean\" office:boolean-value=\"true\"><text:p>是</text:p>", "TRUE", None),
        (
            "office:value-type=\"string\"><text:p>石桥<text:s text:c=\"2\"/>小学</text:p><text:p>（总<text:span>校</text:span>）</text:p>",
            "石桥  小学\n（总校）",
            None,
        ),
        (
            "office:value-type=\"string\">\n <office:annotation><text:p>批注</text:p></office:annotation>\n <text:p>甲</text:p>\n",
            "甲",
            None,
        ),
        (
            "office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\" table:formula=\"x\"><text:p>#N/A</text:p>",
            "#N/A",
            Some(About::Error),
        ),
        (
            "office:value-type=\"float\" office:value=\"0\" table:formula=\"x\"><text:p>#DIV/0!</text:p>",
            "#DIV/0!",
            Some(About::Error),
        ),
        (
            "office:value-type=\"float\" office:value=\"许多\"><text:p>许多</text:p>",
            "许多",
            Some(About::Damaged),
        ),
        ("table:formula=\"of:=SUM([.A1])\">", "", Some(About::NoResult)),
    ] {
        let rows = format!(
            "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>甲</text:p></table:table-cell><table:table-cell {cell}</table:table-cell></table:table-row>"
        );
        let grid = open_table(&rows).grid();
        assert_eq!((grid.text(0, 1), grid.about(0, 1)), (shown, about.as_ref()), "{cell}");
    }
}

#[test]
fn what_open_document_repeats_and_hides_is_told() {
    let cell = |text: &str, more: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\" {more}><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let rows = [
        "<table:table-column/><table:table-column-group><table:table-column table:number-columns-repeated=\"2\" table:visibility=\"collapse\"/></table:table-column-group><table:table-column table:number-columns-repeated=\"16381\"/>".to_owned(),
        format!("<table:table-row table:visibility=\"filter\">{}<table:covered-table-cell/>{}</table:table-row>", cell("甲", "table:number-columns-spanned=\"2\" table:number-rows-spanned=\"1\""), cell("乙", "table:number-columns-repeated=\"2\"")),
        "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>".to_owned(),
        format!("<table:table-row-group><table:table-row table:number-rows-repeated=\"2\" table:visibility=\"collapse\">{}</table:table-row></table:table-row-group>", cell("丙", "")),
        "<table:table-row table:number-rows-repeated=\"1048571\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>".to_owned(),
    ]
    .concat();
    let styles = "<style:style style:name=\"ta1\"><style:table-properties table:display=\"true\"/></style:style><style:style style:name=\"ta2\"><style:table-properties table:display=\"false\"/></style:style>";
    let tables = format!(
        "<table:table table:name=\"一\" table:style-name=\"ta2\">{rows}</table:table><table:table table:name=\"二\" table:style-name=\"ta1\"/>"
    );
    let book = open_document(styles, &tables).book();
    let grid = &book.sheets[0];
    assert_eq!(grid.rows, [vec!["甲", "", "乙", "乙"], vec![], vec![], vec!["丙"], vec!["丙"]]);
    assert_eq!((&grid.hidden_rows[..], &grid.hidden_columns[..]), (&[0, 3, 4][..], &[1, 2][..]));
    assert_eq!(grid.merged, [Area { top: 0, left: 0, bottom: 0, right: 1 }]);
    assert_eq!(book.sheets.iter().map(|it| it.hidden).collect::<Vec<_>>(), [true, false]);
    assert_eq!(book.origin, Origin::Foreign);
}

#[test]
fn open_document_repeats_no_more_than_there_is_room_for() {
    let cell = "<table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"99999999999\"><text:p>甲</text:p></table:table-cell>";
    let one = "<table:table-cell office:value-type=\"string\"><text:p>甲</text:p></table:table-cell>";
    let row = |cell: &str| {
        format!("<table:table-row table:number-rows-repeated=\"1048576\">{cell}</table:table-row>")
    };
    assert!(matches!(open_table(&row(cell)).refusal(), Refusal::Rows { .. } | Refusal::Columns { .. }));
    let rows = Refusal::Rows { sheet: "甲".into(), rows: 1_048_576, most: 20_000 };
    assert_eq!(open_table(&row(one)).refusal(), rows);
    assert!(matches!(
        open_table(&row(cell).repeat(50_000)).refusal(),
        Refusal::Rows { .. } | Refusal::Columns { .. }
    ));
    let blanks = format!(
        "<table:table-row><table:table-cell><text:p>{}</text:p></table:table-cell></table:table-row>",
        "<text:s text:c=\"999999999\"/>".repeat(2_000)
    );
    assert_eq!(open_table(&blanks).refusal(), Refusal::Wordy);
}

#[test]
fn open_document_is_refused_by_its_own_names() {
    let kind = |kind: &str| Raw::new().with("mimetype", kind).with("content.xml", "<x/>").refusal();
    assert_eq!(kind("application/vnd.oasis.opendocument.text"), Refusal::Word);
    assert_eq!(kind("application/vnd.oasis.opendocument.presentation"), Refusal::Slides);
    let locked = open_table("").with(
        "META-INF/manifest.xml",
        "<m:manifest><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>",
    );
    assert_eq!(locked.refusal(), Refusal::Locked);
    assert_eq!(open_table("").refusal(), Refusal::Empty);
    assert_eq!(open_document("", "").refusal(), Refusal::NoSheets);
    assert_eq!(open_table("").with("content.xml", "<!DOCTYPE x><x/>").refusal(), Refusal::Doctype);
    assert_eq!(open_table("<table:table-row>").refusal(), Refusal::Damaged);
}

#[test]
fn marks_ascend_in_every_kind() {
    for name in ["errors.xls", "errors.ods", "formats.xls", "percent.ods"] {
        let places: Vec<_> =
            saved(name).sheets[0].marks.iter().map(|Mark { row, column, .. }| (*row, *column)).collect();
        assert!(places.is_sorted(), "{name}");
    }
}
