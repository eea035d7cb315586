//! 责任单位 and 分工: who answers a point, and what is known of the units.
//!
//! Who answers a point is said by one text, the 责任单位 of its answer, or by the
//! catalogue while that is empty: "市教育局（牵头）、市财政局（配合）". So it is typed,
//! printed, exported, compared and merged like every other text. Where nobody has said
//! who leads, the first named is taken to lead; no document says so, and [`Assigned`]
//! tells that it is ours.

use super::Assessment;
use super::edit::Edit;
use super::history::apply_all;
use super::id::RowId;
use super::place::{AnswerField, Place, UnitField};
use crate::catalogue::{Catalogue, FigureId, Point, PointId};
use crate::school::Column;
use crate::value::map::Map;
use crate::value::naming::name_of;
use crate::value::order::sort_by_key;

/// What is known of a 责任单位.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    /// Its name, as it stands in 责任单位.
    pub name: String,
    /// 联系人 and how to reach them.
    pub contact: String,
    /// Until when it is to hand in, YYYY-MM-DD, or what was typed.
    pub due: String,
    /// What it is asked for beside its points: ids of figures, [`SCHOOLS`] for 学校数据,
    /// and `school/` with the id of a row for that row alone; blanks between them.
    pub data: String,
    /// What it has handed in so far: for each return the name of its content and of the
    /// state from which it came, `hash@replica-seq`, with blanks between them.
    pub received: String,
}

/// Stands for 学校数据 in [`Unit::data`].
pub const SCHOOLS: &str = "schools";

/// Stands before the id of a row of 学校数据 in [`Unit::data`].
pub(super) const SCHOOL: &str = "school/";

/// Stands in 责任单位 where a person says that nobody is assigned, although the
/// catalogue names somebody.
pub const NOBODY: &str = "—";

/// What part a unit has in a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// 牵头.
    Lead,
    /// 配合.
    Joint,
}

impl Role {
    /// Both.
    pub const ALL: [Role; 2] = [Role::Lead, Role::Joint];

    /// Its name.
    pub const fn label(self) -> &'static str {
        match self {
            Role::Lead => "牵头",
            Role::Joint => "配合",
        }
    }
}

/// A unit of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assigned<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its part.
    pub role: Role,
    /// Whether a person or the document has said that part; otherwise it follows from
    /// the order.
    pub stated: bool,
}

/// The units that a text names, in order: "牵头单位：市教育局；配合单位：市财政局、
/// 市人社局" and "市教育局（牵头）、市财政局" alike.
pub fn assigned(text: &str) -> Vec<Assigned<'_>> {
    let mut found: Vec<Assigned<'_>> = Vec::new();
    let mut heading: Option<Role> = None;
    for part in text.split(['、', '，', ',', '；', ';', '\n']) {
        let mut part = part.trim();
        if let Some((before, behind)) = part.split_once(['：', ':']) {
            let before = before.trim().trim_end_matches("单位");
            let named = Role::ALL.into_iter().find(|role| before.ends_with(role.label()));
            if named.is_some() || before == "责任" {
                heading = named;
                part = behind.trim();
            }
        }
        let (name, marked) = without_mark(part);
        let known = found.iter().any(|it| it.name == name);
        if !name.chars().any(char::is_alphanumeric) || known {
            continue;
        }
        let said = marked.or(heading);
        let usual = if found.is_empty() { Role::Lead } else { Role::Joint };
        found.push(Assigned { name, role: said.unwrap_or(usual), stated: said.is_some() });
    }
    // Where somebody is said to lead, nobody else is taken to.
    if found.iter().any(|it| it.stated && it.role == Role::Lead) {
        found.iter_mut().filter(|it| !it.stated).for_each(|it| it.role = Role::Joint);
    }
    found
}

/// A name without "（牵头）" behind it.
fn without_mark(part: &str) -> (&str, Option<Role>) {
    for role in Role::ALL {
        for (open, close) in [('（', '）'), ('(', ')')] {
            let inner = part.strip_suffix(close).and_then(|it| it.rsplit_once(open));
            if let Some((name, mark)) = inner
                && mark.trim().trim_end_matches("单位") == role.label()
            {
                return (name.trim(), Some(role));
            }
        }
    }
    (part, None)
}

/// Whether a text is the name of one unit, as 责任单位 reads it.
pub fn is_one_name(text: &str) -> bool {
    matches!(assigned(text).as_slice(), [it] if it.name == text && !it.stated)
}

/// The text that names these units; their parts stand in it where one was said.
pub fn in_text(units: &[Assigned<'_>]) -> String {
    let names = units.iter().map(|it| match it.stated {
        true => format!("{}（{}）", it.name, it.role.label()),
        false => it.name.to_owned(),
    });
    names.collect::<Vec<_>>().join("、")
}

/// What becomes of a unit at points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assign {
    /// It leads, and whoever led takes part.
    Lead,
    /// It takes part.
    Joint,
    /// It answers them alone.
    Alone,
    /// It has nothing to do with them.
    Remove,
}

