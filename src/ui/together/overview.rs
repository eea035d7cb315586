//! The page 总表. Its rows are drawn anew when they are sorted or filtered; a change of a
//! point draws its row alone.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::{ev, html};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement};
use zhidu::assessment::State;
use zhidu::assessment::edit::Edit;
use zhidu::catalogue::PointId;
use zhidu::filter::{Filter, PointKind};
use zhidu::html::act::{Act, OverviewAct};
use zhidu::html::hook::{Hook, Slot};
use zhidu::html::{hits_list, overview_page, overview_row, overview_rows, sorted_as};
use zhidu::measure::Data;
use zhidu::overview::replace::{Hit, find, replacing};
use zhidu::overview::{Bulk, Column, Row, Sorted, bulk, last_changes, ordered, row, rows};
use zhidu::value::map::Map;

use crate::ui::chosen::Chosen;
use crate::ui::desk::{Desk, Opened};
use crate::ui::dom::{all, part, set_class, set_text, slot, value};
use crate::ui::events::{act_of, target};

/// So long after the last key the table is filtered.
const PAUSE: Duration = Duration::from_millis(200);

/// What the table shows.
#[derive(Clone, Copy)]
struct Table {
    desk: Desk,
    main: NodeRef<html::Main>,
    chosen: Chosen,
    rows: StoredValue<Vec<Row>>,
    last: StoredValue<Map<PointId, (String, String)>>,
    sorted: StoredValue<Option<Sorted>>,
    hits: StoredValue<Vec<Hit>>,
    /// Which key was the last one.
    typed: StoredValue<u32>,
}

/// The page 总表.
#[component]
pub fn OverviewPage(
    /// What is open.
    opened: Opened,
) -> impl IntoView {
    let desk = Desk::here();
    let main = NodeRef::<html::Main>::new();
    let table = Table {
        desk,
        main,
        chosen: Chosen::new(main),
        rows: StoredValue::new(Vec::new()),
        last: StoredValue::new(Map::new()),
        sorted: StoredValue::new(None),
        hits: StoredValue::new(Vec::new()),
        typed: StoredValue::new(0),
    };
    let mark = opened.mark();
    Effect::new(move |drawn: Option<()>| {
        let Some(main) = main.get() else { return };
        if drawn.is_none() {
            let scored = opened.catalogue.total().is_some();
            let collects = desk.look(|assessment, _| !assessment.contributions.is_empty());
            let kinds: Vec<(&str, &str)> =
                PointKind::offered(scored, collects).map(|kind| (kind.label(), kind.label())).collect();
            main.set_inner_html(&overview_page(&opened.catalogue, &mark, &kinds));
            table.draw();
            table.read_log();
        }
    });
    Effect::new(move |seen: Option<u64>| {
        let changes = desk.changes_since(seen.unwrap_or_default());
        if seen.is_some_and(|seen| seen != changes.revision) {
            table.update(&changes.points);
        }
        changes.revision
    });
    let click = move |event: ev::MouseEvent| match act_of(&event) {
        Some((Act::Overview(act), element)) => table.perform(act, &element),
        _ => table.chosen.click(&event),
    };
    let input = move |event: ev::Event| {
        let field = target(&event);
        if [Slot::Words, Slot::Kind, Slot::Unit]
            .into_iter()
            .any(|it| field.is_some() && table.slot(it) == field)
        {
            table.typed();
        }
    };
    let change = move |_: ev::Event| table.show_reason();
    view! {
        <main class="z-page z-page--wide" id="main" node_ref=main on:click=click on:input=input on:change=change
            on:keydown=move |event| table.chosen.key(&event)></main>
    }
}

impl Table {
    fn slot(self, slot_of: Slot) -> Option<Element> {
        let main = self.main.get_untracked()?;
        slot(&main, slot_of)
    }

    fn text(self, of: Slot) -> String {
        let element = self.slot(of);
        let field =
            element.as_ref().and_then(|it| it.dyn_ref::<HtmlInputElement>()).map(HtmlInputElement::value);
        let list =
            element.as_ref().and_then(|it| it.dyn_ref::<HtmlSelectElement>()).map(HtmlSelectElement::value);
        field.or(list).unwrap_or_default()
    }

    fn filter(self) -> Filter {
        let kind = self.text(Slot::Kind);
        Filter { kind: PointKind::named(&kind), unit: self.text(Slot::Unit), words: self.text(Slot::Words) }
    }

