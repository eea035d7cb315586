//! A table whose rows are chosen as in a spreadsheet: by clicks and keys, see
//! [`zhidu::keys::rows`]. What is chosen is kept here and marked in the table; the table
//! is never drawn anew for it.

use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, MouseEvent};
use zhidu::html::hook::{Hook, Slot};
use zhidu::keys::rows::{Held, Rows};

use crate::ui::dom::{all, click, focus, part, set_attribute, set_text, slot, value};
use crate::ui::events::{index_around, target};

/// What can be chosen.
const ROWS: &str = "[aria-selected]";

/// How many rows a page of keys goes.
const PAGE: isize = 10;

/// The rows of a table of the page that are chosen.
#[derive(Clone, Copy)]
pub struct Chosen {
    rows: StoredValue<Rows>,
    main: NodeRef<html::Main>,
}

impl Chosen {
    /// Nothing is chosen yet of the table in `main`.
    pub fn new(main: NodeRef<html::Main>) -> Chosen {
        Chosen { rows: StoredValue::new(Rows::default()), main }
    }

    /// What is chosen, in ascending order.
    pub fn all(self) -> Vec<usize> {
        self.rows.with_value(|rows| rows.chosen().iter().copied().collect())
    }

    /// Chooses these rows.
    pub fn choose(self, rows: impl IntoIterator<Item = usize>) {
        self.rows.update_value(|known| known.choose(rows));
        self.show();
    }

    /// Chooses all rows that are shown.
    pub fn choose_all(self) {
        let order = self.order();
        self.choose(order);
    }

    /// Marks in the table what is chosen, after it was drawn or something was chosen.
    pub fn show(self) {
        let Some(table) = self.table() else { return };
        let order = self.order();
        self.rows.update_value(|rows| rows.keep(&order));
        let (count, at) = self.rows.with_value(|rows| (rows.chosen().len(), rows.at(&order)));
        self.rows.with_value(|rows| {
            for row in all(&table, ROWS) {
                let Some(index) = index_of(&row) else { continue };
                let chosen = if rows.chosen().contains(&index) { "true" } else { "false" };
                // What a browser refuses to mark is chosen all the same.
                let _ = row.set_attribute("aria-selected", chosen);
                let _ = row.set_attribute("tabindex", if Some(index) == at { "0" } else { "-1" });
            }
        });
        if let Some(main) = self.main.get_untracked() {
            if let Some(told) = slot(&main, Slot::Chosen) {
                let words =
                    if count == 0 { "未选中行".to_owned() } else { format!("已选 {count} 行") };
                set_text(&told, &words);
            }
            for button in all(&main, &Hook::NeedsRows.any()) {
                set_attribute(&button, "disabled", count == 0);
            }
        }
    }

    /// A click somewhere on the page; links and fields in a row are left alone.
    pub fn click(self, event: &MouseEvent) {
        let Some(element) = target(event).filter(|it| self.is_in_table(it)) else { return };
        if element.closest("a, button, input, select, thead").ok().flatten().is_some() {
            return;
        }
        let Some(index) = index_around(&element) else { return };
        let order = self.order();
        self.rows.update_value(|rows| {
            rows.click(&order, index, held(event.shift_key(), event.ctrl_key() || event.meta_key()))
        });
        self.show();
        self.focus();
    }

    /// A key while the focus is on a row.
    pub fn key(self, event: &ev::KeyboardEvent) {
        let on_row =
            target(event).is_some_and(|it| it.has_attribute("aria-selected") && self.is_in_table(&it));
        if !on_row {
            return;
        }
        let Some(press) = event.dyn_ref::<KeyboardEvent>() else { return };
        let ctrl = press.ctrl_key() || press.meta_key();
        let order = self.order();
        let far = isize::try_from(order.len()).unwrap_or(isize::MAX);
        let by = match press.key().as_str() {
            "ArrowDown" => Some(1),
            "ArrowUp" => Some(-1),
            "PageDown" => Some(PAGE),
            "PageUp" => Some(-PAGE),
            "Home" => Some(-far),
            "End" => Some(far),
            _ => None,
        };
        match (by, press.key().as_str()) {
            (Some(by), _) => {
                self.rows.update_value(|rows| {
                    rows.go(&order, by, held(press.shift_key(), ctrl));
                });
            }
            (None, "Enter") => {
                // The key is not to type into what is gone to.
                event.prevent_default();
                let link = target(event).and_then(|row| part(&row, "a[href]"));
                if let Some(link) = link {
                    click(&link);
                }
                return;
            }
            (None, " ") => self.rows.update_value(|rows| rows.toggle_at(&order)),
            (None, "a" | "A") if ctrl => self.rows.update_value(|rows| rows.choose(order.iter().copied())),
            (None, "Escape") => self.rows.update_value(|rows| rows.choose([])),
            _ => return,
        }
        event.prevent_default();
        self.show();
        self.focus();
    }

    fn focus(self) {
        let at = self.rows.with_value(|rows| rows.at(&self.order()));
        let row = self.table().zip(at).and_then(|(table, at)| part(&table, &Hook::Index.is(&at.to_string())));
        if let Some(row) = row {
            // Without it the row is chosen all the same.
            focus(&row);
        }
    }

    fn table(self) -> Option<Element> {
        let main = self.main.get_untracked()?;
        slot(&main, Slot::Rows)
    }

    fn is_in_table(self, element: &Element) -> bool {
        self.table().is_some_and(|table| table.contains(Some(element)))
    }

    /// The rows that are shown, as they stand.
    fn order(self) -> Vec<usize> {
        let Some(table) = self.table() else { return Vec::new() };
        all(&table, ROWS).iter().filter_map(index_of).collect()
    }
}

fn index_of(row: &Element) -> Option<usize> {
    value(row, Hook::Index)?.parse().ok()
}

const fn held(shift: bool, ctrl: bool) -> Held {
    Held { shift, ctrl }
}
