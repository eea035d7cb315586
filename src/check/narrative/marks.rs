//! The marks that open headings and items: 一、 （一） 1. 2.1 （1） ① - ● ★. Refuses
//! a mark in the middle of a clause, which is a number or a sign of its own.

/// Signs that open an item, other than numbers.
const SIGNS: &str = "-~·•●○◎■◆◇▲△▪▫►▶★☆※➢✓✔√→*#";
/// How high items stand: below everything that is numbered otherwise.
const ITEM: u8 = 4;

/// The mark that opens a heading or an item, by how high it stands, and its
/// length: 一、 before （一） before 1. before ①.
pub(super) fn marker(chars: &[char]) -> Option<(u8, usize)> {
    let signs = chars.iter().take(3).take_while(|c| SIGNS.contains(**c)).count();
    if signs > 0 {
        return Some((ITEM, signs));
    }
    if chars.first().is_some_and(|c| is_number_sign(*c)) {
        return Some((ITEM, 1 + usize::from(matches!(chars.get(1), Some('、' | '.')))));
    }
    numbered(chars)
}

/// How long the mark of an item is that begins a clause in the middle of a sentence.
pub(super) fn item(chars: &[char], at: usize) -> Option<usize> {
    let opens = at.checked_sub(1).and_then(|it| chars.get(it)).is_some_and(|c| matches!(c, ';' | ':' | ','));
    marker(chars.get(at..)?).filter(|_| opens).map(|(_, length)| length)
}

/// ① and its like, which open an item wherever they stand.
pub(super) fn is_number_sign(c: char) -> bool {
    matches!(c, '\u{2460}'..='\u{24FF}' | '\u{2776}'..='\u{2793}' | '\u{3220}'..='\u{3229}')
}

/// 一、 （一） 1. （1） 2.1
fn numbered(chars: &[char]) -> Option<(u8, usize)> {
    let bracket = chars.first() == Some(&'(');
    let at = usize::from(bracket);
    let run = |at: usize, is: fn(&char) -> bool| {
        chars.get(at..).unwrap_or(&[]).iter().take(3).take_while(|c| is(c)).count()
    };
    let chinese = run(at, |c| "一二三四五六七八九十".contains(*c));
    let mut end = at + chinese.max(run(at, char::is_ascii_digit));
    let mut levels = 1;
    // 1. 2023年 is an item that begins with a year.
    let year = |at: usize| {
        let digits = chars.get(at..).unwrap_or(&[]).iter().take_while(|c| c.is_ascii_digit()).count();
        digits == 4 && matches!(chars.get(at + 4), Some('年' | '学'))
    };
    while chinese == 0
        && chars.get(end) == Some(&'.')
        && run(end + 1, char::is_ascii_digit) > 0
        && !year(end + 1)
    {
        end += 1 + run(end + 1, char::is_ascii_digit);
        levels += 1;
    }
    let (length, rank) = match chars.get(end) {
        Some(')') => (end + 1, if chinese == 0 { 3 } else { 1 + u8::from(bracket) }),
        Some('、' | '.') if !bracket => (end + 1, if chinese == 0 { 3 } else { 1 }),
        // 2.1 教师队伍, but not 2.1万人.
        Some(c) if levels > 1 && !bracket && !"万亿千百十个元人所名%".contains(*c) => (end, 3),
        _ => return None,
    };
    (end > at).then_some((rank, length))
}
