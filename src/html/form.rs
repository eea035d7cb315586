//! What is answered: the form of a group of points, the tree beside it, the cover, the
//! table of schools and what arrives for it.

pub mod arrivals;
pub mod cover;
pub mod facts;
pub mod field;
pub mod group;
pub mod help;
pub mod measures;
pub mod schools;
pub mod tree;
