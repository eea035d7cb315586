//! JSON as a tree, and values read from it. Serde's derive writes a reader of its own
//! for every type; the types that the page needs at its start are read from this tree
//! instead, which is a third of that code and names the place of what is wrong.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::value::map::Map;

/// A JSON value. Texts are those of the document where they hold no escapes.
#[derive(Debug)]
pub enum Json<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number from 0.
    Number(u64),
    /// Any other number: nothing that is read from this tree has one.
    OtherNumber,
    /// A text.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Json<'a>>),
    /// An object, in the order of the document.
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

/// What is wrong with a tree, and where. Boxed, because each field that is read may give
/// one, and almost none does.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault(Box<Wrong>);

#[derive(Debug, PartialEq, Eq)]
struct Wrong {
    place: String,
    what: String,
}

/// What can be read from a tree.
pub trait OfJson: Sized {
    /// The value.
    ///
    /// # Errors
    /// When the tree has another form.
    fn of_json(json: Json<'_>) -> Result<Self, Fault>;

    /// What a field means that is not there, where that means something.
    fn absent() -> Option<Self> {
        None
    }
}

impl Fault {
    /// Something that is wrong with the value itself.
    pub fn new(what: impl Into<String>) -> Fault {
        Fault(Box::new(Wrong { place: String::new(), what: what.into() }))
    }

    /// The same, seen from the object or list around it.
    #[must_use]
    #[cold]
    pub fn within(mut self, place: &str) -> Fault {
        let inner = &self.0.place;
        let dot = if inner.is_empty() || inner.starts_with('[') { "" } else { "." };
        self.0.place = format!("{place}{dot}{inner}");
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Wrong { place, what } = &*self.0;
        if place.is_empty() { f.write_str(what) } else { write!(f, "{place}：{what}") }
    }
}

impl<'a> Json<'a> {
    /// A text.
    ///
    /// # Errors
    /// When it is something else.
    pub fn text(self) -> Result<Cow<'a, str>, Fault> {
        match self {
            Json::Text(text) => Ok(text),
            other => Err(other.instead_of("文字")),
        }
    }

    /// The fields of an object.
    ///
    /// # Errors
    /// When it is something else.
    pub fn fields(self) -> Result<Fields<'a>, Fault> {
        match self {
            Json::Object(fields) => Ok(Fields(fields)),
            other => Err(other.instead_of("对象")),
        }
    }

    /// Something that is chosen by name, with what it says of it: `"name"` or
    /// `{"name": …}`.
    ///
    /// # Errors
    /// When it is neither.
    pub fn choice(self) -> Result<(Cow<'a, str>, Json<'a>), Fault> {
        match self {
            Json::Text(name) => Ok((name, Json::Null)),
            Json::Object(mut fields) if fields.len() == 1 => {
                fields.pop().ok_or_else(|| Fault::new("没有内容"))
            }
            other => Err(other.instead_of("名称")),
        }
    }

    /// The fault of being no `wanted`.
    fn instead_of(&self, wanted: &str) -> Fault {
        let found = match self {
            Json::Null => "空值",
            Json::Bool(_) => "真假值",
            Json::Number(_) | Json::OtherNumber => "数字",
            Json::Text(_) => "文字",
            Json::List(_) => "列表",
            Json::Object(_) => "对象",
        };
        Fault::new(format!("应为{wanted}，实为{found}"))
    }
}

/// The fields of an object that are not read yet.
pub struct Fields<'a>(Vec<(Cow<'a, str>, Json<'a>)>);

impl<'a> Fields<'a> {
    /// Reads a field.
    ///
    /// # Errors
    /// When it is missing, there twice, or of another form.
    #[inline(never)]
    pub fn take<T: OfJson>(&mut self, name: &str) -> Result<T, Fault> {
        match self.find(name)? {
            Some(json) => T::of_json(json).map_err(|fault| fault.within(name)),
            None => T::absent().ok_or_else(|| missing(name)),
        }
    }

    /// Reads a field that may be left out while it has its default.
    ///
    /// # Errors
    /// When it is there twice or of another form.
    #[inline(never)]
    pub fn take_or_default<T: OfJson + Default>(&mut self, name: &str) -> Result<T, Fault> {
        match self.find(name)? {
            Some(json) => T::of_json(json).map_err(|fault| fault.within(name)),
            None => Ok(T::default()),
        }
    }

