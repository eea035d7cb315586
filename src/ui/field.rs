//! Text fields of the assessment. A field owns its draft: the browser's own
//! element holds it, and nothing is written back while the field has a
//! composition or the very text that would be written. The draft is handed to
//! the desk on `input` when nothing is being composed, on `compositionend`, and
//! when the field is left; only then is it cleaned and put into its usual form.

use std::cell::Cell;
use std::rc::Rc;

use leptos::either::Either;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use zhidu::assessment::place::Place;
use zhidu::leaving::leave;
use zhidu::points::Points;

use crate::ui::desk::Desk;

/// What a field looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One line.
    Line,
    /// One line for a number.
    Number,
    /// Several lines, at least so many.
    Block(u32),
}

/// A labelled text field of the assessment.
#[component]
pub fn Field(
    /// The text that it edits.
    place: Place,
    /// Its accessible name, shown above it unless `bare`.
    label: &'static str,
    /// What it looks like.
    #[prop(default = Shape::Line)]
    shape: Shape,
    /// In a table: the label is for screen readers alone.
    #[prop(optional)]
    bare: bool,
    /// The value of the point, for its score.
    #[prop(optional_no_strip)]
    maximum: Option<Points>,
    /// Shown in the empty field.
    #[prop(optional, into)]
    placeholder: String,
    /// What the field holds as long as nothing else was typed, and again once
    /// it is emptied; never stored.
    #[prop(optional, into)]
    otherwise: String,
    /// Id of a list of suggestions.
    #[prop(optional)]
    suggestions: Option<&'static str>,
) -> impl IntoView {
    let desk = Desk::here();
    let draft = Draft::new(desk, place, maximum, otherwise);
    let id = draft.id();
    let problem_id = format!("{id}-problem");
    let problem = draft.problem;
    let described = {
        let problem_id = problem_id.clone();
        move || problem.with(Option::is_some).then(|| problem_id.clone())
    };
    let invalid = move || problem.with(|it| it.as_ref().is_some_and(|it| it.refused)).then_some("true");
    let name = bare.then_some(label);
    let element = match shape {
        Shape::Block(rows) => Either::Left(view! {
            <textarea
                id=id.clone()
                class="z-input z-input--block"
                data-doc=""
                rows=rows
                aria-label=name
                aria-invalid=invalid
                aria-describedby=described
                placeholder=placeholder
                spellcheck="false"
                node_ref=draft.block
                prop:value=draft.initial()
                on:input=move |event| draft.on_input(&event)
                on:compositionstart=move |_| draft.composing.set_value(true)
                on:compositionend=move |_| draft.on_composition_end()
                on:focus=move |_| draft.on_focus()
                on:blur=move |_| draft.on_blur()
            ></textarea>
        }),
        Shape::Line | Shape::Number => Either::Right(view! {
            <input
                id=id.clone()
                type="text"
                class="z-input"
                class:z-input--number=shape == Shape::Number
                inputmode=(shape == Shape::Number).then_some("decimal")
                data-doc=""
                autocomplete="off"
                aria-label=name
                aria-invalid=invalid
                aria-describedby=described
                placeholder=placeholder
                list=suggestions
                spellcheck="false"
                node_ref=draft.line
                prop:value=draft.initial()
                on:input=move |event| draft.on_input(&event)
                on:compositionstart=move |_| draft.composing.set_value(true)
                on:compositionend=move |_| draft.on_composition_end()
                on:focus=move |_| draft.on_focus()
                on:blur=move |_| draft.on_blur()
            />
        }),
    };
    view! {
        <div class="z-field" data-label=name>
            {(!bare).then(|| view! { <label class="z-field__label" for=id>{label}</label> })}
            {element}
            {move || problem.get().map(|it| view! {
                <p id=problem_id.clone() class="z-field__problem" class:z-field__problem--mild=!it.refused role="alert">{it.text}</p>
            })}
        </div>
    }
}

/// What is said below a field.
#[derive(Clone, Debug, PartialEq, Eq)]
struct FieldProblem {
    text: String,
    /// Whether the value is refused, or something is merely to be known.
    refused: bool,
}

/// The draft of one field.
#[derive(Clone, Copy)]
struct Draft {
    desk: Desk,
    place: StoredValue<Place>,
    maximum: Option<Points>,
    otherwise: StoredValue<String>,
    line: NodeRef<html::Input>,
    block: NodeRef<html::Textarea>,
    composing: StoredValue<bool>,
    problem: RwSignal<Option<FieldProblem>>,
}

thread_local! {
    static LAST_ID: Cell<u32> = const { Cell::new(0) };
}

