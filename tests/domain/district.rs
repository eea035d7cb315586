//! Districts for the tests: rows written out, and random ones.

use zhidu::school::{Column, School};
use zhidu::value::number::Number;

/// A row of these cells.
pub fn row(cells: &[(Column, &str)]) -> School {
    let mut school = School::default();
    cells.iter().for_each(|(column, text)| school.set(*column, text));
    school
}

/// A primary school with all that the seven indicators need, 100 of most, so that
/// 每百名 and 生均 are easily told.
pub fn primary(pupils: &str) -> School {
    row(&[
        (Column::Name, "甲小学"),
        (Column::Kind, "小学"),
        (Column::Pupils, pupils),
        (Column::Degree, "100"),
        (Column::Backbone, "10"),
        (Column::Sports, "5"),
        (Column::Arts, "6"),
        (Column::Teaching, "5000.5"),
        (Column::IndoorSport, "500"),
        (Column::Gym, "1000"),
        (Column::Field, "8000"),
        (Column::Equipment, "250"),
        (Column::Multimedia, "24"),
    ])
}

/// The cells of a school of this type whose seven indicators all count `each`.
pub fn even<'a>(kind: &'a str, pupils: &'a str, each: &'a str) -> Vec<(Column, &'a str)> {
    let filled = [
        Column::Degree,
        Column::Backbone,
        Column::Sports,
        Column::Teaching,
        Column::Gym,
        Column::Equipment,
        Column::Multimedia,
    ];
    let none = [Column::Arts, Column::IndoorSport, Column::Field];
    let mut cells = vec![(Column::Kind, kind), (Column::Pupils, pupils)];
    cells.extend(filled.map(|column| (column, each)));
    cells.extend(none.map(|column| (column, "0")));
    cells
}

pub fn number(text: &str) -> Number {
    Number::parse(text).unwrap()
}

/// A source of numbers that always gives the same ones (SplitMix64).
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % below
    }

    fn one_in(&mut self, times: u64) -> bool {
        self.roll(times) == 0
    }

    fn pick<'a>(&mut self, among: &[&'a str]) -> &'a str {
        among[self.roll(among.len() as u64) as usize]
    }
}

const RESOURCES: [(Column, u64); 11] = [
    (Column::Degree, 90),
    (Column::Backbone, 30),
    (Column::Sports, 12),
    (Column::Arts, 12),
    (Column::Teaching, 12_000),
    (Column::IndoorSport, 900),
    (Column::Gym, 3_000),
    (Column::Field, 20_000),
    (Column::Equipment, 900),
    (Column::Multimedia, 60),
    (Column::Senior, 800),
];

/// A district as offices have them, with now and then a cell that is empty or
/// wrong, and schools that are not counted. `sound` keeps every cell filled.
pub fn random(dice: &mut Dice, schools: u64, sound: bool) -> Vec<School> {
    let mut rows = Vec::new();
    for serial in 0..schools {
        let name = format!("第{serial}学校");
        let kind = if dice.one_in(3) {
            dice.pick(&["九年一贯制学校", "十二年一贯制学校", "完全中学"])
        } else if !sound && dice.one_in(4) {
            dice.pick(&["教学点", "特殊教育学校", "专门学校", "职业学校", ""])
        } else {
            dice.pick(&["小学", "初级中学"])
        };
        let stages: &[&str] = match kind {
            "九年一贯制学校" | "十二年一贯制学校" => &["小学", "初中"],
            "小学" | "教学点" => &["小学"],
            _ if sound => &["初中"],
            _ if dice.one_in(2) => &["初中"],
            _ => &[""],
        };
        for (place, stage) in stages.iter().enumerate() {
            let mut school = row(&[(Column::Name, &name), (Column::Kind, kind), (Column::Stage, stage)]);
            if !sound && dice.one_in(60) {
                school.set(Column::Stage, "");
            }
            let pupils = if dice.one_in(5) { dice.roll(60) } else { 100 + dice.roll(2_500) };
            school.set(Column::Pupils, &(pupils + u64::from(sound)).to_string());
            for (column, most) in RESOURCES {
                // The second row of a school often leaves to the first what both use.
                if place > 0 && !sound && dice.one_in(2) {
                    continue;
                }
                let mut text = dice.roll(most).to_string();
                if column == Column::Teaching {
                    text = (900 + dice.roll(most)).to_string();
                }
                if matches!(column, Column::Teaching | Column::Gym | Column::Field | Column::Equipment) {
                    text = format!("{text}.{:02}", dice.roll(100));
                }
                school.set(column, &text);
            }
            if !sound && dice.one_in(6) {
                let (column, _) = RESOURCES[dice.roll(11) as usize];
                school.set(column, dice.pick(&["", "约300", "-5", "1.2345678", "999999"]));
            }
            if !sound && dice.one_in(25) {
                school.set(Column::Pupils, dice.pick(&["", "0", "若干", "12.5"]));
            }
            rows.push(school);
        }
    }
    rows
}
