//! 差异系数: what `school::cv` computes, as formulas over 学校数据, with what was
//! left out and what is missing. Rows are weighed by pupils; what has no value is
//! blank there and counts for nothing.

use crate::measure::{self, Applied, CoefficientLimits, Data, coefficient_limits, coefficient_source};
use crate::school::counted::counted;
use crate::school::cv::{Coefficient, Coefficients, Spread, of_stages};
use crate::school::indicator::Who;
use crate::school::value::Splitting;
use crate::school::{Column, Stage};
use crate::value::limit::Op;
use crate::value::limit::Verdict;

use super::block::{block, columns};
use super::digits::Digits;
use super::live::{on, verdict};
use super::schools::{self, COUNTED};
use super::sheet::{Cell, Role, Sheet, address, fixed_span, span};
use super::{caption, page, sheet_title};

/// The name of the sheet.
pub const NAME: &str = "差异系数";

/// Stands for the verdict where one school alone is counted.
const ONE_SCHOOL: &str = "仅1所";

/// The columns of its figures, from A.
const COUNT: usize = 2;
const WITH_DATA: usize = 3;
const PUPILS: usize = 4;
const MEAN: usize = 5;
const DEVIATION: usize = 6;
/// 差异系数.
pub(super) const VALUE: usize = 7;
const LIMIT: usize = 8;
/// 结论.
pub(super) const VERDICT: usize = 9;

/// Where the results of a stage stand: rows from 0.
#[derive(Clone, Copy, Debug)]
pub(super) struct Places {
    /// The stage.
    pub stage: Stage,
    /// The row of the mean of the seven.
    pub mean: u32,
    /// The row of the seven one by one.
    pub each: u32,
}

/// The sheet, and where the results stand; `None` if no school is counted.
pub(super) fn sheet(data: &Data<'_>, table: &schools::Places, when: &str) -> Option<(Sheet, Vec<Places>)> {
    let (catalogue, assessment) = (data.catalogue, data.assessment);
    let stages = of_stages(&data.table, data.splitting);
    if stages.is_empty() {
        return None;
    }
    let mut sheet = Sheet {
        name: NAME.to_owned(),
        columns: columns([7, 38, 8, 8, 11, 12, 12, 11, 8, 9, 20, 36]),
        page: Some(page(catalogue, assessment, true)),
        ..Sheet::default()
    };
    sheet_title(&mut sheet, catalogue, assessment, NAME);
    caption(&mut sheet, assessment, when);
    for note in notes(data) {
        sheet.add_line(Cell::text(note, Role::Caption).unframed());
    }
    sheet.add_header(&[
        "学段",
        "指标",
        "计入校数",
        "有数据校数",
        "学生数 PN",
        "本地区均值",
        "标准差",
        "差异系数",
        "限值",
        "结论",
        "限值来源",
        "缺少的数据",
    ]);
    let places = stages.iter().map(|found| add_stage(&mut sheet, data, table, found)).collect();
    add_left_out(&mut sheet, data);
    Some((sheet, places))
}

fn notes(data: &Data<'_>) -> Vec<String> {
    let mut notes = vec![
        "算法（据转述，县域义务教育校际均衡指标计算方法；用于七项为编者理解）：每所学校的值 Xi＝资源数÷学生数 Pi；本地区均值 X̄＝∑(Pi×Xi)÷PN，PN＝∑Pi；标准差 S＝√[∑Pi×(Xi－X̄)²÷PN]；差异系数 CV＝S÷X̄。按学生数加权，由“学校数据”一表用公式算出。".to_owned(),
    ];
    let reading = Stage::ALL.iter().find_map(|stage| {
        let (point, measure, _) = coefficient_source(data, *stage)?;
        let reading = measure::judge(data, measure).reading;
        (!reading.is_empty())
            .then(|| format!("{}{}的口径选择：{reading}。", data.catalogue.point_label, point.no))
    });
    notes.extend(reading);
    notes.push(
        match data.splitting {
            Splitting::AsTyped => "一贯制学校不拆分，各行按所填数计算。",
            Splitting::ByStage => "一贯制学校的第 4 至 7 项已按在校生 1∶1.1∶1.32（小学∶初中∶高中，据转述）折算拆分到学段；教师数不拆分。",
        }
        .to_owned(),
    );
    if data.table.leaves_private_out() {
        notes.push("民办学校按所选口径不计入（编者所设的选择）。".to_owned());
    } else {
        notes.push("民办学校计入（编者所设的选择）。".to_owned());
    }
    notes.push("标为“国家参考”的限值出自教督〔2017〕6号（据转述）：七项逐项小学不超过 0.50、初中不超过 0.45，仅供对照，不是本指标体系的规定。有数据校数少于计入校数时，差异系数为暂算，结论为“缺数据”。".to_owned());
    notes
}

