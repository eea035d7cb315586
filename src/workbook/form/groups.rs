//! The names of the groups beside their points. No cell is merged over several
//! points: a merged cell shows its text once, so that a page in the middle of it, or
//! a screen, would not say where it is. A name stands beside the first point, a long
//! one goes on beside the next rows, and every further row has it again in grey.

use crate::catalogue::{Catalogue, Group};
use crate::workbook::block::{self, Block};
use crate::workbook::sheet::{Content, Role};
use crate::workbook::wrap;

/// A text of so many lines stands whole beside its first point.
const WHOLE_LINES: u32 = 12;

/// What stands beside the first point of a group.
pub(super) fn text(group: &Group) -> String {
    if group.title.is_empty() || group.text.is_empty() {
        return group.heading();
    }
    format!("{}\n{}", group.heading(), group.text)
}

/// Makes the rows of each group high enough for its text and for its name beside
/// each of its points. Inner groups first.
pub(super) fn make_room(catalogue: &Catalogue, widths: &[u32], blocks: &mut [Block]) {
    for group in catalogue.groups().iter().rev() {
        let width = width(group, widths);
        let again = block::height(wrap::lines(&group.short_heading(), width));
        let Some(blocks) = blocks.get_mut(group.points.clone()) else { continue };
        for row in blocks.iter_mut().skip(1).filter_map(|block| block.rows.first_mut()) {
            row.height = row.height.max(Some(again.min(block::ROW_LIMIT)));
        }
        let text = text(group);
        let lines = wrap::lines(&text, width);
        if let Some(first) = blocks.first_mut().and_then(|block| block.rows.first_mut()) {
            let whole = (lines <= WHOLE_LINES).then(|| block::height(lines));
            first.height = first.height.max(whole);
        }
        loop {
            let missing = missing(&text, width, blocks);
            if missing == 0 {
                break;
            }
            let share = missing.div_ceil(u32::try_from(blocks.len()).unwrap_or(1).max(1));
            let given = blocks.iter_mut().map(|block| share - block.stretch(share)).sum::<u32>();
            if given == 0 {
                match blocks.last_mut() {
                    Some(last) => block::extend(last, missing),
                    None => break,
                }
            }
        }
    }
}

/// Writes the names into the first columns.
pub(super) fn name(catalogue: &Catalogue, widths: &[u32], blocks: &mut [Block]) {
    for group in catalogue.groups() {
        let column = group.level.saturating_sub(1);
        let Some(blocks) = blocks.get_mut(group.points.clone()) else { continue };
        let (text, again, width) = (text(group), group.short_heading(), width(group, widths));
        let mut pieces = pieces(&text, width, blocks).into_iter();
        let mut ended = false;
        for block in blocks {
            for row in &mut block.rows {
                let fits = wrap::lines(&again, width) <= block::room(row.height.unwrap_or(0));
                let piece = pieces.next().unwrap_or_default();
                let Some(cell) = row.cells.get_mut(column) else { continue };
                if !piece.is_empty() {
                    cell.content = Content::Text(piece.to_owned());
                } else if ended && fits {
                    cell.content = Content::Text(again.clone());
                    cell.style.role = Role::GroupAgain;
                }
                ended = pieces.as_slice().iter().all(|piece| piece.is_empty());
            }
        }
    }
}

fn width(group: &Group, widths: &[u32]) -> u32 {
    widths.get(group.level.saturating_sub(1)).copied().unwrap_or(10)
}

/// A text cut for the rows beside which it stands; what does not fit stands in the
/// last.
fn pieces<'a>(text: &'a str, width: u32, blocks: &[Block]) -> Vec<&'a str> {
    let heights: Vec<u32> = heights(blocks).collect();
    let mut pieces = Vec::new();
    let mut rest = text;
    for (index, height) in heights.iter().enumerate() {
        let room = block::room(*height);
        let lines = wrap::lines(rest, width);
        let piece = if lines <= room || index + 1 == heights.len() {
            rest
        } else if room < 2 {
            ""
        } else {
            wrap::parts(rest, width, room).first().map_or("", |part| part.text)
        };
        rest = rest.get(piece.len()..).unwrap_or("");
        pieces.push(piece);
    }
    pieces
}

/// By how much the last row is too low for what is left of a text.
fn missing(text: &str, width: u32, blocks: &[Block]) -> u32 {
    let left = pieces(text, width, blocks).last().map_or(0, |piece| wrap::lines(piece, width));
    block::height(left).saturating_sub(heights(blocks).last().unwrap_or(u32::MAX))
}

fn heights(blocks: &[Block]) -> impl Iterator<Item = u32> {
    blocks.iter().flat_map(|block| &block.rows).map(|row| row.height.unwrap_or(0))
}
