//! Text fields of the assessment: every element with `data-doc`, the address of
//! its text. A field owns its draft: the browser's own element holds it, and
//! nothing is written back while something is being composed in it or it has
//! the very text that would be written. The draft is handed to the desk on
//! `input` when nothing is being composed, on `compositionend`, and when the
//! field is left; only then is it cleaned and put into its usual form.
use std::cell::Cell;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, HtmlTextAreaElement, InputEvent};
use zhidu::assessment::place::Place;
use zhidu::html::hook::{Hook, Slot};

use crate::ui::desk::{Desk, Opened};
use crate::ui::dom::{all, around, each, set_attribute, value, value_around};
use crate::ui::events::{after_release, on, point_around, target};

thread_local! {
    /// Whether an input method is composing in the field that has the focus.
    static COMPOSING: Cell<bool> = const { Cell::new(false) };
    static LAST_PROBLEM: Cell<u32> = const { Cell::new(0) };
}

/// A text field and the place of its text.
struct Field {
    element: Element,
    place: Place,
}

/// What is said below a field.
struct FieldProblem {
    text: String,
    /// Whether the value is refused, or something is merely to be known.
    refused: bool,
}

/// Hears what happens in fields, and shows in them what changed elsewhere.
pub fn listen(desk: Desk) {
    Desk::drafts_come_from(hand_over_focused);
    on("input", move |event| {
        // The committing `input` of a composition is itself flagged composing
        // and comes before `compositionend`, which hands over.
        let composing = event.dyn_ref::<InputEvent>().is_some_and(InputEvent::is_composing);
        if !composing && let Some(field) = Field::of(desk, &event) {
            field.hand_over(desk);
        }
    });
    on("compositionstart", |_| COMPOSING.set(true));
    on("compositionend", move |event| {
        COMPOSING.set(false);
        if let Some(field) = Field::of(desk, &event) {
            field.hand_over(desk);
        }
    });
    on("focusout", move |event| {
        if let Some(field) = Field::of(desk, &event) {
            COMPOSING.set(false);
            field.leave(desk);
        }
    });
    on("focusin", move |event| {
        let point = target(&event).and_then(|element| point_around(&element));
        if point.is_some() && desk.focus.get_untracked() != point {
            desk.focus.set(point);
        }
    });
    Effect::new(move |seen: Option<u64>| {
        let texts = desk.texts_changed();
        if seen.is_some_and(|seen| seen != texts)
            && let Some(body) = document().body()
        {
            fill(desk, &body);
        }
        texts
    });
    Effect::new(move |_| {
        if desk.reading.get().is_some()
            && let Some(body) = document().body()
        {
            lock(&body);
        }
    });
}

/// Shows in the fields below `root` what is stored, where they show something
/// else and nothing is being composed.
pub fn fill(desk: Desk, root: &Element) {
    for element in all(root, &Hook::Doc.any()) {
        if let Some(field) = Field::at(desk, element) {
            field.follow(desk);
        }
    }
    if desk.reading.with_untracked(Option::is_some) {
        lock(root);
    }
}

/// Makes everything below `root` that changes the assessment unusable; texts can
/// still be selected and copied.
fn lock(root: &Element) {
    let [form, text, act] = [Hook::Assessment, Hook::Doc, Hook::Do].map(Hook::any);
    each(root, &text, |element| set_attribute(&element, "readonly", true));
    let changing = format!("{form} :is(select, button, input){act}");
    each(root, &changing, |element| set_attribute(&element, "disabled", true));
}

/// Whether an element belongs to the form of what is open now. A browser tells
/// of a field that it is removing when something else, or the same anew, may be
/// open: its old text must not be taken then.
pub fn is_of_open(desk: Desk, element: &Element) -> bool {
    let of = value_around(element, Hook::Assessment);
    desk.opened.with_untracked(|opened| opened.as_ref().map(Opened::mark) == of)
}

