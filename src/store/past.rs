//! What is kept of the past of an assessment: its change log, its restore points,
//! and what windows could not store.

use super::{LAST_KEY, Mode, Store, StoreError, Table, Transaction, replica_in};
use crate::assessment::{Assessment, AssessmentId, RowId};
use crate::record::log::{Entry, Logged};
use crate::record::restore::{RestorePoint, Why, superfluous};
use crate::record::state;
use crate::record::unmerged::Unmerged;
use crate::record::{self, Key, Mark, RecordError, RecordKind, SetAside, Stamp};

/// The change log of an assessment, oldest first. An entry that cannot be read
/// is left out here and stays in the store; [`unreadable`] has it.
///
/// # Errors
/// As the store says.
pub async fn log(store: &impl Store, assessment: &AssessmentId) -> Result<Vec<Logged>, StoreError> {
    log_from(store, assessment, None).await
}

/// The same from one entry on.
///
/// # Errors
/// As the store says.
pub async fn log_from(
    store: &impl Store,
    assessment: &AssessmentId,
    first: Option<&Mark>,
) -> Result<Vec<Logged>, StoreError> {
    let (start, to) = Key::range(assessment);
    let key = |mark: &Mark| Key { assessment: assessment.clone(), kind: RecordKind::Log(mark.clone()) };
    let from = first.map_or(start, |mark| key(mark).to_text());
    let found = store.begin(Mode::Read)?.list(Table::Log, &from, &to).await?;
    let entries = found.into_iter().filter_map(|(key, text)| match Key::parse(&key)?.kind {
        RecordKind::Log(mark) => Some(Logged { mark, entry: record::read::<Entry>(&text).ok()?.1 }),
        _ => None,
    });
    Ok(entries.collect())
}

/// What cannot be read of an assessment's past, as it stands in the store: entries
/// of the change log, restore points, and changes that were set apart. The states
/// of restore points are read only when they are wanted.
///
/// # Errors
/// As the store says.
pub async fn unreadable(store: &impl Store, assessment: &AssessmentId) -> Result<Vec<SetAside>, StoreError> {
    let (from, to) = Key::range(assessment);
    let transaction = store.begin(Mode::Read)?;
    let mut found = Vec::new();
    for table in [Table::Log, Table::RestorePoints, Table::Unmerged] {
        for (key, text) in transaction.list(table, &from, &to).await? {
            let read = match Key::parse(&key).map(|key| key.kind) {
                Some(RecordKind::Log(_)) => record::read::<Entry>(&text).map(drop),
                Some(RecordKind::RestorePoint(_)) => record::read::<RestorePoint>(&text).map(drop),
                Some(RecordKind::Unmerged(_)) => record::read::<Unmerged>(&text).map(drop),
                _ => Err(RecordError::Damaged("未知的记录种类".to_owned())),
            };
            if let Err(error) = read {
                found.push(SetAside { key, text, error });
            }
        }
    }
    Ok(found)
}

/// The restore points of an assessment, oldest first.
///
/// # Errors
/// As the store says.
pub async fn restore_points(
    store: &impl Store,
    assessment: &AssessmentId,
) -> Result<Vec<(Mark, RestorePoint)>, StoreError> {
    restore_points_in(&store.begin(Mode::Read)?, assessment).await
}

/// The state that a restore point brings back; `None` if it is gone.
///
/// # Errors
/// As the store says; [`StoreError::Other`] with the reason if it cannot be read.
pub async fn restore_state(
    store: &impl Store,
    assessment: &AssessmentId,
    mark: &Mark,
) -> Result<Option<Assessment>, StoreError> {
    let key = Key { assessment: assessment.clone(), kind: RecordKind::RestoreState(mark.clone()) };
    let Some(text) = store.begin(Mode::Read)?.get(Table::RestoreStates, &key.to_text()).await? else {
        return Ok(None);
    };
    state::read_state(&text).map(Some).map_err(|error| StoreError::Other(error.to_string()))
}

/// Keeps a state as a restore point, unless the newest one that people go back to has the
/// same content, and lets go of those that are too many. What has left is told of each time.
///
/// # Errors
/// [`StoreError::Stale`] if another writer has taken over, otherwise as the
/// store says; nothing is written then.
pub async fn make_restore_point(
    store: &impl Store,
    state: &Assessment,
    mark: &Mark,
    point: &RestorePoint,
) -> Result<(), StoreError> {
    let transaction = store.begin(Mode::Write)?;
    let assessment = &state.head.id;
    let standing = replica_in(&transaction, assessment).await?;
    if standing.map(|it| (it.epoch, it.id)) != Some((mark.epoch, mark.replica.clone())) {
        return Err(StoreError::Stale);
    }
    put_restore_point(&transaction, state, mark, point).await?;
    transaction.finish().await
}

