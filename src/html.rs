//! The parts of the page that follow from a catalogue, or that are only read,
//! as HTML: the form of a point, the tree, and the pages 学校数据, 差异系数,
//! 分析, 体检, 封面, 打印 and 历史.
//!
//! The form holds no answers. Its fields carry the address of their text
//! (`data-doc`, a [`Place`]) and its buttons what they do (`data-do`, an
//! [`Act`]); the page fills in the texts and listens to the events. So one short text
//! makes a whole form, a form is never built anew while somebody types in it,
//! and what it looks like is tested without a browser.
//!
//! Every text passes through maud, which escapes it. Nothing here reads a
//! clock or knows how a page is shown.
//!
//! [`Place`]: crate::assessment::place::Place
//! [`Act`]: act::Act

pub mod act;
mod form;
pub mod hook;
mod overview;
mod read;
mod score;
mod table;
mod together;

pub use form::arrivals::arrivals;
pub use form::cover::cover;
pub use form::facts::{CardFacts, CardState, ListedMaterial, chosen, verdict_line};
pub use form::group::{choices, form, item_row, material_row, waiver};
pub use form::help::{aside, help};
pub use form::measures::{verdict_class, working};
pub use form::schools::{
    school_cell, school_count, school_field, school_paper, school_rows, school_sums, schools_page,
};
pub use form::tree::{Branch, branch_id, neighbour, tree};
pub use overview::{hits_list, overview_page, overview_row, overview_rows, sorted_as};
pub use read::analysis::analysis_page;
pub use read::check::check_page;
pub use read::coefficients::{coefficient_detail, coefficients_page, trial, trial_present};
pub use read::edition::{edition_differences, rule_changes};
pub use read::merge::{Decided, How as DecidedHow, merge_page};
pub use read::national::national_detail;
pub use read::past::{Past, differences_table, log_list, past_page, shortened};
pub use read::print::print;
pub use score::{completion, score_line};
pub use together::collect::collect_page;
pub use together::division::{View as DivisionView, division_page};

use maud::{Markup, html};

use crate::value::number::glance;

/// A value in words at a sensible length; the whole of it is shown under the mouse.
fn at_a_glance(exact: &str) -> Markup {
    let shown = glance(exact);
    html! { @if shown == exact { (shown) } @else { span title=(exact) { (shown) } } }
}
