//! Two states brought together: what only one side changed is that side's, what both
//! changed is decided by a person, and nothing of either is gone.

use proptest::prelude::*;
use zhidu::assessment::edit::Edit;
use zhidu::assessment::history::apply_all;
use zhidu::assessment::place::{AnswerField, EvidenceField, HeadField, Place, UnitField};
use zhidu::assessment::unit::assigned;
use zhidu::assessment::{Assessment, State};
use zhidu::merge::sentences::{From, marked, merged, sentences};
use zhidu::merge::{Change, Decision, Outcome, Proposal, Subject, find, take};
use zhidu::record::compare::differences;

use crate::random;
use crate::sample::{point, row, scored, untouched};

fn narrative(at: u16) -> Place {
    Place::Answer(point(at), AnswerField::Narrative)
}

fn typed(before: &Assessment, place: &Place, text: &str) -> Assessment {
    let mut after = before.clone();
    let edits = after.typing(place, text);
    apply_all(&mut after, &edits).unwrap();
    after
}

fn begun(texts: &[(u16, &str)]) -> Assessment {
    texts.iter().fold(untouched(scored()), |state, (at, text)| typed(&state, &narrative(*at), text))
}

fn merge(base: &Assessment, theirs: &Assessment, ours: &Assessment) -> (Vec<Change>, Assessment) {
    let changes = find(base, theirs, ours);
    let taken = take(base, ours, theirs, &changes, |at| changes[at].proposed());
    let mut after = ours.clone();
    apply_all(&mut after, &taken.edits).unwrap();
    (changes, after)
}

#[test]
fn sentences_put_together_are_the_text() {
    let text = "一是建立机制。二是“经费到位！”三是落实？\n\n第二段；没有句号";
    assert_eq!(
        sentences(text),
        ["一是建立机制。", "二是“经费到位！”", "三是落实？\n\n", "第二段；", "没有句号"]
    );
    assert_eq!(sentences(""), Vec::<&str>::new());
}

#[test]
fn edits_of_two_that_do_not_touch_become_one_text() {
    let base = "甲一。乙二。丙三。丁四。戊五。";
    let both =
        merged(base, "甲改。乙二。丙三。丁四。戊五。", "甲一。乙二。丙三。丁四。戊五。己六。").unwrap();
    let text: String = both.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(text, "甲改。乙二。丙三。丁四。戊五。己六。");
    assert_eq!(both[0].from, From::Theirs);
    assert_eq!(both.last().unwrap().from, From::Ours);
    // The same edit on both sides is one; two on the same sentence, or side by side, touch.
    assert!(merged(base, "甲改。乙二。丙三。丁四。戊五。", "甲改。乙二。丙三。丁四。戊五。").is_some());
    assert!(merged(base, "甲改。乙二。丙三。丁四。戊五。", "甲另。乙二。丙三。丁四。戊五。").is_none());
    assert!(merged(base, "甲改。乙二。丙三。丁四。戊五。", "甲一。乙改。丙三。丁四。戊五。").is_none());
    assert!(merged("", "对方写的。", "本机写的。").is_none());
}

#[test]
fn what_differs_is_marked_sentence_by_sentence() {
    let found = marked("甲一。乙二。丙三。", "甲一。乙改。丙三。丁四。");
    assert_eq!(found, [(false, "甲一。"), (true, "乙改。"), (false, "丙三。"), (true, "丁四。")]);
}

#[test]
fn the_four_outcomes_are_told_apart_and_what_only_they_changed_is_taken() {
    let base = begun(&[(1, "甲。"), (2, "乙。"), (3, "丙。"), (4, "丁。")]);
    let theirs =
        typed(&typed(&typed(&base, &narrative(1), "甲改。"), &narrative(3), "同。"), &narrative(4), "他。");
    let ours =
        typed(&typed(&typed(&base, &narrative(2), "乙改。"), &narrative(3), "同。"), &narrative(4), "我。");
    let (changes, after) = merge(&base, &theirs, &ours);
    let outcomes: Vec<&Outcome> = changes.iter().map(|change| &change.outcome).collect();
    assert_eq!(outcomes, [&Outcome::Theirs, &Outcome::Ours, &Outcome::Alike, &Outcome::Conflict]);
    let texts = [1, 2, 3, 4].map(|at| after.text(&narrative(at)).to_owned());
    assert_eq!(texts, ["甲改。", "乙改。", "同。", "我。"]);
}

