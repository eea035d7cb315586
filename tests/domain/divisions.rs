//! 责任单位 and 分工.

use zhidu::assessment::place::{AnswerField, Place, UnitField};
use zhidu::assessment::unit::{Assign, Role, SCHOOLS, assigned};
use zhidu::assessment::{Assessment, AssessmentId};
use zhidu::catalogue::{Catalogue, PointId, embedded};

fn panjin() -> Catalogue {
    let (_, json) = embedded().iter().find(|(id, _)| *id == "panjin-duties-2019").unwrap();
    Catalogue::parse(json).unwrap()
}

fn work(catalogue: &Catalogue) -> Assessment {
    Assessment::new(AssessmentId::from_random(7), catalogue, "兴隆台区", "211103", "2026")
}

#[track_caller]
fn check(text: &str, expected: &[(&str, Role, bool)]) {
    let found: Vec<_> = assigned(text).into_iter().map(|it| (it.name, it.role, it.stated)).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn units_are_read_from_the_ways_in_which_they_are_written() {
    use Role::{Joint, Lead};
    check("", &[]);
    check("—", &[]);
    check("市教育局", &[("市教育局", Lead, false)]);
    check("市教育局、市财政局", &[("市教育局", Lead, false), ("市财政局", Joint, false)]);
    check("市教育局；市教育局，市财政局", &[("市教育局", Lead, false), ("市财政局", Joint, false)]);
    check("市教育局(配合)、市财政局（牵头）", &[("市教育局", Joint, true), ("市财政局", Lead, true)]);
    check("市教育局、市财政局（牵头单位）", &[("市教育局", Joint, false), ("市财政局", Lead, true)]);
    check(
        "牵头单位：市教育局；配合单位：市财政局、市人社局",
        &[("市教育局", Lead, true), ("市财政局", Joint, true), ("市人社局", Joint, true)],
    );
    check("责任单位：市教育局（电教馆）", &[("市教育局（电教馆）", Lead, false)]);
}

fn points(catalogue: &Catalogue, at: &[usize]) -> Vec<PointId> {
    at.iter().map(|at| catalogue.points()[*at].id.clone()).collect()
}

fn done(work: &mut Assessment, edits: Vec<zhidu::assessment::edit::Edit>) {
    assert!(!edits.is_empty());
    edits.iter().for_each(|edit| work.apply(edit).unwrap());
}

#[test]
fn assigning_is_a_text_that_says_who_leads_once_a_person_has_said_so() {
    let catalogue = panjin();
    let mut work = work(&catalogue);
    let ids = points(&catalogue, &[0]);
    let usual = catalogue.points()[0].units.join("、");
    let first = catalogue.points()[0].units[0].clone();
    let units = |work: &Assessment| work.answer(&ids[0]).units.clone();
    let edits = work.assigning(&catalogue, &ids, "区委宣传部", Assign::Joint);
    done(&mut work, edits);
    assert_eq!(units(&work), format!("{usual}、区委宣传部（配合）"));
    let edits = work.assigning(&catalogue, &ids, "区委宣传部", Assign::Lead);
    done(&mut work, edits);
    assert!(units(&work).starts_with(&format!("区委宣传部（牵头）、{first}")), "{}", units(&work));
    let edits = work.assigning(&catalogue, &ids, "区委宣传部", Assign::Alone);
    done(&mut work, edits);
    assert_eq!(units(&work), "区委宣传部（牵头）");
    let edits = work.assigning(&catalogue, &ids, "区委宣传部", Assign::Remove);
    done(&mut work, edits);
    assert_eq!(units(&work), "—");
    assert!(work.answer(&ids[0]).units_in_force(&catalogue.points()[0]).is_empty());
    // What the catalogue says anyway is not written.
    let (at, two) = catalogue.points().iter().enumerate().find(|(_, it)| it.units.len() == 2).unwrap();
    let ids = points(&catalogue, &[at]);
    let edits = work.assigning(&catalogue, &ids, &two.units[1], Assign::Remove);
    done(&mut work, edits);
    assert_eq!(work.answer(&ids[0]).units, two.units[0]);
    let edits = work.assigning(&catalogue, &ids, &two.units[1], Assign::Joint);
    done(&mut work, edits);
    assert_eq!(work.answer(&ids[0]).units, "");
}

#[test]
fn the_division_has_every_unit_once_with_all_its_points() {
    let catalogue = panjin();
    let mut work = work(&catalogue);
    let all = work.division(&catalogue);
    assert_eq!(all.iter().map(|it| it.name.clone()).collect::<Vec<_>>(), catalogue.departments);
    assert!(all.iter().all(|it| it.of_catalogue && !it.points.is_empty()));
    let named: usize = catalogue.points().iter().map(|point| point.units.len()).sum();
    assert_eq!(all.iter().map(|it| it.points.len()).sum::<usize>(), named);
    let leading = all.iter().flat_map(|it| &it.points).filter(|(_, role, _)| *role == Role::Lead).count();
    assert_eq!(leading, catalogue.points().iter().filter(|point| !point.units.is_empty()).count());

    let edits = work.adding_unit(&catalogue, " 区妇联 ");
    done(&mut work, edits);
    assert!(work.adding_unit(&catalogue, "区妇联").is_empty());
    for two in ["区妇联、区残联", "区妇联（牵头）", "—", " "] {
        assert!(work.adding_unit(&catalogue, two).is_empty(), "{two}");
    }
    assert!(work.adding_unit(&catalogue, &catalogue.departments[0]).is_empty());
    let edits = work.asking_unit("区妇联", SCHOOLS, true);
    done(&mut work, edits);
    let last = work.division(&catalogue).pop().unwrap();
    assert_eq!((last.name.as_str(), last.of_catalogue, last.schools.all), ("区妇联", false, true));
}

#[test]
fn a_unit_is_renamed_at_all_its_points_and_comes_back_under_its_old_name() {
    let catalogue = panjin();
    let mut work = work(&catalogue);
    let old = catalogue.departments[0].clone();
    let before = work.division(&catalogue);
    let edits = work.renaming_unit(&catalogue, &old, "兴隆台区教育局");
    let fresh = work.clone();
    done(&mut work, edits.clone());
    let after = work.division(&catalogue);
    assert_eq!(after.len(), before.len());
    assert_eq!(after[0].name, "兴隆台区教育局");
    assert_eq!((&after[0].id, &after[0].points), (&before[0].id, &before[0].points));
    assert!(work.renaming_unit(&catalogue, "兴隆台区教育局", &catalogue.departments[1]).is_empty());
    for edit in edits.into_iter().rev() {
        work.apply(&edit.invert()).unwrap();
    }
    assert_eq!(work, fresh);

    let edits = work.dropping_unit(&catalogue, &old);
    done(&mut work, edits);
    let idle = &work.division(&catalogue)[0];
    assert!(idle.name == old && idle.is_idle());
}

#[test]
fn what_is_known_of_a_unit_goes_when_it_is_emptied() {
    let catalogue = panjin();
    let mut work = work(&catalogue);
    let id = work.unit_id(&catalogue.departments[3]);
    work.set_text(&Place::Unit(id.clone(), UnitField::Contact), "赵六 2820000");
    assert_eq!(work.units.len(), 1);
    work.set_text(&Place::Unit(id, UnitField::Contact), "");
    assert!(work.units.is_empty());
    let place = Place::Answer(catalogue.points()[0].id.clone(), AnswerField::Units);
    work.set_text(&place, "  ");
    assert!(!work.division(&catalogue)[0].is_idle());
}
