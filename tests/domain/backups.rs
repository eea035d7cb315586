//! The backup file: the same bytes each time, and no damage passes for content.

use proptest::prelude::*;
use serde_json::value::RawValue;
use zhidu::assessment::{Answer, Assessment, AssessmentId};
use zhidu::record::backup::{Backup, BackupError, MAX_BYTES, read, write};
use zhidu::record::state::content_hash;

use crate::random;
use crate::sample::{filled, filled_v1, log, point, replica, shared_out};

const FIXTURE: &str = include_str!("../data/backup-v2.json");
const WITH_LOG: &str = include_str!("../data/backup-v2-log.json");
const SHARED_OUT: &str = include_str!("../data/backup-v5.json");

fn backup(assessment: Assessment) -> Backup {
    Backup { replica: replica(0x1E), seq: 12, assessment, log: Vec::new() }
}

#[track_caller]
fn check_foreign(bytes: &[u8]) {
    assert_eq!(read(bytes), Err(BackupError::Foreign), "{:?}", String::from_utf8_lossy(bytes));
}

#[track_caller]
fn check_damaged(text: &str) {
    let found = read(text.as_bytes());
    assert!(matches!(found, Err(BackupError::Damaged(_))), "{found:?}");
}

#[test]
fn backups_of_all_versions_are_read() {
    assert_eq!(read(FIXTURE.as_bytes()), Ok(backup(filled())));
    assert_eq!(read(SHARED_OUT.as_bytes()), Ok(backup(shared_out())));
    let first = include_str!("../data/backup-v1.json");
    assert_eq!(read(first.as_bytes()), Ok(backup(filled_v1())));
    let first_with_log = include_str!("../data/backup-v1-log.json");
    assert_eq!(read(first_with_log.as_bytes()), Ok(Backup { log: log(), ..backup(filled_v1()) }));
    // The content had the same name then.
    assert!(first.contains(&content_hash(&filled_v1())));
}

#[test]
fn backups_are_written_as_the_fixture_holds_them() {
    assert_eq!(write(&backup(filled())), FIXTURE);
    assert_eq!(write(&backup(shared_out())), SHARED_OUT);
}

#[test]
fn a_backup_with_its_change_log_is_read_and_written_the_same() {
    let backup = Backup { log: log(), ..backup(filled()) };
    assert_eq!(write(&backup), WITH_LOG);
    assert_eq!(read(WITH_LOG.as_bytes()), Ok(backup));
    for (good, bad) in [
        ("\"how\": \"undone\"", "\"how\": \"redone\""),
        ("\"by\": \"张三\",\n        \"how\"", "\"by\": \"李四\",\n        \"how\""),
        ("\"log_hash\"", "\"log-hash\""),
    ] {
        assert!(WITH_LOG.contains(good), "{good}");
        check_damaged(&WITH_LOG.replacen(good, bad, 1));
    }
    let (start, end) = (WITH_LOG.find(",\n  \"log\":").unwrap(), WITH_LOG.rfind('}').unwrap());
    check_damaged(&format!("{}{}", &WITH_LOG[..start], &WITH_LOG[end..]));
}

#[test]
fn a_byte_order_mark_is_accepted() {
    assert_eq!(read(format!("\u{FEFF}{FIXTURE}").as_bytes()), Ok(backup(filled())));
}

#[test]
fn line_ends_of_another_system_do_no_harm() {
    assert_eq!(read(FIXTURE.replace('\n', "\r\n").as_bytes()), Ok(backup(filled())));
}

#[test]
fn every_truncation_is_found() {
    let whole = FIXTURE.trim_end();
    for end in 0..whole.len() {
        let found = read(&whole.as_bytes()[..end]);
        assert!(matches!(found, Err(BackupError::Damaged(_) | BackupError::Foreign)), "{end}: {found:?}");
        if end > 30 {
            assert_ne!(found, Err(BackupError::Foreign), "{end}: it can be told that it was ours");
        }
    }
}

#[test]
fn no_flipped_bit_changes_the_content() {
    for at in 0..FIXTURE.len() {
        let mut bytes = FIXTURE.as_bytes().to_vec();
        bytes[at] ^= 1 << (at % 8);
        if let Ok(found) = read(&bytes) {
            assert!(found == backup(filled()), "flipped at {at}");
        }
    }
}

#[test]
fn a_changed_text_is_found() {
    for (good, bad) in [
        ("已建立", "未建立"),
        ("\"3.5\"", "\"4\""),
        ("not-applicable", "complete"),
        ("beijing-balance-2018.54", "beijing-balance-2018.53"),
        ("\"version\": 2", "\"version\": 0"),
        ("\"numbered\": 3", "\"numbered\": 2"),
        ("\"numbered\": 3", "\"numbered\": 3, \"more\": 1"),
        ("\"evidence\": {", "\"ledger\": {}, \"evidence\": {"),
        ("\"seq\": 12", "\"seq\": -1"),
    ] {
        assert!(FIXTURE.contains(good), "{good}");
        check_damaged(&FIXTURE.replacen(good, bad, 1));
    }
}