/// Hands over the draft of the field that has the focus, also one in which
/// something is being composed.
pub fn hand_over_focused(desk: Desk) {
    if let Some(field) = document().active_element().and_then(|element| Field::at(desk, element)) {
        field.hand_over(desk);
    }
}

impl Field {
    fn of(desk: Desk, event: &Event) -> Option<Field> {
        Field::at(desk, target(event)?)
    }

    fn at(desk: Desk, element: Element) -> Option<Field> {
        let place = Place::parse(&value(&element, Hook::Doc)?)?;
        is_of_open(desk, &element).then_some(Field { element, place })
    }

    /// Cleans the text and puts it into its usual form, now that no composition
    /// can be going on.
    fn leave(&self, desk: Desk) {
        let Some(raw) = self.value() else { return };
        let left = desk.leave_text(&self.place, &raw);
        let shown = desk.shown_text(&self.place);
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
        let field = Field { element: self.element.clone(), place: self.place.clone() };
        after_release(move || field.say(problem));
        if matches!(self.place, Place::Evidence(..)) {
            // The same material may be shown under another point.
            desk.wake_fields();
        }
    }

    fn hand_over(&self, desk: Desk) {
        let Some(raw) = self.value() else { return };
        desk.type_text(&self.place, &raw);
        // A fault is named when the field is left; it goes once it is mended.
        if self.problem().is_some() && desk.refusal(&self.place, &raw).is_none() {
            self.say(None);
        }
    }

    /// Shows the desk's text if it is another one and nothing is being composed.
    fn follow(&self, desk: Desk) {
        let shown = self.value();
        let text = desk.shown_text(&self.place);
        if shown.as_ref() == Some(&text) || (COMPOSING.get() && self.has_focus()) {
            return;
        }
        self.write(&text);
        self.say(desk.refusal(&self.place, &text).map(|text| FieldProblem { text, refused: true }));
    }

    fn has_focus(&self) -> bool {
        document().active_element().as_ref() == Some(&self.element)
    }

    fn value(&self) -> Option<String> {
        match self.element.dyn_ref::<HtmlTextAreaElement>() {
            Some(block) => Some(block.value()),
            None => self.element.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value),
        }
    }

    fn write(&self, text: &str) {
        match self.element.dyn_ref::<HtmlTextAreaElement>() {
            Some(block) => block.set_value(text),
            None => self.element.unchecked_ref::<HtmlInputElement>().set_value(text),
        }
    }

    /// The element that says what is wrong, if it stands.
    fn problem(&self) -> Option<Element> {
        document().get_element_by_id(&self.element.get_attribute("aria-describedby")?)
    }

    /// Says what is wrong below the field, or no longer says it. What the page
    /// refuses to draw it would refuse everywhere, so results are dropped.
    fn say(&self, problem: Option<FieldProblem>) {
        let known = self.problem();
        let Some(problem) = problem else {
            if let Some(known) = known {
                known.remove();
                drop(self.element.remove_attribute("aria-describedby"));
                drop(self.element.remove_attribute("aria-invalid"));
            }
            return;
        };
        let class = if problem.refused { "" } else { " z-field__problem--mild" };
        let line = known.or_else(|| self.problem_line());
        let Some(line) = line else { return };
        line.set_class_name(&format!("z-field__problem{class}"));
        if line.text_content().as_ref() != Some(&problem.text) {
            line.set_text_content(Some(&problem.text));
        }
        let _ = if problem.refused {
            self.element.set_attribute("aria-invalid", "true")
        } else {
            self.element.remove_attribute("aria-invalid")
        };
    }

    fn problem_line(&self) -> Option<Element> {
        LAST_PROBLEM.set(LAST_PROBLEM.get() + 1);
        let id = format!("problem-{}", LAST_PROBLEM.get());
        let line = document().create_element("p").ok()?;
        line.set_id(&id);
        line.set_attribute("role", "alert").ok()?;
        around(&self.element, &Slot::Field.selector())?.append_child(&line).ok()?;
        self.element.set_attribute("aria-describedby", &id).ok()?;
        Some(line)
    }
}
