//! 指标体系: an official document as data, a tree of groups whose leaves are the
//! points (评价要点, 任务) that a district answers.
//!
//! A [`Catalogue`] is a value that never changes after [`Catalogue::parse`] has
//! checked it. It knows nothing of answers, districts or years of work, reads no
//! file and no clock. Groups and points are kept flat, in the document's order,
//! and refer to each other by index; an index that does not exist gives nothing,
//! never a panic.

mod beside;
mod calc;
mod cut;
mod embedded;
mod figure;
mod fit;
mod hash;
mod ids;
pub mod library;
mod measure;
mod parse;
mod repair;
pub mod rules;
#[cfg(feature = "synthetic")]
mod synthetic;
mod uses;

use std::ops::Range;

pub use beside::{Grade, PointMark, PrintedValue, mark_in_words};
pub use calc::{Calc, Term};
pub use embedded::embedded;
pub use figure::{About, FigureId, FigureKind, FigureOption, FigureSpec, SchoolSum};
pub use ids::{CatalogueId, GroupId, IdError, PointId};
pub use measure::{Measure, MeasureKind, QuoteFrom, Scope, Source};
pub use parse::CatalogueError;
pub use repair::{Confidence, Repair, RepairKind};
use serde::Serialize;
#[cfg(feature = "synthetic")]
pub use synthetic::carry_synthetic;

use crate::value::json::{names, object};
use crate::value::points::Points;

/// Shown where the source has lost a group's name.
pub const NAME_MISSING: &str = "〔原文缺名〕";

/// One official document as data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalogue {
    /// Names the catalogue in every file that refers to it.
    pub id: CatalogueId,
    /// The document's title, verbatim.
    pub title: String,
    /// 简称, for file names and lists.
    pub short: String,
    /// 文号; empty where the source prints none.
    pub doc_no: String,
    /// 发文机关; empty where the source prints none.
    pub issuer: String,
    /// Year of the document.
    pub year: u16,
    /// Where it applies.
    pub region: String,
    /// Whether points have values, and what a leaf is.
    pub kind: CatalogueKind,
    /// Names of the group levels, outermost first; two or three as shipped.
    pub levels: Vec<String>,
    /// What the document calls a leaf: 评价要点.
    pub point_name: String,
    /// What a leaf's number is read with: 要点 17.
    pub point_label: String,
    /// The 1-based level whose groups are opened page by page.
    pub page_level: usize,
    /// True where the source prints no numbers and ours are shown as 编者编号.
    pub editor_numbered: bool,
    /// True where users may add 测评点 of their own.
    pub check_items: bool,
    /// 填报单位 offered; any other may be typed.
    pub units: Vec<ReportingUnit>,
    /// 责任单位 of the document, each once, in order of first appearance.
    pub departments: Vec<String>,
    /// What is to be known about the source as a whole.
    pub notes: Vec<String>,
    /// How the document has points scored as a whole, as printed.
    pub rules: Vec<String>,
    /// 等次 of the document, as printed. The program gives none.
    pub grades: Vec<Grade>,
    /// The figures that its measures take, in the order in which they are asked
    /// for.
    pub figures: Vec<FigureSpec>,
    groups: Vec<Group>,
    points: Vec<Point>,
    /// Where the point of each ordinal stands, in the order of ordinals.
    by_ordinal: Vec<(u16, usize)>,
    /// The hashes of text and rules of the whole, where this is a part of it.
    whole: Option<Box<(String, String)>>,
}

/// What sort of document a catalogue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CatalogueKind {
    /// Every point has a value, and points are scored.
    Scored,
    /// Points without values: completion is reported, never a score.
    Unscored,
    /// Tasks with 责任单位 and without values.
    Task,
}

names! { CatalogueKind {
    Scored = "scored",
    Unscored = "unscored",
    Task = "task",
} }

/// A 填报单位 that a catalogue offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportingUnit {
    /// 东城区.
    pub name: String,
    /// GB/T 2260 code of six digits; empty where the unit has none of its own.
    pub code: String,
}

object! { closed ReportingUnit { name, code } }

/// An inner node of the tree: 一级指标, 主题, 评价内容 and so on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its place in the tree.
    pub id: GroupId,
    /// Number as printed: "一", "（五）", "10".
    pub no: String,
    /// Short name; empty where the document has a paragraph instead.
    pub title: String,
    /// Long official text; empty where the document has a name alone.
    pub text: String,
    /// True where the source has lost the name; [`Group::heading`] says so.
    pub name_missing: bool,
    /// 分值 that is printed for the group as a whole; never added up.
    pub value: Option<PrintedValue>,
    /// Editor's note on the source.
    pub note: String,
    /// What was repaired here.
    pub repairs: Vec<Repair>,
    /// Index of the group around it.
    pub parent: Option<usize>,
    /// 1 for the outermost.
    pub level: usize,
    /// Indices of all points in it, at any depth; never empty.
    pub points: Range<usize>,
}