/// What of 学校数据 a unit is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SchoolsAsked {
    /// Whether for all rows that no unit is asked for by themselves.
    pub all: bool,
    /// Rows that it is asked for by themselves.
    pub rows: Vec<RowId>,
}

impl SchoolsAsked {
    /// Whether it is asked for any.
    pub fn any(&self) -> bool {
        self.all || !self.rows.is_empty()
    }
}

/// A unit with all that it has to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitWork {
    /// The identity of what is known of it, whether or not there is anything yet.
    pub id: RowId,
    /// Its name.
    pub name: String,
    /// Whether the catalogue names it; otherwise a person has.
    pub of_catalogue: bool,
    /// Indices of its points, with its part in each and whether that was stated.
    pub points: Vec<(usize, Role, bool)>,
    /// Figures that it is asked for beside those of its points.
    pub figures: Vec<FigureId>,
    /// What of 学校数据 it is asked for.
    pub schools: SchoolsAsked,
}

impl UnitWork {
    /// Whether it is asked for something beside its points.
    pub fn is_asked_beside(&self) -> bool {
        !self.figures.is_empty() || self.schools.any()
    }

    /// Whether it is asked for nothing.
    pub fn is_idle(&self) -> bool {
        self.points.is_empty() && !self.is_asked_beside()
    }
}

impl Unit {
    /// What it is asked for beside its points.
    pub fn data(&self) -> (Vec<FigureId>, SchoolsAsked) {
        let words = || self.data.split_whitespace();
        let figures = words().filter(|it| *it != SCHOOLS).filter_map(|it| FigureId::parse(it).ok());
        let schools = SchoolsAsked {
            all: words().any(|it| it == SCHOOLS),
            rows: words().filter_map(school_of).collect(),
        };
        (figures.collect(), schools)
    }
}

/// The row of 学校数据 that a word of [`Unit::data`] asks for.
pub fn school_of(word: &str) -> Option<RowId> {
    word.strip_prefix(SCHOOL).and_then(|row| RowId::parse(row).ok())
}

/// The identity of the unit of a catalogue, or of one that is added under this name: the
/// same on every machine.
fn usual_id(name: &str, nth: usize) -> RowId {
    let again = if nth == 0 { String::new() } else { format!("/{nth}") };
    RowId::from_random(name_of(&format!("unit/{name}{again}")))
}

impl Assessment {
    /// What 责任单位 of a point says: the typed text, or else the catalogue's.
    pub fn units_text<'a>(&'a self, point: &'a Point) -> std::borrow::Cow<'a, str> {
        let typed = &self.answer(&point.id).units;
        if typed.trim().is_empty() { point.units.join("、").into() } else { typed.as_str().into() }
    }

    /// A unit by its name, as people are told of it.
    pub fn unit_name(&self, unit: &RowId) -> &str {
        let name = self.units.get(unit).map(|unit| unit.name.as_str());
        name.filter(|name| !name.is_empty()).unwrap_or("责任单位")
    }

    /// Until when a unit is to hand in: its own 截止日期, or else that of the assessment.
    pub fn due_of(&self, unit: &RowId) -> &str {
        let own = self.units.get(unit).map(|unit| unit.due.as_str());
        own.filter(|due| !due.is_empty()).unwrap_or(&self.head.due)
    }

    /// Indices of the points that nobody has.
    pub fn unassigned(&self, catalogue: &Catalogue) -> Vec<usize> {
        let points = catalogue.points().iter().enumerate();
        let nobody = points.filter(|(_, point)| assigned(&self.units_text(point)).is_empty());
        nobody.map(|(index, _)| index).collect()
    }

    /// The identity under which a unit of this name is kept.
    pub fn unit_id(&self, name: &str) -> RowId {
        let known = self.units.iter().find(|(_, unit)| unit.name == name);
        known.map_or_else(|| self.free_unit_id(name), |(id, _)| id.clone())
    }

    fn free_unit_id(&self, name: &str) -> RowId {
        let ids = (0..).map(|nth| usual_id(name, nth));
        let mut free = ids.filter(|id| self.units.get(id).is_none_or(|it| it.name.is_empty()));
        free.next().unwrap_or_else(|| usual_id(name, 0))
    }

