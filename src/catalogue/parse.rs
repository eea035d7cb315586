//! Reads a catalogue from JSON and checks it. The form in the file (nested, with
//! empty fields left out) is known here alone.

use std::collections::BTreeSet;

use super::{
    Catalogue, CatalogueId, CatalogueKind, FigureSpec, Grade, Group, GroupId, Measure, Point, PointId,
    PointMark, PrintedValue, Repair, ReportingUnit, fit,
};
use crate::value::json::{self, object};
use crate::value::limit::Op;
use crate::value::points::Points;
use crate::value::sets::set_of;
use crate::value::text::decimal_places;

/// The newest form of catalogue files that is understood.
const FORMAT: u16 = 1;

/// Why a text is not a catalogue.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueError {
    /// Not JSON, or not of the form of `indicators/schema.json`.
    #[error("指标体系文件格式不符：{0}")]
    Form(String),
    /// Written for a later program.
    #[error("指标体系文件的格式版本为 {0}，本程序只支持到 1")]
    NewerFormat(u16),
    /// More group levels than the file names, or a `page_level` outside them.
    #[error("“{0}”的层级与 levels、page_level 不符")]
    Level(String),
    /// A group with neither groups nor points inside, or with both.
    #[error("分组“{0}”须只含下级分组或只含要点，且不能为空")]
    Inside(String),
    /// A group with neither name nor text that is not marked as lost, or one that
    /// is marked and has a name.
    #[error("分组“{0}”缺少名称，或 name_missing 与名称不符")]
    Name(String),
    /// An ordinal stays with its point for good: none is 0, above 9999 or there twice.
    /// Gaps and any order are allowed.
    #[error("要点序号 {0} 重复，或不在 1 至 9999 之间")]
    Ordinal(u16),
    /// A point without text.
    #[error("要点 {0} 没有文字")]
    Text(u16),
    /// A value is missing in a scored catalogue, or present in another or at a point with
    /// a mark; a printed value without 加分项 or 扣分项.
    #[error(
        "要点 {0} 的分值与 kind、mark 不符：scored 中未加标记的点须有 points，其余不得有；value 只用于加分项和扣分项"
    )]
    Value(u16),
    /// Two measures, figures, offered units or departments of the same name.
    #[error("“{0}”重复")]
    Duplicate(String),
    /// A 责任单位 of a point that the list of departments lacks, or the reverse.
    #[error("责任单位“{0}”与 departments 不符")]
    Department(String),
    /// A measure whose limit does not fit its operator, or is no plain decimal.
    #[error("量化指标 {0} 的限值不符")]
    Limit(String),
    /// A figure without name or 口径, with options that do not fit its kind, or
    /// with a column of 学校数据 that does not.
    #[error("数据“{0}”的名称、口径、单位、选项或学校数据来源不符")]
    Figure(String),
    /// A figure that is no part of what its `part_of` names, or of itself.
    #[error("数据“{0}”的 part_of 须为另一项同单位的数量，且不得循环")]
    PartOf(String),
    /// Stages are missing or named twice.
    #[error("“{0}”须写明学段，且不得重复")]
    Stages(String),
    /// A measure or a figure names a figure that the catalogue lacks.
    #[error("“{by}”引用的数据“{figure}”不在 figures 中")]
    UnknownFigure {
        /// The measure or figure.
        by: String,
        /// The name that leads nowhere.
        figure: String,
    },
    /// A figure stands in a computation that its kind does not fit.
    #[error("量化指标 {measure} 不能用数据“{figure}”计算，类型不符")]
    FigureKind {
        /// The measure.
        measure: String,
        /// The figure.
        figure: String,
    },
    /// A computation that yields nothing that operator and kind could be held
    /// against.
    #[error("量化指标 {0} 的 calc 与 op、kind 不符")]
    Calc(String),
    /// The cases of a computation are not the options of the choice.
    #[error("量化指标 {0} 的 cases 须与选项逐一对应")]
    Cases(String),
    /// Figures of different units are added or compared.
    #[error("量化指标 {0} 相加减或相比较的数据单位不一致")]
    Units(String),
    /// No points, or more than can be numbered.
    #[error("要点数须在 1 至 9999 之间")]
    Count,
}

