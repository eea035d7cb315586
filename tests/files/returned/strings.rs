//! How a program may put the same texts into a file: shared or in the cell, in runs of
//! several fonts, with readings above them, with other ends of lines, in the older format.

use std::io::Write;

use zhidu::returned::is_sheet_as_text;
use zip::write::SimpleFileOptions;

use super::*;

/// A finished file with each of its parts put through `change`.
fn changed(change: impl Fn(&str, &str, &[String]) -> String) -> (Catalogue, Backup, Vec<u8>) {
    let catalogue = catalogue(SCORED);
    let backup = book::finished(&catalogue);
    let bytes = write(&submission(&catalogue, &backup, WHEN)).unwrap();
    let parts = files(&bytes);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let shared = parts.iter().find(|(name, _)| name == "xl/sharedStrings.xml").unwrap();
    let strings = shared_texts(&text(&shared.1));
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in &parts {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        let is_xml = name.ends_with(".xml");
        let bytes = if is_xml { change(name, &text(bytes), &strings).into_bytes() } else { bytes.clone() };
        zip.write_all(&bytes).unwrap();
    }
    (catalogue, backup, zip.finish().unwrap().into_inner())
}

/// What stands in each `<t>` of the table of shared strings, still escaped.
fn shared_texts(xml: &str) -> Vec<String> {
    let entries = xml.split("<si>").skip(1);
    let inner =
        |entry: &str| entry.split_once("<t").and_then(|it| it.1.split_once('>')).unwrap().1.to_owned();
    entries.map(|entry| inner(entry).split("</t>").next().unwrap().to_owned()).collect()
}

/// The table of shared strings with each text written as `entry` gives it.
fn with_entries(name: &str, xml: &str, strings: &[String], entry: impl Fn(&str) -> String) -> String {
    if name != "xl/sharedStrings.xml" {
        return xml.to_owned();
    }
    let (head, _) = xml.split_once("<si>").unwrap();
    let all: String = strings.iter().map(|text| format!("<si>{}</si>", entry(text))).collect();
    format!("{head}{all}</sst>")
}

/// A run of text that ends where no entity is cut.
fn halves(text: &str) -> (&str, &str) {
    let middle = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
    let is_cut = text[..middle].rfind('&').is_some_and(|from| !text[from..middle].contains(';'));
    text.split_at(if is_cut { 0 } else { middle })
}

#[track_caller]
fn says_nothing_new((catalogue, backup, bytes): &(Catalogue, Backup, Vec<u8>)) {
    let returned = back(catalogue, &books::read(bytes).unwrap());
    assert_eq!(found(&returned), Vec::<String>::new());
    assert_eq!(returned.theirs, backup.assessment);
    assert_eq!(returned.remarks, []);
}

const KEPT: &str = "xml:space=\"preserve\"";

#[test]
fn texts_in_the_cells_are_read_as_those_of_the_table() {
    let file = changed(|name, xml, strings| {
        if !name.starts_with("xl/worksheets/sheet") {
            return xml.to_owned();
        }
        let mut cells = xml.split(" t=\"s\"><v>");
        let mut all = cells.next().unwrap().to_owned();
        for cell in cells {
            let (number, rest) = cell.split_once("</v>").unwrap();
            let text = &strings[number.parse::<usize>().unwrap()];
            all.push_str(&format!(" t=\"inlineStr\"><is><t {KEPT}>{text}</t></is>{rest}"));
        }
        assert!(all.contains("inlineStr"));
        all
    });
    says_nothing_new(&file);
}

#[test]
fn runs_of_several_fonts_are_one_text() {
    let file = changed(|name, xml, strings| {
        with_entries(name, xml, strings, |text| {
            let (first, second) = halves(text);
            let font = "<rPr><b/><sz val=\"11\"/><rFont val=\"宋体\"/></rPr>";
            format!("<r>{font}<t {KEPT}>{first}</t></r><r><t {KEPT}>{second}</t></r>")
        })
    });
    says_nothing_new(&file);
}

#[test]
fn readings_above_a_text_are_not_of_it() {
    let file = changed(|name, xml, strings| {
        with_entries(name, xml, strings, |text| {
            let reading = "<rPh sb=\"0\" eb=\"1\"><t>ドクドウ</t></rPh><phoneticPr fontId=\"1\" type=\"noConversion\"/>";
            format!("<t {KEPT}>{text}</t>{reading}")
        })
    });
    says_nothing_new(&file);
}

#[test]
fn ends_of_lines_of_every_kind_are_the_same() {
    for end in ["\r\n", "&#13;&#10;", "_x000D_\n"] {
        let file = changed(|name, xml, strings| {
            with_entries(name, xml, strings, |text| format!("<t {KEPT}>{}</t>", text.replace('\n', end)))
        });
        says_nothing_new(&file);
    }
}

/// Needs LibreOffice (`ZHIDU_SOFFICE`).
#[test]
fn a_file_in_the_older_format_says_nothing_new() {
    let Some(soffice) = std::env::var_os("ZHIDU_SOFFICE") else {
        return println!("not saved as .xls, ZHIDU_SOFFICE is not set");
    };
    let folder = std::env::temp_dir().join(format!("zhidu-older-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (catalogue, backup, bytes) = changed(|_, xml, _| xml.to_owned());
    std::fs::write(folder.join("file.xlsx"), bytes).unwrap();
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let mut command = std::process::Command::new(soffice);
    command.args([&profile, "--headless", "--convert-to", "xls", "--outdir"]).arg(&folder);
    let done = command.arg(folder.join("file.xlsx")).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let older = std::fs::read(folder.join("file.xls")).unwrap();
    says_nothing_new(&(catalogue, backup, older));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_sheet_that_was_saved_as_text_is_known() {
    let catalogue = catalogue(SCORED);
    let book = file(&catalogue, &book::finished(&catalogue));
    let form = book.sheets.iter().find(|sheet| sheet.name == form::NAME).unwrap();
    let text: String = form.rows.iter().map(|row| row.join(",") + "\r\n").collect();
    let utf16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    // 序号,完成情况说明,填报状态
    let gb18030 = [
        0xD0, 0xF2, 0xBA, 0xC5, 0x2C, 0xCD, 0xEA, 0xB3, 0xC9, 0xC7, 0xE9, 0xBF, 0xF6, 0xCB, 0xB5, 0xC3, 0xF7,
        0x2C, 0xCC, 0xEE, 0xB1, 0xA8, 0xD7, 0xB4, 0xCC, 0xAC,
    ];
    for bytes in
        [text.clone().into_bytes(), gb18030.to_vec(), utf16(u16::to_le_bytes), utf16(u16::to_be_bytes)]
    {
        assert!(is_sheet_as_text(&bytes));
    }
    assert!(!is_sheet_as_text("学校名称,学段\r\n一小,小学".as_bytes()));
}
