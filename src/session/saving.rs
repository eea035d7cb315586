//! The only place that writes the open assessment. When a person pauses, and
//! soon in any case, all parts that differ go to the store in one transaction;
//! 已保存 is said only when the browser has reported its completion and nothing
//! has changed since.

use super::{Host, Save, look_at_work, losing, restoring, unsaved, with_work};
use crate::store::{self, StoreError};
use crate::windows::Word;
use crate::work::{Batch, Work};

/// A change is on its way to the store once nothing was typed for so many
/// milliseconds: each write costs the page a frame, which typing should not wait
/// for.
const QUIET_MS: f64 = 150.0;
/// It is on its way after so many milliseconds at most, also while typing goes on.
const LONGEST_MS: f64 = 350.0;
/// After a refusal the store is asked again after so many milliseconds.
const RETRY_MS: u32 = 3_000;
/// What the store has not acknowledged after so many milliseconds goes into the
/// emergency journal, and again after as many if more was typed.
const SLOW_MS: u32 = 100;

/// Says that something is unsaved and has it saved soon.
pub fn begin<H: Host>(host: &H) {
    if !matches!(host.save(), Save::Saving | Save::Unsaved(_)) {
        host.says_of_saving(Save::Saving);
    }
    let started = with_work(host, |work| {
        let idle = !work.writing && work.reading.is_none();
        work.writing |= idle;
        idle
    });
    if started == Some(true) {
        let own = host.clone();
        host.spawn(async move { write_until_clean(&own).await });
    }
}

fn generation<H: Host>(host: &H) -> u32 {
    host.look(|session| session.generation).unwrap_or_default()
}

async fn write_until_clean<H: Host>(host: &H) {
    let mut refusals = 0;
    let begun = generation(host);
    let still_open = || generation(host) == begun;
    wait_for_pause(host).await;
    while !host.is_down() && still_open() && has_dirty(host) {
        match flush(host).await {
            Ok(()) => {
                refusals = 0;
                if unsaved::has_unsaved(host) {
                    wait_for_pause(host).await;
                }
            }
            Err(StoreError::Stale) if losing::lose(host).await => return,
            // What helps at once helps the first time.
            Err(error) if refusals == 0 && remedied(host, &error).await => refusals += 1,
            Err(error) => wait_after(host, error).await,
        }
    }
    if !still_open() {
        return;
    }
    with_work(host, |work| work.writing = false);
    if host.with(|session| std::mem::take(&mut session.doubted)) == Some(true) {
        losing::look_whether_writer(host).await;
    }
}

fn has_dirty<H: Host>(host: &H) -> bool {
    look_at_work(host, |work| !work.dirty.is_empty()).unwrap_or_default()
}

async fn wait_for_pause<H: Host>(host: &H) {
    let cost = host.look(|session| session.cost_ms).unwrap_or_default();
    let longest = (cost * 10.0).clamp(LONGEST_MS, 2_000.0);
    let began = host.ms();
    loop {
        let now = host.ms();
        let changed = look_at_work(host, |work| work.changed_at).unwrap_or_default();
        let left = (changed + QUIET_MS - now).min(began + longest - now);
        if left <= 0.0 {
            return;
        }
        host.wait(left.ceil() as u32).await;
    }
}

/// Writes all unsaved parts in one transaction.
async fn flush<H: Host>(host: &H) -> Result<(), StoreError> {
    let store = host.store().ok_or(StoreError::Blocked)?;
    let begun = generation(host);
    claim_late(host, &*store).await?;
    if generation(host) != begun {
        return Ok(());
    }
    let Some(batch) = next_batch(host) else {
        host.wait(SLOW_MS).await;
        return Ok(());
    };
    keep_while_slow(host, batch.seq);
    let done = store::commit(&*store, &batch.assessment, &batch.writer, &batch.changes).await;
    if generation(host) != begun {
        return Ok(());
    }
    match &done {
        Ok(()) => written(host, &batch),
        Err(_) => drop(with_work(host, Work::came_back)),
    }
    match done {
        // This window itself has raised the epoch meanwhile.
        Err(StoreError::Stale) if look_at_work(host, |work| work.replica != batch.writer) == Some(true) => {
            Ok(())
        }
        done => done,
    }
}

