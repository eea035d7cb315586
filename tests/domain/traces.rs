//! The small text that tells a loss from a new machine.

use proptest::prelude::*;
use zhidu::assessment::AssessmentId;
use zhidu::record::summary::{Summary, summary};
use zhidu::score::score;
use zhidu::traces::{Trace, read, with, without, write};
use zhidu::windows::{Message, Word};

use crate::random;
use crate::sample::{filled, scored};

fn id(number: u128) -> AssessmentId {
    AssessmentId::from_random(number)
}

fn row() -> Summary {
    let total = score(scored(), &filled()).total;
    summary(scored(), &filled(), &total, "2026-11-23 14:05", 12)
}

fn trace(number: u128, name: &str) -> Trace {
    Trace { id: id(number), name: name.to_owned(), changed: "2026-11-23 14:05".to_owned() }
}

#[test]
fn a_row_leaves_a_trace_and_the_sample_none() {
    let left = Trace::of(&row()).unwrap();
    assert_eq!((left.id, left.name.as_str()), (filled().head.id, "东城区 优质均衡 2026"));
    assert_eq!(Trace::of(&Summary { example: true, ..row() }), None);
}

#[test]
fn a_later_trace_takes_the_place_of_the_earlier_and_others_stay() {
    let text = with(&with("", &trace(1, "甲")), &trace(2, "乙"));
    let text = with(&text, &trace(1, "甲改名"));
    assert_eq!(read(&text), [trace(1, "甲改名"), trace(2, "乙")]);
    assert_eq!(read(&without(&text, &id(1))), [trace(2, "乙")]);
    assert_eq!(without(&text, &id(3)), text);
}

#[test]
fn lines_that_are_none_are_passed_over() {
    let text = format!("\n?\n{}\t甲\n{}", id(1), write(&[trace(2, "乙")]));
    assert_eq!(read(&text), [trace(2, "乙")]);
}

#[test]
fn words_between_windows_are_read_back_and_others_are_none() {
    for word in [
        Word::WhoWrites,
        Word::IWrite,
        Word::Written,
        Word::HandOver,
        Word::HandedOver,
        Word::TakenOver,
        Word::Gone,
    ] {
        let message = Message { assessment: id(1), word };
        assert_eq!(Message::parse(&message.to_text()), Some(message));
    }
    assert_eq!(
        Message::parse("{\"assessment\":\"00000000000000000000000000000001\",\"word\":\"later-word\"}"),
        None
    );
    assert_eq!(Message::parse(""), None);
}

proptest! {
    #[test]
    fn whatever_the_name_one_trace_is_one_line(name in random::text(), changed in random::text()) {
        let left = Trace::of(&Summary { name, changed, ..row() }).unwrap();
        let text = write(&[left.clone(), trace(2, "乙")]);
        let found = read(&text);
        prop_assert_eq!(found.len(), 2);
        prop_assert_eq!(&found[0].id, &left.id);
        prop_assert_eq!(write(&found), text);
    }
}
