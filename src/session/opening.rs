//! Opening an assessment and letting go of it.

use std::sync::Arc;

use super::{Host, Opened, Save, neighbours, ready, unclaimed, unsaved, with_work};
use crate::assessment::{Assessment, AssessmentId, CatalogueRef};
use crate::catalogue::Catalogue;
use crate::catalogue::library::{Edition, Wording};
use crate::record::{Replica, SetAside};
use crate::store::{self, Store, StoreError, Stored};
use crate::windows::Word;
use crate::work::{Reading, Work};

/// Why an assessment cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// There is no such assessment on this machine.
    Missing,
    /// Its catalogue is not among those of this program.
    UnknownCatalogue(String),
    /// The text of its catalogue belongs to the program but could not be fetched.
    NoText(String),
    /// What is open could not be stored; opening another would lose it.
    UnsavedWork,
    /// Something else was asked for meanwhile.
    Superseded,
    /// It is among 最近删除.
    Deleted,
    /// A later program has written it, so that this one knows only a part of it.
    Newer,
    /// What is stored cannot be read.
    Unreadable(Vec<SetAside>),
    /// The store refuses.
    Store(String),
}

impl OpenError {
    /// The refusal in the words of the page.
    pub fn in_words(&self) -> String {
        match self {
            OpenError::Missing => "本机没有这份自评，可能已被删除，或网址来自另一台电脑。".to_owned(),
            OpenError::UnknownCatalogue(title) => {
                format!("这份自评的指标体系“{title}”不在本程序中，未打开；内容没有改动。")
            }
            OpenError::NoText(title) => {
                format!("指标体系“{title}”的文本没有取到，请检查网络后再试；自评的内容都在本机，没有改动。")
            }
            OpenError::Unreadable(found) => {
                format!("这份自评有 {} 处记录无法读取，未打开；存储的内容没有改动。", found.len())
            }
            OpenError::Newer => {
                "这份自评由更新版本的程序写入，本版本不能完整读出，因此没有进行。内容没有改动，请用新版本操作。".to_owned()
            }
            OpenError::Superseded => String::new(),
            OpenError::Deleted => "这份自评在“最近删除”中，没有打开。请先在工作台把它恢复。".to_owned(),
            OpenError::UnsavedWork => {
                "当前自评还有内容没有存到本机，先不打开别的。请导出备份，再按提示处理。".to_owned()
            }
            OpenError::Store(why) => format!("未能打开：{why}。"),
        }
    }
}

impl From<StoreError> for OpenError {
    fn from(error: StoreError) -> OpenError {
        match error {
            StoreError::Deleted => OpenError::Deleted,
            error => OpenError::Store(error.in_words()),
        }
    }
}

/// Opens an assessment as its writer. What was open is stored first.
///
/// # Errors
/// Says why it cannot be opened; what was open stays open then.
pub async fn open<H: Host>(host: &H, id: &AssessmentId) -> Result<(), OpenError> {
    if open_id(host).as_ref() == Some(id) {
        return Ok(());
    }
    if !unsaved::may_let_go(host).await {
        return Err(OpenError::UnsavedWork);
    }
    let _wait = host.says_it_is_opening();
    open_anew(host, id).await
}

/// Opens what is open anew, as its writer. What is unsaved must have been
/// stored or set apart.
///
/// # Errors
/// As [`open`].
pub async fn reopen<H: Host>(host: &H) -> Result<(), OpenError> {
    let Some(id) = open_id(host) else { return Ok(()) };
    if unsaved::has_unsaved(host) {
        return Err(OpenError::UnsavedWork);
    }
    open_anew(host, &id).await
}

async fn open_anew<H: Host>(host: &H, id: &AssessmentId) -> Result<(), OpenError> {
    let opening = count_opening(host);
    let store = ready(host).await?;
    let reading = neighbours::why_reading(host, id).await;
    // What it takes to show it is fetched before anything is changed in the store.
    if !host.has_all_texts()
        && let Some(head) = store::head(&*store, id).await?
    {
        text_of(host, &head.catalogue).await?;
    }
    let recovers = !host.journals(id).is_empty() && host.can_recover().await;
    // Before the epoch is raised, or whoever came after would lose it.
    if is_overtaken(host, opening) {
        return Err(OpenError::Superseded);
    }
    let (found, replica, claimed) = match reading {
        Some(_) => read_only(host, &store, id).await?,
        None => take(host, &store, id).await?,
    }
    .ok_or(OpenError::Missing)?;
    let loaded = found.loaded.map_err(OpenError::Unreadable)?;
    let newer = loaded.newer || store.is_newer();
    let (reading, claimed) =
        if newer { (reading.or(Some(Reading::Newer)), false) } else { (reading, claimed) };
    let Edition { catalogue, wording, .. } = edition_of(host, &loaded.assessment).await?;
    if is_overtaken(host, opening) {
        return Err(OpenError::Superseded);
    }
    if !loaded.set_aside.is_empty() {
        host.names_set_aside(id, loaded.set_aside);
    }
    host.uses_texts(&catalogue.id);
    let reading = match wording {
        Wording::Unknown => reading.or(Some(Reading::OtherText)),
        Wording::Today | Wording::Earlier => reading,
    };
    // Something may have been typed while the store was asked.
    if unsaved::has_unsaved(host) {
        return go_on_as(host, &loaded.assessment, &replica).ok_or(OpenError::UnsavedWork);
    }
    let mut work = Work::new(catalogue, loaded.assessment, loaded.seq, replica);
    work.claimed = claimed;
    work.reading = reading;
    if recovers && reading == Some(Reading::Safe) {
        work = host.with_journals(work).await.map_err(OpenError::Store)?;
    }
    show(host, work, wording, Save::Saved(String::new()));
    if reading.is_none() {
        if claimed {
            host.mark_writer(id);
            host.say(id, Word::TakenOver);
        }
        if recovers {
            host.recover_journals().await;
        }
    }
    host.recounts_set_apart();
    Ok(())
}

