//! Why a store does not do what it was asked to.

/// Why the store did not do what it was asked to. Nothing of the request is
/// stored then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// The browser does not let this page store anything.
    Blocked,
    /// No space is left.
    Full,
    /// Another window has become the writer.
    Stale,
    /// What is stored is of a newer version of the program.
    Newer,
    /// It is among 最近删除; nobody writes it before it is brought back.
    Deleted,
    /// The browser has closed the connection; opening again may help.
    Closed,
    /// Anything else, in the browser's words.
    Other(String),
}

impl StoreError {
    /// The refusal in the words of the page: what happened and what to do.
    pub fn in_words(&self) -> String {
        let words = match self {
            StoreError::Blocked => {
                "浏览器不允许本页在本机保存数据。内容只在此窗口中，请先导出备份，再检查浏览器的隐私设置"
            }
            StoreError::Full => "本机存储空间已满。内容仍在此窗口中，请立即导出备份，再清理磁盘空间",
            StoreError::Stale => "此自评已由另一个窗口接管编辑",
            StoreError::Newer => {
                "本机的内容来自更新版本的程序，本版本只读取、不改动。请刷新页面或用新版本打开"
            }
            StoreError::Deleted => {
                "这份自评已不在本机的自评之列（在另一个窗口删除了，30 天内可在工作台的“最近删除”中恢复）。内容还在此窗口中，请先恢复它，或立即导出备份"
            }
            StoreError::Closed => "浏览器关闭了数据库连接，正在重新连接",
            StoreError::Other(why) => {
                return format!("浏览器没能完成存取（技术信息：{why}），正在重试。可先导出备份");
            }
        };
        words.to_owned()
    }
}
