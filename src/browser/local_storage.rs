//! For comparison alone (feature `local-storage-alone`): a store that keeps
//! everything in localStorage, as many programs do. It is what `cargo xtask
//! faults` kills beside the real one; nobody should use it.

use std::cell::RefCell;

use web_sys::Storage;
use zhidu::store::{Mode, Store, StoreError, Table, Transaction};

use crate::browser::local;

const PREFIX: &str = "zhidu.alone.";

/// The store.
pub struct LocalStorageAlone(Storage);

impl LocalStorageAlone {
    /// Takes localStorage.
    ///
    /// # Errors
    /// [`StoreError::Blocked`] where there is none.
    pub async fn open() -> Result<LocalStorageAlone, StoreError> {
        local::storage().map(LocalStorageAlone).ok_or(StoreError::Blocked)
    }
}

impl Store for LocalStorageAlone {
    type Transaction = Open;

    fn begin(&self, _mode: Mode) -> Result<Open, StoreError> {
        Ok(Open { storage: self.0.clone(), changes: RefCell::default() })
    }
}

/// Changes that are written one after the other when they are finished.
pub struct Open {
    storage: Storage,
    changes: RefCell<Vec<(String, Option<String>)>>,
}

fn name(table: Table, key: &str) -> String {
    format!("{PREFIX}{}.{key}", table.name())
}

impl Open {
    fn names(&self, table: Table, from: &str, to: &str) -> Vec<String> {
        let (from, to) = (name(table, from), name(table, to));
        let mut inside = local::names(&self.storage, PREFIX);
        inside.retain(|name| (&from..=&to).contains(&name));
        inside.sort();
        inside
    }
}

impl Transaction for Open {
    async fn get(&self, table: Table, key: &str) -> Result<Option<String>, StoreError> {
        Ok(self.storage.get_item(&name(table, key)).ok().flatten())
    }

    async fn list(&self, table: Table, from: &str, to: &str) -> Result<Vec<(String, String)>, StoreError> {
        let start = name(table, "").len();
        let names = self.names(table, from, to).into_iter();
        let found = names.filter_map(|name| {
            let text = self.storage.get_item(&name).ok()??;
            Some((name.get(start..)?.to_owned(), text))
        });
        Ok(found.collect())
    }

    fn put(&self, table: Table, key: &str, text: &str) -> Result<(), StoreError> {
        self.changes.borrow_mut().push((name(table, key), Some(text.to_owned())));
        Ok(())
    }

    fn delete(&self, table: Table, from: &str, to: &str) -> Result<(), StoreError> {
        let names = self.names(table, from, to).into_iter();
        self.changes.borrow_mut().extend(names.map(|name| (name, None)));
        Ok(())
    }

    async fn finish(self) -> Result<(), StoreError> {
        for (name, text) in self.changes.into_inner() {
            let done = match text {
                Some(text) => self.storage.set_item(&name, &text),
                None => self.storage.remove_item(&name),
            };
            done.map_err(|_| StoreError::Full)?;
        }
        Ok(())
    }
}
