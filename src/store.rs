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

use crate::assessment::{AssessmentId, Head, ReplicaId};
use crate::record::{self, Changes, Key, Loaded, RecordKind, Replica, SetAside, Stamp};

pub mod deleted;
pub mod past;
mod refusal;
pub mod replace;

pub use refusal::StoreError;

/// The tables of the store, each of texts under text keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// The records of all assessments.
    Records,
    /// Small rows beside the records, so that 工作台 reads nothing else.
    Summaries,
    /// Texts that could not be read, as they were found, under their key and sum.
    Aside,
    /// Change logs.
    Log,
    /// The lists of restore points.
    RestorePoints,
    /// The states that restore points bring back.
    RestoreStates,
    /// Changes of windows that were no longer the writer.
    Unmerged,
    /// Catalogues that belong to no single assessment.
    Catalogues,
}

impl Table {
    /// All tables.
    pub const ALL: [Table; 8] = [
        Table::Records,
        Table::Summaries,
        Table::Aside,
        Table::Log,
        Table::RestorePoints,
        Table::RestoreStates,
        Table::Unmerged,
        Table::Catalogues,
    ];

    /// The name under which a store knows it.
    pub const fn name(self) -> &'static str {
        match self {
            Table::Records => "records",
            Table::Summaries => "summaries",
            Table::Aside => "aside",
            Table::Log => "log",
            Table::RestorePoints => "restore-points",
            Table::RestoreStates => "restore-states",
            Table::Unmerged => "unmerged",
            Table::Catalogues => "catalogues",
        }
    }
}

/// Later than every key.
const LAST_KEY: &str = "\u{10FFFF}";

/// Where texts are kept.
pub trait Store {
    /// Its transactions.
    type Transaction: Transaction;

    /// Whether a later program has changed its layout: it is read then, and nothing may
    /// be written.
    fn is_newer(&self) -> bool {
        false
    }