    /// All units with what they have to do: those of the catalogue in its order, under the
    /// names that they were given here, then those that a person has added or typed.
    pub fn division(&self, catalogue: &Catalogue) -> Vec<UnitWork> {
        let mut all: Vec<UnitWork> = Vec::new();
        let askers = self.school_askers();
        let add = |all: &mut Vec<UnitWork>, id: RowId, name: &str, of_catalogue: bool| {
            let known = all.iter().any(|it| it.name == name);
            let unit = self.units.get(&id);
            let (figures, mut schools) = unit.map(Unit::data).unwrap_or_default();
            schools.rows.retain(|row| askers.get(row) == Some(&id));
            if !known {
                let name = name.to_owned();
                all.push(UnitWork { id, name, of_catalogue, points: Vec::new(), figures, schools });
            }
        };
        for name in &catalogue.departments {
            let renamed = self.units.get(&usual_id(name, 0)).filter(|unit| !unit.name.is_empty());
            let name = renamed.map_or(name.as_str(), |unit| unit.name.as_str());
            add(&mut all, self.unit_id(name), name, true);
        }
        for (id, unit) in self.units.iter().filter(|(_, unit)| !unit.name.is_empty()) {
            add(&mut all, id.clone(), &unit.name, false);
        }
        for (index, point) in catalogue.points().iter().enumerate() {
            for it in assigned(&self.units_text(point)) {
                add(&mut all, self.unit_id(it.name), it.name, false);
                if let Some(work) = all.iter_mut().find(|work| work.name == it.name) {
                    work.points.push((index, it.role, it.stated));
                }
            }
        }
        // Schools stand as in their table.
        let order: Vec<&RowId> = self.schools_in_order().into_iter().map(|(row, _)| row).collect();
        let places: Map<RowId, usize> = order.into_iter().cloned().zip(0..).collect();
        sort_by_key(&mut all, |work| {
            work.schools.rows.iter().filter_map(|row| places.get(row)).min().copied()
        });
        // A name that the catalogue has and nobody uses any more was given up.
        let given_up = |work: &UnitWork| {
            let of_old_name =
                catalogue.departments.contains(&work.name) && !self.units.contains_key(&work.id);
            of_old_name && self.units.contains_key(&usual_id(&work.name, 0)) && work.is_idle()
        };
        all.retain(|work| !given_up(work));
        all
    }

    /// The changes of assigning a unit to points, or of taking it from them.
    pub fn assigning(&self, catalogue: &Catalogue, points: &[PointId], name: &str, how: Assign) -> Vec<Edit> {
        let one = |id: &PointId| {
            let (_, point) = catalogue.point(id)?;
            let text = self.units_text(point);
            let mut units = assigned(&text);
            units.retain(|it| it.name != name);
            match how {
                Assign::Alone => units = vec![Assigned { name, role: Role::Lead, stated: true }],
                Assign::Lead => {
                    units.iter_mut().for_each(|it| it.role = Role::Joint);
                    units.insert(0, Assigned { name, role: Role::Lead, stated: true });
                }
                Assign::Joint => units.push(Assigned { name, role: Role::Joint, stated: true }),
                Assign::Remove => {}
            }
            // What the catalogue says anyway is not written.
            let listed = point.units.join("、");
            let same = |usual: &[Assigned<'_>]| {
                let parts = |all: &[Assigned<'_>]| {
                    all.iter().map(|it| (it.name.to_owned(), it.role)).collect::<Vec<_>>()
                };
                parts(usual) == parts(&units) && !units.iter().any(|it| it.stated && it.role == Role::Lead)
            };
            let text = match in_text(&units) {
                _ if same(&assigned(&listed)) => String::new(),
                text if text.is_empty() => NOBODY.to_owned(),
                text => text,
            };
            self.splice_to(&Place::Answer(id.clone(), AnswerField::Units), &text)
        };
        points.iter().filter_map(one).collect()
    }

    /// The changes of adding a unit of this name; none if there is one.
    pub fn adding_unit(&self, catalogue: &Catalogue, name: &str) -> Vec<Edit> {
        let name = name.trim();
        if !is_one_name(name) || self.division(catalogue).iter().any(|it| it.name == name) {
            return Vec::new();
        }
        let place = Place::Unit(self.free_unit_id(name), UnitField::Name);
        self.splice_to(&place, name).into_iter().collect()
    }

    /// The changes of giving a unit another name, at each of its points too; none if
    /// another one has it.
    pub fn renaming_unit(&self, catalogue: &Catalogue, from: &str, to: &str) -> Vec<Edit> {
        let to = to.trim();
        let all = self.division(catalogue);
        let Some(work) = all.iter().find(|it| it.name == from) else { return Vec::new() };
        if !is_one_name(to) || all.iter().any(|it| it.name == to) {
            return Vec::new();
        }
        let mut edits: Vec<Edit> =
            self.splice_to(&Place::Unit(work.id.clone(), UnitField::Name), to).into_iter().collect();
        for (index, ..) in &work.points {
            let Some(point) = catalogue.points().get(*index) else { continue };
            let text = self.units_text(point);
            let mut units = assigned(&text);
            units.iter_mut().filter(|it| it.name == from).for_each(|it| it.name = to);
            edits.extend(
                self.splice_to(&Place::Answer(point.id.clone(), AnswerField::Units), &in_text(&units)),
            );
        }
        edits
    }

