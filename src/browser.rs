//! What the page needs of the browser, one file per need. Knows nothing of
//! assessments but the text of their records, and nothing of the interface.

pub mod clock;
pub mod files;
pub mod ids;
pub mod indexed_db;
pub mod journal;
pub mod lasting;
pub mod prefs;
pub mod shell;
pub mod traces;
pub mod windows;
pub mod worker;
