//! 合并: what taking a file in would change, change by change, and what is decided of it.

use maud::{Markup, html};

use crate::assessment::Assessment;
use crate::assessment::place::Place;
use crate::assessment::returning::{Return, ReturnStanding};
use crate::catalogue::Catalogue;
use crate::html::act::MergeAct;
use crate::html::read::told::{about_name, material_name, owner_name, point_name, school_name, stored_text};
use crate::merge::sentences::{From, marked};
use crate::merge::{Change, Count, Decision, Outcome, Proposal, Said, Subject};

/// What a control of the page decides: changes by their place in the proposal, and how.
/// Printed as "3,4/theirs".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// The changes.
    pub changes: Vec<usize>,
    /// How.
    pub how: How,
}

/// How a control decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// So.
    As(Decision),
    /// As it was proposed.
    Proposed,
    /// By a text of one's own, which stands in the field.
    Own,
}

impl Decided {
    /// What an address says, if it is one.
    pub fn parse(address: &str) -> Option<Decided> {
        let (changes, how) = address.split_once('/')?;
        let changes = changes.split(',').map(|index| index.parse().ok()).collect::<Option<Vec<usize>>>()?;
        let how = match how {
            "theirs" => How::As(Decision::Theirs),
            "ours" => How::As(Decision::Ours),
            "both" => How::As(Decision::Both),
            "merged" => How::Proposed,
            "own" => How::Own,
            _ => return None,
        };
        Some(Decided { changes, how })
    }
}

/// One kind of changes.
struct Part<'a> {
    name: &'static str,
    hint: &'static str,
    changes: Vec<(usize, &'a Change, &'a Option<Decision>)>,
    /// Whether it is folded, because nobody has to look at it.
    folded: bool,
}

/// The page.
///
/// `behind` is how many more files wait.
pub fn merge_page(catalogue: &Catalogue, ours: &Assessment, proposal: &Proposal, behind: usize) -> String {
    let count = proposal.count();
    let markup = html! {
        header.z-page__head {
            h1 { "合并" }
            (buttons(proposal, &count))
        }
        p {
            b { (proposal.source) }
            @if behind > 0 { "　（还有 " (behind) " 份文件等待核对）" }
        }
        @if let Some(returned) = &proposal.returned { (returned_by(returned)) }
        @if behind > 0 {
            p.z-noprint { button.z-button type="button" data-do=(MergeAct::ApplyAll.name()) { "没有冲突的文件一并确定" } }
        }
        p role="status" { (summary(proposal, &count)) }
        @if !proposal.base_known {
            p.z-banner { "从这份文件分不清每一处是谁改的，请逐处选择。" }
        }
        @for part in parts(proposal) { (section(catalogue, ours, proposal, &part)) }
        @if !proposal.remarks.is_empty() {
            section.z-merge aria-label="没有取用的内容" {
                h2 { "没有取用的内容（" (proposal.remarks.len()) "）" }
                p.z-hint { "文件中的这些内容不能确定属于哪里，没有取用。需要的请自己填入。" }
                ul.z-merge__remarks { @for remark in &proposal.remarks { li { (remark) } } }
            }
        }
        @if proposal.changes().len() > 4 { (buttons(proposal, &count)) }
    };
    markup.into_string()
}

/// Whose return it is, and how it stands to those before.
fn returned_by(returned: &Return) -> Markup {
    let told = returned.contributions.iter().filter(|it| it.says_something()).count();
    html! {
        @match returned.standing {
            ReturnStanding::New => p {
                @if returned.asked > 0 {
                    "这是“" (returned.name) "”的回传，共 " (returned.asked) " 项，" (told) " 项有新的内容。它的说明、得分和状态原样保留在“收集”页，区级内容按下面的选择写入。"
                } @else {
                    "这是“" (returned.name) "”报的数据，按下面的选择写入。"
                }
            },
            ReturnStanding::Same => p.z-banner { "“" (returned.name) "”的这份内容已经收过，没有新的，默认都不取用。" },
            ReturnStanding::Older => p.z-banner {
                "这份文件以前交过，或出自比“" (returned.name) "”上次交来的更早的填报表，默认都不取用，“收集”页仍以上次的为准。请核对是否选错了文件。"
            },
        }
    }
}

