//! The page and the file worker as one program, for the single file: what both need
//! is in it once. Where it is started says which of the two it is to be.
// The view macros of Leptos nest types deeply.
#![recursion_limit = "256"]

mod browser;
mod ui;
mod worker;

fn main() {
    if worker::scope().is_some() {
        worker::start();
    } else {
        ui::start();
    }
}
