//! A sentence read from left to right: what holds at each place, and the names
//! found there. A name counts only where nothing but words that leave it as it is
//! stand before it in its clause.

use super::claim::Claim;
use super::kind::Kind;
use super::marks::{is_number_sign, item, marker};
use super::names::Index;
use super::numbers::{is_count, read, starts};
use super::qualifiers::{
    Among, Context, Time, is_aside, is_compared, is_counted, is_elsewhere, is_topic, kin,
};
use super::sentences::Sentence;
use super::titles::{COLUMNS, has_problems};
use super::words::{one_of, word};
use super::years::year;

/// What is known of the clause that is being read.
#[derive(Clone, Copy, Default)]
pub(super) struct Clause {
    /// A demand or goal is spoken of as met.
    pub done: bool,
    /// A goal is spoken of.
    goal: bool,
    /// Numbers in it, and those behind its goal.
    pub numbers: usize,
    behind_goal: usize,
}

/// A sentence on its way from left to right.
pub(super) struct Reader<'a> {
    pub text: &'a str,
    pub sentence: &'a Sentence,
    pub index: &'a Index<'a>,
    place: &'a [char],
    pub context: Context,
    pub clause: Clause,
    /// Whether nothing but words that leave a name as it is stands before it.
    pub lead: bool,
    /// Whether nothing else stands between it and a ；.
    pub fresh: bool,
    /// Whether a demand or goal was spoken of, in whichever sense.
    pub aimed: bool,
    pub ahead: bool,
    pub quoted: bool,
    /// Whether nothing but known words stands behind the time that was said.
    pub told: bool,
    /// What held before each open bracket, and holds again unless it qualifies what is to come.
    outside: Vec<(Option<Context>, bool)>,
    /// The claims before this one belong to an earlier part.
    part: usize,
    /// How many names were seen.
    pub named: usize,
}

