//! The figures that are computed for every school: the seven of 教督〔2017〕6号
//! (县域义务教育优质均衡发展督导评估办法, known second-hand) and five more that
//! other rules ask for. A table of what each is made of; computes nothing.

use super::{Column, Sort, Stage};
use crate::value::json::names;
use crate::value::limit::Limit;
use crate::value::number::Number;

/// A figure per school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Indicator {
    /// 1, 每百名学生拥有高于规定学历教师数.
    DegreeTeachers,
    /// 2, 每百名学生拥有县级以上骨干教师数.
    BackboneTeachers,
    /// 3, 每百名学生拥有体育、艺术（美术、音乐）专任教师数.
    SportsArtsTeachers,
    /// 4, 生均教学及辅助用房面积, without 室内体育用房.
    TeachingArea,
    /// 5, 生均体育运动场馆面积.
    SportsArea,
    /// 6, 生均教学仪器设备值.
    Equipment,
    /// 7, 每百名学生拥有网络多媒体教室数.
    Multimedia,
    /// 最大班额, the number of pupils itself.
    LargestClass,
    /// 音乐、美术专用教室生均面积.
    ArtRooms,
    /// 教师培训经费占公用经费预算总额的比例.
    TrainingShare,
    /// 特殊教育学校生均公用经费.
    SpecialFunds,
    /// 专门学校生均公用经费.
    CorrectionalFunds,
}

names! { Indicator {
    DegreeTeachers = "degree-teachers",
    BackboneTeachers = "backbone-teachers",
    SportsArtsTeachers = "sports-arts-teachers",
    TeachingArea = "teaching-area",
    SportsArea = "sports-area",
    Equipment = "equipment",
    Multimedia = "multimedia",
    LargestClass = "largest-class",
    ArtRooms = "art-rooms",
    TrainingShare = "training-share",
    SpecialFunds = "special-funds",
    CorrectionalFunds = "correctional-funds",
} }

/// By what the numerator of an indicator is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    /// By a column.
    Column(Column),
    /// By nothing.
    One,
}

/// A column in a numerator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// It is added.
    Plus(Column),
    /// It is taken off.
    Minus(Column),
}

/// Which schools an indicator is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    /// 小学、初中, as the rules of 教督〔2017〕6号 count them.
    Ordinary,
    /// 特殊教育学校 alone, of whatever stage.
    Special,
    /// 专门学校 alone, of whatever stage.
    Correctional,
}

/// What an indicator is made of.
struct Facts {
    id: &'static str,
    name: &'static str,
    unit: &'static str,
    factor: u32,
    terms: &'static [Term],
    per: Per,
    splits: bool,
    who: Who,
    /// For 小学 and 初中, in millionths.
    national: Option<[i64; 2]>,
    /// Between what a real school lies that has any, in thousandths of the unit. Ours,
    /// and wide: a 教学点 of one pupil and a school in its first year lie within.
    plausible: [i64; 2],
}

/// What most of them have in common.
const PER_PUPIL: Facts = Facts {
    id: "",
    name: "",
    unit: "",
    factor: 1,
    terms: &[],
    per: Per::Column(Column::Pupils),
    splits: false,
    who: Who::Ordinary,
    national: None,
    plausible: [1, 1_000_000],
};

impl Indicator {
    /// All of them; the seven come first.
    pub const ALL: [Indicator; 12] = [
        Indicator::DegreeTeachers,
        Indicator::BackboneTeachers,
        Indicator::SportsArtsTeachers,
        Indicator::TeachingArea,
        Indicator::SportsArea,
        Indicator::Equipment,
        Indicator::Multimedia,
        Indicator::LargestClass,
        Indicator::ArtRooms,
        Indicator::TrainingShare,
        Indicator::SpecialFunds,
        Indicator::CorrectionalFunds,
    ];

