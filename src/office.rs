//! Workbooks as bytes: writes a [`crate::workbook::Workbook`] as XLSX, reads it
//! back and compares. Knows nothing of assessments' meaning, of browsers and of
//! workers; the worker's loop calls [`serve::answer`].
//!
//! [`read`] is for files that this program has just written. Files from elsewhere
//! are seen by [`table`] alone, which takes texts from them within limits.

pub mod look;
pub mod read;
mod sample;
pub mod serve;
pub mod table;
mod unpack;
pub mod verify;
pub mod write;

pub use verify::verify;
pub use write::write;
