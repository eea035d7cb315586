//! Short messages at the edge of the page, some with one thing to do. They stay
//! until they are read, but for those that only confirm.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use zhidu::assessment::AssessmentId;
use zhidu::record::SetAside;

use crate::browser::files;
use crate::ui::live::{Item, hearing, list};

/// How long a mere confirmation stays.
const CONFIRMATION: Duration = Duration::from_secs(8);

/// How long something may take before it is said that it is waited for.
const A_MOMENT: Duration = Duration::from_millis(250);

/// The messages that are shown.
#[derive(Clone, Copy)]
pub struct Notices {
    shown: RwSignal<Vec<Notice>>,
    last: StoredValue<u32>,
}

#[derive(Clone)]
struct Notice {
    id: u32,
    text: String,
    grave: bool,
    offer: Option<(&'static str, Callback<()>)>,
    /// What it is about, if that may change before the message is read.
    about: Option<AssessmentId>,
    /// Whether it goes away by itself.
    passing: bool,
}

/// Something that is waited for.
pub struct Wait {
    notices: Notices,
    /// The message, once it is shown.
    said: Rc<Cell<Option<u32>>>,
}

impl Drop for Wait {
    fn drop(&mut self) {
        if let Some(id) = self.said.get() {
            self.notices.take_away(id);
        }
    }
}

impl Notices {
    /// No messages yet.
    pub fn new() -> Notices {
        Notices { shown: RwSignal::new(Vec::new()), last: StoredValue::new(0) }
    }

    /// Something that stays until it is read.
    pub fn say(self, text: String) {
        self.add(text, false, None);
    }

    /// Something that went wrong.
    pub fn complain(self, text: String) {
        self.add(text, true, None);
    }

    /// A confirmation that goes away by itself, or when the next one comes.
    pub fn confirm(self, text: String) {
        self.pass();
        let id = self.show(Notice { id: 0, text, grave: false, offer: None, about: None, passing: true });
        set_timeout(move || self.take_away(id), CONFIRMATION);
    }

    /// Something that stays until it is read, with one thing to do.
    pub fn offer(self, text: String, label: &'static str, act: Callback<()>) {
        self.add(text, false, Some((label, act)));
    }

    /// As [`Notices::offer`], until something else becomes of the assessment that it is
    /// about or another page is shown.
    pub fn offer_about(self, id: AssessmentId, text: String, label: &'static str, act: Callback<()>) {
        self.add_about(Some(id), text, false, Some((label, act)));
    }

    /// Says what is waited for, once it takes longer than a moment, until what is given
    /// back is dropped.
    pub fn wait(self, text: &'static str) -> Wait {
        let said = Rc::new(Cell::new(None));
        let waits = Rc::downgrade(&said);
        let say = move || {
            if let Some(said) = waits.upgrade() {
                said.set(Some(self.add(text.to_owned(), false, None)));
            }
        };
        set_timeout(say, A_MOMENT);
        Wait { notices: self, said }
    }

    /// Takes away the confirmation that is shown: something else is done by now.
    pub fn pass(self) {
        if self.shown.with_untracked(|shown| shown.iter().any(|it| it.passing)) {
            self.shown.update(|shown| shown.retain(|it| !it.passing));
        }
    }

    /// Takes away what was said about an assessment, or about any.
    pub fn forget(self, id: Option<&AssessmentId>) {
        self.shown.update(|shown| {
            shown.retain(|it| it.about.is_none() || id.is_some_and(|id| it.about.as_ref() != Some(id)));
        });
    }

    /// Records that could not be read: said, and offered as a download.
    pub fn set_aside(self, id: &AssessmentId, records: Vec<SetAside>) {
        let reasons: Vec<String> = records.iter().map(|it| format!("{}：{}", it.key, it.error)).collect();
        let text = format!(
            "有 {} 处记录无法读取，原样留在本机，没有改动，其余内容照常使用。可下载后交技术人员。（技术信息：{}）",
            records.len(),
            reasons.join("；")
        );
        let name = format!("无法读取的记录_{id}.txt");
        let act = Callback::new(move |()| {
            let lines: Vec<String> = records.iter().map(|it| format!("{}\n{}\n", it.key, it.text)).collect();
            // A refusal of the browser leaves the message where it is.
            let _ = files::download(&name, "text/plain", lines.join("\n").as_bytes());
        });
        self.add(text, true, Some(("下载", act)));
    }

    fn add(self, text: String, grave: bool, offer: Option<(&'static str, Callback<()>)>) -> u32 {
        self.add_about(None, text, grave, offer)
    }

    fn add_about(
        self,
        about: Option<AssessmentId>,
        text: String,
        grave: bool,
        offer: Option<(&'static str, Callback<()>)>,
    ) -> u32 {
        self.show(Notice { id: 0, text, grave, offer, about, passing: false })
    }

    /// Shows a message under a number of its own, in place of the same one.
    fn show(self, notice: Notice) -> u32 {
        self.last.update_value(|last| *last += 1);
        let id = self.last.get_value();
        self.shown.update(|shown| {
            shown.retain(|it| it.text != notice.text);
            shown.push(Notice { id, ..notice });
        });
        id
    }

    fn take_away(self, id: u32) {
        let _ = self.shown.try_update(|shown| shown.retain(|it| it.id != id));
    }
}

/// The messages, newest last.
#[component]
pub fn NoticeList(
    /// What to show.
    notices: Notices,
) -> impl IntoView {
    let row = move |notice: Notice| {
        Item::new(notice.id.to_string(), move || {
            let notice = notice.clone();
            let id = notice.id;
            let offer = notice.offer.map(|(label, act)| {
                let go = move |_| {
                    act.run(());
                    notices.take_away(id);
                };
                view! { <button type="button" class="z-button" on:click=hearing(go)>{label}</button> }
            });
            view! {
            <div class="z-notice" class:z-notice--grave=notice.grave role=if notice.grave { "alert" } else { "status" }>
                <p>{notice.text}</p>
                {offer}
                <button type="button" class="z-button z-button--quiet" aria-label="关闭提示" on:click=hearing(move |_| notices.take_away(id))>"×"</button>
            </div>
        }
        .into_any()
        })
    };
    view! {
        <div class="z-notices z-noprint">
            {list(move || notices.shown.get().into_iter().map(row).collect())}
        </div>
    }
}