fn add_stage(sheet: &mut Sheet, data: &Data<'_>, table: &schools::Places, found: &Coefficients) -> Places {
    let stage = found.stage;
    let CoefficientLimits { mean: composite, single } = coefficient_limits(data, stage);
    let first = sheet.next_row();
    for (index, it) in found.singles.iter().enumerate() {
        let row = single_row(data, table, found, it, &single, sheet.next_row());
        let rows = block(&sheet.columns, row, Some(&format!("{}-{}", stage.label(), index + 1)));
        sheet.add_block(rows);
    }
    let rows = (first, sheet.next_row().saturating_sub(1));
    let mean = sheet.next_row();
    let entry = mean_row(data, found, composite.as_ref(), rows, mean);
    let laid = block(&sheet.columns, entry, Some(&format!("{}-mean", stage.label())));
    sheet.add_block(laid);
    let each = sheet.next_row();
    let entry = each_row(data, found, &single, rows);
    let laid = block(&sheet.columns, entry, Some(&format!("{}-each", stage.label())));
    sheet.add_block(laid);
    Places { stage, mean, each }
}

/// What sets a limit, in words.
fn source_of(data: &Data<'_>, Applied { limit, by }: &Applied<'_>) -> String {
    match by {
        Some((point, _)) => {
            format!("{}{}（{} {}）", data.catalogue.point_label, point.no, limit.sign(), limit.value())
        }
        None => format!("国家参考（{} {}）", limit.sign(), limit.value()),
    }
}

/// A coefficient has three digits, or as many as its verdict needs.
fn beside(value: f64, applied: &Applied<'_>) -> Digits {
    Digits::beside(value, Some(applied.limit.value().to_f64()), 3)
}

fn limit_cell(applied: &Applied<'_>, role: Role) -> Cell {
    Cell::number(applied.limit.value(), role).shown(Digits::Places(2))
}

fn none(role: Role) -> Cell {
    Cell::text("—", role)
}

fn single_row(
    data: &Data<'_>,
    table: &schools::Places,
    found: &Coefficients,
    single: &Coefficient,
    applied: &Applied<'_>,
    row: u32,
) -> Vec<Cell> {
    let of = |column| on(schools::NAME, &fixed_span(table.rows, column));
    let (stages, counts) = (of(table.stage), of(table.counted));
    let stage = found.stage.label();
    let pupils = of(schools::Places::column(Column::Pupils));
    let values =
        table.indicators.iter().find(|it| it.indicator == single.indicator).map_or(0, |it| it.column);
    let values = of(values);
    let mask = format!("({stages}=\"{stage}\")*({counts}=\"{COUNTED}\")*ISNUMBER({values})");
    let at = |column| address(row, column);
    let role = Role::Centre;
    let number = |formula: String, value: f64| Cell::formula(formula, value, role).shown(Digits::Places(3));
    let count = |formula: String, count: usize| {
        Cell::formula(formula, super::sheet::whole(count), role).shown(Digits::Whole)
    };
    let all = format!("COUNTIFS({stages},\"{stage}\",{counts},\"{COUNTED}\")");
    let weights: f64 = single.parts.iter().map(|part| part.pupils.to_f64()).sum();
    let unit = single.indicator.unit();
    let mut cells = vec![
        Cell::text(stage, role),
        Cell::text(format!("{}（{unit}）", single.indicator.name()), Role::Body),
        count(all, found.counted.rows.len()),
        count(format!("SUMPRODUCT({mask})"), single.parts.len()),
        number(format!("SUMPRODUCT({mask},{pupils})"), weights).shown(Digits::Whole),
    ];
    let missing = Verdict::Missing.label();
    match single.spread {
        Ok(Spread { mean, deviation, coefficient }) => {
            let (pn, x) = (at(PUPILS), at(MEAN));
            let held = compared(&at(VALUE), applied.limit.op(), &at(LIMIT));
            let judged = found.judge(single, applied.limit).label();
            cells.extend([
                number(format!("SUMPRODUCT({mask},{pupils},{values})/{pn}"), mean),
                number(format!("SQRT(SUMPRODUCT({mask},{pupils},({values}-{x})^2)/{pn})"), deviation),
                number(format!("{}/{x}", at(DEVIATION)), coefficient).shown(beside(coefficient, applied)),
                limit_cell(applied, role),
                Cell::formula(
                    format!("IF({}<{},\"{missing}\",{})", at(WITH_DATA), at(COUNT), verdict(&held)),
                    judged,
                    role,
                ),
            ]);
        }
        Err(_) => cells.extend([
            none(role),
            none(role),
            none(role),
            limit_cell(applied, role),
            Cell::text(if found.is_of_one() { ONE_SCHOOL } else { missing }, role),
        ]),
    }
    let mut lacks: Vec<String> =
        single.missing.iter().map(|(row, lack)| format!("{}：{lack}", data.school_name(*row))).collect();
    lacks.extend(single.spread.err().map(|why| why.to_string()));
    let doubtful = found.counted.excluded.iter().filter(|(_, why)| why.is_doubtful()).count();
    if doubtful > 0 {
        lacks.push(format!("待核实的学校 {doubtful} 行，见表末"));
    }
    cells
        .extend([Cell::text(source_of(data, applied), Role::Body), Cell::text(lacks.join("\n"), Role::Body)]);
    cells
}

