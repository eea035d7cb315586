//! What the page hears from the worker, and how this program's own files are known.

use zhidu::exchange::{Asked, ReadTable, Reply, SchoolTemplate};
use zhidu::office::serve;
use zhidu::value::grid::Origin;

use super::raw::{Raw, row, text};

#[test]
fn the_worker_gives_the_tables_of_a_file() {
    let raw = Raw::sheets(&[&row(&text("青禾小学")), ""]);
    let (reply, none) = serve::answer(&ReadTable.request(), &raw.bytes(), &mut |_| {});
    assert_eq!((reply, none), (Reply::Book { book: raw.book() }, None));
    for bytes in [&b""[..], b"PK", &raw.bytes()[..200]] {
        let (reply, _) = serve::answer(&ReadTable.request(), bytes, &mut |_| {});
        assert!(matches!(reply, Reply::Failed { .. }), "{reply:?}");
    }
}

#[test]
fn the_template_is_known_as_such() {
    let request = SchoolTemplate { when: "2026-11-23 14:05".into() }.request();
    let (_, bytes) = serve::answer(&request, &[], &mut |_| {});
    let (reply, _) = serve::answer(&ReadTable.request(), &bytes.unwrap(), &mut |_| {});
    let Reply::Book { book } = reply else { panic!("{reply:?}") };
    assert_eq!(book.origin, Origin::Template);
    assert_eq!(book.sheets.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["学校数据", "说明"]);
}
