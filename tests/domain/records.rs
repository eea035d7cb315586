//! One stored record: what is written is read back, what was damaged is not.

use proptest::prelude::*;
use zhidu::assessment::{Answer, AssessmentId, MuteId, RowId};
use zhidu::catalogue::{FigureId, PointId};
use zhidu::record::{self, Key, RecordError, RecordKind, Stamp};

use crate::random;
use crate::sample::{filled, point, row};

fn stamp(seq: u64, author: &str) -> Stamp {
    Stamp { seq, author: author.to_owned() }
}

fn stored() -> String {
    record::write(&stamp(12, "张三"), &filled().answers[&point(1)])
}

#[track_caller]
fn check_damaged(text: &str) {
    let found = record::read::<Answer>(text);
    assert!(matches!(found, Err(RecordError::Damaged(_))), "{text:?} gives {found:?}");
}

#[test]
fn a_record_is_a_header_line_and_a_body_line() {
    let text = record::write(&stamp(12, "张三"), &"正文\n第二行".to_owned());
    assert_eq!(text, "{\"v\":2,\"seq\":12,\"by\":\"张三\",\"sum\":\"91a56788\"}\n\"正文\\n第二行\"");
}

#[test]
fn every_flipped_bit_is_found() {
    let good = stored();
    for at in 0..good.len() {
        for bit in 0..8 {
            let mut bytes = good.clone().into_bytes();
            bytes[at] ^= 1 << bit;
            let bad = String::from_utf8_lossy(&bytes);
            // The version itself is read before the checksum can be.
            let found = record::read::<Answer>(&bad);
            let newer = matches!(found, Err(RecordError::Newer { .. })) && at == "{\"v\":".len();
            assert!(newer || matches!(found, Err(RecordError::Damaged(_))), "{bad:?} gives {found:?}");
        }
    }
}

#[test]
fn every_truncation_is_found() {
    let good = stored();
    for (end, _) in good.char_indices() {
        check_damaged(&good[..end]);
    }
}

#[test]
fn what_was_never_a_record_is_damaged() {
    let good = stored();
    let (header, body) = good.split_once('\n').unwrap();
    for text in [
        "".to_owned(),
        "\n".to_owned(),
        "null\nnull".to_owned(),
        "{}\n{}".to_owned(),
        "{\"v\":1}\n{}".to_owned(),
        "{\"v\":-1}\n{}".to_owned(),
        "{\"v\":\"1\"}\n{}".to_owned(),
        format!("{body}\n{header}"),
        format!("{good} "),
        format!("{good}\n"),
        format!("{good}{good}"),
        format!("{header}\n{header}\n{body}"),
        format!("{}\n{body}", "[".repeat(100_000)),
    ] {
        check_damaged(&text);
    }
}

#[test]
fn a_sound_record_of_another_kind_is_not_taken() {
    check_damaged(&record::write(&stamp(1, ""), &filled().head));
    check_damaged(&record::write(&stamp(1, ""), &"0".to_owned()));
}

#[test]
fn a_newer_record_is_named_whatever_it_holds() {
    for text in ["{\"v\":3,\"order\":[]}\nbinary", "{\"v\":3,\"seq\":1,\"by\":\"\",\"sum\":\"\"}\n{}"] {
        let error = record::read::<Answer>(text).unwrap_err();
        assert_eq!(error, RecordError::Newer { found: 3, known: 2 });
        assert_eq!(error.to_string(), "由更新版本的程序写入（格式 3，本程序支持到 2）");
    }
}

