//! 差异系数: the published example, what the formula must hold to, and verdicts
//! at the very limit.

use std::cmp::Ordering;

use proptest::prelude::*;
use zhidu::school::counted::Exclusion;
use zhidu::school::cv::{Coefficients, Entry, NoCoefficient, coefficients, compare, spread};
use zhidu::school::indicator::{Indicator, national_coefficient};
use zhidu::school::table::Table;
use zhidu::school::value::{Lack, Splitting};
use zhidu::school::{Column, School, Stage};
use zhidu::value::limit::{Limit, Verdict};
use zhidu::value::number::Number;

use crate::district::{Dice, number, primary, random, row};

fn of(schools: &[School]) -> Coefficients {
    coefficients(&Table::read(schools), Stage::Primary, Splitting::AsTyped)
}

/// Schools of which each has that many pupils and rooms.
fn rooms(schools: &[(u64, u64)]) -> Vec<School> {
    let one = |(pupils, rooms): &(u64, u64)| {
        row(&[
            (Column::Kind, "小学"),
            (Column::Pupils, &pupils.to_string()),
            (Column::Multimedia, &rooms.to_string()),
        ])
    };
    schools.iter().map(one).collect()
}

/// 差异系数 of 多媒体教室.
fn of_rooms(schools: &[(u64, u64)]) -> Result<f64, NoCoefficient> {
    of(&rooms(schools)).singles[6].spread.map(|it| it.coefficient)
}

fn near(value: f64, expected: f64, within: f64) {
    assert!((value - expected).abs() <= within, "{value} instead of {expected}");
}

/// 县域义务教育校际均衡指标计算方法, 以生均图书册数为例: five primary schools,
/// printed as 6.33, 10.65, 3.26 and 0.52.
#[test]
fn the_published_example_comes_out() {
    let books = [(45.0, 279.0), (37.0, 137.0), (89.0, 935.0), (76.0, 160.0), (55.0, 402.0)];
    let entries = books.map(|(pupils, books)| Entry { pupils, value: books / pupils });
    let spread = spread(&entries).unwrap();
    near(spread.mean, 6.334, 0.0005);
    near(spread.deviation * spread.deviation, 10.653, 0.0005);
    near(spread.deviation, 3.264, 0.0005);
    near(spread.coefficient, 0.5153, 0.00005);
    // From the table, with rooms in the place of books.
    let schools = [(45, 279), (37, 137), (89, 935), (76, 160), (55, 402)];
    near(of_rooms(&schools).unwrap(), spread.coefficient, 1e-15);
}

#[test]
fn equal_provision_has_the_coefficient_0_and_no_shares() {
    let single = &of(&rooms(&[(100, 3), (700, 21), (900, 27)])).singles[6];
    assert_eq!(single.spread.unwrap().coefficient, 0.0);
    assert!(single.parts.iter().all(|part| part.share == 0.0));
    assert_eq!(of_rooms(&[(77, 5)]), Err(NoCoefficient::OneSchool));
}

#[test]
fn without_schools_or_with_nothing_there_is_no_coefficient() {
    assert_eq!(of_rooms(&[]), Err(NoCoefficient::NoSchools));
    assert_eq!(of_rooms(&[(100, 0), (200, 0)]), Err(NoCoefficient::MeanZero));
    assert_eq!(NoCoefficient::MeanZero.to_string(), "本地区均值为 0，无法计算差异系数");
}

#[test]
fn the_composite_is_the_mean_of_all_seven_or_names_what_it_lacks() {
    let mut schools = vec![primary("1000"), primary("500")];
    let found = of(&schools);
    // All resources are alike and every X is inverse to the pupils: all seven agree.
    near(found.composite().unwrap(), found.singles[0].value().unwrap(), 1e-15);
    schools.iter_mut().for_each(|it| it.set(Column::Equipment, "0"));
    assert_eq!(of(&schools).composite(), Err(vec![Indicator::Equipment]));
    assert_eq!(of(&schools).judge_composite(Limit::below(number("0.5"))), Verdict::Missing);
}

#[test]
fn a_verdict_waits_for_missing_data_and_the_coefficient_does_not() {
    let mut schools = vec![primary("1000"), primary("900"), primary("800")];
    schools[1].set(Column::Degree, "约100");
    schools[2].set(Column::Arts, "");
    let found = of(&schools);
    assert_eq!(found.singles[0].missing, [(1, Lack::Refused(Column::Degree))]);
    assert_eq!(found.singles[2].missing, [(2, Lack::Empty(Column::Arts))]);
    assert_eq!(found.singles[0].parts.len(), 2);
    assert!(found.composite().is_ok());
    let limit = national_coefficient(Stage::Primary);
    assert_eq!(found.judge_composite(limit), Verdict::Missing);
    assert_eq!(found.judge(&found.singles[0], limit), Verdict::Missing);
    assert_eq!(found.judge(&found.singles[1], limit), Verdict::Reached);
    assert_eq!(found.judge_each(limit), Verdict::Missing);
    schools[1].set(Column::Degree, "100");
    schools[2].set(Column::Arts, "6");
    assert_eq!(of(&schools).judge_each(limit), Verdict::Reached);
    // A row that cannot be used is left out, and the others are judged.
    schools[2].set(Column::Kind, "九年一贯制学校");
    assert_eq!(of(&schools).judge_each(limit), Verdict::Reached);
    assert_eq!(of(&schools).counted.excluded, [(2, Exclusion::NoStage)]);
}

