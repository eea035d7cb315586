//! Numbers and units as narratives write them: 98.5％, 百分之九十九点五, 7.4万人,
//! 1,234, 三百二十. Reads no number by halves: what goes on in a way that it does
//! not know is no number, and a unit that is not the figure's is none either.

use crate::value::number::Number;

/// A number of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Amount {
    /// In millionths.
    pub value: i128,
    /// What 1 in its last place stands for, in millionths.
    pub step: i128,
    /// Whether 百分之 stands before it.
    pub percent: bool,
}

const ONE: i128 = 1_000_000;
/// No figure has more digits.
const LARGEST: i128 = 1_000_000_000_000 * ONE;
/// Units that narratives write in more than one way.
const SPELLINGS: [(&str, &[&str]); 14] = [
    ("人", &["人", "名", "位"]),
    ("人/班", &["人/班", "人"]),
    ("㎡", &["㎡", "平方米", "平米", "m²", "m2"]),
    ("小时/天", &["小时/天", "个小时", "小时"]),
    ("次/年", &["次/年", "次"]),
    ("个班", &["个班", "个"]),
    ("所", &["所", "个"]),
    ("项", &["项", "个"]),
    ("起", &["起", "次", "例"]),
    ("件", &["件", "条"]),
    ("个", &["个", "名"]),
    ("间", &["间", "个"]),
    ("次", &["次"]),
    ("%", &["%"]),
];
/// Of things that are counted a text may leave the unit out.
const COUNTED: [&str; 8] = ["人", "所", "个", "次", "项", "件", "间", "起"];

/// The number at a position, and where it ends.
pub(super) fn read(chars: &[char], at: usize) -> Option<(Amount, usize)> {
    let percent = starts(chars, at, "百分之");
    let at = if percent { at + 3 } else { at };
    let (value, step, mut end) = match chars.get(at)? {
        '0'..='9' => digits(chars, at)?,
        _ => chinese(chars, at)?,
    };
    let mut scale = 1;
    while let Some(more) = chars.get(end).and_then(|c| power(*c)).filter(|_| scale <= ONE) {
        scale *= more;
        end += 1;
    }
    let goes_on = chars.get(end).is_some_and(|c| c.is_ascii_digit() || matches!(c, '.' | ' ' | '点'));
    let value = value.checked_mul(scale)?;
    (!goes_on && scale <= 1_000_000_000_000 && value < LARGEST)
        .then_some((Amount { value, step: step.checked_mul(scale)?, percent }, end))
}

/// The number in the figure's unit, how exact it is, and where its unit ends.
pub(super) fn in_unit(
    amount: Amount,
    unit: &str,
    chars: &[char],
    at: usize,
) -> Option<(Number, Number, usize)> {
    let (base, scale) = match unit.strip_prefix('万') {
        Some(base) => (base, 10_000),
        None => (unit, 1),
    };
    let known = SPELLINGS.iter().find(|(of, _)| *of == base).map(|(_, spellings)| *spellings);
    let spelled = |spelling: &&str| starts(chars, at, spelling);
    let itself = [base];
    let spelling = known.unwrap_or(&itself).iter().find(|it| spelled(it));
    let end = match spelling {
        _ if amount.percent => (base == "%").then_some(at)?,
        Some(spelling) if !spelling.is_empty() => at + spelling.chars().count(),
        _ if base.is_empty() || is_counted_in(base) => at,
        _ => return None,
    };
    let number = |millionths: i128| {
        let exact = millionths % scale == 0;
        i64::try_from(millionths / scale).ok().filter(|_| exact).map(Number::from_millionths)
    };
    Some((number(amount.value)?, number(amount.step)?, end))
}

/// Whether things are counted in a unit.
pub(super) fn is_counted_in(unit: &str) -> bool {
    COUNTED.contains(&unit)
}

/// Whether a word stands at a position.
pub(super) fn starts(chars: &[char], at: usize, word: &str) -> bool {
    let mut rest = chars.get(at..).unwrap_or(&[]).iter();
    word.chars().all(|c| rest.next() == Some(&c))
}

/// Digits, with commas between thousands and a decimal point.
fn digits(chars: &[char], at: usize) -> Option<(i128, i128, usize)> {
    let digit = |at: usize| chars.get(at).and_then(|c| c.to_digit(10)).map(i128::from);
    let group = |at: usize| (1..4).all(|next| digit(at + next).is_some()) && digit(at + 4).is_none();
    let (mut value, mut end, mut commas) = (0_i128, at, false);
    loop {
        if let Some(digit) = digit(end) {
            value = value * 10 + digit;
            if value > 1_000_000_000_000 {
                return None;
            }
            end += 1;
        } else if chars.get(end) == Some(&',') && group(end) && (commas || end - at <= 3) {
            commas = true;
            end += 1;
        } else {
            break;
        }
    }
    let (mut value, mut step) = (value * ONE, ONE);
    if chars.get(end) == Some(&'.') && digit(end + 1).is_some() {
        end += 1;
        while let Some(digit) = digit(end) {
            step = if step % 10 == 0 { step / 10 } else { return None };
            value += digit * step;
            end += 1;
        }
    }
    Some((value, step, end))
}

/// A numeral in Chinese characters below 万, with 点 for the decimal point.
fn chinese(chars: &[char], at: usize) -> Option<(i128, i128, usize)> {
    let (mut value, mut digit, mut end) = (0_i128, None, at);
    while let Some(c) = chars.get(end) {
        if let Some(it) = numeral(*c) {
            // 二三 is no numeral; 一百零二 is.
            if digit.is_some_and(|before| before != 0) {
                return None;
            }
            digit = Some(it);
        } else if let Some(it @ 10..=1000) = power(*c) {
            value += digit.take().unwrap_or(1) * it;
        } else {
            break;
        }
        end += 1;
    }
    if end == at {
        return None;
    }
    let (mut value, mut step) = ((value + digit.unwrap_or(0)) * ONE, ONE);
    if chars.get(end) == Some(&'点') && chars.get(end + 1).is_some_and(|c| numeral(*c).is_some()) {
        end += 1;
        while let Some(digit) = chars.get(end).and_then(|c| numeral(*c)) {
            step = if step % 10 == 0 { step / 10 } else { return None };
            value += digit * step;
            end += 1;
        }
    }
    Some((value, step, end))
}

fn power(c: char) -> Option<i128> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        '万' => Some(10_000),
        '亿' => Some(100_000_000),
        _ => None,
    }
}

/// The digit that a Chinese character stands for.
pub(super) fn numeral(c: char) -> Option<i128> {
    let digit = match c {
        '零' | '〇' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    };
    Some(digit)
}

/// Whether a number at a position says how many.
pub(super) fn is_count(chars: &[char], at: usize) -> bool {
    chars.get(at).is_some_and(char::is_ascii_digit) || starts(chars, at, "百分之")
}
