//! The least that suffices is enough, and a little less is not.

use proptest::prelude::*;
use zhidu::school::cv::{Coefficient, Entry, coefficient, coefficients, compare, spread};
use zhidu::school::indicator::{Indicator, Term};
use zhidu::school::standing::standing;
use zhidu::school::table::{Cell, Table};
use zhidu::school::value::{Lack, Splitting, value};
use zhidu::school::whatif::{Plan, changed, needed, plan};
use zhidu::school::{Column, School, Sort, Stage};
use zhidu::value::limit::{Limit, Verdict};
use zhidu::value::number::Number;

use crate::district::{Dice, number, primary, random, row};

#[test]
fn the_need_is_rounded_up_to_what_can_be_entered() {
    let rows = [primary("1501")];
    let table = Table::read(&rows);
    let need = |indicator: Indicator| {
        let limit = Limit::at_least(indicator.national(Stage::Primary).unwrap());
        needed(&table, 0, indicator, limit, Splitting::AsTyped).unwrap().unwrap().to_string()
    };
    // 1501 × 1 % = 15.01 and so on.
    let expected = ["0", "6", "3", "2254", "2257.5", "50.2", "11"];
    assert_eq!(Indicator::SEVEN.map(need), expected);
}

#[test]
fn a_need_is_said_only_where_more_would_help() {
    let mut rows = [primary("1500")];
    rows[0].set(Column::LargestClass, "45");
    let table = Table::read(&rows);
    let need = |limit| needed(&table, 0, Indicator::LargestClass, limit, Splitting::AsTyped);
    assert_eq!(need(Limit::at_most(number("40"))), Ok(None));
    rows[0].set(Column::Degree, "");
    let lacking = needed(
        &Table::read(&rows),
        0,
        Indicator::DegreeTeachers,
        Limit::at_least(number("4.2")),
        Splitting::AsTyped,
    );
    assert_eq!(lacking, Err(Lack::Empty(Column::Degree)));
}

#[test]
fn a_changed_cell_gives_the_table_that_would_have_been_read() {
    let rows = random(&mut Dice(5), 10, false);
    let table = Table::read(&rows);
    for (at, column, text) in [
        (0, Column::Pupils, "77"),
        (3, Column::Name, "第0学校"),
        (4, Column::Kind, "小学"),
        (99, Column::Gym, "1"),
    ] {
        let mut other = rows.clone();
        if let Some(school) = other.get_mut(at) {
            school.set(column, text);
        }
        assert_eq!(changed(&table, &rows, at, column, text), Table::read(&other));
    }
}

/// The largest numbers that can be typed are computed or refused, and nothing wraps.
#[test]
fn the_largest_numbers_do_no_harm() {
    let mut rows = Vec::new();
    for stage in ["小学", "初中", "小学"] {
        let mut school =
            row(&[(Column::Name, "甲"), (Column::Kind, "十二年一贯制学校"), (Column::Stage, stage)]);
        for column in Column::ALL {
            match column.sort() {
                Sort::Count => school.set(column, "999999999999"),
                Sort::Amount => school.set(column, "999999999999.999999"),
                Sort::Text | Sort::Word => {}
            }
        }
        school.set(Column::IndoorSport, "0.000001");
        rows.push(school);
    }
    let table = Table::read(&rows);
    for splitting in [Splitting::AsTyped, Splitting::ByStage] {
        for indicator in Indicator::ALL {
            for at in 0..rows.len() {
                let found = value(&table, at, indicator, splitting);
                assert!(matches!(found, Ok(_) | Err(Lack::TooLarge)), "{}", indicator.id());
                for limit in [0, 1, i64::MAX].map(|it| Limit::at_least(Number::from_millionths(it))) {
                    let need = needed(&table, at, indicator, limit, splitting);
                    assert!(matches!(need, Ok(Some(_)) | Err(Lack::TooLarge)));
                }
            }
        }
        for stage in Stage::ALL {
            for single in coefficients(&table, stage, splitting).singles {
                assert!(single.value().is_none_or(f64::is_finite), "{}", single.indicator.id());
                assert!(single.missing.iter().all(|(_, lack)| *lack == Lack::TooLarge));
            }
        }
    }
}

