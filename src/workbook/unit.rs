//! 单位填报表: what a 责任单位 fills in. A submission of its part alone, with a first sheet
//! that says what is asked and by when, rows that grow with what is typed, room for more
//! materials, and a guard on whatever is not to be answered. The guard is a rule of Excel
//! on what is typed there and no protection of the sheet: that would forbid sorting,
//! filtering and new rows as well.

use crate::assessment::place::{HeadField, Place};
use crate::assessment::{Assessment, Share};
use crate::catalogue::{Catalogue, CatalogueKind};

use super::cover::{NAME, add_pairs, add_seal, add_space, add_wide};
use super::holds::Holds;
use crate::value::text;

use super::sheet::{Allowed, Cell, Column, Content, Edges, Role, Row, Sheet, Validation};
use super::{EXAMPLE, Workbook, block, evidence, form, page};

/// The least height of an answer, in tenths of a point: room to write.
const ROOM: u32 = 720;

/// So many empty rows stand in 佐证材料目录.
const MATERIALS: usize = 15;

/// The first sheet.
pub(super) fn cover(catalogue: &Catalogue, assessment: &Assessment, share: &Share, when: &str) -> Sheet {
    let head = &assessment.head;
    let mut sheet = Sheet {
        name: NAME.to_owned(),
        columns: [16, 28, 16, 28].map(|width| Column { width, hidden: false }).to_vec(),
        page: Some(page(catalogue, assessment, false)),
        ..Sheet::default()
    };
    if head.example {
        sheet.add_line(Cell::text(EXAMPLE, Role::Warning).unframed());
    }
    add_space(&mut sheet, 250);
    sheet.add_line(Cell::text(catalogue.title.as_str(), Role::Title).unframed());
    sheet.add_line(Cell::text("单位填报表", Role::Title).unframed());
    add_space(&mut sheet, 150);
    let text = |text: &str| Cell::text(text, Role::Value);
    add_wide(&mut sheet, "责任单位", text(&share.name));
    add_wide(&mut sheet, "本单位填报", text(&asked(catalogue, assessment, share)));
    for reason in assessment.reasons_beside() {
        add_wide(&mut sheet, "退回意见", text(reason));
    }
    add_pairs(
        &mut sheet,
        vec![
            ("汇总单位", text(&head.unit_name)),
            ("年度", text(&head.year).code()),
            ("截止日期", text(&share.due).code()),
            ("汇总联系人", text(&share.contact)),
        ],
    );
    sheet.add_line(Cell::text("填写办法", Role::Section));
    for line in how_to(catalogue, assessment, share) {
        sheet.add_line(Cell::text(line, Role::Body));
    }
    sheet.add_line(Cell::text("填报责任", Role::Section));
    let field = |field, text: &str| Cell::kept(Place::Head(field), text, Role::Value);
    add_pairs(
        &mut sheet,
        vec![
            ("填报人", field(HeadField::Filler, &head.cover.filler)),
            ("电话", field(HeadField::Phone, &head.cover.phone).code()),
            ("分管领导", field(HeadField::Leader, &head.cover.leader)),
            ("导出时间", text(when).code()),
        ],
    );
    add_seal(&mut sheet, "责任单位\n（盖章）");
    sheet
}

/// What a unit is asked for, in words. `assessment` is its part.
pub fn asked(catalogue: &Catalogue, assessment: &Assessment, share: &Share) -> String {
    let points = match share.points.len() {
        0 => None,
        count => Some(format!("{count} 项（{}）", numbers(catalogue, share))),
    };
    let schools = share.schools.then(|| match assessment.schools.iter().count() {
        0 => "学校数据".to_owned(),
        rows => format!("学校数据 {rows} 行"),
    });
    let figures = share.figures.iter().filter_map(|id| catalogue.figure(id)).map(|it| it.name.clone());
    let beside = figures.chain(schools).collect::<Vec<_>>().join("、");
    match points {
        Some(points) if beside.is_empty() => points,
        Some(points) => format!("{points}；另填{beside}"),
        None => beside,
    }
}

