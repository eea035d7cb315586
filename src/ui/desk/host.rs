//! What this window is to its session: a browser's.

use std::rc::Rc;
use std::sync::Arc;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use zhidu::assessment::{Assessment, AssessmentId, Head};
use zhidu::catalogue::library::{Library, carried};
use zhidu::catalogue::{Catalogue, CatalogueId};
use zhidu::filter::Filter;
use zhidu::record::SetAside;
use zhidu::record::restore::Why;
use zhidu::record::summary::{Summary, last_changed_first};
use zhidu::session::{self, Host, Opened, Save, Session};
use zhidu::store::StoreError;
use zhidu::windows::Word;
use zhidu::work::{Reading, Work};

use super::{Desk, editing, recovery};
use crate::browser::{Database, clock, ids, journal, shell, texts, traces, windows};
use crate::ui::events::after_paint;

const NOT_RECOVERED: &str =
    "上次意外关闭前未及保存的修改暂时没有恢复：程序的这一部分没有取到。它们留在本机，请检查网络后刷新本页。";

impl Host for Desk {
    type Store = Database;

    fn look<T>(&self, at: impl FnOnce(&Session) -> T) -> Option<T> {
        self.session.try_with_value(at)
    }

    fn with<T>(&self, by: impl FnOnce(&mut Session) -> T) -> Option<T> {
        self.session.try_update_value(by)
    }

    fn store(&self) -> Option<Rc<Database>> {
        self.store.with_value(Clone::clone)
    }

    async fn connect(&self) -> Result<(), StoreError> {
        let store = Database::open().await?;
        self.store.set_value(Some(Rc::new(store)));
        Ok(())
    }

    fn ms(&self) -> f64 {
        clock::monotonic_ms()
    }

    fn date_and_time(&self) -> String {
        clock::date_and_time()
    }

    fn time(&self) -> String {
        clock::time()
    }

    async fn wait(&self, ms: u32) {
        TimeoutFuture::new(ms).await;
    }

    fn spawn(&self, task: impl Future<Output = ()> + 'static) {
        spawn_local(task);
    }

    fn random(&self) -> u128 {
        ids::random_bits()
    }

    fn is_down(&self) -> bool {
        shell::is_down()
    }

    fn is_safe(&self) -> bool {
        shell::safe_mode()
    }

    fn is_hidden(&self) -> bool {
        document().hidden()
    }

    fn is_changing(&self) -> bool {
        editing::is_changing()
    }

    fn is_changing_now(&self, begins: bool) {
        editing::is_changing_now(begins);
    }

    fn name(&self) -> String {
        windows::name()
    }

    fn say(&self, assessment: &AssessmentId, word: Word) {
        windows::say(assessment, word);
    }

    fn mark_writer(&self, assessment: &AssessmentId) {
        windows::mark_writer(assessment);
    }

    fn unmark_writer(&self, assessment: &AssessmentId) {
        windows::unmark_writer(assessment);
    }

    fn somebody_else_writes(&self, assessment: &AssessmentId) -> bool {
        windows::somebody_else_writes(assessment)
    }

    fn keep_journal_text(&self, assessment: &AssessmentId, text: &str) -> bool {
        journal::keep(&journal_of(assessment), text)
    }

    fn forget_journal(&self, assessment: &AssessmentId) {
        journal::forget(&journal_of(assessment));
    }

    fn journals(&self, assessment: &AssessmentId) -> Vec<(String, String)> {
        journal::kept(assessment.as_str())
    }

    fn forget_journal_text(&self, name: &str, text: &str) {
        journal::forget_text(name, text);
    }

    fn has_all_texts(&self) -> bool {
        texts::complete()
    }

    async fn fetch_texts(&self, catalogue: &CatalogueId) -> bool {
        texts::fetched(catalogue.as_str()).await.is_ok()
    }