#[test]
fn a_conflict_is_decided_by_a_person_and_what_was_not_taken_is_kept() {
    let base = begun(&[(1, "原文。")]);
    let theirs = typed(&base, &narrative(1), "对方。");
    let ours = typed(&base, &narrative(1), "本机。");
    let changes = find(&base, &theirs, &ours);
    let with = |decision: Option<Decision>| {
        let taken = take(&base, &ours, &theirs, &changes, |_| decision.clone());
        let mut after = ours.clone();
        apply_all(&mut after, &taken.edits).unwrap();
        (after.text(&narrative(1)).to_owned(), taken.left)
    };
    assert_eq!(with(Some(Decision::Theirs)).0, "对方。");
    assert_eq!(with(Some(Decision::Both)).0, "本机。\n对方。");
    assert_eq!(with(Some(Decision::Text("改好的。".to_owned()))).0, "改好的。");
    let (text, left) = with(None);
    assert_eq!(text, "本机。");
    let [Edit::Splice { place, .. }] = left.as_slice() else { panic!("{left:?}") };
    assert_eq!(*place, narrative(1));
    let [Edit::Splice { removed, inserted, .. }] = left.as_slice() else { panic!("{left:?}") };
    assert_eq!((removed.as_str(), inserted.as_str()), ("原文。", "对方。"), "both whole");
}

#[test]
fn nothing_is_emptied_and_no_row_is_removed_unless_a_person_says_so() {
    let mut base = begun(&[(1, "有内容。")]);
    let adding = base.adding_evidence(&point(1), row(7));
    apply_all(&mut base, &adding).unwrap();
    let base = typed(&base, &Place::Evidence(row(7), EvidenceField::Title), "通知");
    let mut theirs = typed(&base, &narrative(1), "");
    let dropping = theirs.dropping_evidence(&point(1), &row(7));
    apply_all(&mut theirs, &dropping).unwrap();
    let (changes, after) = merge(&base, &theirs, &base);
    assert!(changes[0].empties() && changes.iter().any(Change::removes));
    assert_eq!(after, base);
    let taken = take(&base, &base, &theirs, &changes, |_| Some(Decision::Theirs));
    let mut after = base.clone();
    apply_all(&mut after, &taken.edits).unwrap();
    assert_eq!(after.text(&narrative(1)), "");
    assert!(after.evidence.is_empty());
    assert_eq!(taken.left, []);
}

#[test]
fn numbers_of_materials_that_two_have_given_do_not_collide() {
    let base = begun(&[]);
    let add = |state: &Assessment, id: u128, title: &str| {
        let mut after = state.clone();
        let adding = after.adding_evidence(&point(11), row(id));
        apply_all(&mut after, &adding).unwrap();
        typed(&after, &Place::Evidence(row(id), EvidenceField::Title), title)
    };
    let (theirs, ours) = (add(&add(&base, 1, "甲"), 2, "乙"), add(&base, 3, "丙"));
    let (_, after) = merge(&base, &theirs, &ours);
    let mut numbers: Vec<(String, String)> =
        after.evidence.values().map(|it| (it.number.clone(), it.title.clone())).collect();
    numbers.sort();
    let numbers: Vec<(&str, &str)> = numbers.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(numbers.len(), 3);
    assert_eq!(numbers[0], ("11-01", "丙"), "what is here keeps its number");
    let mut distinct: Vec<&str> = numbers.iter().map(|(number, _)| *number).collect();
    distinct.dedup();
    assert_eq!(distinct.len(), 3, "{numbers:?}");
    assert_eq!(after.answer(&point(11)).evidence.len(), 3);
    // The next one gets a number that nobody has.
    let next = add(&after, 9, "丁");
    let number = &next.evidence[&row(9)].number;
    assert!(after.evidence.values().all(|it| it.number != *number), "{number}");
}

