//! 粘贴导入 and 导入文件: what comes from elsewhere is shown as a proposal with its
//! doubts, and can be changed, before anything is taken.
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::{ev, html};
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, File, HtmlElement, HtmlInputElement, HtmlSelectElement};
use zhidu::assessment::Assessment;
use zhidu::assessment::arrivals::{Known, Plan};
use zhidu::exchange::ReadTable;
use zhidu::html::arrivals;
use zhidu::html::hook::Hook;
use zhidu::record::log::How;
use zhidu::school::intake::choice::Choice;
use zhidu::school::intake::{Passed, Proposal, table_of};
use zhidu::value::grid::kind::{Kind, sniff};
use zhidu::value::grid::{Book, decoded, html as markup};

use crate::browser::files;
use crate::browser::worker::{Cancel, WorkerError, ask};
use crate::ui::desk::Desk;
use crate::ui::dom::{around, value};
use crate::ui::events::target;
use crate::ui::frame::dialog::Dialog;
use crate::ui::schools::grid::Grid;

/// Larger files are refused.
const MAX_BYTES: usize = 64 << 20;

/// What is about to be taken from elsewhere.
#[derive(Clone, Copy)]
pub struct Taking {
    desk: Desk,
    grid: Grid,
    open: RwSignal<bool>,
    /// The name of the file; empty for what was pasted.
    from: RwSignal<String>,
    /// What was read, as it would be taken now.
    proposal: RwSignal<Option<Proposal>>,
    /// Grows with each table that is read, so that the dialog is drawn anew.
    readings: RwSignal<u32>,
    known: RwSignal<Known>,
    /// Whether the text is still to be pasted.
    asking: RwSignal<bool>,
    /// Why what was pasted is not taken.
    refusal: RwSignal<String>,
    file: NodeRef<html::Input>,
    shown: NodeRef<html::Div>,
    /// Whether a file is being read.
    reading: RwSignal<bool>,
}

impl Taking {
    /// Nothing yet.
    pub fn new(desk: Desk, grid: Grid) -> Taking {
        Taking {
            desk,
            grid,
            open: RwSignal::new(false),
            from: RwSignal::new(String::new()),
            proposal: RwSignal::new(None),
            readings: RwSignal::new(0),
            known: RwSignal::new(Known::Update),
            asking: RwSignal::new(false),
            refusal: RwSignal::new(String::new()),
            file: NodeRef::new(),
            shown: NodeRef::new(),
            reading: RwSignal::new(false),
        }
    }

    /// Whether nothing is being read or decided about.
    pub fn is_free(self) -> bool {
        !self.open.get() && !self.reading.get()
    }

    /// Opens the dialog with a field to paste into.
    pub fn ask_for_text(self) {
        self.begin(String::new(), None);
        self.asking.set(true);
        self.open.set(true);
    }

    /// Opens the browser's file dialog.
    pub fn ask_for_file(self) {
        if let Some(input) = self.file.get_untracked() {
            input.set_value("");
            input.click();
        }
    }

    /// Shows what was pasted.
    pub fn offer(self, book: Book) {
        match proposed(book) {
            Ok(proposal) => self.show(String::new(), proposal),
            Err(why) => self.desk.notices.complain(format!("未导入：{why}。本机原有内容没有任何改动。")),
        }
    }

    /// Reads a file that was picked or dropped, and shows what it is taken for.
    pub fn read(self, file: File) {
        self.reading.set(true);
        spawn_local(async move {
            let name = file.name();
            let found = book_of(&file).await.and_then(proposed);
            match found {
                Ok(proposal) => self.show(name, proposal),
                Err(why) => {
                    let told = format!("“{name}”未导入：{why}。本机原有内容没有任何改动。");
                    self.desk.notices.complain(told);
                }
            }
            self.reading.set(false);
        });
    }

    fn show(self, from: String, proposal: Proposal) {
        self.begin(from, Some(proposal));
        self.asking.set(false);
        self.open.set(true);
    }

    fn begin(self, from: String, proposal: Option<Proposal>) {
        self.known.set(Known::Update);
        self.refusal.set(String::new());
        self.from.set(from);
        self.proposal.set(proposal);
        self.readings.update(|count| *count += 1);
    }

