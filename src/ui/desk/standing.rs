//! Who writes the open assessment, where several windows have it open. The
//! store decides by the epoch; the words between windows only make that quick
//! and polite.

use std::cell::RefCell;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use zhidu::assessment::AssessmentId;
use zhidu::record::unmerged::Unmerged;
use zhidu::store;
use zhidu::windows::{Message, Word};
use zhidu::work::Reading;

use super::connection::in_words;
use super::{Desk, OpenError, Save};
use crate::browser::{clock, shell, windows};

/// A writer answers within so many milliseconds, or is taken for gone. If it was
/// merely slow, it finds out by the store and loses nothing.
const ANSWER_MS: f64 = 300.0;
/// The same where an assessment is opened that somebody seems to write.
const ANSWER_AT_OPENING_MS: f64 = 600.0;
/// A writer that was asked to hand over has so many milliseconds to store what
/// it has.
const HAND_OVER_MS: f64 = 1_200.0;
/// Windows that could take the place of a writer do so one after the other.
const TURNS_MS: u32 = 200;
/// A reading window asks so often whether the writer is still there.
const PULSE_MS: u32 = 700;
/// A reading window looks at the store at most so often.
const FOLLOW_MS: u32 = 250;

const GONE: &str =
    "这份自评已不在本机（可能在另一个窗口删除了，或浏览数据被清除）。内容还在此窗口中，请立即导出备份";

thread_local! {
    /// The last answer that was waited for, and whether it has come.
    static HEARD: RefCell<Option<(AssessmentId, Word)>> = const { RefCell::new(None) };
}

impl Desk {
    /// Hears other windows, and looks after the standing of this one.
    pub fn mind_windows(self) {
        windows::listen(move |message| self.hear(&message));
        // A window that was frozen finds out before it writes.
        let look = move || {
            if !document().hidden() {
                spawn_local(self.look_whether_writer());
            }
        };
        window_event_listener_untyped("focus", move |_| look());
        window_event_listener_untyped("pageshow", move |_| look());
        window_event_listener_untyped("pagehide", move |_| {
            if let Some((id, true)) = self.writing() {
                windows::unmark_writer(&id);
                windows::say(&id, Word::Gone);
            }
        });
        spawn_local(self.watch_writer());
    }

    /// Becomes the writer of what is open here for reading. The window that
    /// writes is asked to store what it has, but need not answer.
    pub async fn take_over(self) {
        // A window that is about to take the place by itself is not to do it twice.
        while self.succeeding.get_value() {
            TimeoutFuture::new(20).await;
        }
        self.succeeding.set_value(true);
        // What could not be set apart yet must not be left behind; it is being
        // tried again, and the bar says so.
        if let Some((id, false)) = self.writing()
            && !self.has_unsaved()
        {
            ask(&id, Word::HandOver, Word::HandedOver, HAND_OVER_MS).await;
            if self.writing() == Some((id.clone(), false)) {
                self.become_writer(&id).await;
            }
        }
        self.succeeding.set_value(false);
    }

    async fn become_writer(self, id: &AssessmentId) {
        windows::mark_writer(id);
        match self.reopen().await {
            Ok(()) | Err(OpenError::Superseded) => {}
            // The only copy may be the one on the screen.
            Err(OpenError::Missing | OpenError::Deleted) => self.save.set(Save::Unsaved(GONE.to_owned())),
            Err(error) => self.notices.complain(error.in_words()),
        }
    }

    /// Why an assessment is to be opened for reading alone, if so.
    pub(super) async fn why_reading(self, id: &AssessmentId) -> Option<Reading> {
        if shell::safe_mode() {
            return Some(Reading::Safe);
        }
        let marked = windows::somebody_else_writes(id);
        let answered = marked && ask(id, Word::WhoWrites, Word::IWrite, ANSWER_AT_OPENING_MS).await;
        answered.then_some(Reading::Elsewhere)
    }

