//! What would have to be there: the least that a school needs to reach a limit,
//! and which schools to lift so that a coefficient falls below its own. Says what
//! the figures would be; recommends nothing and knows no prices.

use super::cv::{Coefficient, Entry, NoCoefficient, compare, spread};
use super::indicator::Indicator;
use super::table::Table;
use super::value::{Amount, Lack, Splitting, amount};
use super::{Column, School};
use crate::value::limit::Limit;
use crate::value::limit::Op;
use crate::value::number::{Number, Quotient};
use crate::value::order::sort_by_key;

/// The table with one cell changed; the other rows are not read again. A row
/// beyond the last one changes nothing.
pub fn changed(table: &Table, schools: &[School], row: usize, column: Column, text: &str) -> Table {
    let mut table = table.clone();
    if let Some(school) = schools.get(row) {
        let mut school = school.clone();
        school.set(column, text);
        table.replace(row, &school);
    }
    table
}

/// The least that has to be added to the numerator of an indicator at a row for
/// its value to meet a limit, in the unit of the column and rounded up to
/// [`Indicator::step`]; 0 if it is met. `None` for limits that are not met by
/// having more: 不超过, 低于 and the like.
///
/// Where a school is split by stages it is what the school as a whole needs.
///
/// # Errors
/// As [`value`](super::value::value).
pub fn needed(
    table: &Table,
    row: usize,
    indicator: Indicator,
    limit: Limit,
    splitting: Splitting,
) -> Result<Option<Number>, Lack> {
    if !matches!(limit.op(), Op::AtLeast | Op::Above) {
        return Ok(None);
    }
    lacking(amount(table, row, indicator, splitting)?, limit, indicator.step()).map(Some)
}

/// The least `added`, a multiple of `step`, with
/// `(resource + added) × times / under` meeting the limit.
fn lacking(amount: Amount, limit: Limit, step: Number) -> Result<Number, Lack> {
    const ONE: i128 = 1_000_000;
    let step = i128::from(step.millionths());
    // resource × times / under, against a limit in millionths.
    let wanted = amount.under.checked_mul(i128::from(limit.value().millionths())).ok_or(Lack::TooLarge)?;
    let per = amount.times * ONE;
    let least = match limit.op() {
        Op::Above => wanted.div_euclid(per) + 1,
        // Rounded up.
        _ => -(-wanted).div_euclid(per),
    };
    let short = (least - amount.resource).max(0);
    let added = (short + step - 1) / step * step;
    i64::try_from(added).map(Number::from_millionths).map_err(|_| Lack::TooLarge)
}

/// Schools to lift so that a coefficient meets its limit: a way that leads there, not
/// the one with the least added.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The coefficient as it is.
    pub before: f64,
    /// The value to which schools are lifted, in [`Indicator::unit`].
    pub target: Number,
    /// The schools in the order in which they are lifted.
    pub steps: Vec<Step>,
    /// Whether the coefficient meets the limit after the last step. If not, every
    /// school below the target is among the steps, and that does not suffice.
    pub suffices: bool,
}

/// A school that is lifted.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Its rows at this stage: several only where it is taken together.
    pub rows: Vec<usize>,
    /// What is added to the numerator, in the unit of its column.
    pub added: Number,
    /// The coefficient after this step and those before it.
    pub after: f64,
}