    /// What was pasted into the field of the dialog.
    fn pasted(self, book: Book) {
        match proposed(book) {
            Ok(proposal) => self.begin(String::new(), Some(proposal)),
            Err(why) => {
                self.begin(String::new(), None);
                self.refusal.set(format!("没有可导入的表格：{why}。"));
            }
        }
    }

    fn picked(self) {
        let picked = self.file.get_untracked().and_then(|input| input.files()).map(files::all);
        self.desk.tables.update(|waiting| waiting.extend(picked.unwrap_or_default()));
    }

    fn choose(self, element: &Element) {
        let choice = value(element, Hook::Choice).and_then(|address| Choice::parse(&address));
        let Some(choice) = choice else { return };
        let on = element.dyn_ref::<HtmlInputElement>().is_some_and(HtmlInputElement::checked);
        let value = element.dyn_ref::<HtmlSelectElement>().map(HtmlSelectElement::value).unwrap_or_default();
        if choice == Choice::Known {
            self.known.set(if on { Known::Update } else { Known::Add });
        } else {
            self.proposal.update(|proposal| {
                if let Some(proposal) = proposal {
                    proposal.choose(&choice, &value, on);
                }
            });
        }
        self.draw(&element.id());
    }

    /// What is proposed, drawn anew; what was unfolded stays so, and the focus where it
    /// was.
    fn draw(self, focus: &str) {
        let Some(shown) = self.shown.get_untracked() else { return };
        let unfolded = folds(&shown);
        let html = self.proposal.with_untracked(|proposal| {
            let proposal = proposal.as_ref()?;
            let (from, known) = (self.from.get_untracked(), self.known.get_untracked());
            Some(self.desk.look(|assessment, _| {
                arrivals(&from, proposal, &Plan::of(assessment, proposal.arrivals(), known), known)
            }))
        });
        shown.set_inner_html(&html.unwrap_or_default());
        for (id, open) in unfolded {
            if let Some(element) = document().get_element_by_id(&id) {
                let _ =
                    if open { element.set_attribute("open", "") } else { element.remove_attribute("open") };
            }
        }
        let element = document().get_element_by_id(focus).and_then(|it| it.dyn_into::<HtmlElement>().ok());
        if let Some(element) = element.filter(|_| !focus.is_empty()) {
            let _ = element.focus();
        }
    }

    fn apply(self) {
        let (desk, known) = (self.desk, self.known.get_untracked());
        let plan = self.proposal.with_untracked(|proposal| {
            let arrivals = proposal.as_ref()?.arrivals();
            Some(desk.look(|assessment, _| Plan::of(assessment, arrivals, known)))
        });
        let Some(plan) = plan else { return };
        self.open.set(false);
        let mut added = Vec::new();
        let fresh = || {
            let row = desk.fresh_row();
            added.push(row.clone());
            row
        };
        let changed = plan.changed().count();
        if desk.look(|assessment, _| *assessment != Assessment::of(assessment.head.clone())) {
            desk.keep_before_import();
        }
        if desk.act_as(How::Arrived, |assessment| plan.edits(assessment, fresh)) {
            let updated = if changed > 0 { format!("，更新 {changed} 行") } else { String::new() };
            let told = format!("已导入：新增 {} 行{updated}。可用“撤销”恢复。", plan.added());
            desk.notices.confirm(told);
            self.grid.keep_in_sight(added);
        } else if desk.reading.with_untracked(Option::is_some) {
            desk.notices.complain("没有导入：本窗口只读。".to_owned());
        } else {
            desk.notices.confirm("没有需要导入的内容：与现有的完全相同。".to_owned());
        }
    }
}

/// Which parts that can be folded are open.
fn folds(shown: &Element) -> Vec<(String, bool)> {
    let Ok(found) = shown.query_selector_all("details[id]") else { return Vec::new() };
    let elements = (0..found.length()).filter_map(|at| found.item(at)?.dyn_into::<Element>().ok());
    elements.map(|it| (it.id(), it.has_attribute("open"))).collect()
}

