//! Other times behind a number: 由上年的97.2%提高到98.1%, 是4680人，去年是4652人, and
//! series of years. Refuses to guess a year where a plan may be told.

use super::claim::{Claim, Sense};
use super::kind::Kind;
use super::names::{Known, Name};
use super::numbers::{in_unit, is_count, read, starts};
use super::qualifiers::{Context, Time, YEAR_BEFORE};
use super::reader::Reader;
use super::verbs::{becomes, filler};
use super::words::{one_of, word};
use super::years::year;
use crate::value::number::Number;

/// No sentence that says something of its numbers is longer.
const FAR: usize = 300;
/// How a clause goes on that says what the number before it became.
const AFTERWARDS: &str = "一年后 两年后 三年后 后来 之后 随后 其后 实际 执行 决算 年终 到年底 到年末 至年底 至年末 年底 年末 期末 最终 最后 再 又 到";
/// Words for a year that is over before the assessed one.
const BEFORE: &str = "上年度 上年 上学年度 上学年 上一年度 上一年 去年 前年";
/// What may tell of a plan, of which the end is yet to come.
const PLANNED: &str =
    "启动 印发 出台 制定 方案 行动 规划 计划 意见 三年 五年 明确 提出 要求 部署 任务 承诺 改为 标准 工程";
/// What may stand between a year of a series and its number.
const OF_MEMBER: &str = "达到 达 为 是 有 共 :";