/// Schools with pupils and rooms, and the plan for their coefficient.
fn rooms(schools: &[(u64, u64)], standard: Option<&str>, limit: Limit) -> Plan {
    let one = |(pupils, rooms): &(u64, u64)| {
        row(&[
            (Column::Kind, "小学"),
            (Column::Pupils, &pupils.to_string()),
            (Column::Multimedia, &rooms.to_string()),
        ])
    };
    let table = Table::read(&schools.iter().map(one).collect::<Vec<_>>());
    let found = coefficients(&table, Stage::Primary, Splitting::AsTyped);
    plan(&table, &found.singles[6], Splitting::AsTyped, standard.map(number), limit).unwrap()
}

#[test]
fn nothing_is_lifted_where_the_limit_is_met() {
    let found = rooms(&[(1000, 20), (1000, 24)], Some("2.3"), Limit::at_most(number("0.5")));
    assert!(found.suffices && found.steps.is_empty());
}

#[test]
fn the_school_far_behind_is_lifted_and_no_other() {
    let schools = [(1000, 24), (1000, 22), (1000, 1), (1000, 21)];
    let found = rooms(&schools, Some("2.3"), Limit::at_most(number("0.45")));
    assert!(found.before > 0.45 && found.suffices);
    assert_eq!(found.steps.len(), 1);
    assert_eq!((&found.steps[0].rows[..], found.steps[0].added), (&[2][..], number("22")));
    assert!(found.steps[0].after < 0.1);
}

#[test]
fn it_is_said_when_lifting_all_does_not_suffice() {
    // One school has far too much; to lift the others to 2.3 leaves it there.
    let found = rooms(&[(1000, 500), (1000, 2), (1000, 23)], Some("2.3"), Limit::at_most(number("0.5")));
    assert!(!found.suffices);
    assert_eq!(found.steps.len(), 1);
    // The mean as the target, rounded up: 525 / 30 = 17.5.
    let found = rooms(&[(1000, 500), (1000, 2), (1000, 23)], None, Limit::at_most(number("0.5")));
    assert_eq!(found.target, number("17.5"));
    assert!(!found.suffices && found.steps.len() == 2);
}

#[test]
fn a_split_school_is_lifted_as_a_whole() {
    let nine = |name: &str, stage: &str, field: &str| {
        row(&[
            (Column::Name, name),
            (Column::Kind, "九年一贯制学校"),
            (Column::Stage, stage),
            (Column::Pupils, "1000"),
            (Column::Field, field),
            (Column::Gym, "0"),
        ])
    };
    let rows = [
        nine("甲", "小学", "21000"),
        nine("甲", "初中", ""),
        nine("乙", "小学", "100"),
        nine("乙", "初中", ""),
    ];
    let table = Table::read(&rows);
    let found = coefficients(&table, Stage::Primary, Splitting::ByStage);
    let standard = Indicator::SportsArea.national(Stage::Primary);
    let limit = Limit::at_most(number("0.5"));
    let plan = plan(&table, &found.singles[4], Splitting::ByStage, standard, limit).unwrap();
    // 7.5 × (1000 + 1.1 × 1000) = 15750.
    assert_eq!(plan.steps[0].added, number("15650"));
    assert_eq!(plan.steps[0].rows, [2]);
    assert!(plan.suffices);
}

/// Adds to the first column that counts towards the indicator.
fn add(rows: &[School], table: &Table, at: usize, indicator: Indicator, more: Number) -> Table {
    let Term::Plus(column) = indicator.terms()[0] else { unreachable!() };
    let Cell::Number(now) = table.row(at).unwrap().cell(column) else { unreachable!() };
    changed(table, rows, at, column, &now.plus(more).to_string())
}

/// What is added in all, in millionths.
fn cost(plan: &Plan) -> i64 {
    plan.steps.iter().map(|step| step.added.millionths()).sum()
}

