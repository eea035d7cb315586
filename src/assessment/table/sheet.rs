//! 学校数据 as a person looks at it: which rows are shown in which order, and what
//! the shown rows add up to. Changes nothing of the assessment.

use std::cmp::Ordering;

use crate::assessment::{Assessment, RowId};
use crate::school::{Column, School, SchoolType, Stage};
use crate::value::fold::fold;
use crate::value::number::Number;
use crate::value::order::sort_by;

/// What is shown, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// Only rows of this 学段.
    pub stage: Option<Stage>,
    /// Only rows of this 学校类型.
    pub kind: Option<SchoolType>,
    /// Only rows whose 学校名称 or 学校代码 has this in it.
    pub words: String,
    /// Only rows with a text that its column does not take.
    pub faults: bool,
    /// Rows that are shown in any case, because they were added meanwhile.
    pub besides: Vec<RowId>,
    /// The column by which rows are put in order, and whether the largest comes
    /// first; `None` leaves them in the order of the table.
    pub sort: Option<(Column, bool)>,
}

/// What a column of the shown rows comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// The numbers added up, of 最大班额 the largest; `None` if there are none.
    pub total: Option<Number>,
    /// Rows without a text there. They count as missing and not as 0.
    pub empty: usize,
    /// Rows whose text is not taken.
    pub refused: usize,
}

impl View {
    /// Whether it lets everything through.
    pub fn is_open(&self) -> bool {
        self.stage.is_none() && self.kind.is_none() && self.words.trim().is_empty() && !self.faults
    }

    /// The rows that are shown, in order.
    pub fn rows(&self, assessment: &Assessment) -> Vec<RowId> {
        let words = fold(&self.words);
        let mut rows = assessment.schools_in_order();
        rows.retain(|(row, school)| self.besides.contains(row) || self.admits(school, &words));
        if let Some((column, descending)) = self.sort {
            let mut keyed: Vec<(Key<'_>, &RowId)> =
                rows.into_iter().map(|(row, school)| (Key::of(school, column), row)).collect();
            sort_by(&mut keyed, |(one, _), (other, _)| one.compare(other, descending));
            return keyed.into_iter().map(|(_, row)| row.clone()).collect();
        }
        rows.into_iter().map(|(row, _)| row.clone()).collect()
    }

    fn admits(&self, school: &School, words: &str) -> bool {
        let has = |column| fold(school.text(column)).contains(words);
        (self.stage.is_none() || school.stage() == self.stage)
            && (self.kind.is_none() || school.kind() == self.kind)
            && (words.is_empty() || has(Column::Name) || has(Column::Code))
            && (!self.faults || has_fault(school))
    }
}

/// Whether a row has a text that its column does not take.
pub fn has_fault(school: &School) -> bool {
    school.cells.iter().any(|(column, text)| column.read(text).is_err())
}

/// The cell whose text is not taken that follows another one, row by row and within a
/// row from left to right; behind the last one the first again. A cell is the
/// position of its row among `rows` and of its column among [`Column::ALL`].
pub fn next_fault(
    assessment: &Assessment,
    rows: &[RowId],
    from: (usize, usize),
    forward: bool,
) -> Option<(usize, usize)> {
    let in_row = |(at, row)| {
        let school = assessment.schools.get(row);
        let faulty = move |column: &Column| school.is_some_and(|it| column.read(it.text(*column)).is_err());
        Column::ALL.into_iter().filter(faulty).map(move |column| (at, column as usize))
    };
    let faults: Vec<(usize, usize)> = rows.iter().enumerate().flat_map(in_row).collect();
    if forward {
        faults.iter().find(|it| **it > from).or(faults.first()).copied()
    } else {
        faults.iter().rfind(|it| **it < from).or(faults.last()).copied()
    }
}

/// What each column comes to in these rows. Rows in which nothing is typed are
/// passed over.
pub fn sums(assessment: &Assessment, rows: &[RowId]) -> Vec<(Column, Sum)> {
    let mut sums = Column::ALL.map(|column| (column, Sum::default()));
    for school in rows.iter().filter_map(|row| assessment.schools.get(row)) {
        if !school.cells.is_empty() {
            sums.iter_mut().for_each(|(column, sum)| sum.take(*column, school));
        }
    }
    sums.to_vec()
}

/// What a column comes to in these rows.
pub fn sum(assessment: &Assessment, rows: &[RowId], column: Column) -> Sum {
    let mut sum = Sum::default();
    let schools = rows.iter().filter_map(|row| assessment.schools.get(row));
    schools.filter(|school| !school.cells.is_empty()).for_each(|school| sum.take(column, school));
    sum
}

impl Sum {
    fn take(&mut self, column: Column, school: &School) {
        let text = school.text(column);
        match column.read(text) {
            Err(_) => self.refused += 1,
            Ok(Some(number)) => {
                self.total = Some(match self.total {
                    // The largest classes of all schools add up to nothing.
                    Some(total) if column == Column::LargestClass => total.max(number),
                    Some(total) => total.plus(number),
                    None => number,
                });
            }
            Ok(None) if text.trim().is_empty() => self.empty += 1,
            Ok(None) => {}
        }
    }
}

/// What rows are put in order by. What is empty comes last, whichever way.
enum Key<'a> {
    Number(Number),
    Text(&'a str),
    Empty,
}

impl Key<'_> {
    fn of(school: &School, column: Column) -> Key<'_> {
        match (school.text(column), school.number(column)) {
            (_, Ok(Some(number))) => Key::Number(number),
            (text, _) if text.trim().is_empty() => Key::Empty,
            (text, _) => Key::Text(text),
        }
    }

    fn compare(&self, other: &Key<'_>, descending: bool) -> Ordering {
        let turned = |order: Ordering| if descending { order.reverse() } else { order };
        match (self, other) {
            (Key::Number(one), Key::Number(other)) => turned(one.cmp(other)),
            (Key::Text(one), Key::Text(other)) => turned(one.cmp(other)),
            _ => self.rank().cmp(&other.rank()),
        }
    }

    const fn rank(&self) -> u8 {
        match self {
            Key::Number(_) => 0,
            Key::Text(_) => 1,
            Key::Empty => 2,
        }
    }
}
