//! Values that know nothing of education.

pub mod fold;
pub mod grid;
