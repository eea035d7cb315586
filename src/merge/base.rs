//! The state that two copies of one assessment come from, found in their change logs.

use crate::assessment::Assessment;
use crate::record::Mark;
use crate::record::backup::Backup;
use crate::record::log::Logged;

/// What both copies had in common last. Each entry of a change log names a state of its copy;
/// it is known to the other one where that has the same entry, or where a file that it took
/// in reached that far. The later of the two is the state from which both have gone on:
/// theirs that is known here, or ours that is known there. `None` where the logs have nothing
/// in common, or do not lead back.
pub fn common_state(ours: &Assessment, our_log: &[Logged], theirs: &Backup) -> Option<Assessment> {
    let of_theirs = theirs.log.iter().rposition(|it| is_known(our_log, &it.mark));
    let of_ours = our_log.iter().rposition(|it| is_known(&theirs.log, &it.mark));
    match (of_theirs, of_ours) {
        (Some(at), Some(other)) if other > at => undone(ours, our_log, other),
        (Some(at), _) => undone(&theirs.assessment, &theirs.log, at),
        (None, at) => undone(ours, our_log, at?),
    }
}

fn is_known(log: &[Logged], mark: &Mark) -> bool {
    log.iter().any(|it| {
        let reached = it.entry.through.as_ref();
        // Marks of one copy are in the order in which it wrote.
        it.mark == *mark || reached.is_some_and(|it| it.replica == mark.replica && it >= mark)
    })
}

/// A state as it was after this entry of its change log.
fn undone(state: &Assessment, log: &[Logged], at: usize) -> Option<Assessment> {
    let mut state = state.clone();
    for logged in log.iter().skip(at + 1).rev() {
        for edit in logged.entry.edits.iter().rev() {
            state.apply(&edit.clone().invert()).ok()?;
        }
    }
    Some(state)
}
