//! Names of the files that the program hands out. Every name is allowed on
//! Windows, macOS and Linux, whatever the district typed.

use crate::assessment::{Assessment, Contribution, ContributionState, Head, Share};

/// The name of a submission:
/// "东城区_优质均衡_2026_20261123_r12.xlsx". `when` is 导出时间 as
/// "2026-11-23 14:05", `seq` the revision. 示例 comes first where it is one.
pub fn submission(head: &Head, short: &str, when: &str, seq: u64) -> String {
    format!("{}.xlsx", stem(head, short, when, seq))
}

/// The name of a backup: as [`submission`], with 备份, ".json".
pub fn backup(head: &Head, short: &str, when: &str, seq: u64) -> String {
    format!("{}_备份.json", stem(head, short, when, seq))
}

/// Which way a unit's file goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To the unit.
    Out,
    /// From the unit.
    In,
    /// To the unit once more, with what is to be changed.
    Back,
}

impl Way {
    /// The way of what a unit gets: back where something was handed back.
    pub fn to_unit(cut: &Assessment) -> Way {
        let returned = |it: &Contribution| it.state == ContributionState::Returned;
        if cut.contributions.values().any(returned) { Way::Back } else { Way::Out }
    }
}

/// The name of what a unit fills in: "市财政局_兴隆台区_任务分解_2026_20261130.xlsx"; of
/// what it hands in the same, with 回传, and of what is handed back to it with 退回.
pub fn unit_form(head: &Head, share: &Share, short: &str, when: &str, way: Way) -> String {
    let example = if head.example { "示例_" } else { "" };
    let back = match way {
        Way::Out => "",
        Way::In => "_回传",
        Way::Back => "_退回",
    };
    let name = part(&share.name, 90, "未填单位");
    let of = part(&head.unit_name, 60, "未填单位");
    let short = part(short, 45, "自评");
    let year = part(&head.year, 24, "未填年度");
    format!("{example}{name}_{of}_{short}_{year}_{}{back}.xlsx", date(when))
}

/// The name of the file that holds those of all units.
pub fn unit_forms(head: &Head, short: &str, when: &str, seq: u64) -> String {
    format!("{}_单位填报表.zip", stem(head, short, when, seq))
}

fn date(when: &str) -> String {
    when.chars().filter(char::is_ascii_digit).take(8).collect()
}

fn stem(head: &Head, short: &str, when: &str, seq: u64) -> String {
    let example = if head.example { "示例_" } else { "" };
    let unit = part(&head.unit_name, 90, "未填单位");
    let short = part(short, 45, "自评");
    let year = part(&head.year, 24, "未填年度");
    format!("{example}{unit}_{short}_{year}_{}_r{seq}", date(when))
}

/// A part of a name, at most `bytes` long: what file systems forbid becomes ＿,
/// what nobody sees is left out.
fn part(text: &str, bytes: usize, otherwise: &str) -> String {
    let mut part = String::new();
    for c in text.trim().chars() {
        let c = match c {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '＿',
            _ if c.is_control() || c.is_whitespace() => '＿',
            '\u{AD}'
            | '\u{61C}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' => continue,
            '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFF}' | '\u{E000}'..='\u{F8FF}' => {
                continue;
            }
            _ if c >= '\u{E0000}' => continue,
            _ => c,
        };
        if part.len() + c.len_utf8() > bytes {
            break;
        }
        part.push(c);
    }
    let part = part.trim_matches('.');
    if part.is_empty() { otherwise.to_owned() } else { part.to_owned() }
}
