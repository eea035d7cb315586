//! A submission that somebody had in hand, read back. The workbook that would be written
//! from the state it was made from is the yardstick: what differs from it was done by a
//! person. Rows are found by the identity that stands hidden beside them, columns by their
//! heads, never by position; what cannot be placed is named with its content, and a cell
//! that is doubtful changes nothing.

use std::sync::Arc;

use crate::assessment::{Assessment, CatalogueRef, RowId};
use crate::catalogue::{Catalogue, PointId};
use crate::filter::named_point;
use crate::record::backup::{self, Backup};
use crate::value::grid::{Book, Grid};
use crate::workbook::{cover, hidden, notes, submission, submission_with_checkup, unit};

mod cells;
mod labels;
mod place;
mod rows;
mod table;

/// What is said of a sheet of a submission that was saved as text: it cannot be read back.
pub const SHEET_AS_TEXT: &str = "这是从自评表另存的文字表格（如 .csv），只剩一张表的文字，看不出改了什么，不能导入。请在 Excel 或 WPS 中打开原来的 .xlsx，改好后仍存为 .xlsx 再导入";

/// Whether a file is 自评表 saved as text, in whatever encoding: its heads stand in it.
pub fn is_sheet_as_text(bytes: &[u8]) -> bool {
    const HEADS: [&str; 2] = ["完成情况说明", "填报状态"];
    // The same in GB18030.
    const IN_GB18030: [&[u8]; 2] =
        [b"\xCD\xEA\xB3\xC9\xC7\xE9\xBF\xF6\xCB\xB5\xC3\xF7", b"\xCC\xEE\xB1\xA8\xD7\xB4\xCC\xAC"];
    let start = bytes.get(..bytes.len().min(16_384)).unwrap_or_default();
    let has = |needle: &[u8]| start.windows(needle.len()).any(|it| it == needle);
    let in_units = |text: &str, of: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(of).collect::<Vec<u8>>();
    HEADS.iter().all(|head| has(head.as_bytes()))
        || IN_GB18030.iter().all(|head| has(head))
        || HEADS.iter().all(|head| has(&in_units(head, u16::to_le_bytes)))
        || HEADS.iter().all(|head| has(&in_units(head, u16::to_be_bytes)))
}

/// What a file brings back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// The state that it was made from.
    pub base: Backup,
    /// Whether that stands in the file; otherwise it is the one that was given.
    pub base_in_file: bool,
    /// The same with what somebody has done in the visible cells.
    pub theirs: Assessment,
    /// What could not be taken, and why.
    pub remarks: Vec<Remark>,
}

/// Something of a file that changes nothing, and that a person has to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The sheet on which it stands.
    pub sheet: String,
    /// Its row, counted from 1 as the file is shown; `None` for a whole sheet or column.
    pub row: Option<usize>,
    /// What is the matter.
    pub about: About,
    /// What stands there.
    pub content: String,
}

/// Why something of a file changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// A sheet of the submission is not there.
    NoSheet,
    /// A sheet has lost the row with its heads.
    NoHeads,
    /// A column with this head is not there.
    NoColumn(String),
    /// A column that is none of the submission's, with this head.
    NewColumn(String),
    /// A row that belongs to nothing that is known.
    Unplaced,
    /// Two rows are of one entry; neither is taken where they differ.
    Twice,
    /// A row of the submission is not there any more.
    Gone,
    /// A row in which a long text went on is not there any more; its piece is kept.
    PieceGone,
    /// The result of a formula that is an error.
    Error,
    /// A formula whose result was not kept.
    NoResult,
    /// A word that is none of those that can be chosen.
    Word,
    /// What is edited in another sheet, or fixed.
    Elsewhere,
    /// A number that a date or a picture stands in place of.
    NoText,
}

impl Remark {
    /// It as a sentence: where, what is the matter, and what stands there.
    pub fn in_words(&self) -> String {
        let row = self.row.map_or_else(String::new, |row| format!("第 {row} 行"));
        let content = if self.content.is_empty() { String::new() } else { format!("：{}", self.content) };
        format!("“{}”{row}：{}{content}", self.sheet, self.about.in_words())
    }
}

