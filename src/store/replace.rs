//! Putting a whole assessment into the store: a new one, or another state in
//! place of the one that is there. What was there before becomes a restore
//! point in the same transaction, and the change log says what differs.

use super::{
    Key, Mode, RecordKind, Store, StoreError, Stored, Table, Transaction, highest_epoch,
    past::put_restore_point, put_aside, put_changes, put_replica,
};
use crate::assessment::{Assessment, ReplicaId};
use crate::record::log::{Entry, How, Logged};
use crate::record::restore::{RestorePoint, Why};
use crate::record::summary::Summary;
use crate::record::{self, Changes, Mark, RecordError, Replica, SetAside, Stamp};
use crate::value::sets::set_of;

/// Why a whole assessment is put into the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is a new one.
    Created,
    /// A text of the cover was changed from 工作台.
    Renamed,
    /// An imported file.
    Imported,
    /// A restore point.
    Restored,
    /// The same on a later edition of its catalogue.
    NewEdition,
}

impl Reason {
    fn restore_point(self) -> Option<Why> {
        match self {
            Reason::Renamed => None,
            // New is what nobody expects to find something in its place.
            Reason::Created | Reason::Imported => Some(Why::BeforeImport),
            Reason::Restored => Some(Why::BeforeRestore),
            Reason::NewEdition => Some(Why::BeforeEdition),
        }
    }

    fn logged_as(self) -> How {
        match self {
            Reason::Created | Reason::Renamed => How::Filled,
            Reason::Imported => How::Imported,
            Reason::Restored => How::Restored,
            Reason::NewEdition => How::NewEdition,
        }
    }
}

/// What is put.
#[derive(Clone, Copy, Debug)]
pub struct Whole<'a> {
    /// The state.
    pub assessment: &'a Assessment,
    /// Why.
    pub reason: Reason,
    /// Names the copy if it has no identity yet.
    pub fresh: &'a ReplicaId,
    /// The `seq` that it was made from, where that matters.
    pub over: Option<u64>,
    /// What the person's clock says.
    pub at: &'a str,
    /// The change log that comes with it.
    pub log: &'a [Logged],
}

/// Puts a whole assessment in place of whatever is stored under its name.
/// `summary` makes its row of 工作台 from the `seq` that it bears. A page that
/// has it open is no longer its writer. Returns the row.
///
/// # Errors
/// [`StoreError::Newer`] if what is stored is of a newer version of the program,
/// [`StoreError::Stale`] if it is another state than the one it was made from,
/// otherwise as the store says; nothing is written then.
pub async fn put_whole(
    store: &impl Store,
    whole: &Whole<'_>,
    summary: impl FnOnce(u64) -> Summary,
) -> Result<Summary, StoreError> {
    let transaction = store.begin(Mode::Write)?;
    let state = whole.assessment;
    let key = |kind| Key { assessment: state.head.id.clone(), kind };
    let imported = whole.log.iter().map(|logged| logged.mark.epoch).max().unwrap_or_default();
    let mut replica = Replica { id: whole.fresh.clone(), epoch: 0 };
    let mut seq = 0;
    let mut entry = None;
    if let Some(found) = Stored::by(&transaction, &state.head.id).await? {
        let unreadable: Vec<SetAside> = match found.loaded {
            Ok(loaded) if loaded.newer => return Err(StoreError::Newer),
            Ok(loaded) => {
                if whole.over.is_some_and(|over| over != loaded.seq) {
                    return Err(StoreError::Stale);
                }
                seq = loaded.seq;
                match loaded.replica {
                    Some(known) => replica = known,
                    None => replica.epoch = highest_epoch(&transaction, &state.head.id).await?,
                }
                replica.epoch = replica.epoch.max(imported) + 1;
                let mark = Mark { epoch: replica.epoch, serial: 1, replica: replica.id.clone() };
                if let Some(why) = whole.reason.restore_point() {
                    let point = RestorePoint::of(&loaded.assessment, whole.at, why);
                    put_restore_point(&transaction, &loaded.assessment, &mark, &point).await?;
                }
                entry = entry_of(&loaded.assessment, whole).map(|entry| (mark, entry));
                loaded.set_aside
            }
            Err(all) => {
                replica.epoch = highest_epoch(&transaction, &state.head.id).await?;
                all
            }
        };
        if unreadable.iter().any(|it| matches!(it.error, RecordError::Newer { .. })) {
            return Err(StoreError::Newer);
        }
        put_aside(&transaction, &unreadable)?;
        let (from, to) = Key::range(&state.head.id);
        transaction.delete(Table::Records, &from, &to)?;
    }
    replica.epoch = replica.epoch.max(imported) + 1;
    let stamp = Stamp { seq: seq + 1, author: state.head.cover.filler.clone() };
    let row = summary(stamp.seq);
    let mut changes: Changes = record::changes(state, &record::parts(state), &stamp);
    changes.push((key(RecordKind::Summary), Some(record::write(&stamp, &row))));
    let log = whole.log.iter().map(|logged| (logged.mark.clone(), logged.entry.clone())).chain(entry);
    changes.extend(log.map(|(mark, entry)| {
        let stamp = Stamp { seq: stamp.seq, author: entry.by.clone() };
        (key(RecordKind::Log(mark)), Some(record::write(&stamp, &entry)))
    }));
    put_changes(&transaction, &changes)?;
    put_replica(&transaction, &state.head.id, stamp.seq, &replica)?;
    transaction.finish().await?;
    Ok(row)
}

/// What the change log says of a replacement; nothing if nothing differs. Another
/// edition differs, whatever becomes of the answers.
fn entry_of(before: &Assessment, whole: &Whole<'_>) -> Option<Entry> {
    let after = whole.assessment;
    let parts = set_of(record::parts(before).into_iter().chain(record::parts(after)));
    let edits: Vec<_> = parts.iter().flat_map(|part| before.edits_to(after, part)).collect();
    let (at, by) = (whole.at.to_owned(), after.head.cover.filler.clone());
    let tells = !edits.is_empty() || before.head.catalogue != after.head.catalogue;
    let (how, source) = (whole.reason.logged_as(), String::new());
    tells.then_some(Entry { at, by, how, source, through: None, edits })
}
