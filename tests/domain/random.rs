//! Random texts and assessments.

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use zhidu::assessment::{
    Answer, Assessment, AssessmentId, CatalogueRef, CheckItem, Contribution, ContributionState, Cover,
    Evidence, Figure, Head, MuteId, RowId, Share, State, Unit,
};
use zhidu::catalogue::{CatalogueId, FigureId, PointId};
use zhidu::school::{Column, School};

use crate::sample;

/// Any text of Unicode scalar values, often empty, often Chinese, sometimes odd.
pub fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => Just(String::new()),
        3 => "[一-龥，。、：；0-9 ]{0,12}",
        3 => vec(any::<char>(), 0..8).prop_map(String::from_iter),
        1 => Just(sample::AWKWARD.to_owned()),
    ]
}

/// One of the four states.
pub fn state() -> impl Strategy<Value = State> {
    proptest::sample::select(State::ALL.to_vec())
}

/// One of few rows, so that several answers refer to the same.
pub fn row() -> impl Strategy<Value = RowId> {
    (0u128..6).prop_map(RowId::from_random)
}

fn point() -> impl Strategy<Value = PointId> {
    let catalogue = CatalogueId::parse("beijing-balance-2018").unwrap();
    prop_oneof![1u16..55, 95u16..105, Just(2000)].prop_map(move |ordinal| PointId::new(&catalogue, ordinal))
}

fn check_item() -> impl Strategy<Value = CheckItem> {
    (row(), text(), text()).prop_map(|(id, text, finding)| CheckItem { id, text, finding })
}

/// An answer with whatever may be in it.
pub fn answer() -> impl Strategy<Value = Answer> {
    let texts = (text(), text(), text(), text(), text(), text());
    let lists = (vec(row(), 0..3), 0u32..5, vec(check_item(), 0..3));
    (state(), texts, lists).prop_map(|(state, texts, (evidence, numbered, check_items))| {
        let (score, narrative, deduction, waiver, units, filler) = texts;
        Answer { state, score, narrative, deduction, waiver, units, filler, evidence, numbered, check_items }
    })
}

fn evidence() -> impl Strategy<Value = Evidence> {
    let number = (1u16..55, 1u16..9).prop_map(|(point, serial)| format!("{point:02}-{serial:02}"));
    (number, text(), text(), text(), text(), text(), text()).prop_map(
        |(number, title, doc_no, formed_on, unit, pages, location)| Evidence {
            number,
            title,
            doc_no,
            formed_on,
            unit,
            pages,
            location,
        },
    )
}

/// The name of one of few figures.
pub fn figure_id() -> impl Strategy<Value = FigureId> {
    (0u8..5).prop_map(|number| FigureId::parse(&format!("figure-{number}")).unwrap())
}

/// A figure with whatever may be in it.
pub fn figure() -> impl Strategy<Value = Figure> {
    (text(), text(), text()).prop_map(|(raw, year, note)| Figure { raw, year, note })
}

/// A row of 学校数据 with whatever may be in it.
pub fn school() -> impl Strategy<Value = School> {
    let column = proptest::sample::select(Column::ALL.to_vec());
    let filled = text().prop_filter("a cell that is empty is not there", |text| !text.is_empty());
    (0u32..4, btree_map(column, filled, 0..4))
        .prop_map(|(place, cells)| School { place, cells: cells.into_iter().collect() })
}

/// The name of one of few problems.
pub fn mute() -> impl Strategy<Value = MuteId> {
    (0u8..4).prop_map(|number| MuteId::parse(&format!("some-rule:beijing-balance-2018.0{number}")).unwrap())
}

/// A unit of which something is known.
pub fn unit() -> impl Strategy<Value = Unit> {
    let texts = (text(), text(), text(), text(), text());
    let unit =
        texts.prop_map(|(name, contact, due, data, received)| Unit { name, contact, due, data, received });
    unit.prop_filter("one of which nothing is known is not there", |unit| *unit != Unit::default())
}

/// What a unit has handed in, with whatever may be in it.
pub fn contribution() -> impl Strategy<Value = Contribution> {
    use ContributionState::{Received, Returned, Reviewed};
    let state = proptest::sample::select(vec![Received, Returned, Reviewed]);
    let texts = (text(), text(), text(), text(), text(), text());
    let more = (self::state(), text(), text(), text());
    let about = proptest::option::weighted(0.8, point());
    (row(), about, state, texts, more).prop_map(|(unit, point, state, texts, more)| {
        let (text, score, filler, reason, received, file) = texts;
        let (status, deduction, waiver, figures) = more;
        Contribution {
            unit,
            point,
            state,
            status,
            text,
            deduction,
            waiver,
            figures,
            score,
            filler,
            reason,
            received,
            file,
        }
    })
}

fn share() -> impl Strategy<Value = Share> {
    let lists = (vec(point(), 0..3), vec(figure_id(), 0..3));
    (row(), (text(), text(), text(), text()), lists, any::<bool>()).prop_map(
        |(unit, (name, contact, due, given), (points, figures), schools)| Share {
            unit,
            name,
            contact,
            due,
            points,
            figures,
            schools,
            given,
        },
    )
}

fn head() -> impl Strategy<Value = Head> {
    let id = || any::<u128>().prop_map(AssessmentId::from_random);
    let ids = (id(), option::of(id()), option::of(id()));
    let facts = (text(), text(), text(), text(), text());
    let cover = (text(), text(), text(), text());
    let rest = (any::<bool>(), option::of(share()));
    (ids, facts, cover, text(), rest).prop_map(|(ids, facts, cover, title, (example, share))| Head {
        id: ids.0,
        origin: ids.1,
        previous: ids.2,
        catalogue: CatalogueRef {
            id: CatalogueId::parse("beijing-balance-2018").unwrap(),
            title,
            text_hash: "0".repeat(64),
            rules_hash: String::new(),
        },
        name: facts.0,
        unit_name: facts.1,
        unit_code: facts.2,
        year: facts.3,
        due: facts.4,
        cover: Cover { filler: cover.0, reviewer: cover.1, leader: cover.2, phone: cover.3 },
        example,
        share,
    })
}

/// Any assessment at all, also one that no person could type.
pub fn assessment() -> impl Strategy<Value = Assessment> {
    let lists = (btree_map(point(), answer(), 0..4), btree_map(row(), evidence(), 0..4));
    let data = (btree_map(figure_id(), figure(), 0..4), btree_map(row(), school(), 0..4));
    let others = (btree_map(row(), unit(), 0..3), btree_map(row(), contribution(), 0..3));
    (head(), lists, data, btree_map(mute(), text(), 0..3), others).prop_map(
        |(head, (answers, evidence), (figures, schools), mutes, (units, contributions))| Assessment {
            head,
            answers: answers.into_iter().collect(),
            evidence: evidence.into_iter().collect(),
            figures: figures.into_iter().collect(),
            schools: schools.into_iter().collect(),
            mutes: mutes.into_iter().collect(),
            units: units.into_iter().collect(),
            contributions: contributions.into_iter().collect(),
        },
    )
}
