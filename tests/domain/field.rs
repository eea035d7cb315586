//! Files as they come from the field, from tests/data/field, decoded as a browser does.

use zhidu::value::grid::Grid;
use zhidu::value::grid::encoding::Encoding;
use zhidu::value::grid::kind::{Kind, sniff};

/// The bytes of a file.
pub fn bytes(path: &str) -> Vec<u8> {
    let whole = format!("{}/tests/data/field/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&whole).unwrap_or_else(|error| panic!("{whole}: {error}"))
}

/// The text of a file in UTF-8 or UTF-16, as it is sniffed.
#[track_caller]
pub fn text(path: &str) -> String {
    let bytes = bytes(path);
    let Kind::Text(encoding) = sniff(&bytes) else { panic!("{path} is no text") };
    decoded(&bytes, encoding)
}

/// A text as the browser decodes it, in UTF-8 and UTF-16.
#[track_caller]
pub fn decoded(bytes: &[u8], encoding: Encoding) -> String {
    let units = |read: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|it| read(it.try_into().unwrap())).collect();
        String::from_utf16_lossy(&units)
    };
    let text = match encoding {
        Encoding::Utf8 => String::from_utf8_lossy(bytes).into_owned(),
        Encoding::Utf16Le => units(u16::from_le_bytes),
        Encoding::Utf16Be => units(u16::from_be_bytes),
        Encoding::Gb18030 => panic!("GB18030 is decoded by browsers alone"),
    };
    text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text)
}

/// The texts of a column.
pub fn column(grid: &Grid, column: usize) -> Vec<&str> {
    (0..grid.rows.len()).map(|row| grid.text(row, column)).collect()
}

/// The six schools of most files.
pub const SCHOOLS: [&str; 7] =
    ["学校名称", "青禾小学", "石桥第一小学", "云溪小学", "白杨坡教学点", "望山中学", "河湾初级中学"];
