//! Bars that are made up of portions.

use maud::{Markup, html};

use crate::html::read::chart::words::fitted;
use crate::html::read::chart::{
    Anchor, Drawing, FILL, HEAD, INK, LIMIT, PALE, PAPER, SOFT, TEXT, block, label, room_for, whole,
};

const WIDTH: i32 = 560;
const ROW: i32 = 30;
const BAR: i32 = 20;
const LABELS: i32 = 170;
const LEGEND: i32 = 26;
const KEY: i32 = 12;

/// How a portion is filled. Dark and hatched ones are told apart without colours.
#[derive(Clone, Copy)]
pub(in crate::html) enum Tone {
    /// Dark.
    Full,
    /// Hatched in red.
    Alarm,
    /// Light.
    Pale,
    /// Lines on white, with a rim.
    Ruled,
    /// Dots on white, with a rim.
    Dotted,
    /// White, with a rim.
    Empty,
}

/// A bar: what it is about, and how many are in each portion.
pub(in crate::html) struct Row {
    /// What it is about.
    pub label: String,
    /// How many are in each portion, in the order of the legend.
    pub counts: Vec<usize>,
}

/// Bars as long as what they count, the longest over the full width.
pub(in crate::html) fn stack(title: String, legend: &[(&str, Tone)], rows: &[Row]) -> Drawing {
    let most = rows.iter().map(|row| row.counts.iter().sum()).max().unwrap_or(0).max(1);
    let top = HEAD + LEGEND;
    let bottom = top + i32::try_from(rows.len()).unwrap_or(0) * ROW;
    #[allow(clippy::cast_precision_loss, reason = "there are not 2⁵² of anything here")]
    let x = |count: usize| LABELS + whole(f64::from(WIDTH - LABELS - 4) * count as f64 / most as f64);
    let body = html! {
        defs {
            pattern id="hatched" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                rect width="6" height="6" fill="#f4d4d0" {}
                rect width="3" height="6" fill=(LIMIT) {}
            }
            pattern id="ruled" width="4" height="4" patternUnits="userSpaceOnUse" {
                rect width="4" height="4" fill=(PAPER) {}
                rect width="4" height="1" fill=(SOFT) {}
            }
            pattern id="dotted" width="5" height="5" patternUnits="userSpaceOnUse" {
                rect width="5" height="5" fill=(PAPER) {}
                circle cx="2.5" cy="2.5" r="1" fill=(SOFT) {}
            }
        }
        (keys(legend))
        @for (at, row) in (0..).zip(rows) {
            @let y = top + at * ROW + (ROW - BAR) / 2;
            text x="0" y=(y + BAR - 5) font-size=(TEXT) fill=(INK) { (fitted(&row.label, TEXT, LABELS - 10)) }
            @for (portion, (count, (_, tone))) in row.counts.iter().zip(legend).enumerate() {
                @let before = row.counts.iter().take(portion).sum::<usize>();
                @let (from, to) = (x(before), x(before + count));
                @if *count > 0 {
                    (filled(from, y, to - from, BAR, *tone))
                    (number(from, to, y, *count, *tone))
                }
            }
        }
    };
    Drawing { title, width: WIDTH, height: bottom + 4, body }
}

/// How many there are, if the portion has room for it.
fn number(from: i32, to: i32, y: i32, count: usize, tone: Tone) -> Markup {
    let text = count.to_string();
    let middle = i32::midpoint(from, to);
    let room = room_for(&text);
    html! {
        @if to - from >= room {
            // On a pattern a number needs ground of its own.
            @if matches!(tone, Tone::Alarm | Tone::Ruled | Tone::Dotted) { (block(middle - room / 2 + 1, y + 3, room - 2, BAR - 6, PAPER)) }
            (label(middle, y + BAR - 6, Anchor::Middle, if matches!(tone, Tone::Full) { PAPER } else { INK }, &text))
        }
    }
}

fn keys(legend: &[(&str, Tone)]) -> Markup {
    let ends = legend.iter().scan(0, |end, (name, _)| {
        let from = *end;
        *end += KEY + 6 + room_for(name) + 10;
        Some(from)
    });
    html! {
        @for (x, (name, tone)) in ends.zip(legend) {
            (filled(x, HEAD, KEY, KEY, *tone))
            (label(x + KEY + 6, HEAD + KEY - 1, Anchor::Start, SOFT, name))
        }
    }
}

fn filled(x: i32, y: i32, width: i32, height: i32, tone: Tone) -> Markup {
    let (fill, rim) = match tone {
        Tone::Full => (FILL, FILL),
        Tone::Alarm => ("url(#hatched)", LIMIT),
        Tone::Pale => (PALE, PALE),
        Tone::Ruled => ("url(#ruled)", SOFT),
        Tone::Dotted => ("url(#dotted)", SOFT),
        Tone::Empty => (PAPER, SOFT),
    };
    html! { rect x=(x) y=(y) width=(width) height=(height) fill=(fill) stroke=(rim) {} }
}