impl About {
    /// The sentence that says so.
    pub fn in_words(&self) -> String {
        match self {
            About::NoSheet => "文件中没有这张表，其内容按没有改动处理".to_owned(),
            About::NoHeads => "找不到这张表的表头，其内容没有取用；请补上表头一行再导入".to_owned(),
            About::NoColumn(head) => {
                let head = head.replace('\n', "");
                format!("没有“{head}”这一列（可能改名或删除），该列按没有改动处理")
            }
            About::NewColumn(head) => format!("多出“{head}”一列，没有取用"),
            About::Unplaced => "这一行不知道属于哪一项，没有取用".to_owned(),
            About::Twice => "同一项出现两行，内容不同，都没有取用".to_owned(),
            About::Gone => "原有的这一行在文件中没有了，没有删除本机的内容".to_owned(),
            About::PieceGone => "长文的续行在文件中没有了，这一段仍按原文保留".to_owned(),
            About::Error => "单元格是公式错误，没有取用".to_owned(),
            About::NoResult => "公式没有结果，没有取用；请用 Excel 或 WPS 打开并保存一次".to_owned(),
            About::Word => "不是可选的内容，没有取用".to_owned(),
            About::Elsewhere => "此处的内容不在这里修改，没有取用".to_owned(),
            About::NoText => "单元格里是图片或数字已损坏，没有取用".to_owned(),
        }
    }
}

/// Why a file is not read as a submission.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotReturned {
    /// It holds none of the sheets of a submission.
    #[error("不是智督导出的填报表；学校数据的表格请到“学校数据”页导入")]
    Foreign,
    /// It was a submission, but has lost the data from which that could be told whose.
    #[error("这份填报表里用来核对的隐藏数据没有了，请先打开它所属的自评，再导入")]
    NoBase,
    /// It has lost that data and is of another 填报单位 than what is open.
    #[error("这份填报表写的填报单位是“{0}”，不是打开的这份自评的；请先打开它所属的自评，再导入")]
    Other(String),
    /// It tells who got what, and is not filled in.
    #[error("这是分工一览，不是要收的填报表，不用导入")]
    Overview,
    /// It was made by a later program.
    #[error("此文件由更新版本的程序导出，请用新版程序打开")]
    Newer,
    /// Its hidden data is damaged, and nothing stands in for it.
    #[error("文件中用来核对的隐藏数据不完整：{0}")]
    Damaged(String),
    /// Its catalogue is not among those of this program.
    #[error("其指标体系“{0}”不在本程序中")]
    UnknownCatalogue(String),
}

/// The state that a submission was made from, as its hidden data says; `None` if it has no
/// such data.
///
/// # Errors
/// What is the matter with the data.
pub fn base_of(book: &Book) -> Result<Option<Backup>, NotReturned> {
    // By what stands in it, because a sheet may have been given another name.
    let Some(sheet) = book.sheets.iter().find(|it| bears(it, hidden::BASE_MARK)) else {
        return Ok(None);
    };
    let version = sheet.text(0, 0).split(' ').nth(1).and_then(|it| it.parse::<u32>().ok());
    if version.is_some_and(|version| version > hidden::FORMAT) {
        return Err(NotReturned::Newer);
    }
    let pieces = (0..sheet.rows.len()).map(|row| sheet.text(row, 0));
    let json = hidden::joined(pieces.filter(|piece| !piece.is_empty())).map_err(NotReturned::Damaged)?;
    match backup::read(json.as_bytes()) {
        Ok(backup) => Ok(Some(backup)),
        Err(backup::BackupError::Newer { .. }) => Err(NotReturned::Newer),
        Err(error) => Err(NotReturned::Damaged(error.to_string())),
    }
}

/// Whether the first word of a sheet is this one.
fn bears(sheet: &Grid, mark: &str) -> bool {
    sheet.text(0, 0).split(' ').next() == Some(mark)
}

