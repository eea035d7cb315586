//! The table of 学校数据: only the rows in sight are drawn, and the active one.
//! The active cell holds the one field, so that an input method composes in it;
//! every other cell is text. What is typed is with the desk at once, so that
//! nothing is lost with a row that is no longer drawn.

mod draw;
mod select;
mod sight;
use std::rc::Rc;

use leptos::prelude::*;
use sight::{bring_cell_into_sight, bring_row_into_sight, frame, in_rows, part, row_height};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};
use zhidu::assessment::RowId;
use zhidu::assessment::place::Place;
use zhidu::assessment::table::block::Block;
use zhidu::assessment::table::paste::over;
use zhidu::assessment::table::sheet::{Sum, View, has_fault, next_fault, sum, sums};
use zhidu::html::hook::{Hook, Slot};
use zhidu::html::{school_cell, school_count, school_field, school_paper, school_sums};
use zhidu::keys::grid::Move;
use zhidu::school::Column;

use crate::ui::desk::Desk;
use crate::ui::dom::{around, bears, focus_still, part_of_page, set_text, value};
use crate::ui::events::target;
use crate::ui::form::fields;

/// The table, and which of its cells is active.
#[derive(Clone, Copy)]
pub struct Grid {
    desk: Desk,
    view: RwSignal<View>,
    /// The rows that are shown, in order.
    rows: StoredValue<Rc<Vec<RowId>>, LocalStorage>,
    sums: StoredValue<Vec<(Column, Sum)>>,
    /// Row and column of the active cell.
    active: StoredValue<(usize, usize)>,
    /// Whether the text of the active cell is being edited.
    editing: StoredValue<bool>,
    /// The text of the active cell before it was edited.
    before: StoredValue<String>,
    /// A row that is to become the active one once it is drawn.
    wanted: StoredValue<Option<RowId>>,
    /// The cells that are selected, if they are more than the active one.
    block: StoredValue<Option<Block>>,
    /// The cell at which the mouse was pressed, while a block may be drawn from it.
    pressed: StoredValue<Option<(usize, usize)>>,
}

impl Grid {
    /// A table that is not drawn yet.
    pub fn new(desk: Desk, view: RwSignal<View>) -> Grid {
        Grid {
            desk,
            view,
            rows: StoredValue::new_local(Rc::default()),
            sums: StoredValue::new(Vec::new()),
            active: StoredValue::new((0, 0)),
            editing: StoredValue::new(false),
            before: StoredValue::new(String::new()),
            wanted: StoredValue::new(None),
            block: StoredValue::new(None),
            pressed: StoredValue::new(None),
        }
    }

    /// The field, and whether its text is being edited, if `element` is it.
    pub fn field(self, element: &Element) -> Option<(HtmlInputElement, bool)> {
        let is_field =
            value(element, Hook::Slot).as_deref() == Some(Slot::Cell.name()) && bears(element, Hook::Doc);
        let field = element.clone().dyn_into::<HtmlInputElement>().ok().filter(|_| is_field)?;
        Some((field, self.editing.get_value()))
    }

    /// Makes another cell the active one and brings it into sight.
    fn activate(self, cell: (usize, usize), focus: bool) {
        bring_row_into_sight(cell.0);
        self.put_field(cell, focus);
        if let Some(element) = drawn_cell(cell) {
            bring_cell_into_sight(&element, cell.1);
        }
    }

    /// Puts the field into a cell, wherever that is scrolled to.
    fn put_field(self, (at, column): (usize, usize), focus: bool) {
        self.deactivate();
        let row = self.rows.with_value(|rows| rows.get(at).cloned());
        let (Some(row), Some(of)) = (row, Column::ALL.get(column).copied()) else { return };
        self.active.set_value((at, column));
        self.editing.set_value(false);
        let place = Place::School(row.clone(), of);
        self.before.set_value(self.desk.shown_text(&place));
        self.draw();
        let Some(idle) = drawn_cell((at, column)) else { return };
        idle.set_outer_html(&school_field(&row, of, at));
        let Some(fresh) = drawn_cell((at, column)) else { return };
        self.mark_drawn(at);
        fields::fill(self.desk, &fresh);
        if focus && let Some(field) = shown_field() {
            focus_still(&field);
            field.select();
        }
    }