impl Reader<'_> {
    /// How far 由98.2%提高到 goes, and the time of what stands behind it. Refuses it
    /// where nothing says that this is the assessed year: it may be a plan.
    pub fn moved(&self, at: usize, name: &Name) -> Option<(Time, usize)> {
        let chars = &self.sentence.chars;
        let from = at + one_of("由 从 自", chars, at)?;
        let (_, of) = self.when(from);
        let (amount, end) = read(chars, of)?;
        let (_, _, end) = in_unit(amount, &name.unit, chars, end)?;
        let (before, end) = self.when(if chars.get(end) == Some(&',') { end + 1 } else { end });
        let end = end + becomes(chars, end)?;
        let (behind, end) = self.when(end);
        let told = if self.told { self.context.time } else { Time::Unsaid };
        let said = [behind, before, told].into_iter().find(|it| *it != Time::Unsaid);
        let adjusted = chars.get(of..end).is_some_and(|it| it.contains(&'调') || it.contains(&'变'));
        let ends_now =
            || !adjusted && self.is_before(from, of, name) && !self.planned(at) && !self.goes_further(end);
        let time = said.or_else(|| match self.context.time {
            Time::Unsaid => ends_now().then_some(Time::Now),
            time => ends_now().then_some(time),
        })?;
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

    /// Whether these words name one year before the assessed one and no other time.
    fn is_before(&self, from: usize, to: usize, name: &Name) -> bool {
        let chars = &self.sentence.chars;
        let early = match year(chars, from) {
            Some((Time::Year(said), length)) => {
                Some(length).filter(|_| name.year.is_some_and(|it| said < it))
            }
            _ => one_of(BEFORE, chars, from),
        };
        let timed = |at: usize| {
            year(chars, at).is_some() || matches!(word(chars, at), Some((Kind::Now | Kind::Past, _)))
        };
        let own = YEAR_BEFORE.iter().any(|year| name.text.starts_with(year));
        early.is_some_and(|length| !own && !(from + length..to).any(timed))
    }

    /// Whether a plan may be told before a position.
    fn planned(&self, at: usize) -> bool {
        self.aimed
            || (at.saturating_sub(FAR)..at).any(|at| one_of(PLANNED, &self.sentence.chars, at).is_some())
    }

    /// Whether the words up to a ； tell of a later time than those before them.
    fn goes_further(&self, from: usize) -> bool {
        let chars = &self.sentence.chars;
        let rest = chars.get(from..).unwrap_or(&[]);
        let end = from + rest.iter().position(|c| *c == ';').unwrap_or(rest.len());
        if end - from > FAR {
            return true;
        }
        (from..end).any(|at| {
            let opens = at.checked_sub(1).and_then(|it| chars.get(it)) == Some(&',');
            chars.get(at) == Some(&'后')
                || matches!(year(chars, at), Some((Time::Year(_) | Time::Other, _)))
                || matches!(word(chars, at), Some((Kind::Now | Kind::Ahead, _)))
                || becomes(chars, at).is_some()
                || (opens && one_of(AFTERWARDS, chars, at).is_some())
        })
    }

    /// Whether a clause says what the number before it became.
    pub fn later(&self, at: usize) -> bool {
        let chars = &self.sentence.chars;
        let at = at + one_of(AFTERWARDS, chars, at).unwrap_or(0);
        let (_, end) = self.when(at);
        becomes(chars, end).is_some() || one_of("将达 将为 可达 预计", chars, end).is_some()
    }

    /// Whether a clause gives a second number for another time, so that nobody knows
    /// of which the first one is: 2023年为99.2%. 去年是4652人 leaves no doubt.
    pub fn another_time(&self, at: usize, name: &Name) -> bool {
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
        // 是2021年的数据 speaks of the number before it.
        if timed && matches!(chars.get(at), Some('是' | '为' | '系')) {
            return true;
        }
        let second = timed && chars.get(end).is_some_and(char::is_ascii_digit);
        second && (!self.is_before(at, end, name) || self.goes_further(end))
    }

    /// The number of the assessed year in a series behind a name: 2022年22,105元；
    /// 2023年24,368元. The years must leave no doubt which it is.
    pub fn series(&self, known: &[Known], at: usize, from: usize) -> Option<(Option<Claim>, Context, usize)> {
        let chars = &self.sentence.chars;
        let [one] = known else { return None };
        let name = self.index.names.get(one.name)?;
        let assessed = |time: Time| {
            time == Time::Now || (time != Time::Unsaid && name.year.map(Time::Year) == Some(time))
        };
        let given = format!("({})", name.unit);
        let said = !name.unit.is_empty() && starts(chars, from, &given);
        let from = if said { from + given.chars().count() } else { from };
        let mut end = from + usize::from(matches!(chars.get(from), Some(':' | ',')));
        let (mut found, mut members, mut last): (Option<(Number, Number, usize)>, _, _) =
            (None, 0, Time::Unsaid);
        while let Some((time, number, step, after)) = self.member(end, &name.unit, said) {
            if assessed(time) {
                if found.is_some() {
                    return None;
                }
                found = Some((number, step, after));
            } else if !self.is_before(end, after, name) {
                return None;
            }
            (members, last, end) = (members + 1, time, after);
            let (next, _) = self.when(after + 1);
            if !matches!(chars.get(after), Some(',' | ';' | '、')) || next == Time::Unsaid {
                break;
            }
            if self.member(after + 1, &name.unit, said).is_none() {
                break;
            }
            end = after + 1;
        }
        let (number, step, after) = found.filter(|_| members > 1)?;
        let context = Context { time: Time::Now, ..self.context.of_name(&name.text) };
        let stage = if one.staged { context.stage } else { one.stage };
        let timed = YEAR_BEFORE.iter().any(|year| name.text.starts_with(year));
        let sound = !self.quoted && !self.aimed && !one.clipped && !timed && self.stands(end, &context, name);
        let claim = (sound && context.admits(&name.text, name.year, stage)).then(|| Claim {
            name: one.name,
            sense: Sense::Is,
            number,
            step,
            words: self.sentence.words(self.text, at, after).to_owned(),
            clipped: false,
        });
        Some((claim, Context { time: last, ..self.context }, end))
    }

    /// One year of a series with its number, and where it ends.
    fn member(&self, at: usize, unit: &str, said: bool) -> Option<(Time, Number, Number, usize)> {
        let chars = &self.sentence.chars;
        let (time, mut end) = self.when(at);
        if time == Time::Unsaid {
            return None;
        }
        end += one_of(OF_MEMBER, chars, end).unwrap_or(0);
        let (amount, end) = read(chars, end).filter(|_| is_count(chars, end))?;
        let (number, step, end) =
            in_unit(amount, unit, chars, end).or_else(|| in_unit(amount, "", chars, end).filter(|_| said))?;
        Some((time, number, step, end))
    }
}