    /// Another window has become the writer: sets apart what could not be stored
    /// and goes on reading. `false` if that fails; then it is to be tried again.
    pub(super) async fn lose(self) -> bool {
        self.hand_over_draft();
        let Some((id, _)) = self.writing() else { return true };
        let found = match self.ready().await {
            Ok(store) => store::read(&*store, &id).await,
            Err(error) => Err(error),
        };
        let loaded = match found {
            Ok(Some(found)) => found.loaded.ok(),
            Ok(None) => {
                // Removed in another window, perhaps by mistake, or cleared by
                // the browser: the only copy may be the one on the screen.
                self.save.set(Save::Unsaved(GONE.to_owned()));
                return false;
            }
            Err(_) => None,
        };
        let reading = match &loaded {
            Some(loaded) if loaded.newer => Reading::Newer,
            _ => Reading::Elsewhere,
        };
        let copy = self.with_work(|work| {
            let now = loaded.map_or_else(|| work.stored.clone(), |loaded| loaded.assessment);
            let copy = work.lost(&now, clock::date_and_time());
            work.reading = Some(reading);
            copy
        });
        self.reading.set(Some(reading));
        let Some(copy) = copy else { return true };
        if !copy.edits.is_empty() && !self.set_apart(&id, copy).await {
            // They stay here and go into the journal.
            self.keep_journal();
            let why = "此自评已由另一个窗口接管，本窗口的修改未能另存，正在重试。请先导出备份".to_owned();
            self.save.set(Save::Unsaved(why));
            return false;
        }
        self.with_work(|work| {
            work.writing = false;
            work.forget_unsaved();
        });
        self.forget_own_journal(&id);
        self.save.set(Save::Saved(String::new()));
        self.follow().await;
        true
    }

    /// Keeps changes apart for a person to decide, and says so. `false` if the
    /// store refuses.
    pub(super) async fn set_apart(self, id: &AssessmentId, copy: Unmerged) -> bool {
        let Some(store) = self.store() else { return false };
        let count = copy.edits.len();
        if let Err(error) = store::past::keep_unmerged(&*store, id, &self.fresh_row(), &copy).await {
            self.notices.complain(format!("有 {count} 处修改未能另存：{}。", in_words(&error)));
            return false;
        }
        self.unmerged.update(|known| *known += 1);
        self.notices.say(format!(
            "有 {count} 处修改未写入（另一个窗口已改过同一份自评），已另存在“历史”页，可逐处并入。"
        ));
        true
    }

    fn hear(self, message: &Message) {
        // Also about something that is only about to be opened here.
        let answer = match message.word {
            Word::IWrite | Word::HandedOver => Some(message.word),
            // Whoever asked before that asks in vain for a writer's place.
            Word::TakenOver => Some(Word::IWrite),
            _ => None,
        };
        if let Some(answer) = answer {
            HEARD.set(Some((message.assessment.clone(), answer)));
        }
        let Some((id, writes)) = self.writing() else { return };
        if message.assessment != id || shell::is_down() {
            return;
        }
        match message.word {
            Word::WhoWrites if writes => windows::say(&id, Word::IWrite),
            Word::HandOver if writes => spawn_local(self.hand_over(id)),
            Word::Written | Word::HandedOver if !writes => spawn_local(self.follow_soon()),
            Word::TakenOver if writes => spawn_local(self.look_whether_writer()),
            Word::TakenOver => spawn_local(self.follow_soon()),
            Word::Gone if !writes => spawn_local(self.succeed()),
            _ => {}
        }
    }

    /// The open assessment, and whether this window is its writer.
    fn writing(self) -> Option<(AssessmentId, bool)> {
        self.with_work(|work| (work.assessment.head.id.clone(), work.reading.is_none()))
    }

    /// Stores everything and stops writing, because another window asks.
    async fn hand_over(self, id: AssessmentId) {
        if !self.settle().await {
            return;
        }
        self.with_work(|work| work.reading = Some(Reading::Elsewhere));
        self.reading.set(Some(Reading::Elsewhere));
        windows::unmark_writer(&id);
        windows::say(&id, Word::HandedOver);
        self.wake_fields();
    }

