//! 查找替换 in all texts that the district has written, with everything shown before it is
//! done. What is looked for is taken as it is typed, letter by letter.

use crate::assessment::edit::Edit;
use crate::assessment::place::{AnswerField, CheckItemField, EvidenceField, FigureField, Place};
use crate::assessment::{Assessment, RowId};
use crate::catalogue::{Catalogue, PointId};
use crate::value::sets::set_of;

/// So many characters are shown on each side of what was found.
const AROUND: usize = 18;

/// A text in which something was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Where it stands.
    pub place: Place,
    /// How often it was found.
    pub count: usize,
    /// The first place where it was found, with what is around it: before, found, behind.
    pub around: [String; 3],
    /// What the text reads afterwards.
    pub after: String,
}

/// The texts in which `wanted` stands: of these points, with their materials and figures.
pub fn find(
    catalogue: &Catalogue,
    assessment: &Assessment,
    points: &[PointId],
    wanted: &str,
    instead: &str,
) -> Vec<Hit> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let places = places(catalogue, assessment, points);
    places.into_iter().filter_map(|place| hit(assessment, place, wanted, instead)).collect()
}

/// The changes of replacing it in these texts.
pub fn replacing<'a>(assessment: &Assessment, hits: impl IntoIterator<Item = &'a Hit>) -> Vec<Edit> {
    hits.into_iter().filter_map(|hit| assessment.splice_to(&hit.place, &hit.after)).collect()
}

fn hit(assessment: &Assessment, place: Place, wanted: &str, instead: &str) -> Option<Hit> {
    let text = assessment.text(&place);
    let at = text.find(wanted)?;
    let before: Vec<char> = text.get(..at)?.chars().rev().take(AROUND).collect();
    let behind: String = text.get(at + wanted.len()..)?.chars().take(AROUND).collect();
    Some(Hit {
        count: text.matches(wanted).count(),
        around: [before.into_iter().rev().collect(), wanted.to_owned(), behind],
        after: text.replace(wanted, instead),
        place,
    })
}

fn places(catalogue: &Catalogue, assessment: &Assessment, points: &[PointId]) -> Vec<Place> {
    use AnswerField::{Deduction, Filler, Narrative, Units, Waiver};
    let mut places = Vec::new();
    let mut materials: Vec<&RowId> = Vec::new();
    for point in points {
        let answer = assessment.answer(point);
        let fields = [Narrative, Deduction, Waiver, Units, Filler];
        places.extend(fields.map(|field| Place::Answer(point.clone(), field)));
        for item in &answer.check_items {
            let field = |field| Place::CheckItem(point.clone(), item.id.clone(), field);
            places.extend(CheckItemField::ALL.map(field));
        }
        materials.extend(&answer.evidence);
    }
    for row in set_of(materials) {
        places.extend(EvidenceField::ALL.map(|field| Place::Evidence(row.clone(), field)));
    }
    let asked = points.iter().filter_map(|id| catalogue.point(id)).flat_map(|(_, point)| point.figures());
    for id in set_of(asked) {
        places.push(Place::Figure(id.clone(), FigureField::Note));
    }
    places
}
