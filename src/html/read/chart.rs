//! Charts as SVG. Everything stands in attributes and nothing in style sheets, so
//! that a picture that is copied out of the page looks as it does there; colours
//! differ in lightness too, for printers without them.

mod bars;
mod columns;
mod radar;
mod stack;
mod words;

use maud::{Markup, html};

pub(super) use bars::{Bar, Mark, bars};
pub(super) use columns::columns;
pub(super) use radar::{Spoke, radar};
pub(super) use stack::{Row, Tone, stack};

use crate::html::act::ReadAct;
use words::width_of;

const INK: &str = "#1b2530";
const SOFT: &str = "#465361";
const RULE: &str = "#d6dde5";
const PAPER: &str = "#ffffff";
const FILL: &str = "#1d4f91";
const PALE: &str = "#9db7d8";
const TINT: &str = "#eff2f6";
const LIMIT: &str = "#b42318";
const FONT: &str = "Microsoft YaHei, PingFang SC, Noto Sans CJK SC, sans-serif";
/// Sizes of texts, in the units of the drawing.
const TEXT: i32 = 13;
const SMALL: i32 = 12;
const TITLE: i32 = 15;
/// What stands above every drawing: its title.
const HEAD: i32 = 34;

/// What a chart shows before it is framed.
pub(super) struct Drawing {
    title: String,
    width: i32,
    height: i32,
    body: Markup,
}

/// A chart with the table of its data beneath, and a button that copies the
/// picture. `summary` says to those who do not see it what it shows.
pub(super) fn figure(drawing: &Drawing, summary: &str, table: &Markup) -> Markup {
    let Drawing { title, width, height, body } = drawing;
    html! {
        figure.z-chart {
            svg xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (width) " " (height) } role="img"
                aria-label={ (title) "。" (summary) } data-title=(title) font-family=(FONT)
            {
                rect width=(width) height=(height) fill=(PAPER) {}
                text x="0" y="18" font-size=(title_size(title, *width)) font-weight="600" fill=(INK) { (title) }
                (body)
            }
            figcaption {
                button.z-button.z-noprint type="button" data-do=(ReadAct::CopyPicture.name())
                    aria-label={ "复制图片：" (title) } { "复制图片" }
                details {
                    summary aria-label={ "数据表：" (title) } { "数据表" }
                    (table)
                }
            }
        }
    }
}

/// Smaller for a title that is longer than its drawing is wide.
fn title_size(title: &str, width: i32) -> i32 {
    (TITLE * width / width_of(title, TITLE).max(1)).clamp(SMALL, TITLE)
}

/// Where a text stands in relation to its point.
#[derive(Clone, Copy)]
enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    const fn name(self) -> &'static str {
        match self {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        }
    }
}

fn label(x: i32, y: i32, anchor: Anchor, fill: &str, text: &str) -> Markup {
    html! { text x=(x) y=(y) font-size=(SMALL) text-anchor=(anchor.name()) fill=(fill) { (text) } }
}

fn line(from: (i32, i32), to: (i32, i32), stroke: &str, dashes: Option<&str>) -> Markup {
    html! {
        line x1=(from.0) y1=(from.1) x2=(to.0) y2=(to.1) stroke=(stroke) stroke-dasharray=[dashes]
            stroke-width=(if dashes.is_some() { "1.5" } else { "1" }) {}
    }
}

fn block(x: i32, y: i32, width: i32, height: i32, fill: &str) -> Markup {
    html! { rect x=(x) y=(y) width=(width.max(0)) height=(height.max(0)) fill=(fill) {} }
}

/// The nearest whole unit of a drawing.
#[allow(clippy::cast_possible_truncation, reason = "drawings are small, and a float beyond them ends there")]
fn whole(position: f64) -> i32 {
    position.round() as i32
}

/// The length of a text with some space behind it.
fn room_for(text: &str) -> i32 {
    width_of(text, SMALL) + 8
}
