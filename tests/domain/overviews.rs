//! 总表.

use zhidu::assessment::place::{AnswerField, EvidenceField, Place};
use zhidu::assessment::{Assessment, RowId, State};
use zhidu::catalogue::PointId;
use zhidu::filter::{Filter, PointKind};
use zhidu::overview::replace::{find, replacing};
use zhidu::overview::{Bulk, Column, Row, Sorted, bulk, last_changes, ordered, rows};
use zhidu::value::map::Map;

use zhidu::catalogue::{Catalogue, embedded};

use crate::sample::{filled, log, point};

fn catalogue() -> Catalogue {
    let (_, json) = embedded().iter().find(|(id, _)| *id == "beijing-balance-2018").unwrap();
    Catalogue::parse(json).unwrap()
}

fn table(work: &Assessment) -> Vec<Row> {
    rows(&catalogue(), work, &Map::new())
}

fn shown(work: &Assessment, filter: &Filter, by: Column, descending: bool) -> Vec<usize> {
    ordered(&catalogue(), work, &table(work), filter, Some(Sorted { by, descending }))
}

#[test]
fn every_point_has_its_row() {
    let work = filled();
    let table = table(&work);
    assert_eq!(table.len(), catalogue().points().len());
    let first = &table[0];
    assert_eq!((first.state, first.score.as_str(), first.materials), (State::Complete, "3.5", 2));
    assert_eq!(first.units, "区教委、区财政局");
    // Blanks and line breaks are no characters.
    let text = work.text(&Place::Answer(point(1), AnswerField::Narrative)).to_owned();
    assert_eq!(first.characters, text.chars().filter(|c| !c.is_whitespace()).count());
    assert!(table[3].missing > 0 || table.iter().any(|row| row.missing > 0));
}

#[test]
fn sorting_goes_by_what_stands_in_a_column_and_equals_stay_in_order() {
    let work = filled();
    let all = Filter::default();
    let plain = ordered(&catalogue(), &work, &table(&work), &all, None);
    assert_eq!(plain, (0..54).collect::<Vec<_>>());
    let by_state = shown(&work, &all, Column::State, true);
    assert_eq!(by_state[0], 8, "不适用 first");
    let blank: Vec<usize> =
        by_state.iter().copied().filter(|at| table(&work)[*at].state == State::Blank).collect();
    assert!(blank.is_sorted());
    let by_score = shown(&work, &all, Column::Score, true);
    assert_eq!(&by_score[..2], [1, 0], "4.005 before 3.5, as numbers");
    assert_eq!(shown(&work, &all, Column::Number, true)[0], 53);
    let only = Filter { kind: Some(PointKind::Drafting), ..Filter::default() };
    assert_eq!(shown(&work, &only, Column::Number, false), [1, 16, 53]);
}

#[test]
fn the_change_log_says_who_was_last() {
    let last = last_changes(&filled(), &log());
    for (point, (at, _)) in last.iter() {
        assert!(log().iter().any(|it| it.entry.at == *at), "{point}");
    }
    assert!(!last.is_empty());
}

fn done(work: &mut Assessment, edits: &[zhidu::assessment::edit::Edit]) {
    edits.iter().for_each(|edit| work.apply(edit).unwrap());
}

#[test]
fn what_is_done_with_many_is_done_with_each_and_can_be_taken_back() {
    let before = filled();
    let points: Vec<PointId> = [1, 2, 30].map(point).to_vec();
    for what in [
        Bulk::State(State::Complete),
        Bulk::NotApplicable("本区没有此类学校".to_owned()),
        Bulk::Units("区教委".to_owned()),
        Bulk::Units(String::new()),
        Bulk::Filler("赵六".to_owned()),
    ] {
        let mut work = before.clone();
        let edits = bulk(&work, &points, &what);
        done(&mut work, &edits);
        for id in &points {
            let answer = work.answer(id);
            match &what {
                Bulk::State(state) => assert_eq!(answer.state, *state),
                Bulk::NotApplicable(reason) => {
                    assert_eq!((answer.state, &answer.waiver), (State::NotApplicable, reason));
                }
                Bulk::Units(text) => assert_eq!(&answer.units, text),
                Bulk::Filler(text) => assert_eq!(&answer.filler, text),
            }
        }
        assert_eq!(bulk(&work, &points, &what), [], "again there is nothing to do");
        for edit in edits.into_iter().rev() {
            work.apply(&edit.invert()).unwrap();
        }
        assert_eq!(work, before);
    }
}

#[test]
fn what_is_looked_for_is_found_in_all_texts_and_replaced_where_wanted() {
    let mut work = filled();
    let catalogue = catalogue();
    let all: Vec<PointId> = catalogue.points().iter().map(|it| it.id.clone()).collect();
    let hits = find(&catalogue, &work, &all, "会议", "例会");
    let narrative = Place::Answer(point(1), AnswerField::Narrative);
    let hit = hits.iter().find(|hit| hit.place == narrative).unwrap();
    assert_eq!(hit.count, 2);
    assert_eq!(hit.around.concat(), "已建立联席会议制度，全年召开 4 次会议。\n详见附");
    let material = Place::Evidence(RowId::from_random(0xA2), EvidenceField::Title);
    assert!(hits.iter().any(|hit| hit.place == material), "materials too");
    assert!(find(&catalogue, &work, &[point(2)], "会议", "").is_empty(), "of the chosen points alone");
    assert!(find(&catalogue, &work, &all, "", "x").is_empty());
    let edits = replacing(&work, [hit]);
    done(&mut work, &edits);
    assert_eq!(work.text(&narrative), "已建立联席例会制度，全年召开 4 次例会。\n详见附件。");
    assert_eq!(work.text(&material), "会议纪要", "what was left out stays");
}
