//! Changes of the open assessment: typing, rows, states, undo and redo.

use super::{Host, look_at_work, saving, wake_fields, with_work};
use crate::assessment::edit::{Edit, Part};
use crate::assessment::history::apply_all;
use crate::assessment::place::Place;
use crate::assessment::table::block::changed_cells;
use crate::assessment::{Assessment, RowId};
use crate::catalogue::PointId;
use crate::leaving::{Left, leave};
use crate::record::log::{How, Moment, Origin};
use crate::school::Column;
use crate::work::Work;

/// Where 撤销 or 重做 has changed something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// At the point of this index.
    Point(usize),
    /// In 学校数据; [`Travel::cells`] says at which cells.
    Schools,
}

/// What 撤销 or 重做 has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Travel {
    /// Where the first of it is that a page can show.
    pub spot: Option<Spot>,
    /// The cells of 学校数据 among it.
    pub cells: Vec<(RowId, Column)>,
}

/// What a change was: its edits, and where they were typed if they were.
struct Done<'a> {
    edits: Vec<Edit>,
    how: How,
    typed: Option<&'a Place>,
    origin: Origin<'a>,
}

/// Takes the text that a field now shows.
pub fn type_text<H: Host>(host: &H, place: &Place, shown: &str) {
    let now = host.ms();
    change(host, |work| {
        // What the field is preset to is not the person's own and not stored.
        let text = if shown == place.preset(&work.catalogue) { "" } else { shown };
        let edits = work.assessment.typing(place, text);
        apply_all(&mut work.assessment, &edits).ok()?;
        work.history.remember(edits.clone(), Some((place, now)));
        Some(Done { edits, how: How::Filled, typed: Some(place), origin: Origin::default() })
    });
}

/// Takes the text of a field that is being left, in the form in which it is
/// kept, and says what became of it.
pub fn leave_text<H: Host>(host: &H, place: &Place, shown: &str) -> Left {
    let left = look_at_work(host, |work| {
        let left = leave(place, shown, &work.catalogue);
        let differs = work.shown_text(place) != left.text;
        (left, differs)
    });
    let Some((left, differs)) = left else {
        return Left { text: shown.to_owned(), removed: 0, fault: None };
    };
    if differs {
        type_text(host, place, &left.text);
    }
    with_work(host, |work| {
        work.history.end_run();
        work.log.end_run();
    });
    left
}

/// Applies the edits that `make` proposes as one step of this kind, and says whether
/// something was changed. `origin` is the file that they come from, if they come from one.
pub fn act<H: Host>(
    host: &H,
    how: How,
    origin: Origin<'_>,
    make: impl FnOnce(&Assessment) -> Vec<Edit>,
) -> bool {
    let changed = change(host, |work| {
        let edits = make(&work.assessment);
        apply_all(&mut work.assessment, &edits).ok()?;
        work.history.remember(edits.clone(), None);
        Some(Done { edits, how, typed: None, origin })
    });
    wake_fields(host);
    changed
}

/// Takes the last step back.
pub fn undo<H: Host>(host: &H) -> Travel {
    travel(host, How::Undone, |work| work.history.undo(&mut work.assessment).ok())
}

/// Does the last step that was taken back again.
pub fn redo<H: Host>(host: &H) -> Travel {
    travel(host, How::Redone, |work| work.history.redo(&mut work.assessment).ok())
}

fn travel<H: Host>(host: &H, how: How, step: fn(&mut Work) -> Option<Vec<Edit>>) -> Travel {
    host.hand_over_draft();
    let mut travel = Travel::default();
    change(host, |work| {
        let edits = step(work)?;
        travel = Travel { spot: spot_of(work, &edits), cells: changed_cells(&edits) };
        Some(Done { edits, how, typed: None, origin: Origin::default() })
    });
    wake_fields(host);
    travel
}

fn spot_of(work: &Work, edits: &[Edit]) -> Option<Spot> {
    let point = |id: &PointId| work.catalogue.point(id).map(|(index, _)| Spot::Point(index));
    edits.iter().find_map(|edit| match edit.part() {
        Part::Answer(id) => point(&id),
        Part::Evidence(row) => work.assessment.points_citing(&row).first().and_then(|id| point(id)),
        Part::School(_) => Some(Spot::Schools),
        Part::Contribution(row) => {
            let about = work.assessment.contributions.get(&row).and_then(|it| it.point.as_ref());
            about.and_then(&point)
        }
        Part::Head | Part::Figure(_) | Part::Mute(_) | Part::Unit(_) => None,
    })
}

/// Changes the open assessment, wakes what shows it and has it stored.
/// Where it is open for reading alone, nothing happens.
fn change<'a, H: Host>(host: &H, by: impl FnOnce(&mut Work) -> Option<Done<'a>>) -> bool {
    let (ms, at) = (host.ms(), host.date_and_time());
    host.is_changing_now(true);
    let revision = with_work(host, |work| {
        let may = work.reading.is_none();
        let done = may.then(|| by(work)).flatten().filter(|done| !done.edits.is_empty())?;
        work.took(&done.edits);
        work.log(&done.edits, done.how, done.typed, Moment { ms, at: &at, origin: done.origin });
        work.changed_at = ms;
        Some(work.revision)
    });
    host.is_changing_now(false);
    let Some(Some(revision)) = revision else { return false };
    saving::begin(host);
    host.shows_changes(revision);
    true
}