    /// Draws all rows anew.
    fn draw(self) {
        let Some(body) = self.slot(Slot::Body) else { return };
        let (filter, sorted) = (self.filter(), self.sorted.get_value());
        let (found, order, html) = self.desk.look(|assessment, catalogue| {
            let found = self.last.with_value(|last| rows(catalogue, assessment, last));
            let order = ordered(catalogue, assessment, &found, &filter, sorted);
            let html = overview_rows(catalogue, assessment, &found, &order);
            (found, order, html)
        });
        body.set_inner_html(&html);
        if let Some(shown) = self.slot(Slot::Shown) {
            set_text(&shown, &format!("{} / {} 行", order.len(), found.len()));
        }
        self.rows.set_value(found);
        if let Some(main) = self.main.get_untracked() {
            for head in all(&main, "[role='columnheader']") {
                let column = value(&head, Hook::Column).and_then(|name| Column::named(&name));
                if let Some(column) = column {
                    // A head that cannot be marked is sorted by all the same.
                    let _ = head.set_attribute("aria-sort", sorted_as(sorted, column));
                }
            }
        }
        self.chosen.show();
    }

    /// Draws the rows of these points anew, where they stand: what is being worked on does
    /// not move away.
    fn update(self, points: &[usize]) {
        let Some(body) = self.slot(Slot::Body) else { return };
        self.desk.look(|assessment, catalogue| {
            let data = Data::of(catalogue, assessment);
            for index in points {
                let Some(fresh) = self.last.with_value(|last| row(&data, last, *index)) else { continue };
                let same = self.rows.with_value(|rows| rows.get(*index) == Some(&fresh));
                if same {
                    continue;
                }
                if let Some(element) = part(&body, &Hook::Index.is(&index.to_string())) {
                    element.set_outer_html(&overview_row(catalogue, assessment, &fresh));
                }
                self.rows.update_value(|rows| {
                    if let Some(known) = rows.get_mut(*index) {
                        *known = fresh;
                    }
                });
            }
        });
        self.chosen.show();
        self.read_log();
    }

    /// Reads when and by whom points were changed last, once it is stored.
    fn read_log(self) {
        spawn_local(async move {
            self.desk.settle().await;
            let Ok(past) = self.desk.past().await else { return };
            let last = self.desk.look(|assessment, _| last_changes(assessment, &past.log));
            // Another page may be shown by then.
            let changed: Vec<usize> = self
                .rows
                .try_with_value(|rows| {
                    let points = rows.iter().map(|row| row.index);
                    self.desk.look(|_, catalogue| {
                        let differs = |index: &usize| {
                            let id = catalogue.points().get(*index).map(|point| &point.id);
                            let known = rows.get(*index).and_then(|row| row.changed.as_ref());
                            id.and_then(|id| last.get(id)) != known
                        };
                        points.filter(differs).collect()
                    })
                })
                .unwrap_or_default();
            if self.last.try_set_value(last).is_none() && !changed.is_empty() {
                self.show_changed(&changed);
            }
        });
    }

    fn show_changed(self, points: &[usize]) {
        let Some(body) = self.slot(Slot::Body) else { return };
        for index in points {
            let changed = self.desk.look(|_, catalogue| {
                let id = catalogue.points().get(*index).map(|point| point.id.clone());
                id.and_then(|id| self.last.with_value(|last| last.get(&id).cloned()))
            });
            let (at, by) = changed.clone().unwrap_or_default();
            if let Some(element) = part(&body, &Hook::Index.is(&index.to_string())) {
                for (column, text) in [(Column::Changed, at), (Column::By, by)] {
                    if let Some(cell) = part(&element, &Hook::Column.is(column.name())) {
                        set_text(&cell, &text);
                    }
                }
            }
            self.rows.update_value(|rows| {
                if let Some(row) = rows.get_mut(*index) {
                    row.changed = changed;
                }
            });
        }
    }

    /// Filters once nothing is typed for a moment.
    fn typed(self) {
        self.typed.update_value(|count| *count += 1);
        let count = self.typed.get_value();
        set_timeout(
            move || {
                if self.typed.try_get_value() == Some(count) {
                    self.draw();
                }
            },
            PAUSE,
        );
    }

    /// Asks for the reason where 不适用 is chosen.
    fn show_reason(self) {
        let wanted = self.text(Slot::State) == State::NotApplicable.label();
        if let Some(field) = self.slot(Slot::Why) {
            set_class(&field, "z-gone", !wanted);
        }
    }

