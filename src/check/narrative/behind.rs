//! The number behind a name. Refuses one whose words before it or behind it may
//! make it something else than what the figure is.

use super::claims::{Claim, Sense};
use super::marks::is_number_sign;
use super::names::Known;
use super::numbers::{Amount, in_unit, is_counted_in, read, starts};
use super::qualifiers::{Context, THIS_YEAR, Time};
use super::reader::Reader;
use super::verbs::{becomes, filler};
use super::words::{Kind, one_of, word};
use super::years::year;

/// What may follow a number and leaves it as it is.
const BEHIND: &str = "较 比 高于 低于 超过 远 和 与 及 以及 并 且 均 都 全部 也 已 同比 环比 \
    居 位居 位列 而 但 符合 达标 满足 优于 其中 在全 未 不低于 超 列 处于 稳居 \
    圆满 实现 完成 达到国家 创 再创 刷新 跃居 的历史新高 的新高 的高位 的较高水平 的好成绩 大关";
/// What speaks of the number before it.
const SPOKEN_OF: &str = "这是 此为 系上 系全 系20 该数据 该数 以上为 上述 均为 可得 得满 得分 得0 得1 得2 得3 得4 得5 得6 得7 \
    得8 得9 扣分 扣0 扣1 扣2";
/// How a clause goes on that says what the number before it became.
const AFTERWARDS: &str =
    "一年后 两年后 三年后 后来 之后 随后 其后 到年底 到年末 至年底 至年末 年底 年末 期末 到";
/// What a bracket between a name and its number may say.
const BRACKETED: &str =
    "市级 第三方 调查 测评 反馈 统计 数据 年报 单位 结果 口径 : 含 数 /生 /人 /年 /班 /天";

