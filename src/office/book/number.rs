//! Numbers as the digits that Excel has of them, and the days and times among them.

/// Excel's days from here on are no dates: it counts to the end of 9999.
const DAYS: f64 = 2_958_466.0;
/// So many days later begins the calendar of old Macintosh files.
const MACINTOSH: f64 = 1_462.0;
/// From here on a number has more than 15 digits before its point.
const DIGITS_15: f64 = 1e15;

/// The number that a text is, written as files write them.
pub(super) fn parsed(text: &str) -> Option<f64> {
    let is_number = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E'));
    let number: f64 = if is_number { text.parse().ok()? } else { return None };
    number.is_finite().then_some(number)
}

/// A number with the 15 digits that Excel shows: 0.1 + 0.2 is 0.3.
pub(super) fn decimal(number: f64) -> String {
    let shown: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    if shown == 0.0 { "0".to_owned() } else { shown.to_string() }
}

/// Whether a number has digits that neither Excel nor this program can keep.
pub(super) fn is_rounded(number: f64) -> bool {
    number.abs() >= DIGITS_15
}

/// A date or a time as digits: it is never taken for the number that Excel keeps of
/// it. `None` if it is none.
pub(super) fn moment(number: f64, from_1904: bool) -> Option<String> {
    let number = if from_1904 { number + MACINTOSH } else { number };
    if !(0.0..DAYS).contains(&number) {
        return None;
    }
    let (mut day, mut second) = (number.floor(), ((number - number.floor()) * 86_400.0).round());
    if second >= 86_400.0 {
        (day, second) = (day + 1.0, 0.0);
    }
    #[allow(clippy::cast_possible_truncation, reason = "both are within a few millions")]
    let (day, second) = (day as i64, second as i64);
    let time = format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
    if day == 0 {
        return Some(time);
    }
    let (year, month, date) = match day {
        // Excel has a 29 February 1900, and counts from a day later before it.
        60 => (1900, 2, 29),
        ..60 => civil(day + 1),
        _ => civil(day),
    };
    let date = format!("{year}-{month:02}-{date:02}");
    Some(if second == 0 { date } else { format!("{date} {time}") })
}

/// A length of time, in hours, minutes and seconds.
pub(super) fn elapsed(number: f64) -> Option<String> {
    let seconds = (number * 86_400.0).round();
    if !(0.0..1e12).contains(&seconds) {
        return None;
    }
    #[allow(clippy::cast_possible_truncation, reason = "it is below 10 to the 12th")]
    let seconds = seconds as i64;
    Some(format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60))
}

/// A date and a time as ISO 8601 has them, "2025-03-02T00:00:00" or "PT12H30M00S".
pub(super) fn iso(text: &str) -> String {
    let text = text.trim().trim_end_matches('Z');
    if let Some(length) = text.strip_prefix("PT") {
        let mut numbers = length.split(['H', 'M', 'S']).map(|part| part.split('.').next().unwrap_or(part));
        let parts: Vec<&str> = numbers.by_ref().take(3).collect();
        if let [hour, minute, second] = parts.as_slice()
            && length.contains('H')
            && length.contains('M')
        {
            return format!("{hour:0>2}:{minute:0>2}:{second:0>2}");
        }
        return text.to_owned();
    }
    let Some((date, time)) = text.split_once('T') else { return text.to_owned() };
    let time = time.split(['.', '+']).next().unwrap_or(time);
    if time.bytes().all(|b| matches!(b, b'0' | b':')) { date.to_owned() } else { format!("{date} {time}") }
}

/// Year, month and day of the days since the end of 1899.
fn civil(day: i64) -> (i64, i64, i64) {
    // Years that begin in March, in cycles of 400 years from 1600 on.
    let day = day + 109_511;
    let cycle = day.div_euclid(146_097);
    let in_cycle = day.rem_euclid(146_097);
    let year = (in_cycle - in_cycle / 1_460 + in_cycle / 36_524 - in_cycle / 146_096) / 365;
    let in_year = in_cycle - (365 * year + year / 4 - year / 100);
    let month = (5 * in_year + 2) / 153;
    let date = in_year - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    (1600 + cycle * 400 + year + next, month, date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_excel() {
        for (number, from_1904, shown) in [
            (1.0, false, "1900-01-01"),
            (59.0, false, "1900-02-28"),
            (60.0, false, "1900-02-29"),
            (61.0, false, "1900-03-01"),
            (36_585.0, false, "2000-02-29"),
            (45_718.0, false, "2025-03-02"),
            (44_256.0, true, "2025-03-02"),
            (45_718.75, false, "2025-03-02 18:00:00"),
            (45_717.999_999_9, false, "2025-03-02"),
            (0.5, false, "12:00:00"),
            (2_958_465.0, false, "9999-12-31"),
        ] {
            assert_eq!(moment(number, from_1904).as_deref(), Some(shown), "{number}");
        }
        assert_eq!(
            (moment(-3.0, false), moment(2_958_466.0, false), moment(f64::NAN, true)),
            (None, None, None)
        );
        assert_eq!(elapsed(1.0625).as_deref(), Some("25:30:00"));
        assert_eq!(iso("2025-03-02T00:00:00.000Z"), "2025-03-02");
        assert_eq!(iso("2025-03-02T08:30:00"), "2025-03-02 08:30:00");
        assert_eq!((iso("PT8H30M00S"), iso("PT8H")), ("08:30:00".to_owned(), "PT8H".to_owned()));
    }

    #[test]
    fn numbers_have_the_digits_that_excel_shows() {
        for (text, shown) in [
            ("0.30000000000000004", "0.3"),
            ("1234", "1234"),
            ("-0", "0"),
            ("1.2E+3", "1200"),
            ("1E-7", "0.0000001"),
        ] {
            assert_eq!(parsed(text).map(decimal).as_deref(), Some(shown));
        }
        for text in ["1,234", "", "inf", "NaN", "1e999", "12人", "0x10", "e"] {
            assert_eq!(parsed(text), None, "{text}");
        }
        assert!(is_rounded(110_101_199_003_071_234.0) && !is_rounded(999_999_999_999_999.0));
    }
}
