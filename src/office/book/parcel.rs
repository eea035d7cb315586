//! The parts of a compressed file by their names, each unpacked as it is read. Goes
//! by what comes out, never by what the file says of itself: a small file may hold
//! more than any memory, or claim to.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{self, BufReader, Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::refusal::Refusal;
use super::xml::Xml;

/// So many megabytes are unpacked at most, in all.
const UNPACKED: u64 = 256;
/// So many parts are looked for at most.
const PARTS: u64 = 65_535;

/// A compressed file.
pub(super) struct Parcel<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Where each part stands, by its name as [`plain`] makes it.
    places: BTreeMap<String, usize>,
    /// How many bytes may still come out.
    left: Cell<u64>,
}

impl<'a> Parcel<'a> {
    /// Looks up the parts.
    ///
    /// # Errors
    /// When there is no list of parts.
    pub fn open(bytes: &'a [u8]) -> Result<Parcel<'a>, Refusal> {
        if claims(bytes) > PARTS {
            return Err(Refusal::Damaged);
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| refusal(&error))?;
        let mut places = BTreeMap::new();
        for (place, name) in archive.file_names_raw().enumerate() {
            places.entry(plain(&String::from_utf8_lossy(name))).or_insert(place);
        }
        Ok(Parcel { archive, places, left: Cell::new(UNPACKED << 20) })
    }

    /// Whether it has a part.
    pub fn has(&self, name: &str) -> bool {
        self.places.contains_key(&plain(name))
    }

    /// What `take` makes of a part; `None` if there is no such part.
    ///
    /// # Errors
    /// When it cannot be unpacked, or what `take` objects to.
    pub fn read<T>(
        &mut self,
        name: &str,
        take: impl FnOnce(&mut Xml<'_>) -> Result<T, Refusal>,
    ) -> Result<Option<T>, Refusal> {
        let Some(place) = self.places.get(&plain(name)) else { return Ok(None) };
        let part = self.archive.by_index(*place).map_err(|error| refusal(&error))?;
        let unpacked = Unpacked { part, left: &self.left };
        let mut xml = Xml::new(Box::new(BufReader::new(unpacked)));
        match take(&mut xml) {
            Ok(taken) => Ok(Some(taken)),
            Err(_) if self.left.get() == 0 => Err(Refusal::Unpacked(UNPACKED)),
            Err(refusal) => Err(refusal),
        }
    }

    /// The beginning of a part, of at most `most` bytes; `None` if there is no such
    /// part or it cannot be unpacked.
    pub fn beginning(&mut self, name: &str, most: u64) -> Option<Vec<u8>> {
        let place = self.places.get(&plain(name))?;
        let mut bytes = Vec::new();
        self.archive.by_index(*place).ok()?.take(most).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }
}

/// A name as it is compared: old writers use backslashes or begin with a slash, and
/// upper and lower case are the same.
pub(super) fn plain(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// The part that a relation of `from` points to.
pub(super) fn target(from: &str, to: &str) -> String {
    let to = to.replace('\\', "/");
    if to.starts_with('/') {
        return plain(&to);
    }
    let from = plain(from);
    let mut steps: Vec<&str> = from.split('/').collect();
    steps.pop();
    for step in to.split('/') {
        match step {
            ".." => drop(steps.pop()),
            "." | "" => {}
            step => steps.push(step),
        }
    }
    plain(&steps.join("/"))
}

/// How many parts an archive in the larger form says that it has; the smaller form
/// has no room for many.
fn claims(bytes: &[u8]) -> u64 {
    let end = bytes.get(bytes.len().saturating_sub(PARTS as usize + 64)..).unwrap_or(bytes);
    if !end.windows(4).any(|it| it == b"PK\x06\x07") {
        return 0;
    }
    let said = |at: usize| bytes.get(at + 32..at + 40)?.try_into().ok().map(u64::from_le_bytes);
    let records = bytes.windows(4).enumerate().filter(|(_, it)| *it == b"PK\x06\x06");
    records.filter_map(|(at, _)| said(at)).max().unwrap_or(0)
}

fn refusal(error: &ZipError) -> Refusal {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            Refusal::Locked
        }
        _ => Refusal::Damaged,
    }
}

/// Counts what comes out, and ends when it is too much.
struct Unpacked<'c, R> {
    part: R,
    left: &'c Cell<u64>,
}

impl<R: Read> Read for Unpacked<'_, R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let length = self.part.read(room)?;
        let left = self.left.get().saturating_sub(length as u64);
        self.left.set(left);
        if left == 0 { Err(io::Error::other("too much")) } else { Ok(length) }
    }
}
