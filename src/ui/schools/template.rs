//! 下载模板: the workbook in which schools are collected, made by the file worker;
//! where that does not work, the heads as CSV, and the notice says so.

use leptos::task::spawn_local;
use zhidu::assessment::table::paste::template;
use zhidu::exchange::SchoolTemplate;
use zhidu::workbook::template::TITLE;

use crate::browser::worker::{Cancel, ask};
use crate::browser::{clock, files};
use crate::ui::desk::Desk;

/// Makes the template and hands it to the browser.
pub fn download(desk: Desk) {
    spawn_local(async move {
        let asked = SchoolTemplate { when: clock::date_and_time() };
        let answer = ask(asked, None, |_, _| {}, &Cancel::default()).await;
        let taken = if let Ok(bytes) = answer {
            files::download(&format!("{TITLE}.xlsx"), files::XLSX, &bytes)
        } else {
            let taken = files::download(&format!("{TITLE}.csv"), files::CSV, template().as_bytes());
            if taken.is_some() {
                let told = "文件程序未能生成 Excel 模板，已改为下载 CSV 模板（只有表头，没有下拉列表）。可用 Excel 或 WPS 打开填写，再导入。";
                desk.notices.complain(told.to_owned());
            }
            taken
        };
        if taken.is_none() {
            desk.notices.complain("浏览器没有接受下载。请检查浏览器的下载设置后再试。".to_owned());
        }
    });
}
