//! What a window could not store: only what is really missing is set apart, and
//! taking it over does what it says.

use zhidu::assessment::edit::Edit;
use zhidu::assessment::history::apply_all;
use zhidu::assessment::place::{AnswerField, Place};
use zhidu::assessment::{Assessment, CheckItem, State};
use zhidu::html::{Past, past_page};
use zhidu::record::unmerged::{Adopt, Unmerged};

use crate::sample::{filled, point, row, scored};
use crate::steps::apply;

fn narrative(at: u16) -> Place {
    Place::Answer(point(at), AnswerField::Narrative)
}

fn typed(before: &Assessment, at: u16, text: &str) -> Assessment {
    let mut after = before.clone();
    let edits = after.typing(&narrative(at), text);
    apply(&mut after, &edits);
    after
}

fn apart(stored: &Assessment, mine: &Assessment, now: &Assessment) -> Unmerged {
    let mut parts = zhidu::record::parts(stored);
    parts.extend(zhidu::record::parts(mine));
    parts.sort();
    parts.dedup();
    let edits: Vec<Edit> = parts.iter().flat_map(|part| stored.edits_to(mine, part)).collect();
    let edits = Unmerged::between(stored, mine, now, &edits);
    Unmerged { at: "2026-11-23 14:05".to_owned(), by: "张三".to_owned(), whole: true, edits }
}

#[track_caller]
fn check_adopts(copy: &Unmerged, now: &Assessment, how: Adopt, text: &str) {
    let mut after = now.clone();
    apply_all(&mut after, &copy.adopting(now, 0, how)).unwrap();
    assert_eq!(after.text(&narrative(30)), text);
}

#[test]
fn whole_texts_are_put_in_place_or_behind() {
    let stored = typed(&filled(), 30, "原文");
    let (mine, theirs) = (typed(&stored, 30, "原文，我改"), typed(&stored, 30, "原文，他改"));
    let copy = apart(&stored, &mine, &theirs);
    assert_eq!(copy.edits.len(), 1);
    check_adopts(&copy, &theirs, Adopt::Replace, "原文，我改");
    check_adopts(&copy, &theirs, Adopt::Append, "原文，他改\n原文，我改");
}

#[test]
fn what_is_there_already_is_not_set_apart() {
    let stored = typed(&filled(), 30, "原文");
    let mine = typed(&stored, 30, "原文，我改");
    assert_eq!(apart(&stored, &mine, &mine).edits, []);
    let both = typed(&mine, 31, "别处");
    assert_eq!(apart(&stored, &mine, &both).edits, []);
}

#[test]
fn fragments_are_only_put_behind_and_a_mere_deletion_does_nothing() {
    let now = typed(&filled(), 30, "他的全文");
    let splice = |removed: &str, inserted: &str| Unmerged {
        at: String::new(),
        by: String::new(),
        whole: false,
        edits: vec![Edit::Splice {
            place: narrative(30),
            offset: 3,
            removed: removed.to_owned(),
            inserted: inserted.to_owned(),
        }],
    };
    for how in [Adopt::Replace, Adopt::Append] {
        check_adopts(&splice("旧", "我的一句"), &now, how, "他的全文\n我的一句");
        check_adopts(&splice("旧", ""), &now, how, "他的全文");
    }
    check_adopts(&splice("", "我的一句"), &typed(&now, 30, ""), Adopt::Append, "我的一句");
}

#[test]
fn states_rows_and_lists_are_taken_over_once() {
    let stored = filled();
    let mut mine = stored.clone();
    for edits in [
        mine.setting_state(&point(30), State::Complete),
        mine.adding_evidence(&point(2), row(0xB7)),
        mine.adding_check_item(&point(54), row(0xC7)),
        mine.dropping_check_item(&point(54), &row(0xC1)),
    ] {
        apply_all(&mut mine, &edits).unwrap();
    }
    let mut now = stored.clone();
    let edits = now.adding_evidence(&point(2), row(0xB8));
    apply(&mut now, &edits);
    let copy = apart(&stored, &mine, &now);
    for _ in 0..2 {
        for index in 0..copy.edits.len() {
            let edits = copy.adopting(&now, index, Adopt::Replace);
            apply_all(&mut now, &edits).unwrap();
        }
    }
    assert_eq!(now.answer(&point(30)).state, State::Complete);
    assert_eq!(now.answer(&point(2)).evidence, [row(0xB8), row(0xB7)]);
    assert!(now.evidence.contains_key(&row(0xB7)));
    let items: Vec<&CheckItem> = now.answer(&point(54)).check_items.iter().collect();
    assert_eq!(items.iter().map(|it| &it.id).collect::<Vec<_>>(), [&row(0xC2), &row(0xC7)]);
    assert_eq!(copy.adopting(&now, 99, Adopt::Replace), []);
}

#[test]
fn the_page_shows_what_was_what_is_and_what_was_not_written() {
    let stored = typed(&filled(), 30, "<b>原文</b>");
    let (mine, theirs) = (typed(&stored, 30, "我改"), typed(&stored, 30, "他改"));
    let past = Past { unmerged: vec![(row(1), apart(&stored, &mine, &theirs))], ..Past::default() };
    let html = past_page(scored(), &theirs, &past);
    for text in ["&lt;b&gt;原文", "我改", "他改", "要点 30", "完成情况说明", "张三", "未并入的修改"]
    {
        assert!(html.contains(text), "{text}");
    }
    assert!(!past_page(scored(), &theirs, &Past::default()).contains("未并入的修改"));
}
