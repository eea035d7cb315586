//! Files that were damaged or made to do harm: each is read or refused, none brings the
//! program down, and none takes long.

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use zhidu::record::backup;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

/// The longest that one file may take, in a build that is not made for speed.
const LONGEST: Duration = Duration::from_secs(10);

/// Numbers by which readers are led astray, and pieces of markup that they stumble over.
const ODD: [&str; 18] = [
    "4294967295",
    "18446744073709551615",
    "-1",
    "",
    "NaN",
    "XFD1048576",
    "ZZZZ99999999999",
    "<!DOCTYPE x [<!ENTITY a \"aaaa\">]>",
    "&a;",
    "&#0;",
    "&#x10FFFF;",
    "<row r=\"1048577\">",
    "<c r=\"A0\" t=\"s\"><v>999999</v></c>",
    "<c t=\"inlineStr\"><is><t>x</t></is></c>",
    "</sheetData>",
    "<rPh sb=\"0\" eb=\"1\"><t>x</t></rPh>",
    "zhidu-base 1 99999999",
    "\u{0}",
];

/// Changes a few places of some bytes.
fn mutated(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=dice.roll(4) {
        if bytes.is_empty() {
            break;
        }
        let at = dice.roll(bytes.len());
        match dice.roll(6) {
            0 => bytes[at] ^= 1 << dice.roll(8),
            1 => bytes.truncate(at),
            2 => drop(bytes.splice(at..at, ODD[dice.roll(ODD.len())].bytes())),
            3 => {
                let to = (at + 1 + dice.roll(40)).min(bytes.len());
                drop(bytes.drain(at..to));
            }
            4 => {
                let to = (at + 1 + dice.roll(200)).min(bytes.len());
                let piece = bytes[at..to].to_vec();
                drop(bytes.splice(at..at, piece));
            }
            _ => {
                // A number gives way to another one.
                let digit = (at..bytes.len()).find(|it| bytes[*it].is_ascii_digit()).unwrap_or(at);
                let end = (digit..bytes.len()).find(|it| !bytes[*it].is_ascii_digit()).unwrap_or(digit);
                drop(bytes.splice(digit..end, ODD[dice.roll(7)].bytes()));
            }
        }
    }
    bytes
}

fn package(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn files_that_were_damaged_are_read_or_refused_and_nothing_more() {
    let catalogue = Arc::new(catalogue("beijing-duties-2023"));
    let base = filled(&catalogue);
    let whole = write(&submission(&catalogue, &base, WHEN)).unwrap();
    let (pieces, text) = (files(&whole), backup::write(&base));
    let (mut read_as, mut refused) = (0, 0);
    for round in 0..usual("ZHIDU_MUTATIONS", 2_000_usize) {
        let mut dice = Dice(round as u64 + 1);
        let began = Instant::now();
        if round % 5 == 0 {
            drop(backup::read(&mutated(text.as_bytes(), &mut dice)));
        } else {
            let bytes = if round % 5 == 1 {
                mutated(&whole, &mut dice)
            } else {
                let mut changed = pieces.clone();
                let at = dice.roll(changed.len());
                changed[at].1 = mutated(&changed[at].1, &mut dice);
                package(&changed)
            };
            let found = books::read(&bytes).ok();
            let known = (dice.roll(2) == 0).then_some(&base);
            match found.map(|book| read(&book, |_| Some(Arc::clone(&catalogue)), known)) {
                Some(Ok(_)) => read_as += 1,
                Some(Err(_)) | None => refused += 1,
            }
        }
        assert!(began.elapsed() < LONGEST, "round {round} took {:?}", began.elapsed());
    }
    assert!(read_as > 0 && refused > 0, "{read_as} read, {refused} refused");
}