fn buttons(proposal: &Proposal, count: &Count) -> Markup {
    let label = match (count.undecided, proposal.will_change()) {
        (0, 0) if proposal.returned.as_ref().is_some_and(|it| !it.contributions.is_empty()) => {
            "确定，收下这份回传".to_owned()
        }
        (0, 0) => "完成，没有要写入的".to_owned(),
        (0, made) => format!("确定，写入 {made} 处"),
        (open, _) => format!("还有 {open} 处要选择"),
    };
    html! {
        div.z-form__buttons {
            button.z-button type="button" data-do=(MergeAct::Leave.name()) { "不合并这份文件" }
            button.z-button.z-button--main type="button" data-do=(MergeAct::Apply.name()) disabled[count.undecided > 0] {
                (label)
            }
        }
    }
}

fn summary(proposal: &Proposal, count: &Count) -> String {
    if proposal.changes().is_empty() {
        return "与本机的内容没有差异，不需要写入。".to_owned();
    }
    let of_unit = proposal.returned.is_some();
    let named = [
        (count.theirs - count.gone, "只有对方改了"),
        (count.gone, "对方清空或删除"),
        (count.beside, "几个单位同填"),
        (if of_unit { 0 } else { count.ours }, "只有本机改了"),
        (if of_unit { 0 } else { count.alike }, "两边改得一样"),
        (count.merged, "两边改在不同处"),
        (count.conflicts, "两边改得不同"),
    ];
    let told: Vec<String> = named
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| format!("{name} {count} 处"))
        .collect();
    let open = match count.undecided {
        0 => String::new(),
        open => format!("还有 {open} 处要您选择。"),
    };
    let told = if told.is_empty() { "没有要写入区级内容的".to_owned() } else { told.join("，") };
    format!("{}。{open}确定之前不改动本机的内容；确定后可用“撤销”一次全部恢复。", told)
}

fn parts(proposal: &Proposal) -> Vec<Part<'_>> {
    let kept = |wanted: &dyn Fn(&Change) -> bool| {
        let all = proposal.changes().iter().enumerate();
        all.filter(|(_, (change, _))| wanted(change))
            .map(|(at, (change, decision))| (at, change, decision))
            .collect()
    };
    let beside = |change: &Change| proposal.is_kept_beside(change);
    let came_before = proposal.returned.as_ref().is_some_and(|it| it.standing != ReturnStanding::New);
    let of = |wanted: &dyn Fn(&Change) -> bool| kept(&|change: &Change| !beside(change) && wanted(change));
    let parts = vec![
        Part {
            name: "两边改得不同",
            hint: "请逐处选择；变动的句子有底色。",
            changes: of(&|change| change.outcome == Outcome::Conflict),
            folded: false,
        },
        Part {
            name: "只有对方改了",
            hint: if came_before {
                "默认不写入；要用的请改选“用对方”。"
            } else {
                "将写入；不要的请改选“用本机”。"
            },
            changes: of(&|change| change.outcome == Outcome::Theirs && !change.is_gone()),
            folded: false,
        },
        Part {
            name: "几个单位同填",
            hint: "它的说明原样保留，区级说明暂不改动；到“收集”页采用、追加，或在这里改选“用对方”。",
            changes: kept(&beside),
            folded: false,
        },
        Part {
            name: "两边改在不同处",
            hint: "说明按句子、责任单位按单位合在一起，请过目。",
            changes: of(&|change| matches!(change.outcome, Outcome::Merged(_))),
            folded: false,
        },
        Part {
            name: "对方清空或删除",
            hint: "不会写入，除非您选“用对方”。",
            changes: of(&Change::is_gone),
            folded: false,
        },
        Part {
            name: "只有本机改了",
            hint: "保持不变。",
            changes: of(&|change| change.outcome == Outcome::Ours),
            folded: true,
        },
        Part {
            name: "两边改得一样",
            hint: "无需处理。",
            changes: of(&|change| change.outcome == Outcome::Alike),
            folded: true,
        },
    ];
    // Of a return the district's own work is no matter.
    let own = |part: &Part<'_>| part.folded && proposal.returned.is_some();
    parts.into_iter().filter(|part| !part.changes.is_empty() && !own(part)).collect()
}

fn section(catalogue: &Catalogue, ours: &Assessment, proposal: &Proposal, part: &Part<'_>) -> Markup {
    let title = format!("{}（{}）", part.name, part.changes.len());
    if part.folded {
        return html! {
            details.z-more {
                summary { (title) }
                p.z-hint { (part.hint) }
                @for (index, change, decision) in &part.changes { (one(catalogue, ours, *index, change, decision, None)) }
            }
        };
    }
    html! {
        section.z-merge aria-label=(part.name) {
            div.z-past__head {
                h2 { (title) }
                @if part.changes.len() > 1 { (all_at_once(part.changes.iter().map(|it| it.0), "全部")) }
            }
            p.z-hint { (part.hint) }
            @for (name, changes) in by_group(catalogue, &part.changes) {
                @if let Some(name) = name {
                    div.z-past__head {
                        h3 { (name) }
                        @if changes.len() > 1 { (all_at_once(changes.iter().map(|it| it.0), "本组")) }
                    }
                }
                @for (index, change, decision) in changes { (one(catalogue, ours, index, change, decision, Some(proposal))) }
            }
        }
    }
}