/// The least that has to be added when whole schools are lifted to the target, found
/// by trying every choice of them; `None` if none suffices.
fn least_of_whole_schools(
    rows: &[School],
    indicator: Indicator,
    target: Number,
    limit: Limit,
) -> Option<i64> {
    let table = Table::read(rows);
    let all: Vec<usize> = (0..rows.len()).collect();
    let splitting = Splitting::AsTyped;
    let need = |at| needed(&table, at, indicator, Limit::at_least(target), splitting).unwrap().unwrap();
    let below: Vec<(usize, Number)> =
        all.iter().map(|at| (*at, need(*at))).filter(|(_, need)| *need > Number::ZERO).collect();
    (0..1_usize << below.len())
        .filter_map(|choice| {
            let chosen = below.iter().enumerate().filter(|(bit, _)| choice >> bit & 1 == 1);
            let (mut lifted, mut cost) = (table.clone(), 0);
            for (_, (at, need)) in chosen {
                lifted = add(rows, &lifted, *at, indicator, *need);
                cost += need.millionths();
            }
            let value = coefficient(&lifted, &all, indicator, splitting).value()?;
            limit.admits(compare(value, limit.value())).then_some(cost)
        })
        .min()
}

/// A bound below everything that has to be added, also where schools are lifted only a
/// part of the way and by any amount: for a given sum the weighted spread is the
/// smallest where those farthest behind are brought to one level, which is found by
/// halving. In the unit of the column.
fn least_of_all(found: &Coefficient, limit: Limit, per_pupil: f64) -> f64 {
    let schools: Vec<(f64, f64)> =
        found.parts.iter().map(|part| (part.pupils.to_f64(), part.value.to_f64())).collect();
    let meets = |level: f64| {
        let entries: Vec<Entry> = schools
            .iter()
            .map(|(pupils, value)| Entry { pupils: *pupils, value: value.max(level) })
            .collect();
        spread(&entries).is_ok_and(|it| it.coefficient <= limit.value().to_f64())
    };
    let (mut low, mut high) = (0.0, schools.iter().fold(0.0, |most: f64, (_, value)| most.max(*value)));
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if meets(middle) { high = middle } else { low = middle }
    }
    schools.iter().map(|(pupils, value)| (low - value).max(0.0) * pupils * per_pupil).sum()
}

/// Small districts, each with an indicator, a limit below its coefficient and the plan,
/// as far as that suffices and adds anything.
fn small_districts(mut each: impl FnMut(&[School], &Coefficient, Limit, &Plan)) {
    let mut dice = Dice(7);
    for round in 0..400_usize {
        let schools = 3 + dice.roll(6) as usize;
        let mut rows = random(&mut dice, 40, true);
        rows.retain(|row| row.text(Column::Kind) == "小学");
        rows.truncate(schools);
        let found =
            coefficients(&Table::read(&rows), Stage::Primary, Splitting::AsTyped).singles[round % 7].clone();
        let part = [95, 90, 80, 70, 60][round % 5];
        let limit = found.value().unwrap() * f64::from(part) * 1e4;
        let limit = Limit::at_most(Number::from_millionths(limit as i64));
        let standard = found.indicator.national(Stage::Primary);
        let plan = plan(&Table::read(&rows), &found, Splitting::AsTyped, standard, limit).unwrap();
        if plan.suffices && !plan.steps.is_empty() {
            each(&rows, &found, limit, &plan);
        }
    }
}

/// Says how the ratios lie, and gives the one in the middle and the largest.
fn told(of: &str, mut ratios: Vec<f64>) -> (f64, f64) {
    ratios.sort_by(f64::total_cmp);
    let at = |percent: usize| ratios[(ratios.len() - 1) * percent / 100];
    println!("{of}, {} plans: median {:.3}, 90 % {:.3}, worst {:.3}", ratios.len(), at(50), at(90), at(100));
    assert!(ratios.len() > 100);
    (at(50), at(100))
}

/// The page calls a plan a way that leads there and not the cheapest one. That is so:
/// beside every choice of whole schools it is mostly the cheapest and not always, and
/// lifting schools a part of the way can need much less.
#[test]
fn a_plan_leads_there_and_is_not_the_least() {
    let (mut whole, mut all) = (Vec::new(), Vec::new());
    small_districts(|rows, found, limit, plan| {
        let cost = cost(plan);
        let least = least_of_whole_schools(rows, found.indicator, plan.target, limit).unwrap();
        assert!(cost >= least, "nothing costs less than the least");
        whole.push(cost as f64 / least as f64);
        let part = found.parts.iter().find(|part| part.value.to_f64() > 0.0).unwrap();
        let typed = |column| rows[part.row].number(column).unwrap().unwrap().to_f64();
        let numbers = found.indicator.terms().iter().map(|term| match term {
            Term::Plus(column) => typed(*column),
            Term::Minus(column) => -typed(*column),
        });
        let per_pupil = numbers.sum::<f64>() / part.pupils.to_f64() / part.value.to_f64();
        let bound = least_of_all(found, limit, per_pupil);
        assert!(cost as f64 / 1e6 >= bound * 0.999_999, "nothing costs less than the bound");
        if bound > 0.0 {
            all.push(cost as f64 / 1e6 / bound);
        }
    });
    let (middle, worst) = told("beside whole schools", whole);
    assert!(middle < 1.001 && worst > 1.0 && worst < 3.0);
    let (middle, worst) = told("beside anything", all);
    assert!(middle > 1.0 && worst > 2.0);
}

