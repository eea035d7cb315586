//! The units in which tables of others give money, areas and counts, and how their
//! numbers become those of a column. Guesses nothing: a unit that is not known stays
//! unknown.

use crate::school::Column;
use crate::value::fold::fold;
use crate::value::number::Number;

/// What a column measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// 万元.
    Money,
    /// ㎡.
    Area,
    /// Things and people that are counted.
    Count,
}

/// A unit: a number in it, times [`Unit::times`] and over [`Unit::under`], is one in
/// the unit of the column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// What it is called.
    pub name: &'static str,
    /// What it measures.
    pub dimension: Dimension,
    times: u32,
    under: u32,
}

const fn unit(name: &'static str, dimension: Dimension, times: u32, under: u32) -> Unit {
    Unit { name, dimension, times, under }
}

/// All that are known, of each dimension from the smallest.
pub const UNITS: [Unit; 20] = [
    unit("元", Dimension::Money, 1, 10_000),
    unit("百元", Dimension::Money, 1, 100),
    unit("千元", Dimension::Money, 1, 10),
    unit("万元", Dimension::Money, 1, 1),
    unit("十万元", Dimension::Money, 10, 1),
    unit("百万元", Dimension::Money, 100, 1),
    unit("千万元", Dimension::Money, 1_000, 1),
    unit("亿元", Dimension::Money, 10_000, 1),
    unit("㎡", Dimension::Area, 1, 1),
    unit("百㎡", Dimension::Area, 100, 1),
    unit("千㎡", Dimension::Area, 1_000, 1),
    unit("万㎡", Dimension::Area, 10_000, 1),
    unit("亩", Dimension::Area, 2_000, 3),
    unit("公顷", Dimension::Area, 10_000, 1),
    unit("平方千米", Dimension::Area, 1_000_000, 1),
    unit("个", Dimension::Count, 1, 1),
    unit("十", Dimension::Count, 10, 1),
    unit("百", Dimension::Count, 100, 1),
    unit("千", Dimension::Count, 1_000, 1),
    unit("万", Dimension::Count, 10_000, 1),
];

/// Words for one thing or one person.
const COUNTED: [&str; 14] =
    ["人", "名", "位", "个", "间", "所", "班", "台", "套", "处", "个班", "人次", "教学班", "间数"];

/// Other words for what [`UNITS`] calls ㎡.
const SQUARE_METRES: [&str; 9] = ["平方米", "平方公尺", "平米", "平方", "m2", "m²", "m^2", "㎡", "方"];

impl Column {
    /// What it measures; `None` where it holds no numbers.
    pub const fn dimension(self) -> Option<Dimension> {
        match self.unit().as_bytes() {
            b"" => None,
            unit if same(unit, "万元".as_bytes()) => Some(Dimension::Money),
            unit if same(unit, "㎡".as_bytes()) => Some(Dimension::Area),
            _ => Some(Dimension::Count),
        }
    }
}

const fn same(one: &[u8], other: &[u8]) -> bool {
    let ([a, one @ ..], [b, other @ ..]) = (one, other) else { return one.is_empty() && other.is_empty() };
    *a == *b && same(one, other)
}

impl Unit {
    /// The unit of this name.
    pub fn named(name: &str) -> Option<Unit> {
        UNITS.into_iter().find(|it| it.name == name)
    }

    /// Those of a dimension.
    pub fn of(dimension: Dimension) -> impl Iterator<Item = Unit> {
        UNITS.into_iter().filter(move |it| it.dimension == dimension)
    }

    /// Whether a number stays as it is.
    pub const fn is_own(self) -> bool {
        self.times == self.under
    }

    /// The unit that a word is, whatever brackets, 单位 and 人民币 stand around it:
    /// "（单位：人民币千元）" is 千元.
    pub fn read(word: &str) -> Option<Unit> {
        let word = bare(word);
        if let Some(known) = Unit::named(&word).filter(|it| it.dimension != Dimension::Count) {
            return Some(known);
        }
        let (size, base) = sized(&word);
        let name = if SQUARE_METRES.contains(&base) {
            format!("{size}㎡")
        } else if matches!(base, "平方公里" | "平方千米") && size.is_empty() {
            "平方千米".to_owned()
        } else if COUNTED.contains(&base) {
            if size.is_empty() { "个".to_owned() } else { size.to_owned() }
        } else if matches!(base, "元" | "圆" | "块" | "元整" | "rmb" | "¥") {
            format!("{size}元")
        } else if base == "人民币" {
            "元".to_owned()
        } else {
            return None;
        };
        Unit::named(&name)
    }

    /// As [`Unit::read`], for what stands behind a number: there 万 alone is ten
    /// thousand of whatever the column counts.
    pub fn behind_number(word: &str, dimension: Dimension) -> Option<Unit> {
        let bare = bare(word);
        let (size, rest) = sized(&bare);
        if rest.is_empty() && !size.is_empty() {
            let name = match dimension {
                Dimension::Money => format!("{size}元"),
                Dimension::Area => format!("{size}㎡"),
                Dimension::Count => size.to_owned(),
            };
            return Unit::named(&name);
        }
        Unit::read(word).filter(|it| it.dimension == dimension)
    }

