//! Points are exact hundredths: what is read, what is refused and in which
//! words, and sums against fractions.

use proptest::prelude::*;
use zhidu::value::points::{Points, PointsError, half_width};

use crate::random;

#[track_caller]
fn check(typed: &str, expected: Result<&str, PointsError>) {
    let found = Points::parse(typed).map(|value| value.to_string());
    assert_eq!(found.as_deref().map_err(|error| *error), expected, "{typed:?}");
}

#[test]
fn decimals_are_read_and_take_their_shortest_form() {
    for (typed, shown) in [
        ("4", "4"),
        ("4.25", "4.25"),
        ("4.05", "4.05"),
        ("4.50", "4.5"),
        ("4.5000", "4.5"),
        ("004.00", "4"),
        ("0", "0"),
        ("0.01", "0.01"),
        ("  2 ", "2"),
        ("\t2\n", "2"),
        ("\u{3000}2\u{3000}", "2"),
        ("+1", "1"),
        ("-0", "0"),
        ("-0.00", "0"),
        (".5", "0.5"),
        ("5.", "5"),
        ("５", "5"),
        ("１．５", "1.5"),
        ("1。5", "1.5"),
        ("１２.３４", "12.34"),
        ("＋１", "1"),
        ("999999999.99", "999999999.99"),
        ("00000000000000000001", "1"),
    ] {
        check(typed, Ok(shown));
    }
}

#[test]
fn what_is_no_number_is_refused() {
    for typed in [
        "",
        " ",
        "abc",
        ".",
        "-",
        "+",
        "1e3",
        "٣",
        "²",
        "二",
        "½",
        "1 2",
        "1,5",
        "1，5",
        "1..5",
        "1.2.3",
        "--1",
        "+-1",
        "NaN",
        "inf",
        "0x1F",
        "1_000",
        "4分",
        "50%",
        "1\u{0}",
        "1\u{200b}",
    ] {
        check(typed, Err(PointsError::NotANumber));
    }
}

#[test]
fn negative_precise_and_huge_values_are_refused_by_name() {
    for typed in ["-1", "−1", "－１", "-0.01", "-4.005"] {
        check(typed, Err(PointsError::Negative));
    }
    for typed in ["4.005", "0.001", "４．００５", "1.9999999999999999999999"] {
        check(typed, Err(PointsError::TooPrecise));
    }
    for typed in ["1000000000", "99999999999999999999999999", "9223372036854775807"] {
        check(typed, Err(PointsError::TooLarge));
    }
}

#[test]
fn refusals_speak_chinese() {
    let words = |typed| Points::parse(typed).unwrap_err().to_string();
    assert_eq!(words("abc"), "不是数字");
    assert_eq!(words("-1"), "不能为负数");
    assert_eq!(words("4.005"), "小数最多两位");
    assert_eq!(words("1000000000"), "数值过大");
}

#[test]
fn only_full_width_ascii_is_narrowed() {
    assert_eq!(half_width("ＡＺ～！　０。"), "AZ~! 0.");
    assert_eq!(half_width("、中文—😀"), "、中文—😀");
}

#[test]
fn stored_values_are_decimal_strings() {
    let value = Points::from_hundredths(425);
    assert_eq!(serde_json::to_string(&value).unwrap(), "\"4.25\"");
    assert_eq!(serde_json::from_str::<Points>("\"4.25\"").unwrap(), value);
    for json in ["4.25", "\"-1\"", "\"\"", "null", "\"4.005\""] {
        assert!(serde_json::from_str::<Points>(json).is_err(), "{json}");
    }
}

/// A fraction in lowest terms, for sums that owe nothing to [`Points`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fraction(i128, i128);

impl Fraction {
    pub const ZERO: Fraction = Fraction(0, 1);

    pub fn new(over: i128, under: i128) -> Fraction {
        let (mut a, mut b) = (over.abs(), under.abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        Fraction(over / a.max(1), under / a.max(1))
    }

    pub fn plus(self, other: Fraction) -> Fraction {
        Fraction::new(self.0 * other.1 + other.0 * self.1, self.1 * other.1)
    }

    /// The fraction that a printed decimal stands for.
    pub fn of(value: Points) -> Fraction {
        let text = value.to_string();
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
        Fraction::new(format!("{whole}{decimals}").parse().unwrap(), 10i128.pow(decimals.len() as u32))
    }
}

proptest! {
    #[test]
    fn what_is_printed_is_read_back(hundredths in 0i64..100_000_000_000) {
        let value = Points::from_hundredths(hundredths);
        prop_assert_eq!(value.hundredths(), hundredths);
        prop_assert_eq!(Points::parse(&value.to_string()), Ok(value));
        prop_assert_eq!(Fraction::of(value), Fraction::new(hundredths.into(), 100));
    }

    #[test]
    fn sums_and_differences_are_those_of_fractions(values in prop::collection::vec(0i64..1_000_000, 0..60)) {
        let points = values.iter().copied().map(Points::from_hundredths);
        let exact = points.clone().map(Fraction::of).fold(Fraction::ZERO, Fraction::plus);
        let sum: Points = points.clone().sum();
        prop_assert_eq!(Fraction::of(sum), exact);
        prop_assert_eq!(points.fold(sum, |rest, value| rest - value), Points::ZERO);
    }

    #[test]
    fn any_text_is_read_or_refused(typed in prop_oneof![random::text(), "[-+０-９0-9.。．]{0,14}"]) {
        if let Ok(value) = Points::parse(&typed) {
            prop_assert!(value >= Points::ZERO);
            prop_assert_eq!(Points::parse(&value.to_string()), Ok(value));
        }
    }
}
