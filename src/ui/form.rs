//! 填报: the form of a group of points, the tree beside it, and what its fields and
//! buttons do.

pub mod acts;
pub mod card;
pub mod fields;
pub mod filters;
pub mod group;
pub mod measures;
pub mod rows;
pub mod tree;
