//! Records and the texts in them. A long one is continued in further records, and a
//! text that is cut there says anew how its characters are written.

use super::super::ole::u16_at;

/// The record that continues another.
const CONTINUED: u16 = 0x003C;

/// A record.
#[derive(Clone, Copy)]
pub(super) struct Record<'a> {
    /// What it is.
    pub sort: u16,
    /// What it holds.
    pub data: &'a [u8],
}

/// The records of a stream, until it ends or makes no sense.
pub(super) struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    /// From the beginning of `stream`.
    pub fn of(stream: &'a [u8]) -> Records<'a> {
        Records { rest: stream }
    }

    /// The data of a record just read, and of those that continue it.
    pub fn with_next(&mut self, record: Record<'a>) -> Vec<&'a [u8]> {
        let mut pieces = vec![record.data];
        while u16_at(self.rest, 0) == Some(CONTINUED) {
            let Some(next) = self.next() else { break };
            pieces.push(next.data);
        }
        pieces
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (sort, length) = (u16_at(self.rest, 0)?, usize::from(u16_at(self.rest, 2)?));
        let data = self.rest.get(4..4 + length)?;
        self.rest = self.rest.get(4 + length..)?;
        Some(Record { sort, data })
    }
}

/// The data of a record and of those that continue it.
pub(super) struct Pieces<'a> {
    now: &'a [u8],
    /// The later ones, the next of them last.
    later: Vec<&'a [u8]>,
}

impl<'a> Pieces<'a> {
    /// All of them in order.
    pub fn of(mut pieces: Vec<&'a [u8]>) -> Pieces<'a> {
        pieces.reverse();
        let now = pieces.pop().unwrap_or_default();
        Pieces { now, later: pieces }
    }

    /// Passes over bytes.
    pub fn pass(&mut self, mut count: usize) {
        while count > 0 && self.fill() {
            let here = count.min(self.now.len());
            self.now = self.now.get(here..).unwrap_or_default();
            count -= here;
        }
    }

    /// A text of at most 255 characters.
    pub fn short_text(&mut self) -> Option<String> {
        let length = usize::from(self.byte()?);
        let wide = self.byte()? & 1 == 1;
        self.characters(length, wide)
    }

    /// A text of at most 65,535 characters.
    pub fn long_text(&mut self) -> Option<String> {
        let length = self.pair()?;
        let wide = self.byte()? & 1 == 1;
        self.characters(length, wide)
    }

    /// A text of at most 65,535 characters, with fonts and reading aids behind it.
    pub fn rich_text(&mut self) -> Option<String> {
        let length = self.pair()?;
        let flags = self.byte()?;
        let runs = if flags & 8 != 0 { self.pair()? } else { 0 };
        let aids = if flags & 4 != 0 { self.pair()? + (self.pair()? << 16) } else { 0 };
        let text = self.characters(length, flags & 1 == 1)?;
        self.pass(runs * 4 + aids);
        Some(text)
    }

    /// So many characters. Where a record ends among them, the next one begins with
    /// a byte that says how the rest is written.
    fn characters(&mut self, count: usize, mut wide: bool) -> Option<String> {
        let mut units = Vec::new();
        while units.len() < count {
            if self.now.is_empty() {
                if !self.fill() {
                    break;
                }
                wide = self.byte()? & 1 == 1;
                continue;
            }
            let left = count - units.len();
            let size = if wide { 2 } else { 1 };
            let here = (left * size).min(self.now.len());
            let (text, rest) = self.now.split_at_checked(here)?;
            if wide {
                units.extend(text.chunks_exact(2).filter_map(|it| u16_at(it, 0)));
            } else {
                units.extend(text.iter().map(|byte| u16::from(*byte)));
            }
            self.now = rest;
            if here < size {
                break;
            }
        }
        (units.len() == count).then(|| String::from_utf16_lossy(&units))
    }

    fn byte(&mut self) -> Option<u8> {
        if !self.fill() {
            return None;
        }
        let (first, rest) = self.now.split_first()?;
        self.now = rest;
        Some(*first)
    }

    fn pair(&mut self) -> Option<usize> {
        let low = usize::from(self.byte()?);
        Some(low + (usize::from(self.byte()?) << 8))
    }

    /// Goes on to the next piece that has bytes; whether there is one.
    fn fill(&mut self) -> bool {
        while self.now.is_empty() {
            match self.later.pop() {
                Some(next) => self.now = next,
                None => return false,
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_goes_on_in_the_next_record_in_its_own_way() {
        let first = [4, 0, 0b1001, 1, 0, 0x52, 0x97, b'A', 0];
        let second = [0, b'B', b'C', 9, 9];
        let third = [9, 9, 1, 0, 0, b'D'];
        let mut pieces = Pieces::of(vec![&first, &[], &second, &third]);
        assert_eq!(pieces.rich_text().as_deref(), Some("青ABC"));
        assert_eq!(pieces.rich_text().as_deref(), Some("D"));
        assert_eq!(pieces.rich_text(), None);
    }

    #[test]
    fn a_text_that_ends_early_is_none() {
        for length in 0..8 {
            let bytes = &[3, 0, 1, b'A', 0, b'B', 0, b'C', 0][..length];
            assert_eq!(Pieces::of(vec![bytes]).long_text(), None, "{length}");
        }
    }
}
