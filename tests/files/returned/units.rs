//! 分工 by file: what each unit gets, and what becomes of what it returns.

use zhidu::assessment::contribution::contribution_id;
use zhidu::assessment::returning::{ReturnStanding, Revision};
use zhidu::assessment::unit::{Assign, SCHOOLS, UnitWork, assigned};
use zhidu::assessment::{ContributionState, ReplicaId, RowId};
use zhidu::exchange::{Asked, Reply, WriteUnitForms};
use zhidu::merge::origin::{Adopting, adopting, appending_all, origins};
use zhidu::merge::{Decision, Proposal, Subject};
use zhidu::office::serve;
use zhidu::record::backup;
use zhidu::record::state::content_hash;
use zhidu::workbook::sheet::Allowed;

use super::*;

const PANJIN: &str = "panjin-duties-2019";

/// A text of a point that stands nowhere else.
fn told(point: usize) -> String {
    format!("要点第{point}号的区级文本，独一无二。")
}

/// Work in which every point has a text.
fn district_of(catalogue: &Catalogue) -> Backup {
    let mut backup = empty(catalogue);
    for (at, point) in catalogue.points().iter().enumerate() {
        let place = Place::Answer(point.id.clone(), AnswerField::Narrative);
        for edit in backup.assessment.typing(&place, &told(at)) {
            backup.assessment.apply(&edit).unwrap();
        }
    }
    backup
}

/// What the worker writes for these units.
pub fn written(catalogue: &Catalogue, backup: &Backup, units: &[RowId]) -> Vec<u8> {
    let json = zhidu::catalogue::embedded().iter().find(|(id, _)| *id == catalogue.id.as_str()).unwrap().1;
    let asked = WriteUnitForms {
        catalogue: json.to_owned(),
        backup: backup::write(backup),
        units: units.to_vec(),
        when: WHEN.to_owned(),
    };
    let (reply, bytes) = serve::answer(&asked.clone().request(), &[], &mut |_| {});
    assert!(matches!(reply, Reply::Written { .. }), "{reply:?}");
    WriteUnitForms::answer(reply, bytes).unwrap()
}

/// All that stands in a workbook, as text.
pub fn inside(workbook: &[u8]) -> String {
    files(workbook).iter().map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).collect()
}

pub fn division(catalogue: &Catalogue, backup: &Backup) -> Vec<UnitWork> {
    backup.assessment.division(catalogue)
}

#[test]
fn every_unit_gets_its_points_and_nothing_of_others() {
    let catalogue = catalogue(PANJIN);
    let backup = district_of(&catalogue);
    let all = division(&catalogue, &backup);
    assert_eq!(all.len(), catalogue.departments.len());
    let ids: Vec<RowId> = all.iter().map(|it| it.id.clone()).collect();
    let packed = written(&catalogue, &backup, &ids);
    let mut archive = zip::ZipArchive::new(Cursor::new(&packed)).unwrap();
    let time = archive.by_index(1).unwrap().last_modified().unwrap();
    assert_eq!(
        format!("{}-{}-{} {}:{:02}", time.year(), time.month(), time.day(), time.hour(), time.minute()),
        WHEN
    );
    let zip = files(&packed);
    assert_eq!(zip.len(), all.len() + 1);
    let overview = inside(&zip[0].1);
    assert!(overview.contains("任务 12、17、40、42、44") && overview.contains("任务 1 至 62"));
    for (work, (name, bytes)) in all.iter().zip(&zip[1..]) {
        assert!(name.contains(&work.name) && overview.contains(name.as_str()), "{name}");
        let text = inside(bytes);
        for (at, point) in catalogue.points().iter().enumerate() {
            let own = work.points.iter().any(|(index, ..)| *index == at);
            let alone = own && point.units.len() == 1;
            // In the visible cells and in the hidden data.
            assert_eq!(text.contains(&told(at)), alone, "{name}: {at}");
            assert_eq!(text.contains(point.text.split('\n').next().unwrap()), own, "{name}: {at}");
        }
        let returned = back(&catalogue, &books::read(bytes).unwrap());
        assert_eq!((found(&returned), &returned.remarks), (Vec::new(), &Vec::new()));
        let share = returned.theirs.head.share.as_ref().unwrap();
        assert_eq!((&share.unit, share.points.len()), (&work.id, work.points.len()));
        assert_eq!(returned.theirs.head.origin.as_ref(), Some(&backup.assessment.head.id));
    }
}

