//! Two windows of one browser on one assessment, driven by what opens, saves and loses
//! assessments on the page itself.

use std::rc::Rc;
use std::sync::Arc;

use zhidu::assessment::place::{AnswerField, EvidenceField, Place};
use zhidu::assessment::{Assessment, AssessmentId, ReplicaId, RowId};
use zhidu::catalogue::Catalogue;
use zhidu::record::log::{How, Origin};
use zhidu::record::restore::Why;
use zhidu::record::summary::{Summary, summary};
use zhidu::score::score;
use zhidu::session::{Host, Save, editing, look_at_work, losing, opening, restoring, standing, unsaved};
use zhidu::store::replace::{Reason, Whole, put_whole};
use zhidu::store::{StoreError, Table};
use zhidu::work::Work;

use crate::memory::{Fault, Memory, now};
use crate::sample::{point, scored, untouched};
use crate::window::{Window, World};

/// What a person, the browser or bad luck does.
#[derive(Clone, Debug)]
pub enum Action {
    /// Types a word behind the text of a point.
    Type(u16),
    /// Adds a material to a point.
    AddMaterial(u16),
    /// Lets so many milliseconds pass.
    Wait(u16),
    /// Waits until what is unsaved should be stored.
    Flush,
    /// The page is hidden: the journal is kept.
    Hide,
    /// The page is closed or dies without a word; the next one opens.
    Reload { hidden_first: bool },
    /// Looks at the other window; what it shows is opened anew if need be.
    SwitchWindow,
    /// 接管编辑.
    TakeOver,
    /// The window stops where it is, or goes on.
    Freeze,
    /// A restore point is made.
    KeepPoint,
    /// The n-th operation of the store from here fails.
    Plan(u32, Fault),
    /// Each operation of the store takes so many milliseconds from here on.
    Slow(u16),
    /// What ails the browser is mended.
    Mend,
}

/// Puts a whole assessment into a store, under this number as its copy if it has
/// none.
pub fn put(
    store: &Memory,
    catalogue: &Catalogue,
    assessment: &Assessment,
    reason: Reason,
    copy: u128,
    over: Option<u64>,
) -> Result<Summary, StoreError> {
    let at = "2026-11-23 14:05";
    let fresh = ReplicaId::from_random(copy);
    let whole = Whole { assessment, reason, fresh: &fresh, over, at, log: &[] };
    let total = score(catalogue, assessment).total;
    now(put_whole(store, &whole, |seq| summary(catalogue, assessment, &total, at, seq)))
}

/// Two windows of one browser on one assessment.
pub struct Browser {
    pub catalogue: Arc<Catalogue>,
    pub id: AssessmentId,
    pub world: Rc<World>,
    pub store: Memory,
    windows: [Option<Window>; 2],
    pub active: usize,
    typed: u32,
    /// Words that must not be lost: called saved, set apart, or in a journal.
    pub promised: Vec<String>,
    /// Words typed since, by window.
    pending: [Vec<String>; 2],
}

impl Browser {
    pub fn new() -> Browser {
        let catalogue = Arc::new(scored().clone());
        let assessment = untouched(&catalogue);
        let world = Rc::new(World::default());
        let store = world.store.clone();
        put(&store, &catalogue, &assessment, Reason::Created, 1, None).unwrap();
        let id = assessment.head.id.clone();
        let mut browser = Browser {
            catalogue,
            id,
            world,
            store,
            windows: [None, None],
            active: 0,
            typed: 0,
            promised: Vec::new(),
            pending: [Vec::new(), Vec::new()],
        };
        browser.open();
        browser
    }

    /// Opens the assessment in a new page of the active window.
    pub fn open(&mut self) {
        self.close();
        self.begin_opening();
        self.run(700.0);
    }

    fn begin_opening(&mut self) {
        let window = Window::open(&self.world);
        self.windows[self.active] = Some(window.clone());
        let (own, id) = (window.clone(), self.id.clone());
        // Where it fails, 工作台 is shown, and the person tries again.
        window.spawn(async move { drop(opening::open(&own, &id).await) });
    }

    /// The page of the active window dies without a word.
    pub fn close(&mut self) {
        if let Some(window) = self.windows[self.active].take() {
            window.dies();
        }
        self.pending[self.active].clear();
    }

    /// The page of a window; the test knows that there is one.
    pub fn window(&self, at: usize) -> &Window {
        self.windows[at].as_ref().unwrap()
    }

    /// Looks at what a window has open; the test knows that it has.
    pub fn work<T>(&self, at: usize, look: impl FnOnce(&Work) -> T) -> T {
        look_at_work(self.window(at), look).unwrap()
    }

    fn has_open(&self, at: usize) -> bool {
        self.windows[at].as_ref().is_some_and(|window| look_at_work(window, |_| ()).is_some())
    }

