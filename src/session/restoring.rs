//! When restore points are made by themselves, and how one is made of the open assessment.

use super::{Host, look_at_work, with_work};
use crate::assessment::Assessment;
use crate::record::Mark;
use crate::record::restore::{RestorePoint, Why};
use crate::store::{self, StoreError};

/// So long after a restore point the next one is made while editing goes on.
const HOUR_MS: f64 = 3_600_000.0;
/// A restore point costs the page some milliseconds; it is made this long after
/// a write, when a person is likely to read or think.
const LATER_MS: u32 = 1_500;

/// The day of a date and time.
fn day(at: &str) -> &str {
    at.split(' ').next().unwrap_or_default()
}

/// Before the first change of a day is taken as stored: the state as it was
/// becomes a restore point, if there is none of today.
pub(super) fn before_change<H: Host>(host: &H) {
    let (at, ms) = (host.date_and_time(), host.ms());
    let before = with_work(host, |work| {
        let today = day(&at);
        let first = work.restore_point_day != today;
        if first {
            today.clone_into(&mut work.restore_point_day);
        }
        work.restore_point_at.get_or_insert(ms);
        let something = !work.stored.answers.is_empty() || !work.stored.evidence.is_empty();
        (first && something).then(|| work.stored.clone())
    });
    if let Some(Some(before)) = before {
        keep_later(host, Some(before), Why::Daily);
    }
}

/// After a write: an hour of editing has passed.
pub(super) fn of_the_hour<H: Host>(host: &H) {
    let now = host.ms();
    let due = with_work(host, |work| {
        let due = work.restore_point_at.is_some_and(|at| now - at >= HOUR_MS);
        if due {
            work.restore_point_at = Some(now);
        }
        due
    });
    if due == Some(true) {
        keep_later(host, None, Why::Hourly);
    }
}

/// Keeps a state, or else the one that is stored by then. Without it the state is still
/// what the change log leads back to, and the next hour tries again.
fn keep_later<H: Host>(host: &H, state: Option<Assessment>, why: Why) {
    let own = host.clone();
    host.spawn(async move {
        own.wait(LATER_MS).await;
        if let Some(state) = state.or_else(|| stored(&own)) {
            own.keep_restore_point(state, why).await;
        }
    });
}

/// Makes a restore point of `state`, which is or was that of the open assessment; one of
/// the day only if there is none yet.
///
/// # Errors
/// [`StoreError::Stale`] if this window is not its writer, otherwise as the store says.
pub async fn make<H: Host>(host: &H, state: &Assessment, why: Why) -> Result<(), StoreError> {
    let store = host.store().ok_or(StoreError::Blocked)?;
    let at = host.date_and_time();
    if why == Why::Daily {
        let known = store::past::restore_points(&*store, &state.head.id).await?;
        if known.iter().any(|(_, point)| point.why.is_offered() && day(&point.at) == day(&at)) {
            return Ok(());
        }
    }
    let mark = next_mark(host, state)?;
    let point = RestorePoint::of(state, &at, why);
    store::past::make_restore_point(&*store, state, &mark, &point).await
}

/// A file that has left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedOut {
    /// Its name.
    pub file: String,
    /// To whom; may be empty.
    pub to: String,
    /// The place of its state in this copy's order.
    pub seq: u64,
}

/// Keeps the state that has left in a file: 报送记录.
///
/// # Errors
/// As [`make`].
pub async fn keep_handed<H: Host>(host: &H, state: &Assessment, out: HandedOut) -> Result<(), StoreError> {
    let store = host.store().ok_or(StoreError::Blocked)?;
    let mark = next_mark(host, state)?;
    let HandedOut { file, to, seq } = out;
    let point = RestorePoint { file, to, seq, ..RestorePoint::of(state, &host.date_and_time(), Why::Handed) };
    store::past::make_restore_point(&*store, state, &mark, &point).await
}

/// The mark of the next restore point of what is open.
fn next_mark<H: Host>(host: &H, state: &Assessment) -> Result<Mark, StoreError> {
    let mark = with_work(host, |work| {
        let ours = work.assessment.head.id == state.head.id && work.claimed && work.reading.is_none();
        ours.then(|| {
            work.restore_points += 1;
            let serial = work.restore_points;
            Mark { epoch: work.replica.epoch, serial, replica: work.replica.id.clone() }
        })
    });
    mark.flatten().ok_or(StoreError::Stale)
}

/// What is open as the store is known to have it.
pub fn stored<H: Host>(host: &H) -> Option<Assessment> {
    look_at_work(host, |work| work.stored.clone())
}