    async fn part_of(&self, head: &Head, whole: Arc<Catalogue>) -> Option<Arc<Catalogue>> {
        match &head.share {
            Some(_) => recovery::part_of(head.clone(), whole).await.ok(),
            None => Some(whole),
        }
    }

    fn catalogues(&self) -> Library {
        carried()
    }

    fn uses_texts(&self, catalogue: &CatalogueId) {
        texts::in_use(catalogue.as_str());
    }

    async fn can_recover(&self) -> bool {
        let there = recovery::there().await.is_ok();
        if !there {
            self.notices.complain(NOT_RECOVERED.to_owned());
        }
        there
    }

    async fn recover_journals(&self) {
        // The part that does it is there.
        let _ = recovery::recover_journals(*self).await;
    }

    async fn with_journals(&self, work: Work) -> Result<Work, String> {
        recovery::with_journals(*self, work).await.map_err(|why| why.in_words().to_owned())
    }

    async fn keep_restore_point(&self, state: Assessment, why: Why) {
        // Without the part the next one will do.
        let _ = recovery::keep_restore_point(*self, state, why).await;
    }

    fn hand_over_draft(&self) {
        Desk::hand_over_draft(*self);
    }

    fn save(&self) -> Save {
        self.save.get_untracked()
    }

    fn says_of_saving(&self, save: Save) {
        if let Save::Saved(time) = &save
            && !time.is_empty()
        {
            shell::saved_at(time);
        }
        self.save.set(save);
    }

    fn says_it_is_opening(&self) -> impl Sized + 'static {
        self.notices.wait("正在打开，请稍候。")
    }

    fn shows_opened(&self, opened: Opened) {
        self.incoming.update(|incoming| incoming.retain(|it| it.theirs().head.id == opened.id));
        self.focus.set(None);
        self.set_filter(Filter::default());
        self.steps.set((false, false));
        // What is said of another assessment does not stand here until this one is judged.
        let before = self.opened.with_untracked(|it| it.as_ref().map(|it| it.id.clone()));
        if before.as_ref() != Some(&opened.id) {
            self.report.set(Arc::default());
            self.news.set(Arc::default());
        }
        if before.is_some_and(|before| before != opened.id) {
            self.notices.pass();
        }
        self.opened.set(Some(opened));
    }

    fn shows_nothing(&self) {
        let left = self.incoming.with_untracked(Vec::len);
        if left > 0 {
            self.notices.say(format!("还有 {left} 份文件没有核对完，都没有写入。需要时请重新导入。"));
            self.incoming.set(Vec::new());
        }
        self.opened.set(None);
    }

    fn shows_reading(&self, reading: Option<Reading>) {
        self.reading.set(reading);
    }

    fn shows_changes(&self, revision: u64) {
        self.update_steps();
        self.revision.set(revision);
    }

    fn lists(&self, row: &Summary, stored: bool) {
        if stored {
            traces::note(row);
        }
        self.list.update(|list| {
            match list.iter_mut().find(|it| it.id == row.id) {
                Some(known) => known.clone_from(row),
                None => list.insert(0, row.clone()),
            }
            last_changed_first(list);
        });
    }

    fn names_set_aside(&self, assessment: &AssessmentId, records: Vec<SetAside>) {
        self.notices.set_aside(assessment, records);
    }

    fn counts_set_apart(&self) {
        self.unmerged.update(|known| *known += 1);
    }

    fn recounts_set_apart(&self) {
        self.unmerged.set(0);
        let Some(id) = session::opening::open_id(self) else { return };
        let desk = *self;
        after_paint(move || {
            spawn_local(async move {
                // Where the part of the program is not there, 历史 cannot be shown either.
                let _ = recovery::count_unmerged(desk, id).await;
            });
        });
    }

    fn tells(&self, what: String) {
        self.notices.say(what);
    }

    fn complains(&self, of: String) {
        self.notices.complain(of);
    }
}

fn journal_of(assessment: &AssessmentId) -> String {
    journal::name(assessment.as_str(), &windows::name())
}
