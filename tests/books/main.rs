//! Workbooks from elsewhere: what their cells say comes out, what is odd stays one
//! odd cell, and what cannot be read is refused by its own name.
#![cfg(feature = "office")]

mod arrivals;
mod damaged;
mod field;
mod limits;
mod old;
mod raw;
mod refusals;
mod worker;
mod xlsx;
