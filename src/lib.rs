//! The core of 智督: what a catalogue, a self-assessment, a score and a file
//! are. The page (`src/main.rs`, `src/ui`, `src/browser`) and the file worker
//! (`src/worker.rs`) stand around it.
//!
//! ```text
//! value       what knows nothing of education: exact numbers, points, limits, texts,
//!             tables from wherever they come
//! school      学校数据: one row per school and stage; what a table of somebody's says
//! catalogue   the official document as data, its editions and rules
//! assessment  the district's answers; edits, undo, the table that is worked in
//! score       totals by level
//! measure     量化指标 judged
//! leaving     what happens to a text when its field is left
//! check       体检: what is missing or contradicts itself
//! analysis    what 分析 shows
//! filter      which points a filter lets through
//! record      the stored format: records, journal, change log, restore points, backup
//! merge       two states of one assessment brought together
//! overview    总表: all points as one table, and what is done with many at once
//! store       what is read and written together, and who may write
//! work        the open assessment and how it stands to the store
//! traces      what was stored on this machine, to tell a loss from a new machine
//! windows     what windows with the same assessment say to each other
//! session     opening, saving, losing and taking over, in any window there is
//! route       the pages as addresses
//! keys        what a key press does, and what it does in a table
//! sample      打开示例: an invented district from a readable description
//! exchange    what page and worker say to each other
//! html        forms and read-only pages as HTML
//! workbook    the submission as a plain description of sheets
//! returned    a submission that somebody had in hand, read back
//! office      workbook ⇄ bytes (feature `office`)
//! ```
//!
//! From the lowest floor to the highest: a room uses only what stands above it in this
//! list.
//!
//! Invariants, written as absences: the core reads no clock, makes no random
//! number, touches no browser, writes no log and never panics. It keeps nothing
//! that can be computed, and it computes no grade and no deduction that the
//! documents do not define.
#![deny(missing_docs)]
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)
)]

pub mod analysis;
pub mod assessment;
pub mod catalogue;
pub mod check;
pub mod exchange;
pub mod filter;
pub mod html;
pub mod keys;
pub mod leaving;
pub mod measure;
pub mod merge;
#[cfg(feature = "office")]
pub mod office;
pub mod overview;
pub mod record;
pub mod returned;
pub mod route;
pub mod sample;
pub mod school;
pub mod score;
pub mod session;
pub mod store;
pub mod traces;
pub mod value;
pub mod windows;
pub mod work;
pub mod workbook;
