//! The block of cells that is selected: by Shift and a move, Shift and a click, or
//! by drawing with the mouse. The active cell keeps the focus, so that keys and the
//! clipboard are heard in it, and a block ends when that cell is edited.
use leptos::prelude::*;
use web_sys::{Element, MouseEvent};
use zhidu::assessment::table::block::Block;
use zhidu::html::hook::Hook;
use zhidu::keys::grid::Move;
use zhidu::school::Column;

use super::sight::{bring_cell_into_sight, bring_row_into_sight, part};
use super::{Grid, cell_around, drawn_cell, has_focus, place_of, set, shown_field};
use crate::ui::dom::{part_of_page, set_class};
use crate::ui::events::target;

/// The class of the cells of the block.
const CLASS: &str = "z-grid__cell--block";

impl Grid {
    /// The block, if there is one.
    pub fn block(self) -> Option<Block> {
        self.block.get_value()
    }

    /// Draws the block to where a move leads from its corner.
    pub fn extend(self, to: Move) -> bool {
        let corner = self.block().map_or(self.active.get_value(), |block| block.to);
        if let Some(cell) = self.beyond(corner, to) {
            self.extend_to(cell);
        }
        true
    }

    /// Makes all cells that are shown the block.
    pub fn select_all(self) -> bool {
        let last = self.rows.with_value(|rows| rows.len()).checked_sub(1);
        if let Some(row) = last {
            self.select(Some(Block { from: (0, 0), to: (row, Column::ALL.len() - 1) }));
        }
        true
    }

    /// Gives the block up; its cells stay as they are.
    pub fn unselect(self) -> bool {
        self.select(None);
        true
    }

    /// The texts of the block as they are copied.
    pub fn copied(self) -> Option<String> {
        let (block, rows) = (self.block()?, self.rows.get_value());
        Some(self.desk.look(|assessment, _| block.text(assessment, &rows)))
    }

    /// Gives the cells of the block, or the active one, the texts above, in one step.
    pub fn fill_down(self) -> bool {
        let (rows, active) = (self.rows.get_value(), self.active.get_value());
        let block = self.block().unwrap_or(Block { from: active, to: active });
        self.desk.act(|assessment| block.filling_down(assessment, &rows));
        true
    }

    /// Empties the cells of the block in one step.
    pub fn clear(self) -> bool {
        let rows = self.rows.get_value();
        if let Some(block) = self.block() {
            self.desk.act(|assessment| block.clearing(assessment, &rows));
        }
        true
    }

    /// The mouse is pressed: within a text that is being edited it sets the caret, twice
    /// on the active cell it has the text edited, with Shift it draws the block to its
    /// cell, and else it may begin one. Once on the active cell leaves its text
    /// selected whole, so that what is typed next replaces it.
    pub fn press(self, event: &MouseEvent) {
        self.pressed.set_value(None);
        let Some(element) = target(event).filter(|_| event.button() == 0) else { return };
        let Some(cell) = cell_around(&element) else { return };
        let active = self.active.get_value();
        if event.shift_key() && cell != active {
            event.prevent_default();
            self.begin_at(active);
            return self.extend_to(cell);
        }
        // A press begins anew, whatever was selected.
        self.unselect();
        if let Some((field, editing)) = self.field(&element) {
            if editing {
                // The mouse selects characters.
                return;
            }
            event.prevent_default();
            // Without focus the cell is the active one all the same.
            let _ = field.focus();
            if event.detail() > 1 {
                self.edit(&field);
                return;
            }
            field.select();
        }
        self.pressed.set_value(Some(cell));
    }

    /// The mouse has come to another element: while it is pressed, it draws a block.
    pub fn draw_over(self, event: &MouseEvent) {
        let Some(from) = self.pressed.get_value() else { return };
        if event.buttons() & 1 == 0 {
            return self.pressed.set_value(None);
        }
        let Some(cell) = target(event).and_then(|element| cell_around(&element)) else { return };
        if self.block().is_none() {
            if cell == from {
                return;
            }
            self.begin_at(from);
        }
        self.extend_to(cell);
    }

    /// The mouse is no longer pressed.
    pub fn release(self) {
        self.pressed.set_value(None);
    }

    /// Makes a cell the active one, with the focus and without its text being edited.
    fn begin_at(self, cell: (usize, usize)) {
        let focused = shown_field().is_some_and(|field| has_focus(&field));
        if cell != self.active.get_value() || self.editing.get_value() || !focused {
            self.activate(cell, true);
        }
    }

    fn extend_to(self, cell: (usize, usize)) {
        let from = self.block().map_or(self.active.get_value(), |block| block.from);
        self.select((from != cell).then_some(Block { from, to: cell }));
        bring_row_into_sight(cell.0);
        self.draw();
        if let Some(element) = drawn_cell(cell) {
            bring_cell_into_sight(&element, cell.1);
        }
    }

    /// Marks the cells of a row that has just been drawn.
    pub(super) fn mark_drawn(self, at: usize) {
        let row = |_| part_of_page(&format!("#school-rows tr{}", Hook::At.is(&at.to_string())));
        if let Some(row) = self.block().and_then(row) {
            mark(&row, at, self.block());
        }
    }

    fn select(self, block: Option<Block>) {
        if self.block() == block {
            return;
        }
        self.block.set_value(block);
        let mut next = part("school-rows").and_then(|body| body.first_element_child());
        while let Some(row) = next {
            if let Some(at) = place_of(&row) {
                mark(&row, at, block);
            }
            next = row.next_element_sibling();
        }
    }
}

/// Shows which cells of a row are of the block.
fn mark(row: &Element, at: usize, block: Option<Block>) {
    let mut next = row.first_element_child();
    for column in 0..Column::ALL.len() {
        let Some(cell) = next else { return };
        let of_it = block.is_some_and(|block| block.contains((at, column)));
        let classes = cell.class_list();
        if classes.contains(CLASS) != of_it {
            set_class(&cell, CLASS, of_it);
            if of_it {
                set(&cell, "aria-selected", "true");
            } else if !classes.contains("z-grid__cell--active") {
                drop(cell.remove_attribute("aria-selected"));
            }
        }
        next = cell.next_element_sibling();
    }
}
