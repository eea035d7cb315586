//! 最近删除: what was deleted stays where it is, with a mark in its row of 工作台,
//! until a person removes it for good or its days are over. Nobody writes it
//! meanwhile, not even a window that still has it open. A mark that is lost or
//! cannot be read brings the assessment back, never the other way round.

use super::{LAST_KEY, Mode, Store, StoreError, Table, Transaction, summaries};
use crate::assessment::AssessmentId;
use crate::record::summary::Summary;
use crate::record::{self, Key, RecordKind, Stamp, Understood};
use crate::value::text::day_number;

/// What was deleted stays so many days.
pub const KEPT_DAYS: i64 = 30;

/// How many days are left of something deleted at `deleted`; 0 once they are
/// over. A clock that has gone back since shortens nothing, and what is no date
/// is never over.
pub fn days_left(deleted: &str, today: &str) -> i64 {
    match (day_number(deleted), day_number(today)) {
        (Some(then), Some(now)) => (KEPT_DAYS - (now - then)).clamp(0, KEPT_DAYS),
        _ => KEPT_DAYS,
    }
}

/// Puts an assessment among 最近删除. `row` is its row as the page shows it, for
/// where the stored one cannot be read; `at` is what the person's clock says.
/// Returns the row with its mark, or `None` if nothing of it is stored.
///
/// # Errors
/// As the store says; nothing is changed then.
pub async fn delete(store: &impl Store, row: &Summary, at: &str) -> Result<Option<Summary>, StoreError> {
    let transaction = store.begin(Mode::Write)?;
    let (from, to) = Key::range(&row.id);
    if transaction.list(Table::Records, &from, &to).await?.is_empty() {
        return Ok(None);
    }
    let stored = row_of(&transaction, &row.id).await?.map(writable).transpose()?;
    let (stamp, mut marked) =
        stored.unwrap_or_else(|| (Stamp { seq: row.seq, author: String::new() }, row.clone()));
    at.clone_into(&mut marked.deleted);
    put_row(&transaction, &stamp, &marked)?;
    transaction.finish().await?;
    Ok(Some(marked))
}

/// Brings an assessment back from 最近删除, as it was; `None` if it is not there.
///
/// # Errors
/// As the store says; nothing is changed then.
pub async fn bring_back(
    store: &impl Store,
    assessment: &AssessmentId,
) -> Result<Option<Summary>, StoreError> {
    let transaction = store.begin(Mode::Write)?;
    let Some(stored) = row_of(&transaction, assessment).await? else { return Ok(None) };
    let (stamp, mut row) = writable(stored)?;
    row.deleted.clear();
    put_row(&transaction, &stamp, &row)?;
    transaction.finish().await?;
    Ok(Some(row))
}

/// Removes an assessment of 最近删除 with everything that hangs on it, for good.
///
/// # Errors
/// [`StoreError::Stale`] if it is not there, for it may have been brought back in
/// another window; otherwise as the store says. Nothing is removed then.
pub async fn remove(store: &impl Store, assessment: &AssessmentId) -> Result<(), StoreError> {
    let transaction = store.begin(Mode::Write)?;
    if !is_deleted(&transaction, assessment).await? {
        return Err(StoreError::Stale);
    }
    remove_all_of(&transaction, assessment)?;
    transaction.finish().await
}

/// Removes for good whatever of 最近删除 has no days left on the day `today`, and
/// names it.
///
/// # Errors
/// As the store says; nothing is removed then.
pub async fn remove_expired(store: &impl Store, today: &str) -> Result<Vec<AssessmentId>, StoreError> {
    // As a rule there is nothing to do, and nothing to be written.
    if expired(&summaries(store).await?, today).is_empty() {
        return Ok(Vec::new());
    }
    let transaction = store.begin(Mode::Write)?;
    let expired = expired(&transaction.list(Table::Summaries, "", LAST_KEY).await?, today);
    expired.iter().try_for_each(|id| remove_all_of(&transaction, id))?;
    transaction.finish().await?;
    Ok(expired)
}

fn expired(rows: &[(String, String)], today: &str) -> Vec<AssessmentId> {
    let rows = rows
        .iter()
        .filter_map(|(key, text)| Some((Key::parse(key)?.assessment, record::read::<Summary>(text).ok()?.1)));
    let over = |row: &Summary| !row.deleted.is_empty() && days_left(&row.deleted, today) == 0;
    rows.filter(|(_, row)| over(row)).map(|(id, _)| id).collect()
}

/// Whether an assessment is among 最近删除.
///
/// # Errors
/// As the store says.
pub async fn holds(store: &impl Store, assessment: &AssessmentId) -> Result<bool, StoreError> {
    is_deleted(&store.begin(Mode::Read)?, assessment).await
}

pub(super) async fn refuse_deleted(
    transaction: &impl Transaction,
    assessment: &AssessmentId,
) -> Result<(), StoreError> {
    match row_of(transaction, assessment).await? {
        // What it says may be more than this program understands.
        Some(row) if row.newer.is_some() => Err(StoreError::Newer),
        Some(row) if !row.body.deleted.is_empty() => Err(StoreError::Deleted),
        _ => Ok(()),
    }
}

async fn is_deleted(transaction: &impl Transaction, assessment: &AssessmentId) -> Result<bool, StoreError> {
    Ok(row_of(transaction, assessment).await?.is_some_and(|row| !row.body.deleted.is_empty()))
}

/// A row that this program may write over.
fn writable(row: Understood<Summary>) -> Result<(Stamp, Summary), StoreError> {
    if row.newer.is_some() { Err(StoreError::Newer) } else { Ok((row.stamp, row.body)) }
}

async fn row_of(
    transaction: &impl Transaction,
    assessment: &AssessmentId,
) -> Result<Option<Understood<Summary>>, StoreError> {
    let found = transaction.get(Table::Summaries, &row_key(assessment)).await?;
    Ok(found.and_then(|text| record::understood(&text).ok()))
}

fn put_row(transaction: &impl Transaction, stamp: &Stamp, row: &Summary) -> Result<(), StoreError> {
    transaction.put(Table::Summaries, &row_key(&row.id), &record::write(stamp, row))
}

fn row_key(assessment: &AssessmentId) -> String {
    Key { assessment: assessment.clone(), kind: RecordKind::Summary }.to_text()
}

fn remove_all_of(transaction: &impl Transaction, assessment: &AssessmentId) -> Result<(), StoreError> {
    let (from, to) = Key::range(assessment);
    Table::ALL.into_iter().try_for_each(|table| transaction.delete(table, &from, &to))
}
