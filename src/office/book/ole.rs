//! The container of the old formats: streams by name, each in sectors that a table
//! chains together. Believes no length: what a chain holds is never more than the
//! file, and a chain that bites its own tail ends.

/// An entry is free, or a chain over, from here on.
const LAST: u32 = 0xFFFF_FFFA;
/// So many bytes has an entry of the directory.
const ENTRY: usize = 128;
/// So many bytes has a small sector.
const SMALL: usize = 64;
/// So many bytes are read of the directory, and of all small sectors together.
const DIRECTORY: usize = 4 << 20;
const SMALLS: usize = 16 << 20;

/// A container.
pub(super) struct Container<'a> {
    bytes: &'a [u8],
    sector: usize,
    table: Vec<u32>,
    small_table: Vec<u32>,
    small: Vec<u8>,
    /// Streams smaller than this stand in small sectors.
    cutoff: usize,
    /// Those that stand in no folder: what is inside belongs to other documents that
    /// were put into this one.
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    sort: u8,
    /// The entries before and after it in its folder, and one that it holds.
    tree: [u32; 3],
    start: u32,
    length: usize,
}

impl<'a> Container<'a> {
    /// Reads the tables; `None` if they make no sense.
    pub fn open(bytes: &'a [u8]) -> Option<Container<'a>> {
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut container = Container {
            bytes,
            sector,
            table: Vec::new(),
            small_table: Vec::new(),
            small: Vec::new(),
            cutoff: usize::try_from(u32_at(bytes, 56)?).ok()?,
            entries: Vec::new(),
        };
        container.table = container.whole_table()?;
        let directory = container.chain(u32_at(bytes, 48)?, DIRECTORY);
        let entries: Vec<Entry> = directory.chunks_exact(ENTRY).filter_map(entry).collect();
        let root = entries.iter().find(|it| it.sort == 5)?;
        container.small = container.chain(root.start, root.length.min(SMALLS));
        let small_table = container.chain(u32_at(bytes, 60)?, SMALLS / SMALL * 4);
        container.small_table = numbers(&small_table).collect();
        container.entries = outermost(entries);
        Some(container)
    }

    /// Whether it has something of that name, a stream or a folder.
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|it| it.name.eq_ignore_ascii_case(name))
    }

    /// Whether all its streams have names of digits, as pictures of folders have.
    pub fn is_numbered(&self) -> bool {
        let mut streams = self.entries.iter().filter(|it| it.sort == 2).peekable();
        let is_number =
            |it: &Entry| it.name.starts_with(|c: char| c.is_ascii_digit()) || it.name.starts_with("256_");
        streams.peek().is_some() && streams.all(is_number)
    }

    /// The bytes of a stream.
    pub fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|it| it.sort == 2 && it.name.eq_ignore_ascii_case(name))?;
        Some(if entry.length < self.cutoff {
            let at = |number: usize| self.small.get(number.checked_mul(SMALL)?..)?.get(..SMALL);
            follow(entry.start, entry.length, &self.small_table, at)
        } else {
            self.chain(entry.start, entry.length)
        })
    }

    fn chain(&self, start: u32, length: usize) -> Vec<u8> {
        follow(start, length, &self.table, |number| self.sector(number))
    }

    /// A sector; the last one may be cut off by the end of the file.
    fn sector(&self, number: usize) -> Option<&'a [u8]> {
        let from = number.checked_add(1)?.checked_mul(self.sector)?;
        let rest = self.bytes.get(from..).filter(|rest| !rest.is_empty())?;
        Some(rest.get(..self.sector).unwrap_or(rest))
    }

    /// The table that chains the sectors. Its own sectors are listed in the head of
    /// the file and, if they are many, in further sectors.
    fn whole_table(&self) -> Option<Vec<u32>> {
        let most = self.bytes.len() / self.sector + 1;
        let mut listed: Vec<u32> = numbers(self.bytes.get(76..512)?).collect();
        let mut next = u32_at(self.bytes, 68)?;
        let mut lists = 0;
        while next < LAST && lists < most {
            let mut list: Vec<u32> = numbers(self.sector(usize::try_from(next).ok()?)?).collect();
            next = list.pop()?;
            listed.extend(list);
            lists += 1;
        }
        let mut table = Vec::new();
        for number in listed.into_iter().filter(|it| *it < LAST).take(most) {
            table.extend(numbers(self.sector(usize::try_from(number).ok()?)?));
            if table.len() > most {
                break;
            }
        }
        table.truncate(most);
        Some(table)
    }
}

/// The content of a chain of sectors, of at most `length` bytes, none of them twice.
fn follow<'s>(start: u32, length: usize, table: &[u32], at: impl Fn(usize) -> Option<&'s [u8]>) -> Vec<u8> {
    let mut content = Vec::new();
    let mut number = start;
    for _ in 0..=table.len() {
        let Some(place) = usize::try_from(number).ok().filter(|_| number < LAST) else { break };
        let Some(sector) = at(place) else { break };
        let left = length.saturating_sub(content.len());
        content.extend_from_slice(sector.get(..left).unwrap_or(sector));
        if content.len() >= length {
            break;
        }
        let Some(next) = table.get(place) else { break };
        number = *next;
    }
    content
}

/// The entries that the root holds; all of them where its tree leads nowhere.
fn outermost(mut entries: Vec<Entry>) -> Vec<Entry> {
    let mut is_outermost = vec![false; entries.len()];
    let root = entries.iter().find(|it| it.sort == 5);
    let mut ahead: Vec<u32> = root.map(|it| it.tree).into_iter().map(|[_, _, first]| first).collect();
    while let Some(number) = ahead.pop() {
        let Some(place) = usize::try_from(number).ok() else { continue };
        let (Some(entry), Some(seen)) = (entries.get(place), is_outermost.get_mut(place)) else { continue };
        if !*seen {
            *seen = true;
            let [before, after, _] = entry.tree;
            ahead.extend([before, after]);
        }
    }
    if is_outermost.contains(&true) {
        let mut is_outermost = is_outermost.into_iter();
        entries.retain(|_| is_outermost.next() == Some(true));
    }
    entries
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    let length = usize::from(u16_at(bytes, 64)?).saturating_sub(2).min(62);
    let units: Vec<u16> = bytes.get(..length)?.chunks_exact(2).filter_map(|it| u16_at(it, 0)).collect();
    let sort = *bytes.get(66)?;
    let (start, length) = (u32_at(bytes, 116)?, usize::try_from(u32_at(bytes, 120)?).ok()?);
    let tree = [u32_at(bytes, 68)?, u32_at(bytes, 72)?, u32_at(bytes, 76)?];
    Some(Entry { name: String::from_utf16_lossy(&units), sort, tree, start, length })
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).filter_map(|it| u32_at(it, 0))
}

/// The number of two bytes at a place.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().copied().map(u16::from_le_bytes)
}

/// The number of four bytes at a place.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().copied().map(u32::from_le_bytes)
}
