//! 学校数据 that schools and 学区 fill in themselves: each gets its own rows, and the district
//! sees who has not handed in.

use zhidu::assessment::ContributionState;
use zhidu::assessment::collected::{UnitState, awaited_in_words};
use zhidu::assessment::returning::ReturnStanding;
use zhidu::assessment::unit::{SCHOOLS, UnitWork};
use zhidu::check::{Rule, check};
use zhidu::measure::Data;
use zhidu::merge::Proposal;
use zhidu::school::School;
use zhidu::score::score;

use super::*;
use crate::returned::units::{division, inside, taken, written};

const BALANCE: &str = "beijing-balance-2018";

/// A district with these rows of 学校数据, each by its name and stage.
fn district(catalogue: &Catalogue, rows: &[(&str, &str)]) -> Backup {
    let mut backup = empty(catalogue);
    for (at, (name, stage)) in (0_u32..).zip(rows) {
        let cells = [(Column::Name, *name), (Column::Stage, *stage), (Column::Pupils, "100")];
        let cells = cells.map(|(column, text)| (column, text.to_owned())).into_iter().collect();
        let row = RowId::from_random(u128::from(at) + 1);
        backup.assessment.schools.insert(row, School { place: at, cells });
    }
    backup
}

fn act(backup: &mut Backup, edits: Vec<Edit>) {
    for edit in edits {
        backup.assessment.apply(&edit).unwrap();
    }
}

fn rows(backup: &Backup) -> Vec<RowId> {
    backup.assessment.schools_in_order().into_iter().map(|(row, _)| row.clone()).collect()
}

fn work(catalogue: &Catalogue, backup: &Backup, name: &str) -> UnitWork {
    division(catalogue, backup).into_iter().find(|it| it.name == name).unwrap()
}

/// What the unit of this name returns with another number of pupils in its first row.
fn returned(catalogue: &Catalogue, district: &Backup, name: &str, pupils: &str) -> Returned {
    let unit = work(catalogue, district, name);
    let mut book = books::read(&written(catalogue, district, &[unit.id])).unwrap();
    let sheet = sheet(&mut book, schools::NAME);
    let first =
        sheet.rows.iter_mut().find(|row| row.get(Column::Pupils as usize).is_some_and(|it| it == "100"));
    first.unwrap()[Column::Pupils as usize] = pupils.to_owned();
    back(catalogue, &book)
}

fn state(catalogue: &Catalogue, district: &Backup, name: &str) -> UnitState {
    let all = district.assessment.standings(catalogue, "2026-11-30");
    all.into_iter().find(|it| it.work.name == name).unwrap().state
}

