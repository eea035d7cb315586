//! How long a district of many schools takes: `cargo bench -p zhidu --bench schools`.
//! Prints a table and judges nothing; what it shows depends on the machine.

#[allow(dead_code, reason = "shared with the tests")]
#[path = "../tests/domain/district.rs"]
mod district;

use std::hint::black_box;
use std::time::Instant;

use zhidu::school::cv::coefficients;
use zhidu::school::limit::Limit;
use zhidu::school::table::Table;
use zhidu::school::value::Splitting;
use zhidu::school::whatif::plan;
use zhidu::school::{School, Stage};

use district::{Dice, number, random};

fn main() {
    let schools = random(&mut Dice(1), 2_000, true);
    println!("{} rows of 2,000 schools; milliseconds", schools.len());
    println!("{:<44}{:>9}{:>9}", "", "median", "worst");
    reading(&schools);
    computing(&schools);
    planning(&schools);
}

fn reading(schools: &[School]) {
    line("read the table", 50, || {
        black_box(Table::read(schools));
    });
    let mut table = Table::read(schools);
    line("replace a row", 50, || table.replace(7, &schools[7]));
}

fn computing(schools: &[School]) {
    let table = Table::read(schools);
    for splitting in [Splitting::AsTyped, Splitting::ByStage] {
        line(&format!("coefficients of both stages, {splitting:?}"), 50, || {
            for stage in Stage::ALL {
                black_box(coefficients(&table, stage, splitting));
            }
        });
    }
}

fn planning(schools: &[School]) {
    let table = Table::read(schools);
    let found = coefficients(&table, Stage::Primary, Splitting::AsTyped);
    let limit = Limit::at_most(number("0.3"));
    for single in &found.singles {
        let standard = single.indicator.national(Stage::Primary);
        let planned = || plan(&table, single, Splitting::AsTyped, standard, limit).map(|it| it.steps.len());
        let steps = planned().unwrap_or(0);
        line(&format!("plan {}, {steps} steps", single.indicator.id()), 5, || {
            let _ = black_box(planned());
        });
    }
}

/// Runs it so many times and prints the middle and the longest of them.
fn line(name: &str, times: usize, mut act: impl FnMut()) {
    let mut all: Vec<f64> = (0..times)
        .map(|_| {
            let start = Instant::now();
            act();
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    all.sort_by(f64::total_cmp);
    println!("{name:<44}{:>9.2}{:>9.2}", all[times / 2], all[times - 1]);
}