    /// Ends the reading of an object that has no other fields than these.
    ///
    /// # Errors
    /// When it has one.
    pub fn end(self, known: &[&str]) -> Result<(), Fault> {
        match self.0.iter().find(|(name, _)| !known.contains(&&**name)) {
            Some((name, _)) => {
                Err(Fault::new(format!("不认识的内容 `{name}`，只有 `{}`", known.join("`、`"))))
            }
            None => Ok(()),
        }
    }

    fn find(&mut self, name: &str) -> Result<Option<Json<'a>>, Fault> {
        let Some(at) = self.0.iter().position(|(known, _)| known == name) else { return Ok(None) };
        let (_, json) = self.0.swap_remove(at);
        if self.0.iter().any(|(known, _)| known == name) {
            return Err(Fault::new(format!("{name} 重复")));
        }
        Ok(Some(json))
    }
}

#[cold]
fn missing(name: &str) -> Fault {
    Fault::new(format!("缺少 {name}"))
}

impl<'de> Deserialize<'de> for Json<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Json<'de>, D::Error> {
        deserializer.deserialize_any(Tree)
    }
}

struct Tree;

impl<'de> Visitor<'de> for Tree {
    type Value = Json<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Json<'de>, E> {
        Ok(Json::OtherNumber)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Json<'de>, E> {
        Ok(Json::OtherNumber)
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json<'de>, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(Json::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Json<'de>, A::Error> {
        let mut fields = Vec::new();
        while let Some((Name(name), value)) = object.next_entry()? {
            fields.push((name, value));
        }
        Ok(Json::Object(fields))
    }
}

/// The name of a field: serde borrows a `Cow` only where it is asked to.
struct Name<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Name<'de>, D::Error> {
        match deserializer.deserialize_str(Tree)? {
            Json::Text(name) => Ok(Name(name)),
            // A deserializer of text gives nothing else.
            _ => Ok(Name(Cow::Borrowed(""))),
        }
    }
}

impl OfJson for String {
    fn of_json(json: Json<'_>) -> Result<String, Fault> {
        json.text().map(Cow::into_owned)
    }
}

impl OfJson for bool {
    fn of_json(json: Json<'_>) -> Result<bool, Fault> {
        match json {
            Json::Bool(value) => Ok(value),
            other => Err(other.instead_of("真假值")),
        }
    }
}

/// Whole numbers, as far as the type reaches.
macro_rules! whole {
    ($($number:ty),+) => {$(
        impl OfJson for $number {
            fn of_json(json: Json<'_>) -> Result<$number, Fault> {
                match json {
                    Json::Number(value) => <$number>::try_from(value).map_err(|_| Fault::new("数字过大")),
                    other => Err(other.instead_of("不小于 0 的整数")),
                }
            }
        }
    )+};
}
whole! { u16, u32, u64, usize }

impl<T: OfJson> OfJson for Option<T> {
    fn of_json(json: Json<'_>) -> Result<Option<T>, Fault> {
        match json {
            Json::Null => Ok(None),
            other => T::of_json(other).map(Some),
        }
    }

    fn absent() -> Option<Option<T>> {
        Some(None)
    }
}

impl<T: OfJson> OfJson for Vec<T> {
    fn of_json(json: Json<'_>) -> Result<Vec<T>, Fault> {
        let Json::List(list) = json else { return Err(json.instead_of("列表")) };
        let mut values = Vec::with_capacity(list.len());
        for json in list {
            values.push(T::of_json(json).map_err(|fault| fault.within(&format!("[{}]", values.len())))?);
        }
        Ok(values)
    }
}

impl<A: OfJson, B: OfJson> OfJson for (A, B) {
    fn of_json(json: Json<'_>) -> Result<(A, B), Fault> {
        match json {
            Json::List(mut list) if list.len() == 2 => match (list.pop(), list.pop()) {
                (Some(second), Some(first)) => Ok((A::of_json(first)?, B::of_json(second)?)),
                _ => Err(Fault::new("应有 2 项")),
            },
            other => Err(other.instead_of("两项的列表")),
        }
    }
}

