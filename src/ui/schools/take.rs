//! 粘贴导入 and 导入文件: what comes from elsewhere is shown with its columns
//! matched, and can be corrected, before anything is changed.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;
use zhidu::exchange::{Reply, Request};
use zhidu::html::school_outlook;
use zhidu::school::Column;
use zhidu::school::matching::Scale;
use zhidu::school::paste::{Known, Pasted, from_clipboard, from_csv};

use crate::browser::files;
use crate::browser::worker::{Cancel, WorkerError, ask};
use crate::ui::desk::Desk;
use crate::ui::dialog::Dialog;
use crate::ui::schools::grid::Grid;

/// Larger files are refused.
const MAX_BYTES: usize = 20 << 20;
/// So many texts of a column are shown beside its head.
const SAMPLES: usize = 3;

/// What is about to be taken from elsewhere.
#[derive(Clone, Copy)]
pub struct Taking {
    desk: Desk,
    grid: Grid,
    open: RwSignal<bool>,
    /// What was pasted or read, as it is matched so far.
    pasted: RwSignal<Option<Pasted>>,
    /// Grows with each text that is read, so that its columns are listed anew.
    readings: RwSignal<u32>,
    known: RwSignal<Known>,
    /// Whether the text is still to be pasted.
    asking: RwSignal<bool>,
    file: NodeRef<html::Input>,
}

impl Taking {
    /// Nothing yet.
    pub fn new(desk: Desk, grid: Grid) -> Taking {
        Taking {
            desk,
            grid,
            open: RwSignal::new(false),
            pasted: RwSignal::new(None),
            readings: RwSignal::new(0),
            known: RwSignal::new(Known::Add),
            asking: RwSignal::new(false),
            file: NodeRef::new(),
        }
    }

    /// Opens the dialog with a field to paste into.
    pub fn ask_for_text(self) {
        self.pasted.set(None);
        self.known.set(Known::Add);
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

    /// Shows what was read.
    pub fn offer(self, pasted: Pasted) {
        self.asking.set(false);
        self.known.set(Known::Add);
        self.show(pasted);
        self.open.set(true);
    }

    fn show(self, pasted: Pasted) {
        self.pasted.set((!pasted.rows().is_empty()).then_some(pasted));
        self.readings.update(|count| *count += 1);
    }

    fn picked(self) {
        let file = self.file.get_untracked().and_then(|input| input.files()).and_then(|files| files.get(0));
        let Some(file) = file else { return };
        spawn_local(async move {
            match cells_of(&file).await {
                Ok(cells) => {
                    let pasted = Pasted::read(cells, Column::Name);
                    if pasted.rows().is_empty() {
                        self.refuse(&file, "没有找到学校的数据");
                    } else {
                        self.offer(pasted);
                    }
                }
                Err(why) => self.refuse(&file, &why),
            }
        });
    }

    fn refuse(self, file: &File, why: &str) {
        self.desk.notices.complain(format!("“{}”未导入：{why}。本机原有内容没有任何改动。", file.name()));
    }

    fn apply(self) {
        let Some(pasted) = self.pasted.get_untracked() else { return };
        let (desk, known) = (self.desk, self.known.get_untracked());
        let outlook = desk.look(|assessment, _| pasted.outlook(assessment, known));
        self.open.set(false);
        let mut added = Vec::new();
        let fresh = || {
            let row = desk.fresh_row();
            added.push(row.clone());
            row
        };
        if desk.act_once(|assessment| pasted.edits(assessment, known, fresh)) {
            let updated = if outlook.updated > 0 {
                format!("，更新 {} 行", outlook.updated)
            } else {
                String::new()
            };
            desk.notices.confirm(format!("已导入：新增 {} 行{updated}。可用“撤销”恢复。", outlook.added));
            self.grid.keep_in_sight(added);
        } else {
            desk.notices.complain("没有导入：内容与现有的相同，或本窗口只读。".to_owned());
        }
    }
}

/// The rows of cells of a file.
async fn cells_of(file: &File) -> Result<Vec<Vec<String>>, String> {
    let bytes = files::read(file, MAX_BYTES).await.map_err(|error| match error {
        files::ReadError::TooLarge => "文件超过 20 MB".to_owned(),
        files::ReadError::Unreadable => "浏览器无法读取此文件".to_owned(),
    })?;
    if !bytes.starts_with(b"PK") && !bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        let text = files::text(&bytes).ok_or("既不是 .xlsx，也不是 UTF-8 或 GB18030 编码的 CSV")?;
        return Ok(from_csv(&text));
    }
    match ask(&Request::ReadTable, Some(&bytes), |_, _| {}, &Cancel::default()).await {
        Ok((Reply::Book { book }, _)) => {
            let shown = book.sheets.into_iter().find(|sheet| !sheet.hidden && !sheet.is_empty());
            shown.map(|sheet| sheet.rows).ok_or("显示着的工作表里没有内容".to_owned())
        }
        Ok((Reply::Failed { reason }, _)) => Err(reason),
        Ok(_) | Err(WorkerError::Cancelled) => Err("文件程序的回复无法识别".to_owned()),
        Err(WorkerError::NotStarted) => Err("文件程序没有启动，请联网后刷新再试，或另存为 CSV".to_owned()),
        Err(WorkerError::Crashed(why)) => Err(format!("读取时程序意外停止（{why}），已换新")),
    }
}

