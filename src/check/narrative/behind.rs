//! The number behind a name. Refuses one whose words before it or behind it may
//! make it something else than what the figure is.

use super::claim::{Claim, Sense};
use super::kind::Kind;
use super::marks::is_number_sign;
use super::names::{Known, Name};
use super::numbers::{Amount, in_unit, is_count, is_counted_in, read, starts};
use super::qualifiers::{Context, THIS_YEAR, Time};
use super::reader::Reader;
use super::verbs::{SHORT_OF, filler, is_held};
use super::words::{one_of, word};
use super::years::year;
use crate::value::number::Number;

/// What may follow a number and leaves it as it is.
const BEHIND: &str = "较 比 高于 低于 超过 远 和 与 及 以及 并 且 均 都 全部 也 已 同比 环比 \
    居 位居 位列 而 但 符合 达标 满足 优于 其中 在全 未 不低于 超 列 处于 稳居 \
    圆满 实现 完成 达到国家 创 再创 刷新 跃居 的历史新高 的新高 的高位 的较高水平 的好成绩 大关";
/// What speaks of the number before it.
const SPOKEN_OF: &str = "这是 此为 系上 系全 系20 该数据 该数 以上为 上述 均为 可得 得满 得分 得0 得1 得2 得3 得4 得5 得6 得7 \
    得8 得9 扣分 扣0 扣1 扣2 \
    扣3 扣4 扣5 扣6 扣7 扣8 扣9 不得分 一票否决 取消";
/// What a rule goes on with behind 不足4次.
const RULED: &str = "不得 不予 视为 责令 约谈 取消 按 给予 应 须 必须 要 则 可 已督促 督促 已整改 整改 \
    限期 已补 通报 已通报 扣";
/// What a single school is named with that falls short.
const SINGLE: &str = "发现 存在 针对 问题 反馈 指出";
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
        if let Some(found) = self.series(known, at, end) {
            return Some(found);
        }
        let (mut held, mut short_of) = (false, false);
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
            } else if let Some((time, length)) = self.moved(end, name) {
                (context.time, end) = (time, end + length);
            } else if let Some((of, length)) = filler(chars, end) {
                if of != Sense::Is {
                    sense = of;
                }
                held |= is_held(chars, end);
                short_of |= one_of(SHORT_OF, chars, end).is_some();
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
        } else if held && is_precise(number, step) {
            sense = Sense::Is;
        }
        if short_of && self.is_ruled(at, end) {
            return None;
        }
        if bracket {
            (chars.get(end) == Some(&')')).then_some(())?;
            end += 1;
        }
        // The highest of many is no bound for how many there are together.
        let whole = sense != Sense::AtMost || !is_counted_in(&name.unit) || bound.is_some() || short_of;
        let sound =
            whole && !quoted && (sense == Sense::Is || !self.aimed) && self.stands(end, &context, name);
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
            clipped: it.clipped,
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

    /// Whether 不足4次 is what a rule or a finding in single schools speaks of.
    fn is_ruled(&self, from: usize, end: usize) -> bool {
        let chars = &self.sentence.chars;
        let single = (from.saturating_sub(100)..from).any(|at| one_of(SINGLE, chars, at).is_some());
        single || chars.get(end) == Some(&'、') || one_of(RULED, chars, end + 1).is_some()
    }

    /// Whether a number that ends here stands as it is with what follows.
    pub fn stands(&self, at: usize, context: &Context, name: &Name) -> bool {
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
            Some('(') => self.remark(at, name.year),
            Some(')') => true,
            Some(',' | '、') => {
                let next = at + 1;
                let denied = self.later(next) || one_of(SPOKEN_OF, chars, next).is_some();
                !(denied || (context.time == Time::Unsaid && self.another_time(next, name)))
            }
            Some(c) => {
                // The cells of a row that has lost its lines.
                let next = self.sentence.gap(self.text, at) && !self.index.at(chars, at).is_empty();
                next || is_number_sign(*c) || one_of(BEHIND, chars, at).is_some()
            }
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

    /// Whether a bracket behind a number leaves it as it is. One with a number of
    /// its own speaks of something else, such as the limit.
    fn remark(&self, open: usize, year_of: Option<u16>) -> bool {
        let chars = &self.sentence.chars;
        let (mut at, mut numbers, mut qualified, mut joint) = (open + 1, 0, false, false);
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
                // （小学、初中合并计算） names parts and means the whole.
                joint |= one_of("合并 合计", chars, at).is_some();
                at += 1;
            }
        }
        let list = chars.get(at + 1) == Some(&'、') && is_count(chars, at + 2);
        !list && (numbers > 0 || joint || !qualified)
    }
}

/// Whether a number is too precise for a limit: 控制在6.4%, but not 控制在15%.
fn is_precise(number: Number, step: Number) -> bool {
    let last = number.millionths().checked_div(step.millionths()).unwrap_or(0) % 10;
    step.millionths() < 1_000_000 && last % 5 != 0
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
