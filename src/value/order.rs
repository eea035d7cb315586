//! Sorting by code that is there once. The sort of the standard library is made anew for
//! each type of item, some kilobytes of program each time; this one sorts positions, and
//! moves the items afterwards.

use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Sorts a list; items that are alike keep their order.
pub fn sort_by<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let order = order_of(items.len(), &|a, b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    let mut left: Vec<Option<T>> = std::mem::take(items).into_iter().map(Some).collect();
    items.extend(order.into_iter().filter_map(|at| left.get_mut(at).and_then(Option::take)));
}

/// As [`sort_by`], by a key.
pub fn sort_by_key<T, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// As [`sort_by_key`], where a key is dear: each is made once.
pub fn sort_by_cached_key<T, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    let mut keyed: Vec<(K, T)> = std::mem::take(items).into_iter().map(|it| (key(&it), it)).collect();
    sort_by(&mut keyed, |(a, _), (b, _)| a.cmp(b));
    items.extend(keyed.into_iter().map(|(_, it)| it));
}

fn order_of(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|a, b| compare(*a, *b));
    order
}

/// The map of these entries, the last of several under one key. `collect` sorts first, by
/// code of its own for each type.
pub fn map_of<K: Ord, V>(entries: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(entries);
    map
}
