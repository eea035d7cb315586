//! 总表, and what is done together with others: 分工 and 收集.

mod collect;
mod division;
mod overview;

use leptos::prelude::*;
use leptos::task::spawn_local;
use zhidu::assessment::RowId;
use zhidu::catalogue::library::carried;
use zhidu::exchange::WriteUnitForms;
use zhidu::record::backup;
use zhidu::workbook::name;

use crate::browser::{clock, files};
use crate::ui::desk::Desk;
use crate::ui::dom::click;
use crate::ui::events::target;
use crate::ui::frame::export::{Written, write_file};
use crate::ui::late::Page;

later! { together:
    /// The page 总表.
    pub fn overview() -> Page { |opened| view! { <overview::OverviewPage opened=opened/> }.into_any() }
    /// The page 分工.
    pub fn division() -> Page { |opened| view! { <division::DivisionPage opened=opened/> }.into_any() }
    /// The page 收集.
    pub fn collect() -> Page { |_| collect::CollectPage().into_any() }
}

/// Writes what these units fill in, and hands it out: one as a workbook, several in a ZIP
/// file.
fn write_forms(desk: Desk, units: Vec<RowId>) {
    desk.hand_over_draft();
    let Some(state) = desk.backup() else { return };
    let reference = &state.assessment.head.catalogue;
    let Some(edition) = carried().edition(&reference.id, &reference.text_hash) else { return };
    let when = clock::date_and_time();
    let division = state.assessment.division(&edition.catalogue);
    let short = &edition.catalogue.short;
    let one = match units.as_slice() {
        [id] => division.iter().find(|it| it.id == *id),
        _ => None,
    };
    let (file, media_type) = match one {
        Some(work) => {
            let cut = state.assessment.share_for(&edition.catalogue, work, "");
            let Some(share) = &cut.head.share else { return };
            (name::unit_form(&cut.head, share, short, &when, name::Way::to_unit(&cut)), files::XLSX)
        }
        None => (name::unit_forms(&state.assessment.head, short, &when, state.seq), files::ZIP),
    };
    let to = match one {
        Some(work) => work.name.clone(),
        None => format!("{} 个责任单位", units.len()),
    };
    let asked =
        WriteUnitForms { catalogue: edition.json.to_owned(), backup: backup::write(&state), units, when };
    spawn_local(async move {
        if write_file(desk, asked, &file, media_type).await == Written::HandedOut {
            desk.keep_handed(&state, &file, &to);
            desk.notices.confirm(format!("已导出 {file}"));
        }
    });
}

/// Enter in a text field presses the button behind it.
fn press_beside(event: &leptos::ev::KeyboardEvent) {
    if event.key() != "Enter" || event.is_composing() || event.key_code() == 229 {
        return;
    }
    let field = target(event)
        .filter(|it| it.tag_name() == "INPUT" && it.get_attribute("type").as_deref() == Some("text"));
    let button = field.and_then(|it| it.next_element_sibling()).filter(|it| it.tag_name() == "BUTTON");
    if let Some(button) = button {
        event.prevent_default();
        click(&button);
    }
}