proptest! {
    #[test]
    fn the_least_that_suffices_is_the_least(
        seed in any::<u64>(),
        indicator in proptest::sample::select(Indicator::SEVEN.to_vec()),
        by_stage in any::<bool>(),
        strict in any::<bool>(),
    ) {
        let splitting = if by_stage { Splitting::ByStage } else { Splitting::AsTyped };
        let rows = random(&mut Dice(seed), 6, true);
        let table = Table::read(&rows);
        for at in 0..rows.len() {
            let standard = indicator.national(table.row(at).unwrap().stage.unwrap()).unwrap();
            let op = if strict { zhidu::value::limit::Op::Above } else { zhidu::value::limit::Op::AtLeast };
            let limit = Limit::new(op, standard).unwrap();
            let need = needed(&table, at, indicator, limit, splitting).unwrap().unwrap();
            let verdict = |more| {
                standing(&add(&rows, &table, at, indicator, more), at, indicator, Some(limit), splitting).verdict
            };
            prop_assert_eq!(verdict(need), Some(Verdict::Reached));
            prop_assert_eq!(need.millionths() % indicator.step().millionths(), 0);
            if need > Number::ZERO {
                prop_assert_eq!(verdict(need.minus(indicator.step())), Some(Verdict::Missed));
            }
        }
    }

    /// Carried out in the table, a plan does what it says, and needs all its steps.
    #[test]
    fn a_plan_holds_when_it_is_carried_out(
        seed in any::<u64>(),
        indicator in 0_usize..7,
        by_stage in any::<bool>(),
        to_mean in any::<bool>(),
    ) {
        let splitting = if by_stage { Splitting::ByStage } else { Splitting::AsTyped };
        let rows = random(&mut Dice(seed), 14, true);
        let table = Table::read(&rows);
        let of = |table: &Table| coefficients(table, Stage::Primary, splitting).singles[indicator].clone();
        let single = of(&table);
        prop_assume!(single.spread.is_ok());
        let before = single.value().unwrap();
        let limit = Limit::at_most(Number::from_millionths((before * 7e5) as i64));
        let standard = single.indicator.national(Stage::Primary).filter(|_| !to_mean);
        let plan = plan(&table, &single, splitting, standard, limit).unwrap();
        let carry_out = |left_out: Option<usize>| {
            let mut now = (table.clone(), rows.clone());
            for (serial, step) in plan.steps.iter().enumerate().filter(|(it, _)| Some(*it) != left_out) {
                let at = step.rows[0];
                now.0 = add(&now.1, &now.0, at, single.indicator, step.added);
                let after = of(&now.0).value().unwrap();
                if left_out.is_none() {
                    assert!((after - step.after).abs() < 1e-12, "{serial}: {after}, not {}", step.after);
                    let lifted = value(&now.0, at, single.indicator, splitting).unwrap();
                    assert!(lifted.compare(plan.target).is_ge());
                }
            }
            limit.admits(compare(of(&now.0).value().unwrap(), limit.value()))
        };
        prop_assert_eq!(carry_out(None), plan.suffices);
        if plan.suffices {
            for step in 0..plan.steps.len() {
                prop_assert!(!carry_out(Some(step)), "step {} is not needed", step);
            }
        } else {
            let below = single.parts.iter().filter(|part| part.value.compare(plan.target).is_lt()).count();
            let lifted: usize = plan.steps.iter().map(|step| step.rows.len()).sum();
            prop_assert_eq!(lifted, below);
        }
    }
}
