//! Drawing the table: the rows in sight, again while it is scrolled, and everything
//! when other rows or texts are to be shown.
use std::collections::BTreeMap;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use zhidu::assessment::RowId;
use zhidu::assessment::table::sheet::{View, sums};
use zhidu::html::hook::Hook;
use zhidu::html::school_rows;
use zhidu::school::Column;

use super::sight::{frame, height_of, in_rows, part, row_height};
use super::{Grid, has_focus, place_of, set, shown_field};
use crate::ui::dom::{part_of_page, set_class};

/// So many rows are drawn above and below those in sight.
const BESIDES: usize = 8;

impl Grid {
    /// Draws everything anew, because other rows or texts are to be shown.
    pub fn draw_anew(self) {
        let (at, column) = self.active.get_value();
        let active = self.rows.with_value(|rows| rows.get(at).cloned());
        let wanted = self.wanted.try_update_value(Option::take).flatten();
        let changed = self.changed();
        let focused = shown_field().is_some_and(|field| has_focus(&field));
        let view = self.view.get_untracked();
        let (all, rows) = self.desk.look(|assessment, _| (assessment.schools.len(), view.rows(assessment)));
        let place = |row: &RowId| rows.iter().position(|it| it == row);
        let added = wanted.as_ref().and_then(place).map(|at| (at, 0));
        let led = added.or_else(|| first_changed(&rows, &changed));
        if led.is_none() && !changed.is_empty() && !view.is_open() {
            // The filter hides what was changed; with it in sight this draws again.
            return self.keep_changed(changed);
        }
        let active = led.unwrap_or_else(|| match active.as_ref().and_then(place) {
            Some(at) => (at, column),
            None => (at.min(rows.len().saturating_sub(1)), column),
        });
        self.active.set_value(active);
        let sums = self.desk.look(|assessment, _| sums(assessment, &rows));
        let count = rows.len();
        if led.is_some() || self.rows.with_value(|known| **known != rows) {
            self.block.set_value(None);
        }
        self.rows.set_value(Rc::new(rows));
        self.sums.set_value(sums);
        if let Some(field) = shown_field() {
            // It may tell that it is left while it is removed: the desk has newer texts.
            drop(field.remove_attribute(Hook::Doc.name()));
        }
        // Without its rows the table is scrolled to its top.
        let top = frame().map_or(0, |frame| frame.scroll_top());
        if let Some(body) = part("school-rows") {
            body.set_inner_html("");
        }
        if let Some(table) = part("school-grid").and_then(|it| it.first_element_child()) {
            set(&table, "aria-rowcount", &(count + 2).to_string());
        }
        if let Some(empty) = part("school-empty") {
            set_class(&empty, "z-gone", all > 0);
        }
        self.mark_sorted(&view);
        self.draw();
        if let Some(frame) = frame().filter(|_| top > 0) {
            frame.set_scroll_top(top);
        }
        self.show_sums();
        // The focus stays on the button 撤销, so that it can be pressed again.
        let focus = focused || added.is_some() || nothing_has_focus();
        if led.is_some() { self.activate(active, focus) } else { self.put_field(active, focused) }
    }

    /// Draws the rows that are in sight; those that stay are the same elements.
    pub fn draw(self) {
        let (Some(frame), Some(body)) = (frame(), part("school-rows")) else { return };
        let rows = self.rows.get_value();
        let height = row_height(&body);
        let first = in_rows(f64::from(frame.scroll_top()), height).saturating_sub(BESIDES);
        let last = first + in_rows(f64::from(frame.client_height()), height) + 2 * BESIDES;
        let active = self.active.get_value().0;
        let drawn = |at: usize| (first..=last).contains(&at) || at == active;
        let mut next = body.first_element_child();
        while let Some(element) = next {
            next = element.next_element_sibling();
            if !place_of(&element).is_some_and(drawn) {
                element.remove();
            }
        }
        let mut stands = body.first_element_child();
        let mut expected = 0;
        for (at, row) in rows.iter().enumerate().filter(|(at, _)| drawn(*at)) {
            if at > expected {
                gap(&body, stands.as_ref(), at - expected, height);
            }
            expected = at + 1;
            if stands.as_ref().and_then(place_of) == Some(at) {
                stands = stands.and_then(|it| it.next_element_sibling());
                continue;
            }
            let html = self.desk.look(|assessment, _| school_rows(assessment, [(at, row)]));
            // What the page refuses to draw it would refuse everywhere.
            let _ = match &stands {
                Some(stands) => stands.insert_adjacent_html("beforebegin", &html),
                None => body.insert_adjacent_html("beforeend", &html),
            };
            self.mark_drawn(at);
        }
        if rows.len() > expected {
            gap(&body, None, rows.len() - expected, height);
        }
    }

    /// Takes what 撤销 or 重做 has changed, as far as its rows are still there.
    fn changed(self) -> Vec<(RowId, Column)> {
        let mut changed = self.desk.travelled.try_update_value(std::mem::take).unwrap_or_default();
        self.desk.look(|assessment, _| changed.retain(|(row, _)| assessment.schools.contains_key(row)));
        changed
    }

    /// As [`Grid::keep_in_sight`], of cells that were changed and are to be shown.
    fn keep_changed(self, changed: Vec<(RowId, Column)>) {
        let rows = changed.iter().map(|(row, _)| row.clone()).collect();
        self.desk.travelled.set_value(changed);
        self.keep_in_sight(rows);
    }

    fn mark_sorted(self, view: &View) {
        for column in Column::ALL {
            let Some(head) = part_of_page(&Hook::Head.is(column.name())) else { continue };
            match view.sort {
                Some((known, descending)) if known == column => {
                    set(&head, "aria-sort", if descending { "descending" } else { "ascending" });
                }
                _ => drop(head.remove_attribute("aria-sort")),
            }
        }
    }
}

/// The first cell that is shown of those that were changed.
fn first_changed(rows: &[RowId], changed: &[(RowId, Column)]) -> Option<(usize, usize)> {
    let columns: BTreeMap<&RowId, usize> =
        changed.iter().map(|(row, column)| (row, *column as usize)).collect();
    rows.iter().enumerate().find_map(|(at, row)| Some((at, *columns.get(row)?)))
}

fn nothing_has_focus() -> bool {
    document().active_element().is_none_or(|it| it.tag_name() == "BODY")
}

/// Stands for rows that are not drawn.
fn gap(body: &Element, before: Option<&Element>, rows: usize, height: f64) {
    let html =
        format!("<tr class='z-grid__gap' aria-hidden='true'><td colspan='{}'></td></tr>", Column::ALL.len());
    // What the page refuses to draw it would refuse everywhere.
    let _ = match before {
        Some(before) => before.insert_adjacent_html("beforebegin", &html),
        None => body.insert_adjacent_html("beforeend", &html),
    };
    let made = before.map_or_else(|| body.last_element_child(), Element::previous_element_sibling);
    if let Some(made) = made.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        let _ = made.style().set_property("height", &format!("{}px", height_of(rows, height)));
    }
}
