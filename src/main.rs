//! The page: a WebAssembly program in the browser. Everything about the domain
//! is in the library; this shows it and keeps it.
// The view macros of Leptos nest types deeply.
#![recursion_limit = "256"]

mod browser;
mod ui;

fn main() {
    ui::start();
}
