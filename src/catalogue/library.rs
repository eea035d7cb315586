//! The catalogues that a program has: today's text of each, and the editions before it
//! that were shipped, so that work which was begun with one goes on with just that.
//! An edition is named by the catalogue's id and the hash of its text.

use std::sync::{Arc, Mutex, PoisonError};

use super::{Catalogue, CatalogueId, PointId, embedded};

/// An edition that was shipped before today's.
#[derive(Clone, Copy, Debug)]
pub struct Earlier {
    /// Whose edition it is.
    pub id: &'static str,
    /// The hash of its text.
    pub text_hash: &'static str,
    /// The whole of it as JSON.
    pub json: &'static str,
}

/// Earlier editions, as they stood in `indicators/`; nothing has been shipped yet whose
/// text was corrected since.
const EARLIER: [Earlier; 0] = [];

/// How the wording of a catalogue stands to what is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// It is the one that is asked for, and today's.
    Today,
    /// It is the one that is asked for; there is a later one.
    Earlier,
    /// It is today's, because this program does not have the one that is asked for: of
    /// a later program, or of somebody's own making.
    Unknown,
}

/// An edition that was found.
#[derive(Clone, Debug)]
pub struct Edition {
    /// The catalogue in the wording of that edition.
    pub catalogue: Arc<Catalogue>,
    /// The same as JSON.
    pub json: &'static str,
    /// How it stands to the one that was asked for.
    pub wording: Wording,
}

/// The catalogues and their editions.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// Id and JSON of each, in today's wording.
    pub today: Vec<(&'static str, &'static str)>,
    /// Those before.
    pub earlier: Vec<Earlier>,
}

/// All that belongs to this version, whether or not the program was given it yet. A
/// program that calls this has all texts inside.
pub fn shipped() -> Library {
    Library { today: embedded().to_vec(), earlier: EARLIER.to_vec() }
}

/// What the running program was given: texts come beside it, so that it need not wait
/// for those that it does not use.
static CARRIED: Mutex<Library> = Mutex::new(Library { today: Vec::new(), earlier: Vec::new() });

/// The texts that the running program was given so far.
pub fn carried() -> Library {
    CARRIED.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// Gives the running program all texts of this version.
pub fn carry_all() {
    let Library { today, earlier } = shipped();
    for (id, json) in today {
        let of_it = earlier.iter().filter(|it| it.id == id);
        carry(id, json, &of_it.map(|it| it.json).collect::<Vec<_>>());
    }
}

/// Gives the running program the texts of a catalogue: today's and those of earlier
/// editions. Texts that it has already are left alone; the order of the ids is that in
/// which catalogues are offered.
pub fn carry(id: &str, today: &str, earlier: &[&str]) {
    let mut carried = CARRIED.lock().unwrap_or_else(PoisonError::into_inner);
    if carried.today.iter().any(|(known, _)| *known == id) {
        return;
    }
    // They stay as long as the program runs.
    let kept = |text: &str| -> &'static str { Box::leak(Box::from(text)) };
    let id = kept(id);
    let place = carried.today.partition_point(|(known, _)| *known < id);
    carried.today.insert(place, (id, kept(today)));
    for json in earlier.iter().map(|text| kept(text)) {
        // One that cannot be read names no edition.
        let Some(Parsed { text_hash, .. }) = parsed(json) else { continue };
        carried.earlier.push(Earlier { id, text_hash: kept(&text_hash), json });
    }
}

impl Library {
    /// Today's edition of a catalogue; `None` if there is none of that id.
    pub fn today(&self, id: &CatalogueId) -> Option<Edition> {
        let (_, json) = self.today.iter().find(|(known, _)| *known == id.as_str())?;
        let Parsed { catalogue, .. } = parsed(json)?;
        Some(Edition { catalogue, json, wording: Wording::Today })
    }

    /// Today's editions of all catalogues, in the order in which they are offered.
    pub fn all(&self) -> Vec<Arc<Catalogue>> {
        self.today.iter().filter_map(|(_, json)| Some(parsed(json)?.catalogue)).collect()
    }

    /// The edition of this text, or else today's; `None` if there is none of that id.
    pub fn edition(&self, id: &CatalogueId, text_hash: &str) -> Option<Edition> {
        let today = self.today(id)?;
        if parsed(today.json)?.text_hash == text_hash {
            return Some(today);
        }
        let mut earlier = self.earlier.iter().filter(|it| it.id == id.as_str());
        let found = earlier.find(|it| it.text_hash == text_hash);
        let edition = found.and_then(|it| Some((parsed(it.json)?.catalogue, it.json)));
        Some(match edition {
            Some((catalogue, json)) => Edition { catalogue, json, wording: Wording::Earlier },
            None => Edition { wording: Wording::Unknown, ..today },
        })
    }
}

/// A catalogue that was read, with the hash of its text.
#[derive(Clone)]
struct Parsed {
    catalogue: Arc<Catalogue>,
    text_hash: String,
}

/// Reads a catalogue once, however often it is asked for: texts that a program carries
/// stay where they are.
fn parsed(json: &'static str) -> Option<Parsed> {
    static KNOWN: Mutex<Vec<(&'static str, Parsed)>> = Mutex::new(Vec::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, found)) = known.iter().find(|(of, _)| std::ptr::eq(*of, json)) {
        return Some(found.clone());
    }
    let catalogue = Catalogue::parse_shipped(json).ok()?;
    let found = Parsed { text_hash: catalogue.text_hash(), catalogue: Arc::new(catalogue) };
    known.push((json, found.clone()));
    Some(found)
}

/// How the points of one edition stand to those of another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// Those that are worded otherwise, in the order of the newer edition: the point's
    /// own text, that of a group around it, or its value.
    pub changed: Vec<PointId>,
    /// Those that are new.
    pub added: Vec<PointId>,
    /// Those that are there no more, in the order of the older edition.
    pub gone: Vec<PointId>,
}

impl Compared {
    /// Compares two editions of a catalogue, point by point.
    pub fn of(older: &Catalogue, newer: &Catalogue) -> Compared {
        let mut compared = Compared::default();
        for (index, point) in newer.points().iter().enumerate() {
            match older.point(&point.id) {
                None => compared.added.push(point.id.clone()),
                Some((before, known)) => {
                    let same = older.point_hash(before) == newer.point_hash(index)
                        && (known.points, &known.units) == (point.points, &point.units);
                    if !same {
                        compared.changed.push(point.id.clone());
                    }
                }
            }
        }
        let lost = older.points().iter().filter(|point| newer.point(&point.id).is_none());
        compared.gone = lost.map(|point| point.id.clone()).collect();
        compared
    }
}