/// The numbers of its points: those that follow each other as "3 至 7".
fn numbers(catalogue: &Catalogue, share: &Share) -> String {
    let points = share.points.iter().filter_map(|id| catalogue.point(id));
    let numbers: Vec<&str> = points.map(|(_, point)| point.no.as_str()).collect();
    let mut runs: Vec<Vec<&str>> = Vec::new();
    for number in numbers {
        let follows = |run: &Vec<&str>| {
            let last: Option<u32> = run.last().and_then(|it| it.parse().ok());
            last.is_some_and(|last| number.parse() == Ok(last.saturating_add(1)))
        };
        match runs.last_mut() {
            Some(run) if follows(run) => run.push(number),
            _ => runs.push(vec![number]),
        }
    }
    let run = |run: &Vec<&str>| match run.as_slice() {
        [first, _, .., last] => format!("{first} 至 {last}"),
        few => few.join("、"),
    };
    let runs: Vec<String> = runs.iter().map(run).collect();
    format!("{} {}", catalogue.point_label, runs.join("、"))
}

/// Five lines.
fn how_to(catalogue: &Catalogue, assessment: &Assessment, share: &Share) -> [String; 5] {
    let label = &catalogue.point_label;
    let due = if text::full_date(&share.due).is_err() || share.due.is_empty() {
        String::new()
    } else {
        format!("于 {} 前", share.due)
    };
    let to = if share.contact.is_empty() { assessment.head.unit_name.as_str() } else { &share.contact };
    let schools = if share.schools {
        "学校的数填在“学校数据”表，一所学校的一个学段一行。"
    } else {
        ""
    };
    let score = if catalogue.kind == CatalogueKind::Scored { "和“自评得分”" } else { "" };
    let figures = if catalogue.figures.is_empty() {
        ""
    } else {
        "要填的数字在“数据”表的“数值”一栏。"
    };
    let back = format!(
        "5. 填完保存，{due}把这个文件发回{to}。也可以用智督打开本文件，在网页中填写后点“导出回传文件”。"
    );
    if share.points.is_empty() {
        let tables = [(share.schools, "学校数据"), (!share.figures.is_empty(), "数据")];
        let tables = tables.iter().filter(|(asked, _)| *asked).map(|(_, name)| format!("“{name}”"));
        return [
            format!(
                "1. 填写{}表中没有底色的单元格；没有的数字空着，不要填 0。",
                tables.collect::<Vec<_>>().join("、")
            ),
            "2. 一所学校有小学、初中两个学段的，每个学段一行；缺的学校可以在下面加行。".to_owned(),
            "3. 计量单位见表头；可以从别的表复制粘贴，粘贴时选“只粘贴数值”。".to_owned(),
            "4. 可以排序、筛选、调整列宽和字体；请不要删除表头和右侧的隐藏列。".to_owned(),
            back,
        ];
    }
    [
        format!(
            "1. 在“自评表”中填写“完成情况说明”{score}，并在“填报状态”中选“已完成”或“填报中”；不适用的选“不适用”，写明理由。"
        ),
        "2. 长的内容都写在同一个单元格里，行高会自动增加；原文、序号等不用改，改了也不会取用。".to_owned(),
        format!(
            "3. 材料填在“佐证材料目录”的空行里，“对应{label}”写{label}的序号，编号不用填。{figures}{schools}"
        ),
        "4. 可以排序、筛选、调整列宽和字体；请不要删除表头和右侧的隐藏列。".to_owned(),
        back,
    ]
}

/// Makes sheets of a submission into what a unit fills in.
pub(super) fn fit(sheet: &mut Sheet) {
    let Some(head) = sheet.page.as_ref().and_then(|page| page.repeated_row) else { return };
    let first = head as usize + 1;
    if sheet.name == form::NAME {
        for row in sheet.rows.iter_mut().skip(first) {
            row.height = row.height.map(|height| height.max(ROOM));
        }
    }
    guard(sheet, first);
    if sheet.name == evidence::NAME {
        add_empty_rows(sheet);
    }
}

