//! Names of catalogues, groups and points. Each can be had only by parsing or
//! from a catalogue, so that a value of these types is always well formed; it
//! does not say that the catalogue, group or point exists.

use std::cmp::Ordering;
use std::fmt;

use serde::Serialize;

use crate::value::json::parsed;

/// Why a text names no catalogue, group, point or figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Not 1 to 80 of `a-z`, `0-9` and `-`.
    #[error("指标体系编号须为 1 至 80 个小写字母、数字或连字符")]
    Catalogue,
    /// Not a catalogue id, a full stop and an ordinal in its shortest form.
    #[error("要点编号须为“指标体系编号.序号”，序号至少两位")]
    Point,
    /// Not 1 to 60 of `a-z`, `0-9` and `-`, or a `-` in front.
    #[error("数据编号须为 1 至 60 个小写字母、数字或连字符，且不以连字符开头")]
    Figure,
    /// Not a path of positions such as "1.2".
    #[error("分组编号须为“1.2.3”形式的位置")]
    Group,
}

/// Names a catalogue: 1 to 80 characters of `a-z`, `0-9` and `-`.
///
/// The set is open: besides the embedded catalogues a person may import others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(into = "String")]
pub struct CatalogueId(String);

impl CatalogueId {
    /// Reads an id.
    ///
    /// # Errors
    /// [`IdError::Catalogue`] for any other character or length.
    pub fn parse(text: &str) -> Result<CatalogueId, IdError> {
        let allowed = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-');
        if (1..=80).contains(&text.len()) && text.bytes().all(allowed) {
            Ok(CatalogueId(text.to_owned()))
        } else {
            Err(IdError::Catalogue)
        }
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Names a point for good: its catalogue and its 1-based ordinal there,
/// written "beijing-balance-2018.07" (two digits at least).
///
/// Ordered by catalogue and then by number, so that 99 comes before 100.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(into = "String")]
pub struct PointId {
    text: String,
    ordinal: u16,
}

impl PointId {
    /// The id of the `ordinal`-th point (1-based) of `catalogue`.
    pub fn new(catalogue: &CatalogueId, ordinal: u16) -> PointId {
        PointId { text: format!("{catalogue}.{ordinal:02}"), ordinal }
    }

    /// Reads an id in exactly the form that it is written in.
    ///
    /// # Errors
    /// [`IdError::Point`] for anything else, also "x.7", "x.007" and "x.00".
    pub fn parse(text: &str) -> Result<PointId, IdError> {
        let (catalogue, digits) = text.rsplit_once('.').ok_or(IdError::Point)?;
        CatalogueId::parse(catalogue).map_err(|_| IdError::Point)?;
        let shortest = digits.len() == 2 || (digits.len() > 2 && !digits.starts_with('0'));
        if !shortest || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(IdError::Point);
        }
        match digits.parse() {
            Ok(ordinal) if ordinal > 0 => Ok(PointId { text: text.to_owned(), ordinal }),
            _ => Err(IdError::Point),
        }
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The catalogue that the point belongs to.
    pub fn catalogue(&self) -> CatalogueId {
        CatalogueId(self.catalogue_text().to_owned())
    }

    /// The point's 1-based place in its catalogue.
    pub fn ordinal(&self) -> u16 {
        self.ordinal
    }

    fn catalogue_text(&self) -> &str {
        self.text.rsplit_once('.').map_or("", |(catalogue, _)| catalogue)
    }
}

impl Ord for PointId {
    fn cmp(&self, other: &PointId) -> Ordering {
        self.catalogue_text().cmp(other.catalogue_text()).then(self.ordinal.cmp(&other.ordinal))
    }
}

impl PartialOrd for PointId {
    fn partial_cmp(&self, other: &PointId) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Names a group within its catalogue: the 1-based positions on the way to it,
/// written "1.2.3". Ordered as the document is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(into = "String")]
pub struct GroupId(Vec<u16>);

impl GroupId {
    /// Reads a path of positions, each 1 or more without leading zeros.
    ///
    /// # Errors
    /// [`IdError::Group`] for anything else.
    pub fn parse(text: &str) -> Result<GroupId, IdError> {
        let position = |part: &str| {
            let plain = part.bytes().all(|b| b.is_ascii_digit()) && !part.starts_with('0');
            part.parse().ok().filter(|_| plain).ok_or(IdError::Group)
        };
        text.split('.').map(position).collect::<Result<_, _>>().map(GroupId)
    }

    pub(super) fn from_path(path: &[u16]) -> GroupId {
        GroupId(path.to_vec())
    }
}

impl fmt::Display for CatalogueId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for PointId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Display for GroupId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, position) in self.0.iter().enumerate() {
            let dot = if i == 0 { "" } else { "." };
            write!(f, "{dot}{position}")?;
        }
        Ok(())
    }
}

parsed! { CatalogueId, PointId, GroupId }

/// Text out, for serde.
macro_rules! as_text {
    ($($id:ident)*) => {$(
        impl From<$id> for String {
            fn from(id: $id) -> String {
                id.to_string()
            }
        }
    )*};
}
as_text!(CatalogueId PointId GroupId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn point_ids_read_back_what_they_write() {
        let catalogue = CatalogueId::parse("beijing-balance-2018").unwrap();
        for (ordinal, text) in [(7, "07"), (54, "54"), (100, "100"), (2000, "2000")] {
            let id = PointId::new(&catalogue, ordinal);
            assert_eq!(id.to_string(), format!("beijing-balance-2018.{text}"));
            assert_eq!(PointId::parse(&id.to_string()), Ok(id));
        }
    }

    #[test]
    fn only_the_written_form_is_read() {
        for text in ["", "x", "x.", "x.7", "x.00", "x.007", "x.+7", "X.07", "x.0７", "x.70000", ".07"] {
            assert_eq!(PointId::parse(text), Err(IdError::Point), "{text}");
        }
        for text in ["", ".", "1.", "01", "0", "1.x", "+1", "1..2"] {
            assert_eq!(GroupId::parse(text), Err(IdError::Group), "{text}");
        }
        for text in ["", "Beijing", "a_b", "a.b", "京", &"a".repeat(81)] {
            assert_eq!(CatalogueId::parse(text), Err(IdError::Catalogue), "{text}");
        }
    }

    #[test]
    fn points_are_ordered_by_number() {
        let id = |text| PointId::parse(text).unwrap();
        assert!(id("x.99") < id("x.100"));
        assert!(GroupId::parse("2.9").unwrap() < GroupId::parse("2.10").unwrap());
    }
}
