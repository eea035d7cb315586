//! A window of a browser without a browser: what [`Host`] asks for, in memory. Windows
//! of one [`World`] share a store, journals, marks and time, and talk to each other.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::Future;
use std::rc::{Rc, Weak};
use std::sync::Arc;

use zhidu::assessment::{Assessment, AssessmentId, Head};
use zhidu::catalogue::library::{Library, shipped};
use zhidu::catalogue::{Catalogue, CatalogueId};
use zhidu::record::SetAside;
use zhidu::record::restore::Why;
use zhidu::record::summary::Summary;
use zhidu::session::{Host, Opened, Save, Session, recovery, restoring, standing};
use zhidu::store::StoreError;
use zhidu::windows::{Message, Word};
use zhidu::work::{Reading, Work};

use crate::clock::{Clock, Tasks};
use crate::memory::Memory;

/// A browser and its time.
#[derive(Default)]
pub struct World {
    pub clock: Clock,
    pub store: Memory,
    tasks: Tasks,
    /// What localStorage holds: journals by name, marks of writers by assessment.
    pub journals: RefCell<BTreeMap<String, String>>,
    marks: RefCell<BTreeMap<String, String>>,
    windows: RefCell<Vec<Weak<Inner>>>,
    bits: Cell<u128>,
}

impl World {
    /// Lets so many milliseconds pass, or as many until the browser dies.
    pub fn run(&self, ms: f64) {
        let frozen: Vec<u32> = self.living().filter(|it| it.frozen.get()).map(|it| it.number).collect();
        // A browser does not stop in the middle of a transaction.
        let rests = |of: u32| frozen.contains(&of) && !self.store.is_writing(of);
        self.tasks.run(&self.clock, ms, rests, || self.store.is_dead());
    }

    /// Stops everything.
    pub fn end(&self) {
        self.tasks.clear();
    }

    fn living(&self) -> impl Iterator<Item = Rc<Inner>> {
        let known: Vec<_> = self.windows.borrow().iter().filter_map(Weak::upgrade).collect();
        known.into_iter().filter(|it| !it.gone.get())
    }

    fn fresh(&self) -> u128 {
        self.bits.set(self.bits.get() + 1);
        self.bits.get() << 64
    }
}

/// A window; clones are the same one.
#[derive(Clone)]
pub struct Window(Rc<Inner>);

pub struct Inner {
    world: Rc<World>,
    number: u32,
    session: RefCell<Session>,
    connection: RefCell<Option<Rc<Memory>>>,
    save: RefCell<Save>,
    gone: Cell<bool>,
    frozen: Cell<bool>,
    hidden: Cell<bool>,
    set_apart: Cell<usize>,
    said: RefCell<Vec<String>>,
}

impl Window {
    /// A window that has just been opened.
    pub fn open(world: &Rc<World>) -> Window {
        let number = u32::try_from(world.windows.borrow().len()).unwrap();
        let inner = Rc::new(Inner {
            world: Rc::clone(world),
            number,
            session: RefCell::default(),
            connection: RefCell::default(),
            save: RefCell::new(Save::Nothing),
            gone: Cell::new(false),
            frozen: Cell::new(false),
            hidden: Cell::new(false),
            set_apart: Cell::new(0),
            said: RefCell::default(),
        });
        world.windows.borrow_mut().push(Rc::downgrade(&inner));
        let window = Window(inner);
        let watching = window.clone();
        world.tasks.begin(number, async move { standing::watch_writer(&watching).await });
        window
    }

    /// The window is gone without a word.
    pub fn dies(&self) {
        self.0.gone.set(true);
        self.0.world.tasks.stop(self.0.number);
    }

    /// Stops in the middle of whatever it does, or goes on.
    pub fn freezes(&self, frozen: bool) {
        self.0.frozen.set(frozen);
    }

    /// Is behind others, or in front.
    pub fn hides(&self, hidden: bool) {
        self.0.hidden.set(hidden);
    }

    pub fn is_frozen(&self) -> bool {
        self.0.frozen.get()
    }

    /// What it has told the person.
    pub fn said(&self) -> Vec<String> {
        self.0.said.borrow().clone()
    }

    /// How many copies of changes it has set apart.
    pub fn set_apart(&self) -> usize {
        self.0.set_apart.get()
    }

    fn alive(&self) -> bool {
        !self.0.world.store.is_dead()
    }

    fn journal_name(&self, assessment: &AssessmentId) -> String {
        format!("{assessment}.{}", self.0.number)
    }
}

impl Host for Window {
    type Store = Memory;

    fn look<T>(&self, at: impl FnOnce(&Session) -> T) -> Option<T> {
        self.0.session.try_borrow().ok().map(|session| at(&session))
    }

    fn with<T>(&self, by: impl FnOnce(&mut Session) -> T) -> Option<T> {
        Some(by(&mut self.0.session.borrow_mut()))
    }

    fn store(&self) -> Option<Rc<Memory>> {
        self.0.connection.borrow().clone()
    }

