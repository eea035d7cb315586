//! A district with schools and figures, some of them at a limit or beside it.

use zhidu::assessment::{Figure, RowId};
use zhidu::catalogue::{Catalogue, FigureId, FigureKind};
use zhidu::measure::{BY_STAGE, splitting_id};
use zhidu::record::backup::Backup;
use zhidu::school::{Column, School};

use crate::sample::{Dice, filled};

/// 30 schools of both stages; `sound` leaves out the cells that are missing,
/// refused or doubtful, `split` splits 一贯制学校.
pub fn district(catalogue: &Catalogue, sound: bool, split: bool) -> Backup {
    let mut backup = filled(catalogue);
    let mut dice = Dice(30);
    for spec in &catalogue.figures {
        let raw = match spec.kind {
            FigureKind::Count => (90 + dice.roll(20)).to_string(),
            FigureKind::Amount => format!("{}.{}", 80 + dice.roll(20), dice.roll(1_000_000)),
            FigureKind::Rate => format!("{}.0{}", dice.roll(12), dice.roll(9)),
            FigureKind::Step => "Ⅲ".into(),
            FigureKind::YesNo => "有".into(),
            FigureKind::Done => "是".into(),
            FigureKind::Choice => spec.options[0].id.clone(),
        };
        if spec.schools.is_none() {
            typed(&mut backup, spec.id.as_str(), &raw);
        }
    }
    let edges = [
        // Exactly at the limit, and below it by the least.
        ("migrant-children-placed", "84999"),
        ("migrant-children", "100000"),
        ("disabled-children-schooled", "990"),
        ("disabled-children", "1000"),
        // 100 − 7 + 6 of 101 − 1: 99 %.
        ("junior-graduates", "100"),
        ("junior-transfers-in", "7"),
        ("junior-transfers-out", "6"),
        ("junior-entrants", "101"),
        ("junior-deaths", "1"),
        // Binary floats take 0.1 + 0.2 for more than 0.3.
        ("teacher-pay", "182000.500001"),
        ("civil-servant-pay", "182000.5"),
        ("exercise-hours", "0.999999"),
        ("satisfaction", "85.0"),
        ("traffic-plans", "0"),
        ("traffic-plans-due", "0"),
        ("hotline-leads", "一百二十"),
    ];
    for (id, raw) in edges {
        let known = FigureId::parse(id).is_ok_and(|id| catalogue.figure(&id).is_some());
        if known && (sound || id != "migrant-children") {
            typed(&mut backup, id, raw);
        }
    }
    if !sound && catalogue.figures.len() > 20 {
        typed(&mut backup, "art-pupils", "");
    }
    if split {
        let id = splitting_id().unwrap().to_string();
        typed(&mut backup, &id, BY_STAGE);
    }
    for (place, row) in (0_u32..).zip(schools(sound)) {
        let school = School { place, ..row };
        backup.assessment.schools.insert(RowId::from_random(0x5C00 + u128::from(place)), school);
    }
    backup
}

fn typed(backup: &mut Backup, id: &str, raw: &str) {
    let figure = Figure { raw: raw.into(), year: "2025".into(), note: "据教育事业统计报表".into() };
    backup.assessment.figures.insert(FigureId::parse(id).unwrap(), figure);
}

fn schools(sound: bool) -> Vec<School> {
    let mut dice = Dice(31);
    let mut rows = Vec::new();
    for serial in 0..30 {
        let kind = match serial {
            3 | 9 | 14 => "九年一贯制学校",
            20 => "十二年一贯制学校",
            26 => "教学点",
            27 => "特殊教育学校",
            28 => "专门学校",
            29 => "职业学校",
            _ if serial % 2 == 0 => "小学",
            _ => "初级中学",
        };
        let stages: &[&str] = match kind {
            "小学" | "教学点" | "特殊教育学校" | "专门学校" => &["小学"],
            "初级中学" | "职业学校" => &["初中"],
            _ => &["小学", "初中"],
        };
        for stage in stages {
            let pupils = if kind == "教学点" { 49 } else { 200 + dice.roll(1_800) };
            let mut school = School::default();
            let mut set = |column, text: String| school.set(column, &text);
            set(Column::Name, if serial == 5 { "=1+1 学校".into() } else { format!("第{}学校", serial + 1) });
            set(Column::Code, format!("11010100{serial:02}"));
            set(Column::Kind, kind.into());
            set(Column::Stage, (*stage).into());
            set(Column::Sponsor, "公办".into());
            set(Column::Pupils, pupils.to_string());
            set(Column::LargestClass, (38 + dice.roll(4)).to_string());
            for (column, per) in [
                (Column::Teachers, 9),
                (Column::Degree, 6),
                (Column::Backbone, 1),
                (Column::Sports, 1),
                (Column::Arts, 1),
                (Column::Certified, 9),
                (Column::Trained, 9),
                (Column::Multimedia, 3),
            ] {
                set(column, (pupils * per / 100 + dice.roll(4)).to_string());
            }
            if kind == "十二年一贯制学校" {
                set(Column::Senior, "612".into());
            }
            // 4.5 and 5.8 ㎡ each, to the hundredth; every third school a hundredth less.
            let standard = if *stage == "小学" { 450 } else { 580 };
            let hundredths = pupils * standard + 30_033 - usize::from(serial % 3 == 0);
            set(Column::Teaching, format!("{}.{:02}", hundredths / 100, hundredths % 100));
            set(Column::IndoorSport, "300.33".into());
            set(Column::Gym, format!("{}.5", dice.roll(3_000)));
            set(Column::Field, (pupils * (5 + dice.roll(9))).to_string());
            set(Column::ArtRooms, (pupils * 2 - dice.roll(2)).to_string());
            // 万元: 5,000 元 each.
            set(Column::Equipment, format!("{}.{}", pupils / 2 + dice.roll(400), pupils % 2 * 5));
            let funds = pupils * 12;
            set(Column::Funds, format!("{}.{}", funds / 10, funds % 10));
            set(Column::Training, format!("{}.{:02}", funds * 5 / 1000, funds * 5 / 10 % 100));
            rows.push(school);
        }
    }
    if !sound {
        rows[4].set(Column::Gym, "");
        rows[6].set(Column::Multimedia, "约12");
        rows[10].set(Column::Stage, "高中");
        rows.insert(12, School::default());
    }
    rows
}
