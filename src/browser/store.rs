//! IndexedDB, the store of record: three object stores of texts under text keys,
//! strict durability, one atomic transaction for each write. Knows keys and
//! texts, not what they mean, but for the epoch that guards every write.
//!
//! The database's own version stays 1; records carry their format's version.

use idb::{Database, DatabaseEvent, Factory, KeyRange, ObjectStore, ObjectStoreParams, Query, Transaction};
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbTransaction};
use zhidu::assessment::{AssessmentId, ReplicaId};
use zhidu::record::{self, Changes, Key, Kind, Loaded, RecordError, Replica, SetAside, Stamp};

const NAME: &str = "zhidu";
const RECORDS: &str = "records";
/// Small rows beside the records, so that 工作台 reads nothing else.
const SUMMARIES: &str = "summaries";
/// Texts that could not be read, as they were found, under their key and sum.
const ASIDE: &str = "aside";

/// Why the store did not do what it was asked to. Nothing of the request is
/// stored then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// The browser does not let this page store anything.
    Blocked,
    /// No space is left.
    Full,
    /// Another tab has become the writer.
    Stale,
    /// What is stored is of a newer version of the program.
    Newer,
    /// The browser has closed the connection; opening again may help.
    Closed,
    /// Anything else, in the browser's words.
    Other(String),
}

/// What is stored of an assessment.
pub struct Found {
    /// All its records, as (key, text).
    pub records: Vec<(String, String)>,
    /// What they hold, or all of them where they cannot be read as a whole.
    pub loaded: Result<Loaded, Vec<SetAside>>,
}

impl Found {
    fn in_records(records: Vec<(String, String)>) -> Option<Found> {
        let loaded = (!records.is_empty()).then(|| record::load(&records))?;
        Some(Found { records, loaded })
    }
}

/// An open connection.
pub struct Store {
    raw: IdbDatabase,
    /// Holds the listeners of the connection.
    _database: Database,
}

