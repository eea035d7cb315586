//! Workbooks as bytes: writes a [`crate::workbook::Workbook`] as XLSX, reads it
//! back and compares. Knows nothing of assessments' meaning, of browsers and of
//! workers; the worker's loop calls [`serve::answer`].
//!
//! [`read`] is for files that this program has just written. Files from elsewhere
//! are seen by [`book`] alone, which takes tables from them within limits.

pub mod book;
pub mod look;
pub mod read;
mod sample;
pub mod serve;
pub mod units;
pub mod verify;
pub mod write;

pub use verify::verify;
pub use write::write;
