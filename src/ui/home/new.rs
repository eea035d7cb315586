//! 新建自评: which catalogue, for whom, for when.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use zhidu::assessment::Assessment;
use zhidu::catalogue::library::carried;
use zhidu::catalogue::{Catalogue, CatalogueKind};
use zhidu::route::{Page, Route};
use zhidu::value::text::{full_date, year as year_of};

use crate::browser::{clock, lasting, texts};
use crate::ui::desk::{Created, Desk, OpenError};
use crate::ui::go::go;
use crate::ui::late::{NotLoaded, Shown};

/// What is wrong, and the id of the field that it is about.
struct Problem {
    field: &'static str,
    text: String,
}

later! { handling:
    fn form_alone() -> Shown<RwSignal<bool>> { |open| view! { <NewForm open=open/> }.into_any() }
}

/// What the dialog 新建自评 asks, which names all catalogues; it is closed when done.
///
/// # Errors
/// If the part of the program or a text cannot be had.
pub async fn form() -> Result<Shown<RwSignal<bool>>, NotLoaded> {
    texts::all_fetched().await.map_err(|_| NotLoaded)?;
    form_alone().await
}

#[component]
fn NewForm(
    /// The dialog to close when done.
    open: RwSignal<bool>,
) -> impl IntoView {
    let desk = Desk::here();
    let catalogues = carried().all();
    let options = catalogues
        .iter()
        .map(|it| view! { <option value=it.id.to_string()>{it.title.clone()}</option> })
        .collect_view();
    let catalogues = StoredValue::new(catalogues);
    let first = catalogues.with_value(|all| all.first().map(|it| it.id.to_string()).unwrap_or_default());
    let chosen = RwSignal::new(first);
    let unit = RwSignal::new(String::new());
    let code = RwSignal::new(String::new());
    let year = RwSignal::new(clock::year().to_string());
    let due = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<Problem>);
    let said = move |field: &'static str| {
        problem.with(|it| it.as_ref().filter(|it| it.field == field).map(|it| it.text.clone()))
    };
    let refuse = move |field: &'static str, text: String| {
        problem.set(Some(Problem { field, text }));
        if let Some(field) =
            document().get_element_by_id(field).and_then(|it| it.dyn_into::<HtmlElement>().ok())
        {
            // Without focus the words are there all the same.
            let _ = field.focus();
        }
    };
    let of_chosen = move |at: fn(&Catalogue) -> AnyView| {
        catalogues.with_value(|all| all.iter().find(|it| it.id.as_str() == chosen.get()).map(|it| at(it)))
    };
    let known_code = move |name: &str| {
        let id = chosen.get_untracked();
        catalogues.with_value(|all| {
            let catalogue = all.iter().find(|it| it.id.as_str() == id)?;
            catalogue.units.iter().find(|unit| unit.name == name).map(|unit| unit.code.clone())
        })
    };
    let unit_typed = move |event| {
        let name: String = event_target_value(&event);
        if let Some(known) = known_code(name.trim()) {
            code.set(known);
        }
        unit.set(name);
    };
    let create = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let name = unit.get_untracked().trim().to_owned();
        if name.is_empty() {
            return refuse("new-unit", "请填写填报单位。".to_owned());
        }
        let year = match year_of(&year.get_untracked()) {
            Ok(year) => year,
            Err(error) => return refuse("new-year", format!("年度：{error}。")),
        };
        let due = match full_date(&due.get_untracked()) {
            Ok(due) => due,
            Err(error) => return refuse("new-due", format!("截止日期：{error}。")),
        };
        let id = chosen.get_untracked();
        let Some(mut assessment) = catalogues.with_value(|all| {
            let catalogue = all.iter().find(|it| it.id.as_str() == id)?;
            let code = code.get_untracked();
            Some(Assessment::new(desk.fresh_id(), catalogue, &name, code.trim(), &year))
        }) else {
            return;
        };
        assessment.head.due = due;
        assessment.head.name = desk.distinct_name(&assessment.head.name);
        open.set(false);
        leptos::task::spawn_local(start(desk, assessment));
    };
    view! {
        <form class="z-form" on:submit=create on:input=move |_| problem.set(None)>
            <div class="z-field z-field--wide">
                <label class="z-field__label" for="new-catalogue">"指标体系"</label>
                <select id="new-catalogue" class="z-input" prop:value=move || chosen.get() on:change=move |event| chosen.set(event_target_value(&event))>{options}</select>
                {move || of_chosen(about)}
            </div>
            <div class="z-field">
                <label class="z-field__label" for="new-unit">"填报单位"</label>
                <input id="new-unit" class="z-input" list="new-units" autocomplete="off" aria-describedby="new-unit-problem" aria-invalid=move || said("new-unit").map(|_| "true") prop:value=move || unit.get() on:input=unit_typed/>
                <datalist id="new-units">{move || of_chosen(offered_units)}</datalist>
                <p class="z-field__problem" id="new-unit-problem" role="alert">{move || said("new-unit")}</p>
            </div>
            <div class="z-field">
                <label class="z-field__label" for="new-code">"单位代码"</label>
                <input id="new-code" class="z-input" autocomplete="off" prop:value=move || code.get() on:input=move |event| code.set(event_target_value(&event))/>
            </div>
            <div class="z-field">
                <label class="z-field__label" for="new-year">"年度"</label>
                <input id="new-year" class="z-input" autocomplete="off" aria-describedby="new-year-problem" aria-invalid=move || said("new-year").map(|_| "true") prop:value=move || year.get() on:input=move |event| year.set(event_target_value(&event))/>
                <p class="z-field__problem" id="new-year-problem" role="alert">{move || said("new-year")}</p>
            </div>
            <div class="z-field">
                <label class="z-field__label" for="new-due">"截止日期"</label>
                <input id="new-due" class="z-input" autocomplete="off" placeholder="如 2026-12-31，可不填" aria-describedby="new-due-problem" aria-invalid=move || said("new-due").map(|_| "true") prop:value=move || due.get() on:input=move |event| due.set(event_target_value(&event))/>
                <p class="z-field__problem" id="new-due-problem" role="alert">{move || said("new-due")}</p>
            </div>
            <div class="z-form__buttons">
                <button type="button" class="z-button" on:click=move |_| open.set(false)>"取消"</button>
                <button type="submit" class="z-button z-button--main">"创建"</button>
            </div>
        </form>
    }
}