/// A leaf of the tree: what a district answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// Its name in every file.
    pub id: PointId,
    /// Serial number within the catalogue, which stays with the point from edition to
    /// edition; says nothing of its place.
    pub ordinal: u16,
    /// Number as printed, or the editor's if [`Catalogue::editor_numbered`].
    pub no: String,
    /// Short name; empty for most. Where the document runs it into the text, the
    /// text has it too.
    pub title: String,
    /// Official text, verbatim.
    pub text: String,
    /// 分值; present exactly in scored catalogues, but for points with a mark.
    pub points: Option<Points>,
    /// What sets it apart from the points that make up the total.
    pub mark: Option<PointMark>,
    /// 分值 that is printed for a point with a mark; outside the total.
    pub value: Option<PrintedValue>,
    /// 评分标准, 计分办法 as printed beside it.
    pub rule: String,
    /// 责任单位 one by one, as printed; the document does not say who leads.
    pub units: Vec<String>,
    /// 责任单位 as printed in one line.
    pub units_raw: String,
    /// Index of the group that holds it.
    pub group: usize,
    /// 量化指标 that it contains.
    pub measures: Vec<Measure>,
    /// What was repaired here.
    pub repairs: Vec<Repair>,
    /// Editor's note on the source.
    pub note: String,
    /// 文号 that the text cites.
    pub cites: Vec<String>,
}

impl Catalogue {
    /// Reads a catalogue in the form of `indicators/schema.json` and checks what
    /// a schema cannot say: ordinals once each, values exactly where points
    /// are scored, depth, unique measures, figures that fit what is computed
    /// from them.
    ///
    /// # Errors
    /// The first rule that is broken, with its place.
    pub fn parse(json: &str) -> Result<Catalogue, CatalogueError> {
        let catalogue = parse::parse(json)?;
        parse::check(&catalogue)?;
        Ok(catalogue)
    }

    /// As [`Catalogue::parse`], of a text that this version was shipped with: the tests
    /// have checked how its names and figures fit.
    ///
    /// # Errors
    /// The first rule of its form that is broken.
    pub fn parse_shipped(json: &str) -> Result<Catalogue, CatalogueError> {
        parse::parse(json)
    }

    /// All groups, each before those inside it.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// All points, in the document's order.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// The group of that name, with its index.
    pub fn group(&self, id: &GroupId) -> Option<(usize, &Group)> {
        self.groups.iter().enumerate().find(|(_, group)| group.id == *id)
    }

    /// The point of that name, with its index.
    pub fn point(&self, id: &PointId) -> Option<(usize, &Point)> {
        let (index, point) = self.point_at(id.ordinal())?;
        (point.id == *id).then_some((index, point))
    }

    /// The point with this ordinal, with its index.
    pub fn point_at(&self, ordinal: u16) -> Option<(usize, &Point)> {
        let at = self.by_ordinal.binary_search_by_key(&ordinal, |(known, _)| *known).ok()?;
        let index = self.by_ordinal.get(at)?.1;
        Some((index, self.points.get(index)?))
    }

    /// The figure of that name.
    pub fn figure(&self, id: &FigureId) -> Option<&FigureSpec> {
        self.figures.iter().find(|figure| figure.id == *id)
    }

    /// Indices of the points with a measure that takes a figure.
    pub fn points_taking<'a>(&'a self, figure: &'a FigureId) -> impl Iterator<Item = usize> + 'a {
        let all = self.points.iter().enumerate();
        all.filter(move |(_, point)| point.takes(figure)).map(|(index, _)| index)
    }

