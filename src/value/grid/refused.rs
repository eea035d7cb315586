//! Why a file is not read as a table: one sentence for every cause, which names it and
//! says what to do. Knows nothing of workbooks, which say for themselves what is wrong
//! with them.

use super::Grid;

/// So many rows with content are read at most.
pub const ROWS: usize = 20_000;
/// So many columns are read at most.
pub const COLUMNS: usize = 256;
/// Content is looked for in so many rows, the blank ones among them included.
pub(super) const PASSED: usize = 1_048_576;

/// Why a file is not read as a table. Nothing of it has been taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Refused {
    /// Not one byte.
    #[error("文件是空的（0 字节），可能没有保存成功或没有下载完，请重新获取")]
    Empty,
    /// Nothing but blanks.
    #[error("文件里没有任何文字")]
    Blank,
    /// A package without its end, or nothing but zeros.
    #[error("文件不完整（没有下载完或传输中断），请重新下载，或请对方重发")]
    Unfinished,
    /// What Office and WPS keep beside a file while it is open.
    #[error("这是 Office 或 WPS 打开文件时的临时文件（名称以 ~$ 开头），不含数据，请选择不带 ~$ 的原文件")]
    Owner,
    /// What macOS keeps beside a file, and its notes on folders.
    #[error("这是苹果电脑附带的系统文件（名称以 ._ 开头，或 .DS_Store），不含数据，请选择同名的原文件")]
    Apple,
    /// What Windows keeps of a folder or of a file's origin.
    #[error("这是 Windows 的系统文件（如 desktop.ini），不含数据，请选择表格文件")]
    Windows,
    /// A pointer to a file or a page.
    #[error("这是快捷方式，不是文件本身，请选择它所指的原文件")]
    Shortcut,
    /// A PDF document.
    #[error("这是 PDF 文件，不能作为表格读取，请向对方要 .xlsx，或转换为 .xlsx 再导入")]
    Pdf,
    /// A picture.
    #[error("这是图片，不能作为表格读取，请向对方要 .xlsx")]
    Picture,
    /// A package of files that is no ZIP.
    #[error("这是压缩包（RAR、7z、gz 等），请先解压，再选择里面的表格文件")]
    Archive,
    /// A document in Rich Text Format.
    #[error("这是 RTF 文档，请用 Word 或 WPS 打开，复制其中的表格后粘贴导入，或另存为 .xlsx")]
    Rtf,
    /// A page with all that belongs to it in one file.
    #[error("这是单个文件网页（MHTML），请用 Excel 或 WPS 打开后另存为 .xlsx 再导入")]
    Mhtml,
    /// Markup in which no table stands.
    #[error("这是网页/标记文字，没有表格，请用 Excel 或 WPS 打开后另存为 .xlsx 再导入")]
    NoTable,
    /// A backup of this program.
    #[error("这是本程序的备份（.json），不是表格，请在工作台用“导入”")]
    Backup,
    /// A catalogue of this program.
    #[error("这是指标体系文件（.json），不是表格")]
    Catalogue,
    /// Other JSON.
    #[error("这是 JSON 数据文件，不是表格，请向对方要 .xlsx 或 CSV")]
    Json,
    /// Bytes that are no text and no known kind of file.
    #[error("无法识别的文件：既不是表格，也不是文字（也可能已被加密软件加密，请先解密），请向对方要 .xlsx")]
    Binary,
    /// A text in an encoding that cannot be told.
    #[error("文字编码无法识别，请用 Excel 或 WPS 打开，另存为 .xlsx 或 CSV UTF-8 再导入")]
    Encoding,
    /// A text of which too much cannot be read.
    #[error("文字大部分无法识别（编码不对或文件已损坏），请另存为 UTF-8 或 .xlsx 再导入")]
    Unreadable,
    /// More than [`ROWS`] rows with content.
    #[error("表格有内容的行超过 {ROWS} 行，请分成几个文件")]
    TooLong,
    /// More than [`COLUMNS`] columns.
    #[error("表格超过 {COLUMNS} 列，请删去不需要的列")]
    TooWide,
}

/// Refuses a table that has more rows or columns with content than are read.
///
/// # Errors
/// [`Refused::TooLong`] and [`Refused::TooWide`].
pub(super) fn within_limits(grid: &Grid) -> Result<(), Refused> {
    let filled = |text: &String| !text.trim().is_empty();
    if grid.rows.len() > PASSED || grid.rows.iter().filter(|row| row.iter().any(filled)).count() > ROWS {
        return Err(Refused::TooLong);
    }
    if grid.rows.iter().any(|row| row.iter().skip(COLUMNS).any(filled)) {
        return Err(Refused::TooWide);
    }
    Ok(())
}
