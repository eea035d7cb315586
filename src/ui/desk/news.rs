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
use zhidu::session::Opened;

use super::Desk;
use crate::browser::prefs;

/// The form comes first.
const LATER: Duration = Duration::from_millis(500);

/// Where nothing was in the log when somebody looked.
const NOTHING: &str = "-";

later! { reading:
    /// Looks for what files have changed in what is open.
    async fn look(desk: Desk, id: AssessmentId) -> () {
        let log = desk.log_of(&id).await;
        if prefs::get(&name(&id)).is_none() {
            // What was done before this machine had it open is no news.
            keep(&id, &log);
        }
        let seen = prefs::get(&name(&id)).and_then(|text| Mark::parse(&text));
        let is_open = desk.opened.with_untracked(|it| it.as_ref().is_some_and(|it| it.id == id));
        if is_open {
            let news = desk.look(|assessment, catalogue| since(catalogue, assessment, &log, seen.as_ref()));
            if desk.news.with_untracked(|known| **known != news) {
                desk.news.set(Arc::new(news));
            }
        }
    }

    /// Everything that is known now has been looked at.
    async fn looked(desk: Desk, id: AssessmentId) -> () {
        keep(&id, &desk.log_of(&id).await);
        desk.news.set(Arc::default());
    }
}

/// Looks a moment later for what files have changed in what is open.
pub fn look_for_news(desk: Desk) {
    let open = move || {
        if let Some(Opened { id, .. }) = desk.opened.get_untracked() {
            // Where the part of the program is not there yet, nothing is told.
            spawn_local(async move {
                let _ = look(desk, id).await;
            });
        }
    };
    set_timeout(open, LATER);
}

/// Everything that is known now has been looked at.
pub fn looked_at_news(desk: Desk) {
    if let Some(Opened { id, .. }) = desk.opened.get_untracked() {
        spawn_local(async move {
            let _ = looked(desk, id).await;
        });
    }
}

fn name(id: &AssessmentId) -> String {
    format!("seen.{id}")
}

fn keep(id: &AssessmentId, log: &[Logged]) {
    prefs::set(&name(id), &log.last().map_or_else(|| NOTHING.to_owned(), |it| it.mark.to_text()));
}
