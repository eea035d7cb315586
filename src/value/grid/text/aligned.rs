//! Columns that are kept apart by blanks alone, as in reports that were printed into a
//! file. A single blank belongs to its cell.

use std::collections::BTreeMap;

/// A piece of a line between runs of blanks, with where it begins and ends: counted in
/// characters, and as wide as they are printed, Han twice as wide as others.
struct Piece<'a> {
    text: &'a str,
    begins: [usize; 2],
    ends: [usize; 2],
}

/// The rows of cells of a text, if most of its lines have as many pieces and these stand
/// below each other; a line with fewer has its cells where they stand.
pub(super) fn columns(text: &str) -> Option<Vec<Vec<String>>> {
    let lines: Vec<Vec<Piece<'_>>> = text.lines().map(pieces).collect();
    let filled = lines.iter().filter(|line| !line.is_empty()).count();
    let mut counts = BTreeMap::new();
    for line in lines.iter().filter(|line| line.len() > 1) {
        *counts.entry(line.len()).or_insert(0_usize) += 1;
    }
    let (width, alike) = counts.iter().max_by_key(|it| (*it.1, *it.0)).map(|it| (*it.0, *it.1))?;
    if alike < 2 || alike * 2 < filled {
        return None;
    }
    let whole: Vec<&Vec<Piece<'_>>> = lines.iter().filter(|line| line.len() == width).collect();
    let measure = (0..2).find(|measure| (0..width).all(|column| is_column(&whole, column, *measure)));
    if measure.is_none() && lines.iter().any(|line| line.len() > 1 && line.len() != width) {
        return None;
    }
    let model = whole.first()?;
    let cells = |line: &Vec<Piece<'_>>| {
        let mut cells = vec![String::new(); if line.len() > 1 { width } else { line.len() }];
        for (at, piece) in line.iter().enumerate() {
            let column = match measure {
                Some(measure) if line.len() > 1 && line.len() != width => place(model, piece, measure),
                _ => at,
            };
            if let Some(cell) = cells.get_mut(column.min(width - 1)) {
                if !cell.is_empty() {
                    cell.push_str("  ");
                }
                cell.push_str(piece.text);
            }
        }
        cells
    };
    Some(lines.iter().map(cells).collect())
}

/// The pieces between runs of two or more blanks.
fn pieces(line: &str) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let (mut from, mut begins) = (None, [0; 2]);
    let (mut at, mut behind, mut end) = ([0, 0], 0, [0; 2]);
    for (byte, c) in line.char_indices() {
        let after = [at[0] + 1, at[1] + if c < '\u{1100}' { 1 } else { 2 }];
        if !is_blank(c) {
            if let Some(start) = from
                && at[0] > end[0] + 1
            {
                let text = line.get(start..behind).unwrap_or_default();
                pieces.push(Piece { text, begins, ends: end });
                from = None;
            }
            if from.is_none() {
                from = Some(byte);
                begins = at;
            }
            behind = byte + c.len_utf8();
            end = after;
        }
        at = after;
    }
    if let Some(start) = from {
        pieces.push(Piece { text: line.get(start..behind).unwrap_or_default(), begins, ends: end });
    }
    pieces
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{3000}')
}

/// Whether the pieces of a column all begin or all end at the same place.
fn is_column(lines: &[&Vec<Piece<'_>>], column: usize, measure: usize) -> bool {
    let same = |place: fn(&Piece<'_>) -> [usize; 2]| {
        let mut places =
            lines.iter().filter_map(|line| line.get(column)).map(|it| place(it).get(measure).copied());
        let first = places.next();
        places.all(|it| Some(it) == first)
    };
    same(|it| it.begins) || same(|it| it.ends)
}

/// The column in which a piece stands: that with the same edge, else the last one that
/// begins no later.
fn place(model: &[Piece<'_>], piece: &Piece<'_>, measure: usize) -> usize {
    let at = |places: [usize; 2]| places.get(measure).copied().unwrap_or_default();
    let edge = |it: &Piece<'_>| at(it.begins) == at(piece.begins) || at(it.ends) == at(piece.ends);
    let before = || model.iter().rposition(|it| at(it.begins) <= at(piece.begins));
    model.iter().position(edge).or_else(before).unwrap_or_default()
}