impl<'a> Reader<'a> {
    pub fn new(
        text: &'a str,
        sentence: &'a Sentence,
        index: &'a Index<'a>,
        place: &'a [char],
        context: Context,
    ) -> Reader<'a> {
        Reader {
            text,
            sentence,
            index,
            place,
            context,
            clause: Clause::default(),
            lead: true,
            fresh: false,
            aimed: false,
            ahead: false,
            quoted: false,
            told: false,
            outside: Vec::new(),
            part: 0,
            named: 0,
        }
    }

    /// Reads the whole sentence and adds its claims.
    pub fn run(&mut self, found: &mut Vec<Claim>) {
        let chars = &self.sentence.chars;
        self.part = found.len();
        let mut at = marker(chars).map_or(0, |(_, length)| length);
        at += one_of(COLUMNS, chars, at).unwrap_or(0);
        while at < chars.len() {
            at += item(chars, at).unwrap_or(0);
            let Some(c) = chars.get(at) else { break };
            at += match c {
                ',' | ':' | ';' | '、' | '(' | ')' | '】' | '|' => self.mark(*c, at, found),
                c if is_number_sign(*c) => self.mark(';', at, found),
                '“' | '”' => {
                    self.quoted = *c == '“';
                    1
                }
                _ => self.step(at, found),
            };
        }
        self.end_clause(found);
    }

    /// Reads one mark.
    fn mark(&mut self, mark: char, at: usize, found: &mut Vec<Claim>) -> usize {
        let numbers = self.clause.numbers;
        if mark != '、' {
            self.end_clause(found);
        }
        self.fresh = mark == ';';
        let title = self.sentence.chars.get(..at).unwrap_or(&[]);
        if mark == ':' && title.len() < 15 && !title.contains(&',') && has_problems(title) {
            self.context.take(Kind::Part, false);
        }
        match mark {
            // 小学、初中… and 东城区、西城区… are one subject together.
            '、' => self.lead = numbers > 0,
            ';' => {
                self.lead = true;
                self.part = found.len();
                if self.context.among == Among::Here {
                    self.context.among = Among::Before;
                }
            }
            '(' if self.outside.len() < 8 => {
                let behind = (numbers > 0 || !self.lead).then_some(self.context);
                self.outside.push((behind, self.lead));
                self.lead = true;
            }
            ')' | '】' => {
                if let Some((context, lead)) = self.outside.pop() {
                    // （城关）专任教师数 is not said of all; 【教师队伍】 is a heading.
                    self.lead = if mark == ')' { self.lead && lead } else { true };
                    let ends = |c: &char| matches!(c, ',' | ';' | '、' | ':');
                    if self.sentence.chars.get(at + 1).is_none_or(ends) {
                        self.context = context.unwrap_or(self.context);
                    }
                }
            }
            _ => self.lead = true,
        }
        1
    }

    fn end_clause(&mut self, found: &mut Vec<Claim>) {
        // A goal without a number of its own is what an earlier number was.
        if self.clause.goal && self.clause.behind_goal == 0 {
            found.truncate(self.part);
        }
        self.clause = Clause::default();
    }

    /// Reads a name, a word, a number or a character that means nothing.
    fn step(&mut self, at: usize, found: &mut Vec<Claim>) -> usize {
        let chars = &self.sentence.chars;
        let known = self.index.at(chars, at);
        if let Some(first) = known.first() {
            self.named += 1;
            let end = at + first.chars.len();
            let claim = if self.lead { self.claim(known, at, end) } else { None };
            (self.lead, self.fresh, self.told) = (claim.is_some(), false, false);
            let Some((claim, context, end)) = claim else { return end - at };
            self.context = context;
            self.clause.numbers += 1;
            found.extend(claim);
            return end - at;
        }
        if let Some(length) = self.held(at).or_else(|| self.clipped(at, found)) {
            return length;
        }
        if !self.place.is_empty() && chars.get(at..).is_some_and(|rest| rest.starts_with(self.place)) {
            self.word(Kind::Own, at, at);
            return self.place.len();
        }
        if let Some((time, length)) = year(chars, at) {
            self.year(time, at);
            return length;
        }
        if let Some((kind, length)) = word(chars, at) {
            self.word(self.seen_from_here(kind), at, at + length);
            return length;
        }
        (self.lead, self.fresh, self.told) = (false, false, false);
        if let Some((_, end)) = read(chars, at) {
            // 一生一案 counts nothing.
            if is_count(chars, at) {
                self.clause.numbers += 1;
                self.clause.behind_goal += usize::from(self.clause.goal);
            }
            return (end - at).max(1);
        }
        if is_elsewhere(chars, at) && !is_compared(chars, at) {
            self.context.elsewhere = true;
        }
        if is_aside(chars, at) {
            self.context.take(Kind::Part, false);
        }
        1
    }

    /// The kind of a word for whoever writes: 全市 is a city's own.
    pub fn seen_from_here(&self, kind: Kind) -> Kind {
        if kind == Kind::City && self.place.last() == Some(&'市') { Kind::Own } else { kind }
    }

    /// Lets a year hold, unless it is only compared with.
    fn year(&mut self, time: Time, at: usize) {
        if is_compared(&self.sentence.chars, at) {
            self.lead = false;
            return;
        }
        if self.fresh {
            self.context.goal = false;
        }
        self.context.time = time;
        self.told = true;
    }

    /// Lets a word do what it does here.
    fn word(&mut self, kind: Kind, at: usize, end: usize) {
        let chars = &self.sentence.chars;
        let compared = is_compared(chars, at);
        match kind {
            // 2023年期间 is the year; 寒假期间 is a part of it.
            Kind::Lead => {
                if !self.lead && starts(chars, at, "期间") && is_topic(chars, end) {
                    self.context.take(Kind::Part, false);
                }
                return;
            }
            Kind::Plain => self.lead = false,
            Kind::Done => {
                self.clause.done = true;
                // 实现义务教育巩固率100% leads to a name, 完成…任务 does not.
                self.lead &= starts(chars, at, "实现") || starts(chars, at, "达到");
            }
            Kind::Aim => (self.aimed, self.lead) = (true, false),
            Kind::Goal | Kind::Ahead => {
                self.aimed = true;
                self.lead = false;
                if !self.clause.done {
                    self.context.goal = true;
                    self.clause.goal = true;
                    self.ahead |= kind == Kind::Ahead;
                }
            }
            Kind::Norm => {
                self.aimed = true;
                self.lead = false;
                let ends = chars.get(end).is_none_or(|c| matches!(c, ',' | ':' | '、' | '为' | '是'));
                if !self.clause.done && ends {
                    // Behind a colon stands what is demanded, whoever it is demanded of.
                    if chars.get(end) == Some(&':') {
                        self.context.goal = true;
                    }
                    self.context.norm = true;
                }
            }
            _ if compared => self.lead = false,
            Kind::Now | Kind::Own if !self.lead => {}
            // 2022年全区现有: had then.
            Kind::Now if self.told && starts(chars, at, "现有") => {}
            Kind::Now => {
                if self.fresh {
                    self.context.goal = false;
                }
                self.told = true;
                self.context.take(kind, false);
            }
            Kind::Own => {
                if self.fresh {
                    let Context { time, goal, .. } = self.context;
                    self.context = Context { time, goal, ..Context::default() };
                }
                self.context.take(kind, false);
            }
            Kind::Among => {
                self.context.take(kind, false);
                if matches!(chars.get(end), Some(':')) {
                    self.context.among = Among::Listed;
                }
            }
            Kind::Part | Kind::Place | Kind::Stage(_) => {
                if is_counted(chars, end) && !starts(chars, at, "除") {
                    self.lead = false;
                } else if self.lead || kind == Kind::Place || is_topic(chars, end) {
                    let listed = at.checked_sub(1).and_then(|before| chars.get(before));
                    let listed = matches!(listed, Some('、' | '和' | '与' | '及' | '至'));
                    let kin = kin(chars, at).filter(|_| kind == Kind::Part);
                    self.context.take_part(kind, listed, kin);
                }
            }
            Kind::Past | Kind::City | Kind::Elsewhere => self.context.take(kind, false),
        }
        self.fresh = false;
    }
}
