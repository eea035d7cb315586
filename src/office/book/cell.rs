//! What a cell says: the value that its file keeps and its format, as a text and
//! what is known beside it. Interprets no text.

use crate::value::grid::About;

use super::format::{Format, Look};
use super::gather::Content;
use super::number::{decimal, elapsed, is_rounded, moment};

/// A number in its format.
pub(super) fn number(value: f64, format: Option<&Format>, from_1904: bool) -> Content {
    let look = format.map_or(Look::Plain, |format| format.look(value));
    let date = match look {
        Look::Moment => moment(value, from_1904),
        Look::Elapsed => elapsed(value),
        Look::Percent => return percent(value),
        Look::Plain | Look::Other(_) => None,
    };
    if let Some(date) = date {
        return Content::about(date, About::Date);
    }
    let text = decimal(value);
    match look {
        _ if is_rounded(value) => Content::about(text, About::Rounded),
        Look::Other(shown) => Content::about(text, About::Shown(shown)),
        _ => Content::text(text),
    }
}

/// A part of one that is shown as parts of a hundred.
pub(super) fn percent(value: f64) -> Content {
    Content::about(format!("{}%", decimal(value * 100.0)), About::Percent)
}

/// A truth value.
pub(super) fn truth(value: bool) -> Content {
    Content::text(if value { "TRUE" } else { "FALSE" }.to_owned())
}

/// The text that a formula gives. WPS keeps a picture in a cell as one.
pub(super) fn result(text: String) -> Content {
    if is_picture(&text) { Content::about(String::new(), About::Picture) } else { Content::text(text) }
}

/// Whether a formula, or what stands for its result, is a picture of WPS.
pub(super) fn is_picture(formula: &str) -> bool {
    let name = formula.trim().trim_start_matches('=');
    let name = name.strip_prefix("_xlfn.").unwrap_or(name);
    name.get(..8).is_some_and(|it| it.eq_ignore_ascii_case("DISPIMG("))
}
