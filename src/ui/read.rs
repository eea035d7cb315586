//! The pages that are only read: 分析, 体检, 差异系数, 历史, 封面 and 打印.

pub mod analysis;
pub mod check;
pub mod coefficients;
pub mod past;
pub mod printing;
pub mod reading;
pub mod redraw;