/// Reads a submission back. `catalogue` gives the edition that a state answers; `known` is
/// what stands in for the hidden data where a file has lost it.
///
/// # Errors
/// Why it is none, or cannot be read.
pub fn read(
    book: &Book,
    catalogue: impl Fn(&CatalogueRef) -> Option<Arc<Catalogue>>,
    known: Option<&Backup>,
) -> Result<Returned, NotReturned> {
    let found = match base_of(book) {
        Ok(found) => found,
        // What is damaged is told from what is of a later program.
        Err(NotReturned::Damaged(_)) if known.is_some() => None,
        Err(error) => return Err(error),
    };
    let base_in_file = found.is_some();
    let form = |sheet: &Grid| place::has_heads(sheet, &["填报状态", "完成情况说明"]);
    if !base_in_file && !book.sheets.iter().any(form) {
        let overview = book.sheets.iter().any(|sheet| sheet.name == unit::OVERVIEW);
        return Err(if overview { NotReturned::Overview } else { NotReturned::Foreign });
    }
    let base = found.or_else(|| known.cloned()).ok_or(NotReturned::NoBase)?;
    let reference = &base.assessment.head.catalogue;
    let Some(catalogue) = catalogue(reference) else {
        return Err(NotReturned::UnknownCatalogue(reference.title.clone()));
    };
    let catalogue = base.assessment.head.part_of(catalogue);
    let mut reader = Reader {
        catalogue: &catalogue,
        theirs: base.assessment.clone(),
        remarks: Vec::new(),
        seed: format!("{}/{}/{}", base.assessment.head.id, base.replica, base.seq),
    };
    reader.book(book, &base);
    let (theirs, remarks) = (reader.theirs, reader.remarks);
    if !base_in_file && theirs.head.unit_name != base.assessment.head.unit_name {
        return Err(NotReturned::Other(theirs.head.unit_name));
    }
    Ok(Returned { base, base_in_file, theirs, remarks })
}

/// What is being read.
struct Reader<'a> {
    catalogue: &'a Catalogue,
    theirs: Assessment,
    remarks: Vec<Remark>,
    /// From which the identities of rows follow that somebody has added.
    seed: String,
}

impl Reader<'_> {
    fn book(&mut self, book: &Book, base: &Backup) {
        let with_checkup = book.sheets.iter().any(|sheet| sheet.name == crate::workbook::checkup::NAME);
        // The hour at which it was made stands in no cell that holds anything.
        let expected = if with_checkup {
            submission_with_checkup(self.catalogue, base, "")
        } else {
            submission(self.catalogue, base, "")
        };
        let of_program = |sheet: &&Grid| bears(sheet, hidden::BASE_MARK) || bears(sheet, hidden::HEAD_MARK);
        let visible: Vec<&Grid> = book.sheets.iter().filter(|sheet| !of_program(sheet)).collect();
        for sheet in expected.sheets.iter().filter(|sheet| place::is_editable(sheet)) {
            let Some(grid) = place::sheet(sheet, &visible) else {
                self.note(&sheet.name, None, About::NoSheet, String::new());
                continue;
            };
            if sheet.name == cover::NAME || sheet.name == notes::NAME {
                self.labels(sheet, grid);
            } else {
                self.table(sheet, grid);
            }
        }
    }

    fn note(&mut self, sheet: &str, row: Option<usize>, about: About, content: String) {
        let row = row.map(|row| row + 1);
        self.remarks.push(Remark { sheet: sheet.to_owned(), row, about, content });
    }

    /// The identity of a row that somebody has added: the same for the same content, so
    /// that a file that comes in twice adds it once.
    fn fresh(&self, kind: &str, content: &str, nth: usize) -> RowId {
        let name = crate::value::naming::name_of(&format!("{}/{kind}/{nth}/{content}", self.seed));
        RowId::from_random(name)
    }

    /// The point of this printed number.
    fn point(&self, number: &str) -> Option<PointId> {
        // "44", and "任务44" as well.
        let ordinal = named_point(self.catalogue, number)?;
        self.catalogue.point_at(ordinal).map(|(_, point)| point.id.clone())
    }
}
