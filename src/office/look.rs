//! How the roles of cells look in Excel. Names fonts that every Chinese Windows
//! and WPS has, and embeds none.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::workbook::digits::Digits;
use crate::workbook::sheet::{Edges, Role, Style};

const BODY: &str = "宋体";
const HEAD: &str = "黑体";
const LINES: Color = Color::RGB(0x007F_8A99);
const SHADE: Color = Color::RGB(0x00E8_EEF6);
const FAINT: Color = Color::RGB(0x00F5_F7FA);
const GREY: Color = Color::RGB(0x0055_5F6D);
const RED: Color = Color::RGB(0x00B4_2318);

/// The formats in use, each made once. With `quoted` Excel takes what is typed
/// behind a leading "=" for text even when the cell is edited.
#[derive(Default)]
pub(super) struct Formats {
    made: BTreeMap<(Style, bool), Format>,
}

impl Formats {
    pub fn of(&mut self, style: Style, quoted: bool) -> &Format {
        self.made.entry((style, quoted)).or_insert_with(|| {
            let format = numbered(framed(of_role(style.role), style.edges), style.digits);
            if quoted { format.set_quote_prefix() } else { format }
        })
    }
}

/// The look of cells that have none of their own.
pub(super) fn plain() -> Format {
    Format::new().set_font_name(BODY).set_font_size(10)
}

/// The look of cells in which digits stay a text.
pub(super) fn typed_text() -> Format {
    numbered(plain(), Digits::Text)
}

fn numbered(format: Format, digits: Digits) -> Format {
    match digits {
        Digits::AsIs => format,
        // One of the formats that Excel has by itself.
        Digits::Text => format.set_num_format_index(49),
        _ => format.set_num_format(digits.format()),
    }
}

fn of_role(role: Role) -> Format {
    let set = |name: &str, size: u8| {
        Format::new()
            .set_font_name(name)
            .set_font_size(size)
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter)
    };
    match role {
        Role::Plain => plain(),
        Role::Title => set(HEAD, 20).set_align(FormatAlign::Center),
        Role::Subtitle => set(BODY, 11).set_align(FormatAlign::Center),
        Role::Section => set(HEAD, 11).set_background_color(SHADE).set_indent(1),
        Role::Heading => set(HEAD, 14).set_align(FormatAlign::Center),
        Role::Caption => set(BODY, 10).set_font_color(GREY),
        Role::Warning => set(HEAD, 12).set_font_color(RED).set_align(FormatAlign::Center),
        Role::Header => set(HEAD, 10).set_align(FormatAlign::Center).set_background_color(SHADE),
        Role::Group => set(BODY, 10).set_align(FormatAlign::Top).set_background_color(FAINT),
        Role::GroupAgain => {
            set(BODY, 10).set_align(FormatAlign::Top).set_font_color(GREY).set_background_color(FAINT)
        }
        Role::Body => set(BODY, 10).set_align(FormatAlign::Top),
        Role::Value => set(BODY, 11).set_align(FormatAlign::Left).set_indent(1),
        Role::Centre => set(BODY, 10).set_align(FormatAlign::Top).set_align(FormatAlign::Center),
        Role::Uncounted => set(BODY, 10)
            .set_align(FormatAlign::Top)
            .set_align(FormatAlign::Center)
            .set_font_color(GREY)
            .set_font_strikethrough(),
        Role::Sum => set(HEAD, 10).set_align(FormatAlign::Center).set_background_color(FAINT),
        Role::SumName => set(HEAD, 10).set_background_color(FAINT),
        Role::Label => set(HEAD, 11).set_align(FormatAlign::Center).set_background_color(FAINT),
    }
}

fn framed(format: Format, edges: Edges) -> Format {
    let (line, faint) = (FormatBorder::Thin, FormatBorder::Hair);
    let (above, below) = match edges {
        Edges::None => return format,
        Edges::All => (line, line),
        Edges::Top => (line, faint),
        Edges::Middle => (faint, faint),
        Edges::Bottom => (faint, line),
    };
    format
        .set_border_left(line)
        .set_border_left_color(LINES)
        .set_border_right(line)
        .set_border_right_color(LINES)
        .set_border_top(above)
        .set_border_top_color(LINES)
        .set_border_bottom(below)
        .set_border_bottom_color(LINES)
}
