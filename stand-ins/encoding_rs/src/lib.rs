//! UTF-8 under the names of the crate `encoding_rs`.
//!
//! The readers of workbooks, `calamine` and `quick-xml`, decode through that crate,
//! whose tables of all encodings of the web take 165 KB of the compressed file
//! worker. The parts of an XLSX or ODS file are in UTF-8, as Excel, WPS and LibreOffice
//! write them, and what is read of XLS files needs neither; so `Cargo.toml` puts this
//! in the crate's place. It has what those two and `codepage` name, and nothing else.
//!
//! Encodings besides UTF-8 exist by name alone: all bytes are malformed in them. An
//! XML file that declares one is read as UTF-8, and refused where it is not.

use std::borrow::Cow;

/// An encoding, by its name in the Encoding Standard.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Encoding {
    name: &'static str,
}

macro_rules! encodings {
    ($($init:ident $encoding:ident $name:literal)*) => {$(
        #[doc = concat!("The value of [`", stringify!($encoding), "`].")]
        pub static $init: Encoding = Encoding { name: $name };
        #[doc = concat!("What the standard calls ", $name, ".")]
        pub static $encoding: &Encoding = &$init;
    )*};
}

encodings! {
    BIG5_INIT BIG5 "Big5"
    EUC_JP_INIT EUC_JP "EUC-JP"
    EUC_KR_INIT EUC_KR "EUC-KR"
    GB18030_INIT GB18030 "gb18030"
    GBK_INIT GBK "GBK"
    IBM866_INIT IBM866 "IBM866"
    ISO_2022_JP_INIT ISO_2022_JP "ISO-2022-JP"
    ISO_8859_2_INIT ISO_8859_2 "ISO-8859-2"
    ISO_8859_3_INIT ISO_8859_3 "ISO-8859-3"
    ISO_8859_4_INIT ISO_8859_4 "ISO-8859-4"
    ISO_8859_5_INIT ISO_8859_5 "ISO-8859-5"
    ISO_8859_6_INIT ISO_8859_6 "ISO-8859-6"
    ISO_8859_7_INIT ISO_8859_7 "ISO-8859-7"
    ISO_8859_8_INIT ISO_8859_8 "ISO-8859-8"
    ISO_8859_8_I_INIT ISO_8859_8_I "ISO-8859-8-I"
    ISO_8859_10_INIT ISO_8859_10 "ISO-8859-10"
    ISO_8859_13_INIT ISO_8859_13 "ISO-8859-13"
    ISO_8859_14_INIT ISO_8859_14 "ISO-8859-14"
    ISO_8859_15_INIT ISO_8859_15 "ISO-8859-15"
    ISO_8859_16_INIT ISO_8859_16 "ISO-8859-16"
    KOI8_R_INIT KOI8_R "KOI8-R"
    KOI8_U_INIT KOI8_U "KOI8-U"
    MACINTOSH_INIT MACINTOSH "macintosh"
    REPLACEMENT_INIT REPLACEMENT "replacement"
    SHIFT_JIS_INIT SHIFT_JIS "Shift_JIS"
    UTF_8_INIT UTF_8 "UTF-8"
    UTF_16BE_INIT UTF_16BE "UTF-16BE"
    UTF_16LE_INIT UTF_16LE "UTF-16LE"
    WINDOWS_874_INIT WINDOWS_874 "windows-874"
    WINDOWS_1250_INIT WINDOWS_1250 "windows-1250"
    WINDOWS_1251_INIT WINDOWS_1251 "windows-1251"
    WINDOWS_1252_INIT WINDOWS_1252 "windows-1252"
    WINDOWS_1253_INIT WINDOWS_1253 "windows-1253"
    WINDOWS_1254_INIT WINDOWS_1254 "windows-1254"
    WINDOWS_1255_INIT WINDOWS_1255 "windows-1255"
    WINDOWS_1256_INIT WINDOWS_1256 "windows-1256"
    WINDOWS_1257_INIT WINDOWS_1257 "windows-1257"
    WINDOWS_1258_INIT WINDOWS_1258 "windows-1258"
    X_MAC_CYRILLIC_INIT X_MAC_CYRILLIC "x-mac-cyrillic"
}

impl Encoding {
    /// The encoding that a label stands for; `None` for all but those of UTF-8.
    pub fn for_label(label: &[u8]) -> Option<&'static Encoding> {
        let label = label.trim_ascii();
        let is_utf_8 = label.eq_ignore_ascii_case(b"utf-8") || label.eq_ignore_ascii_case(b"utf8");
        is_utf_8.then_some(UTF_8)
    }

    /// Its name in the standard.
    pub fn name(&'static self) -> &'static str {
        self.name
    }

    /// The text of all of `bytes`, whether they begin with a mark or not; `None`
    /// where some are malformed.
    pub fn decode_without_bom_handling_and_without_replacement<'a>(
        &'static self,
        bytes: &'a [u8],
    ) -> Option<Cow<'a, str>> {
        if self != UTF_8 {
            return bytes.is_empty().then_some(Cow::Borrowed(""));
        }
        std::str::from_utf8(bytes).ok().map(Cow::Borrowed)
    }

    /// The text of all of `bytes` with U+FFFD for what is malformed, the encoding
    /// that was used, and whether anything was malformed.
    pub fn decode<'a>(&'static self, bytes: &'a [u8]) -> (Cow<'a, str>, &'static Encoding, bool) {
        if self != UTF_8 {
            return (Cow::Owned("\u{FFFD}".repeat(bytes.len())), self, !bytes.is_empty());
        }
        let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes));
        let malformed = matches!(text, Cow::Owned(_));
        (text, self, malformed)
    }

    /// Decodes bytes that come in pieces.
    pub fn new_decoder_without_bom_handling(&'static self) -> Decoder {
        Decoder { encoding: self, begun: Vec::new() }
    }
}

