//! What the page needs of the browser, one file per need. Knows nothing of
//! assessments but the text of their records, and nothing of the interface.

pub mod clock;
pub mod files;
pub mod height;
pub mod ids;
#[cfg(not(feature = "local-storage-alone"))]
pub mod indexed_db;
pub mod journal;
pub mod lasting;
pub mod local;
#[cfg(feature = "local-storage-alone")]
pub mod local_storage;
pub mod picture;
pub mod prefs;
pub mod shell;
pub mod texts;
pub mod traces;
pub mod windows;
pub mod worker;

/// The store of record.
#[cfg(not(feature = "local-storage-alone"))]
pub use indexed_db::IndexedDb as Database;
#[cfg(feature = "local-storage-alone")]
pub use local_storage::LocalStorageAlone as Database;
