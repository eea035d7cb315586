//! Files to which things happen by chance.

use std::sync::Arc;

use zhidu::assessment::RowId;
use zhidu::returned::read;
use zhidu::value::grid::{About, Book, Mark};

use super::{chance, file, set, usual};
use crate::sample::{Dice, IDS, catalogue, filled};

/// So many rearranged files are read in a usual run; `ZHIDU_REARRANGED` sets another number.
fn rearranged() -> u32 {
    usual("ZHIDU_REARRANGED", 500)
}

/// Something that happens to a file, by chance.
fn happens(book: &mut Book, dice: &mut Dice) {
    let at = dice.roll(book.sheets.len());
    let Some(grid) = book.sheets.get_mut(at) else { return };
    let (row, other) = (dice.roll(grid.rows.len()), dice.roll(grid.rows.len()));
    let column = dice.roll(grid.width());
    match dice.roll(12) {
        0 => drop((!grid.rows.is_empty()).then(|| grid.rows.remove(row))),
        1 => grid.rows.iter_mut().filter(|it| it.len() > column).for_each(|it| drop(it.remove(column))),
        2 => grid
            .rows
            .iter_mut()
            .filter(|it| it.len() > column)
            .for_each(|it| it.insert(column, String::new())),
        3 => {
            let copy = grid.rows.get(row).cloned().unwrap_or_default();
            grid.rows.insert(other.min(grid.rows.len()), copy);
        }
        4 if row != other && row < grid.rows.len() && other < grid.rows.len() => grid.rows.swap(row, other),
        5 => grid.name = chance(dice),
        6 => drop(book.sheets.remove(at)),
        7 => {
            let about = [About::Error, About::NoResult, About::Picture, About::Date][dice.roll(4)].clone();
            grid.marks.push(Mark { row, column, about });
            grid.marks.sort_by_key(|mark| (mark.row, mark.column));
            grid.marks.dedup_by_key(|mark| (mark.row, mark.column));
        }
        8 => set(grid, row, column, ["99999999999", "-1", "0", "1"][dice.roll(4)]),
        9 => grid.rows.truncate(row),
        _ => {
            let text = chance(dice);
            set(grid, row, column, &text);
        }
    }
}

#[test]
fn whatever_happens_to_a_file_nothing_panics_and_nothing_is_removed() {
    let states = IDS.map(|id| {
        let catalogue = catalogue(id);
        let backup = filled(&catalogue);
        let book = file(&catalogue, &backup);
        (Arc::new(catalogue), backup, book)
    });
    for seed in 0..rearranged() {
        let (catalogue, backup, book) = &states[(seed % 4) as usize];
        let mut dice = Dice(u64::from(seed) + 77);
        let mut book = book.clone();
        for _ in 0..=dice.roll(12) {
            happens(&mut book, &mut dice);
        }
        let Ok(returned) = read(&book, |_| Some(Arc::clone(catalogue)), Some(backup)) else { continue };
        let base = &returned.base.assessment;
        let kept = |row: &RowId| returned.theirs.evidence.contains_key(row);
        assert!(base.evidence.keys().all(kept), "{seed}: a material is gone");
        for (point, answer) in &base.answers {
            let theirs = returned.theirs.answer(point);
            let items = answer.check_items.iter();
            assert!(items.clone().all(|item| theirs.check_items.iter().any(|it| it.id == item.id)), "{seed}");
        }
    }
}
