//! What of a session is seldom wanted, in a later part of the program: taking up what
//! windows that had to go could not store, counting what was set apart, restore points.

use std::sync::Arc;

use leptos::prelude::*;
use zhidu::assessment::{Assessment, AssessmentId, Head};
use zhidu::catalogue::Catalogue;
use zhidu::record::restore::Why;
use zhidu::session::{Host, opening, recovery, restoring};
use zhidu::store;
use zhidu::work::Work;

use super::Desk;

later! { handling:
    /// Nothing, once the part is there that reads journals.
    pub fn there() -> () {}

    /// [`Head::part_of`].
    pub fn part_of(head: Head, whole: Arc<Catalogue>) -> Arc<Catalogue> {
        head.part_of(whole)
    }

    /// [`recovery::recover_journals`].
    pub async fn recover_journals(desk: Desk) -> () {
        recovery::recover_journals(&desk).await;
    }

    /// [`recovery::with_journals`].
    pub fn with_journals(desk: Desk, work: Work) -> Work {
        recovery::with_journals(&desk, work)
    }

    /// Makes a restore point, if that can be.
    pub async fn keep_restore_point(desk: Desk, state: Assessment, why: Why) -> () {
        // Without it the change log still leads back.
        let _ = restoring::make(&desk, &state, why).await;
    }

    /// Counts what was set apart of the open assessment.
    pub async fn count_unmerged(desk: Desk, id: AssessmentId) -> () {
        let Some(store) = desk.store() else { return };
        let count = store::past::unmerged(&*store, &id).await.map_or(0, |copies| copies.len());
        if opening::open_id(&desk).as_ref() == Some(&id) && desk.unmerged.get_untracked() != count {
            desk.unmerged.set(count);
        }
    }
}
