//! 打开示例: an invented district's assessment, so that a person sees what a
//! filled form looks like. Marked as an example everywhere it goes.

use zhidu::assessment::edit::Edit;
use zhidu::assessment::history::apply_all;
use zhidu::assessment::place::{AnswerField, EvidenceField, FigureField, HeadField, Place};
use zhidu::assessment::{Assessment, AssessmentId, RowId, State};
use zhidu::catalogue::{CatalogueId, FigureId, PointId, load};

use crate::browser::{clock, ids};

/// Ordinal, state, score, 完成情况说明, 扣分原因.
type Line = (u16, State, &'static str, &'static str, &'static str);

const LINES: [Line; 14] = [
    (
        1,
        State::Complete,
        "4",
        "区委、区政府坚持把立德树人作为教育工作的根本任务。一是印发《云河区中小学德育工作三年行动计划》，社会主义核心价值观进课程、进课堂、进校园文化；二是开展中华优秀传统文化进校园活动，全区36所义务教育学校全部开设书法、戏曲或非遗体验课程；三是依托区博物馆和青少年活动中心建成社会大课堂资源单位28家，全年组织学生实践活动412场次，学生社会责任感和综合素养持续提升。",
        "",
    ),
    (
        2,
        State::Complete,
        "3.5",
        "区委教育工作领导小组全年召开会议4次，专题研究学校意识形态工作2次。全区公办中小学全部实行党组织领导的校长负责制，党组织书记集中培训覆盖率100%。将党建工作纳入学校年度考核，建立党政同责、一岗双责的考核和问责机制。",
        "2所新建学校党支部换届工作滞后，支部规范化建设材料不齐。",
    ),
    (
        3,
        State::Complete,
        "2",
        "将义务教育优质均衡发展列入区政府年度重点工作，成立由区长任组长、20个部门参加的领导小组，每季度召开一次调度会，研究解决学位供给、教师编制、校园周边治理等重点难点问题17项。",
        "",
    ),
    (
        4,
        State::Complete,
        "2",
        "编制《云河区“十四五”时期义务教育设施专项规划》，按学龄人口变化每年更新学位预警。近三年新建、改扩建学校6所，新增学位5400个，小学平均就近入学距离1.3公里。",
        "",
    ),
    (
        5,
        State::Complete,
        "0.5",
        "对照规划逐年制定任务清单，区政府教育督导室每半年督查一次落实情况，规划任务完成率96%。",
        "南片区一所九年一贯制学校因征地原因未按期开工。",
    ),
    (6, State::Drafting, "", "各部门按照责任清单履职，相关材料正在汇总。", ""),
    (
        10,
        State::Drafting,
        "3",
        "建立校园安全督导检查机制，区教委、公安、市场监管等部门每学期联合检查不少于2次，全年排查隐患138处，全部整改销号。",
        "",
    ),
    (
        11,
        State::Complete,
        "3",
        "公办中小学全部实行免试就近入学，招生政策、划片范围和结果在区政府网站公示。",
        "",
    ),
    (13, State::Drafting, "", "生均公用经费按标准足额拨付，财政、教育两部门数据正在核对。", ""),
    (17, State::Drafting, "1.5", "", ""),
    (
        18,
        State::Drafting,
        "1",
        "全区义务教育学校共有班级1126个，40人以上班级正在逐校核实。",
        "个别老城区学校存在大班额，化解方案正在实施。",
    ),
    (
        22,
        State::Complete,
        "3",
        "制定校长选拔任用、交流轮岗和任期结束综合督导评估办法，近三年交流校长11名。",
        "",
    ),
    (38, State::NotApplicable, "", "", ""),
    (46, State::Drafting, "1", "每学年开展学生体质健康测试并公布结果，最近一次测试优良率正在复核。", ""),
];

/// Point, then 材料名称, 文号, 形成日期, 提供单位, 页数, 存放位置.
const MATERIALS: [(u16, [&str; 6]); 6] = [
    (1, ["云河区中小学德育工作三年行动计划", "云教发〔2025〕12号", "2025年3月", "区教委", "18", "A柜-1-01"]),
    (1, ["社会大课堂资源单位名录及活动台账", "", "2026年6月", "区教委", "46", "A柜-1-02"]),
    (
        2,
        [
            "区委教育工作领导小组会议纪要（2026年）",
            "云委教纪〔2026〕1—4号",
            "2026年",
            "区委教育工委",
            "32",
            "A柜-1-03",
        ],
    ),
    (
        3,
        [
            "关于成立义务教育优质均衡发展领导小组的通知",
            "云政办〔2024〕31号",
            "2024年9月5日",
            "区政府办公室",
            "6",
            "A柜-2-01",
        ],
    ),
    (
        4,
        [
            "云河区“十四五”时期义务教育设施专项规划",
            "云政发〔2022〕8号",
            "2022年4月",
            "区规划自然资源分局",
            "85",
            "B柜-1-01",
        ],
    ),
    (
        11,
        [
            "2026年义务教育阶段入学工作意见及公示网页",
            "云教发〔2026〕7号",
            "2026年4月",
            "区教委",
            "24",
            "B柜-2-03",
        ],
    ),
];

/// Figures by their names in the catalogue.
const FIGURES: [(&str, &str); 12] = [
    ("grave-accidents", "0"),
    ("nearby-pupils", "8216"),
    ("new-pupils", "8216"),
    ("retention-basis", "junior-three"),
    ("junior-graduates", "3350"),
    ("junior-transfers-in", "64"),
    ("junior-transfers-out", "91"),
    ("junior-entrants", "3392"),
    ("junior-deaths", "1"),
    ("migrant-children-placed", "2431"),
    ("migrant-children", "2873"),
    ("monitoring-level", "Ⅲ"),
];

/// The example under a fresh id; `None` if its catalogue is not here.
pub fn sample(id: AssessmentId) -> Option<Assessment> {
    let catalogue = load(&CatalogueId::parse("beijing-balance-2018").ok()?)?.ok()?;
    let year = clock::year().to_string();
    let mut assessment = Assessment::new(id, &catalogue, "云河区（虚构）", "", &year);
    assessment.head.example = true;
    assessment.head.name = format!("示例 {}", assessment.head.name);
    let mut apply = |make: &dyn Fn(&Assessment) -> Vec<Edit>| {
        let edits = make(&assessment);
        // Edits made from the assessment as it stands always fit it.
        let _ = apply_all(&mut assessment, &edits);
    };
    let mut typed = |place: Place, text: &str| apply(&|it| it.typing(&place, text));
    for (field, text) in [
        (HeadField::Filler, "示例填表人"),
        (HeadField::Reviewer, "示例审核人"),
        (HeadField::Leader, "示例负责人"),
        (HeadField::Phone, "010-00000000"),
    ] {
        typed(Place::Head(field), text);
    }
    for (ordinal, _, score, narrative, deduction) in LINES {
        let point = PointId::new(&catalogue.id, ordinal);
        typed(Place::Answer(point.clone(), AnswerField::Score), score);
        typed(Place::Answer(point.clone(), AnswerField::Narrative), narrative);
        typed(Place::Answer(point, AnswerField::Deduction), deduction);
    }
    let excluded = Place::Answer(PointId::new(&catalogue.id, 38), AnswerField::Waiver);
    typed(excluded, "（示例）本项由市级统一组织，区级不单独开展。");
    for (ordinal, texts) in MATERIALS {
        let point = PointId::new(&catalogue.id, ordinal);
        let row = RowId::from_random(ids::random_bits());
        apply(&|it| it.adding_evidence(&point, row.clone()));
        for (field, text) in EvidenceField::ALL.into_iter().zip(texts) {
            apply(&|it| it.typing(&Place::Evidence(row.clone(), field), text));
        }
    }
    for (id, text) in FIGURES {
        if let Ok(id) = FigureId::parse(id) {
            apply(&|it| it.typing(&Place::Figure(id.clone(), FigureField::Raw), text));
        }
    }
    for (ordinal, state, ..) in LINES {
        let point = PointId::new(&catalogue.id, ordinal);
        apply(&|it| it.setting_state(&point, state));
    }
    Some(assessment)
}