#[test]
fn units_that_two_assign_to_one_point_are_put_together() {
    let units = Place::Answer(point(1), AnswerField::Units);
    let merged = |texts: [&str; 3]| {
        let [base, theirs, ours] = texts.map(|text| typed(&begun(&[]), &units, text));
        let (changes, after) = merge(&base, &theirs, &ours);
        let is_conflict = changes.iter().any(|it| it.outcome == Outcome::Conflict);
        (!is_conflict).then(|| after.text(&units).to_owned())
    };
    for (texts, expected) in [
        // Each adds one, one takes one away, one says who leads.
        (["教育局", "教育局、财政局", "教育局、人社局"], Some("教育局、人社局、财政局")),
        (["教育局、财政局", "教育局", "教育局、财政局、人社局（配合）"], Some("教育局、人社局（配合）")),
        (
            ["教育局、财政局", "教育局、财政局、公安局", "教育局（牵头）、财政局"],
            Some("教育局（牵头）、财政局、公安局"),
        ),
        // What the catalogue names stands in neither text alone.
        (
            ["", "教育局、财政局（配合）", "教育局、人社局（配合）"],
            Some("教育局、人社局（配合）、财政局（配合）"),
        ),
        (["", "教育局、财政局", "教育局、人社局（配合）"], None),
        // Two who lead, two parts of one unit, nobody, and nothing typed are for a person.
        (["教育局", "教育局、财政局（牵头）", "教育局、人社局（牵头）"], None),
        (["教育局", "教育局（牵头）", "教育局（配合）、人社局"], None),
        (["教育局", "—", "教育局、人社局"], None),
        (["教育局", "教育局、财政局、财政局", "教育局、人社局"], None),
        (["教育局", "", "教育局、人社局"], None),
        // Each has put another one in its place.
        (["教育局", "教委", "教体局"], None),
    ] {
        assert_eq!(merged(texts).as_deref(), expected, "{texts:?}");
    }
}

#[test]
fn what_two_machines_have_received_is_counted_together() {
    let received = Place::Unit(row(3), UnitField::Received);
    let [base, theirs, ours] =
        ["a@x-1", "a@x-1 b@x-2", "a@x-1 c@y-9"].map(|text| typed(&begun(&[]), &received, text));
    let (changes, after) = merge(&base, &theirs, &ours);
    assert!(matches!(changes[0].outcome, Outcome::Merged(_)));
    assert_eq!(after.text(&received), "a@x-1 c@y-9 b@x-2");
}

#[test]
fn a_row_that_one_removed_and_the_other_changed_is_a_conflict() {
    let mut base = begun(&[]);
    let adding = base.adding_check_item(&point(1), row(5));
    apply_all(&mut base, &adding).unwrap();
    let place = Place::CheckItem(point(1), row(5), zhidu::assessment::place::CheckItemField::Text);
    let theirs = typed(&base, &place, "查看台账");
    let mut ours = base.clone();
    let dropping = ours.dropping_check_item(&point(1), &row(5));
    apply_all(&mut ours, &dropping).unwrap();
    let changes = find(&base, &theirs, &ours);
    let conflict = changes.iter().find(|it| it.subject == Subject::Item(point(1), row(5))).unwrap();
    assert_eq!((&conflict.outcome, &conflict.ours), (&Outcome::Conflict, &None));
    let taken = take(&base, &ours, &theirs, &changes, |_| Some(Decision::Theirs));
    let mut after = ours.clone();
    apply_all(&mut after, &taken.edits).unwrap();
    assert_eq!(after.text(&place), "查看台账");
}

#[test]
fn a_point_in_which_something_is_written_is_begun() {
    let base = begun(&[]);
    let mut theirs = base.clone();
    theirs.answers.entry(point(3)).or_default().narrative = "在表中写的。".to_owned();
    let (_, after) = merge(&base, &theirs, &base);
    assert_eq!(after.answer(&point(3)).state, State::Drafting);
}

