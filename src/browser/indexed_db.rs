//! IndexedDB, the store of record: one object store for each table, strict
//! durability. Knows keys and texts, not what they mean.
//!
//! The version of the database says which tables it has. A later program may only add
//! some; one that finds more than it knows reads and writes nothing.

use idb::{Database, DatabaseEvent, Factory, KeyRange, ObjectStore, ObjectStoreParams, Query};
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbRequest, IdbTransaction};
use zhidu::store::{Mode, Store, StoreError, Table, Transaction};

const NAME: &str = "zhidu";

/// The version of the database; raised by each program that adds a table.
///
/// 1: all but `catalogues`. 2: `catalogues`.
const LAYOUT: u32 = 2;

/// An open connection.
pub struct IndexedDb {
    raw: IdbDatabase,
    newer: bool,
    /// Holds the listeners of the connection.
    _database: Database,
}

impl IndexedDb {
    /// Opens the database, making it or its missing tables. Windows that have an
    /// earlier one open are told to let go of it; until they have, this waits.
    ///
    /// # Errors
    /// [`StoreError::Blocked`] where the browser forbids it.
    pub async fn open() -> Result<IndexedDb, StoreError> {
        match connect(Some(LAYOUT)).await {
            // Of a later program: as it is.
            Err(StoreError::Newer) => connect(None).await,
            opened => opened,
        }
    }
}

/// Opens the database in this version, or in whichever it has.
async fn connect(version: Option<u32>) -> Result<IndexedDb, StoreError> {
    let factory = Factory::new().map_err(|_| StoreError::Blocked)?;
    let mut request = factory.open(NAME, version).map_err(|_| StoreError::Blocked)?;
    request.on_upgrade_needed(|event| {
        if let Ok(database) = event.database() {
            let known = database.store_names();
            let missing = Table::ALL.into_iter().filter(|table| !known.iter().any(|it| it == table.name()));
            for table in missing {
                // A store that cannot be made shows itself at the first use.
                let _ = database.create_object_store(table.name(), ObjectStoreParams::new());
            }
        }
    });
    let database = request.await.map_err(|error| match classify(&error) {
        StoreError::Other(_) => StoreError::Blocked,
        known => known,
    })?;
    let raw = JsValue::from(database).unchecked_into::<IdbDatabase>();
    let mut database = Database::from(raw.clone());
    // Let a later version of the program, or a person who clears the data, go on.
    let connection = raw.clone();
    database.on_version_change(move |_| connection.close());
    Ok(IndexedDb { raw, newer: version.is_none(), _database: database })
}

impl Store for IndexedDb {
    type Transaction = Open;

    fn is_newer(&self) -> bool {
        self.newer
    }

    /// Writers ask for strict durability, which `idb` cannot say: the call goes
    /// through js-sys, here and nowhere else.
    fn begin(&self, mode: Mode) -> Result<Open, StoreError> {
        if self.newer && mode == Mode::Write {
            return Err(StoreError::Newer);
        }
        let begin = Reflect::get(&self.raw, &"transaction".into())
            .and_then(|it| it.dyn_into::<Function>())
            .map_err(|error| in_words(&error))?;
        let names: Array = Table::ALL.into_iter().map(|table| JsValue::from(table.name())).collect();
        let options = Object::new();
        let _ = Reflect::set(&options, &"durability".into(), &"strict".into());
        let mode = match mode {
            Mode::Read => "readonly",
            Mode::Write => "readwrite",
        };
        let transaction =
            begin.call3(&self.raw, &names, &mode.into(), &options).map_err(|error| in_words(&error))?;
        idb::Transaction::try_from(transaction).map(|it| Open(Some(it))).map_err(|error| classify(&error))
    }
}

/// A transaction that is going on; the browser would finish one that is let go
/// of, so it is aborted then.
pub struct Open(Option<idb::Transaction>);

impl Open {
    fn table(&self, table: Table) -> Result<ObjectStore, StoreError> {
        let going_on = self.0.as_ref().ok_or(StoreError::Closed)?;
        going_on.object_store(table.name()).map_err(|error| classify(&error))
    }
}