/// Has Excel refuse what is typed into columns that nobody answers in.
fn guard(sheet: &mut Sheet, first: usize) {
    let entries = || {
        let rows = sheet.rows.iter().enumerate().skip(first);
        rows.filter(|(_, row)| row.cells.iter().any(|cell| cell.holds.is_some()))
    };
    let Some(from) = entries().next().map(|(at, _)| at) else { return };
    let Some(to) = entries().next_back().map(|(at, _)| at) else { return };
    let answers = |cell: &Cell| {
        !matches!(
            cell.holds,
            None | Some(Holds::Materials(_) | Holds::CheckItems(_) | Holds::Number(_) | Holds::Citing(_))
        )
    };
    let row = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let ruled: Vec<usize> = sheet.validations.iter().map(|it| it.column).collect();
    let visible = sheet.columns.iter().enumerate().filter(|(_, column)| !column.hidden);
    let guarded = visible.map(|(column, _)| column).filter(|column| {
        let answered = entries().any(|(_, row)| row.cells.get(*column).is_some_and(answers));
        !answered && !ruled.contains(column)
    });
    let rules = guarded.map(|column| Validation {
        rows: (row(from), row(to)),
        column,
        name: "此处不用填写",
        rule: Allowed::Nothing,
    });
    let rules: Vec<Validation> = rules.collect();
    sheet.validations.extend(rules);
}

fn add_empty_rows(sheet: &mut Sheet) {
    // The sentence that there is nothing yet.
    let merged = sheet.merges.last().map(|area| area.first_row as usize + 1);
    if merged == Some(sheet.rows.len()) {
        sheet.merges.pop();
        sheet.rows.pop();
    }
    let columns = sheet.columns.iter().filter(|column| !column.hidden).count();
    let mut cell = Cell { content: Content::Blank, ..Cell::blank(Role::Body) };
    cell.style.edges = Edges::All;
    for _ in 0..MATERIALS {
        sheet.rows.push(Row { height: Some(block::height(1)), cells: vec![cell.clone(); columns] });
    }
}

/// The sheet of the overview.
pub const OVERVIEW: &str = "分工一览";

/// What stands in the overview of each unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The file in which it has its part.
    pub file: String,
    /// How many points it leads in.
    pub leads: usize,
    /// The work that was cut for it.
    pub share: Share,
    /// What it is asked for, see [`asked`].
    pub asked: String,
    /// Whom to ask there.
    pub contact: String,
}

/// The sheet that lies beside the files of all units: who got what, until when.
pub fn overview(catalogue: &Catalogue, assessment: &Assessment, given: &[Given], when: &str) -> Workbook {
    let mut sheet = Sheet {
        name: OVERVIEW.to_owned(),
        columns: block::columns([6, 26, 22, 13, 8, 8, 40, 44]),
        page: Some(page(catalogue, assessment, true)),
        ..Sheet::default()
    };
    super::sheet_title(&mut sheet, catalogue, assessment, OVERVIEW);
    super::caption(&mut sheet, assessment, when);
    let note = "未写明牵头的，以第一个责任单位为牵头，系编者所定。";
    sheet.add_line(Cell::text(note, Role::Caption).unframed());
    sheet.add_header(&["序号", "责任单位", "联系人", "截止日期", "牵头", "配合", "填报内容", "文件"]);
    for (at, it) in given.iter().enumerate() {
        let count = it.share.points.len();
        let entry = vec![
            Cell::count(at + 1, Role::Centre),
            Cell::text(it.share.name.as_str(), Role::Body),
            Cell::text(it.contact.as_str(), Role::Body),
            Cell::text(it.share.due.as_str(), Role::Centre).code(),
            Cell::count(it.leads, Role::Centre),
            Cell::count(count.saturating_sub(it.leads), Role::Centre),
            Cell::text(it.asked.as_str(), Role::Body),
            Cell::text(it.file.as_str(), Role::Body),
        ];
        let rows = block::block(&sheet.columns, entry, Some(it.share.unit.as_str()));
        sheet.add_block(rows);
    }
    Workbook {
        title: OVERVIEW.to_owned(),
        created: when.to_owned(),
        grows: false,
        properties: Vec::new(),
        sheets: vec![sheet],
    }
}
