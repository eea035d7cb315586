//! A generated catalogue of 2,000 points, for measuring the page with far more
//! points than any real document has. Part of the build for the benchmark alone.

use std::fmt::Write;

/// Gives the running program the generated catalogue.
pub fn carry_synthetic() {
    super::library::carry(ID, &json(), &[]);
}

/// The id of the generated catalogue.
const ID: &str = "synthetic-2000";

const AREAS: [&str; 10] = [
    "组织领导",
    "资源配置",
    "队伍建设",
    "教育治理",
    "教育质量",
    "创新发展",
    "学前教育",
    "职业教育",
    "特殊教育",
    "校园安全",
];
const MATTERS: [&str; 10] = [
    "统筹规划",
    "责任落实",
    "经费保障",
    "条件装备",
    "教师交流",
    "课程建设",
    "质量监测",
    "督导问责",
    "家校协同",
    "信息公开",
];
const DEEDS: [&str; 20] = [
    "健全工作机制",
    "制定年度计划",
    "明确部门分工",
    "定期召开会议",
    "建立工作台账",
    "开展专项检查",
    "落实经费预算",
    "配齐专职人员",
    "组织全员培训",
    "完善考核办法",
    "公开工作进展",
    "受理群众反映",
    "开展满意度调查",
    "加强数据核验",
    "推进资源共享",
    "总结典型经验",
    "强化结果运用",
    "督促问题整改",
    "落实安全责任",
    "保障师生权益",
];

/// Ten areas of ten matters with twenty points of one 分 each, no two of the
/// same wording.
fn json() -> String {
    let mut out = format!(
        r#"{{"format":1,"id":"{ID}","title":"合成指标体系（2000个要点，仅供性能测试）","short":"合成","year":2000,"region":"虚构","kind":"scored","levels":["一级指标","二级指标"],"point_name":"评价要点","point_label":"要点","page_level":2,"groups":["#
    );
    let mut ordinal = 0;
    for (a, area) in AREAS.iter().enumerate() {
        let comma = if a == 0 { "" } else { "," };
        push(&mut out, format_args!(r#"{comma}{{"no":"{}","title":"{area}","groups":["#, a + 1));
        for (m, matter) in MATTERS.iter().enumerate() {
            let comma = if m == 0 { "" } else { "," };
            push(&mut out, format_args!(r#"{comma}{{"no":"（{}）","title":"{matter}","points":["#, m + 1));
            for (d, deed) in DEEDS.iter().enumerate() {
                ordinal += 1;
                let comma = if d == 0 { "" } else { "," };
                push(
                    &mut out,
                    format_args!(
                        r#"{comma}{{"ordinal":{ordinal},"no":"{ordinal}","points":"1","text":"围绕{area}中的{matter}，{deed}，做到目标明确、措施具体、责任到人；全区相关工作完成率不低于{}%，并形成可查验的过程材料，有效支撑义务教育优质均衡发展。"}}"#,
                        80 + d
                    ),
                );
            }
            out.push_str("]}");
        }
        out.push_str("]}");
    }
    out.push_str("]}");
    out
}

/// Writing to a `String` never fails.
fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(text);
}
