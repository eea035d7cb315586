//! The files that offices send, taken for tables of schools: what becomes of each in
//! 学校数据, from its bytes to the rows.

use zhidu::assessment::arrivals::{Known, Plan};
use zhidu::assessment::history::apply_all;
use zhidu::assessment::{Assessment, AssessmentId, RowId};
use zhidu::catalogue::{Catalogue, embedded};
use zhidu::office::book::read;
use zhidu::school::Column;
use zhidu::school::intake::{Passed, Proposal};
use zhidu::value::grid::encoding::Encoding;
use zhidu::value::grid::kind::{Kind, sniff};
use zhidu::value::grid::{Book, decoded};

use super::field::bytes;

const NAMES: [&str; 6] = ["青禾小学", "石桥第一小学", "云溪小学", "白杨坡教学点", "望山中学", "河湾初级中学"];

/// What a file is taken for, as the page takes it.
fn proposed(path: &str) -> Result<Proposal, String> {
    let bytes = bytes(path);
    let book = match sniff(&bytes) {
        Kind::Zip | Kind::Ole => read(&bytes).map_err(|why| why.to_string())?,
        Kind::Text(Encoding::Utf8) => decode(&String::from_utf8_lossy(&bytes))?,
        Kind::Text(Encoding::Utf16Le) => decode(&utf16(&bytes, u16::from_le_bytes))?,
        Kind::Text(Encoding::Utf16Be) => decode(&utf16(&bytes, u16::from_be_bytes))?,
        Kind::Text(Encoding::Gb18030) => panic!("{path}: only a browser decodes it"),
        Kind::Refused(why) => return Err(why.to_string()),
    };
    Ok(Proposal::read(book))
}

fn decode(text: &str) -> Result<Book, String> {
    decoded::book(text.trim_start_matches('\u{FEFF}')).map_err(|why| why.to_string())
}

fn utf16(bytes: &[u8], read: fn([u8; 2]) -> u16) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|it| read([it[0], it[1]])).collect();
    String::from_utf16_lossy(&units)
}

fn texts(proposal: &Proposal, column: Column) -> Vec<String> {
    proposal.arrivals().iter().map(|it| it.cells.get(&column).cloned().unwrap_or_default()).collect()
}

fn pupils(proposal: &Proposal) -> u32 {
    texts(proposal, Column::Pupils).iter().filter_map(|it| it.parse::<u32>().ok()).sum()
}

#[track_caller]
fn says(proposal: &Proposal, words: &str) {
    let doubts = proposal.doubts();
    assert!(doubts.iter().any(|it| it.text.contains(words)), "{words}: {doubts:#?}");
}

#[test]
fn the_six_schools_come_out_of_every_file_that_holds_them() {
    for path in [
        "02-notes-sheet-first/a-须知在前.xlsx",
        "02-notes-sheet-first/b-隐藏字典在前.xlsx",
        "04-district-rollups/区级统计行.xlsx",
        "07-xls-et/学校数据-改名.xlsx",
        "07-xls-et/学校数据.et",
        "07-xls-et/学校数据.xls",
        "08-html-as-xls/a-网页表格-改名.csv",
        "08-html-as-xls/a-网页表格-改名.xlsx",
        "08-html-as-xls/a-网页表格.xls",
        "08-html-as-xls/b-表格2003-改名.csv",
        "08-html-as-xls/b-表格2003.xls",
        "11-invisible/先导入-干净.xlsx",
        "15-hidden-rows-columns/a-筛选与隐藏列.xlsx",
        "15-hidden-rows-columns/b-hidden写作true.xlsx",
        "20-folder-junk/青禾区_2025_r12.xlsx",
        "29-errors-no-result/b-新错误值.xlsx",
        "29-errors-no-result/c-取数中.xlsx",
        "29-errors-no-result/d-数字格里是文字.xlsx",
        "34-utf16/a-unicode文本.txt",
        "34-utf16/b-无BOM-le.txt",
        "34-utf16/c-BOM-be.csv",
        "34-utf16/d-无BOM-be.csv",
        "35-semicolon/a-分号.csv",
        "35-semicolon/b-sep行.csv",
        "35-semicolon/c-sep分号.csv",
        "35-semicolon/d-竖线.txt",
        "35-semicolon/e-全角逗号.csv",
        "35-semicolon/f-空格对齐.txt",
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
        let proposal = proposed(path).unwrap_or_else(|why| panic!("{path}: {why}"));
        assert_eq!(texts(&proposal, Column::Name), NAMES, "{path}: {:#?}", proposal.doubts());
        assert_eq!(pupils(&proposal), 4368, "{path}");
    }
}

#[test]
fn statistics_beneath_the_schools_are_counted_and_left_out() {
    let proposal = proposed("04-district-rollups/区级统计行.xlsx").unwrap();
    says(&proposal, "合计或统计行 6，备注、签章行 2");
}

#[test]
fn words_in_cells_of_numbers_are_never_read_half() {
    let proposal = proposed("10-units-placeholders/单位与占位.xlsx").unwrap();
    let numbers = |column: Column| -> Vec<String> {
        texts(&proposal, column).into_iter().filter(|text| column.read(text).is_ok()).collect()
    };
    assert_eq!(numbers(Column::Pupils), ["480", "1234", "12", "36"]);
    assert_eq!(numbers(Column::Equipment), ["480", "1234", "12", "36"]);
    assert_eq!(proposal.arrivals().len(), 22);
}

