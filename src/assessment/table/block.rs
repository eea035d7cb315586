//! A block of cells of 学校数据: a rectangle among the rows that are shown. What is
//! copied of it, and the changes that empty or fill it; changes nothing itself.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use crate::assessment::edit::Edit;
use crate::assessment::place::Place;
use crate::assessment::table::rows::changed;
use crate::assessment::{Assessment, RowId};
use crate::school::Column;

/// The cells between two corners, both included. A corner is the position of its
/// row among those that are shown and of its column among [`Column::ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// The corner at which it was begun.
    pub from: (usize, usize),
    /// The corner opposite, which moves while it is drawn.
    pub to: (usize, usize),
}

impl Block {
    /// Its first row and its first column.
    pub fn top_left(self) -> (usize, usize) {
        (self.from.0.min(self.to.0), self.from.1.min(self.to.1))
    }

    /// Its rows.
    pub fn rows(self) -> RangeInclusive<usize> {
        self.top_left().0..=self.from.0.max(self.to.0)
    }

    /// Its columns.
    pub fn columns(self) -> RangeInclusive<usize> {
        self.top_left().1..=self.from.1.max(self.to.1)
    }

    /// Whether a cell is one of it.
    pub fn contains(self, (row, column): (usize, usize)) -> bool {
        self.rows().contains(&row) && self.columns().contains(&column)
    }

    /// Its texts as Excel copies them: tabs between cells, an end behind every row.
    /// [`crate::value::grid::text::from_clipboard`] reads the same cells, but for line breaks,
    /// which become blanks.
    pub fn text(self, assessment: &Assessment, shown: &[RowId]) -> String {
        let mut text = String::new();
        for row in among(shown, self.rows()) {
            let school = assessment.schools.get(row);
            for (at, column) in among(&Column::ALL, self.columns()).iter().enumerate() {
                if at > 0 {
                    text.push('\t');
                }
                text.push_str(&copied(school.map_or("", |school| school.text(*column))));
            }
            text.push_str("\r\n");
        }
        text
    }

    /// The edits that empty its cells; the rows stay.
    pub fn clearing(self, assessment: &Assessment, shown: &[RowId]) -> Vec<Edit> {
        let columns = among(&Column::ALL, self.columns());
        let emptied = |row: &RowId| {
            let school = assessment.schools.get(row)?;
            changed(row, school, |it| it.cells.retain(|column, _| !columns.contains(column)))
        };
        among(shown, self.rows()).iter().filter_map(emptied).collect()
    }

    /// The edits that give its cells the texts of its first row; a block of one row
    /// takes those of the row above it, if one is shown.
    pub fn filling_down(self, assessment: &Assessment, shown: &[RowId]) -> Vec<Edit> {
        let (first, last) = self.rows().into_inner();
        let source = if first == last { first.checked_sub(1) } else { Some(first) };
        let Some(source) = source else { return Vec::new() };
        let texts = shown.get(source).and_then(|row| assessment.schools.get(row));
        let columns = among(&Column::ALL, self.columns());
        let filled = |row: &RowId| {
            let text = |column| texts.map_or("", |it| it.text(column));
            changed(row, assessment.schools.get(row)?, |it| {
                columns.iter().for_each(|column| it.set(*column, text(*column)));
            })
        };
        among(shown, source.saturating_add(1)..=last).iter().filter_map(filled).collect()
    }

    /// As many cells as it has, each with this text.
    pub fn filled(self, text: &str) -> Vec<Vec<String>> {
        vec![vec![text.to_owned(); self.columns().count()]; self.rows().count()]
    }
}

/// Those of `all` at these positions, as far as there are any.
fn among<T>(all: &[T], range: RangeInclusive<usize>) -> &[T] {
    let end = range.end().saturating_add(1).min(all.len());
    all.get(*range.start()..end).unwrap_or_default()
}

/// A text as it stands on the clipboard: what would be taken for the end of its
/// cell stands between quotes.
fn copied(text: &str) -> Cow<'_, str> {
    if text.contains(['\t', '\r', '\n', '"']) {
        Cow::Owned(format!("\"{}\"", text.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(text)
    }
}

/// The cells that edits have changed, of each row the first one, as far as the row
/// is still there.
pub fn changed_cells(edits: &[Edit]) -> Vec<(RowId, Column)> {
    let changed = |edit: &Edit| match edit {
        Edit::Splice { place: Place::School(row, column), .. } => Some((row.clone(), *column)),
        Edit::SetSchool { row, from, to: Some(to) } => {
            let before = |column| from.as_ref().map_or("", |from| from.text(column));
            let column = Column::ALL.into_iter().find(|it| before(*it) != to.text(*it));
            Some((row.clone(), column.unwrap_or(Column::Name)))
        }
        _ => None,
    };
    edits.iter().filter_map(changed).collect()
}