    /// The active cell becomes text again.
    fn deactivate(self) {
        let Some(field) = shown_field() else { return };
        if has_focus(&field) {
            // A field that cannot be left has handed over its text all the same.
            let _ = field.blur();
        }
        let place = value(&field, Hook::Doc).and_then(|address| Place::parse(&address));
        let cell = field.closest("td").ok().flatten();
        if let (Some(Place::School(row, column)), Some(cell)) = (place, cell) {
            cell.set_outer_html(&self.desk.look(|assessment, _| school_cell(assessment, &row, column)));
        }
    }

    /// Moves the active cell; `false` where there is no further one.
    pub fn go(self, to: Move) -> bool {
        self.unselect();
        let found = self.beyond(self.active.get_value(), to);
        if let Some(cell) = found {
            self.activate(cell, true);
        }
        found.is_some()
    }

    /// The cell to which a move leads from another one.
    fn beyond(self, from: (usize, usize), to: Move) -> Option<(usize, usize)> {
        let page = frame().zip(part("school-rows")).map_or(1, |(frame, body)| {
            in_rows(f64::from(frame.client_height()), row_height(&body)).saturating_sub(4).max(1)
        });
        let shown = self.rows.get_value();
        self.desk.look(|assessment, _| {
            let school = |at: usize| assessment.schools.get(shown.get(at)?);
            let filled = |(at, column): (usize, usize)| {
                let text = school(at).zip(Column::ALL.get(column)).map(|(it, column)| it.text(*column));
                text.is_some_and(|text| !text.is_empty())
            };
            to.from(from, (shown.len(), Column::ALL.len()), page, filled)
        })
    }

    /// Makes the next faulty cell that is shown the active one, or the one before, or
    /// says that there is none.
    pub fn go_to_fault(self, forward: bool) -> bool {
        let (rows, from) = (self.rows.get_value(), self.active.get_value());
        let found = self.desk.look(|assessment, _| next_fault(assessment, &rows, from, forward));
        if let Some(cell) = found {
            self.unselect();
            self.activate(cell, true);
        } else if self.desk.look(|assessment, _| assessment.schools.values().any(has_fault)) {
            self.desk.notices.confirm("显示的行中没有填写有误的单元格，有误的行被筛选隐去了。".to_owned());
        } else {
            self.desk.notices.confirm("没有填写有误的单元格。".to_owned());
        }
        true
    }

    /// Puts the rows that are shown on the page as they are printed, all of them.
    pub fn put_on_paper(self) {
        let Some(paper) = part("school-paper") else { return };
        let rows = self.rows.get_value();
        let html = self
            .sums
            .with_value(|sums| self.desk.look(|assessment, _| school_paper(assessment, &rows, sums)));
        paper.set_inner_html(if rows.is_empty() { "" } else { &html });
    }

    /// Has the text edited, with the caret behind it; `false` if the caret cannot
    /// be set.
    pub fn edit(self, field: &HtmlInputElement) -> bool {
        self.unselect();
        self.editing.set_value(true);
        let end = u32::try_from(field.value().encode_utf16().count()).unwrap_or_default();
        field.set_selection_range(end, end).is_ok()
    }

    /// Puts the text back that was there before it was edited, which always can be done.
    pub fn restore(self, field: &HtmlInputElement) -> bool {
        let before = self.before.get_value();
        field.set_value(&before);
        fields::hand_over_focused(self.desk);
        self.editing.set_value(false);
        field.select();
        true
    }

    /// A cell was clicked.
    pub fn click(self, element: &Element) {
        let Some(cell) = cell_around(element) else { return };
        self.unselect();
        if cell == self.active.get_value() {
            if let Some(field) = shown_field().filter(|field| !has_focus(field)) {
                // Without focus the cell is the active one all the same.
                let _ = field.focus();
                field.select();
            }
        } else {
            self.activate(cell, true);
        }
    }

    /// Something is typed into the active cell.
    pub fn typed(self, event: &web_sys::Event) {
        if target(event).is_some_and(|element| self.field(&element).is_some()) {
            self.unselect();
            self.editing.set_value(true);
        }
    }

