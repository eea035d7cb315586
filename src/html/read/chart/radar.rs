//! A radar chart: parts of a whole on spokes around a common zero.

use std::f64::consts::TAU;

use maud::html;

use crate::html::read::chart::words::fitted;
use crate::html::read::chart::{
    Anchor, Drawing, FILL, HEAD, INK, PALE, RULE, SMALL, SOFT, label, line, whole,
};

const WIDTH: i32 = 520;
const RADIUS: i32 = 120;
const CENTRE: (i32, i32) = (WIDTH / 2, HEAD + RADIUS + 42);
/// Below the lower labels there is a line on the rings.
const HEIGHT: i32 = CENTRE.1 + RADIUS + 64;
const RINGS: i32 = 5;

/// A spoke.
pub(in crate::html) struct Spoke {
    /// What it is about.
    pub label: String,
    /// From 0 in the centre to 1 at the rim; `None` where there is nothing to show.
    pub value: Option<f64>,
    /// The value in words.
    pub text: String,
}

/// Spokes, the first one upright. Neighbours that both have a value are joined.
pub(in crate::html) fn radar(title: String, spokes: &[Spoke]) -> Drawing {
    #[allow(clippy::cast_precision_loss, reason = "there are few spokes")]
    let angle = |at: usize| TAU * at as f64 / spokes.len().max(1) as f64;
    let at = |spoke: usize, distance: f64| {
        let (sin, cos) = angle(spoke).sin_cos();
        let length = f64::from(RADIUS) * distance;
        (CENTRE.0 + whole(sin * length), CENTRE.1 - whole(cos * length))
    };
    let corners = |distance: f64| points((0..spokes.len()).map(|spoke| at(spoke, distance)));
    let values: Vec<Option<(i32, i32)>> =
        spokes.iter().enumerate().map(|(spoke, it)| it.value.map(|value| at(spoke, value))).collect();
    let all: Option<Vec<(i32, i32)>> = values.iter().copied().collect();
    let body = html! {
        @for ring in 1..=RINGS {
            polygon points=(corners(f64::from(ring) / f64::from(RINGS))) fill="none" stroke=(RULE) {}
        }
        @for spoke in 0..spokes.len() { (line(CENTRE, at(spoke, 1.0), RULE, None)) }
        @if let Some(all) = all {
            polygon points=(points(all)) fill=(PALE) fill-opacity="0.45" stroke="none" {}
        }
        @for (one, other) in values.iter().zip(values.iter().cycle().skip(1)) {
            @if let (Some(one), Some(other)) = (one, other) {
                line x1=(one.0) y1=(one.1) x2=(other.0) y2=(other.1) stroke=(FILL) stroke-width="2" {}
            }
        }
        @for (x, y) in values.iter().flatten() { circle cx=(x) cy=(y) r="4" fill=(FILL) {} }
        (label(0, HEIGHT - 6, Anchor::Start, SOFT, "每圈 20%，最外圈 100%"))
        @for (spoke, it) in spokes.iter().enumerate() {
            @let (x, y) = at(spoke, 1.12);
            @let anchor = side(x);
            @let room = match anchor {
                Anchor::Start => WIDTH - x,
                Anchor::End => x,
                Anchor::Middle => WIDTH,
            };
            // Two lines, which stand above the upper spokes and below the lower ones.
            @let lift = if y < CENTRE.1 { SMALL } else { 0 };
            (label(x, y - lift, anchor, INK, &fitted(&it.label, SMALL, room)))
            (label(x, y - lift + SMALL + 4, anchor, SOFT, &it.text))
        }
    };
    Drawing { title, width: WIDTH, height: HEIGHT, body }
}

/// On which side of the centre a label stands.
fn side(x: i32) -> Anchor {
    match x - CENTRE.0 {
        ..=-12 => Anchor::End,
        12.. => Anchor::Start,
        _ => Anchor::Middle,
    }
}

fn points(corners: impl IntoIterator<Item = (i32, i32)>) -> String {
    corners.into_iter().map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ")
}
