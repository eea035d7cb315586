//! What the page and the file worker say to each other: requests and replies
//! as JSON, file bytes beside them. Knows nothing of workers or messages.

use serde::{Deserialize, Serialize};

use crate::assessment::{AssessmentId, RowId};
use crate::value::grid::Book;

/// Something that the page asks of the worker, with what comes back.
pub trait Asked {
    /// What comes back.
    type Answer;

    /// The request as it travels.
    fn request(self) -> Request;

    /// What a last reply, with the bytes that follow it, says; `None` if it is no reply
    /// to this.
    fn answer(reply: Reply, bytes: Option<Vec<u8>>) -> Option<Self::Answer>;
}

/// Write the submission workbook, read it back and compare.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportSubmission {
    /// The catalogue's JSON text.
    pub catalogue: String,
    /// The assessment as a backup, see [`crate::record::backup`].
    pub backup: String,
    /// 导出时间 to print on the cover, as the person reads a clock: "2026-11-23 14:05".
    pub when: String,
    /// Whether 体检 goes along, with the reasons why problems were set aside.
    pub with_checkup: bool,
}

/// Write what 责任单位 fill in, each its own file, read them back and compare.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WriteUnitForms {
    /// The JSON text of the whole catalogue.
    pub catalogue: String,
    /// The district's assessment as a backup.
    pub backup: String,
    /// The units; one alone makes a workbook, several a ZIP file with an overview.
    pub units: Vec<RowId>,
    /// The person's clock: "2026-11-23 14:05".
    pub when: String,
}

/// Write the workbook in which 学校数据 is collected, read it back and compare.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchoolTemplate {
    /// The time to keep among the file's properties: "2026-11-23 14:05".
    pub when: String,
}

/// Make the example of 打开示例.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MakeSample {
    /// The catalogue's JSON text.
    pub catalogue: String,
    /// The fresh identity that it is to have.
    pub id: AssessmentId,
    /// A fresh identity from which those of its rows follow.
    pub seed: RowId,
}

/// Read the workbook whose bytes come along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadTable;

/// Read the backup whose bytes come along, and say whether it is whole. What a stranger's
/// file does to whoever reads it, it does to the worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckBackup;

/// Read the submission whose bytes come along: the state that it was made from, and what
/// somebody has done to it since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadSubmission {
    /// The JSON texts of the catalogues that the program has.
    pub catalogues: Vec<String>,
    /// The state that is open here, as a backup, for a file that has lost its hidden data.
    pub known: Option<String>,
}

/// A submission that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubmissionRead {
    /// The state that it was made from, as a backup.
    pub base: String,
    /// Whether that stands in the file.
    pub base_in_file: bool,
    /// The same with what somebody has done, as a backup.
    pub theirs: String,
    /// What was not taken, and why, as sentences.
    pub remarks: Vec<String>,
}

/// What the page asks of the worker, as it travels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Request {
    /// See [`ExportSubmission`].
    ExportSubmission(ExportSubmission),
    /// See [`WriteUnitForms`].
    WriteUnitForms(WriteUnitForms),
    /// See [`SchoolTemplate`].
    SchoolTemplate(SchoolTemplate),
    /// See [`MakeSample`].
    Sample(MakeSample),
    /// See [`ReadTable`].
    ReadTable(ReadTable),
    /// See [`CheckBackup`].
    CheckBackup(CheckBackup),
    /// See [`ReadSubmission`].
    ReadSubmission(ReadSubmission),
}

impl Asked for ExportSubmission {
    /// The workbook.
    type Answer = Vec<u8>;

    fn request(self) -> Request {
        Request::ExportSubmission(self)
    }

    fn answer(reply: Reply, bytes: Option<Vec<u8>>) -> Option<Vec<u8>> {
        bytes.filter(|_| matches!(reply, Reply::Written { .. }))
    }
}

impl Asked for WriteUnitForms {
    /// The workbook or the ZIP file.
    type Answer = Vec<u8>;

    fn request(self) -> Request {
        Request::WriteUnitForms(self)
    }

    fn answer(reply: Reply, bytes: Option<Vec<u8>>) -> Option<Vec<u8>> {
        bytes.filter(|_| matches!(reply, Reply::Written { .. }))
    }
}

impl Asked for SchoolTemplate {
    /// The workbook.
    type Answer = Vec<u8>;

    fn request(self) -> Request {
        Request::SchoolTemplate(self)
    }

    fn answer(reply: Reply, bytes: Option<Vec<u8>>) -> Option<Vec<u8>> {
        bytes.filter(|_| matches!(reply, Reply::Written { .. }))
    }
}

impl Asked for MakeSample {
    /// Its backup, see [`crate::record::backup`].
    type Answer = Vec<u8>;

    fn request(self) -> Request {
        Request::Sample(self)
    }

    fn answer(reply: Reply, bytes: Option<Vec<u8>>) -> Option<Vec<u8>> {
        bytes.filter(|_| reply == Reply::Sample)
    }
}

impl Asked for ReadTable {
    type Answer = Book;

    fn request(self) -> Request {
        Request::ReadTable(self)
    }

    fn answer(reply: Reply, _bytes: Option<Vec<u8>>) -> Option<Book> {
        match reply {
            Reply::Book { book } => Some(book),
            _ => None,
        }
    }
}

impl Asked for CheckBackup {
    /// It is whole.
    type Answer = ();

    fn request(self) -> Request {
        Request::CheckBackup(self)
    }

    fn answer(reply: Reply, _bytes: Option<Vec<u8>>) -> Option<()> {
        (reply == Reply::Whole).then_some(())
    }
}

impl Asked for ReadSubmission {
    /// What it says, if it is a submission.
    type Answer = Option<SubmissionRead>;

    fn request(self) -> Request {
        Request::ReadSubmission(self)
    }

    fn answer(reply: Reply, _bytes: Option<Vec<u8>>) -> Option<Option<SubmissionRead>> {
        match reply {
            Reply::Submission { read } => Some(Some(read)),
            Reply::Foreign => Some(None),
            _ => None,
        }
    }
}

/// What the worker answers; the bytes of a file follow in the same message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reply {
    /// So much of the work is done.
    Progress {
        /// What is being done, for the person who waits.
        step: String,
        /// 0 to 100.
        percent: u8,
    },
    /// The file is written, read back and found equal.
    Written {
        /// How many cells were compared.
        cells_compared: u32,
    },
    /// What stands in a workbook.
    Book {
        /// Its tables.
        book: Book,
    },
    /// What a submission says.
    Submission {
        /// What was read.
        read: SubmissionRead,
    },
    /// The backup is whole, and of a version that this program reads.
    Whole,
    /// The workbook is no submission.
    Foreign,
    /// The example; the bytes that follow are its backup, see [`crate::record::backup`].
    Sample,
    /// What was asked could not be done; nothing was changed.
    Failed {
        /// Why, in the words to show.
        reason: String,
    },
}
