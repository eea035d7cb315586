//! The forms of what an assessment is made of, and of the whole of it. Fields stand
//! in the order in which they are written.

use serde::Serialize;

use super::mirror::{MapOf, One, Wire, back, mirror};
use super::{BASE, Body};
use crate::assessment::{Assessment, AssessmentId, ContributionState, MuteId, RowId, State};
use crate::catalogue::{CatalogueId, FigureId, PointId};
use crate::school::Column;
use crate::value::json::{Fault, Json, OfJson, from_tree};
use crate::value::map::Map;

mod domain {
    pub use crate::assessment::{
        Answer, CatalogueRef, CheckItem, Contribution, Cover, Evidence, Figure, Head, Share, Unit,
    };
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
        example: bool;
        share: Option<Share>,
    }
}

mirror! {
    /// What makes a work 单位填报.
    Share of Share {
        unit: RowId,
        name: String,
        contact: String,
        due: String,
        points: Vec<PointId>,
        figures: Vec<FigureId>,
        schools: bool,
        given: String,
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
    School of School { place: u32, cells: Map<Column, String> }
}

mirror! {
    /// A 责任单位.
    Unit of Unit { name: String, contact: String, due: String, data: String, received: String }
}

mirror! {
    /// What a 责任单位 has handed in for a point.
    Contribution of Contribution {
        unit: RowId,
        point: Option<PointId>,
        state: ContributionState,
        status: State,
        text: String,
        deduction: String,
        waiver: String,
        figures: String,
        score: String,
        filler: String,
        reason: String,
        received: String,
        file: String,
    }
}

/// A whole assessment: maps in the order of their keys.
#[derive(Serialize)]
pub struct Content {
    #[serde(serialize_with = "One::<Head>::serialize")]
    head: domain::Head,
    #[serde(serialize_with = "MapOf::<Answer>::serialize")]
    answers: Map<PointId, domain::Answer>,
    #[serde(serialize_with = "MapOf::<Evidence>::serialize")]
    evidence: Map<RowId, domain::Evidence>,
    // Absent in version 1; left out when empty, so that a state that has none of
    // them keeps the name that it had then.
    #[serde(skip_serializing_if = "Map::is_empty", serialize_with = "MapOf::<Figure>::serialize")]
    figures: Map<FigureId, domain::Figure>,
    #[serde(skip_serializing_if = "Map::is_empty", serialize_with = "MapOf::<School>::serialize")]
    schools: Map<RowId, domain::School>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    mutes: Map<MuteId, String>,
    #[serde(skip_serializing_if = "Map::is_empty", serialize_with = "MapOf::<Unit>::serialize")]
    units: Map<RowId, domain::Unit>,
    #[serde(skip_serializing_if = "Map::is_empty", serialize_with = "MapOf::<Contribution>::serialize")]
    contributions: Map<RowId, domain::Contribution>,
}

impl OfJson for Content {
    fn of_json(json: Json<'_>) -> Result<Content, Fault> {
        let mut fields = json.fields()?;
        Ok(Content {
            head: fields.take::<Head>("head")?.back(),
            answers: back(fields.take::<Map<PointId, Answer>>("answers")?),
            evidence: back(fields.take::<Map<RowId, Evidence>>("evidence")?),
            figures: back(fields.take_or_default::<Map<FigureId, Figure>>("figures")?),
            schools: back(fields.take_or_default::<Map<RowId, School>>("schools")?),
            mutes: fields.take_or_default("mutes")?,
            units: back(fields.take_or_default::<Map<RowId, Unit>>("units")?),
            contributions: back(fields.take_or_default::<Map<RowId, Contribution>>("contributions")?),
        })
    }
}

from_tree! { Content }

impl Content {
    /// The form of an assessment.
    pub fn of(assessment: &Assessment) -> Content {
        let Assessment { head, answers, evidence, figures, schools, mutes, units, contributions } =
            assessment.clone();
        Content { head, answers, evidence, figures, schools, mutes, units, contributions }
    }

    /// The assessment.
    pub fn back(self) -> Assessment {
        let Content { head, answers, evidence, figures, schools, mutes, units, contributions } = self;
        Assessment { head, answers, evidence, figures, schools, mutes, units, contributions }
    }

    /// The highest version that a part of it needs.
    pub(super) fn highest(&self) -> u32 {
        fn of<'a, T: Body + 'a>(parts: impl IntoIterator<Item = &'a T>) -> u32 {
            parts.into_iter().map(Body::version).max().unwrap_or(BASE)
        }
        let Content { head, answers, evidence, figures, schools, mutes, units, contributions } = self;
        let parts = [
            of([head]),
            of(answers.values()),
            of(evidence.values()),
            of(figures.values()),
            of(schools.values()),
            of(mutes.values()),
            of(units.values()),
            of(contributions.values()),
        ];
        parts.into_iter().fold(BASE, u32::max)
    }
}
