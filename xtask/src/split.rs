//! Splits the linked page program: what the first page needs, and parts that it loads
//! later. A function marked `later!` begins a part; what only such functions use goes
//! with them, what several parts use goes into a piece that they share.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use wasm_split_cli_support::{Options, transform};

/// The module from which the first part imports what loads the others. In the page it is
/// `zhidu.later`, which `src/shell/later.js` fills.
pub const LOADERS: &str = "later";

/// The pieces of a program that are loaded after its first part.
#[derive(Default)]
pub struct Later {
    /// Names and modules of the pieces.
    pub pieces: BTreeMap<String, Vec<u8>>,
    /// For each part the names of the pieces that it needs, in the order in which they
    /// have to be there.
    pub parts: BTreeMap<String, Vec<String>>,
}

/// Splits a program that was linked with its relocations. Gives the first part, to be
/// bound yet, and the rest, which needs no binding.
pub fn split(linked: &Path, folder: &Path) -> Result<(PathBuf, Later)> {
    let input = fs::read(linked).with_context(|| format!("{} cannot be read", linked.display()))?;
    // Pieces of an earlier build are none of this one.
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let first = folder.join("first.wasm");
    let mut options = Options::new(&input);
    options.output_dir = folder;
    options.main_out_path = &first;
    options.link_name = LOADERS;
    let done = transform(options).map_err(|error| anyhow!("the program was not split: {error:#}"))?;
    let mut later = Later::default();
    for file in done.split_modules {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        later.pieces.insert(named(&name), fs::read(&file)?);
    }
    for (part, pieces) in done.prefetch_map {
        let mut pieces: Vec<String> = pieces.iter().map(|name| named(name)).collect();
        // A part whose functions are all shared with another has no piece of its own.
        pieces.retain(|name| later.pieces.contains_key(name));
        later.parts.insert(part, pieces);
    }
    Ok((first, later))
}

/// The name of a piece as it stands among the files of the site.
fn named(piece: &str) -> String {
    piece.replace("split_", "later-").replace("chunk_", "shared-")
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn pieces_are_named_by_what_they_are() {
        assert_eq!(named("split_reading"), "later-reading");
        assert_eq!(named("chunk_4"), "shared-4");
    }
}
