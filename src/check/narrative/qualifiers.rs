//! What makes a number in a narrative something else than the figure: another
//! year, a goal, another place, a part, a stage, who was asked. A qualifier holds
//! until the sentence ends and is replaced only by one of its own kind. Refuses to
//! weigh them: one that may apply applies.

use super::kind::{Kind, Stage};
use super::numbers::{read, starts};
use super::words::{one_of, word};

/// Which year is spoken of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Time {
    /// Not said.
    #[default]
    Unsaid,
    /// The one that is assessed.
    Now,
    /// A year by its number.
    Year(u16),
    /// Another year or several, by their numbers.
    Other,
    /// Another time, by a word: 上年, 近三年.
    Another,
}

/// What a name begins with that says itself that it is of the assessed year.
pub(super) const THIS_YEAR: [&str; 3] = ["本年", "本学年", "今年"];
/// What a name begins with that says itself that it is of the year before.
pub(super) const YEAR_BEFORE: [&str; 3] = ["上年", "上学年", "上一年"];

/// Parts that figures have names of their own for.
const KIN: [&str; 4] = ["民办", "公办", "农村", "特殊"];

/// How far 其中 reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Among {
    /// It was not said.
    #[default]
    No,
    /// In this part of the sentence.
    Here,
    /// In a part that a ； has ended: a total is a total again.
    Before,
    /// To the end: it was said with a colon, and a list follows.
    Listed,
}

/// The qualifiers that hold at one place of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Context {
    pub time: Time,
    pub goal: bool,
    pub norm: bool,
    pub elsewhere: bool,
    pub part: bool,
    /// What the part is called, where a name may say the same of itself.
    pub kin: Option<&'static str>,
    pub among: Among,
    pub stage: Option<Stage>,
}

impl Context {
    /// Lets a word hold that applies without doubt.
    pub fn take(&mut self, kind: Kind, listed: bool) {
        match kind {
            Kind::Now => self.time = Time::Now,
            Kind::Past => self.time = Time::Another,
            Kind::Goal | Kind::Ahead => self.goal = true,
            Kind::Norm => self.norm = true,
            Kind::Own => (self.norm, self.elsewhere) = (false, false),
            Kind::City | Kind::Elsewhere => self.elsewhere = true,
            Kind::Part | Kind::Place => (self.part, self.kin) = (true, None),
            Kind::Among => self.among = Among::Here,
            Kind::Stage(stage) => {
                let another = self.stage.is_some_and(|before| before != stage) && listed;
                self.stage = Some(if another { Stage::Several } else { stage });
            }
            Kind::Aim | Kind::Done | Kind::Lead | Kind::Plain => {}
        }
    }

    /// Lets a part or a stage hold. Of two parts with names of their own no name is whole.
    pub fn take_part(&mut self, kind: Kind, listed: bool, kin: Option<&'static str>) {
        let before = *self;
        self.take(kind, listed);
        self.kin = match kind {
            Kind::Stage(_) => before.kin,
            _ => kin.filter(|_| !before.part || before.kin == kin),
        };
    }

    /// What holds for a name that says its own year: 上年 before another one does not.
    pub fn of_name(self, name: &str) -> Context {
        let own = THIS_YEAR.iter().chain(&YEAR_BEFORE).any(|year| name.starts_with(year));
        let time = if own && self.time == Time::Another { Time::Unsaid } else { self.time };
        Context { time, ..self }
    }

    /// Whether a number may be that of a figure of this name, year and stage.
    pub fn admits(&self, name: &str, year: Option<u16>, stage: Option<Stage>) -> bool {
        let time = match self.time {
            Time::Unsaid | Time::Now => true,
            Time::Year(said) => year == Some(said),
            Time::Other | Time::Another => false,
        };
        // 交流轮岗教师中的骨干教师数 says itself of what it is a part.
        let whole = match self.among {
            Among::No => true,
            Among::Before => name.contains('总') || name.contains("中的"),
            Among::Here | Among::Listed => name.contains("中的"),
        };
        // 民办学校总数 below 民办规范 is whole.
        let part = self.part && !self.kin.is_some_and(|kin| name.starts_with(kin));
        time && whole && self.stage == stage && !(self.goal || self.norm || self.elsewhere || part)
    }
}

