//! Names without the word for their count: 会议6次 for 会议次数. Refuses what may be
//! a part of all: people and schools unless 现有 says that these are all of them,
//! and anything that a text counts twice.

use super::claim::{Claim, Sense};
use super::names::{OF_EVENTS, OF_MONEY};
use super::numbers::{is_count, starts};
use super::qualifiers::Context;
use super::reader::Reader;
use super::sentences::Sentence;
use super::words::one_of;

/// What happens, as verbs before a name.
const HELD: &str = "共召开 召开 共收到 收到 共受理 受理 组织开展 共开展 开展 举办 举行";
/// What says that all are counted.
const ALL: [&str; 6] = ["现有", "实有", "全区共有", "我区共有", "全县共有", "我县共有"];
/// How a clause goes on behind one or some of many.
const SOME: &str = "专题 专门 专项 重点 专程 分别 参加 获 赴 其中";

/// Whether the texts count a clipped name more than once.
pub(super) fn counted_twice(sentences: &[Sentence], clipped: &[char]) -> bool {
    let mut count = 0;
    for Sentence { chars, .. } in sentences {
        for at in (0..chars.len()).filter(|at| chars.get(*at..).is_some_and(|it| it.starts_with(clipped))) {
            let end = at + clipped.len();
            let filled =
                chars.iter().skip(end).take_while(|c| "共计达为有了数总次件起项到是:".contains(**c)).count();
            count += usize::from(is_count(chars, end + filled.min(5)));
        }
    }
    count > 1
}

impl Reader<'_> {
    /// How long the verb is before a name of something that happens: 收到线索件数.
    pub fn held(&self, at: usize) -> Option<usize> {
        let chars = &self.sentence.chars;
        let length = one_of(HELD, chars, at).filter(|_| self.lead)?;
        let length = length + usize::from(chars.get(at + length) == Some(&'了'));
        let known =
            self.index.at(chars, at + length).first().or_else(|| self.index.clipped(chars, at + length))?;
        let name = self.index.names.get(known.name)?;
        OF_EVENTS.iter().any(|ending| name.text.ends_with(ending)).then_some(length)
    }

    /// Reads a clipped name with its number, where nothing speaks against it.
    pub fn clipped(&mut self, at: usize, found: &mut Vec<Claim>) -> Option<usize> {
        let (claim, context, end) = self.clipped_claim(at)?;
        (self.lead, self.fresh, self.told, self.context) = (true, false, false, context);
        self.named += 1;
        self.clause.numbers += 1;
        found.push(claim);
        Some(end - at)
    }

    /// The claim on a clipped name, where nothing speaks against it.
    fn clipped_claim(&self, at: usize) -> Option<(Claim, Context, usize)> {
        let chars = &self.sentence.chars;
        let known = self.index.clipped(chars, at).filter(|_| self.lead)?;
        let name = self.index.names.get(known.name)?;
        let stock = !OF_EVENTS.iter().chain(&OF_MONEY).any(|ending| name.text.ends_with(ending));
        let all = || ALL.iter().any(|word| chars.get(..at).is_some_and(|it| ends_with(it, word)));
        if stock && !all() {
            return None;
        }
        // 4月 and 第3周 are parts of the year; 实现…的目标 is no count.
        let before = chars.get(at.saturating_sub(300)..at).unwrap_or(&[]);
        if self.clause.done || before.iter().any(|c| matches!(c, '月' | '日' | '周' | '季')) {
            return None;
        }
        let end = at + known.chars.len();
        let (claim, context, end) = self.claim(std::slice::from_ref(known), at, end)?;
        let spelled = !chars.get(end.checked_sub(1)?)?.is_ascii_digit();
        let some = matches!(chars.get(end), Some('、' | '和' | '与' | '及'))
            || (chars.get(end) == Some(&',') && one_of(SOME, chars, end + 1).is_some());
        let claim = claim.filter(|it| it.sense == Sense::Is && spelled && !some)?;
        Some((claim, context, end))
    }
}

fn ends_with(chars: &[char], word: &str) -> bool {
    chars.len().checked_sub(word.chars().count()).is_some_and(|at| starts(chars, at, word))
}
