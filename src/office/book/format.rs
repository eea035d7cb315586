//! Number formats: what a number becomes in its cell. Follows what decides the size
//! of a number, which is what a reader must not miss: thousands scaled away, units
//! written behind, points that are mere signs, per cent, dates. Colours and languages
//! do not matter to it, and of what it cannot follow it says nothing.

use super::number::decimal;

/// So many characters of a format are looked at.
const LONGEST: usize = 1_000;
/// So many characters are shown of a number at most.
const SHOWN: usize = 100;

/// A format.
#[derive(Clone, Debug, Default)]
pub(super) struct Format {
    sections: Vec<Section>,
}

/// What a format makes of a number.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Look {
    /// Its own digits.
    Plain,
    /// A day or a time of day.
    Moment,
    /// A length of time.
    Elapsed,
    /// A hundred times as much, with a sign.
    Percent,
    /// Another size or a unit, as this text.
    Other(String),
}

#[derive(Clone, Debug, Default)]
struct Section {
    condition: Option<(String, f64)>,
    tokens: Vec<Token>,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Kind {
    #[default]
    Number,
    Moment,
    Elapsed,
    Percent,
    Unknown,
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Digit(char),
    Comma,
    Point,
    Literal(char),
    General,
}

impl Format {
    /// Reads a format as files write it.
    pub fn read(code: &str) -> Format {
        let mut signs = code.chars().take(LONGEST).collect::<Vec<_>>().into_iter().peekable();
        let mut sections = vec![Section::default()];
        while let Some(sign) = signs.next() {
            if sign == ';' {
                sections.push(Section::default());
                continue;
            }
            let Some(section) = sections.last_mut() else { break };
            match sign {
                '"' => section.tokens.extend(signs.by_ref().take_while(|c| *c != '"').map(Token::Literal)),
                '\\' | '!' => section.tokens.extend(signs.next().map(Token::Literal)),
                '_' | '*' => drop(signs.next()),
                '[' => section.bracket(&signs.by_ref().take_while(|c| *c != ']').collect::<String>()),
                '0' | '#' | '?' => section.tokens.push(Token::Digit(sign)),
                ',' => section.tokens.push(Token::Comma),
                '.' => section.tokens.push(Token::Point),
                '%' => section.become_kind(Kind::Percent),
                '@' | '/' => section.become_kind(Kind::Unknown),
                'G' | 'g' => {
                    // "General", or what WPS writes for it in Chinese.
                    let rest: String = signs.clone().take(6).collect();
                    let length = match () {
                        () if rest.eq_ignore_ascii_case("eneral") => 6,
                        () if rest.starts_with("/通用格式") => 5,
                        () => 0,
                    };
                    if length > 0 {
                        signs.by_ref().take(length).for_each(drop);
                        section.tokens.push(Token::General);
                    } else {
                        section.become_kind(Kind::Unknown);
                    }
                }
                'E' | 'e' if matches!(signs.peek(), Some('+' | '-')) => section.become_kind(Kind::Unknown),
                'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' | 'e' | 'E' | 'a' | 'A' => {
                    section.become_kind(Kind::Moment);
                }
                sign => section.tokens.push(Token::Literal(sign)),
            }
        }
        Format { sections }
    }

    /// What it makes of a number.
    pub fn look(&self, number: f64) -> Look {
        let Some((section, signed)) = self.section(number) else { return Look::Plain };
        match section.kind {
            Kind::Moment => Look::Moment,
            Kind::Elapsed => Look::Elapsed,
            Kind::Percent => Look::Percent,
            Kind::Unknown => Look::Plain,
            Kind::Number => section.show(number, signed).map_or(Look::Plain, Look::Other),
        }
    }