#[test]
fn one_single_coefficient_above_the_limit_fails_the_national_rule() {
    let mut schools = vec![primary("1000"), primary("1000")];
    schools[0].set(Column::Backbone, "1");
    schools[1].set(Column::Backbone, "9");
    let found = of(&schools);
    near(found.singles[1].value().unwrap(), 0.8, 1e-15);
    assert_eq!(found.judge_each(national_coefficient(Stage::Primary)), Verdict::Missed);
    assert_eq!(found.judge_composite(Limit::below(number("0.5"))), Verdict::Reached);
}

/// Two schools of as many pupils have the coefficient |a − b| / (a + b).
#[test]
fn one_in_the_last_place_decides_at_the_limit() {
    for (text, over, under) in [("0.5", 1_u64, 2_u64), ("0.45", 9, 20)] {
        let limit = number(text);
        for scale in [1_u64, 1_000, 10_000_000] {
            let (less, more) = ((under - over) * scale, (under + over) * scale);
            let coefficient = |more| of_rooms(&[(900, less), (900, more)]).unwrap();
            assert_eq!(compare(coefficient(more), limit), Ordering::Equal, "{text} × {scale}");
            assert_eq!(compare(coefficient(more + 1), limit), Ordering::Greater, "{text} × {scale}");
            assert_eq!(compare(coefficient(more - 1), limit), Ordering::Less, "{text} × {scale}");
            let judged = |limit: Limit, more| limit.judge(compare(coefficient(more), limit.value()));
            assert_eq!(judged(Limit::at_most(limit), more), Verdict::Reached);
            assert_eq!(judged(Limit::below(limit), more), Verdict::Missed);
            assert_eq!(judged(Limit::at_most(limit), more + 1), Verdict::Missed);
            assert_eq!(judged(Limit::below(limit), more - 1), Verdict::Reached);
        }
    }
}

fn district() -> impl Strategy<Value = Vec<(u64, u64)>> {
    proptest::collection::vec((1_u64..4_000, 0_u64..500), 1..30)
}

proptest! {
    /// For two schools, CV² = (a Q − b P)² / (P Q (a + b)²) exactly.
    #[test]
    fn verdicts_agree_with_exact_arithmetic(
        (p, q) in (1_u64..2_000, 1_u64..2_000),
        (a, b) in (0_u64..2_000, 1_u64..2_000),
        limit in prop_oneof![Just(450_000_i64), Just(500_000), 0..1_000_000_i64],
    ) {
        let coefficient = of_rooms(&[(p, a), (q, b)]).unwrap();
        let [p, q, a, b] = [p, q, a, b].map(i128::from);
        let over = (a * q - b * p).pow(2);
        let under = p * q * (a + b).pow(2);
        // At most 10¹⁴ × 10¹² × … on either side.
        let expected = (over * 1_000_000_000_000).cmp(&(under * i128::from(limit).pow(2)));
        prop_assert_eq!(compare(coefficient, Number::from_millionths(limit)), expected);
    }

    #[test]
    fn as_many_times_the_pupils_and_resources_change_nothing(schools in district(), times in 1_u64..50) {
        let scaled: Vec<_> = schools.iter().map(|(p, x)| (p * times, x * times)).collect();
        let more: Vec<_> = schools.iter().map(|(p, x)| (*p, x * times)).collect();
        match of_rooms(&schools) {
            Ok(value) => {
                prop_assert!((of_rooms(&scaled).unwrap() - value).abs() < 1e-13);
                prop_assert!((of_rooms(&more).unwrap() - value).abs() < 1e-13 * (1.0 + value));
            }
            Err(why) => prop_assert_eq!(of_rooms(&scaled), Err(why)),
        }
    }

    #[test]
    fn equal_provision_is_0_however_large(
        pupils in proptest::collection::vec(1_u64..50_000, 2..40),
        each in 1_u64..300,
    ) {
        let schools: Vec<_> = pupils.iter().map(|p| (*p, p * each)).collect();
        prop_assert_eq!(of_rooms(&schools), Ok(0.0));
    }

    #[test]
    fn shares_sum_to_1(schools in district()) {
        let single = of(&rooms(&schools)).singles[6].clone();
        let sum: f64 = single.parts.iter().map(|part| part.share).sum();
        prop_assume!(single.spread.is_ok_and(|it| it.coefficient > 0.0));
        prop_assert!((sum - 1.0).abs() < 1e-12);
        prop_assert!(single.parts.iter().all(|part| (0.0..=1.0).contains(&part.share)));
    }

    #[test]
    fn the_order_of_the_rows_does_not_matter(seed in any::<u64>()) {
        let mut schools = random(&mut Dice(seed), 12, false);
        for stage in Stage::ALL {
            for splitting in [Splitting::AsTyped, Splitting::ByStage] {
                let before = coefficients(&Table::read(&schools), stage, splitting);
                schools.reverse();
                let after = coefficients(&Table::read(&schools), stage, splitting);
                for (one, other) in before.singles.iter().zip(&after.singles) {
                    match (one.value(), other.value()) {
                        (Some(one), Some(other)) => prop_assert!((one - other).abs() < 1e-13 * (1.0 + one)),
                        (one, other) => prop_assert_eq!(one, other),
                    }
                }
            }
        }
    }
}
