//! What the single file carries: gzip by zopfli, which is slow and a twentieth
//! smaller, and so kept by the hash of what it was given.

use std::fs;
use std::io::Write;
use std::num::NonZeroU64;

use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::page::short_hash;
use crate::run;

/// More rounds gain less than a thousandth.
const ROUNDS: NonZeroU64 = NonZeroU64::new(5).unwrap();

/// As small as gzip gets.
pub fn smallest(bytes: &[u8]) -> Result<Vec<u8>> {
    let folder = run::root().join("target/web/packed");
    let kept = folder.join(format!("{}.gz", short_hash(bytes)));
    if let Ok(known) = fs::read(&kept) {
        return Ok(known);
    }
    let options = zopfli::Options { iteration_count: ROUNDS, ..zopfli::Options::default() };
    let mut packed = Vec::new();
    zopfli::compress(options, zopfli::Format::Gzip, bytes, &mut packed)?;
    fs::create_dir_all(&folder)?;
    let fresh = kept.with_extension("part");
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

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_is_packed_comes_out_again() {
        let bytes: Vec<u8> = (0..20_000_u32).map(|n| (n * n % 251) as u8).collect();
        for packed in [smallest(&bytes).unwrap(), smallest(&bytes).unwrap(), gzip(&bytes).unwrap()] {
            let mut out = Vec::new();
            flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut out).unwrap();
            assert_eq!(out, bytes);
        }
    }
}