/// Whether a coefficient meets a limit, [`crate::school::cv::EQUAL_WITHIN`] being
/// equal.
fn compared(value: &str, op: Op, limit: &str) -> String {
    match op {
        Op::AtLeast => format!("{value}-{limit}>=-1E-12"),
        Op::AtMost => format!("{value}-{limit}<=1E-12"),
        Op::Above => format!("{value}-{limit}>1E-12"),
        Op::Below => format!("{value}-{limit}<-1E-12"),
        Op::Equal | Op::Flag | Op::Report => format!("ABS({value}-{limit})<=1E-12"),
    }
}

/// 综合差异系数 of a stage.
fn mean_row(
    data: &Data<'_>,
    found: &Coefficients,
    applied: Option<&Applied<'_>>,
    rows: (u32, u32),
    row: u32,
) -> Vec<Cell> {
    let role = Role::Sum;
    let mut cells = named_row(found, "综合差异系数（七项的算术平均）");
    let composite = found.composite();
    cells.push(match composite {
        Ok(value) => {
            let digits = applied.map_or(Digits::Places(3), |it| beside(value, it));
            Cell::formula(format!("AVERAGE({})", span(rows, VALUE)), value, role).shown(digits)
        }
        Err(_) => none(role),
    });
    let Some(applied) = applied else {
        cells.extend([
            none(role),
            none(role),
            Cell::text("未以此为限值口径", Role::Body),
            Cell::blank(Role::Body),
        ]);
        return cells;
    };
    let judged = found.judge_composite(applied.limit).label();
    cells.push(limit_cell(applied, role));
    cells.push(if composite.is_ok() {
        let sum = |column| format!("SUM({})", span(rows, column));
        let open = format!("{}<{}", sum(WITH_DATA), sum(COUNT));
        let held = compared(&address(row, VALUE), applied.limit.op(), &address(row, LIMIT));
        let missing = Verdict::Missing.label();
        Cell::formula(format!("IF({open},\"{missing}\",{})", verdict(&held)), judged, role)
    } else {
        Cell::text(if found.is_of_one() { ONE_SCHOOL } else { judged }, role)
    });
    cells.extend([Cell::text(source_of(data, applied), Role::Body), Cell::blank(Role::Body)]);
    cells
}

/// The seven one by one.
fn each_row(data: &Data<'_>, found: &Coefficients, applied: &Applied<'_>, rows: (u32, u32)) -> Vec<Cell> {
    let role = Role::Sum;
    let mut cells = named_row(found, "七项逐项（取最大值）");
    let largest = found.singles.iter().filter_map(Coefficient::value).reduce(f64::max);
    cells.push(match largest {
        Some(value) => {
            Cell::formula(format!("MAX({})", span(rows, VALUE)), value, role).shown(beside(value, applied))
        }
        None => none(role),
    });
    if found.is_of_one() {
        cells.extend([
            limit_cell(applied, role),
            Cell::text(ONE_SCHOOL, role),
            Cell::text(source_of(data, applied), Role::Body),
            Cell::blank(Role::Body),
        ]);
        return cells;
    }
    let (missed, missing) = (Verdict::Missed.label(), Verdict::Missing.label());
    let has = |word: &str| format!("COUNTIFS({},\"{word}\")>0", span(rows, VERDICT));
    let formula = format!(
        "IF({},\"{missed}\",IF({},\"{missing}\",\"{}\"))",
        has(missed),
        has(missing),
        Verdict::Reached.label()
    );
    cells.extend([
        limit_cell(applied, role),
        Cell::formula(formula, found.judge_each(applied.limit).label(), role),
        Cell::text(source_of(data, applied), Role::Body),
        Cell::blank(Role::Body),
    ]);
    cells
}

fn named_row(found: &Coefficients, name: &str) -> Vec<Cell> {
    let mut cells = vec![Cell::text(found.stage.label(), Role::Sum), Cell::text(name, Role::SumName)];
    cells.extend(std::iter::repeat_n(Cell::blank(Role::Sum), 5));
    cells
}

/// The rows of 学校数据 that are not counted, with the reason.
fn add_left_out(sheet: &mut Sheet, data: &Data<'_>) {
    let counted = counted(&data.table, Who::Ordinary, None);
    if counted.excluded.is_empty() {
        return;
    }
    sheet.add_line(Cell::text(format!("未计入的学校：{} 行", counted.excluded.len()), Role::SumName));
    for (row, why) in counted.excluded {
        let stage = data.table.row(row).and_then(|it| it.stage).map_or("—", Stage::label);
        let mut cells = vec![Cell::text(stage, Role::Centre), Cell::text(data.school_name(row), Role::Body)];
        cells.extend(std::iter::repeat_n(Cell::blank(Role::Centre), 8));
        cells.extend([Cell::blank(Role::Body), Cell::text(why.to_string(), Role::Body)]);
        let key = data.rows.get(row).map_or("", |id| id.as_str());
        let rows = block(&sheet.columns, cells, Some(key));
        sheet.add_block(rows);
    }
}
