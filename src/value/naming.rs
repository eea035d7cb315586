//! Identities that follow from a text.

use sha2::{Digest, Sha256};

/// 128 bits that follow from a text alone: the identity of what has none of its own.
pub fn name_of(text: &str) -> u128 {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(16).fold(0, |name, byte| name << 8 | u128::from(*byte))
}
