//! Time that passes only when a test lets it, and the tasks that wait for it.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// A clock; clones are the same one.
#[derive(Clone, Default)]
pub struct Clock(Rc<Times>);

#[derive(Default)]
struct Times {
    now: Cell<f64>,
    /// What is waited for next.
    next: Cell<f64>,
}

impl Clock {
    /// Milliseconds.
    pub fn ms(&self) -> f64 {
        self.0.now.get()
    }

    /// "2026-11-23 14:05" and so on; it begins at eight in the morning.
    pub fn date_and_time(&self) -> String {
        let minutes = 8 * 60 + (self.ms() / 60_000.0) as u64;
        format!("2026-11-{:02} {:02}:{:02}", 23 + minutes / 1_440, minutes / 60 % 24, minutes % 60)
    }

    /// Lets so many milliseconds pass.
    pub fn wait(&self, ms: f64) -> Wait {
        Wait { clock: self.clone(), until: self.ms() + ms }
    }
}

/// Until a time.
pub struct Wait {
    clock: Clock,
    until: f64,
}

impl Future for Wait {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        let times = &self.clock.0;
        if times.now.get() >= self.until {
            return Poll::Ready(());
        }
        times.next.set(times.next.get().min(self.until));
        Poll::Pending
    }
}

/// Something that goes on by itself, for a window.
struct Task {
    of: u32,
    future: Pin<Box<dyn Future<Output = ()>>>,
}

/// What goes on.
#[derive(Default)]
pub struct Tasks {
    all: RefCell<Vec<Task>>,
    begun: RefCell<Vec<Task>>,
}

impl Tasks {
    /// Begins something.
    pub fn begin(&self, of: u32, future: impl Future<Output = ()> + 'static) {
        self.begun.borrow_mut().push(Task { of, future: Box::pin(future) });
    }

    /// Whatever a window was about stops where it stands.
    pub fn stop(&self, of: u32) {
        for tasks in [&self.all, &self.begun] {
            // What is dropped may look at the list.
            let (gone, kept) = tasks.take().into_iter().partition(|task| task.of == of);
            tasks.replace(kept);
            drop::<Vec<Task>>(gone);
        }
    }

    /// Stops everything.
    pub fn clear(&self) {
        drop((self.all.take(), self.begun.take()));
    }

    /// Goes on for so many milliseconds, or until `ends`. The tasks of a window that
    /// `rests` stand still.
    pub fn run(&self, clock: &Clock, ms: f64, rests: impl Fn(u32) -> bool, ends: impl Fn() -> bool) {
        let until = clock.ms() + ms;
        loop {
            clock.0.next.set(until);
            let mut tasks = self.all.take();
            let mut index = 0;
            while index < tasks.len() || !self.begun.borrow().is_empty() {
                tasks.append(&mut self.begun.borrow_mut());
                let Some(task) = tasks.get_mut(index) else { break };
                let mut waker = Context::from_waker(Waker::noop());
                if !rests(task.of) && task.future.as_mut().poll(&mut waker).is_ready() {
                    drop(tasks.remove(index));
                } else {
                    index += 1;
                }
                if ends() {
                    break;
                }
            }
            self.all.replace(tasks);
            if ends() || clock.ms() >= until {
                return;
            }
            clock.0.now.set(clock.0.next.get());
        }
    }
}