/// Which schools, lifted to a standard, bring a coefficient to its limit. Without a
/// standard they are lifted to the mean of the district as it is now, rounded up to
/// six places.
///
/// The method: among the schools below the target, lift the one by which the
/// coefficient falls most per unit added, and look again, until the limit is met
/// or all are lifted. On the way, note where one more school would do, the one
/// that needs the least. Of both ways every school is taken back, the dearest
/// first, without which the limit is met as well, and the cheaper way is given.
/// It is a way that leads there, not the least: another choice of schools may need
/// less, and so may lifting schools only a part of the way, which is not looked at.
/// Only rows that have data take part; what [`Coefficient::missing`] names may
/// change all of it.
///
/// # Errors
/// As [`spread`].
pub fn plan(
    table: &Table,
    coefficient: &Coefficient,
    splitting: Splitting,
    standard: Option<Number>,
    limit: Limit,
) -> Result<Plan, NoCoefficient> {
    let mut entries = Vec::with_capacity(coefficient.parts.len());
    for part in &coefficient.parts {
        entries.push(Entry { pupils: part.pupils.to_f64(), value: part.value.to_f64() });
    }
    let now = spread(&entries)?;
    let target = standard.unwrap_or_else(|| rounded_up(now.mean));
    let mut left = candidates(table, coefficient, splitting, target);
    let before = entries.clone();
    let mut chosen: Vec<Candidate> = Vec::new();
    let mut shorter: Option<Vec<Candidate>> = None;
    while !meets(&entries, limit) && !left.is_empty() {
        let sums = Sums::of(&entries, now.mean);
        if let Some(last) = last_needed(&left, sums, &mut entries, limit) {
            let way: Vec<Candidate> = chosen.iter().chain([last]).cloned().collect();
            if shorter.as_ref().is_none_or(|known| cost(&way) < cost(known)) {
                shorter = Some(way);
            }
        }
        let coefficient = sums.coefficient();
        let gain =
            |it: &Candidate| (coefficient - sums.after(it, &entries).coefficient()) / it.added.to_f64();
        let gains: Vec<f64> = left.iter().map(gain).collect();
        let best = (0..left.len()).max_by(|a, b| f64::total_cmp(at(&gains, *a), at(&gains, *b)));
        let Some(best) = best else { break };
        let candidate = left.remove(best);
        candidate.lift(&mut entries);
        chosen.push(candidate);
    }
    let suffices = meets(&entries, limit);
    if suffices {
        prune(&mut chosen, &before, limit);
        if let Some(mut shorter) = shorter {
            prune(&mut shorter, &before, limit);
            if cost(&shorter) < cost(&chosen) {
                chosen = shorter;
            }
        }
    }
    Ok(Plan { before: now.coefficient, target, steps: steps(chosen, before)?, suffices })
}

/// The one of these schools that needs the least among those with which the limit
/// is met at once.
fn last_needed<'a>(
    left: &'a [Candidate],
    sums: Sums,
    entries: &mut [Entry],
    limit: Limit,
) -> Option<&'a Candidate> {
    let would_do =
        |it: &&Candidate| limit.admits(compare(sums.after(it, entries).coefficient(), limit.value()));
    let last = left.iter().filter(would_do).min_by_key(|it| it.added)?;
    last.lift(entries);
    let does = meets(entries, limit);
    last.let_down(entries);
    does.then_some(last)
}

/// All that is added.
fn cost(way: &[Candidate]) -> i128 {
    way.iter().map(|it| i128::from(it.added.millionths())).sum()
}

fn at(gains: &[f64], at: usize) -> &f64 {
    gains.get(at).unwrap_or(&f64::NEG_INFINITY)
}

fn meets(entries: &[Entry], limit: Limit) -> bool {
    spread(entries).is_ok_and(|it| limit.admits(compare(it.coefficient, limit.value())))
}

/// A school that could be lifted.
#[derive(Clone)]
struct Candidate {
    /// Positions among the entries.
    places: Vec<usize>,
    rows: Vec<usize>,
    added: Number,
    value: f64,
    lifted: f64,
}

impl Candidate {
    fn put(&self, entries: &mut [Entry], value: f64) {
        for place in &self.places {
            if let Some(entry) = entries.get_mut(*place) {
                entry.value = value;
            }
        }
    }

    fn lift(&self, entries: &mut [Entry]) {
        self.put(entries, self.lifted);
    }

    fn let_down(&self, entries: &mut [Entry]) {
        self.put(entries, self.value);
    }
}