    /// The section for a number, and whether a minus is still to be written.
    fn section(&self, number: f64) -> Option<(&Section, bool)> {
        let numbers = self.sections.get(..self.sections.len().min(3))?;
        if numbers.iter().any(|it| it.condition.is_some()) {
            let found = numbers.iter().find(|it| it.condition.as_ref().is_none_or(|it| holds(it, number)));
            return found.map(|section| (section, true));
        }
        match numbers {
            [_, negative] | [_, negative, _] if number < 0.0 => Some((negative, false)),
            [_, _, zero] if number == 0.0 => Some((zero, false)),
            _ => numbers.first().map(|section| (section, true)),
        }
    }
}

impl Section {
    /// The stronger of two kinds stays: a day written with a "/" is a day.
    fn become_kind(&mut self, kind: Kind) {
        self.kind = match (self.kind, kind) {
            (Kind::Moment | Kind::Elapsed, Kind::Unknown | Kind::Moment) => self.kind,
            (_, kind) => kind,
        };
    }

    fn bracket(&mut self, inside: &str) {
        let elapsed = ["h", "m", "s"].iter().any(|unit| {
            !inside.is_empty() && inside.to_ascii_lowercase().trim_start_matches(unit).is_empty()
        });
        if elapsed {
            return self.kind = Kind::Elapsed;
        }
        if let Some(symbol) = inside.strip_prefix('$') {
            let symbol = symbol.split('-').next().unwrap_or_default();
            return self.tokens.extend(symbol.chars().map(Token::Literal));
        }
        let sign: String = inside.chars().take_while(|c| matches!(c, '<' | '>' | '=')).collect();
        if let Some(limit) = inside.get(sign.len()..).and_then(|it| it.trim().parse().ok())
            && !sign.is_empty()
        {
            self.condition = Some((sign, limit));
        } else if inside.to_ascii_uppercase().starts_with("DBNUM") {
            self.become_kind(Kind::Unknown);
        }
    }

    /// What stands in the cell, if that is not just the number.
    fn show(&self, number: f64, signed: bool) -> Option<String> {
        let digits = |tokens: &[Token]| tokens.iter().filter(|it| matches!(it, Token::Digit(_))).count();
        let telling = |c: char| c.is_alphabetic() || matches!(c, '.' | '%' | '％' | '‰');
        let tells = self.tokens.iter().any(|it| matches!(it, Token::Literal(c) if telling(*c)));
        if self.tokens.contains(&Token::General) {
            let shown: String = self.tokens.iter().map(|token| self.one(token, number)).collect();
            return tells.then_some(shown);
        }
        let last = self.tokens.iter().rposition(|it| matches!(it, Token::Digit(_)))?;
        let point = self.tokens.iter().position(|it| *it == Token::Point).unwrap_or(self.tokens.len());
        let (whole, part) = self.tokens.split_at_checked(point)?;
        let last_whole = whole.iter().rposition(|it| matches!(it, Token::Digit(_)));
        // Commas behind the last digit before the point, or behind the last of all,
        // each take three zeros away.
        let scales = |at: usize| at > last || (at < point && last_whole.is_some_and(|last| at > last));
        let commas = self.tokens.iter().enumerate().filter(|(_, it)| **it == Token::Comma).map(|(at, _)| at);
        let (scaling, grouping): (Vec<usize>, Vec<usize>) = commas.partition(|at| scales(*at));
        if !tells && scaling.is_empty() {
            return None;
        }
        // How separators and signs between the same digits go together is unclear.
        let first = self.tokens.iter().position(|it| matches!(it, Token::Digit(_)));
        let between = whole.get(first.unwrap_or(0)..last_whole.unwrap_or(0)).unwrap_or_default();
        if !grouping.is_empty() && between.iter().any(|it| matches!(it, Token::Literal(_))) {
            return None;
        }
        let (before, after) = rounded(number, scaling.len() * 3, digits(part))?;
        let is_zero = before.bytes().chain(after.bytes()).all(|b| b == b'0');
        let mut shown = fill_whole(whole, &before, !grouping.is_empty());
        if point < self.tokens.len() {
            shown.push_str(&fill_part(part, &after));
        }
        let minus = if signed && number < 0.0 && !is_zero { "-" } else { "" };
        let shown = format!("{minus}{}", shown.trim());
        (shown.chars().count() <= SHOWN).then_some(shown)
    }

