//! A thousand districts against the same rules worked out a second time in exact
//! fractions, `tests/reference/coefficients.py`.

use std::env;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use zhidu::school::counted::Exclusion;
use zhidu::school::cv::{Coefficient, Coefficients, coefficients};
use zhidu::school::table::Table;
use zhidu::school::value::Splitting;
use zhidu::school::{School, Stage};

use crate::district::{Dice, random};

/// What the other program says about districts.
fn reference(districts: &[Vec<School>]) -> Vec<Value> {
    let cells: Vec<Vec<_>> = districts.iter().map(|rows| rows.iter().map(|it| &it.cells).collect()).collect();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/coefficients.py");
    let python = env::var("ZHIDU_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let mut running = Command::new(&python)
        .arg(script)
        .env("PYTHONUTF8", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{python} cannot be started ({error}): set ZHIDU_PYTHON"));
    let mut input = running.stdin.take().unwrap();
    input.write_all(&serde_json::to_vec(&cells).unwrap()).unwrap();
    drop(input);
    let output = running.wait_with_output().unwrap();
    assert!(output.status.success(), "the reference ends well");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn word(why: Exclusion) -> &'static str {
    match why {
        Exclusion::SmallTeachingPoint => "small",
        Exclusion::Special => "special",
        Exclusion::Correctional => "correctional",
        Exclusion::Vocational => "vocational",
        Exclusion::NoPupils => "empty",
        Exclusion::NoStage => "stage",
        Exclusion::UnknownType => "type",
        Exclusion::Private => "private",
    }
}

#[track_caller]
fn same(ours: Option<f64>, theirs: &Value, what: &str) {
    match (ours, theirs.as_str()) {
        (None, None) => {}
        (Some(ours), Some(theirs)) => {
            let theirs: f64 = theirs.parse().unwrap();
            // Relative; equal values are 0 here and may be 10⁻¹⁶ there.
            let within = 1e-12 * theirs.abs() + 1e-15;
            assert!((ours - theirs).abs() <= within, "{what}: {ours}, not {theirs}");
        }
        (ours, theirs) => panic!("{what}: {ours:?}, not {theirs:?}"),
    }
}

fn check_single(ours: &Coefficient, theirs: &Value, what: &str) {
    let what = format!("{what}, {}", ours.indicator.id());
    let missing: Vec<usize> = ours.missing.iter().map(|(row, _)| *row).collect();
    assert_eq!(serde_json::json!(missing), theirs["missing"], "{what}");
    same(ours.value(), &theirs["cv"], &what);
    same(ours.spread.ok().map(|it| it.mean), &theirs["mean"], &what);
    let shares = theirs["shares"].as_object().unwrap();
    for part in ours.parts.iter().filter(|_| ours.spread.is_ok()) {
        let share: f64 = shares[&part.row.to_string()].as_str().unwrap().parse().unwrap();
        assert!((part.share - share).abs() <= 1e-12, "{what}: share of row {}", part.row);
    }
}

fn check(ours: &Coefficients, theirs: &Value, what: &str) {
    assert_eq!(serde_json::json!(ours.counted.rows), theirs["counted"], "{what}");
    let excluded: Vec<_> = ours.counted.excluded.iter().map(|(row, why)| (row, word(*why))).collect();
    assert_eq!(serde_json::json!(excluded), theirs["excluded"], "{what}");
    for (ours, theirs) in ours.singles.iter().zip(theirs["singles"].as_array().unwrap()) {
        check_single(ours, theirs, what);
    }
    same(ours.composite().ok(), &theirs["composite"], what);
}

#[test]
fn a_thousand_districts_agree_with_exact_fractions() {
    let mut dice = Dice(2017);
    let districts: Vec<_> = (0..1_000)
        .map(|serial| {
            let schools = 1 + dice.roll(24);
            random(&mut dice, schools, serial % 4 == 0)
        })
        .collect();
    let answers = reference(&districts);
    assert_eq!(answers.len(), districts.len());
    let (mut coefficients_seen, mut split_seen) = (0, 0);
    for (serial, (schools, answer)) in districts.iter().zip(&answers).enumerate() {
        let table = Table::read(schools);
        let mut answers = answer.as_array().unwrap().iter();
        for stage in Stage::ALL {
            let mut before = None;
            for splitting in [Splitting::AsTyped, Splitting::ByStage] {
                let ours = coefficients(&table, stage, splitting);
                check(&ours, answers.next().unwrap(), &format!("{serial}, {stage:?}, {splitting:?}"));
                coefficients_seen += ours.singles.iter().filter(|it| it.value().is_some()).count();
                split_seen += usize::from(before.is_some_and(|it| it != ours.singles[3].value()));
                before = Some(ours.singles[3].value());
            }
        }
    }
    assert!(coefficients_seen > 20_000, "{coefficients_seen} coefficients were compared");
    assert!(split_seen > 1_000, "{split_seen} times splitting made a difference");
}