    /// The multiple that a word is which stands alone behind a number: 万 is 10 000.
    pub fn multiple(word: &str) -> Option<Number> {
        let bare = bare(word);
        let (size, rest) = sized(&bare);
        let unit = Unit::named(size).filter(|it| rest.is_empty() && it.dimension == Dimension::Count)?;
        unit.convert(Number::whole(1))
    }

    /// A number in this unit as one of the column's; `None` where the column's unit has
    /// too few places for it. 亩, two thirds of a thousand square metres, is given to
    /// the hundredth.
    pub fn convert(self, number: Number) -> Option<Number> {
        let over = i128::from(number.millionths()) * i128::from(self.times);
        let under = i128::from(self.under);
        let exact = (over % under == 0).then_some(over / under);
        const HUNDREDTH: i128 = 10_000;
        let rounded = || (2 * over + under * HUNDREDTH).div_euclid(2 * under * HUNDREDTH) * HUNDREDTH;
        let millionths = if self.under == 3 { exact.unwrap_or_else(rounded) } else { exact? };
        const MOST: i128 = 1_000_000_000_000_000_000;
        let millionths = Some(millionths).filter(|it| it.abs() < MOST)?;
        i64::try_from(millionths).ok().map(Number::from_millionths)
    }
}

/// A word for a unit without what may stand around it.
fn bare(word: &str) -> String {
    let word = fold(word);
    let brackets: &[char] = &['(', ')', '[', ']', '【', '】', '〔', '〕', '<', '>', '"', '“', '”'];
    let mut word = word.trim_matches(brackets);
    for front in ["金额", "面积", "计量", "计", "以", "单位"] {
        word = word.strip_prefix(front).unwrap_or(word);
    }
    let word = word.trim_start_matches([':', '为', '是']);
    let word = word.strip_suffix("计").unwrap_or(word);
    let within = word.replace(['(', ')'], "");
    let plain = within.strip_prefix("人民币").filter(|rest| !rest.is_empty()).unwrap_or(&within);
    plain.strip_suffix("人民币").filter(|rest| !rest.is_empty()).unwrap_or(plain).to_owned()
}

/// The multiple with which a word begins, and what follows it.
fn sized(word: &str) -> (&str, &str) {
    let sizes = ["十万", "百万", "千万", "亿", "万", "千", "百", "十"];
    sizes
        .iter()
        .find_map(|size| word.strip_prefix(size).map(|rest| (word.get(..size.len()).unwrap_or(""), rest)))
        .unwrap_or(("", word))
}

/// The units that a line names, such as 单位：元、平方米、人; those that are not known
/// are passed over.
pub fn listed(line: &str) -> Vec<Unit> {
    let line = fold(line);
    let Some((_, rest)) = line.split_once("单位") else { return Vec::new() };
    let rest = rest.trim_start_matches(':');
    rest.split(['、', ',', '/', ';', '和', '(', ')', ':', '。', '.']).filter_map(Unit::read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, name: &str) {
        assert_eq!(Unit::read(word).map(|it| it.name), (!name.is_empty()).then_some(name), "{word}");
    }

    #[test]
    fn words_are_known_whatever_stands_around_them() {
        check("（单位：元）", "元");
        check("单位:人民币千元", "千元");
        check("千元（人民币）", "千元");
        check("[亿元]", "亿元");
        check("平方米", "㎡");
        check("万平方米", "万㎡");
        check("M2", "㎡");
        check("亩", "亩");
        check("百人", "百");
        check("人", "个");
        check("人/百人", "");
        check("美元", "");
        check("册", "");
    }

    #[test]
    fn a_line_may_name_several() {
        let names = |line| listed(line).into_iter().map(|it| it.name).collect::<Vec<_>>();
        assert_eq!(names("单位：元、平方米、人"), ["元", "㎡", "个"]);
        assert_eq!(names("填报单位：青禾区教委　金额单位：万元"), ["万元"]);
        assert!(names("填报单位：青禾区教委").is_empty());
    }

    #[test]
    fn numbers_are_converted_exactly_or_not_at_all() {
        let convert = |name, text| Some(Unit::named(name)?.convert(Number::parse(text).ok()?)?.to_string());
        assert_eq!(convert("元", "1234567.89").as_deref(), Some("123.456789"));
        assert_eq!(convert("元", "0.001"), None);
        assert_eq!(convert("亿元", "1.5").as_deref(), Some("15000"));
        assert_eq!(convert("亩", "3").as_deref(), Some("2000"));
        assert_eq!(convert("亩", "1").as_deref(), Some("666.67"));
        assert_eq!(convert("百", "1.2").as_deref(), Some("120"));
    }
}
