//! Schools that arrive from elsewhere, beside those that are there: which row each is
//! about, what it would change there, and the edits. Two that arrive never hit one row,
//! and a code that several names share, or that leads to another row than the name
//! does, tells nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::edit::Edit;
use super::table::rows::Rows;
use super::{Assessment, RowId};
use crate::school::intake::{Arrival, Doubt, stage_key};
use crate::school::{Column, School};
use crate::value::fold::fold;
use crate::value::map::Map;
use crate::value::sets::set_of;

/// What becomes of a school that is there already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Known {
    /// It is added all the same.
    Add,
    /// Its texts replace those of the row that is there; where it has none, that row
    /// keeps its own.
    #[default]
    Update,
}

/// What taking schools would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Each with the row that it is about; `None` where it becomes a new one.
    pub rows: Vec<Planned>,
    /// How many are there already.
    pub known: usize,
    /// What is doubtful about which row is which.
    pub doubts: Vec<Doubt>,
}

/// A school that would be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The row of the table that it is about.
    pub target: Option<RowId>,
    /// Its cells.
    cells: Map<Column, String>,
    /// The cells that would change, with what stands there and what would.
    pub changes: Vec<(Column, String, String)>,
}

impl Plan {
    /// What taking these schools would do.
    pub fn of(assessment: &Assessment, arrivals: &[Arrival], known: Known) -> Plan {
        let index = Index::of(assessment, arrivals);
        let mut plan = Plan::default();
        let mut hit: BTreeMap<RowId, String> = BTreeMap::new();
        for arrival in arrivals {
            let found = index.find(arrival);
            let called = called(arrival);
            if let Found::Torn { code, name, .. } = &found {
                plan.doubts.push(Doubt::grave(format!(
                    "{called}：代码与本表的“{code}”相同，名称与“{name}”相同，按名称对应，请核对代码。"
                )));
            }
            if let Found::Several(count) = found {
                plan.doubts.push(Doubt::grave(format!(
                    "{called}：本表有 {count} 行同名同学段，无法确定是哪一行，作为新行。"
                )));
            }
            if matches!(found, Found::Other) {
                plan.doubts.push(Doubt::grave(format!(
                    "{called}：本表有同名学校，但代码不同，作为另一所学校，请核对。"
                )));
            }
            let row = index.row(&found).cloned();
            plan.known += usize::from(row.is_some());
            let taken = row.as_ref().and_then(|row| hit.get(row)).cloned();
            if let Some(other) = taken {
                plan.doubts
                    .push(Doubt::grave(format!("{called}与{other}都对应本表同一行，后者作为新行，请核对。")));
            }
            let target = row.filter(|row| known == Known::Update && !hit.contains_key(row));
            if let Some(row) = &target {
                hit.insert(row.clone(), called.clone());
            }
            let mut cells = arrival.cells.clone();
            if let Some(school) = target.as_ref().and_then(|row| assessment.schools.get(row)) {
                let arrived = cells.len();
                cells.retain(|column, text| !spoils(school, *column, text));
                if cells.len() < arrived {
                    plan.doubts.push(Doubt::grave(format!(
                        "{called}有 {} 处读不出（有损坏的字符或不是数字），本表原有的内容不改。",
                        arrived - cells.len()
                    )));
                }
            }
            let changes = target.as_ref().map_or_else(Vec::new, |row| changes(assessment, row, &cells));
            if let Some((_, from, to)) =
                changes.iter().find(|(column, from, _)| *column == Column::Name && !from.is_empty())
            {
                plan.doubts.push(Doubt::grave(format!("代码相同而名称不同：“{from}”将改为“{to}”，请核对。")));
            }
            plan.rows.push(Planned { target, cells, changes });
        }
        if known == Known::Add && plan.known > 0 {
            plan.doubts.push(Doubt::grave(format!(
                "有 {} 行的学校本表已有，现在选的是全部作为新行；一般应选“更新已有的学校”。",
                plan.known
            )));
        }
        plan.doubts.extend(
            index.shared.iter().map(|code| {
                Doubt::grave(format!("代码 {code} 用于几所不同名称的学校，不用来对应本表的行。"))
            }),
        );
        plan
    }

    /// How many rows are new.
    pub fn added(&self) -> usize {
        self.rows.iter().filter(|it| it.target.is_none()).count()
    }

    /// The rows that would change.
    pub fn changed(&self) -> impl Iterator<Item = &Planned> {
        self.rows.iter().filter(|it| it.target.is_some() && !it.changes.is_empty())
    }

    /// How many rows are there already just so.
    pub fn same(&self) -> usize {
        self.rows.iter().filter(|it| it.target.is_some() && it.changes.is_empty()).count()
    }

    /// The edits that do it. `fresh` makes identities of new rows.
    pub fn edits(&self, assessment: &Assessment, fresh: impl FnMut() -> RowId) -> Vec<Edit> {
        let mut into = Rows::new(assessment, fresh);
        for planned in &self.rows {
            into.set(planned.target.as_ref(), |school, is_there| {
                for (column, text) in &planned.cells {
                    if !is_there || planned.changes.iter().any(|(changed, ..)| changed == column) {
                        school.set(*column, text);
                    }
                }
            });
        }
        into.edits()
    }
}

