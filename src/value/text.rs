//! What the program does to typed text once its field is left: as little as
//! possible. Everything survives but three characters that no XML file can hold.

use crate::value::points::half_width;

/// Characters that are removed from typed text: NUL, U+FFFE and U+FFFF cannot
/// stand in an Excel file in any form.
const REMOVED: [char; 3] = ['\0', '\u{FFFE}', '\u{FFFF}'];

/// The text without the characters that cannot be kept, and how many there
/// were; `None` if there is nothing to remove.
pub fn cleaned(text: &str) -> Option<(String, usize)> {
    let count = text.chars().filter(|c| REMOVED.contains(c)).count();
    (count > 0).then(|| (text.chars().filter(|c| !REMOVED.contains(c)).collect(), count))
}

/// A text in a line that has room for `most` characters of it: what is cut off ends with "…".
pub fn shortened(text: &str, most: usize) -> String {
    let mut short: String = text.chars().take(most).collect();
    if text.chars().nth(most).is_some() {
        short.push('…');
    }
    short
}

/// Why a typed date is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Neither a year, a month nor a day.
    #[error("日期请写成 2023年、2023年9月 或 2023年9月5日")]
    Unreadable,
    /// There is no such day or month.
    #[error("没有这一天，请核对年月日")]
    NoSuchDay,
}

/// A date that may be partial, as it is kept once its field is left:
/// "2023-9-5", "2023.09.05", "20230905" and "２０２３年９月５日" all become
/// "2023年9月5日"; "2023-09" becomes "2023年9月"; an empty text stays empty.
///
/// # Errors
/// Any other text is refused; the years are 1900 to 2199.
pub fn partial_date(raw: &str) -> Result<String, DateError> {
    Ok(match date_parts(raw)? {
        (0, ..) => String::new(),
        (year, 0, _) => format!("{year}年"),
        (year, month, 0) => format!("{year}年{month}月"),
        (year, month, day) => format!("{year}年{month}月{day}日"),
    })
}

/// A full date as YYYY-MM-DD, or empty for an empty text.
///
/// # Errors
/// As [`partial_date`]; a partial date is refused too.
pub fn full_date(raw: &str) -> Result<String, DateError> {
    match date_parts(raw)? {
        (0, ..) => Ok(String::new()),
        (_, 0, _) | (_, _, 0) => Err(DateError::Unreadable),
        (year, month, day) => Ok(format!("{year}-{month:02}-{day:02}")),
    }
}

/// A text that says which year it is about, tidied: 2026, 2026年, 2025—2026学年; or an
/// empty one.
///
/// # Errors
/// When no year from 2000 to 2099 stands in it.
pub fn year(raw: &str) -> Result<String, &'static str> {
    let text = half_width(raw.trim());
    let mut runs = text.split(|c: char| !c.is_ascii_digit());
    if text.is_empty() || runs.any(|run| run.len() == 4 && run.starts_with("20")) {
        Ok(text)
    } else {
        Err("请写明年份，如 2026 或 2025—2026学年")
    }
}

/// The number of a day, counted from 2000-03-01, for the distance between two.
/// A time behind the date is left out of account: "2026-11-23 14:05". `None` for
/// what is no full date.
pub fn day_number(text: &str) -> Option<i64> {
    let (year, month, day) = date_parts(text.split(' ').next()?).ok().filter(|(.., day)| *day > 0)?;
    // Years that begin in March end with the day that is not always there.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (year, month, day) = (i64::from(year) - 2000, i64::from(month), i64::from(day));
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Some(year * 365 + leap_days + (month * 153 + 2) / 5 + day - 1)
}

fn date_parts(raw: &str) -> Result<(u32, u32, u32), DateError> {
    let typed = half_width(raw);
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok((0, 0, 0));
    }
    let (plain, ends_in_day) = match typed.strip_suffix(['日', '号']) {
        Some(plain) => (plain, true),
        None => (typed, false),
    };
    let split: Vec<String> = if plain.len() == 8 && plain.bytes().all(|b| b.is_ascii_digit()) {
        [plain.get(..4), plain.get(4..6), plain.get(6..)].into_iter().flatten().map(str::to_owned).collect()
    } else {
        plain
            .trim_end_matches(['年', '月'])
            .split(['年', '月', '-', '/', '.', '—', '－'])
            .map(|part| part.trim().to_owned())
            .collect()
    };
    let number = |index: usize| match split.get(index) {
        None => Ok(0),
        Some(part) if (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()) => {
            match part.parse() {
                Ok(0) => Err(DateError::NoSuchDay),
                Ok(value) => Ok(value),
                Err(_) => Err(DateError::Unreadable),
            }
        }
        Some(_) => Err(DateError::Unreadable),
    };
    let (year, month, day) = (number(0)?, number(1)?, number(2)?);
    if split.len() > 3 || !(1900..2200).contains(&year) || (ends_in_day && day == 0) {
        return Err(DateError::Unreadable);
    }
    if month > 12 || day > days_of(year, month) {
        return Err(DateError::NoSuchDay);
    }
    Ok((year, month, day))
}

fn days_of(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// A number of pages as it is kept once its field is left: a whole number
/// from 1, full-width digits accepted, an empty text stays empty.
///
/// # Errors
/// Any other text is refused with the words to show beside the field.
pub fn pages(raw: &str) -> Result<String, &'static str> {
    let plain = half_width(raw);
    let plain = plain.trim();
    if plain.is_empty() {
        return Ok(String::new());
    }
    let plain = plain.strip_suffix('页').unwrap_or(plain).trim();
    match plain.parse::<u32>() {
        Ok(count) if count > 0 && plain.bytes().all(|b| b.is_ascii_digit()) => Ok(count.to_string()),
        _ => Err("页数应为大于 0 的整数"),
    }
}

/// How many places a plain decimal has: 0 for "12", 2 for "4.50"; `None` for what is none.
pub fn decimal_places(text: &str) -> Option<usize> {
    let (whole, places) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let sound = digits(whole) && (digits(places) || !text.contains('.'));
    sound.then_some(places.len())
}
