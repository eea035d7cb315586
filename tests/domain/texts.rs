//! Reading dates and page counts, and what is removed from a text.

use proptest::prelude::*;
use zhidu::value::text::{DateError, cleaned, full_date, pages, partial_date, year};

use crate::random;

#[track_caller]
fn check(typed: &str, partial: Result<&str, DateError>, full: Result<&str, DateError>) {
    assert_eq!(partial_date(typed), partial.map(str::to_owned), "{typed:?} as a partial date");
    assert_eq!(full_date(typed), full.map(str::to_owned), "{typed:?} as a full date");
}

#[test]
fn every_scalar_value_survives_but_three() {
    let all: String = (char::MIN..=char::MAX).collect();
    let (kept, removed) = cleaned(&all).unwrap();
    let lost: String = all.chars().filter(|c| ['\0', '\u{FFFE}', '\u{FFFF}'].contains(c)).collect();
    assert_eq!((removed, lost.chars().count()), (3, 3));
    assert!(kept.chars().eq(all.chars().filter(|c| !lost.contains(*c))));
    assert_eq!(cleaned(&kept), None);
}

#[test]
fn each_removed_character_is_counted() {
    assert_eq!(cleaned("\0教\u{FFFE}\u{FFFF}育\0"), Some(("教育".to_owned(), 4)));
    assert_eq!(cleaned("\0"), Some((String::new(), 1)));
    assert_eq!(cleaned(""), None);
    assert_eq!(cleaned("\u{FFFD}\u{FEFF}\u{1FFFE}\u{1}"), None);
}

#[test]
fn full_dates_are_read_in_the_usual_ways_of_writing() {
    for typed in [
        "2023年9月5日",
        "2023年09月05日",
        "2023年9月5号",
        "2023-9-5",
        "2023-09-05",
        "2023/9/5",
        "2023.09.05",
        "20230905",
        "２０２３年９月５日",
        "２０２３－９－５",
        "2023—9—5",
        "2023。9。5",
        " 2023 年 9 月 5 日 ",
        "2023年9月5",
    ] {
        check(typed, Ok("2023年9月5日"), Ok("2023-09-05"));
    }
}

#[test]
fn partial_dates_stay_partial_and_are_no_full_dates() {
    for (typed, kept) in [
        ("2023", "2023年"),
        ("2023年", "2023年"),
        ("２０２３", "2023年"),
        ("1900", "1900年"),
        ("2199年", "2199年"),
        ("2023年9月", "2023年9月"),
        ("2023-09", "2023年9月"),
        ("2023.9", "2023年9月"),
        ("2023/12", "2023年12月"),
    ] {
        check(typed, Ok(kept), Err(DateError::Unreadable));
    }
    for typed in ["", " ", "\u{3000}"] {
        check(typed, Ok(""), Ok(""));
    }
}

#[test]
fn what_is_no_date_is_refused() {
    for typed in [
        "去年",
        "九月",
        "9月5日",
        "23年9月",
        "1899年",
        "2200年",
        "20235",
        "2023-9-5-1",
        "2023--9",
        "2023-",
        "-2023",
        "2023年9月5日上午",
        "2023-9-5 10:00",
        "年",
        "日",
        "号",
        "月日",
        "2023日",
        "2023年9日",
        "2023年9月日日",
        "2023-٩",
        "２０２３年九月",
    ] {
        check(typed, Err(DateError::Unreadable), Err(DateError::Unreadable));
    }
}

#[test]
fn days_that_do_not_exist_are_refused() {
    for typed in
        ["2023年13月", "2023-0-5", "2023-9-0", "2023-9-31", "2023-2-29", "1900-2-29", "20230230", "20231301"]
    {
        check(typed, Err(DateError::NoSuchDay), Err(DateError::NoSuchDay));
    }
    for (typed, partial, full) in
        [("2024-2-29", "2024年2月29日", "2024-02-29"), ("2000-2-29", "2000年2月29日", "2000-02-29")]
    {
        check(typed, Ok(partial), Ok(full));
    }
    for month in 1..=12 {
        let days = (1..=31).filter(|day| full_date(&format!("2023-{month}-{day}")).is_ok()).count();
        assert_eq!(days, [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]);
    }
}

#[test]
fn refusals_say_what_to_do() {
    let words = |typed| partial_date(typed).unwrap_err().to_string();
    assert_eq!(words("去年"), "日期请写成 2023年、2023年9月 或 2023年9月5日");
    assert_eq!(words("2023-2-30"), "没有这一天，请核对年月日");
}

#[test]
fn page_counts_are_whole_numbers_from_one() {
    for (typed, kept) in
        [("", ""), (" ", ""), ("6", "6"), ("６", "6"), ("006", "6"), (" 12 页", "12"), ("12页", "12")]
    {
        assert_eq!(pages(typed), Ok(kept.to_owned()), "{typed:?}");
    }
    for typed in ["0", "-1", "+1", "1.5", "六", "约6", "6-8", "99999999999", "٣", "页"] {
        assert_eq!(pages(typed), Err("页数应为大于 0 的整数"), "{typed:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn an_accepted_form_is_final(typed in prop_oneof![
        random::text(),
        "[12][0-9]{3}[-年./]?[0-9]{0,2}[-月./]?[0-9]{0,2}[日号]?",
        "[0-9０-９年月日号页. -]{0,12}",
    ]) {
        if let Ok(kept) = partial_date(&typed) {
            prop_assert_eq!(partial_date(&kept), Ok(kept.clone()));
            prop_assert_eq!(kept.is_empty(), typed.trim().is_empty());
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
            prop_assert!(kept.is_empty() || digits(&kept) >= 4);
        }
        if let Ok(kept) = full_date(&typed) {
            prop_assert_eq!(full_date(&kept), Ok(kept.clone()));
            prop_assert!(partial_date(&typed).is_ok());
        }
        if let Ok(kept) = pages(&typed) {
            prop_assert_eq!(pages(&kept), Ok(kept.clone()));
            prop_assert_eq!(kept.is_empty(), typed.trim().is_empty());
        }
    }
}

#[test]
fn a_year_is_any_text_that_names_one() {
    for (typed, kept) in [
        ("2026", "2026"),
        (" ２０２６年 ", "2026年"),
        ("2025—2026学年", "2025—2026学年"),
        ("截至2026.6", "截至2026.6"),
        ("", ""),
    ] {
        assert_eq!(year(typed), Ok(kept.to_owned()));
    }
    for typed in ["今年", "26", "1026", "20266", "二〇二六"] {
        assert!(year(typed).is_err(), "{typed}");
    }
}