    fn points(self) -> Vec<PointId> {
        let chosen = self.chosen.all();
        self.desk.look(|_, catalogue| {
            let points = chosen.iter().filter_map(|index| catalogue.points().get(*index));
            points.map(|point| point.id.clone()).collect()
        })
    }

    fn perform(self, act: OverviewAct, element: &Element) {
        match act {
            OverviewAct::Sort => {
                let Some(by) = value(element, Hook::Choice).and_then(|name| Column::named(&name)) else {
                    return;
                };
                self.sorted.update_value(|sorted| {
                    *sorted = match sorted {
                        Some(Sorted { by: of, descending: false }) if *of == by => {
                            Some(Sorted { by, descending: true })
                        }
                        Some(Sorted { by: of, .. }) if *of == by => None,
                        _ => Some(Sorted { by, descending: false }),
                    };
                });
                self.draw();
            }
            OverviewAct::SelectAll => self.chosen.choose_all(),
            OverviewAct::SetStates => {
                let state = State::from_label(&self.text(Slot::State)).unwrap_or_default();
                let reason = self.text(Slot::Why);
                if state == State::NotApplicable && reason.trim().is_empty() {
                    return self.desk.notices.complain("请先写明不适用理由。".to_owned());
                }
                let what = match state {
                    State::NotApplicable => Bulk::NotApplicable(reason.trim().to_owned()),
                    state => Bulk::State(state),
                };
                self.apply(&what);
            }
            OverviewAct::SetUnits => self.apply(&Bulk::Units(self.text(Slot::Text).trim().to_owned())),
            OverviewAct::SetFillers => self.apply(&Bulk::Filler(self.text(Slot::Text).trim().to_owned())),
            OverviewAct::Find => self.find(),
            OverviewAct::Replace => self.replace(),
        }
    }

    fn apply(self, what: &Bulk) {
        let points = self.points();
        if points.is_empty() {
            return self.desk.notices.complain("请先选中要改的行。".to_owned());
        }
        self.change(
            |assessment| bulk(assessment, &points, what),
            |_| format!("已改 {} 行，可用“撤销”一次恢复。", points.len()),
        );
    }

    fn find(self) {
        let (wanted, instead) = (self.text(Slot::Find), self.text(Slot::Instead));
        if wanted.is_empty() {
            return self.desk.notices.complain("请先输入要查找的文字。".to_owned());
        }
        let mut points = self.points();
        if points.is_empty() {
            points =
                self.desk.look(|_, catalogue| catalogue.points().iter().map(|it| it.id.clone()).collect());
        }
        let (hits, html) = self.desk.look(|assessment, catalogue| {
            let hits = find(catalogue, assessment, &points, &wanted, &instead);
            let html = hits_list(catalogue, assessment, &hits, &instead);
            (hits, html)
        });
        self.hits.set_value(hits);
        if let Some(list) = self.slot(Slot::Hits) {
            list.set_inner_html(&html);
        }
    }

    fn replace(self) {
        let Some(list) = self.slot(Slot::Hits) else { return };
        let left_out: Vec<usize> = all(&list, "input")
            .iter()
            .filter(|it| it.dyn_ref::<HtmlInputElement>().is_some_and(|it| !it.checked()))
            .filter_map(|it| value(it, Hook::At)?.parse().ok())
            .collect();
        let hits: Vec<Hit> = self.hits.with_value(|hits| {
            let kept = hits.iter().enumerate().filter(|(at, _)| !left_out.contains(at));
            kept.map(|(_, hit)| hit.clone()).collect()
        });
        let done = self.change(
            |assessment| replacing(assessment, &hits),
            |edits| format!("已替换 {edits} 处文字，可用“撤销”一次恢复。"),
        );
        if done {
            list.set_inner_html("");
            self.hits.set_value(Vec::new());
        }
    }

    /// Changes the assessment in one step, and says what `told` makes of the number of edits.
    fn change(
        self,
        make: impl FnOnce(&zhidu::assessment::Assessment) -> Vec<Edit>,
        told: impl FnOnce(usize) -> String,
    ) -> bool {
        let desk = self.desk;
        if !desk.may_write() {
            return false;
        }
        let edits = desk.look(|assessment, _| make(assessment));
        let count = edits.len();
        let done = desk.act_once(|_| edits);
        desk.notices.confirm(if done {
            told(count)
        } else {
            "没有要改的：内容已经如此。".to_owned()
        });
        done
    }
}
