//! Identities of works, copies and rows. Random, made outside the core,
//! never derived from a clock or a position.

use std::fmt;

use serde::Serialize;

use crate::value::json::parsed;

/// Why a text is not an identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("标识应为 8 到 40 个小写字母或数字")]
pub struct IdError;

/// A name that is had only by parsing, and stands in files as its text.
macro_rules! name {
    ($(#[$doc:meta])* $name:ident, $what:literal, $well_formed:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        pub struct $name(String);

        impl $name {
            #[doc = $what]
            ///
            /// # Errors
            /// Any other text is refused, so that an id can stand in a key,
            /// a file name and an address without escaping.
            pub fn parse(text: &str) -> Result<$name, IdError> {
                if $well_formed(text) { Ok($name(text.to_owned())) } else { Err(IdError) }
            }

            /// The text of the name.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        parsed! { $name }
    };
}

macro_rules! identity {
    ($(#[$doc:meta])* $name:ident) => {
        name! {
            $(#[$doc])*
            $name, "Takes a text of 8 to 40 lower-case letters and digits.", well_formed
        }

        impl $name {
            /// The identity of 128 random bits.
            pub fn from_random(bits: u128) -> $name {
                $name(format!("{bits:032x}"))
            }
        }
    };
}

identity! {
    /// The work: kept wherever a copy of it travels.
    AssessmentId
}
identity! {
    /// This copy of a work on this machine.
    ReplicaId
}
identity! {
    /// A row of an assessment: a material, a 测评点.
    RowId
}

name! {
    /// Names a problem of 体检 for good: its rule and its place, such as
    /// "full-but-missed:001-12-1".
    MuteId, "Takes 1 to 200 characters of `a-z`, `0-9`, `.`, `-` and `:`.", names_problem
}

fn names_problem(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-' | b':');
    (1..=200).contains(&text.len()) && text.bytes().all(allowed)
}

fn well_formed(text: &str) -> bool {
    (8..=40).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
}