/// The schools below the target. Rows of a school that is taken together share
/// what is added, and have the same value at the same stage.
fn candidates(
    table: &Table,
    coefficient: &Coefficient,
    splitting: Splitting,
    target: Number,
) -> Vec<Candidate> {
    let indicator = coefficient.indicator;
    let mut candidates: Vec<Candidate> = Vec::new();
    for (place, part) in coefficient.parts.iter().enumerate() {
        if part.value.compare(target).is_ge() {
            continue;
        }
        let shares = splitting == Splitting::ByStage && indicator.splits();
        let mates = if shares { table.together(part.row) } else { &[] };
        let known = |it: &&mut Candidate| it.rows.first().is_some_and(|row| mates.contains(row));
        if !mates.is_empty()
            && let Some(known) = candidates.iter_mut().find(known)
        {
            known.places.push(place);
            known.rows.push(part.row);
            continue;
        }
        let limit = Limit::at_least(target);
        let Ok(amount) = amount(table, part.row, indicator, splitting) else { continue };
        let Ok(added) = lacking(amount, limit, indicator.step()) else { continue };
        let Ok(lifted) = lifted(amount, added) else { continue };
        candidates.push(Candidate {
            places: vec![place],
            rows: vec![part.row],
            added,
            value: part.value.to_f64(),
            lifted: lifted.to_f64(),
        });
    }
    candidates
}

fn lifted(amount: Amount, added: Number) -> Result<Quotient, Lack> {
    Amount { resource: amount.resource + i128::from(added.millionths()), ..amount }.value()
}

/// Takes back every school without which the limit is met as well; `before` is how
/// all schools are as long as none is lifted.
fn prune(chosen: &mut Vec<Candidate>, before: &[Entry], limit: Limit) {
    let mut entries = before.to_vec();
    chosen.iter().for_each(|it| it.lift(&mut entries));
    let mut order: Vec<usize> = (0..chosen.len()).collect();
    sort_by_key(&mut order, |at| std::cmp::Reverse(chosen.get(*at).map(|it| it.added)));
    let mut needless = Vec::new();
    for at in order {
        let Some(candidate) = chosen.get(at) else { continue };
        candidate.let_down(&mut entries);
        if meets(&entries, limit) {
            needless.push(at);
        } else {
            candidate.lift(&mut entries);
        }
    }
    let mut at = 0;
    chosen.retain(|_| {
        at += 1;
        !needless.contains(&(at - 1))
    });
}

/// The chosen schools in their order, each with the coefficient after it; `entries`
/// is how all schools are as long as none is lifted.
fn steps(chosen: Vec<Candidate>, mut entries: Vec<Entry>) -> Result<Vec<Step>, NoCoefficient> {
    let mut steps = Vec::with_capacity(chosen.len());
    for candidate in chosen {
        candidate.lift(&mut entries);
        let after = spread(&entries)?.coefficient;
        steps.push(Step { rows: candidate.rows, added: candidate.added, after });
    }
    Ok(steps)
}

/// Σ P, Σ P d and Σ P d² with d = X − centre, from which a coefficient follows
/// without going through the schools. Good enough to choose by; what is reported
/// comes from [`spread`].
#[derive(Clone, Copy)]
struct Sums {
    centre: f64,
    pupils: f64,
    first: f64,
    second: f64,
}

impl Sums {
    fn of(entries: &[Entry], centre: f64) -> Sums {
        let mut sums = Sums { centre, pupils: 0.0, first: 0.0, second: 0.0 };
        for entry in entries {
            sums.pupils += entry.pupils;
            sums.add(entry.pupils, entry.value, 1.0);
        }
        sums
    }

    fn add(&mut self, pupils: f64, value: f64, sign: f64) {
        let difference = value - self.centre;
        self.first += sign * pupils * difference;
        self.second += sign * pupils * difference * difference;
    }

    fn after(mut self, candidate: &Candidate, entries: &[Entry]) -> Sums {
        for entry in candidate.places.iter().filter_map(|place| entries.get(*place)) {
            self.add(entry.pupils, entry.value, -1.0);
            self.add(entry.pupils, candidate.lifted, 1.0);
        }
        self
    }

    fn coefficient(self) -> f64 {
        let shift = self.first / self.pupils;
        (self.second / self.pupils - shift * shift).max(0.0).sqrt() / (self.centre + shift)
    }
}

/// A float at or above zero as the next number of six places, or the largest one.
fn rounded_up(value: f64) -> Number {
    // `as` stops at the largest i64.
    #[allow(clippy::cast_possible_truncation, reason = "rounded up on purpose, and kept within an i64")]
    let millionths = (value * 1e6).ceil() as i64;
    Number::from_millionths(millionths)
}
