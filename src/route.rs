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
    /// 总表: `#/a/<id>/table`.
    Overview,
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
    /// 分工: `#/a/<id>/division`.
    Division,
    /// 收集: `#/a/<id>/collect`.
    Collect,
    /// 合并: `#/a/<id>/merge`.
    Merge,
    /// 历史: `#/a/<id>/past`.
    Past,
}

/// The pages of an assessment as one chooses among them, however much of one an address
/// names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PageKind {
    /// 填报.
    FillIn,
    /// 总表.
    Overview,
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
    /// 分工.
    Division,
    /// 收集.
    Collect,
    /// 合并.
    Merge,
    /// 打印.
    Print,
    /// 历史.
    Past,
}

/// What pages belong together, in the order in which an officer works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// 填报: what is typed.
    FillIn,
    /// 核查: what shows whether it is right.
    Verify,
    /// 协作: what comes from others.
    Together,
    /// 成果: what is handed in.
    Results,
    /// 历史: what was before.
    Past,
}

impl Group {
    /// All of them, in their order.
    pub const ALL: [Group; 5] = [Group::FillIn, Group::Verify, Group::Together, Group::Results, Group::Past];

    /// Its name.
    pub const fn label(self) -> &'static str {
        match self {
            Group::FillIn => "填报",
            Group::Verify => "核查",
            Group::Together => "协作",
            Group::Results => "成果",
            Group::Past => "历史",
        }
    }

    /// Its pages, in their order.
    pub fn pages(self) -> impl Iterator<Item = PageKind> {
        PageKind::ALL.into_iter().filter(move |kind| kind.group() == self)
    }
}

impl PageKind {
    /// All of them, in the order in which they are offered.
    pub const ALL: [PageKind; 12] = [
        PageKind::FillIn,
        PageKind::Overview,
        PageKind::Schools,
        PageKind::Check,
        PageKind::Coefficients,
        PageKind::Analysis,
        PageKind::Division,
        PageKind::Collect,
        PageKind::Merge,
        PageKind::Cover,
        PageKind::Print,
        PageKind::Past,
    ];

    /// Its name.
    pub const fn label(self) -> &'static str {
        match self {
            PageKind::FillIn => "填报",
            PageKind::Overview => "总表",
            PageKind::Schools => "学校数据",
            PageKind::Check => "体检",
            PageKind::Coefficients => "差异系数",
            PageKind::Analysis => "分析",
            PageKind::Division => "分工",
            PageKind::Collect => "收集",
            PageKind::Merge => "合并",
            PageKind::Cover => "封面",
            PageKind::Print => "打印",
            PageKind::Past => "历史",
        }
    }

    /// Its name in addresses; empty where the address of the assessment is its own.
    const fn name(self) -> &'static str {
        match self {
            PageKind::FillIn => "",
            PageKind::Overview => "table",
            PageKind::Schools => "schools",
            PageKind::Check => "check",
            PageKind::Coefficients => "coefficients",
            PageKind::Analysis => "analysis",
            PageKind::Division => "division",
            PageKind::Collect => "collect",
            PageKind::Merge => "merge",
            PageKind::Cover => "cover",
            PageKind::Print => "print",
            PageKind::Past => "past",
        }
    }

    /// With what it belongs.
    pub const fn group(self) -> Group {
        match self {
            PageKind::FillIn | PageKind::Overview | PageKind::Schools => Group::FillIn,
            PageKind::Check | PageKind::Coefficients | PageKind::Analysis => Group::Verify,
            PageKind::Division | PageKind::Collect | PageKind::Merge => Group::Together,
            PageKind::Cover | PageKind::Print => Group::Results,
            PageKind::Past => Group::Past,
        }
    }

    /// Whether something of every point is shown on it, so that what was undone is seen there.
    pub const fn shows_all_points(self) -> bool {
        matches!(self, PageKind::Overview | PageKind::Division | PageKind::Collect)
    }

    /// The page to which its link leads.
    pub const fn page(self) -> Page {
        match self {
            PageKind::FillIn => Page::Resume,
            PageKind::Overview => Page::Overview,
            PageKind::Schools => Page::Schools,
            PageKind::Check => Page::Check,
            PageKind::Coefficients => Page::Coefficients,
            PageKind::Analysis => Page::Analysis,
            PageKind::Division => Page::Division,
            PageKind::Collect => Page::Collect,
            PageKind::Merge => Page::Merge,
            PageKind::Cover => Page::Cover,
            PageKind::Print => Page::Print,
            PageKind::Past => Page::Past,
        }
    }
}

impl Page {
    /// What kind of page it is.
    pub const fn kind(&self) -> PageKind {
        match self {
            Page::Resume | Page::Group(_) | Page::Point(_) => PageKind::FillIn,
            Page::Overview => PageKind::Overview,
            Page::Schools => PageKind::Schools,
            Page::Check => PageKind::Check,
            Page::Coefficients => PageKind::Coefficients,
            Page::Analysis => PageKind::Analysis,
            Page::Division => PageKind::Division,
            Page::Collect => PageKind::Collect,
            Page::Merge => PageKind::Merge,
            Page::Cover => PageKind::Cover,
            Page::Print => PageKind::Print,
            Page::Past => PageKind::Past,
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
                PageKind::ALL.into_iter().find(|kind| kind.name() == name).map(PageKind::page)
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
