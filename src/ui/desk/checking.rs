//! 体检 of the open assessment, a moment after it has changed: judging all
//! measures is not done while somebody types.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use zhidu::check::check;
use zhidu::measure::Data;
use zhidu::session::look_at_work;
use zhidu::work::Work;

use super::Desk;

/// So long after the last change everything is judged anew.
const QUIET: Duration = Duration::from_millis(300);

later! { reading:
    /// As [`Desk::check_now`], for who cannot wait for the part that judges.
    fn checked(desk: Desk) -> () { desk.check_now() }
}

impl Desk {
    /// Judges and checks a moment after each change, as long as the page lives.
    pub fn watch_checks(self) {
        let waiting = StoredValue::new(None::<TimeoutHandle>);
        Effect::new(move |_| {
            self.revision.track();
            self.opened.track();
            if let Some(waits) = waiting.get_value() {
                waits.clear();
            }
            let look = move || {
                spawn_local(async move {
                    // Where the part of the program is not there yet, nothing is judged.
                    let _ = checked(self).await;
                });
            };
            let timer = set_timeout_with_handle(look, QUIET);
            // A page without timers judges when 体检 is opened.
            waiting.set_value(timer.ok());
        });
    }

    /// Judges every measure and looks for everything now.
    pub fn check_now(self) {
        let checked = |work: &Work| check(&Data::of(&work.catalogue, &work.assessment), &work.card);
        let report = look_at_work(&self, checked).unwrap_or_default();
        if self.report.with_untracked(|known| **known != report) {
            self.report.set(Arc::new(report));
        }
    }
}
