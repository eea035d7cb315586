//! A store in memory that fails where a test wants it to: before or after the
//! n-th operation, as a disk, a browser or a crash would. With a clock it takes its time
//! as IndexedDB does: who writes is alone, and the others wait.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use zhidu::store::{Mode, Store, StoreError, Table, Transaction};

use crate::clock::Clock;

type Texts = BTreeMap<(Table, String), String>;

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The program dies before the operation.
    CrashBefore,
    /// The program dies after the operation; what was finished is kept, but the
    /// program never hears of it.
    CrashAfter,
    /// The disk is full, for this operation and all later ones.
    Full,
    /// The browser forbids storing, from here on.
    Blocked,
    /// The connection is closed, once.
    Closed,
    /// Reading fails, once.
    ReadError,
}

impl Fault {
    pub const ALL: [Fault; 6] =
        [Fault::CrashBefore, Fault::CrashAfter, Fault::Full, Fault::Blocked, Fault::Closed, Fault::ReadError];
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Begin,
    Read,
    Write,
    Finish,
}

/// The store; clones share it.
#[derive(Clone, Default)]
pub struct Memory {
    inner: Rc<Inner>,
    /// For which window this is a connection.
    of: u32,
}

#[derive(Default)]
struct Inner {
    texts: RefCell<Texts>,
    /// How many operations are left before the fault, and the fault.
    planned: Cell<Option<(u32, Fault)>>,
    standing: Cell<Option<Fault>>,
    dead: Cell<bool>,
    operations: Cell<u32>,
    /// For which window a transaction is under way that writes.
    writing: Cell<Option<u32>>,
    /// How long each operation takes, by which clock.
    pace: RefCell<Option<(Clock, f64)>>,
}

impl Memory {
    /// Puts texts into it, whatever is planned.
    pub fn fill(&self, texts: impl IntoIterator<Item = (Table, String, String)>) {
        let texts = texts.into_iter().map(|(table, key, text)| ((table, key), text));
        self.inner.texts.borrow_mut().extend(texts);
    }

    /// Has the `after`-th operation from now fail.
    pub fn plan(&self, after: u32, fault: Fault) {
        self.inner.planned.set(Some((after, fault)));
    }

    /// Whether the program has died; nothing it does from then on has an effect.
    pub fn is_dead(&self) -> bool {
        self.inner.dead.get()
    }

    /// The program is started anew; disk and browser are as they should be.
    pub fn restart(&self) {
        self.inner.planned.set(None);
        self.inner.standing.set(None);
        self.inner.dead.set(false);
    }

    /// A connection for a window.
    pub fn connection(&self, of: u32) -> Memory {
        Memory { inner: Rc::clone(&self.inner), of }
    }

    /// Has each operation take so many milliseconds.
    pub fn takes(&self, clock: &Clock, ms: f64) {
        self.inner.pace.replace(Some((clock.clone(), ms)));
    }

    /// Has every operation be done at once.
    pub fn hurries(&self) {
        self.inner.pace.replace(None);
    }

    /// Whether a transaction of this window is under way that writes.
    pub fn is_writing(&self, of: u32) -> bool {
        self.inner.writing.get() == Some(of)
    }

    /// Whether the browser forbids storing.
    pub fn is_blocked(&self) -> bool {
        self.inner.standing.get() == Some(Fault::Blocked)
    }

    /// How many operations there have been.
    pub fn operations(&self) -> u32 {
        self.inner.operations.get()
    }

    /// All texts of a table.
    pub fn texts(&self, table: Table) -> Vec<(String, String)> {
        let texts = self.inner.texts.borrow();
        texts
            .iter()
            .filter(|((of, _), _)| *of == table)
            .map(|((_, key), text)| (key.clone(), text.clone()))
            .collect()
    }

    /// Damages the `index`-th text of a table behind everybody's back.
    pub fn damage(&self, table: Table, index: usize, by: impl FnOnce(&mut Vec<u8>)) -> Option<String> {
        let mut texts = self.inner.texts.borrow_mut();
        let count = texts.keys().filter(|(of, _)| *of == table).count();
        let ((_, key), text) =
            texts.iter_mut().filter(|((of, _), _)| *of == table).nth(index % count.max(1))?;
        let mut bytes = text.clone().into_bytes();
        by(&mut bytes);
        *text = String::from_utf8_lossy(&bytes).into_owned();
        Some(key.clone())
    }