struct RawCatalogue {
    format: u16,
    id: CatalogueId,
    title: String,
    short: String,
    doc_no: String,
    issuer: String,
    year: u16,
    region: String,
    kind: CatalogueKind,
    levels: Vec<String>,
    point_name: String,
    point_label: String,
    page_level: usize,
    editor_numbered: bool,
    check_items: bool,
    units: Vec<ReportingUnit>,
    departments: Vec<String>,
    notes: Vec<String>,
    rules: Vec<String>,
    grades: Vec<Grade>,
    figures: Vec<FigureSpec>,
    groups: Vec<RawGroup>,
}

object! { closed RawCatalogue beside "$schema" { format, id, title, short, year, region, kind, levels, point_name, point_label, page_level, groups; doc_no, issuer, editor_numbered, check_items, units, departments, notes, rules, grades, figures } }

struct RawGroup {
    no: String,
    title: String,
    text: String,
    name_missing: bool,
    value: Option<PrintedValue>,
    note: String,
    repairs: Vec<Repair>,
    groups: Vec<RawGroup>,
    points: Vec<RawPoint>,
}

object! { closed RawGroup { ; no, title, text, name_missing, value, note, repairs, groups, points } }

struct RawPoint {
    ordinal: u16,
    no: String,
    title: String,
    text: String,
    points: Option<Points>,
    mark: Option<PointMark>,
    value: Option<PrintedValue>,
    rule: String,
    units: Vec<String>,
    units_raw: String,
    measures: Vec<Measure>,
    repairs: Vec<Repair>,
    note: String,
    cites: Vec<String>,
}

object! { closed RawPoint { ordinal, no, text, points; title, mark, value, rule, units, units_raw, measures, repairs, note, cites } }

struct FormatOnly {
    format: u16,
}

object! { FormatOnly { format } }

/// See [`Catalogue::parse`].
pub(super) fn parse(json: &str) -> Result<Catalogue, CatalogueError> {
    let raw: RawCatalogue = json::read(json).map_err(|why| match json::read(json) {
        Ok(FormatOnly { format }) if format > FORMAT => CatalogueError::NewerFormat(format),
        _ => CatalogueError::Form(why.to_string()),
    })?;
    if raw.format > FORMAT {
        return Err(CatalogueError::NewerFormat(raw.format));
    }
    if raw.format == 0 || !(1..=raw.levels.len()).contains(&raw.page_level) {
        return Err(CatalogueError::Level(raw.title));
    }
    let mut catalogue = Catalogue {
        id: raw.id,
        title: raw.title,
        short: raw.short,
        doc_no: raw.doc_no,
        issuer: raw.issuer,
        year: raw.year,
        region: raw.region,
        kind: raw.kind,
        levels: raw.levels,
        point_name: raw.point_name,
        point_label: raw.point_label,
        page_level: raw.page_level,
        editor_numbered: raw.editor_numbered,
        check_items: raw.check_items,
        units: raw.units,
        departments: raw.departments,
        notes: raw.notes,
        rules: raw.rules,
        grades: raw.grades,
        figures: raw.figures,
        groups: Vec::new(),
        points: Vec::new(),
        by_ordinal: Vec::new(),
        whole: None,
    };
    add_groups(&mut catalogue, raw.groups, None, &mut Vec::new())?;
    if catalogue.points.is_empty() {
        return Err(CatalogueError::Count);
    }
    Ok(catalogue)
}

/// Whether names are used once and figures fit what is computed from them.
pub(super) fn check(catalogue: &Catalogue) -> Result<(), CatalogueError> {
    check_names(catalogue)?;
    fit::check(catalogue)
}

/// Appends the groups inside `parent` with all that they hold; `path` is the
/// parent's and is left as it was.
fn add_groups(
    catalogue: &mut Catalogue,
    groups: Vec<RawGroup>,
    parent: Option<usize>,
    path: &mut Vec<u16>,
) -> Result<(), CatalogueError> {
    for (position, raw) in (1..).zip(groups) {
        path.push(position);
        let index = catalogue.groups.len();
        let first = catalogue.points.len();
        let group = Group {
            id: GroupId::from_path(path),
            no: raw.no,
            title: raw.title,
            text: raw.text,
            name_missing: raw.name_missing,
            value: raw.value,
            note: raw.note,
            repairs: raw.repairs,
            parent,
            level: path.len(),
            points: first..first,
        };
        check_group(catalogue, &group, raw.groups.is_empty(), raw.points.is_empty())?;
        catalogue.groups.push(group);
        add_groups(catalogue, raw.groups, Some(index), path)?;
        for point in raw.points {
            add_point(catalogue, point, index)?;
        }
        let end = catalogue.points.len();
        if let Some(group) = catalogue.groups.get_mut(index) {
            group.points.end = end;
        }
        path.pop();
    }
    Ok(())
}

