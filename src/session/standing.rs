//! Who writes the open assessment, where several windows have it open. The
//! store decides by the epoch; the words between windows only make that quick
//! and polite.

use super::opening::{self, OpenError};
use super::{Host, Save, losing, neighbours, unsaved, wake_fields, with_work, writing};
use crate::assessment::AssessmentId;
use crate::windows::{Message, Word};
use crate::work::Reading;

/// A writer answers within so many milliseconds, or is taken for gone. If it was
/// merely slow, it finds out by the store and loses nothing.
const ANSWER_MS: f64 = 300.0;
/// A writer that was asked to hand over has so many milliseconds to store what
/// it has.
const HAND_OVER_MS: f64 = 1_200.0;
/// Windows that could take the place of a writer do so one after the other.
const TURNS_MS: u32 = 200;
/// A reading window asks so often whether the writer is still there.
const PULSE_MS: u32 = 700;
/// A reading window looks at the store at most so often.
const FOLLOW_MS: u32 = 250;

/// Becomes the writer of what is open here for reading. The window that
/// writes is asked to store what it has, but need not answer.
pub async fn take_over<H: Host>(host: &H) {
    // A window that is about to take the place by itself is not to do it twice.
    while is_succeeding(host) {
        host.wait(20).await;
    }
    host.with(|session| session.succeeding = true);
    // What could not be set apart yet must not be left behind; it is being
    // tried again, and the bar says so.
    if let Some((id, false)) = writing(host)
        && !unsaved::has_unsaved(host)
    {
        neighbours::ask(host, &id, Word::HandOver, Word::HandedOver, HAND_OVER_MS).await;
        if writing(host) == Some((id.clone(), false)) {
            become_writer(host, &id).await;
        }
    }
    host.with(|session| session.succeeding = false);
}

fn is_succeeding<H: Host>(host: &H) -> bool {
    host.look(|session| session.succeeding).unwrap_or_default()
}

async fn become_writer<H: Host>(host: &H, id: &AssessmentId) {
    host.mark_writer(id);
    match opening::reopen(host).await {
        Ok(()) | Err(OpenError::Superseded) => {}
        // The only copy may be the one on the screen.
        Err(OpenError::Missing | OpenError::Deleted) => {
            host.says_of_saving(Save::Unsaved(losing::GONE.to_owned()));
        }
        Err(error) => host.complains(error.in_words()),
    }
}

/// Takes in what another window says.
pub fn receive<H: Host>(host: &H, message: &Message) {
    // Also about something that is only about to be opened here.
    let answer = match message.word {
        Word::IWrite | Word::HandedOver => Some(message.word),
        // Whoever asked before that asks in vain for a writer's place.
        Word::TakenOver => Some(Word::IWrite),
        _ => None,
    };
    if let Some(answer) = answer {
        host.with(|session| session.heard = Some((message.assessment.clone(), answer)));
    }
    let Some((id, writes)) = writing(host) else { return };
    if message.assessment != id || host.is_down() {
        return;
    }
    let own = host.clone();
    match message.word {
        Word::WhoWrites if writes => host.say(&id, Word::IWrite),
        Word::HandOver if writes => host.spawn(async move { hand_over(&own, &id).await }),
        Word::Written | Word::HandedOver if !writes => host.spawn(async move { follow_soon(&own).await }),
        Word::TakenOver if writes => host.spawn(async move { losing::look_whether_writer(&own).await }),
        Word::TakenOver => host.spawn(async move { follow_soon(&own).await }),
        Word::Gone if !writes => host.spawn(async move { succeed(&own).await }),
        _ => {}
    }
}

/// The window is about to go: others may write what it wrote.
pub fn goes<H: Host>(host: &H) {
    if let Some((id, true)) = writing(host) {
        neighbours::says_gone(host, &id);
    }
}

/// Stores everything and stops writing, because another window asks.
async fn hand_over<H: Host>(host: &H, id: &AssessmentId) {
    if !unsaved::settle(host).await {
        return;
    }
    with_work(host, |work| work.reading = Some(Reading::Elsewhere));
    host.shows_reading(Some(Reading::Elsewhere));
    host.unmark_writer(id);
    host.say(id, Word::HandedOver);
    wake_fields(host);
}

/// As long as the window lives: where another one writes, asks whether it
/// is still there, and takes its place when it is not.
pub async fn watch_writer<H: Host>(host: &H) {
    loop {
        host.wait(PULSE_MS).await;
        if host.is_down() {
            return;
        }
        if !losing::reads_along(host) || host.is_hidden() {
            continue;
        }
        succeed(host).await;
    }
}

/// Takes the place of a writer that is gone. Of several windows that notice
/// it, the first to ask again finds nobody.
async fn succeed<H: Host>(host: &H) {
    if is_succeeding(host) {
        return;
    }
    host.with(|session| session.succeeding = true);
    if let Some((id, false)) = writing(host)
        && nobody_writes(host, &id).await
    {
        let turn = host.name().bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31) ^ u32::from(byte));
        host.wait(turn % TURNS_MS).await;
        if nobody_writes(host, &id).await {
            become_writer(host, &id).await;
        }
    }
    host.with(|session| session.succeeding = false);
}

/// Whether this window reads what nobody writes, and everything that it had
/// to say is set apart.
async fn nobody_writes<H: Host>(host: &H, id: &AssessmentId) -> bool {
    let reads = || {
        let waits = losing::reads_along(host) && !host.is_hidden();
        waits && !unsaved::has_unsaved(host) && writing(host) == Some((id.clone(), false))
    };
    reads() && !neighbours::ask(host, id, Word::WhoWrites, Word::IWrite, ANSWER_MS).await && reads()
}

async fn follow_soon<H: Host>(host: &H) {
    if host.with(|session| std::mem::replace(&mut session.following, true)) != Some(false) {
        return;
    }
    host.wait(FOLLOW_MS).await;
    host.with(|session| session.following = false);
    losing::follow(host).await;
}