/// What the part is called that is spoken of here, if figures are named after it.
pub(super) fn kin(chars: &[char], at: usize) -> Option<&'static str> {
    KIN.into_iter().find(|kin| starts(chars, at, kin))
}

/// Whether a word is only compared with: 与上年相比, 较2022年, 高于全市平均.
pub(super) fn is_compared(chars: &[char], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|before| chars.get(before));
    matches!(before(1), Some('与' | '比' | '较' | '同' | '跟' | '于'))
}

/// Whether a part is itself counted, 民办学校12所, and so qualifies nothing else.
pub(super) fn is_counted(chars: &[char], at: usize) -> bool {
    let at = if matches!(chars.get(at), Some('共' | '有' | '计' | '为')) { at + 1 } else { at };
    chars.get(at).is_some_and(char::is_ascii_digit) && read(chars, at).is_some()
}

/// Whether a clause ends with a part and so turns to it: 加强民办学校管理 does not.
pub(super) fn is_topic(chars: &[char], at: usize) -> bool {
    let mut at = at;
    for _ in 0..3 {
        if matches!(chars.get(at), Some(',' | ':' | '、' | '】' | '|')) {
            return true;
        }
        let words = ["学校", "校", "教育", "阶段", "方面", "地区", "来看", "而言", "看", "中", "里", "的"];
        match words.iter().find(|word| starts(chars, at, word)) {
            Some(word) => at += word.chars().count(),
            None => return false,
        }
    }
    matches!(chars.get(at), Some(',' | ':' | '、' | '】' | '|'))
}

/// The stage that a name begins with, and how many characters that takes.
pub(super) fn stage_of(name: &[char]) -> Option<(Stage, usize)> {
    match word(name, 0)? {
        (Kind::Stage(stage), length) if stage != Stage::Several => Some((stage, length)),
        _ => None,
    }
}

/// Whether a clause ends here that speaks of a part or another time: 样本学校中，
/// 石桥镇， 体育类， 整改前：; 工作中， and 日前， do not.
pub(super) fn is_aside(chars: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|it| chars.get(it));
    let next = chars.get(at + 1);
    let closed = next.is_some_and(|c| matches!(c, ',' | ':' | ')' | '】' | '|'));
    match chars.get(at) {
        Some('中' | '时' | '内' | '里') => closed && !is_circumstance(chars, at),
        Some('镇' | '乡' | '类') => {
            let common = matches!(before, Some('城' | '村' | '强' | '返' | '兴' | '各'));
            (closed || next.is_none()) && !common
        }
        Some('前') => (closed || next.is_none()) && before != Some(&'日'),
        _ => false,
    }
}

/// Whether 中 at a position only says on what occasion.
fn is_circumstance(chars: &[char], at: usize) -> bool {
    let of = at.checked_sub(2).and_then(|from| chars.get(from..at)).unwrap_or(&[]);
    [
        "工作", "过程", "建设", "实施", "发展", "推进", "管理", "实践", "行动", "活动", "范围", "调查",
        "测评", "评价", "评估", "督导",
    ]
    .iter()
    .any(|word| starts(of, 0, word))
}

/// Whether the last character of another place stands here: 东城区.
pub(super) fn is_elsewhere(chars: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| chars.get(before));
    let Some(before) = before.filter(|c| !matches!(c, ',' | ';' | ':' | '、' | '(' | '“' | '”')) else {
        return false;
    };
    // 科教兴区, 教育强县.
    let slogan =
        at.checked_sub(2).is_some_and(|from| one_of("教兴 技兴 育强 化强 才强", chars, from).is_some());
    let behind = chars.get(at + 1).copied().unwrap_or(' ');
    let office = "委政教域级属内管长划间块位别分场民直";
    let common = match chars.get(at) {
        Some('区') => "社地小片学校城山园厂景街矿牧林库灾特专部跨分各据经由向报按从给被",
        Some('县') => "全我本各郊",
        Some('市') => "城超夜菜股门",
        _ => return false,
    };
    !slogan && !common.contains(*before) && !office.contains(behind)
}