    /// The changes of taking a unit away: from its points, and what is known of it. One of
    /// the catalogue stays in the list, without points.
    pub fn dropping_unit(&self, catalogue: &Catalogue, name: &str) -> Vec<Edit> {
        let all = self.division(catalogue);
        let Some(work) = all.iter().find(|it| it.name == name) else { return Vec::new() };
        let points = work.points.iter().filter_map(|(index, ..)| catalogue.points().get(*index));
        let points: Vec<PointId> = points.map(|point| point.id.clone()).collect();
        let mut edits = self.assigning(catalogue, &points, name, Assign::Remove);
        // What it has handed in stays, and so does what is known of it.
        let handed_in = self.contributions.values().any(|it| it.unit == work.id);
        for field in UnitField::ALL.into_iter().filter(|field| !handed_in || *field == UnitField::Data) {
            edits.extend(self.replacing(&Place::Unit(work.id.clone(), field), ""));
        }
        edits
    }

    /// Which unit is asked for which row of 学校数据 by itself; where two copies have asked
    /// two of them, one and the same on both.
    pub fn school_askers(&self) -> Map<RowId, RowId> {
        let mut askers = Map::default();
        for (id, unit) in self.units.iter().filter(|(_, unit)| !unit.name.is_empty()) {
            let rows = unit.data().1.rows.into_iter();
            for row in rows.filter(|row| self.schools.contains_key(row)) {
                if !askers.contains_key(&row) {
                    askers.insert(row, id.clone());
                }
            }
        }
        askers
    }

    /// The changes of asking the unit of this name for rows of 学校数据 by themselves, and
    /// nobody else; without a name nobody is.
    pub fn asking_for_schools(&self, rows: &[RowId], name: Option<&str>) -> Vec<Edit> {
        let taken = |word: &str| school_of(word).is_some_and(|row| rows.contains(&row));
        let mut edits = Vec::new();
        let id = name.map(|name| self.unit_id(name));
        for (other, unit) in self.units.iter().filter(|(other, _)| Some(*other) != id.as_ref()) {
            let left: Vec<&str> = unit.data.split_whitespace().filter(|word| !taken(word)).collect();
            if left.len() < unit.data.split_whitespace().count() {
                edits.extend(self.replacing(&Place::Unit(other.clone(), UnitField::Data), &left.join(" ")));
            }
        }
        if let Some((id, name)) = id.zip(name) {
            let asked = self.units.get(&id).map_or("", |unit| unit.data.as_str());
            let kept = asked.split_whitespace().filter(|word| !taken(word)).map(str::to_owned);
            let all: Vec<String> = kept.chain(rows.iter().map(|row| format!("{SCHOOL}{row}"))).collect();
            edits.extend(self.splice_to(&Place::Unit(id.clone(), UnitField::Name), name));
            edits.extend(self.replacing(&Place::Unit(id, UnitField::Data), &all.join(" ")));
        }
        edits
    }

    /// The changes of asking each school for its own rows, under its name, and those rows
    /// whose name cannot be one of a unit.
    pub fn asking_each_school(&self, rows: &[RowId]) -> (Vec<Edit>, Vec<RowId>) {
        let mut by_name: Vec<(&str, Vec<RowId>)> = Vec::new();
        let mut left = Vec::new();
        for row in rows {
            let name = self.schools.get(row).map_or("", |school| school.text(Column::Name)).trim();
            if !is_one_name(name) {
                left.push(row.clone());
            } else if let Some((_, of)) = by_name.iter_mut().find(|(known, _)| *known == name) {
                of.push(row.clone());
            } else {
                by_name.push((name, vec![row.clone()]));
            }
        }
        let mut state = self.clone();
        let mut edits = Vec::new();
        for (name, of) in by_name {
            let asking = state.asking_for_schools(&of, Some(name));
            if apply_all(&mut state, &asking).is_ok() {
                edits.extend(asking);
            }
        }
        (edits, left)
    }

    /// The changes of asking a unit for a figure or 学校数据, or of no longer doing so.
    pub fn asking_unit(&self, name: &str, what: &str, asked: bool) -> Vec<Edit> {
        let id = self.unit_id(name);
        let unit = self.units.get(&id).cloned().unwrap_or_default();
        let mut data: Vec<&str> = unit.data.split_whitespace().filter(|it| *it != what).collect();
        if asked {
            data.push(what);
        }
        let [called, asks] = [UnitField::Name, UnitField::Data].map(|field| Place::Unit(id.clone(), field));
        let named = self.splice_to(&called, name);
        named.into_iter().chain(self.replacing(&asks, &data.join(" "))).collect()
    }
}