    /// Looks into the store whether this window is still the writer.
    pub(super) async fn look_whether_writer(self) {
        let Some((id, true)) = self.writing() else { return };
        let Some(store) = self.store() else { return };
        let (ours, writing) = self
            .with_work(|work| (work.claimed.then(|| work.replica.clone()), work.writing))
            .unwrap_or_default();
        if writing {
            // The write finds out by itself, or has this asked again.
            return self.doubted.set_value(true);
        }
        let standing = store::writer(&*store, &id).await;
        let (Some(ours), Ok(Some(standing))) = (ours, standing) else { return };
        if self.writing() != Some((id.clone(), true)) {
            return;
        }
        if standing == ours {
            // The mark went when the page was put away, from where it may return.
            windows::mark_writer(&id);
        } else if !self.has_unsaved() {
            self.lose().await;
        }
    }

    /// As long as the page lives: where another window writes, asks whether it
    /// is still there, and takes its place when it is not.
    async fn watch_writer(self) {
        loop {
            TimeoutFuture::new(PULSE_MS).await;
            if shell::is_down() {
                return;
            }
            if self.reading.get_untracked() != Some(Reading::Elsewhere) || document().hidden() {
                continue;
            }
            self.succeed().await;
        }
    }

    /// Takes the place of a writer that is gone. Of several windows that notice
    /// it, the first to ask again finds nobody.
    async fn succeed(self) {
        if self.succeeding.get_value() {
            return;
        }
        self.succeeding.set_value(true);
        if let Some((id, false)) = self.writing()
            && self.nobody_writes(&id).await
        {
            let name = windows::name();
            let turn = name.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31) ^ u32::from(byte));
            TimeoutFuture::new(turn % TURNS_MS).await;
            if self.nobody_writes(&id).await {
                self.become_writer(&id).await;
            }
        }
        self.succeeding.set_value(false);
    }

    /// Whether this window reads what nobody writes, and everything that it had
    /// to say is set apart.
    async fn nobody_writes(self, id: &AssessmentId) -> bool {
        let reads = || {
            let waits = self.reading.get_untracked() == Some(Reading::Elsewhere) && !document().hidden();
            waits && !self.has_unsaved() && self.writing() == Some((id.clone(), false))
        };
        reads() && !ask(id, Word::WhoWrites, Word::IWrite, ANSWER_MS).await && reads()
    }

    async fn follow_soon(self) {
        let began = self.following.with_value(|it| *it);
        if began {
            return;
        }
        self.following.set_value(true);
        TimeoutFuture::new(FOLLOW_MS).await;
        self.following.set_value(false);
        self.follow().await;
    }

    /// Shows what the store now has of what is open here for reading.
    async fn follow(self) {
        let Some((id, false)) = self.writing() else { return };
        if self.reading.get_untracked() != Some(Reading::Elsewhere) {
            return;
        }
        let Ok(store) = self.ready().await else { return };
        let Ok(Some(found)) = store::read(&*store, &id).await else { return };
        let Ok(loaded) = found.loaded else { return };
        let taken = self.with_work(|work| {
            // What could not be set apart stays on the screen.
            let free = work.reading.is_some() && work.unsaved().is_empty();
            let fits = work.assessment.head.id == id && free && loaded.seq >= work.seq;
            if fits {
                work.follow(&loaded.assessment, loaded.seq);
            }
            fits
        });
        if taken == Some(true) {
            self.steps.set((false, false));
            self.wake_fields();
        }
    }
}

/// Asks the other windows and waits for an answer.
async fn ask(id: &AssessmentId, question: Word, answer: Word, at_most_ms: f64) -> bool {
    HEARD.set(None);
    windows::say(id, question);
    let until = clock::monotonic_ms() + at_most_ms;
    let wanted = Some((id.clone(), answer));
    while clock::monotonic_ms() < until {
        TimeoutFuture::new(10).await;
        if HEARD.with_borrow(|heard| *heard == wanted) {
            return true;
        }
    }
    false
}
