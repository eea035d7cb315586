//! What is done together with others: 分工 and 收集.

pub mod collect;
pub mod division;
