//! How long a district of many schools takes: `cargo bench -p zhidu --bench schools`,
//! with `--features office` also the file.
//! Prints a table and judges nothing; what it shows depends on the machine.

#[allow(dead_code, reason = "shared with the tests")]
#[path = "../tests/domain/district.rs"]
mod district;

use std::hint::black_box;
use std::time::Instant;

use zhidu::assessment::{Assessment, AssessmentId, ReplicaId, RowId};
use zhidu::catalogue::CatalogueId;
use zhidu::catalogue::library::shipped;
use zhidu::check::check;
use zhidu::measure::Data;
use zhidu::record::backup::Backup;
use zhidu::school::cv::coefficients;
use zhidu::school::table::Table;
use zhidu::school::value::Splitting;
use zhidu::school::whatif::plan;
use zhidu::school::{School, Stage};
use zhidu::score::score;
use zhidu::value::limit::Limit;
use zhidu::workbook::submission;

use district::{Dice, number, random};

fn main() {
    let schools = random(&mut Dice(1), 2_000, true);
    println!("{} rows of 2,000 schools; milliseconds", schools.len());
    println!("{:<44}{:>9}{:>9}", "", "median", "worst");
    reading(&schools);
    computing(&schools);
    planning(&schools);
    exporting(schools);
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

/// Score, checks and the workbook of a district with all of them.
fn exporting(schools: Vec<School>) {
    let id = CatalogueId::parse("beijing-balance-2018").expect("an id");
    let catalogue = shipped().today(&id).expect("shipped").catalogue;
    let mut assessment =
        Assessment::new(AssessmentId::from_random(1), &catalogue, "东城区", "110101", "2026");
    let rows = (0_u32..)
        .zip(schools)
        .map(|(place, school)| (RowId::from_random(u128::from(place)), School { place, ..school }));
    assessment.schools = rows.collect();
    let backup = Backup { replica: ReplicaId::from_random(2), seq: 1, assessment, log: Vec::new() };
    let when = "2026-11-23 14:05";
    line("score and check everything anew", 20, || {
        let card = score(&catalogue, &backup.assessment);
        black_box(check(&Data::of(&catalogue, &backup.assessment), &card));
    });
    line("describe the workbook", 5, || {
        black_box(submission(&catalogue, &backup, when));
    });
    #[cfg(feature = "office")]
    {
        let workbook = submission(&catalogue, &backup, when);
        let bytes = zhidu::office::write(&workbook).expect("it is written");
        line(&format!("write it, {} kB", bytes.len() / 1000), 3, || {
            let _ = black_box(zhidu::office::write(&workbook));
        });
        line("read it back and compare", 3, || {
            zhidu::office::verify(&workbook, &backup, &bytes).expect("it is the same");
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
