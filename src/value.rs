//! Values that know nothing of education.

pub mod grid;