    /// The outermost groups.
    pub fn roots(&self) -> impl Iterator<Item = usize> + '_ {
        self.indices(|group| group.parent.is_none())
    }

    /// The groups directly inside `group`. A group holds groups or points, never
    /// both.
    pub fn children(&self, group: usize) -> impl Iterator<Item = usize> + '_ {
        self.indices(move |child| child.parent == Some(group))
    }

    /// The groups around a point, outermost first.
    pub fn ancestors(&self, point: usize) -> Vec<&Group> {
        let mut path = Vec::new();
        let mut next = self.points.get(point).map(|point| point.group);
        while let Some(group) = next.and_then(|index| self.groups.get(index)) {
            path.push(group);
            next = group.parent;
        }
        path.reverse();
        path
    }

    /// The groups that are opened page by page: those at [`Catalogue::page_level`]
    /// and shallower ones that hold points themselves. Together they hold every
    /// point once.
    pub fn pages(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.groups.len()).filter(|&index| self.is_page(index))
    }

    /// The page that shows a point; 0 where there is no such point.
    pub fn page_of(&self, point: usize) -> usize {
        let mut next = self.points.get(point).map(|point| point.group);
        while let Some(index) = next {
            if self.is_page(index) {
                return index;
            }
            next = self.groups.get(index).and_then(|group| group.parent);
        }
        0
    }

    /// Sum of all values, in scored catalogues alone.
    pub fn total(&self) -> Option<Points> {
        self.sum_of(&self.points)
    }

    /// Sum of the values in a group, in scored catalogues alone.
    pub fn group_total(&self, group: usize) -> Option<Points> {
        self.sum_of(self.points.get(self.groups.get(group)?.points.clone())?)
    }

    /// What is marked has no part in it.
    fn sum_of(&self, points: &[Point]) -> Option<Points> {
        (self.kind == CatalogueKind::Scored).then(|| points.iter().filter_map(|point| point.points).sum())
    }

    /// Identity of structure and official text: lowercase hex SHA-256 of a
    /// canonical form with title, numbers, names, texts, values and 责任单位.
    ///
    /// A part of a catalogue has the identities of the whole.
    ///
    /// The catalogue's id, notes, repairs, provenance, level names, measures,
    /// figures and offered units are not in it.
    pub fn text_hash(&self) -> String {
        self.whole.as_ref().map_or_else(|| hash::text(self), |whole| whole.0.clone())
    }

    /// Identity of a point's wording with that of the groups around it, without
    /// numbers, values and units; answers move between catalogues by it. Empty
    /// where there is no such point.
    pub fn point_hash(&self, point: usize) -> String {
        hash::point(self, point)
    }

    /// Identity of what is demanded: the values of points and the measures,
    /// without quotes, notes and the figures that they are computed from.
    pub fn rules_hash(&self) -> String {
        self.whole.as_ref().map_or_else(|| hash::rules(self), |whole| whole.1.clone())
    }

    fn indices(&self, wanted: impl Fn(&Group) -> bool) -> impl Iterator<Item = usize> {
        self.groups.iter().enumerate().filter(move |(_, group)| wanted(group)).map(|(index, _)| index)
    }

    fn is_page(&self, index: usize) -> bool {
        let inner = self.groups.get(index + 1).is_some_and(|next| next.parent == Some(index));
        self.groups
            .get(index)
            .is_some_and(|group| group.level == self.page_level || (group.level < self.page_level && !inner))
    }
}

impl Point {
    /// The figures that its measures take, for each measure in the order in which it names
    /// them.
    pub fn figures(&self) -> impl Iterator<Item = &FigureId> {
        self.measures.iter().flat_map(|measure| measure.calc.figures())
    }

    /// Whether a measure takes a figure.
    pub fn takes(&self, figure: &FigureId) -> bool {
        self.figures().any(|it| it == figure)
    }
}

impl Group {
    /// Number and name, or number and text where it has no name: "一、组织领导",
    /// "（一）立德树人", "（五）〔原文缺名〕", "10. 依法保障…".
    pub fn heading(&self) -> String {
        let name = match (self.title.as_str(), self.name_missing) {
            ("", true) => NAME_MISSING,
            ("", false) => &self.text,
            (title, _) => title,
        };
        self.numbered(name)
    }

    /// [`Group::heading`] short enough for one row of a tree: a text in place of
    /// a name ends after its first clause, after 24 characters at most.
    pub fn short_heading(&self) -> String {
        if !self.title.is_empty() || self.name_missing {
            return self.heading();
        }
        let clause = self.text.split(['，', '。', '；']).next().unwrap_or_default();
        let mut short: String = clause.chars().take(24).collect();
        if short.len() < self.text.trim_end_matches('。').len() {
            short.push('…');
        }
        self.numbered(&short)
    }

    fn numbered(&self, name: &str) -> String {
        let between = match self.no.chars().last() {
            None | Some('）' | ')' | '、') => "",
            Some(c) if c.is_ascii_digit() => ". ",
            Some(_) => "、",
        };
        format!("{}{between}{name}", self.no)
    }
}
