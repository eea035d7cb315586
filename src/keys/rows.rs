//! Rows of a table that are chosen as in a spreadsheet: one by a click, a run of them with
//! Shift, one more or one less with Ctrl; and the same with the keys.

use std::collections::BTreeSet;

/// The rows that are chosen, by what stands in them and not by where they stand: sorting
/// and filtering leave them chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    chosen: BTreeSet<usize>,
    /// Where a run with Shift begins.
    anchor: Option<usize>,
    /// Where the keys are.
    at: Option<usize>,
}

/// Keys that are held while a row is clicked or gone to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Shift.
    pub shift: bool,
    /// Ctrl, or Cmd.
    pub ctrl: bool,
}

impl Rows {
    /// What is chosen, in ascending order.
    pub const fn chosen(&self) -> &BTreeSet<usize> {
        &self.chosen
    }

    /// The row on which the keys are; the first one as long as nobody has gone to any.
    pub fn at(&self, order: &[usize]) -> Option<usize> {
        self.at.filter(|at| order.contains(at)).or_else(|| order.first().copied())
    }

    /// A click on a row. `order` has the rows that are shown, as they stand.
    pub fn click(&mut self, order: &[usize], row: usize, held: Held) {
        if !order.contains(&row) {
            return;
        }
        self.at = Some(row);
        if held.shift {
            self.run(order, row, held.ctrl);
            return;
        }
        self.anchor = Some(row);
        if held.ctrl {
            self.toggle(row);
        } else {
            self.chosen = BTreeSet::from([row]);
        }
    }

    /// Goes `by` rows down (negative: up), as far as there are any, and gives the row: alone
    /// chosen, or at the end of a run with Shift, or merely gone to with Ctrl.
    pub fn go(&mut self, order: &[usize], by: isize, held: Held) -> Option<usize> {
        let at = self.at(order)?;
        let from = order.iter().position(|row| *row == at)?;
        let first = self.at.is_none();
        let to = from.saturating_add_signed(if first { 0 } else { by }).min(order.len().checked_sub(1)?);
        let row = *order.get(to)?;
        if held.ctrl && !held.shift {
            self.at = Some(row);
        } else {
            self.click(order, row, Held { ctrl: false, ..held });
        }
        Some(row)
    }

    /// Chooses the row on which the keys are, or no longer.
    pub fn toggle_at(&mut self, order: &[usize]) {
        if let Some(at) = self.at(order) {
            self.at = Some(at);
            self.anchor = Some(at);
            self.toggle(at);
        }
    }

    /// Chooses these rows and no others.
    pub fn choose(&mut self, rows: impl IntoIterator<Item = usize>) {
        self.chosen = rows.into_iter().collect();
        self.anchor = self.chosen.first().copied();
    }

    /// Lets go of what is not among the rows that are shown: nobody acts on what cannot be
    /// seen.
    pub fn keep(&mut self, order: &[usize]) {
        let shown: BTreeSet<usize> = order.iter().copied().collect();
        self.chosen.retain(|row| shown.contains(row));
    }

    fn toggle(&mut self, row: usize) {
        if !self.chosen.remove(&row) {
            self.chosen.insert(row);
        }
    }

    fn run(&mut self, order: &[usize], to: usize, more: bool) {
        let place = |row: usize| order.iter().position(|it| *it == row);
        let from = self.anchor.and_then(place).or_else(|| place(to));
        let (Some(from), Some(end)) = (from, place(to)) else { return };
        if !more {
            self.chosen.clear();
        }
        let run = order.get(from.min(end)..=from.max(end)).unwrap_or_default();
        self.chosen.extend(run.iter().copied());
        self.anchor = self.anchor.or(Some(to));
    }
}
