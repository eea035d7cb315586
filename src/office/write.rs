//! A workbook as the bytes of an XLSX file. The same workbook gives the same
//! bytes: no clock is read. Every text is written as a text, whatever it looks
//! like; formulas are those of the description alone; there are no links.

use std::io::{Cursor, Read, Write};

use rust_xlsxwriter as xlsx;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime, Formula,
    IgnoreError, Worksheet, XlsxError,
};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::workbook::Workbook;
use crate::workbook::sheet::{Allowed, Area, Content, Page, Quantity, Sheet, Validation};

use super::look::{self, Formats};

/// Paper size A4 in the numbering of the format.
const A4: u8 = 9;

/// Why a workbook cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// More rows than a sheet of Excel has.
    #[error("“{0}”的内容过长，超出 Excel 的行数上限")]
    TooManyRows(String),
    /// The writer refuses something.
    #[error("写入 Excel 文件时出错：{0}")]
    Refused(#[from] XlsxError),
    /// Its package cannot be put together.
    #[error("写入 Excel 文件时出错：{0}")]
    Package(#[from] zip::result::ZipError),
    /// The same.
    #[error("写入 Excel 文件时出错：{0}")]
    Bytes(#[from] std::io::Error),
}

/// The bytes of the file.
///
/// # Errors
/// When a sheet has more rows than Excel, a cell more text, or merged areas
/// overlap; none of them happens to a workbook of [`crate::workbook::submission`]
/// whose texts fit on a million rows.
pub fn write(workbook: &Workbook) -> Result<Vec<u8>, WriteError> {
    let mut file = xlsx::Workbook::new();
    let mut formats = Formats::default();
    file.set_properties(&properties(workbook));
    // Widths of columns count digits of the default font: with that of the
    // running text they mean the same wherever a substitute stands in for it.
    file.set_default_format(&look::plain(), 16, 64)?;
    for (index, sheet) in workbook.sheets.iter().enumerate() {
        let page = file.add_worksheet();
        write_sheet(sheet, page, &mut formats)?;
        page.set_active(index == 0);
    }
    let bytes = file.save_to_buffer()?;
    if workbook.grows { growing(&bytes) } else { Ok(bytes) }
}

/// The same file with rows that grow with what is typed into them. A height that is given
/// is fixed for good to the writer; Excel only takes it to be where `customHeight` says so.
fn growing(bytes: &[u8]) -> Result<Vec<u8>, WriteError> {
    let mut file = ZipArchive::new(Cursor::new(bytes))?;
    let mut grown = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..file.len() {
        let mut part = file.by_index(at)?;
        let name = part.name()?.into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content)?;
        grown.start_file(name.as_str(), SimpleFileOptions::default())?;
        if name.starts_with("xl/worksheets/") {
            let sheet = String::from_utf8_lossy(&content);
            content = sheet.replace(" customHeight=\"1\"", "").into_bytes();
        }
        grown.write_all(&content)?;
    }
    Ok(grown.finish()?.into_inner())
}

fn properties(workbook: &Workbook) -> DocProperties {
    let fields = DocProperties::new()
        .set_title(cut(&workbook.title))
        .set_author("智督")
        .set_creation_datetime(&moment(&workbook.created));
    workbook
        .properties
        .iter()
        .fold(fields, |fields, (name, value)| fields.set_custom_property(*name, cut(value).as_str()))
}

/// Properties hold 255 characters.
fn cut(text: &str) -> String {
    text.chars().take(120).collect()
}

/// "2026-11-23 14:05" as a moment; the epoch of the format for anything else.
fn moment(text: &str) -> ExcelDateTime {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).map(|part| part.parse::<u16>().unwrap_or(0));
    let mut next = || numbers.next().unwrap_or(0);
    let small = |number: u16| u8::try_from(number).unwrap_or(0);
    let (year, month, day, hour, minute) = (next(), next(), next(), next(), next());
    ExcelDateTime::from_ymd(year, small(month), small(day))
        .and_then(|date| date.and_hms(hour, small(minute), 0))
        .unwrap_or_default()
}

