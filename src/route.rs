//! The pages of the program as addresses behind `#`. Printing and parsing are
//! inverse; an address that means nothing is 工作台.

use std::fmt;

use crate::assessment::AssessmentId;
use crate::catalogue::GroupId;

/// A page of the program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Route {
    /// 工作台: `#/`.
    #[default]
    Home,
    /// A page of one assessment: `#/a/<id>/…`.
    Assessment(AssessmentId, Page),
}

/// A page of one assessment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// 填报, where it was left: `#/a/<id>`.
    #[default]
    Resume,
    /// 填报, the points of a group: `#/a/<id>/g/1.2`.
    Group(GroupId),
    /// 填报, the group of a point with the point in view: `#/a/<id>/p/17`.
    Point(u16),
    /// 学校数据: `#/a/<id>/schools`.
    Schools,
    /// 分析: `#/a/<id>/analysis`.
    Analysis,
    /// 差异系数: `#/a/<id>/coefficients`.
    Coefficients,
    /// 体检: `#/a/<id>/check`.
    Check,
    /// 封面信息: `#/a/<id>/cover`.
    Cover,
    /// 打印: `#/a/<id>/print`.
    Print,
    /// 历史: `#/a/<id>/past`.
    Past,
}

impl Route {
    /// The page that an address names, with or without its `#`.
    pub fn parse(address: &str) -> Route {
        let path = address.strip_prefix('#').unwrap_or(address);
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        let (Some("a"), Some(id)) = (parts.next(), parts.next()) else { return Route::Home };
        let Ok(id) = AssessmentId::parse(id) else { return Route::Home };
        let page = match (parts.next(), parts.next(), parts.next()) {
            (Some("g"), Some(group), None) => GroupId::parse(group).map(Page::Group).ok(),
            (Some("p"), Some(ordinal), None) => ordinal.parse().map(Page::Point).ok(),
            (Some("schools"), None, None) => Some(Page::Schools),
            (Some("analysis"), None, None) => Some(Page::Analysis),
            (Some("coefficients"), None, None) => Some(Page::Coefficients),
            (Some("check"), None, None) => Some(Page::Check),
            (Some("cover"), None, None) => Some(Page::Cover),
            (Some("print"), None, None) => Some(Page::Print),
            (Some("past"), None, None) => Some(Page::Past),
            _ => None,
        };
        Route::Assessment(id, page.unwrap_or_default())
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Route::Assessment(id, page) = self else { return f.write_str("#/") };
        write!(f, "#/a/{id}")?;
        match page {
            Page::Resume => Ok(()),
            Page::Group(group) => write!(f, "/g/{group}"),
            Page::Point(ordinal) => write!(f, "/p/{ordinal}"),
            Page::Schools => f.write_str("/schools"),
            Page::Analysis => f.write_str("/analysis"),
            Page::Coefficients => f.write_str("/coefficients"),
            Page::Check => f.write_str("/check"),
            Page::Cover => f.write_str("/cover"),
            Page::Print => f.write_str("/print"),
            Page::Past => f.write_str("/past"),
        }
    }
}
