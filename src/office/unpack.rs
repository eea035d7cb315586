//! What a compressed file comes to. A small file may hold more than any memory, or
//! claim to; it is measured piece by piece before anything of it is kept.

use std::io::{Cursor, Read, copy, sink};

use zip::ZipArchive;

/// The reader makes room for as many shared texts as their part says it has.
const CLAIM: &[u8] = b"uniqueCount";
/// The claim stands in the first element, within so many bytes.
const BEGINNING: u64 = 4096;

/// Whether all parts of an archive together have at most `most` bytes; `None` if it
/// is no archive, cannot be read, or has a part that claims more entries than it has
/// bytes. Goes by what comes out, not by what the archive says of itself.
pub fn fits(bytes: &[u8], most: u64) -> Option<bool> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut left = most;
    for part in 0..archive.len() {
        let mut part = archive.by_index(part).ok()?.take(left.saturating_add(1));
        let mut beginning = Vec::new();
        let begun = part.by_ref().take(BEGINNING).read_to_end(&mut beginning).ok()?;
        let size = copy(&mut part, &mut sink()).ok()?.saturating_add(begun.try_into().ok()?);
        match left.checked_sub(size) {
            Some(rest) => left = rest,
            None => return Some(false),
        }
        if claimed(&beginning).is_some_and(|entries| entries > size) {
            return None;
        }
    }
    Some(true)
}

/// How many entries the beginning of a part says that it has, if it says so; the most
/// there can be if that is no number.
fn claimed(beginning: &[u8]) -> Option<u64> {
    let at = beginning.windows(CLAIM.len()).position(|it| it == CLAIM)?;
    let said = String::from_utf8_lossy(beginning.get(at + CLAIM.len()..)?);
    let said = said.trim_start().strip_prefix('=')?.trim_start();
    let digits = said.strip_prefix(['"', '\''])?.split(['"', '\'']).next()?;
    Some(digits.trim().parse().unwrap_or(u64::MAX))
}