#[test]
fn one_unit_alone_is_a_workbook_with_guards_and_rows_that_grow() {
    let catalogue = catalogue(PANJIN);
    let backup = district_of(&catalogue);
    let work = &division(&catalogue, &backup)[0];
    let bytes = written(&catalogue, &backup, std::slice::from_ref(&work.id));
    assert!(books::read(&bytes).unwrap().sheets.iter().any(|sheet| sheet.name == form::NAME));
    let share = backup.assessment.share_for(&catalogue, work, "x");
    let part = share.head.part_of(Arc::new(catalogue.clone()));
    assert_eq!(part.points().len(), work.points.len());
    assert_eq!(part.text_hash(), catalogue.text_hash());
    let cut = Backup { assessment: share, ..backup };
    let book = submission(&part, &cut, WHEN);
    let sheet = book.sheets.iter().find(|sheet| sheet.name == form::NAME).unwrap();
    let guarded: Vec<usize> =
        sheet.validations.iter().filter(|it| it.rule == Allowed::Nothing).map(|it| it.column).collect();
    let heads = &sheet.rows[sheet.page.as_ref().unwrap().repeated_row.unwrap() as usize];
    let named = |column: &usize| format!("{:?}", heads.cells[*column].content);
    assert!(guarded.iter().any(|column| named(column).contains("序号")));
    assert!(!guarded.iter().any(|column| named(column).contains("完成情况说明")));
    let answered = |row: &&zhidu::workbook::sheet::Row| row.cells.iter().any(|cell| cell.holds.is_some());
    assert!(sheet.rows.iter().filter(answered).all(|row| row.height >= Some(720)));
    assert!(!inside(&bytes).contains("customHeight"));
}

/// The district after a unit's return was taken in as proposed.
pub fn taken(
    district: &mut Assessment,
    catalogue: &Catalogue,
    base: &Assessment,
    theirs: &Assessment,
) -> Proposal {
    let [before, after] = district.returned_share(catalogue, base, theirs);
    let revision = Revision {
        content: content_hash(theirs).chars().take(12).collect(),
        replica: ReplicaId::from_random(9),
        seq: 1,
    };
    let news = district.return_of(catalogue, theirs, ("回传.xlsx", &revision), WHEN);
    let proposal = Proposal::new("回传".to_owned(), Some(before), after, district, Vec::new());
    let proposal = proposal.returned_by(news, district);
    for edit in proposal.take(district).edits {
        district.apply(&edit).unwrap();
    }
    proposal
}

