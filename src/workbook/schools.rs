//! 学校数据: the table as it was typed, beside it what every school comes to in each
//! indicator and how that stands to the limit, as formulas over the same row.
//!
//! A cell of the further columns is blank where a value is missing or the school
//! is not counted, so that nothing missing is ever computed as 0.

use crate::assessment::place::Place;
use crate::measure::{self, Data, clause_stages, school_limit};
use crate::school::counted::{Counted, Exclusion, counted, counted_by_clause};
use crate::school::indicator::{Indicator, Who};
use crate::school::table::{self, Row as SchoolRow};
use crate::school::value::Splitting;
use crate::school::{Column, Sort, Stage};
use crate::value::limit::Limit;
use crate::value::number::Number;

use super::block::{block, columns, height};
use super::digits::Digits;
use super::holds::Holds;
use super::sheet::{Cell, Role, Row, Sheet, span};
use super::{caption, page, sheet_title, wrap};

mod asked;
mod worked;

pub(super) use asked::{asked, validations};
use worked::computed;

/// The name of the sheet.
pub const NAME: &str = "学校数据";

/// 计入 in its column.
pub(super) const COUNTED: &str = "计入";
/// 不计入 in its column.
const LEFT_OUT: &str = "不计入";
/// What may have to be counted once it is put right.
const DOUBTFUL: &str = "待核实";

/// Where things stand in the sheet. Rows and columns are counted from 0.
#[derive(Clone, Debug)]
pub(super) struct Places {
    /// The first and the last row of the schools.
    pub rows: (u32, u32),
    /// The column of the stage by which a row is counted.
    pub stage: usize,
    /// The column of 计入情况.
    pub counted: usize,
    /// The indicators that are worked out.
    pub indicators: Vec<Shown>,
    /// The row of each school of [`Data::table`], unless nothing is typed in it.
    at: Vec<Option<u32>>,
    /// The rows with the limits of 小学 and 初中.
    limits: [u32; 2],
}

/// An indicator in the sheet.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    /// Which one.
    pub indicator: Indicator,
    /// The column of its values; the verdicts follow.
    pub column: usize,
    /// What 小学 and 初中 are held against.
    pub limits: [Option<Applied>; 2],
}

/// A limit and where it comes from.
#[derive(Clone, Debug)]
pub(super) struct Applied {
    /// The limit.
    pub limit: Limit,
    /// The measure that sets it; `None` for the national reference.
    pub measure: Option<String>,
    /// What is written beside it.
    named: String,
}

impl Places {
    /// The column of a column of the table.
    pub const fn column(column: Column) -> usize {
        column as usize
    }

    /// The row of a school of [`Data::table`], unless nothing is typed in it.
    pub fn row(&self, at: usize) -> Option<u32> {
        self.at.get(at).copied().flatten()
    }

    fn limit_row(&self, stage: Stage) -> u32 {
        let [primary, junior] = self.limits;
        match stage {
            Stage::Primary => primary,
            Stage::Junior => junior,
        }
    }
}

impl Shown {
    /// The column of its verdicts.
    pub const fn verdicts(&self) -> usize {
        self.column + 1
    }

    /// What a stage is held against.
    pub const fn limit(&self, stage: Stage) -> Option<&Applied> {
        let [primary, junior] = &self.limits;
        match stage {
            Stage::Primary => primary.as_ref(),
            Stage::Junior => junior.as_ref(),
        }
    }
}

/// The sheet, and where things stand in it; `None` if no school has been typed.
pub(super) fn schools(data: &Data<'_>, when: &str) -> Option<(Sheet, Places)> {
    if data.table.rows().iter().all(|row| row.blank) {
        return None;
    }
    let (catalogue, assessment) = (data.catalogue, data.assessment);
    let places = planned(data);
    let mut sheet = Sheet {
        name: NAME.to_owned(),
        columns: columns(widths(&places)),
        frozen_columns: 1,
        page: Some(page(catalogue, assessment, true)),
        ..Sheet::default()
    };
    if let Some(page) = &mut sheet.page {
        page.wide = 3;
    }
    sheet_title(&mut sheet, catalogue, assessment, NAME);
    caption(&mut sheet, assessment, when);
    for note in notes(data) {
        sheet.add_line(Cell::text(note, Role::Caption).unframed());
    }
    let heads = heads(&places);
    sheet.add_header(&heads.iter().map(String::as_str).collect::<Vec<_>>());
    let places = with_limits(&mut sheet, places);
    let places = with_schools(&mut sheet, data, places);
    add_sums(&mut sheet, data, &places);
    Some((sheet, places))
}

fn planned(data: &Data<'_>) -> Places {
    let first = Column::ALL.len();
    let wanted = Indicator::ALL.into_iter().filter(|it| it.number().is_some() || asked_for(data, *it));
    let indicators = wanted.enumerate().map(|(nth, indicator)| Shown {
        indicator,
        column: first + 3 + nth * 2,
        limits: Stage::ALL.map(|stage| applied(data, indicator, stage)),
    });
    Places {
        rows: (0, 0),
        stage: first,
        counted: first + 1,
        indicators: indicators.collect(),
        at: Vec::new(),
        limits: [0, 0],
    }
}

