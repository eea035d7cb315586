//! Texts without what nobody can see in them: invisible characters, odd blanks, marks
//! that a spreadsheet puts in front of a text. [`tidy`] gives what is kept of a cell,
//! [`fold`] what two texts are compared by. Changes no word.

use crate::value::points::half_width_char;

/// The radicals U+2F00 to U+2FD5 as the characters that they look like: texts that
/// were copied from a PDF have them in place of these.
const RADICALS: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// The text of a cell as it is kept: in one line, without invisible characters, without
/// blanks around it, without the quotation mark or the formula by which a spreadsheet
/// is told that something is a text (`'0012`, `="0012"`).
///
/// ```
/// use zhidu::value::fold::tidy;
/// assert_eq!(tidy("\u{202d}9900000001\u{202c}"), "9900000001");
/// assert_eq!(tidy("石桥第一小学\n（总校）"), "石桥第一小学（总校）");
/// assert_eq!(tidy("=\"0012\""), "0012");
/// ```
pub fn tidy(text: &str) -> String {
    if text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'a'..=b'z' | b'A'..=b'Z')) {
        return text.to_owned();
    }
    let mut tidy = String::with_capacity(text.len());
    let mut chars = text.chars().filter_map(seen).peekable();
    while let Some(c) = chars.next() {
        if !matches!(c, '\n' | '\r') {
            tidy.push(c);
            continue;
        }
        while chars.next_if(|next| next.is_whitespace()).is_some() {}
        let wordy = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if wordy(tidy.trim_end().chars().next_back()) && wordy(chars.peek().copied()) {
            tidy.push(' ');
        } else {
            tidy.truncate(tidy.trim_end().len());
        }
    }
    let text = tidy.trim();
    let said = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    let marked = text.strip_prefix('\'').filter(|rest| !rest.is_empty() && !rest.ends_with('\''));
    said.map(|text| text.replace("\"\"", "\"")).unwrap_or_else(|| marked.unwrap_or(text).to_owned())
}

/// What a text is compared by: [`tidy`], in half width and small letters, without any
/// blank.
///
/// ```
/// use zhidu::value::fold::fold;
/// assert_eq!(fold("　⼩ 学\u{200b}（Ａ）"), "小学(a)");
/// ```
pub fn fold(text: &str) -> String {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.to_owned();
    }
    let narrow = tidy(text).chars().map(half_width_char).filter(|c| !c.is_whitespace()).collect::<String>();
    narrow.to_lowercase()
}

/// Whether nobody can see anything in a text.
pub fn is_blank(text: &str) -> bool {
    text.is_empty() || text.chars().all(|c| seen(c).is_none_or(char::is_whitespace))
}

/// A character as it is kept; `None` if nobody can see it.
fn seen(c: char) -> Option<char> {
    Some(match c {
        '\n' | '\r' => c,
        // Tabs, the breaks of Word, and blanks of every width but the ideographic one.
        '\t' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => ' ',
        '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        '\u{0}'..='\u{1F}' | '\u{7F}'..='\u{9F}' => return None,
        // Soft hyphens, marks of direction, joiners, marks of byte order, and what no
        // file can hold.
        '\u{AD}'
        | '\u{61C}'
        | '\u{115F}'
        | '\u{1160}'
        | '\u{180E}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{FFA0}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{FFFE}'
        | '\u{FFFF}' => return None,
        '\u{2F00}'..='\u{2FD5}' => radical(c),
        _ => c,
    })
}

fn radical(c: char) -> char {
    let at = u32::from(c) - 0x2F00;
    usize::try_from(at).ok().and_then(|at| RADICALS.chars().nth(at)).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_radical_has_its_character() {
        assert_eq!(RADICALS.chars().count(), 0x2FD5 - 0x2F00 + 1);
        assert_eq!(tidy("⼩⽔⿓"), "小水龍");
    }

    #[test]
    fn breaks_join_what_is_written_without_blanks() {
        assert_eq!(tidy("青禾小学\r\n（东校区）"), "青禾小学（东校区）");
        assert_eq!(tidy("No.\n 1"), "No.1");
        assert_eq!(tidy("East\nWing"), "East Wing");
    }

    #[test]
    fn tidying_twice_changes_nothing_more() {
        for text in ["'001", "=\"a\"\"b\"", " 一 二 ", "'a'", "\u{1f}x", "=1+1"] {
            let once = tidy(text);
            assert_eq!(tidy(&once), once, "{text:?}");
        }
    }
}