/// Stores a new assessment and opens its first group.
pub async fn start(desk: Desk, assessment: Assessment) {
    let catalogue = carried().today(&assessment.head.catalogue.id).map(|it| it.catalogue);
    let page = catalogue
        .and_then(|it| it.pages().next().and_then(|page| it.groups().get(page)).map(|group| group.id.clone()))
        .map_or(Page::Resume, Page::Group);
    if !desk.may_let_go().await {
        return desk.notices.complain(OpenError::UnsavedWork.in_words());
    }
    match desk.create(assessment, &[]).await {
        Created::Stored(id) => {
            lasting::ask();
            go(&Route::Assessment(id, page));
        }
        Created::Refused(why) => desk.notices.complain(format!("未能新建：{why}。")),
        Created::InMemory(id, why) => {
            desk.notices.complain(format!("已新建，但未能存到本机：{why}。"));
            go(&Route::Assessment(id, page));
        }
    }
}

fn about(catalogue: &Catalogue) -> AnyView {
    let points = catalogue.points().len();
    let kind = match catalogue.kind {
        CatalogueKind::Scored => format!(
            "{points} 个{}，共 {} 分，按点自评打分",
            catalogue.point_name,
            catalogue.total().unwrap_or_default()
        ),
        CatalogueKind::Unscored => format!("{points} 个{}，不计分，按完成情况填报", catalogue.point_name),
        CatalogueKind::Task => format!("{points} 项{}，不计分，按责任单位填报完成情况", catalogue.point_name),
    };
    let number =
        if catalogue.doc_no.is_empty() { String::new() } else { format!("{} · ", catalogue.doc_no) };
    view! { <p class="z-hint">{format!("{number}{kind}")}</p> }.into_any()
}

fn offered_units(catalogue: &Catalogue) -> AnyView {
    let options = catalogue
        .units
        .iter()
        .map(|unit| view! { <option value=unit.name.clone()>{unit.code.clone()}</option> });
    options.collect_view().into_any()
}
