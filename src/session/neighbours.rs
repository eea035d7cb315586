//! Asking the other windows of the browser, and what they are told.

use super::Host;
use crate::assessment::AssessmentId;
use crate::windows::Word;
use crate::work::Reading;

/// Where an assessment is opened that somebody seems to write, a writer answers within so
/// many milliseconds, or is taken for gone. If it was merely slow, it finds out by the
/// store and loses nothing.
const ANSWER_AT_OPENING_MS: f64 = 600.0;

/// Why an assessment is to be opened for reading alone, if so.
pub(super) async fn why_reading<H: Host>(host: &H, id: &AssessmentId) -> Option<Reading> {
    if host.is_safe() {
        return Some(Reading::Safe);
    }
    let marked = host.somebody_else_writes(id);
    let answered = marked && ask(host, id, Word::WhoWrites, Word::IWrite, ANSWER_AT_OPENING_MS).await;
    answered.then_some(Reading::Elsewhere)
}

/// Others may write the assessment now.
pub(super) fn says_gone<H: Host>(host: &H, id: &AssessmentId) {
    host.unmark_writer(id);
    host.say(id, Word::Gone);
}

/// Asks the other windows and waits for an answer.
pub(super) async fn ask<H: Host>(
    host: &H,
    id: &AssessmentId,
    question: Word,
    answer: Word,
    at_most_ms: f64,
) -> bool {
    host.with(|session| session.heard = None);
    host.say(id, question);
    let until = host.ms() + at_most_ms;
    let wanted = Some((id.clone(), answer));
    while host.ms() < until {
        host.wait(10).await;
        if host.look(|session| session.heard == wanted) == Some(true) {
            return true;
        }
    }
    false
}
