//! Workbooks put together from their parts.

use std::io::{Cursor, Write};

use zhidu::office::book::{Refusal, read};
use zhidu::value::grid::{About, Book, Grid};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
pub const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
pub const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// The parts of a file by their names.
#[derive(Clone, Default)]
pub struct Raw(pub Vec<(String, Vec<u8>)>);

impl Raw {
    /// No parts.
    pub fn new() -> Raw {
        Raw::default()
    }

    /// A workbook whose sheets have these rows; the first is called 一, the second 二.
    pub fn sheets(rows: &[&str]) -> Raw {
        let names = ["一", "二", "三"];
        let numbers = 1..=rows.len();
        let listed: String = numbers
            .clone()
            .map(|it| format!("<sheet name=\"{}\" sheetId=\"{it}\" r:id=\"rId{it}\"/>", names[it - 1]))
            .collect();
        let related: String =
            numbers.map(|it| relation(it, "worksheet", &format!("worksheets/sheet{it}.xml"))).collect();
        let related = related
            + &relation(98, "styles", "styles.xml")
            + &relation(99, "sharedStrings", "sharedStrings.xml");
        let mut raw = Raw::new()
            .with("[Content_Types].xml", "<Types/>")
            .with("_rels/.rels", &relations(&relation(1, "officeDocument", "xl/workbook.xml")))
            .with("xl/workbook.xml", &workbook("", &listed))
            .with("xl/_rels/workbook.xml.rels", &relations(&related));
        for (at, rows) in rows.iter().enumerate() {
            raw = raw.with(&format!("xl/worksheets/sheet{}.xml", at + 1), &sheet("", rows, ""));
        }
        raw
    }

    /// With a part more, or with another in its place.
    pub fn with(mut self, name: &str, content: &str) -> Raw {
        self.0.retain(|(it, _)| it != name);
        self.0.push((name.to_owned(), content.as_bytes().to_vec()));
        self
    }

    /// With these texts to refer to.
    pub fn texts(self, items: &str) -> Raw {
        self.with("xl/sharedStrings.xml", &format!("<sst xmlns=\"{MAIN}\">{items}</sst>"))
    }

    /// With these formats of numbers, in the order in which cells name them.
    pub fn formats(self, codes: &[&str]) -> Raw {
        let escaped = |code: &str| code.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
        let formats: String = codes
            .iter()
            .enumerate()
            .map(|(at, code)| format!("<numFmt numFmtId=\"{}\" formatCode=\"{}\"/>", 164 + at, escaped(code)))
            .collect();
        let looks: String = (0..codes.len()).map(|at| format!("<xf numFmtId=\"{}\"/>", 164 + at)).collect();
        let styles = format!(
            "<styleSheet xmlns=\"{MAIN}\"><numFmts>{formats}</numFmts><cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs><cellXfs>{looks}</cellXfs></styleSheet>"
        );
        self.with("xl/styles.xml", &styles)
    }

    /// As a file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut file = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in &self.0 {
            file.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
            file.write_all(bytes).unwrap();
        }
        file.finish().unwrap().into_inner()
    }

    /// As a book.
    #[track_caller]
    pub fn book(&self) -> Book {
        read(&self.bytes()).unwrap()
    }

    /// Its first sheet.
    #[track_caller]
    pub fn grid(&self) -> Grid {
        self.book().sheets.remove(0)
    }

    /// Why it is refused.
    #[track_caller]
    pub fn refusal(&self) -> Refusal {
        read(&self.bytes()).unwrap_err()
    }
}

/// The first sheet of a workbook with these rows.
#[track_caller]
pub fn grid(rows: &str) -> Grid {
    Raw::sheets(&[rows]).grid()
}

/// What is known of the cells of a sheet.
pub fn marks(grid: &Grid) -> Vec<(usize, usize, About)> {
    grid.marks.iter().map(|mark| (mark.row, mark.column, mark.about.clone())).collect()
}

pub fn sheet(before: &str, rows: &str, after: &str) -> String {
    format!("<worksheet xmlns=\"{MAIN}\">{before}<sheetData>{rows}</sheetData>{after}</worksheet>")
}

pub fn workbook(before: &str, sheets: &str) -> String {
    format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\">{before}<sheets>{sheets}</sheets></workbook>")
}

pub fn relations(inside: &str) -> String {
    format!("<Relationships xmlns=\"{PACKAGE}\">{inside}</Relationships>")
}

pub fn relation(id: usize, sort: &str, target: &str) -> String {
    format!("<Relationship Id=\"rId{id}\" Type=\"{RELATIONS}/{sort}\" Target=\"{target}\"/>")
}

/// A row with these cells.
pub fn row(cells: &str) -> String {
    format!("<row>{cells}</row>")
}

/// A cell with a text.
pub fn text(text: &str) -> String {
    format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>")
}