impl Transaction for Open {
    async fn get(&self, table: Table, key: &str) -> Result<Option<String>, StoreError> {
        let found = self.table(table)?.get(JsValue::from(key)).map_err(|error| classify(&error))?;
        Ok(found.await.map_err(|error| classify(&error))?.and_then(|value| value.as_string()))
    }

    async fn list(&self, table: Table, from: &str, to: &str) -> Result<Vec<(String, String)>, StoreError> {
        let store = self.table(table)?;
        let keys = store.get_all_keys(Some(range(from, to)?), None).map_err(|error| classify(&error))?;
        let values = store.get_all(Some(range(from, to)?), None).map_err(|error| classify(&error))?;
        let keys = keys.await.map_err(|error| classify(&error))?;
        let values = values.await.map_err(|error| classify(&error))?;
        // What is no text was not written by this program; it is shown as damaged.
        let text = |value: &JsValue| value.as_string().unwrap_or_default();
        Ok(keys.iter().map(text).zip(values.iter().map(text)).collect())
    }

    fn put(&self, table: Table, key: &str, text: &str) -> Result<(), StoreError> {
        let request = self.table(table)?.put(&text.into(), Some(&key.into()));
        request.map(drop).map_err(|error| classify(&error))
    }

    fn delete(&self, table: Table, from: &str, to: &str) -> Result<(), StoreError> {
        let request = self.table(table)?.delete(range(from, to)?);
        request.map(drop).map_err(|error| classify(&error))
    }

    async fn finish(mut self) -> Result<(), StoreError> {
        let raw = JsValue::from(self.0.take().ok_or(StoreError::Closed)?).unchecked_into::<IdbTransaction>();
        match idb::Transaction::from(raw.clone()).await {
            Ok(result) if result.is_committed() => Ok(()),
            Ok(_) => Err(raw.error().map_or_else(
                || StoreError::Other("浏览器中止了写入".to_owned()),
                |error| named(&error.name(), &error.message()),
            )),
            Err(error) => Err(classify(&error)),
        }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        if let Some(going_on) = self.0.take() {
            // One that has ended already has nothing to take back.
            let _ = going_on.abort();
        }
    }
}

fn range(from: &str, to: &str) -> Result<Query, StoreError> {
    KeyRange::bound(&from.into(), &to.into(), None, None).map(Query::from).map_err(|error| classify(&error))
}

fn classify(error: &idb::Error) -> StoreError {
    use idb::Error as E;
    match error {
        E::DomException(exception) => named(&exception.name(), &exception.message()),
        E::AddFailed(js)
        | E::UpdateFailed(js)
        | E::DeleteFailed(js)
        | E::GetFailed(js)
        | E::GetAllFailed(js)
        | E::GetAllKeysFailed(js)
        | E::ObjectStoreNotFound(js)
        | E::TransactionOpenFailed(js)
        | E::IndexedDbOpenFailed(js)
        | E::IndexedDbNotFound(js) => in_words(js),
        // What refuses a request ends the transaction, and `idb` looks for the
        // reason in the wrong place.
        E::UnexpectedJsType(_, js) => {
            let request = js.dyn_ref::<IdbRequest>();
            match request.and_then(|request| request.error().ok().flatten()) {
                Some(exception) => named(&exception.name(), &exception.message()),
                None => StoreError::Other(error.to_string()),
            }
        }
        other => StoreError::Other(other.to_string()),
    }
}

fn in_words(error: &JsValue) -> StoreError {
    match error.dyn_ref::<web_sys::DomException>() {
        Some(exception) => named(&exception.name(), &exception.message()),
        None => StoreError::Other(format!("{error:?}")),
    }
}

fn named(name: &str, message: &str) -> StoreError {
    match name {
        "QuotaExceededError" => StoreError::Full,
        "SecurityError" => StoreError::Blocked,
        "VersionError" => StoreError::Newer,
        "InvalidStateError" | "TransactionInactiveError" => StoreError::Closed,
        _ => StoreError::Other(format!("{name} {message}")),
    }
}
