//! What the page and the file worker say to each other: requests and replies
//! as JSON, file bytes beside them. Knows nothing of workers or messages.

use serde::{Deserialize, Serialize};

use crate::assessment::{AssessmentId, RowId};
use crate::value::grid::Book;

/// What the page asks of the worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Request {
    /// Write the submission workbook, read it back and compare.
    ExportSubmission {
        /// The catalogue's JSON text.
        catalogue: String,
        /// The assessment as a backup, see [`crate::record::backup`].
        backup: String,
        /// 导出时间 to print on the cover, as the person reads a clock:
        /// "2026-11-23 14:05".
        when: String,
        /// Whether 体检 goes along, with the reasons why problems were set aside.
        with_checkup: bool,
    },
    /// Write the workbook in which 学校数据 is collected, read it back and compare.
    SchoolTemplate {
        /// The time to keep among the file's properties: "2026-11-23 14:05".
        when: String,
    },
    /// Make the example of 打开示例.
    Sample {
        /// The catalogue's JSON text.
        catalogue: String,
        /// The fresh identity that it is to have.
        id: AssessmentId,
        /// A fresh identity from which those of its rows follow.
        seed: RowId,
    },
    /// Read the workbook whose bytes come along.
    ReadTable,
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
    /// The example; the bytes that follow are its backup, see [`crate::record::backup`].
    Sample,
    /// What was asked could not be done; nothing was changed.
    Failed {
        /// Why, in the words to show.
        reason: String,
    },
}
