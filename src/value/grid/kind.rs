//! What a file is, told by its content: people rename files, and programs name web
//! pages .xls. Looks at bytes alone, never at a name, and reads no table.

use super::encoding::{Encoding, eight_bit, marked, unmarked_utf16};
use super::refused::Refused;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole ZIP package: .xlsx and .docx among others.
    Zip,
    /// An OLE container: .xls, .et, .doc, and workbooks with a password.
    Ole,
    /// A text, to be decoded and handed to [`super::decoded::book`].
    Text(Encoding),
    /// Nothing that holds a table.
    Refused(Refused),
}

/// The end of a package lies within so many bytes of the end of its file.
const ZIP_END: usize = 22 + 65_535;
/// So many bytes at the beginning of a JSON file tell whose it is.
const JSON_HEAD: usize = 4096;

/// Beginnings of files that are refused.
const BEGINNINGS: [(&[u8], Refused); 18] = [
    (b"\x00\x05\x16\x07", Refused::Apple),
    (b"\x00\x05\x16\x00", Refused::Apple),
    (b"\x00\x00\x00\x01Bud1", Refused::Apple),
    (b"\x4C\x00\x00\x00\x01\x14\x02\x00", Refused::Shortcut),
    (b"\x89PNG", Refused::Picture),
    (b"\xFF\xD8\xFF", Refused::Picture),
    (b"GIF87a", Refused::Picture),
    (b"GIF89a", Refused::Picture),
    (b"II*\x00", Refused::Picture),
    (b"MM\x00*", Refused::Picture),
    (b"\x00\x00\x01\x00", Refused::Picture),
    (b"Rar!\x1A\x07", Refused::Archive),
    (b"7z\xBC\xAF\x27\x1C", Refused::Archive),
    (b"\x1F\x8B", Refused::Archive),
    (b"\xFD7zXZ\x00", Refused::Archive),
    (b"{\\rtf", Refused::Rtf),
    (b"MIME-Version:", Refused::Mhtml),
    (b"MIME-version:", Refused::Mhtml),
];

/// Beginnings of texts that are refused, whatever their encoding.
const TEXTS: [(&str, Refused); 5] = [
    ("[.ShellClassInfo]", Refused::Windows),
    ("[LocalizedFileNames]", Refused::Windows),
    ("[ViewState]", Refused::Windows),
    ("[ZoneTransfer]", Refused::Windows),
    ("[InternetShortcut]", Refused::Shortcut),
];

/// Tells by its bytes what a file is.
pub fn sniff(bytes: &[u8]) -> Kind {
    if bytes.is_empty() {
        return Kind::Refused(Refused::Empty);
    }
    if bytes.iter().all(|byte| *byte == 0) {
        return Kind::Refused(Refused::Unfinished);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        let tail = bytes.get(bytes.len().saturating_sub(ZIP_END)..).unwrap_or_default();
        let whole = tail.windows(4).any(|it| it == b"PK\x05\x06");
        return if whole { Kind::Zip } else { Kind::Refused(Refused::Unfinished) };
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Kind::Ole;
    }
    match foreign(bytes) {
        Some(why) => Kind::Refused(why),
        None => text(bytes),
    }
}

/// What is told by a signature.
fn foreign(bytes: &[u8]) -> Option<Refused> {
    if let Some((_, why)) = BEGINNINGS.iter().find(|(beginning, _)| bytes.starts_with(beginning)) {
        return Some(*why);
    }
    let at = |from: usize, to: usize| bytes.get(from..to).unwrap_or_default();
    if at(0, 1024.min(bytes.len())).windows(5).any(|it| it == b"%PDF-") {
        return Some(Refused::Pdf);
    }
    if is_owner(bytes) {
        return Some(Refused::Owner);
    }
    let picture = (at(0, 4) == b"RIFF" && at(8, 12) == b"WEBP")
        || (at(0, 2) == b"BM" && at(6, 10) == [0; 4])
        || (at(4, 8) == b"ftyp" && [b"heic", b"heix", b"mif1", b"avif"].iter().any(|it| at(8, 12) == *it));
    if picture {
        return Some(Refused::Picture);
    }
    (at(257, 262) == b"ustar" || (at(0, 3) == b"BZh" && at(4, 8) == b"1AY&")).then_some(Refused::Archive)
}

/// The file that Excel and PowerPoint (165 bytes) or Word (162) keep while another one
/// is open: the name of its owner behind its length, in bytes and once more in UTF-16.
fn is_owner(bytes: &[u8]) -> bool {
    let second = match bytes.len() {
        165 => 55,
        162 => 54,
        _ => return false,
    };
    let short = |byte: Option<&u8>| byte.is_some_and(|it| (1..=54).contains(it));
    // Behind the name its place is padded, which tells it from a text of this length.
    let name = bytes.first().map_or(0, |length| usize::from(*length) + 1);
    let padding = bytes.get(name..second).unwrap_or_default();
    short(bytes.first())
        && padding.iter().all(|byte| matches!(byte, b' ' | 0))
        && bytes.get(1).is_some_and(|it| *it >= b' ')
        && short(bytes.get(second))
        && bytes.get(second + 1) == Some(&0)
}

fn text(bytes: &[u8]) -> Kind {
    let encoding = match marked(bytes) {
        Some(encoding) => encoding,
        None => match unmarked(bytes) {
            Ok(encoding) => encoding,
            Err(why) => return Kind::Refused(why),
        },
    };
    // Without zeros and marks the beginning in ASCII is the same in every encoding.
    let beginning = bytes.iter().filter(|it| !matches!(it, 0 | 0xEF | 0xBB | 0xBF | 0xFE | 0xFF));
    let beginning: Vec<u8> = beginning.copied().skip_while(u8::is_ascii_whitespace).take(32).collect();
    if let Some((_, why)) = TEXTS.iter().find(|(text, _)| beginning.starts_with(text.as_bytes())) {
        return Kind::Refused(*why);
    }
    match json(bytes) {
        Some(why) => Kind::Refused(why),
        None => Kind::Text(encoding),
    }
}

fn unmarked(bytes: &[u8]) -> Result<Encoding, Refused> {
    if bytes.contains(&0)
        && let Some(encoding) = unmarked_utf16(bytes)
    {
        return Ok(encoding);
    }
    // Word's own signs (7, 11, 12, 30, 31) and the end of a text in DOS (26) occur.
    let control = |byte: &&u8| matches!(byte, 0..=6 | 8 | 14..=25 | 27..=29 | 127);
    if bytes.iter().filter(control).count() * 50 > bytes.len() {
        return Err(Refused::Binary);
    }
    eight_bit(bytes).ok_or(Refused::Encoding)
}

/// Which JSON it is, if it is any.
fn json(bytes: &[u8]) -> Option<Refused> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let head = bytes.get(..JSON_HEAD.min(bytes.len()))?;
    let head: Vec<u8> = head.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let has = |word: &str| head.windows(word.len()).any(|it| it == word.as_bytes());
    match head.as_slice() {
        [b'{', b'"' | b'}', ..] if has("\"format\":\"zhidu-backup\"") => Some(Refused::Backup),
        [b'{', b'"' | b'}', ..] if has("\"levels\":[") && has("\"point_name\":") => Some(Refused::Catalogue),
        [b'{', b'"' | b'}', ..] | [b'[', b'{' | b'[' | b'"', ..] => Some(Refused::Json),
        _ => None,
    }
}
