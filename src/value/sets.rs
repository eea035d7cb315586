//! Sets made one item after the other. `collect` sorts first, by code of its own
//! for each type of item: 4 KB of program that the page has to fetch.

use std::collections::BTreeSet;

/// The set of these items.
pub fn set_of<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    set.extend(items);
    set
}
