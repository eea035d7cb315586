//! The page 分工.

use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement};
use zhidu::assessment::edit::Edit;
use zhidu::assessment::unit::{Assign, UnitWork, is_one_name};
use zhidu::assessment::{Assessment, RowId};
use zhidu::catalogue::{Catalogue, PointId};
use zhidu::html::act::{Act, DivisionAct};
use zhidu::html::hook::{Hook, Slot};
use zhidu::html::{DivisionView, division_page};

use super::{press_beside, write_forms};
use crate::ui::chosen::Chosen;
use crate::ui::desk::{Desk, Opened};
use crate::ui::dom::{part, slot, value};
use crate::ui::events::{act_of, row_around};
use crate::ui::form::fields;
use crate::ui::read::redraw::redraw;

/// The page 分工.
#[component]
pub fn DivisionPage(
    /// What is open.
    opened: Opened,
) -> impl IntoView {
    let desk = Desk::here();
    let view = RwSignal::new(DivisionView::ByPoint);
    let main = NodeRef::<html::Main>::new();
    let chosen = Chosen::new(main);
    let mark = opened.mark();
    let page = Memo::new(move |_| {
        desk.track();
        desk.look(|assessment, catalogue| division_page(catalogue, assessment, view.get(), &mark))
    });
    let click = move |event: ev::MouseEvent| match act_of(&event) {
        Some((Act::Division(act), element)) => perform(desk, act, &element, view, main, chosen),
        _ => chosen.click(&event),
    };
    let change = move |event: ev::Event| {
        if let Some((Act::Division(act @ (DivisionAct::Ask | DivisionAct::AskFigure)), element)) =
            act_of(&event)
        {
            perform(desk, act, &element, view, main, chosen);
        }
    };
    Effect::new(move |_| {
        let page = page.get();
        if let Some(main) = main.get() {
            // The unit that was chosen stays so.
            let list = |main: &Element| slot(main, Slot::Unit)?.dyn_into::<HtmlSelectElement>().ok();
            let unit = list(&main).map(|it| it.value());
            redraw(&main, &page);
            if let Some((list, unit)) = list(&main).zip(unit) {
                list.set_value(&unit);
            }
            fields::fill(desk, &main);
            chosen.show();
        }
    });
    view! { <main class="z-page z-page--wide" id="main" node_ref=main on:click=click on:change=change on:keydown=move |event| {
        press_beside(&event);
        chosen.key(&event);
    }></main> }
}

fn perform(
    desk: Desk,
    act: DivisionAct,
    element: &Element,
    view: RwSignal<DivisionView>,
    main: NodeRef<html::Main>,
    chosen: Chosen,
) {
    let main = || main.get_untracked();
    let unit = || unit_of(desk, element);
    match act {
        DivisionAct::ByPoint => view.set(DivisionView::ByPoint),
        DivisionAct::ByUnit => view.set(DivisionView::ByUnit),
        DivisionAct::BySchool => view.set(DivisionView::BySchool),
        DivisionAct::AskSchools => {
            let field = main().and_then(|main| slot(&main, Slot::Unit));
            let name = field.and_then(|it| it.dyn_into::<HtmlInputElement>().ok()).map(|it| it.value());
            let name = name.unwrap_or_default().trim().to_owned();
            if !is_one_name(&name) {
                return desk
                    .notices
                    .complain("请选一个学区或单位，或写一个不含顿号等分隔符号的名称。".to_owned());
            }
            ask_for_schools(desk, chosen, |assessment, rows| {
                (assessment.asking_for_schools(rows, Some(&name)), Vec::new())
            });
        }
        DivisionAct::AskEach => ask_for_schools(desk, chosen, Assessment::asking_each_school),
        DivisionAct::AskNone => ask_for_schools(desk, chosen, |assessment, rows| {
            (assessment.asking_for_schools(rows, None), Vec::new())
        }),
        DivisionAct::SelectAll => chosen.choose_all(),
        DivisionAct::SelectUnassigned => {
            view.set(DivisionView::ByPoint);
            let nobody = desk.look(Assessment::unassigned);
            request_animation_frame(move || chosen.choose(nobody));
        }
        DivisionAct::Lead => assign(desk, main(), chosen, Assign::Lead),
        DivisionAct::Joint => assign(desk, main(), chosen, Assign::Joint),
        DivisionAct::Alone => assign(desk, main(), chosen, Assign::Alone),
        DivisionAct::Remove => assign(desk, main(), chosen, Assign::Remove),
        DivisionAct::AddUnit => {
            let field = main().and_then(|main| slot(&main, Slot::Unit));
            let Some(field) = field.and_then(|it| it.dyn_into::<HtmlInputElement>().ok()) else { return };
            let name = field.value();
            let added = change(desk, |assessment, catalogue| assessment.adding_unit(catalogue, &name));
            if added {
                field.set_value("");
                desk.notices.confirm(format!("已添加“{}”。", name.trim()));
            } else {
                desk.notices
                    .complain("没有添加：名称为空、含有顿号等分隔符号，或已有同名的单位。".to_owned());
            }
        }
        DivisionAct::Rename => {
            let Some(unit) = unit() else { return };
            let field = element.parent_element().and_then(|it| part(&it, "input"));
            let Some(field) = field.and_then(|it| it.dyn_into::<HtmlInputElement>().ok()) else { return };
            let to = field.value();
            let renamed =
                change(desk, |assessment, catalogue| assessment.renaming_unit(catalogue, &unit.name, &to));
            if renamed {
                desk.notices.confirm(format!("已改名为“{}”，可用“撤销”恢复。", to.trim()));
            } else {
                desk.notices
                    .complain("没有改名：新名称为空、含有顿号等分隔符号，或已有同名的单位。".to_owned());
            }
        }
        DivisionAct::Drop => {
            let Some(unit) = unit() else { return };
            if change(desk, |assessment, catalogue| assessment.dropping_unit(catalogue, &unit.name)) {
                desk.notices.confirm(format!("“{}”的分工已去掉，可用“撤销”恢复。", unit.name));
            } else if desk.reading.with_untracked(Option::is_none) {
                desk.notices.complain(format!("“{}”没有分工可去掉；它交过材料，留在名单里备查。", unit.name));
            }
        }
        DivisionAct::Ask => {
            let (Some(unit), Some(what)) = (unit(), value(element, Hook::Choice)) else { return };
            let asked = element.dyn_ref::<HtmlInputElement>().is_some_and(HtmlInputElement::checked);
            change(desk, |assessment, _| assessment.asking_unit(&unit.name, &what, asked));
        }
        DivisionAct::AskFigure => {
            let chosen = element.dyn_ref::<HtmlSelectElement>().map(HtmlSelectElement::value);
            let (Some(unit), Some(what)) = (unit(), chosen.filter(|it| !it.is_empty())) else { return };
            change(desk, |assessment, _| assessment.asking_unit(&unit.name, &what, true));
        }
        DivisionAct::WriteOne => {
            if let Some(unit) = unit() {
                write_forms(desk, vec![unit.id]);
            }
        }
        DivisionAct::WriteAll => {
            let all = desk.look(|assessment, catalogue| assessment.division(catalogue));
            write_forms(desk, all.into_iter().filter(|it| !it.is_idle()).map(|it| it.id).collect());
        }
    }
}

