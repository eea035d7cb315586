//! A store in memory that fails where a test wants it to: before or after the
//! n-th operation, as a disk, a browser or a crash would.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use zhidu::store::{Mode, Store, StoreError, Table, Transaction};

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
pub struct Memory(Rc<Inner>);

#[derive(Default)]
struct Inner {
    texts: RefCell<Texts>,
    /// How many operations are left before the fault, and the fault.
    planned: Cell<Option<(u32, Fault)>>,
    standing: Cell<Option<Fault>>,
    dead: Cell<bool>,
    operations: Cell<u32>,
}

impl Memory {
    /// Puts texts into it, whatever is planned.
    pub fn fill(&self, texts: impl IntoIterator<Item = (Table, String, String)>) {
        let texts = texts.into_iter().map(|(table, key, text)| ((table, key), text));
        self.0.texts.borrow_mut().extend(texts);
    }

    /// Has the `after`-th operation from now fail.
    pub fn plan(&self, after: u32, fault: Fault) {
        self.0.planned.set(Some((after, fault)));
    }

    /// Whether the program has died; nothing it does from then on has an effect.
    pub fn is_dead(&self) -> bool {
        self.0.dead.get()
    }

    /// The program is started anew; disk and browser are as they should be.
    pub fn restart(&self) {
        self.0.planned.set(None);
        self.0.standing.set(None);
        self.0.dead.set(false);
    }

    /// How many operations there have been.
    pub fn operations(&self) -> u32 {
        self.0.operations.get()
    }

    /// All texts of a table.
    pub fn texts(&self, table: Table) -> Vec<(String, String)> {
        let texts = self.0.texts.borrow();
        texts
            .iter()
            .filter(|((of, _), _)| *of == table)
            .map(|((_, key), text)| (key.clone(), text.clone()))
            .collect()
    }

    /// Damages the `index`-th text of a table behind everybody's back.
    pub fn damage(&self, table: Table, index: usize, by: impl FnOnce(&mut Vec<u8>)) -> Option<String> {
        let mut texts = self.0.texts.borrow_mut();
        let count = texts.keys().filter(|(of, _)| *of == table).count();
        let ((_, key), text) =
            texts.iter_mut().filter(|((of, _), _)| *of == table).nth(index % count.max(1))?;
        let mut bytes = text.clone().into_bytes();
        by(&mut bytes);
        *text = String::from_utf8_lossy(&bytes).into_owned();
        Some(key.clone())
    }

    fn meets(&self, kind: Kind) -> Result<(), StoreError> {
        let inner = &*self.0;
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
        let texts = RefCell::new(self.0.texts.borrow().clone());
        Ok(Open { store: self.clone(), mode, texts, wrote: Cell::new(false) })
    }
}

/// Works on a copy that takes the place of the original when it is finished.
pub struct Open {
    store: Memory,
    mode: Mode,
    texts: RefCell<Texts>,
    wrote: Cell<bool>,
}

impl Open {
    fn write(&self) -> Result<(), StoreError> {
        assert_eq!(self.mode, Mode::Write, "a transaction that reads does not write");
        self.wrote.set(true);
        self.store.meets(Kind::Write)
    }
}

impl Transaction for Open {
    async fn get(&self, table: Table, key: &str) -> Result<Option<String>, StoreError> {
        self.store.meets(Kind::Read)?;
        Ok(self.texts.borrow().get(&(table, key.to_owned())).cloned())
    }

    async fn list(&self, table: Table, from: &str, to: &str) -> Result<Vec<(String, String)>, StoreError> {
        self.store.meets(Kind::Read)?;
        let texts = self.texts.borrow();
        let range = (table, from.to_owned())..=(table, to.to_owned());
        Ok(texts.range(range).map(|((_, key), text)| (key.clone(), text.clone())).collect())
    }

    fn put(&self, table: Table, key: &str, text: &str) -> Result<(), StoreError> {
        self.write()?;
        self.texts.borrow_mut().insert((table, key.to_owned()), text.to_owned());
        Ok(())
    }

    fn delete(&self, table: Table, from: &str, to: &str) -> Result<(), StoreError> {
        self.write()?;
        let inside = |key: &(Table, String)| key.0 == table && (from..=to).contains(&key.1.as_str());
        self.texts.borrow_mut().retain(|key, _| !inside(key));
        Ok(())
    }

    async fn finish(self) -> Result<(), StoreError> {
        self.store.meets(Kind::Finish)?;
        if self.wrote.get() {
            *self.store.0.texts.borrow_mut() = self.texts.into_inner();
        }
        let inner = &*self.store.0;
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