impl Reader<'_> {
    /// The number behind a name, whether or not it is a claim on the name, what
    /// qualifies it, and where it ends.
    pub fn claim(
        &self,
        known: &[Known],
        at: usize,
        name_end: usize,
    ) -> Option<(Option<Claim>, Context, usize)> {
        let chars = &self.sentence.chars;
        let mut context = self.context;
        let mut sense = Sense::Is;
        let (mut end, mut bracket, mut quoted, mut unit_said) = (name_end, false, self.quoted, false);
        if quoted
            && chars.get(end) == Some(&'”')
            && at.checked_sub(1).and_then(|it| chars.get(it)) == Some(&'“')
        {
            (end, quoted) = (end + 1, false);
        }
        let name = self.index.names.get(known.first()?.name)?;
        if name.text.contains('占') && chars.get(end) == Some(&'的') {
            end += 1;
        }
        for _ in 0..10 {
            if !bracket && chars.get(end) == Some(&'(') {
                match self.bracket(end, &name.unit, &mut context) {
                    Some((after, unit)) => (end, unit_said) = (after, unit_said || unit),
                    None => (bracket, end) = (true, end + 1),
                }
            } else if let Some((time, length)) = year(chars, end) {
                (context.time, end) = (time, end + length);
            } else if let Some(length) = self.unit_before(&name.unit, end) {
                (end, unit_said) = (end + length, true);
            } else if let Some((time, length)) = self.moved(end, &name.unit) {
                (context.time, end) = (time, end + length);
            } else if let Some((of, length)) = filler(chars, end) {
                if of != Sense::Is {
                    sense = of;
                }
                end += length;
            } else if let Some((kind, length)) = word(chars, end).filter(|(kind, _)| *kind != Kind::Plain) {
                // 必须保持在 says what is to be.
                context.goal |= kind == Kind::Aim;
                context.take(self.seen_from_here(kind), true);
                end += length;
            } else {
                break;
            }
        }
        let negative = end > name_end && matches!(chars.get(end), Some('-' | '−' | '负'));
        let (amount, end) = read(chars, if negative { end + 1 } else { end })?;
        let amount = if negative { Amount { value: -amount.value, ..amount } } else { amount };
        let spelled = in_unit(amount, &name.unit, chars, end);
        let (number, step, unit_end) =
            spelled.or_else(|| in_unit(amount, "", chars, end).filter(|_| unit_said))?;
        let (bound, mut end) = bound(chars, unit_end);
        if let Some(bound) = bound {
            sense = bound;
        }
        if bracket {
            (chars.get(end) == Some(&')')).then_some(())?;
            end += 1;
        }
        // The highest of many is no bound for how many there are together.
        let whole = sense != Sense::AtMost || !is_counted_in(&name.unit) || bound.is_some();
        let sound =
            whole && !quoted && (sense == Sense::Is || !self.aimed) && self.stands(end, &context, name.year);
        let mut fitting = known.iter().filter(|it| {
            let Some(name) = self.index.names.get(it.name) else { return false };
            let context = context.of_name(&name.text);
            let stage = if it.staged { context.stage } else { it.stage };
            context.admits(&name.text, name.year, stage)
        });
        let (one, other) = (fitting.next(), fitting.next());
        let claim = one.filter(|_| sound && other.is_none()).map(|it| Claim {
            name: it.name,
            sense,
            number,
            step,
            words: self.sentence.words(self.text, at, end).to_owned(),
        });
        if THIS_YEAR.iter().any(|year| name.text.starts_with(year)) {
            context = context.of_name(&name.text);
        }
        Some((claim, context, end))
    }

    /// Where a bracket between a name and its number ends, if it changes nothing.
    /// Also says whether it gives the unit.
    fn bracket(&self, open: usize, unit: &str, context: &mut Context) -> Option<(usize, bool)> {
        let chars = &self.sentence.chars;
        let (mut at, mut in_it) = (open + 1, false);
        while at < open + 20 {
            if chars.get(at) == Some(&')') {
                return Some((at + 1, in_it));
            }
            if let Some((time, length)) = year(chars, at) {
                context.time = time;
                at += length;
            } else if !unit.is_empty() && starts(chars, at, unit) {
                (at, in_it) = (at + unit.chars().count(), true);
            } else if matches!(chars.get(at), Some('≥' | '≤' | '>' | '<')) {
                // The limit, which a form often repeats.
                at = read(chars, at + 1)?.1;
                at += one_of(unit, chars, at).unwrap_or(0);
            } else if let Some(length) = one_of(BRACKETED, chars, at) {
                at += length;
            } else if let Some((kind, length)) = word(chars, at).filter(|(kind, _)| *kind != Kind::Done) {
                context.take(self.seen_from_here(kind), true);
                at += length;
            } else {
                return None;
            }
        }
        None
    }

    /// Whether a number that ends here stands as it is with what follows.
    fn stands(&self, at: usize, context: &Context, year_of: Option<u16>) -> bool {
        let chars = &self.sentence.chars;
        let at = ["/年", "/人", "/生", "/班", "/天"]
            .iter()
            .find(|it| starts(chars, at, it))
            .map_or(at, |_| at + 2);
        let number_at = |at: usize| is_count(chars, at) && year(chars, at).is_none();
        match chars.get(at) {
            None | Some(';' | ':') => true,
            // The cells of a row: one number is the figure, of two nobody knows.
            Some('|') => !chars.get(at..).unwrap_or(&[]).iter().any(char::is_ascii_digit),
            Some('、' | '/' | '和' | '与' | '及') if number_at(at + 1) => false,
            Some('(') => self.remark(at, year_of),
            Some(')') => true,
            Some(',' | '、') => {
                let next = at + 1;
                let denied = self.later(next) || one_of(SPOKEN_OF, chars, next).is_some();
                !(denied || (context.time == Time::Unsaid && self.another_time(next)))
            }
            Some(c) => is_number_sign(*c) || one_of(BEHIND, chars, at).is_some(),
        }
    }

    /// How long the unit is that a row of a table gives before the number.
    fn unit_before(&self, unit: &str, at: usize) -> Option<usize> {
        let chars = &self.sentence.chars;
        let length = one_of(unit, chars, at)?;
        let number = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
        let end = at + length;
        (number(end) || (chars.get(end) == Some(&'|') && number(end + 1))).then_some(length)
    }

    /// How far 由98.2%提高到 goes, and the time of what stands behind it. Refuses it
    /// where nothing says that this is the assessed year: it may be a plan.
    fn moved(&self, at: usize, unit: &str) -> Option<(Time, usize)> {
        let chars = &self.sentence.chars;
        let (_, of) = self.when(at + one_of("由 从 自", chars, at)?);
        let (amount, end) = read(chars, of)?;
        let (_, _, end) = in_unit(amount, unit, chars, end)?;
        let (before, end) = self.when(if chars.get(end) == Some(&',') { end + 1 } else { end });
        let end = end + becomes(chars, end)?;
        let (behind, end) = self.when(end);
        let time = if self.told { self.context.time } else { Time::Unsaid };
        let time = [behind, before, time].into_iter().find(|it| *it != Time::Unsaid)?;
        Some((time, end - at))
    }

    /// The time that is said at a position, and where its words end.
    fn when(&self, at: usize) -> (Time, usize) {
        let chars = &self.sentence.chars;
        let (mut time, mut end) = (Time::Unsaid, at);
        for _ in 0..4 {
            if let Some((of, length)) = year(chars, end) {
                (time, end) = (of, end + length);
            } else if let Some((kind @ (Kind::Now | Kind::Past), length)) = word(chars, end) {
                (time, end) = (if kind == Kind::Now { Time::Now } else { Time::Another }, end + length);
            } else if let Some(length) = one_of("的 末 底 年底 年末 度", chars, end).filter(|_| end > at)
            {
                end += length;
            } else {
                break;
            }
        }
        (time, end)
    }

    /// Whether a clause says what the number before it became.
    fn later(&self, at: usize) -> bool {
        let chars = &self.sentence.chars;
        let at = at + one_of(AFTERWARDS, chars, at).unwrap_or(0);
        let (_, end) = self.when(at);
        becomes(chars, end).is_some()
    }

    /// Whether a clause gives a second number for another time: 2023年为99.2%.
    fn another_time(&self, at: usize) -> bool {
        let chars = &self.sentence.chars;
        let (mut end, mut timed) = (at, false);
        for _ in 0..6 {
            if let Some((_, length)) = year(chars, end) {
                (end, timed) = (end + length, true);
            } else if let Some((_, length)) = filler(chars, end) {
                end += length;
            } else if let Some((kind @ (Kind::Now | Kind::Past | Kind::Lead), length)) = word(chars, end) {
                (end, timed) = (end + length, timed || kind != Kind::Lead);
            } else {
                break;
            }
        }
        timed && chars.get(end).is_some_and(char::is_ascii_digit)
    }

    /// Whether a bracket behind a number leaves it as it is. One with a number of
    /// its own speaks of something else, such as the limit.
    fn remark(&self, open: usize, year_of: Option<u16>) -> bool {
        let chars = &self.sentence.chars;
        let (mut at, mut numbers, mut qualified) = (open + 1, 0, false);
        while chars.get(at) != Some(&')') {
            if at > open + 60 || at >= chars.len() {
                return false;
            }
            if let Some((time, length)) = year(chars, at) {
                qualified |= time != year_of.map_or(Time::Other, Time::Year);
                at += length;
            } else if let Some((kind, length)) = word(chars, at) {
                let harmless = matches!(kind, Kind::Now | Kind::Own | Kind::Lead | Kind::Done | Kind::Plain);
                qualified |= !harmless;
                at += length;
            } else if let Some((_, end)) = read(chars, at) {
                numbers += 1;
                at = end.max(at + 1);
            } else {
                // （整改前）
                qualified |= starts(chars, at, "前)");
                at += 1;
            }
        }
        let list = chars.get(at + 1) == Some(&'、') && is_count(chars, at + 2);
        !list && (numbers > 0 || !qualified)
    }
}

/// Whether a number at a position says how many.
pub(super) fn is_count(chars: &[char], at: usize) -> bool {
    chars.get(at).is_some_and(char::is_ascii_digit) || starts(chars, at, "百分之")
}

/// 以上 or 以内 behind a number, and where it ends.
fn bound(chars: &[char], at: usize) -> (Option<Sense>, usize) {
    let words = [
        (Sense::AtLeast, "及以上"),
        (Sense::AtLeast, "以上"),
        (Sense::AtMost, "及以下"),
        (Sense::AtMost, "以下"),
        (Sense::AtMost, "以内"),
    ];
    let found = words.iter().find(|(_, word)| starts(chars, at, word));
    found.map_or((None, at), |(sense, word)| (Some(*sense), at + word.chars().count()))
}
