//! Each cause by its own name.

use zhidu::office::book::{Refusal, read};

use super::raw::{MAIN, Raw, relation, relations, row, sheet, text, workbook};

fn of_kind(main: &str) -> Raw {
    Raw::new()
        .with("[Content_Types].xml", "<Types/>")
        .with("_rels/.rels", &relations(&relation(1, "officeDocument", main)))
        .with(main, "<x/>")
}

#[test]
fn other_documents_are_named() {
    assert_eq!(of_kind("word/document.xml").refusal(), Refusal::Word);
    assert_eq!(of_kind("ppt/presentation.xml").refusal(), Refusal::Slides);
    assert_eq!(of_kind("xl/workbook.bin").refusal(), Refusal::Binary);
    assert_eq!(of_kind("visio/document.xml").refusal(), Refusal::Unknown);
    assert_eq!(Raw::new().with("OFD.xml", "<ofd/>").refusal(), Refusal::Ofd);
    assert_eq!(Raw::new().with("甲.xlsx", "PK").with("乙.xlsx", "PK").refusal(), Refusal::Zip);
    assert_eq!(Raw::new().refusal(), Refusal::Zip);
    assert_eq!(read("学校名称,在校生数".as_bytes()), Err(Refusal::Unknown));
    assert_eq!(read(b""), Err(Refusal::Nothing));
    assert_eq!(read("PK 这不是工作簿".as_bytes()), Err(Refusal::Damaged));
}

#[test]
fn workbooks_with_nothing_in_them_say_what_is_missing() {
    let none = Raw::sheets(&[""]).with("xl/workbook.xml", &workbook("", ""));
    assert_eq!(none.refusal(), Refusal::NoSheets);
    assert_eq!(Raw::sheets(&[""]).refusal(), Refusal::Empty);
    assert_eq!(Raw::sheets(&[&row(&text(" ")), ""]).refusal(), Refusal::Empty);
    let drawn = sheet("", "", "<drawing r:id=\"rId1\" xmlns:r=\"r\"/>");
    assert_eq!(Raw::sheets(&[""]).with("xl/worksheets/sheet1.xml", &drawn).refusal(), Refusal::Drawn);
    let chart = Raw::sheets(&[])
        .with("xl/workbook.xml", &workbook("", "<sheet name=\"图\" r:id=\"rId1\"/>"))
        .with("xl/_rels/workbook.xml.rels", &relations(&relation(1, "chartsheet", "c.xml")));
    assert_eq!(chart.refusal(), Refusal::Drawn);
}

#[test]
fn damaged_files_are_called_damaged() {
    let whole = Raw::sheets(&[&row("<c><v>5</v></c>")]);
    let bytes = whole.bytes();
    for cut in [4, bytes.len() / 2, bytes.len() - 8] {
        assert_eq!(read(&bytes[..cut]), Err(Refusal::Damaged), "{cut}");
    }
    let part = "xl/worksheets/sheet1.xml";
    for broken in [
        "",
        "   ",
        "区",
        "<worksheet><sheetData><row><c><v>5</row>",
        "<worksheet>",
        "<html></html>",
        "<worksheet>&nbsp;</worksheet>",
        "<worksheet></worksheet></x>",
    ] {
        assert_eq!(whole.clone().with(part, broken).refusal(), Refusal::Damaged, "{broken}");
    }
    let mut missing = whole.clone();
    missing.0.retain(|(name, _)| name != part);
    assert_eq!(missing.refusal(), Refusal::Damaged);
    let unrelated = whole.clone().with("xl/_rels/workbook.xml.rels", &relations(""));
    assert_eq!(unrelated.refusal(), Refusal::Damaged);
}

#[test]
fn a_document_type_is_refused() {
    let bomb = format!(
        "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><worksheet xmlns=\"{MAIN}\">&b;</worksheet>"
    );
    for part in [
        "xl/worksheets/sheet1.xml",
        "xl/workbook.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "_rels/.rels",
        "docProps/custom.xml",
    ] {
        let raw = Raw::sheets(&[&row("<c><v>5</v></c>")]).with(part, &bomb);
        assert_eq!(raw.refusal(), Refusal::Doctype, "{part}");
    }
}

#[test]
fn a_part_in_another_encoding_is_refused_and_never_garbled() {
    let in_encoding = |declared: &str, text: &[u8]| {
        let head = format!(
            "<?xml version=\"1.0\" encoding=\"{declared}\"?><worksheet xmlns=\"{MAIN}\"><sheetData><row><c t=\"inlineStr\"><is><t>"
        );
        let part = [head.as_bytes(), text, b"</t></is></c></row></sheetData></worksheet>"].concat();
        let mut raw = Raw::sheets(&[""]);
        raw.0.retain(|(name, _)| name != "xl/worksheets/sheet1.xml");
        raw.0.push(("xl/worksheets/sheet1.xml".into(), part));
        raw
    };
    // Whatever a file says of itself: it is UTF-8 or it is not.
    for declared in ["utf-8", "gb2312", "GB18030", "UTF-16"] {
        assert_eq!(in_encoding(declared, "区".as_bytes()).grid().rows, [["区"]]);
        assert_eq!(in_encoding(declared, b"\xC7\xF8").refusal(), Refusal::Damaged);
    }
}

#[test]
fn every_refusal_says_what_to_do() {
    for refusal in [
        Refusal::Damaged,
        Refusal::Locked,
        Refusal::Zip,
        Refusal::Binary,
        Refusal::Ancient,
        Refusal::NoWorkbook,
        Refusal::Unpacked(256),
    ] {
        let said = refusal.to_string();
        assert!(said.contains('请') && !said.ends_with('。'), "{said}");
    }
}
