//! 学校数据 as a table that is worked in: which rows are shown, blocks of its cells, and
//! what is pasted over it. Uses both the schools and the work that holds them.

pub mod block;
pub mod paste;
pub mod rows;
pub mod sheet;