impl Store {
    /// Opens the database, making it if there is none.
    ///
    /// # Errors
    /// [`StoreError::Blocked`] where the browser forbids it.
    pub async fn open() -> Result<Store, StoreError> {
        let factory = Factory::new().map_err(|_| StoreError::Blocked)?;
        let mut request = factory.open(NAME, Some(1)).map_err(|_| StoreError::Blocked)?;
        request.on_upgrade_needed(|event| {
            if let Ok(database) = event.database() {
                for name in [RECORDS, SUMMARIES, ASIDE] {
                    // A store that cannot be made shows itself at the first use.
                    let _ = database.create_object_store(name, ObjectStoreParams::new());
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
        Ok(Store { raw, _database: database })
    }

    /// The stored summaries of all assessments.
    ///
    /// # Errors
    /// As the browser says.
    pub async fn summaries(&self) -> Result<Vec<String>, StoreError> {
        let transaction = self.transaction(false)?;
        let store = transaction.object_store(SUMMARIES).map_err(|error| classify(&error))?;
        let values = store.get_all(None, None).map_err(|e| classify(&e))?.await.map_err(|e| classify(&e))?;
        Ok(values.iter().filter_map(JsValue::as_string).collect())
    }

    /// What is stored of an assessment; `None` if nothing is.
    ///
    /// # Errors
    /// As the browser says.
    pub async fn read(&self, assessment: &AssessmentId) -> Result<Option<Found>, StoreError> {
        let transaction = self.transaction(false)?;
        let store = transaction.object_store(RECORDS).map_err(|error| classify(&error))?;
        Ok(Found::in_records(all(&store, assessment).await?))
    }

    /// As [`Store::read`], and makes this page the writer, in one transaction:
    /// what was found is what the next writer stands on. Texts that cannot be
    /// read are copied aside, so that what is written later under the same keys
    /// does not touch them. `fresh` names the copy if it has no identity yet.
    ///
    /// Where the assessment cannot be read as a whole, nothing is written.
    ///
    /// # Errors
    /// As the browser says; nothing is written then.
    pub async fn take(
        &self,
        assessment: &AssessmentId,
        fresh: ReplicaId,
    ) -> Result<Option<(Found, Replica)>, StoreError> {
        let transaction = self.transaction(true)?;
        let records = transaction.object_store(RECORDS).map_err(|error| classify(&error))?;
        let aside = transaction.object_store(ASIDE).map_err(|error| classify(&error))?;
        let Some(found) = Found::in_records(all(&records, assessment).await?) else { return Ok(None) };
        let mut replica = Replica { id: fresh, epoch: 0 };
        if let Ok(loaded) = &found.loaded {
            replica = loaded.replica.clone().unwrap_or(replica);
            replica.epoch += 1;
            put_aside(&aside, &loaded.set_aside)?;
            put_replica(&records, assessment, loaded.seq, &replica)?;
        }
        finish(transaction).await?;
        Ok(Some((found, replica)))
    }

    /// Makes this page the writer of what it has read before, as long as nobody
    /// has become the writer since; `seen` has the epoch of that time, 0 if the
    /// assessment was not stored at all.
    ///
    /// # Errors
    /// [`StoreError::Stale`] if somebody has, otherwise as the browser says.
    pub async fn claim(&self, assessment: &AssessmentId, seen: &Replica) -> Result<Replica, StoreError> {
        let transaction = self.transaction(true)?;
        let records = transaction.object_store(RECORDS).map_err(|error| classify(&error))?;
        let known = replica_at(&records, assessment).await?;
        if known.as_ref().map_or(0, |(_, known)| known.epoch) != seen.epoch {
            let _ = transaction.abort();
            return Err(StoreError::Stale);
        }
        let replica = Replica { id: seen.id.clone(), epoch: seen.epoch + 1 };
        put_replica(&records, assessment, known.map_or(0, |(stamp, _)| stamp.seq), &replica)?;
        finish(transaction).await?;
        Ok(replica)
    }

    /// Puts a whole assessment in place of whatever is stored under its name, in
    /// one transaction. `make` gives all its records from the `seq` that they
    /// are to bear. A page that has it open is no longer its writer.
    ///
    /// # Errors
    /// As the browser says, or because what is stored is of a newer version of
    /// the program; nothing is written then.
    pub async fn put_whole(
        &self,
        assessment: &AssessmentId,
        fresh: ReplicaId,
        make: impl FnOnce(u64) -> Changes,
    ) -> Result<Changes, StoreError> {
        let transaction = self.transaction(true)?;
        let [records, summaries, aside] = [RECORDS, SUMMARIES, ASIDE].map(|it| transaction.object_store(it));
        let records = records.map_err(|error| classify(&error))?;
        let summaries = summaries.map_err(|error| classify(&error))?;
        let aside = aside.map_err(|error| classify(&error))?;
        let mut replica = Replica { id: fresh, epoch: 0 };
        let mut seq = 0;
        if let Some(found) = Found::in_records(all(&records, assessment).await?) {
            let unreadable = match found.loaded {
                Ok(loaded) => {
                    (seq, replica) = (loaded.seq, loaded.replica.unwrap_or(replica));
                    loaded.set_aside
                }
                Err(all) => all,
            };
            if unreadable.iter().any(|it| matches!(it.error, RecordError::Newer { .. })) {
                let _ = transaction.abort();
                return Err(StoreError::Newer);
            }
            put_aside(&aside, &unreadable)?;
            let _ = records.delete(range(assessment)?).map_err(|error| classify(&error))?;
        }
        replica.epoch += 1;
        let changes = make(seq + 1);
        put_changes(&records, &summaries, &changes)?;
        put_replica(&records, assessment, seq + 1, &replica)?;
        finish(transaction).await?;
        Ok(changes)
    }

    /// Writes changes in one transaction, if `epoch` is still the writer's.
    /// Returns after the browser has reported completion.
    ///
    /// # Errors
    /// [`StoreError::Stale`] if another writer has taken over, otherwise as the
    /// browser says; nothing is written then.
    pub async fn commit(
        &self,
        assessment: &AssessmentId,
        epoch: u64,
        changes: &Changes,
    ) -> Result<(), StoreError> {
        let transaction = self.transaction(true)?;
        let records = transaction.object_store(RECORDS).map_err(|error| classify(&error))?;
        let summaries = transaction.object_store(SUMMARIES).map_err(|error| classify(&error))?;
        if replica_at(&records, assessment).await?.map(|(_, replica)| replica.epoch) != Some(epoch) {
            let _ = transaction.abort();
            return Err(StoreError::Stale);
        }
        put_changes(&records, &summaries, changes)?;
        finish(transaction).await
    }

    /// Removes an assessment and returns its records, so that it can be put back.
    ///
    /// # Errors
    /// As the browser says.
    pub async fn remove(&self, assessment: &AssessmentId) -> Result<Vec<(String, String)>, StoreError> {
        let transaction = self.transaction(true)?;
        let records = transaction.object_store(RECORDS).map_err(|error| classify(&error))?;
        let summaries = transaction.object_store(SUMMARIES).map_err(|error| classify(&error))?;
        let mut removed = all(&records, assessment).await?;
        let summary = Key { assessment: assessment.clone(), kind: Kind::Summary }.to_text();
        let found = summaries.get(JsValue::from(&summary)).map_err(|e| classify(&e))?.await;
        if let Some(text) = found.map_err(|e| classify(&e))?.and_then(|value| value.as_string()) {
            removed.push((summary.clone(), text));
        }
        let _ = records.delete(range(assessment)?).map_err(|error| classify(&error))?;
        let _ = summaries.delete(JsValue::from(summary)).map_err(|error| classify(&error))?;
        finish(transaction).await?;
        Ok(removed)
    }

    /// Puts records back as they were, for undoing [`Store::remove`].
    ///
    /// # Errors
    /// As the browser says.
    pub async fn put_back(&self, removed: &[(String, String)]) -> Result<(), StoreError> {
        let transaction = self.transaction(true)?;
        for (key, text) in removed {
            let summary = Key::parse(key).is_some_and(|key| key.kind == Kind::Summary);
            let name = if summary { SUMMARIES } else { RECORDS };
            put(&transaction.object_store(name).map_err(|error| classify(&error))?, key, text)?;
        }
        finish(transaction).await
    }

    /// A transaction over all stores. Writers ask for strict durability, which
    /// `idb` cannot say: the call goes through js-sys, here and nowhere else.
    fn transaction(&self, write: bool) -> Result<Transaction, StoreError> {
        let open = Reflect::get(&self.raw, &"transaction".into())
            .and_then(|it| it.dyn_into::<Function>())
            .map_err(|error| in_words(&error))?;
        let names = Array::of3(&RECORDS.into(), &SUMMARIES.into(), &ASIDE.into());
        let options = Object::new();
        let _ = Reflect::set(&options, &"durability".into(), &"strict".into());
        let mode = if write { "readwrite" } else { "readonly" };
        let transaction =
            open.call3(&self.raw, &names, &mode.into(), &options).map_err(|error| in_words(&error))?;
        Transaction::try_from(transaction).map_err(|error| classify(&error))
    }
}

async fn all(store: &ObjectStore, assessment: &AssessmentId) -> Result<Vec<(String, String)>, StoreError> {
    let keys = store.get_all_keys(Some(range(assessment)?), None).map_err(|error| classify(&error))?;
    let values = store.get_all(Some(range(assessment)?), None).map_err(|error| classify(&error))?;
    let keys = keys.await.map_err(|error| classify(&error))?;
    let values = values.await.map_err(|error| classify(&error))?;
    // What is no text was not written by this program; it is shown as damaged.
    let text = |value: &JsValue| value.as_string().unwrap_or_default();
    Ok(keys.iter().map(text).zip(values.iter().map(text)).collect())
}

async fn replica_at(
    records: &ObjectStore,
    assessment: &AssessmentId,
) -> Result<Option<(Stamp, Replica)>, StoreError> {
    let found = records.get(replica_key(assessment)).map_err(|error| classify(&error))?;
    let found = found.await.map_err(|error| classify(&error))?;
    Ok(found.and_then(|value| value.as_string()).and_then(|text| record::read(&text).ok()))
}

fn replica_key(assessment: &AssessmentId) -> JsValue {
    Key { assessment: assessment.clone(), kind: Kind::Replica }.to_text().into()
}

fn put_replica(
    records: &ObjectStore,
    assessment: &AssessmentId,
    seq: u64,
    replica: &Replica,
) -> Result<(), StoreError> {
    let stamp = Stamp { seq, author: String::new() };
    let key = Key { assessment: assessment.clone(), kind: Kind::Replica };
    put(records, &key.to_text(), &record::write(&stamp, replica))
}

fn put_changes(records: &ObjectStore, summaries: &ObjectStore, changes: &Changes) -> Result<(), StoreError> {
    for (key, text) in changes {
        let store = if key.kind == Kind::Summary { summaries } else { records };
        match text {
            Some(text) => put(store, &key.to_text(), text)?,
            None => drop(store.delete(JsValue::from(key.to_text())).map_err(|error| classify(&error))?),
        }
    }
    Ok(())
}

fn put_aside(aside: &ObjectStore, found: &[SetAside]) -> Result<(), StoreError> {
    found.iter().try_for_each(|it| put(aside, &it.kept_under(), &it.text))
}

fn put(store: &ObjectStore, key: &str, text: &str) -> Result<(), StoreError> {
    let _ = store.put(&text.into(), Some(&key.into())).map_err(|error| classify(&error))?;
    Ok(())
}

fn range(assessment: &AssessmentId) -> Result<Query, StoreError> {
    let (first, last) = Key::range(assessment);
    KeyRange::bound(&first.into(), &last.into(), None, None).map(Query::from).map_err(|e| classify(&e))
}

/// Waits until the transaction is complete, as the browser reports it.
async fn finish(transaction: Transaction) -> Result<(), StoreError> {
    let raw = JsValue::from(transaction).unchecked_into::<IdbTransaction>();
    match Transaction::from(raw.clone()).await {
        Ok(result) if result.is_committed() => Ok(()),
        Ok(_) => Err(raw.error().map_or_else(
            || StoreError::Other("浏览器中止了写入".to_owned()),
            |error| named(&error.name(), &error.message()),
        )),
        Err(error) => Err(classify(&error)),
    }
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
        "InvalidStateError" | "TransactionInactiveError" => StoreError::Closed,
        _ => StoreError::Other(format!("{name} {message}")),
    }
}
