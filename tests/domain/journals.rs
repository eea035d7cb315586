//! The emergency journal: laid over the store by the copy that kept it, and
//! only where the store does not know it.

use proptest::prelude::*;
use zhidu::assessment::edit::Part;
use zhidu::assessment::place::{AnswerField, Place};
use zhidu::record::journal::Journal;
use zhidu::record::{Stamp, changes, load, parts};

use crate::random;
use crate::sample::{filled, point, replica, row};
use crate::steps::apply;

fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect()
}

#[track_caller]
fn check(stored: &[(&str, &str)], journal: &[(&str, Option<&str>)], laid_over: &[(&str, &str)]) {
    let records = journal.iter().map(|(key, text)| ((*key).to_owned(), text.map(str::to_owned))).collect();
    let journal = Journal { replica: replica(1), seq: 2, kept: String::new(), records };
    let mut found = journal.laid_over(&pairs(stored));
    found.sort();
    assert_eq!(found, pairs(laid_over));
}

#[test]
fn its_records_replace_add_and_remove() {
    check(&[("a", "1"), ("b", "2")], &[], &[("a", "1"), ("b", "2")]);
    check(&[("a", "1"), ("b", "2")], &[("b", Some("3"))], &[("a", "1"), ("b", "3")]);
    check(&[("a", "1")], &[("b", Some("3"))], &[("a", "1"), ("b", "3")]);
    check(&[("a", "1"), ("b", "2")], &[("a", None)], &[("b", "2")]);
    check(&[], &[("a", None), ("b", Some("3"))], &[("b", "3")]);
}

#[test]
fn it_is_news_only_to_its_own_copy_and_only_if_it_is_later() {
    let records = vec![("a".to_owned(), None)];
    let journal = Journal { replica: replica(1), seq: 7, kept: String::new(), records };
    assert!(journal.is_news_to(&replica(1), 6));
    assert!(!journal.is_news_to(&replica(1), 7));
    assert!(!journal.is_news_to(&replica(1), 8));
    assert!(!journal.is_news_to(&replica(2), 6));
    let empty = Journal { records: Vec::new(), ..journal };
    assert!(!empty.is_news_to(&replica(1), 6));
}

#[test]
fn unsaved_edits_are_there_after_it_is_laid_over() {
    let before = filled();
    let stamp = |seq| Stamp { seq, author: String::new() };
    let stored: Vec<_> = changes(&before, &parts(&before), &stamp(1))
        .into_iter()
        .filter_map(|(key, text)| Some((key.to_text(), text?)))
        .collect();
    let mut after = before.clone();
    let mut edits = after.typing(&Place::Answer(point(30), AnswerField::Narrative), "刚刚输入");
    edits.extend(after.dropping_evidence(&point(1), &row(0xA2)));
    apply(&mut after, &edits);
    let touched: Vec<Part> = edits.iter().map(|edit| edit.part()).collect();
    let journal = Journal::new(replica(1), 2, "14:05".to_owned(), changes(&after, &touched, &stamp(2)));
    let journal = Journal::read(&journal.write()).unwrap();
    let loaded = load(&journal.laid_over(&stored)).unwrap();
    assert_eq!(loaded.assessment, after);
    assert_eq!((loaded.seq, loaded.set_aside), (2, Vec::new()));
}

proptest! {
    #[test]
    fn its_text_is_read_back_and_no_part_of_it_is(
        keys in prop::collection::vec((random::text(), proptest::option::of(random::text())), 0..4),
        seq in any::<u64>(),
        cut in any::<prop::sample::Index>(),
    ) {
        let journal = Journal { replica: replica(1), seq, kept: "14:05".to_owned(), records: keys };
        let text = journal.write();
        prop_assert_eq!(Journal::read(&text), Some(journal));
        let cut: String = text.chars().take(cut.index(text.chars().count())).collect();
        prop_assert_eq!(Journal::read(&cut), None);
    }
}
