//! The submission of a district that has finished: what people look at to judge
//! how the workbook reads and prints.

use zhidu::assessment::{Answer, CheckItem, Evidence, RowId, State};
use zhidu::catalogue::{Catalogue, CatalogueKind};
use zhidu::record::backup::Backup;
use zhidu::value::points::Points;

use crate::district::district;
use crate::sample::{Dice, long_text};

const SENTENCES: [&str; 8] = [
    "区政府把义务教育优质均衡发展列入年度重点任务，常务会议专题研究四次，形成会议纪要四份，议定事项全部落实到责任单位。",
    "全区小学、初中共二十四所，专任教师持证率百分之百，五年一周期培训全部按规定学时完成。",
    "区财政局按标准足额拨付生均公用经费，教育经费做到“两个只增不减”，没有截留、挤占和挪用。",
    "随迁子女入学实行“一窗受理、联网审核”，符合条件的适龄儿童全部安排入学，特殊教育学校与普通学校结对送教上门。",
    "督导室对每所学校开展经常性督导不少于两次，发现问题三十七条，已整改三十五条，其余两条列入下半年工程。",
    "教师交流轮岗的骨干教师比例为百分之二十三，城乡之间、校际之间的名额逐年向薄弱学校倾斜。",
    "校园安全实行“一校一策”，人防、物防、技防达到规定标准，全年无重大安全事故。",
    "社会满意度由市级组织调查，区里根据反馈意见制定改进清单，并向社会公布整改情况。",
];

/// Every point is answered, one of them in 3,000 characters; 24 rows of schools, nine
/// materials.
pub fn finished(catalogue: &Catalogue) -> Backup {
    let mut backup = district(catalogue, true, false);
    let assessment = &mut backup.assessment;
    assessment.head.unit_name = "北京市东城区人民政府教育督导室".into();
    assessment.answers.clear();
    assessment.evidence.clear();
    let mut dice = Dice(54);
    for (index, point) in catalogue.points().iter().enumerate() {
        let from = dice.roll(SENTENCES.len());
        let many = 2 + dice.roll(6);
        let narrative = match index {
            6 => long_text(),
            _ => SENTENCES.iter().cycle().skip(from).take(many).copied().collect(),
        };
        let mut answer = Answer {
            state: if index % 11 == 10 { State::Drafting } else { State::Complete },
            narrative,
            filler: ["王小明", "李红", "赵国强"][dice.roll(3)].into(),
            ..Answer::default()
        };
        if catalogue.kind == CatalogueKind::Scored {
            let maximum = point.points.map_or(0, |it| it.hundredths());
            let lost = if index % 4 == 3 { maximum / 4 } else { 0 };
            answer.score = Points::from_hundredths(maximum - lost).to_string();
            if lost > 0 {
                answer.deduction =
                    "两所学校专用教室配备不足，一所学校运动场地生均面积未达标，正在改造。".into();
            }
        }
        if index == 20 {
            answer.state = State::NotApplicable;
            answer.score = String::new();
            answer.waiver = "本区没有乡村学校，此项不涉及。".into();
        }
        if catalogue.check_items && index % 3 == 0 {
            answer.check_items = (0..2)
                .map(|nth| CheckItem {
                    id: RowId::from_random(9_000 + (index * 10 + nth) as u128),
                    text: format!("查看会议纪要不少于 {} 份", nth + 2),
                    finding: ["", "已查看，齐全"][nth].into(),
                })
                .collect();
        }
        if index % 6 == 0 {
            let id = RowId::from_random(700 + index as u128);
            answer.numbered = 1;
            answer.evidence.push(id.clone());
            let material = Evidence {
                number: format!("{}-01", point.no),
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
    let rows: Vec<RowId> = assessment.schools_in_order().into_iter().map(|(id, _)| id.clone()).collect();
    for id in rows.iter().skip(24) {
        assessment.schools.remove(id);
    }
    backup
}
