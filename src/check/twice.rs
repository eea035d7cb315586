//! Schools that stand twice in 学校数据, and codes that several schools share.

use std::collections::BTreeMap;

use super::{Found, Rule, Target};
use crate::assessment::place::Place;
use crate::school::intake::stage_key;
use crate::school::{Column, School};
use crate::value::fold::fold;

pub(super) fn look(found: &mut Found<'_>) {
    let schools = found.data.assessment.schools_in_order();
    let mut by_name: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    let mut by_code: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, (_, school)) in schools.iter().enumerate() {
        let (name, code) = (fold(school.text(Column::Name)), fold(school.text(Column::Code)));
        if !name.is_empty() {
            by_name.entry((name, stage_key(&school.cells))).or_default().push(at);
        }
        if !code.is_empty() {
            by_code.entry(code).or_default().push(at);
        }
    }
    let code = |school: &School| fold(school.text(Column::Code));
    for rows in by_name.into_values().filter(|rows| rows.len() > 1) {
        let Some((_, first)) = rows.first().and_then(|at| schools.get(*at)) else { continue };
        for (row, school) in rows.iter().skip(1).filter_map(|at| schools.get(*at)) {
            // Two codes tell two schools of one name apart.
            let (one, other) = (code(first), code(school));
            if one.is_empty() || other.is_empty() || one == other {
                let stage = school.stage().map_or("", |stage| stage.label());
                let text = format!("{}{stage}：有 {} 行，请合并为一行", school.called(), rows.len());
                let place = Place::School((*row).clone(), Column::Name);
                found.add(Rule::SameSchool, Target::School(place), text);
                break;
            }
        }
    }
    for (code, rows) in by_code {
        let rows = || rows.iter().filter_map(|at| schools.get(*at));
        let Some((_, first)) = rows().next() else { continue };
        let other = rows().find(|(_, it)| fold(it.text(Column::Name)) != fold(first.text(Column::Name)));
        if let Some((row, school)) = other {
            let text = format!("代码 {code} 同时用于{}和{}", first.called(), school.called());
            let place = Place::School((*row).clone(), Column::Code);
            found.add(Rule::SharedCode, Target::School(place), text);
        }
    }
}