fn asked_for(data: &Data<'_>, indicator: Indicator) -> bool {
    let by_catalogue =
        |stage: &Stage| school_limit(data, indicator, *stage).is_some_and(|it| it.by.is_some());
    Stage::ALL.iter().any(by_catalogue)
}

fn applied(data: &Data<'_>, indicator: Indicator, stage: Stage) -> Option<Applied> {
    let measure::Applied { limit, by } = school_limit(data, indicator, stage)?;
    let (measure, named) = match by {
        Some((point, it)) => {
            (Some(it.id.clone()), format!("{}（{}{}）", limit.sign(), data.catalogue.point_label, point.no))
        }
        None => (None, format!("{}（国家参考）", limit.sign())),
    };
    Some(Applied { limit, measure, named })
}

fn widths(places: &Places) -> Vec<u32> {
    let typed = Column::ALL.map(width);
    let computed = places.indicators.iter().flat_map(|_| [11, 11]);
    typed.into_iter().chain([7, 8, 22]).chain(computed).collect()
}

/// The width of a column of the table in half-width characters.
pub(super) const fn width(column: Column) -> u32 {
    match column {
        Column::Name => 22,
        Column::Code => 13,
        Column::Kind => 15,
        Column::Stage | Column::Sponsor | Column::Area => 7,
        _ if matches!(column.sort(), Sort::Amount) => 12,
        _ => 10,
    }
}

fn with_unit(label: &str, unit: &str) -> String {
    if unit.is_empty() { label.to_owned() } else { format!("{label}\n（{unit}）") }
}

fn heads(places: &Places) -> Vec<String> {
    let typed = Column::ALL.map(|column| with_unit(column.label(), column.unit()));
    let counting = ["认定学段", "计入情况", "不计入或待核实的原因"].map(str::to_owned);
    let computed = places.indicators.iter().flat_map(|it| {
        // Apart on paper, a verdict still says of what.
        let name = it.indicator.name();
        [with_unit(name, it.indicator.unit()), format!("{name}\n结论")]
    });
    typed.into_iter().chain(counting).chain(computed).collect()
}

fn notes(data: &Data<'_>) -> Vec<String> {
    let splitting = match data.splitting {
        Splitting::AsTyped => "一贯制学校不拆分，各行按所填数计算。",
        Splitting::ByStage => {
            "一贯制学校的第 4 至 7 项按在校生 1∶1.1∶1.32（小学∶初中∶高中，据转述）折算后拆分到学段，教师数不拆分。"
        }
    };
    let private = if data.table.leaves_private_out() {
        "民办学校按所选口径不计入（编者所设的选择）。"
    } else {
        "民办学校计入（编者所设的选择）。"
    };
    vec![
        "带删除线的内容未被识别，不参与计算；空格表示未填，不按 0 计算。右侧各项指标和结论为公式，由同一行的数据算出；未计入或缺数据的不计算。".to_owned(),
        format!("“计入情况”为差异系数和国家参考的计入范围：小学、初中，不含特殊教育学校、专门学校、职业学校和不足 50 人的教学点（教督〔2017〕6号，据转述）。本指标体系的条款没有写这些排除，按条款所指计：写小学、初中的，含教学点，不含特殊教育学校、专门学校；写义务教育或学校的，含写明学段的特殊教育学校、专门学校（编者理解）。{private}{splitting}"),
        "限值取自本指标体系并注明出处；本指标体系没有规定的，列国家参考值（教督〔2017〕6号，据转述），仅供对照。".to_owned(),
    ]
}

/// The rows of the limits, which stay in sight.
fn with_limits(sheet: &mut Sheet, places: Places) -> Places {
    let mut rows = [0, 0];
    for (stage, row) in Stage::ALL.into_iter().zip(&mut rows) {
        *row = sheet.next_row();
        let blanks = Column::ALL.len() + 2;
        let mut most = 1;
        let mut cells = vec![Cell::text(format!("限值（{}）", stage.label()), Role::SumName)];
        cells.extend(std::iter::repeat_n(Cell::blank(Role::Sum), blanks));
        for shown in &places.indicators {
            match shown.limit(stage) {
                Some(it) => {
                    let lines = wrap::lines(&it.named, 11);
                    most = most.max(lines);
                    cells.extend([
                        Cell::number(it.limit.value(), Role::Sum).shown(Digits::all(it.limit.value())),
                        Cell::text(it.named.as_str(), Role::Sum),
                    ]);
                }
                None => cells.extend([Cell::text("—", Role::Sum), Cell::text("—", Role::Sum)]),
            }
        }
        sheet.rows.push(Row { height: Some(height(most)), cells });
    }
    sheet.frozen = sheet.next_row();
    Places { limits: rows, ..places }
}