/// Lets go of the older half of all restore points of every assessment, to make
/// room; the newest one stays. Returns how many there were.
///
/// # Errors
/// As the store says.
pub async fn thin_restore_points(store: &impl Store) -> Result<usize, StoreError> {
    let transaction = store.begin(Mode::Write)?;
    let found = transaction.list(Table::RestorePoints, "", LAST_KEY).await?;
    let keys: Vec<Key> = found.iter().filter_map(|(key, _)| Key::parse(key)).collect();
    let mut dropped = 0;
    for (index, key) in keys.iter().enumerate() {
        let same = |other: &&Key| other.assessment == key.assessment;
        let newer = keys.iter().skip(index + 1).filter(same).count();
        let older = keys.iter().take(index).filter(same).count();
        if older < newer
            && let RecordKind::RestorePoint(mark) = &key.kind
        {
            drop_restore_point(&transaction, &key.assessment, mark)?;
            dropped += 1;
        }
    }
    transaction.finish().await?;
    Ok(dropped)
}

/// Changes that windows could not store, oldest key first.
///
/// # Errors
/// As the store says.
pub async fn unmerged(
    store: &impl Store,
    assessment: &AssessmentId,
) -> Result<Vec<(RowId, Unmerged)>, StoreError> {
    let (from, to) = Key::range(assessment);
    let found = store.begin(Mode::Read)?.list(Table::Unmerged, &from, &to).await?;
    let copies = found.into_iter().filter_map(|(key, text)| match Key::parse(&key)?.kind {
        RecordKind::Unmerged(row) => Some((row, record::read::<Unmerged>(&text).ok()?.1)),
        _ => None,
    });
    Ok(copies.collect())
}

/// Keeps changes that a window could not store. Needs no epoch: it touches
/// nothing that the writer writes.
///
/// # Errors
/// As the store says.
pub async fn keep_unmerged(
    store: &impl Store,
    assessment: &AssessmentId,
    row: &RowId,
    copy: &Unmerged,
) -> Result<(), StoreError> {
    let transaction = store.begin(Mode::Write)?;
    let stamp = Stamp { seq: 0, author: copy.by.clone() };
    transaction.put(Table::Unmerged, &unmerged_key(assessment, row), &record::write(&stamp, copy))?;
    transaction.finish().await
}

/// Drops changes that a person has dealt with.
///
/// # Errors
/// As the store says.
pub async fn drop_unmerged(
    store: &impl Store,
    assessment: &AssessmentId,
    row: &RowId,
) -> Result<(), StoreError> {
    let transaction = store.begin(Mode::Write)?;
    let key = unmerged_key(assessment, row);
    transaction.delete(Table::Unmerged, &key, &key)?;
    transaction.finish().await
}

fn unmerged_key(assessment: &AssessmentId, row: &RowId) -> String {
    Key { assessment: assessment.clone(), kind: RecordKind::Unmerged(row.clone()) }.to_text()
}

async fn restore_points_in(
    transaction: &impl Transaction,
    assessment: &AssessmentId,
) -> Result<Vec<(Mark, RestorePoint)>, StoreError> {
    let (from, to) = Key::range(assessment);
    let found = transaction.list(Table::RestorePoints, &from, &to).await?;
    let points = found.into_iter().filter_map(|(key, text)| match Key::parse(&key)?.kind {
        RecordKind::RestorePoint(mark) => Some((mark, record::read::<RestorePoint>(&text).ok()?.1)),
        _ => None,
    });
    Ok(points.collect())
}

pub(super) async fn put_restore_point(
    transaction: &impl Transaction,
    state: &Assessment,
    mark: &Mark,
    point: &RestorePoint,
) -> Result<(), StoreError> {
    let mut known = restore_points_in(transaction, &state.head.id).await?;
    let newest = known.iter().rev().find(|(_, it)| it.why.is_offered());
    if point.why.is_offered() && newest.is_some_and(|(_, newest)| newest.hash == point.hash) {
        return Ok(());
    }
    let key = |kind| Key { assessment: state.head.id.clone(), kind }.to_text();
    let stamp = Stamp { seq: 0, author: state.head.cover.filler.clone() };
    let row = record::write(&stamp, point);
    transaction.put(Table::RestorePoints, &key(RecordKind::RestorePoint(mark.clone())), &row)?;
    let text = state::write_state(&stamp, state);
    transaction.put(Table::RestoreStates, &key(RecordKind::RestoreState(mark.clone())), &text)?;
    known.push((mark.clone(), point.clone()));
    let known: Vec<(Mark, Why)> = known.into_iter().map(|(mark, point)| (mark, point.why)).collect();
    superfluous(&known).iter().try_for_each(|mark| drop_restore_point(transaction, &state.head.id, mark))
}

fn drop_restore_point(
    transaction: &impl Transaction,
    assessment: &AssessmentId,
    mark: &Mark,
) -> Result<(), StoreError> {
    let key = |kind| Key { assessment: assessment.clone(), kind }.to_text();
    let (row, state) =
        (key(RecordKind::RestorePoint(mark.clone())), key(RecordKind::RestoreState(mark.clone())));
    transaction.delete(Table::RestorePoints, &row, &row)?;
    transaction.delete(Table::RestoreStates, &state, &state)
}
