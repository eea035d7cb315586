//! What stands in files and in the store: the form of every kind of record, by
//! version, and the way from there to what the program works with and back. Nothing
//! else knows these forms: what the program works with can change without them, and
//! what was written once can be read for good.
//!
//! Every kind of record counts its versions by itself, from [`BASE`]. A record is
//! written in the oldest version that holds it whole: a field that is new is left out
//! while it has its default, so that an earlier program reads what needs nothing new.
//! A body of a later version is read as far as it is understood; fields that are not
//! known are passed over, and the caller is told, so that it writes nothing.
//!
//! Version 1, of which there are files, had the same bodies and fewer kinds.

use serde::Serialize;

use crate::assessment;
use crate::record::Replica;
use crate::record::log::{Entry, How};
use crate::record::restore::{RestorePoint, Why};
use crate::record::summary::Summary;
use crate::record::unmerged::Unmerged;
use crate::school;
use crate::value::json::read;

mod content;
pub(super) mod edits;
mod mirror;

pub(super) use content::Content;
use mirror::Wire;

/// The version from which each kind of record counts its own.
pub(super) const BASE: u32 = 2;

/// The latest version of a backup that this program knows: the highest of all that one
/// may contain.
pub(super) const KNOWN_OF_FILES: u32 = newest([Content::KNOWN, Entry::KNOWN]);

const fn newest<const N: usize>(versions: [u32; N]) -> u32 {
    let mut rest: &[u32] = &versions;
    let mut newest = BASE;
    while let [first, others @ ..] = rest {
        newest = if *first > newest { *first } else { newest };
        rest = others;
    }
    newest
}

/// What stands below the header of a record.
pub trait Body: Sized {
    /// The latest version of its kind that this program knows.
    const KNOWN: u32 = BASE;

    /// The oldest version that holds it whole.
    fn version(&self) -> u32 {
        BASE
    }

    /// Its text, in one line: the same state always has the same.
    fn json(&self) -> String;

    /// The body that a text of this version holds. Of a version later than
    /// [`Body::KNOWN`] it is what this program understands of it.
    ///
    /// # Errors
    /// When the text is none.
    fn parse(version: u32, json: &str) -> serde_json::Result<Self>;
}

/// Only maps with keys that are no strings and failing writers make serde_json
/// refuse; neither exists here.
fn json<T: Serialize>(of: &T) -> String {
    serde_json::to_string(of).unwrap_or_default()
}

/// Bodies with a form of their own.
macro_rules! with_form {
    ($($domain:ty as $form:ty $(=> $version:literal)?),+ $(,)?) => {$(
        impl Body for $domain {
            $(
                const KNOWN: u32 = $version;

                fn version(&self) -> u32 {
                    $version
                }
            )?

            fn json(&self) -> String {
                json(&<$form>::of(self))
            }

            fn parse(_version: u32, json: &str) -> serde_json::Result<Self> {
                Ok(read::<$form>(json)?.back())
            }
        }
    )+};
}

with_form! {
    assessment::Answer as content::Answer,
    assessment::Evidence as content::Evidence,
    assessment::Figure as content::Figure,
    school::School as content::School,
}

// A file that has one of these is none for programs that know no version 5.
with_form! {
    assessment::Unit as content::Unit => 5,
    assessment::Contribution as content::Contribution => 5,
}

impl Body for assessment::Head {
    /// Version 5 knows of 单位填报.
    const KNOWN: u32 = 5;

    fn version(&self) -> u32 {
        if self.share.is_some() { 5 } else { BASE }
    }

    fn json(&self) -> String {
        json(&content::Head::of(self))
    }

    fn parse(_version: u32, json: &str) -> serde_json::Result<Self> {
        Ok(read::<content::Head>(json)?.back())
    }
}

/// Bodies that are records through and through: their fields are what is written.
macro_rules! as_is {
    ($($body:ty $(, up to $known:literal by $version:expr)?);+ $(;)?) => {$(
        impl Body for $body {
            $(
                const KNOWN: u32 = $known;

                fn version(&self) -> u32 {
                    let version: fn(&$body) -> u32 = $version;
                    version(self)
                }
            )?

            fn json(&self) -> String {
                json(self)
            }

            fn parse(_version: u32, json: &str) -> serde_json::Result<Self> {
                serde_json::from_str(json)
            }
        }
    )+};
}

as_is! {
    // The reason why a problem of 体检 was set aside.
    String;
    Replica;
    Summary;
    Unmerged, up to 5 by |it| if edits::knows_of_units(&it.edits) { 5 } else { BASE };
    // Version 3 knows of editions and of tables that were taken in, version 4 of files,
    // version 5 of units.
    Entry, up to 5 by |it| match it.how {
        _ if edits::knows_of_units(&it.edits) || it.through.is_some() => 5,
        _ if !it.source.is_empty() => 4,
        How::Merged => 4,
        How::NewEdition | How::Arrived => 3,
        _ => BASE,
    };
    // Version 5 knows of what was handed out.
    RestorePoint, up to 5 by |it| match it.why {
        Why::Handed => 5,
        Why::BeforeEdition => 3,
        _ => BASE,
    };
}

impl Body for Content {
    const KNOWN: u32 = newest([
        assessment::Head::KNOWN,
        assessment::Answer::KNOWN,
        assessment::Evidence::KNOWN,
        assessment::Figure::KNOWN,
        school::School::KNOWN,
        String::KNOWN,
        assessment::Unit::KNOWN,
        assessment::Contribution::KNOWN,
    ]);

    fn version(&self) -> u32 {
        self.highest()
    }

    fn json(&self) -> String {
        json(self)
    }

    fn parse(_version: u32, json: &str) -> serde_json::Result<Self> {
        serde_json::from_str(json)
    }
}
