//! In which encoding a text is written, told by its bytes alone. Decodes nothing: the
//! browser does that.
//!
//! A text is damaged more often than it is in an unlikely encoding: one byte that was
//! lost or cut off changes nothing of what is told here.

/// An encoding that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8, with or without its mark; plain ASCII too.
    Utf8,
    /// UTF-16, the lower byte first: Excel's "Unicode 文本".
    Utf16Le,
    /// UTF-16, the higher byte first.
    Utf16Be,
    /// GB18030, and with it GBK and GB2312, in which Excel and WPS write CSV in China.
    Gb18030,
}

impl Encoding {
    /// Its name for the browser's decoder.
    pub fn label(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16Le => "utf-16le",
            Encoding::Utf16Be => "utf-16be",
            Encoding::Gb18030 => "gb18030",
        }
    }
}

/// So many bytes show the pattern of UTF-16.
const PATTERN: usize = 64 << 10;

/// The encoding that a mark at the beginning names.
pub(super) fn marked(bytes: &[u8]) -> Option<Encoding> {
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => Some(Encoding::Utf8),
        // So would UTF-32 begin, which nobody writes.
        [0xFF, 0xFE, 0, 0, ..] => None,
        [0xFF, 0xFE, ..] => Some(Encoding::Utf16Le),
        [0xFE, 0xFF, ..] => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// UTF-16 without its mark. In a table every separator, line end and digit has a zero
/// byte, always on the same side: five of 100 code units must be such, and 95 of 100
/// such as Chinese texts have at all.
pub(super) fn unmarked_utf16(bytes: &[u8]) -> Option<Encoding> {
    let bytes = bytes.get(..bytes.len().min(PATTERN)).unwrap_or_default();
    let fit = |read: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).filter_map(|pair| pair.try_into().ok()).map(read);
        let (mut ascii, mut usual, mut all) = (0_usize, 0_usize, 0_usize);
        for unit in units {
            all += 1;
            ascii += usize::from(is_ascii(unit));
            usual += usize::from(is_usual(unit));
        }
        if usual * 20 >= all * 19 && ascii * 20 >= all { ascii } else { 0 }
    };
    let (little, big) = (fit(u16::from_le_bytes), fit(u16::from_be_bytes));
    match little.cmp(&big) {
        std::cmp::Ordering::Greater => Some(Encoding::Utf16Le),
        std::cmp::Ordering::Less => Some(Encoding::Utf16Be),
        std::cmp::Ordering::Equal => None,
    }
}

fn is_ascii(unit: u16) -> bool {
    matches!(unit, 9..=13 | 0x20..=0x7E)
}

/// ASCII, signs, Han, full-width forms, and the halves of rarer Han.
fn is_usual(unit: u16) -> bool {
    is_ascii(unit)
        || matches!(unit, 0xA0..=0x24F | 0x391..=0x3C9 | 0x2000..=0x27BF | 0x3000..=0x30FF | 0x3200..=0x9FFF
            | 0xD800..=0xDFFF | 0xF900..=0xFAFF | 0xFE10..=0xFE6F | 0xFF00..=0xFFEF)
}

/// UTF-8 or GB18030, for a text without marks and zeros; `None` if it is neither.
///
/// - Whatever has more well-formed characters of three and four bytes than ill-formed
///   places is UTF-8: so are all Han, and text in GB18030 hardly ever looks like that,
///   while a damaged byte makes one ill-formed place.
/// - Otherwise GB18030, if at most one in five of its characters (or a single one, as
///   where a text is cut) is ill-formed and at least half of the others are of GB2312,
///   as in all Chinese texts but those that are really in another encoding.
/// - Otherwise UTF-8 if it is well-formed: then it has no Han at all.
pub(super) fn eight_bit(bytes: &[u8]) -> Option<Encoding> {
    if bytes.is_ascii() {
        return Some(Encoding::Utf8);
    }
    let (mut wide, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        wide += chunk.valid().chars().filter(|c| c.len_utf8() > 2).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    if wide > broken {
        return Some(Encoding::Utf8);
    }
    let gb = Gb::count(bytes);
    let sound = if broken == 0 { gb.broken == 0 } else { gb.broken <= 1 + gb.all / 5 };
    if sound && gb.all > 0 && gb.common * 2 >= gb.all {
        return Some(Encoding::Gb18030);
    }
    (broken == 0).then_some(Encoding::Utf8)
}

/// The characters beyond ASCII of a text in GB18030.
#[derive(Default)]
struct Gb {
    all: usize,
    /// Those of GB2312, and those of four bytes, which no other encoding has.
    common: usize,
    /// Bytes that begin no character.
    broken: usize,
}

impl Gb {
    fn count(mut bytes: &[u8]) -> Gb {
        let mut gb = Gb::default();
        loop {
            let length = match bytes {
                [] => return gb,
                [0..=0x7F, ..] => 1,
                [0x81..=0xFE, 0x30..=0x39, 0x81..=0xFE, 0x30..=0x39, ..] => {
                    gb.all += 1;
                    gb.common += 1;
                    4
                }
                [lead @ 0x81..=0xFE, trail @ (0x40..=0x7E | 0x80..=0xFE), ..] => {
                    gb.all += 1;
                    gb.common += usize::from(*lead >= 0xA1 && *lead <= 0xF7 && *trail >= 0xA1);
                    2
                }
                _ => {
                    gb.broken += 1;
                    1
                }
            };
            bytes = bytes.get(length..).unwrap_or_default();
        }
    }
}
