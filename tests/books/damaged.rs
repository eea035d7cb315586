//! Files cut anywhere and spoilt anywhere: refused or read, always soon, never a
//! panic.

use std::time::{Duration, Instant};

use zhidu::office::book::read;

use super::field::bytes;
use super::raw::{Raw, row, text};

/// Numbers that look random and are the same in every run.
pub struct Seeded(pub u64);

impl Seeded {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

#[track_caller]
fn soon(bytes: &[u8]) {
    let begun = Instant::now();
    let _ = read(bytes);
    assert!(begun.elapsed() < Duration::from_secs(5));
}

fn files() -> [Vec<u8>; 5] {
    let open_document = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/libreoffice/merged.ods");
    [
        std::fs::read(open_document).unwrap(),
        bytes("15-hidden-rows-columns/a-筛选与隐藏列.xlsx"),
        bytes("37-percent/百分比.xlsx"),
        bytes("45-phonetic/拼音注音.xlsx"),
        bytes("07-xls-et/学校数据.xls"),
    ]
}

#[test]
fn a_file_may_end_anywhere() {
    for bytes in files() {
        for part in 0..100 {
            soon(&bytes[..bytes.len() * part / 100]);
        }
    }
}

#[test]
fn any_byte_of_a_file_may_be_another() {
    let mut seeded = Seeded(1);
    for bytes in files() {
        for _ in 0..2_000 {
            let mut spoilt = bytes.clone();
            for _ in 0..=seeded.below(4) {
                let at = seeded.below(spoilt.len());
                spoilt[at] = u8::try_from(seeded.below(256)).unwrap();
            }
            soon(&spoilt);
        }
    }
}

#[test]
fn any_byte_of_its_parts_may_be_another() {
    let mut seeded = Seeded(2);
    let rows = row(&(text("青禾小学")
        + "<c r=\"B1\" s=\"1\"><f>A1</f><v>0.5</v></c><c t=\"s\"><v>0</v></c><c t=\"e\"><v>#N/A</v></c>"));
    let whole =
        Raw::sheets(&[&rows]).formats(&["0!.0,\"万\"", "0.0%"]).texts("<si><r><t>区_x000D_</t></r></si>");
    let mut read_at_all = 0;
    for _ in 0..2_000 {
        let mut spoilt = whole.clone();
        let part = seeded.below(spoilt.0.len());
        let bytes = &mut spoilt.0[part].1;
        for _ in 0..=seeded.below(3) {
            let at = seeded.below(bytes.len());
            match seeded.below(3) {
                0 => bytes[at] = u8::try_from(seeded.below(256)).unwrap(),
                1 => drop(bytes.remove(at)),
                _ => bytes.insert(at, b"<>/&\"0159;= "[seeded.below(12)]),
            }
        }
        soon(&spoilt.bytes());
        read_at_all += usize::from(read(&spoilt.bytes()).is_ok());
    }
    assert!(read_at_all > 100, "{read_at_all}");
}
