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

/// The pages of an assessment as one chooses among them, however much of one an address
/// names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// 填报.
    FillIn,
    /// 学校数据.
    Schools,
    /// 体检.
    Check,
    /// 差异系数.
    Coefficients,
    /// 分析.
    Analysis,
    /// 封面.
    Cover,
    /// 打印.
    Print,
    /// 历史.
    Past,
}

/// What pages belong together, in the order in which an officer works. 协作 comes with its
/// first page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// 填报: what is typed.
    FillIn,
    /// 核查: what shows whether it is right.
    Verify,
    /// 成果: what is handed in.
    Results,
    /// 历史: what was before.
    Past,
}

impl Group {
    /// All of them, in their order.
    pub const ALL: [Group; 4] = [Group::FillIn, Group::Verify, Group::Results, Group::Past];

    /// Its name.
    pub const fn label(self) -> &'static str {
        match self {
            Group::FillIn => "填报",
            Group::Verify => "核查",
            Group::Results => "成果",
            Group::Past => "历史",
        }
    }

    /// Its pages, in their order.
    pub fn pages(self) -> impl Iterator<Item = Kind> {
        Kind::ALL.into_iter().filter(move |kind| kind.group() == self)
    }
}

impl Kind {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Kind; 8] = [
        Kind::FillIn,
        Kind::Schools,
        Kind::Check,
        Kind::Coefficients,
        Kind::Analysis,
        Kind::Cover,
        Kind::Print,
        Kind::Past,
    ];

    /// Its name.
    pub const fn label(self) -> &'static str {
        match self {
            Kind::FillIn => "填报",
            Kind::Schools => "学校数据",
            Kind::Check => "体检",
            Kind::Coefficients => "差异系数",
            Kind::Analysis => "分析",
            Kind::Cover => "封面",
            Kind::Print => "打印",
            Kind::Past => "历史",
        }
    }

    /// Its name in addresses; empty where the address of the assessment is its own.
    const fn name(self) -> &'static str {
        match self {
            Kind::FillIn => "",
            Kind::Schools => "schools",
            Kind::Check => "check",
            Kind::Coefficients => "coefficients",
            Kind::Analysis => "analysis",
            Kind::Cover => "cover",
            Kind::Print => "print",
            Kind::Past => "past",
        }
    }

    /// With what it belongs.
    pub const fn group(self) -> Group {
        match self {
            Kind::FillIn | Kind::Schools => Group::FillIn,
            Kind::Check | Kind::Coefficients | Kind::Analysis => Group::Verify,
            Kind::Cover | Kind::Print => Group::Results,
            Kind::Past => Group::Past,
        }
    }

    /// The page to which its link leads.
    pub const fn page(self) -> Page {
        match self {
            Kind::FillIn => Page::Resume,
            Kind::Schools => Page::Schools,
            Kind::Check => Page::Check,
            Kind::Coefficients => Page::Coefficients,
            Kind::Analysis => Page::Analysis,
            Kind::Cover => Page::Cover,
            Kind::Print => Page::Print,
            Kind::Past => Page::Past,
        }
    }
}

impl Page {
    /// What kind of page it is.
    pub const fn kind(&self) -> Kind {
        match self {
            Page::Resume | Page::Group(_) | Page::Point(_) => Kind::FillIn,
            Page::Schools => Kind::Schools,
            Page::Check => Kind::Check,
            Page::Coefficients => Kind::Coefficients,
            Page::Analysis => Kind::Analysis,
            Page::Cover => Kind::Cover,
            Page::Print => Kind::Print,
            Page::Past => Kind::Past,
        }
    }
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
            (Some(name), None, None) => {
                Kind::ALL.into_iter().find(|kind| kind.name() == name).map(Kind::page)
            }
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
            page => write!(f, "/{}", page.kind().name()),
        }
    }
}