/// The rows of the schools. Their numbers are settled first, because a school that
/// is split refers to another one of its rows.
fn with_schools(sheet: &mut Sheet, data: &Data<'_>, mut places: Places) -> Places {
    let ordinary = counted(&data.table, Who::Ordinary, None);
    let counts: Vec<[Counted; 2]> =
        places.indicators.iter().map(|it| Stage::ALL.map(|stage| counts(data, it, stage))).collect();
    let first = sheet.next_row();
    let mut next = first;
    let mut typed = Vec::new();
    for (at, row) in data.table.rows().iter().enumerate() {
        let Some(cells) = (!row.blank).then(|| typed_cells(data, at, row, &ordinary)) else {
            places.at.push(None);
            continue;
        };
        places.at.push(Some(next));
        // As many rows as the texts alone need: numbers and formulas need one.
        let needed = block(&sheet.columns, cells.clone(), None).rows.len();
        next = next.saturating_add(u32::try_from(needed).unwrap_or(1));
        typed.push((at, row, cells));
    }
    places.rows = (first, next.saturating_sub(1).max(first));
    for (at, row, mut cells) in typed {
        for (shown, [primary, junior]) in places.indicators.iter().zip(&counts) {
            let counts = if row.stage == Some(Stage::Junior) { junior } else { primary };
            cells.extend(computed(data, &places, shown, counts, at, row));
        }
        let key = data.rows.get(at).map_or("", |id| id.as_str());
        let rows = block(&sheet.columns, cells, Some(key));
        sheet.add_block(rows);
    }
    places
}

/// The rows that count for an indicator at a stage: by the clause that limits it, or
/// else as the national method counts. Rows of no stage are among them.
fn counts(data: &Data<'_>, shown: &Shown, stage: Stage) -> Counted {
    let who = shown.indicator.who();
    match clause_stages(data, shown.indicator, stage) {
        Some([one]) => counted_by_clause(&data.table, who, Some(*one)),
        Some(_) => counted_by_clause(&data.table, who, None),
        None => counted(&data.table, who, None),
    }
}

fn typed_cells(data: &Data<'_>, at: usize, row: &SchoolRow, ordinary: &Counted) -> Vec<Cell> {
    let Some(id) = data.rows.get(at) else { return Vec::new() };
    let text = |column| data.assessment.schools.get(*id).map_or("", |school| school.text(column));
    let kept = |column, role| Cell::kept(Place::School((*id).clone(), column), text(column), role);
    let cell = |column: Column| match (row.cell(column), column.sort()) {
        (table::Cell::Number(number), _) => Cell::number(number, Role::Centre)
            .holding(Holds::Value(Place::School((*id).clone(), column)))
            .shown(digits(column)),
        (table::Cell::Refused, _) => kept(column, Role::Uncounted),
        (table::Cell::Empty, Sort::Text) => kept(column, Role::Body).code(),
        (table::Cell::Empty, _) => kept(column, Role::Centre),
    };
    let why = left_out(ordinary, at);
    let standing = match why {
        Some(why) if why.is_doubtful() => DOUBTFUL,
        Some(_) => LEFT_OUT,
        None => COUNTED,
    };
    let stage = row.stage.map_or("—", Stage::label);
    let mut cells: Vec<Cell> = Column::ALL.into_iter().map(cell).collect();
    cells.extend([
        Cell::text(stage, Role::Centre),
        Cell::text(standing, Role::Centre),
        Cell::text(why.map_or_else(String::new, |why| why.to_string()), Role::Body),
    ]);
    cells
}

/// How the numbers of a column of the table are shown.
fn digits(column: Column) -> Digits {
    match column.sort() {
        Sort::Count => Digits::Whole,
        Sort::Amount => Digits::Amount,
        Sort::Text | Sort::Word => Digits::AsIs,
    }
}

/// Why a row is left out, if it is.
fn left_out(counts: &Counted, at: usize) -> Option<Exclusion> {
    let found = counts.excluded.binary_search_by_key(&at, |(row, _)| *row).ok()?;
    counts.excluded.get(found).map(|(_, why)| *why)
}

/// 合计 of what can be added up.
fn add_sums(sheet: &mut Sheet, data: &Data<'_>, places: &Places) {
    let numbers = |column: Column| data.table.rows().iter().filter_map(move |row| row.number(column));
    let mut cells: Vec<Cell> = Column::ALL
        .into_iter()
        .map(|column| match (column, column.sort()) {
            (Column::Name, _) => Cell::text("合计（含不计入的各行）", Role::SumName),
            // A largest number is no sum, and the rows of a school repeat its 高中.
            (Column::LargestClass | Column::Senior, _) | (_, Sort::Text | Sort::Word) => {
                Cell::blank(Role::Sum)
            }
            (_, Sort::Count | Sort::Amount) => {
                let width = width(column);
                let formula = format!("SUM({})", span(places.rows, Places::column(column)));
                // Nothing typed does not add up to 0.
                match numbers(column).reduce(Number::plus) {
                    Some(sum) => Cell::formula(formula, sum, Role::Sum).shown(digits(column)).within(width),
                    None => Cell::blank(Role::Sum),
                }
            }
        })
        .collect();
    cells.extend(std::iter::repeat_n(Cell::blank(Role::Sum), 3 + places.indicators.len() * 2));
    sheet.rows.push(Row { height: Some(height(1) + 40), cells });
}