impl<T: OfJson, const N: usize> OfJson for [T; N] {
    fn of_json(json: Json<'_>) -> Result<[T; N], Fault> {
        Vec::of_json(json)?.try_into().map_err(|_| Fault::new(format!("应有 {N} 项")))
    }
}

impl<K: OfJson + Ord, V: OfJson> OfJson for Map<K, V> {
    fn of_json(json: Json<'_>) -> Result<Map<K, V>, Fault> {
        let mut map = Map::new();
        for (name, json) in json.fields()?.0 {
            let value = V::of_json(json).map_err(|fault| fault.within(&name))?;
            map.insert(K::of_json(Json::Text(name))?, value);
        }
        Ok(map)
    }
}

/// A struct whose fields are an object's. Those after the semicolon may be left out while
/// they have their default. A `closed` one has no other fields, but for one that may stand
/// `beside` them and is not read.
macro_rules! object {
    ($name:ident { $($field:ident),* $(; $($optional:ident),+)? }) => {
        $crate::value::json::object! { @of $name, [$($field),*], [$($($optional),+)?], |_fields| Ok(()) }
    };
    (closed $name:ident $(beside $beside:literal)? { $($field:ident),* $(; $($optional:ident),+)? }) => {
        $crate::value::json::object! {
            @of $name, [$($field),*], [$($($optional),+)?],
            |fields| fields.end(&[$($beside,)? $(stringify!($field),)* $($(stringify!($optional)),+)?])
        }
    };
    (@of $name:ident, [$($field:ident),*], [$($optional:ident),*], |$fields:ident| $end:expr) => {
        impl $crate::value::json::OfJson for $name {
            #[inline(never)]
            fn of_json(json: $crate::value::json::Json<'_>) -> Result<$name, $crate::value::json::Fault> {
                let mut $fields = json.fields()?;
                let object = $name {
                    $($field: $fields.take(stringify!($field))?,)*
                    $($optional: $fields.take_or_default(stringify!($optional))?,)*
                };
                $end.map(|()| object)
            }
        }
        $crate::value::json::from_tree! { $name }
    };
}
pub(crate) use object;

/// An enum of names without anything beside them: a table of them, or `by name` for a type
/// that has `ALL` and `name` already.
macro_rules! names {
    (by name $name:ident) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        impl $crate::value::json::OfJson for $name {
            fn of_json(json: $crate::value::json::Json<'_>) -> Result<$name, $crate::value::json::Fault> {
                let name = json.text()?;
                let found = $name::ALL.into_iter().find(|it| it.name() == &*name);
                found.ok_or_else(|| $crate::value::json::unknown(&name))
            }
        }
        $crate::value::json::from_tree! { $name }
    };
    ($name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(match self { $($name::$variant => $text),+ })
            }
        }

        impl $crate::value::json::OfJson for $name {
            fn of_json(json: $crate::value::json::Json<'_>) -> Result<$name, $crate::value::json::Fault> {
                let name = json.text()?;
                match &*name {
                    $($text => Ok($name::$variant),)+
                    _ => Err($crate::value::json::unknown(&name)),
                }
            }
        }
        $crate::value::json::from_tree! { $name }
    };
}
pub(crate) use names;

/// The fault of a name that is none of those that are known.
pub(crate) fn unknown(name: &str) -> Fault {
    Fault::new(format!("不认识的名称“{name}”"))
}

/// A type that is a text with `parse`.
macro_rules! parsed {
    ($($name:ident),+) => {$(
        impl $crate::value::json::OfJson for $name {
            fn of_json(json: $crate::value::json::Json<'_>) -> Result<$name, $crate::value::json::Fault> {
                $name::parse(&json.text()?)
                    .map_err(|fault| $crate::value::json::Fault::new(fault.to_string()))
            }
        }
        $crate::value::json::from_tree! { $name }
    )+};
}
pub(crate) use parsed;

/// Has serde read a type by way of the tree.
macro_rules! from_tree {
    ($name:ty) => {
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                let json = $crate::value::json::Json::deserialize(deserializer)?;
                $crate::value::json::OfJson::of_json(json).map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use from_tree;

/// Reads a text.
///
/// # Errors
/// When it is no JSON, or of another form.
pub fn read<T: OfJson>(text: &str) -> serde_json::Result<T> {
    let json: Json<'_> = serde_json::from_str(text)?;
    T::of_json(json).map_err(serde::de::Error::custom)
}
