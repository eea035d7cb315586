//! Texts as Open XML writes them: in runs of different fonts, with reading aids, with
//! escapes for what XML cannot hold.

use super::super::refusal::Refusal;
use super::super::xml::{Node, Xml};

/// So many bytes come of all shared texts together at most, each counted with what
/// keeping it takes.
const MOST: usize = 48 << 20;
/// What keeping a text takes beside its bytes.
const EACH: usize = 24;

/// The texts that cells refer to by number.
pub(super) fn read(xml: &mut Xml<'_>) -> Result<Vec<String>, Refusal> {
    let mut texts = Vec::new();
    let mut left = MOST;
    loop {
        let is_text = match xml.next()? {
            Node::Open(tag) => tag.name() == "si",
            Node::Over => return Ok(texts),
            _ => false,
        };
        if is_text {
            let text = rich(xml)?;
            left = left.checked_sub(text.len() + EACH).ok_or(Refusal::Wordy)?;
            texts.push(text);
        }
    }
}

/// The text of the element that has just begun: its runs joined, without the reading
/// aids above them.
pub(super) fn rich(xml: &mut Xml<'_>) -> Result<String, Refusal> {
    let outside = xml.depth().saturating_sub(1);
    let mut whole = String::new();
    while xml.depth() > outside {
        let (is_text, is_aid) = match xml.next()? {
            Node::Open(tag) => (tag.name() == "t", matches!(tag.name(), "rPh" | "phoneticPr")),
            _ => (false, false),
        };
        if is_aid {
            xml.skip()?;
        } else if is_text {
            let run = xml.text()?;
            if whole.len() + run.len() > MOST {
                return Err(Refusal::Wordy);
            }
            whole.push_str(&run);
        }
    }
    Ok(unescaped(&whole))
}

/// A text with "_x000D_" and the like as the signs that they stand for. What would
/// look like such an escape by itself is written with its first sign escaped.
pub(super) fn unescaped(text: &str) -> String {
    if !text.contains("_x") {
        return text.to_owned();
    }
    let mut units: Vec<u16> = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, escape) = rest.split_at_checked(at).unwrap_or((rest, ""));
        units.extend(before.encode_utf16());
        let unit = escape.get(2..6).filter(|it| it.bytes().all(|b| b.is_ascii_hexdigit()));
        let unit = unit.filter(|_| escape.get(6..7) == Some("_"));
        match unit.and_then(|it| u16::from_str_radix(it, 16).ok()) {
            Some(unit) => {
                units.push(unit);
                rest = escape.get(7..).unwrap_or_default();
            }
            None => {
                units.extend("_".encode_utf16());
                rest = escape.get(1..).unwrap_or_default();
            }
        }
    }
    units.extend(rest.encode_utf16());
    String::from_utf16_lossy(&units)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_undone_once() {
        for (written, meant) in [
            ("青禾小学_x000D_", "青禾小学\r"),
            ("望山_x005F_x000D_中学", "望山_x000D_中学"),
            ("_x000d__x000A_", "\r\n"),
            ("_xD83D__xDE00_", "😀"),
            ("_xD83D_", "\u{FFFD}"),
            ("_x00_ _x000G_ _x000D", "_x00_ _x000G_ _x000D"),
            ("__x0041_", "_A"),
            ("_x小学_", "_x小学_"),
            ("a_x", "a_x"),
        ] {
            assert_eq!(unescaped(written), meant, "{written}");
        }
    }
}