#[test]
fn a_key_says_what_it_addresses() {
    let of = |kind| Key { assessment: AssessmentId::parse("abcdefgh").unwrap(), kind };
    for (kind, text) in [
        (RecordKind::Head, "abcdefgh/head/".to_owned()),
        (RecordKind::Answer(point(7)), "abcdefgh/answer/beijing-balance-2018.07".to_owned()),
        (RecordKind::Evidence(row(7)), format!("abcdefgh/evidence/{:032x}", 7)),
        (RecordKind::Figure(FigureId::parse("new-pupils").unwrap()), "abcdefgh/figure/new-pupils".to_owned()),
        (RecordKind::School(row(7)), format!("abcdefgh/school/{:032x}", 7)),
        (RecordKind::Mute(MuteId::parse("a-rule:x.07").unwrap()), "abcdefgh/mute/a-rule:x.07".to_owned()),
        (RecordKind::Replica, "abcdefgh/replica/".to_owned()),
        (RecordKind::Summary, "abcdefgh/summary/".to_owned()),
    ] {
        assert_eq!(of(kind.clone()).to_text(), text);
        assert_eq!(Key::parse(&text), Some(of(kind)));
    }
    for text in [
        "",
        "abcdefgh",
        "abcdefgh/head",
        "abcdefgh/head/x",
        "abc/head/",
        "ABCDEFGH/head/",
        "abcdefgh/answer/",
        "abcdefgh/answer/x.7",
        "abcdefgh/evidence/x",
        "abcdefgh/figure/A",
        "abcdefgh/school/x",
        "abcdefgh/mute/",
        "abcdefgh/head//",
        "/head/",
    ] {
        assert_eq!(Key::parse(text), None, "{text}");
    }
}

#[test]
fn the_range_of_an_assessment_holds_its_keys_alone() {
    let key = |id: &str, kind| Key { assessment: AssessmentId::parse(id).unwrap(), kind }.to_text();
    let (low, high) = Key::range(&AssessmentId::parse("bbbbbbbb").unwrap());
    for kind in [
        RecordKind::Head,
        RecordKind::Answer(point(7)),
        RecordKind::Evidence(row(1)),
        RecordKind::Replica,
        RecordKind::Summary,
    ] {
        assert!((&low..=&high).contains(&&key("bbbbbbbb", kind.clone())));
        for other in ["aaaaaaaa", "bbbbbbbbb", "bbbbbbbb0", "bbbbbbbbzz", "cccccccc", "bbbbbbba"] {
            assert!(!(&low..=&high).contains(&&key(other, kind.clone())), "{other}");
        }
    }
}

#[test]
fn every_scalar_value_and_a_million_characters_are_read_back() {
    let all: String = (char::MIN..=char::MAX).collect();
    let answer = Answer { narrative: all, deduction: "督".repeat(1_000_000), ..Answer::default() };
    let text = record::write(&stamp(1, ""), &answer);
    assert!(record::read(&text).unwrap() == (stamp(1, ""), answer));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_is_written_is_read_back_and_written_the_same(
        assessment in random::assessment(),
        seq in any::<u64>(),
        author in random::text(),
    ) {
        for (id, answer) in &assessment.answers {
            let text = record::write(&stamp(seq, &author), answer);
            let (read_stamp, read) = record::read::<Answer>(&text).unwrap();
            prop_assert_eq!((&read_stamp, &read), (&stamp(seq, &author), answer));
            prop_assert_eq!(record::write(&read_stamp, &read), text);
            prop_assert_eq!(&PointId::parse(id.as_str()).unwrap(), id);
        }
    }

    #[test]
    fn keys_are_read_back(assessment in any::<u128>(), ordinal in 1u16.., row in any::<u128>(), kind in 0..5) {
        let kind = match kind {
            0 => RecordKind::Head,
            1 => RecordKind::Answer(point(ordinal)),
            2 => RecordKind::Evidence(RowId::from_random(row)),
            3 => RecordKind::Replica,
            _ => RecordKind::Summary,
        };
        let key = Key { assessment: AssessmentId::from_random(assessment), kind };
        prop_assert_eq!(Key::parse(&key.to_text()), Some(key));
    }

    #[test]
    fn any_text_is_refused_without_a_panic(text in random::text(), header in "[{}\":vseqbysum1, ]{0,40}") {
        prop_assert!(record::read::<Answer>(&text).is_err());
        let text = format!("{header}\n{text}");
        prop_assert!(record::read::<Answer>(&text).is_err());
        prop_assert!(Key::parse(&text).is_none());
    }
}
