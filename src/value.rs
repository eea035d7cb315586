//! Values that know nothing of education.

pub mod fold;
pub mod grid;
pub mod json;
pub mod limit;
pub mod map;
pub mod naming;
pub mod number;
pub mod order;
pub mod points;
pub(crate) mod sets;
pub mod text;
