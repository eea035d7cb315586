//! Exact decimals: reading what people type, and comparing quotients.

use std::cmp::Ordering;

use proptest::prelude::*;
use zhidu::school::{Column, Sort};
use zhidu::value::number::{Number, NumberError, Quotient, glance};

fn number(text: &str) -> Number {
    Number::parse(text).unwrap()
}

#[test]
fn what_people_type_is_read() {
    let cases = [
        ("0", "0"),
        (" 1,234,567.50 ", "1234567.5"),
        ("１，２３４．５", "1234.5"),
        ("-2.5", "-2.5"),
        ("−2.5", "-2.5"),
        ("+3", "3"),
        (".5", "0.5"),
        ("007.100", "7.1"),
        ("-0", "0"),
        ("999999999999.999999", "999999999999.999999"),
    ];
    for (typed, read) in cases {
        assert_eq!(number(typed).to_string(), read, "{typed}");
    }
}

#[test]
fn what_is_no_number_is_refused_with_its_reason() {
    let cases = [
        ("", NumberError::Unreadable),
        (".", NumberError::Unreadable),
        ("一百", NumberError::Unreadable),
        ("12人", NumberError::Words),
        ("1e3", NumberError::Words),
        ("1.2.3", NumberError::Unreadable),
        ("12,34", NumberError::Commas),
        (",123", NumberError::Commas),
        ("1.2345678", NumberError::TooPrecise),
        ("1000000000000", NumberError::TooLarge),
    ];
    for (typed, why) in cases {
        assert_eq!(Number::parse(typed), Err(why), "{typed}");
    }
}

#[test]
fn a_quotient_never_looks_better_than_it_is() {
    let share = |over, under| Quotient::new(number(over), 100, number(under)).unwrap();
    assert_eq!(share("339", "400").to_text(), "84.75");
    assert_eq!(share("84996", "100000").to_text(), "84.996");
    assert_eq!(share("2", "3").to_text(), "66.666666…");
    assert_eq!(share("999999999", "1000000000").to_text(), "99.9999999".get(..9).unwrap().to_owned() + "…");
    assert_eq!(share("-1", "3").to_text(), "-33.333333…");
    assert!(Quotient::new(number("1"), 1, Number::ZERO).is_none());
    assert!(Quotient::new(number("1"), 1, number("-1")).is_none());
    assert_eq!(share("84996", "100000").compare(number("85")), Ordering::Less);
    assert_eq!(share("85", "100").compare(number("85")), Ordering::Equal);
}

proptest! {
    #[test]
    fn a_number_survives_being_written(millionths in -999_999_999_999_999_999_i64..=999_999_999_999_999_999) {
        let value = Number::from_millionths(millionths);
        prop_assert_eq!(number(&value.to_string()), value);
    }

    /// One in the last digit that can be typed decides.
    #[test]
    fn a_quotient_is_compared_to_the_last_digit(
        under in 1_i64..=999_999_999_999_999_999,
        limit in 0_i64..=200_000_000,
        beside in -1_i64..=1,
    ) {
        // The exact value of over × 100 / under against limit, as a product.
        let over = (i128::from(limit) * i128::from(under) / 100_000_000) as i64 + beside;
        prop_assume!((0..=999_999_999_999_999_999).contains(&over));
        let quotient = Quotient::new(Number::from_millionths(over), 100, Number::from_millionths(under)).unwrap();
        let expected = (i128::from(over) * 100 * 1_000_000).cmp(&(i128::from(under) * i128::from(limit)));
        prop_assert_eq!(quotient.compare(Number::from_millionths(limit)), expected);
    }
}

/// Full-width twins of what people type, blanks and all.
fn wide(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            ' ' => '\u{3000}',
            '!'..='~' => char::from_u32(c as u32 + 0xFEE0).unwrap(),
            _ => c,
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Plain ASCII is read by a shorter way; it leads to the same place.
    #[test]
    fn the_short_way_reads_what_the_long_one_does(text in "[0-9]{0,14}[.,+ -]?[0-9]{0,8}[. a%]?[0-9]{0,3}") {
        prop_assert_eq!(Number::parse(&text), Number::parse(&wide(&text)));
        prop_assert_eq!(Number::parse(&text), Number::parse(&format!(" {text}")));
        for column in Column::ALL.into_iter().filter(|it| matches!(it.sort(), Sort::Count | Sort::Amount)) {
            prop_assert_eq!(column.read(&text), column.read(&wide(&text)));
        }
    }

    #[test]
    fn words_are_read_with_and_without_blanks(index in 0..9_usize, at in 0..3_usize) {
        for column in [Column::Kind, Column::Stage, Column::Sponsor, Column::Area] {
            let words = column.words();
            let word = words[index % words.len()];
            let mut chars: Vec<char> = word.chars().collect();
            chars.insert(at.min(chars.len()), '\u{3000}');
            let spaced: String = chars.into_iter().collect();
            prop_assert_eq!(column.read(&spaced), Ok(None));
            prop_assert_eq!(column.normalised(&spaced), word);
            prop_assert_eq!(column.normalised(word), word);
        }
    }
}

#[test]
fn white_space_of_any_kind_is_empty() {
    for blank in ["", " ", "\u{3000}", "\t\u{A0}\u{2003}\n"] {
        for column in Column::ALL {
            assert_eq!(column.read(blank), Ok(None), "{blank:?}");
        }
    }
}

#[test]
fn a_value_is_cut_to_what_is_read_at_a_glance_and_never_rounded() {
    for (exact, shown) in [
        ("", ""),
        ("85 %", "85 %"),
        ("84.9966 %", "84.9966 %"),
        ("84.99999 %", "84.9999… %"),
        ("99.416184… %", "99.4161… %"),
        ("0.123456", "0.1234…"),
        ("小学 0.61234567，初中 0.5", "小学 0.6123…，初中 0.5"),
        ("〔2017〕6号.", "〔2017〕6号."),
    ] {
        assert_eq!(glance(exact), shown);
    }
}
