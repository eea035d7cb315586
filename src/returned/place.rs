//! Where a sheet of the yardstick stands in a file, and its columns in that sheet.

use crate::value::grid::Grid;
use crate::workbook::sheet::{Content, Sheet};
use crate::workbook::{check_items, evidence, schools};

/// The heads are looked for in so many rows from the top.
const HEADS_WITHIN: usize = 60;

/// Whether anything of the assessment stands in a sheet, or rows can be added to it.
pub(super) fn is_editable(sheet: &Sheet) -> bool {
    let grows = [evidence::NAME, check_items::NAME, schools::NAME].contains(&sheet.name.as_str());
    !sheet.very_hidden
        && (grows || sheet.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.holds.is_some()))
}

/// The sheet of a file that is this one: by its name, or else by its heads.
pub(super) fn sheet<'a>(expected: &Sheet, grids: &[&'a Grid]) -> Option<&'a Grid> {
    if let Some(grid) = grids.iter().copied().find(|grid| grid.name == expected.name) {
        return Some(grid);
    }
    let heads = heads(expected);
    let fits = |grid: &&&Grid| {
        let found = head_row(&heads, grid);
        found.is_some_and(|(_, matched)| matched * 3 >= heads.len() * 2)
    };
    grids.iter().find(fits).copied().filter(|_| !heads.is_empty())
}

/// The heads of a sheet with their columns.
pub(super) fn heads(sheet: &Sheet) -> Vec<(usize, String)> {
    let row = sheet.page.as_ref().and_then(|page| page.repeated_row);
    let cells = row.and_then(|row| sheet.rows.get(row as usize)).map(|row| row.cells.as_slice());
    let heads = cells.unwrap_or_default().iter().enumerate();
    heads
        .filter_map(|(column, cell)| match &cell.content {
            Content::Text(text) => Some((column, text.clone())),
            _ => None,
        })
        .collect()
}

/// The row of a file in which the most of these heads stand, and how many.
pub(super) fn head_row(heads: &[(usize, String)], grid: &Grid) -> Option<(usize, usize)> {
    let wanted: Vec<String> = heads.iter().map(|(_, head)| plain(head)).collect();
    let matched = |row: &Vec<String>| {
        let cells: Vec<String> = row.iter().map(|cell| plain(cell)).collect();
        wanted.iter().filter(|head| cells.contains(*head)).count()
    };
    let rows = grid.rows.iter().take(HEADS_WITHIN).enumerate();
    let best = rows.map(|(at, row)| (at, matched(row))).rev().max_by_key(|(_, matched)| *matched);
    best.filter(|(_, matched)| *matched > 0)
}

/// Whether all of these heads stand in one row.
pub(super) fn has_heads(grid: &Grid, heads: &[&str]) -> bool {
    let wanted: Vec<(usize, String)> = heads.iter().map(|head| (0, (*head).to_owned())).collect();
    head_row(&wanted, grid).is_some_and(|(_, matched)| matched == heads.len())
}

/// For each column of a sheet the one in which it stands in the file; of several with the
/// same head the first is the first.
pub(super) fn columns(heads: &[(usize, String)], grid: &Grid, row: usize) -> Vec<(usize, Option<usize>)> {
    let cells: Vec<String> =
        grid.rows.get(row).map(|row| row.iter().map(|cell| plain(cell)).collect()).unwrap_or_default();
    let mut taken = vec![false; cells.len()];
    let mut at = |head: &str| {
        let wanted = plain(head);
        let found = cells.iter().zip(&taken).position(|(cell, taken)| !taken && *cell == wanted)?;
        if let Some(taken) = taken.get_mut(found) {
            *taken = true;
        }
        Some(found)
    };
    heads.iter().map(|(column, head)| (*column, at(head))).collect()
}

/// A text without white space, as heads are compared.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
