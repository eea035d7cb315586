//! What a compressed file comes to. A small file may hold more than any memory;
//! it is measured piece by piece before anything of it is kept.

use std::io::{Cursor, Read, copy, sink};

use zip::ZipArchive;

/// Whether all parts of an archive together have at most `most` bytes; `None` if it
/// is no archive or cannot be read. Goes by what comes out, not by what the archive
/// says of itself.
pub fn fits(bytes: &[u8], most: u64) -> Option<bool> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut left = most;
    for part in 0..archive.len() {
        let mut part = archive.by_index(part).ok()?.take(left.saturating_add(1));
        match left.checked_sub(copy(&mut part, &mut sink()).ok()?) {
            Some(rest) => left = rest,
            None => return Some(false),
        }
    }
    Some(true)
}