impl Planned {
    /// The name and the stage of the school.
    pub fn name(&self) -> String {
        let name = self.cells.get(&Column::Name).map_or(School::UNNAMED, String::as_str);
        match self.cells.get(&Column::Stage) {
            Some(stage) => format!("{name}（{stage}）"),
            None => name.to_owned(),
        }
    }
}

/// The school in words: “青禾小学”（小学）.
fn called(arrival: &Arrival) -> String {
    let name = arrival.cells.get(&Column::Name).map_or(School::UNNAMED, String::as_str);
    match arrival.stage() {
        Some(stage) => format!("“{name}”（{}）", stage.label()),
        None => format!("“{name}”"),
    }
}

/// Whether a text that is damaged or not taken would replace one that is sound.
fn spoils(school: &School, column: Column, text: &str) -> bool {
    let own = school.text(column);
    let damaged = text.contains('\u{FFFD}') || column.read(text).is_err();
    damaged && !own.is_empty() && column.read(own).is_ok()
}

fn changes(
    assessment: &Assessment,
    row: &RowId,
    cells: &Map<Column, String>,
) -> Vec<(Column, String, String)> {
    let Some(school) = assessment.schools.get(row) else { return Vec::new() };
    // 808.0 and 808 are the same, as the column keeps them.
    let same = |column: Column, text: &str| {
        let own = school.text(column);
        own == text || column.normalised(own) == text
    };
    let differs = cells.iter().filter(|(column, text)| !same(**column, text));
    differs.map(|(column, text)| (*column, school.text(*column).to_owned(), text.clone())).collect()
}

/// A text with what tells the stages of a school apart.
type Key = (String, String);

/// The rows that are there, by name and by code.
struct Index<'a> {
    rows: Vec<(&'a RowId, &'a School)>,
    by_name: BTreeMap<Key, Vec<usize>>,
    by_code: BTreeMap<Key, Vec<usize>>,
    /// Codes that several names share, here or among what arrives.
    shared: BTreeSet<String>,
}

/// Which row a school is about.
enum Found {
    /// None.
    None,
    /// None, though there is one of its name, with another code.
    Other,
    /// This one.
    Row(usize),
    /// The one of its name, though its code is that of another.
    Torn { row: usize, code: String, name: String },
    /// One of so many of its name.
    Several(usize),
}

impl<'a> Index<'a> {
    fn of(assessment: &'a Assessment, arrivals: &[Arrival]) -> Index<'a> {
        let rows = assessment.schools_in_order();
        let (mut by_name, mut by_code): (BTreeMap<Key, Vec<usize>>, BTreeMap<Key, Vec<usize>>) =
            Default::default();
        let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (at, (_, school)) in rows.iter().enumerate() {
            let (name, code) = (fold(school.text(Column::Name)), fold(school.text(Column::Code)));
            if !code.is_empty() {
                names.entry(code.clone()).or_default().insert(name.clone());
                by_code.entry((code, stage_key(&school.cells))).or_default().push(at);
            }
            if !name.is_empty() {
                by_name.entry((name, stage_key(&school.cells))).or_default().push(at);
            }
        }
        let here: BTreeSet<String> =
            set_of(names.iter().filter(|(_, names)| names.len() > 1).map(|(code, _)| code.clone()));
        let mut arriving: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for arrival in arrivals {
            let (name, code) = (arrival.folded(Column::Name), arrival.folded(Column::Code));
            if !code.is_empty() && !name.is_empty() {
                arriving.entry(code).or_default().insert(name);
            }
        }
        let there = arriving.into_iter().filter(|(_, names)| names.len() > 1).map(|(code, _)| code);
        Index { rows, by_name, by_code, shared: there.chain(here).collect() }
    }

    fn find(&self, arrival: &Arrival) -> Found {
        let stage = stage_key(&arrival.cells);
        let (name, code) = (arrival.folded(Column::Name), arrival.folded(Column::Code));
        let of = |map: &BTreeMap<Key, Vec<usize>>, key: &str| {
            map.get(&(key.to_owned(), stage.clone())).filter(|_| !key.is_empty()).cloned().unwrap_or_default()
        };
        let named = of(&self.by_name, &name);
        let coded = if self.shared.contains(&code) { Vec::new() } else { of(&self.by_code, &code) };
        match (named.as_slice(), coded.as_slice()) {
            ([one], [other]) if one != other => {
                Found::Torn { row: *one, code: self.name(*other), name: self.name(*one) }
            }
            (_, [one]) => Found::Row(*one),
            // The same name with another code is another school.
            ([one], []) if self.differs(*one, &code) => Found::Other,
            ([one], _) => Found::Row(*one),
            ([], _) => Found::None,
            (several, _) => Found::Several(several.len()),
        }
    }

    /// Whether a row has a code that tells something, and another one.
    fn differs(&self, row: usize, code: &str) -> bool {
        let own = self.rows.get(row).map(|(_, school)| fold(school.text(Column::Code))).unwrap_or_default();
        let tells = |code: &str| !code.is_empty() && !self.shared.contains(code);
        tells(&own) && tells(code) && own != code
    }

    fn row(&self, found: &Found) -> Option<&'a RowId> {
        let at = match found {
            Found::Row(at) | Found::Torn { row: at, .. } => *at,
            Found::None | Found::Other | Found::Several(_) => return None,
        };
        self.rows.get(at).map(|(row, _)| *row)
    }

    fn name(&self, at: usize) -> String {
        self.rows.get(at).map_or("", |(_, school)| school.text(Column::Name)).to_owned()
    }
}