#[test]
fn a_proposal_keeps_what_a_person_wrote_and_counts_what_is_made() {
    let base = begun(&[(1, "原文。")]);
    let mut theirs = typed(&base, &narrative(1), "对方。");
    let adding = theirs.adding_evidence(&point(2), row(7));
    apply_all(&mut theirs, &adding).unwrap();
    let ours = typed(&base, &narrative(1), "本机。");
    let mut proposal =
        Proposal::new("“甲.xlsx”".to_owned(), Some(base.clone()), theirs.clone(), &ours, Vec::new());
    let at = |proposal: &Proposal, wanted: &Subject| {
        proposal.changes().iter().position(|(change, _)| change.subject == *wanted).unwrap()
    };
    let text = Subject::Text(narrative(1));
    let index = at(&proposal, &text);
    assert_eq!(proposal.count().undecided, 1);
    proposal.decide(index, Some(Decision::Text("我写的。".to_owned())));
    proposal.decide(index, Some(Decision::Ours));
    assert_eq!(proposal.draft(&text), Some("我写的。"));
    // A material that is not taken is not listed either.
    let made = proposal.will_change();
    let material = at(&proposal, &Subject::Material(row(7)));
    proposal.decide(material, Some(Decision::Ours));
    assert_eq!(proposal.will_change(), made - 2);
    let mut after = ours.clone();
    apply_all(&mut after, &proposal.take(&ours).edits).unwrap();
    assert!(after.answer(&point(2)).evidence.is_empty() && after.evidence.is_empty());
    // What changes here meanwhile asks again and keeps the text.
    proposal.decide(index, Some(Decision::Theirs));
    let now = typed(&ours, &narrative(1), "本机又改。");
    proposal.look_at(&now);
    assert_eq!(proposal.count().undecided, 1);
    assert_eq!(proposal.draft(&text), Some("我写的。"));
    // Both, where both stand there already, changes nothing.
    let both = typed(&ours, &narrative(1), "本机。\n对方。");
    proposal.look_at(&both);
    let left = proposal.will_change();
    proposal.decide(at(&proposal, &text), Some(Decision::Both));
    assert_eq!(proposal.will_change(), left);
    // Without a base what is done here while the file waits is not undone by it.
    let mut blind = Proposal::new(String::new(), None, ours.clone(), &ours, Vec::new());
    assert!(blind.changes().is_empty());
    blind.look_at(&now);
    assert_eq!((blind.count().conflicts, blind.count().ours), (0, 1));
}

/// Three states of one assessment: what differs beyond its identity is chance.
pub fn three() -> impl Strategy<Value = [Assessment; 3]> {
    prop::collection::vec(random::assessment().boxed(), 3).prop_map(|states| {
        let mut states: [Assessment; 3] = states.try_into().unwrap();
        let head = states[0].head.clone();
        for state in &mut states {
            let cover = state.head.cover.clone();
            state.head = head.clone();
            state.head.cover = cover;
            tell_apart(state);
        }
        states
    })
}

/// As every form makes them: no list names a row twice.
fn tell_apart(state: &mut Assessment) {
    for (_, answer) in &mut state.answers.iter_mut() {
        let mut seen = Vec::new();
        answer.check_items.retain(|item| {
            !seen.contains(&item.id) && {
                seen.push(item.id.clone());
                true
            }
        });
        let mut seen = Vec::new();
        answer.evidence.retain(|row| {
            !seen.contains(row) && {
                seen.push(row.clone());
                true
            }
        });
        answer.evidence.retain(|row| state.evidence.contains_key(row));
    }
    state.answers.retain(|_, answer| answer != zhidu::assessment::Answer::blank());
    state.figures.retain(|_, figure| *figure != zhidu::assessment::Figure::default());
}

/// What a random person decides: the choice belongs to the change and not to its place in
/// the list, so that the same person decides the same again.
fn decided(change: &Change, seed: u8) -> Option<Decision> {
    let name = format!("{:?}", change.subject);
    let dice = name.bytes().fold(seed, |sum, byte| sum.rotate_left(3) ^ byte) % 4;
    match (&change.outcome, dice) {
        // An order is never decided: what comes back may change it once more.
        (Outcome::Conflict, _) if change.subject.is_order() => None,
        (Outcome::Conflict, 0) => Some(Decision::Theirs),
        (Outcome::Conflict, 1) if change.takes_both() => Some(Decision::Both),
        (Outcome::Conflict, _) => None,
        _ => change.proposed(),
    }
}

