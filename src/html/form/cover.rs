//! 封面: who fills in, for when, and the lines that the submission's cover prints.

use maud::html;

use crate::assessment::Assessment;
use crate::assessment::place::{HeadField, Place};
use crate::catalogue::Catalogue;
use crate::html::form::field::field;

/// The page 封面, without the texts of its fields.
pub fn cover(catalogue: &Catalogue, assessment: &Assessment) -> String {
    use HeadField::{Due, Filler, Leader, Name, Phone, Reviewer, UnitCode, UnitName, Year};
    let card = |name: &str, fields: &[HeadField], hint: Option<&str>| {
        html! {
            fieldset.z-card {
                legend.z-card__legend { span.z-card__name { (name) } }
                div.z-form { @for it in fields { (field(&Place::Head(*it))) } }
                @if let Some(hint) = hint { p.z-hint { (hint) } }
            }
        }
    };
    let markup = html! {
        header.z-page__head { h1 { "封面" } }
        @if assessment.head.example {
            p.z-banner { "这是示例：单位和内容都是虚构的，导出的文件也会标明“示例，非真实填报”。其中有意留了几处矛盾，可到“体检”中查看。" }
        }
        (card("自评", &[Name, UnitName, UnitCode, Year, Due], None))
        (card("签署", &[Filler, Reviewer, Leader, Phone], Some("这些内容印在导出的 Excel 封面上，盖章处留空。")))
        section.z-card {
            h2 { "指标体系" }
            p { (catalogue.title) @if !catalogue.doc_no.is_empty() { "（" (catalogue.doc_no) "）" } }
            @if !catalogue.rules.is_empty() {
                h3 { "计分规则（原文）" }
                ul { @for rule in &catalogue.rules { li { (rule) } } }
            }
            @if !catalogue.grades.is_empty() {
                h3 { "等次（原文，程序不评定等次）" }
                ul { @for grade in &catalogue.grades { li { (grade.name) @if !grade.limit.is_empty() { "：" (grade.limit) } } } }
            }
            @if !catalogue.notes.is_empty() {
                h3 { "编者说明" }
                ul { @for note in &catalogue.notes { li { (note) } } }
            }
        }
    };
    markup.into_string()
}
