//! What the single file carries: the program as lzip (LZMA with a checksum), a fifth
//! smaller than gzip; what unpacks it, as gzip by zopfli, which browsers inflate; both
//! kept by the hash of what was packed, because packing is slow; and as printable text
//! in base 94, a twelfth smaller than base 64.

use std::fs;
use std::io::Write;
use std::num::NonZeroU64;

use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;
use lzma_rust2::{LzipOptions, LzipWriter, LzmaOptions};

use crate::page::short_hash;
use crate::run;

/// More rounds gain less than a thousandth.
const ROUNDS: NonZeroU64 = NonZeroU64::new(5).unwrap();

/// As small as gzip gets.
pub fn smallest_gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    kept("gz", bytes, || {
        let options = zopfli::Options { iteration_count: ROUNDS, ..zopfli::Options::default() };
        let mut packed = Vec::new();
        zopfli::compress(options, zopfli::Format::Gzip, bytes, &mut packed)?;
        Ok(packed)
    })
}

/// What `src/bin/unpack.rs` unpacks.
pub fn lzip(bytes: &[u8]) -> Result<Vec<u8>> {
    kept("lz", bytes, || {
        let mut options = LzipOptions::with_preset(9);
        // As far back as the text goes, and never content with a match that is not the longest.
        options.lzma_options.dict_size = u32::try_from(bytes.len())?.next_power_of_two().max(4096);
        options.lzma_options.nice_len = LzmaOptions::NICE_LEN_MAX;
        let mut writer = LzipWriter::new(Vec::new(), options);
        writer.write_all(bytes)?;
        Ok(writer.finish()?)
    })
}

/// What `pack` makes of these bytes, or what it once made of them.
fn kept(ending: &str, bytes: &[u8], pack: impl FnOnce() -> Result<Vec<u8>>) -> Result<Vec<u8>> {
    let folder = run::root().join("target/web/packed");
    let kept = folder.join(format!("{}.{ending}", short_hash(bytes)));
    if let Ok(known) = fs::read(&kept) {
        return Ok(known);
    }
    let packed = pack()?;
    fs::create_dir_all(&folder)?;
    let fresh = folder.join(format!("{}.{ending}-part", short_hash(bytes)));
    fs::write(&fresh, &packed)?;
    fs::rename(fresh, kept)?;
    Ok(packed)
}

/// As a web server packs it.
pub fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// Bytes of a group.
const GROUP: usize = 9;
/// Digits of a group: 94¹¹ is above 2⁷².
const DIGITS: u32 = 11;

/// Bytes as text that may stand in a `<script>`: how many bytes were added to make
/// whole groups, then eleven characters for each nine bytes, the first the highest.
/// The digits are the printable characters of ASCII from the blank on, but for `<`,
/// which could end the element. `src/shell/parts.js` reads it.
pub fn printable(bytes: &[u8]) -> String {
    let added = (GROUP - bytes.len() % GROUP) % GROUP;
    let mut text = added.to_string();
    for group in bytes.chunks(GROUP) {
        let mut whole = [0; 16];
        let start = whole.len() - GROUP;
        whole[start..start + group.len()].copy_from_slice(group);
        let number = u128::from_be_bytes(whole);
        for place in (0..DIGITS).rev() {
            let character = b' ' + (number / 94_u128.pow(place) % 94) as u8;
            text.push(char::from(character + u8::from(character >= b'<')));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_is_packed_comes_out_again() {
        let bytes: Vec<u8> = (0..20_000_u32).map(|n| (n * n % 251) as u8).collect();
        for packed in [smallest_gzip(&bytes), smallest_gzip(&bytes), gzip(&bytes)] {
            let mut out = Vec::new();
            flate2::read::GzDecoder::new(packed.unwrap().as_slice()).read_to_end(&mut out).unwrap();
            assert_eq!(out, bytes);
        }
        for packed in [lzip(&bytes), lzip(&bytes)] {
            let mut out = Vec::new();
            lzma_rust2::LzipReader::new(packed.unwrap().as_slice()).read_to_end(&mut out).unwrap();
            assert_eq!(out, bytes);
        }
    }

    /// As `src/shell/parts.js` does it.
    fn read(text: &str) -> Vec<u8> {
        let digit = |c: &u8| u128::from(*c - b' ' - u8::from(*c > b'<'));
        let (added, digits) = (usize::from(text.as_bytes()[0] - b'0'), &text.as_bytes()[1..]);
        let number = |group: &[u8]| group.iter().fold(0, |number, c| number * 94 + digit(c));
        let groups = digits.chunks(11).map(|group| number(group).to_be_bytes());
        let mut bytes: Vec<u8> = groups.flat_map(|group| group[7..].to_vec()).collect();
        bytes.truncate(bytes.len() - added);
        bytes
    }

    #[test]
    fn printable_text_is_read_back_and_ends_no_element() {
        for length in 0..300_u32 {
            let bytes: Vec<u8> = (0..length).map(|n| (n * n * 31 + length * 7) as u8).collect();
            let text = printable(&bytes);
            assert_eq!(read(&text), bytes);
            assert!(text.bytes().all(|c| (b' '..=b'~').contains(&c) && c != b'<'));
        }
        assert_eq!(read(&printable(&[0xFF; 20])), [0xFF; 20]);
        assert_eq!(printable(&[0; 9]), format!("0{}", " ".repeat(11)));
    }
}