#[test]
fn invisible_characters_make_no_second_school() {
    let mut assessment = untouched();
    take(&mut assessment, &proposed("11-invisible/先导入-干净.xlsx").unwrap());
    let dirty = proposed("11-invisible/再导入-带隐形字符.xlsx").unwrap();
    assert_eq!(texts(&dirty, Column::Pupils)[1..5], ["968", "480", "36", "1110"]);
    let plan = Plan::of(&assessment, dirty.arrivals(), Known::Update);
    assert_eq!((plan.added(), plan.changed().count(), plan.same()), (0, 0, 6), "{plan:#?}");
}

#[test]
fn a_narrow_column_is_named_and_no_hash_is_kept_as_a_code() {
    let proposal = proposed("12-hash-clipboard/paste.txt").unwrap();
    assert_eq!(texts(&proposal, Column::Code), [""; 6]);
    says(&proposal, "列宽不足");
    let mut assessment = untouched();
    take(&mut assessment, &proposal);
    take(&mut assessment, &proposal);
    assert_eq!(assessment.schools.len(), 6);
}

#[test]
fn a_table_of_word_has_its_six_schools_as_text_and_as_markup() {
    for path in ["13-word-table/paste.txt", "13-word-table/word-table.html"] {
        let proposal = proposed(path).unwrap();
        let names = texts(&proposal, Column::Name);
        assert_eq!(names[0], "青禾小学（东校区）", "{path}");
        assert_eq!(names[1..], NAMES[1..], "{path}");
    }
}

#[test]
fn two_stages_side_by_side_become_four_rows() {
    let proposal = proposed("16-three-row-heads/一贯制一行两部.xlsx").unwrap();
    assert_eq!(texts(&proposal, Column::Pupils), ["620", "390", "1500", "820"]);
}

#[test]
fn one_school_twice_and_one_name_with_two_codes_are_named() {
    let proposal = proposed("19-same-twice/同键两次.xlsx").unwrap();
    assert_eq!(proposal.arrivals().len(), 7);
    says(&proposal, "云溪小学　9900000003　小学　481");
    says(&proposal, "“青禾小学”有几个代码（9900000001、9900000011）");
    let mut assessment = untouched();
    take(&mut assessment, &proposal);
    let again = Plan::of(&assessment, proposal.arrivals(), Known::Update);
    assert_eq!((again.added(), again.changed().count()), (0, 0));
}

#[test]
fn what_holds_no_schools_is_refused_by_its_own_name() {
    for (path, words) in [
        ("20-folder-junk/~$青禾区_2025_r12.xlsx", "临时文件"),
        ("20-folder-junk/desktop.ini", "Windows 的系统文件"),
        ("20-folder-junk/空.xlsx", "0 字节"),
        ("20-folder-junk/下载一半.xlsx", "不完整"),
        ("52-zip-gbk-names/收齐-GBK文件名.zip", "ZIP 压缩包"),
    ] {
        let why = proposed(path).unwrap_err();
        assert!(why.contains(words), "{path}: {why}");
    }
    for path in ["38-catalogue-merged/指标体系-合并单元格.xlsx", "22-city-template/市级模板.xlsx"]
    {
        let proposal = proposed(path).unwrap();
        assert!(!proposal.is_table(), "{path}");
        assert!(proposal.sheets.iter().any(|it| it.passed == Some(Passed::Catalogue)), "{path}");
    }
    for path in ["48-1904-dates/a-1904.xlsx", "48-1904-dates/b-1900.xlsx"] {
        assert!(proposed(path).unwrap().waits(), "{path}");
    }
}

#[test]
fn errors_missing_results_and_pictures_are_said_and_never_nought() {
    let proposal = proposed("29-errors-no-result/a-错误值与无结果公式.xlsx").unwrap();
    assert_eq!(proposal.arrivals().len(), 6);
    for words in ["没有结果", "公式错误", "没有学校名称"] {
        says(&proposal, words);
    }
    assert!(texts(&proposal, Column::Pupils).iter().all(|it| it != "0"));
    says(&proposed("47-dispimg/WPS嵌入图片.xlsx").unwrap(), "是图片");
    let breaks = proposed("46-x000D/回车转义.xlsx").unwrap();
    assert!(texts(&breaks, Column::Name).contains(&"石桥第一小学（总校）".to_owned()));
    assert!(texts(&breaks, Column::Name).contains(&"望山_x000D_中学".to_owned()));
}

#[test]
fn per_cent_in_a_count_is_refused_whatever_its_format() {
    let proposal = proposed("37-percent/百分比.xlsx").unwrap();
    let taken = texts(&proposal, Column::Certified);
    let numbers: Vec<&String> = taken.iter().filter(|it| Column::Certified.read(it).is_ok()).collect();
    assert_eq!(numbers, ["95"], "{taken:?}");
}

#[test]
fn two_hundred_and_twenty_schools_come_in_at_once() {
    let proposal = proposed("32-print-220/二百二十校.xlsx").unwrap();
    assert_eq!(proposal.arrivals().len(), 220);
    assert!(proposal.doubts().iter().all(|it| !it.grave), "{:#?}", proposal.doubts());
}

/// An assessment without schools.
fn untouched() -> Assessment {
    let (_, json) = embedded()[0];
    let catalogue = Catalogue::parse(json).unwrap();
    Assessment::new(AssessmentId::from_random(1), &catalogue, "东城区", "110101", "2026")
}

fn take(assessment: &mut Assessment, proposal: &Proposal) {
    let plan = Plan::of(assessment, proposal.arrivals(), Known::Update);
    let mut next = 0xA000 + assessment.schools.len() as u128;
    let edits = plan.edits(assessment, || {
        next += 1;
        RowId::from_random(next)
    });
    apply_all(assessment, &edits).unwrap();
}
