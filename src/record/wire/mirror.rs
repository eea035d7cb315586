//! From what the program works with to the form that is written, and back.

use std::collections::BTreeMap;

use crate::assessment::place::Place;
use crate::assessment::{AssessmentId, RowId, State};
use crate::catalogue::{CatalogueId, PointId};
use crate::school::Column;

/// The form in which a `D` is written.
pub trait Wire<D> {
    /// The form of a value.
    fn of(value: &D) -> Self;
    /// The value of the form.
    fn back(self) -> D;
}

/// A form with the fields of a struct, each in its own form.
macro_rules! mirror {
    ($(#[$doc:meta])* $name:ident of $domain:ident { $($field:ident: $form:ty),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(serde::Serialize, serde::Deserialize)]
        pub struct $name { $($field: $form),+ }

        impl $crate::record::wire::mirror::Wire<domain::$domain> for $name {
            fn of(value: &domain::$domain) -> $name {
                $name { $($field: $crate::record::wire::mirror::Wire::of(&value.$field)),+ }
            }

            fn back(self) -> domain::$domain {
                domain::$domain { $($field: $crate::record::wire::mirror::Wire::back(self.$field)),+ }
            }
        }
    };
}
pub(super) use mirror;

/// Plain values are written as they are.
macro_rules! plain {
    ($($value:ty),+ $(,)?) => {$(
        impl Wire<$value> for $value {
            fn of(value: &$value) -> $value {
                value.clone()
            }

            fn back(self) -> $value {
                self
            }
        }
    )+};
}

plain! { String, u32, bool, AssessmentId, RowId, CatalogueId, PointId, Place, Column, State }

impl<D, W: Wire<D>> Wire<Vec<D>> for Vec<W> {
    fn of(value: &Vec<D>) -> Vec<W> {
        value.iter().map(W::of).collect()
    }

    fn back(self) -> Vec<D> {
        self.into_iter().map(W::back).collect()
    }
}

impl<D, W: Wire<D>> Wire<Option<D>> for Option<W> {
    fn of(value: &Option<D>) -> Option<W> {
        value.as_ref().map(W::of)
    }

    fn back(self) -> Option<D> {
        self.map(W::back)
    }
}

impl<K: Ord + Clone, D, W: Wire<D>> Wire<BTreeMap<K, D>> for BTreeMap<K, W> {
    fn of(value: &BTreeMap<K, D>) -> BTreeMap<K, W> {
        value.iter().map(|(key, value)| (key.clone(), W::of(value))).collect()
    }

    fn back(self) -> BTreeMap<K, D> {
        self.into_iter().map(|(key, form)| (key, form.back())).collect()
    }
}
