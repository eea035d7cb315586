//! 打开示例 in the file worker: the text of the example lies here, where the page
//! does not load it. Makes no identity of its own.

use sha2::{Digest, Sha256};

use crate::assessment::{AssessmentId, ReplicaId, RowId};
use crate::catalogue::Catalogue;
use crate::record::backup::{self, Backup};
use crate::sample;

/// An invented district, described in `samples/README.md`.
const YUNHE: &str = include_str!("../../samples/yunhe.json");

/// The example as the bytes of a backup. Its rows get identities that follow from
/// `seed`, which is to be a fresh one each time.
pub(super) fn backup_of(catalogue: &str, id: &AssessmentId, seed: &RowId) -> Result<Vec<u8>, String> {
    let catalogue = Catalogue::parse(catalogue).map_err(|error| error.to_string())?;
    let mut count = 0_u64;
    let mut bits = || {
        count += 1;
        bits_of(seed, count)
    };
    let replica = ReplicaId::from_random(bits());
    let described = sample::parse(YUNHE).map_err(|error| error.to_string())?;
    let assessment = sample::build(&described, &catalogue, id.clone(), &mut || RowId::from_random(bits()))
        .map_err(|error| error.to_string())?;
    Ok(backup::write(&Backup { replica, seq: 0, assessment, log: Vec::new() }).into_bytes())
}

/// The first half of the SHA-256 of seed and count.
fn bits_of(seed: &RowId, count: u64) -> u128 {
    let hash = Sha256::new().chain_update(seed.as_str()).chain_update(count.to_be_bytes()).finalize();
    hash.iter().take(16).fold(0, |bits, byte| bits << 8 | u128::from(*byte))
}
