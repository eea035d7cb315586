//! What a file is, told by its bytes: its encoding, and why it is no table.

use proptest::prelude::*;
use zhidu::record::backup::FORMAT;
use zhidu::value::grid::encoding::Encoding;
use zhidu::value::grid::kind::{Kind, sniff};
use zhidu::value::grid::refused::Refused;

use crate::field::{bytes, decoded};

#[track_caller]
fn check(bytes: &[u8], kind: Kind) {
    assert_eq!(sniff(bytes), kind, "{}", String::from_utf8_lossy(&bytes[..bytes.len().min(60)]));
}

#[track_caller]
fn refused(bytes: &[u8], why: Refused) {
    check(bytes, Kind::Refused(why));
}

#[track_caller]
fn file(path: &str, kind: Kind) {
    assert_eq!(sniff(&bytes(path)), kind, "{path}");
}

fn utf16(text: &str, big: bool) -> Vec<u8> {
    let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn every_file_of_a_folder_says_what_it_is() {
    for (name, kind) in [
        ("青禾区_2025_r12.xlsx", Kind::Zip),
        ("Thumbs.db", Kind::Ole),
        ("desktop.ini", Kind::Refused(Refused::Windows)),
        ("~$青禾区_2025_r12.xlsx", Kind::Refused(Refused::Owner)),
        ("._青禾区_2025_r12.xlsx", Kind::Refused(Refused::Apple)),
        ("下载一半.xlsx", Kind::Refused(Refused::Unfinished)),
        ("空.xlsx", Kind::Refused(Refused::Empty)),
    ] {
        file(&format!("20-folder-junk/{name}"), kind);
    }
}

#[test]
fn a_refusal_names_its_own_cause_and_the_way_out() {
    for (why, words) in [
        (Refused::Owner, ["~$", "原文件"]),
        (Refused::Unfinished, ["不完整", "重新下载"]),
        (Refused::Backup, ["备份", "请在工作台用“导入”"]),
        (Refused::Unreadable, ["编码", "另存为 UTF-8 或 .xlsx"]),
        (Refused::NoTable, ["没有表格", "另存为 .xlsx"]),
        (Refused::Pdf, ["PDF", ".xlsx"]),
        (Refused::TooLong, ["20000 行", "分成几个文件"]),
    ] {
        let sentence = why.to_string();
        assert!(words.iter().all(|it| sentence.contains(it)), "{sentence}");
        assert!(!sentence.ends_with('。'), "{sentence}");
    }
}

#[test]
fn files_that_hold_no_table_are_known_by_their_beginnings() {
    refused(b"%PDF-1.7\n%\xE2\xE3", Refused::Pdf);
    refused(b"\x89PNG\r\n\x1A\n\0\0", Refused::Picture);
    refused(b"\xFF\xD8\xFF\xE0\0\x10JFIF", Refused::Picture);
    refused(b"RIFF\x10\0\0\0WEBPVP8 ", Refused::Picture);
    refused(b"Rar!\x1A\x07\x01\0", Refused::Archive);
    refused(b"7z\xBC\xAF\x27\x1C\0\x04", Refused::Archive);
    refused(b"\x1F\x8B\x08\0\0\0", Refused::Archive);
    refused(br"{\rtf1\ansi{\fonttbl", Refused::Rtf);
    refused(b"MIME-Version: 1.0\r\nContent-Type: multipart/related", Refused::Mhtml);
    refused(b"\0\0\0\x01Bud1\0\0", Refused::Apple);
    refused(b"\x4C\0\0\0\x01\x14\x02\0\0\0", Refused::Shortcut);
    refused(b"[InternetShortcut]\r\nURL=https://example.org", Refused::Shortcut);
    refused(&[0; 4096], Refused::Unfinished);
    refused(&[1, 2, 3, 4, 200, 0, 17], Refused::Binary);
    check(b"PK\x05\x06\0\0\0\0", Kind::Zip);
    check(b"BM,1\n", Kind::Text(Encoding::Utf8));
    check(b"BZh,1\n", Kind::Text(Encoding::Utf8));
}

#[test]
fn the_owner_file_of_word_has_162_bytes_and_names_in_two_forms() {
    let mut word = vec![b' '; 162];
    word[0] = 4;
    word[1..5].copy_from_slice(&[0xC0, 0xEE, 0xCB, 0xC4]);
    word[54..56].copy_from_slice(&[2, 0]);
    refused(&word, Refused::Owner);
    check(&[b'1'; 165], Kind::Text(Encoding::Utf8));
    let mut table = "5,学校".repeat(20).into_bytes();
    table.truncate(162);
    check(&table, Kind::Text(Encoding::Utf8));
}

#[test]
fn json_is_told_apart() {
    let backup = format!("{{\n  \"format\": \"{FORMAT}\",\n  \"version\": 2}}");
    refused(backup.as_bytes(), Refused::Backup);
    refused(include_bytes!("../data/backup-v2.json"), Refused::Backup);
    refused(include_bytes!("../data/backup-v1-log.json"), Refused::Backup);
    refused(include_bytes!("../../indicators/beijing-balance-2018.json"), Refused::Catalogue);
    refused(include_bytes!("../../indicators/beijing-reform-2020.json"), Refused::Catalogue);
    refused(b"\xEF\xBB\xBF [ {\"a\": 1}]", Refused::Json);
    refused(b"{}", Refused::Json);
    check("{甲},1\n".as_bytes(), Kind::Text(Encoding::Utf8));
    check(b"[1],2\n", Kind::Text(Encoding::Utf8));
}

#[test]
fn a_damaged_byte_does_not_change_the_encoding() {
    for (name, encoding) in [
        ("a-gb18030", Encoding::Gb18030),
        ("b-utf8-无BOM", Encoding::Utf8),
        ("c-gb18030-半个字", Encoding::Gb18030),
        ("d-utf8-一个坏字节", Encoding::Utf8),
        ("e-utf8-半个字", Encoding::Utf8),
    ] {
        file(&format!("33-gb18030-csv/{name}.csv"), Kind::Text(encoding));
    }
    file("08-html-as-xls/a-网页表格-gbk.xls", Kind::Text(Encoding::Gb18030));
    // A byte is lost in the middle of 青禾小学, and one of 初中.
    let damaged =
        b"\xC7\xE0\xBA\xCC\xD0\xD1\xA7,\xD0\xA1\xD1\xA7\n\xD4\xC6\xCF\xAA\xD0\xA1\xD1\xA7,\xB3\xF5\xD6\n";
    check(damaged, Kind::Text(Encoding::Gb18030));
    check("学校,²\n".as_bytes(), Kind::Text(Encoding::Utf8));
    // 联通 in GBK, which is nearly UTF-8.
    check(b"\xC1\xAA\xCD\xA8,5\n", Kind::Text(Encoding::Gb18030));
    check(b"\xEF\xBB\xBF\xC7\xE0", Kind::Text(Encoding::Utf8));
}

#[test]
fn another_encoding_is_refused_and_not_read_as_nonsense() {
    // 學校名稱,國民小學 in Big5.
    let big5 = b"\xBE\xC7\xAE\xD5\xA6\x57\xBA\xD9,\xB0\xEA\xA5\xC1\xA4\x70\xBE\xC7\n\xA4\x70\xA5\x57\xA4\x40,\xA4\x70\xA4\x51";
    refused(big5, Refused::Encoding);
}

#[test]
fn utf16_is_told_with_and_without_its_mark() {
    for (name, encoding) in [
        ("a-unicode文本.txt", Encoding::Utf16Le),
        ("b-无BOM-le.txt", Encoding::Utf16Le),
        ("c-BOM-be.csv", Encoding::Utf16Be),
        ("d-无BOM-be.csv", Encoding::Utf16Be),
    ] {
        let path = format!("34-utf16/{name}");
        file(&path, Kind::Text(encoding));
        assert!(decoded(&bytes(&path), encoding).starts_with("学校名称"), "{name}");
    }
    let mut cut = utf16("学校\t1\r\n二小\t2", false);
    cut.pop();
    check(&cut, Kind::Text(Encoding::Utf16Le));
    let mut ended = b"name,code,pupils\r\n".repeat(9);
    ended.push(0);
    check(&ended, Kind::Text(Encoding::Utf8));
    check(b"\xFF\xFE\0\0a\0\0\0", Kind::Refused(Refused::Binary));
}

proptest! {
    #[test]
    fn anything_is_something(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        sniff(&bytes);
    }

    #[test]
    fn a_chinese_table_in_utf8_or_utf16_is_known_even_if_a_byte_is_lost(
        names in prop::collection::vec("[青禾石桥第一云溪小学白杨坡教学点望山中学河湾初级䶮㙍]{2,8}", 4..20),
        lost in any::<prop::sample::Index>(),
        big in any::<bool>(),
    ) {
        let text: String = names.iter().enumerate().map(|(at, name)| format!("{name},{at}\r\n")).collect();
        let mut bytes = text.clone().into_bytes();
        bytes.remove(lost.index(bytes.len()));
        prop_assert_eq!(sniff(&bytes), Kind::Text(Encoding::Utf8));
        let wanted = if big { Encoding::Utf16Be } else { Encoding::Utf16Le };
        prop_assert_eq!(sniff(&utf16(&text, big)), Kind::Text(wanted));
    }
}
