//! What is only read: the pages 分析, 体检, 差异系数, 历史 and 打印.

pub mod analysis;
pub mod chart;
pub mod check;
pub mod coefficients;
pub mod edition;
pub mod merge;
pub mod national;
pub mod past;
pub mod print;
pub mod told;