#[test]
fn what_units_return_stands_side_by_side_and_overwrites_nobody() {
    let catalogue = catalogue(PANJIN);
    let mut district = empty(&catalogue);
    let (at, point) = catalogue.points().iter().enumerate().find(|(_, point)| point.units.len() > 1).unwrap();
    let all = division(&catalogue, &district);
    let of_point: Vec<&UnitWork> =
        all.iter().filter(|work| work.points.iter().any(|(index, ..)| *index == at)).collect();
    let narrative = Place::Answer(point.id.clone(), AnswerField::Narrative);
    let mut returns = Vec::new();
    for work in &of_point[..2] {
        let base = district.assessment.share_for(&catalogue, work, "1");
        let mut theirs = base.clone();
        theirs.set_text(&narrative, &format!("{}的说明。", work.name));
        for edit in theirs.adding_evidence(&point.id, RowId::from_random(work.points.len() as u128 + 77)) {
            theirs.apply(&edit).unwrap();
        }
        returns.push((base, theirs));
    }
    let both = {
        let mut there = district.assessment.clone();
        let mut back = there.clone();
        returns.iter().for_each(|(base, theirs)| drop(taken(&mut there, &catalogue, base, theirs)));
        returns.iter().rev().for_each(|(base, theirs)| drop(taken(&mut back, &catalogue, base, theirs)));
        assert_eq!(there.contributions, back.contributions);
        assert_eq!(there.answers.keys().collect::<Vec<_>>(), back.answers.keys().collect::<Vec<_>>());
        let texts = |it: &Assessment| it.answers.values().map(|it| it.narrative.clone()).collect::<Vec<_>>();
        assert_eq!(texts(&there), texts(&back), "the order does not matter");
        there
    };
    for work in &of_point[..2] {
        let row = contribution_id(&work.id, Some(&point.id));
        let text = format!("{}的说明。", work.name);
        assert_eq!(both.contributions[&row].text, text);
        assert_eq!(both.contributions[&row].state, ContributionState::Received);
    }
    // Neither is the district's until a person makes it so.
    assert_eq!(both.text(&narrative), "");
    let mut whole = both.clone();
    appending_all(&catalogue, &both).iter().for_each(|edit| whole.apply(edit).unwrap());
    let units = assigned(&both.units_text(point)).iter().map(|it| it.name.to_owned()).collect::<Vec<_>>();
    let told: Vec<String> = units
        .iter()
        .filter(|name| of_point[..2].iter().any(|it| it.name == **name))
        .map(|it| format!("{it}的说明。"))
        .collect();
    assert_eq!(whole.text(&narrative), told.join("\n"));
    assert_eq!(appending_all(&catalogue, &whole), [], "what stands there is not put there again");
    let mut reworded = whole.clone();
    reworded.set_text(&narrative, "改写过了。");
    assert_eq!(appending_all(&catalogue, &reworded), [], "nor what a person has reworded since");
    for (sentence, unit) in origins(&whole, &point.id) {
        let name = &whole.units[unit.unwrap()].name;
        assert_eq!(sentence.trim(), format!("{name}的说明。"));
    }
    let mut numbers: Vec<&str> = both.evidence.values().map(|it| it.number.as_str()).collect();
    numbers.dedup();
    assert_eq!(numbers.len(), 2, "numbers do not collide: {numbers:?}");
    district.assessment = both;
    let (base, theirs) = &returns[1];
    let before = district.assessment.clone();
    let again = taken(&mut district.assessment, &catalogue, base, theirs);
    assert_eq!(district.assessment, before, "the same file again changes nothing");
    assert_eq!(again.count().undecided, 0, "and asks nothing again");
    assert_eq!(again.returned.as_ref().unwrap().standing, ReturnStanding::Same);

    // What it says anew is held against what it said before.
    let mut anew = theirs.clone();
    anew.set_text(&narrative, &format!("{}的说明。补充一句。", of_point[1].name));
    let proposal = taken(&mut district.assessment, &catalogue, base, &anew);
    let change = proposal.changes().iter().find(|(it, _)| it.subject == Subject::Text(narrative.clone()));
    let (change, _) = change.unwrap();
    assert_eq!(proposal.returned.as_ref().unwrap().standing, ReturnStanding::New);
    // One that came before comes once more.
    let late = taken(&mut district.assessment, &catalogue, base, theirs);
    assert_eq!(late.returned.as_ref().unwrap().standing, ReturnStanding::Older);
    let row = contribution_id(&of_point[1].id, Some(&point.id));
    assert!(district.assessment.contributions[&row].text.contains("补充一句"), "the newer one stays");
    assert_eq!(change.base.as_deref(), Some(format!("{}的说明。", of_point[1].name).as_str()));
}

#[test]
fn what_gave_way_to_another_units_text_is_open_again() {
    let catalogue = catalogue(PANJIN);
    let mut district = empty(&catalogue);
    let (at, point) = catalogue.points().iter().enumerate().find(|(_, point)| point.units.len() > 1).unwrap();
    let narrative = Place::Answer(point.id.clone(), AnswerField::Narrative);
    let all = division(&catalogue, &district);
    let of_point = all.iter().filter(|work| work.points.iter().any(|(index, ..)| *index == at));
    let mut rows = Vec::new();
    for work in of_point.take(2) {
        let base = district.assessment.share_for(&catalogue, work, "1");
        let mut theirs = base.clone();
        theirs.set_text(&narrative, &format!("{}的说明。", work.name));
        taken(&mut district.assessment, &catalogue, &base, &theirs);
        rows.push(contribution_id(&work.id, Some(&point.id)));
    }
    let mut state = district.assessment;
    let mut adopt = |row: &RowId, how| {
        adopting(&state, row, how).iter().for_each(|edit| state.apply(edit).unwrap());
        let states: Vec<ContributionState> = rows.iter().map(|row| state.contributions[row].state).collect();
        (state.text(&narrative).to_owned(), states)
    };
    let [first, second] = [0, 1].map(|at| rows[at].clone());
    use ContributionState::{Received, Reviewed};
    assert_eq!(adopt(&first, Adopting::Behind).1, [Reviewed, Received]);
    let (both, states) = adopt(&second, Adopting::Behind);
    assert_eq!((both.lines().count(), states), (2, vec![Reviewed, Reviewed]));
    let (alone, states) = adopt(&second, Adopting::Instead);
    assert_eq!((alone.lines().count(), states), (1, vec![Received, Reviewed]));
}

