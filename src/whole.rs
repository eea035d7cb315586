//! The page and the file worker as one program, for the single file: what both need
//! is in it once. Where it is started says which of the two it is to be.
// The view macros of Leptos nest types deeply.
#![recursion_limit = "256"]

/// As in the page that is split: here all parts are there from the start.
macro_rules! later {
    ($part:ident:) => {};
    ($part:ident: $(#[$about:meta])* $vis:vis fn $name:ident($($arg:ident: $of:ty),*) -> $out:ty $body:block $($rest:tt)*) => {
        $(#[$about])*
        $vis async fn $name($($arg: $of),*) -> Result<$out, $crate::ui::late::NotLoaded> {
            let made: $out = $body;
            Ok(made)
        }
        later! { $part: $($rest)* }
    };
    ($part:ident: $(#[$about:meta])* $vis:vis async fn $name:ident($($arg:ident: $of:ty),*) -> $out:ty $body:block $($rest:tt)*) => {
        $(#[$about])*
        $vis async fn $name($($arg: $of),*) -> Result<$out, $crate::ui::late::NotLoaded> {
            Ok(async move $body.await)
        }
        later! { $part: $($rest)* }
    };
}

mod browser;
mod ui;
mod worker;

use zhidu::catalogue::library;

fn main() {
    if worker::scope().is_some() {
        worker::start();
    } else {
        // The single file has all texts inside.
        library::carry_all();
        ui::start();
    }
}