/// What a file or a paste is taken for.
fn proposed(book: Book) -> Result<Proposal, String> {
    let proposal = Proposal::read(book);
    if proposal.is_table() {
        return Ok(proposal);
    }
    let has = |passed| proposal.sheets.iter().any(|it| it.passed == Some(passed));
    Err(if has(Passed::Catalogue) {
        "这是指标体系或自评表，不是学校数据".to_owned()
    } else if has(Passed::Hidden) {
        "有内容的工作表都是隐藏的，请在 Excel 或 WPS 中取消隐藏后再导入".to_owned()
    } else {
        "里面没有内容".to_owned()
    })
}

/// The tables of a file.
async fn book_of(file: &File) -> Result<Book, String> {
    let bytes = files::read(file, MAX_BYTES).await.map_err(|error| match error {
        files::ReadError::TooLarge => "文件超过 64 MB".to_owned(),
        files::ReadError::Unreadable => "浏览器无法读取此文件".to_owned(),
    })?;
    match sniff(&bytes) {
        Kind::Refused(why) => return Err(why.to_string()),
        Kind::Text(encoding) => {
            return decoded::book(&files::decode(&bytes, encoding)).map_err(|why| why.to_string());
        }
        Kind::Zip | Kind::Ole => {}
    }
    let read = ask(ReadTable, Some(&bytes), |_, _| {}, &Cancel::default()).await;
    read.map_err(|error| match error {
        WorkerError::NotStarted => format!("{}，或另存为 CSV", error.in_words()),
        _ => error.in_words(),
    })
}

/// What was put on the clipboard: its tables where it holds markup, else its text.
pub fn book_of_clipboard(event: &web_sys::Event) -> Book {
    let data = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
    let of = |kind| data.as_ref().and_then(|data| data.get_data(kind).ok()).unwrap_or_default();
    let tables = markup::tables(&of("text/html")).unwrap_or_default();
    let sheets = if tables.is_empty() { vec![table_of(&of("text/plain"))] } else { tables };
    Book { sheets, ..Book::default() }
}

/// The dialog in which a proposal is looked at, and the hidden file field.
#[component]
pub fn Take(
    /// What is about to be taken.
    taking: Taking,
) -> impl IntoView {
    let Taking { open, proposal, readings, asking, refusal, file, shown, .. } = taking;
    Effect::new(move |_| {
        // Drawn when the dialog opens and when something else is read; what is chosen
        // draws it where it is chosen.
        readings.track();
        if shown.get().is_some() {
            taking.draw("");
        }
    });
    let ready = move || proposal.with(|it| it.as_ref().is_some_and(|it| !it.waits()));
    // A paste is read with its markup; the text that then stands in the field is not
    // read once more.
    let read = StoredValue::new(false);
    let paste = move |event: ClipboardEvent| {
        read.set_value(true);
        taking.pasted(book_of_clipboard(&event));
    };
    let typed = move |event| {
        if !read.get_value() {
            let sheets = vec![table_of(&event_target_value(&event))];
            taking.pasted(Book { sheets, ..Book::default() });
        }
        read.set_value(false);
    };
    let chosen = move |event: ev::Event| {
        if let Some(element) = target(&event) {
            taking.choose(&element);
        }
    };
    let clicked = move |event: ev::MouseEvent| {
        let button = target(&event).and_then(|it| around(&it, &format!("button{}", Hook::Choice.any())));
        if let Some(button) = button {
            taking.choose(&button);
        }
    };
    let content = move || {
        view! {
            {move || asking.get().then(|| view! {
                <div class="z-field">
                    <label class="z-field__label" for="school-paste">"从 Excel、WPS 或 Word 复制表格，在此粘贴"</label>
                    <textarea class="z-input z-input--block" id="school-paste" rows="3" spellcheck="false" on:paste=paste on:input=typed></textarea>
                    <p class="z-hint" role="status">{move || refusal.get()}</p>
                </div>
            })}
            <div class="z-arrivals" node_ref=shown on:change=chosen on:click=clicked></div>
            <div class="z-form__buttons">
                <button type="button" class="z-button" on:click=move |_| open.set(false)>"取消"</button>
                <button type="button" class="z-button z-button--main" disabled=move || !ready() on:click=move |_| taking.apply()>"导入"</button>
            </div>
        }
    };
    view! {
        <input type="file" multiple=true class="z-gone" aria-label="选择学校数据文件" node_ref=file on:change=move |_| taking.picked()/>
        <Dialog open=open title="导入学校数据".to_owned()>{content}</Dialog>
    }
}
