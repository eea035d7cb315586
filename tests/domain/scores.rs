//! Totals by level against sums made naively, by walking the tree and adding
//! fractions.

use proptest::prelude::*;
use zhidu::assessment::{Answer, Assessment, State};
use zhidu::catalogue::Catalogue;
use zhidu::score::{self, ScoreError, Tally, score};
use zhidu::value::points::Points;

use crate::points::Fraction;
use crate::random;
use crate::sample::{catalogues, point, row, scored, untouched};

#[track_caller]
fn check(typed: &str, maximum: i64, read: Result<Option<&str>, &str>, kept: &str) {
    let maximum = Points::from_hundredths(maximum);
    let found = score::read(typed, maximum).map(|it| it.map(|value| value.to_string()));
    let found = found.map_err(|error| error.to_string());
    assert_eq!(found, read.map(|it| it.map(str::to_owned)).map_err(str::to_owned), "{typed:?}");
    assert_eq!(score::normalised(typed, maximum), kept, "{typed:?}");
}

#[test]
fn a_typed_score_is_read_or_refused_and_kept() {
    check("", 400, Ok(None), "");
    check(" \u{3000}", 400, Ok(None), "");
    check("0", 400, Ok(Some("0")), "0");
    check("4", 400, Ok(Some("4")), "4");
    check("4.00", 400, Ok(Some("4")), "4");
    check("１．５", 400, Ok(Some("1.5")), "1.5");
    check(" 2 ", 400, Ok(Some("2")), "2");
    check("4.01", 400, Err("不能超过本要点分值 4 分"), "4.01");
    check("0.51", 50, Err("不能超过本要点分值 0.5 分"), "0.51");
    check("abc", 400, Err("不是数字"), "abc");
    check("-1", 400, Err("不能为负数"), "-1");
    check("4.005", 400, Err("小数最多两位"), "4.005");
    check(" ４．００５ ", 400, Err("小数最多两位"), " ４．００５ ");
    check("1e9", 400, Err("不是数字"), "1e9");
    let above = score::read("5", Points::from_hundredths(400));
    assert_eq!(above, Err(ScoreError::AboveMaximum(Points::from_hundredths(400))));
}

/// A random answer and what its score is truly worth, in hundredths.
#[derive(Clone, Debug)]
struct Scored {
    answer: Answer,
    worth: Worth,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Worth {
    Nothing,
    Value(i64),
    Refused,
}

/// Answers for a point worth `maximum` hundredths; the value is chosen first
/// and written afterwards, so that nothing is read to know it.
fn scored_answer(maximum: i64) -> impl Strategy<Value = Scored> {
    let typed = prop_oneof![
        1 => Just((String::new(), Worth::Nothing)),
        4 => (0..=maximum, 0usize..4).prop_map(|(value, form)| (written(value, form), Worth::Value(value))),
        1 => Just((written(maximum, 0), Worth::Value(maximum))),
        1 => (maximum + 1..maximum + 500, 0usize..4).prop_map(|(v, form)| (written(v, form), Worth::Refused)),
        1 => prop::sample::select(vec!["abc", "-1", "4.005", "1e1"]).prop_map(|t| (t.to_owned(), Worth::Refused)),
    ];
    let reason = prop::sample::select(vec!["", " ", "会议未开"]);
    (random::state(), typed, reason, any::<bool>()).prop_map(|(state, (score, worth), deduction, listed)| {
        let evidence = if listed { vec![row(1)] } else { Vec::new() };
        Scored {
            answer: Answer { state, score, deduction: deduction.to_owned(), evidence, ..Answer::default() },
            worth,
        }
    })
}

/// One of the ways in which a person may write so many hundredths.
fn written(hundredths: i64, form: usize) -> String {
    let plain = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    match form {
        0 => plain,
        1 => format!(" 0{plain}00"),
        2 => plain.chars().map(|c| char::from_u32(c as u32 + 0xFEE0).unwrap()).collect(),
        _ => format!("+{plain}\u{3000}"),
    }
}

/// What some points come to, counted without the core.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Naive {
    counts: [usize; 10],
    sums: [Fraction; 4],
}

impl Naive {
    const NOTHING: Naive = Naive { counts: [0; 10], sums: [Fraction::ZERO; 4] };

    fn plus(self, other: Naive) -> Naive {
        Naive {
            counts: std::array::from_fn(|i| self.counts[i] + other.counts[i]),
            sums: std::array::from_fn(|i| self.sums[i].plus(other.sums[i])),
        }
    }

    fn of_point(maximum: Option<i64>, scored: &Scored) -> Naive {
        let answer = &scored.answer;
        let applies = answer.state != State::NotApplicable;
        let mut it = Naive::NOTHING;
        it.counts[0] = 1;
        it.counts[1 + State::ALL.iter().position(|state| *state == answer.state).unwrap()] = 1;
        it.counts[9] = usize::from(applies && answer.evidence.is_empty());
        let Some(maximum) = maximum else { return it };
        let hundredths = |value: i64| Fraction::new(value.into(), 100);
        it.sums[3] = hundredths(maximum);
        match scored.worth {
            _ if !applies => it.sums[2] = hundredths(maximum),
            Worth::Nothing => {}
            Worth::Refused => it.counts[6] = 1,
            Worth::Value(value) => {
                it.counts[5] = 1;
                it.sums[0] = hundredths(value);
                it.sums[1] = hundredths(maximum);
                it.counts[7] = usize::from(value < maximum);
                it.counts[8] = usize::from(value < maximum && answer.deduction.trim().is_empty());
            }
        }
        it
    }

