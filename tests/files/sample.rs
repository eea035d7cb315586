//! Filled assessments for the tests of files: always the same ones.

use zhidu::assessment::{Answer, Assessment, AssessmentId, CheckItem, Evidence, ReplicaId, RowId, State};
use zhidu::catalogue::library::shipped;
use zhidu::catalogue::{Catalogue, CatalogueId, CatalogueKind};
use zhidu::record::backup::Backup;

pub const WHEN: &str = "2026-11-23 14:05";

pub const IDS: [&str; 4] =
    ["beijing-duties-2023", "beijing-balance-2018", "beijing-reform-2020", "panjin-duties-2019"];

pub fn catalogue(id: &str) -> Catalogue {
    Catalogue::clone(&shipped().today(&CatalogueId::parse(id).unwrap()).expect("shipped").catalogue)
}

pub fn empty(catalogue: &Catalogue) -> Backup {
    let id = AssessmentId::from_random(7);
    Backup {
        replica: ReplicaId::from_random(8),
        seq: 12,
        assessment: Assessment::new(id, catalogue, "东城区", "110101", "2026"),
        log: Vec::new(),
    }
}

/// 3,000 Han characters in sentences, each numbered so that none is like another.
pub fn long_text() -> String {
    let mut text = String::new();
    for number in 1.. {
        text.push_str(&format!("一是第{number}项工作机制持续健全，区政府常务会议专题研究义务教育优质均衡发展，统筹编制、经费、用地等资源配置；"));
        if text.chars().count() >= 2999 {
            break;
        }
    }
    let mut text: String = text.chars().take(2999).collect();
    text.push('。');
    text
}

/// Everything that a form can hold, spread over the points of a catalogue.
pub fn filled(catalogue: &Catalogue) -> Backup {
    let mut backup = empty(catalogue);
    let assessment = &mut backup.assessment;
    let cover = &mut assessment.head.cover;
    cover.filler = "王小明".into();
    cover.reviewer = "李红".into();
    cover.leader = "张建国".into();
    cover.phone = "010-6512 0000".into();
    assessment.head.due = "2026-12-15".into();
    let mut dice = Dice(catalogue.points().len() as u64);
    for (index, point) in catalogue.points().iter().enumerate() {
        let mut answer =
            Answer { state: State::ALL[dice.roll(4)], filler: "王小明".into(), ..Answer::default() };
        let maximum = point.points.map_or(0, |it| it.hundredths());
        answer.narrative = match index {
            1 => long_text(),
            2 => "=HYPERLINK(\"http://example.invalid\",\"点此\")".into(),
            3 => "＝全角等号\n第二段，含控制符\u{1}与生僻字𠀀𪚥，表情👩‍🏫。".into(),
            _ => long_text().chars().skip(dice.roll(900)).take(dice.roll(320)).collect(),
        };
        if catalogue.kind == CatalogueKind::Scored {
            answer.score = match index % 9 {
                0 => "abc".into(),
                1 => "99".into(),
                8 => String::new(),
                _ => zhidu::value::points::Points::from_hundredths(dice.roll(maximum as usize + 1) as i64)
                    .to_string(),
            };
            answer.deduction = "部分学校专用教室配备不足。".repeat(dice.roll(3));
        }
        if answer.state == State::NotApplicable {
            answer.waiver = "本区无此类学校。".into();
        }
        if index % 5 == 4 {
            answer.units = "区教委、区财政局".into();
        }
        if catalogue.check_items {
            answer.check_items = (0..dice.roll(3))
                .map(|nth| CheckItem {
                    id: RowId::from_random((index * 10 + nth) as u128 + 1_000_000),
                    text: format!("查看会议纪要不少于{}份", nth + 1),
                    finding: ["", "已查看，齐全"][dice.roll(2)].into(),
                })
                .collect();
        }
        for nth in 0..dice.roll(3) {
            let id = RowId::from_random((index * 10 + nth) as u128);
            answer.numbered += 1;
            answer.evidence.push(id.clone());
            let material = Evidence {
                number: format!("{}-{:02}", point.no, nth + 1),
                title: "关于进一步完善义务教育优质均衡发展协调机制的实施方案".into(),
                doc_no: "东教发〔2026〕5号".into(),
                formed_on: "2026年3月".into(),
                unit: "区教委".into(),
                pages: "12".into(),
                location: "督导室档案柜二层".into(),
            };
            assessment.evidence.insert(id, material);
        }
        assessment.answers.insert(point.id.clone(), answer);
    }
    let shared = assessment.evidence.keys().next().cloned();
    let last = catalogue.points().last().map(|point| point.id.clone());
    if let (Some(row), Some(point)) = (shared, last) {
        assessment.answers.entry(point).or_default().evidence.push(row);
    }
    backup
}

/// Numbers that look random and are the same each time.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides.max(1)
    }
}
