//! What a cell holds of the assessment: by the places of its cells every text is
//! found again, so that a file can be read as the inverse of writing it.

use std::collections::{BTreeMap, BTreeSet};

use zhidu::assessment::Assessment;
use zhidu::assessment::place::{AnswerField, CheckItemField, EvidenceField, FigureField, HeadField, Place};
use zhidu::catalogue::Catalogue;
use zhidu::school::Column;
use zhidu::value::number::Number;
use zhidu::workbook::holds::Holds;
use zhidu::workbook::sheet::{Content, Value};
use zhidu::workbook::{Workbook, submission};

use crate::district::district;
use crate::sample::{IDS, WHEN, catalogue, filled};
use crate::{book, cells};

/// Every place of an assessment at which a text may stand.
fn places(assessment: &Assessment, catalogue: &Catalogue) -> BTreeSet<Place> {
    let mut all: BTreeSet<Place> = HeadField::ALL.into_iter().map(Place::Head).collect();
    for (point, answer) in &assessment.answers {
        all.extend(AnswerField::ALL.map(|field| Place::Answer(point.clone(), field)));
        for item in &answer.check_items {
            all.extend(
                CheckItemField::ALL.map(|field| Place::CheckItem(point.clone(), item.id.clone(), field)),
            );
        }
    }
    for row in assessment.evidence.keys() {
        all.extend(EvidenceField::ALL.map(|field| Place::Evidence(row.clone(), field)));
    }
    for spec in &catalogue.figures {
        all.extend(FigureField::ALL.map(|field| Place::Figure(spec.id.clone(), field)));
    }
    for (row, school) in &assessment.schools {
        if school.cells.values().any(|text| !text.is_empty()) {
            all.extend(Column::ALL.map(|column| Place::School(row.clone(), column)));
        }
    }
    all
}

/// The texts that the visible cells hold, their pieces joined, and the places whose
/// text is read as something or stood in for.
fn held(workbook: &Workbook) -> (BTreeMap<Place, String>, BTreeMap<Place, String>) {
    let (mut pieces, mut read) = (BTreeMap::<Place, BTreeMap<usize, String>>::new(), BTreeMap::new());
    for (_, cell) in workbook.sheets.iter().filter(|it| !it.very_hidden).flat_map(cells) {
        let shown = match &cell.content {
            Content::Blank => String::new(),
            Content::Text(text) => text.clone(),
            Content::Number(number) => number.to_string(),
            Content::Formula { value: Value::Text(text), .. } => text.clone(),
            Content::Formula { value: Value::Quantity(number), .. } => number.to_string(),
        };
        match &cell.holds {
            Some(Holds::Text { place, piece }) => {
                let old = pieces.entry(place.clone()).or_default().insert(*piece, shown);
                assert!(old.is_none(), "{place} {piece} twice");
            }
            Some(Holds::Value(place)) => {
                assert!(read.insert(place.clone(), shown).is_none(), "{place} twice");
            }
            Some(Holds::StandIn(place)) => {
                read.entry(place.clone()).or_insert_with(String::new).push_str(&shown);
            }
            _ => {}
        }
    }
    let joined = |(place, pieces): (Place, BTreeMap<usize, String>)| {
        let last = pieces.len() - 1;
        assert_eq!(pieces.keys().next_back(), Some(&last), "{place} has a gap");
        (place, pieces.into_values().collect())
    };
    (pieces.into_iter().map(joined).collect(), read)
}

#[test]
fn every_text_is_found_again_by_its_place() {
    for id in IDS {
        let catalogue = catalogue(id);
        let states = [
            filled(&catalogue),
            district(&catalogue, true, false),
            district(&catalogue, false, true),
            book::finished(&catalogue),
        ];
        for backup in states {
            let assessment = &backup.assessment;
            let (texts, read) = held(&submission(&catalogue, &backup, WHEN));
            for place in places(assessment, &catalogue) {
                let text = assessment.text(&place);
                match (texts.get(&place), read.get(&place)) {
                    (Some(found), None) => assert_eq!(found, text, "{id} {place}"),
                    // Read as a number, or as the word for a choice.
                    (None, Some(found)) if !text.is_empty() => {
                        let number = |text: &str| Number::parse(text).ok();
                        let same = number(found).is_some() && number(found) == number(text);
                        let word = matches!(place, Place::Figure(_, FigureField::Raw));
                        assert!(same || word, "{id} {place}: {text} is {found}");
                    }
                    (None, Some(_)) => {}
                    // No column of a catalogue that has no such thing.
                    (None, None) => assert!(text.is_empty(), "{id} {place}: {text} is nowhere"),
                    (Some(_), Some(_)) => panic!("{id} {place} stands in two places"),
                }
            }
        }
    }
}

#[test]
fn a_long_text_is_numbered_by_its_pieces() {
    let catalogue = catalogue("beijing-balance-2018");
    let backup = book::finished(&catalogue);
    let workbook = submission(&catalogue, &backup, WHEN);
    let point = &catalogue.points()[6].id;
    let wanted = Place::Answer(point.clone(), AnswerField::Narrative);
    let pieces: Vec<usize> = cells(&workbook.sheets[1])
        .filter_map(|(_, cell)| match &cell.holds {
            Some(Holds::Text { place, piece }) if *place == wanted => Some(*piece),
            _ => None,
        })
        .collect();
    assert!(pieces.len() > 3 && pieces.iter().copied().eq(0..pieces.len()), "{pieces:?}");
    let other = |wanted: &Holds| {
        workbook.sheets.iter().flat_map(cells).any(|(_, cell)| cell.holds.as_ref() == Some(wanted))
    };
    assert!(other(&Holds::State(point.clone())) && other(&Holds::Materials(point.clone())));
    let material = backup.assessment.evidence.keys().next().unwrap();
    assert!(other(&Holds::Number(material.clone())) && other(&Holds::Citing(material.clone())));
}