#[test]
fn handing_back_writes_the_reason_at_each_point() {
    let catalogue = catalogue(PANJIN);
    let mut district = empty(&catalogue);
    let work = division(&catalogue, &district).remove(1);
    let base = district.assessment.share_for(&catalogue, &work, "1");
    let mut theirs = base.clone();
    let point = catalogue.points()[work.points[0].0].id.clone();
    theirs.set_text(&Place::Answer(point.clone(), AnswerField::Narrative), "已落实。");
    taken(&mut district.assessment, &catalogue, &base, &theirs);
    let row = contribution_id(&work.id, Some(&point));
    let edits = district.assessment.reviewing(
        std::slice::from_ref(&row),
        ContributionState::Returned,
        "请补充开会次数",
    );
    edits.iter().for_each(|edit| district.assessment.apply(edit).unwrap());
    let bytes = written(&catalogue, &district, std::slice::from_ref(&work.id));
    let text = inside(&bytes);
    assert!(text.contains("退回意见") && text.contains("请补充开会次数") && text.contains("已落实。"));
    // The same text again stays handed back; another one is a new return.
    taken(&mut district.assessment, &catalogue, &base, &theirs);
    assert_eq!(district.assessment.contributions[&row].state, ContributionState::Returned);
    theirs.set_text(&Place::Answer(point, AnswerField::Narrative), "已落实，开会 4 次。");
    taken(&mut district.assessment, &catalogue, &base, &theirs);
    assert_eq!(district.assessment.contributions[&row].state, ContributionState::Received);
}

#[test]
fn a_point_that_was_taken_from_a_unit_is_not_in_its_next_file() {
    let catalogue = catalogue(PANJIN);
    let mut district = empty(&catalogue);
    let work = division(&catalogue, &district).remove(2);
    let point = catalogue.points()[work.points[0].0].id.clone();
    let edits = district.assessment.assigning(&catalogue, &[point], &work.name, Assign::Remove);
    edits.iter().for_each(|edit| district.assessment.apply(edit).unwrap());
    let later = division(&catalogue, &district).remove(2);
    assert_eq!(later.points.len() + 1, work.points.len());
}

#[test]
fn a_material_that_is_here_under_the_same_name_is_asked_about_and_can_be_the_one() {
    let catalogue = catalogue(PANJIN);
    let mut district = empty(&catalogue).assessment;
    let (first, second) = (catalogue.points()[0].id.clone(), catalogue.points()[1].id.clone());
    let own = RowId::from_random(1);
    for edit in district.adding_evidence(&first, own.clone()) {
        district.apply(&edit).unwrap();
    }
    district.set_text(&Place::Evidence(own.clone(), EvidenceField::Title), "关于成立领导小组的通知");
    let base = district.clone();
    let mut theirs = base.clone();
    let fresh = RowId::from_random(2);
    for edit in theirs.adding_evidence(&second, fresh.clone()) {
        theirs.apply(&edit).unwrap();
    }
    theirs.set_text(&Place::Evidence(fresh.clone(), EvidenceField::Title), "关于成立 领导小组的通知");
    let mut proposal = Proposal::new("文件".to_owned(), Some(base), theirs, &district, Vec::new());
    let at =
        proposal.changes().iter().position(|(it, _)| it.subject == Subject::Material(fresh.clone())).unwrap();
    assert_eq!(proposal.changes()[at].1, None, "a person has to say");
    assert_eq!(proposal.twin(&proposal.changes()[at].0), Some(&own));
    let mut apart = proposal.clone();
    apart.decide(at, Some(Decision::Theirs));
    let mut two = district.clone();
    apart.take(&two).edits.iter().for_each(|edit| two.apply(edit).unwrap());
    assert_eq!(two.evidence.len(), 2);
    proposal.decide(at, Some(Decision::Ours));
    let taken = proposal.take(&district);
    taken.edits.iter().for_each(|edit| district.apply(edit).unwrap());
    assert_eq!(district.evidence.len(), 1);
    assert_eq!(district.answer(&second).evidence, [own]);
    assert_eq!(taken.left, []);
}

