//! Two full copies of one assessment, on two machines, that are brought together by
//! backups again and again.

use zhidu::assessment::history::apply_all;
use zhidu::assessment::place::{AnswerField, Place};
use zhidu::assessment::{Assessment, ReplicaId};
use zhidu::merge::{Proposal, common_state};
use zhidu::record::Mark;
use zhidu::record::backup::Backup;
use zhidu::record::log::{How, Logged, Logger, Moment, Origin};

use crate::sample::{filled, point};

/// One of the machines.
struct Copy {
    replica: ReplicaId,
    state: Assessment,
    log: Vec<Logged>,
    logger: Logger,
    ms: f64,
}

impl Copy {
    fn new(number: u128, from: Option<&Copy>) -> Copy {
        Copy {
            replica: ReplicaId::from_random(number),
            state: from.map_or_else(filled, |it| it.state.clone()),
            log: from.map_or_else(Vec::new, |it| it.log.clone()),
            logger: Logger::default(),
            ms: 0.0,
        }
    }

    fn act(&mut self, how: How, origin: Origin<'_>, edits: &[zhidu::assessment::edit::Edit]) {
        apply_all(&mut self.state, edits).unwrap();
        self.ms += 10_000.0;
        let moment = Moment { ms: self.ms, at: "2026-11-30 09:00", origin };
        self.logger.note(&self.state, edits, how, None, moment);
        self.logger.end_run();
        for (grown, entry) in self.logger.unstored(&self.state) {
            let mark = Mark { epoch: 1, serial: grown.0, replica: self.replica.clone() };
            self.log.extend(entry.map(|entry| Logged { mark, entry }));
            self.logger.stored(&[grown]);
        }
    }

    fn types(&mut self, at: u16, text: &str) {
        let edits = self.state.typing(&narrative(at), text);
        self.act(How::Filled, Origin::default(), &edits);
    }

    fn backup(&self) -> Backup {
        Backup {
            replica: self.replica.clone(),
            seq: 1,
            assessment: self.state.clone(),
            log: self.log.clone(),
        }
    }

    /// Takes the other one in as proposed, and says what was asked.
    fn takes(&mut self, other: &Backup) -> usize {
        let base = common_state(&self.state, &self.log, other);
        let mut proposal =
            Proposal::new("备份".to_owned(), base, other.assessment.clone(), &self.state, Vec::new());
        proposal.through = other.log.last().map(|it| it.mark.clone());
        let asked = proposal.count().undecided;
        let edits = proposal.take(&self.state).edits;
        let through = proposal.through.clone();
        let origin = Origin { source: "备份", through: through.as_ref() };
        if !edits.is_empty() {
            self.act(How::Merged, origin, &edits);
        }
        asked
    }
}

fn narrative(at: u16) -> Place {
    Place::Answer(point(at), AnswerField::Narrative)
}

#[test]
fn what_two_machines_wrote_comes_together_and_nothing_is_asked_twice() {
    let mut office = Copy::new(1, None);
    office.types(20, "办公室写的。");
    let mut home = Copy::new(2, Some(&office));
    office.types(21, "办公室又写的。");
    home.types(22, "家里写的。");
    home.types(20, "办公室写的，家里改的。");
    assert_eq!(office.takes(&home.backup()), 0, "who has changed what is known");
    assert_eq!(office.state.text(&narrative(20)), "办公室写的，家里改的。");
    assert_eq!(office.state.text(&narrative(21)), "办公室又写的。");
    assert_eq!(office.state.text(&narrative(22)), "家里写的。");

    // Both go on, and the office changes what came from home.
    office.types(22, "家里写的，办公室改的。");
    home.types(23, "家里再写的。");
    assert_eq!(office.takes(&home.backup()), 0, "what was taken in before is not asked about");
    assert_eq!(office.state.text(&narrative(22)), "家里写的，办公室改的。");
    assert_eq!(office.state.text(&narrative(23)), "家里再写的。");
    assert_eq!(home.takes(&office.backup()), 0);
    assert_eq!(home.state.answers, office.state.answers);

    // The same file again has nothing to tell.
    let before = office.state.clone();
    let same = home.backup();
    office.takes(&same);
    office.takes(&same);
    assert_eq!(office.state, before);

    // Where both write of the same, the person is asked.
    office.types(24, "甲。");
    home.types(24, "乙。");
    assert_eq!(office.takes(&home.backup()), 1);
}

#[test]
fn logs_without_a_common_entry_tell_of_no_common_state() {
    let mut office = Copy::new(1, None);
    office.types(20, "办公室写的。");
    let mut other = Copy::new(2, None);
    other.types(20, "另一份。");
    assert_eq!(common_state(&office.state, &office.log, &other.backup()), None);
    // A log that does not lead back is none.
    let mut home = Copy::new(3, Some(&office));
    home.types(21, "家里写的。");
    let mut backup = home.backup();
    backup.assessment.set_text(&narrative(21), "被别的程序改过。");
    assert_eq!(common_state(&office.state, &office.log, &backup), None);
    assert!(common_state(&office.state, &office.log, &home.backup()).is_some());
}