    fn meets(&self, kind: Kind) -> Result<(), StoreError> {
        let inner = &*self.inner;
        if inner.dead.get() {
            return Err(StoreError::Closed);
        }
        inner.operations.set(inner.operations.get() + 1);
        if let Some((left, fault)) = inner.planned.get() {
            inner.planned.set(Some((left.saturating_sub(1), fault)));
            if left == 0 {
                inner.planned.set(None);
                match fault {
                    Fault::CrashBefore => inner.dead.set(true),
                    Fault::CrashAfter if kind != Kind::Finish => inner.dead.set(true),
                    Fault::Closed => return Err(StoreError::Closed),
                    Fault::ReadError if kind == Kind::Read => {
                        return Err(StoreError::Other("UnknownError".to_owned()));
                    }
                    lasting => inner.standing.set(Some(lasting)),
                }
            }
        }
        match inner.standing.get() {
            _ if inner.dead.get() => Err(StoreError::Closed),
            Some(Fault::Full) if matches!(kind, Kind::Write | Kind::Finish) => Err(StoreError::Full),
            Some(Fault::Blocked) => Err(StoreError::Blocked),
            _ => Ok(()),
        }
    }
}

impl Store for Memory {
    type Transaction = Open;

    fn begin(&self, mode: Mode) -> Result<Open, StoreError> {
        self.meets(Kind::Begin)?;
        let (texts, waiting) = (RefCell::new(None), RefCell::default());
        Ok(Open { store: self.clone(), mode, texts, waiting, wrote: Cell::new(false) })
    }
}

/// Works on a copy that takes the place of the original when it is finished.
pub struct Open {
    store: Memory,
    mode: Mode,
    /// The copy, once it is this transaction's turn.
    texts: RefCell<Option<Texts>>,
    /// What is to be written before.
    waiting: RefCell<Vec<Change>>,
    wrote: Cell<bool>,
}

/// A text under a key, or the end of those from one key to another.
enum Change {
    Put(Table, String, String),
    Delete(Table, String, String),
}

impl Change {
    fn apply(self, texts: &mut Texts) {
        match self {
            Change::Put(table, key, text) => drop(texts.insert((table, key), text)),
            Change::Delete(table, from, to) => {
                texts.retain(|(of, key), _| *of != table || *key < from || *key > to);
            }
        }
    }
}

impl Open {
    /// Waits for this transaction's turn and for the disk.
    async fn turn(&self) {
        let inner = &*self.store.inner;
        let pace = inner.pace.borrow().clone();
        if let Some((clock, ms)) = &pace {
            clock.wait(*ms).await;
        }
        if self.texts.borrow().is_some() {
            return;
        }
        if self.mode == Mode::Write {
            while inner.writing.get().is_some() {
                let (clock, _) = pace.as_ref().expect("without a clock one transaction follows another");
                clock.wait(1.0).await;
            }
            inner.writing.set(Some(self.store.of));
        }
        let mut texts = inner.texts.borrow().clone();
        self.waiting.take().into_iter().for_each(|change| change.apply(&mut texts));
        self.texts.replace(Some(texts));
    }

    fn write(&self, change: Change) -> Result<(), StoreError> {
        assert_eq!(self.mode, Mode::Write, "a transaction that reads does not write");
        self.wrote.set(true);
        self.store.meets(Kind::Write)?;
        match self.texts.borrow_mut().as_mut() {
            Some(texts) => change.apply(texts),
            None => self.waiting.borrow_mut().push(change),
        }
        Ok(())
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        if self.mode == Mode::Write && self.texts.borrow().is_some() {
            self.store.inner.writing.set(None);
        }
    }
}

impl Transaction for Open {
    async fn get(&self, table: Table, key: &str) -> Result<Option<String>, StoreError> {
        self.turn().await;
        self.store.meets(Kind::Read)?;
        let texts = self.texts.borrow();
        Ok(texts.as_ref().and_then(|texts| texts.get(&(table, key.to_owned())).cloned()))
    }

    async fn list(&self, table: Table, from: &str, to: &str) -> Result<Vec<(String, String)>, StoreError> {
        self.turn().await;
        self.store.meets(Kind::Read)?;
        let texts = self.texts.borrow();
        let range = (table, from.to_owned())..=(table, to.to_owned());
        let found = texts.iter().flat_map(|texts| texts.range(range.clone()));
        Ok(found.map(|((_, key), text)| (key.clone(), text.clone())).collect())
    }

    fn put(&self, table: Table, key: &str, text: &str) -> Result<(), StoreError> {
        self.write(Change::Put(table, key.to_owned(), text.to_owned()))
    }

    fn delete(&self, table: Table, from: &str, to: &str) -> Result<(), StoreError> {
        self.write(Change::Delete(table, from.to_owned(), to.to_owned()))
    }

    async fn finish(self) -> Result<(), StoreError> {
        self.turn().await;
        self.store.meets(Kind::Finish)?;
        let inner = &*self.store.inner;
        if self.wrote.get()
            && let Some(texts) = self.texts.borrow().clone()
        {
            inner.texts.replace(texts);
        }
        if inner.standing.get() == Some(Fault::CrashAfter) {
            inner.standing.set(None);
            inner.dead.set(true);
            return Err(StoreError::Closed);
        }
        Ok(())
    }
}

/// The result of something that waits for nothing but a [`Memory`].
pub fn now<T>(work: impl Future<Output = T>) -> T {
    match pin!(work).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("a store in memory makes nobody wait"),
    }
}
