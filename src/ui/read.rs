//! The pages that are only read: 分析, 体检, 差异系数, 历史, 封面 and 打印.

mod analysis;
mod check;
mod coefficients;
mod merge;
mod past;
pub mod printing;
mod reading;
pub mod redraw;

use leptos::prelude::*;

use crate::ui::late::Page;

later! { reading:
    /// The page 分析.
    pub fn analysis() -> Page { |_| analysis::AnalysisPage().into_any() }
    /// The page 体检.
    pub fn check() -> Page { |_| check::CheckPage().into_any() }
    /// The page 差异系数.
    pub fn coefficients() -> Page { |_| coefficients::CoefficientsPage().into_any() }
    /// The page 合并.
    pub fn merge() -> Page { |_| merge::MergePage().into_any() }
    /// The page 历史.
    pub fn past() -> Page { |_| past::PastPage().into_any() }
    /// The page 封面.
    pub fn cover() -> Page { |opened| view! { <reading::CoverPage opened=opened/> }.into_any() }
    /// The page 打印.
    pub fn print() -> Page { |_| reading::PrintPage().into_any() }
}
