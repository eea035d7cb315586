//! 说明, the last sheet that is seen: what each sheet holds, what has to be known of
//! the source, and what the program says of its file. Everything that is no matter of
//! the submission itself stands here and nowhere else.

use std::collections::BTreeSet;

use crate::assessment::place::{HeadField, Place};
use crate::catalogue::Catalogue;
use crate::record::backup::Backup;
use crate::value::sets::set_of;

use super::cover::add_wide;
use super::sheet::{Cell, Column, Role, Sheet};
use super::{basis, check_items, sheet_title};
use super::{caption, checkup, coefficients, cover, evidence, figures, form, measures, page, schools};

/// The name of the sheet.
pub const NAME: &str = "说明";

/// Where changes belong, as long as this program does not take them from here.
const CHANGES: &str = "修改请回程序内进行。直接在本文件中所作的修改不会带回程序。";

/// The sheet; `sheets` are the names of the others, `hash` is that of the content.
pub(super) fn notes(
    catalogue: &Catalogue,
    backup: &Backup,
    sheets: &[String],
    hash: &str,
    when: &str,
) -> Sheet {
    let assessment = &backup.assessment;
    let mut sheet = Sheet {
        name: NAME.to_owned(),
        columns: [18, 80].map(|width| Column { width, hidden: false }).to_vec(),
        page: Some(page(catalogue, assessment, false)),
        ..Sheet::default()
    };
    sheet_title(&mut sheet, catalogue, assessment, NAME);
    caption(&mut sheet, assessment, when);
    let text = |text: &str| Cell::text(text, Role::Value);
    sheet.add_line(Cell::text("各表内容", Role::Section));
    for name in sheets {
        add_wide(&mut sheet, name, text(content(name)));
    }
    sheet.add_line(Cell::text("指标体系", Role::Section));
    for note in sources(catalogue, backup) {
        add_wide(&mut sheet, "原文", text(&note));
    }
    add_wide(&mut sheet, "版本", text(&format!("{}　{}", catalogue.id, catalogue.text_hash())));
    sheet.add_line(Cell::text("本文件", Role::Section));
    add_wide(&mut sheet, "修改", text(CHANGES));
    let name = &assessment.head.name;
    add_wide(&mut sheet, "自评名称", Cell::kept(Place::Head(HeadField::Name), name, Role::Value));
    add_wide(&mut sheet, "修订", text(&format!("r{}，数字大的是后来的", backup.seq)));
    add_wide(
        &mut sheet,
        "显示",
        text(
            "数值按需要的位数显示，单元格里保留全部位数。文字超过一行所能显示的，接着写在下面几行，序号后注“续”。",
        ),
    );
    add_wide(
        &mut sheet,
        "隐藏数据",
        text(
            "本文件另有两张隐藏的工作表，保存与各表相同的填报内容和汇总用的编号，供程序核对和汇总。不含修改记录。",
        ),
    );
    add_wide(&mut sheet, "内容校验值", text(hash));
    sheet
}

/// What a sheet holds.
fn content(sheet: &str) -> &'static str {
    match sheet {
        cover::NAME => "填报单位、得分和进度汇总、签字盖章",
        form::NAME => "逐项填报内容：状态、得分、完成情况说明、扣分原因、不适用理由、责任单位、填报人",
        "得分汇总" => "按各级指标汇总的填报进度、已评得分、已评项满分和满分；没有评分的记“—”",
        "完成情况" => "按各级指标汇总的填报进度",
        check_items::NAME => "填报单位自拟的测评点和查看情况",
        measures::NAME => "指标体系中的量化要求、所填数值和是否达标；分子、分母、值和结论为公式",
        basis::NAME => "各项量化要求的计算过程、口径、原文依据和编者注",
        figures::NAME => "量化指标所用的各项数据、来源和口径",
        schools::NAME => "逐校数据，各校各项指标的值和是否达标",
        coefficients::NAME => "小学、初中各项指标的校际差异系数",
        evidence::NAME => "佐证材料的编号、名称、文号、形成日期、提供单位、页数和存放位置",
        checkup::NAME => "导出时的体检结果：缺少的内容和前后矛盾之处，不再提示的注明理由",
        _ => "",
    }
}

/// What a reader has to know about the source.
fn sources(catalogue: &Catalogue, backup: &Backup) -> Vec<String> {
    let mut notes = Vec::new();
    let groups = catalogue.groups().iter().flat_map(|group| &group.repairs);
    let repairs: BTreeSet<u16> =
        set_of(catalogue.points().iter().flat_map(|point| &point.repairs).chain(groups).map(|it| it.no));
    if !repairs.is_empty() {
        notes
            .push(format!("指标文字据公开转录件校订 {} 处，逐条校订说明见程序内“原文校订”。", repairs.len()));
    }
    if catalogue.editor_numbered {
        notes.push(format!(
            "原文未印{}序号，“{}”一表中的序号为编者编号。",
            catalogue.point_label,
            form::NAME
        ));
    }
    let foreign = backup.assessment.answers.keys().filter(|id| catalogue.point(id).is_none()).count();
    if foreign > 0 {
        notes.push(format!("另有 {foreign} 条作答不属于本指标体系，只保存在本文件的隐藏数据中。"));
    }
    notes
}
