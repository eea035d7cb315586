//! Rows that somebody has added: materials, 测评点, schools. Anything else that bears no
//! identity is named with its content.

use super::table::Layout;
use super::{About, Reader};
use crate::assessment::RowId;
use crate::assessment::history::apply_all;
use crate::assessment::place::{CheckItemField, EvidenceField, Place};
use crate::school::Column;
use crate::value::grid::Grid;
use crate::workbook::sheet::Sheet;
use crate::workbook::{check_items, evidence, schools};

impl Reader<'_> {
    /// Takes what stands in rows that bear no identity.
    pub(super) fn loose(&mut self, sheet: &Sheet, grid: &Grid, layout: &Layout, rows: &[usize]) {
        let mut nth = 0;
        for row in rows {
            let cell = |column: usize| layout.column(column).map_or("", |at| grid.text(*row, at));
            let content = in_row(grid, *row, layout);
            if content.is_empty() || is_of_program(sheet, grid, *row) {
                continue;
            }
            let id = self.fresh(&sheet.name, &content, nth);
            let taken = match sheet.name.as_str() {
                evidence::NAME => self.material(&id, &cell),
                check_items::NAME => self.item(&id, &cell),
                schools::NAME => self.school(&id, &cell),
                _ => false,
            };
            if taken {
                nth += 1;
            } else {
                self.note(&grid.name, Some(*row), About::Unplaced, content);
            }
        }
    }

    fn material<'g>(&mut self, id: &RowId, cell: &impl Fn(usize) -> &'g str) -> bool {
        let fields = EvidenceField::ALL.iter().zip(1..);
        let texts: Vec<(EvidenceField, &str)> =
            fields.map(|(field, column)| (*field, cell(column))).collect();
        let points = cell(texts.len() + 1);
        let cited: Vec<_> = numbers(points).filter_map(|number| self.point(number)).collect();
        let Some(first) = cited.first().cloned() else { return false };
        if texts.iter().all(|(_, text)| text.is_empty()) {
            return false;
        }
        let adding = self.theirs.adding_evidence(&first, id.clone());
        if apply_all(&mut self.theirs, &adding).is_err() {
            return false;
        }
        for (field, text) in texts {
            self.theirs.set_text(&Place::Evidence(id.clone(), field), text);
        }
        for point in cited.iter().skip(1) {
            let citing = self.theirs.citing_evidence(point, id);
            // It was proposed on this very state.
            let _ = apply_all(&mut self.theirs, &citing);
        }
        true
    }

    /// Has a material listed by just the points whose numbers were typed beside it.
    pub(super) fn citing(&mut self, row: &RowId, read: &str) {
        let wanted: Vec<_> = numbers(read).filter_map(|number| self.point(number)).collect();
        for point in &wanted {
            let citing = self.theirs.citing_evidence(point, row);
            // It was proposed on this very state.
            let _ = apply_all(&mut self.theirs, &citing);
        }
        let listed: Vec<_> = self.theirs.points_citing(row).into_iter().cloned().collect();
        for point in listed.iter().filter(|point| !wanted.contains(point)) {
            let Some(answer) = self.theirs.answers.get_mut(point) else { continue };
            answer.evidence.retain(|it| it != row);
        }
    }

    fn item<'g>(&mut self, id: &RowId, cell: &impl Fn(usize) -> &'g str) -> bool {
        let (text, finding) = (cell(3), cell(4));
        let Some(point) = self.point(cell(0)).filter(|_| !text.is_empty() || !finding.is_empty()) else {
            return false;
        };
        let adding = self.theirs.adding_check_item(&point, id.clone());
        if apply_all(&mut self.theirs, &adding).is_err() {
            return false;
        }
        self.theirs.set_text(&Place::CheckItem(point.clone(), id.clone(), CheckItemField::Text), text);
        self.theirs.set_text(&Place::CheckItem(point, id.clone(), CheckItemField::Finding), finding);
        true
    }

    fn school<'g>(&mut self, id: &RowId, cell: &impl Fn(usize) -> &'g str) -> bool {
        if cell(Column::Name as usize).is_empty() {
            return false;
        }
        let adding = self.theirs.adding_school(id.clone());
        if apply_all(&mut self.theirs, &adding).is_err() {
            return false;
        }
        for column in Column::ALL {
            self.theirs.set_text(&Place::School(id.clone(), column), cell(column as usize));
        }
        true
    }
}

/// The numbers of points that somebody has typed one behind the other.
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', '，', ',', '；', ';', ' ', '\n']).map(str::trim).filter(|number| !number.is_empty())
}

/// What a row says in the columns of the yardstick.
fn in_row(grid: &Grid, row: usize, layout: &Layout) -> String {
    let columns = layout.columns.iter().filter_map(|(_, at)| *at);
    let texts: Vec<&str> = columns.map(|at| grid.text(row, at)).filter(|text| !text.is_empty()).collect();
    texts.join("｜")
}

/// Whether a row is one that the program itself puts there: a sum, a limit, a line that
/// says that nothing is there.
fn is_of_program(sheet: &Sheet, grid: &Grid, row: usize) -> bool {
    let first = grid.rows.get(row).into_iter().flatten().find(|text| !text.is_empty());
    let Some(first) = first else { return true };
    sheet.rows.iter().any(|row| {
        row.cells.iter().all(|cell| cell.holds.is_none())
            && row.cells.iter().find_map(|cell| Some(super::cells::shown(cell)).filter(|it| !it.is_empty()))
                == Some(first.clone())
    })
}
