//! Keeping assessments: what is read and written together, and who may write.
//! Everything here is one transaction; a transaction that does not finish has
//! changed nothing. How texts are kept is somebody else's: the page gives
//! IndexedDB, the tests a store that fails where it hurts.
//!
//! Whoever opens an assessment becomes its writer by raising the epoch in its
//! `replica` record. Each commit reads that record again and is refused if
//! somebody else has. So two windows never write over each other, without any
//! lock of the browser.

use std::future::Future;

use crate::assessment::{AssessmentId, ReplicaId};
use crate::record::{self, Changes, Key, Kind, Loaded, RecordError, Replica, SetAside, Stamp};

/// The tables of the store, each of texts under text keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// The records of all assessments.
    Records,
    /// Small rows beside the records, so that 工作台 reads nothing else.
    Summaries,
    /// Texts that could not be read, as they were found, under their key and sum.
    Aside,
}

impl Table {
    /// All tables.
    pub const ALL: [Table; 3] = [Table::Records, Table::Summaries, Table::Aside];

    /// The name under which a store knows it.
    pub const fn name(self) -> &'static str {
        match self {
            Table::Records => "records",
            Table::Summaries => "summaries",
            Table::Aside => "aside",
        }
    }
}

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
    /// The browser has closed the connection; opening again may help.
    Closed,
    /// Anything else, in the browser's words.
    Other(String),
}

/// Where texts are kept.
pub trait Store {
    /// Its transactions.
    type Transaction: Transaction;

    /// Begins a transaction over all tables.
    ///
    /// # Errors
    /// As the store says.
    fn begin(&self, mode: Mode) -> Result<Self::Transaction, StoreError>;
}

/// What a transaction may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Read.
    Read,
    /// Read and write, alone among writers, flushed to the disk when it ends.
    Write,
}

/// Reads and writes that happen together or not at all. One that is dropped
/// without [`Transaction::finish`] takes back all of it.
pub trait Transaction {
    /// The text under a key.
    fn get(&self, table: Table, key: &str) -> impl Future<Output = Result<Option<String>, StoreError>>;

    /// Keys and texts from the first key to the last, both included, in the
    /// order of keys.
    fn list(
        &self,
        table: Table,
        from: &str,
        to: &str,
    ) -> impl Future<Output = Result<Vec<(String, String)>, StoreError>>;

    /// Puts a text under a key; a failure may show itself only at the end.
    ///
    /// # Errors
    /// As the store says.
    fn put(&self, table: Table, key: &str, text: &str) -> Result<(), StoreError>;

    /// Removes what is under the keys from the first to the last.
    ///
    /// # Errors
    /// As the store says.
    fn delete(&self, table: Table, from: &str, to: &str) -> Result<(), StoreError>;

    /// Waits until the store reports that all of it is kept.
    fn finish(self) -> impl Future<Output = Result<(), StoreError>>;
}

/// What is stored of an assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// All its records, as (key, text).
    pub records: Vec<(String, String)>,
    /// What they hold, or all of them where they cannot be read as a whole.
    pub loaded: Result<Loaded, Vec<SetAside>>,
}

impl Found {
    async fn by(
        transaction: &impl Transaction,
        assessment: &AssessmentId,
    ) -> Result<Option<Found>, StoreError> {
        let (from, to) = Key::range(assessment);
        let records = transaction.list(Table::Records, &from, &to).await?;
        Ok((!records.is_empty()).then(|| Found { loaded: record::load(&records), records }))
    }
}

/// The stored rows of 工作台.
///
/// # Errors
/// As the store says.
pub async fn summaries(store: &impl Store) -> Result<Vec<String>, StoreError> {
    let rows = store.begin(Mode::Read)?.list(Table::Summaries, "", "\u{10FFFF}").await?;
    Ok(rows.into_iter().map(|(_, text)| text).collect())
}

/// What is stored of an assessment; `None` if nothing is.
///
/// # Errors
/// As the store says.
pub async fn read(store: &impl Store, assessment: &AssessmentId) -> Result<Option<Found>, StoreError> {
    Found::by(&store.begin(Mode::Read)?, assessment).await
}

/// As [`read`], and makes this page the writer: what was found is what the next
/// writer stands on. Texts that cannot be read are copied aside, so that what
/// is written later under the same keys does not touch them. `fresh` names the
/// copy if it has no identity yet.
///
/// Where the assessment cannot be read as a whole, nothing is written, and the
/// replica given is of no use.
///
/// # Errors
/// As the store says; nothing is written then.
pub async fn take(
    store: &impl Store,
    assessment: &AssessmentId,
    fresh: ReplicaId,
) -> Result<Option<(Found, Replica)>, StoreError> {
    let transaction = store.begin(Mode::Write)?;
    let Some(found) = Found::by(&transaction, assessment).await? else {
        return Ok(None);
    };
    let mut replica = Replica { id: fresh, epoch: 0 };
    let Ok(loaded) = &found.loaded else {
        return Ok(Some((found, replica)));
    };
    replica = loaded.replica.clone().unwrap_or(replica);
    replica.epoch += 1;
    put_aside(&transaction, &loaded.set_aside)?;
    put_replica(&transaction, assessment, loaded.seq, &replica)?;
    transaction.finish().await?;
    Ok(Some((found, replica)))
}

