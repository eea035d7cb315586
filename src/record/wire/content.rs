//! The forms of what an assessment is made of, and of the whole of it. Fields stand
//! in the order in which they are written.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::mirror::{Wire, mirror};
use super::{BASE, Body};
use crate::assessment::{Assessment, AssessmentId, MuteId, RowId, State};
use crate::catalogue::{CatalogueId, FigureId, PointId};
use crate::record::log::Logged;
use crate::school::Column;

mod domain {
    pub use crate::assessment::{Answer, CatalogueRef, CheckItem, Cover, Evidence, Figure, Head};
    pub use crate::school::School;
}

mirror! {
    /// Identity and cover.
    Head of Head {
        id: AssessmentId,
        origin: Option<AssessmentId>,
        previous: Option<AssessmentId>,
        catalogue: CatalogueRef,
        name: String,
        unit_name: String,
        unit_code: String,
        year: String,
        due: String,
        cover: Cover,
        example: bool,
    }
}

mirror! {
    /// Which catalogue, and in which wording.
    CatalogueRef of CatalogueRef { id: CatalogueId, title: String, text_hash: String, rules_hash: String }
}

mirror! {
    /// The lines at the foot of the cover.
    Cover of Cover { filler: String, reviewer: String, leader: String, phone: String }
}

mirror! {
    /// The answer of a point.
    Answer of Answer {
        state: State,
        score: String,
        narrative: String,
        deduction: String,
        waiver: String,
        units: String,
        filler: String,
        evidence: Vec<RowId>,
        numbered: u32,
        check_items: Vec<CheckItem>,
    }
}

mirror! {
    /// A 测评点 of the user's own.
    CheckItem of CheckItem { id: RowId, text: String, finding: String }
}

mirror! {
    /// A material.
    Evidence of Evidence {
        number: String,
        title: String,
        doc_no: String,
        formed_on: String,
        unit: String,
        pages: String,
        location: String,
    }
}

mirror! {
    /// A figure.
    Figure of Figure { raw: String, year: String, note: String }
}

mirror! {
    /// A row of 学校数据.
    School of School { place: u32, cells: BTreeMap<Column, String> }
}

/// A whole assessment: maps in the order of their keys.
#[derive(Serialize, Deserialize)]
pub struct Content {
    head: Head,
    answers: BTreeMap<PointId, Answer>,
    evidence: BTreeMap<RowId, Evidence>,
    // Absent in version 1; left out when empty, so that a state that has none of
    // them keeps the name that it had then.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    figures: BTreeMap<FigureId, Figure>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    schools: BTreeMap<RowId, School>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    mutes: BTreeMap<MuteId, String>,
    /// The highest version that a part of it needs.
    #[serde(skip)]
    version: u32,
}

impl Content {
    /// The form of an assessment.
    pub fn of(assessment: &Assessment) -> Content {
        let Assessment { head, answers, evidence, figures, schools, mutes } = assessment;
        Content {
            head: Wire::of(head),
            answers: Wire::of(answers),
            evidence: Wire::of(evidence),
            figures: Wire::of(figures),
            schools: Wire::of(schools),
            mutes: mutes.clone(),
            version: highest([
                head.version(),
                highest(answers.values().map(Body::version)),
                highest(evidence.values().map(Body::version)),
                highest(figures.values().map(Body::version)),
                highest(schools.values().map(Body::version)),
                highest(mutes.values().map(Body::version)),
            ]),
        }
    }

    /// The assessment.
    pub fn back(self) -> Assessment {
        Assessment {
            head: self.head.back(),
            answers: self.answers.back(),
            evidence: self.evidence.back(),
            figures: self.figures.back(),
            schools: self.schools.back(),
            mutes: self.mutes,
        }
    }

    /// The version of a file that holds it and this change log.
    pub fn version_with(&self, log: &[Logged]) -> u32 {
        highest(log.iter().map(|it| it.entry.version()).chain([self.version]))
    }

    pub(super) fn highest(&self) -> u32 {
        self.version
    }
}

/// The highest of several versions.
fn highest(versions: impl IntoIterator<Item = u32>) -> u32 {
    versions.into_iter().max().unwrap_or(BASE).max(BASE)
}
