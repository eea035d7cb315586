//! Bars that lie beside each other from a common zero.

use maud::html;

use crate::html::read::chart::words::fitted;
use crate::html::read::chart::{
    Anchor, Drawing, FILL, HEAD, INK, LIMIT, PALE, RULE, SMALL, SOFT, TEXT, TINT, block, label, line,
    room_for, whole,
};

const WIDTH: i32 = 560;
const ROW: i32 = 24;
const BAR: i32 = 14;
const LABELS: i32 = 216;
const VALUES: i32 = 116;
const INDENT: i32 = 16;
/// Where the texts of a row stand above its lower edge.
const BASE: i32 = 7;

/// A row.
pub(in crate::html) struct Bar {
    /// What it is about.
    pub label: String,
    /// How far it is set in: 0 for the main rows.
    pub depth: usize,
    /// How long it is; `None` where there is nothing to show.
    pub value: Option<f64>,
    /// The value in words.
    pub text: String,
}

/// A limit across all bars.
pub(in crate::html) struct Mark {
    /// Where.
    pub at: f64,
    /// What it is called.
    pub label: String,
}

/// Bars up to `most`, with lines at the marks.
pub(in crate::html) fn bars(title: String, rows: &[Bar], most: f64, marks: &[Mark]) -> Drawing {
    let plot = WIDTH - LABELS - VALUES;
    let top = HEAD + i32::try_from(marks.len()).unwrap_or(0) * (SMALL + 4);
    let count = i32::try_from(rows.len()).unwrap_or(0);
    let bottom = top + count * ROW;
    let x = |value: f64| LABELS + whole(f64::from(plot) * (value / most).clamp(0.0, 1.0));
    let body = html! {
        @for (at, row) in (0..).zip(rows) {
            @let y = top + at * ROW;
            @let inset = i32::try_from(row.depth).unwrap_or(0) * INDENT;
            @let main = row.depth == 0;
            @let size = if main { TEXT } else { SMALL };
            text x=(inset) y=(y + ROW - BASE) font-size=(size)
                font-weight=[main.then_some("600")] fill=(if main { INK } else { SOFT })
            { (fitted(&row.label, size, LABELS - inset - 6)) }
            (block(LABELS, y + (ROW - BAR) / 2, plot, BAR, TINT))
            @if let Some(value) = row.value {
                (block(LABELS, y + (ROW - BAR) / 2, x(value) - LABELS, BAR, if main { FILL } else { PALE }))
            }
            (label(WIDTH - VALUES + 8, y + ROW - BASE, Anchor::Start, INK, &row.text))
        }
        (line((LABELS, top), (LABELS, bottom), SOFT, None))
        (line((0, bottom), (WIDTH, bottom), RULE, None))
        @for (at, mark) in (0..).zip(marks) {
            @let (x, y) = (x(mark.at), HEAD + at * (SMALL + 4) + SMALL);
            // To the left where the right has no room.
            @let left = x + room_for(&mark.label) > WIDTH;
            (line((x, y - SMALL), (x, bottom), LIMIT, Some("5 3")))
            (label(if left { x - 5 } else { x + 5 }, y - 1, if left { Anchor::End } else { Anchor::Start }, LIMIT, &mark.label))
        }
    };
    Drawing { title, width: WIDTH, height: bottom + 6, body }
}
