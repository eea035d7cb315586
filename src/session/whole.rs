//! Assessments as a whole: making, replacing, renaming, and reading one that is not open.

use super::opening::{self, OpenError, catalogue_of, reopen};
use super::{Host, Save, fresh_replica, look_at_work, ready, saving, unclaimed, unsaved};
use crate::assessment::{Assessment, AssessmentId};
use crate::catalogue::library::Wording;
use crate::record::backup::Backup;
use crate::record::log::Logged;
use crate::record::summary::summary;
use crate::record::{self, Replica};
use crate::score::score;
use crate::store::replace::{Reason, Whole, put_whole};
use crate::store::{self, StoreError};
use crate::windows::Word;
use crate::work::Work;

/// Whether something new is in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Created {
    /// It is.
    Stored(AssessmentId),
    /// It exists in this window alone, for this reason.
    InMemory(AssessmentId, String),
    /// It is not, for this reason; what is open stays open.
    Refused(String),
}

/// Stores a new assessment as a whole. Where the store refuses, it is
/// opened in this window alone and the page says so. `log` is the change log
/// that comes with it.
pub async fn create<H: Host>(host: &H, assessment: Assessment, log: &[Logged]) -> Created {
    let id = assessment.head.id.clone();
    let Err(error) = store_whole(host, &assessment, Reason::Created, None, log).await else {
        return Created::Stored(id);
    };
    let why = error.in_words();
    // Nothing that is unsaved gives way to it.
    if matches!(error, StoreError::Newer | StoreError::Stale) || !unsaved::may_let_go(host).await {
        return Created::Refused(why);
    }
    if let Ok(catalogue) = catalogue_of(host, &assessment).await {
        let total = score(&catalogue, &assessment).total;
        host.lists(&summary(&catalogue, &assessment, &total, &host.date_and_time(), 0), false);
        let mut work = Work::new(catalogue, assessment, 0, unclaimed(host));
        work.claimed = false;
        // The store has none of it.
        work.stored.answers.clear();
        work.stored.evidence.clear();
        work.dirty.extend(record::parts(&work.assessment));
        opening::show(host, work, Wording::Today, Save::Unsaved(why.clone()));
        saving::begin(host);
    }
    Created::InMemory(id, why)
}

/// Puts an assessment in place of the stored one of the same identity. Where
/// that is open, it is to be opened anew.
///
/// # Errors
/// The refusal of the store in words; nothing is changed then.
pub async fn replace<H: Host>(
    host: &H,
    assessment: &Assessment,
    reason: Reason,
    log: &[Logged],
) -> Result<(), String> {
    store_whole(host, assessment, reason, None, log).await.map_err(|error| error.in_words())
}

/// Has what is open go over to today's edition of its catalogue, and opens it anew.
///
/// # Errors
/// Says why it stays as it is.
pub async fn move_to_today<H: Host>(host: &H) -> Result<(), String> {
    if !unsaved::settle(host).await {
        return Err("当前内容还没有存到本机".to_owned());
    }
    let moved = look_at_work(host, |work| {
        let newer = host.catalogues().today(&work.catalogue.id)?;
        let moved = work.assessment.on_edition(&work.catalogue, &newer.catalogue);
        Some(moved.map_err(|why| why.to_string()))
    });
    let moved = moved.flatten().ok_or_else(|| "本程序中没有新版文本".to_owned())??;
    replace(host, &moved, Reason::NewEdition, &[]).await?;
    reopen(host).await.map_err(|error| error.in_words())
}

/// Gives an assessment that is not open another name.
///
/// # Errors
/// The refusal of the store in words; nothing is changed then.
pub async fn rename<H: Host>(host: &H, id: &AssessmentId, name: &str) -> Result<(), String> {
    loop {
        let (mut assessment, seq, _) = peek(host, id).await.map_err(|error| error.in_words())?;
        name.clone_into(&mut assessment.head.name);
        match store_whole(host, &assessment, Reason::Renamed, Some(seq), &[]).await {
            // Another window has written in between: over what it wrote.
            Err(StoreError::Stale) => {}
            done => return done.map_err(|error| error.in_words()),
        }
    }
}

/// The stored assessment, without opening it.
///
/// # Errors
/// As [`opening::open`]; [`OpenError::Newer`] where it would not be the whole.
pub async fn peek<H: Host>(
    host: &H,
    id: &AssessmentId,
) -> Result<(Assessment, u64, Option<Replica>), OpenError> {
    let store = ready(host).await?;
    let found = store::read(&*store, id).await?.ok_or(OpenError::Missing)?;
    let loaded = found.loaded.map_err(OpenError::Unreadable)?;
    if loaded.newer {
        return Err(OpenError::Newer);
    }
    Ok((loaded.assessment, loaded.seq, loaded.replica))
}

/// The stored assessment with its change log, as a backup.
///
/// # Errors
/// As [`opening::open`].
pub async fn stored_backup<H: Host>(host: &H, id: &AssessmentId) -> Result<Backup, OpenError> {
    let (assessment, seq, replica) = peek(host, id).await?;
    let log = store::past::log(&*ready(host).await?, id).await?;
    Ok(Backup { replica: replica.unwrap_or_else(|| unclaimed(host)).id, seq, assessment, log })
}

async fn store_whole<H: Host>(
    host: &H,
    assessment: &Assessment,
    reason: Reason,
    over: Option<u64>,
    log: &[Logged],
) -> Result<(), StoreError> {
    if host.is_safe() {
        return Err(StoreError::Blocked);
    }
    let store = ready(host).await?;
    let catalogue = catalogue_of(host, assessment).await;
    let catalogue = catalogue.map_err(|_| StoreError::Other("找不到对应的指标体系".to_owned()))?;
    let at = host.date_and_time();
    let total = score(&catalogue, assessment).total;
    let whole = Whole { assessment, reason, fresh: &fresh_replica(host), over, at: &at, log };
    let row = put_whole(&*store, &whole, |seq| summary(&catalogue, assessment, &total, &at, seq)).await?;
    host.lists(&row, true);
    host.say(&assessment.head.id, Word::TakenOver);
    Ok(())
}