/// The hash is over what was received, so that a field which a later program adds does
/// not make a file damaged that it wrote.
#[test]
fn white_space_between_tokens_is_no_part_of_the_content() {
    let compact = |text: &str| serde_json::from_str::<Box<RawValue>>(text).unwrap().get().to_owned();
    let value: serde_json::Value = serde_json::from_str(WITH_LOG).unwrap();
    assert!(value["content"]["answers"].is_object());
    for text in [
        WITH_LOG.replace("\n", "\r\n\t"),
        WITH_LOG.replace("\": ", "\"  : "),
        WITH_LOG.lines().map(str::trim_start).collect(),
        format!("  {}  ", compact(WITH_LOG)),
    ] {
        assert_eq!(read(text.as_bytes()), Ok(Backup { log: log(), ..backup(filled()) }), "{text}");
    }
    // Within a text it is.
    let (good, bad) = ("\"已建立", "\" 已建立");
    assert!(FIXTURE.contains(good));
    check_damaged(&FIXTURE.replacen(good, bad, 1));
}

#[test]
fn a_newer_backup_is_named_whatever_it_holds() {
    for text in [
        FIXTURE.replace("\"version\": 2", "\"version\": 6"),
        "{\"format\":\"zhidu-backup\",\"version\":6,\"sections\":[]}".to_owned(),
    ] {
        let error = read(text.as_bytes()).unwrap_err();
        assert_eq!(error, BackupError::Newer { found: 6, known: 5 });
        let words = "此备份由更新版本的程序导出（格式 6，本程序支持到 5），请用新版程序打开";
        assert_eq!(error.to_string(), words);
    }
}

#[test]
fn other_files_are_foreign() {
    for bytes in [
        b"".as_slice(),
        b"\xEF\xBB\xBF",
        b"PK\x03\x04\x14\x00",
        b"\xFF\xFEz\x00h\x00",
        b"null",
        b"[]",
        b"{}",
        b"{\"format\":1}",
        b"{\"format\":\"other\",\"version\":1}",
        b"{\"format\":\"other\",\"version\":2}",
        b"{\"version\":1,\"content\":{}}",
        b"\xC4\xCF\xBE\xA9",
        "一份普通的文本".as_bytes(),
        "[".repeat(200_000).as_bytes(),
        "{\"a\":".repeat(200_000).as_bytes(),
    ] {
        check_foreign(bytes);
    }
}

#[test]
fn one_byte_too_many_is_not_read() {
    let mut bytes = FIXTURE.as_bytes().to_vec();
    bytes.resize(MAX_BYTES, b' ');
    assert_eq!(read(&bytes), Ok(backup(filled())));
    bytes.push(b' ');
    assert_eq!(read(&bytes), Err(BackupError::TooLarge));
}

#[test]
fn every_scalar_value_comes_through() {
    let mut assessment = filled();
    let all: String = (char::MIN..=char::MAX).collect();
    assessment.answers.insert(point(3), Answer { narrative: all, ..Answer::default() });
    let text = write(&backup(assessment.clone()));
    let found = read(text.as_bytes()).unwrap();
    assert!(found.assessment == assessment);
    assert!(write(&found) == text);
}

#[test]
fn the_hash_names_the_content() {
    let hash = content_hash(&filled());
    assert!(FIXTURE.contains(&format!("\"hash\": \"{hash}\"")));
    let mut turned = filled();
    turned.answers = filled().answers.into_iter().rev().collect();
    turned.evidence = filled().evidence.into_iter().rev().collect();
    assert_eq!(content_hash(&turned), hash);

    let changes: [fn(&mut Assessment); 7] = [
        |it| it.head.year.push(' '),
        |it| it.head.example = true,
        |it| it.head.id = AssessmentId::from_random(2),
        |it| it.answers.get_mut(&point(1)).unwrap().score.push('0'),
        |it| it.answers.get_mut(&point(1)).unwrap().evidence.reverse(),
        |it| it.evidence.iter_mut().for_each(|(_, row)| row.pages.push('0')),
        |it| drop(it.answers.remove(&point(17))),
    ];
    for (number, change) in changes.iter().enumerate() {
        let mut other = filled();
        change(&mut other);
        assert_ne!(content_hash(&other), hash, "change {number}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_is_written_is_read_back_and_written_the_same(
        assessment in random::assessment(),
        id in any::<u128>(),
        seq in any::<u64>(),
    ) {
        let backup = Backup { replica: replica(id), seq, assessment, log: log() };
        let text = write(&backup);
        let found = read(text.as_bytes()).unwrap();
        prop_assert_eq!(&found, &backup);
        prop_assert_eq!(write(&found), text);
    }

    #[test]
    fn overwritten_bytes_never_pass_for_content(
        start in 0..FIXTURE.len(),
        bytes in prop::collection::vec(any::<u8>(), 1..40),
    ) {
        let mut damaged = FIXTURE.as_bytes().to_vec();
        let end = (start + bytes.len()).min(damaged.len());
        damaged.splice(start..end, bytes);
        if let Ok(found) = read(&damaged) {
            prop_assert_eq!(found, backup(filled()));
        }
    }

    #[test]
    fn any_bytes_are_refused_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(read(&bytes).is_err());
    }
}

#[test]
fn what_is_wrong_is_said_in_chinese_and_says_what_to_do() {
    let good = write(&backup(filled()));
    let cut: String = good.chars().take(good.chars().count() - 40).collect();
    for text in [
        cut,
        good.replace("\"version\"", "\"versoin\""),
        good.replace("\"mutes\"", "\"mute\""),
        "{}".to_owned(),
    ] {
        let said = read(text.as_bytes()).unwrap_err().to_string();
        let plain = said.split("（技术信息：").next().unwrap();
        assert!(!plain.chars().any(|c| c.is_ascii_alphabetic()) || plain.contains(".json"), "{said}");
        assert!(said.contains("请"), "{said}");
    }
}
