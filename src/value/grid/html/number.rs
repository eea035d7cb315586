//! The exact number behind what a cell shows, where its source gives both: a spreadsheet
//! copies "####" for a narrow column and "1200万" or "1.2E+02" for its format, and says
//! the number beside it.

use crate::value::grid::About;

/// From here on Excel's days are no count of anything else that looks like a date: 1927.
const DAYS: f64 = 10_000.0;
/// From here on a number has digits that a spreadsheet does not keep.
const DIGITS: f64 = 1e15;

/// A number with the 15 digits that spreadsheets have: 0.1 + 0.2 is 0.3.
pub(crate) fn decimal(number: f64) -> String {
    let plain: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    plain.to_string()
}

/// The text of a cell that shows `shown` and holds `exact`, and what is to be said of it.
/// A date stays as it is shown.
pub(crate) fn settled(shown: String, exact: f64) -> (String, Option<About>) {
    let plain: String = shown.chars().filter(|c| !matches!(c, ',' | '，' | ' ' | '¥' | '￥' | '$')).collect();
    if exact.is_nan()
        || exact.is_infinite()
        || (is_date(&shown) && (exact > DAYS || shown.contains([':', '：'])))
    {
        return (shown, Some(About::Date).filter(|_| exact.is_finite()));
    }
    if plain.ends_with(['%', '％']) {
        return (format!("{}%", decimal(exact * 100.0)), Some(About::Percent));
    }
    let text = decimal(exact);
    if exact.abs() >= DIGITS {
        return (text, Some(About::Rounded));
    }
    let digits = plain.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    let same = digits
        && plain.parse::<f64>() == text.parse::<f64>()
        && (!plain.starts_with('0') || text.starts_with('0'));
    (text, (!same).then_some(About::Shown(shown)))
}

/// Whether a text shows a day or a time.
fn is_date(shown: &str) -> bool {
    let groups = shown.split(|c: char| !c.is_ascii_digit()).filter(|it| !it.is_empty()).count();
    let sign = |c: char| matches!(c, '-' | '/' | ':' | '：' | '年' | '月' | '日' | '时');
    (groups > 1 && shown.trim_start_matches('-').contains(sign)) || shown.contains(['年', '月', '日'])
}
