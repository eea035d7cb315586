//! Counts what passed and failed from what test runners print.

/// Tests, and steps that are no test run, that passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
}

impl Tally {
    /// Adds what one line of a runner's output says, if it says anything:
    /// `test result: ok. 3 passed; 0 failed; …` of cargo, `ℹ pass 3` of Node.
    pub fn read(&mut self, line: &str) {
        let line = line.trim();
        if let Some(counts) = line.strip_prefix("test result:") {
            for part in counts.split([';', '.']) {
                match part.trim().split_once(' ') {
                    Some((count, "passed")) => self.passed += count.parse().unwrap_or(0),
                    Some((count, "failed")) => self.failed += count.parse().unwrap_or(0),
                    _ => {}
                }
            }
        } else if let Some(count) = line.strip_prefix("ℹ pass ") {
            self.passed += count.parse().unwrap_or(0);
        } else if let Some(count) = line.strip_prefix("ℹ fail ").or(line.strip_prefix("ℹ cancelled ")) {
            self.failed += count.parse().unwrap_or(0);
        }
    }

    /// Adds the end of a step: one that ran no tests counts as one itself, and a
    /// failure without a failed test is one too.
    pub fn close(mut self, succeeded: bool) -> Self {
        if !succeeded && self.failed == 0 {
            self.failed = 1;
        } else if self == Self::default() {
            self.passed = 1;
        }
        self
    }

    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(text: &str) -> Tally {
        let mut tally = Tally::default();
        text.lines().for_each(|line| tally.read(line));
        tally
    }

    #[test]
    fn both_runners_are_understood() {
        let cargo = "running 3 tests\ntest result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; finished in 0.1s";
        assert_eq!(tally(cargo), Tally { passed: 2, failed: 1 });
        let node = "✔ opens (3ms)\nℹ tests 5\nℹ pass 3\nℹ fail 1\nℹ cancelled 1\nℹ skipped 0";
        assert_eq!(tally(node), Tally { passed: 3, failed: 2 });
    }

    #[test]
    fn a_step_without_tests_counts_as_one() {
        assert_eq!(Tally::default().close(true), Tally { passed: 1, failed: 0 });
        assert_eq!(Tally::default().close(false), Tally { passed: 0, failed: 1 });
        assert_eq!(tally("ℹ pass 3").close(true), Tally { passed: 3, failed: 0 });
        assert_eq!(tally("ℹ pass 3").close(false), Tally { passed: 3, failed: 1 });
    }
}