    fn one(&self, token: &Token, number: f64) -> String {
        match token {
            Token::General => decimal(number),
            Token::Literal(c) => c.to_string(),
            Token::Digit(_) | Token::Comma | Token::Point => String::new(),
        }
    }
}

fn holds((sign, limit): &(String, f64), number: f64) -> bool {
    match sign.as_str() {
        "<" => number < *limit,
        "<=" => number <= *limit,
        ">" => number > *limit,
        ">=" => number >= *limit,
        "<>" => (number - *limit).abs() > 0.0,
        _ => (number - *limit).abs() == 0.0,
    }
}

/// The digits before and behind the point of a number made so many powers of ten
/// smaller and rounded to so many places, half up as Excel rounds.
fn rounded(number: f64, smaller: usize, places: usize) -> Option<(String, String)> {
    let text = decimal(number.abs());
    let (before, after) = text.split_once('.').unwrap_or((&text, ""));
    let mut before = format!("{}{before}", "0".repeat(smaller));
    let after_scaling = before.split_off(before.len().checked_sub(smaller)?);
    let mut after = format!("{after_scaling}{after}");
    let up = after.as_bytes().get(places).is_some_and(|digit| *digit >= b'5');
    after.truncate(places);
    after.extend(std::iter::repeat_n('0', places.saturating_sub(after.len())));
    let mut digits = format!("0{before}{after}").into_bytes();
    if up {
        for digit in digits.iter_mut().rev() {
            if *digit < b'9' {
                *digit += 1;
                break;
            }
            *digit = b'0';
        }
    }
    let digits = String::from_utf8(digits).ok()?;
    let (before, after) = digits.split_at_checked(digits.len().checked_sub(places)?)?;
    Some((before.trim_start_matches('0').to_owned(), after.to_owned()))
}

/// The part before the point, filled from its end, signs between the digits kept.
fn fill_whole(tokens: &[Token], digits: &str, grouped: bool) -> String {
    let first = tokens.iter().position(|it| matches!(it, Token::Digit(_)));
    let mut left: Vec<char> = digits.chars().collect();
    let mut shown: Vec<char> = Vec::new();
    let mut written = 0;
    let mut write = |shown: &mut Vec<char>, digit: char| {
        if grouped && written > 0 && written % 3 == 0 {
            shown.push(',');
        }
        written += 1;
        shown.push(digit);
    };
    for (at, token) in tokens.iter().enumerate().rev() {
        match token {
            Token::Literal(sign) => shown.push(*sign),
            Token::Digit(sort) => {
                match left.pop() {
                    Some(digit) => write(&mut shown, digit),
                    None if *sort == '0' => write(&mut shown, '0'),
                    None => {}
                }
                if Some(at) == first {
                    while let Some(digit) = left.pop() {
                        write(&mut shown, digit);
                    }
                }
            }
            Token::Comma | Token::Point | Token::General => {}
        }
    }
    shown.iter().rev().collect()
}

/// The point and what is behind it; zeros that are not asked for are left out.
fn fill_part(tokens: &[Token], digits: &str) -> String {
    let mut left = digits;
    let mut shown = String::new();
    for token in tokens {
        match token {
            Token::Literal(sign) => shown.push(*sign),
            Token::Point if shown.is_empty() => shown.push('.'),
            Token::Digit(sort) => {
                let (digit, rest) = left.split_at_checked(1).unwrap_or(("", ""));
                if *sort == '0' || left.bytes().any(|b| b != b'0') {
                    shown.push_str(digit);
                }
                left = rest;
            }
            Token::Comma | Token::Point | Token::General => {}
        }
    }
    shown
}

/// The format that a number stands for by itself, if it is a telling one.
pub(super) fn built_in(number: u32) -> Option<&'static str> {
    match number {
        9 => Some("0%"),
        10 => Some("0.00%"),
        // Days and times, among them those that only Chinese Excel has.
        14..=22 | 27..=36 | 45 | 47 | 50..=58 => Some("yyyy/m/d h:mm"),
        46 => Some("[h]:mm:ss"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn shows(code: &str, number: f64, shown: &str) {
        assert_eq!(Format::read(code).look(number), Look::Other(shown.to_owned()), "{code}");
    }

    #[test]
    fn sizes_and_units_are_shown_as_excel_shows_them() {
        shows("0!.0,\"万\"", 12_000_000.0, "1200.0万");
        shows("0\\.0,\"万\"", 123_456.0, "12.3万");
        shows("0!.0000", 12_345.0, "1.2345");
        shows("0.00,,\"百万\"", 12_345_678.0, "12.35百万");
        shows("#,##0.00\"万元\"", 1_234.5, "1,234.50万元");
        shows("#,##0.00\"万元\"", -1_234.5, "-1,234.50万元");
        shows("0,\"千元\"", 12_500.0, "13千元");
        shows("0,.0\"千元\"", 12_540.0, "12.5千元");
        shows("0.0,", 12_540.0, "12.5");
        shows("#,##0,", 12_540_000.0, "12,540");
        shows("0人", 36.0, "36人");
        shows("General\"元\"", 0.5, "0.5元");
        shows("G/通用格式\"元\"", 12.0, "12元");
        shows("0.##\"元\"", 1.5, "1.5元");
        shows("\"约\"0.0_ ;[Red]\\-0.0\\ \"万\"", -2.0, "-2.0 万");
        shows("[>=10000]0!.0,\"万\";0\"元\"", 12_000_000.0, "1200.0万");
        shows("[>=10000]0!.0,\"万\";0\"元\"", 500.0, "500元");
        shows("[$元-804]#,##0", 1_200.0, "元1,200");
        shows("0\"%\"", 95.0, "95%");
        shows("0.00\"元\"", 0.125, "0.13元");
        shows("0\"元\"", 999.5, "1000元");
        shows("0.0,\"千\"", -0.01, "0.0千");
        shows("0;0;\"无\"0", 0.0, "无0");
    }

    #[test]
    fn plain_numbers_are_left_alone() {
        for code in [
            "General",
            "0",
            "0.00",
            "#,##0.00",
            "\"¥\"#,##0.00",
            "_ * #,##0.00_ ;_ * \\-#,##0.00_ ",
            "# ?/?",
            "0.00E+00",
            "@",
            "",
            "[DBNum1]General\"元\"",
            "#,##0!.0000\"万元\"",
            "0.0;;;",
        ] {
            assert_eq!(Format::read(code).look(1_234.5), Look::Plain, "{code}");
        }
    }

    #[test]
    fn days_lengths_and_parts_of_a_hundred_are_told_apart() {
        let look = |code| Format::read(code).look(1.0);
        for code in
            ["yyyy/m/d", "yyyy\"年\"m\"月\"d\"日\"", "[$-804]yyyy-mm-dd;@", "h:mm AM/PM", "m/d", "e\"年\""]
        {
            assert_eq!(look(code), Look::Moment, "{code}");
        }
        assert_eq!((look("[h]:mm:ss"), look("[mm]:ss")), (Look::Elapsed, Look::Elapsed));
        assert_eq!((look("0.00%"), look("0%;-0%")), (Look::Percent, Look::Percent));
        assert_eq!(look("0\\%"), Look::Other("1%".into()));
        for number in 0..100 {
            let telling = built_in(number).is_some_and(|code| Format::read(code).look(1.0) != Look::Plain);
            assert_eq!(telling, built_in(number).is_some());
        }
    }

    #[test]
    fn any_signs_are_a_format_of_some_sort() {
        let signs = [
            '0', '#', '?', '.', ',', ';', '"', '\\', '!', '[', ']', '%', 'm', 'E', '+', '万', '_', '*', '>',
            '1',
        ];
        let mut state = 7_u64;
        for _ in 0..20_000 {
            let code: String = (0..12)
                .map(|_| {
                    state =
                        state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    signs[(state >> 33) as usize % signs.len()]
                })
                .collect();
            for number in [0.0, -1.5, 12_345_678.9, 1e300, 5e-324] {
                let _ = Format::read(&code).look(number);
            }
        }
    }
}
