//! The figures of the embedded catalogues and what is computed from them.

use std::collections::{BTreeMap, BTreeSet};

use zhidu::catalogue::{Calc, Catalogue, FigureId, FigureKind, FigureSpec, Measure, MeasureKind, Source};
use zhidu::school::Stage;
use zhidu::school::indicator::Indicator;
use zhidu::value::limit::Op;

use crate::{BALANCE, DUTIES, PANJIN, REFORM, SHIPPED, catalogue};

fn measures(catalogue: &Catalogue) -> impl Iterator<Item = &Measure> {
    catalogue.points().iter().flat_map(|point| &point.measures)
}

#[track_caller]
fn calc<'a>(catalogue: &'a Catalogue, id: &str) -> &'a Calc {
    &measures(catalogue).find(|measure| measure.id == id).unwrap().calc
}

#[track_caller]
fn figure<'a>(catalogue: &'a Catalogue, id: &str) -> &'a FigureSpec {
    catalogue.figure(&FigureId::parse(id).unwrap()).unwrap()
}

#[test]
fn each_catalogue_has_its_figures_and_takes_all_of_them() {
    for (id, count) in [(DUTIES, 21), (BALANCE, 90), (REFORM, 22), (PANJIN, 41)] {
        let catalogue = catalogue(id);
        assert_eq!(catalogue.figures.len(), count, "{id}");
        let used: BTreeSet<&FigureId> = measures(&catalogue).flat_map(|it| it.calc.figures()).collect();
        assert_eq!(used, catalogue.figures.iter().map(|it| &it.id).collect());
    }
}

#[test]
fn figures_are_asked_for_in_the_order_of_the_points() {
    for id in SHIPPED {
        let catalogue = catalogue(id);
        let first = |figure: &FigureSpec| {
            let takes = |measure: &Measure| measure.calc.figures().contains(&&figure.id);
            catalogue.points().iter().position(|point| point.measures.iter().any(takes))
        };
        assert!(catalogue.figures.iter().map(first).is_sorted(), "{id}");
    }
}

#[test]
fn every_figure_says_what_it_counts() {
    for figure in SHIPPED.map(catalogue).iter().flat_map(|it| &it.figures) {
        assert!(figure.definition.ends_with('。'), "{}", figure.id);
        assert_eq!(figure.unit.is_empty(), !figure.kind.is_number(), "{}", figure.id);
        assert!(figure.options.iter().all(|option| option.note.ends_with('。')), "{}", figure.id);
    }
}

#[test]
fn every_measure_is_computed_as_its_kind_is() {
    for measure in SHIPPED.map(catalogue).iter().flat_map(measures) {
        let fits = match (measure.kind, &measure.calc) {
            (MeasureKind::Comparison, Calc::Compare { .. })
            | (MeasureKind::VetoRuleRequired | MeasureKind::Requirement, Calc::Yes(_)) => true,
            (MeasureKind::Coverage | MeasureKind::Universal, Calc::Ratio { .. }) => true,
            (MeasureKind::FundingRule, Calc::Ratio { .. }) => true,
            (MeasureKind::Frequency | MeasureKind::Prohibition | MeasureKind::Ordinal, Calc::Figure(_)) => {
                true
            }
            (MeasureKind::ReportOnly, Calc::Figure(_) | Calc::Ratio { .. }) => true,
            (MeasureKind::Number, Calc::Compare { .. } | Calc::Yes(_) | Calc::People) => false,
            (MeasureKind::Number, _) => true,
            _ => false,
        };
        assert!(fits, "{}", measure.id);
        assert_eq!(measure.kind == MeasureKind::ReportOnly, measure.op == Op::Report, "{}", measure.id);
    }
}

#[test]
fn a_measure_and_its_figures_come_from_the_same_hand() {
    for catalogue in SHIPPED.map(catalogue) {
        for measure in measures(&catalogue) {
            for id in measure.calc.figures() {
                assert_eq!(figure(&catalogue, id.as_str()).source, measure.source, "{}", measure.id);
            }
        }
    }
    let balance = catalogue(BALANCE);
    let step = figure(&balance, "monitoring-level");
    assert_eq!((step.kind, step.source), (FigureKind::Step, Source::Nation));
    assert_eq!(figure(&balance, "satisfaction").source, Source::City);
}

/// 要点 11, 17, 18, 20 and 28 leave open what they mean, and nobody decides it for the
/// user; 要点 15 and 44 do as well, and one reading stands until another is chosen.
#[test]
fn what_the_document_leaves_open_is_chosen() {
    let balance = catalogue(BALANCE);
    let choices: BTreeMap<&str, (Vec<&str>, Option<&str>)> = balance
        .figures
        .iter()
        .filter(|it| it.kind == FigureKind::Choice)
        .map(|it| {
            let options = it.options.iter().map(|option| option.id.as_str()).collect();
            (it.id.as_str(), (options, it.default.as_deref()))
        })
        .collect();
    assert_eq!(
        choices,
        BTreeMap::from([
            ("art-rooms-basis", (vec!["all-pupils", "one-class"], None)),
            ("backbone-scope", (vec!["every-school", "district"], None)),
            ("coefficient-basis", (vec!["mean", "each"], Some("mean"))),
            ("resource-scope", (vec!["every-school", "district"], None)),
            ("retention-basis", (vec!["junior-three", "nine-year"], None)),
            ("special-funds-basis", (vec!["quota", "every-school"], Some("quota"))),
        ])
    );
    let chooser = |id: &str| calc(&balance, id).figures()[0].as_str();
    assert_eq!(
        ["001-11-3", "001-17-5", "001-28-1", "001-44-1", "001-44-2"].map(chooser),
        ["retention-basis", "art-rooms-basis", "backbone-scope", "coefficient-basis", "coefficient-basis"]
    );
    for id in [DUTIES, REFORM, PANJIN] {
        assert!(catalogue(id).figures.iter().all(|it| it.kind != FigureKind::Choice));
    }
}

