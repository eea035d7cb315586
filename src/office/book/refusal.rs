//! Why a file is not taken: each cause by its own name, with what the person can do.
//! The sentences stand behind the file's name, so they begin with what it is.

/// Why a file is not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not one byte.
    #[error("这是 0 字节的空文件，请重新下载，或请对方重发")]
    Nothing,
    /// Neither a ZIP archive nor an OLE container.
    #[error("这不是 Excel 工作簿，请用 Excel 或 WPS 打开，另存为 .xlsx 再导入")]
    Unknown,
    /// More bytes than are taken.
    #[error("文件超过 {0} MB，请删去图片和不用导入的工作表，另存后再导入")]
    Large(usize),
    /// More bytes than are unpacked.
    #[error("文件解压后超过 {0} MB，请只留下要导入的工作表，另存后再导入")]
    Unpacked(u64),
    /// The container ends early, or its content is not what it says.
    #[error("文件下载不完整或已损坏，请重新下载，或用 Excel、WPS 打开后另存为 .xlsx 再导入")]
    Damaged,
    /// It is encrypted.
    #[error("文件设有打开密码，请在 Excel 或 WPS 中取消密码，另存后再导入")]
    Locked,
    /// A part declares a document type, which no workbook does.
    #[error(
        "文件内含 DOCTYPE 声明，不是正常的工作簿，为安全起见不读取。请用 Excel 或 WPS 打开后另存为 .xlsx 再导入"
    )]
    Doctype,
    /// Elements stand in each other deeper than in any workbook.
    #[error("文件内部嵌套超过 {0} 层，不是正常的工作簿。请用 Excel 或 WPS 打开后另存为 .xlsx 再导入")]
    Deep(usize),
    /// More text in one place or in all than is read.
    #[error("工作簿的文字过多，无法一次读取。请只留下要导入的工作表，另存后再导入")]
    Wordy,
    /// A document of Word or of a program like it.
    #[error("这是 Word 文档，不是工作簿。请把其中的表格复制到 Excel 或 WPS 表格，另存为 .xlsx 再导入")]
    Word,
    /// Slides.
    #[error("这是 PowerPoint 演示文稿，不是工作簿。请选择表格文件（.xlsx）")]
    Slides,
    /// An OFD document.
    #[error("这是 OFD 版式文件，不是工作簿。请向发文单位索取表格文件（.xlsx）")]
    Ofd,
    /// Several files in one.
    #[error("这是 ZIP 压缩包，请先解压，再选择里面的表格文件")]
    Zip,
    /// The pictures that Windows keeps of a folder.
    #[error("这是 Windows 自动生成的缩略图缓存（Thumbs.db），不是表格，可以不理会")]
    Thumbnails,
    /// A binary workbook.
    #[error("这是 Excel 二进制工作簿（.xlsb），请在 Excel 或 WPS 中另存为 .xlsx 再导入")]
    Binary,
    /// A workbook of Excel 95 or older.
    #[error("这是 Excel 95 或更早的工作簿，请用 Excel 或 WPS 打开，另存为 .xlsx 再导入")]
    Ancient,
    /// An OLE container without a workbook that is known.
    #[error("文件里没有认得的工作簿。如果是旧版 WPS 表格（.et），请用 WPS 打开，另存为 .xlsx 再导入")]
    NoWorkbook,
    /// A workbook without sheets.
    #[error("工作簿里没有工作表，请用 Excel 或 WPS 打开检查，另存为 .xlsx 再导入")]
    NoSheets,
    /// Nothing stands in any of its sheets.
    #[error("工作簿是空的：各工作表都没有内容。如果内容在别的文件里，请选择那个文件")]
    Empty,
    /// Its sheets have charts or pictures and not one filled cell.
    #[error("工作簿里只有图表或图片，没有填写内容的单元格。请选择填有数据的文件")]
    Drawn,
    /// More rows with content in a sheet than are read.
    #[error("工作表“{sheet}”有 {rows} 行内容，超过能读取的 {most} 行。请分成几个文件再导入")]
    Rows {
        /// Its name.
        sheet: String,
        /// How many it has.
        rows: usize,
        /// How many are read.
        most: usize,
    },
    /// More columns with content in a sheet than are read.
    #[error("工作表“{sheet}”有 {columns} 列内容，超过能读取的 {most} 列。请删去不用导入的列，另存后再导入")]
    Columns {
        /// Its name.
        sheet: String,
        /// How many it has.
        columns: usize,
        /// How many are read.
        most: usize,
    },
    /// More cells, or more widely strewn ones, than there is room for.
    #[error("工作表“{0}”的单元格过多或过于分散，无法读取。请只留下要导入的行和列，另存后再导入")]
    Cells(String),
}