/// Says who is asked for the chosen rows of 学校数据; `make` gives the changes, and the rows
/// of which nobody can be.
fn ask_for_schools(
    desk: Desk,
    chosen: Chosen,
    make: impl FnOnce(&Assessment, &[RowId]) -> (Vec<Edit>, Vec<RowId>),
) {
    let rows = chosen.all();
    if rows.is_empty() {
        return desk.notices.complain("请先选中学校。".to_owned());
    }
    let mut left = 0;
    let changed = change(desk, |assessment, _| {
        let all = assessment.schools_in_order();
        let rows: Vec<RowId> =
            rows.iter().filter_map(|at| all.get(*at)).map(|(row, _)| (*row).clone()).collect();
        let (edits, not_named) = make(assessment, &rows);
        left = not_named.len();
        edits
    });
    if left > 0 {
        desk.notices.complain(format!(
            "{left} 行没有分：没有学校名称，或名称含有顿号等分隔符号，请先在“学校数据”中改好。"
        ));
    }
    if changed {
        desk.notices.confirm(format!("已改 {} 行的分工，可用“撤销”恢复。", rows.len() - left));
    }
}

/// The unit in whose row an element stands.
fn unit_of(desk: Desk, element: &Element) -> Option<UnitWork> {
    let id: RowId = row_around(element)?;
    desk.look(|assessment, catalogue| assessment.division(catalogue).into_iter().find(|it| it.id == id))
}

fn assign(desk: Desk, main: Option<web_sys::HtmlElement>, chosen: Chosen, how: Assign) {
    let unit = main.and_then(|main| slot(&main, Slot::Unit));
    let unit = unit.and_then(|it| it.dyn_into::<HtmlSelectElement>().ok()).map(|it| it.value());
    let Some(unit) = unit.filter(|it| !it.is_empty()) else {
        return desk.notices.complain("还没有单位，请先到“按单位”中添加。".to_owned());
    };
    let rows = chosen.all();
    if rows.is_empty() {
        return desk.notices.complain("请先选中要指定的行。".to_owned());
    }
    let points: Vec<PointId> = desk.look(|_, catalogue| {
        rows.iter().filter_map(|index| catalogue.points().get(*index)).map(|it| it.id.clone()).collect()
    });
    if change(desk, |assessment, catalogue| assessment.assigning(catalogue, &points, &unit, how)) {
        desk.notices.confirm(format!("已改 {} 行的分工，可用“撤销”恢复。", points.len()));
    }
}

/// Changes the assessment by what `make` gives; says so where it cannot be changed here.
fn change(desk: Desk, make: impl FnOnce(&Assessment, &Catalogue) -> Vec<Edit>) -> bool {
    desk.may_write() && {
        let edits = desk.look(make);
        desk.act_once(|_| edits)
    }
}