    /// The field is left, and its text is in the form in which it is kept.
    pub fn left(self, event: &web_sys::Event) {
        if target(event).and_then(|element| self.field(&element)).is_none() {
            return;
        }
        self.editing.set_value(false);
        let (at, column) = self.active.get_value();
        let rows = self.rows.get_value();
        let (Some(row), Some(column)) = (rows.get(at), Column::ALL.get(column).copied()) else { return };
        let text = self.desk.shown_text(&Place::School(row.clone(), column));
        if self.before.with_value(|before| *before == text) {
            return;
        }
        self.before.set_value(text);
        // The first text of a row makes all its other cells count as missing.
        let sums = self.desk.look(|assessment, _| {
            let first = assessment.schools.get(row).is_none_or(|school| school.cells.len() < 2);
            if first { sums(assessment, &rows) } else { vec![(column, sum(assessment, &rows, column))] }
        });
        self.sums.update_value(|known| {
            for entry in known {
                if let Some((_, sum)) = sums.iter().find(|(column, _)| *column == entry.0) {
                    entry.1 = *sum;
                }
            }
        });
        self.show_sums();
    }

    /// Adds a row at the end and makes it the active one.
    pub fn add(self) {
        let row = self.desk.fresh_row();
        if self.desk.act_once(|assessment| assessment.adding_school(row.clone())) {
            self.wanted.set_value(Some(row.clone()));
            self.keep_in_sight(vec![row]);
        }
    }

    /// Takes the row of the active cell away; `false` if there is none.
    pub fn drop_row(self) -> bool {
        let at = self.active.get_value().0;
        let Some(row) = self.rows.with_value(|rows| rows.get(at).cloned()) else { return false };
        self.desk.act_once(|assessment| assessment.dropping_school(&row))
    }

    /// The cell from which on something is pasted: the active one, or the first one
    /// of the block.
    fn first(self) -> (usize, usize) {
        self.block.get_value().map_or(self.active.get_value(), Block::top_left)
    }

    /// The column from which on something is pasted.
    fn first_column(self) -> Column {
        Column::ALL.get(self.first().1).copied().unwrap_or(Column::Name)
    }

    /// Puts rows of cells over those from the first one on.
    pub fn paste(self, cells: Vec<Vec<String>>) {
        let (at, first) = (self.first().0, self.first_column());
        let rows = self.rows.get_value();
        let mut added = Vec::new();
        let fresh = || {
            let row = self.desk.fresh_row();
            added.push(row.clone());
            row
        };
        let below = rows.get(at..).unwrap_or_default();
        self.desk.act(|assessment| over(assessment, below, cells, first, fresh));
        self.keep_in_sight(added);
    }

    /// Shows rows that were added whatever the filter says, until it is set anew.
    pub fn keep_in_sight(self, added: Vec<RowId>) {
        if !self.view.with_untracked(View::is_open) {
            self.view.update(|view| view.besides.extend(added));
        }
    }

    fn show_sums(self) {
        let rows = self.rows.with_value(|rows| rows.len());
        let all = self.desk.look(|assessment, _| assessment.schools.len());
        let (foot, count) =
            self.sums.with_value(|sums| (school_sums(sums, rows), school_count(all, rows, sums)));
        if let Some(element) = part("school-sums") {
            element.set_inner_html(&foot);
        }
        if let Some(element) = part("school-count") {
            set_text(&element, &count);
        }
    }
}

fn shown_field() -> Option<HtmlInputElement> {
    part_of_page(&Slot::Cell.selector())?.dyn_into().ok()
}

fn has_focus(element: &Element) -> bool {
    document().active_element().as_ref() == Some(element)
}

fn place_of(row: &Element) -> Option<usize> {
    value(row, Hook::At)?.parse().ok()
}

/// A cell that is drawn.
fn drawn_cell((at, column): (usize, usize)) -> Option<Element> {
    let name = Column::ALL.get(column)?.name();
    let (row, cell) = (Hook::At.is(&at.to_string()), Hook::Column.is(name));
    part_of_page(&format!("#school-rows tr{row} td{cell}"))
}

/// Row and column of the cell that an element is or stands in.
fn cell_around(element: &Element) -> Option<(usize, usize)> {
    let cell = around(element, "#school-rows td")?;
    let column = Column::named(&value(&cell, Hook::Column)?)?;
    Some((place_of(&cell.parent_element()?)?, column as usize))
}

/// What the page refuses to draw it would refuse everywhere.
fn set(element: &Element, name: &str, value: &str) {
    let _ = element.set_attribute(name, value);
}
