//! The connection to the store, and what the page says of saving and of what the store
//! refuses.

use std::rc::Rc;

use leptos::prelude::*;
use zhidu::store::{Mode, Store, StoreError};

use super::Desk;
use crate::browser::Kept;

/// What the page says about saving. Always true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Save {
    /// Nothing is open.
    Nothing,
    /// Everything is in the store since this time.
    Saved(String),
    /// Something is on its way.
    Saving,
    /// Something is not in the store, for this reason.
    Unsaved(String),
}

impl Desk {
    /// Connects to the store, and says so where the browser does not let it.
    pub async fn connect(self) {
        if let Err(error) = self.open_store().await {
            self.save.set(Save::Unsaved(in_words(&error)));
        }
    }

    /// Opens the store anew; `false` if the browser does not let it.
    pub(super) async fn reconnect(self) -> bool {
        self.open_store().await.is_ok()
    }

    async fn open_store(self) -> Result<(), StoreError> {
        let store = Kept::open().await?;
        self.store.set_value(Some(Rc::new(store)));
        Ok(())
    }

    /// A connection to the store that works, opened again if the browser has
    /// closed it.
    pub(super) async fn ready(self) -> Result<Rc<Kept>, StoreError> {
        if self.store().is_none_or(|store| store.begin(Mode::Read).is_err()) {
            self.reconnect().await;
        }
        self.store().ok_or(StoreError::Blocked)
    }

    /// The connection to the store, if there is one.
    pub(super) fn store(self) -> Option<Rc<Kept>> {
        self.store.with_value(Clone::clone)
    }
}

/// A refusal of the store in the words of the page: what happened and what to do.
pub fn in_words(error: &StoreError) -> String {
    match error {
        StoreError::Blocked => {
            "浏览器不允许本页在本机保存数据。内容只在此窗口中，请先导出备份，再检查浏览器的隐私设置"
                .to_owned()
        }
        StoreError::Full => "本机存储空间已满。内容仍在此窗口中，请立即导出备份，再清理磁盘空间".to_owned(),
        StoreError::Stale => "此自评已由另一个窗口接管编辑".to_owned(),
        StoreError::Newer => {
            "本机的内容来自更新版本的程序，本版本只读取、不改动。请刷新页面或用新版本打开".to_owned()
        }
        StoreError::Deleted => {
            "这份自评已不在本机的自评之列（在另一个窗口删除了，30 天内可在工作台的“最近删除”中恢复）。内容还在此窗口中，请先恢复它，或立即导出备份".to_owned()
        }
        StoreError::Closed => "浏览器关闭了数据库连接，正在重新连接".to_owned(),
        StoreError::Other(why) => format!("浏览器没能完成存取（技术信息：{why}），正在重试。可先导出备份"),
    }
}