#[test]
fn what_a_unit_says_of_a_shared_point_is_its_own_and_comes_back_to_it() {
    let catalogue = catalogue(PANJIN);
    let mut district = empty(&catalogue);
    let (at, point) = catalogue.points().iter().enumerate().find(|(_, point)| point.units.len() > 1).unwrap();
    let all = division(&catalogue, &district);
    let work = all.iter().find(|work| work.points.iter().any(|(index, ..)| *index == at)).unwrap();
    let base = district.assessment.share_for(&catalogue, work, "1");
    let mut theirs = base.clone();
    for edit in theirs.setting_state(&point.id, State::NotApplicable) {
        theirs.apply(&edit).unwrap();
    }
    theirs.set_text(&Place::Answer(point.id.clone(), AnswerField::Waiver), "没有这项职责");
    let proposal = taken(&mut district.assessment, &catalogue, &base, &theirs);
    let left = proposal.take(&district.assessment).left;
    assert_eq!(left, [], "nothing is set apart: it is kept as the unit's");
    let answer = district.assessment.answer(&point.id);
    assert_eq!((answer.state, answer.waiver.as_str()), (State::Blank, ""));
    let again = district.assessment.share_for(&catalogue, work, "2");
    let answer = again.answer(&point.id);
    assert_eq!((answer.state, answer.waiver.as_str()), (State::NotApplicable, "没有这项职责"));
}

#[test]
fn a_point_is_named_by_its_number_with_or_without_its_word() {
    let catalogue = catalogue(PANJIN);
    let backup = empty(&catalogue);
    let mut book = file(&catalogue, &backup);
    let sheet = sheet(&mut book, evidence::NAME);
    let width = sheet.rows.iter().map(Vec::len).max().unwrap();
    let mut row = vec![String::new(); width.max(8)];
    (row[1], row[7]) = ("年度报告".to_owned(), "任务58".to_owned());
    sheet.rows.push(row);
    let returned = back(&catalogue, &book);
    let point = catalogue.points().iter().find(|point| point.no == "58").unwrap();
    assert_eq!(returned.theirs.answer(&point.id).evidence.len(), 1, "{:?}", returned.remarks);
}

#[test]
fn a_unit_that_is_asked_for_schools_gets_room_for_them_and_brings_them_back() {
    let catalogue = catalogue(PANJIN);
    let mut district = empty(&catalogue);
    let work = division(&catalogue, &district).remove(3);
    for edit in district.assessment.asking_unit(&work.name, SCHOOLS, true) {
        district.assessment.apply(&edit).unwrap();
    }
    let work = division(&catalogue, &district).remove(3);
    let bytes = written(&catalogue, &district, std::slice::from_ref(&work.id));
    let mut book = books::read(&bytes).unwrap();
    let sheet = sheet(&mut book, schools::NAME);
    let heads = sheet.rows.iter().position(|row| row.len() > 5).unwrap();
    let mut row = vec![String::new(); sheet.rows[heads].len()];
    for (column, text) in [(Column::Name, "第一小学"), (Column::Stage, "小学"), (Column::Pupils, "820")]
    {
        row[column as usize] = text.to_owned();
    }
    sheet.rows.truncate(heads + 1);
    sheet.rows.push(row);
    let returned = back(&catalogue, &book);
    let (_, school) = returned.theirs.schools.iter().next().unwrap();
    assert_eq!((school.text(Column::Name), school.text(Column::Pupils)), ("第一小学", "820"));
    assert_eq!(returned.remarks, []);
}

#[test]
fn a_table_without_its_heads_is_read_where_it_stands() {
    let catalogue = catalogue(PANJIN);
    let backup = empty(&catalogue);
    let column = {
        let book = submission(&catalogue, &backup, WHEN);
        let sheet = book.sheets.iter().find(|sheet| sheet.name == form::NAME).unwrap();
        let heads = &sheet.rows[sheet.page.as_ref().unwrap().repeated_row.unwrap() as usize];
        heads.cells.iter().position(|cell| format!("{:?}", cell.content).contains("完成情况说明")).unwrap()
    };
    let mut book = file(&catalogue, &backup);
    let sheet = sheet(&mut book, form::NAME);
    let head = sheet.rows.iter().position(|row| row.iter().any(|cell| cell == "完成情况说明")).unwrap();
    sheet.rows[head + 1][column] = "没有表头也在。".to_owned();
    sheet.rows.remove(head);
    let returned = back(&catalogue, &book);
    let place = Place::Answer(catalogue.points()[0].id.clone(), AnswerField::Narrative);
    assert_eq!(returned.theirs.text(&place), "没有表头也在。", "{:?}", returned.remarks);
    // Where columns have been moved as well, nobody knows what is what.
    for row in &mut self::sheet(&mut book, form::NAME).rows {
        row.insert(0, String::new());
    }
    let returned = back(&catalogue, &book);
    assert_eq!(returned.theirs.text(&place), "");
    assert!(returned.remarks.iter().any(|it| it.about == About::NoHeads));
}