    /// Lets time pass, and notes what the windows have promised by then.
    pub fn run(&mut self, ms: f64) {
        self.world.run(ms);
        if self.store.is_dead() {
            return;
        }
        for at in 0..2 {
            let Some(window) = &self.windows[at] else { continue };
            if matches!(window.save(), Save::Saved(_)) {
                assert!(!unsaved::has_unsaved(window), "called saved while something is not");
                self.promised.append(&mut self.pending[at]);
            }
        }
    }

    fn word(&mut self) -> String {
        self.typed += 1;
        format!("〔{}〕", self.typed)
    }

    /// Types a word, as far as the window lets.
    fn typing(&mut self, place: &Place, behind: bool) {
        let word = self.word();
        let window = self.window(self.active);
        let before = look_at_work(window, |work| work.assessment.text(place).to_owned());
        let Some(before) = before else { return };
        let after = if behind { before + &word } else { word.clone() };
        editing::type_text(window, place, &after);
        if look_at_work(window, |work| work.assessment.text(place) == after) == Some(true) {
            self.pending[self.active].push(word);
        }
    }

    pub fn act(&mut self, action: &Action) {
        if self.windows[self.active].is_none() {
            self.begin_opening();
        }
        let window = self.window(self.active).clone();
        match action {
            Action::Type(at) if !window.is_frozen() => {
                self.typing(&Place::Answer(point(*at), AnswerField::Narrative), true);
            }
            Action::AddMaterial(at) if !window.is_frozen() => {
                let row = RowId::from_random(window.random());
                let added = editing::act(&window, How::Filled, Origin::default(), |it| {
                    it.adding_evidence(&point(*at), row.clone())
                });
                if added {
                    self.typing(&Place::Evidence(row, EvidenceField::Title), false);
                }
            }
            Action::Wait(ms) => self.run(f64::from(*ms)),
            Action::Flush => self.run(600.0),
            Action::Hide => self.hide(),
            Action::Reload { hidden_first } => {
                if *hidden_first {
                    self.hide();
                }
                self.close();
                self.begin_opening();
            }
            Action::SwitchWindow => {
                window.hides(true);
                self.active = 1 - self.active;
                if self.has_open(self.active) {
                    let window = self.window(self.active).clone();
                    window.freezes(false);
                    window.hides(false);
                    let own = window.clone();
                    window.spawn(async move { losing::look_whether_writer(&own).await });
                } else {
                    self.open();
                }
            }
            Action::TakeOver if !window.is_frozen() => {
                let own = window.clone();
                window.spawn(async move { standing::take_over(&own).await });
            }
            Action::Freeze => window.freezes(!window.is_frozen()),
            Action::KeepPoint => {
                if let Some(state) = restoring::stored(&window) {
                    let own = window.clone();
                    window.spawn(async move { drop(restoring::make(&own, &state, Why::ByHand).await) });
                }
            }
            Action::Plan(after, fault) => self.store.plan(*after, *fault),
            Action::Slow(ms) => self.store.takes(&self.world.clock, f64::from(*ms)),
            Action::Mend if !self.store.is_dead() => self.store.restart(),
            Action::Mend | Action::Type(_) | Action::AddMaterial(_) | Action::TakeOver => {}
        }
        self.run(7.0);
        if self.store.is_dead() {
            self.restart();
        }
    }

    /// The page goes behind others, or is about to go.
    fn hide(&mut self) {
        let window = self.window(self.active);
        if !window.is_frozen() && unsaved::keep_journal(window) != Some(false) {
            self.promised.append(&mut self.pending[self.active]);
        }
    }

    /// When the browser dies, all its windows do.
    pub fn restart(&mut self) {
        for _ in 0..2 {
            self.close();
            self.active = 1 - self.active;
        }
        self.store.restart();
        self.open();
    }

    /// Ends a history in good health: every window stores what it has, and the next one
    /// opens what they have left.
    pub fn settle(&mut self) {
        self.store.restart();
        for at in [self.active, 1 - self.active] {
            self.active = at;
            if !self.has_open(at) {
                self.open();
            }
            self.window(at).freezes(false);
            self.run(20_000.0);
            assert!(!unsaved::has_unsaved(self.window(at)), "unsaved in good health");
        }
        self.restart();
        self.run(20_000.0);
        assert!(!unsaved::has_unsaved(self.window(self.active)), "unsaved in good health");
        self.store.hurries();
    }

    /// Every text of the assessment and of what was set apart.
    pub fn everything(&self) -> String {
        let mut all = String::new();
        for table in [Table::Records, Table::Unmerged] {
            self.store.texts(table).iter().for_each(|(_, text)| all.push_str(text));
        }
        all
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.world.end();
    }
}