/// The dialog in which the columns are matched, and the hidden file field.
#[component]
pub fn Take(
    /// What is about to be taken.
    taking: Taking,
) -> impl IntoView {
    let Taking { desk, open, pasted, readings, known, asking, file, .. } = taking;
    let matching = move || {
        readings.track();
        pasted.with_untracked(|it| it.as_ref().map(|pasted| columns(taking, pasted)))
    };
    let outlook = move || {
        pasted.with(|it| {
            let pasted = it.as_ref()?;
            Some(desk.look(|assessment, _| school_outlook(pasted, pasted.outlook(assessment, known.get()))))
        })
    };
    let read = move |event| {
        taking.show(Pasted::read(from_clipboard(&event_target_value(&event)), Column::Name));
    };
    let choose = move |event| {
        known.set(if event_target_checked(&event) { Known::Update } else { Known::Add });
    };
    let content = move || {
        view! {
            {move || asking.get().then(|| view! {
                <div class="z-field">
                    <label class="z-field__label" for="school-paste">"从 Excel 或 WPS 复制表格，在此粘贴"</label>
                    <textarea class="z-input z-input--block" id="school-paste" rows="4" spellcheck="false" on:input=read></textarea>
                </div>
            })}
            {matching}
            <div inner_html=outlook></div>
            <label class="z-check">
                <input type="checkbox" prop:checked=move || known.get() == Known::Update on:change=choose/>
                "更新同名学校（代码或名称与学段相同的，空单元格不覆盖原有内容）"
            </label>
            <div class="z-form__buttons">
                <button type="button" class="z-button" on:click=move |_| open.set(false)>"取消"</button>
                <button type="button" class="z-button z-button--main" disabled=move || pasted.with(Option::is_none) on:click=move |_| taking.apply()>"导入"</button>
            </div>
        }
    };
    view! {
        <input type="file" class="z-gone" accept=".xlsx,.xls,.et,.ods,.csv,.txt" aria-label="选择学校数据文件" node_ref=file on:change=move |_| taking.picked()/>
        <Dialog open=open title="导入学校数据".to_owned()>{content}</Dialog>
    }
}

/// The table of the columns that came, each with what it is taken for.
fn columns(taking: Taking, pasted: &Pasted) -> impl IntoView + use<> {
    let rows = (0..pasted.columns().len()).map(|at| {
        let head = pasted.columns().get(at).map(|it| it.head.clone()).unwrap_or_default();
        let name = if head.is_empty() { format!("第 {} 列", at + 1) } else { head };
        let texts = pasted.rows().iter().take(SAMPLES).filter_map(|row| row.get(at)).map(String::as_str);
        let samples = texts.collect::<Vec<_>>().join("，");
        let of = move || taking.pasted.with(|it| it.as_ref().and_then(|it| it.columns().get(at).cloned()));
        let chosen = move || of().and_then(|it| it.column).map_or("", Column::name);
        let scale = move || of().filter(|it| it.scale() == Scale::FromYuan).map(|_| "元折算为万元");
        let assign = move |event| {
            let column = Column::named(&event_target_value(&event));
            taking.pasted.update(|it| {
                if let Some(pasted) = it {
                    pasted.assign(at, column);
                }
            });
        };
        view! {
            <tr>
                <th scope="row">{name.clone()}</th>
                <td class="z-schools__samples">{samples}</td>
                <td>
                    <select class="z-input" aria-label=format!("{name} 对应") prop:value=chosen on:change=assign>
                        <option value="">"不导入"</option>
                        {Column::ALL.map(|column| view! { <option value=column.name()>{column.label()}</option> })}
                    </select>
                </td>
                <td>{scale}</td>
            </tr>
        }
    });
    view! {
        <div class="z-changes" role="group" aria-label="列的对应关系" tabindex="0"><table class="z-table">
            <thead><tr><th scope="col">"来源列"</th><th scope="col">"内容举例"</th><th scope="col">"对应本表"</th><th scope="col">"换算"</th></tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table></div>
    }
}