/// What is stored, and this window as its writer. On a full disk nobody can become the
/// writer, but everything can be read: then the first write that succeeds makes this
/// window it. Where a later program keeps everything, this one reads.
async fn take<H: Host>(
    host: &H,
    store: &H::Store,
    id: &AssessmentId,
) -> Result<Option<(Stored, Replica, bool)>, StoreError> {
    match store::take(store, id, super::fresh_replica(host)).await {
        Ok(taken) => Ok(taken.map(|(found, replica)| (found, replica, true))),
        Err(StoreError::Full | StoreError::Newer) => read_only(host, store, id).await,
        Err(error) => Err(error),
    }
}

/// What is stored, for reading or for writing later.
async fn read_only<H: Host>(
    host: &H,
    store: &H::Store,
    id: &AssessmentId,
) -> Result<Option<(Stored, Replica, bool)>, StoreError> {
    let found = store::read(store, id).await?;
    Ok(found.map(|found| {
        let known = found.loaded.as_ref().ok().and_then(|loaded| loaded.replica.clone());
        (found, known.unwrap_or_else(|| unclaimed(host)), false)
    }))
}

/// Goes on with what is open under a new epoch, if the store has just what
/// this window last stored; `None` if it has not.
fn go_on_as<H: Host>(host: &H, stored: &Assessment, replica: &Replica) -> Option<()> {
    let goes_on = with_work(host, |work| {
        let same = work.reading.is_none() && work.stored == *stored && work.replica.id == replica.id;
        if same {
            work.replica.epoch = replica.epoch;
        }
        same
    });
    (goes_on == Some(true)).then_some(())
}

/// Shows a work as what is open.
pub(super) fn show<H: Host>(host: &H, work: Work, wording: Wording, save: Save) {
    let (id, catalogue, reading) =
        (work.assessment.head.id.clone(), Arc::clone(&work.catalogue), work.reading);
    let generation = host.with(|session| {
        session.generation += 1;
        session.work = Some(work);
        session.generation
    });
    host.shows_reading(reading);
    host.says_of_saving(save);
    host.shows_opened(Opened { id, catalogue, wording, generation: generation.unwrap_or_default() });
}

/// Closes the open assessment once it is stored.
pub async fn close<H: Host>(host: &H) {
    count_opening(host);
    if unsaved::settle(host).await {
        let_go(host);
    }
}

/// Closes what is open once it is stored, after `listed` has brought the rows of 工作台, so
/// that it is shown with all of them. `false` if something else was asked for meanwhile.
pub async fn leave<H: Host>(host: &H, listed: impl Future<Output = ()>) -> bool {
    let leaving = count_opening(host);
    unsaved::settle(host).await;
    listed.await;
    let stored = unsaved::settle(host).await;
    if is_overtaken(host, leaving) {
        return false;
    }
    if stored {
        let_go(host);
    }
    true
}

/// Lets go of what is open, whether it is stored or not.
pub fn let_go<H: Host>(host: &H) {
    if let Some(id) = open_id(host) {
        neighbours::says_gone(host, &id);
    }
    host.shows_nothing();
    host.shows_reading(None);
    host.with(|session| session.work = None);
    host.says_of_saving(Save::Nothing);
}

fn count_opening<H: Host>(host: &H) -> u32 {
    let count = host.with(|session| {
        session.openings += 1;
        session.openings
    });
    count.unwrap_or_default()
}

fn is_overtaken<H: Host>(host: &H, opening: u32) -> bool {
    host.look(|session| session.openings) != Some(opening)
}

/// Which assessment is open.
pub fn open_id<H: Host>(host: &H) -> Option<AssessmentId> {
    super::look_at_work(host, |work| work.assessment.head.id.clone())
}

/// The catalogue that an assessment answers, in the wording of its edition if this
/// program has it.
pub(super) async fn edition_of<H: Host>(host: &H, assessment: &Assessment) -> Result<Edition, OpenError> {
    let reference = &assessment.head.catalogue;
    text_of(host, reference).await?;
    let edition = host.catalogues().edition(&reference.id, &reference.text_hash);
    let Some(edition) = edition else { return Err(OpenError::UnknownCatalogue(reference.title.clone())) };
    let part = host.part_of(&assessment.head, edition.catalogue.clone()).await;
    let catalogue = part.ok_or_else(|| OpenError::NoText(reference.title.clone()))?;
    Ok(Edition { catalogue, ..edition })
}

/// Sees to it that the texts of a catalogue are here, if it is one of this program.
async fn text_of<H: Host>(host: &H, reference: &CatalogueRef) -> Result<(), OpenError> {
    let fetched = host.fetch_texts(&reference.id).await;
    if fetched { Ok(()) } else { Err(OpenError::NoText(reference.title.clone())) }
}

/// The catalogue that an assessment answers.
///
/// # Errors
/// [`OpenError::NoText`] and [`OpenError::UnknownCatalogue`].
pub async fn catalogue_of<H: Host>(host: &H, assessment: &Assessment) -> Result<Arc<Catalogue>, OpenError> {
    edition_of(host, assessment).await.map(|it| it.catalogue)
}
