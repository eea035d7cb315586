//! What files have changed since somebody looked last on this machine. How far that was is a
//! preference of this machine: another person's copy has another one.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use zhidu::assessment::AssessmentId;
use zhidu::record::Mark;
use zhidu::record::log::Logged;
use zhidu::record::news::since;
use zhidu::session::{Host, Opened};
use zhidu::store;

use super::Desk;
use crate::browser::prefs;

/// The form comes first.
const LATER: Duration = Duration::from_millis(500);

/// Where nothing was in the log when somebody looked.
const NOTHING: &str = "-";

later! { reading:
    /// Looks for what files have changed in what is open. Where they have changed nothing,
    /// the log is not read up to here again.
    async fn look(desk: Desk, id: AssessmentId) -> () {
        let text = prefs::get(&name(&id));
        let seen = text.as_deref().and_then(Mark::parse);
        let log = log_from(desk, &id, seen.as_ref()).await;
        let is_open = desk.opened.with_untracked(|it| it.as_ref().is_some_and(|it| it.id == id));
        if !is_open {
            return;
        }
        // What was done before this machine had it open is no news.
        let news = if text.is_some() {
            desk.look(|assessment, catalogue| since(catalogue, assessment, &log, seen.as_ref()))
        } else {
            Vec::new()
        };
        if news.is_empty() {
            keep(&id, &log);
        }
        if desk.news.with_untracked(|known| **known != news) {
            desk.news.set(Arc::new(news));
        }
    }

    /// Everything that is known now has been looked at.
    async fn looked(desk: Desk, id: AssessmentId) -> () {
        let seen = prefs::get(&name(&id)).and_then(|text| Mark::parse(&text));
        keep(&id, &log_from(desk, &id, seen.as_ref()).await);
        desk.news.set(Arc::default());
    }
}

async fn log_from(desk: Desk, id: &AssessmentId, first: Option<&Mark>) -> Vec<Logged> {
    let Some(store) = desk.store() else { return Vec::new() };
    store::past::log_from(&*store, id, first).await.unwrap_or_default()
}

impl Desk {
    /// Looks for what files have changed a moment after something was opened, as long as the
    /// page lives.
    pub fn watch_news(self) {
        Effect::new(move |_| {
            if let Some(Opened { id, .. }) = self.opened.get() {
                let open = move || {
                    // Where the part of the program is not there yet, nothing is told.
                    spawn_local(async move {
                        let _ = look(self, id).await;
                    });
                };
                set_timeout(open, LATER);
            }
        });
    }

    /// Looks for what a file has changed that was just taken in, once the store has it.
    pub fn look_for_news(self) {
        if let Some(Opened { id, .. }) = self.opened.get_untracked() {
            spawn_local(async move {
                self.settle().await;
                let _ = look(self, id).await;
            });
        }
    }

    /// Everything that is known now has been looked at.
    pub fn looked_at_news(self) {
        if let Some(Opened { id, .. }) = self.opened.get_untracked() {
            spawn_local(async move {
                let _ = looked(self, id).await;
            });
        }
    }
}

fn name(id: &AssessmentId) -> String {
    format!("seen.{id}")
}

/// The last entry is the one up to which somebody has looked; where there is none, the one
/// before stays.
fn keep(id: &AssessmentId, log: &[Logged]) {
    let known = || prefs::get(&name(id)).unwrap_or_else(|| NOTHING.to_owned());
    prefs::set(&name(id), &log.last().map_or_else(known, |it| it.mark.to_text()));
}
