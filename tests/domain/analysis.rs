//! 分析: rates, ranks and distributions, and that every chart has its data beside it.

use proptest::prelude::*;
use zhidu::analysis::{Rate, axes, distribution, losses, verdicts};
use zhidu::assessment::Assessment;
use zhidu::check::check;
use zhidu::measure::Data;
use zhidu::school::indicator::Indicator;
use zhidu::school::{Column, Stage, cv};
use zhidu::score::{Tally, score};
use zhidu::value::number::{Number, Quotient};
use zhidu::value::points::Points;

use crate::measures::add_school;
use crate::pages::analysed;
use crate::random;
use crate::sample::{catalogues, filled, scored, tasks, untouched};

fn tally(got: i64, of_scored: i64) -> Tally {
    Tally {
        got: Points::from_hundredths(got),
        of_scored: Points::from_hundredths(of_scored),
        ..Tally::default()
    }
}

#[test]
fn a_rate_is_cut_off_and_never_rounded_up() {
    for (got, of_scored, words) in
        [(9_999, 10_000, "99.9%"), (10_000, 10_000, "100.0%"), (0, 400, "0.0%"), (200, 300, "66.6%")]
    {
        assert_eq!(Rate::of_score(&tally(got, of_scored)).map(Rate::in_words).as_deref(), Some(words));
    }
    assert_eq!(Rate::of_score(&tally(0, 0)), None, "nothing scored is not 0 %");
}

#[test]
fn what_does_not_apply_is_settled() {
    let tally = Tally { points: 5, complete: 3, not_applicable: 1, ..Tally::default() };
    assert_eq!(Rate::of_completion(&tally).map(Rate::in_words).as_deref(), Some("80.0%"));
    let all = Tally { points: 2, not_applicable: 2, ..Tally::default() };
    assert_eq!(Rate::of_completion(&all).map(Rate::in_words).as_deref(), Some("100.0%"));
    assert_eq!(Rate::of_completion(&Tally::default()), None);
}

#[test]
fn a_radar_compares_the_outermost_level_with_three_groups() {
    assert_eq!(axes(scored()).len(), 6);
    for catalogue in catalogues() {
        let axes = axes(catalogue);
        let levels: Vec<usize> = axes.iter().map(|at| catalogue.groups()[*at].level).collect();
        assert!(axes.len() >= 3, "{}", catalogue.short);
        assert!(levels.iter().all(|level| *level == levels[0]));
        let outer = catalogue.groups().iter().filter(|group| group.level < levels[0]);
        assert!(outer.count() < 3, "{}", catalogue.short);
    }
}

/// Schools of 100 pupils with so many ㎡ each.
fn district(areas: &[u32]) -> Assessment {
    let mut assessment = untouched(scored());
    for (at, area) in areas.iter().enumerate() {
        let (name, area) = (format!("第{at}小学"), area.to_string());
        let cells = [
            (Column::Name, name.as_str()),
            (Column::Kind, "小学"),
            (Column::Stage, "小学"),
            (Column::Pupils, "100"),
            (Column::Teaching, area.as_str()),
            (Column::IndoorSport, "0"),
        ];
        add_school(&mut assessment, &cells);
    }
    assessment
}

#[test]
fn a_school_at_the_end_of_a_column_stands_in_the_next() {
    // 3.00, 4.50, 5.00 and 9.00 ㎡ for each pupil; the standard is at least 4.5.
    let assessment = district(&[300, 450, 500, 900]);
    let data = Data::of(scored(), &assessment);
    let found = cv::coefficients(&data.table, Stage::Primary, data.splitting);
    let areas = found.singles.iter().find(|it| it.indicator == Indicator::TeachingArea).unwrap();
    let spread = distribution(&data, Stage::Primary, areas).unwrap();
    assert_eq!(spread.step, Number::parse("1").unwrap());
    assert_eq!(spread.from, Number::parse("3").unwrap());
    assert_eq!(spread.columns, [1, 1, 1, 0, 0, 0, 1]);
    assert_eq!(spread.least_middle_most.map(Quotient::to_text), ["3", "4.5", "9"]);
    assert_eq!((spread.short, spread.missing, spread.schools()), (1, 0, 4), "4.5 reaches the standard");
    assert_eq!(spread.edge(7).to_string(), "10");
    let nothing = found.singles.iter().find(|it| it.indicator == Indicator::Equipment).unwrap();
    assert_eq!(distribution(&data, Stage::Primary, nothing), None);
}

#[test]
fn a_form_without_anything_is_drawn_too() {
    for catalogue in catalogues() {
        let page = analysed(catalogue, &untouched(catalogue));
        assert!(page.contains("0 / "), "{}", catalogue.short);
        assert!(!page.contains("NaN") && !page.contains("inf"), "{}", catalogue.short);
    }
    assert!(!analysed(tasks(), &untouched(tasks())).contains("失分"), "no points, no loss of them");
}

#[test]
fn every_chart_has_a_name_and_its_data_beside_it() {
    let mut assessment = filled();
    for (row, school) in district(&[300, 450, 500, 900]).schools {
        assessment.schools.insert(row, school);
    }
    let page = analysed(scored(), &assessment);
    let figures: Vec<&str> = page.split("<figure").skip(1).collect();
    assert!(figures.len() >= 5, "{}", figures.len());
    for figure in figures {
        let figure = figure.split("</figure>").next().unwrap();
        assert_eq!(figure.matches("<svg").count(), 1);
        assert!(figure.contains(r#"role="img""#) && figure.contains("aria-label="));
        assert_eq!(figure.matches("<table").count(), 1);
        let picture = figure.split_once("<svg").unwrap().1.split("</svg>").next().unwrap();
        assert!(!picture.contains("class="), "a picture has no style sheet");
    }
}

proptest! {
    #[test]
    fn what_is_lost_is_what_is_missing_from_the_sum(assessment in random::assessment()) {
        let card = score(scored(), &assessment);
        let losses = losses(&card);
        let sum: Points = losses.iter().map(|loss| loss.points()).sum();
        prop_assert_eq!(sum, card.total.lost());
        prop_assert!(losses.windows(2).all(|pair| pair[0].points() >= pair[1].points()));
        prop_assert!(losses.iter().all(|loss| loss.points() > Points::ZERO));
    }

    #[test]
    fn each_measure_is_counted_once(assessment in random::assessment()) {
        let (data, card) = (Data::of(scored(), &assessment), score(scored(), &assessment));
        let counted: usize = verdicts(scored(), &check(&data, &card)).iter().map(|it| it.all()).sum();
        let all: usize = scored().points().iter().map(|point| point.measures.len()).sum();
        prop_assert_eq!(counted, all);
    }

    #[test]
    fn every_school_stands_in_the_column_that_holds_its_value(areas in prop::collection::vec(1..2_000_000_u32, 1..60)) {
        let assessment = district(&areas);
        let data = Data::of(scored(), &assessment);
        let found = cv::coefficients(&data.table, Stage::Primary, data.splitting);
        let single = found.singles.iter().find(|it| it.indicator == Indicator::TeachingArea).unwrap();
        let spread = distribution(&data, Stage::Primary, single).unwrap();
        prop_assert!((1..=12).contains(&spread.columns.len()));
        for (column, count) in spread.columns.iter().enumerate() {
            let holds = |area: &&u32| {
                let value = Quotient::new(Number::whole(**area), 1, Number::whole(100)).unwrap();
                value.compare(spread.edge(column)).is_ge() && value.compare(spread.edge(column + 1)).is_lt()
            };
            prop_assert_eq!(*count, areas.iter().filter(holds).count());
        }
    }
}