    /// The seven of 教督〔2017〕6号, in the order of their numbers.
    pub const SEVEN: [Indicator; 7] = [
        Indicator::DegreeTeachers,
        Indicator::BackboneTeachers,
        Indicator::SportsArtsTeachers,
        Indicator::TeachingArea,
        Indicator::SportsArea,
        Indicator::Equipment,
        Indicator::Multimedia,
    ];

    const fn facts(self) -> &'static Facts {
        match self {
            Indicator::DegreeTeachers => &Facts {
                id: "degree-teachers",
                name: "每百名学生拥有高于规定学历教师数",
                unit: "人",
                factor: 100,
                terms: &[Term::Plus(Column::Degree)],
                national: Some([4_200_000, 5_300_000]),
                ..PER_PUPIL
            },
            Indicator::BackboneTeachers => &Facts {
                id: "backbone-teachers",
                name: "每百名学生拥有县级以上骨干教师数",
                unit: "人",
                factor: 100,
                terms: &[Term::Plus(Column::Backbone)],
                national: Some([1_000_000, 1_000_000]),
                ..PER_PUPIL
            },
            Indicator::SportsArtsTeachers => &Facts {
                id: "sports-arts-teachers",
                name: "每百名学生拥有体育、艺术（美术、音乐）专任教师数",
                unit: "人",
                factor: 100,
                terms: &[Term::Plus(Column::Sports), Term::Plus(Column::Arts)],
                national: Some([900_000, 900_000]),
                ..PER_PUPIL
            },
            Indicator::TeachingArea => &Facts {
                id: "teaching-area",
                name: "生均教学及辅助用房面积",
                unit: "㎡",
                terms: &[Term::Plus(Column::Teaching), Term::Minus(Column::IndoorSport)],
                splits: true,
                national: Some([4_500_000, 5_800_000]),
                plausible: [100, 4_000_000],
                ..PER_PUPIL
            },
            Indicator::SportsArea => &Facts {
                id: "sports-area",
                name: "生均体育运动场馆面积",
                unit: "㎡",
                terms: &[Term::Plus(Column::Gym), Term::Plus(Column::Field)],
                splits: true,
                national: Some([7_500_000, 10_200_000]),
                plausible: [50, 4_000_000],
                ..PER_PUPIL
            },
            Indicator::Equipment => &Facts {
                id: "equipment",
                name: "生均教学仪器设备值",
                unit: "元",
                // The column is in 万元.
                factor: 10_000,
                terms: &[Term::Plus(Column::Equipment)],
                splits: true,
                national: Some([2_000_000_000, 2_500_000_000]),
                plausible: [1_000, 5_000_000_000],
                ..PER_PUPIL
            },
            Indicator::Multimedia => &Facts {
                id: "multimedia",
                name: "每百名学生拥有网络多媒体教室数",
                unit: "间",
                factor: 100,
                terms: &[Term::Plus(Column::Multimedia)],
                splits: true,
                national: Some([2_300_000, 2_400_000]),
                ..PER_PUPIL
            },
            Indicator::LargestClass => &Facts {
                id: "largest-class",
                name: "最大班额",
                unit: "人",
                terms: &[Term::Plus(Column::LargestClass)],
                per: Per::One,
                plausible: [1_000, 200_000],
                ..PER_PUPIL
            },
            Indicator::ArtRooms => &Facts {
                id: "art-rooms",
                name: "音乐、美术专用教室生均面积",
                unit: "㎡",
                terms: &[Term::Plus(Column::ArtRooms)],
                plausible: [1, 2_000_000],
                ..PER_PUPIL
            },
            Indicator::TrainingShare => &Facts {
                id: "training-share",
                name: "教师培训经费占公用经费预算总额的比例",
                unit: "%",
                factor: 100,
                terms: &[Term::Plus(Column::Training)],
                per: Per::Column(Column::Funds),
                plausible: [1, 1_000_000],
                ..PER_PUPIL
            },
            Indicator::SpecialFunds => &Facts {
                id: "special-funds",
                name: "特殊教育学校生均公用经费",
                unit: "元",
                factor: 10_000,
                terms: &[Term::Plus(Column::Funds)],
                who: Who::Special,
                plausible: [10_000, 3_000_000_000],
                ..PER_PUPIL
            },
            Indicator::CorrectionalFunds => &Facts {
                id: "correctional-funds",
                name: "专门学校生均公用经费",
                unit: "元",
                factor: 10_000,
                terms: &[Term::Plus(Column::Funds)],
                who: Who::Correctional,
                plausible: [10_000, 5_000_000_000],
                ..PER_PUPIL
            },
        }
    }

    /// Its name in data: "degree-teachers".
    pub const fn id(self) -> &'static str {
        self.facts().id
    }

    /// The indicator of this name in data, if there is one.
    pub fn named(id: &str) -> Option<Indicator> {
        Indicator::ALL.into_iter().find(|it| it.id() == id)
    }

    /// Its name in the field's words.
    pub const fn name(self) -> &'static str {
        self.facts().name
    }

    /// The unit of its values.
    pub const fn unit(self) -> &'static str {
        self.facts().unit
    }

    /// Its number among the seven of 教督〔2017〕6号.
    pub fn number(self) -> Option<usize> {
        Indicator::SEVEN.iter().position(|it| *it == self).map(|at| at + 1)
    }

    /// By what the quotient is multiplied: 100 for 每百名 and for per cent, 10 000
    /// where 万元 become 元.
    pub const fn factor(self) -> u32 {
        self.facts().factor
    }

    /// The columns of its numerator.
    pub const fn terms(self) -> &'static [Term] {
        self.facts().terms
    }

    /// By what the numerator is divided.
    pub const fn per(self) -> Per {
        self.facts().per
    }

    /// Whether the stages of a 一贯制学校 share what it counts, so that it can be
    /// split among them: rooms, grounds and equipment (4 to 7), not teachers.
    pub const fn splits(self) -> bool {
        self.facts().splits
    }

    /// Which schools it is about.
    pub const fn who(self) -> Who {
        self.facts().who
    }

    /// The same in words.
    pub const fn who_in_words(self) -> &'static str {
        match self.facts().who {
            Who::Ordinary => "小学、初中",
            Who::Special => "特殊教育学校",
            Who::Correctional => "专门学校",
        }
    }

    /// The standard of 教督〔2017〕6号 for a school of this stage, which it has to
    /// reach (不低于): a national reference, which a city may exceed. `None` unless
    /// it is one of the seven.
    pub fn national(self, stage: Stage) -> Option<Number> {
        let [primary, junior] = self.facts().national?;
        Some(Number::from_millionths(match stage {
            Stage::Primary => primary,
            Stage::Junior => junior,
        }))
    }

    /// Between what a real school lies, unless it has none of it: the editor's bounds,
    /// of no document. What lies beyond is asked about, and judged all the same.
    pub fn plausible(self) -> [Number; 2] {
        self.facts().plausible.map(|thousandths| Number::from_millionths(thousandths * 1_000))
    }

    /// The unit in which its numerator is entered.
    pub fn entered_in(self) -> &'static str {
        self.terms().first().map_or("", |term| term.column().unit())
    }

    /// The smallest amount that is entered of its numerator, in the unit of that
    /// column: 1 of what is counted, 0.01 of ㎡ and 万元.
    pub fn step(self) -> Number {
        let counts = |term: &Term| term.column().sort() == Sort::Count;
        Number::from_millionths(if self.terms().iter().all(counts) { 1_000_000 } else { 10_000 })
    }
}

impl Term {
    /// Its column.
    pub const fn column(self) -> Column {
        match self {
            Term::Plus(column) | Term::Minus(column) => column,
        }
    }
}

/// What every single 差异系数 of the seven may be at most (小于或等于) by
/// 教督〔2017〕6号: 0.50 for 小学, 0.45 for 初中.
pub const fn national_coefficient(stage: Stage) -> Limit {
    Limit::at_most(Number::from_millionths(match stage {
        Stage::Primary => 500_000,
        Stage::Junior => 450_000,
    }))
}
