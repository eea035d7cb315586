//! What files have changed since somebody looked.

use zhidu::assessment::Assessment;
use zhidu::assessment::edit::Edit;
use zhidu::assessment::history::apply_all;
use zhidu::assessment::place::{AnswerField, EvidenceField, Place};
use zhidu::record::Mark;
use zhidu::record::log::{Entry, How, Logged};
use zhidu::record::news::{News, since};

use crate::sample::{point, replica, row, scored, untouched};

fn mark(serial: u32) -> Mark {
    Mark { epoch: 7, serial, replica: replica(1) }
}

/// The `serial`-th entry, by which `edits` were made in `state`.
fn done(state: &mut Assessment, serial: u32, how: How, source: &str, edits: Vec<Edit>) -> Logged {
    apply_all(state, &edits).unwrap();
    let entry = Entry {
        at: "2026-11-30 09:00".to_owned(),
        by: String::new(),
        how,
        edits,
        source: source.to_owned(),
        through: None,
    };
    Logged { mark: mark(serial), entry }
}

#[test]
fn points_that_files_have_changed_are_told_with_their_files_until_they_were_looked_at() {
    let catalogue = scored();
    let mut state = untouched(catalogue);
    let text = |at| Place::Answer(point(at), AnswerField::Narrative);
    let typing = |state: &Assessment, at, words: &str| state.typing(&text(at), words);
    let mut log = Vec::new();
    let edits = typing(&state, 5, "自己写的。");
    log.push(done(&mut state, 1, How::Filled, "", edits));
    let edits = [typing(&state, 9, "财政局。"), state.adding_evidence(&point(3), row(4))].concat();
    log.push(done(&mut state, 2, How::Merged, "甲", edits));
    let edits = typing(&state, 9, "财政局又改。");
    log.push(done(&mut state, 3, How::Merged, "乙", edits));
    let edits = state.splice_to(&Place::Evidence(row(4), EvidenceField::Title), "通知").into_iter().collect();
    log.push(done(&mut state, 4, How::Merged, "乙", edits));
    let told = |seen: Option<Mark>| -> Vec<(u16, String)> {
        let news = since(catalogue, &state, &log, seen.as_ref());
        let no = |it: &News| catalogue.points()[it.point].ordinal;
        news.iter().map(|it| (no(it), it.sources.join("、"))).collect()
    };
    assert_eq!(told(None), [(3, "甲、乙".to_owned()), (9, "甲、乙".to_owned())]);
    assert_eq!(told(Some(mark(2))), [(3, "乙".to_owned()), (9, "乙".to_owned())]);
    assert_eq!(told(Some(mark(3))), [(3, "乙".to_owned())]);
    assert_eq!(told(Some(mark(4))), []);
    assert_eq!(Mark::parse(&mark(4).to_text()), Some(mark(4)));
}
