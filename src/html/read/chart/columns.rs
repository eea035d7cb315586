//! How often values occur, as columns of equal width.

use maud::html;

use crate::analysis::Distribution;
use crate::html::read::chart::words::width_of;
use crate::html::read::chart::{
    Anchor, Drawing, FILL, HEAD, INK, LIMIT, PAPER, RULE, SMALL, SOFT, block, label, line, room_for, whole,
};

const WIDTH: i32 = 380;
const HEIGHT: i32 = 130;
/// Room for half a name at both ends.
const SIDE: i32 = 22;
/// Room above the columns for the names of two lines and for a number.
const TOP: i32 = HEAD + 2 * (SMALL + 4) + SMALL + 4;
const BOTTOM: i32 = TOP + HEIGHT;

/// The schools of a distribution over its values, with 本地区均值 and the standard.
pub(in crate::html) fn columns(title: String, of: &Distribution) -> Drawing {
    let standard = of.standard.map(|limit| limit.value().to_f64());
    let lines = [of.mean, standard];
    let (first, last) = (of.edge(0).to_f64(), of.edge(of.columns.len()).to_f64());
    // The lines are drawn even where no school is near them.
    let low = lines.iter().flatten().fold(first, |low, at| low.min(*at));
    let high = lines.iter().flatten().fold(last, |high, at| high.max(*at));
    let x = |value: f64| SIDE + whole(f64::from(WIDTH - 2 * SIDE) * (value - low) / (high - low));
    let most = of.columns.iter().copied().max().unwrap_or(0).max(1);
    #[allow(clippy::cast_precision_loss, reason = "there are not 2⁵² schools")]
    let height = |count: usize| whole(f64::from(HEIGHT) * count as f64 / most as f64);
    let edges: Vec<(i32, String)> = (0..=of.columns.len())
        .map(|column| (x(of.edge(column).to_f64()), of.edge(column).to_string()))
        .collect();
    let every = apart(&edges);
    let names = [
        (of.mean, INK, "2 3", of.mean.map(|mean| format!("本地区均值 {mean:.2}"))),
        (standard, LIMIT, "5 3", of.standard.map(|it| format!("标准 {} {}", it.sign(), it.value()))),
    ];
    let body = html! {
        @for (column, count) in of.columns.iter().enumerate() {
            @let (from, to) = (x(of.edge(column).to_f64()), x(of.edge(column + 1).to_f64()));
            @if *count > 0 {
                (block(from, BOTTOM - height(*count), (to - from - 1).max(1), height(*count), FILL))
            }
        }
        @for (at, (value, colour, dashes, _)) in (0..).zip(&names) {
            @if let Some(value) = value {
                @let (x, y) = (x(*value), HEAD + at * (SMALL + 4) + 2);
                // Seen on the dark of a column too.
                (block(x - 1, y, 3, BOTTOM - y, PAPER))
                (line((x, y), (x, BOTTOM), colour, Some(*dashes)))
            }
        }
        // What is written stands out from the lines behind it.
        g paint-order="stroke" stroke=(PAPER) stroke-width="3" stroke-linejoin="round" {
            @for (column, count) in of.columns.iter().enumerate() {
                @let (from, to) = (x(of.edge(column).to_f64()), x(of.edge(column + 1).to_f64()));
                @let name = count.to_string();
                @if *count > 0 && to - from >= width_of(&name, SMALL) {
                    (label(i32::midpoint(from, to), BOTTOM - height(*count) - 4, Anchor::Middle, SOFT, &name))
                }
            }
            @for (at, (value, colour, _, name)) in (0..).zip(&names) {
                @if let (Some(value), Some(name)) = (value, name) {
                    @let (x, y) = (x(*value), HEAD + at * (SMALL + 4) + SMALL);
                    @let left = x + room_for(name) > WIDTH;
                    (label(if left { x - 5 } else { x + 5 }, y - 1, if left { Anchor::End } else { Anchor::Start }, colour, name))
                }
            }
        }
        (line((SIDE, BOTTOM), (WIDTH - SIDE, BOTTOM), SOFT, None))
        @for (x, edge) in edges.iter().step_by(every) {
            (line((*x, BOTTOM), (*x, BOTTOM + 4), RULE, None))
            (label(*x, BOTTOM + SMALL + 6, Anchor::Middle, SOFT, edge))
        }
    };
    Drawing { title, width: WIDTH, height: BOTTOM + SMALL + 14, body }
}

/// Each how many edges one can be named without touching the next.
fn apart(edges: &[(i32, String)]) -> usize {
    let widest = edges.iter().map(|(_, text)| room_for(text)).max().unwrap_or(0);
    let (Some((first, _)), Some((second, _))) = (edges.first(), edges.get(1)) else { return 1 };
    usize::try_from(widest / (second - first).max(1) + 1).unwrap_or(1)
}