#[test]
fn each_school_gets_its_rows_alone_and_the_board_tells_who_is_missing() {
    let catalogue = catalogue(BALANCE);
    let mut district = district(
        &catalogue,
        &[("东城学校", "小学"), ("西城小学", "小学"), ("东城学校", "初中"), ("甲、乙校", "小学")],
    );
    let (edits, left) = district.assessment.asking_each_school(&rows(&district));
    act(&mut district, edits);
    assert_eq!(left, [rows(&district)[3].clone()], "no unit can be called so");
    assert_eq!(work(&catalogue, &district, "东城学校").schools.rows.len(), 2);

    let unit = work(&catalogue, &district, "东城学校");
    let bytes = written(&catalogue, &district, std::slice::from_ref(&unit.id));
    let text = inside(&bytes);
    assert!(text.contains("东城学校") && !text.contains("西城小学") && !text.contains("甲、乙校"));
    let book = books::read(&bytes).unwrap();
    let names: Vec<&str> = book.sheets.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names[..2], ["封面", schools::NAME], "{names:?}");
    assert!(!text.contains("差异系数 "), "of one school there is none");

    let file = returned(&catalogue, &district, "东城学校", "820");
    assert_eq!(file.remarks, []);
    let proposal = taken(&mut district.assessment, &catalogue, &file.base.assessment, &file.theirs);
    assert_eq!((proposal.count().theirs, proposal.count().conflicts), (1, 0));
    let pupils = |district: &Backup| {
        rows(district)
            .iter()
            .map(|row| district.assessment.schools[row].text(Column::Pupils).to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(pupils(&district), ["820", "100", "100", "100"]);
    assert_eq!(state(&catalogue, &district, "东城学校"), UnitState::Received);
    assert_eq!(state(&catalogue, &district, "西城小学"), UnitState::Missing);
    let awaited = awaited_in_words("区", &district.assessment.standings(&catalogue, "2026-11-30"));
    assert!(awaited.contains("西城小学：学校数据未报") && !awaited.contains("东城学校"), "{awaited}");

    // The same file again changes nothing and opens nothing again.
    let all: Vec<RowId> = district.assessment.contributions.keys().cloned().collect();
    let reviewing = district.assessment.reviewing(&all, ContributionState::Reviewed, "");
    act(&mut district, reviewing);
    let before = district.assessment.clone();
    taken(&mut district.assessment, &catalogue, &file.base.assessment, &file.theirs);
    assert_eq!(district.assessment, before);
    assert_eq!(state(&catalogue, &district, "东城学校"), UnitState::Reviewed);
}

#[test]
fn what_a_school_gets_back_says_why_until_it_has_changed_something() {
    let catalogue = catalogue(BALANCE);
    let mut district = district(&catalogue, &[("东城学校", "小学")]);
    let asking = district.assessment.asking_for_schools(&rows(&district), Some("城关学区"));
    act(&mut district, asking);
    let file = returned(&catalogue, &district, "城关学区", "820");
    taken(&mut district.assessment, &catalogue, &file.base.assessment, &file.theirs);
    let all: Vec<RowId> = district.assessment.contributions.keys().cloned().collect();
    let handing_back = district.assessment.reviewing(&all, ContributionState::Returned, "班级数漏填");
    act(&mut district, handing_back);
    assert_eq!(state(&catalogue, &district, "城关学区"), UnitState::Returned);

    let unit = work(&catalogue, &district, "城关学区");
    let bytes = written(&catalogue, &district, std::slice::from_ref(&unit.id));
    let book = books::read(&bytes).unwrap();
    assert!(book.sheets[0].rows.iter().flatten().any(|cell| cell.contains("班级数漏填")));
    let mut back = back(&catalogue, &book).theirs;
    let part = back.head.part_of(Arc::new(catalogue.clone()));
    let told = |work: &Assessment| {
        let report = check(&Data::of(&part, work), &score(&part, work));
        report.problems.iter().any(|it| it.rule == Rule::HandedBack && it.text.contains("班级数漏填"))
    };
    assert!(told(&back));
    back.set_text(&Place::School(rows(&district)[0].clone(), Column::Classes), "18");
    assert!(!told(&back));
}

#[test]
fn a_row_is_asked_of_one_unit_and_the_rest_of_who_is_asked_for_all() {
    let catalogue = catalogue(BALANCE);
    let mut district = district(&catalogue, &[("甲校", "小学"), ("乙校", "小学"), ("丙校", "小学")]);
    let all = rows(&district);
    let ask = |district: &mut Backup, rows: &[RowId], name: Option<&str>| {
        let edits = district.assessment.asking_for_schools(rows, name);
        act(district, edits);
    };
    ask(&mut district, &all[..2], Some("东学区"));
    ask(&mut district, &all[1..2], Some("西学区"));
    let of = |district: &Backup, name: &str| work(&catalogue, district, name).schools.rows;
    assert_eq!((of(&district, "东学区"), of(&district, "西学区")), (all[..1].to_vec(), all[1..2].to_vec()));
    let asking = district.assessment.asking_unit("区教委", SCHOOLS, true);
    act(&mut district, asking);
    let unit = work(&catalogue, &district, "区教委");
    let rest = district.assessment.share_for(&catalogue, &unit, "");
    assert_eq!(rest.schools.keys().collect::<Vec<_>>(), [&all[2]]);
    ask(&mut district, &all, None);
    assert!(of(&district, "东学区").is_empty() && of(&district, "西学区").is_empty());
}

#[test]
fn what_a_school_sends_again_is_seen_against_what_it_sent_before() {
    let catalogue = catalogue(BALANCE);
    let mut district = district(&catalogue, &[("甲校", "小学"), ("乙校", "小学")]);
    let (edits, _) = district.assessment.asking_each_school(&rows(&district));
    act(&mut district, edits);
    let [first, second] = ["三十", "30"].map(|pupils| returned(&catalogue, &district, "甲校", pupils));
    let take = |district: &mut Backup, file: &Returned| {
        taken(&mut district.assessment, &catalogue, &file.base.assessment, &file.theirs)
    };
    take(&mut district, &first);
    // Nobody here has changed anything: the corrected file is no conflict.
    let proposal = take(&mut district, &second);
    assert_eq!((proposal.count().theirs, proposal.count().conflicts), (1, 0));
    let row = rows(&district)[0].clone();
    let pupils = |district: &Backup| district.assessment.schools[&row].text(Column::Pupils).to_owned();
    assert_eq!(pupils(&district), "30");
    // What the district has put right is what the unit gets, and starts from.
    let mut corrected = district.clone();
    corrected.assessment.set_text(&Place::School(row.clone(), Column::Pupils), "100");
    let file = returned(&catalogue, &corrected, "甲校", "36");
    let proposal = take(&mut corrected, &file);
    assert_eq!((proposal.count().theirs, proposal.count().conflicts), (1, 0));
    // The first once more is none that is new.
    let again = take(&mut district, &first);
    assert_eq!(again.returned.as_ref().unwrap().standing, ReturnStanding::Older);
    assert_eq!(pupils(&district), "30");
}

#[test]
fn a_school_that_a_unit_adds_is_asked_of_it_and_none_is_doubled_unseen() {
    let catalogue = catalogue(BALANCE);
    let mut district = district(&catalogue, &[("甲校", "小学"), ("乙校", "小学")]);
    let asking = district.assessment.asking_for_schools(&rows(&district)[..1], Some("城关学区"));
    act(&mut district, asking);
    let with = |district: &Backup, [name, pupils]: [&str; 2], strip: bool| {
        let unit = work(&catalogue, district, "城关学区");
        let mut book = books::read(&written(&catalogue, district, &[unit.id])).unwrap();
        let sheet = sheet(&mut book, schools::NAME);
        let heads = sheet.rows.iter().position(|row| row.len() > 5).unwrap();
        if strip {
            sheet.rows.iter_mut().for_each(|row| row.truncate(Column::ALL.len()));
        }
        let at = heads + 1 + district.assessment.schools.iter().count();
        for (column, text) in [(Column::Name, name), (Column::Stage, "小学"), (Column::Pupils, pupils)] {
            set(sheet, at, column as usize, text);
        }
        back(&catalogue, &book)
    };
    // One that is new here is the unit's from now on.
    let file = with(&district, ["新校", "7"], false);
    taken(&mut district.assessment, &catalogue, &file.base.assessment, &file.theirs);
    assert_eq!(work(&catalogue, &district, "城关学区").schools.rows.len(), 2);
    assert_eq!(district.assessment.schools.iter().count(), 3);
    // One that another unit has, or that the unit has got already, is asked about.
    for name in ["乙校", "新校"] {
        let [before, after] = district.assessment.returned_share(
            &catalogue,
            &file.base.assessment,
            &with(&district, [name, "8"], false).theirs,
        );
        let proposal = Proposal::new(String::new(), Some(before), after, &district.assessment, Vec::new());
        assert_eq!(proposal.count().undecided, 1, "{name}");
    }
    // Without the hidden columns a row is told by its name and stage.
    let stripped = with(&district, ["丙校", "7"], true);
    assert_eq!(stripped.theirs.schools.iter().count(), 3);
}

#[test]
fn a_unit_that_has_handed_in_is_asked_no_more_once_it_is_dropped() {
    let catalogue = catalogue(BALANCE);
    let mut district = district(&catalogue, &[("甲校", "小学")]);
    let (edits, _) = district.assessment.asking_each_school(&rows(&district));
    act(&mut district, edits);
    let file = returned(&catalogue, &district, "甲校", "7");
    taken(&mut district.assessment, &catalogue, &file.base.assessment, &file.theirs);
    let dropping = district.assessment.dropping_unit(&catalogue, "甲校");
    act(&mut district, dropping);
    assert!(work(&catalogue, &district, "甲校").is_idle());
    assert!(district.assessment.school_askers().is_empty());
    assert_eq!(district.assessment.contributions.iter().count(), 1, "what it has handed in stays");
}
