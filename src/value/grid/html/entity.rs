//! Entities of HTML and XML as the characters that they stand for. An unknown one stays
//! as it is written.

use std::borrow::Cow;

/// Those that occur in tables.
const NAMED: [(&str, char); 42] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{A0}'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("zwnj", '\u{200C}'),
    ("zwj", '\u{200D}'),
    ("shy", '\u{AD}'),
    ("middot", '·'),
    ("times", '×'),
    ("divide", '÷'),
    ("plusmn", '±'),
    ("deg", '°'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("frac12", '½'),
    ("yen", '¥'),
    ("copy", '©'),
    ("reg", '®'),
    ("sect", '§'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("permil", '‰'),
    ("bull", '•'),
    ("le", '≤'),
    ("ge", '≥'),
    ("ne", '≠'),
    ("larr", '←'),
    ("rarr", '→'),
    ("radic", '√'),
    ("minus", '−'),
];

/// What the numbers from 128 to 159 stand for, as far as they occur: they are meant as
/// those of Windows.
const WINDOWS: [(u32, char); 11] = [
    (128, '€'),
    (133, '…'),
    (137, '‰'),
    (145, '‘'),
    (146, '’'),
    (147, '“'),
    (148, '”'),
    (149, '•'),
    (150, '–'),
    (151, '—'),
    (153, '™'),
];

/// The longest name or number that is looked for, in bytes.
const LONGEST: usize = 10;

/// A text with its entities decoded.
pub(crate) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut parts = text.split('&');
    plain.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let end = part.bytes().take(LONGEST).position(|byte| byte == b';');
        let found = end.and_then(|end| Some((character(part.get(..end)?)?, part.get(end + 1..)?)));
        // Browsers take this one without its end, too.
        let found = found.or_else(|| Some(('\u{A0}', part.strip_prefix("nbsp")?)));
        match found {
            Some((c, behind)) => {
                plain.push(c);
                plain.push_str(behind);
            }
            None => {
                plain.push('&');
                plain.push_str(part);
            }
        }
    }
    Cow::Owned(plain)
}

fn character(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        return NAMED.iter().find(|it| it.0 == name).map(|it| it.1);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    WINDOWS.iter().find(|it| it.0 == code).map(|it| it.1).or_else(|| char::from_u32(code))
}