/// How far a piece of bytes was decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecoderResult {
    /// To its end.
    InputEmpty,
    /// Until there was no room for the next character.
    OutputFull,
    /// To behind a malformed sequence of so many bytes, and then so many more.
    Malformed(u8, u8),
}

/// Decodes bytes that come in pieces.
#[derive(Debug)]
pub struct Decoder {
    encoding: &'static Encoding,
    /// The beginning of a character whose other bytes have not come yet.
    begun: Vec<u8>,
}

impl Decoder {
    /// The encoding that it decodes.
    pub fn encoding(&self) -> &'static Encoding {
        self.encoding
    }

    /// The most bytes that come out of the next `length` bytes; `None` if no number
    /// holds it.
    pub fn max_utf8_buffer_length_without_replacement(&self, length: usize) -> Option<usize> {
        length.checked_add(3)
    }

    /// Appends the text of a piece. Gives how far it came, and how many bytes it
    /// has read.
    pub fn decode_to_string_without_replacement(
        &mut self,
        piece: &[u8],
        text: &mut String,
        is_last: bool,
    ) -> (DecoderResult, usize) {
        self.decode(piece, is_last, |character| {
            let has_room = text.capacity() - text.len() >= character.len();
            if has_room {
                text.push_str(character);
            }
            has_room
        })
    }

    /// Writes the text of a piece to the start of `room`. Gives how far it came, how
    /// many bytes it has read and how many it has written.
    pub fn decode_to_utf8_without_replacement(
        &mut self,
        piece: &[u8],
        room: &mut [u8],
        is_last: bool,
    ) -> (DecoderResult, usize, usize) {
        let mut written = 0;
        let (result, read) = self.decode(piece, is_last, |character| {
            let place = room.get_mut(written..written + character.len());
            let has_room = place.is_some();
            if let Some(place) = place {
                place.copy_from_slice(character.as_bytes());
                written += character.len();
            }
            has_room
        });
        (result, read, written)
    }

    /// Hands on character by character until one is not taken.
    fn decode(
        &mut self,
        piece: &[u8],
        is_last: bool,
        mut take: impl FnMut(&str) -> bool,
    ) -> (DecoderResult, usize) {
        for (at, byte) in piece.iter().enumerate() {
            if self.encoding != UTF_8 {
                return (DecoderResult::Malformed(1, 0), at + 1);
            }
            self.begun.push(*byte);
            match std::str::from_utf8(&self.begun) {
                Ok(character) if take(character) => self.begun.clear(),
                Ok(_) => {
                    self.begun.pop();
                    return (DecoderResult::OutputFull, at);
                }
                Err(error) if error.error_len().is_some() => return (self.malformed(), at + 1),
                Err(_) => {}
            }
        }
        if is_last && !self.begun.is_empty() {
            return (self.malformed(), piece.len());
        }
        (DecoderResult::InputEmpty, piece.len())
    }

    /// Gives up the character that has begun, which has at most four bytes.
    fn malformed(&mut self) -> DecoderResult {
        let length = u8::try_from(self.begun.len()).unwrap_or(4);
        self.begun.clear();
        DecoderResult::Malformed(length, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a 区 é 𠮷";

    #[test]
    fn utf_8_is_read_and_nothing_else() {
        assert_eq!(Encoding::for_label(b" UTF-8 "), Some(UTF_8));
        assert_eq!(Encoding::for_label(b"gbk"), None);
        let whole = |encoding: &'static Encoding, bytes| {
            encoding.decode_without_bom_handling_and_without_replacement(bytes).map(Cow::into_owned)
        };
        assert_eq!(whole(UTF_8, TEXT.as_bytes()).as_deref(), Some(TEXT));
        assert_eq!(whole(UTF_8, b"\xC7\xF8"), None);
        assert_eq!(whole(GBK, b"\xC7\xF8"), None);
        assert_eq!(UTF_8.decode(b"\xEF\xBB\xBFa\xFF"), (Cow::Borrowed("a\u{FFFD}"), UTF_8, true));
        assert!(UTF_16LE.decode(b"a\0").2);
    }

    #[test]
    fn pieces_come_to_the_same_text() {
        for length in 1..TEXT.len() {
            let mut decoder = UTF_8.new_decoder_without_bom_handling();
            let mut text = String::with_capacity(TEXT.len() + 3);
            for piece in TEXT.as_bytes().chunks(length) {
                let result = decoder.decode_to_string_without_replacement(piece, &mut text, false);
                assert_eq!(result, (DecoderResult::InputEmpty, piece.len()));
            }
            assert_eq!(text, TEXT);
        }
    }

    #[test]
    fn a_full_output_takes_no_half_character() {
        let mut decoder = UTF_8.new_decoder_without_bom_handling();
        let mut room = [0; 2];
        let result = decoder.decode_to_utf8_without_replacement("a区".as_bytes(), &mut room, true);
        assert_eq!(result, (DecoderResult::OutputFull, 3, 1));
        let mut rest = [0; 3];
        let result = decoder.decode_to_utf8_without_replacement(&"a区".as_bytes()[3..], &mut rest, true);
        assert_eq!(result, (DecoderResult::InputEmpty, 1, 3));
        assert_eq!(&rest, "区".as_bytes());
    }

    #[test]
    fn a_text_that_ends_within_a_character_is_malformed() {
        let mut decoder = UTF_8.new_decoder_without_bom_handling();
        let result = decoder.decode_to_utf8_without_replacement(b"\xE5\x8C", &mut [0; 9], true);
        assert_eq!(result, (DecoderResult::Malformed(2, 0), 2, 0));
    }
}