    /// Begins a transaction over all tables.
    ///
    /// # Errors
    /// [`StoreError::Newer`] for writing what [`Store::is_newer`], otherwise as the
    /// store says.
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
pub struct Stored {
    /// What its records hold, or all of them where they cannot be read as a whole.
    pub loaded: Result<Loaded, Vec<SetAside>>,
}

impl Stored {
    async fn by(
        transaction: &impl Transaction,
        assessment: &AssessmentId,
    ) -> Result<Option<Stored>, StoreError> {
        let (from, to) = Key::range(assessment);
        let records = transaction.list(Table::Records, &from, &to).await?;
        Ok((!records.is_empty()).then(|| Stored { loaded: record::load(&records) }))
    }
}

/// The stored rows of 工作台, as key and text.
///
/// # Errors
/// As the store says.
pub async fn summaries(store: &impl Store) -> Result<Vec<(String, String)>, StoreError> {
    store.begin(Mode::Read)?.list(Table::Summaries, "", LAST_KEY).await
}

/// What is stored of an assessment; `None` if nothing is.
///
/// # Errors
/// As the store says.
pub async fn read(store: &impl Store, assessment: &AssessmentId) -> Result<Option<Stored>, StoreError> {
    Stored::by(&store.begin(Mode::Read)?, assessment).await
}

/// As [`read`], and makes this page the writer: what was found is what the next
/// writer stands on. Texts that cannot be read are copied aside, so that what
/// is written later under the same keys does not touch them. `fresh` names the
/// copy if it has no identity yet.
///
/// Where the assessment cannot be read as a whole, or is of a later program, nothing is
/// written, and the replica given is of no use.
///
/// # Errors
/// [`StoreError::Deleted`] if it is among 最近删除, otherwise as the store says;
/// nothing is written then.
pub async fn take(
    store: &impl Store,
    assessment: &AssessmentId,
    fresh: ReplicaId,
) -> Result<Option<(Stored, Replica)>, StoreError> {
    let transaction = store.begin(Mode::Write)?;
    let Some(found) = Stored::by(&transaction, assessment).await? else {
        return Ok(None);
    };
    deleted::refuse_deleted(&transaction, assessment).await?;
    let mut replica = Replica { id: fresh, epoch: 0 };
    let Some(loaded) = found.loaded.as_ref().ok().filter(|it| !it.newer) else {
        return Ok(Some((found, replica)));
    };
    match &loaded.replica {
        Some(known) => replica.clone_from(known),
        None => replica.epoch = highest_epoch(&transaction, assessment).await?,
    }
    replica.epoch += 1;
    put_aside(&transaction, &loaded.set_aside)?;
    put_replica(&transaction, assessment, loaded.seq, &replica)?;
    transaction.finish().await?;
    Ok(Some((found, replica)))
}

/// Makes this page the writer of what it has read before, as long as nobody has
/// become the writer or has written since; `seen` has the epoch and `seq` the
/// state of that time, both 0 if the assessment was not stored at all. Texts
/// that cannot be read are copied aside, as by [`take`].
///
/// # Errors
/// [`StoreError::Stale`] if somebody has, [`StoreError::Newer`] if what is stored
/// cannot be read as a whole, otherwise as the store says.
pub async fn claim(
    store: &impl Store,
    assessment: &AssessmentId,
    seen: &Replica,
    seq: u64,
) -> Result<Replica, StoreError> {
    let transaction = store.begin(Mode::Write)?;
    deleted::refuse_deleted(&transaction, assessment).await?;
    let standing = match Stored::by(&transaction, assessment).await? {
        None => (0, 0),
        Some(Stored { loaded: Ok(loaded) }) if !loaded.newer => {
            put_aside(&transaction, &loaded.set_aside)?;
            (loaded.replica.map_or(0, |known| known.epoch), loaded.seq)
        }
        Some(_) => return Err(StoreError::Newer),
    };
    if standing != (seen.epoch, seq) {
        return Err(StoreError::Stale);
    }
    let epoch = highest_epoch(&transaction, assessment).await?.max(seen.epoch) + 1;
    let replica = Replica { id: seen.id.clone(), epoch };
    put_replica(&transaction, assessment, seq, &replica)?;
    transaction.finish().await?;
    Ok(replica)
}

/// Identity and cover of an assessment alone; `None` if there is none that can be read.
///
/// # Errors
/// As the store says.
pub async fn head(store: &impl Store, assessment: &AssessmentId) -> Result<Option<Head>, StoreError> {
    let key = Key { assessment: assessment.clone(), kind: RecordKind::Head };
    let text = store.begin(Mode::Read)?.get(Table::Records, &key.to_text()).await?;
    Ok(text.and_then(|text| Some(record::understood::<Head>(&text).ok()?.body)))
}

/// The copy and epoch that may write; `None` if there is none.
///
/// # Errors
/// As the store says.
pub async fn writer(store: &impl Store, assessment: &AssessmentId) -> Result<Option<Replica>, StoreError> {
    replica_in(&store.begin(Mode::Read)?, assessment).await
}

/// Writes changes, if `writer` still is the one that may. The copy counts too:
/// where everything was cleared, epochs begin anew.
///
/// # Errors
/// [`StoreError::Stale`] if another writer has taken over, [`StoreError::Deleted`]
/// if somebody has put it among 最近删除, otherwise as the store says; nothing is
/// written then.
pub async fn commit(
    store: &impl Store,
    assessment: &AssessmentId,
    writer: &Replica,
    changes: &Changes,
) -> Result<(), StoreError> {
    let transaction = store.begin(Mode::Write)?;
    if replica_in(&transaction, assessment).await?.as_ref() != Some(writer) {
        return Err(StoreError::Stale);
    }
    deleted::refuse_deleted(&transaction, assessment).await?;
    put_changes(&transaction, changes)?;
    transaction.finish().await
}

/// Removes everything from this machine.
///
/// # Errors
/// As the store says; nothing is removed then.
pub async fn clear(store: &impl Store) -> Result<(), StoreError> {
    let transaction = store.begin(Mode::Write)?;
    for table in Table::ALL {
        transaction.delete(table, "", LAST_KEY)?;
    }
    transaction.finish().await
}

fn table_of(kind: &RecordKind) -> Table {
    match kind {
        RecordKind::Head
        | RecordKind::Answer(_)
        | RecordKind::Evidence(_)
        | RecordKind::Figure(_)
        | RecordKind::School(_)
        | RecordKind::Mute(_)
        | RecordKind::Unit(_)
        | RecordKind::Contribution(_)
        | RecordKind::Replica => Table::Records,
        RecordKind::Summary => Table::Summaries,
        RecordKind::Log(_) => Table::Log,
        RecordKind::RestorePoint(_) => Table::RestorePoints,
        RecordKind::RestoreState(_) => Table::RestoreStates,
        RecordKind::Unmerged(_) => Table::Unmerged,
    }
}

async fn replica_in(
    transaction: &impl Transaction,
    assessment: &AssessmentId,
) -> Result<Option<Replica>, StoreError> {
    let found = transaction.get(Table::Records, &replica_key(assessment)).await?;
    Ok(found.and_then(|text| record::read(&text).ok()).map(|(_, replica)| replica))
}

/// The highest epoch that left a trace: where the `replica` record was lost, a
/// new writer has to come after all earlier ones.
async fn highest_epoch(transaction: &impl Transaction, assessment: &AssessmentId) -> Result<u64, StoreError> {
    let (from, to) = Key::range(assessment);
    let mut highest = 0;
    for table in [Table::Log, Table::RestorePoints] {
        for (key, _) in transaction.list(table, &from, &to).await? {
            if let Some(RecordKind::Log(mark) | RecordKind::RestorePoint(mark)) =
                Key::parse(&key).map(|key| key.kind)
            {
                highest = highest.max(mark.epoch);
            }
        }
    }
    Ok(highest)
}

fn replica_key(assessment: &AssessmentId) -> String {
    Key { assessment: assessment.clone(), kind: RecordKind::Replica }.to_text()
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