/// Makes this page the writer of what it has read before, as long as nobody has
/// become the writer since; `seen` has the epoch of that time, 0 if the
/// assessment was not stored at all.
///
/// # Errors
/// [`StoreError::Stale`] if somebody has, otherwise as the store says.
pub async fn claim(
    store: &impl Store,
    assessment: &AssessmentId,
    seen: &Replica,
) -> Result<Replica, StoreError> {
    let transaction = store.begin(Mode::Write)?;
    let known = replica_in(&transaction, assessment).await?;
    if known.as_ref().map_or(0, |(_, known)| known.epoch) != seen.epoch {
        return Err(StoreError::Stale);
    }
    let replica = Replica { id: seen.id.clone(), epoch: seen.epoch + 1 };
    put_replica(&transaction, assessment, known.map_or(0, |(stamp, _)| stamp.seq), &replica)?;
    transaction.finish().await?;
    Ok(replica)
}

/// Writes changes, if `epoch` is still the writer's.
///
/// # Errors
/// [`StoreError::Stale`] if another writer has taken over, otherwise as the
/// store says; nothing is written then.
pub async fn commit(
    store: &impl Store,
    assessment: &AssessmentId,
    epoch: u64,
    changes: &Changes,
) -> Result<(), StoreError> {
    let transaction = store.begin(Mode::Write)?;
    if replica_in(&transaction, assessment).await?.map(|(_, replica)| replica.epoch) != Some(epoch) {
        return Err(StoreError::Stale);
    }
    put_changes(&transaction, changes)?;
    transaction.finish().await
}

/// Puts a whole assessment in place of whatever is stored under its name.
/// `make` gives all its records from the `seq` that they are to bear. A page
/// that has it open is no longer its writer.
///
/// # Errors
/// [`StoreError::Newer`] if what is stored is of a newer version of the program,
/// otherwise as the store says; nothing is written then.
pub async fn put_whole(
    store: &impl Store,
    assessment: &AssessmentId,
    fresh: ReplicaId,
    make: impl FnOnce(u64) -> Changes,
) -> Result<Changes, StoreError> {
    let transaction = store.begin(Mode::Write)?;
    let mut replica = Replica { id: fresh, epoch: 0 };
    let mut seq = 0;
    if let Some(found) = Found::by(&transaction, assessment).await? {
        let unreadable = match found.loaded {
            Ok(loaded) => {
                (seq, replica) = (loaded.seq, loaded.replica.unwrap_or(replica));
                loaded.set_aside
            }
            Err(all) => all,
        };
        if unreadable.iter().any(|it| matches!(it.error, RecordError::Newer { .. })) {
            return Err(StoreError::Newer);
        }
        put_aside(&transaction, &unreadable)?;
        let (from, to) = Key::range(assessment);
        transaction.delete(Table::Records, &from, &to)?;
    }
    replica.epoch += 1;
    let changes = make(seq + 1);
    put_changes(&transaction, &changes)?;
    put_replica(&transaction, assessment, seq + 1, &replica)?;
    transaction.finish().await?;
    Ok(changes)
}

/// Removes an assessment and returns its records, so that it can be put back.
///
/// # Errors
/// As the store says; nothing is removed then.
pub async fn remove(
    store: &impl Store,
    assessment: &AssessmentId,
) -> Result<Vec<(String, String)>, StoreError> {
    let transaction = store.begin(Mode::Write)?;
    let (from, to) = Key::range(assessment);
    let mut removed = Vec::new();
    for table in [Table::Records, Table::Summaries] {
        removed.extend(transaction.list(table, &from, &to).await?);
        transaction.delete(table, &from, &to)?;
    }
    transaction.finish().await?;
    Ok(removed)
}

/// Puts records back as they were, for undoing [`remove`].
///
/// # Errors
/// As the store says; nothing is put back then.
pub async fn put_back(store: &impl Store, removed: &[(String, String)]) -> Result<(), StoreError> {
    let transaction = store.begin(Mode::Write)?;
    for (key, text) in removed {
        let kind = Key::parse(key).map(|key| key.kind);
        transaction.put(kind.as_ref().map_or(Table::Records, table_of), key, text)?;
    }
    transaction.finish().await
}

fn table_of(kind: &Kind) -> Table {
    if *kind == Kind::Summary { Table::Summaries } else { Table::Records }
}

async fn replica_in(
    transaction: &impl Transaction,
    assessment: &AssessmentId,
) -> Result<Option<(Stamp, Replica)>, StoreError> {
    let found = transaction.get(Table::Records, &replica_key(assessment)).await?;
    Ok(found.and_then(|text| record::read(&text).ok()))
}

fn replica_key(assessment: &AssessmentId) -> String {
    Key { assessment: assessment.clone(), kind: Kind::Replica }.to_text()
}

fn put_replica(
    transaction: &impl Transaction,
    assessment: &AssessmentId,
    seq: u64,
    replica: &Replica,
) -> Result<(), StoreError> {
    let stamp = Stamp { seq, author: String::new() };
    transaction.put(Table::Records, &replica_key(assessment), &record::write(&stamp, replica))
}

fn put_changes(transaction: &impl Transaction, changes: &Changes) -> Result<(), StoreError> {
    changes.iter().try_for_each(|(key, text)| {
        let (table, name) = (table_of(&key.kind), key.to_text());
        match text {
            Some(text) => transaction.put(table, &name, text),
            None => transaction.delete(table, &name, &name),
        }
    })
}

fn put_aside(transaction: &impl Transaction, found: &[SetAside]) -> Result<(), StoreError> {
    found.iter().try_for_each(|it| transaction.put(Table::Aside, &it.kept_under(), &it.text))
}
