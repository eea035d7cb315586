//! What unpacks the program of the single file. Browsers inflate gzip by themselves;
//! LZMA is a fifth smaller and needs this small program, which is there before the
//! large one.

use std::io::Read;

use lzma_rust2::LzipReader;
use wasm_bindgen::prelude::wasm_bindgen;

fn main() {}

/// What was packed as lzip, if it is whole: the format ends with a checksum.
#[wasm_bindgen]
pub fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    LzipReader::new(packed).read_to_end(&mut whole).ok()?;
    Some(whole)
}