    async fn connect(&self) -> Result<(), StoreError> {
        self.0.world.clock.wait(5.0).await;
        if self.0.world.store.is_blocked() {
            return Err(StoreError::Blocked);
        }
        self.0.connection.replace(Some(Rc::new(self.0.world.store.connection(self.0.number))));
        Ok(())
    }

    fn ms(&self) -> f64 {
        self.0.world.clock.ms()
    }

    fn date_and_time(&self) -> String {
        self.0.world.clock.date_and_time()
    }

    fn time(&self) -> String {
        format!("{} ms", self.ms())
    }

    async fn wait(&self, ms: u32) {
        self.0.world.clock.wait(f64::from(ms)).await;
    }

    fn spawn(&self, task: impl Future<Output = ()> + 'static) {
        self.0.world.tasks.begin(self.0.number, task);
    }

    fn random(&self) -> u128 {
        self.0.world.fresh()
    }

    fn is_down(&self) -> bool {
        false
    }

    fn is_safe(&self) -> bool {
        false
    }

    fn is_hidden(&self) -> bool {
        self.0.hidden.get()
    }

    fn is_changing(&self) -> bool {
        false
    }

    fn is_changing_now(&self, _begins: bool) {}

    fn name(&self) -> String {
        format!("window {}", self.0.number)
    }

    fn say(&self, assessment: &AssessmentId, word: Word) {
        let others = self.0.world.living().filter(|it| it.number != self.0.number);
        for other in others.map(Window) {
            let message = Message { assessment: assessment.clone(), word };
            let hearing = other.clone();
            other.spawn(async move {
                hearing.wait(1).await;
                standing::receive(&hearing, &message);
            });
        }
    }

    fn mark_writer(&self, assessment: &AssessmentId) {
        self.0.world.marks.borrow_mut().insert(assessment.to_string(), self.name());
    }

    fn unmark_writer(&self, assessment: &AssessmentId) {
        let mut marks = self.0.world.marks.borrow_mut();
        if marks.get(assessment.as_str()) == Some(&self.name()) {
            marks.remove(assessment.as_str());
        }
    }

    fn somebody_else_writes(&self, assessment: &AssessmentId) -> bool {
        self.0.world.marks.borrow().get(assessment.as_str()).is_some_and(|name| *name != self.name())
    }

    fn keep_journal_text(&self, assessment: &AssessmentId, text: &str) -> bool {
        if self.alive() {
            self.0.world.journals.borrow_mut().insert(self.journal_name(assessment), text.to_owned());
        }
        self.alive()
    }

    fn forget_journal(&self, assessment: &AssessmentId) {
        if self.alive() {
            self.0.world.journals.borrow_mut().remove(&self.journal_name(assessment));
        }
    }

    fn journals(&self, assessment: &AssessmentId) -> Vec<(String, String)> {
        let ours = format!("{assessment}.");
        let journals = self.0.world.journals.borrow();
        let ours = journals.iter().filter(|(name, _)| name.starts_with(&ours));
        ours.map(|(name, text)| (name.clone(), text.clone())).collect()
    }

    fn forget_journal_text(&self, name: &str, text: &str) {
        let mut journals = self.0.world.journals.borrow_mut();
        if self.alive() && journals.get(name).map(String::as_str) == Some(text) {
            journals.remove(name);
        }
    }

    fn has_all_texts(&self) -> bool {
        true
    }

    async fn fetch_texts(&self, _catalogue: &CatalogueId) -> bool {
        true
    }

    async fn part_of(&self, head: &Head, whole: Arc<Catalogue>) -> Option<Arc<Catalogue>> {
        Some(head.part_of(whole))
    }

    fn catalogues(&self) -> Library {
        shipped()
    }

    fn uses_texts(&self, _catalogue: &CatalogueId) {}

    async fn can_recover(&self) -> bool {
        true
    }

    async fn recover_journals(&self) {
        recovery::recover_journals(self).await;
    }

    async fn with_journals(&self, work: Work) -> Result<Work, String> {
        Ok(recovery::with_journals(self, work))
    }

    async fn keep_restore_point(&self, state: Assessment, why: Why) {
        // As on the page: the next one will do.
        let _ = restoring::make(self, &state, why).await;
    }

    fn hand_over_draft(&self) {}

    fn save(&self) -> Save {
        self.0.save.borrow().clone()
    }

    fn says_of_saving(&self, save: Save) {
        self.0.save.replace(save);
    }

    fn says_it_is_opening(&self) -> impl Sized + 'static {}

    fn shows_opened(&self, _opened: Opened) {}

    fn shows_nothing(&self) {}

    fn shows_reading(&self, _reading: Option<Reading>) {}

    fn shows_changes(&self, _revision: u64) {}

    fn lists(&self, _row: &Summary, _stored: bool) {}

    fn names_set_aside(&self, _assessment: &AssessmentId, _records: Vec<SetAside>) {}

    fn counts_set_apart(&self) {
        self.0.set_apart.set(self.0.set_apart.get() + 1);
    }

    fn recounts_set_apart(&self) {}

    fn tells(&self, what: String) {
        self.0.said.borrow_mut().push(what);
    }

    fn complains(&self, of: String) {
        self.0.said.borrow_mut().push(of);
    }
}
