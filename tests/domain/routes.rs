//! Addresses are printed and read back; what means nothing is 工作台.

use proptest::prelude::*;
use zhidu::assessment::AssessmentId;
use zhidu::catalogue::GroupId;
use zhidu::route::{Group, Page, PageKind, Route};

use crate::random;

fn on(page: Page) -> Route {
    Route::Assessment(AssessmentId::parse("abcdefgh").unwrap(), page)
}

#[track_caller]
fn check(address: &str, route: Route) {
    assert_eq!(Route::parse(address), route, "{address}");
}

#[test]
fn every_page_has_its_address() {
    for (address, route) in [
        ("#/", Route::Home),
        ("#/a/abcdefgh", on(Page::Resume)),
        ("#/a/abcdefgh/g/1.2", on(Page::Group(GroupId::parse("1.2").unwrap()))),
        ("#/a/abcdefgh/p/17", on(Page::Point(17))),
        ("#/a/abcdefgh/schools", on(Page::Schools)),
        ("#/a/abcdefgh/coefficients", on(Page::Coefficients)),
        ("#/a/abcdefgh/check", on(Page::Check)),
        ("#/a/abcdefgh/analysis", on(Page::Analysis)),
        ("#/a/abcdefgh/cover", on(Page::Cover)),
        ("#/a/abcdefgh/print", on(Page::Print)),
    ] {
        assert_eq!(route.to_string(), address);
        check(address, route.clone());
        check(address.trim_start_matches('#'), route);
    }
}

#[test]
fn an_address_of_nothing_is_the_desk() {
    for address in [
        "",
        "#",
        "/",
        "#a",
        "#/b/abcdefgh",
        "#/a",
        "#/a/",
        "#/a/short",
        "#/a/ABCDEFGH",
        "#/a/中文中文中文中文",
        "#/analysis",
        "#/a/abcdefgh?x",
        "##/a/abcdefgh",
    ] {
        check(address, Route::Home);
    }
}

#[test]
fn an_unknown_page_of_an_assessment_resumes_it() {
    for page in [
        "",
        "/",
        "/x",
        "/g",
        "/g/0",
        "/g/x",
        "/g/1/2",
        "/p",
        "/p/x",
        "/p/-1",
        "/p/99999",
        "/analysis/1",
        "/%20",
    ] {
        check(&format!("#/a/abcdefgh{page}"), on(Page::Resume));
    }
}

#[test]
fn every_page_is_offered_once_under_its_group() {
    let grouped: Vec<PageKind> = Group::ALL.into_iter().flat_map(Group::pages).collect();
    assert_eq!(grouped, PageKind::ALL);
    for kind in PageKind::ALL {
        assert_eq!(kind.page().kind(), kind);
        assert_eq!(Route::parse(&on(kind.page()).to_string()), on(kind.page()));
    }
    let mut labels = PageKind::ALL.map(PageKind::label);
    labels.sort_unstable();
    assert!(labels.windows(2).all(|pair| pair[0] != pair[1]), "{labels:?}");
}

fn page() -> impl Strategy<Value = Page> {
    let group = prop::collection::vec(1u16.., 1..4).prop_map(|path| {
        let text: Vec<String> = path.iter().map(u16::to_string).collect();
        Page::Group(GroupId::parse(&text.join(".")).unwrap())
    });
    prop_oneof![
        Just(Page::Resume),
        group,
        any::<u16>().prop_map(Page::Point),
        Just(Page::Analysis),
        Just(Page::Schools),
        Just(Page::Coefficients),
        Just(Page::Check),
        Just(Page::Past),
        Just(Page::Cover),
        Just(Page::Print),
    ]
}

proptest! {
    #[test]
    fn what_is_printed_is_read_back(id in "[a-z0-9]{8,40}", page in page()) {
        let route = Route::Assessment(AssessmentId::parse(&id).unwrap(), page);
        prop_assert_eq!(Route::parse(&route.to_string()), route);
    }

    #[test]
    fn any_address_leads_to_a_page(address in prop_oneof![random::text(), "#?/a/[a-h]{8}/[gp]?/[0-9./]{0,9}"]) {
        let route = Route::parse(&address);
        prop_assert_eq!(Route::parse(&route.to_string()), route);
    }
}