fn all_at_once(changes: impl Iterator<Item = usize> + Clone, what: &str) -> Markup {
    let all = |how: &str| {
        let indices: Vec<String> = changes.clone().map(|index| index.to_string()).collect();
        format!("{}/{how}", indices.join(","))
    };
    html! {
        span.z-merge__all {
            button.z-button type="button" data-do=(MergeAct::Decide.name()) data-choice=(all("theirs")) { (what) "用对方" }
            button.z-button type="button" data-do=(MergeAct::Decide.name()) data-choice=(all("ours")) { (what) "用本机" }
        }
    }
}

type Listed<'a> = (usize, &'a Change, &'a Option<Decision>);

/// Changes one behind the other by the group of points that they belong to.
fn by_group<'a>(catalogue: &Catalogue, changes: &[Listed<'a>]) -> Vec<(Option<String>, Vec<Listed<'a>>)> {
    let mut groups: Vec<(Option<String>, Vec<Listed<'a>>)> = Vec::new();
    for listed in changes {
        let (_, change, _) = listed;
        let point = change.subject.point().and_then(|id| catalogue.point(id));
        let group = point.and_then(|(index, _)| catalogue.groups().get(catalogue.page_of(index)));
        let name = match (group, &change.subject) {
            (Some(group), _) => Some(group.short_heading()),
            (None, Subject::Material(_) | Subject::Text(Place::Evidence(..))) => Some("佐证材料".to_owned()),
            (None, Subject::Text(Place::Figure(..))) => Some("数据".to_owned()),
            (None, Subject::School(_) | Subject::SchoolOrder | Subject::Text(Place::School(..))) => {
                Some("学校数据".to_owned())
            }
            (None, Subject::Text(Place::Unit(..))) => Some("责任单位".to_owned()),
            _ => None,
        };
        match groups.last_mut() {
            Some((known, list)) if *known == name => list.push(*listed),
            _ => groups.push((name, vec![*listed])),
        }
    }
    groups
}

fn one(
    catalogue: &Catalogue,
    ours: &Assessment,
    index: usize,
    change: &Change,
    decision: &Option<Decision>,
    asks: Option<&Proposal>,
) -> Markup {
    let (place, what) = name(catalogue, ours, change);
    let base = change.base.as_deref().unwrap_or_default();
    html! {
        article.z-merge__one data-index=(index) aria-label={ (place) " " (what) } {
            h4 { (place) " " (what) }
            dl.z-merge__sides {
                @if change.base.as_deref().is_some_and(|text| !text.is_empty()) {
                    dt { "原来" } dd { (words(catalogue, &change.subject, &change.base)) }
                }
                @match &change.outcome {
                    Outcome::Merged(stretches) => {
                        dt { "合在一起" }
                        dd {
                            @for stretch in stretches {
                                @match stretch.from {
                                    From::Both => (stretch.text),
                                    From::Theirs => mark.z-merge__theirs title="对方改的" { (stretch.text) },
                                    From::Ours => mark.z-merge__ours title="本机改的" { (stretch.text) },
                                }
                            }
                        }
                    }
                    outcome => {
                        @if *outcome != Outcome::Ours {
                            dt { "对方" } dd { (side(catalogue, change, base, &change.theirs)) }
                        }
                        @if matches!(outcome, Outcome::Ours | Outcome::Conflict) {
                            dt { "本机" } dd { (side(catalogue, change, base, &change.ours)) }
                        }
                    }
                }
            }
            @if let Some(proposal) = asks {
                @if let Some(twin) = proposal.twin(change).and_then(|row| ours.evidence.get(row)) {
                    p.z-banner { "与本机已有的材料 " (twin.number) "“" (twin.title) "”同名同文号，可能是同一份，请选择。" }
                }
                @if let Some(twin) = proposal.twin(change).and_then(|row| ours.schools.get(row)) {
                    p.z-banner { "“学校数据”中已有" (twin.title()) "，再加一行会重复计算，请选择。" }
                }
                (choices(index, change, decision, proposal, &format!("{place} {what}")))
            }
        }
    }
}

/// What a side says, with the sentences marked that are new in it.
fn side(catalogue: &Catalogue, change: &Change, base: &str, said: &Said) -> Markup {
    match said {
        Some(text) if change.subject.is_prose() && !base.is_empty() && !text.is_empty() => html! {
            @for (new, sentence) in marked(base, text) {
                @if new { mark { (sentence) } } @else { (sentence) }
            }
        },
        _ => words(catalogue, &change.subject, said),
    }
}

fn words(catalogue: &Catalogue, subject: &Subject, said: &Said) -> Markup {
    let text = match (subject, said) {
        (_, None) => return html! { span.z-hint { "（没有）" } },
        (Subject::Text(place), Some(text)) => stored_text(catalogue, place, text),
        (
            Subject::Material(_) | Subject::Item(..) | Subject::School(_) | Subject::Contribution(..),
            Some(text),
        ) => text.split('｜').filter(|field| !field.is_empty()).collect::<Vec<_>>().join("，"),
        (_, Some(text)) => text.clone(),
    };
    if text.is_empty() {
        html! { span.z-hint { "（空）" } }
    } else {
        html! { (text) }
    }
}

fn choices(
    index: usize,
    change: &Change,
    decision: &Option<Decision>,
    proposal: &Proposal,
    about: &str,
) -> Markup {
    let draft = proposal.draft(&change.subject);
    let doubled = proposal.twin(change).is_some();
    let [theirs, here] = match &change.subject {
        Subject::School(_) if doubled => ["不是同一所，另加一行", "已有，不加"],
        _ if doubled => ["不是同一份，另外登记", "是同一份，引用已有的"],
        _ => ["用对方", "用本机"],
    };
    let merged = change.merged();
    let own = matches!(decision, Some(Decision::Text(text)) if Some(text) != merged.as_ref());
    let offers = [
        (merged.is_some(), "merged", "合在一起", matches!(decision, Some(Decision::Text(_))) && !own),
        (true, "theirs", theirs, *decision == Some(Decision::Theirs)),
        (true, "ours", here, *decision == Some(Decision::Ours)),
        (change.takes_both() && merged.is_none(), "both", "两段都要", *decision == Some(Decision::Both)),
    ];
    let prose = change.subject.is_prose();
    let written = draft.or(change.ours.as_deref()).unwrap_or_default();
    html! {
        div.z-merge__choices role="group" aria-label={ (about) "：选择" } {
            @for (_, how, label, chosen) in offers.into_iter().filter(|(offered, ..)| *offered) {
                button.z-button type="button" data-do=(MergeAct::Decide.name()) aria-pressed=(if chosen { "true" } else { "false" })
                    data-choice={ (index) "/" (how) } { (label) }
            }
            @if prose {
                details.z-merge__own open[own] {
                    summary { @if own { "✓ " } "自己改" }
                    textarea.z-input.z-input--block rows="4" aria-label={ (about) "：自己改" }
                        data-do=(MergeAct::Write.name()) data-choice={ (index) "/own" } { (written) }
                }
            }
        }
    }
}

/// What a change is about: where, and what there.
fn name(catalogue: &Catalogue, ours: &Assessment, change: &Change) -> (String, &'static str) {
    // A row that is not here is named by what they say of it.
    let first = |at: usize| {
        let said = change.theirs.as_deref().or(change.base.as_deref()).unwrap_or_default();
        said.split('｜').nth(at).unwrap_or_default()
    };
    match &change.subject {
        Subject::Text(place) => (owner_name(catalogue, ours, place), place.label()),
        Subject::State(point) => (point_name(catalogue, point), "填报状态"),
        Subject::Listing(point, _) => (point_name(catalogue, point), "佐证材料清单"),
        Subject::MaterialOrder(point) => (point_name(catalogue, point), "材料的次序"),
        Subject::Item(point, _) => (point_name(catalogue, point), "测评点"),
        Subject::ItemOrder(point) => (point_name(catalogue, point), "测评点的次序"),
        Subject::Material(row) if ours.evidence.contains_key(row) => (material_name(ours, row, None), "整份"),
        Subject::Material(_) => (format!("材料 {}", first(1)), "新的一份"),
        Subject::School(row) if ours.schools.contains_key(row) => {
            (school_name(ours.schools.get(row)), "整行")
        }
        Subject::School(_) => (format!("学校数据 {}", first(0)), "新的一行"),
        Subject::SchoolOrder => ("学校数据".to_owned(), "行的次序"),
        Subject::Contribution(point, _) => (about_name(catalogue, point.as_ref()), "单位回传"),
        Subject::Mute(_) => ("体检".to_owned(), "不再提示的理由"),
    }
}