#[test]
fn retention_over_three_years_is_that_of_the_national_rules() {
    let balance = catalogue(BALANCE);
    let Calc::Chosen { cases, .. } = calc(&balance, "001-11-3") else { panic!("a choice") };
    let Calc::Ratio { of, to, times } = cases.get("junior-three").unwrap() else { panic!("a ratio") };
    let names = |terms: &[_]| terms.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(names(of), ["junior-graduates", "-junior-transfers-in", "junior-transfers-out"]);
    assert_eq!((names(to), *times), (vec!["junior-entrants".into(), "-junior-deaths".into()], 100));
}

#[test]
fn a_figure_of_several_measures_is_asked_for_once() {
    let balance = catalogue(BALANCE);
    let takers = |figure: &str| {
        let takes = |measure: &&Measure| measure.calc.figures().iter().any(|id| id.as_str() == figure);
        measures(&balance).filter(takes).map(|measure| measure.id.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(takers("teachers"), ["001-29-1", "001-30-1"]);
    assert_eq!(takers("rotated-teachers"), ["001-28-2", "001-28-3"]);
    assert_eq!(takers("teacher-pay"), ["001-13-3", "001-14-1"]);
    assert_eq!(takers("coefficient-basis"), ["001-44-1", "001-44-2"]);
}

#[test]
fn what_the_schools_supply_is_computed_from_them() {
    let balance = catalogue(BALANCE);
    let both = Stage::ALL.to_vec();
    for (id, indicator, stages) in [
        ("001-15-2", Indicator::SpecialFunds, &both),
        ("001-15-3", Indicator::CorrectionalFunds, &both),
        ("001-16-1", Indicator::LargestClass, &both),
        ("001-17-1", Indicator::TeachingArea, &vec![Stage::Primary]),
        ("001-17-4", Indicator::SportsArea, &vec![Stage::Junior]),
        ("001-18-2", Indicator::Equipment, &vec![Stage::Junior]),
        ("001-20-1", Indicator::Multimedia, &both),
        ("001-29-2", Indicator::TrainingShare, &both),
    ] {
        let found = match calc(&balance, id) {
            Calc::Chosen { cases, .. } => cases.get("every-school").unwrap(),
            one => one,
        };
        assert_eq!(*found, Calc::Schools { indicator, stages: stages.clone() }, "{id}");
    }
    let sums = |id: &str| {
        let catalogue = catalogue(id);
        let sum = |it: &FigureSpec| Some((it.id.to_string(), it.schools.as_ref()?.sum.name()));
        catalogue.figures.iter().filter_map(sum).collect::<Vec<_>>()
    };
    let named = |pairs: &[(&str, &'static str)]| {
        pairs.iter().map(|(id, column)| ((*id).to_owned(), *column)).collect::<Vec<_>>()
    };
    assert_eq!(
        sums(BALANCE),
        named(&[
            ("primary-teaching-area", "teaching-area"),
            ("primary-indoor-sport", "indoor-sport"),
            ("primary-pupils", "pupils"),
            ("junior-teaching-area", "teaching-area"),
            ("junior-indoor-sport", "indoor-sport"),
            ("junior-pupils", "pupils"),
            ("primary-gym", "gym"),
            ("primary-field", "field"),
            ("junior-gym", "gym"),
            ("junior-field", "field"),
            ("art-rooms-area", "art-rooms"),
            ("pupils", "pupils"),
            ("primary-equipment", "equipment"),
            ("junior-equipment", "equipment"),
            ("multimedia-rooms", "multimedia"),
            ("backbone-teachers", "backbone"),
            ("trained-teachers", "trained"),
            ("teachers", "teachers"),
            ("certified-teachers", "certified"),
        ])
    );
    assert_eq!(sums(PANJIN), named(&[("classes-56", "classes-56")]));
    assert_eq!((sums(DUTIES), sums(REFORM)), (vec![], vec![]));
}

#[test]
fn a_part_is_known_by_its_whole() {
    let balance = catalogue(BALANCE);
    for (part, whole) in [
        ("rotated-backbone-teachers", "rotated-teachers"),
        ("disabled-children-schooled", "disabled-children"),
        ("backbone-teachers", "teachers"),
        ("fit-pupils", "tested-pupils"),
    ] {
        assert_eq!(figure(&balance, part).part_of.as_ref().map(FigureId::as_str), Some(whole));
    }
}
