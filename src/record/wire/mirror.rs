//! From what the program works with to the form that is written, and back.

use std::marker::PhantomData;

use serde::{Serialize, Serializer};

use crate::assessment::{AssessmentId, ContributionState, RowId, State};
use crate::catalogue::{CatalogueId, FigureId, PointId};
use crate::school::Column;
use crate::value::map::Map;

/// The form in which a `D` is written.
pub trait Wire<D> {
    /// The form of a value.
    fn of(value: &D) -> Self;
    /// The value of the form.
    fn back(self) -> D;
}

/// A form with the fields of a struct, each in its own form. One that came later stands
/// behind `;` and is left out while it is `None`.
macro_rules! mirror {
    ($(#[$doc:meta])* $name:ident of $domain:ident {
        $($field:ident: $form:ty),+ $(; $later:ident: $of_later:ty)? $(,)?
    }) => {
        $(#[$doc])*
        #[derive(serde::Serialize)]
        pub struct $name {
            $($field: $form,)+
            $(#[serde(skip_serializing_if = "Option::is_none")] $later: $of_later,)?
        }

        $crate::value::json::object! { $name { $($field),+ $(; $later)? } }

        impl $crate::record::wire::mirror::Wire<domain::$domain> for $name {
            fn of(value: &domain::$domain) -> $name {
                $name {
                    $($field: $crate::record::wire::mirror::Wire::of(&value.$field),)+
                    $($later: $crate::record::wire::mirror::Wire::of(&value.$later),)?
                }
            }

            fn back(self) -> domain::$domain {
                domain::$domain {
                    $($field: $crate::record::wire::mirror::Wire::back(self.$field),)+
                    $($later: $crate::record::wire::mirror::Wire::back(self.$later),)?
                }
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

plain! {
    String, u32, bool, State, ContributionState, CatalogueId, PointId, FigureId, AssessmentId, RowId,
    Map<Column, String>,
}

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

/// A map whose values are written in the form `W`, one after the other: as
/// `#[serde(serialize_with = "MapOf::<W>::serialize")]`.
pub struct MapOf<W>(PhantomData<W>);

impl<W> MapOf<W> {
    pub fn serialize<K, D, S>(map: &Map<K, D>, serializer: S) -> Result<S::Ok, S::Error>
    where
        K: Serialize,
        W: Wire<D> + Serialize,
        S: Serializer,
    {
        serializer.collect_map(map.iter().map(|(key, value)| (key, W::of(value))))
    }
}

/// The values of a map that was read in the form `W`.
pub fn back<K: Ord, D, W: Wire<D>>(map: Map<K, W>) -> Map<K, D> {
    map.into_iter().map(|(key, form)| (key, form.back())).collect()
}

/// One value that is written in the form `W`.
pub struct One<W>(PhantomData<W>);

impl<W> One<W> {
    pub fn serialize<D, S: Serializer>(value: &D, serializer: S) -> Result<S::Ok, S::Error>
    where
        W: Wire<D> + Serialize,
    {
        W::of(value).serialize(serializer)
    }
}