impl Draft {
    fn new(desk: Desk, place: Place, maximum: Option<Points>, otherwise: String) -> Draft {
        let stored = desk.text(&place);
        let problem = refusal(&place, &stored, maximum);
        let draft = Draft {
            desk,
            place: StoredValue::new(place),
            maximum,
            otherwise: StoredValue::new(otherwise),
            line: NodeRef::new(),
            block: NodeRef::new(),
            composing: StoredValue::new(false),
            problem: RwSignal::new(problem),
        };
        Effect::new(move |before: Option<()>| {
            desk.track_outside();
            if before.is_some() {
                draft.follow();
            }
        });
        draft
    }

    fn id(self) -> String {
        let next = LAST_ID.get() + 1;
        LAST_ID.set(next);
        format!("f{next}")
    }

    /// Whether the field is still part of the page. A browser fires `blur` on a
    /// field that is being removed, when what the draft stands on is gone.
    fn alive(self) -> bool {
        self.place.try_with_value(|_| ()).is_some()
    }

    fn initial(self) -> String {
        let stored = self.place.with_value(|place| self.desk.text(place));
        if stored.is_empty() { self.otherwise.get_value() } else { stored }
    }

    /// What is to be stored for what the field shows.
    fn meant(self, shown: String) -> String {
        if self.otherwise.with_value(|otherwise| *otherwise == shown) { String::new() } else { shown }
    }

    fn on_input(self, event: &ev::Event) {
        // The committing `input` of a composition is itself flagged composing
        // and comes before `compositionend`, which hands over.
        let composing = event.dyn_ref::<web_sys::InputEvent>().is_some_and(web_sys::InputEvent::is_composing);
        if !composing {
            self.hand_over();
        }
    }

    fn on_composition_end(self) {
        if self.alive() {
            self.composing.set_value(false);
            self.hand_over();
        }
    }

    fn on_focus(self) {
        self.desk.hold_draft(Some(Rc::new(move || self.hand_over())));
    }

    /// Cleans the text and puts it into its usual form, now that no composition
    /// can be going on.
    fn on_blur(self) {
        self.desk.hold_draft(None);
        if !self.alive() {
            return;
        }
        self.composing.set_value(false);
        let Some(raw) = self.value() else { return };
        let meant = self.meant(raw.clone());
        let left = self.place.with_value(|place| self.desk.leave_text(place, &meant, self.maximum));
        let shown = self.initial();
        if shown != raw {
            self.write(&shown);
        }
        let removed = left.removed;
        let problem = match left.fault {
            Some(text) => Some(FieldProblem { text, refused: true }),
            None if removed > 0 => Some(FieldProblem {
                text: format!("已去掉 {removed} 个任何文件都无法保存的控制字符，其余文字未动"),
                refused: false,
            }),
            None => None,
        };
        if self.problem.with_untracked(|known| *known != problem) {
            self.problem.set(problem);
        }
        if matches!(self.place.get_value(), Place::Evidence(..)) {
            // The same material may be shown under another point.
            self.desk.wake_fields();
        }
    }

    fn hand_over(self) {
        if !self.alive() {
            return;
        }
        let Some(raw) = self.value() else { return };
        let raw = self.meant(raw);
        self.place.with_value(|place| self.desk.type_text(place, &raw));
        // A fault is named when the field is left; it goes once it is mended.
        if self.problem.with_untracked(Option::is_some)
            && self.place.with_value(|place| refusal(place, &raw, self.maximum)).is_none()
        {
            self.problem.set(None);
        }
    }

    /// Shows the desk's text if it is another one and nothing is being composed.
    fn follow(self) {
        if !self.alive() || self.composing.get_value() {
            return;
        }
        let text = self.initial();
        if self.value().is_some_and(|shown| shown != text) {
            self.write(&text);
            self.problem.set(self.place.with_value(|place| refusal(place, &text, self.maximum)));
        }
    }

    fn value(self) -> Option<String> {
        match (self.line.get_untracked(), self.block.get_untracked()) {
            (Some(line), _) => Some(HtmlInputElement::value(&line)),
            (_, Some(block)) => Some(HtmlTextAreaElement::value(&block)),
            _ => None,
        }
    }

    fn write(self, text: &str) {
        if let Some(line) = self.line.get_untracked() {
            line.set_value(text);
        }
        if let Some(block) = self.block.get_untracked() {
            block.set_value(text);
        }
    }
}

fn refusal(place: &Place, text: &str, maximum: Option<Points>) -> Option<FieldProblem> {
    leave(place, text, maximum).fault.map(|text| FieldProblem { text, refused: true })
}