/// Becomes the writer, where the store was full or blocked when the
/// assessment was opened.
async fn claim_late<H: Host>(host: &H, store: &H::Store) -> Result<(), StoreError> {
    let seen = look_at_work(host, |work| {
        (!work.claimed).then(|| (work.assessment.head.id.clone(), work.replica.clone(), work.seq))
    });
    let Some(Some((id, seen, seq))) = seen else { return Ok(()) };
    let begun = generation(host);
    let replica = store::claim(store, &id, &seen, seq).await?;
    if generation(host) != begun {
        return Ok(());
    }
    with_work(host, |work| (work.replica, work.claimed) = (replica, true));
    host.mark_writer(&id);
    Ok(())
}

/// Takes the unsaved parts as one batch; `None` if there are none.
fn next_batch<H: Host>(host: &H) -> Option<Batch> {
    let began = host.ms();
    let at = host.date_and_time();
    let batch = with_work(host, |work| work.send(&at))?;
    let cost = host.ms() - began;
    host.with(|session| session.cost_ms = cost);
    batch
}

/// Has the emergency journal kept as long as a write does not arrive.
fn keep_while_slow<H: Host>(host: &H, seq: u64) {
    let own = host.clone();
    host.spawn(async move {
        loop {
            own.wait(SLOW_MS).await;
            let waits = look_at_work(&own, |work| !work.under_way.is_empty() && work.seq < seq);
            if waits != Some(true) || own.is_down() {
                return;
            }
            unsaved::keep_journal(&own);
        }
    });
}

fn written<H: Host>(host: &H, batch: &Batch) {
    // After a panic the journal may know more than was under way.
    if host.is_down() {
        return;
    }
    restoring::before_change(host);
    let kept = with_work(host, |work| {
        work.arrived(batch);
        work.dirty.is_empty().then(|| std::mem::take(&mut work.journals))
    });
    host.lists(&batch.summary, true);
    host.say(&batch.assessment, Word::Written);
    if let Some(Some(taken_up)) = kept {
        host.forget_journal(&batch.assessment);
        taken_up.iter().for_each(|(name, text)| host.forget_journal_text(name, text));
        host.says_of_saving(Save::Saved(host.time()));
    } else {
        host.says_of_saving(Save::Saving);
    }
    restoring::of_the_hour(host);
}

/// Does what may help at once: room is made from earlier states alone, never
/// from work; a connection that the browser has closed is opened again.
async fn remedied<H: Host>(host: &H, error: &StoreError) -> bool {
    match error {
        StoreError::Full => match host.store() {
            Some(store) => store::past::thin_restore_points(&*store).await.is_ok_and(|dropped| dropped > 0),
            None => false,
        },
        StoreError::Closed => host.connect().await.is_ok(),
        _ => false,
    }
}

/// Says why the store refuses, and waits until it is worth while to ask
/// again. What is typed meanwhile goes into the emergency journal.
async fn wait_after<H: Host>(host: &H, error: StoreError) {
    if error != StoreError::Stale {
        host.says_of_saving(Save::Unsaved(error.in_words()));
    }
    let mut kept = None;
    for _ in 0..RETRY_MS / SLOW_MS {
        let revision = look_at_work(host, |work| work.revision);
        if kept != Some(revision) && !host.is_down() {
            unsaved::keep_journal(host);
            kept = Some(revision);
        }
        host.wait(SLOW_MS).await;
    }
    if !matches!(error, StoreError::Full | StoreError::Stale | StoreError::Deleted) {
        // The store is asked in any case.
        let _ = host.connect().await;
    }
}