/// Everything that stands in a state, in words.
fn everything(state: &Assessment) -> String {
    let nothing = Assessment::of(state.head.clone());
    differences(&nothing, state).iter().map(|it| format!("{}\n", it.after)).collect::<String>()
        + &HeadField::ALL.map(|field| state.text(&Place::Head(field)).to_owned()).join("\n")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn what_one_side_alone_changed_is_its_own([base, other, _] in three()) {
        prop_assert!(find(&base, &base, &other).iter().all(|it| it.outcome == Outcome::Ours));
        let changes = find(&base, &other, &base);
        prop_assert!(changes.iter().all(|it| it.outcome == Outcome::Theirs));
        prop_assert!(find(&base, &other, &other).iter().all(|it| it.outcome == Outcome::Alike));
        // Taken as a whole it is what they have, but for 编号 and places that are given here.
        let taken = take(&base, &base, &other, &changes, |_| Some(Decision::Theirs));
        let mut after = base.clone();
        prop_assert!(apply_all(&mut after, &taken.edits).is_ok());
        prop_assert_eq!(taken.left, vec![]);
        let mut left = differences(&after, &other);
        // What is new stands behind what is here.
        let letters = |text: &str| {
            let mut letters: Vec<char> = text.chars().collect();
            letters.sort_unstable();
            letters
        };
        left.retain(|it| it.what != "测评点" || letters(&it.before) != letters(&it.after));
        let given = ["编号", "佐证材料清单", "在表中的位置", "填报状态"];
        prop_assert!(left.iter().all(|it| given.contains(&it.what)), "{:?}", left);
        let begun = |it: &zhidu::record::compare::Difference| it.what != "填报状态" || it.before == "填报中";
        prop_assert!(left.iter().all(begun), "{:?}", left);
    }

    #[test]
    fn the_same_file_with_the_same_decisions_changes_nothing_the_second_time(
        [base, theirs, ours] in three(),
        seed in any::<u8>(),
    ) {
        let changes = find(&base, &theirs, &ours);
        let taken = take(&base, &ours, &theirs, &changes, |at| decided(&changes[at], seed));
        let mut after = ours.clone();
        prop_assert!(apply_all(&mut after, &taken.edits).is_ok());
        let again = find(&base, &theirs, &after);
        let second = take(&base, &after, &theirs, &again, |at| decided(&again[at], seed));
        prop_assert_eq!(second.edits, vec![]);
    }

    #[test]
    fn no_text_of_either_side_is_gone([base, theirs, ours] in three(), seed in any::<u8>()) {
        let changes = find(&base, &theirs, &ours);
        let taken = take(&base, &ours, &theirs, &changes, |at| decided(&changes[at], seed));
        let mut after = ours.clone();
        apply_all(&mut after, &taken.edits).unwrap();
        let apart: String = taken.left.iter().map(|edit| match edit {
            Edit::Splice { inserted, .. } => inserted.clone(),
            Edit::SetEvidence { to: Some(material), .. } => format!("{material:?}"),
            Edit::SetSchool { to: Some(school), .. } => school.cells.values().cloned().collect(),
            Edit::InsertCheckItem { item, .. } => format!("{}{}", item.text, item.finding),
            _ => String::new(),
        }).collect();
        // What is here is in the restore point.
        let all = [everything(&after), apart, everything(&ours)].concat();
        for change in &changes {
            let (Subject::Text(place), Some(text)) = (&change.subject, &change.theirs) else { continue };
            let changed = change.theirs != change.base;
            let kept = match place {
                // Of a list its entries.
                Place::Answer(_, AnswerField::Units) if matches!(change.outcome, Outcome::Merged(_)) => {
                    assigned(text).into_iter().map(|it| (true, it.name)).collect()
                }
                Place::Unit(_, UnitField::Data | UnitField::Received) => {
                    text.split_whitespace().map(|it| (true, it)).collect()
                }
                _ => marked(change.base.as_deref().unwrap_or_default(), text),
            };
            let lost: Vec<&str> =
                kept.iter().filter(|(new, part)| *new && changed && !all.contains(part.trim())).map(|it| it.1).collect();
            prop_assert!(lost.is_empty(), "{place}: {lost:?} of {change:?}");
        }
    }
}