fn write_sheet(sheet: &Sheet, page: &mut Worksheet, formats: &mut Formats) -> Result<(), WriteError> {
    page.set_name(&sheet.name)?;
    page.set_very_hidden(sheet.very_hidden);
    for (index, column) in sheet.columns.iter().enumerate() {
        let index = column_number(index);
        page.set_column_width(index, column.width)?;
        if column.hidden {
            page.set_column_hidden(index)?;
        }
    }
    for column in &sheet.text_columns {
        page.set_column_format(column_number(*column), &look::typed_text())?;
    }
    let plain = look::plain();
    for area in &sheet.merges {
        let Area { first_row, last_row, first_column, last_column } = *area;
        page.merge_range(
            first_row,
            column_number(first_column),
            last_row,
            column_number(last_column),
            "",
            &plain,
        )?;
    }
    for (index, row) in sheet.rows.iter().enumerate() {
        let number = u32::try_from(index).ok().filter(|number| *number < 1_048_576);
        let number = number.ok_or_else(|| WriteError::TooManyRows(sheet.name.clone()))?;
        if let Some(height) = row.height {
            page.set_row_height(number, f64::from(height) / 10.0)?;
        }
        for (column, cell) in row.cells.iter().enumerate() {
            let column = column_number(column);
            match &cell.content {
                Content::Blank => page.write_blank(number, column, formats.of(cell.style, false))?,
                Content::Text(text) => {
                    let format = formats.of(cell.style, looks_like_formula(text));
                    page.write_string_with_format(number, column, text, format)?
                }
                Content::Number(value) => page.write_number_with_format(
                    number,
                    column,
                    value.to_f64(),
                    formats.of(cell.style, false),
                )?,
                Content::Formula { formula, value } => {
                    let formula = Formula::new(formula).set_result(value.to_string());
                    page.write_formula_with_format(number, column, formula, formats.of(cell.style, false))?
                }
            };
        }
    }
    for validation in &sheet.validations {
        validate(page, validation)?;
    }
    if let Some(setup) = &sheet.page {
        set_page(sheet, setup, page)?;
    }
    Ok(())
}

fn column_number(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

/// Texts that a spreadsheet might compute when they are typed again or pass
/// through CSV.
fn looks_like_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

fn validate(page: &mut Worksheet, validation: &Validation) -> Result<(), XlsxError> {
    let rule = DataValidation::new()
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_title(validation.name)?;
    let rule = match &validation.rule {
        Allowed::OneOf(words) => {
            rule.allow_list_strings(words)?.set_error_message(format!("请选择：{}", words.join("、")))?
        }
        Allowed::UpTo(maximum) => rule
            .allow_decimal_number(DataValidationRule::Between(0.0, Quantity::from(*maximum).to_f64()))
            .set_error_message(format!("请填写 0 至 {maximum} 之间的数字，小数最多两位"))?,
        Allowed::Nothing => rule
            .allow_custom(Formula::new("FALSE"))
            .set_error_message("此处为原文或由程序填写的内容，不用修改")?,
        Allowed::FromZero { whole: true } => rule
            .allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0))
            .set_error_message("请填写 0 或正整数")?,
        Allowed::FromZero { whole: false } => rule
            .allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0))
            .set_error_message("请填写 0 或正数，小数最多六位")?,
    };
    let column = column_number(validation.column);
    let (first, last) = validation.rows;
    page.add_data_validation(first, column, last, column, &rule)?;
    Ok(())
}

fn set_page(sheet: &Sheet, setup: &Page, page: &mut Worksheet) -> Result<(), XlsxError> {
    page.set_paper_size(A4).set_print_fit_to_pages(setup.wide, 0).set_print_center_horizontally(true);
    page.set_margins(0.4, 0.4, 0.5, 0.6, 0.25, 0.3);
    if setup.landscape {
        page.set_landscape();
    } else {
        page.set_screen_gridlines(false);
    }
    if let Some(row) = setup.repeated_row {
        page.set_repeat_rows(row, row)?;
    }
    if setup.wide > 1 && sheet.frozen_columns > 0 {
        page.set_repeat_columns(0, sheet.frozen_columns - 1)?;
    }
    if (sheet.frozen, sheet.frozen_columns) != (0, 0) {
        page.set_freeze_panes(sheet.frozen, sheet.frozen_columns)?;
    }
    let doubled = |text: &str| text.replace('&', "&&");
    if !setup.header.is_empty() {
        page.set_header(format!("&C{}", doubled(&setup.header)));
    }
    page.set_footer(format!("&L{}&R第 &P 页，共 &N 页", doubled(&setup.footer)));
    // A score that does not count stands in its cell as text on purpose, as do codes.
    let last_row = u32::try_from(sheet.rows.len()).unwrap_or(1).saturating_sub(1);
    let last_row = sheet.validations.iter().map(|it| it.rows.1).fold(last_row, u32::max);
    let last_column = column_number(sheet.columns.len().saturating_sub(1));
    page.ignore_error_range(0, 0, last_row, last_column, IgnoreError::NumberStoredAsText)?;
    Ok(())
}