    fn of_tally(it: &Tally) -> Naive {
        let states = [it.blank, it.drafting, it.complete, it.not_applicable];
        let [blank, drafting, complete, not_applicable] = states;
        let rest = [it.scored, it.refused, it.reduced, it.unexplained, it.without_evidence];
        let [scored, refused, reduced, unexplained, bare] = rest;
        Naive {
            counts: [
                it.points,
                blank,
                drafting,
                complete,
                not_applicable,
                scored,
                refused,
                reduced,
                unexplained,
                bare,
            ],
            sums: [it.got, it.of_scored, it.of_not_applicable, it.maximum].map(Fraction::of),
        }
    }
}

/// What a group comes to, by walking down to its points.
fn of_group(catalogue: &Catalogue, group: usize, points: &[Naive]) -> Naive {
    let inside = catalogue.children(group).map(|child| of_group(catalogue, child, points));
    let own = catalogue.points().iter().zip(points).filter(|(point, _)| point.group == group);
    inside.chain(own.map(|(_, naive)| *naive)).fold(Naive::NOTHING, Naive::plus)
}

fn answers_of(catalogue: &'static Catalogue) -> impl Strategy<Value = Vec<Scored>> {
    let each = |maximum: Option<Points>| scored_answer(maximum.map_or(400, Points::hundredths)).boxed();
    catalogue.points().iter().map(|point| each(point.points)).collect::<Vec<_>>()
}

fn any_catalogue_answered() -> impl Strategy<Value = (&'static Catalogue, Vec<Scored>)> {
    (0..catalogues().len()).prop_flat_map(|index| {
        let catalogue = &catalogues()[index];
        answers_of(catalogue).prop_map(move |answers| (catalogue, answers))
    })
}

fn answered(catalogue: &Catalogue, answers: &[Scored]) -> Assessment {
    let mut assessment = untouched(catalogue);
    assessment.answers = catalogue
        .points()
        .iter()
        .zip(answers)
        .map(|(point, it)| (point.id.clone(), it.answer.clone()))
        .collect();
    assessment
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn totals_of_every_level_are_naive_sums((catalogue, answers) in any_catalogue_answered()) {
        let card = score(catalogue, &answered(catalogue, &answers));
        let points: Vec<Naive> = catalogue.points().iter().zip(&answers)
            .map(|(point, it)| Naive::of_point(point.points.map(Points::hundredths), it))
            .collect();
        let found: Vec<Naive> = card.points.iter().map(Naive::of_tally).collect();
        prop_assert_eq!(&found, &points);
        prop_assert_eq!(card.groups.len(), catalogue.groups().len());
        for (group, tally) in card.groups.iter().enumerate() {
            prop_assert_eq!(Naive::of_tally(tally), of_group(catalogue, group, &points));
        }
        let roots = catalogue.roots().map(|root| of_group(catalogue, root, &points));
        prop_assert_eq!(Naive::of_tally(&card.total), roots.fold(Naive::NOTHING, Naive::plus));
        let maximum = catalogue.total().unwrap_or_default();
        prop_assert_eq!(card.total.maximum, maximum, "不适用 leaves the maximum as it is");
        prop_assert_eq!(card.total.lost(), card.total.of_scored - card.total.got);
        prop_assert_eq!(card.total.settled(), card.total.complete + card.total.not_applicable);
    }

    #[test]
    fn updating_equals_scoring_anew(
        start in answers_of(scored()),
        next in prop::collection::vec((0usize..54, scored_answer(100)), 1..40),
    ) {
        let catalogue = scored();
        let mut assessment = answered(catalogue, &start);
        let mut card = score(catalogue, &assessment);
        for (index, it) in next {
            let before = card.points[index];
            assessment.answers.insert(catalogue.points()[index].id.clone(), it.answer.clone());
            let changed = card.update(catalogue, index, &it.answer);
            prop_assert_eq!(&card, &score(catalogue, &assessment));
            let mut path = catalogue.ancestors(index);
            path.reverse();
            let path: Vec<usize> = path.iter().map(|group| catalogue.group(&group.id).unwrap().0).collect();
            let expected = if before == card.points[index] { Vec::new() } else { path };
            prop_assert_eq!(changed, expected);
        }
    }
}

#[test]
fn an_update_of_no_point_changes_nothing() {
    let mut card = score(scored(), &untouched(scored()));
    let before = card.clone();
    assert_eq!(card.update(scored(), 54, Answer::blank()), Vec::<usize>::new());
    assert_eq!(card, before);
}

#[test]
fn unfilled_zero_and_not_applicable_are_told_apart() {
    let catalogue = scored();
    let of = |state, score: &str| {
        let mut assessment = untouched(catalogue);
        let answer = Answer { state, score: score.to_owned(), ..Answer::default() };
        assessment.answers = [(point(1), answer)].into_iter().collect();
        score::score(catalogue, &assessment).total
    };
    let maximum = catalogue.points()[0].points.unwrap();
    let hundred = Points::from_hundredths(10_000);
    let unfilled = of(State::Drafting, "");
    assert_eq!((unfilled.scored, unfilled.of_scored, unfilled.maximum), (0, Points::ZERO, hundred));
    let zero = of(State::Drafting, "0");
    assert_eq!((zero.scored, zero.got, zero.of_scored), (1, Points::ZERO, maximum));
    assert_eq!((zero.maximum, zero.reduced, zero.unexplained), (hundred, 1, 1));
    let exempt = of(State::NotApplicable, "0");
    assert_eq!((exempt.scored, exempt.of_scored, exempt.reduced), (0, Points::ZERO, 0));
    assert_eq!((exempt.of_not_applicable, exempt.maximum), (maximum, hundred));
}
