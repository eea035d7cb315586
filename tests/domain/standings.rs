//! Schools against limits, to the last digit, and the national rule of six.

use proptest::prelude::*;
use zhidu::school::indicator::Indicator;
use zhidu::school::standing::{National, national, standing, standings};
use zhidu::school::table::Table;
use zhidu::school::value::Splitting;
use zhidu::school::{Column, School, Stage};
use zhidu::value::limit::Op;
use zhidu::value::limit::{Limit, Verdict};
use zhidu::value::number::Number;

use crate::district::{number, primary, row};

/// All seven at their standard and one far above it, for 1,000 pupils.
fn sound() -> School {
    let mut school = primary("1000");
    let cells = [
        (Column::Degree, "42"),
        (Column::Backbone, "10"),
        (Column::Sports, "4"),
        (Column::Arts, "5"),
        (Column::Teaching, "5000"),
        (Column::IndoorSport, "500"),
        (Column::Gym, "0"),
        (Column::Field, "7500"),
        (Column::Equipment, "200"),
        (Column::Multimedia, "23"),
    ];
    cells.iter().for_each(|(column, text)| school.set(*column, text));
    school
}

fn judged(changes: &[(Column, &str)]) -> National {
    let mut school = sound();
    changes.iter().for_each(|(column, text)| school.set(*column, text));
    national(&Table::read(&[school]), 0, Splitting::AsTyped).unwrap()
}

#[test]
fn six_have_to_reach_and_the_seventh_85_percent() {
    let cases: [(&[(Column, &str)], Verdict); 9] = [
        (&[], Verdict::Reached),
        (&[(Column::Degree, "36")], Verdict::Reached),
        (&[(Column::Degree, "35")], Verdict::Missed),
        // 85 % of 7.5 is 6.375 exactly.
        (&[(Column::Field, "6375")], Verdict::Reached),
        (&[(Column::Field, "6374.999999")], Verdict::Missed),
        (&[(Column::Field, "7499.999999"), (Column::Multimedia, "22")], Verdict::Missed),
        (&[(Column::Field, "")], Verdict::Missing),
        // What is missing cannot mend what is missed twice or by far.
        (&[(Column::Field, ""), (Column::Multimedia, "22"), (Column::Degree, "41")], Verdict::Missed),
        (&[(Column::Field, ""), (Column::Degree, "35")], Verdict::Missed),
    ];
    for (changes, verdict) in cases {
        assert_eq!(judged(changes).verdict, verdict, "{changes:?}");
    }
    assert_eq!(judged(&[(Column::Degree, "35")]).far_below, [Indicator::DegreeTeachers]);
    // One that is missed already and one missing: it depends on the latter.
    assert_eq!(judged(&[(Column::Field, ""), (Column::Degree, "41")]).verdict, Verdict::Missing);
    let stageless = [row(&[(Column::Kind, "九年一贯制学校")])];
    assert_eq!(national(&Table::read(&stageless), 0, Splitting::AsTyped), None);
}

#[test]
fn one_school_that_misses_decides_for_all() {
    let limit = Limit::new(Op::AtMost, number("40"));
    let class = |typed: &str| row(&[(Column::Kind, "小学"), (Column::LargestClass, typed)]);
    let all = |typed: &[&str]| {
        let rows: Vec<_> = typed.iter().map(|it| class(it)).collect();
        let table = Table::read(&rows);
        standings(&table, Indicator::LargestClass, None, limit, Splitting::AsTyped).verdict()
    };
    assert_eq!(all(&["40", "35"]), Some(Verdict::Reached));
    assert_eq!(all(&["40", "41", ""]), Some(Verdict::Missed));
    assert_eq!(all(&["40", ""]), Some(Verdict::Missing));
    assert_eq!(all(&[]), None);
    assert_eq!(Limit::new(Op::Report, number("1")), None);
    let mut rows = vec![class("40"), class("40")];
    rows[1].set(Column::Kind, "九年一贯制学校");
    let table = Table::read(&rows);
    let found = standings(&table, Indicator::LargestClass, Some(Stage::Primary), limit, Splitting::AsTyped);
    assert_eq!((found.verdict(), found.count(Verdict::Reached)), (Some(Verdict::Reached), 1));
}

#[test]
fn verdicts_speak_the_fields_words() {
    let all = [Verdict::Reached, Verdict::Missed, Verdict::Missing];
    assert_eq!(all.map(Verdict::label), ["达标", "未达标", "缺数据"]);
}

proptest! {
    /// The last digit that can be typed decides at every limit, as exact products say.
    #[test]
    fn a_school_is_judged_exactly(
        indicator in proptest::sample::select(Indicator::SEVEN.to_vec()),
        stage in proptest::sample::select(Stage::ALL.to_vec()),
        pupils in 1_i64..1_000_000,
        beside in -1_i64..=1,
    ) {
        let limit = indicator.national(stage).unwrap();
        let (step, factor) = (indicator.step().millionths(), i64::from(indicator.factor()));
        // The resource at the limit, cut to what can be typed, and one more or less.
        let resource = (limit.millionths() * pupils / factor / step + beside).max(0) * step;
        let mut school = primary(&pupils.to_string());
        for column in [Column::IndoorSport, Column::Gym, Column::Arts] {
            school.set(column, "0");
        }
        let column = indicator.terms()[usize::from(indicator == Indicator::SportsArea)].column();
        school.set(column, &Number::from_millionths(resource).to_string());
        let table = Table::read(&[school]);
        let found =
            standing(&table, 0, indicator, Some(Limit::at_least(limit)), Splitting::AsTyped).verdict;
        let reached = i128::from(resource) * i128::from(factor)
            >= i128::from(limit.millionths()) * i128::from(pupils);
        prop_assert_eq!(found, Some(if reached { Verdict::Reached } else { Verdict::Missed }));
    }
}