fn check_group(
    catalogue: &Catalogue,
    group: &Group,
    no_groups: bool,
    no_points: bool,
) -> Result<(), CatalogueError> {
    if group.level > catalogue.levels.len() {
        return Err(CatalogueError::Level(group.heading()));
    }
    if no_groups == no_points {
        return Err(CatalogueError::Inside(group.heading()));
    }
    let named = !group.title.is_empty() || !group.text.is_empty();
    if named == group.name_missing {
        return Err(CatalogueError::Name(group.heading()));
    }
    Ok(())
}

fn add_point(catalogue: &mut Catalogue, raw: RawPoint, group: usize) -> Result<(), CatalogueError> {
    let ordinal = raw.ordinal;
    let at = match catalogue.by_ordinal.binary_search_by_key(&ordinal, |(known, _)| *known) {
        Err(at) if (1..=9999).contains(&ordinal) => at,
        _ => return Err(CatalogueError::Ordinal(ordinal)),
    };
    if raw.text.is_empty() {
        return Err(CatalogueError::Text(ordinal));
    }
    let counts = catalogue.kind == CatalogueKind::Scored && raw.mark.is_none();
    let printed = matches!(raw.mark, Some(PointMark::Bonus | PointMark::Deduction));
    if raw.points.is_some() != counts || (raw.value.is_some() && !printed) {
        return Err(CatalogueError::Value(ordinal));
    }
    if let Some(unsound) = raw.measures.iter().find(|measure| !limit_is_sound(measure)) {
        return Err(CatalogueError::Limit(unsound.id.clone()));
    }
    catalogue.by_ordinal.insert(at, (ordinal, catalogue.points.len()));
    catalogue.points.push(Point {
        id: PointId::new(&catalogue.id, ordinal),
        ordinal,
        no: raw.no,
        title: raw.title,
        text: raw.text,
        points: raw.points,
        mark: raw.mark,
        value: raw.value,
        rule: raw.rule,
        units: raw.units,
        units_raw: raw.units_raw,
        group,
        measures: raw.measures,
        repairs: raw.repairs,
        note: raw.note,
        cites: raw.cites,
    });
    Ok(())
}

/// A figure is compared with a decimal or with another figure, or with nothing
/// at all where the operator says so.
fn limit_is_sound(measure: &Measure) -> bool {
    let limits = usize::from(measure.value.is_some()) + usize::from(!measure.compared_with.is_empty());
    limits == usize::from(!matches!(measure.op, Op::Flag | Op::Report))
        && measure.value.as_deref().is_none_or(|value| decimal_places(value).is_some())
}

/// Names that stand for one thing must not stand twice, and the departments are
/// those of the points.
fn check_names<'a>(catalogue: &'a Catalogue) -> Result<(), CatalogueError> {
    let measures = catalogue.points.iter().flat_map(|point| &point.measures);
    unique(measures.map(|measure| measure.id.as_str()))?;
    unique(catalogue.figures.iter().map(|figure| figure.id.as_str()))?;
    let words = |figure: &'a FigureSpec| [&figure.name].into_iter().chain(&figure.aliases);
    unique(catalogue.figures.iter().flat_map(words).map(String::as_str))?;
    unique(catalogue.units.iter().map(|unit| unit.name.as_str()))?;
    unique(catalogue.departments.iter().map(String::as_str))?;

    let used = set_of(catalogue.points.iter().flat_map(|point| &point.units));
    let listed = set_of(&catalogue.departments);
    match used.symmetric_difference(&listed).next() {
        Some(odd) => Err(CatalogueError::Department((*odd).clone())),
        None => Ok(()),
    }
}

fn unique<'a>(names: impl Iterator<Item = &'a str>) -> Result<(), CatalogueError> {
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(CatalogueError::Duplicate(name.to_owned()));
        }
    }
    Ok(())
}
