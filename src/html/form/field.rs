//! A text field. Everything about it follows from the place of its text.

use maud::{Markup, html};

use crate::assessment::place::{AnswerField, CheckItemField, EvidenceField, FigureField, HeadField, Place};
use crate::html::hook::Slot;

/// What a field looks like.
enum Shape {
    /// One line.
    Line,
    /// One line for a number.
    Number,
    /// Several lines, at least so many.
    Block(u8),
}

/// A field with its label above it.
pub fn field(place: &Place) -> Markup {
    field_with_id(place, &place.to_string())
}

/// A field of a text that may be asked for more than once on a page.
pub fn field_with_id(place: &Place, id: &str) -> Markup {
    html! {
        div.z-field data-slot=(Slot::Field) {
            label.z-field__label for=(id) { (place.label()) }
            (input(place, Some(id)))
        }
    }
}

/// A field in a table: its label is for screen readers, and for narrow windows.
pub fn cell(place: &Place) -> Markup {
    html! {
        div.z-field data-slot=(Slot::Field) data-label=(place.label()) { (input(place, None)) }
    }
}

/// The field itself, under an id for its label or with its name.
pub fn input(place: &Place, id: Option<&str>) -> Markup {
    let name = id.is_none().then(|| place.label());
    let placeholder = placeholder(place);
    let shape = shape(place);
    if let Shape::Block(rows) = shape {
        return html! {
            textarea.z-input.z-input--block id=[id] data-doc=(place) rows=(rows) aria-label=[name]
                placeholder=[placeholder] spellcheck="false" {}
        };
    }
    let number = matches!(shape, Shape::Number);
    html! {
        input.z-input.z-input--number[number] id=[id] type="text" inputmode=[number.then_some("decimal")]
            data-doc=(place) autocomplete="off" aria-label=[name] placeholder=[placeholder]
            list=[suggestions(place)] spellcheck="false";
    }
}

fn shape(place: &Place) -> Shape {
    match place {
        Place::Answer(_, AnswerField::Narrative) => Shape::Block(4),
        Place::Answer(_, AnswerField::Waiver) => Shape::Block(2),
        Place::Answer(_, AnswerField::Deduction) => Shape::Block(1),
        Place::Answer(_, AnswerField::Score)
        | Place::Evidence(_, EvidenceField::Pages)
        | Place::Figure(_, FigureField::Raw) => Shape::Number,
        _ => Shape::Line,
    }
}

fn placeholder(place: &Place) -> Option<&'static str> {
    match place {
        Place::Head(HeadField::Due) => Some("如 2026-12-31"),
        Place::Evidence(_, EvidenceField::FormedOn) => Some("如 2023年9月"),
        Place::CheckItem(_, _, CheckItemField::Text) => Some("测评点（自拟）"),
        Place::CheckItem(_, _, CheckItemField::Finding) => Some("测评情况"),
        _ => None,
    }
}

/// Id of the list that holds suggestions.
fn suggestions(place: &Place) -> Option<&'static str> {
    matches!(place, Place::Answer(_, AnswerField::Units)).then_some("unit-suggestions")
}
